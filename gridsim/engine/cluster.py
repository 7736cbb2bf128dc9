"""More machines: the parts of a town dealt to the workers of a dask.distributed cluster.

Parts that need not talk are tasks, which dask plays again where a worker died; parts that exchange
sums live in actors (``wings``). Either way a share is made of the part alone, and shares are added
in the order of the parts, so that who played what changes no bit.
"""

import contextlib
import itertools
import queue
import re
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from gridsim.core.errors import DataError
from gridsim.engine import letters, warm, wings
from gridsim.engine.blocks import Crew
from gridsim.engine.cast import Tick
from gridsim.engine.joining import Share
from gridsim.engine.letters import Letter
from gridsim.engine.parts import Part
from gridsim.engine.party import Bill, Party, Ticks

ANSWER_S = 5
"""Longest wait for a scheduler to answer. [s]"""
LOOK_S = 0.5
"""Time between two looks at whether the scheduler is still there. [s]"""
TELL_S = 1.0
"""Least time between two words of a worker on how far a part is. [s]"""
NEEDED = 'it needs the extra "cluster": pip install "gridsim[cluster]"'
_LOCAL = re.compile(r"local(?::([1-9]\d{0,3}))?")
_REMOTE = re.compile(r"(tcp|tls|ws|wss)://[^\s/]+")
_FATAL = 50  # level of what dask may log here: what a user can mend is told as an error
_RUNS = itertools.count()


class _Heard:
    """What workers told of how far they are, passed on as steps that were done since.

    A part that is played again begins again, and is then told as so many steps less.

    Parameters
    ----------
    bill : Bill
        Of any part.
    ticks : callable
        Gives each arm its tick.
    """

    def __init__(self, bill: Bill, ticks: Ticks) -> None:
        self.bill = bill
        self.ticks = {role.case.name: ticks(role.case.name, 1, False) for role in bill.roles}
        self.told: dict[tuple[int, str], int] = {}
        self.finished: set[int] = set()

    def hear(self, message: Any) -> None:
        """Take in what a worker tells: which part, which arm, how many steps of homes are done."""
        number, arm, done = message
        if number not in self.finished:
            self.ticks[arm](done - self.told.get((number, arm), 0))
            self.told[number, arm] = done

    def finish(self, part: Part) -> None:
        """Count a part as done."""
        for arm in self.ticks:
            self.hear((part.number, arm, part.count * self.bill.case.clock.steps))
        self.finished.add(part.number)


@dataclass(frozen=True, slots=True)
class Cluster:
    """Workers that play for this process.

    Parameters
    ----------
    client : distributed.Client
        How they are reached.
    address : str
        What the user calls them.
    """

    client: Any
    address: str

    def shares(self, bills: Sequence[Bill], ticks: Ticks, *, coupled: bool) -> Iterator[Share]:
        """Play parts of a town; give the share of each as it comes in, in any order.

        Parameters
        ----------
        bills : sequence of Bill
            The parts that are to be played, of one case and the same roles.
        ticks : callable
            Gives each arm its tick.
        coupled : bool
            Whether the parts exchange sums while they are played: then they are the whole town.

        Raises
        ------
        DataError
            If the scheduler is lost, or a part takes down every worker that plays it.
        """
        if not bills:
            return
        letter = letters.pack(bills[0])
        if coupled:
            stage = wings.Hall(self.client, self.address, self._sent(letter))
            yield from wings.together(stage, bills, ticks)
            return
        heard = _Heard(bills[0], ticks)
        topic, sent = f"gridsim-{self.client.id}-{next(_RUNS)}", self._sent(letter)
        tasks = (
            self.client.submit(play_part, sent, bill.part, topic, pure=False) for bill in bills
        )
        for _, share in self._flow(tasks, len(bills), (topic, heard.hear)):
            heard.finish(share.part)
            yield share

    def each(self, work: Callable[[Any], Any], items: Iterable[Any]) -> Iterator[tuple[int, Any]]:
        """Do the same for each item on the workers; give place and outcome as they come in.

        Parameters
        ----------
        work : callable
            Takes an item and gives the outcome.
        items : iterable
            Asked for as workers become free: few are kept at a time.
        """
        tasks = (
            self.client.submit(work_on, self._sent(letters.pack((work, item))), pure=False)
            for item in items
        )
        yield from self._flow(tasks, 2 * max(self.threads(), 1))

    def threads(self) -> int:
        """Return how many parts the workers can play at once, as things stand."""
        return sum(self.client.nthreads().values())

    def _sent(self, letter: Letter) -> Any:
        """Return a letter as it lies with the scheduler, sent there once for all tasks.

        It is the outcome of a task, not data that is scattered: when every worker that holds it is
        lost, the scheduler still knows how to make it.
        """
        import dask  # noqa: PLC0415

        with dask.config.set({"distributed.admin.large-graph-warning-threshold": "100GB"}):
            return self.client.submit(letters.same, letter, pure=False)

    def _flow(
        self, tasks: Iterator[Any], ahead: int,
        news: tuple[str, Callable[[Any], None]] | None = None,
    ) -> Iterator[tuple[int, Any]]:  # fmt: skip
        """Keep some tasks with the scheduler; give the outcome of each as it comes in.

        What dask tells, it tells in a thread of its own; here it is put in a box that this thread
        empties, so that a watcher is called, and may stop the run, where the run was started.
        """
        box: queue.SimpleQueue[tuple[int, Any]] = queue.SimpleQueue()
        playing: dict[int, Any] = {}
        numbered = enumerate(tasks)

        def start() -> None:
            place, task = next(numbered, (-1, None))
            if task is not None:
                playing[place] = task
                task.add_done_callback(lambda _: box.put((place, None)))

        topic, heard = news or ("", _unheard)
        if topic:
            self.client.subscribe_topic(topic, lambda event: box.put((-1, event[1])))
        try:
            for _ in range(ahead):
                start()
            while playing:
                place, message = self._next(box)
                if place < 0:
                    heard(message)
                    continue
                outcome = self._outcome(playing.pop(place))
                start()
                yield place, outcome
        finally:
            if self.client.status == "running":
                if topic:
                    self.client.unsubscribe_topic(topic)
                self.client.cancel(list(playing.values()))

    def _next(self, box: "queue.SimpleQueue[tuple[int, Any]]") -> tuple[int, Any]:
        """Return the next thing that is told, as long as the scheduler is there."""
        while True:
            with contextlib.suppress(queue.Empty):
                return box.get(timeout=LOOK_S)
            if self.client.status != "running":
                raise lost(self.address)

    def _outcome(self, task: Any) -> Any:
        """Return what came of a task that is done."""
        from distributed.client import FutureCancelledError  # noqa: PLC0415
        from distributed.scheduler import KilledWorker  # noqa: PLC0415

        try:
            return task.result()
        except FutureCancelledError as error:
            raise lost(self.address) from error
        except KilledWorker as error:
            raise DataError(
                f"cluster {self.address}: a part of the town took down every worker that played "
                "it; more memory for each worker helps, or fewer threads"
            ) from error
        except ModuleNotFoundError as error:
            raise DataError(
                f"cluster {self.address}: a worker lacks {error.name}; workers need what is "
                "installed here"
            ) from error


@contextlib.contextmanager
def joined(address: str) -> Iterator[Cluster]:
    """Give the cluster of an address as long as it is needed.

    Parameters
    ----------
    address : str
        ``"local"``, ``"local:3"`` (as many worker processes on this machine; by default one for
        each processor), or where a dask scheduler runs, as in ``"tcp://10.0.0.1:8786"``.

    Raises
    ------
    DataError
        If dask.distributed is not installed, the address makes no sense, or nobody answers there.
    """
    local = _LOCAL.fullmatch(address)
    if local is None and _REMOTE.fullmatch(address) is None:
        raise DataError(
            f"cluster {address}: wanted are local, local:3 (as many worker processes of this "
            "machine) or the address of a dask scheduler such as tcp://10.0.0.1:8786"
        )
    try:
        import distributed  # noqa: PLC0415
    except ImportError as error:
        raise DataError(f"cluster {address}: {NEEDED}") from error
    with contextlib.ExitStack() as stack:
        stack.enter_context(distributed.utils.silence_logging_cmgr(_FATAL))
        place: Any = address
        if local is not None:
            workers = int(local[1]) if local[1] else None
            place = stack.enter_context(
                distributed.LocalCluster(
                    n_workers=workers,
                    threads_per_worker=1,
                    dashboard_address=":0",
                    memory_limit=0,
                    silence_logs=_FATAL,
                )
            )
        try:
            client = distributed.Client(place, timeout=ANSWER_S, set_as_default=False)
        except Exception as error:  # who speaks another language is misunderstood in any way
            raise DataError(
                f"cluster {address}: no dask scheduler answers there within {ANSWER_S} s"
            ) from error
        stack.callback(leave, client)
        stack.enter_context(client.as_current())
        yield Cluster(client, address)


@contextlib.contextmanager
def players(address: str | None, jobs: int) -> Iterator[int | Cluster]:
    """Give what plays a run: threads, or the cluster of an address as long as it is needed.

    Parameters
    ----------
    address : str or None
        As in :func:`joined`; None: threads of this process play.
    jobs : int
        Threads.

    Raises
    ------
    DataError
        As :func:`joined`.
    """
    if address is None:
        yield jobs
        return
    with joined(address) as cluster:
        yield cluster


def leave(client: Any) -> None:
    """Part from a scheduler, which may be gone itself."""
    with contextlib.suppress(Exception):
        client.close(timeout=1)


def lost(address: str) -> DataError:
    """Return what is said when the scheduler went away."""
    return DataError(f"cluster {address}: the scheduler was lost; what its workers did is gone")


def play_part(letter: Letter, part: Part, topic: str) -> Share:
    """Play a part on its own from the first day to the last: the task of a worker."""
    first: Bill = letters.unpack(letter)
    bill = Bill(first.case, first.extras, part, first.roles, first.bare)
    warm.finish(None)
    crew = Crew(1)
    try:
        party = Party(bill, crew, _telling(part.number, topic))
        while party.day():
            pass
        warm.done()
        return party.share()
    finally:
        crew.close()


def work_on(letter: Letter) -> Any:
    """Do a piece of work on an item: the task of a worker."""
    work, item = letters.unpack(letter)
    return work(item)


def _telling(number: int, topic: str) -> Ticks:
    """Return ticks that tell the driver now and then how many steps of homes are done."""
    from distributed import get_worker  # noqa: PLC0415

    worker = get_worker()

    def next_tick(arm: str, homes: int, before: bool) -> Tick:
        done, told_s = 0, time.monotonic()

        def tick(steps: int) -> None:
            nonlocal done, told_s
            done += steps * homes
            if time.monotonic() - told_s >= TELL_S:
                told_s = time.monotonic()
                worker.log_event(topic, (number, arm, done))

        return tick

    return next_tick


def _unheard(message: Any) -> None:
    """Pass over what nobody asked for."""
