"""The second half of a pass: loops over the homes of a block, one for each thing that acts.

Every loop runs over flat rows (see ``layout``) and calls the scalar physics of ``devices`` and the
scalar rules of ``citizens`` and ``automation``; numba inlines them and vectorises the loop. Most
carry their device through the ``rows`` steps of a span: ``step`` is the first of them, and
``flow``, ``temp`` and ``work`` hold a row for each.
"""

import math

from gridsim.automation import charging, hot_water, storage
from gridsim.citizens import curtail
from gridsim.core.arrays import BLOCK
from gridsim.core.kernel import kernel
from gridsim.devices import battery, ev, lighting, pv, water_heater
from gridsim.engine import layout as at

TANK_ROOM_C = 18.0
"""Temperature around a hot-water tank: cellar or cupboard. [C], assumed"""
URGENT = 0.2
"""State of charge below which a car charges whatever the price; assumed."""


@kernel
def of_tariff(param, i, old, new):  # type: ignore[no-untyped-def]
    """Return the number of the tariff that a home is on."""
    return new if param[at.ENROLLED + i] > 0.0 else old


@kernel
def uses(flow, rows, step, work, param, minds, sky):  # type: ignore[no-untyped-def]
    """Standby, light, cooking, screens, small uses and runs, as people are used to."""
    for row in range(rows):
        drawn, out, daylight = work[row], flow[row], sky[step + row, at.X_DAYLIGHT]
        for i in range(BLOCK):
            thrift = minds[at.THRIFT + i]
            light_kw = lighting.step(drawn[at.W_AWAKE + i], daylight, param[at.LIGHT_KW + i])
            out[at.F_STANDBY + i] = thrift * param[at.STANDBY_KW + i]
            out[at.F_LIGHT + i] = thrift * light_kw
            out[at.F_COOKING + i] = thrift * drawn[at.W_COOKING + i]
            out[at.F_SCREENS + i] = thrift * drawn[at.W_SCREENS + i]
            out[at.F_SMALL + i] = thrift * drawn[at.W_SMALL + i]
            out[at.F_WET + i] = thrift * drawn[at.W_WET + i]


@kernel
def others(flow, rows, work):  # type: ignore[no-untyped-def]
    """Take over what the user's own devices draw."""
    for row in range(rows):
        drawn, out = work[row], flow[row]
        for i in range(BLOCK):
            out[at.F_OTHER + i] = drawn[at.W_OTHER + i]


@kernel
def answer(flow, heard, stirs, marks, rows, state, rules, owed, dt_h):  # type: ignore[no-untyped-def]
    """Change uses in the steps of a span in which anybody does, or is still owed some.

    Returns whether anybody may be owed any after it, and takes whether somebody is before.
    """
    for row in range(rows):
        told = marks[row, at.MARK_HEARD]
        if stirs[told, at.STIR_SHEDS] > 0:
            shed(flow[row], heard[told], state, rules, dt_h)
            owed = True
        elif owed:
            repay(flow[row], state, rules, dt_h)
    return owed


@kernel
def repay(flow, state, rules, dt_h):  # type: ignore[no-untyped-def]
    """Give back what is owed in one step in which nobody sheds anything."""
    per_h = 1.0 / dt_h
    for i in range(BLOCK):
        owed, back_kwh = curtail.payback(
            state[at.OWED_KWH + i], 0.0, rules.payback, rules.release, 0.0
        )
        state[at.OWED_KWH + i] = owed
        flow[at.F_SMALL + i] += back_kwh * per_h


@kernel
def shed(flow, heard, state, rules, dt_h):  # type: ignore[no-untyped-def]
    """Shrink uses in one step where it is dear, and give back what is owed where it is not.

    Those who raise a baseline use more; that is not owed back.
    """
    per_h = 1.0 / dt_h
    for i in range(BLOCK):
        more = rules.game_use * heard[at.H_GAME + i]
        less = 1.0 - heard[at.H_SHRINK + i] - more
        light, cooking = flow[at.F_LIGHT + i], flow[at.F_COOKING + i]
        screens, small = flow[at.F_SCREENS + i], flow[at.F_SMALL + i]
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
        flow[at.F_LIGHT + i] = light - light_less
        flow[at.F_COOKING + i] = cooking - cooking_less
        flow[at.F_SCREENS + i] = screens - screens_less
        flow[at.F_SMALL + i] = small - small_less + back_kwh * per_h


@kernel
def tank(  # type: ignore[no-untyped-def]
    flow, temp, heard, marks, rows, prices, step, work, state, meters, param, minds, sky, dt_h
):
    """Hot-water tanks behind their relays."""
    for row in range(rows):
        drawn, room, told = work[row], temp[row], heard[marks[row, at.MARK_HEARD]]
        out, inlet_c = flow[row], sky[step + row, at.X_INLET]
        contact_old = prices[0, step + row, at.Q_OFF_PEAK]
        contact_new = prices[1, step + row, at.Q_OFF_PEAK]
        blocked = prices[1, step + row, at.Q_TANK_BLOCK]
        for i in range(BLOCK):
            before_c = state[at.TANK_C + i]
            draw_l = minds[at.THRIFT + i] * drawn[at.W_DRAW + i] * dt_h
            contact = of_tariff(param, i, contact_old, contact_new)
            enabled = hot_water.enabled(param[at.RELAY + i], contact)
            enabled = 0.0 if blocked * told[at.H_ORDERED + i] > 0.0 else enabled
            enabled = 0.0 if param[at.ELEMENT_KW + i] > room[at.T_TANK_ROOM + i] else enabled
            per_l = param[at.TANK_PER_L + i]
            after_c, on, heat_kw, boost = water_heater.step(
                before_c, state[at.TANK_ON + i], draw_l, enabled, per_l,
                param[at.TANK_HEAT_KW + i], param[at.TANK_KEEP + i], param[at.TANK_GAIN + i],
                param[at.TANK_KW_PER_K + i], param[at.TANK_SET_C + i], TANK_ROOM_C, inlet_c,
            )  # fmt: skip
            _, loss_kwh, drawn_kwh = water_heater.balance(
                before_c, after_c, draw_l, heat_kw, param[at.TANK_L + i], per_l, TANK_ROOM_C,
                inlet_c, param[at.TANK_GAIN + i], param[at.TANK_LOSS + i], dt_h,
            )  # fmt: skip
            meters[at.M_OVERRIDES + i] += boost * (1.0 - state[at.BOOSTED + i])
            meters[at.M_TANK_HEAT + i] += heat_kw * dt_h
            meters[at.M_TANK_LOSS + i] += loss_kwh
            meters[at.M_TANK_DRAWN + i] += drawn_kwh
            state[at.TANK_C + i] = after_c
            state[at.TANK_ON + i] = on
            state[at.BOOSTED + i] = boost
            out[at.F_HOT_WATER + i] = heat_kw * param[at.TANK_PER_COP + i]


@kernel
def charge(flow, temp, heard, prices, step, work, state, meters, param, dt_h):  # type: ignore[no-untyped-def]
    """Cars that stand plugged in at home charge by their plan, unless told to take less."""
    told_kw = prices[1, step, at.Q_EV_LIMIT]
    for i in range(BLOCK):
        here = work[at.W_CAR_HOME + i]
        plugged = state[at.PLUGGED + i] if here > 0.0 else 0.0
        energy_kwh, capacity_kwh = state[at.CAR_E + i], param[at.CAR_KWH + i]
        urgent = 1.0 if energy_kwh < URGENT * capacity_kwh else 0.0
        tie_kwh, charger_kw = state[at.TIE_KWH + i], param[at.CHARGER_KW + i]
        left_kwh, request_kw = charging.request_kw(
            heard[at.H_PRICE + i], state[at.CAP_PRICE + i], tie_kwh,
            min(charger_kw, temp[at.T_CAR_ROOM + i]), charger_kw, heard[at.H_FOLLOWS + i], urgent,
            dt_h,
        )  # fmt: skip
        obeys = heard[at.H_ORDERED + i] * param[at.SMART + i] > 0.0 and urgent <= 0.0
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
def panels(flow, marks, rows, step, param, sky):  # type: ignore[no-untyped-def]
    """Let the roofs produce; rows of the night are cleared where the sun shone in them before."""
    for row in range(rows):
        weather, out = sky[step + row], flow[row]
        was_sunny = marks[row, at.MARK_SUNNY]
        marks[row, at.MARK_SUNNY] = 1 if daylight(weather) > 0.0 else 0
        if marks[row, at.MARK_SUNNY] + was_sunny > 0:
            for i in range(BLOCK):
                out[at.F_PV + i] = pv.step(
                    weather[at.X_EAST], weather[at.X_NORTH], weather[at.X_UP], weather[at.X_BEAM],
                    weather[at.X_SKY], weather[at.X_GROUND], weather[at.X_AIR], weather[at.X_WIND],
                    param[at.ROOF_E + i], param[at.ROOF_N + i], param[at.ROOF_U + i],
                    param[at.KWP + i], param[at.SHADING + i], param[at.INVERTER_KW + i],
                )  # fmt: skip


@kernel
def store(flow, temp, rows, prices, step, state, meters, param, minds, dt_h):  # type: ignore[no-untyped-def]
    """Let batteries act, after the panels and the uses."""
    for row in range(rows):
        out, room, old, new = flow[row], temp[row], prices[0, step + row], prices[1, step + row]
        fill_old, fill_new = old[at.Q_FILL], new[at.Q_FILL]
        hold_old, hold_new = old[at.Q_HOLD], new[at.Q_HOLD]
        signed_old, signed_new = old[at.Q_SUBSCRIBED], new[at.Q_SUBSCRIBED]
        for i in range(BLOCK):
            share = storage.RESERVE if param[at.KWP + i] > 0.0 else 1.0
            keep_kw = storage.keep_kw(
                state[at.BATTERY_E + i], param[at.BATTERY_KWH + i], share, battery.EFFICIENCY, dt_h
            )
            least_kw = min(minds[at.FREE_KW + i], of_tariff(param, i, signed_old, signed_new))
            request_kw = storage.request_kw(
                out[at.F_NET + i] - out[at.F_PV + i], param[at.BATTERY_RULE + i],
                of_tariff(param, i, fill_old, fill_new), of_tariff(param, i, hold_old, hold_new),
                param[at.BATTERY_KW + i], room[at.T_CAP + i],
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
            out[at.F_BATTERY + i] = battery_kw
