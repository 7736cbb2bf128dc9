"""Rebates in a run: how they are told and felt, who games them, and what they come to."""

import dataclasses
from collections.abc import Generator
from dataclasses import dataclass
from typing import Any

import numpy as np
import simpy

from gridsim.core import chance
from gridsim.core.arrays import B1, F4, F8
from gridsim.core.clock import Clock, every
from gridsim.core.errors import ScenarioError
from gridsim.engine.accounts import Bills
from gridsim.engine.agenda import Actor, Agent
from gridsim.engine.board import Board
from gridsim.engine.recorder import PROFILE_BYTES
from gridsim.population.town import Town
from gridsim.programmes import calls, rebates
from gridsim.programmes.rebates import Rebate
from gridsim.scenario.resolve import ArmCase, Case
from gridsim.signals.notice import Notice

_GAMES = chance.question("rebates", "games")


@dataclass(frozen=True, slots=True)
class Read:
    """What the meters of an arm say, as far as rebates look at it.

    Parameters
    ----------
    clock : Clock
        The period, t steps.
    kept : F4
        Sum of the net loads over the steps of each slot, shape (slots, n). [kW]
    called : B1
        Steps in which the arm calls, shape (t,).
    temp_c : F8
        Outdoor temperature, shape (t,). [C]
    net_kwh : F8
        Import less export of each home over the period, shape (n,). [kWh]
    """

    clock: Clock
    kept: F4
    called: B1
    temp_c: F8
    net_kwh: F8


def check(case: Case) -> None:
    """Refuse rebates in towns of which the loads cannot be kept.

    Raises
    ------
    ScenarioError
        Naming the arm.
    """
    homes = case.scenario.population.homes
    paying = [arm.name for arm in case.arms if arm.rebates]
    watched = any(arm.watches for arm in case.arms)
    slots = case.clock.steps if watched else int(case.clock.steps * case.clock.dt_h)
    size = 4 * homes * slots * len(case.arms)
    if paying and size > PROFILE_BYTES:
        raise ScenarioError([
            f"arms.{paying[0]}.rebates: {size / 2**30:.1f} GiB of loads to settle them from, at"
            f" most {PROFILE_BYTES / 2**30:.0f} are kept: fewer homes, days or arms"
        ])  # fmt: skip


def told(arm: ArmCase) -> tuple[calls.Call, ...]:
    """Return the calls of the rebates of an arm, in order of their steps."""
    return calls.in_order(tuple(call for rebate in arm.rebates for call in rebate.calls))


def teller(promised: tuple[Rebate, ...], clock: Clock, called: B1, felt: float) -> Agent:
    """Return the agent that tells people of each call of the rebates at its moment.

    Parameters
    ----------
    promised : tuple of Rebate
        The rebates of an arm.
    clock : Clock
        The period.
    called : B1
        Steps in which the arm calls, shape (t,).
    felt : float
        Share of what is paid that is felt as a price.
    """
    planned = sorted(
        ((rebate, call) for rebate in promised for call in rebate.calls),
        key=lambda pair: (pair[1].published_s, pair[1].first),
    )

    def run(env: simpy.Environment, board: Board) -> Actor:
        return _tell(env, board, planned, (clock, called, felt))

    return run


def gamers(town: Town, seed: int, promised: tuple[Rebate, ...], enrolled: B1) -> B1 | None:
    """Return who raises the baseline of the rebates, shape (n,); None: nobody.

    A home draws its lot once: where more game, the same ones do and others besides.
    """
    most = max((rebate.gaming for rebate in promised), default=0.0)
    if not most:
        return None
    return np.asarray((chance.uniforms(seed, _GAMES, town.homes)[:, 0] < most) & enrolled)


def credited(bills: Bills, promised: tuple[Rebate, ...], enrolled: B1, read: Read) -> Bills:
    """Return bills with a part more: what the rebates pay back, never above 0.

    Parameters
    ----------
    bills : Bills
        Without rebates.
    promised : tuple of Rebate
        The rebates of the arm.
    enrolled : B1
        Homes that are on its tariff, shape (n,).
    read : Read
        What the meters say.
    """
    paid, drift = np.zeros(len(enrolled)), bills.drift
    if promised and len(read.kept):  # nothing is kept where nothing is called
        per = read.clock.steps // len(read.kept)
        slots = every(read.clock, per)
        kw = read.kept / np.float32(per)
        counted = kw.sum(axis=0, dtype=np.float64) * slots.dt_h
        drift = max(drift, _relative(counted, read.net_kwh))
        temp_c = read.temp_c.reshape(-1, per).mean(axis=1)
        for rebate in promised:
            there = dataclasses.replace(rebate, calls=_on_slots(rebate.calls, per))
            done = rebates.settle(there, slots, kw[:, enrolled], read.called[::per], temp_c)
            paid[enrolled] += rebate.price * done.credit_kwh
            drift = max(drift, _relative(done.credit_kwh.sum(), done.events.sum()))
    return dataclasses.replace(
        bills,
        total=bills.total - paid,
        parts=np.concatenate([bills.parts, -paid[np.newaxis]]),
        beside=bills.beside - paid,
        drift=drift,
    )


def _tell(
    env: simpy.Environment, board: Board, planned: list[tuple[Rebate, calls.Call]],
    around: tuple[Clock, B1, float],
) -> Generator[simpy.Event, Any, None]:  # fmt: skip
    """Tell of each call at its moment; what was told before the start is told at the start."""
    clock, called, felt = around
    for rebate, call in planned:
        yield env.timeout(max(call.published_s - int(env.now), 0))
        notice = Notice(call.published_s, call.first, call.last, call.label)
        board.feel(int(env.now), notice, felt * rebate.price, channel=call.channel)
        if rebate.gaming:
            for first, last in rebates.gamed(rebate, call, clock, called):
                board.game(int(env.now), first, last)


def _on_slots(planned: tuple[calls.Call, ...], per: int) -> tuple[calls.Call, ...]:
    """Return calls laid onto slots of so many steps, which no call cuts."""
    return tuple(
        dataclasses.replace(call, first=call.first // per, last=call.last // per)
        for call in planned
    )


def _relative(one: F8 | float, other: F8 | float) -> float:
    """Return the largest difference over the largest size; 0 for nothing beside nothing."""
    largest = float(np.max(np.abs(other), initial=0.0))
    worst = float(np.max(np.abs(np.asarray(one) - other), initial=0.0))
    return worst / largest if largest > 0.0 else worst
