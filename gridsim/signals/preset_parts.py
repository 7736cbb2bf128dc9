"""From the tables of a price list to the parts of a contract, and to its published numbers."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from gridsim.signals.parts import (
    ALL_MONTHS,
    Adder,
    Blocks,
    Crediting,
    Demand,
    Export,
    Fixed,
    Kind,
    Parts,
    Per,
    Subscribed,
    Taxes,
    Window,
)
from gridsim.signals.tariff import Band, DayType, Flat, Season, Tariff, TimeOfUse, months

Table: TypeAlias = Mapping[str, Any]
Hours: TypeAlias = tuple[tuple[float, float], ...]

_SAID = ("status", "source")
_LISTS = ("bands", "surcharges", "adders", "fixed", "blocks", "demand")
_RECORDS = ("subscribed", "export")


@dataclass(frozen=True, slots=True)
class Figure:
    """A published number and where it comes from.

    Parameters
    ----------
    name : str
        What it is: ``red_peak``; for a band, a charge or a part, its name.
    values : tuple of float
        One number, or several: the two ends of a range of hours, the bounds of blocks.
    status : str
        VERIFIED, RECALLED, DERIVED or ASSUMED.
    source : str
        Where it stands.
    """

    name: str
    values: tuple[float, ...]
    status: str
    source: str


def figures(entry: Table) -> tuple[Figure, ...]:
    """Return every published number of a tariff's table, in the order of the file.

    Raises
    ------
    ValueError
        If a number comes without its status or source.
    """
    return tuple(_figures(entry))


def parts(entry: Table) -> Parts:
    """Return the parts of a contract besides its energy price, from its table."""
    return Parts(
        taxes=_taxes(entry),
        adders=tuple(
            Adder(one["name"], _adder_tariff(one), Kind[one["kind"].upper()])
            for one in entry.get("adders", ())
        ),
        fixed=tuple(Fixed(one["name"], one["amount"], _per(one)) for one in entry.get("fixed", ())),
        blocks=tuple(_blocks(one) for one in entry.get("blocks", ())),
        demand=tuple(_demand(one) for one in entry.get("demand", ())),
        subscribed=Subscribed(**_plain(entry["subscribed"])) if "subscribed" in entry else None,
        export=export(entry["export"]) if "export" in entry else None,
        months=entry.get("billing_months", 1),
    )


def export(entry: Table) -> Export:
    """Return how exports are credited, from its table."""
    scalars = ("cash_out", "cash_out_month", "limit_kw")
    return Export(
        crediting=Crediting[entry.get("crediting", "feed_in").upper()],
        tariff=TimeOfUse(bands(entry["bands"])) if "bands" in entry else None,
        **{key: entry[key] for key in scalars if key in entry},
    )


def bands(entries: list[Table]) -> tuple[Band, ...]:
    """Return bands from their tables."""
    return tuple(
        Band(
            entry["price"],
            hours(entry),
            _days(entry),
            months(*entry["months"]) if "months" in entry else (Season(),),
            entry["name"],
        )
        for entry in entries
    )


def hours(entry: Table) -> Hours:
    """Return the hours of a table; all day when left out."""
    return tuple((start, end) for start, end in entry.get("hours", ((0, 24),)))


def value(entry: Table, name: str, otherwise: float = 0.0) -> float:
    """Return one number of a table."""
    return float(entry[name]["value"]) if name in entry else otherwise


def _figures(entry: Table) -> Iterator[Figure]:
    """Yield the numbers of a table, its lists and its records."""
    for key, number in entry.items():
        if key in _LISTS:
            for one in number:
                yield from _members(one, one["name"])
        elif key in _RECORDS:
            yield from _members(number, key)
        elif isinstance(number, dict):
            yield _figure(key, _numbers(number["value"]), number)


def _members(entry: Table, name: str) -> Iterator[Figure]:
    """Yield the bands of a part, or all its numbers as one."""
    if "bands" in entry:
        for band in entry["bands"]:
            yield _figure(f"{name} {band['name']}", (float(band["price"]),), band)
    if "source" in entry:
        told = (
            "price",
            "amount",
            "kw",
            "price_kw_year",
            "adders",
            "steps",
            "cash_out",
            "factor",
            "adder",
        )
        values = [number for key in told if key in entry for number in _numbers(entry[key])]
        yield _figure(name, tuple(values), entry)


def _figure(name: str, values: tuple[float, ...], entry: Table) -> Figure:
    """Return a figure, refusing one without status and source."""
    if not all(entry.get(key) for key in _SAID):
        raise ValueError(f"{name}: every number needs a status and a source")
    return Figure(name, values, entry["status"], entry["source"])


def _numbers(given: Any) -> tuple[float, ...]:
    """Return a number, or the numbers of a list of any depth, as one row."""
    if isinstance(given, list):
        return tuple(number for one in given for number in _numbers(one))
    return (float(given),)


def _plain(entry: Table) -> dict[str, Any]:
    """Return a table without what is said about its numbers."""
    return {key: number for key, number in entry.items() if key not in _SAID}


def _days(entry: Table) -> tuple[DayType, ...]:
    """Return the kinds of days of a table; every kind when left out."""
    return tuple(DayType[day.upper()] for day in entry.get("days", ()))


def _per(entry: Table, name: str = "per", otherwise: str = "month") -> Per:
    """Return what an amount or a maximum is for."""
    return Per[entry.get(name, otherwise).upper()]


def _taxes(entry: Table) -> Taxes:
    """Return the taxes of a table."""
    return Taxes(
        vat=value(entry, "vat"),
        standing_vat=value(entry, "standing_vat") if "standing_vat" in entry else None,
        per_kwh=value(entry, "excise"),
        included=entry.get("taxes_included", False),
    )


def _adder_tariff(entry: Table) -> Tariff:
    """Return the price of an adder: its bands, or one price."""
    return TimeOfUse(bands(entry["bands"])) if "bands" in entry else Flat(entry["price"])


def _blocks(entry: Table) -> Blocks:
    """Return blocks from their table."""
    return Blocks(
        bounds_kwh=tuple(entry["bounds_kwh"]),
        adders=tuple(entry["adders"]),
        per=_per(entry),
        months=tuple(entry.get("months", ALL_MONTHS)),
        name=entry["name"],
    )


def _demand(entry: Table) -> Demand:
    """Return a demand charge from its table."""
    scalars = ("name", "price", "minutes", "highest", "one_a_day", "minimum_kw", "rolling")
    return Demand(
        **{key: entry[key] for key in scalars if key in entry},
        per=_per(entry),
        over=_per(entry, "over"),
        window=Window(hours(entry), _days(entry), tuple(entry.get("months", ALL_MONTHS))),
        steps=tuple((kw, amount) for kw, amount in entry.get("steps", ())),
    )
