"""What a home is expected to use in a year: what an installer reads off the bill to size a roof."""

import numpy as np

from gridsim.core.arrays import F8, I8
from gridsim.population.people import HABITS
from gridsim.population.presets import read
from gridsim.population.town import (
    HEAT_PUMP,
    RESISTANCE,
    Appliances,
    Envelope,
    Heating,
    HotWater,
    People,
)

_HOURS = 8760.0
_WEEKS = 52.0 - 2.5
"""Weeks at home: about 18 nights a year away (stock/habits.toml)."""
_LIGHT_H = 1500.0
_SCREENS_H = 2700.0
"""Hours a year of one person's light and screens at full power; from simulated years in Berlin."""
_START_KWH = 0.182
"""Mean energy of a small use: 82 % of 4.5 min and 18 % of 20 min at 1.5 kW (stock/habits.toml)."""
_AWAKE = 0.64
"""Share of the wished small uses that find somebody up and at home; from simulated years."""
_MEALS_A_YEAR = 330.0
_WATER_KWH = 520.0
"""Hot water of one person and year without losses: 45 L a day at 40 C (stock/habits.toml)."""
_TANK_K = 40.0
"""Tank over its room, for the standing loss; assumed."""
_FULL_LOAD_H = 1700.0
"""Yearly heat over the load at design temperature; assumed for Western Europe."""
_BOILER_H = 4700.0
"""Hours a year in which a boiler's pump and fan run; from a simulated year in Berlin."""
_PUMP_COP = 2.8
"""Heat of a heat pump over its electricity in a year; assumed, as field trials."""
_SIZED_FOR_C = 20.0


def yearly_mwh(
    name: str,
    people: People,
    own: Appliances,
    *,
    envelope: Envelope,
    heating: Heating,
    tank: HotWater,
) -> F8:
    """Return the electricity that homes are expected to use in a year without car and cooling.

    An estimate from who lives there and what they own, as somebody would make it before the year:
    it knows neither the weather nor the days to come.

    Parameters
    ----------
    name : str
        Name of the preset, whose customs and design temperature count.
    people : People
        Who lives there, n homes.
    own : Appliances
        What they own.
    envelope : Envelope
        Losses of the buildings.
    heating : Heating
        What heats them.
    tank : HotWater
        Their hot water.

    Returns
    -------
    F8
        Shape (n,). [MWh]
    """
    persons = people.persons.astype(np.float64)
    here = _WEEKS / 52.0
    always = (own.cold_kw + own.standby_kw) * _HOURS
    light = own.light_kw * own.level_light * persons * _LIGHT_H
    screens = own.screens_kw * own.level_screens * persons * _SCREENS_H
    kwh = always + light + screens + _small_kwh(name, people, own) * here
    kwh = kwh + _cooking_kwh(people, own) + _wet_kwh(own) + _water_kwh(persons, tank)
    design_kw = envelope.h_out_kw_k * (_SIZED_FOR_C - read(name).building.design_c)
    heat = design_kw * _FULL_LOAD_H * _per_heat(heating.kind) + heating.fan_kw * _BOILER_H
    return np.asarray((kwh + heat) / 1000.0, dtype=np.float64)


def _per_heat(kind: I8) -> F8:
    """Return electricity over heat in a year: none, all of it, or a heat pump's, shape (n,)."""
    direct = np.where(kind == RESISTANCE, 1.0, 0.0)
    return np.asarray(np.where(kind == HEAT_PUMP, 1.0 / _PUMP_COP, direct), dtype=np.float64)


def _small_kwh(name: str, people: People, own: Appliances) -> F8:
    """Return the small uses of a year without absence, shape (n,). [kWh]"""
    starts = float(HABITS["small"]["day"]) * float(HABITS["customs"][name]["small"])
    each = 365.0 * _START_KWH * _AWAKE
    return np.asarray(starts * each * own.level_small * people.usage, dtype=np.float64)


def _cooking_kwh(people: People, own: Appliances) -> F8:
    """Return the cooking of a year, shape (n,). [kWh]"""
    meals = HABITS["meals"]
    hob = sum(meals["hob"]) * float(meals["hob_kwh"]) * own.electric_hob
    oven = sum(meals["oven"]) * float(meals["oven_kwh"])
    each = _MEALS_A_YEAR * own.level_cooking * people.usage
    return np.asarray((hob + oven) * each * 0.95, dtype=np.float64)


def _wet_kwh(own: Appliances) -> F8:
    """Return washing, dishes and drying of a year, shape (n,). [kWh]"""
    runs = own.wash * own.wash_week * own.wash_kwh
    runs = runs + own.dish * own.dish_week * own.dish_kwh
    runs = runs + own.dryer * own.dryer_week * own.dryer_kwh
    return np.asarray(_WEEKS * runs, dtype=np.float64)


def _water_kwh(persons: F8, tank: HotWater) -> F8:
    """Return the electricity for hot water of a year, shape (n,). [kWh]"""
    heat = _WATER_KWH * persons + tank.loss_kw_k * _TANK_K * _HOURS
    return np.asarray(heat * _per_heat(tank.kind), dtype=np.float64)
