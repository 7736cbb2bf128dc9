"""The second half of a pass: loops over the homes of a block, one for each thing that acts.

Every loop runs over flat rows (see ``layout``) and calls the scalar physics of ``devices`` and the
scalar rules of ``citizens`` and ``automation``; numba inlines them and vectorises the loop.
"""

import math

from gridsim.automation import charging, hot_water, storage, thermostat
from gridsim.citizens import comfort, curtail
from gridsim.core.arrays import BLOCK
from gridsim.core.kernel import kernel
from gridsim.devices import baseload, battery, building, ev, heating, lighting, pv, water_heater
from gridsim.engine import layout as at

TANK_ROOM_C = 18.0
"""Temperature around a hot-water tank: cellar or cupboard. [C], assumed"""
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
URGENT = 0.2
"""State of charge below which a car charges whatever the price; assumed."""


@kernel
def attend(temp, param, minds, prices, slots, step, rules):  # type: ignore[no-untyped-def]
    """Work out what each home believes of this step's price and how it answers.

    Homes on the arm's tariff and homes that keep the reference tariff are told apart by
    ``ENROLLED``: each sees the notices and prices of its own. A call in words adds to it.
    """
    old, new = prices[0, step], prices[1, step]
    slot_old, slot_new, slot_call = slots[step, 0], slots[step, 1], slots[step, 2]
    out_old, out_new = 1.0 if slot_old >= 0 else 0.0, 1.0 if slot_new >= 0 else 0.0
    out_call = 1.0 if slot_call >= 0 else 0.0
    row_old, row_new = max(slot_old, 0) * BLOCK, max(slot_new, 0) * BLOCK
    row_call = max(slot_call, 0) * BLOCK
    out_order = 1.0 if slots[step, 3] >= 0 else 0.0
    row_order = max(slots[step, 3], 0) * BLOCK
    urge_old, urge_new = old[at.Q_URGE], new[at.Q_URGE]
    usual_urge_old, usual_urge_new = old[at.Q_URGE_USUAL], new[at.Q_URGE_USUAL]
    price_old, price_new = old[at.Q_PUBLISHED], new[at.Q_PUBLISHED]
    usual_old, usual_new = old[at.Q_USUAL], new[at.Q_USUAL]
    added_old, added_new = old[at.Q_ADDED], new[at.Q_ADDED]
    shrink_old, shrink_new = old[at.Q_SHRINK], new[at.Q_SHRINK]
    usual_shrink_old, usual_shrink_new = old[at.Q_SHRINK_USUAL], new[at.Q_SHRINK_USUAL]
    words = new[at.Q_CALL] if new[at.Q_CALL_SHRINK] < 1.0 else 0.0
    words_shrink, game = new[at.Q_CALL_SHRINK], new[at.Q_GAME]
    for i in range(BLOCK):
        on = param[at.ENROLLED + i] > 0.0
        event = (out_new * minds[row_new + i] if on else out_old * minds[row_old + i]) > 0.0
        called = out_call * minds[row_call + i]
        routine = minds[at.ROUTINE + i] > 0.0
        knows = event | (param[at.SMART + i] > 0.0)
        usual = usual_urge_new if on else usual_urge_old
        usual_shrink = usual_shrink_new if on else usual_shrink_old
        urge = (urge_new if on else urge_old) if event else (usual if routine else 0.0)
        shrink = (shrink_new if on else shrink_old) if event else (usual_shrink if routine else 1.0)
        temp[at.T_URGE + i] = max(urge, words * called)
        temp[at.T_SHRINK + i] = min(shrink, words_shrink if called > 0.0 else 1.0)
        temp[at.T_PRICE + i] = (
            (price_new if on else price_old) if knows else (usual_new if on else usual_old)
        ) - ((added_new if on else added_old) if param[at.SMART + i] > 0.0 else 0.0)
        by_hand = rules.chooses if (event | routine) else 0.0
        temp[at.T_FOLLOWS + i] = 1.0 if (param[at.SMART + i] > 0.0) | (by_hand > 0.0) else 0.0
        temp[at.T_ORDERED + i] = out_order * minds[row_order + i]
        temp[at.T_GAME + i] = game * param[at.GAMES + i]


@kernel
def alike(prices, slots, step):  # type: ignore[no-untyped-def]
    """Tell whether prices and notices of a step are those of the step before: 1 or 0.

    ``attend`` follows from them and from what does not change in a stretch, so it can be left out.
    """
    same = 1
    for column in range(slots.shape[1]):
        same = same if slots[step, column] == slots[step - 1, column] else 0
    for tariff in range(2):
        for column in range(prices.shape[2]):
            same = same if prices[tariff, step, column] == prices[tariff, step - 1, column] else 0
    return same


@kernel
def of_tariff(param, i, old, new):  # type: ignore[no-untyped-def]
    """Return the number of the tariff that a home is on."""
    return new if param[at.ENROLLED + i] > 0.0 else old


@kernel
def small_uses(flow, temp, work, state, param, minds, weather, second, rules, dt_h):  # type: ignore[no-untyped-def]
    """Cold appliances, standby, light, cooking, screens and small uses, shrunk where it is dear.

    Those who raise a baseline use more; that is not owed back.
    """
    daylight, per_h = weather[at.X_DAYLIGHT], 1.0 / dt_h
    for i in range(BLOCK):
        more = rules.game_use * temp[at.T_GAME + i]
        less, thrift = 1.0 - temp[at.T_SHRINK + i] - more, minds[at.THRIFT + i]
        light = thrift * lighting.step(work[at.W_AWAKE + i], daylight, param[at.LIGHT_KW + i])
        cooking, screens = thrift * work[at.W_COOKING + i], thrift * work[at.W_SCREENS + i]
        small = thrift * work[at.W_SMALL + i]
        light_less = light * rules.light * less
        cooking_less = cooking * rules.cooking * less
        screens_less = screens * rules.screens * less
        small_less = small * rules.small * less
        shed_kwh = (light_less + cooking_less + screens_less + small_less) * dt_h
        dear = 1.0 if less > 0.0 else 0.0
        owed, back_kwh = curtail.payback(
            state[at.OWED_KWH + i], max(shed_kwh, 0.0), rules.payback, rules.release, dear
        )
        state[at.OWED_KWH + i] = owed
        flow[at.F_COLD + i] = baseload.cold(
            second, 3600.0 * dt_h, param[at.COLD_KW + i], param[at.PHASE + i], state[at.AIR_C + i]
        )
        flow[at.F_STANDBY + i] = thrift * param[at.STANDBY_KW + i]
        flow[at.F_LIGHT + i] = light - light_less
        flow[at.F_COOKING + i] = cooking - cooking_less
        flow[at.F_SCREENS + i] = screens - screens_less
        flow[at.F_SMALL + i] = small - small_less + back_kwh * per_h
        flow[at.F_WET + i] = thrift * work[at.W_WET + i]
        flow[at.F_OTHER + i] = work[at.W_OTHER + i]


@kernel
def tank(flow, temp, prices, step, work, state, meters, param, minds, weather, dt_h):  # type: ignore[no-untyped-def]
    """Hot-water tanks behind their relays."""
    inlet_c = weather[at.X_INLET]
    contact_old, contact_new = prices[0, step, at.Q_OFF_PEAK], prices[1, step, at.Q_OFF_PEAK]
    blocked = prices[1, step, at.Q_TANK_BLOCK]
    for i in range(BLOCK):
        before_c = state[at.TANK_C + i]
        draw_l = minds[at.THRIFT + i] * work[at.W_DRAW + i] * dt_h
        draw_l = draw_l if param[at.ELEMENT_KW + i] > 0.0 else 0.0
        contact = of_tariff(param, i, contact_old, contact_new)
        enabled = hot_water.enabled(param[at.RELAY + i], contact)
        enabled = 0.0 if blocked * temp[at.T_ORDERED + i] > 0.0 else enabled
        enabled = 0.0 if param[at.ELEMENT_KW + i] > temp[at.T_TANK_ROOM + i] else enabled
        after_c, on, power_kw, boost = water_heater.step(
            before_c, state[at.TANK_ON + i], draw_l, enabled, param[at.TANK_L + i],
            param[at.ELEMENT_KW + i], param[at.TANK_KEEP + i], param[at.TANK_GAIN + i],
            param[at.TANK_SET_C + i], param[at.TANK_COP + i], TANK_ROOM_C, inlet_c,
        )  # fmt: skip
        heat_kw = power_kw * param[at.TANK_COP + i]
        _, loss_kwh, drawn_kwh = water_heater.balance(
            before_c, after_c, draw_l, heat_kw, param[at.TANK_L + i], TANK_ROOM_C, inlet_c,
            param[at.TANK_GAIN + i], param[at.TANK_LOSS + i], dt_h,
        )  # fmt: skip
        meters[at.M_OVERRIDES + i] += boost * (1.0 - state[at.BOOSTED + i])
        meters[at.M_TANK_HEAT + i] += heat_kw * dt_h
        meters[at.M_TANK_LOSS + i] += loss_kwh
        meters[at.M_TANK_DRAWN + i] += drawn_kwh
        state[at.TANK_C + i] = after_c
        state[at.TANK_ON + i] = on
        state[at.BOOSTED + i] = boost
        flow[at.F_HOT_WATER + i] = power_kw


@kernel
def rooms(flow, temp, prices, step, work, state, meters, param, minds, weather, rules, dt_h):  # type: ignore[no-untyped-def]
    """Space heating and cooling: what people want, what they bear, what the machine can."""
    log_old, log_new = prices[0, step, at.Q_LOG], prices[1, step, at.Q_LOG]
    order_k = prices[1, step, at.Q_SETBACK]
    out_c = weather[at.X_AIR]
    facade_kw_m2 = 0.001 * weather[at.X_FACADE]
    for i in range(BLOCK):
        awake, present = work[at.W_AWAKE + i], work[at.W_PRESENT + i]
        gain_kw = PERSON_KW * present + GAIN * (
            flow[at.F_COLD + i] + flow[at.F_STANDBY + i] + flow[at.F_LIGHT + i]
            + flow[at.F_COOKING + i] + flow[at.F_SCREENS + i] + flow[at.F_SMALL + i]
        )  # fmt: skip
        air_a, air_m = param[at.B_AIR_A + i], param[at.B_AIR_M + i]
        kw_per_k = 1.0 / air_a
        free_c, mass_c = building.free(
            state[at.AIR_C + i], state[at.MASS_C + i], out_c, gain_kw,
            facade_kw_m2 * param[at.APERTURE + i],
            param[at.A_AA + i], param[at.A_AM + i], param[at.A_MA + i], param[at.A_MM + i],
            param[at.B_OUT_A + i], param[at.B_OUT_M + i], air_a, air_m,
            param[at.B_SUN_A + i], param[at.B_SUN_M + i],
        )  # fmt: skip
        tolerance_k = param[at.TOLERANCE_K + i]
        thrift_k = minds[at.THRIFT_K + i]
        wanted_c = comfort.wanted_c(param[at.SET_C + i], param[at.SETBACK_K + i], awake) - thrift_k
        by_hand_k = comfort.set_point_shift(temp[at.T_URGE + i], param[at.SLOPE_K + i], tolerance_k)
        by_machine_k = thermostat.set_point_shift(
            of_tariff(param, i, log_old, log_new),
            rules.keenness * param[at.SLOPE_K + i],
            tolerance_k,
            rules.dead,
        )
        machine = param[at.THERMOSTAT + i] * minds[at.MACHINE + i]
        shift_k = by_machine_k if machine > 0.0 else by_hand_k
        shift_k = max(shift_k, machine * temp[at.T_ORDERED + i] * order_k)
        shift_k -= rules.game_k * temp[at.T_GAME + i] * (1.0 if awake > 0.0 else 0.0)
        temp[at.T_SHIFT + i] = shift_k
        warm_k = shift_k if param[at.HEAT_KIND + i] > 0.0 else 0.0
        off_h = state[at.HOLD_OFF_H + i]
        warm_k = min(warm_k, 0.0) if off_h > 0.0 else warm_k
        most_kw = heating.limit(
            param[at.HEAT_KIND + i], out_c, param[at.HEAT_LIMIT + i], param[at.BACKUP_KW + i]
        )
        need_kw = building.need(free_c, wanted_c, kw_per_k, most_kw)
        second_kw = comfort.second_heat_kw(
            need_kw, param[at.SECOND_KW + i], temp[at.T_URGE + i], rules.stove_urge,
            rules.stove_full,
            rules.stove_part, present,
        )  # fmt: skip
        second_c, second_m = building.warm(free_c, mass_c, second_kw, air_a, air_m)
        heat_kw = building.need(second_c, wanted_c - warm_k, kw_per_k, most_kw)
        room_c = param[at.COOL_SET_C + i] + thrift_k + (0.0 if present > 0.0 else AWAY_K)
        cool_k = min(shift_k, 0.0) if off_h > 0.0 else shift_k
        cold_kw = building.need_cold(second_c, room_c + cool_k, kw_per_k, param[at.COOL_KW + i])
        air_c, wall_c = building.warm(second_c, second_m, heat_kw + cold_kw, air_a, air_m)
        state[at.AIR_C + i] = air_c
        state[at.MASS_C + i] = wall_c
        too_cold_k = wanted_c - air_c if awake > 0.0 else 0.0
        too_warm_k = air_c - room_c if (awake > 0.0 and param[at.COOL_KW + i] > 0.0) else 0.0
        cold_snap = warm_k > 0.0 and too_cold_k > tolerance_k + OVERRIDE_K
        warm_snap = cool_k > 0.0 and too_warm_k > tolerance_k + OVERRIDE_K
        snaps = 1.0 if (cold_snap or warm_snap) else 0.0
        state[at.HOLD_OFF_H + i] = OVERRIDE_H if snaps > 0.0 else max(off_h - dt_h, 0.0)
        meters[at.M_OVERRIDES + i] += snaps
        meters[at.M_DISCOMFORT + i] += max(too_cold_k, 0.0) * dt_h
        flow[at.F_HEATING + i] = heating.electric_kw(
            heat_kw, param[at.HEAT_KIND + i], out_c, param[at.HEAT_LIMIT + i],
            param[at.SINK_C + i], param[at.FAN_KW + i],
        )  # fmt: skip
        flow[at.F_COOLING + i] = heating.cooling_kw(cold_kw, out_c)


@kernel
def charge(flow, temp, prices, step, work, state, meters, param, dt_h):  # type: ignore[no-untyped-def]
    """Cars that stand plugged in at home charge by their plan, unless told to take less."""
    told_kw = prices[1, step, at.Q_EV_LIMIT]
    for i in range(BLOCK):
        here = work[at.W_CAR_HOME + i]
        plugged = state[at.PLUGGED + i] if here > 0.0 else 0.0
        energy_kwh, capacity_kwh = state[at.CAR_E + i], param[at.CAR_KWH + i]
        urgent = 1.0 if energy_kwh < URGENT * capacity_kwh else 0.0
        tie_kwh, charger_kw = state[at.TIE_KWH + i], param[at.CHARGER_KW + i]
        left_kwh, request_kw = charging.request_kw(
            temp[at.T_PRICE + i], state[at.CAP_PRICE + i], tie_kwh,
            min(charger_kw, temp[at.T_CAR_ROOM + i]), charger_kw, temp[at.T_FOLLOWS + i], urgent,
            dt_h,
        )  # fmt: skip
        obeys = temp[at.T_ORDERED + i] * param[at.SMART + i] > 0.0 and urgent <= 0.0
        request_kw = min(request_kw, told_kw) if obeys else request_kw
        after_kwh, power_kw, lost_kwh = ev.step(
            energy_kwh, request_kw, plugged * here, 0.0, capacity_kwh, charger_kw, ev.EFFICIENCY,
            dt_h,
        )  # fmt: skip
        # what was asked for but not charged, the car being paused or not yet back, is still to come
        state[at.TIE_KWH + i] = tie_kwh - min(tie_kwh - left_kwh, power_kw * dt_h)
        state[at.CAR_E + i] = after_kwh
        state[at.PLUGGED + i] = plugged
        meters[at.M_CAR_IN + i] += power_kw * dt_h - lost_kwh
        flow[at.F_EV + i] = power_kw


@kernel
def daylight(weather):  # type: ignore[no-untyped-def]
    """Return the light that roofs can get in a step: none at night. [W/m2]"""
    return weather[at.X_BEAM] + weather[at.X_SKY] + weather[at.X_GROUND]


@kernel
def panels(flow, param, weather):  # type: ignore[no-untyped-def]
    """Let the roofs produce."""
    for i in range(BLOCK):
        flow[at.F_PV + i] = pv.step(
            weather[at.X_EAST], weather[at.X_NORTH], weather[at.X_UP], weather[at.X_BEAM],
            weather[at.X_SKY], weather[at.X_GROUND], weather[at.X_AIR], weather[at.X_WIND],
            param[at.ROOF_E + i], param[at.ROOF_N + i], param[at.ROOF_U + i], param[at.KWP + i],
            param[at.SHADING + i], param[at.INVERTER_KW + i],
        )  # fmt: skip


@kernel
def add_up(flow):  # type: ignore[no-untyped-def]
    """Add the uses of each home, into the place of its net load."""
    for i in range(BLOCK):
        load_kw = 0.0
        for use in range(at.USES):
            load_kw += flow[use * BLOCK + i]
        flow[at.F_NET + i] = load_kw


@kernel
def store(flow, temp, prices, step, state, meters, param, minds, dt_h):  # type: ignore[no-untyped-def]
    """Let batteries act, after the panels and the uses."""
    fill_old, fill_new = prices[0, step, at.Q_FILL], prices[1, step, at.Q_FILL]
    hold_old, hold_new = prices[0, step, at.Q_HOLD], prices[1, step, at.Q_HOLD]
    signed_old, signed_new = prices[0, step, at.Q_SUBSCRIBED], prices[1, step, at.Q_SUBSCRIBED]
    for i in range(BLOCK):
        share = storage.RESERVE if param[at.KWP + i] > 0.0 else 1.0
        keep_kw = storage.keep_kw(
            state[at.BATTERY_E + i], param[at.BATTERY_KWH + i], share, battery.EFFICIENCY, dt_h
        )
        least_kw = min(minds[at.FREE_KW + i], of_tariff(param, i, signed_old, signed_new))
        request_kw = storage.request_kw(
            flow[at.F_NET + i] - flow[at.F_PV + i], param[at.BATTERY_RULE + i],
            of_tariff(param, i, fill_old, fill_new), of_tariff(param, i, hold_old, hold_new),
            param[at.BATTERY_KW + i], temp[at.T_CAP + i],
            keep_kw if least_kw < math.inf else -math.inf,
        )  # fmt: skip
        standby_kw = battery.STANDBY_KW if param[at.BATTERY_KWH + i] > 0.0 else 0.0
        energy_kwh, battery_kw, lost_kwh = battery.step(
            state[at.BATTERY_E + i], request_kw, param[at.BATTERY_KWH + i],
            param[at.BATTERY_KW + i], battery.EFFICIENCY, standby_kw, dt_h,
        )  # fmt: skip
        state[at.BATTERY_E + i] = energy_kwh
        meters[at.M_BATTERY_IN + i] += max(battery_kw, 0.0) * dt_h
        meters[at.M_BATTERY_OUT + i] += max(-battery_kw, 0.0) * dt_h
        meters[at.M_BATTERY_LOSS + i] += lost_kwh
        flow[at.F_BATTERY + i] = battery_kw
