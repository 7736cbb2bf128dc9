"""Traits: how attentive, thrifty, patient and settled in habits each home is."""

import numpy as np
from scipy.special import ndtr

from gridsim.core.arrays import B1, F8, I8
from gridsim.core.chance import question
from gridsim.population.presets import Temper
from gridsim.population.spread import Lot, kumaraswamy, normal, uniform
from gridsim.population.town import Traits

_ENGAGEMENT = question("traits", "engagement")
_ATTENTION = question("traits", "attention")
_HABIT = question("traits", "habit")
_MONEY = question("traits", "money")
_BOTHER = question("traits", "bother")
_SLOPE = question("traits", "slope")
_TOLERANCE = question("traits", "tolerance")
_DELAY = question("traits", "delay")


def traits(temper: Temper, lot: Lot, income: I8, thermostat: B1) -> Traits:
    """Draw the traits of each home; the engaged are more attentive and less easily bothered."""
    engagement = normal(lot, _ENGAGEMENT)
    attention = _beside(engagement, normal(lot, _ATTENTION), temper.attention_engagement)
    bother = _beside(engagement, normal(lot, _BOTHER), -temper.bother_engagement)
    money = _lognormal(normal(lot, _MONEY), temper.money_weight)
    return Traits(
        attention=kumaraswamy(np.asarray(ndtr(attention)), *temper.attention),
        money_weight=money * temper.money_income[income],
        bother=_lognormal(bother, temper.bother),
        slope_k=_lognormal(normal(lot, _SLOPE), temper.slope_k),
        tolerance_k=_lognormal(normal(lot, _TOLERANCE), temper.tolerance_k),
        delay=_lognormal(normal(lot, _DELAY), temper.delay),
        habit=kumaraswamy(uniform(lot, _HABIT), *temper.habit),
        engagement=engagement,
        thermostat=thermostat,
    )


def _beside(engagement: F8, own: F8, correlation: float) -> F8:
    """Return standard normals of a given correlation with engagement, shape (n,)."""
    rest = (1.0 - correlation * correlation) ** 0.5
    return np.asarray(correlation * engagement + rest * own, dtype=np.float64)


def _lognormal(z: F8, median_sigma: F8) -> F8:
    """Return lognormals of a median and a spread from standard normals, shape (n,)."""
    median, sigma = median_sigma
    return np.asarray(median * np.exp(sigma * z), dtype=np.float64)
