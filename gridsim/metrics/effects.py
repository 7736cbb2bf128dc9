"""How sure: differences between arms that hold the same homes, with bootstrap intervals.

An effect is a function of sums over homes. The bootstrap draws the homes again, each home with
all that it did in every arm, and asks the function again. Each home is drawn a Poisson(1) number
of times, independently of the others, from its own named stream: the same law as drawing n homes
with replacement once the sums are divided by the drawn number, and adding homes leaves the draws
of the first ones as they were.

References
----------
Efron, Tibshirani, "An introduction to the bootstrap" (1993); Chamandy, Muralidharan, Najmi,
Naidu, "Estimating uncertainty for massive data streams" (2012) for the Poisson draws.
"""

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from gridsim.core.arrays import F8
from gridsim.core.chance import question, uniforms

RESAMPLES = 1000
"""Draws of the bootstrap: the ends of a 95 % interval then scatter by about 4 % of its width."""

LEVEL = 0.95
"""Share of the draws that lie within an interval."""

UNITS = 4096
"""Most units that are drawn: in a larger town homes are dealt to this many units, and a unit is
drawn as a whole, which costs about 1 % in the precision of the standard error (1/sqrt(2 units))."""

_ASKED = question("effects", "bootstrap")
_POISSON = np.cumsum([math.exp(-1.0) / math.factorial(k) for k in range(12)])


@dataclass(frozen=True, slots=True)
class Effect:
    """An estimate and the interval that holds it; nan where there is none.

    Parameters
    ----------
    estimate : float
        The effect in the homes as they are.
    low, high : float
        Ends of the interval.
    """

    estimate: float
    low: float
    high: float


def draws(homes: int, seed: int, resamples: int = RESAMPLES) -> F8:
    """Return how often each unit of homes is drawn in each resample.

    Home ``i`` belongs to unit ``i % units``, and there are min(homes, UNITS) units.

    Parameters
    ----------
    homes : int
        Number of homes n.
    seed : int
        Seed of the scenario.
    resamples : int
        Number of resamples.

    Returns
    -------
    F8
        Shape (resamples + 1, units), read-only; the first row is ones: the homes as they are.

    Raises
    ------
    ValueError
        If there are no homes or no resamples.
    """
    if homes < 1 or resamples < 1:
        raise ValueError(f"draws needs homes and resamples, got {homes} and {resamples}")
    return _drawn(min(homes, UNITS), seed, resamples)


def sums(drawn: F8, columns: F8) -> F8:
    """Return the sum of each column over the homes as they are and over each resample.

    Parameters
    ----------
    drawn : F8
        From :func:`draws`, shape (resamples + 1, units).
    columns : F8
        Numbers of each home, shape (m, k); the m homes are the first of those drawn.

    Returns
    -------
    F8
        Shape (resamples + 1, k). A column of zeros gives zeros, to the last bit.
    """
    dealt = deal(columns, drawn.shape[1])
    return np.asarray(drawn[:, : len(dealt)] @ dealt)


def deal(columns: F8, units: int) -> F8:
    """Return the sums over the homes of each unit: home ``i`` belongs to unit ``i % units``.

    Parameters
    ----------
    columns : F8
        Numbers of each home, shape (m,) or (m, k).
    units : int
        Number of units.

    Returns
    -------
    F8
        Shape (units,) or (units, k); the columns themselves if no unit has more than a home.
    """
    m = len(columns)
    if m <= units:
        return columns
    whole = m // units * units
    dealt = columns[:whole].reshape(-1, units, *columns.shape[1:]).sum(axis=0)
    dealt[: m - whole] += columns[whole:]
    return np.asarray(dealt)


def interval(values: F8, drawn_from: int) -> Effect:
    """Return the estimate and the 95 % percentile interval of a statistic.

    Parameters
    ----------
    values : F8
        The statistic of the homes as they are, then of each resample, shape (resamples + 1,).
        Resamples in which it is not defined (nan) are left out.
    drawn_from : int
        Homes (or events) that were drawn from: one alone shows nothing of its like.

    Returns
    -------
    Effect
        All nan where the estimate is not defined; without an interval (nan) where fewer than two
        homes were drawn from, or half of the resamples are not defined.
    """
    estimate = float(values[0])
    if not math.isfinite(estimate):
        return Effect(math.nan, math.nan, math.nan)
    known = values[1:][np.isfinite(values[1:])]
    if drawn_from < 2 or 2 * len(known) < len(values) - 1:
        return Effect(estimate, math.nan, math.nan)
    low, high = np.quantile(known, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return Effect(estimate, float(low), float(high))


def ratio(part: F8, whole: F8) -> F8:
    """Return part over whole, nan where the whole is zero."""
    found = np.full(np.broadcast_shapes(np.shape(part), np.shape(whole)), np.nan)
    np.divide(part, whole, out=found, where=np.asarray(whole) != 0)
    return found


def difference_in_means(reference: F8, other: F8, seed: int) -> Effect:
    """Return the mean over homes of what changed between two arms.

    Parameters
    ----------
    reference, other : F8
        A metric of the same homes in both arms, shape (n,).
    seed : int
        Seed of the scenario.

    Raises
    ------
    ValueError
        If the arms do not hold the same number of homes.
    """
    change = _change(reference, other)
    found = sums(draws(len(change), seed), np.stack([change, np.ones_like(change)], axis=1))
    return interval(ratio(found[:, 0], found[:, 1]), len(change))


def ratio_change(reference: F8, other: F8, seed: int) -> Effect:
    """Return the change of a total between two arms over the total of the reference.

    Parameters, errors as those of :func:`difference_in_means`; the estimate is a share: -0.1 is
    a tenth less.
    """
    change = _change(reference, other)
    found = sums(draws(len(change), seed), np.stack([change, reference], axis=1))
    return interval(ratio(found[:, 0], found[:, 1]), len(change))


def diff_in_diff(before: F8, after: F8, treated: F8, seed: int) -> Effect:
    """Return the mean change of the treated homes less that of the others.

    The estimate that a trial without paired arms has to use: right if both kinds of home would
    have changed alike. Homes of both kinds are drawn again together.

    Parameters
    ----------
    before, after : F8
        A metric of each home in two periods, shape (n,).
    treated : F8
        1 for the treated homes, 0 for the others, shape (n,).
    seed : int
        Seed of the scenario.

    Raises
    ------
    ValueError
        If the shapes differ, or one of the two kinds is missing.
    """
    change = _change(before, after)
    mask = np.asarray(treated, np.float64)
    if mask.shape != change.shape:
        raise ValueError(f"treated has shape {mask.shape}, the metric {change.shape}")
    if not 0 < mask.sum() < len(mask):
        raise ValueError("diff_in_diff needs treated homes and others")
    columns = np.stack([mask * change, mask, (1 - mask) * change, 1 - mask], axis=1)
    found = sums(draws(len(change), seed), columns)
    change_of = ratio(found[:, 0], found[:, 1]), ratio(found[:, 2], found[:, 3])
    return interval(change_of[0] - change_of[1], len(change))


@lru_cache(maxsize=4)
def _drawn(units: int, seed: int, resamples: int) -> F8:
    """Draw the units; the last few answers are kept, read-only, for every metric asks again."""
    found = np.ones((resamples + 1, units))
    u = uniforms(seed, _ASKED, np.arange(units), count=resamples)
    found[1:] = np.searchsorted(_POISSON, u).T
    found.flags.writeable = False
    return found


def _change(reference: F8, other: F8) -> F8:
    """Return other less reference, refusing arms that do not hold the same homes."""
    if np.shape(reference) != np.shape(other):
        raise ValueError(f"{np.shape(other)} homes against {np.shape(reference)} in the reference")
    return np.asarray(other, np.float64) - np.asarray(reference, np.float64)
