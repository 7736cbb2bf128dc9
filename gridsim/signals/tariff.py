"""Tariffs: what a kWh costs in each step, what people expect it to cost, and when it is dear.

A tariff follows the wall clock: the price of a step is the price in force when the step starts,
so a local day of 92 or 100 quarter-hours needs no special case.
"""

import calendar
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from itertools import pairwise
from types import MappingProxyType
from typing import NamedTuple, Protocol

import numpy as np

from gridsim.core.arrays import B1, F8, I8
from gridsim.core.clock import HOUR_S, Clock
from gridsim.signals.critical import CriticalPeak
from gridsim.signals.dynamic import Dynamic
from gridsim.signals.notice import Notice
from gridsim.signals.tempo import Tempo

_LEAP_YEAR = 2000  # any leap year: it has every date that a year can have
_DAYS_BEFORE = np.cumsum([0] + [calendar.monthrange(_LEAP_YEAR, m)[1] for m in range(1, 12)])
_YEAR_DAYS = 366


class Tariff(Protocol):
    """What every tariff answers; anything with these six methods is one.

    A user's own tariff needs no base class and no registration: a record with these methods can
    be handed to a :class:`~gridsim.signals.contract.Contract` as it is. All arrays have shape
    (t,), t being ``clock.steps``; the same clock must give the same answer every time.
    """

    def price(self, clock: Clock) -> F8:
        """Return what a kWh from the grid costs in each step [currency/kWh]."""
        ...

    def usual(self, clock: Clock) -> F8:
        """Return what people expect who have heard no notice [currency/kWh]."""
        ...

    def notices(self, clock: Clock) -> tuple[Notice, ...]:
        """Return every announcement about the clock's steps, in order of publication."""
        ...

    def off_peak(self, clock: Clock) -> B1:
        """Return whether the meter's off-peak contact is closed; all True without a contact."""
        ...

    def called(self, clock: Clock) -> B1:
        """Return whether a step is called (critical, red) by an announcement."""
        ...

    def dear(self, clock: Clock) -> B1:
        """Return whether a step is among the tariff's dearest; all False when none stands out."""
        ...


class DayType(IntEnum):
    """Kinds of local days that a band can be told apart by."""

    WEEKDAY = 0
    SATURDAY = 1
    SUNDAY = 2
    HOLIDAY = 3


class Season(NamedTuple):
    """Local dates from ``first`` to ``last``, both (month, day) and inside.

    A season whose first date comes after its last runs over New Year.
    """

    first: tuple[int, int] = (1, 1)
    last: tuple[int, int] = (12, 31)


def months(*numbers: int) -> tuple[Season, ...]:
    """Return whole months as seasons: ``months(11, 12, 1)``.

    Raises
    ------
    ValueError
        If a number is not a month.
    """
    wrong = [number for number in numbers if not 1 <= number <= 12]
    if wrong:
        raise ValueError(f"months must lie in 1-12, got {wrong}")
    return tuple(Season((m, 1), (m, calendar.monthrange(_LEAP_YEAR, m)[1])) for m in numbers)


@dataclass(frozen=True, slots=True)
class Band:
    """One price and the local times at which it holds.

    Parameters
    ----------
    rate : float
        Price, not negative. [currency/kWh]
    hours : tuple of (float, float)
        Local hours [from, to) of the day, to at most 24; from > to goes through midnight and
        means the evening and the early morning *of the same local date*. [h]
    days : tuple of DayType
        Kinds of days; every kind unless given. When no band of a tariff names HOLIDAY, public
        holidays are priced as the day of the week they fall on.
    seasons : tuple of Season
        Dates of the year.
    name : str
        Name for messages and figures.
    """

    rate: float
    hours: tuple[tuple[float, float], ...] = ((0.0, 24.0),)
    days: tuple[DayType, ...] = ()
    seasons: tuple[Season, ...] = (Season(),)
    name: str = ""

    def __post_init__(self) -> None:
        """Refuse what cannot be a band."""
        if not 0 <= self.rate < np.inf:
            raise ValueError(f"rate must be a number not below 0, got {self.rate}")
        for kind, given in (("hours", self.hours), ("seasons", self.seasons)):
            if not given:
                raise ValueError(f"{kind} must not be empty")
        for start, end in self.hours:
            if not (0 <= start < 24 and 0 < end <= 24 and start != end):
                raise ValueError(f"hours must run from [0, 24) to (0, 24], got {start:g}-{end:g}")
        for date in (date for season in self.seasons for date in season):
            _check_date(date)


@dataclass(frozen=True, slots=True)
class Flat:
    """The same price in every hour of the year.

    Parameters
    ----------
    rate : float
        Price, not negative. [currency/kWh]
    """

    rate: float

    def __post_init__(self) -> None:
        """Refuse a rate that is no price."""
        if not 0 <= self.rate < np.inf:
            raise ValueError(f"rate must be a number not below 0, got {self.rate}")

    def price(self, clock: Clock) -> F8:
        """Return the rate in each step, shape (t,) [currency/kWh]."""
        return np.full(clock.steps, float(self.rate))

    def usual(self, clock: Clock) -> F8:
        """Return the rate in each step, shape (t,) [currency/kWh]."""
        return self.price(clock)

    def notices(self, clock: Clock) -> tuple[Notice, ...]:
        """Return no notice: the price is known from the contract."""
        return ()

    def off_peak(self, clock: Clock) -> B1:
        """Return True everywhere: there is no contact."""
        return np.ones(clock.steps, dtype=np.bool_)

    def called(self, clock: Clock) -> B1:
        """Return False everywhere, shape (t,)."""
        return np.zeros(clock.steps, dtype=np.bool_)

    def dear(self, clock: Clock) -> B1:
        """Return False everywhere, shape (t,)."""
        return np.zeros(clock.steps, dtype=np.bool_)


@dataclass(frozen=True, slots=True)
class TimeOfUse:
    """A price for each band of season, kind of day and local hour.

    Parameters
    ----------
    bands : tuple of Band
        Together they price every hour of every kind of day of the year exactly once.

    Raises
    ------
    ValueError
        If some hour has no price, or two.
    """

    bands: tuple[Band, ...]

    def __post_init__(self) -> None:
        """Refuse bands that overlap or leave a gap."""
        if not self.bands:
            raise ValueError("bands must not be empty")
        _lay_out(self.bands)

    def price(self, clock: Clock) -> F8:
        """Return the price of each step, shape (t,) [currency/kWh]."""
        table = _lay_out(self.bands)
        return _read(table, table.rate, clock)

    def usual(self, clock: Clock) -> F8:
        """Return the price of each step, shape (t,): everybody knows it [currency/kWh]."""
        return self.price(clock)

    def notices(self, clock: Clock) -> tuple[Notice, ...]:
        """Return no notice: the bands are known from the contract."""
        return ()

    def band(self, clock: Clock) -> I8:
        """Return the place among ``bands`` of the band of each step, shape (t,)."""
        table = _lay_out(self.bands)
        return _read(table, table.owner, clock)

    def off_peak(self, clock: Clock) -> B1:
        """Return whether a step has the cheapest price of its local date, shape (t,)."""
        table = _lay_out(self.bands)
        cheapest = table.rate.min(axis=2, keepdims=True)
        return _read(table, table.rate == cheapest, clock)

    def called(self, clock: Clock) -> B1:
        """Return False everywhere, shape (t,): nothing is announced."""
        return np.zeros(clock.steps, dtype=np.bool_)

    def dear(self, clock: Clock) -> B1:
        """Return whether a step has the highest price of the season in force, shape (t,).

        A date on which all kinds of days cost the same at all hours has no dear step.
        """
        table = _lay_out(self.bands)
        highest = table.rate.max(axis=(1, 2), keepdims=True)
        lowest = table.rate.min(axis=(1, 2), keepdims=True)
        return _read(table, (table.rate == highest) & (highest > lowest), clock)


TARIFFS: Mapping[str, Callable[..., Tariff]] = MappingProxyType(
    {
        "flat": Flat,
        "time_of_use": TimeOfUse,
        "tempo": Tempo,
        "critical_peak": CriticalPeak,
        "dynamic": Dynamic,
    }
)
"""Kinds of tariffs by the name that a scenario gives them."""


def daily(starts: tuple[float, ...], rates: tuple[float, ...]) -> TimeOfUse:
    """Return the tariff with the same bands on every day of the year.

    Parameters
    ----------
    starts : tuple of float
        Local hour at which each band begins, rising from 0. [h]
    rates : tuple of float
        Price within each band. [currency/kWh]

    Raises
    ------
    ValueError
        If the bands do not cover the day in order.
    """
    if len(starts) != len(rates):
        raise ValueError(f"rates: {len(rates)} rates for {len(starts)} bands")
    if not starts or starts[0] != 0 or any(a >= b for a, b in pairwise((*starts, 24.0))):
        raise ValueError(f"starts must rise from 0 and stay below 24, got {list(starts)}")
    ends = (*starts[1:], 24.0)
    return TimeOfUse(
        tuple(Band(rate, ((a, b),)) for rate, a, b in zip(rates, starts, ends, strict=True))
    )


def mean_price(tariff: Tariff, clock: Clock) -> float:
    """Return the mean over time of the price that really holds [currency/kWh]."""
    return float(np.mean(tariff.price(clock)))


class _Table(NamedTuple):
    """Rates and places of bands by date of a leap year, kind of day and slot, (366, 3 or 4, s)."""

    rate: F8
    cut_s: I8
    owner: I8


@lru_cache(maxsize=64)
def _lay_out(bands: tuple[Band, ...]) -> _Table:
    """Write every band into one table; raise ValueError where it has a gap or an overlap."""
    cuts = sorted({hour for band in bands for pair in band.hours for hour in pair} | {0.0})
    starts = np.array([cut for cut in cuts if cut < 24])
    kinds = 4 if any(DayType.HOLIDAY in band.days for band in bands) else 3
    owner = np.full((_YEAR_DAYS, kinds, len(starts)), -1)
    for number, band in enumerate(bands):
        mine = _cells(band, kinds, starts)
        taken = mine & (owner >= 0)
        if taken.any():
            where = np.argwhere(taken)[0]
            names = f"{_name(bands, owner[tuple(where)])} and {_name(bands, number)}"
            raise ValueError(f"bands: {names} both price {_say(where, starts)}")
        owner[mine] = number
    if (owner < 0).any():
        where = np.argwhere(owner < 0)[0]
        raise ValueError(f"bands: none prices {_say(where, starts)}")
    rate = np.array([band.rate for band in bands], dtype=np.float64)[owner]
    rate.setflags(write=False)
    owner.setflags(write=False)
    return _Table(rate, np.rint(starts * HOUR_S).astype(np.int64), owner)


def _cells(band: Band, kinds: int, starts: F8) -> B1:
    """Return the cells of the table that a band prices, shape (366, kinds, slots)."""
    dates = np.arange(_YEAR_DAYS)
    date = np.zeros(_YEAR_DAYS, dtype=np.bool_)
    for season in band.seasons:
        date |= _between(dates, _date_index(season.first), _date_index(season.last) + 1)
    hour = np.zeros(len(starts), dtype=np.bool_)
    for start, end in band.hours:
        hour |= _between(starts, start, end)
    kind = np.isin(np.arange(kinds), [int(day) for day in band.days or DayType])
    cells: B1 = date[:, None, None] & kind[None, :, None] & hour[None, None, :]
    return cells


def _between(values: F8 | I8, start: float, end: float) -> B1:
    """Return start <= value < end, round the corner when the end comes first."""
    after, before = values >= start, values < end
    return after & before if start < end else after | before


def _read(table: _Table, values: np.ndarray, clock: Clock) -> np.ndarray:
    """Return the entry of a table (366, kinds, slots) that holds in each step, shape (t,)."""
    first_of_month = clock.local_day.astype("datetime64[D]").astype("datetime64[M]")
    in_month = clock.local_day - first_of_month.astype("datetime64[D]").astype(np.int64)
    date = _DAYS_BEFORE[clock.month - 1] + in_month
    kind = np.maximum(clock.weekday - 4, DayType.WEEKDAY)
    if values.shape[1] > DayType.HOLIDAY:
        kind = np.where(clock.holiday, DayType.HOLIDAY, kind)
    slot = np.searchsorted(table.cut_s, clock.wall_s, side="right") - 1
    return np.asarray(values[date, kind, slot])


def _date_index(date: tuple[int, int]) -> int:
    """Return the place of a (month, day) in a leap year, from 0."""
    return int(_DAYS_BEFORE[date[0] - 1]) + date[1] - 1


def _check_date(date: tuple[int, int]) -> None:
    """Refuse a (month, day) that no year has."""
    month, day = date
    if not (1 <= month <= 12 and 1 <= day <= calendar.monthrange(_LEAP_YEAR, month)[1]):
        raise ValueError(f"seasons: there is no month {month}, day {day}")


def _name(bands: tuple[Band, ...], number: int) -> str:
    """Return how a message calls a band."""
    return repr(bands[number].name) if bands[number].name else f"band {number + 1}"


def _say(where: np.ndarray, starts: F8) -> str:
    """Return a cell of the table in words: ``17:30-20:00 on a sunday, 1 March``."""
    date, kind, slot = (int(index) for index in where)
    month = int(np.searchsorted(_DAYS_BEFORE, date, side="right"))
    ends = (*starts[1:], 24.0)
    span = "-".join(f"{int(h):02d}:{round(h % 1 * 60):02d}" for h in (starts[slot], ends[slot]))
    name = DayType(kind).name.lower()
    return f"{span} on a {name}, {date - _DAYS_BEFORE[month - 1] + 1} {calendar.month_name[month]}"
