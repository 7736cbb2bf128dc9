"""Bills from the library: a meter file under named tariffs, as numbers, as text and as JSON."""

import datetime as dt
import math
import os
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from gridsim.billing import compare, meter
from gridsim.billing.compare import Comparison, Local, Priced
from gridsim.billing.lines import Line
from gridsim.billing.meter import Meter, Reading
from gridsim.core.clock import date_of
from gridsim.signals.contract import Contract

if TYPE_CHECKING:
    from gridsim.scenario.models import Scenario

__all__ = ["Comparison", "Local", "Reading", "bill", "document", "text"]

_DIGITS = 6
_MOST_DIGITS = 5  # of a rate in the table


def bill(
    file: str | os.PathLike[str] | Meter,
    tariffs: Sequence[str | Contract],
    *,
    reading: Reading | None = None,
    local: Local | None = None,
) -> Comparison:
    """Return what a home would have paid under each tariff for what its meter counted.

    Parameters
    ----------
    file : path or Meter
        A meter file, such as an export of Enedis or a CSV with time and kWh; or one that was read.
    tariffs : sequence of str or Contract
        Names of tariffs (``gridsim list``); ``FILE.toml:ARM`` for what an arm of a scenario signs;
        or contracts of one's own.
    reading : Reading, optional
        What the file does not say itself: time zone, unit, what is done with gaps.
    local : Local, optional
        What tariffs leave open: local off-peak hours, colours of days, called days, prices.

    Returns
    -------
    Comparison
        The meter, and for each tariff its contract and its bill, line by line.

    Raises
    ------
    DataError
        If the file is wrong, telling up to ten mistakes with their lines, or a tariff needs
        colours, called days or prices that are not there.
    ScenarioError
        If a scenario is wrong.
    ValueError
        If no tariff or arm has such a name.

    Examples
    --------
    >>> import gridsim as gs
    >>> found = gs.bill("linky.csv", ["base-2026", "tempo-2026"])    # doctest: +SKIP
    >>> {one.name: float(one.bill.total) for one in found.tariffs}   # doctest: +SKIP
    """
    terms = local or Local()
    arms = {name: _scenario(name) for name in tariffs if isinstance(name, str) and ":" in name}
    places = {_place(tariff, arms) for tariff in tariffs if isinstance(tariff, str)}
    if isinstance(file, Meter):
        found = file
    else:
        how = reading or Reading()
        zone, country = places.pop() if len(places) == 1 else (None, None)
        found = meter.read(
            Path(file),
            replace(how, usual_timezone=how.usual_timezone or zone, country=how.country or country),
        )
    signed: dict[str, Contract | None] = {}
    for tariff in tariffs:
        if isinstance(tariff, Contract):
            signed[_free(tariff.label or "own contract", signed)] = tariff
        else:
            signed[tariff] = _of_arm(tariff, arms, found, terms)
    return compare.compare(found, tuple(signed.items()), terms)


def document(found: Comparison, *, by_month: bool = False) -> dict[str, Any]:
    """Return a comparison for JSON, numbers unrounded to six decimals.

    ``energy`` is all that is paid per kWh with its taxes, ``standing`` and ``capacity`` are net of
    taxes, ``taxes`` those on what is not paid per kWh, ``export`` what comes back, negative; their
    sum is ``total``. ``lines`` are those of all billing periods put together, or one by one.

    Parameters
    ----------
    found : Comparison
        What to tell.
    by_month : bool
        Whether each billing period has lines of its own.
    """
    cheapest = _cheapest(found)
    return {
        "meter": _meter(found.meter),
        "tariffs": {
            one.name: _shares(one)
            | {
                "currency": one.bill.currency,
                "more_than_cheapest": _number(float(one.bill.total) - cheapest[one.bill.currency]),
                "label": one.contract.label,
                "valid_from": _date(one.valid[0]),
                "valid_until": _date(one.valid[1]),
                "lines": [_line(line) for line in _lines(one, by_month=by_month)],
                "notes": list(one.bill.notes),
            }
            for one in found.tariffs
        },
        "notes": list(found.notes),
    }


def text(found: Comparison, *, by_month: bool = False) -> str:
    """Return a comparison as it is told to people.

    Parameters
    ----------
    found : Comparison
        What to tell.
    by_month : bool
        Whether each billing period has lines of its own.
    """
    parts = [_head(found.meter), *(f"note: {note}" for note in (*found.meter.notes, *found.notes))]
    parts += ["", *_table(found)]
    for one in found.tariffs:
        parts += ["", f"{one.name}: {one.contract.label} [{one.bill.currency}]"]
        parts += _columns(
            [_cells(line, by_month=by_month) for line in _lines(one, by_month=by_month)], left=1
        )
        parts += [f"  note: {note}" for note in one.bill.notes]
    return "\n".join(parts)


def _scenario(name: str) -> "Scenario":
    """Return the scenario of ``FILE.toml:ARM``, refused if it has no such arm."""
    from gridsim import front  # noqa: PLC0415  (only who names a scenario waits for it)

    file, _, arm = name.rpartition(":")
    scenario = front.load(file)
    if arm not in scenario.arms:
        raise ValueError(f"{file} has no arm {arm!r}; it has {', '.join(scenario.arms)}")
    return scenario


def _place(tariff: str, arms: "Mapping[str, Scenario]") -> tuple[str | None, str | None]:
    """Return time zone and country where a tariff is sold, as far as they are known."""
    if tariff not in arms:
        if tariff.endswith(".toml"):
            raise ValueError(f"{tariff} is a scenario; say which arm is meant, as {tariff}:ARM")
        return compare.usual_place((tariff,)) or (None, None)
    from gridsim.scenario import where  # noqa: PLC0415

    here = where.place_of(arms[tariff])
    return here.timezone, here.country


def _of_arm(
    tariff: str, arms: "Mapping[str, Scenario]", found: Meter, local: Local
) -> Contract | None:
    """Return what an arm signs; None for a named tariff."""
    if tariff not in arms:
        return None
    from gridsim.scenario import metered  # noqa: PLC0415

    arm = tariff.rpartition(":")[2]
    signed: Contract = metered.contract(arms[tariff], arm, found.clock, local.colours)
    return signed


def _free(name: str, taken: "Mapping[str, Contract | None]") -> str:
    """Return a name, with a number if it is taken."""
    free = (name, *(f"{name} ({number})" for number in range(2, len(taken) + 2)))
    return next(one for one in free if one not in taken)


def _cheapest(found: Comparison) -> dict[str, float]:
    """Return the lowest total in each currency."""
    lowest: dict[str, float] = {}
    for one in found.tariffs:
        total = float(one.bill.total)
        lowest[one.bill.currency] = min(total, lowest.get(one.bill.currency, math.inf))
    return lowest


def _lines(one: Priced, *, by_month: bool) -> tuple[Line, ...]:
    """Return the lines of a bill, put together or period by period, without empty ones."""
    lines = one.bill.lines if by_month else compare.merged(one.bill)
    return tuple(line for line in lines if line.amount or line.quantity)


def _shares(one: Priced) -> dict[str, float | None]:
    """Return the shares of a bill and their sum."""
    names = ("energy", "standing", "taxes", "capacity", "export", "total")
    return {name: _number(float(getattr(one.bill, name))) for name in names}


def _line(line: Line) -> dict[str, Any]:
    """Return a line for JSON."""
    found: dict[str, Any] = {
        "kind": line.kind.name.lower(),
        "name": line.name,
        "from": str(date_of(line.first_day)),
        "until": str(date_of(line.last_day)),
        "quantity": _number(float(line.quantity)),
        "unit": line.unit,
        "rate": _number(float(line.rate)),
        "amount": _number(float(line.amount)),
    }
    if line.tax is not None:
        found["tax_within"] = _number(float(line.tax))
    return found


def _meter(found: Meter) -> dict[str, Any]:
    """Return what is known of a meter for JSON."""
    clock = found.clock
    return {
        "file": found.name,
        "timezone": clock.timezone,
        "start": _moment(clock.start_s, clock.timezone),
        "end": _moment(clock.end_s, clock.timezone),
        "days": _number((clock.end_s - clock.start_s) / 86_400),
        "step_minutes": clock.step_s // 60,
        "steps": clock.steps,
        "import_kwh": _number(float(found.import_kwh.sum())),
        "export_kwh": _number(float(found.export_kwh.sum())),
        "stamp": found.layout.stamp.name.lower(),
        "units": [unit.name.lower() for _, unit in found.layout.values],
        "filled": {
            "policy": found.gaps.name.lower(),
            "steps": sum(one.last - one.first for one in found.filled),
            "import_kwh": _number(sum(one.import_kwh for one in found.filled)),
            "export_kwh": _number(sum(one.export_kwh for one in found.filled)),
            "spans": [
                {
                    "from": _moment(clock.start_s + one.first * clock.step_s, clock.timezone),
                    "until": _moment(clock.start_s + one.last * clock.step_s, clock.timezone),
                    "import_kwh": _number(one.import_kwh),
                    "export_kwh": _number(one.export_kwh),
                }
                for one in found.filled
            ],
        },
        "notes": list(found.notes),
    }


def _number(value: float) -> float | None:
    """Return a number for JSON: six decimals, none for what is none, no minus zero."""
    return round(value, _DIGITS) + 0.0 if math.isfinite(value) else None


def _date(date: dt.date | None) -> str | None:
    """Return a date for JSON."""
    return None if date is None else str(date)


def _moment(second: int, timezone: str) -> str:
    """Return a UTC second as ISO 8601 in a time zone."""
    return dt.datetime.fromtimestamp(second, ZoneInfo(timezone)).isoformat(timespec="minutes")


def _head(found: Meter) -> str:
    """Return what the meter counted in a sentence, and what was filled in another."""
    clock = found.clock
    begin, end = (_moment(second, clock.timezone) for second in (clock.start_s, clock.end_s))
    told = (
        f"{found.name}: {found.import_kwh.sum():,.3f} kWh taken, {found.export_kwh.sum():,.3f} kWh"
        f" fed in, {begin} to {end}, {clock.steps:,} rows of {clock.step_s // 60} min,"
        f" {clock.timezone}"
    )
    if found.filled:
        steps = sum(one.last - one.first for one in found.filled)
        kwh = sum(one.import_kwh for one in found.filled)
        told += (
            f"\nfilled: {steps} rows in {len(found.filled)} gaps"
            f" ({found.gaps.name.lower()}), {kwh:,.3f} kWh taken"
        )
    return told


def _table(found: Comparison) -> list[str]:
    """Return the shares of all bills, a row for each tariff."""
    shown = {"energy", "standing", "taxes"} | {
        name
        for one in found.tariffs
        for name in ("capacity", "export")
        if abs(float(getattr(one.bill, name))) > 0.0
    }
    names = [n for n in ("energy", "standing", "taxes", "capacity", "export") if n in shown]
    cheapest = _cheapest(found)
    rows = [["tariff", *names, "total", "", "more than cheapest"]]
    for one in found.tariffs:
        total = float(one.bill.total)
        shares = [_money(float(getattr(one.bill, name))) for name in names]
        more = _money(total - cheapest[one.bill.currency])
        rows.append([one.name, *shares, _money(total), one.bill.currency, more])
    return _columns(rows, left=1)


def _cells(line: Line, *, by_month: bool) -> list[str]:
    """Return a line as cells of a table."""
    rate = float(line.rate)
    told = "" if math.isnan(rate) else f"x {rate:.{_MOST_DIGITS}f}"
    name = line.name
    if by_month:
        name = f"{date_of(line.first_day)} to {date_of(line.last_day - 1)} {name}"
    return [
        f"  {name}",
        f"{float(line.quantity):,.3f}",
        line.unit,
        told,
        _money(float(line.amount)),
    ]


def _money(amount: float) -> str:
    """Return an amount to the cent, never a minus zero."""
    return f"{round(amount, 2) + 0.0:,.2f}"


def _columns(rows: list[list[str]], left: int) -> list[str]:
    """Return rows of cells as lines; only the first ``left`` columns stand to the left."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return [
        "  ".join(
            cell.ljust(width) if place < left else cell.rjust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    ]
