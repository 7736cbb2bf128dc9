"""Settling a town: one joint draw of people, buildings, machines and traits for every home."""

import numpy as np

from gridsim.population import (
    expected,
    presets,
    settle_choices,
    settle_devices,
    settle_goods,
    settle_homes,
    settle_people,
    settle_traits,
)
from gridsim.population.recipe import Recipe
from gridsim.population.spread import Lot
from gridsim.population.town import Town


def settle(recipe: Recipe, homes: int, seed: int, first: int = 0) -> Town:
    """Return the homes ``first`` to ``first + homes - 1`` of a town.

    A home is drawn from the dwelling outward: type, tenure, era and area from the stock; the
    household given the dwelling; income given both; then what they have, each choice a logit; then
    sizes and traits. Every question has its own stream, so that adding homes leaves the first as
    they were and raising a share only adds owners.

    Parameters
    ----------
    recipe : Recipe
        Preset and overrides of its shares.
    homes : int
        Number of homes n, at least 1.
    seed : int
        Seed of the scenario, 0 to 2**63 - 1.
    first : int
        Number of the first home: towns may be settled in parts.

    Raises
    ------
    ValueError
        If ``homes`` is below 1, or ``first`` or ``seed`` below 0.
    """
    if homes < 1:
        raise ValueError(f"homes must be at least 1, got {homes}")
    if first < 0 or seed < 0:
        raise ValueError(f"first and seed must not be negative, got {first} and {seed}")
    preset = presets.read(recipe.preset)
    lot = Lot(seed, np.arange(first, first + homes, dtype=np.int64))
    dwelling = settle_homes.dwellings(preset, lot)
    who = settle_people.households(recipe.preset, lot, dwelling)
    shifts = settle_choices.levels(recipe)
    owned = settle_choices.choices(recipe.preset, shifts, lot, dwelling, who)
    people = settle_people.people(preset, lot, dwelling, who)
    envelope = settle_homes.envelopes(preset, lot, dwelling)
    thermostat = owned.has[:, settle_choices.THERMOSTAT]
    heating = settle_devices.heating(preset, lot, dwelling, envelope, owned=owned)
    tank = settle_devices.hot_water(preset, lot, who.persons, dwelling.house, owned=owned)
    goods = settle_goods.appliances(preset, lot, people, owned)
    mwh = expected.yearly_mwh(
        recipe.preset, people, goods, envelope=envelope, heating=heating, tank=tank
    )
    roofs = settle_devices.producers(preset, lot, owned)
    return Town(
        homes=lot.homes,
        people=people,
        envelope=envelope,
        heating=heating,
        hot_water=tank,
        appliances=goods,
        producers=settle_devices.sized(preset, recipe.sizes, roofs, mwh),
        car=settle_devices.car(preset, lot, owned),
        traits=settle_traits.traits(lot, thermostat),
    )
