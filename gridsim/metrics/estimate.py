"""How sure without the counterfactual: estimates of a sample, with error and interval.

A field trial sees each home in one arm only. What it estimates is a smooth function of the means
of independent samples (the arms); the error follows from the covariance of these means by the
delta method, and the interval from Student's t with the degrees of freedom of Welch and
Satterthwaite, so that arms may differ in size and in spread. Rows of one home (its days) may be
told to belong together: the home, not the day, is then what was drawn.

References
----------
Welch, "The generalization of 'Student's' problem when several different population variances are
involved", Biometrika 34 (1947), doi:10.1093/biomet/34.1-2.28; Liang, Zeger, "Longitudinal data
analysis using generalized linear models", Biometrika 73 (1986), doi:10.1093/biomet/73.1.13.
"""

import math
from dataclasses import dataclass

import numpy as np
from scipy.special import stdtrit

from gridsim.core.arrays import F8, I8

LEVEL = 0.95
"""Share of repeated trials whose interval holds the true value."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """An estimate, its standard error and the 95 % interval; nan where there is none.

    Parameters
    ----------
    estimate, error : float
        The value, and its standard error.
    low, high : float
        Ends of the interval.
    """

    estimate: float
    error: float
    low: float
    high: float

    def __neg__(self) -> "Estimate":
        """Return the same with the sign turned: a change of -2 is a reduction of 2."""
        return Estimate(-self.estimate, self.error, -self.high, -self.low)

    def holds(self, value: float) -> bool:
        """Return whether a value lies within the interval."""
        return self.low <= value <= self.high


@dataclass(frozen=True, slots=True)
class Means:
    """Means of the columns of one sample, and how sure they are.

    Parameters
    ----------
    mean : F8
        Shape (k,).
    covariance : F8
        Of these means (not of the rows), shape (k, k).
    freedom : int
        Degrees of freedom: independent units less one.
    """

    mean: F8
    covariance: F8
    freedom: int


def means(columns: F8, homes: I8 | None = None) -> Means:
    """Return the means of a sample with their covariance.

    Parameters
    ----------
    columns : F8
        One row an observation, shape (m, k), or (m,) for one column.
    homes : I8, optional
        To which home each row belongs, shape (m,): rows of one home count as one draw. Without
        it every row is a draw of its own.

    Raises
    ------
    ValueError
        If a number is not finite, the shapes differ, or there are fewer than two homes.
    """
    table = np.asarray(columns, np.float64)
    table = table[:, None] if table.ndim == 1 else table
    if not np.all(np.isfinite(table)):
        raise ValueError("a sample needs finite numbers")
    mean = table.mean(axis=0) if len(table) else np.zeros(table.shape[1])
    apart = (table - mean) / max(len(table), 1)
    if homes is not None:
        apart = _by_home(apart, np.asarray(homes))
    units = len(apart)
    if units < 2:
        raise ValueError(f"a sample needs at least two homes, got {units}")
    return Means(mean, apart.T @ apart * (units / (units - 1)), units - 1)


def interval(estimate: float, error: float, freedom: float) -> Estimate:
    """Return an estimate with its 95 % interval from Student's t.

    Parameters
    ----------
    estimate, error : float
        The value and its standard error.
    freedom : float
        Degrees of freedom, above 0.
    """
    reach = error * float(stdtrit(freedom, (1 + LEVEL) / 2)) if error > 0 else error
    return Estimate(estimate, error, estimate - reach, estimate + reach)


def delta(value: float, parts: list[tuple[F8, Means]]) -> Estimate:
    """Return a function of the means of independent samples, with its error by the delta method.

    Parameters
    ----------
    value : float
        The function at the means.
    parts : list of (F8, Means)
        Of each sample: the slopes of the function in its means, shape (k,), and the means.
    """
    spread = [float(slope @ one.covariance @ slope) for slope, one in parts]
    total = sum(spread)
    if not total > 0:
        return interval(value, 0.0 if total == 0 else math.nan, 1.0)
    # Welch-Satterthwaite
    freedom = total**2 / sum(v**2 / one.freedom for v, (_, one) in zip(spread, parts, strict=True))
    return interval(value, math.sqrt(total), freedom)


def mean(values: F8, homes: I8 | None = None) -> Estimate:
    """Return the mean of a sample; arguments and errors as those of :func:`means`."""
    one = means(np.asarray(values, np.float64).reshape(-1), homes)
    return delta(float(one.mean[0]), [(np.ones(1), one)])


def share(part: F8, whole: F8, homes: I8 | None = None) -> Estimate:
    """Return the share that a part has in a whole: the sum of one over the sum of the other.

    With the energy of the peak hours as part and all energy as whole it is the share of peak
    energy; with the energy avoided as part it is the reduction as a share of peak energy.

    Parameters
    ----------
    part, whole : F8
        Of each row, shape (m,).
    homes : I8, optional
        To which home each row belongs, shape (m,).

    Raises
    ------
    ValueError
        If the whole has no positive sum, or as :func:`means`.
    """
    found, slope, one = ratio(part, whole, homes)
    return delta(found, [(slope, one)])


def ratio(part: F8, whole: F8, homes: I8 | None = None) -> tuple[float, F8, Means]:
    """Return a ratio of sums, its slopes in the two means, and these; as :func:`share`."""
    one = means(np.stack(_alike(part, whole), axis=1), homes)
    upper, lower = one.mean
    if not lower > 0:
        raise ValueError(f"a share needs a positive whole, got a mean of {lower:g}")
    found = float(upper / lower)
    return found, np.array([1.0, -found]) / lower, one


def _alike(one: F8, other: F8) -> tuple[F8, F8]:
    """Return two columns as floats, refusing different lengths."""
    first, second = np.asarray(one, np.float64), np.asarray(other, np.float64)
    if first.shape != second.shape or first.ndim != 1:
        raise ValueError(f"columns of one length are needed, got {first.shape} and {second.shape}")
    return first, second


def _by_home(rows: F8, homes: I8) -> F8:
    """Return the sums of the rows of each home."""
    if homes.shape != (len(rows),):
        raise ValueError(f"homes has shape {homes.shape} for {len(rows)} rows")
    _, place = np.unique(homes, return_inverse=True)
    return np.stack([np.bincount(place, column) for column in rows.T], axis=1)
