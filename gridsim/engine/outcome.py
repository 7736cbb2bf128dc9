"""The outcome of an arm: meters, series and events turned into results."""

import dataclasses
from collections.abc import Mapping
from pathlib import Path

import numpy as np

from gridsim.core.arrays import B1, BLOCK, F8, I8, from_blocks
from gridsim.engine import accounts, audit, followed, rebating
from gridsim.engine import layout as at
from gridsim.engine.cast import Arm, Played, Stage, metered
from gridsim.engine.joining import ArmShare, Joiner, Share
from gridsim.engine.parts import whole
from gridsim.engine.world import World
from gridsim.programmes import calls
from gridsim.programmes.calls import Call
from gridsim.results import daily
from gridsim.results.results import NO_LOADS, USES, ArmResult, Events, Results
from gridsim.scenario.resolve import ArmCase, Case
from gridsim.signals.contract import Contract
from gridsim.signals.whole import Whole

ASSUMPTIONS = (
    "People hear a notice at the moment it is published or not at all.",
    "Heating, hot water and cars start from states drawn by chance, the same in every arm.",
    "The parameters of people's answers stand in one file, each with its source, as assumed or as "
    "calibrated; they were fitted by hand on published field trials together (gridsim trials).",
)
"""What every run takes for granted."""

NO_EVENTS = Events(
    *(np.zeros(0, dtype=kind) for kind in ("i8", "i8", "U1", "U1", "U1", "U1", "f8", "i8", "i8"))
)
"""No event at all."""

OWN = (
    "People answered by a file of parameters of the caller's own: the scenario alone does not "
    "give these numbers again."
)
"""What a run with other parameters says."""

_PARTS = (*accounts.PARTS, "rebate")
_METERS = (
    ("import_kwh", at.M_IMPORT), ("export_kwh", at.M_EXPORT), ("pv_kwh", at.M_PV),
    ("co2_kg", at.M_CO2), ("co2_marginal_kg", at.M_CO2_MARGINAL),
    ("discomfort_kh", at.M_DISCOMFORT), ("peak_kw", at.M_PEAK), ("overrides", at.M_OVERRIDES),
    ("deferred_kwh", at.M_DEFERRED), ("curtailed_kwh", at.M_CURTAILED),
)  # fmt: skip


def arm_result(
    case: ArmCase, arm: Arm, played: Played, stage: Stage, names: list[str]
) -> ArmResult:
    """Return what an arm did whose homes are the whole town; parameters as of :func:`share`."""
    part = whole(len(arm.citizens.town))
    joiner = Joiner(part.count)
    joiner.add(Share(part, {}, (share(case, arm, played, stage, names),), NO_EVENTS))
    return joiner.arms()[0]


def share(case: ArmCase, arm: Arm, played: Played, stage: Stage, names: list[str]) -> ArmShare:
    """Return what an arm did in its part of the town.

    Parameters
    ----------
    case : ArmCase
        What it was asked to be.
    arm : Arm
        What it was made of.
    played : Played
        How it went.
    stage : Stage
        What all arms share.
    names : list of str
        Names of all arms, in the order of the sets of hours counted apart.
    """
    count = len(arm.citizens.town)
    steps = stage.clock.steps
    called = _called((*case.calls, *played.made, *rebating.told(case)), arm.contracts[1], stage)
    bills = _bills(arm, stage, played.after, called[:steps])
    kw, sizes = _by_group(arm, played)
    enrolled = played.recorder.kw[:, -1] if arm.mixed else kw[:, 0]
    checked = audit.audit(
        kw[:, 0], enrolled, played.before, played.after, arm.homes, prices=played.board.prices,
        bills=bills, dt_h=stage.clock.dt_h,
    )  # fmt: skip
    by_number = np.argsort(arm.order)
    metrics = _home_metrics(arm, played, names, bills)
    log, loads = played.recorder.log.net, played.recorder.loads
    kept = played.after.kept
    kept = kept[:, by_number] if kept.shape[1] == count else kept
    return ArmShare(
        arm.name,
        case.label,
        arm.groups,
        kw,
        sizes,
        {name: values[by_number] for name, values in metrics.items()},
        _profile(arm, played, stage),
        np.concatenate(log) if log else NO_LOADS,
        kept / np.float32(stage.slots.steps) if stage.slots is not None else NO_LOADS,
        np.concatenate(loads)[:, by_number] if loads else NO_LOADS,
        played.board.prices[1, :steps, at.Q_ACTUAL].copy(),
        called[:steps],
        checked,
        played.made,
    )


def homes_kept(case: Case, arm: Arm) -> I8 | None:
    """Return the numbers of the homes of a part whose loads are kept; None if they are all."""
    plan = daily.plan(case, Path())
    if plan is None:
        return None
    town = arm.citizens.town.take(np.argsort(arm.order))
    kept = daily.chosen(plan, town)
    return None if kept is None else town.homes[kept]


def only(share: ArmShare, places: I8) -> ArmShare:
    """Return a share with the loads of some homes, by their place in the part."""
    if not share.loads_kw.size:
        return share
    return dataclasses.replace(share, loads_kw=share.loads_kw[:, places])


def _called(planned: tuple[Call, ...], contract: Contract, stage: Stage) -> B1:
    """Return the steps in which the tariff or a programme calls, shape (h,)."""
    programmed = calls.called(planned, stage.horizon)
    return np.asarray(Whole(contract).called(stage.horizon) | programmed)


def with_own_parameters(results: Results) -> Results:
    """Return results that say that people answered by other numbers than the package's."""
    story = dataclasses.replace(results.story, assumptions=(*results.story.assumptions, OWN))
    provenance = {**results.provenance, "parameters": "own"}
    return dataclasses.replace(results, story=story, provenance=provenance)


def events(played: list[tuple[Arm, Played, Stage]]) -> Events:
    """Return the events of all arms, arm after arm, each in order of time."""
    found = []
    for arm, done, stage in played:
        lines = followed.lines_of(done.recorder.log, done.board.log, _scene(arm, stage))
        found += [(arm.name, line) for line in lines]
    return Events(
        np.array([line.time_s for _, line in found], dtype=np.int64),
        np.array([line.home for _, line in found], dtype=np.int64),
        np.array([arm for arm, _ in found], dtype=np.str_),
        np.array([line.kind for _, line in found], dtype=np.str_),
        np.array([line.cause for _, line in found], dtype=np.str_),
        np.array([line.text for _, line in found], dtype=np.str_),
        np.array([line.value for _, line in found], dtype=np.float64),
        np.array([line.from_s for _, line in found], dtype=np.int64),
        np.array([line.until_s for _, line in found], dtype=np.int64),
    )


def attributes(arm: Arm) -> Mapping[str, np.ndarray]:
    """Return who the homes of an arm are, in the order of their numbers, shape (n,) each."""
    by_number = np.argsort(arm.order)
    return {name: column[by_number] for name, column in arm.citizens.town.table().items()}


def _scene(arm: Arm, stage: Stage) -> followed.Scene:
    """Return what the log of an arm is read with."""
    people = arm.citizens
    charger, thermostat, timer = (
        from_blocks(arm.homes.param, field // BLOCK, len(people.town)) > 0.0
        for field in (at.SMART, at.THERMOSTAT, at.TIMER)
    )
    sun = stage.outside.sky[:, at.X_UNIT_PV]
    return followed.Scene(
        people.town, charger, thermostat, timer, people.offer.channel, stage.clock, sun
    )


def _by_group(arm: Arm, played: Played) -> tuple[F8, I8]:
    """Return the sums of all homes and of each group, (t, groups, FLOWS), and how many they are."""
    count = max(len(arm.groups), 1)
    parts = played.recorder.kw[:, :count]
    everyone = parts.sum(axis=1, keepdims=True)
    members = arm.homes.weights[:, :count].sum(axis=(0, 2)).astype(np.int64)
    sizes = np.concatenate([[len(arm.citizens.town)], members[: len(arm.groups)]])
    return np.concatenate([everyone, parts[:, : len(arm.groups)]], axis=1), sizes


def _bills(arm: Arm, stage: Stage, after: World, called: B1) -> accounts.Bills:
    """Return what each home owes for the period."""
    meters = (at.M_COST, at.M_IMPORT, at.M_EXPORT)
    read = accounts.Metered(*(metered(after, field, len(arm.citizens.town)) for field in meters))
    enrolled = arm.citizens.enrolled
    owed = accounts.bills(arm.contracts, enrolled, stage.clock, read, arm.ledgers, after.accounts)
    temp_c = stage.outside.sky[: stage.clock.steps, at.X_AIR]
    net_kwh = read.import_kwh - read.export_kwh
    seen = rebating.Read(stage.clock, after.kept, called, temp_c, net_kwh)
    return rebating.credited(owed, arm.rebates, enrolled, seen)


def _home_metrics(
    arm: Arm, played: Played, names: list[str], bills: accounts.Bills
) -> dict[str, F8]:
    """Return the metrics of each home."""
    count = len(arm.citizens.town)
    after = played.after
    found = {name: metered(after, field, count) for name, field in _METERS}
    uses = {use: metered(after, place * BLOCK, count) for place, use in enumerate(USES)}
    found["demand_kwh"] = np.sum(list(uses.values()), axis=0)
    found["bill"] = bills.total
    found |= {f"bill_{part}": owed for part, owed in zip(_PARTS, bills.parts, strict=True)}
    found |= bills.counts
    found |= {f"use_kwh.{use}": kwh for use, kwh in uses.items()}
    for place, name in enumerate(names):
        found[f"called_kwh.{name}"] = metered(after, at.M_MASK + 2 * place * BLOCK, count)
        found[f"dear_kwh.{name}"] = metered(after, at.M_MASK + (2 * place + 1) * BLOCK, count)
    if played.recorder.coincident_kw is not None:
        found["coincident_kw"] = played.recorder.coincident_kw.astype(np.float64)
    found["enrolled"] = arm.citizens.enrolled.astype(np.float64)
    found["acted_events"] = after.minds.acted
    found["heard_events"] = after.minds.heard
    return found


def _profile(arm: Arm, played: Played, stage: Stage) -> F8:
    """Return the mean net load of the profiled homes by season and hour, shape (m, 4, 24). [kW]"""
    hours = np.bincount(stage.outside.hours[: stage.clock.steps], minlength=96) * stage.clock.dt_h
    kwh = played.after.profile.reshape(-1, 96, BLOCK).transpose(0, 2, 1).reshape(-1, 96)
    homes = kwh[: stage.profiled]
    if len(homes) == len(arm.order):
        homes = homes[np.argsort(arm.order)]
    mean = np.divide(homes, hours, out=np.full(homes.shape, np.nan), where=hours > 0.0)
    return np.asarray(mean).reshape(-1, 4, 24)
