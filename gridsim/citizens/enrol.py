"""Enrolment: who takes the tariff that is offered."""

import numpy as np

from gridsim.core import chance
from gridsim.core.arrays import B1, F8
from gridsim.core.chance import Crowd

_ASKED = chance.question("citizen", "enrols")
_SELECTION = 0.8
"""How strongly the engaged enrol first, per standard deviation on the logit scale; assumed."""


def enrols(share: float, engagement: F8, crowd: Crowd) -> B1:
    """Tell which homes take the tariff when ``share`` of them does in expectation, shape (n,).

    A logit of engagement: those who care more about energy come first, so that those who enrol
    are not a random sample. Adding homes changes nobody's answer, and a larger share only adds.

    Parameters
    ----------
    share : float
        Expected share of homes that enrol, 0-1.
    engagement : F8
        Standard-normal trait, shape (n,).
    crowd : Crowd
        The homes and the seed.

    Raises
    ------
    ValueError
        If the share does not lie in 0-1.
    """
    if not 0.0 <= share <= 1.0:
        raise ValueError(f"share must lie in 0-1, got {share:g}")
    if share in (0.0, 1.0):
        return np.full(len(crowd.homes), share == 1.0)
    draw = crowd.draw(_ASKED)[:, 0]
    return draw < _logistic(_offset(share) + _SELECTION * engagement)


def _logistic(x: F8) -> F8:
    """Return the logistic function."""
    return np.asarray(1.0 / (1.0 + np.exp(-x)))


def _offset(share: float) -> float:
    """Return the constant for which standard-normal engagements enrol ``share`` on average."""
    nodes, weights = np.polynomial.hermite_e.hermegauss(31)
    weights = weights / weights.sum()
    low, high = -30.0, 30.0
    for _ in range(80):
        middle = 0.5 * (low + high)
        mean = float(weights @ _logistic(middle + _SELECTION * nodes))
        low, high = (middle, high) if mean < share else (low, middle)
    return 0.5 * (low + high)
