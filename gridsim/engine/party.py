"""A party: all arms of a part of the town, while they are played side by side."""

import dataclasses
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from gridsim.core.arrays import F8
from gridsim.engine import arm as arms
from gridsim.engine import blocks, outcome
from gridsim.engine.arm import Game
from gridsim.engine.blocks import Crew, Stretch, Sums
from gridsim.engine.cast import Arm, Loads, Tick
from gridsim.engine.joining import Share
from gridsim.engine.making import Extras, make_arm, make_stage
from gridsim.engine.parts import Part
from gridsim.engine.people import ALL, Links
from gridsim.population.town import Town
from gridsim.results import daily
from gridsim.results.results import NO_HOMES
from gridsim.scenario.resolve import ArmCase, Case

Ticks = Callable[[str, int, bool], Tick]
"""Gives an arm its tick, by its name, how many homes are played, and whether they were played
before, in a run that was stopped."""


@dataclass(frozen=True, slots=True)
class Role:
    """An arm that is to be played, and which links of people's answer are at work."""

    case: ArmCase
    links: Links = ALL


@dataclass(frozen=True, slots=True)
class Bill:
    """What a party plays.

    Parameters
    ----------
    case : Case
        The scenario, resolved.
    extras : Extras
        What a library user adds.
    part : Part
        Which part of the town.
    roles : tuple of Role
        Which arms.
    bare : bool
        Whether nothing of single homes is kept beside their metrics.
    folder : Path or None
        Where loads of single homes are written day by day; None: they stay in memory.
    """

    case: Case
    extras: Extras
    part: Part
    roles: tuple[Role, ...]
    bare: bool = False
    folder: Path | None = None


class Party:
    """All arms of a part of the town, while they are played side by side.

    Parameters
    ----------
    bill : Bill
        What is played.
    crew : Crew
        Threads.
    ticks : callable
        Gives each arm its tick.
    """

    def __init__(self, bill: Bill, crew: Crew, ticks: Ticks):
        self.bill, self.crew, self.ticks = bill, crew, ticks
        self.games = _games(bill, crew, ticks)
        self.playing: tuple[Stretch, Sums] | None = None

    @property
    def coupled(self) -> bool:
        """Whether what is told in any arm depends on what the meters of the town show."""
        return any(game.coupled for game in self.games)

    @property
    def step(self) -> int:
        """The step before which all arms stand."""
        return self.games[0].here.step

    @property
    def day_over(self) -> bool:
        """Whether the stretch whose town's sums are awaited is the last of a local day."""
        return self.playing is None or self.playing[0].day.last == self.playing[0].whole.last

    def day(self) -> bool:
        """Play a local day of all arms, in a town whose parts need not talk; tell if there was one.

        In a coupled case the part must be the whole town.
        """
        return arms.play_day(self.games, self.crew)

    def stretch(self, place: int) -> F8 | None:
        """Play the next stretch of an arm; return its sums, None at the end of the period.

        The town's sums are to be given (:meth:`give`) before the next stretch of any arm.

        Parameters
        ----------
        place : int
            Which arm.
        """
        game = self.games[place]
        following = game.next()
        if following is None:
            return None
        [[sums]] = blocks.play_day([game.playing([following])], self.crew, keep=True)
        self.playing = following, sums
        return sums.kw

    def give(self, place: int, town_kw: F8) -> bool:
        """Tell an arm what the whole town drew in the stretch; return whether its day is over."""
        if self.playing is None:
            raise RuntimeError("no stretch has been played since the last sums were given")
        (stretch, sums), self.playing = self.playing, None
        self.games[place].take(stretch, sums, town_kw)
        return stretch.day.last == stretch.whole.last

    def went_before(self) -> None:
        """Tell the watcher of the days that were played before the run was stopped."""
        for game in self.games:
            self.ticks(game.arm.name, self.bill.part.count, True)(self.step)

    def share(self) -> Share:
        """Return what all arms did, once they have been played to the end."""
        case, part = self.bill.case, self.bill.part
        names = [arm.name for arm in case.arms]
        played = [(game.arm, game.played(), game.stage) for game in self.games]
        shares = tuple(
            outcome.share(role.case, *scene, names)
            for role, scene in zip(self.bill.roles, played, strict=True)
        )
        loads_of = outcome.homes_kept(case, played[0][0])
        if loads_of is not None:
            shares = tuple(outcome.only(one, loads_of - part.first) for one in shares)
        first = part.number == 0 and not self.bill.bare
        events = outcome.events(played) if first else outcome.NO_EVENTS
        who = outcome.attributes(played[0][0])
        return Share(part, who, shares, events, NO_HOMES if loads_of is None else loads_of)


def _games(bill: Bill, crew: Crew, ticks: Ticks) -> tuple[Game, ...]:
    """Return the games of all arms of a part of the town, at their beginning."""
    case, extras, part = bill.case, bill.extras, bill.part
    towns: dict[object, Town] = {}
    stage = make_stage(case, extras, crew, part=part)
    if bill.bare:
        stage = dataclasses.replace(stage, follow=0, keep=False)
    games: list[Game] = []
    for role in bill.roles:
        arm = make_arm(case, role.case, extras, towns, role.links, part=part)
        agents = () if role.case is case.arms[0] else extras.agents
        if not games and bill.folder is not None and stage.keep:
            stage = dataclasses.replace(stage, loads=_loads(bill, arm, bill.folder))
        name = f"{role.case.name}, causes" if bill.bare else role.case.name
        tick = ticks(name, part.count, False)
        games.append(Game(arm, dataclasses.replace(stage, tick=tick, agents=agents)))
    return tuple(games)


def _loads(bill: Bill, arm: Arm, folder: Path) -> Loads | None:
    """Return where the loads of single homes go; which homes is what the first arm's are."""
    plan = daily.plan(bill.case, folder)
    if plan is None:
        return None
    return Loads(plan, daily.chosen(plan, arm.citizens.town.take(np.argsort(arm.order))))


def lockstep(parties: Sequence[Party]) -> bool:
    """Play a local day of a town whose parts exchange sums; return whether there was one.

    Parameters
    ----------
    parties : sequence of Party
        All parts of the town, in order; sums are added in that order.
    """
    going = False
    for place in range(len(parties[0].games)):
        over = False
        while not over:
            sums = [party.stretch(place) for party in parties]
            if sums[0] is None:
                break
            town_kw = added([kw for kw in sums if kw is not None])
            ends = [party.give(place, town_kw) for party in parties]
            over = ends[0]
            going = True
    return going


def added(sums: Sequence[F8]) -> F8:
    """Return the sums of parts, added in their order."""
    town_kw = sums[0]
    for kw in sums[1:]:
        town_kw = town_kw + kw
    return town_kw
