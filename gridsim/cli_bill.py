"""The command ``gridsim bill``: a meter file under named tariffs."""

import datetime as dt
import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from gridsim.saying import telling

# Everything heavy is imported inside the command: --help must answer within 0.3 s.
if TYPE_CHECKING:
    from gridsim.bills import Local, Reading

_Given = TypeVar("_Given")
_SPAN = re.compile(r"(\d\d?):(\d\d)-(\d\d?):(\d\d)")


def bill(
    meter: Annotated[
        Path, typer.Argument(metavar="METER", help="Export of Enedis (Linky), or CSV; gzip too.")
    ],
    *,
    tariff: Annotated[
        list[str],
        typer.Option(
            "--tariff",
            metavar="NAME",
            help="Of gridsim list, or SCENARIO.toml:ARM; repeatable.",
        ),
    ],
    timezone: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="Where the home is. [default: Enedis: Europe/Paris]"),
    ] = None,
    clock: Annotated[
        str | None,
        typer.Option(
            metavar="UTC|+HH:MM", help="Clock of times without offset. [default: the wall clock]"
        ),
    ] = None,
    stamp: Annotated[
        str | None,
        typer.Option(
            metavar="start|end",
            help="What a row's time names. [default: as the column's name says; Enedis: end]",
        ),
    ] = None,
    unit: Annotated[
        str | None,
        typer.Option(metavar="w|kw|wh|kwh", help="Unit of the values. [default: as named]"),
    ] = None,
    gaps: Annotated[
        str,
        typer.Option(
            metavar="refuse|zero|interpolate|same_week", help="What is done with missing rows."
        ),
    ] = "refuse",
    imports: Annotated[
        str | None, typer.Option("--import", metavar="COLUMN", help="What was taken.")
    ] = None,
    exports: Annotated[
        str | None, typer.Option("--export", metavar="COLUMN", help="What was fed in.")
    ] = None,
    since: Annotated[
        str | None, typer.Option("--from", metavar="DATE", help="First local date to bill.")
    ] = None,
    until: Annotated[
        str | None, typer.Option(metavar="DATE", help="Local date after the last to bill.")
    ] = None,
    off_peak: Annotated[
        list[str] | None,
        typer.Option(
            metavar="HH:MM-HH:MM",
            help="Local off-peak hours, not of Tempo. May be repeated or listed with commas.",
        ),
    ] = None,
    colours: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="CSV date,colour of Tempo days; those from 2014-09 to 2023-08-03 are built in.",
        ),
    ] = None,
    called: Annotated[
        str | None,
        typer.Option(metavar="DATES|none", help="Called days of critical-peak tariffs, by commas."),
    ] = None,
    prices: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="CSV of wholesale prices, for dynamic tariffs."),
    ] = None,
    holidays: Annotated[
        str | None,
        typer.Option(
            metavar="COUNTRY", help="Public holidays, as FR. [default: where the tariffs are sold]"
        ),
    ] = None,
    most_kw: Annotated[
        float, typer.Option(metavar="KW", help="Power above which a row is refused.")
    ] = 100.0,
    by_month: Annotated[
        bool, typer.Option("--by-month", help="Lines of each billing period by themselves.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Answer in JSON.")] = False,
) -> None:
    """Tell what a home would have paid under each tariff for what its meter counted."""
    with telling():
        from gridsim import bills

        reading = _reading(
            {"timezone": timezone, "clock": clock, "country": holidays},
            {"stamp": stamp, "unit": unit, "imports": imports, "exports": exports},
            gaps, (_date("--from", since), _date("--until", until)), most_kw,
        )  # fmt: skip
        local = _local(off_peak or [], colours, called, prices)
        try:
            found = bills.bill(meter, tariff, reading=reading, local=local)
        except ValueError as wrong:
            raise typer.BadParameter(str(wrong)) from None
        if as_json:
            import json

            typer.echo(json.dumps(bills.document(found, by_month=by_month), indent=2))
            return
        typer.echo(bills.text(found, by_month=by_month))


def _reading(
    place: dict[str, str | None],
    columns: dict[str, str | None],
    gaps: str,
    period: tuple[dt.date | None, dt.date | None],
    most_kw: float,
) -> "Reading":
    """Return how the file is to be read, refused in the words of the command line."""
    from gridsim.billing.meter import Reading
    from gridsim.billing.meter_columns import UNITS, Stamp, Wanted
    from gridsim.billing.meter_gaps import Gaps

    stamps = {one.name.lower(): one for one in Stamp}
    rules = {one.name.lower(): one for one in Gaps}
    wanted = Wanted(
        unit=_chosen("--unit", columns["unit"], UNITS),
        stamp=_chosen("--stamp", columns["stamp"], stamps),
        imports=columns["imports"],
        exports=columns["exports"],
    )
    how = _chosen("--gaps", gaps, rules) or Gaps.REFUSE
    try:
        return Reading(
            timezone=place["timezone"], clock=place["clock"], wanted=wanted, gaps=how,
            country=place["country"], first=period[0], end=period[1], most_kw=most_kw,
        )  # fmt: skip
    except ValueError as wrong:
        raise typer.BadParameter(str(wrong)) from None


def _local(
    off_peak: list[str], colours: Path | None, called: str | None, prices: Path | None
) -> "Local":
    """Return what the tariffs leave open."""
    from gridsim.bills import Local
    from gridsim.core.clock import day_number
    from gridsim.signals import tempo

    spans = [_hours(span) for text in off_peak for span in text.split(",")]
    names = [] if called in (None, "none") else str(called).split(",")
    dates = [_date("--called", name.strip()) for name in names]
    return Local(
        off_peak=tuple(spans),
        colours=None if colours is None else tempo.read_colours(colours),
        called=None if called is None else tuple(day_number(date) for date in dates if date),
        prices=prices,
    )


def _chosen(option: str, said: str | None, known: dict[str, _Given]) -> _Given | None:
    """Return what a word stands for."""
    if said is None:
        return None
    if said.casefold() not in known:
        raise typer.BadParameter(f"{option} must be one of {', '.join(known)}, got {said!r}")
    return known[said.casefold()]


def _date(option: str, said: str | None) -> dt.date | None:
    """Return the date that an option names."""
    if said is None:
        return None
    try:
        return dt.date.fromisoformat(said)
    except ValueError:
        raise typer.BadParameter(
            f"{option} must be a date such as 2022-11-01, got {said!r}"
        ) from None


def _hours(said: str) -> tuple[float, float]:
    """Return the hours of ``22:00-06:00``."""
    found = _SPAN.fullmatch(said.strip())
    parts = [int(part) for part in found.groups()] if found else [99] * 4
    if max(parts[1], parts[3]) > 59 or max(parts[0], parts[2]) > 24:
        raise typer.BadParameter(f"--off-peak must be like 22:00-06:00, got {said.strip()!r}")
    return parts[0] + parts[1] / 60, (parts[2] + parts[3] / 60) or 24.0
