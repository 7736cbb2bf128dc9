"""A town: who lives here and what they own, as records of arrays with one entry per home.

Every field is an array of shape (n,), n homes, of float64, int64 or bool, unless it says
otherwise. A town never changes during a run; how it stands at a moment is the engine's World.
"""

import dataclasses
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np

from gridsim.core.arrays import B1, F8, I8

WORKER, SHIFT_WORKER, BY_DAY, RETIRED, CHILD = range(5)
"""Kinds of persons; ``NOBODY`` fills the empty places."""
NOBODY = -1
PERSONS = 6
"""Most persons in a home."""

NOT_ELECTRIC, RESISTANCE, HEAT_PUMP = range(3)
"""Kinds of heating and of hot water."""

ERAS = (
    "before 1919",
    "1919-1945",
    "1946-1970",
    "1971-1990",
    "1991-2005",
    "2006-2012",
    "2013 and later",
)
FUELS = ("electric", "heat_pump", "gas", "oil", "district", "wood", "other")
HOT_WATERS = ("not_electric", "electric", "heat_pump")
INCOMES = ("lowest", "low", "middle", "high", "highest")

Table = dict[str, np.ndarray[Any, np.dtype[Any]]]
Record = TypeVar("Record")


@dataclass(frozen=True, slots=True)
class People:
    """Who lives in each home.

    Parameters
    ----------
    persons : I8
        How many, 1 to 6.
    kinds : I8
        Kind of each person, shape (n, 6), the empty places ``NOBODY``.
    income : I8
        Quintile of the household's income, 0 lowest to 4 highest (words in ``INCOMES``).
    owner, house : B1
        Whether they own the home; whether it is a house rather than a flat.
    digital : B1
        Whether they can be reached by text or app.
    usage : F8
        Multiplier of their small uses, mean 1 over the preset; light, screens and standby power in
        ``Appliances`` hold it already.
    """

    persons: I8
    kinds: I8
    income: I8
    owner: B1
    house: B1
    digital: B1
    usage: F8


@dataclass(frozen=True, slots=True)
class Envelope:
    """The building of each home as two nodes, air and mass (ISO 13790, simplified).

    Parameters
    ----------
    area_m2 : F8
        Heated floor. [m2]
    era : I8
        Era of construction (words in ``ERAS``).
    c_air_kwh_k, c_mass_kwh_k : F8
        Heat capacity of air and furniture, and of walls and floors. [kWh/K]
    h_am_kw_k, h_out_kw_k : F8
        Coupling of air and mass; loss of the air node to the outside. [kW/K]
    aperture_m2 : F8
        Glass area times what it lets through, frames and shading counted. [m2]
    """

    area_m2: F8
    era: I8
    c_air_kwh_k: F8
    c_mass_kwh_k: F8
    h_am_kw_k: F8
    h_out_kw_k: F8
    aperture_m2: F8


@dataclass(frozen=True, slots=True)
class Heating:
    """Space heating and cooling of each home.

    Parameters
    ----------
    kind : I8
        ``NOT_ELECTRIC``, ``RESISTANCE`` or ``HEAT_PUMP``.
    fuel : I8
        What heats the home in words (``FUELS``); says more than ``kind`` for the table only.
    limit_kw : F8
        Most heat it gives, at the preset's design temperature for heat pumps. [kW thermal]
    sink_c : F8
        Water (or air) temperature of a heat pump when it is -5 C outside. [C]
    backup_kw : F8
        Resistance beside a heat pump, 0 for none. [kW]
    set_c, setback_k : F8
        Wanted temperature [C]; how much lower at night and when away [K].
    second_kw : F8
        Heat of a wood stove, 0 for none. [kW thermal]
    cool_kw, cool_set_c : F8
        Most cooling, 0 for none [kW thermal]; wanted temperature in summer [C].
    fan_kw : F8
        Pumps and fans while a boiler or district heating runs. [kW]
    """

    kind: I8
    fuel: I8
    limit_kw: F8
    sink_c: F8
    backup_kw: F8
    set_c: F8
    setback_k: F8
    second_kw: F8
    cool_kw: F8
    cool_set_c: F8
    fan_kw: F8


@dataclass(frozen=True, slots=True)
class HotWater:
    """The hot-water tank of each home.

    Parameters
    ----------
    kind : I8
        ``NOT_ELECTRIC``, ``RESISTANCE`` or ``HEAT_PUMP``.
    litres : F8
        Volume. [L]
    element_kw : F8
        Electric power of the element, or of the heat pump. [kW]
    loss_kw_k : F8
        Standing loss per kelvin to the room. [kW/K]
    relay : B1
        Whether an off-peak relay switches it.
    set_c : F8
        Wanted water temperature. [C]
    """

    kind: I8
    litres: F8
    element_kw: F8
    loss_kw_k: F8
    relay: B1
    set_c: F8


@dataclass(frozen=True, slots=True)
class Appliances:
    """Appliances of each home, and the level of its small uses.

    Parameters
    ----------
    cold_kw, standby_kw : F8
        Mean power of fridges and freezers; of what is always on. [kW]
    light_kw, screens_kw : F8
        Per person awake at home: light when it is dark; screens. [kW]
    wash, dish, dryer : B1
        Whether there is a washing machine, dishwasher, dryer.
    wash_kwh, dish_kwh, dryer_kwh : F8
        Energy of a cycle. [kWh]
    wash_h, dish_h, dryer_h : F8
        Length of a cycle. [h]
    wash_week, dish_week, dryer_week : F8
        Wanted runs per week; for the dryer at most those of the washing machine.
    electric_hob : B1
        Whether they cook with electricity.
    level_small, level_screens, level_cooking, level_light : F8
        Factors of the preset and the household's size on the use of small appliances, screens,
        cooking and light; ``People.usage`` comes on top of them.
    """

    cold_kw: F8
    standby_kw: F8
    light_kw: F8
    screens_kw: F8
    wash: B1
    dish: B1
    dryer: B1
    wash_kwh: F8
    dish_kwh: F8
    dryer_kwh: F8
    wash_h: F8
    dish_h: F8
    dryer_h: F8
    wash_week: F8
    dish_week: F8
    dryer_week: F8
    electric_hob: B1
    level_small: F8
    level_screens: F8
    level_cooking: F8
    level_light: F8


@dataclass(frozen=True, slots=True)
class Producers:
    """Panels and battery of each home.

    Parameters
    ----------
    pv_kwp : F8
        Peak power, 0 for none. [kWp]
    tilt_deg, azimuth_deg : F8
        Tilt from the horizontal; direction from north through east, 180 south. [degrees]
    shading : F8
        Share of the production that shade leaves, 0 to 1.
    battery_kwh, battery_kw : F8
        Usable capacity, 0 for none [kWh]; power limit in both directions [kW].
    """

    pv_kwp: F8
    tilt_deg: F8
    azimuth_deg: F8
    shading: F8
    battery_kwh: F8
    battery_kw: F8


@dataclass(frozen=True, slots=True)
class Car:
    """The electric car of each home.

    Parameters
    ----------
    owns : B1
        Whether there is one that charges at home.
    charger_kw, battery_kwh : F8
        Power of the charger [kW]; usable capacity [kWh].
    kwh_km, km_day : F8
        Use [kWh/km]; mean distance over all days [km].
    plug_share : F8
        State of charge below which they surely plug in, 0 to 1.
    smart : B1
        Whether the charger can follow prices.
    """

    owns: B1
    charger_kw: F8
    battery_kwh: F8
    kwh_km: F8
    km_day: F8
    plug_share: F8
    smart: B1


@dataclass(frozen=True, slots=True)
class Traits:
    """Where each home stands among all in what moves its answers: standard normals.

    The numbers behind them (medians, spreads, correlations) are those of the citizens, who turn
    these places into weights and tolerances.

    Parameters
    ----------
    engagement : F8
        Leaning towards the subject; those who take part in anything have more of it.
    attention, money, bother, slope, tolerance, delay : F8
        What is left to each home of its attentiveness, weight of money, bother of an event, shift
        of the set point, tolerance of discomfort and dislike of waiting.
    thermostat : B1
        Whether a programmable thermostat can follow prices.
    """

    engagement: F8
    attention: F8
    money: F8
    bother: F8
    slope: F8
    tolerance: F8
    delay: F8
    thermostat: B1


@dataclass(frozen=True, slots=True)
class Town:
    """A town of homes; ``homes`` holds their numbers, which name their chances.

    Raises
    ------
    ValueError
        If an array does not have one entry per home.
    """

    homes: I8
    people: People
    envelope: Envelope
    heating: Heating
    hot_water: HotWater
    appliances: Appliances
    producers: Producers
    car: Car
    traits: Traits

    def __post_init__(self) -> None:
        """Refuse records of unlike length."""
        for part in dataclasses.fields(self)[1:]:
            record = getattr(self, part.name)
            for field in dataclasses.fields(record):
                found = len(getattr(record, field.name))
                if found != len(self.homes):
                    raise ValueError(
                        f"{part.name}.{field.name} has {found} entries for {len(self.homes)} homes"
                    )

    def __len__(self) -> int:
        """Return the number of homes."""
        return len(self.homes)

    def take(self, index: I8 | B1) -> "Town":
        """Return the town of some homes, by position or by mask of shape (n,)."""
        parts = (getattr(self, part.name) for part in dataclasses.fields(self)[1:])
        return Town(self.homes[index], *(_take(part, index) for part in parts))

    def table(self) -> Table:
        """Return what a reader wants to know of each home: column name to array of shape (n,).

        Codes are spelled out as words; shares and flags keep their type.
        """
        return {
            "home": self.homes,
            **_who(self.people, self.envelope),
            **_heat(self.heating, self.hot_water, self.envelope),
            **_owned(self),
        }


def _take(record: Record, index: I8 | B1) -> Record:
    """Return the same record for some of its homes."""
    fields = dataclasses.fields(record)  # type: ignore[arg-type]
    return type(record)(*(getattr(record, field.name)[index] for field in fields))


def _words(words: tuple[str, ...], codes: I8) -> np.ndarray[Any, np.dtype[np.str_]]:
    """Spell codes out, shape (n,)."""
    return np.array(words)[codes]


def _who(people: People, envelope: Envelope) -> Table:
    """Return the columns about the people and their dwelling."""
    working = (people.kinds == WORKER) | (people.kinds == SHIFT_WORKER)
    return {
        "persons": people.persons,
        "workers": working.sum(axis=1),
        "children": (people.kinds == CHILD).sum(axis=1),
        "retired": (people.kinds == RETIRED).sum(axis=1),
        "income": _words(INCOMES, people.income),
        "tenure": _words(("renter", "owner"), people.owner.astype(np.int64)),
        "house": _words(("flat", "house"), people.house.astype(np.int64)),
        "digital": people.digital,
        "era": _words(ERAS, envelope.era),
        "area_m2": envelope.area_m2,
    }


def _heat(heating: Heating, hot_water: HotWater, envelope: Envelope) -> Table:
    """Return the columns about heating and hot water."""
    return {
        "heating": _words(FUELS, heating.fuel),
        "loss_w_k": 1000.0 * envelope.h_out_kw_k,
        "second_heater": heating.second_kw > 0,
        "air_conditioning": heating.cool_kw > 0,
        "hot_water": _words(HOT_WATERS, hot_water.kind),
        "hot_water_l": hot_water.litres,
        "hot_water_relay": hot_water.relay,
    }


def _owned(town: Town) -> Table:
    """Return the columns about panels, batteries, cars and controls."""
    return {
        "dishwasher": town.appliances.dish,
        "dryer": town.appliances.dryer,
        "pv_kwp": town.producers.pv_kwp,
        "battery_kwh": town.producers.battery_kwh,
        "ev": town.car.owns,
        "ev_smart": town.car.smart,
        "charger_kw": town.car.charger_kw,
        "km_day": town.car.km_day,
        "thermostat": town.traits.thermostat,
    }
