"""The agenda: SimPy actors that publish prices and call reviews at their real moments.

SimPy holds the agenda, never the state. An actor is a frozen schedule with a generator that knows
nothing but ``env.now`` (UTC seconds) and the board it writes to.
"""

import datetime as dt
from collections.abc import Callable, Generator
from typing import Any

import simpy

from gridsim.core.clock import Clock, date_of, local_s
from gridsim.engine.board import Board
from gridsim.engine.desk import Desk
from gridsim.programmes import watch as watching
from gridsim.programmes.calls import Call
from gridsim.programmes.watch import Watch
from gridsim.signals import calendar
from gridsim.signals.notice import Notice
from gridsim.signals.whole import Whole

Actor = Generator[simpy.Event, Any, None]
Agent = Callable[[simpy.Environment, Board], Actor]
"""A user's own agent: called with the environment and the board, returns a SimPy process."""


def publisher(
    env: simpy.Environment, board: Board, notices: tuple[Notice, ...], tariff: int
) -> Actor:
    """Publish each notice at its moment; what was told before the start is told at the start."""
    for notice in sorted(notices, key=lambda n: (n.published_s, n.first)):
        yield env.timeout(max(notice.published_s - int(env.now), 0))
        board.publish(int(env.now), notice, tariff)


def caller(env: simpy.Environment, board: Board, calls: tuple[Call, ...]) -> Actor:
    """Make each call at its moment; what was told before the start is told at the start."""
    for call in sorted(calls, key=lambda c: (c.published_s, c.first)):
        yield env.timeout(max(call.published_s - int(env.now), 0))
        board.call(int(env.now), call)


def operator(env: simpy.Environment, board: Board, desk: Desk, watch: Watch, clock: Clock) -> Actor:
    """Look at the meters at 17:00 of each day that may precede a called one, and call.

    What has been metered is all that the operator looks at besides the forecast of the weather, so
    whoever goes on from the middle of a run finds the same calls by looking again.
    """
    row = desk.watches.index(watch)
    made: list[Call] = []
    for day in watching.days_of(watch, clock):
        yield env.timeout(calendar.eve_s(day, clock) - int(env.now))
        found = watching.decide(watch, clock, day, desk.kw[:, row], made)
        made += found
        desk.note(found)
        if found:
            env.process(caller(env, board, found))


def reviewer(env: simpy.Environment, clock: Clock, reviews: list[int]) -> Actor:
    """Have people look at their bills and habits at the start and at the start of each week."""
    for second in weeks(clock):
        yield env.timeout(second - int(env.now))
        reviews.append(second)


def weeks(clock: Clock) -> tuple[int, ...]:
    """Return the UTC seconds of the start and of every midnight before a Monday in the period."""
    first = date_of(int(clock.local_day[0]))
    monday = first + dt.timedelta(days=7 - first.weekday())
    found = [clock.start_s]
    while (second := local_s(monday, clock.timezone)) < clock.end_s:
        found.append(second)
        monday += dt.timedelta(days=7)
    return tuple(found)


class Agenda:
    """The events of a run, one instant after the other.

    Parameters
    ----------
    clock : Clock
        The period.
    board : Board
        What the actors write to.
    calls : tuple of Call
        Calls of the arm.
    agents : tuple of Agent
        The user's own.
    desk : Desk, optional
        Where the operators of the arm, if it has any, read the meters.
    """

    def __init__(
        self, clock: Clock, board: Board, calls: tuple[Call, ...] = (),
        agents: tuple[Agent, ...] = (), desk: Desk | None = None,
    ):  # fmt: skip
        self.clock = clock
        self.env = simpy.Environment(initial_time=clock.start_s)
        self.reviews: list[int] = []
        for tariff, contract in enumerate(board.contracts):
            notices = Whole(contract).notices(board.horizon)
            self.env.process(publisher(self.env, board, notices, tariff))
        if calls:
            self.env.process(caller(self.env, board, calls))
        if desk is not None:
            for watch in desk.watches:
                self.env.process(operator(self.env, board, desk, watch, clock))
        self.env.process(reviewer(self.env, clock, self.reviews))
        for agent in agents:
            self.env.process(agent(self.env, board))

    def skip(self, now_s: int) -> None:
        """Let everything happen that was due before this instant, to go on from there."""
        while self.env.peek() < now_s:
            self.env.step()
        self.reviews.clear()

    def settle(self, now_s: int) -> None:
        """Let everything happen that is due at this instant; the pass comes after all of it."""
        while self.env.peek() <= now_s:
            self.env.step()

    def until(self) -> int:
        """Return the UTC second of the next event, at most the end of the period."""
        return int(min(self.env.peek(), self.clock.end_s))
