"""Named tariffs: contracts that can be signed by name, each number with its source."""

import datetime as dt
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources

from gridsim.signals.contract import Contract
from gridsim.signals.tariff import Band, Flat, Tariff, TimeOfUse
from gridsim.signals.tempo import Colours, Rates, Tempo


@dataclass(frozen=True, slots=True)
class Figure:
    """A published number and where it comes from.

    Parameters
    ----------
    name : str
        What it is: ``red_peak``.
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
    """

    name: str
    label: str
    kind: str
    currency: str
    valid_from: dt.date
    figures: tuple[Figure, ...]

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


def named(name: str, colours: Colours | None = None) -> Contract:
    """Return the contract of a preset.

    Parameters
    ----------
    name : str
        One of :func:`names`.
    colours : Colours, optional
        Colours of the days; needed by Tempo and of no account elsewhere.

    Raises
    ------
    ValueError
        If no preset has the name, or Tempo gets no colours.
    """
    chosen = preset(name)
    source = "; ".join(f"{f.name}: {f.source} ({f.status})" for f in chosen.figures)
    return Contract(
        tariff=_tariff(chosen, colours),
        standing_year=chosen.value("standing_year"),
        export_price=chosen.value("export_price"),
        currency=chosen.currency,
        label=chosen.label,
        source=source,
    )


def _tariff(chosen: Preset, colours: Colours | None) -> Tariff:
    """Return the tariff that the figures of a preset describe."""
    if chosen.kind == "flat":
        return Flat(chosen.value("rate"))
    if chosen.kind == "time_of_use":
        start, end = chosen.values("off_peak_hours")
        off_peak = Band(chosen.value("off_peak"), ((start, end),), name="off-peak")
        return TimeOfUse((off_peak, Band(chosen.value("peak"), ((end, start),), name="peak")))
    if colours is None:
        raise ValueError(f"colours: {chosen.name} needs the colours of its days")
    blue, white, red = (
        Rates(chosen.value(f"{colour}_peak"), chosen.value(f"{colour}_off_peak"))
        for colour in ("blue", "white", "red")
    )
    return Tempo(blue, white, red, colours)


@cache
def _presets() -> tuple[Preset, ...]:
    """Read the presets that come with the package."""
    text = (resources.files("gridsim.signals") / "data" / "tariffs.toml").read_text("utf-8")
    return tuple(
        Preset(
            name, entry["label"], entry["kind"], entry["currency"], entry["valid_from"],
            tuple(
                _figure(key, **number) for key, number in entry.items() if isinstance(number, dict)
            ),
        )
        for name, entry in tomllib.loads(text).items()
    )  # fmt: skip


def _figure(name: str, value: float | list[float], status: str, source: str) -> Figure:
    """Return a figure from its table in the file."""
    values = tuple(value) if isinstance(value, list) else (value,)
    return Figure(name, values, status, source)
