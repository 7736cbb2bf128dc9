"""Reading runs: energy of each home in chosen hours, and statistics with their resamples.

A statistic is an array of shape (resamples + 1,): its value in the homes as they are, then in each
draw of the bootstrap. Arithmetic on such arrays carries the uncertainty along.
"""

import numpy as np

from gridsim.core.arrays import B1, F8
from gridsim.core.clock import Clock
from gridsim.metrics import effects
from gridsim.metrics.effects import Effect
from gridsim.results.results import Results
from gridsim.studies.trials.records import Measured


def kwh(results: Results, arm: str, hours: B1) -> F8:
    """Return what each home takes in chosen steps, shape (n,); feeding in counts against it. [kWh]

    Parameters
    ----------
    results : Results
        A run that kept the loads of its homes.
    arm : str
        Name of the arm.
    hours : B1
        Steps to count, shape (t,).

    Raises
    ------
    ValueError
        If the run did not keep the loads.
    """
    if arm not in results.loads:
        raise ValueError(f"the run kept no loads of {arm!r}: output.profiles must be true")
    loads = results.loads[arm]
    return np.asarray(loads[hours].sum(axis=0, dtype=np.float64)) * results.clock.dt_h


def weekday_hours(clock: Clock, first: float, last: float) -> B1:
    """Return the steps of working days from an hour to another, shape (t,)."""
    hour = clock.local_hour
    inside = (hour >= first) & (hour < last)
    return np.asarray(inside & (clock.weekday < 5) & ~clock.holiday)


def days_of(clock: Clock, first: int, last: int) -> B1:
    """Return the steps of the days number ``first`` up to ``last`` (exclusive) of the period."""
    day = clock.local_day - clock.local_day[0]
    return np.asarray((day >= first) & (day < last))


def enrolled(results: Results, arm: str) -> B1:
    """Return which homes are on the tariff of an arm, shape (n,)."""
    return np.asarray(results.arm(arm).homes["enrolled"] > 0.5)


def seed_of(results: Results) -> int:
    """Return the seed of a run's scenario."""
    told = results.provenance.get("seed", 0)
    return told if isinstance(told, int) else 0


def ratio(results: Results, part: F8, whole: F8) -> F8:
    """Return the total of one column of homes over that of another, as a statistic.

    Parameters
    ----------
    results : Results
        The run that the homes are from; its seed names the draws.
    part, whole : F8
        A number of each home, shape (n,); homes that do not count are 0 in both.
    """
    drawn = effects.draws(len(part), seed_of(results))
    sums = effects.sums(drawn, np.stack([part, whole], axis=1).astype(np.float64))
    return np.asarray(effects.ratio(sums[:, 0], sums[:, 1]))


def reduction(results: Results, arm: str, hours: B1, among: B1 | None = None) -> F8:
    """Return by how much an arm takes less than the reference in chosen hours. [%]

    Parameters
    ----------
    results : Results
        A run that kept the loads of its homes.
    arm : str
        Name of the arm.
    hours : B1
        Steps to count, shape (t,).
    among : B1, optional
        Homes to look at, shape (n,); all by default.
    """
    before = kwh(results, results.reference.name, hours)
    less = before - kwh(results, arm, hours)
    mask = np.ones(len(before)) if among is None else among.astype(np.float64)
    return 100.0 * ratio(results, less * mask, before * mask)


def mean(stats: list[F8]) -> F8:
    """Return the mean of statistics from separate runs."""
    return np.asarray(np.mean(stats, axis=0))


def exact(value: float) -> Measured:
    """Return a number that has no homes to draw again."""
    return Measured(np.array([float(value)]), 0)


def truth(stat: F8, homes: int) -> Effect:
    """Return the value and the 95 % interval of a statistic."""
    if len(stat) == 1:
        return Effect(float(stat[0]), float("nan"), float("nan"))
    return effects.interval(stat, homes)
