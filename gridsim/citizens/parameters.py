"""The numbers behind people's answers, read once from ``parameters.toml``."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

CHANNELS = ("bill", "letter", "text", "app", "display")
"""How people hear of prices, from the faintest to the clearest."""


@dataclass(frozen=True, slots=True)
class Attention:
    """Who notices: factors in 0-1, ``salience`` per unit of abs(ln(price ratio))."""

    bill: float
    letter: float
    text: float
    app: float
    display: float
    salience: float
    same_day: float
    offline: float


@dataclass(frozen=True, slots=True)
class Willingness:
    """Who finds it worth the bother; ``small_kwh`` in kWh a day, ``rest_days`` in days."""

    fatigue: float
    rest_days: float
    heat_share: float
    second_heat_share: float
    small_kwh: float


@dataclass(frozen=True, slots=True)
class Routine:
    """Who lives by a tariff's hours; ``effort`` and ``noise`` in currency a day."""

    effort: float
    inertia: float
    noise: float


@dataclass(frozen=True, slots=True)
class Choice:
    """How a start is chosen; hours, and utilities without unit."""

    noise: float
    wash_h: float
    dish_h: float
    dryer_h: float
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
    """When a second heater is lit, and how much of the need it takes."""

    second_heat_ratio: float
    second_heat_part: float


@dataclass(frozen=True, slots=True)
class Parameters:
    """All links of the citizen chain."""

    attention: Attention
    willingness: Willingness
    routine: Routine
    choice: Choice
    curtail: Curtail
    comfort: Comfort


@cache
def parameters() -> Parameters:
    """Return the one set of parameters that every scenario uses."""
    text = files("gridsim.citizens").joinpath("parameters.toml").read_text("utf-8")
    found = tomllib.loads(text)
    return Parameters(
        Attention(**found["attention"]),
        Willingness(**found["willingness"]),
        Routine(**found["routine"]),
        Choice(**found["choice"]),
        Curtail(**found["curtail"]),
        Comfort(**found["comfort"]),
    )
