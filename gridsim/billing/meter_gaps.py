"""What a meter file does not tell: refused, or filled by a rule that was asked for by name."""

from dataclasses import dataclass
from enum import IntEnum

import numpy as np

from gridsim.billing.meter_rows import Rows, told
from gridsim.billing.mistakes import Mistakes
from gridsim.core.arrays import B1, F8, I8
from gridsim.core.clock import DAY_S, HOUR_S, Clock

_WEEKS = 4  # how far same_week looks, both ways; assumed


class Gaps(IntEnum):
    """What is done where a file tells nothing."""

    REFUSE = 0
    ZERO = 1
    INTERPOLATE = 2
    SAME_WEEK = 3


@dataclass(frozen=True, slots=True)
class Filled:
    """A stretch that the file did not tell.

    Parameters
    ----------
    first, last : int
        Steps [first, last).
    import_kwh, export_kwh : float
        What was put there. [kWh]
    """

    first: int
    last: int
    import_kwh: float
    export_kwh: float


def on_grid(rows: Rows, first_s: int, length_s: int, steps: int) -> tuple[F8, I8]:
    """Return imports and exports on a grid, shape (2, steps), NaN for nothing, and each one's line.

    The line is that of the row, for a missing one that of the row after it; shape (steps,).
    """
    grid = np.full((2, steps), np.nan)
    at = (rows.second - first_s) // length_s
    for kind, column in enumerate(rows.values):
        grid[kind, at] = column
    if len(rows.values) == 1:
        grid[1] = np.where(np.isnan(grid[0]), np.nan, 0.0)
    after = np.minimum(np.searchsorted(at, np.arange(steps)), len(at) - 1)
    return grid, rows.line[after]


def spans(lacking: B1 | np.bool_) -> list[tuple[int, int]]:
    """Return each run of True as [first, last)."""
    edges = np.flatnonzero(np.diff(np.concatenate(([False], lacking, [False])).astype(np.int8)))
    return [(int(a), int(b)) for a, b in edges.reshape(-1, 2)]


def note(grid: F8, lines: I8, clock: Clock, mistakes: Mistakes) -> None:
    """Note each stretch that the file does not tell, with its line."""
    for first, last in spans(np.isnan(grid).any(axis=0)):
        begin = clock.start_s + first * clock.step_s
        end = clock.start_s + last * clock.step_s
        count = last - first
        rows = f"{count} rows are" if count > 1 else "a row is"
        twice = (
            "; the hour that comes twice that night stands there once"
            if _twice(clock, first, last)
            else ""
        )
        mistakes.add(
            int(lines[first]),
            f"{rows} missing or empty here, from {told(begin, clock.timezone)} to"
            f" {told(end, clock.timezone)}{twice}",
        )
        mistakes.advise(
            "Nothing is filled unless you say how: --gaps zero, --gaps interpolate or --gaps"
            " same_week; what was filled is then counted and told."
        )


def fill(grid: F8, clock: Clock, how: Gaps, mistakes: Mistakes) -> tuple[F8, tuple[Filled, ...]]:
    """Return imports and exports without a hole, shape (2, t), and what was filled.

    Parameters
    ----------
    grid : F8
        Imports and exports, NaN for nothing, shape (2, t). [kWh]
    clock : Clock
        Time axis.
    how : Gaps
        ZERO puts nothing there; INTERPOLATE a line from the step before to the step after;
        SAME_WEEK the mean of what the same wall-clock time had a week before and a week after, the
        nearest week that the file tells, up to four.
    mistakes : Mistakes
        Takes stretches that SAME_WEEK finds no week for.
    """
    lacking = np.isnan(grid)
    full = grid.copy()
    for kind in range(2):
        holes = lacking[kind]
        if not holes.any():
            continue
        if how == Gaps.ZERO:
            full[kind, holes] = 0.0
        elif how == Gaps.INTERPOLATE:
            steps = np.arange(clock.steps)
            full[kind, holes] = np.interp(steps[holes], steps[~holes], grid[kind, ~holes])
        else:
            full[kind] = _weeks(grid[kind], clock, mistakes)
    found = tuple(
        Filled(a, b, *(float(full[k, a:b][lacking[k, a:b]].sum()) for k in range(2)))
        for a, b in spans(lacking.any(axis=0))
    )
    return full, found


def _weeks(values: F8, clock: Clock, mistakes: Mistakes) -> F8:
    """Return values whose holes hold the mean of the same time one week before and after."""
    full = values.copy()
    where = {
        key: k
        for k, key in enumerate(zip(clock.local_day.tolist(), clock.wall_s.tolist(), strict=True))
    }
    for hole in np.flatnonzero(np.isnan(values)):
        day, wall = int(clock.local_day[hole]), int(clock.wall_s[hole])
        for week in range(1, _WEEKS + 1):
            around = [where.get((day + side * 7 * week, wall)) for side in (-1, 1)]
            known = [values[k] for k in around if k is not None and np.isfinite(values[k])]
            if known:
                full[hole] = float(np.mean(known))
                break
        else:
            moment = told(clock.start_s + int(hole) * clock.step_s, clock.timezone)
            mistakes.add(0, f"--gaps same_week: no week tells what {moment} was like")
    return full


def _twice(clock: Clock, first: int, last: int) -> bool:
    """Tell whether a stretch lies in an hour that the wall clock shows twice."""
    begin = max(first - HOUR_S // clock.step_s, 0)
    wall = clock.wall_s[begin : last + 1] + DAY_S * clock.local_day[begin : last + 1]
    return bool((np.diff(wall) < clock.step_s).any())
