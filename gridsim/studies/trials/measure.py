"""Reading runs: energy of each home in chosen hours, and statistics with their resamples.

A statistic is an array of shape (resamples + 1,): its value in the homes as they are, then in each
draw of the bootstrap. Arithmetic on such arrays carries the uncertainty along.
"""

import numpy as np

from gridsim.core.arrays import B1, F8, I8
from gridsim.core.clock import Clock
from gridsim.metrics import effects, randomised
from gridsim.metrics.effects import Effect
from gridsim.results.results import Results
from gridsim.studies import lots
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
    if arm not in results.loads or len(results.loads_of):
        raise ValueError(f"the run kept not all loads of {arm!r}: output.profiles must be true")
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


def reduced(results: Results, arm: str, hours: B1, among: B1 | None = None) -> Measured:
    """Return the reduction of an arm in chosen hours, and what a lot would have estimated. [%]

    The lot shows half of the homes in the arm and half in the reference, as a randomised trial
    would; the truth knows all of them in both.

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
    mask = np.ones(len(numbers(results)), dtype=bool) if among is None else among
    stat = reduction(results, arm, hours, mask)
    before, after = (kwh(results, name, hours)[mask] for name in (results.reference.name, arm))
    treated = lots.lot(numbers(results), seed_of(results))[mask]
    return Measured(stat, int(mask.sum()), as_trial(before, after, treated))


def as_trial(before: F8, after: F8, treated: B1) -> Effect | None:
    """Return the reduction that randomised arms show; None with too few homes on a side. [%]

    Parameters
    ----------
    before, after : F8
        Energy of each home in the reference and in the arm, shape (m,). [kWh]
    treated : B1
        Homes that are seen in the arm, shape (m,).
    """
    if min(treated.sum(), (~treated).sum()) < 2:
        return None
    found = -randomised.relative_difference(before[~treated], after[treated])
    return Effect(100.0 * found.estimate, 100.0 * found.low, 100.0 * found.high)


def numbers(results: Results) -> I8:
    """Return the numbers of the homes of a run, shape (n,)."""
    return lots.numbers(results)


def pooled(parts: list[Measured], weights: list[float] | None = None) -> Measured:
    """Return the weighted mean of measured values of separate runs or arms; equal by default.

    Estimates of trials are pooled as independent ones, which they are not where arms share homes:
    the interval is then a little too narrow.
    """
    share = np.full(len(parts), 1.0) if weights is None else np.asarray(weights)
    share = share / share.sum()
    stat = np.sum([w * part.stat for w, part in zip(share, parts, strict=True)], axis=0)
    told = [part.as_trial for part in parts]
    known = [one for one in told if one is not None]
    found = None
    if len(known) == len(told):
        value = float(sum(w * one.estimate for w, one in zip(share, known, strict=True)))
        half = float(np.sqrt(sum((w * (one.high - one.low) / 2) ** 2
                                 for w, one in zip(share, known, strict=True))))  # fmt: skip
        found = Effect(value, value - half, value + half)
    return Measured(stat, sum(part.homes for part in parts), found)
