"""Traits: how engaged, attentive, thrifty and patient each home is, beside all others."""

from gridsim.core.arrays import B1
from gridsim.core.chance import question
from gridsim.population.spread import Lot, normal
from gridsim.population.town import Traits

_ENGAGEMENT = question("traits", "engagement")
_ATTENTION = question("traits", "attention")
_MONEY = question("traits", "money")
_BOTHER = question("traits", "bother")
_SLOPE = question("traits", "slope")
_TOLERANCE = question("traits", "tolerance")
_DELAY = question("traits", "delay")


def traits(lot: Lot, thermostat: B1) -> Traits:
    """Draw the place of each home in each trait, independently; what they mean is the citizens'."""
    return Traits(
        engagement=normal(lot, _ENGAGEMENT),
        attention=normal(lot, _ATTENTION),
        money=normal(lot, _MONEY),
        bother=normal(lot, _BOTHER),
        slope=normal(lot, _SLOPE),
        tolerance=normal(lot, _TOLERANCE),
        delay=normal(lot, _DELAY),
        thermostat=thermostat,
    )
