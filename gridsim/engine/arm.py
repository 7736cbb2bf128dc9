"""An arm while it is played, from its first event to its last."""

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from gridsim.core.arrays import BLOCK, F8, blocks_for, to_blocks
from gridsim.core.clock import DAY_S
from gridsim.engine import accounts, blocks, outside, peaks, plan, rebating, review, world
from gridsim.engine import desk as desks
from gridsim.engine import layout as at
from gridsim.engine import recorder as recording
from gridsim.engine.agenda import Agenda
from gridsim.engine.blocks import AHEAD_DAYS, Crew, Known, Part, Stretch, Sums
from gridsim.engine.board import ORDER, REFERENCE, Board
from gridsim.engine.cast import Arm, Played, Stage, first_world, metered
from gridsim.engine.days import Day, days_between, whole
from gridsim.engine.desk import Desk
from gridsim.engine.followed import LOADS
from gridsim.engine.world import Minds, World
from gridsim.results import daily


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
        self.known: tuple[Minds, F8] | None = None
        self.news = 0
        self.course = self._course(stage.clock.steps if until is None else until)
        self.recorder = recording.empty(
            stage.clock.steps, (arm.homes.weights.shape[1], max(len(arm.groups), 1)),
            len(arm.citizens.town), keep=stage.keep, follow=stage.follow, coincide=stage.alone,
        )  # fmt: skip

    def go_on(self, here: World, load_kw: F8) -> None:
        """Stand where the same arm stood at another moment, which stays as it was.

        What was not kept before is not a number: loads by the hour, and what operators read.

        Parameters
        ----------
        here : World
            How it stood.
        load_kw : F8
            Net load of the town in the steps before, as agents read it, shape (steps,). [kW]
        """
        kept, watched = self.here.kept, self.here.watched
        self.here, self.known = world.fresh(here), None
        if here.kept.shape != kept.shape or here.watched.shape != watched.shape:
            kept[: here.step // self.stage.slots.steps if self.stage.slots else 0] = np.nan
            self.here = dataclasses.replace(self.here, kept=kept, watched=watched)
        self.course = self._course(self.course.stop, load_kw)

    def _course(self, stop: int, load_kw: F8 | None = None) -> "Course":
        """Return board, agenda and desk, with everything that is due before the start done."""
        arm, stage, citizens = self.arm, self.stage, self.arm.citizens
        board = Board(
            stage.horizon, arm.contracts, citizens.settings, citizens.offer.links,
            tanks_follow=arm.tanks_follow,
        )  # fmt: skip
        if load_kw is not None:
            board.load_kw[: len(load_kw)] = load_kw
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
        return Course(board, agenda, desk, self.here.step, now_s, stop)

    @property
    def coupled(self) -> bool:
        """Whether what is told depends on what the meters show."""
        return bool(self.arm.watches or self.stage.agents)

    def next(self) -> Stretch | None:
        """Return the next stretch that is to be played, None at the end."""
        course, clock = self.course, self.stage.clock
        while not course.ahead:
            if course.step >= course.stop:
                return None
            self._take_in()
            next_s = max(course.agenda.until(), course.now_s + 1)
            last = min(clock.step_at(next_s), course.stop)
            today = course.window[0] if course.window is not None else None
            course.ahead = days_between(clock, course.step, last, self.stage.seed, today)
            course.now_s = next_s
        day = course.ahead.pop(0)
        window = course.window
        again = window is not None and window[0].first <= day.first < window[0].last
        all_day = window[0] if window is not None and again else whole(clock, day)
        if day.first == all_day.first and peaks.charged(self.arm.ledgers):
            self._read_peaks(all_day.last - day.first)
        course.step = day.last
        ahead = all_day.first + AHEAD_DAYS * DAY_S // clock.step_s
        first, last = all_day.first, min(ahead, self.stage.horizon.steps)
        news, self.news = self.news, 0
        again = self.coupled and window is not None and window[:2] == (all_day, last)
        before = window[2] if again and window is not None else None
        prices = course.board.window(first, last, before)
        course.window = all_day, last, prices
        slots = plan.slots_at(self.here.minds, first, last)
        return Stretch(day, all_day, Known(self._rows(), prices, slots, news))

    def of_day(self) -> list[Stretch]:
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
        if self.stage.agents:
            net_kw = town[:, : self.recorder.parts, at.F_NET // BLOCK].sum(axis=1)
            self.course.board.load_kw[first : stretch.day.last] = net_kw
        self.recorder.write(first, sums)
        desks.write(self.here.watched, self.arm.watches, self.recorder.parts, first, town)
        if self.stage.slots is not None:
            loads = sums.loads(self.here.kept.shape[1])
            recording.keep_loads(self.here.kept, self.stage.slots, first, loads)
        if stretch.day.last == stretch.whole.last:
            self._write_loads(stretch.whole.first)
        self.stage.tick(stretch.day.last - first)

    def _write_loads(self, first: int) -> None:
        """Write the loads of single homes in a local day to disk, if that is where they go."""
        to, recorder = self.stage.loads, self.recorder
        if to is None or not recorder.loads:
            return
        net = np.concatenate(recorder.loads)[:, np.argsort(self.arm.order)]
        done = daily.write(
            to.plan, self.arm.name, first, net, first_home=self.stage.part.first, kept=to.chosen
        )
        recorder.written += [done.path] if done.path is not None else []
        recorder.loads.clear()

    def played(self) -> Played:
        """Return the arm as it has been played."""
        made = tuple(self.course.desk.made)
        return Played(self.before, self.here, self.recorder, self.course.board, made)

    def _take_in(self) -> None:
        """Let people take in what has been published by now, and find what the homes then know."""
        arm, stage, course, minds = self.arm, self.stage, self.course, self.here.minds
        agenda, board, now_s, log = course.agenda, course.board, course.now_s, self.recorder.log
        agenda.settle(now_s)
        if not agenda.reviews and not board.news:
            return
        outdoor_c = outside.mean_outdoor_c(stage.outside, course.step, stage.clock.step_s)
        if agenda.reviews:
            readings = _readings(arm, self.here)
            minds = review.review(minds, arm.citizens, board, now_s, outdoor_c, readings)
            log.review(now_s, minds.routine)
            agenda.reviews.clear()
        news = 0
        for item in board.news:
            if item.tariff != ORDER:  # an order changes no price: nobody plans a car anew for it
                news |= 1 if item.tariff == REFERENCE else 2
            minds, heard = plan.hear(
                minds, arm.citizens, item, board, outdoor_c=outdoor_c, now_s=now_s
            )
            log.hear(now_s, heard)
            if item.tariff == ORDER and item.opt_out > 0.0:
                refused = (heard.hears & ~heard.acts).astype(np.float64)
                self.here.meters[:, at.M_OVERRIDES : at.M_OVERRIDES + BLOCK] += to_blocks([refused])
        board.news.clear()
        self.here, self.news = dataclasses.replace(self.here, minds=minds), news

    def _read_peaks(self, steps: int) -> None:
        """Let machines read off the accounts what their homes may draw at no charge for power."""
        arm, here = self.arm, self.here
        alike = arm.contracts[0] is arm.contracts[1]
        free_kw = peaks.free_kw(
            arm.ledgers, here.accounts, arm.citizens.enrolled, steps, alike=alike
        )
        minds = dataclasses.replace(here.minds, free_kw=free_kw)
        self.here = dataclasses.replace(here, minds=minds)

    def _rows(self) -> F8:
        """Return what people think as the kernels read it, worked out where it has changed."""
        minds = self.here.minds
        if self.known is None or self.known[0] is not minds:
            self.known = minds, plan.mind_rows(minds, self.arm.citizens.settings, self.known)
        return self.known[1]


@dataclass
class Course:
    """What is published when, who looks at it, and how far it has been thought through.

    Parameters
    ----------
    board, agenda, desk
        Of one arm.
    step : int
        First step that has not been asked for.
    now_s : int
        UTC second of the next event.
    stop : int
        Step before which to stop.
    ahead : list of Day
        Stretches up to the next event that have not been asked for.
    window : tuple, optional
        The whole local day that was last played in, the step after the last whose prices were
        looked at from its first on, and these prices.
    """

    board: Board
    agenda: Agenda
    desk: Desk
    step: int
    now_s: int
    stop: int
    ahead: list[Day] = field(default_factory=list)
    window: tuple[Day, int, F8] | None = None


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
        played = [_play_apart(game, crew) for game in games]
        return any(played)
    days = [game.of_day() for game in games]
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
