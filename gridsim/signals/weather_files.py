"""Weather files: EPW, TMY3 and CSV, plain or gzip, read into one kind of table.

Every file is checked line by line before pvlib sees it, so that what is wrong is said in the
user's words. EPW and TMY3 hold a typical year: their hours 1-24 end at that hour of local standard
time, irradiance is the mean of the hour, temperature is that of the end of the hour, and months
come from different years (EnergyPlus Auxiliary Programs; NREL/TP-581-43156).

CSV holds real time. The first line names the columns, in any order:

================  ===========================================================================
``time``          start of the row, ISO 8601 with UTC offset; or ``time_utc`` without offset
``temp_c``        mean air temperature of the row, -90 to 60 [C]
``ghi_w_m2``      mean global horizontal irradiance of the row, -10 to 1600 [W/m2]
``dni_w_m2``      optional: mean beam-normal irradiance [W/m2]
``dhi_w_m2``      optional: mean diffuse horizontal irradiance [W/m2]
``wind_m_s``      optional: wind speed [m/s]
================  ===========================================================================

Rows are equally long, any whole number of seconds up to an hour; rows may be missing where the
scenario's period does not need them.
"""

import io
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from gridsim.core.arrays import F8, I8
from gridsim.core.errors import DataError
from gridsim.signals import timed_csv
from gridsim.signals.weather_table import (
    LEAP_DAYS,
    LIMITS,
    Series,
    Table,
    check_limits,
    leap_day,
)

HOUR_S = 3600
_HOURS_OF_YEAR = (8760, 8784)
_DAYS_OF_MONTH = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_EPW_HEADER_LINES = 8
_EPW_AT = {"temp_c": 6, "ghi_w_m2": 13, "dni_w_m2": 14, "dhi_w_m2": 15, "wind_m_s": 21}
_EPW_FROM = {
    "temp_c": "temp_air",
    "ghi_w_m2": "ghi",
    "dni_w_m2": "dni",
    "dhi_w_m2": "dhi",
    "wind_m_s": "wind_speed",
}
_TMY3_NAMES = {
    "temp_c": "Dry-bulb (C)",
    "ghi_w_m2": "GHI (W/m^2)",
    "dni_w_m2": "DNI (W/m^2)",
    "dhi_w_m2": "DHI (W/m^2)",
    "wind_m_s": "Wspd (m/s)",
}
_TMY3_DATE, _TMY3_TIME = "Date (MM/DD/YYYY)", "Time (HH:MM)"


@dataclass(frozen=True, slots=True)
class _Hours:
    """The months, days and hours 1-24 of the rows of a typical year, and their lines."""

    month: I8
    day: I8
    hour: I8
    lines: I8


def read(path: Path) -> Table:
    """Read a weather file, of whatever kind it is by its first lines.

    Parameters
    ----------
    path : Path
        EPW, TMY3 or CSV, plain or gzip.

    Returns
    -------
    Table

    Raises
    ------
    DataError
        Naming file, line, column, what is wrong and what is allowed.
    """
    name = str(path)
    text = timed_csv.read_text(Path(path))
    head = text.split("\n", 2)
    if head[0].upper().startswith("LOCATION"):
        return _read_epw(text, name)
    if len(head) > 1 and _TMY3_DATE in head[1]:
        return _read_tmy3(text, name)
    cells = [cell.strip() for cell in head[0].split(",")]
    if "time" in cells or "time_utc" in cells:
        return _read_csv(text, name)
    raise DataError(
        f"{name}:1: neither EPW (starts with LOCATION), nor TMY3 (second line starts with"
        f" {_TMY3_DATE!r}), nor CSV with a column 'time' or 'time_utc'"
    )


def _read_csv(text: str, name: str) -> Table:
    """Read a CSV file of real time."""
    optional = ("dni_w_m2", "dhi_w_m2", "wind_m_s")
    found = timed_csv.parse(text, name, ("temp_c", "ghi_w_m2"), optional)
    for column, values in found.columns.items():
        check_limits(name, column, values, found.lines)
    label = Path(name).name
    series = _series(found.columns)
    middle = found.step_s // 2
    return Table(label, False, found.step_s, 0, middle, found.start_s, series, None)


def _read_epw(text: str, name: str) -> Table:
    """Read an EPW file."""
    lines = text.splitlines()
    _epw_site(lines[0], name)
    rows = [line.split(",") for line in lines[_EPW_HEADER_LINES:] if line.strip()]
    hours = _epw_hours(rows, name)
    slot = _slots(hours, name)

    def parse(pvlib_iotools: Any) -> tuple[Any, dict[str, Any]]:
        # one leap year for all months, so that a 29 February of any year is read
        data, meta = pvlib_iotools.read_epw(io.StringIO(text), coerce_year=2000)
        return data.rename(columns={old: new for new, old in _EPW_FROM.items()}), meta

    data, meta = _through_pvlib(parse, name)
    columns = {column: data[column].to_numpy(dtype=np.float64) for column in LIMITS}
    for column, values in columns.items():
        check_limits(name, column, values, hours.lines)
    label = f"{meta['city']} ({Path(name).name})"
    return _typical(columns, slot, label, meta)


def _epw_site(line: str, name: str) -> None:
    """Refuse a LOCATION line whose numbers pvlib would stumble over."""
    cells = line.split(",")
    if len(cells) < 10:
        raise DataError(f"{name}:1: LOCATION has {len(cells)} cells, 10 are needed")
    low_high = {"latitude": (-90, 90), "longitude": (-180, 180), "time zone": (-12, 14)}
    for at, what in ((6, "latitude"), (7, "longitude"), (8, "time zone")):
        value = timed_csv.number(cells[at], f"{name}:1: {what}")
        low, high = low_high[what]
        if not low <= value <= high:
            raise DataError(f"{name}:1: {what}: {cells[at]!r}, allowed is {low} to {high}")
    timed_csv.number(cells[9], f"{name}:1: elevation")


def _epw_hours(rows: list[list[str]], name: str) -> _Hours:
    """Return the hours of an EPW file, every cell that is used being a number."""
    first = _EPW_HEADER_LINES + 1
    whole = np.zeros((len(rows), 3), dtype=np.int64)
    for i, cells in enumerate(rows):
        if len(cells) <= _EPW_AT["wind_m_s"]:
            raise DataError(
                f"{name}:{first + i}: {len(cells)} cells, a row of EPW data has 35"
                f" (at least {_EPW_AT['wind_m_s'] + 1} are needed)"
            )
        for at, what in ((1, "month"), (2, "day"), (3, "hour")):
            whole[i, at - 1] = _whole(cells[at], f"{name}:{first + i}: {what}")
        for column, at in _EPW_AT.items():
            timed_csv.number(cells[at], f"{name}:{first + i}: {column} (column {at + 1})")
    lines = first + np.arange(len(rows), dtype=np.int64)
    return _Hours(whole[:, 0], whole[:, 1], whole[:, 2], lines)


def _read_tmy3(text: str, name: str) -> Table:
    """Read a TMY3 file."""
    lines = text.splitlines()
    site = lines[0].split(",")
    if len(site) < 7:
        raise DataError(f"{name}:1: {len(site)} cells, a TMY3 file starts with 7 about the site")
    for at, what in ((3, "time zone"), (4, "latitude"), (5, "longitude"), (6, "elevation")):
        timed_csv.number(site[at], f"{name}:1: {what}")
    header = [cell.strip() for cell in lines[1].split(",")]
    lacking = [cell for cell in (_TMY3_TIME, *_TMY3_NAMES.values()) if cell not in header]
    if lacking:
        raise DataError(f"{name}:2: column {lacking[0]!r} is missing")
    hours = _tmy3_hours([line.split(",") for line in lines[2:] if line.strip()], header, name)
    slot = _slots(hours, name)
    data, meta = _through_pvlib(
        lambda iotools: iotools.read_tmy3(io.StringIO(text), map_variables=False), name
    )
    columns = {
        column: data[theirs].to_numpy(dtype=np.float64) for column, theirs in _TMY3_NAMES.items()
    }
    for column, values in columns.items():
        check_limits(name, column, values, hours.lines)
    label = f"{str(meta['Name']).strip(chr(34))} ({Path(name).name})"
    return _typical(columns, slot, label, meta)


def _tmy3_hours(rows: list[list[str]], header: list[str], name: str) -> _Hours:
    """Return the hours of a TMY3 file, every cell that is used being a number."""
    whole = np.zeros((len(rows), 3), dtype=np.int64)
    numbers = {column: header.index(theirs) for column, theirs in _TMY3_NAMES.items()}
    date_at, time_at = header.index(_TMY3_DATE), header.index(_TMY3_TIME)
    for i, cells in enumerate(rows):
        where = f"{name}:{i + 3}"
        if len(cells) != len(header):
            raise DataError(f"{where}: {len(cells)} cells, the header has {len(header)}")
        date = cells[date_at].split("/")
        clock = cells[time_at].split(":")
        if len(date) != 3 or len(clock) != 2 or clock[1] != "00":
            raise DataError(f"{where}: {cells[date_at]} {cells[time_at]} is not MM/DD/YYYY HH:00")
        whole[i] = [_whole(part, f"{where}: date and time") for part in (*date[:2], clock[0])]
        for column, at in numbers.items():
            timed_csv.number(cells[at], f"{where}: {header[at]} ({column})")
    lines = 3 + np.arange(len(rows), dtype=np.int64)
    return _Hours(whole[:, 0], whole[:, 1], whole[:, 2], lines)


def _typical(columns: dict[str, F8], slot: I8, label: str, meta: dict[str, Any]) -> Table:
    """Return a typical year of 366 days; without a 29 February the 28th is told twice."""
    laid = {}
    leap = int(leap_day(np.array([2]), np.array([29]))[0])
    for column, values in columns.items():
        year = np.full(LEAP_DAYS * 24, np.nan)
        year[slot] = values
        days = year.reshape(LEAP_DAYS, 24)
        if len(values) == _HOURS_OF_YEAR[0]:
            days[leap] = days[leap - 1]
        laid[column] = year
    none = np.zeros(0, dtype=np.int64)
    site = (float(meta["latitude"]), float(meta["longitude"]))
    offset_s = round(float(meta["TZ"]) * HOUR_S)
    return Table(label, True, HOUR_S, offset_s, HOUR_S, none, _series(laid), site)


def _slots(hours: _Hours, name: str) -> I8:
    """Return the place of each row in a leap year, every hour of the year once."""
    count = len(hours.lines)
    if count not in _HOURS_OF_YEAR:
        raise DataError(f"{name}: {count} rows of data, a typical year has 8760 (or 8784)")
    month_ok = (hours.month >= 1) & (hours.month <= 12)
    last = np.array(_DAYS_OF_MONTH)[np.where(month_ok, hours.month, 1) - 1]
    day_ok = (hours.day >= 1) & (hours.day <= last)
    hour_ok = (hours.hour >= 1) & (hours.hour <= 24)
    bad = np.flatnonzero(~(month_ok & day_ok & hour_ok))
    if len(bad):
        i = bad[0]
        raise DataError(
            f"{name}:{hours.lines[i]}: month {hours.month[i]} day {hours.day[i]} hour"
            f" {hours.hour[i]} does not exist; hours are numbered 1 to 24"
        )
    slot = leap_day(hours.month, hours.day) * 24 + hours.hour - 1
    first = np.unique(slot, return_index=True)[1]
    if len(first) < count:
        i = np.setdiff1d(np.arange(count), first)[0]
        raise DataError(
            f"{name}:{hours.lines[i]}: month {hours.month[i]} day {hours.day[i]} hour"
            f" {hours.hour[i]} stands there twice"
        )
    return slot


def _series(columns: dict[str, F8]) -> Series:
    """Return the columns, small negative irradiances of instruments at night set to zero."""
    sun = {
        key: np.maximum(columns[key], 0.0) if key in columns else None
        for key in ("ghi_w_m2", "dni_w_m2", "dhi_w_m2")
    }
    ghi = sun["ghi_w_m2"]
    assert ghi is not None  # both readers require it
    return Series(columns["temp_c"], ghi, sun["dni_w_m2"], sun["dhi_w_m2"], columns.get("wind_m_s"))


def _whole(cell: str, where: str) -> int:
    """Return the whole number in a cell."""
    try:
        return int(cell)
    except ValueError:
        raise DataError(f"{where}: {cell.strip()!r} is not a whole number") from None


def _through_pvlib(
    parse: Callable[[Any], tuple[Any, dict[str, Any]]], name: str
) -> tuple[Any, dict[str, Any]]:
    """Let pvlib read what has been checked; whatever still trips it is the file's fault."""
    from pvlib import iotools  # noqa: PLC0415  (a second of import time the CLI must not pay)

    try:
        return parse(iotools)
    except (ValueError, KeyError, IndexError, TypeError) as wrong:
        raise DataError(f"{name}: cannot be understood ({wrong})") from wrong
