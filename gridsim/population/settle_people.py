"""Households: how many, who they are and what they earn, given the dwelling."""

from dataclasses import dataclass
from functools import cache

import numpy as np

from gridsim.core.arrays import B1, F8, I8
from gridsim.core.chance import question
from gridsim.population import presets
from gridsim.population.presets import AREA_CLASSES, Household, Preset
from gridsim.population.settle_homes import Dwelling, dwellings
from gridsim.population.spread import EVEN, Lot, around, normal, pick, several, uniform
from gridsim.population.town import (
    BY_DAY,
    CHILD,
    NOBODY,
    PERSONS,
    RETIRED,
    SHIFT_WORKER,
    WORKER,
    People,
)

_SIZE = question("household", "persons")
_RETIRED = question("household", "retired")
_LONE = question("household", "lone")
_THIRD = question("household", "third")
_KIND = question("household", "kind")
_INCOME = question("household", "income")
_DIGITAL = question("household", "digital")
_USAGE = question("household", "usage")

REFERENCE_HOMES = 32_768
"""Homes of the even sample on which levels are solved, whatever town is settled afterwards."""

_FITS = 200
"""Rounds of proportional fitting; the margins agree to 1e-12 long before."""


@dataclass(frozen=True, slots=True)
class Who:
    """Households before they own anything, arrays of shape (n,), kinds (n, 6)."""

    persons: I8
    kinds: I8
    retired: B1
    income: I8


def reference() -> Lot:
    """Return the fixed, even sample of homes on which levels are solved."""
    return Lot(EVEN, np.arange(REFERENCE_HOMES, dtype=np.int64))


def households(name: str, lot: Lot, dwelling: Dwelling) -> Who:
    """Draw the households of a preset for dwellings."""
    preset = presets.read(name)
    persons, retired = _sizes(name, preset, lot, dwelling)
    kinds = _kinds(preset.household, lot, persons, retired)
    score = _income_score(preset.household, lot, dwelling, kinds)
    income = np.searchsorted(np.asarray(_quintiles(name)), score, side="right")
    return Who(persons, kinds, retired, income)


def people(preset: Preset, lot: Lot, dwelling: Dwelling, who: Who) -> People:
    """Return the record of people of a town."""
    household = preset.household
    reached = household.digital[who.retired.astype(np.int64)]
    spread = around(normal(lot, _USAGE), household.usage_sigma)
    return People(
        persons=who.persons,
        kinds=who.kinds,
        income=who.income,
        owner=dwelling.owner,
        house=dwelling.house,
        digital=uniform(lot, _DIGITAL) < reached,
        usage=spread * household.usage_income[who.income],
    )


def _sizes(name: str, preset: Preset, lot: Lot, dwelling: Dwelling) -> tuple[I8, B1]:
    """Draw the number of persons given type and area, and whether they are retired."""
    household = preset.household
    shares = size_shares(name)[dwelling.house.astype(np.int64), dwelling.area_class]
    persons = 1 + pick(uniform(lot, _SIZE), shares)
    chance = household.retired[persons - 1]
    odds = chance / (1.0 - chance)
    factor = np.where(dwelling.owner, household.retired_owner, 1.0 / household.retired_owner)
    chance = odds * factor / (1.0 + odds * factor)
    return persons, uniform(lot, _RETIRED) < chance


@cache
def size_shares(name: str) -> F8:
    """Return the shares of 1 to 6 persons by type and class of area, shape (2, 7, 6).

    Iterative proportional fitting (Deming and Stephan 1940, doi:10.1214/aoms/1177731829) of a
    log-linear pull of area on size to the preset's shares of household sizes.
    """
    preset = presets.read(name)
    homes = preset.stock.sum(axis=(1, 2, 4))
    steps = np.arange(PERSONS, dtype=np.float64)
    classes = np.arange(AREA_CLASSES, dtype=np.float64)
    pull = np.exp(preset.household.area_pull * np.multiply.outer(classes, steps))
    joint = np.broadcast_to(pull, (2, AREA_CLASSES, PERSONS)) * homes[..., np.newaxis]
    sizes = preset.household.sizes / preset.household.sizes.sum()
    for _ in range(_FITS):
        joint = joint * (sizes / joint.sum(axis=(0, 1)))
        joint = joint * (homes / np.maximum(joint.sum(axis=2), 1e-300))[..., np.newaxis]
    total = joint.sum(axis=2, keepdims=True)
    shares = np.where(total > 0, joint / np.where(total > 0, total, 1.0), sizes)
    return np.asarray(shares, dtype=np.float64)


def _kinds(household: Household, lot: Lot, persons: I8, retired: B1) -> I8:
    """Draw the kind of each person, adults first, shape (n, 6)."""
    lone = uniform(lot, _LONE) < household.lone_adult[persons - 1]
    third = (persons >= 3) & (uniform(lot, _THIRD) < household.third_adult)
    adults = np.where(lone, 1, np.where(third, 3, 2))
    u = several(lot, _KIND, PERSONS)
    works = 1.0 - household.by_day
    adult = np.where(u < works * (1.0 - household.shift), WORKER, SHIFT_WORKER)
    adult = np.where(u < works, adult, BY_DAY)
    place = np.arange(PERSONS)
    kinds = np.where(place < adults[:, np.newaxis], adult, CHILD)
    old = np.where(place < 2, RETIRED, adult)  # a third person beside two retired is a grown one
    kinds = np.where(retired[:, np.newaxis], old, kinds)
    return np.where(place < persons[:, np.newaxis], kinds, NOBODY).astype(np.int64)


def _income_score(household: Household, lot: Lot, dwelling: Dwelling, kinds: I8) -> F8:
    """Return the score by which households are ranked, shape (n,)."""
    owner, house, worker, retired, area, noise = household.income_score
    workers = ((kinds == WORKER) | (kinds == SHIFT_WORKER)).sum(axis=1)
    score = owner * dwelling.owner + house * dwelling.house + worker * workers
    score = score + retired * (kinds[:, 0] == RETIRED) + area * dwelling.area_class
    return np.asarray(score + noise * normal(lot, _INCOME), dtype=np.float64)


@cache
def _quintiles(name: str) -> tuple[float, ...]:
    """Return the scores between the quintiles of the preset, from the even sample."""
    preset = presets.read(name)
    lot = reference()
    dwelling = dwellings(preset, lot)
    persons, retired = _sizes(name, preset, lot, dwelling)
    kinds = _kinds(preset.household, lot, persons, retired)
    score = _income_score(preset.household, lot, dwelling, kinds)
    return tuple(float(q) for q in np.quantile(score, (0.2, 0.4, 0.6, 0.8)))
