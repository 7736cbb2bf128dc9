"""What a run folder keeps of its series: longer steps and fewer end uses, if the scenario says so.

The results of a run know every step and end use until they are written; its summary and report are
made of those. What a folder gives back has the steps that were kept for its own.
"""

import dataclasses
from collections.abc import Mapping
from typing import TypeVar

import numpy as np

from gridsim.core.arrays import B1, F4, F8
from gridsim.core.clock import Clock, every
from gridsim.results.results import FLOWS, USES, ArmResult, Results, Series
from gridsim.scenario.output import Output, of_toml

Floats = TypeVar("Floats", F4, F8)
_OTHER = FLOWS.index("other")


def flows(output: Output) -> tuple[str, ...]:
    """Return which flows the series keep: end uses that are not kept are summed as ``other``."""
    if output.uses is True:
        return FLOWS
    uses = (*(output.uses or ()), "other")
    return tuple(flow for flow in FLOWS if flow not in USES or flow in uses)


def flows_of(results: Results) -> tuple[str, ...]:
    """Return which flows the series of a run keep."""
    return flows(of_toml(results.story.scenario_toml))


def thinned(results: Results) -> Results:
    """Return results as their scenario wants them kept: the same, or less of their series.

    Loads of single homes are left as they are: they have their own resolution. An end use that is
    not kept is 0 and counts as ``other``, so that flows balance as before.

    Raises
    ------
    ValueError
        If a step that is kept would reach past the end of the period.
    """
    output = of_toml(results.story.scenario_toml)
    per = max((output.resolution_minutes or 0) * 60 // results.clock.step_s, 1)
    lost = [place for place, flow in enumerate(FLOWS) if flow not in flows(output)]
    if per == 1 and not lost:
        return results
    if results.clock.steps % per:
        raise ValueError(f"{results.clock.steps} steps are no whole number of {per}")
    return dataclasses.replace(
        results,
        clock=every(results.clock, per),
        arms=tuple(_arm(arm, per, lost) for arm in results.arms),
        temp_c=_mean(results.temp_c, per),
        carbon_g_kwh=_mean(results.carbon_g_kwh, per),
        hourly=_hourly(results.hourly, results.clock, per),
        loads={},
    )


def _arm(arm: ArmResult, per: int, lost: list[int]) -> ArmResult:
    """Return an arm with longer steps, some end uses summed."""
    kw = _mean(arm.series.kw, per)
    if lost:
        kw[:, :, _OTHER] += kw[:, :, lost].sum(axis=2)
        kw[:, :, lost] = 0.0
    return dataclasses.replace(
        arm,
        series=Series(kw, arm.series.groups, arm.series.sizes),
        price=_mean(arm.price, per),
        called=_any(arm.called, per),
        followed_kw=_mean(arm.followed_kw, per) if arm.followed_kw.size else arm.followed_kw,
        causes_kw=_mean(arm.causes_kw, per) if arm.causes_kw.size else arm.causes_kw,
    )


def _mean(values: Floats, per: int) -> Floats:
    """Return the means of so many steps each, along the first axis; a copy in any case."""
    split = values.reshape(-1, per, *values.shape[1:])
    mean: Floats = split.mean(axis=1, dtype=values.dtype)
    return mean


def _any(steps: B1, per: int) -> B1:
    """Return whether any of so many steps each is meant."""
    return np.asarray(steps.reshape(-1, per).any(axis=1))


def _hourly(hourly: Mapping[str, F4], clock: Clock, per: int) -> dict[str, F4]:
    """Return loads that are kept by slots, no finer than the steps that are kept."""
    found = {}
    for arm, kw in hourly.items():
        finer = per * len(kw) // clock.steps
        found[arm] = _mean(kw, finer) if finer > 1 else kw
    return found
