"""Wings: parts of a town that exchange sums while they are played, on the workers of a cluster.

Each worker has a wing, an actor that holds some parts and plays a stretch of them when it is asked;
the driver adds what all parts drew, in their order, and tells every wing with the next question:
one journey there and back for each stretch.

The driver remembers what the town drew in every stretch so far. A worker that dies takes its wing
with it; a new one then plays the same parts from the beginning, is told what the town drew at each
step, and arrives at the same bits, while the other wings wait as they are.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from gridsim.core.arrays import F8
from gridsim.core.errors import DataError
from gridsim.engine import letters, warm
from gridsim.engine.blocks import KEEP_BYTES, Crew
from gridsim.engine.joining import Share
from gridsim.engine.letters import Letter
from gridsim.engine.parts import Part
from gridsim.engine.party import Bill, Party, Ticks, added

MOST_LOSSES = 5
"""How many times wings may be lost in one run before it is given up."""
LOOK_S = 2.0
"""Time between two looks at whether a wing is still there. [s]"""
REPLACED_S = 60.0
"""Longest wait for a worker in place of the last that died. [s]"""

News = Sequence[tuple[int, F8]]
"""Which arm was played, and what the town drew, stretch after stretch."""


@dataclass(frozen=True, slots=True)
class Turn:
    """What the parts of a wing did in a stretch.

    Parameters
    ----------
    sums : tuple of F8
        What each part drew, as ``Party.stretch`` gives it; none at the end of the period.
    over : bool
        Whether the local day ends with the stretch, or no stretch is left.
    """

    sums: tuple[F8, ...]
    over: bool


@dataclass(frozen=True, slots=True)
class Failed:
    """What went wrong in a wing itself: dask's own errors are those of lost workers.

    Parameters
    ----------
    error : Exception
        As it was raised.
    """

    error: Exception


class Wing:
    """Some parts of a town, held by a worker.

    Parameters
    ----------
    letter : Letter
        The bill of any part.
    parts : sequence of Part
        Those that are played here.
    """

    def __init__(self, letter: Letter, parts: Sequence[Part]) -> None:
        from distributed import get_worker  # noqa: PLC0415

        warm.finish(None)
        bill: Bill = letters.unpack(letter)
        jobs = get_worker().state.nthreads
        self.parties = [
            Party(
                Bill(bill.case, bill.extras, part, bill.roles, bill.bare),
                Crew(jobs, KEEP_BYTES // len(parts)),
                _silent,
            )
            for part in parts
        ]

    def turn(self, place: int, news: News) -> Turn | Failed:
        """Take in what the town drew, and play the next stretch of an arm.

        Parameters
        ----------
        place : int
            Which arm.
        news : News
            What this wing was not told yet: the last stretch, or, if it is new, all of them; those
            that it has not played it plays first.
        """
        try:
            self._catch_up(news)
            sums = [kw for party in self.parties if (kw := party.stretch(place)) is not None]
            return Turn(tuple(sums), not sums or self.parties[0].day_over)
        except Exception as error:
            return Failed(error)

    def shares(self, news: News) -> list[Share] | Failed:
        """Take in what the town drew last, and return what all arms did."""
        try:
            self._catch_up(news)
            return [party.share() for party in self.parties]
        except Exception as error:
            return Failed(error)

    def _catch_up(self, news: News) -> None:
        """Take in stretches, played or not."""
        for place, town_kw in news:
            for party in self.parties:
                if party.playing is None:
                    party.stretch(place)
                party.give(place, town_kw)


@dataclass(frozen=True, slots=True)
class Hall:
    """Where wings are played.

    Parameters
    ----------
    client : distributed.Client
        How the workers are reached.
    address : str
        What the user calls them.
    sent : distributed.Future
        The letter with the bill of any part.
    """

    client: Any
    address: str
    sent: Any


@dataclass
class Seat:
    """A wing as the driver sees it.

    Parameters
    ----------
    parts : sequence of Part
        What it plays.
    worker : str
        Address of the worker that holds it.
    actor : distributed.Actor
        How it is asked; None before it is there.
    known : int
        How many stretches it was told of.
    """

    parts: Sequence[Part]
    worker: str = ""
    actor: Any = None
    known: int = 0


class Driver:
    """Who asks the wings, adds what they say, and finds new workers for those that are lost.

    Parameters
    ----------
    hall : Hall
        Where wings are played.
    parts : sequence of Part
        All parts of the town, in order.
    """

    def __init__(self, hall: Hall, parts: Sequence[Part]) -> None:
        self.hall = hall
        self.past: list[tuple[int, F8]] = []
        self.losses = 0
        count = min(len(parts), max(len(self._workers()), 1))
        cuts = [len(parts) * place // count for place in range(count + 1)]
        self.seats = [Seat(parts[first:last]) for first, last in pairwise(cuts)]

    def stretch(self, place: int) -> tuple[F8 | None, bool]:
        """Play a stretch of an arm in all wings; return what the town drew and if the day is over.

        None and True at the end of the period.
        """
        turns = self._ask(lambda seat: seat.actor.turn(place, self.past[seat.known :]))
        sums = [kw for turn in turns for kw in turn.sums]
        if not sums:
            return None, True
        town_kw = added(sums)
        self.past.append((place, town_kw))
        return town_kw, turns[0].over

    def shares(self) -> list[Share]:
        """Return what all arms did, part after part."""
        found = self._ask(lambda seat: seat.actor.shares(self.past[seat.known :]))
        return [share for shares in found for share in shares]

    def _ask(self, question: Callable[[Seat], Any]) -> list[Any]:
        """Ask all wings at once; return their answers in order."""
        answers: dict[int, Any] = {}
        while len(answers) < len(self.seats):
            asked = {}
            for place, seat in enumerate(self.seats):
                if place not in answers:
                    asked[place] = self._asked(seat, question)
            for place, waiting in asked.items():
                answer = None if waiting is None else _answer(waiting, self.seats[place])
                if isinstance(answer, Failed):
                    raise answer.error
                if answer is None:
                    self._lose(self.seats[place])
                else:
                    answers[place] = answer
        for seat in self.seats:
            seat.known = len(self.past)
        return [answers[place] for place in range(len(self.seats))]

    def _asked(self, seat: Seat, question: Callable[[Seat], Any]) -> Any:
        """Ask a wing, made if it is not there; None if its worker is lost."""
        try:
            if seat.actor is None:
                self._fill(seat)
            return question(seat)
        except _lost_ones():
            return None

    def _fill(self, seat: Seat) -> None:
        """Make a wing on the worker that holds the fewest."""
        if not self._workers():
            try:
                self.hall.client.wait_for_workers(1, timeout=REPLACED_S)
            except TimeoutError as error:
                raise DataError(
                    f"cluster {self.hall.address}: no worker within {REPLACED_S:g} s"
                ) from error
        held = [other.worker for other in self.seats if other.actor is not None]
        seat.worker = min(self._workers(), key=lambda name: (held.count(name), name))
        made = self.hall.client.submit(
            Wing, self.hall.sent, seat.parts, actor=True, pure=False, workers=[seat.worker]
        )
        seat.known, seat.actor = 0, made.result()

    def _lose(self, seat: Seat) -> None:
        """Forget a wing whose worker is lost."""
        seat.actor = None
        self.losses += 1
        if self.losses > MOST_LOSSES:
            raise DataError(
                f"cluster {self.hall.address}: workers were lost {self.losses} times in one run "
                "whose parts exchange sums; more memory for each worker helps"
            )

    def _workers(self) -> list[str]:
        """Return the addresses of the workers that are there."""
        return sorted(self.hall.client.nthreads())


def together(hall: Hall, bills: Sequence[Bill], ticks: Ticks) -> Iterator[Share]:
    """Play all parts of a town a stretch at a time; give the share of each at the end.

    Parameters
    ----------
    hall : Hall
        Where they are played.
    bills : sequence of Bill
        All parts of the town.
    ticks : callable
        Gives each arm its tick.

    Raises
    ------
    DataError
        If the workers are lost too often.
    """
    driver = Driver(hall, [bill.part for bill in bills])
    homes = sum(bill.part.count for bill in bills)
    arms = [ticks(role.case.name, homes, False) for role in bills[0].roles]
    going = True
    while going:
        for place, tick in enumerate(arms):
            over = False
            while not over:
                town_kw, over = driver.stretch(place)
                going = town_kw is not None
                tick(0 if town_kw is None else len(town_kw))
    yield from driver.shares()


def _answer(waiting: Any, seat: Seat) -> Any:
    """Return what a wing answers, None if its worker is lost meanwhile."""
    while True:
        try:
            return waiting.result(timeout=LOOK_S)
        except TimeoutError:
            if seat.actor._future.status != "finished":  # dask has no public word for it
                return None
        except _lost_ones():
            return None


def _lost_ones() -> tuple[type[Exception], ...]:
    """Return the errors by which dask says that a worker is lost."""
    from distributed.client import FutureCancelledError  # noqa: PLC0415
    from distributed.scheduler import KilledWorker, NoValidWorkerError  # noqa: PLC0415

    return (OSError, RuntimeError, FutureCancelledError, KilledWorker, NoValidWorkerError)


def _silent(arm: str, homes: int, before: bool) -> Callable[[int], None]:
    """Return the tick of an arm that the driver counts itself."""
    return lambda steps: None
