"""A run: from a case to results, arm after arm, the same people and chances in each."""

import dataclasses
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from gridsim.automation import storage
from gridsim.citizens.parameters import Parameters, parameters
from gridsim.core import chance
from gridsim.core.arrays import B1, F4, F8, I8
from gridsim.core.chance import Crowd
from gridsim.core.errors import AuditError
from gridsim.engine import (
    accounts,
    desk,
    enrolling,
    extra,
    grouping,
    homes,
    outcome,
    outside,
    rebating,
    recorder,
    replays,
    warm,
)
from gridsim.engine import arm as arms
from gridsim.engine import people as plan_people
from gridsim.engine.agenda import Agent
from gridsim.engine.arm import Arm, Played, Stage
from gridsim.engine.blocks import Crew
from gridsim.engine.people import ALL, Links
from gridsim.population.settle import settle
from gridsim.population.town import Town
from gridsim.programmes import calls
from gridsim.results import daily
from gridsim.results.provenance import provenance
from gridsim.results.results import NO_HOMES, ArmResult, Results, Story
from gridsim.scenario import dump
from gridsim.scenario.resolve import ArmCase, Case
from gridsim.signals import carbon
from gridsim.signals.contract import Contract
from gridsim.signals.whole import Whole

_TIMER = chance.question("automation", "timer")
_RULES = {
    "self_consumption": storage.SELF_CONSUMPTION,
    "price": storage.PRICE,
    "peak": storage.PEAK,
}


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is.

    Parameters
    ----------
    arm : str
        Which arm is being played.
    done, total : float
        Homes times days done and to do, over all arms.
    elapsed_s : float
        Seconds since the run began.
    """

    arm: str
    done: float
    total: float
    elapsed_s: float

    @property
    def rate(self) -> float:
        """Homes times days per second so far."""
        return self.done / self.elapsed_s if self.elapsed_s > 0.0 else 0.0

    @property
    def left_s(self) -> float:
        """Seconds left at this rate; infinite before anything is done."""
        return (self.total - self.done) / self.rate if self.rate > 0.0 else float("inf")


Watcher = Callable[[Progress], None]
Ticks = Callable[[str], arms.Tick]


@dataclass(frozen=True, slots=True)
class Extras:
    """What a library user adds to a run.

    Parameters
    ----------
    devices : mapping of str to Device
        Own devices by name.
    contracts : mapping of str to Contract
        Own contracts by arm, in place of the scenario's.
    agents : tuple of Agent
        Own SimPy agents; each arm but the reference plays them.
    settings : Parameters, optional
        Own parameters of the citizens in place of the one set.
    """

    devices: Mapping[str, extra.Device] = dataclasses.field(default_factory=dict)
    contracts: Mapping[str, Contract] = dataclasses.field(default_factory=dict)
    agents: tuple[Agent, ...] = ()
    settings: Parameters | None = None


def run(
    case: Case, *, extras: Extras | None = None, jobs: int = 1, progress: Watcher | None = None,
    helper: warm.Helper | None = None,
) -> Results:  # fmt: skip
    """Play every arm of a case.

    Parameters
    ----------
    case : Case
        A scenario, resolved.
    extras : Extras, optional
        A library user's own devices, contracts and agents.
    jobs : int
        Threads; the results are the same bits for any number.
    progress : callable, optional
        Called after each stretch of each arm.
    helper : Popen, optional
        The process that compiles kernels meanwhile, from ``warm.helping``.

    Raises
    ------
    AuditError
        If energy or money does not balance.
    ValueError
        If the extras name an arm that is not there.
    """
    added = extras or Extras()
    for name in added.contracts:
        if name not in [a.name for a in case.arms]:
            raise ValueError(f"contracts: there is no arm {name!r}")
    recorder.check_profiles(case)
    rebating.check(case)
    wall, cpu = time.perf_counter(), time.process_time()
    crew = Crew(jobs)
    try:
        warm.finish(helper)
        ticks = _ticks(case, progress)
        played = _play_all(case, added, crew, ticks)
        results = _collect(case, played)
        case = replays.as_played(case, [done.made for _, _, done, _ in played])
        results = replays.with_causes(case, results, _player(case, added, crew, ticks))
        warm.done()
    finally:
        crew.close()
    spent = {"wall_s": time.perf_counter() - wall, "cpu_s": time.process_time() - cpu}
    results = dataclasses.replace(results, provenance={**results.provenance, **spent})
    if added.settings is not None:
        results = outcome.with_own_parameters(results)
    for arm in results.arms:
        if not arm.audit.passed:
            raise AuditError(f"arm {arm.name!r}: the audit failed: {arm.audit}")
    return results


def make_stage(
    case: Case, extras: Extras, crew: Crew, tick: Callable[[int], None] = lambda steps: None
) -> Stage:
    """Return what all arms of a case share."""
    masks: list[B1] = []
    for arm in case.arms:
        tariff = Whole(extras.contracts.get(arm.name, arm.contract))
        planned = (*arm.calls, *rebating.told(arm))
        called = tariff.called(case.horizon) | calls.called(planned, case.horizon)
        masks += [called, tariff.dear(case.horizon)]
    marginal = _marginal(case)
    count = case.scenario.population.homes
    called = np.logical_or.reduce(masks[::2])
    return Stage(
        case.clock,
        case.horizon,
        outside.columns(case.sky, case.horizon, case.carbon_g_kwh, marginal, masks),
        case.scenario.seed,
        min(case.scenario.output.follow, count),
        case.scenario.output.kept is not None,
        crew,
        extras.agents,
        tick,
        recorder.slots_for(
            case.clock, called, recorder.kept_homes(case), cut=any(arm.watches for arm in case.arms)
        ),
    )


def _marginal(case: Case) -> F8:
    """Return what one more kWh causes; where nothing is known, the average. [g/kWh]"""
    country = case.place.country
    if country is None or country not in carbon.marginals():
        return case.carbon_g_kwh
    return np.full(case.horizon.steps, carbon.marginal(country))


def make_arm(
    case: Case, arm: ArmCase, extras: Extras, towns: dict[object, Town], links: Links = ALL
) -> Arm:
    """Return an arm ready to be played; towns of equal recipe are settled once.

    Parameters
    ----------
    case : Case
        The scenario, resolved.
    arm : ArmCase
        Which arm of it.
    extras : Extras
        What a library user adds.
    towns : dict
        Towns by recipe, settled so far; added to.
    links : Links
        Which links of the chain are at work; without production the devices are the reference's.
    """
    scenario, reference = case.scenario, case.arms[0]
    settings = extras.settings or parameters()
    before = _town(case, reference, towns)
    town = _town(case, arm if links.production else reference, towns)
    contracts = (
        extras.contracts.get(reference.name, reference.contract),
        extras.contracts.get(arm.name, arm.contract),
    )
    told = arm if links.machine else reference
    town = _with_automation(town, told)
    offer = enrolling.offer(case, arm, town, contracts, settings)
    games = rebating.gamers(town, scenario.seed, arm.rebates, offer.enrolled)
    offer = dataclasses.replace(offer, links=links, games=games)
    people = plan_people.citizens_of(
        town, before, scenario.seed, offer, currency=contracts[1].currency, settings=settings
    )
    groups, members = grouping.grouped(town, scenario.output)
    mixed = not bool(offer.enrolled.all())
    return Arm(
        arm.name,
        contracts,
        people,
        homes.lay_out(
            people, _machines(town, arm, reference, scenario.seed, links),
            [*members, *desk.feeders(town, arm.watches), *([offer.enrolled] if mixed else [])],
            seed=scenario.seed,
            preset=arm.recipe.preset, dt_h=case.clock.dt_h,
        ),
        homes.rules_of(
            settings, links, case.clock.dt_h,
            curtails=told.automation.curtail,
        ),
        tuple(extra.fleet(name, device, town) for name, device in extras.devices.items()),
        groups,
        mixed,
        arm.calls,
        arm.watches,
        2 * [other.name for other in case.arms].index(arm.name),
        told.automation.hot_water == "price",
        accounts.opened(contracts, case.clock, mixed),
        arm.rebates,
    )  # fmt: skip


def _town(case: Case, arm: ArmCase, towns: dict[object, Town]) -> Town:
    """Return the town of an arm, settled once for all arms of its recipe."""
    if arm.recipe not in towns:
        towns[arm.recipe] = settle(arm.recipe, case.scenario.population.homes, case.scenario.seed)
    return towns[arm.recipe]


def _machines(
    town: Town, arm: ArmCase, reference: ArmCase, seed: int, links: Links
) -> homes.Machines:
    """Return which machines follow prices and orders; without the link, those of the reference."""
    source = arm if links.machine else reference
    lot = Crowd(seed, town.homes).draw(_TIMER)[:, 0]
    return homes.Machines(
        np.full(len(town), _RULES[source.automation.battery]),
        town.car.smart & links.machine,
        town.traits.thermostat & links.machine,
        (lot < (source.automation.timer or 0.0)) & links.machine,
    )


def _with_automation(town: Town, arm: ArmCase) -> Town:
    """Return the town with tanks that obey no relay, or all one that follows the price."""
    if arm.automation.hot_water is True:
        return town
    relay = np.full(len(town), arm.automation.hot_water == "price")
    return dataclasses.replace(town, hot_water=dataclasses.replace(town.hot_water, relay=relay))


def _play_all(
    case: Case, extras: Extras, crew: Crew, ticks: Ticks
) -> list[tuple[ArmCase, Arm, Played, Stage]]:
    """Play every arm, telling the watcher how far it is."""
    towns: dict[object, Town] = {}
    stage = make_stage(case, extras, crew)
    made = []
    for number, arm_case in enumerate(case.arms):
        arm = make_arm(case, arm_case, extras, towns)
        agents = extras.agents if number else ()
        here = dataclasses.replace(stage, tick=ticks(arm_case.name), agents=agents)
        made.append((arm_case, arm, here))
    done = arms.together([arms.playing(arm, here) for _, arm, here in made])
    return [
        (arm_case, arm, one, here) for (arm_case, arm, here), one in zip(made, done, strict=True)
    ]


def _player(
    case: Case, extras: Extras, crew: Crew, ticks: Ticks
) -> Callable[[ArmCase, Links], ArmResult]:
    """Return what plays an arm once more, with some links at work."""
    towns: dict[object, Town] = {}
    stage = dataclasses.replace(make_stage(case, extras, crew), follow=0, keep=False)
    names = [arm.name for arm in case.arms]

    def play(arm_case: ArmCase, links: Links) -> ArmResult:
        arm = make_arm(case, arm_case, extras, towns, links)
        agents = () if arm_case is case.arms[0] else extras.agents
        tick = ticks(f"{arm_case.name}, causes")
        here = dataclasses.replace(stage, tick=tick, agents=agents)
        return outcome.arm_result(arm_case, arm, arms.play(arm, here), here, names)

    return play


def _ticks(case: Case, progress: Watcher | None) -> Ticks:
    """Return what gives each arm that is played its tick."""
    days = case.clock.steps * case.clock.step_s / 86_400.0
    per_arm = days * case.scenario.population.homes
    total = per_arm * (len(case.arms) + replays.count(case))
    began = time.perf_counter()
    steps_done = 0

    def next_tick(name: str) -> arms.Tick:
        def tick(steps: int) -> None:
            nonlocal steps_done
            steps_done += steps
            if progress is not None:
                done = steps_done / case.clock.steps * per_arm
                progress(Progress(name, done, total, time.perf_counter() - began))

        return tick

    return next_tick


def _collect(case: Case, played: list[tuple[ArmCase, Arm, Played, Stage]]) -> Results:
    """Return the results of all arms."""
    scenario = case.scenario
    names = [arm.name for arm, *_ in played]
    collected = tuple(
        outcome.arm_result(arm_case, arm, done, stage, names)
        for arm_case, arm, done, stage in played
    )
    events = outcome.events([(arm, done, stage) for _, arm, done, stage in played])
    steps = case.clock.steps
    loads, loads_of = _loads(case, played)
    story = Story(
        scenario.title, scenario.question, case.place.name, case.arms[0].contract.currency,
        case.weather.label, case.weather.synthetic, dump.dump(scenario),
        (*case.notes, *outcome.ASSUMPTIONS),
    )  # fmt: skip
    return Results(
        story,
        case.clock,
        played[0][1].citizens.town.table(),
        collected,
        events,
        case.sky.air_c[:steps].copy(),
        case.carbon_g_kwh[:steps].copy(),
        provenance(
            scenario.seed, dump.fingerprint(scenario), scenario.population.homes, steps,
            wall_s=0.0, cpu_s=0.0,
        ),
        loads,
        {
            arm.name: done.after.kept / np.float32(stage.slots.steps)
            for _, arm, done, stage in played
            if stage.slots is not None
        },
        loads_of,
    )  # fmt: skip


def _loads(
    case: Case, played: list[tuple[ArmCase, Arm, Played, Stage]]
) -> tuple[dict[str, F4], I8]:
    """Return the loads of the homes that are kept by arm, and their numbers if not all are."""
    plan = daily.plan(case, Path())
    if plan is None:
        return {}, NO_HOMES
    town = played[0][1].citizens.town
    kept = daily.chosen(plan, town)
    loads = {arm.name: np.concatenate(done.recorder.loads) for _, arm, done, _ in played}
    if kept is None:
        return loads, NO_HOMES
    return {name: kw[:, kept] for name, kw in loads.items()}, town.homes[kept]
