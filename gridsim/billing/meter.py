"""Meter files: what a home took and fed in, row by row, with its clock and its gaps.

Read are exports of Enedis (Linky) and plain CSV: a column of time and one of imports, maybe one of
exports, power or energy, in steps from one minute to an hour. Nothing is guessed in silence: a file
that is wrong is refused with its lines, and gaps are filled by a rule that was asked for.
"""

import datetime as dt
from dataclasses import dataclass, field, replace
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import numpy as np

from gridsim.billing import meter_columns, meter_gaps, meter_rows, meter_stamps, meter_text
from gridsim.billing.meter_columns import Layout, Stamp, Wanted
from gridsim.billing.meter_gaps import Filled, Gaps
from gridsim.billing.meter_rows import Rows
from gridsim.billing.meter_stamps import UNREAD, Frame
from gridsim.billing.meter_text import Sheet
from gridsim.billing.mistakes import Mistakes
from gridsim.core.arrays import F8
from gridsim.core.clock import Clock, clock_from, local_s

ENEDIS_ZONE = "Europe/Paris"
_FEW_W = 10.0  # less than a router takes; assumed
_LATE_DAYS = 2  # a file may end so much before its header says; assumed, data come a day late


@dataclass(frozen=True, slots=True)
class Reading:
    """How a meter file is to be read.

    Parameters
    ----------
    timezone : str or None
        Where the home is, an IANA name: prices follow its wall clock, and so do times without an
        offset. None: Europe/Paris for files of Enedis.
    usual_timezone : str or None
        Where ``timezone`` is None: the place of files whose times have an offset or are in UTC.
    clock : str or None
        ``utc`` or an offset such as ``+01:00``: the clock of times without an offset, where it is
        not the wall clock.
    wanted : Wanted
        Unit, stamp and columns, where the file is not to tell.
    gaps : Gaps
        What is done where the file tells nothing.
    country : str or None
        ISO code whose public holidays count.
    first, end : date or None
        Local dates [first, end) to bill; None: as far as the file goes.
    most_kw : float
        Mean power of a row above which it is refused. 100 is assumed: a home has 36 at most. [kW]
    """

    timezone: str | None = None
    usual_timezone: str | None = None
    clock: str | None = None
    wanted: Wanted = field(default_factory=Wanted)
    gaps: Gaps = Gaps.REFUSE
    country: str | None = None
    first: dt.date | None = None
    end: dt.date | None = None
    most_kw: float = 100.0

    def __post_init__(self) -> None:
        """Refuse places, clocks and periods that are none."""
        if self.timezone is not None:
            try:
                ZoneInfo(self.timezone)
            except (ZoneInfoNotFoundError, ValueError, OSError):
                raise ValueError(
                    f"timezone must be an IANA name such as Europe/Paris, got {self.timezone!r}"
                ) from None
        if self.clock is not None:
            meter_stamps.offset_s(self.clock)
        if self.first is not None and self.end is not None and self.end <= self.first:
            raise ValueError(f"the period must end after {self.first}, got {self.end}")
        if not 0 < self.most_kw < np.inf:
            raise ValueError(f"most_kw must be a number above 0, got {self.most_kw}")


@dataclass(frozen=True, slots=True)
class Meter:
    """What a home took and fed in.

    Parameters
    ----------
    name : str
        The file.
    clock : Clock
        Time axis of t steps.
    import_kwh, export_kwh : F8
        Energy of each step, neither negative, shape (t,). [kWh]
    filled : tuple of Filled
        What the file did not tell.
    gaps : Gaps
        How it was filled.
    layout : Layout
        What stood where in the file.
    notes : tuple of str
        What a reader of the bill should know.
    """

    name: str
    clock: Clock
    import_kwh: F8
    export_kwh: F8
    filled: tuple[Filled, ...]
    gaps: Gaps
    layout: Layout
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Page:
    """A sheet, what stands where on it, and the time of each row as it is written."""

    sheet: Sheet
    layout: Layout
    times: list[str]


def read(path: Path, how: Reading | None = None) -> Meter:
    """Read a meter file.

    Parameters
    ----------
    path : Path
        CSV, plain or gzip: semicolons, commas or tabs; UTF-8, UTF-16 or Windows-1252; decimal
        points or commas.
    how : Reading, optional
        What the file does not say itself.

    Raises
    ------
    DataError
        If the file is wrong: up to ten mistakes, each with its line, and a count of the others.
    """
    how = how or Reading()
    sheet = meter_text.read(path)
    mistakes = Mistakes(str(path))
    layout = meter_columns.layout(sheet, how.wanted, mistakes)
    sheet = _whole(sheet, layout, mistakes)
    well = not mistakes.found
    page = _Page(sheet, layout, _times(sheet, layout))
    frame, notes = _frame(page, how, mistakes)
    rows = _rows(page, how, frame, mistakes)
    if not (meter_rows.check_order(rows, mistakes) and well and (rows.second != UNREAD).all()):
        mistakes.stop()
    length_s = meter_rows.step_s(rows, layout, mistakes)
    notes += _check_ends(sheet, rows, how, frame, mistakes) if layout.enedis else []
    notes += _odd_ends(rows, length_s, how, frame)
    notes += meter_stamps.odd_offset(page.times, frame)
    if layout.stamp == Stamp.END:
        rows = replace(rows, second=rows.second - length_s)
    meter_rows.check_steps(rows, length_s, frame.timezone, mistakes)
    rows = meter_rows.in_kwh(rows, layout, length_s)
    meter_rows.check_sizes(rows, length_s, how.most_kw, mistakes)
    if how.wanted.imports is None and how.wanted.exports is None:
        meter_rows.check_swapped(rows, frame.timezone, mistakes)
    found = _meter(rows, _clock(rows, length_s, frame, how), layout, how, mistakes)
    mean_w = 1e3 * float(np.mean(found.import_kwh)) / found.clock.dt_h
    if mean_w < _FEW_W:
        notes.append(f"the home takes {mean_w:.1f} W on average: is the unit right (--unit)?")
    return replace(found, notes=(*layout.notes, *notes))


def _whole(sheet: Sheet, layout: Layout, mistakes: Mistakes) -> Sheet:
    """Return the sheet without the rows that are too short or too long; refuse swapped columns."""
    line, cells = sheet.rows[0]
    time, values = layout.time[0], [at for at, _ in layout.values if at < len(cells)]
    swapped = [at for at in values if meter_stamps.is_moment(cells[at])]
    if swapped and not meter_stamps.is_moment(cells[time]):
        mistakes.add(
            line,
            f"column {sheet.header[swapped[0]]!r} holds times and column {sheet.header[time]!r}"
            f" holds {cells[time]!r}: the columns look swapped, or their names are",
        )
        mistakes.stop()
    kept = []
    for line, cells in sheet.rows:
        count = len(cells)
        while count > len(sheet.header) and not cells[count - 1].strip():
            count -= 1
        if count == len(sheet.header):
            kept.append((line, cells))
            continue
        why = ""
        if count > len(sheet.header) and sheet.separator == ",":
            why = "; numbers with a decimal comma need another separator"
        elif count < len(sheet.header) and line == sheet.rows[-1][0]:
            why = "; the last row is cut off: half a file?"
        mistakes.add(line, f"{count} cells, the header has {len(sheet.header)}{why}")
    if not kept:
        mistakes.stop()
    return replace(sheet, rows=tuple(kept))


def _frame(page: _Page, how: Reading, mistakes: Mistakes) -> tuple[Frame, list[str]]:
    """Return the clock of the file, refused where nothing tells it."""
    layout = page.layout
    offset_s = 0 if layout.utc else None
    if how.clock is not None:
        offset_s = meter_stamps.offset_s(how.clock)
    placed = offset_s is not None or meter_stamps.has_offsets(page.times)
    timezone, notes = how.timezone or (ENEDIS_ZONE if layout.enedis else None), []
    if timezone is None and placed and how.usual_timezone is not None:
        timezone = how.usual_timezone
        notes.append(f"prices follow the wall clock of {timezone}; --timezone names another")
    if timezone is None:
        what = "times say how far they lie from UTC, but not where the home is"
        if not placed:
            what = f"{page.times[0]!r} has no UTC offset, and nothing says whose clock it is"
        mistakes.add(
            page.sheet.rows[0][0], f"{what}: say --timezone, such as --timezone Europe/Paris"
        )
        mistakes.stop()
    return Frame(str(timezone), layout.stamp, offset_s), notes


def _times(sheet: Sheet, layout: Layout) -> list[str]:
    """Return the time of each row as it stands there."""
    return [
        " ".join(cells[at].strip() for at in layout.time if at < len(cells))
        for _, cells in sheet.rows
    ]


def _rows(page: _Page, how: Reading, frame: Frame, mistakes: Mistakes) -> Rows:
    """Return the rows of the period that is asked for."""
    sheet, layout = page.sheet, page.layout
    lines = np.array([line for line, _ in sheet.rows], dtype=np.int64)
    second = meter_stamps.seconds(page.times, lines, frame, mistakes)
    kept = np.ones(len(lines), dtype=np.bool_)
    shift = 1 if layout.stamp == Stamp.END else 0  # at midnight, an end belongs to the day before
    if how.first is not None:
        kept &= (second == UNREAD) | (second - shift >= local_s(how.first, frame.timezone))
    if how.end is not None:
        kept &= (second == UNREAD) | (second - shift < local_s(how.end, frame.timezone))
    if not kept.any():
        mistakes.add(0, "holds no row of the period that is asked for")
        mistakes.stop()
    cells = tuple(row for row, keep in zip(sheet.rows, kept, strict=True) if keep)
    values = tuple(
        meter_rows.numbers(cells, at, sheet.header[at], mistakes) for at, _ in layout.values
    )
    return Rows(lines[kept], second[kept], values)


def _clock(rows: Rows, length_s: int, frame: Frame, how: Reading) -> Clock:
    """Return the clock from the first row, or the first date asked for, to the last."""
    first_s, end_s = int(rows.second[0]), int(rows.second[-1]) + length_s
    if how.first is not None:
        first_s -= (first_s - local_s(how.first, frame.timezone)) // length_s * length_s
    if how.end is not None:
        end_s += (local_s(how.end, frame.timezone) - end_s) // length_s * length_s
    steps = max(end_s - first_s, length_s) // length_s
    return clock_from(first_s, length_s, steps, frame.timezone, how.country)


def _meter(rows: Rows, clock: Clock, layout: Layout, how: Reading, mistakes: Mistakes) -> Meter:
    """Return the meter, its gaps filled as it was asked for, or refused."""
    at = (rows.second - clock.start_s) / clock.step_s
    rows = rows.where((at % 1 == 0) & (at >= 0) & (at < clock.steps))
    grid, lines = meter_gaps.on_grid(rows, clock.start_s, clock.step_s, clock.steps)
    if np.isnan(grid).all(axis=1).any():
        mistakes.add(0, "a column holds no number at all")
    elif how.gaps == Gaps.REFUSE:
        meter_gaps.note(grid, lines, clock, mistakes)
    mistakes.stop()
    full, filled = meter_gaps.fill(grid, clock, how.gaps, mistakes)
    mistakes.stop()
    return Meter(
        name=mistakes.name, clock=clock, import_kwh=full[0], export_kwh=full[1], filled=filled,
        gaps=how.gaps, layout=layout, notes=(),
    )  # fmt: skip


def _check_ends(
    sheet: Sheet, rows: Rows, how: Reading, frame: Frame, mistakes: Mistakes
) -> list[str]:
    """Note a file that ends long before its header says; return a note on one that begins late."""
    begins, ends = (_said(sheet, name) for name in ("date_de_debut", "date_de_fin"))
    first = meter_rows.told(int(rows.second[0]), frame.timezone)[:10]
    last = meter_rows.told(int(rows.second[-1]), frame.timezone)[:10]
    late = dt.timedelta(_LATE_DAYS)
    if ends is not None and how.end is None and dt.date.fromisoformat(last) < ends - late:
        mistakes.add(
            int(rows.line[-1]),
            f"the rows end on {last}, the header says {ends}: half a file? (--until {last} bills"
            " what is there)",
        )
    if begins is not None and how.first is None and dt.date.fromisoformat(first) > begins + late:
        return [f"the header says that the rows begin on {begins}; they begin on {first}"]
    return []


def _said(sheet: Sheet, name: str) -> dt.date | None:
    """Return a date that a file of Enedis says of itself."""
    names = [meter_text.plain(cell) for cell in sheet.header]
    text = sheet.meta.get(name, "")
    if name in names and names.index(name) < len(sheet.rows[0][1]):
        text = sheet.rows[0][1][names.index(name)]
    for form in ("%d/%m/%Y", "%Y-%m-%d"):
        try:
            return dt.datetime.strptime(text.strip()[:10], form).date()
        except ValueError:
            continue
    return None


def _odd_ends(rows: Rows, length_s: int, how: Reading, frame: Frame) -> list[str]:
    """Return a note where the first and the last time look like those of the other convention."""
    if how.wanted.stamp is not None:
        return []
    first, last = (meter_rows.told(int(rows.second[k]), frame.timezone)[11:] for k in (0, -1))
    after = meter_rows.told(int(rows.second[-1]) + length_s, frame.timezone)[11:]
    before = meter_rows.told(int(rows.second[0]) - length_s, frame.timezone)[11:]
    if frame.stamp == Stamp.END and (first, after) == ("00:00", "00:00"):
        likely = "start"
    elif frame.stamp == Stamp.START and (before, last) == ("00:00", "00:00"):
        likely = "end"
    else:
        return []
    return [
        f"times are taken for the {frame.stamp.name.lower()} of their rows, but they run from"
        f" {first} to {last}, as those of the {likely} do: --stamp {likely}?"
    ]
