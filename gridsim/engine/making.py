"""Making what is played: the stage of a case and its arms, for a whole town or a part of it."""

import dataclasses
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from gridsim.automation import storage
from gridsim.citizens.parameters import Parameters, parameters
from gridsim.core import chance
from gridsim.core.arrays import B1, F8
from gridsim.core.chance import Crowd
from gridsim.engine import accounts, desk, enrolling, extra, homes, outside, rebating, recorder
from gridsim.engine import parts as dealing
from gridsim.engine import people as plan_people
from gridsim.engine.agenda import Agent
from gridsim.engine.blocks import Crew
from gridsim.engine.cast import Arm, Stage
from gridsim.engine.grouping import grouped
from gridsim.engine.parts import Part
from gridsim.engine.people import ALL, Links
from gridsim.population.settle import settle
from gridsim.population.town import Town
from gridsim.programmes import calls
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


def make_stage(
    case: Case, extras: Extras, crew: Crew, tick: Callable[[int], None] = lambda steps: None, *,
    part: Part | None = None,
) -> Stage:  # fmt: skip
    """Return what all arms of a case share, for a part of the town; for all of it by default."""
    part = part or dealing.whole(case.scenario.population.homes)
    masks: list[B1] = []
    for arm in case.arms:
        tariff = Whole(extras.contracts.get(arm.name, arm.contract))
        planned = (*arm.calls, *rebating.told(arm))
        called = tariff.called(case.horizon) | calls.called(planned, case.horizon)
        masks += [called, tariff.dear(case.horizon)]
    marginal = _marginal(case)
    called = np.logical_or.reduce(masks[::2])
    return Stage(
        case.clock,
        case.horizon,
        outside.columns(case.sky, case.horizon, case.carbon_g_kwh, marginal, masks),
        case.scenario.seed,
        part.share(case.scenario.output.follow),
        case.scenario.output.kept is not None,
        crew,
        extras.agents,
        tick,
        recorder.slots_for(
            case.clock, called, part.share(recorder.kept_homes(case)),
            cut=any(arm.watches for arm in case.arms),
        ),
        part,
    )  # fmt: skip


def _marginal(case: Case) -> F8:
    """Return what one more kWh causes; where nothing is known, the average. [g/kWh]"""
    country = case.place.country
    if country is None or country not in carbon.marginals():
        return case.carbon_g_kwh
    return np.full(case.horizon.steps, carbon.marginal(country))


def make_arm(
    case: Case, arm: ArmCase, extras: Extras, towns: dict[object, Town], links: Links = ALL, *,
    part: Part | None = None,
) -> Arm:  # fmt: skip
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
        Towns of the part by recipe, settled so far, in the order of their numbers; added to.
    links : Links
        Which links of the chain are at work; without production the devices are the reference's.
    part : Part, optional
        Which part of the town; all of it when left out.
    """
    scenario, reference = case.scenario, case.arms[0]
    settings, part = (
        extras.settings or parameters(),
        part or dealing.whole(scenario.population.homes),
    )
    before = _town(case, reference, towns, part)
    follow = part.share(max(dealing.NATURAL, scenario.output.follow))
    order = dealing.order(before, grouped(before, scenario.output)[1], follow)
    town = _town(case, arm if links.production else reference, towns, part).take(order)
    before = before.take(order)
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
    groups, members = grouped(town, scenario.output)
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
            curtails=told.automation.curtail, own=bool(extras.devices),
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
        order,
    )  # fmt: skip


def _town(case: Case, arm: ArmCase, towns: dict[object, Town], part: Part) -> Town:
    """Return the part of the town of an arm, settled once for all arms of its recipe."""
    if arm.recipe not in towns:
        towns[arm.recipe] = settle(arm.recipe, part.count, case.scenario.seed, part.first)
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
