"""The first half of a pass: what people do in a stretch of a day, spread over its steps.

Presence, cooking, small uses and draws are functions of chance alone, and the same in every arm.
Runs of appliances and trips of cars are where decisions enter: a wish is weighed against the
prices that the home has heard of, and the start is written into the state.
"""

import math

import numpy as np
from numba import types

from gridsim.citizens import choice
from gridsim.core import chance
from gridsim.core.arrays import BLOCK
from gridsim.core.kernel import kernel
from gridsim.engine import layout as at
from gridsim.engine import tile as tiles
from gridsim.engine.days import utc_s
from gridsim.population import trips

WASH, DISH, DRYER = 0, 1, 2
RUN_NUMBERS = 3
"""Numbers for each appliance's run in ``runs``: kWh, hours, longest wait [h]."""
WISH, START = 0, 3
(
    LEAVES, BACK, PLUGS, CHARGES, CHARGED, BOOST, BOOST_END, STOVE, STOVE_OUT, SET_LOWER, SET_BACK,
    COOL_HIGHER, COOL_BACK, SNAP, SNAP_END,
) = range(6, 21)  # fmt: skip
"""Kinds of the log: wishes and starts of the three appliances, then the car, tank and heating."""
_PLUGS = chance.question("citizen", "plugs")
_SLOT_S = 1800.0
_LATE_S = 100_000.0
"""After the end of any day. [wall s]"""
_CAR_HOME = tiles.column(at.W_CAR_HOME)


@kernel
def spread(work, offset, a_s, b_s, level, day):  # type: ignore[no-untyped-def]
    """Add ``level`` over [a_s, b_s) to one home's column of the work rows, by exact overlap."""
    begin = day.start_s + day.first * day.step_s
    end = day.start_s + day.last * day.step_s
    per_s = 1.0 / day.step_s
    low, high = max(a_s, 1.0 * begin), min(b_s, 1.0 * end)
    k = int((low - begin) * per_s)
    while begin + k * day.step_s < high:
        from_s = 1.0 * (begin + k * day.step_s)
        covered_s = max(min(high, from_s + day.step_s) - max(low, from_s), 0.0)
        work[k, offset] += level * covered_s * per_s
        k += 1


@kernel
def believed(prices, minds, slots, lane, tariff, step, smart):  # type: ignore[no-untyped-def]
    """Return the price that a home reckons with at a step, and whether it attends to it.

    A machine that reads prices goes by the published one; a notice that people act on gives the
    published price as it is felt, a routine the usual one, and otherwise they do not think of
    prices at all. A call that they follow makes its hours dearer than they are.
    """
    slot, call = slots[step, tariff], slots[step, 2]
    event = minds[slot * BLOCK + lane] if slot >= 0 else 0.0
    called = minds[call * BLOCK + lane] if call >= 0 else 0.0
    row = prices[tariff, step]
    felt = row[at.Q_FELT] if event > 0.0 else row[at.Q_FELT_USUAL]
    words = prices[1, step, at.Q_CALL] if called > 0.0 else 0.0
    felt *= math.exp(words if felt > 0.0 else -words)  # dearer too where it is below zero
    price = row[at.Q_PUBLISHED] if smart > 0.0 else felt
    return price, max(event, called, smart, minds[at.ROUTINE + lane])


@kernel
def attends(wish_s, count, day, lane, tariff, minds, slots, prices):  # type: ignore[no-untyped-def]
    """Tell whether a home thinks of prices in any of the half hours after a wish."""
    found = minds[at.ROUTINE + lane]
    per_s = 1.0 / day.step_s
    first = int((wish_s + 0.5 * _SLOT_S - day.start_s) * per_s)
    last = int((wish_s + (count - 0.5) * _SLOT_S - day.start_s) * per_s)
    for step in range(first, min(last + 1, slots.shape[0])):
        slot = slots[step, tariff]
        found = max(found, minds[slot * BLOCK + lane]) if slot >= 0 else found
        call = slots[step, 2] if prices[1, step, at.Q_CALL] > 0.0 else -1
        found = max(found, minds[call * BLOCK + lane]) if call >= 0 else found
    return found > 0.0


@kernel
def half_hours(  # type: ignore[no-untyped-def]
    out, wish_s, count, day, lane, tariff, param, sky, prices, minds, slots, kw, rules
):
    """Fill ``out`` with the marginal price of the half hours after a wish.

    A half hour in which the home does not attend counts at the usual price; what its own panels
    are expected to cover counts at the export price (yesterday's sun at the same hour).
    """
    timer = param[at.TIMER + lane] * minds[at.MACHINE + lane]
    kwp, per_s = rules.sunny * param[at.KWP + lane], 1.0 / day.step_s
    for slot in range(count):
        middle_s = wish_s + _SLOT_S * (slot + 0.5)
        step = min(int((middle_s - day.start_s) * per_s), prices.shape[1] - 1)
        price, _ = believed(prices, minds, slots, lane, tariff, step, timer)
        sun = min(max(kwp * sky[step, at.X_UNIT_PV] / kw, 0.0), 1.0)
        out[slot] = price + sun * (prices[tariff, step, at.Q_EXPORT] - price)


@kernel
def decide_run(  # type: ignore[no-untyped-def]
    scratch, day, home, lane, which, wish_wall_s, state, meters, param, sky, prices, minds, slots,
    runs, rules,
):  # fmt: skip
    """Choose the start of one run, write it into the state, and return the wait. [h]

    A timer can wait longer than its owner likes to think ahead, and does not mind waiting.
    """
    timer = param[at.TIMER + lane] * minds[at.MACHINE + lane]
    kwh, hours = runs[0], runs[1]
    longest_h = max(runs[2], rules.timer_h) if timer > 0.0 else runs[2]
    delay = 0.0 if timer > 0.0 else param[at.DELAY + lane]
    wish_s = utc_s(day, wish_wall_s)
    tariff = 1 if param[at.ENROLLED + lane] > 0.0 else 0
    length = math.ceil(hours / choice.SLOT_H - 1e-9)
    options = max(int((longest_h - hours) / choice.SLOT_H) + 1, 1)
    count = min(options + length - 1, scratch.shape[0])
    options = count - length + 1
    wait_h = 0.0
    thinks = rules.chooses > 0.0 and attends(wish_s, count, day, lane, tariff, minds, slots, prices)
    if timer > 0.0 or thinks:
        half_hours(
            scratch, wish_s, count, day, lane, tariff, param, sky, prices, minds, slots,
            kwh / hours, rules,
        )  # fmt: skip
        wait_h = choice.choose_start(
            scratch, options, length, kwh, param[at.MONEY_WEIGHT + lane], delay,
            rules.choice_noise, rules.night if which != DISH else 0.0, wish_wall_s / 3600.0,
            day.seed, home, day.day, which,
        )  # fmt: skip
    slot = 2 * which + (day.day & 1)
    state[at.RUN_FROM + slot * BLOCK + lane] = wish_s + 3600.0 * wait_h
    meters[at.M_DEFERRED + lane] += kwh if wait_h > 0.0 else 0.0
    return wait_h


@kernel
def machines(  # type: ignore[no-untyped-def]
    work, scratch, log, day, home, lane, wishes, state, meters, param, sky, prices, minds, slots,
    owned, rules, followed,
):  # fmt: skip
    """Decide the runs wished in this stretch, then spread today's and yesterday's runs."""
    begin = day.start_s + day.first * day.step_s
    end = day.start_s + day.last * day.step_s
    for which in range(3):
        if owned[which, 0] > 0.0:
            wish = wishes[which]
            wish_s = utc_s(day, wish)
            if wish >= 0.0 and begin <= wish_s < end:
                wait_h = decide_run(
                    scratch, day, home, lane, which, wish, state, meters, param, sky, prices,
                    minds, slots, owned[which], rules,
                )  # fmt: skip
                if followed > 0:
                    note(log, wish_s, home, WISH + which, owned[which, 0])
                    note(log, wish_s + 3600.0 * wait_h, home, START + which, wait_h)
            for slot in range(2):
                from_s = state[at.RUN_FROM + (2 * which + slot) * BLOCK + lane]
                until_s = from_s + 3600.0 * owned[which, 1]
                if from_s < end and until_s > begin:
                    kw = owned[which, 0] / owned[which, 1]
                    spread(work, at.W_WET + lane, from_s, until_s, kw, day)


@kernel
def car(tile, returns, day, home, lane, block_lane, first_kind, km_day):  # type: ignore[no-untyped-def]
    """Write when the car stands at home, and into ``returns`` when it comes back.

    A row of ``returns`` holds lane in the block, row of the step, km driven and a draw for plugging
    in; its first number counts the rows after it.
    """
    leave, back, km = trips.car_day(day.seed, home, day.day, day.weekend, first_kind, km_day)
    column = _CAR_HOME + lane
    if km <= 0.0:
        tiles.stay(tile, column, 0.0, _LATE_S, 1.0, day)
    else:
        tiles.stay(tile, column, 0.0, leave, 1.0, day)
        tiles.stay(tile, column, back, _LATE_S, 1.0, day)
        back_s = utc_s(day, back) - (day.start_s + day.first * day.step_s)
        k = int(np.floor((back_s + 0.5) / day.step_s))
        if 0 <= k < day.last - day.first:
            line = int(returns[0, 0]) + 1
            returns[line, 0] = block_lane
            returns[line, 1] = k
            returns[line, 2] = km
            returns[line, 3] = chance.four(day.seed, _PLUGS, home, day.day, 0).a
            returns[0, 0] = line


@kernel
def log_trip(log, day, home, first_kind, km_day):  # type: ignore[no-untyped-def]
    """Log when a followed car leaves and comes back, if that is in this stretch."""
    leave, back, km = trips.car_day(day.seed, home, day.day, day.weekend, first_kind, km_day)
    begin, end = day.start_s + day.first * day.step_s, day.start_s + day.last * day.step_s
    leave_s, back_s = utc_s(day, leave), utc_s(day, back)
    if km > 0.0 and begin <= leave_s < end:
        note(log, leave_s, home, LEAVES, km)
    if km > 0.0 and begin <= back_s < end:
        note(log, back_s, home, BACK, km)


@kernel(
    signature=types.void(
        types.float64[:, ::1], types.float64, types.int64, types.int64, types.float64
    )
)
def note(log, second, home, kind, value):  # type: ignore[no-untyped-def]
    """Write one line into the log of followed homes; ``log[0, 0]`` counts the lines."""
    line = int(log[0, 0]) + 1
    if line < log.shape[0]:
        log[line, 0] = second
        log[line, 1] = home
        log[line, 2] = kind
        log[line, 3] = value
        log[0, 0] = line
