"""Who and what is played: an arm, the stage that all arms share, an arm that has been played."""

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from gridsim.core.arrays import BLOCK, F8, I8, from_blocks
from gridsim.core.clock import Clock
from gridsim.engine import accounts, extra, world
from gridsim.engine import desk as desks
from gridsim.engine import recorder as recording
from gridsim.engine.agenda import Agent
from gridsim.engine.blocks import Crew, Outside
from gridsim.engine.board import Board
from gridsim.engine.homes import Homes, Rules
from gridsim.engine.parts import Part
from gridsim.engine.people import Citizens
from gridsim.engine.recorder import Recorder, Slots
from gridsim.engine.world import World
from gridsim.programmes.calls import Call
from gridsim.programmes.rebates import Rebate
from gridsim.programmes.watch import Watch
from gridsim.results import daily
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
    order : I8
        Where its homes stand in the order of their numbers, see ``parts.order``, shape (n,).
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
    order: I8 = field(default_factory=lambda: np.zeros(0, dtype=np.int64))


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
    part : Part
        Which part of the town the homes are.
    loads : Loads or None
        Where the loads of single homes are written each day; None: they stay in memory.
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
    slots: Slots | None
    part: Part
    loads: "Loads | None" = None

    @property
    def alone(self) -> bool:
        """Whether these homes are the whole town, and not a part of it."""
        return self.part.of == 1

    @property
    def profiled(self) -> int:
        """Of how many of the homes the mean day is kept: of those of the first part."""
        return self.part.count if self.part.number == 0 else 0


@dataclass(frozen=True, slots=True)
class Loads:
    """Where the loads of single homes are written, and of which homes of the part.

    Parameters
    ----------
    plan : Plan
        How they are written.
    chosen : I8 or None
        Places of the homes within the part; None: all.
    """

    plan: daily.Plan
    chosen: I8 | None


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
        arm.citizens.town, stage.seed, stage.clock.start_s, masks=masks, profiled=stage.profiled,
    )  # fmt: skip
    return dataclasses.replace(
        first,
        extra=states,
        kept=recording.room(stage.slots, stage.clock, len(arm.citizens.town)),
        watched=desks.blank(arm.watches, stage.clock.steps),
        accounts=accounts.first_accounts(arm.ledgers, len(first.state)),
    )


def metered(after: World, meter: int, homes: int) -> F8:
    """Return one meter of all homes, shape (n,)."""
    return from_blocks(after.meters, meter // BLOCK, homes)
