"""The rows of a meter file: their numbers, their order, their step and what is missing."""

import datetime as dt
import re
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

import numpy as np

from gridsim.billing.meter_columns import Layout, Unit
from gridsim.billing.meter_stamps import UNREAD
from gridsim.billing.mistakes import Mistakes
from gridsim.core.arrays import F8, I8
from gridsim.core.clock import HOUR_S

_NUMBER = re.compile(r"[+-]?(?:\d+(?:([.,])\d*)?|([.,])\d+)(?:[eE][+-]?\d+)?")
_MISSING = {"", "na", "n/a", "nan", "null", "none", "-", "--"}
_MINUTES = (1, 2, 3, 4, 5, 6, 10, 12, 15, 20, 30, 60)
_RUN = 4  # so many equal distances in a row are another step, not gaps; assumed
_REGISTER, _SHORT = 96, 24  # so many rows that never fall are readings; assumed
_TO_KWH = {Unit.W: 1e-3, Unit.KW: 1.0, Unit.WH: 1e-3, Unit.KWH: 1.0}


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows that were read.

    Parameters
    ----------
    line : I8
        Line of the file, shape (rows,).
    second : I8
        UTC second that the time names, UNREAD where it names none, shape (rows,).
    values : tuple of F8
        Imports and, where there is a column of them, exports as they stand in the file, NaN where
        nothing stands, shape (rows,) each.
    """

    line: I8
    second: I8
    values: tuple[F8, ...]

    def where(self, kept: np.ndarray) -> "Rows":
        """Return some of the rows."""
        return Rows(
            self.line[kept], self.second[kept], tuple(column[kept] for column in self.values)
        )


def numbers(
    rows: tuple[tuple[int, tuple[str, ...]], ...], column: int, name: str, mistakes: Mistakes
) -> F8:
    """Return the numbers of a column, shape (rows,); NaN where nothing stands.

    A number has one decimal mark, point or comma, the same in all rows, and no mark between
    thousands. What is no number, and what is negative, goes to ``mistakes``.
    """
    found = np.full(len(rows), np.nan)
    mark = ""
    for place, (line, cells) in enumerate(rows):
        text = cells[column].strip() if column < len(cells) else ""
        if text.casefold() in _MISSING:
            continue
        match = _NUMBER.fullmatch(text)
        if match is None:
            mistakes.add(line, f"{name}: {text[:40]!r} is not a number")
            found[place] = 0.0
            continue
        seen = match[1] or match[2] or ""
        if seen and mark and seen != mark:
            mistakes.add(
                line, f"{name}: {text!r} has the decimal mark {seen!r}, above it is {mark!r}"
            )
        mark = mark or seen
        found[place] = float(text.replace(",", "."))
        if found[place] < 0:
            mistakes.add(
                line,
                f"{name}: {text} is negative; what is fed in needs a column of its own, as"
                " import_kwh and export_kwh",
            )
    return found


def check_order(rows: Rows, mistakes: Mistakes) -> bool:
    """Note rows that repeat or contradict an earlier one, or lie before it; tell if all is well."""
    read = rows.where(rows.second != UNREAD)
    apart = np.diff(read.second)
    if len(apart) > 1 and (apart < 0).sum() > len(apart) / 2:
        mistakes.add(int(read.line[1]), "rows run backwards in time; sort them, oldest first")
        return False
    seen: dict[int, int] = {}
    latest, well = UNREAD, True
    for place, second in enumerate(read.second.tolist()):
        line = int(read.line[place])
        if second in seen:
            well = False
            mistakes.add(line, _again(read, seen[second], place))
        elif second < latest:
            well = False
            mistakes.add(line, "lies before the rows above; rows must be in the order of time")
        seen.setdefault(second, place)
        latest = max(latest, second)
    return well


def step_s(rows: Rows, layout: Layout, mistakes: Mistakes) -> int:
    """Return the length of a row: the distance that most rows have. [s]

    Raises
    ------
    DataError
        If there are too few rows, or they are too long, or not as long as the file says.
    """
    if len(rows.second) < 2:
        mistakes.add(0, "holds one row that can be read; at least two are needed")
        mistakes.stop()
    lengths, counts = np.unique(np.diff(rows.second), return_counts=True)
    found = int(lengths[np.argmax(counts)])
    if found % 60 or found // 60 not in _MINUTES:
        mistakes.add(
            int(rows.line[1]),
            f"rows are {_length(found)} apart; steps must divide an hour and be no longer",
        )
        mistakes.stop()
    if layout.step_min is not None and layout.step_min * 60 != found:
        mistakes.add(
            0,
            f"says that rows are {layout.step_min} min long, but they are {found // 60} min apart",
        )
    return found


def check_steps(rows: Rows, length_s: int, timezone: str, mistakes: Mistakes) -> None:
    """Note stretches with another step, and single rows that do not stand on the grid."""
    apart = np.diff(rows.second)
    cuts = np.flatnonzero(np.diff(apart)) + 1
    for run in np.split(np.arange(len(apart)), cuts):
        other = int(apart[run[0]])
        if other == length_s:
            continue
        line = int(rows.line[run[0] + 1])
        if len(run) >= _RUN:
            mistakes.add(
                line,
                f"from here to line {rows.line[run[-1] + 1]} rows are {_length(other)} apart,"
                f" elsewhere {_length(length_s)}; a file must keep one step: split it",
            )
        elif other % length_s:
            mistakes.add(
                line,
                f"{told(int(rows.second[run[0] + 1]), timezone)} lies {_length(other)} after the"
                f" row above, but rows are {_length(length_s)} apart",
            )


def in_kwh(rows: Rows, layout: Layout, length_s: int) -> Rows:
    """Return the rows with their values as energy. [kWh]"""
    hours = length_s / HOUR_S
    columns = [
        column * (_TO_KWH[unit] * (hours if unit in (Unit.W, Unit.KW) else 1.0))
        for column, (_, unit) in zip(rows.values, layout.values, strict=True)
    ]
    return replace(rows, values=tuple(columns))


def check_sizes(rows: Rows, length_s: int, most_kw: float, mistakes: Mistakes) -> None:
    """Note readings of a register, and powers that no home takes; values in kWh."""
    for column, kind in zip(rows.values, ("import", "export"), strict=False):
        known = np.flatnonzero(np.isfinite(column))
        rise = np.diff(column[known])
        if len(known) and _is_register(column[known], rise):
            mistakes.add(
                int(rows.line[known[0]]),
                f"the {kind}s only ever rise, over {len(known)} rows: these are readings of a"
                " register, not what each row took; write the difference of each two readings",
            )
            continue
        power_kw = column * HOUR_S / length_s
        for place in np.flatnonzero(power_kw > most_kw):
            mistakes.add(
                int(rows.line[place]),
                f"{column[place]:g} kWh in {_length(length_s)} are {power_kw[place]:g} kW; more"
                f" than {most_kw:g} kW is no home's {kind}",
            )
            mistakes.advise(
                "Is the unit right (--unit)? A meter that really is that large: --most-kw."
            )


def check_swapped(rows: Rows, timezone: str, mistakes: Mistakes) -> None:
    """Note a home that at night feeds in and takes nothing: its columns are swapped."""
    if len(rows.values) < 2:
        return
    imports, exports = rows.values
    zone = ZoneInfo(timezone)
    hours = [dt.datetime.fromtimestamp(s, zone).hour for s in rows.second.tolist()]
    night = np.isin(hours, (23, 0, 1, 2, 3))
    odd = night & (exports > 0) & (imports == 0)
    if night.any() and odd.sum() > night.sum() / 2:
        mistakes.add(
            int(rows.line[np.flatnonzero(odd)[0]]),
            "at night the home feeds in and takes nothing: the columns of imports and exports look"
            " swapped; name them with --import and --export",
        )


def told(second: int, timezone: str) -> str:
    """Return a UTC second as the wall clock of a place shows it."""
    return dt.datetime.fromtimestamp(second, ZoneInfo(timezone)).strftime("%Y-%m-%d %H:%M")


def _again(rows: Rows, first: int, place: int) -> str:
    """Return how a row relates to an earlier one of the same time."""
    line = int(rows.line[first])
    same = all(
        np.array_equal(column[first], column[place], equal_nan=True) for column in rows.values
    )
    if same:
        return f"repeats line {line}, same time and same value"
    values = " and ".join(f"{column[at]:g}" for column in rows.values for at in (first, place))
    return f"contradicts line {line}: the same time with other values ({values})"


def _is_register(values: F8, rise: F8) -> bool:
    """Tell whether values are readings that add up: they never fall, and mostly rise."""
    if len(values) < _SHORT or (rise < 0).any() or (rise > 0).sum() <= len(rise) / 2:
        return False
    return len(values) >= _REGISTER or bool(values[0] > values[-1] - values[0])


def _length(seconds: int) -> str:
    """Return a length of time in words."""
    return f"{seconds // 60} min" if seconds % 60 == 0 else f"{seconds} s"
