"""Attributes: what can be asked of a home, by the names and in the words of ``homes.parquet``.

Homes are grouped and chosen by them. What a group is called depends on the attribute alone, never
on which homes are looked at, so a town may be taken in parts.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum
from itertools import pairwise

import numpy as np

from gridsim.core.arrays import B1, F8, I8
from gridsim.population.town import (
    CHILD,
    ERAS,
    FUELS,
    HOT_WATERS,
    INCOMES,
    PERSONS,
    RETIRED,
    SHIFT_WORKER,
    WORKER,
    Town,
)


class Kind(IntEnum):
    """What the values of an attribute are."""

    WORD = 0
    FLAG = 1
    COUNT = 2
    NUMBER = 3


@dataclass(frozen=True, slots=True)
class Attribute:
    """One attribute of homes.

    Parameters
    ----------
    kind : Kind
        What its values are.
    words : tuple of str
        What its values are called, in the order of their codes; none for numbers.
    values : callable
        Gives the code or the number of each home of a town, shape (n,).
    first : int
        Number that the first word stands for.
    """

    kind: Kind
    words: tuple[str, ...]
    values: Callable[[Town], I8 | F8 | B1]
    first: int = 0


@dataclass(frozen=True, slots=True)
class Asked:
    """What an attribute of a home must be.

    Parameters
    ----------
    name : str
        A key of ``ATTRIBUTES``.
    among : tuple of float
        Codes or numbers, one of which it must be; empty if only the limits count.
    at_least, below : float
        Lowest value; value that it must not reach.
    """

    name: str
    among: tuple[float, ...] = ()
    at_least: float = -np.inf
    below: float = np.inf


def _flag(name: str, values: Callable[[Town], B1]) -> Attribute:
    """Return an attribute that a home has or has not."""
    return Attribute(Kind.FLAG, (f"no_{name}", name), values)


def _count(name: str, values: Callable[[Town], I8], first: int = 0) -> Attribute:
    """Return how many persons of a kind there are, from the fewest that there can be."""
    words = tuple(f"{name}_{number}" for number in range(first, PERSONS + 1))
    return Attribute(Kind.COUNT, words, values, first)


def _number(values: Callable[[Town], F8]) -> Attribute:
    """Return a measurement."""
    return Attribute(Kind.NUMBER, (), values)


def _workers(town: Town) -> I8:
    """Return how many work, by day or in shifts."""
    kinds = town.people.kinds
    found: I8 = ((kinds == WORKER) | (kinds == SHIFT_WORKER)).sum(axis=1)
    return found


ATTRIBUTES: dict[str, Attribute] = {
    "persons": _count("persons", lambda town: town.people.persons, first=1),
    "workers": _count("workers", _workers),
    "children": _count("children", lambda town: (town.people.kinds == CHILD).sum(axis=1)),
    "retired": _count("retired", lambda town: (town.people.kinds == RETIRED).sum(axis=1)),
    "income": Attribute(Kind.WORD, INCOMES, lambda town: town.people.income),
    "tenure": Attribute(Kind.WORD, ("renter", "owner"), lambda town: town.people.owner),
    "house": Attribute(Kind.WORD, ("flat", "house"), lambda town: town.people.house),
    "digital": _flag("digital", lambda town: town.people.digital),
    "era": Attribute(Kind.WORD, ERAS, lambda town: town.envelope.era),
    "area_m2": _number(lambda town: town.envelope.area_m2),
    "heating": Attribute(Kind.WORD, FUELS, lambda town: town.heating.fuel),
    "loss_w_k": _number(lambda town: 1000.0 * town.envelope.h_out_kw_k),
    "second_heater": _flag("second_heater", lambda town: town.heating.second_kw > 0),
    "air_conditioning": _flag("air_conditioning", lambda town: town.heating.cool_kw > 0),
    "hot_water": Attribute(Kind.WORD, HOT_WATERS, lambda town: town.hot_water.kind),
    "hot_water_l": _number(lambda town: town.hot_water.litres),
    "hot_water_relay": _flag("hot_water_relay", lambda town: town.hot_water.relay),
    "dishwasher": _flag("dishwasher", lambda town: town.appliances.dish),
    "dryer": _flag("dryer", lambda town: town.appliances.dryer),
    "pv": _flag("pv", lambda town: town.producers.pv_kwp > 0),
    "pv_kwp": _number(lambda town: town.producers.pv_kwp),
    "battery": _flag("battery", lambda town: town.producers.battery_kwh > 0),
    "battery_kwh": _number(lambda town: town.producers.battery_kwh),
    "ev": _flag("ev", lambda town: town.car.owns),
    "ev_smart": _flag("ev_smart", lambda town: town.car.smart),
    "charger_kw": _number(lambda town: town.car.charger_kw),
    "km_day": _number(lambda town: town.car.km_day),
    "thermostat": _flag("thermostat", lambda town: town.traits.thermostat),
}
"""The columns of ``homes.parquet``, and whether there are panels and a battery."""


def group_names(name: str, bounds: tuple[float, ...] = ()) -> tuple[str, ...]:
    """Return what the groups of an attribute are called.

    Parameters
    ----------
    name : str
        A key of ``ATTRIBUTES``.
    bounds : tuple of float
        Where numbers are cut, rising; none leaves the attribute's own values.
    """
    if not bounds:
        return ATTRIBUTES[name].words
    cuts = [f"{bound:g}" for bound in bounds]
    between = [f"{name}_{low}_to_{high}" for low, high in pairwise(cuts)]
    return f"{name}_below_{cuts[0]}", *between, f"{name}_from_{cuts[-1]}"


def group_of(town: Town, name: str, bounds: tuple[float, ...] = ()) -> I8:
    """Return the place of each home's group among :func:`group_names`, shape (n,)."""
    attribute = ATTRIBUTES[name]
    values = attribute.values(town)
    if bounds:
        return np.searchsorted(np.asarray(bounds), values, side="right").astype(np.int64)
    return np.asarray(values, dtype=np.int64) - attribute.first


def matches(town: Town, asked: tuple[Asked, ...]) -> B1:
    """Return which homes of a town are all that is asked, shape (n,)."""
    found = np.ones(len(town), dtype=bool)
    for one in asked:
        values = np.asarray(ATTRIBUTES[one.name].values(town), dtype=np.float64)
        found &= (values >= one.at_least) & (values < one.below)
        if one.among:
            found &= np.isin(values, one.among)
    return found
