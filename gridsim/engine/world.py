"""The world: how everything stands at one moment, as a value.

``advance`` gives back a new world and leaves the old one as it was, so a run can be stopped,
split or continued in two ways from the same moment.
"""

import dataclasses
from dataclasses import dataclass, field

import numpy as np

from gridsim.core import chance
from gridsim.core.arrays import B1, BLOCK, F4, F8, I8, blocks_for, to_blocks
from gridsim.core.chance import Crowd
from gridsim.engine import layout as at
from gridsim.engine.lanes import TANK_ROOM_C
from gridsim.population.town import Town

PROFILE_ROWS = 4 * 24
NO_KEPT: F4 = np.zeros((0, 0), dtype=np.float32)
"""The kept loads of a run without calls."""

_TANK = chance.question("world", "tank")
_CAR = chance.question("world", "car")


@dataclass(frozen=True, slots=True)
class Minds:
    """What people have taken in and decided.

    More fields than the house's measure: each is a memory of its own, read by one link.

    Parameters
    ----------
    acts : B1
        Whether each home acts on the notice in each slot, shape (NOTICES, n).
    windows : I8
        Tariff, first step and step after the last of the notice in each slot, shape (NOTICES, 3).
    told : int
        Notices so far.
    routine : B1 or None
        Who lives by the tariff's hours, shape (n,); None before the first review.
    fatigue, words : F8
        Events acted on and calls in words heard lately, fading, shape (n,).
    fatigue_s : int
        UTC second to which both belong.
    acted : F8
        Events acted on since the start, shape (n,).
    saved, level : F8
        What habits and feedback save, and what the price level does: logarithms of a share of
        use, shape (n,).
    looked_s : int
        UTC second to which both belong.
    month : int
        Number of the month of the last review of routines.
    machine : B1
        Whose machines may still follow prices and orders, shape (n,).
    overrides : F8
        Times overruled up to the last review, shape (n,).
    free_kw : F8
        Import that raises no charge for power, as the account stood when the local day began;
        infinite without such a charge, shape (n,). [kW]
    heard : F8
        Events heard of since the start, shape (n,).
    """

    acts: B1
    windows: I8
    told: int
    routine: B1 | None
    fatigue: F8
    words: F8
    fatigue_s: int
    acted: F8
    saved: F8
    level: F8
    looked_s: int
    month: int
    machine: B1
    overrides: F8
    free_kw: F8
    heard: F8


NO_ACCOUNTS = (np.zeros((0, 0, BLOCK)), np.zeros((0, 0, BLOCK)))
"""No account is kept."""


@dataclass(frozen=True, slots=True)
class World:
    """How a town stands at the start of a step.

    Parameters
    ----------
    step : int
        The step that comes next.
    state : F8
        Temperatures, charges, runs, shape (blocks, STATES * BLOCK).
    meters : F8
        What has been counted since the start, shape (blocks, (METERS + masks) * BLOCK).
    profile : F8
        Net energy by season and hour of the profiled homes, shape (m, PROFILE_ROWS * BLOCK). [kWh]
    minds : Minds
        What people have taken in and decided.
    extra : tuple of F8
        State of each of the user's own devices, shape (blocks, BLOCK) each.
    accounts : tuple of F8
        Under the reference contract and under the arm's, shape (blocks, fields, BLOCK); without
        blocks where none is kept.
    watched : F8
        What operators have metered so far, shape (t, watches); see ``desk``. [kW]
    kept : F4
        Sum of the net loads of the first homes over the steps of each slot so far, shape
        (slots, m); (0, 0) if none are kept. [kW]
    """

    step: int
    state: F8
    meters: F8
    profile: F8
    minds: Minds
    extra: tuple[F8, ...] = ()
    accounts: tuple[F8, F8] = NO_ACCOUNTS
    kept: F4 = field(default_factory=lambda: NO_KEPT)
    watched: F8 = field(default_factory=lambda: np.empty((0, 0)))


def fresh(world: World) -> World:
    """Return the same world with arrays of its own, for a pass to write on."""
    return dataclasses.replace(
        world,
        state=world.state.copy(),
        meters=world.meters.copy(),
        profile=world.profile.copy(),
        extra=tuple(state.copy() for state in world.extra),
        accounts=(world.accounts[0].copy(), world.accounts[1].copy()),
        watched=world.watched.copy(),
        kept=world.kept.copy(),
    )


def first_world(town: Town, seed: int, start_s: int, *, masks: int, profiled: int = 0) -> World:
    """Return the world at the start: homes at their set point, tanks and cars partly full.

    The charge of each store is drawn by name, the same in every arm.

    Parameters
    ----------
    town : Town
        Who lives there and what they own.
    seed : int
        Seed of the scenario.
    start_s : int
        UTC second of the start.
    masks : int
        Sets of hours whose imports are counted apart.
    profiled : int
        Of how many homes the mean day is kept.
    """
    homes = len(town)
    crowd = Crowd(seed, town.homes)
    tank = crowd.draw(_TANK)[:, 0]
    car = crowd.draw(_CAR)[:, 0]
    nothing = np.zeros(homes)
    columns = [nothing] * at.STATES
    set_c = town.heating.set_c
    columns[at.AIR_C // BLOCK] = set_c
    columns[at.MASS_C // BLOCK] = set_c
    fired = town.hot_water.kind > 0  # a tank that is none stays as it is: as warm as its room
    full_c = town.hot_water.set_c - 12.0 * tank  # assumed: up to 12 K used
    columns[at.TANK_C // BLOCK] = np.where(fired, full_c, TANK_ROOM_C)
    columns[at.TANK_ON // BLOCK] = np.where(fired, 0.0, 1.0)
    full_kwh = np.where(town.car.owns, town.car.battery_kwh, 1.0)
    columns[at.CAR_E // BLOCK] = full_kwh * (0.4 + 0.5 * car)  # assumed: 40-90 % full
    plugged = town.car.owns & (car < 0.5)  # assumed: half of the cars stand plugged in
    columns[at.PLUGGED // BLOCK] = plugged.astype(np.float64)
    columns[at.CAP_PRICE // BLOCK] = np.full(homes, np.inf)
    blocks = blocks_for(homes)
    minds = Minds(
        np.zeros((at.NOTICES, homes), dtype=np.bool_),
        np.zeros((at.NOTICES, 3), dtype=np.int64),
        0, None, nothing.copy(), nothing.copy(), start_s, nothing.copy(), nothing.copy(),
        nothing.copy(), start_s, 0, np.ones(homes, dtype=bool), nothing.copy(),
        np.full(homes, np.inf), nothing.copy(),
    )  # fmt: skip
    return World(
        0,
        to_blocks(columns),
        np.zeros((blocks, (at.METERS + masks) * BLOCK)),
        np.zeros((blocks_for(profiled), PROFILE_ROWS * BLOCK)),
        minds,
    )
