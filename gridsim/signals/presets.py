"""Named tariffs: contracts that can be signed by name, each number with its source."""

import datetime as dt
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from gridsim.signals.contract import Contract
from gridsim.signals.critical import CriticalPeak
from gridsim.signals.rules import Days, Rule
from gridsim.signals.tariff import Band, DayType, Flat, Season, Tariff, TimeOfUse, months
from gridsim.signals.tempo import Colours, Rates, Tempo


@dataclass(frozen=True, slots=True)
class Figure:
    """A published number and where it comes from.

    Parameters
    ----------
    name : str
        What it is: ``red_peak``; for a band, its name.
    values : tuple of float
        One number, or the two ends of a range of hours.
    status : str
        VERIFIED, RECALLED, DERIVED or ASSUMED.
    source : str
        Where it stands.
    """

    name: str
    values: tuple[float, ...]
    status: str
    source: str


@dataclass(frozen=True, slots=True)
class Calls:
    """When a critical-peak preset calls.

    Parameters
    ----------
    days : Days
        Which days.
    hours : tuple of (float, float)
        Local hours [from, to) of those days. [h]
    """

    days: Days
    hours: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Preset:
    """A named tariff as it was published.

    Parameters
    ----------
    name, label : str
        Name in scenario files, and name for people.
    kind : str
        A key of :data:`gridsim.signals.tariff.TARIFFS`.
    currency : str
        ISO 4217 code.
    valid_from : date
        First day of these prices.
    figures : tuple of Figure
        Its numbers.
    bands : tuple of Band
        When each price of a band holds, for tariffs with more than a peak and an off-peak.
    calls : Calls or None
        Which days and hours are critical, for a critical-peak tariff.
    """

    name: str
    label: str
    kind: str
    currency: str
    valid_from: dt.date
    figures: tuple[Figure, ...]
    bands: tuple[Band, ...] = ()
    calls: Calls | None = None

    @property
    def days(self) -> Days | None:
        """How the called days are chosen; None for a tariff without calls."""
        return None if self.calls is None else self.calls.days

    @property
    def needs_colours(self) -> bool:
        """Whether the tariff has no price without the colours of its days."""
        return self.kind == "tempo"

    def values(self, name: str) -> tuple[float, ...]:
        """Return the values of one figure."""
        return next(figure.values for figure in self.figures if figure.name == name)

    def value(self, name: str) -> float:
        """Return the value of one figure."""
        return self.values(name)[0]


def names() -> tuple[str, ...]:
    """Return the names of all presets."""
    return tuple(preset.name for preset in _presets())


def preset(name: str) -> Preset:
    """Return a preset by name.

    Raises
    ------
    ValueError
        If no preset has the name.
    """
    found = [known for known in _presets() if known.name == name]
    if not found:
        raise ValueError(f"name: no tariff is called {name!r}; known are {', '.join(names())}")
    return found[0]


def named(name: str, colours: Colours | None = None, days: tuple[int, ...] = ()) -> Contract:
    """Return the contract of a preset.

    Parameters
    ----------
    name : str
        One of :func:`names`.
    colours : Colours, optional
        Colours of the days; needed by Tempo and of no account elsewhere.
    days : tuple of int
        Numbers of the called days, chosen by :attr:`Preset.days`; for critical-peak tariffs.

    Raises
    ------
    ValueError
        If no preset has the name, or Tempo gets no colours.
    """
    chosen = preset(name)
    source = "; ".join(f"{f.name}: {f.source} ({f.status})" for f in chosen.figures)
    return Contract(
        tariff=_tariff(chosen, colours, days),
        standing_year=chosen.value("standing_year"),
        export_price=chosen.value("export_price"),
        currency=chosen.currency,
        label=chosen.label,
        source=source,
    )


def _tariff(chosen: Preset, colours: Colours | None, days: tuple[int, ...]) -> Tariff:
    """Return the tariff that the figures of a preset describe."""
    if chosen.calls is not None:
        critical = chosen.value("critical")
        return CriticalPeak(_base(chosen), critical, days, chosen.calls.hours)
    if chosen.kind != "tempo":
        return _base(chosen)
    if colours is None:
        raise ValueError(f"colours: {chosen.name} needs the colours of its days")
    blue, white, red = (
        Rates(chosen.value(f"{colour}_peak"), chosen.value(f"{colour}_off_peak"))
        for colour in ("blue", "white", "red")
    )
    return Tempo(blue, white, red, colours)


def _base(chosen: Preset) -> Tariff:
    """Return one price, the bands, or peak and off-peak hours."""
    if chosen.bands:
        return TimeOfUse(chosen.bands)
    if chosen.kind != "time_of_use":
        return Flat(chosen.value("rate"))
    start, end = chosen.values("off_peak_hours")
    off_peak = Band(chosen.value("off_peak"), ((start, end),), name="off-peak")
    return TimeOfUse((off_peak, Band(chosen.value("peak"), ((end, start),), name="peak")))


@cache
def _presets() -> tuple[Preset, ...]:
    """Read the presets that come with the package."""
    text = (resources.files("gridsim.signals") / "data" / "tariffs.toml").read_text("utf-8")
    return tuple(_preset(name, entry) for name, entry in tomllib.loads(text).items())


def _preset(name: str, entry: dict[str, Any]) -> Preset:
    """Return a preset from its table in the file."""
    figures = [
        _figure(key, number["value"], number["status"], number["source"])
        for key, number in entry.items()
        if isinstance(number, dict)
    ]
    bands = entry.get("bands", [])
    figures += [
        _figure(band["name"], band["price"], band["status"], band["source"]) for band in bands
    ]
    return Preset(
        name, entry["label"], entry["kind"], entry["currency"], entry["valid_from"],
        tuple(figures), tuple(_band(band) for band in bands),
        _calls(entry["called_days"]) if "called_days" in entry else None,
    )  # fmt: skip


def _band(entry: dict[str, Any]) -> Band:
    """Return a band from its table in the file."""
    return Band(
        entry["price"],
        tuple((start, end) for start, end in entry.get("hours", [[0, 24]])),
        tuple(DayType[day.upper()] for day in entry.get("days", [])),
        months(*entry["months"]) if "months" in entry else (Season(),),
        entry["name"],
    )


def _calls(entry: dict[str, Any]) -> Calls:
    """Return when a preset calls, from its table in the file; working days only."""
    days = Days(
        Rule[entry["rule"].upper()],
        entry["value"],
        weekdays=True,
        months=tuple(entry["months"]),
    )
    return Calls(days, tuple((start, end) for start, end in entry["hours"]))


def _figure(name: str, value: float | list[float], status: str, source: str) -> Figure:
    """Return a figure from its table in the file."""
    values = tuple(value) if isinstance(value, list) else (value,)
    return Figure(name, values, status, source)
