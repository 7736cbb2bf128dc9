"""When and by what: the effect on each hour of the mean day, and on each end use."""

import numpy as np

from gridsim.metrics import effects
from gridsim.metrics.effects import Effect
from gridsim.results.findings import DayEffect
from gridsim.results.results import SEASONS, USES, Results
from gridsim.studies import paired


def profile_effect(results: Results, arm: str, season: str) -> DayEffect:
    """Return how the mean day of an arm differs from the reference's, hour by hour.

    Means are over the profiled homes; the interval of each hour is by itself a 95 % one, from
    drawing the homes again with both their days.

    Parameters
    ----------
    results : Results
        What the run left.
    arm, season : str
        Name of the arm; one of ``SEASONS``.

    Raises
    ------
    KeyError
        If no arm has the name.
    ValueError
        If there is no such season.
    """
    if season not in SEASONS:
        raise ValueError(f"no season {season!r}; there are {', '.join(SEASONS)}")
    both = paired.pair(results, arm)
    place = SEASONS.index(season)
    homes = min(len(both.reference.profile_kw), len(both.other.profile_kw))
    before = both.reference.profile_kw[:homes, place]
    change = both.other.profile_kw[:homes, place] - before
    sums = effects.sums(both.drawn, np.concatenate([change, before, np.ones((homes, 1))], axis=1))
    found = [effects.interval(effects.ratio(sums[:, h], sums[:, 48]), homes) for h in range(24)]
    reference_kw = effects.ratio(sums[0, 24:48], sums[0, 48])
    return DayEffect(
        arm=arm,
        season=season,
        homes=homes,
        reference_kw=reference_kw,
        arm_kw=reference_kw + np.array([hour.estimate for hour in found]),
        low_kw=np.array([hour.low for hour in found]),
        high_kw=np.array([hour.high for hour in found]),
    )


def seasons_of(results: Results) -> tuple[str, ...]:
    """Return the seasons that the period has, in the order of ``SEASONS``."""
    there = set((results.clock.month % 12 // 3).tolist())
    return tuple(season for place, season in enumerate(SEASONS) if place in there)


def effects_by_use(results: Results, arm: str) -> dict[str, Effect]:
    """Return the effect on the energy of each end use, mean per home. [kWh].

    Raises
    ------
    KeyError
        If no arm has the name.
    """
    both = paired.pair(results, arm)
    known = [
        use
        for use in USES
        if all(f"use_kwh.{use}" in one.homes for one in (both.reference, both.other))
    ]
    before, after = paired.means(both, [f"use_kwh.{use}" for use in known])
    homes = len(next(iter(both.reference.homes.values())))
    return {
        use: effects.interval(after[f"use_kwh.{use}"] - before[f"use_kwh.{use}"], homes)
        for use in known
    }
