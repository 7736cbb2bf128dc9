"""Billing periods: calendar months, cut by switches, by years of settlement and by the clock.

Charges by the day count whole local days, whether they have 23, 24 or 25 hours; a day of which the
clock covers a part counts for that share of its length.
"""

import calendar
import itertools
import math
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from gridsim.core.arrays import F8, I8
from gridsim.core.clock import Clock, date_of, local_s
from gridsim.signals.contract import Contract
from gridsim.signals.parts import ALL_MONTHS, Crediting
from gridsim.signals.whole import spells


@dataclass(frozen=True, slots=True)
class Period:
    """A billing period.

    Parameters
    ----------
    first, last : int
        Steps [first, last).
    terms : int
        Which of the contracts is in force: the place among :func:`~gridsim.signals.whole.spells`.
    settles : bool
        Whether a year of settlement ends with it, or the contract.
    """

    first: int
    last: int
    terms: int
    settles: bool


@dataclass(frozen=True, slots=True)
class Cover:
    """The local days that some steps cover, month by month.

    Parameters
    ----------
    first_day, last_day : int
        Local day numbers [first, last).
    month : I8
        Months since January 1970, shape (m,).
    days, length : F8
        Days covered of each, and days that it has, shape (m,).
    """

    first_day: int
    last_day: int
    month: I8
    days: F8
    length: F8

    def day_count(self, months: Iterable[int] = ALL_MONTHS) -> float:
        """Return the days covered in months 1-12."""
        return math.fsum(self.days[self._within(months)])

    def month_count(self, months: Iterable[int] = ALL_MONTHS) -> float:
        """Return the months covered, in months 1-12; a part counts for its share of the days."""
        wanted = self._within(months)
        return math.fsum(self.days[wanted] / self.length[wanted])

    def year_share(self) -> float:
        """Return the share of a calendar year that is covered, by days."""
        return self.day_count() / self.year_days()

    def year_days(self) -> int:
        """Return the days of the year in which it begins."""
        return 366 if calendar.isleap(1970 + int(self.month[0]) // 12) else 365

    def share_of(self, length: int, months: Iterable[int]) -> float:
        """Return the share of its whole period of ``length`` months that lies in months 1-12."""
        first = int(self.month[0]) // length * length
        whole = sum(
            calendar.monthrange(1970 + month // 12, month % 12 + 1)[1]
            for month in range(first, first + length)
        )
        return self.day_count(months) / whole

    def _within(self, months: Iterable[int]) -> np.ndarray:
        """Return which months are among 1-12."""
        return np.isin(self.month % 12 + 1, list(months))


def periods(contract: Contract, clock: Clock) -> tuple[Period, ...]:
    """Return the billing periods of a contract on a clock, in order, without gaps.

    A period is as many calendar months as ``parts.months`` says, from January on. A switch ends
    it, so does the last month of a year of settlement of exports (``parts.export``).

    Parameters
    ----------
    contract : Contract
        What was signed.
    clock : Clock
        Time axis.
    """
    month = _months_of(clock.local_day)
    found = []
    in_force = spells(contract, clock)
    for terms, (one, first, last) in enumerate(in_force):
        here = month[first:last]
        closing = _last_month(one)
        number = here // one.parts.months
        year = (here - closing) // 12 if closing is not None else np.zeros_like(here)
        ends = 1 + np.flatnonzero((np.diff(number) != 0) | (np.diff(year) != 0))
        cuts = [0, *(int(end) for end in ends), last - first]
        for a, b in itertools.pairwise(cuts):
            ended = b == last - first and terms + 1 < len(in_force)
            over = closing is not None and _turns(clock, first + b, month, closing)
            found.append(Period(first + a, first + b, terms, ended or over))
    return tuple(found)


def cover(clock: Clock, first: int, last: int) -> Cover:
    """Return the local days that the steps [first, last) cover.

    Parameters
    ----------
    clock : Clock
        Time axis.
    first, last : int
        Steps, at least one.
    """
    days, steps = np.unique(clock.local_day[first:last], return_counts=True)
    length_s = np.array([_length_s(int(day), clock.timezone) for day in days])
    shares = steps * clock.step_s / length_s
    month = _months_of(days)
    months = np.unique(month)
    sums = [math.fsum(shares[month == one]) for one in months]
    length = [calendar.monthrange(1970 + int(m) // 12, int(m) % 12 + 1)[1] for m in months]
    return Cover(
        int(days[0]), int(days[-1]) + 1, months, np.array(sums), np.array(length, dtype=np.float64)
    )


def standing_charge(standing_year: float, clock: Clock) -> float:
    """Return the standing charge of the clock's period. [currency]

    Each local day costs a 365th, in a leap year a 366th, of the year's charge.

    Parameters
    ----------
    standing_year : float
        Charge of a calendar year, not negative. [currency/year]
    clock : Clock
        Time axis.

    Raises
    ------
    ValueError
        If the charge is negative or not finite.
    """
    if not 0 <= standing_year < math.inf:
        raise ValueError(f"standing_year must be a number not below 0, got {standing_year}")
    year = _months_of(clock.local_day) // 12
    cuts = [0, *(int(k) + 1 for k in np.flatnonzero(np.diff(year))), clock.steps]
    shares = [cover(clock, a, b).year_share() for a, b in itertools.pairwise(cuts)]
    return standing_year * math.fsum(shares)


def month_of(day: int) -> int:
    """Return the months since January 1970 of a local day number."""
    return int(_months_of(np.array([day]))[0])


def _months_of(days: I8) -> I8:
    """Return the months since January 1970 of local day numbers, the shape of ``days``."""
    return days.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)


def _last_month(one: Contract) -> int | None:
    """Return the month 1-12 with which a year of settlement ends; None without settlement."""
    rule = one.parts.export
    if rule is None or rule.crediting == Crediting.FEED_IN:
        return None
    return rule.cash_out_month


def _turns(clock: Clock, step: int, month: I8, closing: int) -> bool:
    """Return whether a year of settlement ends where a step begins, or the clock ends."""
    after = int(month[step]) if step < clock.steps else _month_at_end(clock)
    return after % 12 == closing % 12 and after != int(month[step - 1])


def _month_at_end(clock: Clock) -> int:
    """Return the month in which the moment lies at which the clock ends."""
    day = int(clock.local_day[-1])
    over = clock.end_s >= local_s(date_of(day + 1), clock.timezone)
    return month_of(day + over)


def _length_s(day: int, timezone: str) -> int:
    """Return the length of a local day: 86,400 s but for the two changes of the clocks."""
    return local_s(date_of(day + 1), timezone) - local_s(date_of(day), timezone)
