"""The choice of days: which dates are called, by name, by the weather or by count.

Rules look at the daily mean temperature. The forecast is the weather itself: whoever calls knows
the temperature of every day exactly, and ``COLDEST`` and ``HOTTEST`` even know the whole season
beforehand, as an announcer in the field does not. All else is decided from the day and what was
called before it.
"""

from dataclasses import dataclass
from enum import IntEnum
from itertools import pairwise

import numpy as np

from gridsim.core.arrays import F8, I8
from gridsim.core.clock import HOUR_S, Clock, date_of, local_s
from gridsim.signals.notice import Notice

_DAY_AHEAD_S = 17 * HOUR_S  # 17:00 the day before; assumed, between the 16:00-18:00 of US trials
_SAME_DAY_S = 3 * HOUR_S  # three hours before the first called hour; assumed
_WINTER_YEAR = 7  # seasons of cold are counted from July, so that no northern winter is cut


class Rule(IntEnum):
    """How days are chosen."""

    DATES = 0
    COLDEST = 1
    HOTTEST = 2
    BELOW_C = 3
    ABOVE_C = 4
    EVERY = 5


class Lead(IntEnum):
    """How long before the first called hour people are told."""

    NONE = 0
    SAME_DAY = 1
    DAY_AHEAD = 2


@dataclass(frozen=True, slots=True)
class Days:
    """Which days are called.

    Parameters
    ----------
    rule : Rule
        How days are chosen.
    value : float
        Number of days in a season for COLDEST and HOTTEST, degrees Celsius for BELOW_C and
        ABOVE_C, k for EVERY (the first of every k allowed days); of no account for DATES.
    dates : tuple of int
        Day numbers, for DATES.
    weekdays : bool
        Whether only Monday to Friday, without public holidays, can be chosen.
    months : tuple of int
        Months 1-12 whose days can be chosen.
    at_most : int or None
        Most days in a season: a calendar year, from July to June for COLDEST and BELOW_C.
    per_week : int or None
        Most days in a week from Monday to Sunday.
    consecutive : int or None
        Most days that follow each other.

    Raises
    ------
    ValueError
        If a number makes no sense for the rule.
    """

    rule: Rule
    value: float = 0.0
    dates: tuple[int, ...] = ()
    weekdays: bool = False
    months: tuple[int, ...] = tuple(range(1, 13))
    at_most: int | None = None
    per_week: int | None = None
    consecutive: int | None = None

    def __post_init__(self) -> None:
        """Refuse what chooses no day, or no whole number of them."""
        if self.rule == Rule.DATES and not self.dates:
            raise ValueError("dates must name at least one day")
        if not np.isfinite(self.value):
            raise ValueError(f"value must be a finite number, got {self.value}")
        if self.rule in (Rule.COLDEST, Rule.HOTTEST, Rule.EVERY) and (
            self.value < 1 or self.value % 1
        ):
            raise ValueError(f"value must be a whole number from 1, got {self.value:g}")
        wrong = [month for month in self.months if not 1 <= month <= 12]
        if wrong or not self.months:
            raise ValueError(f"months must lie in 1-12, got {list(self.months)}")
        for name in ("at_most", "per_week", "consecutive"):
            limit = getattr(self, name)
            if limit is not None and limit < 1:
                raise ValueError(f"{name} must be 1 or more, got {limit}")


def chosen(days: Days, clock: Clock, mean_c: F8 | None = None) -> tuple[int, ...]:
    """Return the day numbers that are called, in order.

    Parameters
    ----------
    days : Days
        The rule.
    clock : Clock
        The period; only its local dates are chosen from.
    mean_c : F8, optional
        Mean temperature of each local date of the clock, shape (d,); see :func:`day_means`. Rules
        on the weather need it. [C]

    Raises
    ------
    ValueError
        If a rule on the weather gets no temperature, or not one a day.
    """
    all_days, first = np.unique(clock.local_day, return_index=True)
    may = np.isin(clock.month[first], days.months)
    if days.weekdays:
        may &= (clock.weekday[first] < 5) & ~clock.holiday[first]
    if days.rule == Rule.DATES:
        may &= np.isin(all_days, days.dates)
    elif days.rule != Rule.EVERY and (mean_c is None or len(mean_c) != len(all_days)):
        raise ValueError(f"mean_c must hold one temperature for each of the {len(all_days)} days")
    taken: list[int] = []
    for place in _in_turn(days, all_days, may, mean_c):
        day = int(all_days[place])
        if _within_limits(days, day, taken):
            taken.append(day)
    return tuple(sorted(taken))


def day_means(clock: Clock, temp_c: F8) -> F8:
    """Return the mean over each local date of the clock, shape (d,).

    Parameters
    ----------
    clock : Clock
        Time axis of t steps that touches d local dates.
    temp_c : F8
        Values on the clock, or on a longer one that starts like it, shape (t or more,).
    """
    place = clock.local_day - clock.local_day[0]
    means: F8 = np.bincount(place, weights=temp_c[: clock.steps]) / np.bincount(place)
    return means


def spans(
    days: tuple[int, ...],
    hours: tuple[tuple[float, float], ...],
    lead: Lead,
    clock: Clock,
    *,
    label: str,
) -> tuple[Notice, ...]:
    """Return the called hours of the days as steps of a clock, with the moment each is told.

    Parameters
    ----------
    days : tuple of int
        Day numbers, rising; those that the clock does not touch are passed over.
    hours : tuple of (float, float)
        Local hours [from, to), from < to <= 24. [h]
    lead : Lead
        When people are told.
    clock : Clock
        Time axis.
    label : str
        What is announced.

    Notes
    -----
    Hours follow the wall clock: from 01:00 to 04:00 lie two hours in the night in which clocks go
    forward and four when they go back.
    """
    check_hours(hours)
    found = []
    bounds = np.searchsorted(clock.local_day, [(day, day + 1) for day in days]).reshape(-1, 2)
    for day, (begin, end) in zip(days, bounds, strict=True):
        wall_s = clock.wall_s[begin:end]
        told_s = _told_s(day, hours, lead, clock)
        for start, stop in sorted(hours):
            inside = np.flatnonzero((wall_s >= start * HOUR_S) & (wall_s < stop * HOUR_S))
            if len(inside):
                first, last = int(begin + inside[0]), int(begin + inside[-1] + 1)
                at_s = clock.start_s + clock.step_s * first if told_s is None else told_s
                found.append(Notice(at_s, first, last, label))
    return tuple(found)


def check_hours(hours: tuple[tuple[float, float], ...]) -> None:
    """Refuse called hours that are none, run through midnight or overlap.

    Raises
    ------
    ValueError
        Naming the hours.
    """
    if not hours:
        raise ValueError("hours must not be empty")
    for start, end in hours:
        if not 0 <= start < end <= 24:
            raise ValueError(f"hours must run from 0 to 24 within a day, got {start:g}-{end:g}")
    for (_, end), (start, _) in pairwise(sorted(hours)):
        if start < end:
            raise ValueError(f"hours must not overlap, got one to {end:g} and one from {start:g}")


def _told_s(
    day: int, hours: tuple[tuple[float, float], ...], lead: Lead, clock: Clock
) -> int | None:
    """Return the UTC second at which a day's call is told; None for at its start."""
    if lead == Lead.NONE:
        return None
    if lead == Lead.DAY_AHEAD:
        return local_s(date_of(day - 1), clock.timezone, _DAY_AHEAD_S)
    first_s = round(min(start for start, _ in hours) * HOUR_S)
    return local_s(date_of(day), clock.timezone, first_s) - _SAME_DAY_S


def _in_turn(days: Days, all_days: I8, may: np.ndarray, mean_c: F8 | None) -> I8:
    """Return the places of the days that the rule wants, in the order it takes them."""
    places = np.flatnonzero(may)
    if days.rule == Rule.EVERY:
        return places[:: int(days.value)]
    if days.rule == Rule.DATES or mean_c is None:
        return places
    if days.rule == Rule.BELOW_C:
        return places[mean_c[places] < days.value]
    if days.rule == Rule.ABOVE_C:
        return places[mean_c[places] > days.value]
    sign = 1.0 if days.rule == Rule.COLDEST else -1.0
    return places[np.argsort(sign * mean_c[places], kind="stable")]


def _within_limits(days: Days, day: int, taken: list[int]) -> bool:
    """Tell whether one more day keeps all limits."""
    season = _season(days, day)
    in_season = sum(_season(days, other) == season for other in taken)
    wanted = int(days.value) if days.rule in (Rule.COLDEST, Rule.HOTTEST) else None
    for most in (wanted, days.at_most):
        if most is not None and in_season >= most:
            return False
    week = (day + 3) // 7
    if (
        days.per_week is not None
        and sum((other + 3) // 7 == week for other in taken) >= days.per_week
    ):
        return False
    return days.consecutive is None or _run(day, taken) <= days.consecutive


def _run(day: int, taken: list[int]) -> int:
    """Return how many days would follow each other if a day were taken too."""
    length = 1
    for step in (-1, 1):
        at = day + step
        while at in taken:
            length, at = length + 1, at + step
    return length


def _season(days: Days, day: int) -> int:
    """Return the year that a season belongs to; a winter belongs to that of its start."""
    date = date_of(day)
    cold = days.rule in (Rule.COLDEST, Rule.BELOW_C)
    return date.year - (1 if cold and date.month < _WINTER_YEAR else 0)
