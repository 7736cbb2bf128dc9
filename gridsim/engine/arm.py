"""One arm: who is in it, and playing it from its first event to its last."""

import dataclasses
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from gridsim.core.arrays import BLOCK, F8, blocks_for, from_blocks, to_blocks
from gridsim.core.clock import DAY_S, Clock
from gridsim.engine import accounts, blocks, extra, outside, peaks, rebating, review, world
from gridsim.engine import desk as desks
from gridsim.engine import layout as at
from gridsim.engine import plan as plan_of
from gridsim.engine import recorder as recording
from gridsim.engine.agenda import Agenda, Agent
from gridsim.engine.blocks import AHEAD_DAYS, Crew, Known, Outside, Part, Stretch, Sums
from gridsim.engine.board import ORDER, REFERENCE, Board
from gridsim.engine.days import Day, days_between, whole
from gridsim.engine.desk import Desk
from gridsim.engine.followed import LOADS
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
    alone : bool
        Whether these homes are the whole town, and not a part of it.
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
    alone: bool = True


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


class Game:
    """An arm while it is played: what is to come, how its homes stand, what was written down.

    It says stretch by stretch what is to be played (``next``), and is told what came of it
    (``take``). Nobody's answer to a notice depends on what the meters did since midnight, so that
    all stretches of a local day may be asked for before the first is played; where agents or
    operators read the meters (``coupled``), each is played before the next is asked for.

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

    def __init__(
        self, arm: Arm, stage: Stage, start: World | None = None, until: int | None = None
    ):
        self.arm, self.stage = arm, stage
        self.before = first_world(arm, stage) if start is None else start
        self.here = world.fresh(self.before)
        self.stop = stage.clock.steps if until is None else until
        self.known: Known | None = None
        self.ahead: list[Day] = []
        self.plan = self._plan()
        self.recorder = recording.empty(
            stage.clock.steps, arm.homes.weights.shape[1], max(len(arm.groups), 1),
            homes=len(arm.citizens.town), keep=stage.keep, follow=stage.follow,
            coincide=stage.alone,
        )  # fmt: skip

    def _plan(self) -> "Plan":
        """Return board, agenda and desk, with everything that is due before the start done."""
        arm, stage, citizens = self.arm, self.stage, self.arm.citizens
        board = Board(
            stage.horizon, arm.contracts, citizens.settings, citizens.offer.links,
            tanks_follow=arm.tanks_follow,
        )  # fmt: skip
        desk = Desk(arm.watches, self.here.watched, stage.outside.masks[:, arm.column])
        agents = stage.agents
        if arm.rebates:
            called = stage.outside.masks[: stage.clock.steps, arm.column] > 0.0
            felt = citizens.settings.call.rebate
            agents = (rebating.teller(arm.rebates, stage.clock, called, felt), *agents)
        agenda = Agenda(stage.clock, board, arm.calls, agents, desk)
        now_s = stage.clock.start_s + self.here.step * stage.clock.step_s
        agenda.skip(now_s)
        board.news.clear()
        return Plan(board, agenda, desk, self.here.step, now_s)

    @property
    def coupled(self) -> bool:
        """Whether what is told depends on what the meters show."""
        return bool(self.arm.watches or self.stage.agents)

    def next(self) -> Stretch | None:
        """Return the next stretch that is to be played, None at the end."""
        plan, clock = self.plan, self.stage.clock
        while not self.ahead:
            if plan.step >= self.stop:
                return None
            self._take_in()
            next_s = max(plan.agenda.until(), plan.now_s + 1)
            last = min(clock.step_at(next_s), self.stop)
            self.ahead = days_between(clock, plan.step, last, self.stage.seed)
            plan.now_s = next_s
        day = self.ahead.pop(0)
        all_day = whole(clock, day)
        if day.first == all_day.first and peaks.charged(self.arm.ledgers):
            self._read_peaks(all_day.last - day.first)
        plan.step = day.last
        known = self.known
        assert known is not None
        self.known = Known(known.minds, known.prices, known.slots, news=0)
        window = slice(all_day.first, all_day.first + AHEAD_DAYS * DAY_S // clock.step_s)
        seen = plan.board.prices[:, window].copy(), known.slots[window].copy()
        return Stretch(day, all_day, Known(known.minds, *seen, news=known.news))

    def today(self) -> list[Stretch]:
        """Return the stretches that are left of the local day, none at the end."""
        found: list[Stretch] = []
        while (stretch := self.next()) is not None:
            found.append(stretch)
            if stretch.day.last == stretch.whole.last:
                break
        return found

    def playing(self, stretches: Sequence[Stretch]) -> Part:
        """Return what a crew needs to play stretches of one local day."""
        stage, slots = self.stage, self.stage.slots
        wanted = min(stage.follow, LOADS) if slots is None else max(slots.homes, stage.follow)
        every = stage.alone or stage.keep
        return Part(
            self.arm.homes, self.here, stage.outside, self.arm.rules, stretches, stage.follow,
            len(self.arm.homes.lanes) if every else blocks_for(wanted) if wanted else 0,
            self.arm.fleets, self.arm.ledgers,
        )  # fmt: skip

    def take(self, stretch: Stretch, sums: Sums, town_kw: F8 | None = None) -> None:
        """Write down what a stretch gave.

        Parameters
        ----------
        stretch : Stretch
            What was played.
        sums : Sums
            What it gave.
        town_kw : F8, optional
            The sums of the whole town, of which these homes are a part, shape of ``sums.kw``.
        """
        first, town = stretch.day.first, sums.kw if town_kw is None else town_kw
        self.here = dataclasses.replace(self.here, step=stretch.day.last)
        self.recorder.write(first, sums)
        desks.write(self.here.watched, self.arm.watches, self.recorder.parts, first, town)
        if self.stage.slots is not None:
            loads = sums.loads(self.here.kept.shape[1])
            recording.keep_loads(self.here.kept, self.stage.slots, first, loads)
        self.stage.tick(stretch.day.last - first)

    def played(self) -> Played:
        """Return the arm as it has been played."""
        made = tuple(self.plan.desk.made)
        return Played(self.before, self.here, self.recorder, self.plan.board, made)

    def _take_in(self) -> None:
        """Let people take in what has been published by now, and find what the homes then know."""
        arm, stage, plan, minds = self.arm, self.stage, self.plan, self.here.minds
        agenda, board, now_s, log = plan.agenda, plan.board, plan.now_s, self.recorder.log
        agenda.settle(now_s)
        outdoor_c = outside.mean_outdoor_c(stage.outside, plan.step, stage.clock.step_s)
        if agenda.reviews:
            readings = _readings(arm, self.here)
            minds = review.review(minds, arm.citizens, board, now_s, outdoor_c, readings)
            log.review(now_s, minds.routine)
            agenda.reviews.clear()
        news = 0
        for item in board.news:
            if item.tariff != ORDER:  # an order changes no price: nobody plans a car anew for it
                news |= 1 if item.tariff == REFERENCE else 2
            minds, heard = plan_of.hear(
                minds, arm.citizens, item, board, outdoor_c=outdoor_c, now_s=now_s
            )
            log.hear(now_s, heard)
            if item.tariff == ORDER and item.opt_out > 0.0:
                refused = (heard.hears & ~heard.acts).astype(np.float64)
                self.here.meters[:, at.M_OVERRIDES : at.M_OVERRIDES + BLOCK] += to_blocks([refused])
        board.news.clear()
        if self.known is not None and minds is self.here.minds:
            self.known = Known(self.known.minds, board.prices, self.known.slots, news=0)
            return
        slots = plan_of.slots_at(minds, np.arange(stage.horizon.steps))
        self.here = dataclasses.replace(self.here, minds=minds)
        rows = plan_of.mind_rows(minds, arm.citizens.settings)
        self.known = Known(rows, board.prices, slots, news=news)

    def _read_peaks(self, steps: int) -> None:
        """Let machines read off the accounts what their homes may draw at no charge for power."""
        arm, here, known = self.arm, self.here, self.known
        assert known is not None
        alike = arm.contracts[0] is arm.contracts[1]
        free_kw = peaks.free_kw(
            arm.ledgers, here.accounts, arm.citizens.enrolled, steps, alike=alike
        )
        self.here = dataclasses.replace(
            here, minds=dataclasses.replace(here.minds, free_kw=free_kw)
        )
        rows = plan_of.mind_rows(self.here.minds, arm.citizens.settings)
        self.known = Known(rows, known.prices, known.slots, news=known.news)


@dataclass
class Plan:
    """What is published when, who looks at it, and how far it has been thought through.

    Parameters
    ----------
    board, agenda, desk
        Of one arm.
    step : int
        First step that has not been asked for.
    now_s : int
        UTC second of the next event.
    """

    board: Board
    agenda: Agenda
    desk: Desk
    step: int
    now_s: int


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
    game = Game(arm, stage, start, until)
    while play_day([game], stage.crew):
        pass
    return game.played()


def play_day(games: Sequence[Game], crew: Crew) -> bool:
    """Play a local day of arms of the same homes side by side; return whether there was one.

    What chance draws of a day is the same in all arms whose people are the same, and is drawn
    once: side by side changes nothing but the time it takes.
    """
    if any(game.coupled for game in games):
        return any([_play_apart(game, crew) for game in games])
    days = [game.today() for game in games]
    if not any(days):
        return False
    found = blocks.play_day(
        [game.playing(day) for game, day in zip(games, days, strict=True)], crew
    )
    for game, day, sums in zip(games, days, found, strict=True):
        for stretch, gave in zip(day, sums, strict=True):
            game.take(stretch, gave)
    return True


def _play_apart(game: Game, crew: Crew) -> bool:
    """Play a local day of an arm stretch by stretch; return whether there was one."""
    while (stretch := game.next()) is not None:
        [[sums]] = blocks.play_day([game.playing([stretch])], crew, keep=True)
        game.take(stretch, sums)
        if stretch.day.last == stretch.whole.last:
            return True
    return False


def _readings(arm: Arm, here: World) -> review.Readings:
    """Return what the homes of an arm read off their machines and bills."""
    homes = len(arm.citizens.town)
    alike = arm.contracts[0] is arm.contracts[1]
    blocks = accounts.block_prices(arm.ledgers, here.accounts, homes, alike=alike)
    return review.Readings(metered(here, at.M_OVERRIDES, homes), blocks)


def metered(after: World, field: int, homes: int) -> F8:
    """Return one meter of all homes, shape (n,)."""
    return from_blocks(after.meters, field // BLOCK, homes)
