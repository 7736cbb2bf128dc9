"""The numbers behind people's answers, read once from ``parameters.toml``."""

import dataclasses
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

CHANNELS = ("bill", "letter", "text", "app", "display")
"""How people hear of prices, from the faintest to the clearest."""

Pair = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Spread:
    """How traits differ between homes; pairs are median and spread of the logarithm.

    ``attention`` holds the two shapes of a Kumaraswamy distribution, ``money_income`` a factor by
    quintile of income; money is in euros (see ``Parameters.money``).
    """

    attention: Pair
    attention_engagement: float
    bother_engagement: float
    money_weight: Pair
    money_income: tuple[float, ...]
    bother: Pair
    slope_k: Pair
    tolerance_k: Pair
    delay: Pair


@dataclass(frozen=True, slots=True)
class Attention:
    """Who notices: factors in 0-1, ``salience`` by abs(ln(price ratio)), ``told`` in times."""

    bill: float
    letter: float
    text: float
    app: float
    display: float
    salience: float
    same_day: float
    unannounced: float
    offline: float
    told: float
    signed: float


@dataclass(frozen=True, slots=True)
class Enrolment:
    """Who joins and who leaves, on the logit scale; ``saving`` per 100 euros a year."""

    engagement: float
    saving: float
    effort: float
    inertia: float


@dataclass(frozen=True, slots=True)
class Calls:
    """Who finds a call worth the bother; ``glow`` in euros, ``small_kwh`` in kWh a day.

    ``game_k`` in K: how those who raise a baseline heat or cool more.
    """

    glow: float
    glow_engagement: float
    words: float
    habituation: float
    rest_days: float
    fatigue: float
    habit: float
    heat_share: float
    second_heat_share: float
    small_kwh: float
    rebate: float
    game_use: float
    game_k: float


@dataclass(frozen=True, slots=True)
class Routine:
    """Who lives by a tariff's hours; ``effort``, ``noise`` and ``duty`` in euros a day."""

    effort: float
    inertia: float
    noise: float
    duty: float
    duty_engagement: float
    words: float


@dataclass(frozen=True, slots=True)
class Choice:
    """How a start is chosen; hours, and utilities without unit."""

    noise: float
    wash_h: float
    dish_h: float
    dryer_h: float
    timer_h: float
    night: float


@dataclass(frozen=True, slots=True)
class Curtail:
    """How uses that cannot move shrink, and how much of it comes back."""

    elasticity: float
    light: float
    screens: float
    cooking: float
    small: float
    payback: float
    payback_h: float


@dataclass(frozen=True, slots=True)
class Comfort:
    """When a second heater is lit and what it takes over; what savers give up in kelvin."""

    second_heat_urgency: float
    second_heat_full: float
    second_heat_part: float
    thrift_k: float


@dataclass(frozen=True, slots=True)
class Information:
    """What each kind of feedback saves in the end, how fast it comes, and how slowly it goes."""

    bill: float
    audit: float
    daily: float
    display: float
    appliance: float
    report: float
    engagement: float
    build_days: float
    decay_year: float


@dataclass(frozen=True, slots=True)
class Level:
    """The answer to a lasting level of price: its elasticity in the end, and its years."""

    elasticity: float
    years: float


@dataclass(frozen=True, slots=True)
class Automation:
    """How keenly machines are set, and how often in a month they may make it uncomfortable."""

    keenness: float
    dead: float
    patience: float


@dataclass(frozen=True, slots=True)
class Parameters:
    """All links of the citizen chain; ``money`` says what weighs like one euro, by currency.

    More fields than the house's measure: one for each link, as the file has them.
    """

    traits: Spread
    attention: Attention
    enrolment: Enrolment
    call: Calls
    routine: Routine
    choice: Choice
    curtail: Curtail
    comfort: Comfort
    information: Information
    level: Level
    automation: Automation
    money: Mapping[str, float]

    def euro(self, currency: str) -> float:
        """Return what weighs like one euro in a currency; 1 for one that is not on record."""
        return self.money.get(currency, 1.0)


_RECORDS = {
    "traits": Spread, "attention": Attention, "enrolment": Enrolment, "call": Calls,
    "routine": Routine, "choice": Choice, "curtail": Curtail, "comfort": Comfort,
    "information": Information, "level": Level, "automation": Automation,
}  # fmt: skip


@cache
def parameters() -> Parameters:
    """Return the one set of parameters that every scenario uses."""
    text = files("gridsim.citizens").joinpath("parameters.toml").read_text("utf-8")
    return _parameters(tomllib.loads(text))


def read(path: Path) -> Parameters:
    """Return the parameters of a file of one's own, which holds every table and number.

    Raises
    ------
    ValueError
        If a table or a number is missing, unknown or no number.
    """
    found = tomllib.loads(path.read_text("utf-8"))
    own = values(parameters())
    given = {f"{table}.{name}" for table, numbers in found.items() for name in numbers}
    missing, unknown = sorted(set(own) - given), sorted(given - set(own) - _currencies(found))
    if missing or unknown:
        raise ValueError(f"{path.name}: missing {missing or 'nothing'}, unknown {unknown or '-'}")
    return _parameters(found)


def values(settings: Parameters) -> dict[str, float | tuple[float, ...]]:
    """Return every number by its name in the file, such as ``routine.effort``."""
    found: dict[str, float | tuple[float, ...]] = {}
    for table in _RECORDS:
        record = getattr(settings, table)
        for field in dataclasses.fields(record):
            found[f"{table}.{field.name}"] = getattr(record, field.name)
    return found | {f"money.{code}": value for code, value in settings.money.items()}


def with_values(
    settings: Parameters, changes: Mapping[str, float | tuple[float, ...]]
) -> Parameters:
    """Return the parameters with some numbers changed: ``{"routine.effort": 0.2}``.

    One number of a pair is named by its place: ``traits.bother.0``.

    Raises
    ------
    ValueError
        If there is no such number.
    """
    for name, value in changes.items():
        table, _, field = name.partition(".")
        field, _, place = field.partition(".")
        record = getattr(settings, table, None)
        if table not in _RECORDS or not hasattr(record, field):
            raise ValueError(
                f"there is no parameter {name!r}; they are {', '.join(values(settings))}"
            )
        if place:
            parts = list(getattr(record, field))
            parts[int(place)] = value
        new = tuple(parts) if place else value
        changed = dataclasses.replace(record, **{field: new})  # type: ignore[type-var]
        settings = dataclasses.replace(settings, **{table: changed})  # type: ignore[arg-type]
    return settings


def _currencies(found: Mapping[str, Any]) -> set[str]:
    """Return the names of the currencies of a file, which may be more than ours."""
    return {f"money.{code}" for code in found.get("money", {})}


def _parameters(found: Mapping[str, Any]) -> Parameters:
    """Return the record of a decoded file; lists become tuples."""
    records = {
        table: kind(**{name: _plain(value) for name, value in found[table].items()})
        for table, kind in _RECORDS.items()
    }
    return Parameters(**records, money={code: float(v) for code, v in found["money"].items()})


def _plain(value: Any) -> float | tuple[float, ...]:
    """Return a number, or a tuple of numbers."""
    return tuple(float(part) for part in value) if isinstance(value, list) else float(value)
