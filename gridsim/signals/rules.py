"""Rules of calls: how days are chosen, within what limits, and with what foresight."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

import numpy as np

from gridsim.core.arrays import B1, F8, I8
from gridsim.core.clock import Clock, date_of

_WINTER_YEAR = 7  # seasons of cold are counted from July, so that no northern winter is cut


class Rule(IntEnum):
    """How days are chosen."""

    DATES = 0
    COLDEST = 1
    HOTTEST = 2
    BELOW_C = 3
    ABOVE_C = 4
    EVERY = 5
    DEAREST = 6
    ABOVE_PRICE = 7
    LIMIT_KVA = 8
    BUSIEST = 9


RANKED = (Rule.COLDEST, Rule.HOTTEST, Rule.DEAREST, Rule.BUSIEST)
"""Rules that call so many days of a season."""
ON_WEATHER = (Rule.COLDEST, Rule.HOTTEST, Rule.BELOW_C, Rule.ABOVE_C)
"""Rules on the mean temperature of a day."""
ON_PRICE = (Rule.DEAREST, Rule.ABOVE_PRICE)
"""Rules on the price of a day."""
ON_LOAD = (Rule.LIMIT_KVA, Rule.BUSIEST)
"""Rules on the load of the town, which only a running simulation knows."""


class Forecast(IntEnum):
    """What whoever calls knows of the measure of a day."""

    SEASON = 0
    PERFECT = 1
    DAY_AHEAD = 2


@dataclass(frozen=True, slots=True)
class Limits:
    """How much may be called.

    Parameters
    ----------
    at_most : int or None
        Most days in a season: a calendar year, from July to June for COLDEST and BELOW_C.
    per_week : int or None
        Most days in a week from Monday to Sunday.
    consecutive : int or None
        Most days that follow each other.
    apart : int
        Least days from one called day to the next, 1 if any two may follow each other.
    hours_per_event, hours_per_day : float or None
        Most hours of one call, and of all calls of a day. [h]

    Raises
    ------
    ValueError
        If a limit leaves nothing to call.
    """

    at_most: int | None = None
    per_week: int | None = None
    consecutive: int | None = None
    apart: int = 1
    hours_per_event: float | None = None
    hours_per_day: float | None = None

    def __post_init__(self) -> None:
        """Refuse limits that leave nothing to call."""
        for name in ("at_most", "per_week", "consecutive", "apart"):
            limit = getattr(self, name)
            if limit is not None and limit < 1:
                raise ValueError(f"{name} must be 1 or more, got {limit}")
        for name in ("hours_per_event", "hours_per_day"):
            limit = getattr(self, name)
            if limit is not None and not 0 < limit <= 24:
                raise ValueError(f"{name} must lie in (0, 24], got {limit}")


NO_LIMITS = Limits()
"""What holds where nothing is said."""


@dataclass(frozen=True, slots=True)
class Days:
    """Which days are called.

    Parameters
    ----------
    rule : Rule
        How days are chosen.
    value : float
        Number of days in a season for the ranked rules, degrees Celsius for BELOW_C and ABOVE_C,
        a price for ABOVE_PRICE [currency/kWh], an apparent power for LIMIT_KVA [kVA], k for EVERY
        (the first of every k allowed days); of no account for DATES.
    dates : tuple of int
        Day numbers, for DATES.
    weekdays : bool
        Whether only Monday to Friday, without public holidays, can be chosen.
    months : tuple of int
        Months 1-12 whose days can be chosen.
    limits : Limits
        How much may be called.
    forecast : Forecast
        What is known of a day when it is chosen.

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
    limits: Limits = NO_LIMITS
    forecast: Forecast = Forecast.SEASON

    def __post_init__(self) -> None:
        """Refuse what chooses no day, or no whole number of them."""
        if self.rule == Rule.DATES and not self.dates:
            raise ValueError("dates must name at least one day")
        if not np.isfinite(self.value):
            raise ValueError(f"value must be a finite number, got {self.value}")
        if self.rule in (*RANKED, Rule.EVERY) and (self.value < 1 or self.value % 1):
            raise ValueError(f"value must be a whole number from 1, got {self.value:g}")
        if self.rule == Rule.LIMIT_KVA and self.value <= 0:
            raise ValueError(f"value must be a power above 0 kVA, got {self.value:g}")
        wrong = [month for month in self.months if not 1 <= month <= 12]
        if wrong or not self.months:
            raise ValueError(f"months must lie in 1-12, got {list(self.months)}")


@dataclass(frozen=True, slots=True, eq=False)
class Past:
    """The measure of earlier days: what a ranked rule without foresight goes by.

    Parameters
    ----------
    days : I8
        Day numbers, rising, shape (d,).
    measure : F8
        The measure of each, shape (d,).
    """

    days: I8
    measure: F8


def allowed(days: Days, clock: Clock) -> B1:
    """Return which local dates of a clock a rule may call at all, shape (d,)."""
    all_days = np.arange(clock.local_day[0], clock.local_day[-1] + 1)
    month = all_days.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64) % 12 + 1
    may: B1 = np.isin(month, days.months)
    if days.weekdays:
        first = np.searchsorted(clock.local_day, all_days)
        may &= ((all_days + 3) % 7 < 5) & ~clock.holiday[first]
    if days.rule == Rule.DATES:
        may &= np.isin(all_days, days.dates)
    return may


def within_limits(days: Days, day: int, taken: Sequence[int]) -> bool:
    """Tell whether one more day keeps all limits on days.

    Parameters
    ----------
    days : Days
        The rule and its limits.
    day : int
        The day in question.
    taken : sequence of int
        Days that are called already.
    """
    limits, season = days.limits, season_of(days, day)
    in_season = sum(season_of(days, other) == season for other in taken)
    wanted = int(days.value) if days.rule in RANKED else None
    for most in (wanted, limits.at_most):
        if most is not None and in_season >= most:
            return False
    week = (day + 3) // 7
    in_week = sum((other + 3) // 7 == week for other in taken)
    if limits.per_week is not None and in_week >= limits.per_week:
        return False
    if any(abs(day - other) < limits.apart for other in taken):
        return False
    return limits.consecutive is None or _run(day, taken) <= limits.consecutive


def season_of(days: Days, day: int) -> int:
    """Return the year that a season belongs to; a winter belongs to that of its start."""
    date = date_of(day)
    cold = days.rule in (Rule.COLDEST, Rule.BELOW_C)
    return date.year - (1 if cold and date.month < _WINTER_YEAR else 0)


def place_of(days: Days, day: int) -> int:
    """Return where in its season a day lies, so that days of different years compare."""
    date = date_of(day)
    first = _WINTER_YEAR if days.rule == Rule.COLDEST else 1
    return 32 * ((date.month - first) % 12) + date.day


def sign_of(days: Days) -> float:
    """Return what makes a larger measure more extreme."""
    return -1.0 if days.rule in (Rule.COLDEST, Rule.BELOW_C) else 1.0


def _run(day: int, taken: Sequence[int]) -> int:
    """Return how many days would follow each other if a day were taken too."""
    length = 1
    for step in (-1, 1):
        at = day + step
        while at in taken:
            length, at = length + 1, at + step
    return length
