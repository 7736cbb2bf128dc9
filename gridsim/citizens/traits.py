"""Traits: what a home's place among all homes means in weights, bother, kelvin and hours."""

from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr

from gridsim.citizens.parameters import Pair, Spread
from gridsim.core.arrays import F8, I8


@dataclass(frozen=True, slots=True)
class Traits:
    """How the people of each home answer, all of shape (n,).

    Parameters
    ----------
    engagement : F8
        Standard-normal leaning towards the subject.
    attention : F8
        Chance of knowing a price that is only published, 0 to 1.
    money_weight : F8
        Weight of money in a choice. [1/euro]
    bother : F8
        What taking part in one event costs them. [euro]
    slope_k : F8
        Shift of the set point per unit of urgency. [K]
    tolerance_k : F8
        Discomfort they bear before they override. [K]
    delay : F8
        Dislike of waiting. [1/h]
    """

    engagement: F8
    attention: F8
    money_weight: F8
    bother: F8
    slope_k: F8
    tolerance_k: F8
    delay: F8


@dataclass(frozen=True, slots=True)
class Places:
    """Standard normals of each home, shape (n,) each, as the population draws them."""

    engagement: F8
    attention: F8
    money: F8
    bother: F8
    slope: F8
    tolerance: F8
    delay: F8


def traits(places: Places, income: I8, spread: Spread) -> Traits:
    """Return the traits of each home; the engaged are more attentive and less easily bothered.

    Parameters
    ----------
    places : Places
        Independent standard normals.
    income : I8
        Quintile of income, 0 to 4, shape (n,).
    spread : Spread
        Medians, spreads, correlations.
    """
    engagement = places.engagement
    attention = _beside(engagement, places.attention, spread.attention_engagement)
    bother = _beside(engagement, places.bother, -spread.bother_engagement)
    by_income = np.asarray(spread.money_income)[income]
    return Traits(
        engagement=engagement,
        attention=kumaraswamy(np.asarray(ndtr(attention)), *spread.attention),
        money_weight=_lognormal(places.money, spread.money_weight) * by_income,
        bother=_lognormal(bother, spread.bother),
        slope_k=_lognormal(places.slope, spread.slope_k),
        tolerance_k=_lognormal(places.tolerance, spread.tolerance_k),
        delay=_lognormal(places.delay, spread.delay),
    )


def kumaraswamy(u: F8, a: float, b: float) -> F8:
    """Return the quantile of a Kumaraswamy(a, b) distribution, Beta-like in (0, 1), shape (n,).

    References
    ----------
    P. Kumaraswamy, "A generalized probability density function for double-bounded random
    processes", Journal of Hydrology 46 (1980) 79-88, doi:10.1016/0022-1694(80)90036-0.
    """
    return np.asarray((1.0 - (1.0 - u) ** (1.0 / b)) ** (1.0 / a), dtype=np.float64)


def _beside(engagement: F8, own: F8, correlation: float) -> F8:
    """Return standard normals of a given correlation with engagement, shape (n,)."""
    rest = (1.0 - correlation * correlation) ** 0.5
    return np.asarray(correlation * engagement + rest * own, dtype=np.float64)


def _lognormal(z: F8, median_sigma: Pair) -> F8:
    """Return lognormals of a median and a spread from standard normals, shape (n,)."""
    median, sigma = median_sigma
    return np.asarray(median * np.exp(sigma * z), dtype=np.float64)
