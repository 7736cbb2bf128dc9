"""The choice of days: which dates are called, by name, by a measure of the day or by count.

A measure is one number a day: its mean temperature, or its price. Rules on it look at what an
announcer of the day before can know (``PERFECT``, or ``DAY_AHEAD`` with the error of a forecast;
see :mod:`gridsim.signals.foreseen`), all else being decided from the day and what was called
before it. Only ``Forecast.SEASON`` knows the whole season beforehand, as no announcer in the field
does: it takes the very coldest, hottest or dearest days.
"""

from enum import IntEnum
from itertools import pairwise

import numpy as np

from gridsim.core.arrays import B1, F8, I8
from gridsim.core.clock import HOUR_S, Clock, date_of, local_s
from gridsim.signals.notice import Notice
from gridsim.signals.rules import (
    ON_LOAD,
    RANKED,
    Days,
    Forecast,
    Past,
    Rule,
    allowed,
    place_of,
    season_of,
    sign_of,
    within_limits,
)

_DAY_AHEAD_S = 17 * HOUR_S  # 17:00 the day before; assumed, between the 16:00-18:00 of US trials
_SAME_DAY_S = 3 * HOUR_S  # three hours before the first called hour; assumed
_WIDTH = 2  # no day beyond twice as many as are wanted is called to use up the stock; assumed


class Lead(IntEnum):
    """How long before the first called hour people are told."""

    NONE = 0
    SAME_DAY = 1
    DAY_AHEAD = 2


def chosen(
    days: Days, clock: Clock, measure: F8 | None = None, past: Past | None = None
) -> tuple[int, ...]:
    """Return the day numbers that are called, in order.

    Parameters
    ----------
    days : Days
        The rule.
    clock : Clock
        The period; only its local dates are chosen from.
    measure : F8, optional
        What is known of each local date of the clock when it is chosen, shape (d,); see
        :func:`day_means`. Rules on weather and price need it. [C or currency/kWh]
    past : Past, optional
        The year before; ranked rules without ``Forecast.SEASON`` need it.

    Raises
    ------
    ValueError
        If a rule gets no measure, not one a day, or no past; or if it follows the load.
    """
    if days.rule in ON_LOAD:
        raise ValueError("rules on the load are decided while a town runs, not beforehand")
    all_days = np.unique(clock.local_day)
    may = allowed(days, clock)
    plain = days.rule in (Rule.DATES, Rule.EVERY)
    if not plain and (measure is None or len(measure) != len(all_days)):
        raise ValueError(f"measure must hold one number for each of the {len(all_days)} days")
    if days.rule in RANKED and days.forecast != Forecast.SEASON:
        return _by_stock(days, all_days[may], np.asarray(measure)[may], past)
    taken: list[int] = []
    for place in _in_turn(days, all_days, may, measure):
        day = int(all_days[place])
        if within_limits(days, day, taken):
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
        told_at = told_s(day, hours, lead, clock)
        for start, stop in sorted(hours):
            inside = np.flatnonzero((wall_s >= start * HOUR_S) & (wall_s < stop * HOUR_S))
            if len(inside):
                first, last = int(begin + inside[0]), int(begin + inside[-1] + 1)
                at_s = clock.start_s + clock.step_s * first if told_at is None else told_at
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


def told_s(
    day: int, hours: tuple[tuple[float, float], ...], lead: Lead, clock: Clock
) -> int | None:
    """Return the UTC second at which a day's call is told; None for at its start."""
    if lead == Lead.NONE:
        return None
    if lead == Lead.DAY_AHEAD:
        return eve_s(day, clock)
    first_s = round(min(start for start, _ in hours) * HOUR_S)
    return local_s(date_of(day), clock.timezone, first_s) - _SAME_DAY_S


def eve_s(day: int, clock: Clock) -> int:
    """Return the UTC second of the day before at which calls of a day are decided and told."""
    return local_s(date_of(day - 1), clock.timezone, _DAY_AHEAD_S)


def _in_turn(days: Days, all_days: I8, may: B1, measure: F8 | None) -> I8:
    """Return the places of the days that the rule wants, in the order it takes them."""
    places = np.flatnonzero(may)
    if days.rule == Rule.EVERY:
        return places[:: int(days.value)]
    if days.rule == Rule.DATES or measure is None:
        return places
    if days.rule == Rule.BELOW_C:
        return places[measure[places] < days.value]
    if days.rule in (Rule.ABOVE_C, Rule.ABOVE_PRICE):
        return places[measure[places] > days.value]
    return places[np.argsort(-sign_of(days) * measure[places], kind="stable")]


def _by_stock(days: Days, may: I8, measure: F8, past: Past | None) -> tuple[int, ...]:
    """Return the days that pass a threshold which follows the stock of days left.

    With s days left, a day is called if it passes the s-th most extreme of last year's days from
    this date to the end of the season, but no day is called that would not have been among the
    ``_WIDTH`` times as many most extreme of last year's season: a mild end of a season leaves some
    days uncalled. Tempo's announcer does the same with straight lines fitted to many years.
    """
    if past is None:
        raise ValueError("past must hold the year before the period: the threshold comes from it")
    then, wanted = _usable(days, past), int(days.value)
    taken: list[int] = []
    for day, value in zip(may.tolist(), (sign_of(days) * measure).tolist(), strict=True):
        left = wanted - sum(season_of(days, d) == season_of(days, day) for d in taken)
        if (
            left > 0
            and value > _threshold(days, then, day, left)
            and within_limits(days, day, taken)
        ):
            taken.append(day)
    return tuple(taken)


def _usable(days: Days, past: Past) -> list[tuple[int, float]]:
    """Return place in the season and extremity of the past days that could have been called."""
    months = {date_of(day).month for day in past.days.tolist()}
    if not set(days.months) <= months:
        lacking = sorted(set(days.months) - months)
        raise ValueError(f"past holds no day of the months {lacking}")
    extremes = sign_of(days) * past.measure
    return [
        (place_of(days, day), value)
        for day, value in zip(past.days.tolist(), extremes.tolist(), strict=True)
        if date_of(day).month in days.months and (not days.weekdays or (day + 3) % 7 < 5)
    ]


def _threshold(days: Days, then: list[tuple[int, float]], day: int, left: int) -> float:
    """Return the extremity that a day must pass with so many days left."""
    rest = sorted((value for place, value in then if place >= place_of(days, day)), reverse=True)
    season = sorted((value for _, value in then), reverse=True)
    floor = season[min(_WIDTH * int(days.value), len(season)) - 1]
    return max(rest[left - 1] if left <= len(rest) else -np.inf, floor)
