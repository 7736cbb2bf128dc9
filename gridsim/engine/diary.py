"""The first half of a pass: what people do in a stretch of a day, spread over its steps.

Presence, cooking, small uses, draws and trips are functions of chance alone, and the same in every
arm. Runs of appliances are wishes here; ``runs`` decides when they start.
"""

import math

import numpy as np
from numba import types

from gridsim.core import chance
from gridsim.core.arrays import BLOCK
from gridsim.core.kernel import kernel
from gridsim.engine import layout as at
from gridsim.engine import tile as tiles
from gridsim.engine.days import utc_s
from gridsim.population import diary, trips

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
PLACES = tuple(
    tiles.column(offset)
    for offset in (at.W_PRESENT, at.W_AWAKE, at.W_COOKING, at.W_SMALL, at.W_SCREENS, at.W_DRAW)
)
"""Where each channel of the diary goes in the rows of a tile."""
_CAR_HOME = tiles.column(at.W_CAR_HOME)
_STAYS_END = at.STAYS * tiles.LANES


@kernel
def people(tile, wishes, events, day, date, home, lane, kinds, habits):  # type: ignore[no-untyped-def]
    """Write presence, cooking, small uses, screens and draws of one home, and its wishes.

    ``tile`` is the whole local day of the home's neighbours (see ``engine.tile``), ``lane`` the
    home's place on it, and ``wishes`` its row, shape (3,).
    """
    count = diary.write_day(events, wishes, date, home, kinds, habits)
    begin_s = day.start_s + day.first * day.step_s
    for e in range(count):
        channel = int(events[e, 0])
        a_s = utc_s(day, events[e, 1]) - begin_s
        b_s = utc_s(day, events[e, 2]) - begin_s
        column = PLACES[channel] + lane
        if column < _STAYS_END:
            tiles.stay(tile, column, a_s, b_s, events[e, 3], day.step_s)
        else:
            tiles.spread(tile, column, a_s, b_s, events[e, 3], day.step_s)


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
    if words != 0.0:
        felt *= math.exp(words if felt > 0.0 else -words)  # dearer too where it is below zero
    price = row[at.Q_PUBLISHED] if smart > 0.0 else felt
    return price, max(event, called, smart, minds[at.ROUTINE + lane])


@kernel
def car(tile, returns, day, home, lane, block_lane, first_kind, km_day):  # type: ignore[no-untyped-def]
    """Write when the car stands at home, and into ``returns`` when it comes back.

    A row of ``returns`` holds lane in the block, row of the step, km driven and a draw for plugging
    in; its first number counts the rows after it.
    """
    leave, back, km = trips.car_day(day.seed, home, day.day, day.weekend, first_kind, km_day)
    begin_s = day.start_s + day.first * day.step_s
    midnight_s = utc_s(day, 0.0) - begin_s
    late_s = midnight_s + 100_000.0
    if km <= 0.0:
        tiles.stay(tile, _CAR_HOME + lane, midnight_s, late_s, 1.0, day.step_s)
    else:
        leave_s, back_s = utc_s(day, leave) - begin_s, utc_s(day, back) - begin_s
        tiles.stay(tile, _CAR_HOME + lane, midnight_s, leave_s, 1.0, day.step_s)
        tiles.stay(tile, _CAR_HOME + lane, back_s, late_s, 1.0, day.step_s)
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
