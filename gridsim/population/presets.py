"""Presets: the households and homes of a country, as records of numbers.

A preset is a TOML file laid over ``stock/common.toml``; every table there names its sources.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from importlib import resources
from typing import Any, TypeVar

import numpy as np

from gridsim.core.arrays import F8
from gridsim.population.town import ERAS, FUELS

PRESETS = (
    "california",
    "france",
    "germany",
    "ireland",
    "norway",
    "ontario",
    "texas",
    "uk",
)

AREAS_M2 = ((15.0, 30.0), (30.0, 40.0), (40.0, 60.0), (60.0, 80.0), (80.0, 100.0), (100.0, 120.0))
"""Classes of living area; the last class, 120 m2 and more, has no upper end."""
AREA_CLASSES = len(AREAS_M2) + 1

CHOICES = (
    "heat_pump",
    "electric_heat",
    "second_heater",
    "air_conditioning",
    "hot_water_electric",
    "pv",
    "battery",
    "ev",
    "ev_smart",
    "thermostat",
    "wash",
    "dish",
    "dryer",
    "electric_hob",
)
"""What a home may have or not, in the order in which it is drawn."""

FEATURES = (
    "house",
    "owner",
    "income",
    "persons",
    "retired",
    "insulated",
    "electric",
    "heat_pump",
    "gas",
    "oil",
    "district",
    "wood",
    "pv",
)
"""What the odds of a choice may lean on."""

Record = TypeVar("Record")
Table = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Household:
    """Numbers about people; see ``[household]`` in stock/common.toml."""

    sizes: F8
    retired: F8
    retired_owner: float
    lone_adult: F8
    third_adult: float
    by_day: float
    shift: float
    area_pull: float
    income_score: F8
    digital: F8
    usage_sigma: float
    usage_income: F8


@dataclass(frozen=True, slots=True)
class Building:
    """Numbers about envelopes; see ``[building]``."""

    loss_w_m2k: F8
    design_c: float
    state: F8
    owner_bias: float
    renter_bias: float
    loss_sigma: float
    beyond_m2: float
    air_wh_m2k: float
    mass_kj_m2k: F8
    mass_area: F8
    mass_share: F8
    window: F8
    transmit: float


@dataclass(frozen=True, slots=True)
class Heat:
    """Numbers about heating and cooling; see ``[heat]``."""

    margin: float
    pump_share: float
    backup_share: float
    emitter_old: F8
    emitter_new: F8
    sink_c: F8
    set_mean_c: float
    set_sigma_c: float
    setback_share: float
    setback_k: F8
    stove_kw: F8
    stove_load: float
    cool_w_m2: float
    cool_kw: F8
    cool_set_c: F8
    fan_kw: F8


@dataclass(frozen=True, slots=True)
class Water:
    """Numbers about hot water; see ``[water]``."""

    litres: F8
    flat_factor: float
    least_litres: float
    element_kw_l: float
    element_kw: F8
    loss_kwh_day: float
    set_c: F8
    pump_share: float
    pump_share_with_pump: float
    pump_litres: float
    pump_kw: float
    relay_share: float


@dataclass(frozen=True, slots=True)
class Goods:
    """Numbers about appliances; see ``[goods]``."""

    cold_kwh_year: F8
    combined: float
    freezer: F8
    cold_sigma: float
    standby_kw: float
    standby_sigma: float
    light_kw: float
    light_sigma: float
    screens_kw: float
    screens_sigma: float
    cycle_kwh: F8
    cycle_sigma: F8
    cycle_h: F8
    week: F8
    week_power: F8
    week_sigma: float


@dataclass(frozen=True, slots=True)
class Level:
    """Factors on uses by number of persons, shape (6,) each; see ``[level]``."""

    small: F8
    screens: F8
    cooking: F8
    light: F8


@dataclass(frozen=True, slots=True)
class Solar:
    """Numbers about panels and batteries; see ``[solar]``."""

    kwp: F8
    kwp_share: F8
    tilt_deg: F8
    azimuth_sigma_deg: float
    shading: F8
    battery_kwh_kwp: F8
    battery_alone_kwh: F8
    battery_kwh: F8
    battery_kw_kwh: float


@dataclass(frozen=True, slots=True)
class Drive:
    """Numbers about electric cars; see ``[drive]``."""

    charger_kw: F8
    charger_share: F8
    battery_kwh: F8
    kwh_km: F8
    km_day: float
    km_sigma: float
    plug_share: F8


@dataclass(frozen=True, slots=True)
class Preset:
    """A country's households and homes.

    Parameters
    ----------
    stock : F8
        Share of the homes in each cell, shape (2, 2, 7, 7, 7): flat or house, renter or owner, era,
        class of area, fuel; sums to 1.
    shares : F8
        Mean share of each of ``CHOICES``, shape (14,).
    odds : F8
        Log-odds of each choice per unit of each of ``FEATURES``, shape (14, 13).
    """

    stock: F8
    shares: F8
    odds: F8
    household: Household
    building: Building
    heat: Heat
    water: Water
    goods: Goods
    level: Level
    solar: Solar
    drive: Drive


@cache
def read(name: str) -> Preset:
    """Return a preset, one of ``PRESETS``, read once.

    Raises
    ------
    ValueError
        If the numbers of the preset do not fit their records.
    """
    tables = _laid_over(_toml("common"), _toml(name))
    stock = _stock(tables["stock"])
    by_fuel = stock.sum(axis=(0, 1, 2, 3))
    electric = {
        "heat_pump": float(by_fuel[FUELS.index("heat_pump")]),
        "electric_heat": float(by_fuel[FUELS.index("electric")]),
    }
    shares = electric | tables["shares"]
    return Preset(
        stock=stock,
        shares=np.array([shares[choice] for choice in CHOICES], dtype=np.float64),
        odds=np.array([_odds(tables["odds"][choice]) for choice in CHOICES], dtype=np.float64),
        household=_record(Household, tables["household"]),
        building=_record(Building, tables["building"]),
        heat=_record(Heat, tables["heat"]),
        water=_record(Water, tables["water"]),
        goods=_record(Goods, tables["goods"]),
        level=_record(Level, tables["level"]),
        solar=_record(Solar, tables["solar"]),
        drive=_record(Drive, tables["drive"]),
    )


def _toml(name: str) -> dict[str, Any]:
    """Return the tables of a file in stock/."""
    return tomllib.loads(
        resources.files("gridsim.population").joinpath("stock", f"{name}.toml").read_text("utf-8")
    )


def _laid_over(below: Table, above: Table) -> dict[str, Any]:
    """Return the tables below with the entries above put over them, table by table."""
    merged = dict(below)
    for key, value in above.items():
        both = isinstance(value, dict) and isinstance(below.get(key), dict)
        merged[key] = _laid_over(below[key], value) if both else value
    return merged


def _record(kind: type[Record], table: Table) -> Record:
    """Return a record whose fields are the entries of a table; words about sources fall away."""
    names = {field.name for field in fields(kind)}  # type: ignore[arg-type]
    found = {key: value for key, value in table.items() if not key.startswith("source")}
    if names != set(found):
        odd = ", ".join(sorted(names ^ set(found)))
        raise ValueError(f"{kind.__name__} and its table differ in {odd}")
    return kind(**{key: _number(value) for key, value in found.items()})


def _number(value: Any) -> Any:
    """Return a list as a float array, a number as a float."""
    return np.array(value, dtype=np.float64) if isinstance(value, list) else float(value)


def _odds(table: Table) -> list[float]:
    """Return the log-odds of a choice for each of the features."""
    unknown = set(table) - set(FEATURES) - {"source"}
    if unknown:
        raise ValueError(f"odds know no {', '.join(sorted(unknown))}")
    return [float(table.get(feature, 0.0)) for feature in FEATURES]


def _stock(table: Table) -> F8:
    """Return the joint table of homes from counted cells and from kinds of independent margins."""
    homes = np.zeros((2, 2, len(ERAS), AREA_CLASSES, len(FUELS)))
    for block in table.get("homes", ()):
        fuel = FUELS.index(block["heating"])
        homes[int(block["house"]), int(block["owner"]), :, :, fuel] += np.array(block["thousands"])
    for kind in table.get("kinds", ()):
        era, area = np.array(kind["era"]), np.array(kind["area"])
        heating = np.array([kind["heating"][fuel] for fuel in FUELS])
        margins = (era / era.sum(), area / area.sum(), heating / heating.sum())
        joint = np.einsum("i,j,k->ijk", *margins)
        homes[int(kind["house"]), int(kind["owner"])] += kind["share"] * joint
    return np.asarray(homes / homes.sum(), dtype=np.float64)
