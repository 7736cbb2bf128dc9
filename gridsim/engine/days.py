"""The days of a period: where each begins on the axis, and where the wall clock jumps."""

from itertools import pairwise
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from gridsim.core.clock import HOUR_S, Clock
from gridsim.core.kernel import kernel


class Day(NamedTuple):
    """A stretch of steps within one local day, as the kernels need it.

    ``first`` and ``last`` are steps [first, last); seconds are UTC; ``change_s`` is the elapsed
    second of the day at which the wall clock jumps by ``jump_s`` (0 on ordinary days).
    """

    seed: int
    day: int
    weekend: int
    weekend_next: int
    weekend_after: int
    midnight_s: int
    change_s: int
    jump_s: int
    first: int
    last: int
    start_s: int
    step_s: int
    season: int


def days_between(
    clock: Clock, first: int, last: int, seed: int, today: Day | None = None
) -> list[Day]:
    """Return the stretches of [first, last) that lie within one local day each.

    ``today``, if given, is a whole local day of the same clock and seed; stretches that lie within
    it cost nothing to find.
    """
    if today is not None and today.first <= first < last <= today.last:
        return [today._replace(first=first, last=last)]
    local = clock.local_day
    cuts = np.flatnonzero(np.diff(local[first:last])) + 1 + first
    edges = [first, *(int(cut) for cut in cuts), last]
    return [_day(clock, a, b, seed) for a, b in pairwise(edges) if b > a]


def whole(clock: Clock, day: Day) -> Day:
    """Return the stretch of all steps of the period that lie in the local day of ``day``."""
    steps = _same(clock, day.first)
    return day._replace(first=int(steps[0]), last=int(steps[-1]) + 1)


def _day(clock: Clock, first: int, last: int, seed: int) -> Day:
    """Return one stretch."""
    day = int(clock.local_day[first])
    same = _same(clock, first)
    elapsed = (same - same[0]) * clock.step_s
    jump = clock.wall_s[same] - elapsed
    moved = np.flatnonzero(jump != jump[0])
    midnight = clock.start_s + int(same[0]) * clock.step_s - int(clock.wall_s[same[0]])
    month = int(clock.local_day[first].astype("datetime64[D]").astype("datetime64[M]").astype(int))
    return Day(
        seed, day, _free(clock, first, day), _free(clock, first, day + 1),
        _free(clock, first, day + 2), midnight,
        int(elapsed[moved[0]]) if len(moved) else 2 * 86_400,
        int(jump[moved[0]] - jump[0]) if len(moved) else 0,
        first, last, clock.start_s, clock.step_s, (month + 1) % 12 // 3,
    )  # fmt: skip


def _free(clock: Clock, step: int, day: int) -> int:
    """Tell whether a day near ``step`` is a weekend or a public holiday, 1 or 0."""
    if (day + 3) % 7 >= 5:
        return 1
    reach = 75 * HOUR_S // clock.step_s
    near = slice(step, step + reach)
    return int(bool(np.any(clock.holiday[near] & (clock.local_day[near] == day))))


def _same(clock: Clock, step: int) -> npt.NDArray[np.int64]:
    """Return the steps of the local day of ``step``, which is at most 26 hours long."""
    reach = 26 * HOUR_S // clock.step_s
    low, high = max(step - reach, 0), min(step + reach, clock.steps)
    return np.flatnonzero(clock.local_day[low:high] == clock.local_day[step]) + low


@kernel
def utc_s(day, wall_s):  # type: ignore[no-untyped-def]
    """Return the UTC second of a wall-clock second of the day; a skipped hour gives its end."""
    moved = max(wall_s - day.jump_s, 1.0 * day.change_s)
    elapsed = wall_s if wall_s < day.change_s else moved
    return day.midnight_s + elapsed
