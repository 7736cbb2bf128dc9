"""The clock: a uniform axis of UTC seconds with the local calendar as columns.

Days are numbered as days since 1970-01-01 of the local date, so that a longer run starts like a
shorter one. Europe/Paris has days of 92 and of 100 quarter-hours; nothing adds in local time.
"""

import datetime as dt
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

import holidays as holiday_calendars
import numpy as np

from gridsim.core.arrays import B1, F8, I8

_EPOCH = dt.date(1970, 1, 1)
HOUR_S = 3600
DAY_S = 86_400


def day_number(date: dt.date) -> int:
    """Return days since 1970-01-01."""
    return (date - _EPOCH).days


def date_of(day: int) -> dt.date:
    """Return the date of a day number."""
    return _EPOCH + dt.timedelta(days=int(day))


def local_s(date: dt.date, timezone: str, second: int = 0) -> int:
    """Return the UTC second of a wall-clock second of a local date."""
    hour, rest = divmod(second, HOUR_S)
    minute, sec = divmod(rest, 60)
    days, hour = divmod(hour, 24)
    wall = dt.datetime.combine(
        date + dt.timedelta(days=days), dt.time(hour, minute, sec), ZoneInfo(timezone)
    )
    return int(wall.timestamp())


@dataclass(frozen=True, slots=True)
class Clock:
    """The time axis of a run: ``steps`` steps of ``step_s`` seconds from ``start_s``.

    Parameters
    ----------
    start_s : int
        UTC second at which the first step begins.
    step_s, steps : int
        Length of a step [s] and number of steps t.
    timezone : str
        IANA name.
    local_day : I8
        Day number of the local date at the start of each step, shape (t,).
    wall_s : I8
        Wall-clock seconds since 00:00 at the start of each step, shape (t,). [s]
    holiday : B1
        Whether the local date is a public holiday, shape (t,).
    """

    start_s: int
    step_s: int
    steps: int
    timezone: str
    local_day: I8
    wall_s: I8
    holiday: B1

    @property
    def time_s(self) -> I8:
        """UTC second at the start of each step, shape (t,)."""
        return self.start_s + self.step_s * np.arange(self.steps, dtype=np.int64)

    @property
    def end_s(self) -> int:
        """UTC second at which the last step ends."""
        return self.start_s + self.step_s * self.steps

    @property
    def dt_h(self) -> float:
        """Length of a step. [h]"""
        return self.step_s / HOUR_S

    @property
    def local_hour(self) -> F8:
        """Wall-clock hour at the start of each step, 0 <= h < 24, shape (t,). [h]"""
        return self.wall_s / HOUR_S

    @property
    def weekday(self) -> I8:
        """Day of the week, Monday 0, shape (t,)."""
        return (self.local_day + 3) % 7

    @property
    def month(self) -> I8:
        """Month 1-12 of the local date, shape (t,)."""
        months = self.local_day.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
        return months % 12 + 1

    @property
    def times(self) -> np.ndarray:
        """UTC start of each step as datetime64[s], shape (t,)."""
        return self.time_s.astype("datetime64[s]")

    def step_at(self, second: int) -> int:
        """Return the first step that starts at or after a UTC second, 0 to ``steps``."""
        step = -((self.start_s - second) // self.step_s)
        return min(max(step, 0), self.steps)


def every(clock: Clock, per: int) -> Clock:
    """Return the clock with steps ``per`` times as long; ``per`` divides its steps."""
    return replace(
        clock, step_s=per * clock.step_s, steps=clock.steps // per,
        local_day=clock.local_day[::per], wall_s=clock.wall_s[::per], holiday=clock.holiday[::per],
    )  # fmt: skip


def holidays_of(country: str | None, years: range) -> frozenset[int]:
    """Return the day numbers of a country's public holidays; None has none.

    Raises
    ------
    ValueError
        If the country is not known to the holiday calendars.
    """
    if country is None:
        return frozenset()
    try:
        found = holiday_calendars.country_holidays(country, years=list(years))
    except NotImplementedError as unknown:
        raise ValueError(f"no holiday calendar for country {country!r}") from unknown
    return frozenset(day_number(date) for date in found)


def make_clock(
    start: dt.date, end: dt.date, step_minutes: int, timezone: str, country: str | None = None
) -> Clock:
    """Return the clock from the first second of ``start`` to the first of ``end``, local dates.

    Parameters
    ----------
    start, end : date
        First local date, and the local date after the last.
    step_minutes : int
        Length of a step. [min]
    timezone : str
        IANA name.
    country : str, optional
        ISO code (with an optional subdivision left out) whose public holidays count.

    Raises
    ------
    ValueError
        If the period is empty, or the step does not divide an hour or the period.
    """
    if end <= start:
        raise ValueError(f"end {end} must be after start {start}")
    if step_minutes < 1 or 60 % step_minutes:
        raise ValueError(f"step_minutes must divide 60, got {step_minutes}")
    start_s = local_s(start, timezone)
    step_s = 60 * step_minutes
    steps, rest = divmod(local_s(end, timezone) - start_s, step_s)
    if rest:
        raise ValueError(
            f"step_minutes {step_minutes} does not divide the period: the clocks of {timezone}"
            f" jump by less than a step between {start} and {end}"
        )
    return clock_from(start_s, step_s, int(steps), timezone, country)


def clock_from(
    start_s: int, step_s: int, steps: int, timezone: str, country: str | None = None
) -> Clock:
    """Return the clock of ``steps`` steps from any UTC second on.

    Parameters
    ----------
    start_s : int
        UTC second at which the first step begins.
    step_s, steps : int
        Length of a step [s] and number of steps.
    timezone : str
        IANA name.
    country : str, optional
        As for :func:`make_clock`.
    """
    time_s = start_s + step_s * np.arange(steps, dtype=np.int64)
    wall = time_s + _offsets(time_s, timezone)
    local_day = wall // DAY_S
    years = range(date_of(local_day[0]).year, date_of(local_day[-1]).year + 1)
    off = np.array(sorted(holidays_of(country, years)), dtype=np.int64)
    return Clock(
        start_s, step_s, steps, timezone, local_day, wall - local_day * DAY_S,
        np.isin(local_day, off),
    )  # fmt: skip


def _offsets(time_s: I8, timezone: str) -> I8:
    """Return the offset from UTC at each second, shape (t,).

    Asked once a day, and once a quarter of an hour on days in which it changes.
    """
    zone = ZoneInfo(timezone)
    days, back = np.unique(time_s // DAY_S, return_inverse=True)
    bounds = np.array([[_offset(int(day + k) * DAY_S, zone) for k in (0, 1)] for day in days])
    found: I8 = bounds[back, 0]
    changing = np.flatnonzero((bounds[:, 0] != bounds[:, 1])[back])
    for place in changing:
        found[place] = _offset(int(time_s[place]) // 900 * 900, zone)
    return found


def _offset(second: int, zone: ZoneInfo) -> int:
    """Return the offset from UTC at a second. [s]"""
    wall = dt.datetime.fromtimestamp(second, zone)
    return int(wall.utcoffset().total_seconds())  # type: ignore[union-attr]
