"""Groups: by what the series of a run are split.

Names and their order come from the scenario alone, so parts of a town have the groups of the whole.
"""

import math
from itertools import product

import numpy as np

from gridsim.core.arrays import B1, I8
from gridsim.population import attributes
from gridsim.population.town import Town
from gridsim.scenario.output import FUEL, HEATING, Cut, Output

HEATINGS = ("not_electric", "resistance", "heat_pump")
"""The kinds of heating that the model knows, by ``town.heating.kind``."""


def grouped(town: Town, output: Output) -> tuple[tuple[str, ...], list[B1]]:
    """Return names and members of the groups whose loads are kept apart.

    Together they are all homes; without groups, all homes are one part without a name.

    Parameters
    ----------
    town : Town
        A town or a part of one, n homes.
    output : Output
        What the scenario keeps.

    Returns
    -------
    names : tuple of str
        One for each group; those that are crossed are joined: ``"flat/owner"``.
    members : list of B1
        Which homes are in each, shape (n,).
    """
    if not output.cuts:
        return (), [np.ones(len(town), dtype=bool)]
    words = [_names(cut) for cut in output.cuts]
    place: I8 = np.zeros(len(town), dtype=np.int64)
    for cut, own in zip(output.cuts, words, strict=True):
        place = place * len(own) + _places(town, cut)
    names = tuple("/".join(crossed) for crossed in product(*words))
    return names, [place == number for number in range(math.prod(len(own) for own in words))]


def _names(cut: Cut) -> tuple[str, ...]:
    """Return what the groups of one attribute are called."""
    if cut.attribute == HEATING:
        return HEATINGS
    return attributes.group_names(_attribute(cut), cut.bounds)


def _places(town: Town, cut: Cut) -> I8:
    """Return the place of each home's group among its names, shape (n,)."""
    if cut.attribute == HEATING:
        return town.heating.kind
    return attributes.group_of(town, _attribute(cut), cut.bounds)


def _attribute(cut: Cut) -> str:
    """Return the attribute that a cut goes by."""
    return HEATING if cut.attribute == FUEL else cut.attribute
