"""Curtailment: uses that cannot move shrink with an attended price, and part of it comes back."""

import numpy as np

from gridsim.core.arrays import F8
from gridsim.core.kernel import kernel

DEAR = 0.05
"""ln of the price over its usual mean above which a step counts as dear; assumed."""
LEFT_KWH = 1e-6
"""Energy still owed that comes back at once: a book that is settled some day. [kWh], assumed"""


def urgency(log_ratio: F8, words: float | F8) -> F8:
    """Return how urgent each step is to those who attend to it, shape (t,).

    In units of ln(price ratio): the price above its usual mean, and in dear steps what the label
    or the call says beyond its money. Cheap steps keep their negative logarithm.

    Parameters
    ----------
    log_ratio : F8
        ln of the price over the usual mean, shape (t,).
    words : float or F8
        What a label or a call carries by itself, in each step or in all.
    """
    return np.where(log_ratio > DEAR, log_ratio + words, log_ratio)


def shrink(log_ratio: F8, elasticity: float) -> F8:
    """Return the factor on an attended use, shape (t,): constant elasticity, dear hours only.

    Parameters
    ----------
    log_ratio : F8
        Urgency of each step, shape (t,).
    elasticity : float
        Own-price elasticity, negative.
    """
    return np.exp(elasticity * np.maximum(log_ratio, 0.0))


@kernel
def payback(owed_kwh, shed_kwh, share, release, dear):  # type: ignore[no-untyped-def]
    """Keep the book of what was not used: add a share, give back a part when it is not dear.

    Parameters
    ----------
    owed_kwh, shed_kwh : float
        Energy still to come back, and shed in this step. [kWh]
    share : float
        Part of the shed energy that comes back, 0-1: energy is never created.
    release : float
        Part of the owed energy that comes back in this step, 0-1.
    dear : float
        1 in a dear hour, when nothing comes back.

    Returns
    -------
    owed_kwh, back_kwh : float
        Still owed after the step, and used in it. [kWh]
    """
    now = release if owed_kwh > LEFT_KWH else 1.0
    back_kwh = owed_kwh * now * (1.0 - dear)
    return owed_kwh - back_kwh + share * shed_kwh, back_kwh
