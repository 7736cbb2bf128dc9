"""Calls that follow the load: an operator who watches the meters and calls the day before.

At 17:00 the operator forecasts the next day from what has been metered: the mean of the last days
of the same kind, hour by hour, moved by what degrees of heating and cooling have been worth so far
and by how much of them the weather forecast says. Nothing later than the moment of the decision is
looked at but that forecast, so a run that is split decides the same.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from gridsim.core.arrays import B1, F8, I8
from gridsim.core.clock import HOUR_S, Clock
from gridsim.programmes import calls
from gridsim.programmes.calls import Call, Plan
from gridsim.signals import calendar, rules
from gridsim.signals.rules import Rule

POWER_FACTOR = 0.95
"""Active over apparent power of many homes; assumed."""
_HEAT_C, _COOL_C = 15.0, 22.0  # daily means below and above which homes heat and cool; assumed
_ALIKE, _LOOK_BACK = 3, 14  # days that a forecast averages, and how old they may be; assumed
_LEARN, _AT_LEAST = 28, 10  # days that degrees are learnt from, and the fewest of them; assumed
_BUSY_AT_LEAST = 7  # days to have seen before the busiest can be told from others; assumed


@dataclass(frozen=True, slots=True, eq=False)
class Watch:
    """A programme of calls that follows the load.

    Parameters
    ----------
    plan : Plan
        The programme; its rule is LIMIT_KVA or BUSIEST.
    homes : int or None
        How many of the first homes hang on the transformer that is watched; None: all of them.
    air_c : F8
        Outdoor temperature of each step of the period, shape (t or more,). [C]
    error_k : F8
        Error of the forecast of the mean temperature of each local date, shape (d,). [K]

    Raises
    ------
    ValueError
        If the rule does not follow the load, or there is no home to watch.
    """

    plan: Plan
    homes: int | None
    air_c: F8
    error_k: F8

    def __post_init__(self) -> None:
        """Refuse rules that need no watching."""
        if self.plan.days.rule not in rules.ON_LOAD:
            raise ValueError("plan.days.rule must be LIMIT_KVA or BUSIEST")
        if self.homes is not None and self.homes < 1:
            raise ValueError(f"homes must be 1 or more, got {self.homes}")


def days_of(watch: Watch, clock: Clock) -> tuple[int, ...]:
    """Return the days that may be called and of which the day before lies in the period."""
    found = clock.local_day[0] + np.flatnonzero(rules.allowed(watch.plan.days, clock))
    return tuple(int(day) for day in found if calendar.eve_s(int(day), clock) >= clock.start_s)


def decide(watch: Watch, clock: Clock, day: int, kw: F8, made: Sequence[Call]) -> tuple[Call, ...]:
    """Return what is called on a day, decided at 17:00 of the day before.

    Parameters
    ----------
    watch : Watch
        The programme.
    clock : Clock
        The period, t steps.
    day : int
        The day in question.
    kw : F8
        Metered net load of those who are watched, shape (t,); only steps before the moment of
        the decision are looked at. [kW]
    made : sequence of Call
        What the programme has called so far.
    """
    taken = [int(clock.local_day[call.first]) for call in made]
    if not rules.within_limits(watch.plan.days, day, sorted(set(taken))):
        return ()
    hat = expected(watch, clock, day, kw, taken)
    if hat is None:
        return ()
    values = np.full(clock.steps, -np.inf)
    values[_steps_of(clock, day)] = hat
    if watch.plan.days.rule == Rule.LIMIT_KVA:
        limit_kw = watch.plan.days.value * POWER_FACTOR
        return calls.within(watch.plan, clock, day, values, limit_kw)
    limit_kw = _busy(watch, clock, day, kw, sorted(set(taken)))
    inside = _in_hours(watch, clock, day)
    if not inside.any() or values[_steps_of(clock, day)][inside].max() <= limit_kw:
        return ()
    return calls.within(watch.plan, clock, day, values, -np.inf)


def expected(watch: Watch, clock: Clock, day: int, kw: F8, taken: Sequence[int] = ()) -> F8 | None:
    """Return the load of a day's steps as it is forecast the day before; None without a past. [kW]

    Parameters
    ----------
    watch : Watch
        Who is watched, and the weather.
    clock : Clock
        The period, t steps.
    day : int
        Day number.
    kw : F8
        Metered so far, shape (t,). [kW]
    taken : sequence of int
        Called days, which are no example of others where there is another.
    """
    past = _complete(clock, day)
    alike = _alike(clock, past, day, taken)
    if not alike:
        return None
    wall_s = clock.wall_s[_steps_of(clock, day)]
    rows = []
    for other in alike:
        steps = _steps_of(clock, other)
        at = np.searchsorted(clock.wall_s[steps], wall_s, side="right") - 1
        rows.append(kw[steps][np.clip(at, 0, None)])
    more = _degrees(watch, clock, [day], foreseen=True)[0]
    more = more - _degrees(watch, clock, alike).mean(axis=0)
    return np.asarray(np.mean(rows, axis=0) + more @ _worth(watch, clock, past, kw))


def _complete(clock: Clock, day: int) -> list[int]:
    """Return the days that are over at 17:00 of the day before, oldest first."""
    return list(range(int(clock.local_day[0]), day - 1))


def _alike(clock: Clock, past: list[int], day: int, taken: Sequence[int]) -> list[int]:
    """Return the last days of the same kind, uncalled if there are any; else the last day."""
    recent = [d for d in past if day - d <= _LOOK_BACK]
    same = [d for d in recent if _free(clock, d) == _free(clock, day)]
    usual = [d for d in same if d not in taken]
    return (usual or same or recent)[-_ALIKE:] if (usual or same) else recent[-1:]


def _worth(watch: Watch, clock: Clock, past: list[int], kw: F8) -> F8:
    """Return what a degree of heating and of cooling has been worth in the hours, (2,). [kW/K]"""
    days = past[-_LEARN:]
    if len(days) < _AT_LEAST:
        return np.zeros(2)
    inside = [_in_hours(watch, clock, d) for d in days]
    keep = [k for k, mask in enumerate(inside) if mask.any()]
    load = np.array([kw[_steps_of(clock, days[k])][inside[k]].mean() for k in keep])
    degrees = _degrees(watch, clock, [days[k] for k in keep])
    free = np.array([_free(clock, days[k]) for k in keep], dtype=np.float64)
    terms = np.column_stack([np.ones(len(keep)), free, degrees])
    return np.asarray(np.maximum(np.linalg.lstsq(terms, load, rcond=None)[0][2:], 0.0))


def _busy(watch: Watch, clock: Clock, day: int, kw: F8, taken: Sequence[int]) -> float:
    """Return the load above which a day counts as one of the busiest. [kW]

    With s days left to call and n days left of the season, it is what one in n / s of the days so
    far has passed at its peak.
    """
    days, first = watch.plan.days, int(clock.local_day[0])
    may = rules.allowed(days, clock)
    season = rules.season_of(days, day)
    later = first + np.flatnonzero(may)
    ahead = sum(d >= day and rules.season_of(days, d) == season for d in later.tolist())
    left = int(days.value) - sum(rules.season_of(days, d) == season for d in taken)
    over = np.array(_complete(clock, day), dtype=np.int64)
    peaks = _peaks(watch, clock, kw, day)[over - first]
    seen = peaks[may[over - first] & (peaks > -np.inf)]
    if len(seen) < _BUSY_AT_LEAST or left <= 0:
        return np.inf
    return float(np.quantile(seen, max(1.0 - left / ahead, 0.0)))


def _peaks(watch: Watch, clock: Clock, kw: F8, day: int) -> F8:
    """Return the highest load in the hours of each day before a day, shape (d,). [kW]"""
    last = int(np.searchsorted(clock.local_day, day))
    inside = _within_hours(watch, clock.wall_s[:last])
    starts = np.searchsorted(clock.local_day[:last], np.arange(clock.local_day[0], day))
    return np.asarray(np.maximum.reduceat(np.where(inside, kw[:last], -np.inf), starts))


def _degrees(watch: Watch, clock: Clock, days: list[int], *, foreseen: bool = False) -> F8:
    """Return degrees of heating and of cooling of days, shape (d, 2). [K]"""
    first = int(clock.local_day[0])
    mean_c = np.array([watch.air_c[: clock.steps][_steps_of(clock, d)].mean() for d in days])
    if foreseen:
        mean_c = mean_c + watch.error_k[np.array(days) - first]
    return np.column_stack([np.maximum(_HEAT_C - mean_c, 0.0), np.maximum(mean_c - _COOL_C, 0.0)])


def _in_hours(watch: Watch, clock: Clock, day: int) -> B1:
    """Return which steps of a day lie in the hours of the plan."""
    return _within_hours(watch, clock.wall_s[_steps_of(clock, day)])


def _within_hours(watch: Watch, wall_s: I8) -> B1:
    """Return which seconds of the wall clock lie in the hours of the plan, shape as given."""
    inside = np.zeros(len(wall_s), dtype=np.bool_)
    for start, end in watch.plan.hours:
        inside |= (wall_s >= start * HOUR_S) & (wall_s < end * HOUR_S)
    return inside


def _free(clock: Clock, day: int) -> bool:
    """Tell whether a day is a weekend or a public holiday."""
    step = int(_steps_of(clock, day)[0])
    return bool((day + 3) % 7 >= 5 or clock.holiday[step])


def _steps_of(clock: Clock, day: int) -> I8:
    """Return the steps of a local date."""
    first, last = np.searchsorted(clock.local_day, [day, day + 1])
    return np.arange(first, last)
