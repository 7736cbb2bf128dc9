"""Reduction in each event: against a randomised control group, or against own similar days.

A reduction is positive where less is taken. A control group that chance made needs no baseline;
own days do, and a home that was about to use less anyway passes for one that answered.
"""

from dataclasses import dataclass
from itertools import islice

import numpy as np

from gridsim.core.arrays import B1, F4, F8, I8
from gridsim.core.clock import Clock
from gridsim.metrics import estimate, randomised
from gridsim.metrics.estimate import Estimate
from gridsim.metrics.flexibility import spans

SIMILAR = 5
"""Days of a baseline: middle of the 3 to 10 days that programmes use (assumed)."""

REACH_DAYS = 45
"""How far before or after an event a similar day may lie: within the season (assumed)."""


@dataclass(frozen=True, slots=True)
class Reduction:
    """How much less homes take.

    Parameters
    ----------
    kw : Estimate
        Mean power per home that is not taken. [kW]
    share : Estimate
        The same as a share of what would have been taken.
    """

    kw: Estimate
    share: Estimate


def event_means(load_kw: F8 | F4, called: B1) -> F8:
    """Return the mean load of each home in each event, shape (events, n). [kW]

    Parameters
    ----------
    load_kw : F8
        Mean power of each home, shape (t, n). [kW]
    called : B1
        Steps that are called, shape (t,); an event is a run of them.

    Raises
    ------
    ValueError
        If nothing is called.
    """
    found = _events(called, load_kw)
    return np.stack([load_kw[first:last].mean(axis=0, dtype=np.float64) for first, last in found])


def against_control(control_kw: F8, treated_kw: F8) -> tuple[Reduction, ...]:
    """Return the reduction in each event against a randomised control group.

    Parameters
    ----------
    control_kw, treated_kw : F8
        Mean load of each home in each event, shapes (events, m) and (events, k). [kW]

    Raises
    ------
    ValueError
        If the events differ, a group has fewer than two homes, or the control takes nothing.
    """
    if len(control_kw) != len(treated_kw):
        raise ValueError(f"{len(treated_kw)} events against {len(control_kw)} of the control")
    return tuple(
        _between(control, treated) for control, treated in zip(control_kw, treated_kw, strict=True)
    )


def mean_against_control(control_kw: F8, treated_kw: F8) -> Reduction:
    """Return the reduction over all events against a control group; a home counts as one draw.

    Arguments and errors as those of :func:`against_control`.
    """
    if len(control_kw) != len(treated_kw):
        raise ValueError(f"{len(treated_kw)} events against {len(control_kw)} of the control")
    return _between(control_kw.mean(axis=0), treated_kw.mean(axis=0))


def against_own_days(baseline_kw: F8, actual_kw: F8) -> tuple[Reduction, ...]:
    """Return the reduction in each event of the same homes against their own baseline.

    Parameters
    ----------
    baseline_kw, actual_kw : F8
        Mean load of each home in each event, as on its similar days and as it was, shape
        (events, n). [kW]

    Raises
    ------
    ValueError
        If the shapes differ, there are fewer than two homes, or the baseline is not positive.
    """
    if np.shape(baseline_kw) != np.shape(actual_kw):
        raise ValueError(f"{np.shape(actual_kw)} loads against {np.shape(baseline_kw)} baselines")
    less_kw = np.asarray(baseline_kw, np.float64) - actual_kw
    return tuple(
        Reduction(estimate.mean(less), estimate.share(less, before))
        for less, before in zip(less_kw, baseline_kw, strict=True)
    )


def similar_means(
    load_kw: F8 | F4, called: B1, clock: Clock, daily_c: F8,
    *, busy: B1 | None = None, count: int = SIMILAR,
) -> F8:  # fmt: skip
    """Return what each home took in the hours of each event on similar days, (events, n). [kW]

    Similar are the days of the same kind (working day or not) within ``REACH_DAYS`` on which
    nothing is called, nearest in outdoor temperature; of equals, nearest in time.

    Parameters
    ----------
    load_kw : F8
        Mean power of each home, shape (t, n). [kW]
    called : B1
        Steps that are called, shape (t,).
    clock : Clock
        The time axis.
    daily_c : F8
        Mean outdoor temperature of the local day of each step, shape (t,). [C]
    busy : B1, optional
        Steps whose days are no ordinary days either, shape (t,).
    count : int
        Similar days to take the mean of; fewer if there are no more.

    Raises
    ------
    ValueError
        If nothing is called, or an event has no similar day.
    """
    found = _events(called, load_kw)
    spoilt = np.asarray(called, np.bool_) if busy is None else called | busy
    place = {
        (int(day), int(second)): step
        for step, (day, second) in enumerate(zip(clock.local_day, clock.wall_s, strict=True))
    }
    baselines = []
    for first, last in found:
        moves = _similar(first, spoilt, clock, daily_c)
        windows = (_moved(clock, place, range(first, last), move) for move in moves)
        whole = list(islice((steps for steps in windows if len(steps) == last - first), count))
        if not whole:
            raise ValueError(f"no similar day for the event at step {first}")
        kept = [load_kw[steps].mean(axis=0, dtype=np.float64) for steps in whole]
        baselines.append(np.mean(kept, axis=0))
    return np.stack(baselines)


def _similar(first: int, spoilt: B1, clock: Clock, daily_c: F8) -> list[int]:
    """Return how many days lie between an event and each similar day, the most similar first."""
    days, starts = np.unique(clock.local_day, return_index=True)
    off = (clock.weekday >= 5) | clock.holiday
    away = days - clock.local_day[first]
    fits = np.abs(away) <= REACH_DAYS
    fits &= off[starts] == off[first]
    fits &= ~np.isin(days, clock.local_day[spoilt])
    order = np.lexsort((away, np.abs(away), np.abs(daily_c[starts] - daily_c[first])))
    return [int(away[one]) for one in order if fits[one]]


def _moved(clock: Clock, place: dict[tuple[int, int], int], steps: range, days: int) -> I8:
    """Return the steps at the same wall-clock times some days later, those that there are."""
    wanted = [(int(clock.local_day[k]) + days, int(clock.wall_s[k])) for k in steps]
    return np.array([place[one] for one in wanted if one in place], np.int64)


def _between(control: F8, treated: F8) -> Reduction:
    """Return the reduction between two groups of homes."""
    return Reduction(
        -randomised.difference(control, treated),
        -randomised.relative_difference(control, treated),
    )


def _events(called: B1, load_kw: F8 | F4) -> list[tuple[int, int]]:
    """Return the events, refusing a period that has none."""
    if len(called) != len(load_kw):
        raise ValueError(f"called has {len(called)} steps, the load {len(load_kw)}")
    found = spans(called)
    if not found:
        raise ValueError("nothing is called: there is no event to measure")
    return found
