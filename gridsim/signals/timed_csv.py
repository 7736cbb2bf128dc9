"""Reading text files, and CSV files with a time column, in the user's words when they are wrong.

The time column is either ``time``, ISO 8601 with a UTC offset in every cell
(``2022-11-01T00:00+01:00``, ``2022-10-31T23:00Z``), or ``time_utc``, ISO 8601 without one. Each
row holds for the interval that starts at its time; all rows are equally long, at most an hour.
"""

import csv
import datetime as dt
import gzip
import math
import zlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from gridsim.core.arrays import F8, I8
from gridsim.core.clock import Clock
from gridsim.core.errors import DataError

LONGEST_S = 3600
"""Longest row that is read. [s]"""

_GZIP = b"\x1f\x8b"
_MISSING = {"", "na", "nan", "null", "none", "-"}


@dataclass(frozen=True, slots=True)
class TimedColumns:
    """The numbers of a CSV file.

    Parameters
    ----------
    start_s : I8
        UTC second at which each row starts, rising, shape (n,).
    step_s : int
        Length of a row. [s]
    lines : I8
        Line of the file each row stands on, shape (n,).
    columns : dict of str to F8
        The columns asked for that the file has, shape (n,) each.
    """

    start_s: I8
    step_s: int
    lines: I8
    columns: dict[str, F8]


def read_text(path: Path) -> str:
    """Return the text of a plain or gzip file.

    Raises
    ------
    DataError
        If the file is missing, empty, cut off or not UTF-8.
    """
    try:
        raw = Path(path).read_bytes()
        if raw.startswith(_GZIP):
            raw = gzip.decompress(raw)
    except FileNotFoundError as missing:
        raise DataError(f"{path}: there is no such file") from missing
    except (EOFError, zlib.error, gzip.BadGzipFile) as cut:
        raise DataError(f"{path}: the gzip file is cut off or damaged ({cut})") from cut
    except OSError as unreadable:
        raise DataError(f"{path}: cannot be read ({unreadable.strerror})") from unreadable
    if not raw.strip():
        raise DataError(f"{path}: the file is empty")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        line = raw[: wrong.start].count(b"\n") + 1
        raise DataError(f"{path}:{line}: not UTF-8 text; save the file as UTF-8") from wrong


def parse(
    text: str, name: str, required: tuple[str, ...], optional: tuple[str, ...] = ()
) -> TimedColumns:
    """Return the wanted columns of CSV text.

    Parameters
    ----------
    text : str
        The file's text, commas between cells, a header in the first line.
    name : str
        File, for the messages.
    required, optional : tuple of str
        Columns that must, and that may, be there; others are left alone.

    Raises
    ------
    DataError
        Naming file, line, column, what is wrong and what is allowed.
    """
    rows = csv.reader(text.splitlines())
    header = [cell.strip() for cell in next(rows)]
    time_at = _time_column(header, name)
    wanted = _wanted_columns(header, name, required, optional)
    times: list[int] = []
    lines: list[int] = []
    cells: dict[str, list[float]] = {column: [] for column in wanted}
    aware = header[time_at] == "time"
    for row in rows:
        if not row:
            continue
        line = rows.line_num
        if len(row) != len(header):
            raise DataError(f"{name}:{line}: {len(row)} cells, the header has {len(header)}")
        times.append(_second(row[time_at], aware, f"{name}:{line}: {header[time_at]}"))
        lines.append(line)
        for column, at in wanted.items():
            cells[column].append(number(row[at], f"{name}:{line}: {column}"))
    start_s = np.array(times, dtype=np.int64)
    line_of = np.array(lines, dtype=np.int64)
    step_s = _step(start_s, line_of, name)
    return TimedColumns(start_s, step_s, line_of, {key: np.array(cells[key]) for key in wanted})


def number(cell: str, where: str) -> float:
    """Return the number in a cell, NaN for an empty one.

    Raises
    ------
    DataError
        If the cell holds something else.
    """
    try:
        return float(cell)
    except ValueError:
        if cell.strip().casefold() in _MISSING:
            return float("nan")
        raise DataError(f"{where}: {cell.strip()!r} is not a number") from None


def means(table: TimedColumns, column: str, clock: Clock, name: str) -> F8:
    """Return a column's mean over each step, each row holding from its time for its length.

    Raises
    ------
    DataError
        If rows of the period are missing, naming the dates.
    """
    piece_s = math.gcd(table.step_s, clock.step_s, clock.start_s - int(table.start_s[0]))
    per_step = clock.step_s // piece_s
    at = clock.start_s + piece_s * np.arange(clock.steps * per_step, dtype=np.int64)
    row = np.searchsorted(table.start_s, at, side="right") - 1
    lacking = (row < 0) | (at - table.start_s[row] >= table.step_s)
    if lacking.any():
        days = clock.local_day[np.flatnonzero(lacking) // per_step]
        raise DataError(f"{name}: rows for {missing_dates(days)} are missing")
    return np.asarray(table.columns[column][row].reshape(clock.steps, per_step).mean(axis=1))


def missing_dates(days: I8) -> str:
    """Return days since 1970-01-01 as dates, runs joined, at most five runs."""
    days = np.unique(days)
    runs = np.split(days, np.flatnonzero(np.diff(days) > 1) + 1)
    said = [
        f"{_date(run[0])}" if len(run) == 1 else f"{_date(run[0])} to {_date(run[-1])}"
        for run in runs[:5]
    ]
    more = f" and {len(runs) - 5} more stretches" if len(runs) > 5 else ""
    return ", ".join(said) + more


def _date(day: int) -> dt.date:
    """Return the date of a day number."""
    return dt.date(1970, 1, 1) + dt.timedelta(days=int(day))


def _time_column(header: list[str], name: str) -> int:
    """Return where the time stands."""
    found = [header.index(column) for column in ("time", "time_utc") if column in header]
    if len(found) != 1:
        raise DataError(
            f"{name}:1: the header needs one column 'time' (with UTC offsets) or 'time_utc',"
            f" it has {', '.join(map(repr, header))}"
        )
    return found[0]


def _wanted_columns(
    header: list[str], name: str, required: tuple[str, ...], optional: tuple[str, ...]
) -> dict[str, int]:
    """Return where the wanted columns stand."""
    twice = sorted({column for column in header if header.count(column) > 1})
    if twice:
        raise DataError(f"{name}:1: column {twice[0]!r} stands there twice")
    lacking = [column for column in required if column not in header]
    if lacking:
        raise DataError(
            f"{name}:1: column {', '.join(map(repr, lacking))} is missing; needed are"
            f" {', '.join(map(repr, required))}, the file has {', '.join(map(repr, header))}"
        )
    return {column: header.index(column) for column in (*required, *optional) if column in header}


def _second(cell: str, aware: bool, where: str) -> int:
    """Return the UTC second that a cell names."""
    try:
        when = dt.datetime.fromisoformat(cell.strip())
    except ValueError:
        raise DataError(
            f"{where}: {cell.strip()!r} is not an ISO 8601 time such as 2022-11-01T00:00+01:00"
        ) from None
    if aware and when.tzinfo is None:
        raise DataError(
            f"{where}: {cell.strip()!r} has no UTC offset; write 2022-11-01T00:00+01:00,"
            " or name the column 'time_utc'"
        )
    if not aware and when.tzinfo is not None:
        raise DataError(
            f"{where}: {cell.strip()!r} has a UTC offset; name the column 'time' instead"
        )
    if when.microsecond:
        raise DataError(f"{where}: {cell.strip()!r} is not a whole second")
    return int((when if aware else when.replace(tzinfo=dt.UTC)).timestamp())


def _step(start_s: I8, lines: I8, name: str) -> int:
    """Return the length of the rows: the shortest distance, of which all others are multiples."""
    if len(start_s) < 2:
        raise DataError(f"{name}: {len(start_s)} rows of data, at least 2 are needed")
    apart = np.diff(start_s)
    back = np.flatnonzero(apart <= 0)
    if len(back):
        line = lines[back[0] + 1]
        what = "repeats the time of" if apart[back[0]] == 0 else "lies before"
        raise DataError(f"{name}:{line}: time {what} the row above; times must rise")
    step_s = int(apart.min())
    if step_s > LONGEST_S:
        raise DataError(f"{name}: rows are {step_s} s apart, allowed is at most {LONGEST_S} s")
    uneven = np.flatnonzero(apart % step_s)
    if len(uneven):
        raise DataError(
            f"{name}:{lines[uneven[0] + 1]}: {apart[uneven[0]]} s after the row above,"
            f" but rows are {step_s} s apart; steps must be regular"
        )
    return step_s
