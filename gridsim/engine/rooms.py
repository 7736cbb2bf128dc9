"""Rooms: what people and thermostats want of them, and what heating and cooling make of that.

The rooms go from step to step, because cold appliances feel the air that the step before left.
Shifted set points, second heaters, cooling and overrides are loops of their own, entered only in
steps and blocks where there are any.
"""

import math

from gridsim.automation import thermostat
from gridsim.citizens import comfort
from gridsim.core.arrays import BLOCK
from gridsim.core.kernel import kernel
from gridsim.devices import baseload, building, heating
from gridsim.engine import layout as at
from gridsim.engine.lanes import of_tariff

PERSON_KW = 0.08
"""Heat of a person at home, awake or asleep, mean. [kW] ISO 7730 gives 0.07-0.12."""
GAIN = 0.9
"""Share of the electricity of small uses that stays in the rooms as heat; assumed."""
AWAY_K = 3.0
"""How much warmer an air conditioner lets an empty home get. [K], assumed"""
OVERRIDE_H = 4.0
"""How long people switch a lowered set point off once they are too cold. [h], assumed"""
OVERRIDE_K = 0.5
"""How far below what they bear it must get before they do. [K], assumed"""


@kernel
def rooms(  # type: ignore[no-untyped-def]
    flow, temp, heard, stirs, marks, rows, prices, step, work, state, meters, param, minds, sky,
    day, rules, live, wary, dt_h,
):  # fmt: skip
    """Carry the rooms through a span of steps.

    ``wary`` is the number of steps in which somebody may still hold off a moved set point; the
    same is returned for the step after the span.
    """
    for row in range(rows):
        out, here, drawn, weather = flow[row], temp[row], work[row], sky[step + row]
        told, stirred = heard[marks[row, at.MARK_HEARD]], stirs[marks[row, at.MARK_HEARD]]
        moves = stirred[at.STIR_MOVES] > 0
        if moves:
            shift(here, told, prices, step + row, drawn, param, minds, rules)
            marks[row, at.MARK_MOVED], wary = 1, longest(dt_h)
        elif marks[row, at.MARK_MOVED] > 0:
            here[at.T_SHIFT : at.T_SHIFT + BLOCK] = 0.0
            marks[row, at.MARK_MOVED] = 0
        second = day.start_s + (step + row) * day.step_s
        drift(out, here, drawn, state, param, weather, second, dt_h)
        if stirred[at.STIR_STOVES] > 0 and live[at.LIVE_STOVE] > 0.0:
            stoves(here, told, drawn, param, minds, weather, rules)
        heat(out, here, drawn, state, meters, param, minds, weather, dt_h)
        if live[at.LIVE_PUMP] > 0.0:
            pump(out, param, weather)
        if live[at.F_COOLING // BLOCK] > 0.0:
            cool(out, here, drawn, state, param, minds, weather)
        if wary > 0:
            override(here, state, meters, param, dt_h)
            wary -= 1
    return wary


@kernel
def longest(dt_h):  # type: ignore[no-untyped-def]
    """Return the most steps after a moved set point in which somebody holds it off."""
    return math.ceil(OVERRIDE_H / dt_h) + 1


@kernel
def shift(temp, heard, prices, step, work, param, minds, rules):  # type: ignore[no-untyped-def]
    """Work out how far people and their thermostats move set points in one step."""
    log_old, log_new = prices[0, step, at.Q_LOG], prices[1, step, at.Q_LOG]
    order_k = prices[1, step, at.Q_SETBACK]
    for i in range(BLOCK):
        slope_k, tolerance_k = param[at.SLOPE_K + i], param[at.TOLERANCE_K + i]
        by_hand_k = comfort.set_point_shift(heard[at.H_URGE + i], slope_k, tolerance_k)
        by_machine_k = thermostat.set_point_shift(
            of_tariff(param, i, log_old, log_new), rules.keenness * slope_k, tolerance_k, rules.dead
        )
        machine = param[at.THERMOSTAT + i] * minds[at.MACHINE + i]
        shift_k = by_machine_k if machine > 0.0 else by_hand_k
        shift_k = max(shift_k, machine * heard[at.H_ORDERED + i] * order_k)
        awake = 1.0 if work[at.W_AWAKE + i] > 0.0 else 0.0
        temp[at.T_SHIFT + i] = shift_k - rules.game_k * heard[at.H_GAME + i] * awake


@kernel
def drift(flow, temp, work, state, param, weather, second, dt_h):  # type: ignore[no-untyped-def]
    """Leave the rooms to themselves for one step, with the cold appliances that stand in them."""
    out_c = weather[at.X_AIR]
    facade_kw_m2 = 0.001 * weather[at.X_FACADE]
    for i in range(BLOCK):
        air_c = state[at.AIR_C + i]
        cold_kw = baseload.cold(
            second, 3600.0 * dt_h, param[at.COLD_KW + i], param[at.PHASE + i], air_c
        )
        flow[at.F_COLD + i] = cold_kw
        gain_kw = PERSON_KW * work[at.W_PRESENT + i] + GAIN * (
            cold_kw + flow[at.F_STANDBY + i] + flow[at.F_LIGHT + i]
            + flow[at.F_COOKING + i] + flow[at.F_SCREENS + i] + flow[at.F_SMALL + i]
        )  # fmt: skip
        open_c, wall_c = building.free(
            air_c, state[at.MASS_C + i], out_c, gain_kw,
            facade_kw_m2 * param[at.APERTURE + i],
            param[at.A_AA + i], param[at.A_AM + i], param[at.A_MA + i], param[at.A_MM + i],
            param[at.B_OUT_A + i], param[at.B_OUT_M + i],
            param[at.B_AIR_A + i], param[at.B_AIR_M + i],
            param[at.B_SUN_A + i], param[at.B_SUN_M + i],
        )  # fmt: skip
        temp[at.T_OPEN_C + i] = open_c
        temp[at.T_OPEN_WALL_C + i] = wall_c


@kernel
def stoves(temp, heard, work, param, minds, weather, rules):  # type: ignore[no-untyped-def]
    """Let people light their second heaters in one step."""
    out_c = weather[at.X_AIR]
    for i in range(BLOCK):
        open_c, air_a = temp[at.T_OPEN_C + i], param[at.B_AIR_A + i]
        wanted_c = comfort.wanted_c(
            param[at.SET_C + i], param[at.SETBACK_K + i], work[at.W_AWAKE + i]
        )
        most_kw = heating.limit(
            param[at.HEAT_KIND + i], out_c, param[at.HEAT_LIMIT + i], param[at.BACKUP_KW + i]
        )
        wanted_c -= minds[at.THRIFT_K + i]
        need_kw = building.need(open_c, wanted_c, param[at.KW_PER_K + i], most_kw)
        second_kw = comfort.second_heat_kw(
            need_kw, param[at.SECOND_KW + i], heard[at.H_URGE + i], rules.stove_urge,
            rules.stove_full, rules.stove_part, work[at.W_PRESENT + i],
        )  # fmt: skip
        temp[at.T_OPEN_C + i], temp[at.T_OPEN_WALL_C + i] = building.warm(
            open_c, temp[at.T_OPEN_WALL_C + i], second_kw, air_a, param[at.B_AIR_M + i]
        )


@kernel
def heat(flow, temp, work, state, meters, param, minds, weather, dt_h):  # type: ignore[no-untyped-def]
    """Heat the rooms in one step: what people want, what they bear, what the machine can."""
    out_c = weather[at.X_AIR]
    for i in range(BLOCK):
        awake, kind = work[at.W_AWAKE + i], param[at.HEAT_KIND + i]
        wanted_c = comfort.wanted_c(param[at.SET_C + i], param[at.SETBACK_K + i], awake)
        wanted_c -= minds[at.THRIFT_K + i]
        warm_k = temp[at.T_SHIFT + i] if kind > 0.0 else 0.0
        warm_k = min(warm_k, 0.0) if state[at.HOLD_OFF_H + i] > 0.0 else warm_k
        most_kw = heating.limit(kind, out_c, param[at.HEAT_LIMIT + i], param[at.BACKUP_KW + i])
        open_c = temp[at.T_OPEN_C + i]
        heat_kw = building.need(open_c, wanted_c - warm_k, param[at.KW_PER_K + i], most_kw)
        air_c, wall_c = building.warm(
            open_c, temp[at.T_OPEN_WALL_C + i], heat_kw, param[at.B_AIR_A + i],
            param[at.B_AIR_M + i],
        )  # fmt: skip
        state[at.AIR_C + i] = air_c
        state[at.MASS_C + i] = wall_c
        too_cold_k = wanted_c - air_c if awake > 0.0 else 0.0
        meters[at.M_DISCOMFORT + i] += max(too_cold_k, 0.0) * dt_h
        temp[at.T_COLD_K + i] = too_cold_k if kind > 0.0 else 0.0
        flow[at.F_HEATING + i] = heating.direct_kw(heat_kw, kind, param[at.FAN_KW + i])


@kernel
def pump(flow, param, weather):  # type: ignore[no-untyped-def]
    """Let heat pumps give the heat that their homes take in one step."""
    out_c = weather[at.X_AIR]
    for i in range(BLOCK):
        heat_kw = flow[at.F_HEATING + i]
        pumped_kw = heating.pumped_kw(
            heat_kw, out_c, param[at.HEAT_LIMIT + i], param[at.SINK_C + i]
        )
        pumps = param[at.HEAT_KIND + i] == heating.HEAT_PUMP
        flow[at.F_HEATING + i] = pumped_kw if pumps else heat_kw


@kernel
def cool(flow, temp, work, state, param, minds, weather):  # type: ignore[no-untyped-def]
    """Cool the rooms in one step, after the heating: nobody does both."""
    out_c = weather[at.X_AIR]
    for i in range(BLOCK):
        shift_k = temp[at.T_SHIFT + i]
        cool_k = min(shift_k, 0.0) if state[at.HOLD_OFF_H + i] > 0.0 else shift_k
        room_c = param[at.COOL_SET_C + i] + minds[at.THRIFT_K + i]
        room_c += 0.0 if work[at.W_PRESENT + i] > 0.0 else AWAY_K
        able_kw = param[at.COOL_KW + i]
        cold_kw = building.need_cold(
            temp[at.T_OPEN_C + i], room_c + cool_k, param[at.KW_PER_K + i], able_kw
        )
        air_c, wall_c = building.warm(
            state[at.AIR_C + i], state[at.MASS_C + i], cold_kw, param[at.B_AIR_A + i],
            param[at.B_AIR_M + i],
        )  # fmt: skip
        state[at.AIR_C + i] = air_c
        state[at.MASS_C + i] = wall_c
        feels = (work[at.W_AWAKE + i] > 0.0) & (able_kw > 0.0)
        temp[at.T_WARM_K + i] = air_c - room_c if feels else 0.0
        flow[at.F_COOLING + i] = heating.cooling_kw(cold_kw, out_c)


@kernel
def override(temp, state, meters, param, dt_h):  # type: ignore[no-untyped-def]
    """Let people switch a moved set point off once they bear it no longer, and on again."""
    for i in range(BLOCK):
        off_h = state[at.HOLD_OFF_H + i]
        moved = (temp[at.T_SHIFT + i] > 0.0) & (off_h <= 0.0)
        off_by_k = max(temp[at.T_COLD_K + i], temp[at.T_WARM_K + i])
        snaps = 1.0 if moved & (off_by_k > param[at.TOLERANCE_K + i] + OVERRIDE_K) else 0.0
        state[at.HOLD_OFF_H + i] = OVERRIDE_H if snaps > 0.0 else max(off_h - dt_h, 0.0)
        meters[at.M_OVERRIDES + i] += snaps
