"""One arm: who is in it, and playing it from its first event to its last."""

import dataclasses
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass

import numpy as np

from gridsim.core.arrays import BLOCK, F8, from_blocks, to_blocks
from gridsim.core.clock import Clock
from gridsim.engine import accounts, extra, outside, peaks, plan, rebating, review, world
from gridsim.engine import desk as desks
from gridsim.engine import layout as at
from gridsim.engine import recorder as recording
from gridsim.engine.agenda import Agenda, Agent
from gridsim.engine.blocks import Crew, Known, Outside, advance_town
from gridsim.engine.board import ORDER, REFERENCE, Board
from gridsim.engine.days import days_between, whole
from gridsim.engine.desk import Desk
from gridsim.engine.homes import Homes, Rules
from gridsim.engine.people import Citizens
from gridsim.engine.recorder import Recorder, Slots
from gridsim.engine.world import World
from gridsim.programmes.calls import Call
from gridsim.programmes.rebates import Rebate
from gridsim.programmes.watch import Watch
from gridsim.signals.contract import Contract

Tick = Callable[[int], None]
"""Called with the number of steps done after each stretch."""


@dataclass(frozen=True, slots=True)
class Arm:
    """All that one arm is made of; nothing here changes while it is played.

    Parameters
    ----------
    name : str
        Key of the arm in the scenario.
    contracts : tuple of Contract
        Of the homes that keep the reference tariff, and of those on the arm's.
    citizens : Citizens
        How its people answer.
    homes : Homes
        Its homes in blocks.
    rules : Rules
        Numbers of the citizen chain for the kernels.
    fleets : tuple of Fleet
        The user's own devices.
    groups : tuple of str
        Names of the groups that together are all homes, or none.
    mixed : bool
        Whether some homes keep the reference tariff; those that do not are the last row of
        ``homes.weights`` then.
    calls : tuple of Call
        What its people are asked and its machines told, besides prices.
    watches : tuple of Watch
        Programmes that call by the load; the homes of each transformer that is watched have a row
        of ``homes.weights`` after those of the groups.
    column : int
        Which of the sets of hours that are counted apart holds those in which it calls.
    tanks_follow : bool
        Whether the relays of its tanks follow the price.
    rebates : tuple of Rebate
        What those on its tariff are paid for using less than a baseline.
    ledgers : Ledgers
        How the accounts of its homes are kept.
    """

    name: str
    contracts: tuple[Contract, Contract]
    citizens: Citizens
    homes: Homes
    rules: Rules
    fleets: tuple[extra.Fleet, ...]
    groups: tuple[str, ...]
    mixed: bool
    calls: tuple[Call, ...] = ()
    watches: tuple[Watch, ...] = ()
    column: int = 0
    tanks_follow: bool = False
    ledgers: accounts.Ledgers = accounts.NO_LEDGERS
    rebates: tuple[Rebate, ...] = ()


@dataclass(frozen=True, slots=True)
class Stage:
    """What all arms share: time, the outside, chance, and how the work is done.

    Parameters
    ----------
    clock, horizon : Clock
        The period; the same with the two days after it.
    outside : Outside
        Weather and hours by step of the horizon.
    seed : int
        Seed of the scenario.
    follow : int
        How many of the first homes to follow in the log.
    keep : bool
        Whether to keep the net load of every home.
    crew : Crew
        Threads.
    agents : tuple of Agent
        The user's own SimPy agents.
    tick : Tick
        Progress.
    slots : Slots or None
        Of which homes to keep the load by hour or less; None: of none.
    """

    clock: Clock
    horizon: Clock
    outside: Outside
    seed: int
    follow: int
    keep: bool
    crew: Crew
    agents: tuple[Agent, ...]
    tick: Tick
    slots: Slots | None = None


@dataclass(frozen=True, slots=True)
class Played:
    """An arm that has been played.

    Parameters
    ----------
    before, after : World
        At the start and at the end.
    recorder : Recorder
        What was written down.
    board : Board
        What was published.
    made : tuple of Call
        What operators called because of the load.
    """

    before: World
    after: World
    recorder: Recorder
    board: Board
    made: tuple[Call, ...] = ()


def first_world(arm: Arm, stage: Stage) -> World:
    """Return the world in which an arm begins."""
    states = tuple(fleet.first_state() for fleet in arm.fleets)
    masks = stage.outside.masks.shape[1]
    first = world.first_world(
        arm.citizens.town, stage.seed, stage.clock.start_s, masks=masks, extra=states,
        kept=recording.room(stage.slots, stage.clock, len(arm.citizens.town)),
    )  # fmt: skip
    return dataclasses.replace(
        first,
        watched=desks.blank(arm.watches, stage.clock.steps),
        accounts=accounts.first_accounts(arm.ledgers, len(first.state)),
    )


def play(arm: Arm, stage: Stage, start: World | None = None, until: int | None = None) -> Played:
    """Play an arm from one world to the end, or up to a step.

    Parameters
    ----------
    arm : Arm
        Who and what.
    stage : Stage
        What all arms share.
    start : World, optional
        Where to go on from; the arm's first world when left out.
    until : int, optional
        Step before which to stop; the end of the period when left out.
    """
    days = playing(arm, stage, start, until)
    while True:
        try:
            next(days)
        except StopIteration as end:
            played: Played = end.value
            return played


def together(games: Sequence[Generator[None, None, Played]]) -> list[Played]:
    """Play several arms side by side, a local day of each in turn, and return them in order.

    What chance draws of a day is the same in all arms whose people are the same, and is drawn
    once: this order changes nothing but the time it takes.
    """
    done: dict[int, Played] = {}
    while len(done) < len(games):
        for place, game in enumerate(games):
            if place not in done:
                try:
                    next(game)
                except StopIteration as end:
                    done[place] = end.value
    return [done[place] for place in range(len(games))]


def playing(
    arm: Arm, stage: Stage, start: World | None = None, until: int | None = None
) -> Generator[None, None, Played]:
    """Play an arm as :func:`play` does, with a pause at the end of each local day."""
    begin = first_world(arm, stage) if start is None else start
    stop = stage.clock.steps if until is None else until
    citizens = arm.citizens
    board = Board(
        stage.horizon, arm.contracts, citizens.settings, citizens.offer.links,
        tanks_follow=arm.tanks_follow,
    )  # fmt: skip
    here, known = world.fresh(begin), None
    desk = Desk(arm.watches, here.watched, stage.outside.masks[:, arm.column])
    agents = stage.agents
    if arm.rebates:
        called = stage.outside.masks[: stage.clock.steps, arm.column] > 0.0
        felt = citizens.settings.call.rebate
        agents = (rebating.teller(arm.rebates, stage.clock, called, felt), *agents)
    agenda = Agenda(stage.clock, board, arm.calls, agents, desk)
    recorder = recording.empty(
        stage.clock.steps, arm.homes.weights.shape[1], max(len(arm.groups), 1),
        homes=len(citizens.town), keep=stage.keep, follow=stage.follow,
    )  # fmt: skip
    now_s = stage.clock.start_s + begin.step * stage.clock.step_s
    agenda.skip(now_s)
    board.news.clear()
    while here.step < stop:
        agenda.settle(now_s)
        here, known = _take_in(arm, stage, here, known, (board, agenda, recorder, now_s))
        next_s = max(agenda.until(), now_s + 1)
        last = min(stage.clock.step_at(next_s), stop)
        here, known = yield from _pass(arm, stage, here, known, recorder, last)
        now_s = next_s
    return Played(begin, here, recorder, board, tuple(desk.made))


def _take_in(
    arm: Arm, stage: Stage, here: World, known: Known | None,
    desk: tuple[Board, Agenda, Recorder, int],
) -> tuple[World, Known]:  # fmt: skip
    """Let people take in what has been published, and return what the homes now know."""
    board, agenda, recorder, now_s = desk
    minds = here.minds
    outdoor_c = outside.mean_outdoor_c(stage.outside, here.step, stage.clock.step_s)
    if agenda.reviews:
        minds = review.review(minds, arm.citizens, board, now_s, outdoor_c, _readings(arm, here))
        recorder.log.review(now_s, minds.routine)
        agenda.reviews.clear()
    news = 0
    for item in board.news:
        if item.tariff != ORDER:  # an order changes no price: nobody plans a car anew for it
            news |= 1 if item.tariff == REFERENCE else 2
        minds, heard = plan.hear(minds, arm.citizens, item, board, outdoor_c=outdoor_c, now_s=now_s)
        recorder.log.hear(now_s, heard)
        if item.tariff == ORDER and item.opt_out > 0.0:
            refused = (heard.hears & ~heard.acts).astype(np.float64)
            here.meters[:, at.M_OVERRIDES : at.M_OVERRIDES + BLOCK] += to_blocks([refused])
    board.news.clear()
    if known is not None and minds is here.minds:
        return here, Known(known.minds, known.prices, known.slots, news=0)
    slots = plan.slots_at(minds, np.arange(stage.horizon.steps))
    told = dataclasses.replace(here, minds=minds)
    return told, Known(plan.mind_rows(minds, arm.citizens.settings), board.prices, slots, news=news)


def _pass(
    arm: Arm, stage: Stage, here: World, known: Known, recorder: Recorder, last: int
) -> Generator[None, None, tuple[World, Known]]:
    """Return the world at the step before which the next event comes, written over ``here``.

    And what its homes know then: at the start of each day, what they may draw at no charge.
    """
    for day in days_between(stage.clock, here.step, last, stage.seed):
        first, all_day = here.step, whole(stage.clock, day)
        if first == all_day.first and peaks.charged(arm.ledgers):
            here, known = _read_peaks(arm, here, known, all_day.last - first)
        here, sums = advance_town(
            arm.homes, here, stage.outside, known, day, all_day, rules=arm.rules,
            crew=stage.crew, follow=stage.follow, devices=arm.fleets, ledgers=arm.ledgers,
        )  # fmt: skip
        known = Known(known.minds, known.prices, known.slots, news=0)
        recorder.write(first, sums)
        desks.write(here.watched, arm.watches, recorder.parts, first, sums)
        if stage.slots is not None:
            recording.keep_loads(here.kept, stage.slots, first, sums.net)
        stage.tick(day.last - day.first)
        if day.last == all_day.last:
            yield
    return here, known


def _read_peaks(arm: Arm, here: World, known: Known, steps: int) -> tuple[World, Known]:
    """Let machines read off the accounts what their homes may draw at no charge for power."""
    alike = arm.contracts[0] is arm.contracts[1]
    free_kw = peaks.free_kw(arm.ledgers, here.accounts, arm.citizens.enrolled, steps, alike=alike)
    minds = dataclasses.replace(here.minds, free_kw=free_kw)
    rows = plan.mind_rows(minds, arm.citizens.settings)
    return (
        dataclasses.replace(here, minds=minds),
        Known(rows, known.prices, known.slots, news=known.news),
    )


def _readings(arm: Arm, here: World) -> review.Readings:
    """Return what the homes of an arm read off their machines and bills."""
    homes = len(arm.citizens.town)
    alike = arm.contracts[0] is arm.contracts[1]
    blocks = accounts.block_prices(arm.ledgers, here.accounts, homes, alike=alike)
    return review.Readings(metered(here, at.M_OVERRIDES, homes), blocks)


def metered(after: World, field: int, homes: int) -> F8:
    """Return one meter of all homes, shape (n,)."""
    return from_blocks(after.meters, field // BLOCK, homes)
