"""Small uses: kettle, toaster, microwave, and now and then vacuum, iron or hair dryer.

Starts come as a Poisson process whose rate follows the hour, thinned by whether somebody is awake
at home. The last half hour of a day is a process of its own, so that the next day can tell what of
it runs on past midnight without drawing the whole day again.
"""

import math

import numpy as np

from gridsim.core.arrays import F8
from gridsim.core.chance import four, question
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
_MOST = 80  # uses of a day


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
_LATE_SHARE = late_share(_small["workday"])  # the same on a day off: see the test


@kernel
def pick(nodes, share):  # type: ignore[no-untyped-def]
    """Return the second of the day at a share of an inverse distribution from quantiles()."""
    place = share * (nodes.shape[0] - 1)
    k = min(int(place), nodes.shape[0] - 2)
    return nodes[k] + (place - k) * (nodes[k + 1] - nodes[k])


@kernel
def poisson(mean, u):  # type: ignore[no-untyped-def]
    """Return the Poisson number at a uniform draw, by going up the distribution."""
    if u <= 1.0 - mean:  # less than exp(-mean): none, and nothing to work out
        return 0
    chance = math.exp(-mean)
    below = chance
    number = 0
    while u > below and number < _MOST:
        number += 1
        chance *= mean / number
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
def _write_use(out, count, firsts, start_s, kind, from_s, to_s):  # type: ignore[no-untyped-def]
    """Write a use if somebody is awake at home when it starts; return the rows."""
    if not sheet.somebody_up(out, firsts, start_s):
        return count
    length_s, kw = _kind_of_use(kind)
    return sheet.add(out, count, float(sheet.SMALL), start_s, start_s + length_s, kw, from_s, to_s)


@kernel
def write_small(out, count, firsts, u, seed, home, day, weekend, starts, from_s, to_s):  # type: ignore[no-untyped-def]
    """Write the small uses of a day [kW] but for the last half hour; return the rows so far.

    ``starts`` is their mean number and ``u`` says how many; the first ``firsts`` rows hold who is
    AWAKE. One turn of the generator serves two uses.
    """
    nodes = _STARTS_S[1 if weekend else 0]
    number = poisson(starts * (1.0 - _LATE_SHARE), u)
    for pair in range((number + 1) // 2):
        v = four(seed, _USE, home, day, pair)
        count = _write_use(out, count, firsts, pick(nodes, v.a), v.b, from_s, to_s)
        if 2 * pair + 1 < number:
            count = _write_use(out, count, firsts, pick(nodes, v.c), v.d, from_s, to_s)
    return count


@kernel
def write_late(out, count, u, seed, home, day, shift_s, bed_s, starts, from_s, to_s):  # type: ignore[no-untyped-def]
    """Write the uses that start in the last half hour of ``day`` and return the rows so far.

    Parameters
    ----------
    u : float
        Uniform that says how many.
    shift_s : float
        0 to write them on the day itself, -86400 to write on the next day what runs on. [s]
    bed_s : float
        When the last person at home goes to bed, wall second of ``day``. [s]
    starts : float
        Mean number of starts on the whole day.
    """
    number = poisson(starts * _LATE_SHARE, u)
    for k in range(number):
        v = four(seed, _LATE_USE, home, day, k)
        start_s = LATE_S + v.a * (DAY_S - LATE_S)
        if start_s < bed_s:
            length_s, kw = _kind_of_use(v.b)
            begin_s = start_s + shift_s
            count = sheet.add(
                out, count, float(sheet.SMALL), begin_s, begin_s + length_s, kw, from_s, to_s
            )
    return count
