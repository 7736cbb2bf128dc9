"""Cars coming home: the trip, the choice to plug in, and the plan for charging."""

import math

from gridsim.automation import schedule
from gridsim.citizens import plugging
from gridsim.core.kernel import kernel
from gridsim.devices import ev
from gridsim.engine import diary, limits
from gridsim.engine import layout as at
from gridsim.engine.days import utc_s
from gridsim.population import trips

_DAY_S = 86_400
_NEVER = 1 << 30
"""Stands for no step of a day."""
LONGEST_H = 48
"""Hours that a charging plan looks ahead at most; assumed."""

BIG_KW = 1e3
"""Stands for no limit in a charging plan: more than any home draws. [kW]"""
SEEN_K = 0.2
"""Shift of a set point from which it is worth a line in the log. [K], assumed"""


NEAR_K = 1.0
"""How near a room has to be to its set point for a shift of it to be worth a line. [K], assumed"""


@kernel
def departure_s(day, home, now_s, first_kind, km_day):  # type: ignore[no-untyped-def]
    """Return when the car leaves next, as far as is known of the next two days. [s UTC]"""
    best = now_s + 3600.0 * LONGEST_H
    for ahead in range(2, -1, -1):
        free = day.weekend
        free = day.weekend_next if ahead == 1 else free
        free = day.weekend_after if ahead == 2 else free
        leave, _, km = trips.car_day(day.seed, home, day.day + ahead, free, first_kind, km_day)
        leave_s = utc_s(day, leave) if ahead == 0 else day.midnight_s + ahead * _DAY_S + leave
        best = min(best, leave_s) if (km > 0.0 and leave_s > now_s) else best
    return best


@kernel
def plan(  # type: ignore[no-untyped-def]
    scratch, room, day, home, lane, step, first_kind, km_day, state, param, minds, prices, slots,
    dt_h,
):  # fmt: skip
    """Work out up to which price a car charges before it leaves, and write it into the state.

    A charger that manages its home's load plans within what the home's peak leaves, and raises
    that peak by no more than it takes to be ready.
    """
    now_s = day.start_s + step * day.step_s
    leaves = departure_s(day, home, now_s, first_kind, km_day)
    steps = int((leaves - now_s) // day.step_s)
    steps = max(min(steps, scratch.shape[0], prices.shape[1] - step), 1)
    tariff = 1 if param[at.ENROLLED + lane] > 0.0 else 0
    if param[at.SMART + lane] > 0.0:
        for ahead in range(steps):
            row = prices[tariff, step + ahead]
            scratch[ahead] = row[at.Q_PUBLISHED] - row[at.Q_ADDED]
    else:
        for ahead in range(steps):
            price, _ = diary.believed(prices, minds, slots, lane, tariff, step + ahead, 0.0)
            scratch[ahead] = price
    need_kwh = (param[at.CAR_KWH + lane] - state[at.CAR_E + lane]) / ev.EFFICIENCY
    need_kwh, charger_kw = max(need_kwh, 0.0), param[at.CHARGER_KW + lane]
    state[at.LEAVES_S + lane] = leaves
    if param[at.SMART + lane] > 0.0 and _limited(prices, minds, tariff, step, lane):
        for ahead in range(steps):
            free_kw = limits.free_kw(prices, minds, tariff, step + ahead, lane)
            room[ahead] = min(free_kw, BIG_KW) - state[at.BASE_KW + lane]
        raise_kw = schedule.least_raise(room[:steps], dt_h, need_kwh, charger_kw)
        for ahead in range(steps):
            room[ahead] = min(max(room[ahead] + raise_kw, 0.0), charger_kw)
        state[at.RAISE_KW + lane] = raise_kw
        cap, tie_kwh = schedule.price_cap_within(scratch[:steps], room[:steps], dt_h, need_kwh)
    else:
        cap, tie_kwh = schedule.price_cap(scratch[:steps], dt_h, need_kwh, charger_kw)
    state[at.CAP_PRICE + lane] = cap
    state[at.TIE_KWH + lane] = tie_kwh


@kernel
def _limited(prices, minds, tariff, step, lane):  # type: ignore[no-untyped-def]
    """Tell whether a home pays for power, or has subscribed to some."""
    signed_kw = prices[tariff, step, at.Q_SUBSCRIBED]
    return min(minds[at.FREE_KW + lane], signed_kw) < math.inf


@kernel
def arrive(  # type: ignore[no-untyped-def]
    scratch, room, log, returns, day, homes, followed, step, row, kinds, km_day, state, meters,
    param, minds, prices, slots, dt_h,
):  # fmt: skip
    """Bring cars home that return in this step: drive, plug in or not, and plan.

    ``row`` is the number of the step within its local day, as in ``returns`` (see ``diary.car``).
    """
    for line in range(1, int(returns[0, 0]) + 1):
        if int(returns[line, 1]) == row:
            i, km = int(returns[line, 0]), returns[line, 2]
            capacity_kwh = param[at.CAR_KWH + i]
            energy_kwh, outside_kwh = ev.drive(
                state[at.CAR_E + i], km, param[at.KWH_KM + i], capacity_kwh
            )
            state[at.CAR_E + i] = energy_kwh
            meters[at.M_CAR_DRIVEN + i] += km * param[at.KWH_KM + i]
            meters[at.M_CAR_OUTSIDE + i] += outside_kwh
            plugged = plugging.plug_in(
                energy_kwh / capacity_kwh, param[at.PLUG_SHARE + i], returns[line, 3]
            )
            state[at.PLUGGED + i] = plugged
            if plugged > 0:
                plan(
                    scratch, room, day, homes[i], i, step, kinds[i, 0], km_day[i], state, param,
                    minds, prices, slots, dt_h,
                )  # fmt: skip
                if i < followed:
                    second = day.start_s + step * day.step_s
                    diary.note(log, second, homes[i], diary.PLUGS, energy_kwh / capacity_kwh)


@kernel
def due(returns, row):  # type: ignore[no-untyped-def]
    """Return the first step of the local day, from ``row`` on, in which a car comes home."""
    first = _NEVER
    for line in range(1, int(returns[0, 0]) + 1):
        back = int(returns[line, 1])
        first = min(first, back) if back >= row else first
    return first


@kernel
def replan(  # type: ignore[no-untyped-def]
    scratch, room, day, homes, lanes, step, kinds, km_day, state, param, minds, prices, slots, dt_h,
    news,
):  # fmt: skip
    """Plan anew for every car that stands plugged in where ``news`` concerns its home."""
    for i in range(lanes):
        concerned = news & (2 if param[at.ENROLLED + i] > 0.0 else 1)
        if concerned > 0 and state[at.PLUGGED + i] > 0.0 and param[at.CAR + i] > 0.0:
            plan(
                scratch, room, day, homes[i], i, step, kinds[i, 0], km_day[i], state, param, minds,
                prices, slots, dt_h,
            )  # fmt: skip


@kernel
def keep_pace(  # type: ignore[no-untyped-def]
    scratch, room, day, homes, lanes, step, kinds, km_day, state, param, minds, prices, slots, dt_h
):
    """Plan anew, each hour, for cars whose home keeps a peak low: its load is never as thought."""
    for i in range(lanes):
        tariff = 1 if param[at.ENROLLED + i] > 0.0 else 0
        waits = state[at.PLUGGED + i] * param[at.CAR + i] * param[at.SMART + i] > 0.0
        hungry = state[at.CAR_E + i] < param[at.CAR_KWH + i]
        if waits and hungry and _limited(prices, minds, tariff, step, i):
            plan(
                scratch, room, day, homes[i], i, step, kinds[i, 0], km_day[i], state, param, minds,
                prices, slots, dt_h,
            )  # fmt: skip


@kernel
def watch(log, homes, followed, second, flow, temp, heard, work, state, param, rules):  # type: ignore[no-untyped-def]
    """Log what begins and ends in the followed homes: charging, boost, stove, moved set points.

    A set point that moves is worth a line only where it counts: rooms that want heat, or cold.
    """
    for i in range(followed):
        lit = param[at.SECOND_KW + i] > 0.0 and heard[at.H_URGE + i] >= rules.stove_urge
        shift_k, held = temp[at.T_SHIFT + i], state[at.HOLD_OFF_H + i] > 0.0
        air_c = state[at.AIR_C + i]
        cold = param[at.HEAT_KIND + i] > 0.0 and air_c < param[at.SET_C + i] + NEAR_K
        warm = param[at.COOL_KW + i] > 0.0 and air_c > param[at.COOL_SET_C + i] - NEAR_K
        now = 1 if flow[at.F_EV + i] > 0.05 else 0
        now += 2 if state[at.BOOSTED + i] > 0.0 else 0
        now += 4 if (lit and work[at.W_PRESENT + i] > 0.0) else 0
        now += 8 if (cold and shift_k > SEEN_K and not held) else 0
        now += 16 if (warm and shift_k > SEEN_K) else 0
        now += 32 if held else 0
        before = int(state[at.WATCHED + i])
        for bit in range(6):
            was, is_on = (before >> bit) & 1, (now >> bit) & 1
            if is_on != was:
                kind = diary.CHARGES + 2 * bit + (0 if is_on > 0 else 1)
                value = flow[at.F_EV + i] if bit == 0 else 0.0
                value = shift_k if 2 < bit < 5 else value
                diary.note(log, second, homes[i], kind, value)
        state[at.WATCHED + i] = 1.0 * now
