"""Runs of appliances in a stretch: when those start that can wait, and what they draw.

Only runs are looked at that are wished for in the stretch or go on in it. What homes weigh when
they choose - prices as they are felt, notices, calls, yesterday's sun - is laid out once for all
homes of a block, step after step, one view after the other.
"""

import math

from gridsim.citizens import choice
from gridsim.core.arrays import BLOCK
from gridsim.core.kernel import kernel
from gridsim.engine import diary
from gridsim.engine import layout as at
from gridsim.engine.days import utc_s

LONGEST = 96
"""Half hours that anybody thinks ahead at most: two days; assumed."""
_SLOT_S = 3600.0 * choice.SLOT_H
_RUNS = 3 * BLOCK
_LOTS = LONGEST + choice.TURN
_OWN = _RUNS + 2 * LONGEST + _LOTS
# Of either tariff: its price as published, as usual and as heard, both as they are felt, what it
# pays for exports, where its notice stands; then of all: where a call stands and what it carries,
# and the sun.
_PUBLISHED, _USUAL, _FELT, _EXPORT, _NOTICE = range(0, 10, 2)
_CALL, _WORDS, _SUN = range(10, 13)
_VIEWS = 13


def scratch(rows: int, ahead: int) -> int:
    """Return how many numbers ``decide`` needs to scribble on.

    Parameters
    ----------
    rows, ahead : int
        Steps of a local day at most, and steps of two days.
    """
    return _OWN + _VIEWS * (rows + ahead)


@kernel
def foresee(scratch, first, prices, slots, sky):  # type: ignore[no-untyped-def]
    """Lay out on ``scratch`` what homes weigh from a step on, before ``decide`` for any block.

    Parameters
    ----------
    scratch : F8
        ``room`` of ``advance.Bench``.
    first : int
        The first step of the stretch.
    prices, slots, sky
        As of ``sweep.Told`` and ``sweep.Air``.

    Returns
    -------
    int
        How many steps they look ahead.
    """
    views = scratch[_OWN:]
    reach = min(views.shape[0] // _VIEWS, prices.shape[1] - first)
    lay_out(views, reach, first, prices, slots, sky)
    return reach


@kernel
def decide(  # type: ignore[no-untyped-def]
    work, wishes, log, scratch, reach, day, homes, count, followed, runs, state, meters, param,
    minds, rules,
):  # fmt: skip
    """Decide the runs wished in a stretch, then spread what runs in it over its steps.

    Parameters
    ----------
    work, wishes, log, scratch
        ``work``, ``wishes``, ``log`` and ``room`` of ``advance.Bench``.
    reach : int
        As ``foresee`` gave it, which laid out on ``scratch`` what homes weigh.
    day, homes, count, followed, runs, state, meters, param, minds, rules
        As of ``advance.decide``.
    """
    views = scratch[_OWN:]
    begin = 1.0 * (day.start_s + day.first * day.step_s)
    end = 1.0 * (day.start_s + day.last * day.step_s)
    for place in range(due(scratch, day, begin, end, count, wishes, runs, state)):
        lane, which = int(scratch[place]) >> 2, int(scratch[place]) & 3
        run = runs[lane, which]
        wish = wishes[lane, which]
        wish_s = utc_s(day, wish)
        if wish >= 0.0 and begin <= wish_s < end:
            wait_h = choose(
                scratch[_RUNS:_OWN], views, reach, day, homes[lane], lane, which, wish, begin,
                param, minds, run, rules,
            )  # fmt: skip
            from_s = wish_s + 3600.0 * wait_h
            state[at.RUN_FROM + (2 * which + (day.day & 1)) * BLOCK + lane] = from_s
            meters[at.M_DEFERRED + lane] += run[0] if wait_h > 0.0 else 0.0
            if lane < followed:
                diary.note(log, wish_s, homes[lane], diary.WISH + which, run[0])
                diary.note(log, from_s, homes[lane], diary.START + which, wait_h)
        for turn in range(2):
            from_s = state[at.RUN_FROM + (2 * which + turn) * BLOCK + lane]
            until_s = from_s + 3600.0 * run[1]
            if from_s < end and until_s > begin:
                spread(work, at.W_WET + lane, from_s, until_s, run[0] / run[1], day)


@kernel
def lay_out(views, reach, first, prices, slots, sky):  # type: ignore[no-untyped-def]
    """Lay out what homes weigh in the ``reach`` steps from ``first`` on, one view after the other.

    A notice or a call is told by where its row of ``minds`` begins; -1: none.
    """
    for tariff in range(2):
        for k in range(reach):
            row = prices[tariff, first + k]
            slot = slots[first + k, tariff]
            views[(_PUBLISHED + tariff) * reach + k] = row[at.Q_PUBLISHED]
            views[(_USUAL + tariff) * reach + k] = row[at.Q_FELT_USUAL]
            views[(_FELT + tariff) * reach + k] = row[at.Q_FELT]
            views[(_EXPORT + tariff) * reach + k] = row[at.Q_EXPORT]
            views[(_NOTICE + tariff) * reach + k] = max(slot * BLOCK, -1)
    for k in range(reach):
        views[_CALL * reach + k] = max(slots[first + k, 2] * BLOCK, -1)
        views[_WORDS * reach + k] = prices[1, first + k, at.Q_CALL]
        views[_SUN * reach + k] = sky[first + k, at.X_UNIT_PV]


@kernel
def due(queue, day, begin, end, count, wishes, runs, state):  # type: ignore[no-untyped-def]
    """Write ``4 * lane + appliance`` of each run that is wished or goes on in [begin, end) [s UTC].

    Return how many there are. No run is left out by a branch: which ones are due is as good as
    chance, and a processor that guesses wrong loses more than it takes to look at all of them.
    """
    found = 0
    for lane in range(count):
        for which in range(3):
            wish, run = wishes[lane, which], runs[lane, which]
            wish_s, last_s = utc_s(day, wish), 3600.0 * run[1]
            a_s = state[at.RUN_FROM + 2 * which * BLOCK + lane]
            b_s = state[at.RUN_FROM + (2 * which + 1) * BLOCK + lane]
            wished = (wish >= 0.0) & (wish_s >= begin) & (wish_s < end)
            goes_on = ((a_s < end) & (a_s + last_s > begin)) | (
                (b_s < end) & (b_s + last_s > begin)
            )
            queue[found] = 4 * lane + which
            found += 1 if (run[0] > 0.0) & (wished | goes_on) else 0
    return found


@kernel
def choose(  # type: ignore[no-untyped-def]
    scratch, views, reach, day, home, lane, which, wish_wall_s, begin, param, minds, run, rules
):
    """Return how long one run waits that is wished for ``wish_wall_s`` after midnight. [h]

    A timer can wait longer than its owner likes to think ahead, and does not mind waiting. A home
    without one weighs prices if it lives by them, or acts on a notice or a call for any of the half
    hours in question; else it starts at once. ``begin`` is the second at which the views begin.
    """
    timer = param[at.TIMER + lane] * minds[at.MACHINE + lane] > 0.0
    kwh, hours = run[0], run[1]
    longest_h = max(run[2], rules.timer_h) if timer else run[2]
    tariff = 1 if param[at.ENROLLED + lane] > 0.0 else 0
    length = math.ceil(hours / choice.SLOT_H - 1e-9)
    options = max(int((longest_h - hours) / choice.SLOT_H) + 1, 1)
    count = min(options + length - 1, LONGEST)
    told = 0.0
    for slot in range(at.NOTICES):
        told = max(told, minds[slot * BLOCK + lane])
    later_s, per_s = utc_s(day, wish_wall_s) - begin, 1.0 / day.step_s
    thinks = minds[at.ROUTINE + lane] > 0.0
    if rules.chooses > 0.0 and told > 0.0 and not thinks:
        first = int((later_s + 0.5 * _SLOT_S) * per_s)
        last = min(int((later_s + (count - 0.5) * _SLOT_S) * per_s) + 1, reach)
        thinks = attends(views, reach, first, last, tariff, minds, lane)
    if not timer and not (rules.chooses > 0.0 and thinks):
        return 0.0
    price, lots = scratch[:LONGEST], scratch[LONGEST : LONGEST + _LOTS]
    if timer or told <= 0.0:
        view = (_PUBLISHED if timer else _USUAL) + tariff
        plain(price, views[view * reach :], later_s, per_s, count, reach - 1)
    else:
        felt(price, views, reach, later_s, per_s, count, tariff, minds, lane)
    kwp = rules.sunny * param[at.KWP + lane]
    if kwp > 0.0:
        under_the_sun(price, views, reach, later_s, per_s, count, tariff, kwp, kwh / hours)
    return choice.choose_start(
        scratch[LONGEST + _LOTS :], lots, price, count - length + 1, length, kwh,
        param[at.MONEY_WEIGHT + lane], 0.0 if timer else param[at.DELAY + lane], rules.choice_noise,
        rules.night if which != diary.DISH else 0.0, wish_wall_s / 3600.0, day.seed, home, day.day,
        which,
    )  # fmt: skip


@kernel
def attends(views, reach, first, last, tariff, minds, lane):  # type: ignore[no-untyped-def]
    """Tell whether a home acts on a notice or a call that covers any step of [first, last)."""
    for k in range(first, last):
        notice = int(views[(_NOTICE + tariff) * reach + k])
        if notice >= 0 and minds[notice + lane] > 0.0:
            return True
        call = int(views[_CALL * reach + k])
        if call >= 0 and views[_WORDS * reach + k] > 0.0 and minds[call + lane] > 0.0:
            return True
    return False


@kernel
def plain(price, view, later_s, per_s, count, last):  # type: ignore[no-untyped-def]
    """Fill ``price`` with a view of the half hours that begin ``later_s`` from now."""
    for slot in range(count):
        middle_s = later_s + _SLOT_S * (slot + 0.5)
        price[slot] = view[min(int(middle_s * per_s), last)]


@kernel
def felt(price, views, reach, later_s, per_s, count, tariff, minds, lane):  # type: ignore[no-untyped-def]
    """Fill ``price`` with what the half hours are felt to cost, as ``diary.believed`` has it."""
    for slot in range(count):
        middle_s = later_s + _SLOT_S * (slot + 0.5)
        k = min(int(middle_s * per_s), reach - 1)
        notice, call = int(views[(_NOTICE + tariff) * reach + k]), int(views[_CALL * reach + k])
        acts = minds[notice + lane] > 0.0 if notice >= 0 else False
        feels = views[((_FELT if acts else _USUAL) + tariff) * reach + k]
        if call >= 0 and minds[call + lane] > 0.0:
            words = views[_WORDS * reach + k]
            feels *= math.exp(words if feels > 0.0 else -words)  # dearer too where it is below zero
        price[slot] = feels


@kernel
def under_the_sun(price, views, reach, later_s, per_s, count, tariff, kwp, kw):  # type: ignore[no-untyped-def]
    """Let what their own panels are expected to cover count at the price of exports.

    The sun is expected to be yesterday's at the same hour.
    """
    for slot in range(count):
        middle_s = later_s + _SLOT_S * (slot + 0.5)
        k = min(int(middle_s * per_s), reach - 1)
        share = min(max(kwp * views[_SUN * reach + k] / kw, 0.0), 1.0)
        price[slot] += share * (views[(_EXPORT + tariff) * reach + k] - price[slot])


@kernel
def spread(work, column, a_s, b_s, level, day):  # type: ignore[no-untyped-def]
    """Add ``level`` over [a_s, b_s) [s UTC] to one column of the work rows, by exact overlap."""
    begin = 1.0 * (day.start_s + day.first * day.step_s)
    step_s, per_s = 1.0 * day.step_s, 1.0 / day.step_s
    low = max(a_s, begin) - begin
    high = min(b_s - begin, (day.last - day.first) * step_s)
    first, last = int(low * per_s), int(high * per_s)
    whole = level * step_s * per_s
    ends_s = min(high, (first + 1) * step_s)
    if ends_s > low:
        work[first, column] += level * (ends_s - low) * per_s
    for k in range(first + 1, last):
        work[k, column] += whole
    if last > first and high > last * step_s:
        work[last, column] += level * (high - last * step_s) * per_s
