"""Blocks: deal the blocks of a town to threads, and put what they did together in order.

A local day is played whole: every stretch of every arm, for a handful of blocks at a time, so that
what was drawn of the day is used while it is near.
"""

import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np

from gridsim.core.arrays import BLOCK, F4, F8, I8, blocks_for
from gridsim.core.clock import DAY_S, HOUR_S
from gridsim.engine import accounts, advance, cars, extra, runs, sweep, tally, tile
from gridsim.engine import layout as at
from gridsim.engine.days import Day
from gridsim.engine.homes import Homes, Rules
from gridsim.engine.world import World
from gridsim.population.sheet import new_sheet

KEEP_BYTES = 512 * 2**20
"""Most memory for keeping drawn days until their next stretch; larger towns draw them again."""
HANDFUL = 8
"""Most blocks that are played at a time."""
HANDFUL_BYTES = 8 * 2**20
"""Most drawn rows of several blocks that are played at a time: each arm reads them again, from a
cache that all processors share. Eight blocks at a quarter of an hour, one at a minute."""
TURNS = 4
"""Handfuls for each thread in a town of few blocks."""
AHEAD_DAYS = 4
"""Days of prices and weather that a day is played with, from its first step on: plans look two days
ahead, and a local day is up to 25 hours long."""
MOST_GROUPS = 16
"""More groups than a town is ever split into."""
LOG_LINES = 4096
"""Most lines that the followed homes of a block write in one stretch."""


@dataclass(frozen=True, slots=True)
class Outside:
    """What is the same for all homes, by step of the horizon.

    Parameters
    ----------
    sky : F8
        Columns of ``layout``, shape (t, SKY).
    masks : F8
        Hours whose imports are counted apart, shape (t, masks).
    hours : I8
        ``24 * season + hour``, shape (t,).
    """

    sky: F8
    masks: F8
    hours: I8


@dataclass(frozen=True, slots=True)
class Known:
    """What the homes know and think during a pass.

    Parameters
    ----------
    minds : F8
        Rows of ``layout``, shape (blocks, MINDS * BLOCK).
    prices : F8
        From the first step of the local day on, shape (2, t, PRICES).
    slots : I8
        Notice slot of these steps, see ``plan.slots_at``, shape (t, 4).
    news : int
        To whom something was published at the start of the pass: 1 for homes on the reference
        tariff, 2 for those on the arm's, 3 for both, 0 for none.
    """

    minds: F8
    prices: F8
    slots: I8
    news: int


@dataclass(frozen=True, slots=True)
class Sums:
    """What a stretch gave.

    Parameters
    ----------
    kw : F8
        Each flow summed over the homes of each group, shape (steps, groups, FLOWS). [kW]
    log : F8
        Lines of the followed homes: second, home, kind, value; shape (lines, 4).
    net : F4
        Net load by block, shape (seen, steps, BLOCK): of all blocks, or of the first. [kW]
    """

    kw: F8
    log: F8
    net: F4

    def loads(self, homes: int) -> F4:
        """Return the net load of the first homes, as far as it was seen, (steps, homes). [kW]"""
        seen = self.net[: blocks_for(max(homes, 1))]
        return seen.swapaxes(0, 1).reshape(self.net.shape[1], -1)[:, :homes]

    def loads_at(self, step: int, homes: int) -> F4:
        """Return the net load of the first homes in one step of the stretch, (homes,). [kW]"""
        return self.net[:, step].reshape(-1)[:homes].copy()


@dataclass(frozen=True, slots=True)
class Stretch:
    """Steps of a local day over which nothing new becomes known, and what is known in them.

    Parameters
    ----------
    day, whole : Day
        The stretch, and the whole local day that it lies in; steps of the period.
    known : Known
        Minds, and prices and slots from the first step of the local day on.
    """

    day: Day
    whole: Day
    known: Known


@dataclass(frozen=True, slots=True)
class Part:
    """An arm in a day that is to be played.

    Parameters
    ----------
    homes : Homes
        The homes in blocks.
    world : World
        How they stand; its arrays are written (see ``world.fresh``).
    outside : Outside
        Weather, masks, hours, by step of the horizon.
    rules : Rules
        Numbers of the citizen chain.
    stretches : sequence of Stretch
        One after the other, of the same local day.
    follow, see : int
        How many of the first homes are followed in the log; of how many of the first blocks the
        loads are wanted.
    devices : tuple of Fleet
        The user's own devices.
    ledgers : Ledgers
        How the accounts of the homes are kept.
    """

    homes: Homes
    world: World
    outside: Outside
    rules: Rules
    stretches: Sequence[Stretch]
    follow: int
    see: int
    devices: tuple[extra.Fleet, ...] = ()
    ledgers: accounts.Ledgers = accounts.NO_LEDGERS


@dataclass(frozen=True, slots=True)
class Kept:
    """What was drawn of a local day for a handful of blocks, for its next stretch or another arm.

    ``likeness``, ``day`` and ``first`` say of whom and when; empty at first.
    """

    likeness: bytes
    day: Day | None
    first: int
    drawn: sweep.Drawn


class Crew:
    """Threads that work on blocks, each with its own bench.

    Parameters
    ----------
    jobs : int
        Threads, at least 1.
    room : int
        Most bytes for keeping drawn days until their next stretch.
    """

    def __init__(self, jobs: int = 1, room: int = KEEP_BYTES):
        if jobs < 1:
            raise ValueError(f"jobs must be at least 1, got {jobs}")
        self.jobs, self.room = jobs, room
        self.pool = ThreadPoolExecutor(jobs) if jobs > 1 else None
        self.kept: dict[int, Kept] = {}
        self._own = threading.local()

    def close(self) -> None:
        """Let the threads go."""
        self.kept.clear()
        if self.pool is not None:
            self.pool.shutdown(wait=True, cancel_futures=True)

    def bench(self, day: Day) -> advance.Bench:
        """Return the bench of this thread, large enough for the stretch."""
        rows = max(day.last - day.first, 26 * HOUR_S // day.step_s)
        bench = getattr(self._own, "bench", None)
        if bench is None or len(bench.tile) <= rows or bench.ahead.shape[0] < _ahead(day):
            bench = new_bench(rows, _ahead(day))
            self._own.bench = bench
        return bench

    def drawn(self, homes: Homes, whole: Day, span: tuple[int, int], *, keep: bool) -> sweep.Drawn:
        """Return what is drawn of a local day for the blocks of a span.

        Parameters
        ----------
        homes : Homes
            Of an arm; arms of one likeness share what is drawn.
        whole : Day
            The local day.
        span : tuple of int
            First block, and the block after the last.
        keep : bool
            Whether to keep it until the day is played again from a later step.
        """
        first, last = span
        mine = self.kept.get(first) if keep else getattr(self._own, "kept", None)
        rows = max(whole.last - whole.first, 26 * HOUR_S // whole.step_s)
        if (
            mine is None
            or mine.drawn.work.shape[0] < last - first
            or (mine.drawn.work.shape[1] <= rows)
        ):
            mine = Kept(b"", None, first, new_drawn(last - first, rows))
        if (mine.likeness, mine.day, mine.first) != (homes.likeness, whole, first):
            sweep.draw(self.bench(whole), mine.drawn, whole, first, last, homes.rows)
        mine = Kept(homes.likeness, whole, first, mine.drawn)
        if keep:
            self.kept[first] = mine
        else:
            self._own.kept = mine
        return mine.drawn


def play_day(arms: Sequence[Part], crew: Crew, *, keep: bool = False) -> list[list[Sums]]:
    """Play stretches of one local day in every arm; return what each of them gave, by arm.

    Parameters
    ----------
    arms : sequence of Part
        Arms of the same homes; their worlds are written.
    crew : Crew
        Threads.
    keep : bool
        Whether the same day will be played on: what was drawn of it is kept where memory allows.
    """
    blocks = len(arms[0].homes.lanes)
    whole = arms[0].stretches[0].whole
    tables = [[_Table(arm, stretch, blocks) for stretch in arm.stretches] for arm in arms]
    cuts = (max(arm.follow for arm in arms), max(arm.see for arm in arms))
    rows = max(whole.last - whole.first, 26 * HOUR_S // whole.step_s) + 1
    each = rows * at.WORK * BLOCK * 4
    keep = keep and each * blocks <= crew.room
    most = HANDFUL if keep else min(HANDFUL, HANDFUL_BYTES // each)
    if crew.jobs > 1:  # some turns for each thread: blocks are not alike
        most = min(most, blocks // (TURNS * crew.jobs))
    spans = _spans(blocks, max(most, 1), *cuts)

    def work(span: tuple[int, int]) -> None:
        bench = crew.bench(whole)
        for arm, sheets in zip(arms, tables, strict=True):
            for stretch, sheet in zip(arm.stretches, sheets, strict=True):
                drawn = crew.drawn(arm.homes, whole, span, keep=keep)
                _play(arm, stretch, sheet, bench, drawn, span)

    if crew.pool is None:
        for span in spans:
            work(span)
    else:
        list(crew.pool.map(work, spans))
    return [[sheet.sums() for sheet in sheets] for sheets in tables]


class _Table:
    """What the blocks of an arm write in one stretch, each in its own place."""

    def __init__(self, arm: Part, stretch: Stretch, blocks: int):
        steps, groups = stretch.day.last - stretch.day.first, arm.homes.weights.shape[1]
        self.kw = np.empty((blocks, steps, groups, at.FLOWS))
        self.net = np.empty((min(arm.see, blocks), steps, BLOCK), dtype=np.float32)
        self.logs: dict[int, F8] = {}

    def sums(self) -> Sums:
        """Return the sums over the blocks, added in their order."""
        total = self.kw[0].copy()
        for block in range(1, len(self.kw)):
            total += self.kw[block]
        logs = [self.logs[block] for block in sorted(self.logs)]
        return Sums(total, np.concatenate(logs) if logs else np.empty((0, 4)), self.net)


def _spans(blocks: int, most: int, follow: int, see: int) -> list[tuple[int, int]]:
    """Return handfuls of ``most`` blocks: one by one where homes are followed, each with its log.

    None of them holds blocks whose loads are wanted and others.
    """
    single = min(blocks_for(follow) if follow else 0, blocks)
    spans = [(block, block + 1) for block in range(single)]
    cut = min(max(see, single), blocks)
    for first, last in ((single, cut), (cut, blocks)):
        spans += [(a, min(a + most, last)) for a in range(first, last, most)]
    return spans


def _play(
    arm: Part, stretch: Stretch, table: _Table, bench: advance.Bench, drawn: sweep.Drawn,
    span: tuple[int, int],
) -> None:  # fmt: skip
    """Play a stretch of one arm for the blocks of a span."""
    (first, last), begin = span, stretch.whole.first
    day = stretch.day._replace(
        first=stretch.day.first - begin, last=stretch.day.last - begin,
        start_s=stretch.day.start_s + begin * stretch.day.step_s,
    )  # fmt: skip
    homes, air = arm.homes, _air(arm.outside, begin, stretch.day.step_s)
    followed = int(min(max(arm.follow - first * BLOCK, 0), homes.lanes[first]))
    moving = sweep.Moving(arm.world.state, arm.world.meters, arm.world.profile)
    told = sweep.Told(stretch.known.minds, stretch.known.prices, stretch.known.slots)
    sweep.decide(
        bench, drawn, day, day.first, first, last, followed, homes.rows, moving, told, air,
        arm.rules,
    )  # fmt: skip
    for fleet, state in zip(arm.devices, arm.world.extra, strict=True):
        for block in range(first, last):
            rows = drawn.work[block - first][day.first :]
            extra.run(fleet, rows, air.sky, day, state[block], block)
    net = _loads(arm, table, span, day.last - day.first)
    sweep.act(
        bench, drawn, day, day.first, first, last, followed, homes.rows, moving, told, air,
        arm.rules, table.kw, net, stretch.known.news, _NO_PROFILE,
    )  # fmt: skip
    if arm.ledgers != accounts.NO_LEDGERS:
        for block, loads in zip(range(first, last), net, strict=True):
            owned = np.where(np.arange(BLOCK) < homes.lanes[block], loads, np.float32(0.0))
            accounts.post(arm.ledgers, arm.world.accounts, block, stretch.day.first, owned)
    if followed:
        table.logs[first] = bench.log[1 : int(bench.log[0, 0]) + 1].copy()


def _air(outside: Outside, begin: int, step_s: int) -> sweep.Air:
    """Return what is the same for all homes from a step on."""
    window = slice(begin, begin + AHEAD_DAYS * DAY_S // step_s)
    return sweep.Air(outside.sky[window], outside.masks[window], outside.hours[window])


def _loads(arm: Part, table: _Table, span: tuple[int, int], steps: int) -> F4:
    """Return where the loads of a span are written: on the table, or where they are soon lost."""
    first, last = span
    if last <= len(table.net):
        return table.net[first:last]
    wanted = BLOCK if arm.ledgers != accounts.NO_LEDGERS else 0
    return np.empty((last - first, steps, wanted), dtype=np.float32)


_NO_PROFILE = np.empty(0)


def _ahead(day: Day) -> int:
    """Return the steps of the longest charging plan, at least the half hours of a long wait."""
    return max(cars.LONGEST_H * HOUR_S // day.step_s, 96)


def new_drawn(blocks: int, rows: int) -> sweep.Drawn:
    """Return rows for what is drawn of a day for some blocks."""
    return sweep.Drawn(
        np.zeros((blocks, rows + 1, at.WORK * BLOCK), dtype=np.float32),
        np.zeros((blocks, BLOCK + 1, 4)),
        np.zeros((blocks, BLOCK, 3)),
    )


def new_bench(rows: int, ahead: int) -> advance.Bench:
    """Return a fresh bench."""
    return advance.Bench(
        np.zeros((rows + 1, at.WORK * BLOCK), dtype=np.float32), np.zeros((BLOCK + 1, 4)),
        np.zeros((BLOCK, 3)), np.zeros((rows + 1) * tile.WIDTH, dtype=np.float32),
        np.zeros(at.STAYS * tile.LANES),
        np.zeros((at.SPAN, at.FLOWS * BLOCK)), np.zeros((at.SPAN, at.TEMPS * BLOCK)),
        np.zeros((at.SPAN + 1, at.HEARDS * BLOCK)),
        np.zeros((at.SPAN + 1, at.STIRS), dtype=np.int64),
        np.zeros((at.SPAN, at.MARKS), dtype=np.int64), np.zeros(tally.SUMS),
        np.zeros(at.LIVE_GROUP + MOST_GROUPS),
        new_sheet(), np.zeros(ahead),
        np.zeros(runs.scratch(rows, ahead)), np.zeros((LOG_LINES, 4)),
    )  # fmt: skip
