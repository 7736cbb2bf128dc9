"""Named tariffs: contracts that can be signed by name, each number with its source."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import cache
from itertools import pairwise
from typing import Any

import numpy as np

from gridsim.signals import dynamic, preset_parts, price_lists
from gridsim.signals.contract import Contract
from gridsim.signals.critical import CriticalPeak
from gridsim.signals.dynamic import Surcharge, Terms, Wholesale
from gridsim.signals.parts import Parts
from gridsim.signals.preset_parts import Figure, Hours
from gridsim.signals.rules import Days, Rule
from gridsim.signals.tariff import Band, Flat, Tariff, TimeOfUse
from gridsim.signals.tempo import Colours, Rates, Tempo

__all__ = ["Calls", "Figure", "Preset", "named", "names", "preset"]

_HOLDS = "off_peak_hours"


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
    hours: Hours


@dataclass(frozen=True, slots=True)
class Body:
    """What a preset says besides single numbers.

    Parameters
    ----------
    bands : tuple of Band
        When each price of a band holds, for tariffs with more than a peak and an off-peak.
    calls : Calls or None
        Which days and hours are critical, for a critical-peak tariff.
    terms, export : Terms or None
        What a customer's price is made of, for a dynamic tariff, and what is paid for exports where
        that follows the wholesale price too.
    parts : Parts
        Taxes, network prices, blocks, demand charges, how exports are credited.
    """

    bands: tuple[Band, ...]
    calls: Calls | None
    terms: Terms | None
    export: Terms | None
    parts: Parts


@dataclass(frozen=True, slots=True)
class Preset:
    """A named tariff as it was published.

    Parameters
    ----------
    name, label, country : str
        Name in scenario files, name for people, and where it is sold, for people.
    kind : str
        A key of :data:`gridsim.signals.tariff.TARIFFS`.
    currency : str
        ISO 4217 code.
    valid : tuple of (date, date or None)
        First and last day of these prices; None where the end is not known.
    figures : tuple of Figure
        Its numbers.
    body : Body
        Its bands, calls, terms and parts.
    """

    name: str
    label: str
    country: str
    kind: str
    currency: str
    valid: tuple[dt.date, dt.date | None]
    figures: tuple[Figure, ...]
    body: Body

    @property
    def valid_from(self) -> dt.date:
        """First day of these prices."""
        return self.valid[0]

    @property
    def valid_until(self) -> dt.date | None:
        """Last day of these prices; None where it is not known."""
        return self.valid[1]

    @property
    def days(self) -> Days | None:
        """How the called days are chosen; None for a tariff without calls."""
        return None if self.body.calls is None else self.body.calls.days

    @property
    def needs_colours(self) -> bool:
        """Whether the tariff has no price without the colours of its days."""
        return self.kind == "tempo"

    @property
    def needs_prices(self) -> bool:
        """Whether the tariff has no price without a series of wholesale prices."""
        return self.kind == "dynamic"

    @property
    def local_hours(self) -> bool:
        """Whether its off-peak hours differ by place, so that others may be given."""
        return any(figure.name == _HOLDS for figure in self.figures)

    def values(self, name: str) -> tuple[float, ...]:
        """Return the values of one figure."""
        return next(figure.values for figure in self.figures if figure.name == name)

    def value(self, name: str) -> float:
        """Return the value of one figure."""
        return self.values(name)[0]


@dataclass(frozen=True, slots=True, eq=False)
class _Given:
    """What a preset leaves to time, place and market; see :func:`named`."""

    colours: Colours | None
    days: tuple[int, ...]
    wholesale: Wholesale | None
    off_peak: Hours


def names() -> tuple[str, ...]:
    """Return the names of all presets, country after country."""
    return tuple(price_lists.tables())


def preset(name: str) -> Preset:
    """Return a preset by name.

    Raises
    ------
    ValueError
        If no preset has the name.
    """
    if name not in price_lists.tables():
        near = get_close_matches(name, names(), n=1)
        hint = f"did you mean {near[0]!r}? " if near else ""
        raise ValueError(f"no tariff is called {name!r}; {hint}known are {', '.join(names())}")
    return _preset(name)


def named(
    name: str,
    colours: Colours | None = None,
    days: tuple[int, ...] = (),
    wholesale: Wholesale | None = None,
    *,
    off_peak: Hours = (),
) -> Contract:
    """Return the contract of a preset.

    Parameters
    ----------
    name : str
        One of :func:`names`.
    colours : Colours, optional
        Colours of the days; needed by Tempo and of no account elsewhere.
    days : tuple of int
        Numbers of the called days, chosen by :attr:`Preset.days`; for critical-peak tariffs.
    wholesale : Wholesale, optional
        The wholesale price, needed by dynamic tariffs (:attr:`Preset.needs_prices`).
    off_peak : tuple of (float, float)
        Local off-peak hours [from, to), instead of those of a preset with
        :attr:`Preset.local_hours`; from > to goes through midnight. [h]

    Raises
    ------
    ValueError
        If no preset has the name, Tempo gets no colours, a dynamic tariff no wholesale price, or
        off-peak hours are given to a tariff whose hours are fixed.
    """
    chosen = preset(name)
    given = _Given(colours, days, wholesale, off_peak)
    if off_peak and not chosen.local_hours:
        raise ValueError(f"off_peak: the hours of {name} are fixed")
    if off_peak:
        _check(off_peak)
    source = "; ".join(f"{f.name}: {f.source} ({f.status})" for f in chosen.figures)
    return Contract(
        tariff=_tariff(chosen, given),
        standing_year=_value(chosen, "standing_year"),
        export_price=_value(chosen, "export_price"),
        currency=chosen.currency,
        label=chosen.label,
        source=source,
        parts=_parts(chosen, given),
    )


def _parts(chosen: Preset, given: _Given) -> Parts:
    """Return the parts of a preset, with the price of exports that follows the market."""
    parts, terms = chosen.body.parts, chosen.body.export
    if terms is None or given.wholesale is None or parts.export is None:
        return parts
    paid = dynamic.of_series(given.wholesale.clock, given.wholesale.price, terms)
    return replace(parts, export=replace(parts.export, tariff=paid))


def _tariff(chosen: Preset, given: _Given) -> Tariff:
    """Return the tariff that the figures of a preset describe."""
    if chosen.body.terms is not None:
        wholesale = given.wholesale
        if wholesale is None:
            raise ValueError(f"wholesale: {chosen.name} needs a series of wholesale prices")
        return dynamic.of_series(wholesale.clock, wholesale.price, chosen.body.terms)
    if chosen.body.calls is not None:
        return _critical(chosen, chosen.body.calls, given)
    if not chosen.needs_colours:
        return _base(chosen, given)
    if given.colours is None:
        raise ValueError(f"colours: {chosen.name} needs the colours of its days")
    blue, white, red = (
        Rates(chosen.value(f"{colour}_peak"), chosen.value(f"{colour}_off_peak"))
        for colour in ("blue", "white", "red")
    )
    return Tempo(blue, white, red, given.colours)


def _critical(chosen: Preset, calls: Calls, given: _Given) -> Tariff:
    """Return a base with the price of called hours, and of the rest of called days if it has one.

    The rest is put on first, so that the outer tariff calls the critical hours only.
    """
    base = _base(chosen, given)
    if any(figure.name == "critical_rest" for figure in chosen.figures):
        rest = _outside(calls.hours)
        base = CriticalPeak(base, chosen.value("critical_rest"), given.days, rest)
    return CriticalPeak(base, chosen.value("critical"), given.days, calls.hours)


def _base(chosen: Preset, given: _Given) -> Tariff:
    """Return one price, the bands, or peak and off-peak hours."""
    if chosen.body.bands:
        return TimeOfUse(chosen.body.bands)
    if not chosen.local_hours:
        return Flat(chosen.value("rate"))
    ends = chosen.values(_HOLDS)
    low = given.off_peak or tuple(zip(ends[::2], ends[1::2], strict=True))
    off_peak = Band(chosen.value("off_peak"), low, name="off-peak")
    return TimeOfUse((off_peak, Band(chosen.value("peak"), _outside(low), name="peak")))


def _outside(hours: Hours) -> Hours:
    """Return the rest of the day: from the end of each span to the start of the next.

    Raises
    ------
    ValueError
        If the spans overlap, or nothing of the day is left.
    """
    inside = sorted(part for start, end in hours for part in _in_date(start, end))
    if any(a[1] > b[0] for a, b in pairwise(inside)):
        raise ValueError("hours must not overlap")
    cuts = [0.0, *(hour for part in inside for hour in part), 24.0]
    rest = tuple((a, b) for a, b in zip(cuts[::2], cuts[1::2], strict=True) if a < b)
    if not rest:
        raise ValueError("hours must leave a part of the day")
    return rest


def _check(off_peak: Hours) -> None:
    """Refuse off-peak hours that overlap or leave nothing of the day."""
    try:
        _outside(off_peak)
    except ValueError as wrong:
        raise ValueError(f"off-peak {wrong}") from None


def _in_date(start: float, end: float) -> Hours:
    """Return a span of hours as spans that do not go through midnight."""
    parts = ((start, end),) if start < end else ((0.0, end), (start, 24.0))
    return tuple(part for part in parts if part[0] < part[1])


def _value(chosen: Preset, name: str) -> float:
    """Return the value of a figure, 0 for one that the list does not have."""
    return next((figure.values[0] for figure in chosen.figures if figure.name == name), 0.0)


@cache
def _preset(name: str) -> Preset:
    """Return a preset from its table in the price lists."""
    entry = price_lists.tables()[name]
    body = Body(
        preset_parts.bands(entry.get("bands", [])),
        _calls(entry["called_days"]) if "called_days" in entry else None,
        _terms(entry) if entry["kind"] == "dynamic" else None,
        _export_terms(entry.get("export", {})),
        preset_parts.parts(entry),
    )
    return Preset(
        name, entry["label"], entry["country"], entry["kind"], entry["currency"],
        (entry["valid_from"], entry.get("valid_until")), preset_parts.figures(entry), body,
    )  # fmt: skip


def _terms(entry: Mapping[str, Any]) -> Terms:
    """Return what a customer's price is made of, from its table in the file."""
    value = preset_parts.value
    surcharges = tuple(
        Surcharge(one["price"], preset_parts.hours(one)) for one in entry.get("surcharges", ())
    )
    terms = Terms(
        adder=value(entry, "adder"),
        factor=value(entry, "factor", 1.0),
        surcharges=surcharges,
        cap=value(entry, "cap", np.inf),
        floor=value(entry, "floor", -np.inf),
    )
    return replace(terms, told_h=value(entry, "told_h", terms.told_h))


def _export_terms(entry: Mapping[str, Any]) -> Terms | None:
    """Return what is paid for exports, if that follows the wholesale price."""
    return Terms(entry.get("adder", 0.0), entry["factor"]) if "factor" in entry else None


def _calls(entry: Mapping[str, Any]) -> Calls:
    """Return when a preset calls, from its table in the file; working days only."""
    days = Days(
        Rule[entry["rule"].upper()],
        entry["value"],
        weekdays=True,
        months=tuple(entry["months"]),
    )
    return Calls(days, preset_parts.hours(entry))
