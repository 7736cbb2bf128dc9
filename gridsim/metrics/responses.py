"""Who answers: the response of each home, what is noise in it, and how few homes give how much.

A home's response is what it took less in events than on comparable occasions. Its load scatters
anyway; the same difference on placebo days, when nothing was called, says how much. Because some
of many homes always look as if they answered, who counts as a responder follows from a stated
rate of false discoveries.

References
----------
Benjamini, Hochberg, "Controlling the false discovery rate", Journal of the Royal Statistical
Society B 57 (1995), doi:10.1111/j.2517-6161.1995.tb02031.x; Morris, "Parametric empirical Bayes
inference", Journal of the American Statistical Association 78 (1983), doi:10.2307/2287098.
"""

from dataclasses import dataclass

import numpy as np
from scipy.special import stdtr

from gridsim.core.arrays import B1, F8

FALSE_DISCOVERY = 0.1
"""Expected share of those called responders who are none; assumed."""


@dataclass(frozen=True, slots=True)
class Responses:
    """The response of each home.

    Parameters
    ----------
    value, error : F8
        What each home takes less, and the standard error from its placebo days, shape (n,).
    chance : F8
        How likely at least such a response is in a home that does nothing, shape (n,).
    responder : B1
        Homes that count as responders at the false-discovery rate, shape (n,).
    likely : F8
        The responses with the noise taken out as far as it can be known: drawn towards the mean
        by the share of their spread that is noise (empirical Bayes), shape (n,).
    """

    value: F8
    error: F8
    chance: F8
    responder: B1
    likely: F8

    @property
    def share(self) -> float:
        """Share of homes that count as responders."""
        return float(self.responder.mean())


def individual(differences: F8, placebo: F8, false_discovery: float = FALSE_DISCOVERY) -> Responses:
    """Return the response of each home from its events and from placebo days.

    Parameters
    ----------
    differences : F8
        What was expected less what was taken in each event, shape (events, n).
    placebo : F8
        The same on days without events, shape (days, n). Their mean is taken off, their scatter
        is the noise floor. Days are taken as independent.
    false_discovery : float
        Expected share of false responders among those called so, in (0, 1).

    Raises
    ------
    ValueError
        If homes differ, there is no event, or there are fewer than two placebo days.
    """
    events, days = len(differences), len(placebo)
    if np.shape(differences)[1:] != np.shape(placebo)[1:] or np.ndim(placebo) != 2:
        raise ValueError(f"{np.shape(differences)} differences, {np.shape(placebo)} placebo days")
    if events < 1 or days < 2:
        raise ValueError(f"{events} events and {days} placebo days: at least 1 and 2 are needed")
    value = np.mean(differences, axis=0) - np.mean(placebo, axis=0)
    error = np.std(placebo, axis=0, ddof=1) * np.sqrt(1.0 / events + 1.0 / days)
    return judged(value, error, days - 1, false_discovery)


def judged(
    value: F8, error: F8, freedom: int, false_discovery: float = FALSE_DISCOVERY
) -> Responses:
    """Return responses judged by their errors: who answers, and what is likely.

    Parameters
    ----------
    value, error : F8
        The response of each home and its standard error, as from :func:`slopes`, shape (n,).
    freedom : int
        Degrees of freedom of the errors.
    false_discovery : float
        As in :func:`individual`.
    """
    # a home without any scatter answers surely, or not at all
    sure = np.where(value > 0, np.inf, np.where(value < 0, -np.inf, 0.0))
    score = np.divide(value, error, out=sure, where=error > 0)
    chance = np.asarray(stdtr(freedom, -score))
    return Responses(
        value, error, chance, discovered(chance, false_discovery), shrunk(value, error)
    )


def slopes(values: F8, on: F8, controls: F8 | None = None) -> tuple[F8, F8]:
    """Return the regression slope of each home by itself, and its standard error.

    Parameters
    ----------
    values : F8
        A number of each home on each day, shape (d, n).
    on : F8
        What it answers to on each day (1 in events, or a price), shape (d,).
    controls : F8, optional
        What else moves it, shape (d, k); a constant is always there.

    Returns
    -------
    slope, error : F8
        Each of shape (n,); errors are robust to unequal variance (HC1).

    Raises
    ------
    ValueError
        If there are too few days, or ``on`` follows from the controls.
    """
    days = len(values)
    others = [] if controls is None else [controls]
    x = np.column_stack([on, np.ones(days), *others])
    if days <= x.shape[1]:
        raise ValueError(f"{days} days are too few for {x.shape[1]} coefficients")
    if np.linalg.matrix_rank(x) < x.shape[1]:
        raise ValueError("the regressors cannot be told apart: one follows from the others")
    weights = np.linalg.pinv(x)
    left = values - x @ (weights @ values)
    error = np.sqrt(np.square(weights[0]) @ np.square(left) * days / (days - x.shape[1]))
    return np.asarray(weights[0] @ values), np.asarray(error)


def discovered(chance: F8, rate: float = FALSE_DISCOVERY) -> B1:
    """Return which findings hold at a false-discovery rate (Benjamini and Hochberg).

    Parameters
    ----------
    chance : F8
        p-value of each, shape (n,).
    rate : float
        Expected share of false ones among those that hold, in (0, 1).

    Raises
    ------
    ValueError
        If the rate does not lie in (0, 1).
    """
    if not 0 < rate < 1:
        raise ValueError(f"false_discovery must lie in (0, 1), got {rate:g}")
    order = np.argsort(chance, kind="stable")
    n = len(chance)
    passed = np.flatnonzero(chance[order] <= rate * np.arange(1, n + 1) / n)
    found = np.zeros(n, np.bool_)
    if len(passed):
        found[order[: passed[-1] + 1]] = True
    return found


def shrunk(value: F8, error: F8) -> F8:
    """Return values drawn towards their mean by the share of their spread that is noise.

    Parameters
    ----------
    value, error : F8
        Of each home, shape (n,).
    """
    noise = np.square(error)
    true = max(float(np.var(value, ddof=1) - noise.mean()), 0.0) if len(value) > 1 else 0.0
    kept = np.divide(true, true + noise, out=np.ones(len(value)), where=true + noise > 0)
    middle = float(np.mean(value))
    return np.asarray(middle + kept * (value - middle))


def quantiles(value: F8, at: tuple[float, ...] = (0.1, 0.25, 0.5, 0.75, 0.9)) -> F8:
    """Return the quantiles of the responses of homes, shape (len(at),)."""
    return np.asarray(np.quantile(value, at))


def homes_for(value: F8, part: float = 0.5) -> float:
    """Return the smallest share of homes that gives a part of the whole reduction.

    0.5 where all homes do the same and half of it is asked for; small where few do most. Homes
    that take more count against the whole. Noise makes it look smaller than it is: give
    ``Responses.likely`` for the response of homes, not ``value``.

    Parameters
    ----------
    value : F8
        Reduction of each home, shape (n,).
    part : float
        Part of the sum of all, in (0, 1].

    Raises
    ------
    ValueError
        If the part does not lie in (0, 1], or the homes together reduce nothing.
    """
    total = float(np.sum(value))
    if not 0 < part <= 1:
        raise ValueError(f"part must lie in (0, 1], got {part:g}")
    if not total > 0:
        raise ValueError(f"the homes together reduce nothing: {total:g}")
    reached = np.cumsum(np.sort(value)[::-1])
    wanted = part * total * (1 - 1e-12)  # sums in another order differ in the last bits
    return float(np.argmax(reached >= wanted) + 1) / len(value)
