"""Small uses: kettle, toaster, microwave, and now and then vacuum, iron or hair dryer.

Starts come as a Poisson process whose rate follows the hour, thinned by whether somebody is awake
at home. The last half hour of a day is a process of its own, so that the next day can tell what of
it runs on past midnight without drawing the whole day again.
"""

import math

import numpy as np

from gridsim.core.arrays import F8
from gridsim.core.chance import ROW, four, question, turns
from gridsim.core.clock import DAY_S
from gridsim.core.kernel import kernel
from gridsim.population import sheet
from gridsim.population.people import HABITS

_USE = question("diary", "small", "use")
_LATE_USE = question("diary", "small", "late_use")

_small = HABITS["small"]
_QUICK = float(_small["quick"])
_KW = np.array(_small["kw"], dtype=np.float64)
_QUICK_S = 60.0 * np.array(_small["quick_min"], dtype=np.float64)
_LONG_S = 60.0 * np.array(_small["long_min"], dtype=np.float64)

LATE_S = 23.5 * 3600
"""Where the last half hour begins, [wall s]; no use lasts longer than what follows."""


def quantiles(weights: list[float], until_s: float = float(DAY_S), nodes: int = 97) -> F8:
    """Return the inverse distribution of a second of the day at ``nodes`` even shares, (nodes,).

    Parameters
    ----------
    weights : list of float
        Relative rate in each hour, 24 of them.
    until_s : float
        End of the part of the day that counts. [s]
    nodes : int
        Number of nodes, the first at share 0, the last at share 1.
    """
    edges = np.minimum(np.arange(25) * 3600.0, until_s)
    mass = np.concatenate([[0.0], np.cumsum(np.asarray(weights) * np.diff(edges))])
    return np.asarray(np.interp(np.linspace(0.0, 1.0, nodes) * mass[-1], mass, edges))


def late_share(weights: list[float]) -> float:
    """Return the share of the starts that falls into the last half hour."""
    return 0.5 * weights[-1] / sum(weights)


_STARTS_S = np.stack([quantiles(_small["workday"], LATE_S), quantiles(_small["off"], LATE_S)])
_INVERSE = 1.0 / np.maximum(np.arange(sheet.MOST_AT_ONCE + 1), 1)
LATE_SHARE = late_share(_small["workday"])
"""Share of the starts of the last half hour; the same on a day off: see the test."""


@kernel
def pick(nodes, share):  # type: ignore[no-untyped-def]
    """Return the second of the day at a share of an inverse distribution from quantiles()."""
    place = share * (nodes.shape[0] - 1)
    k = min(np.int32(place), np.int32(nodes.shape[0] - 2))
    return nodes[k] + (place - k) * (nodes[k + 1] - nodes[k])


@kernel
def poisson(mean, u):  # type: ignore[no-untyped-def]
    """Return the Poisson number at a uniform draw, by going up the distribution."""
    if u <= 1.0 - mean:  # less than exp(-mean): none, and nothing to work out
        return 0
    chance = math.exp(-mean)
    below = chance
    number = 0
    while u > below and number < sheet.MOST_AT_ONCE:
        number += 1
        chance *= mean * _INVERSE[number]
        below += chance
    return number


@kernel
def _kind_of_use(u):  # type: ignore[no-untyped-def]
    """Return length [s] and power [kW] of a use from one uniform; short ones are the most.

    The upper 16 bits say which and how long, the lower 16 how strong.
    """
    scaled = u * 65536.0
    upper = math.floor(scaled)
    share = upper / 65536.0
    kw = _KW[0] + (scaled - upper) * (_KW[1] - _KW[0])
    quick_s = _QUICK_S[0] + share / _QUICK * (_QUICK_S[1] - _QUICK_S[0])
    rest = (share - _QUICK) / (1.0 - _QUICK)
    long_s = _LONG_S[0] + rest * (_LONG_S[1] - _LONG_S[0])
    return quick_s if share < _QUICK else long_s, kw


@kernel
def _count(numbers, names, wide):  # type: ignore[no-untyped-def]
    """Write the Poisson number of each home at its mean and draw, as :func:`poisson` has it."""
    for lane in range(wide):
        numbers[sheet.CHANCE + lane] = math.exp(-numbers[sheet.MEAN + lane])
    for lane in range(wide):
        numbers[sheet.BELOW + lane] = numbers[sheet.CHANCE + lane]
        names[sheet.NUMBER + lane] = 0
    for number in range(1, sheet.MOST_AT_ONCE + 1):
        more = np.int64(0)
        for lane in range(wide):
            found = np.int64(numbers[sheet.SHARE + lane] > numbers[sheet.BELOW + lane])
            numbers[sheet.CHANCE + lane] *= numbers[sheet.MEAN + lane] * _INVERSE[number]
            numbers[sheet.BELOW + lane] += numbers[sheet.CHANCE + lane]
            names[sheet.NUMBER + lane] += found
            more += found
        if more == 0:
            return


@kernel
def _list_pairs(page, homes, count):  # type: ignore[no-untyped-def]
    """List the turns of the generator, each for two uses of a home; return how many there are."""
    numbers, names = page
    pairs = np.int64(0)  # not a literal to numba
    for lane in range(count):
        number = names[sheet.NUMBER + lane]
        for pair in range((number + 1) // 2):
            names[sheet.PAIR_HOME + pairs] = homes[lane]
            names[sheet.PAIR_NUMBER + pairs] = pair
            names[sheet.PAIR_LANE + pairs] = lane
            names[sheet.PAIR_LEFT + pairs] = number - 2 * pair
            names[sheet.PAIR_WHOLE + pairs] = names[sheet.HOME_WHOLE + lane]
            names[sheet.PAIR_PART + pairs] = names[sheet.HOME_PART + lane]
            numbers[sheet.PAIR_FROM + pairs] = numbers[sheet.LIVED_FROM + lane]
            numbers[sheet.PAIR_TO + pairs] = numbers[sheet.LIVED_TO + lane]
            pairs += 1
    for place in range(pairs, sheet.padded(pairs)):
        names[sheet.PAIR_LEFT + place] = 0
    return pairs


@kernel
def write_small(page, date, homes, count):  # type: ignore[no-untyped-def]
    """Write the small uses that start while somebody is up [kW]; return the turns for them.

    The mean number of each home and the draw that says how many lie in the rows of MEAN and SHARE.
    One turn of the generator serves two uses. Those of the last half hour are not among them.
    """
    numbers, names = page
    _count(numbers, names, sheet.padded(count))
    pairs = _list_pairs(page, homes, count)
    for first in range(0, pairs, ROW):
        wide = sheet.padded(min(pairs - first, ROW))
        turns(
            numbers[sheet.SCRATCH : sheet.SCRATCH + 4 * ROW], date.seed, _USE,
            names[sheet.PAIR_HOME + first : sheet.PAIR_NUMBER], date.day,
            names[sheet.PAIR_NUMBER + first : sheet.PAIR_LANE], wide,
        )  # fmt: skip
        _fill(page, first, wide, date.weekend)
    for which in range(2):
        for pair in range(which * sheet.PAIRS, which * sheet.PAIRS + pairs):
            if names[sheet.PAIR_OPEN + pair] > 0:
                place = sheet.SMALL_USES + pair
                lane, start_s = names[sheet.USE_LANE + place], numbers[sheet.PAIR_START + pair]
                if not sheet.somebody_up(page, lane, start_s):
                    numbers[sheet.USE_END + place] = numbers[sheet.USE_START + place]
    return pairs


@kernel
def _fill(page, first, wide, weekend):  # type: ignore[no-untyped-def]
    """Write both uses of each turn, as none where the slots tell that nobody is up."""
    numbers, mine = page.numbers, sheet.Sheet(page.numbers[first:], page.names[first:])
    nodes = _STARTS_S[1 if weekend else 0]
    for i in range(wide):
        v = sheet.turn(numbers, sheet.SCRATCH, i)
        _put(mine, i, 0, pick(nodes, v.a), v.b)
    for i in range(wide):
        v = sheet.turn(numbers, sheet.SCRATCH, i)
        _put(mine, i, 1, pick(nodes, v.c), v.d)


@kernel
def _put(page, pair, which, start_s, kind):  # type: ignore[no-untyped-def]
    """Write the first or the second use of a turn, and whether it is open if somebody is up."""
    numbers, names = page
    wished = names[sheet.PAIR_LEFT + pair] > which
    slot = sheet.slot_of(start_s)
    part = (names[sheet.PAIR_PART + pair] >> slot) & 1
    whole = (names[sheet.PAIR_WHOLE + pair] >> slot) & 1
    length_s, kw = _kind_of_use(kind)
    from_s = max(start_s, numbers[sheet.PAIR_FROM + pair])
    to_s = min(start_s + length_s, numbers[sheet.PAIR_TO + pair])
    to_s = to_s if wished & (part > 0) else from_s
    lane, at = names[sheet.PAIR_LANE + pair], which * sheet.PAIRS + pair
    sheet.put(page, sheet.SMALL_USES + at, lane, from_s, to_s, kw)
    names[sheet.PAIR_OPEN + at] = (part ^ whole) if wished else 0
    numbers[sheet.PAIR_START + at] = start_s


@kernel
def write_late(page, count, lane, u, home, date, shift_s, bed_s, starts):  # type: ignore[no-untyped-def]
    """List the uses that start in the last half hour of a day; return how many are listed.

    Parameters
    ----------
    count : int
        How many were listed before.
    u : float
        Uniform that says how many.
    shift_s : int
        0 for those of the date itself, -86400 for what runs on of those of the day before. [s]
    bed_s : float
        When the last person at home goes to bed, wall second of the day of the uses. [s]
    starts : float
        Mean number of starts on the whole day.
    """
    numbers = page.numbers
    number = poisson(starts * LATE_SHARE, u)
    for k in range(number):
        v = four(date.seed, _LATE_USE, home, date.day + shift_s // DAY_S, k)
        start_s = LATE_S + v.a * (DAY_S - LATE_S)
        if start_s < bed_s:
            length_s, kw = _kind_of_use(v.b)
            from_s = max(start_s + shift_s, numbers[sheet.LIVED_FROM + lane])
            to_s = min(start_s + shift_s + length_s, numbers[sheet.LIVED_TO + lane])
            sheet.put(page, sheet.LATE_USES + count, lane, from_s, to_s, kw)
            count += 1
    return count
