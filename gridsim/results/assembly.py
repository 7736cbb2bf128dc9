"""Results taken apart for a run folder and put together again.

Tables hold the arrays; :func:`described` holds what they do not: axes, names, words and audits.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from gridsim.core.arrays import F4, F8
from gridsim.core.clock import DAY_S, Clock
from gridsim.results import thinned
from gridsim.results.causes import CAUSES
from gridsim.results.columns import HOURS, Columns
from gridsim.results.results import (
    FLOWS,
    NO_CAUSES,
    NO_LOADS,
    SEASONS,
    ArmResult,
    Audit,
    Events,
    Results,
    Series,
    Story,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Parts:
    """What stands in the files of a run folder beside the summary.

    Parameters
    ----------
    series, homes, events, profiles, followed, causes : Columns
        The tables.
    scenario_toml : str
        The resolved scenario.
    flows : tuple of str
        Flows that the series hold; the others are 0.
    """

    series: Columns
    homes: Columns
    events: Columns
    profiles: Columns
    followed: Columns
    causes: Columns
    scenario_toml: str
    flows: tuple[str, ...] = FLOWS


def described(results: Results) -> dict[str, object]:
    """Return what the tables do not hold: axes, names, words and audits."""
    clock, story = results.clock, results.story
    return {
        "clock": {
            "start_s": clock.start_s,
            "step_s": clock.step_s,
            "steps": clock.steps,
            "timezone": clock.timezone,
        },
        "story": {
            "title": story.title,
            "question": story.question,
            "place": story.place,
            "currency": story.currency,
            "weather": story.weather,
            "synthetic": story.synthetic,
            "assumptions": list(story.assumptions),
        },
        "attributes": list(results.attributes),
        "flows": list(thinned.flows_of(results)),
        "arms": [
            {
                "name": arm.name,
                "label": arm.label,
                "groups": list(arm.series.groups),
                "sizes": arm.series.sizes,
                "metrics": list(arm.homes),
                "profiled": len(arm.profile_kw),
                "audit": {
                    "energy_step": arm.audit.energy_step,
                    "energy_run": arm.audit.energy_run,
                    "stores": arm.audit.stores,
                    "money": arm.audit.money,
                    "tolerance": arm.audit.tolerance,
                    "accounts": arm.audit.accounts,
                    "accounts_tolerance": arm.audit.accounts_tolerance,
                },
            }
            for arm in results.arms
        ],
    }


def plain(value: object) -> object:
    """Return a value as JSON knows it: numbers that are not finite become null.

    Raises
    ------
    TypeError
        If the value has no such form.
    """
    if isinstance(value, np.ndarray | np.generic):
        value = value.tolist()
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if value is None or isinstance(value, bool | int | str):
        return value
    raise TypeError(f"{type(value).__name__} has no place in summary.json: {value!r}")


def assembled(run: dict[str, Any], provenance: dict[str, object], parts: Parts) -> Results:
    """Return the results that :func:`described` and the tables came from.

    Raises
    ------
    KeyError, IndexError, TypeError, ValueError
        If the parts do not belong together.
    """
    clock = _clock(run["clock"], parts.series)
    parts = replace(parts, flows=tuple(run.get("flows", FLOWS)))
    arms = tuple(_arm(run["arms"], place, clock, parts) for place in range(len(run["arms"])))
    _refuse_extra_rows(run["arms"], clock, parts)
    homes = len(parts.homes["arm"]) // len(arms)
    attributes = {name: parts.homes[name][:homes].copy() for name in run["attributes"]}
    story = run["story"] | {"assumptions": tuple(run["story"]["assumptions"])}
    return Results(
        story=Story(**story, scenario_toml=parts.scenario_toml),
        clock=clock,
        attributes=attributes,
        arms=arms,
        events=_events(parts.events),
        temp_c=parts.series["temp_c"][: clock.steps].astype(np.float64),
        carbon_g_kwh=parts.series["carbon_g_kwh"][: clock.steps].astype(np.float64),
        provenance=provenance,
    )


def _clock(axis: dict[str, Any], series: Columns) -> Clock:
    """Return the time axis, with the local calendar from the first rows of the series."""
    steps = int(axis["steps"])
    local_s = series["local_time"][:steps].astype("datetime64[s]").astype(np.int64)
    day = local_s // DAY_S
    clock = Clock(
        int(axis["start_s"]), int(axis["step_s"]), steps, str(axis["timezone"]),
        day, local_s - day * DAY_S, series["holiday"][:steps].astype(np.bool_),
    )  # fmt: skip
    written_s = series["time"][:steps].astype("datetime64[s]").astype(np.int64)
    if not np.array_equal(written_s, clock.time_s):
        raise ValueError("the series has another time axis than the summary")
    return clock


def _arm(arms: list[dict[str, Any]], place: int, clock: Clock, parts: Parts) -> ArmResult:
    """Return the arm at a place of the list, from its rows of the tables."""
    told = arms[place]
    groups = tuple(told["groups"])
    first = clock.steps * sum(len(arm["groups"]) for arm in arms[:place])
    rows = slice(first, first + clock.steps * len(groups))
    nothing = np.zeros((clock.steps, len(groups)))
    flows = [
        parts.series[flow][rows].reshape(len(groups), clock.steps).T
        if flow in parts.flows
        else nothing
        for flow in FLOWS
    ]
    homes = len(parts.homes["arm"]) // len(arms)
    own = slice(place * homes, (place + 1) * homes)
    before = len(SEASONS) * sum(int(arm["profiled"]) for arm in arms[:place])
    days = slice(before, before + len(SEASONS) * int(told["profiled"]))
    for table, part in ((parts.series, rows), (parts.homes, own), (parts.profiles, days)):
        if not np.all(table["arm"][part] == told["name"]):
            raise ValueError(f"rows of arm {told['name']} are missing")
    hours = [parts.profiles[hour][days].astype(np.float64) for hour in HOURS]
    profile_kw = np.stack(hours, axis=1)
    step_rows = slice(first, first + clock.steps)
    return ArmResult(
        name=told["name"],
        label=told["label"],
        series=Series(np.stack(flows, axis=2), groups, np.array(told["sizes"], np.int64)),
        homes={
            name: parts.homes[name][own].astype(np.float64, copy=False) for name in told["metrics"]
        },
        profile_kw=profile_kw.reshape(int(told["profiled"]), len(SEASONS), 24),
        price=parts.series["price"][step_rows].astype(np.float64),
        called=parts.series["called"][step_rows].astype(np.bool_),
        audit=Audit(**{k: math.nan if v is None else v for k, v in told["audit"].items()}),
        followed_kw=_followed(parts.followed, told["name"]),
        causes_kw=_causes(parts.causes, told["name"]),
    )


def _causes(found: Columns, arm: str) -> F8:
    """Return what each cause took away in an arm, step by step."""
    own = found["arm"] == arm if "arm" in found else np.zeros(0, dtype=bool)
    if not own.any():
        return NO_CAUSES
    kw = [found[flow][own].reshape(len(CAUSES), -1).T for flow in FLOWS]
    return np.stack(kw, axis=2).astype(np.float64)


def _followed(found: Columns, arm: str) -> F4:
    """Return the loads of the followed homes of an arm."""
    own = found["arm"] == arm
    homes = [column for column in found if column.startswith("home_")]
    if not homes or not own.any():
        return NO_LOADS
    return np.stack([found[home][own] for home in homes], axis=1).astype(np.float32)


def _refuse_extra_rows(arms: list[dict[str, Any]], clock: Clock, parts: Parts) -> None:
    """Refuse tables that hold more than the arms that are told of."""
    steps = clock.steps * sum(len(arm["groups"]) for arm in arms)
    days = len(SEASONS) * sum(int(arm["profiled"]) for arm in arms)
    if len(parts.series["arm"]) != steps or len(parts.profiles["arm"]) != days:
        raise ValueError("the tables hold more rows than the summary tells of")


def _events(found: Columns) -> Events:
    """Return the log of discrete events."""
    return Events(
        time_s=found["time"].astype("datetime64[s]").astype(np.int64),
        home=found["home"].astype(np.int64),
        arm=found["arm"].astype(np.str_),
        kind=found["kind"].astype(np.str_),
        cause=found["cause"].astype(np.str_),
        text=found["text"].astype(np.str_),
        value=found["value"].astype(np.float64),
        from_s=found["from"].astype("datetime64[s]").astype(np.int64),
        until_s=found["until"].astype("datetime64[s]").astype(np.int64),
    )
