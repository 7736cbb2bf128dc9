"""Least squares with fixed effects taken out and errors that let the rows of a home hang together.

Fixed effects are taken out by subtracting means, by turns if there are several kinds (the
alternating projections of Gaure), so that a thousand homes cost no thousand columns. Errors are
the sandwich: robust to unequal variance, and clustered where the rows come in clusters, with the
usual correction for small samples.

References
----------
Frisch, Waugh, Econometrica 1 (1933), doi:10.2307/1907330; Gaure, "OLS with multiple high
dimensional category variables", Computational Statistics & Data Analysis 66 (2013),
doi:10.1016/j.csda.2013.03.024; Cameron, Miller, "A practitioner's guide to cluster-robust
inference", Journal of Human Resources 50 (2015), doi:10.3368/jhr.50.2.317.
"""

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from gridsim.core.arrays import F8, I8
from gridsim.metrics.estimate import Estimate, interval

Codes = npt.NDArray[np.generic]
"""What tells homes, days or hours apart; any values that can be sorted."""

_CLOSE = 1e-10  # of a column's scale: means of fixed effects count as gone
_SWEEPS = 2000  # turns after which fixed effects that still move are refused
_FLAT = 1e-7  # share of its scale below which nothing of a regressor is left


@dataclass(frozen=True, slots=True)
class Fit:
    """Coefficients of a regression and their covariance.

    Parameters
    ----------
    slopes : F8
        Shape (k,); the constant and the fixed effects are not among them.
    covariance : F8
        Shape (k, k).
    freedom : int
        Degrees of freedom of the intervals: clusters less one, or rows less coefficients.
    rows, clusters : int
        What the fit rests on; without clusters every row is one.
    """

    slopes: F8
    covariance: F8
    freedom: int
    rows: int
    clusters: int

    def slope(self, place: int = 0) -> Estimate:
        """Return one coefficient with its error and interval."""
        error = math.sqrt(max(float(self.covariance[place, place]), 0.0))
        return interval(float(self.slopes[place]), error, self.freedom)


def fit(y: F8, x: F8, *, effects: tuple[Codes, ...] = (), clusters: Codes | None = None) -> Fit:
    """Regress a column on others, with a constant and fixed effects.

    Parameters
    ----------
    y : F8
        What is explained, shape (m,).
    x : F8
        What explains it, shape (m, k), or (m,) for one regressor.
    effects : tuple of arrays
        Kinds of fixed effects, each of shape (m,): every value has a constant of its own.
    clusters : array, optional
        Rows that hang together, shape (m,); by default none do.

    Returns
    -------
    Fit
        The fit by least squares, with HC1 or CR1 covariance.

    Raises
    ------
    ValueError
        If shapes differ, a number is not finite, there are too few rows or clusters, or a
        regressor does not vary once the others and the fixed effects are taken out.
    """
    told, table = np.asarray(y, np.float64), np.asarray(x, np.float64)
    table = table[:, None] if table.ndim == 1 else table
    kinds = [_places(codes, len(told), "effects") for codes in effects]
    if len(table) != len(told) or told.ndim != 1:
        raise ValueError(f"{table.shape} regressors for {told.shape} rows")
    if not (np.all(np.isfinite(told)) and np.all(np.isfinite(table))):
        raise ValueError("a regression needs finite numbers")
    groups = np.arange(len(told)) if clusters is None else _places(clusters, len(told), "clusters")
    used = table.shape[1] + 1 + _taken(kinds, groups if clusters is not None else None)
    rows, units = len(told), int(groups.max()) + 1 if len(told) else 0
    if rows <= used or units < 2:
        raise ValueError(f"{rows} rows in {units} clusters are too few for {used} coefficients")
    left = within(np.column_stack([told, table]), kinds)
    inverse = _inverse(left[:, 1:], table)
    slopes = inverse @ (left[:, 1:].T @ left[:, 0])
    scores = left[:, 1:] * (left[:, 0] - left[:, 1:] @ slopes)[:, None]
    if clusters is not None:
        scores = np.stack([np.bincount(groups, column) for column in scores.T], axis=1)
        small = units / (units - 1) * (rows - 1) / (rows - used)
    else:
        small = rows / (rows - used)
    covariance = small * inverse @ (scores.T @ scores) @ inverse
    freedom = rows - used if clusters is None else units - 1
    return Fit(slopes, covariance, freedom, rows, units)


def within(columns: F8, kinds: list[I8]) -> F8:
    """Return columns less the constants of their fixed effects, a new array.

    Parameters
    ----------
    columns : F8
        Shape (m, k).
    kinds : list of I8
        Places 0, 1, ... of each row in each kind of fixed effect, each of shape (m,). Without
        any, only the mean is taken out.

    Raises
    ------
    ValueError
        If several kinds do not come to rest.
    """
    left = np.asarray(columns, np.float64) - np.mean(columns, axis=0)
    scale = np.maximum(np.abs(left).max(axis=0, initial=0.0), np.finfo(np.float64).tiny)
    counts = [np.bincount(kind) for kind in kinds]
    for _ in range(_SWEEPS):
        moved = 0.0
        for kind, count in zip(kinds, counts, strict=True):
            sums = np.stack([np.bincount(kind, column) for column in left.T], axis=1)
            shift = sums / count[:, None]
            left -= shift[kind]
            moved = max(moved, float((np.abs(shift) / scale).max()))
        if len(kinds) < 2 or moved < _CLOSE:
            return np.asarray(left)
    raise ValueError(f"fixed effects did not come to rest in {_SWEEPS} turns")


def _places(codes: Codes, rows: int, name: str) -> I8:
    """Return the place of each code among the sorted codes."""
    if np.shape(codes) != (rows,):
        raise ValueError(f"{name} has shape {np.shape(codes)} for {rows} rows")
    _, place = np.unique(codes, return_inverse=True)
    return np.asarray(place, np.int64)


def _taken(kinds: list[I8], clusters: I8 | None) -> int:
    """Return how many constants beside the first fixed effects take up.

    Those that lie within clusters cost nothing: the clusters pay for them already.
    """
    return sum(int(kind.max()) for kind in kinds if len(kind) and not _nested(kind, clusters))


def _nested(kind: I8, clusters: I8 | None) -> bool:
    """Return whether every value of a fixed effect lies within one cluster."""
    if clusters is None:
        return False
    first = np.zeros(int(kind.max()) + 1, np.int64)
    first[kind] = clusters
    return bool(np.array_equal(first[kind], clusters))


def _inverse(left: F8, told: F8) -> F8:
    """Return the inverse of the moments of the regressors, refusing those that do not vary."""
    scale = np.sqrt(np.square(told).sum(axis=0))
    size = np.sqrt(np.square(left).sum(axis=0))
    flat = np.flatnonzero(size <= _FLAT * scale)
    if len(flat):
        raise ValueError(f"regressor {flat[0]} does not vary within the fixed effects")
    unit = left / size
    moments = unit.T @ unit
    if np.linalg.eigvalsh(moments)[0] < _FLAT:
        raise ValueError("the regressors cannot be told apart: one follows from the others")
    return np.asarray(np.linalg.inv(moments) / np.outer(size, size))
