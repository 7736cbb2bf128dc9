"""One meter under several named tariffs: what each would have cost, and line by line how."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

import numpy as np

from gridsim.billing.lines import SHARES, Bill, Line
from gridsim.billing.meter import Meter
from gridsim.billing.settle import settle
from gridsim.core.clock import Clock, date_of, local_s
from gridsim.core.errors import DataError
from gridsim.signals import dynamic, presets, tempo, tempo_days
from gridsim.signals.contract import Contract
from gridsim.signals.dynamic import Wholesale
from gridsim.signals.presets import Preset
from gridsim.signals.tempo import Colours

PLACES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "France": ("Europe/Paris", "FR"),
        "Germany": ("Europe/Berlin", "DE"),
        "United Kingdom": ("Europe/London", "GB"),
        "Spain": ("Europe/Madrid", "ES"),
        "Belgium": ("Europe/Brussels", "BE"),
        "Norway": ("Europe/Oslo", "NO"),
        "Ireland": ("Europe/Dublin", "IE"),
        "Ontario": ("America/Toronto", "CA"),
        "California": ("America/Los_Angeles", "US"),
        "Japan": ("Asia/Tokyo", "JP"),
    }
)
"""Time zone, and country of the public holidays, where a tariff is sold."""


@dataclass(frozen=True, slots=True)
class Local:
    """What tariffs leave to the place, to the days and to the market.

    Parameters
    ----------
    off_peak : tuple of (float, float)
        Local off-peak hours [from, to) of tariffs whose hours differ by place; from > to goes
        through midnight; empty: those of the tariff. [h]
    colours : Colours or None
        Tempo days besides the real ones that are built in.
    called : tuple of int or None
        Numbers of the called days of critical-peak tariffs; None: not known.
    prices : Path or None
        CSV of wholesale prices, for dynamic tariffs.
    """

    off_peak: tuple[tuple[float, float], ...] = ()
    colours: Colours | None = None
    called: tuple[int, ...] | None = None
    prices: Path | None = None


@dataclass(frozen=True, slots=True)
class Priced:
    """A meter's bill under one tariff.

    Parameters
    ----------
    name : str
        Of the tariff.
    contract : Contract
        What would have been signed.
    bill : Bill
        What it would have cost.
    valid : tuple of (date or None, date or None)
        First and last day of the prices, as far as they are known.
    """

    name: str
    contract: Contract
    bill: Bill
    valid: tuple[dt.date | None, dt.date | None] = (None, None)


@dataclass(frozen=True, slots=True)
class Comparison:
    """A meter under several tariffs.

    Parameters
    ----------
    meter : Meter
        What was taken and fed in.
    tariffs : tuple of Priced
        In the order in which they were asked for.
    notes : tuple of str
        What a reader should know.
    """

    meter: Meter
    tariffs: tuple[Priced, ...]
    notes: tuple[str, ...]


def usual_place(names: Sequence[str]) -> tuple[str, str] | None:
    """Return time zone and country of holidays where all named tariffs are sold; None if unlike.

    Raises
    ------
    ValueError
        If no tariff has such a name.
    """
    found = {PLACES.get(presets.preset(name).country) for name in names}
    return found.pop() if len(found) == 1 else None


def compare(
    meter: Meter, tariffs: Sequence[tuple[str, Contract | None]], local: Local
) -> Comparison:
    """Return what a meter would have cost under each tariff.

    Parameters
    ----------
    meter : Meter
        What was taken and fed in.
    tariffs : sequence of (str, Contract or None)
        How each is called, and what is signed; None for a named tariff.
    local : Local
        What the tariffs leave open.

    Raises
    ------
    ValueError
        If no tariff has such a name.
    DataError
        If a tariff needs colours, called days or prices that are not there.
    """
    found = tuple(_priced(meter, name, own, local) for name, own in tariffs)
    return Comparison(meter, found, tuple(_notes(meter, found, local)))


def merged(bill: Bill) -> tuple[Line, ...]:
    """Return the lines of a single home's bill, those of all periods put together.

    Lines of the same kind, name and unit are added up; the rate is theirs, or their mean where it
    changes. They stand in the order of the shares of a bill, then of their first period.
    """
    groups: dict[tuple[int, str, str], list[Line]] = {}
    for line in bill.lines:
        groups.setdefault((int(line.kind), line.name, line.unit), []).append(line)
    share = {int(kind): place for place, kinds in enumerate(SHARES) for kind in kinds}
    ordered = sorted(groups.items(), key=lambda group: share[group[0][0]])
    return tuple(_added(lines) for _, lines in ordered)


def _added(lines: list[Line]) -> Line:
    """Return the sum of lines that differ in their period only."""
    first = lines[0]
    quantity = np.sum([line.quantity for line in lines], axis=0)
    amount = np.sum([line.amount for line in lines], axis=0)
    rates = [float(line.rate) for line in lines if line.amount]
    if rates and np.ptp(rates) <= 1e-12 * max(map(abs, rates)):
        rate = rates[0]
    elif rates and np.isfinite(rates).all() and quantity:
        rate = float(amount / quantity)
    else:
        rate = float(first.rate) if not rates else np.nan
    taxes = [line.tax for line in lines if line.tax is not None]
    note = first.note if all(line.note == first.note for line in lines) else ""
    unit = first.unit
    if unit == "kW" and len(lines) > 1:  # a sum of powers is none that was ever taken
        unit = f"kW in {len(lines)} periods"
    return Line(
        first.kind, first.name, min(line.first_day for line in lines),
        max(line.last_day for line in lines), quantity, unit, np.asarray(rate), amount, note,
        np.sum(taxes, axis=0) if taxes else None,
    )  # fmt: skip


def _priced(meter: Meter, name: str, own: Contract | None, local: Local) -> Priced:
    """Return the bill under one tariff."""
    if own is not None:
        bill = settle(own, meter.clock, meter.import_kwh, meter.export_kwh)
        return Priced(name, own, bill)
    chosen = presets.preset(name)
    contract = presets.named(
        name,
        _colours(meter, local) if chosen.needs_colours else None,
        _called(chosen, meter, local),
        _wholesale(chosen, meter, local),
        off_peak=local.off_peak if chosen.local_hours else (),
    )
    bill = settle(contract, meter.clock, meter.import_kwh, meter.export_kwh)
    return Priced(name, contract, bill, (chosen.valid_from, chosen.valid_until))


def _colours(meter: Meter, local: Local) -> Colours:
    """Return the colours of the Tempo days that the meter touches."""
    days = tempo.tempo_day(meter.clock)
    try:
        return tempo_days.of_days(int(days[0]), int(days[-1]) + 1, local.colours)
    except DataError as lacking:
        raise DataError(f"{lacking}; name a CSV with the columns date,colour: --colours") from None


def _called(chosen: Preset, meter: Meter, local: Local) -> tuple[int, ...]:
    """Return the called days of a critical-peak tariff, refused where they are not known."""
    if chosen.days is None:
        return ()
    may = np.isin(meter.clock.month, chosen.days.months)
    if local.called is None and may.any():
        raise DataError(
            f"{chosen.name}: nobody has said which of the meter's days were called; name them"
            " (--called 2024-07-09,2024-07-11), or none (--called none)"
        )
    return tuple(sorted(local.called or ()))


def _wholesale(chosen: Preset, meter: Meter, local: Local) -> Wholesale | None:
    """Return the wholesale price on the meter's clock, for a dynamic tariff."""
    if not chosen.needs_prices:
        return None
    if local.prices is None:
        raise DataError(
            f"{chosen.name}: its prices follow the market; name a CSV of wholesale prices with a"
            " column time and one of price (per kWh) or price_mwh: --prices"
        )
    return Wholesale(meter.clock, dynamic.read(local.prices, meter.clock))


def _notes(meter: Meter, found: tuple[Priced, ...], local: Local) -> list[str]:
    """Return what a reader of the bills should know."""
    first, last = date_of(meter.clock.local_day[0]), date_of(meter.clock.local_day[-1])
    notes = []
    dated = [one for one in found if _outside(one.valid, first, last)]
    if dated:
        told = ", ".join(f"{one.name} {_span(one.valid)}" for one in dated)
        notes.append(
            f"the rows are of {first} to {last}, the prices of other dates ({told}): the bills say"
            " what these days would have cost at those prices"
        )
    named = [presets.preset(one.name) for one in found if one.valid[0] is not None]
    own_hours = [chosen.name for chosen in named if chosen.local_hours]
    if own_hours and not local.off_peak:
        notes.append(
            f"{', '.join(own_hours)}: off-peak hours differ by place, taken are those of the list;"
            " yours stand on your bill: --off-peak"
        )
    if local.off_peak:
        notes += _hours_notes(own_hours, meter, local)
    for chosen in named:
        there = PLACES.get(chosen.country)
        if there is not None and not _same_clock(there[0], meter.clock):
            notes.append(
                f"{chosen.name} is sold in {chosen.country}; its hours are taken by the clock of"
                f" {meter.clock.timezone}"
            )
    return notes + _market_notes(named, meter, local) + _called_notes(named, meter, local)


def _same_clock(timezone: str, clock: Clock) -> bool:
    """Tell whether the days of a clock begin and end at the same moments in another time zone."""
    days = (date_of(day) for day in np.unique(clock.local_day))
    return all(local_s(day, timezone) == local_s(day, clock.timezone) for day in days)


def _market_notes(named: list[Preset], meter: Meter, local: Local) -> list[str]:
    """Return how high wholesale prices are in the money of the tariffs, which a file lacks."""
    money = dict.fromkeys(chosen.currency for chosen in named if chosen.needs_prices)
    if local.prices is None or not money:
        return []
    price = dynamic.read(local.prices, meter.clock)
    return [
        f"{local.prices.name} is taken to hold {one}: {price.mean():.4f} {one}/kWh on average,"
        f" {price.min():.4f} to {price.max():.4f}"
        for one in money
    ]


def _called_notes(named: list[Preset], meter: Meter, local: Local) -> list[str]:
    """Return which called days are none of the meter's, or have no bearing."""
    if not local.called:
        return []
    if not any(chosen.days for chosen in named):
        return ["--called has no bearing: no tariff calls days"]
    lost = [day for day in sorted(set(local.called)) if day not in meter.clock.local_day]
    told = ", ".join(str(date_of(day)) for day in lost)
    return [f"called days that the meter does not hold: {told}"] if lost else []


def _hours_notes(own_hours: list[str], meter: Meter, local: Local) -> list[str]:
    """Return what should be known of off-peak hours that were given."""
    notes = [] if own_hours else ["--off-peak has no bearing: no tariff has hours of the place"]
    cut = [hour for span in local.off_peak for hour in span if hour * 3600 % meter.clock.step_s]
    if own_hours and cut:
        notes.append(
            f"off-peak hours begin or end within a row of {meter.clock.step_s // 60} min: a row is"
            " priced by its beginning"
        )
    return notes


def _outside(valid: tuple[dt.date | None, dt.date | None], first: dt.date, last: dt.date) -> bool:
    """Tell whether some day lies outside the dates of prices."""
    begin, end = valid
    return (begin is not None and first < begin) or (end is not None and last > end)


def _span(valid: tuple[dt.date | None, dt.date | None]) -> str:
    """Return the dates of prices in words."""
    begin, end = valid
    return f"from {begin}" if end is None else f"{begin} to {end}"
