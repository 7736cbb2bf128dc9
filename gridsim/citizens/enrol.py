"""Enrolment: who takes the tariff that is offered, and who leaves the one they were put on."""

import numpy as np

from gridsim.citizens.parameters import Enrolment
from gridsim.core import chance
from gridsim.core.arrays import B1, F8
from gridsim.core.chance import Crowd

_ASKED = chance.question("citizen", "enrols")
_SAVING = 100.0
"""Euros a year that the weight of a saving is stated for."""


def leaning(engagement: F8, saving: F8, crowd: Crowd, settings: Enrolment) -> F8:
    """Return how far each home leans towards the tariff, on the logit scale, shape (n,).

    One number with one draw: those who would join an offer are those with most of it, those who
    would leave when put on the tariff are those with least, and those between stay wherever they
    are (Fowlie et al. 2021: always takers, never takers, complacents).

    Parameters
    ----------
    engagement : F8
        Standard-normal trait, shape (n,).
    saving : F8
        What the home expects to save with the tariff. [euro/year], shape (n,)
    crowd : Crowd
        The homes and the seed.
    settings : Enrolment
        Weights.
    """
    draw = crowd.draw(_ASKED)[:, 0]
    noise = np.log(draw / (1.0 - draw))
    return np.asarray(settings.engagement * engagement + settings.saving * saving / _SAVING + noise)


def joins(leans: F8, settings: Enrolment) -> B1:
    """Tell which homes take a tariff that is offered, shape (n,)."""
    return np.asarray(leans > settings.effort)


def leaves(leans: F8, settings: Enrolment) -> B1:
    """Tell which homes leave a tariff that they were put on, shape (n,)."""
    return np.asarray(leans < -settings.inertia)


def recruited(share: float, leans: F8, settings: Enrolment) -> B1:
    """Tell which homes are on the tariff when people are recruited until ``share`` of them are.

    Those who lean most come first. The bar is set for a large town of usual savings, so that
    adding homes changes nobody's answer; a larger share only adds.

    Parameters
    ----------
    share : float
        Expected share of homes that are on the tariff, 0-1.
    leans : F8
        Result of :func:`leaning`, shape (n,).
    settings : Enrolment
        Weights.

    Raises
    ------
    ValueError
        If the share does not lie in 0-1.
    """
    if not 0.0 <= share <= 1.0:
        raise ValueError(f"share must lie in 0-1, got {share:g}")
    if share in (0.0, 1.0):
        return np.full(len(leans), share == 1.0)
    return np.asarray(leans > -_offset(share, settings.engagement))


def _logistic(x: F8) -> F8:
    """Return the logistic function."""
    return np.asarray(1.0 / (1.0 + np.exp(-x)))


def _offset(share: float, weight: float) -> float:
    """Return the constant for which standard-normal engagements enrol ``share`` on average."""
    nodes, weights = np.polynomial.hermite_e.hermegauss(31)
    weights = weights / weights.sum()
    low, high = -30.0, 30.0
    for _ in range(80):
        middle = 0.5 * (low + high)
        mean = float(weights @ _logistic(middle + weight * nodes))
        low, high = (middle, high) if mean < share else (low, middle)
    return 0.5 * (low + high)
