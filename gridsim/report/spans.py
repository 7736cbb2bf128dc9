"""Spans of time: seasons, called days, mean days, and days by hours as a grid."""

import numpy as np

from gridsim.core.arrays import B1, F8, I8
from gridsim.core.clock import DAY_S, HOUR_S, Clock
from gridsim.results.results import SEASONS

_CELL_S = 900
"""Finest row of a day-by-hour grid. [s]"""


def season_mask(clock: Clock, season: str) -> B1:
    """Return the steps of a season, shape (t,)."""
    return np.asarray(clock.month % 12 // 3 == SEASONS.index(season))


def seasons(clock: Clock) -> tuple[str, ...]:
    """Return the seasons that the period touches, in the order of the year."""
    return tuple(name for name in SEASONS if season_mask(clock, name).any())


def longest_season(clock: Clock) -> str:
    """Return the season with most steps; the first of the year if the period is empty."""
    return max(SEASONS, key=lambda name: int(season_mask(clock, name).sum()))


def mean_day(values: F8, clock: Clock, mask: B1) -> F8:
    """Return means by local hour over some steps, shape (24,); nan for hours without a value."""
    kept = mask & np.isfinite(values)
    hour = clock.wall_s[kept] // HOUR_S
    counts = np.bincount(hour, minlength=24)
    sums = np.bincount(hour, weights=values[kept], minlength=24)
    return _ratio(sums, counts)


def called_days(called: B1, clock: Clock) -> B1:
    """Return the steps of local days that hold at least half as many called steps as any day.

    So a colour that lasts from 06:00 to 06:00 marks the day on which it begins, not the next
    morning as well; shape (t,).
    """
    if not called.any():
        return np.zeros(clock.steps, dtype=np.bool_)
    day = clock.local_day - clock.local_day[0]
    counts = np.bincount(day, weights=called.astype(np.float64))
    return np.asarray((2 * counts >= counts.max())[day])


def other_days(days: B1, called: B1) -> B1:
    """Return the steps outside the called days, between the first call and the last, shape (t,)."""
    where = np.flatnonzero(days)
    between = np.zeros(len(days), dtype=np.bool_)
    if len(where):
        between[where[0] : where[-1] + 1] = True
    return between & ~days & ~called


def grid(values: F8, clock: Clock) -> F8:
    """Lay a series out by time of day and day, shape (rows, days).

    Rows are as long as a step, a quarter of an hour at least; the hour that a spring day lacks
    is nan, and the one that an autumn day has twice is the mean of both.
    """
    cell_s = max(_CELL_S, clock.step_s)
    rows = DAY_S // cell_s
    day = clock.local_day - clock.local_day[0]
    days = int(day.max()) + 1
    where = clock.wall_s // cell_s * days + day
    kept = np.isfinite(values)
    counts = np.bincount(where[kept], minlength=rows * days)
    sums = np.bincount(where[kept], weights=values[kept], minlength=rows * days)
    return _ratio(sums, counts).reshape(rows, days)


def daily(values: F8, clock: Clock) -> tuple[I8, F8, F8, F8]:
    """Return local days, and the lowest, mean and highest value of each."""
    days, first = np.unique(clock.local_day, return_index=True)
    low = np.minimum.reduceat(values, first)
    high = np.maximum.reduceat(values, first)
    counts = np.diff(np.append(first, len(values)))
    return days, low, np.add.reduceat(values, first) / counts, high


def _ratio(sums: F8 | I8, counts: I8) -> F8:
    """Return sums over counts, nan where nothing was counted."""
    return np.where(counts > 0, sums / np.maximum(counts, 1), np.nan)
