"""Metrics of the town's series: peak, load factor, what moved and what came back."""

import math

import numpy as np

from gridsim.core.clock import Clock
from gridsim.metrics import effects, flexibility, peak
from gridsim.metrics.effects import Effect
from gridsim.studies import paired
from gridsim.studies.paired import Compared, Pair

COINCIDENT = "coincident_kw"
"""Metric of a home: its net load in the step of the town's peak. Where a run has it, the peak and
the load factor get an interval: the step of each arm's peak is held and the homes are drawn again,
which is right to first order, because around the highest step a small change of the step costs
nothing."""


def compare(both: Pair, clock: Clock, seed: int) -> dict[str, Compared]:
    """Return the metrics of the town's series in both arms.

    Parameters
    ----------
    both : Pair
        The two arms.
    clock : Clock
        The time axis.
    seed : int
        Seed of the scenario.

    Returns
    -------
    dict
        ``peak_kw``, ``load_factor``, ``shifted_kwh``, ``rebound``.
    """
    return {**_peaks(both, clock), "shifted_kwh": _shifted(both, clock)} | {
        "rebound": _rebound(both, clock, seed)
    }


def _peaks(both: Pair, clock: Clock) -> dict[str, Compared]:
    """Return the peak and the load factor of the town's net load."""
    kw = np.stack([both.reference.series.flow("net"), both.other.series.flow("net")], axis=1)
    top = peak.highest_kw(kw)
    factor = peak.load_factor(kw.mean(axis=0), top)
    found = _resampled(both, clock)
    return {
        name: Compared(float(value[0]), float(value[1]), _around(float(value[1] - value[0]), drawn))
        for name, value, drawn in zip(("peak_kw", "load_factor"), (top, factor), found, strict=True)
    }


def _resampled(both: Pair, clock: Clock) -> tuple[Effect, Effect]:
    """Return the effects on peak and load factor by drawing homes again, if that is recorded."""
    needs = [COINCIDENT, "import_kwh", "export_kwh"]
    homes = [both.reference.homes, both.other.homes]
    if not all(need in columns for need in needs for columns in homes):
        return paired.NOTHING, paired.NOTHING
    top, factor = [], []
    for found in paired.means(both, needs):
        mean_kw = (found["import_kwh"] - found["export_kwh"]) / (clock.steps * clock.dt_h)
        top.append(found[COINCIDENT])
        factor.append(peak.load_factor(mean_kw, found[COINCIDENT]))
    n = len(homes[0][COINCIDENT])
    return effects.interval(top[1] - top[0], n), effects.interval(factor[1] - factor[0], n)


def _around(estimate: float, found: Effect) -> Effect:
    """Return the interval around the estimate from the series; they agree up to rounding."""
    return Effect(estimate, found.low, found.high) if math.isfinite(estimate) else paired.NOTHING


def _shifted(both: Pair, clock: Clock) -> Compared:
    """Return the energy moved between the hours of the day, mean per profiled home."""
    homes = min(len(both.reference.profile_kw), len(both.other.profile_kw))
    if homes == 0:
        return Compared(math.nan, math.nan, paired.NOTHING)
    first, second = both.reference.profile_kw[:homes], both.other.profile_kw[:homes]
    moved = flexibility.shifted_kwh(first, second, clock)
    sums = effects.sums(both.drawn, np.stack([moved, np.ones(homes)], axis=1))
    found = effects.interval(effects.ratio(sums[:, 0], sums[:, 1]), homes)
    return Compared(0.0, found.estimate, found)


def _rebound(both: Pair, clock: Clock, seed: int) -> Compared:
    """Return the rebound after called hours; its interval is over events, not homes."""
    before, after = both.reference.series.flow("import"), both.other.series.flow("import")
    avoided, back = flexibility.returned(before, after, both.other.called, clock)
    if len(avoided) == 0:
        return Compared(math.nan, math.nan, paired.NOTHING)
    sums = effects.sums(effects.draws(len(avoided), seed), np.stack([avoided, back], axis=1))
    found = effects.interval(flexibility.rebound(sums[:, 0], sums[:, 1]), len(avoided))
    return Compared(math.nan, found.estimate, found)
