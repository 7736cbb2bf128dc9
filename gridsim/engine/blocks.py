"""Blocks: deal the blocks of a town to threads, and put what they did together in order."""

import dataclasses
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np

from gridsim.core.arrays import BLOCK, F4, F8, I8, blocks_for
from gridsim.core.clock import HOUR_S
from gridsim.engine import accounts, advance, cars, extra, tally, tile
from gridsim.engine import layout as at
from gridsim.engine.days import Day
from gridsim.engine.homes import Homes, Rules
from gridsim.engine.world import PROFILE_HOMES, World
from gridsim.population import sheet

KEEP_BYTES = 512 * 2**20
"""Most memory for keeping drawn days until their next stretch; larger towns draw them again."""
MOST_GROUPS = 16
"""More groups than a town is ever split into."""
SOME_BLOCKS = 4
"""Blocks of a larger town of which the loads are kept all the same: its first homes."""
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
        Shape (2, t, PRICES).
    slots : I8
        Notice slot of each step, see ``plan.slots_at``, shape (t, 4).
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
    """What a pass gave.

    Parameters
    ----------
    kw : F8
        Each flow summed over the homes of each group, shape (steps, groups, FLOWS). [kW]
    log : F8
        Lines of the followed homes: second, home, kind, value; shape (lines, 4).
    net : F4
        Net load of each home, shape (steps, n); of the first homes only in towns too large to
        keep them all. [kW]
    """

    kw: F8
    log: F8
    net: F4


@dataclass(frozen=True, slots=True)
class Kept:
    """What was drawn of a local day for one block, kept for its next stretch and the other arms."""

    likeness: bytes
    day: Day
    work: F4
    returns: F8
    wishes: F8


class Crew:
    """Threads that work on blocks, each with its own bench.

    Parameters
    ----------
    jobs : int
        Threads, at least 1.
    """

    def __init__(self, jobs: int = 1):
        if jobs < 1:
            raise ValueError(f"jobs must be at least 1, got {jobs}")
        self.jobs = jobs
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
        rows = day.last - day.first
        bench = getattr(self._own, "bench", None)
        if bench is None or len(bench.work) <= rows or bench.ahead.shape[0] < _ahead(day):
            bench = new_bench(max(rows, 26 * HOUR_S // day.step_s), _ahead(day))
            self._own.bench = bench
        return bench


def advance_town(
    homes: Homes, world: World, outside: Outside, known: Known, day: Day, whole: Day, *,
    rules: Rules, crew: Crew, follow: int, devices: tuple[extra.Fleet, ...] = (),
    ledgers: accounts.Ledgers = accounts.NO_LEDGERS,
) -> tuple[World, Sums]:  # fmt: skip
    """Carry a world of its own through a stretch of steps; return it and what was used.

    Parameters
    ----------
    homes : Homes
        The homes in blocks.
    world : World
        How they stand at ``day.first``; its arrays are written (see ``world.fresh``).
    outside : Outside
        Weather, masks, hours.
    known : Known
        Prices and minds.
    day, whole : Day
        The stretch, and the whole local day that it lies in.
    rules : Rules
        Numbers of the citizen chain.
    crew : Crew
        Threads.
    follow : int
        How many of the first homes to follow in the log.
    devices : tuple of Fleet
        The user's own devices.
    ledgers : Ledgers
        How the accounts of the homes are kept.
    """
    after = dataclasses.replace(world, step=day.last)
    blocks = len(homes.lanes)
    steps, groups = day.last - day.first, homes.weights.shape[1]
    kw = np.empty((blocks, steps, groups, at.FLOWS))
    seen = blocks if blocks <= blocks_for(PROFILE_HOMES) else SOME_BLOCKS
    net = np.empty((seen, steps, BLOCK), dtype=np.float32)
    unseen = np.empty((steps, 0), dtype=np.float32)
    logs: list[F8] = [np.empty((0, 4))] * blocks

    def work(block: int) -> None:
        bench = crew.bench(whole)
        rows, returns, wishes = _day_rows(crew, bench, homes, whole, block)
        bench = bench._replace(work=rows[day.first - whole.first :], returns=returns, wishes=wishes)
        followed = int(min(max(follow - block * BLOCK, 0), homes.lanes[block]))
        advance.decide(
            bench, day, homes.numbers[block], homes.lanes[block], followed, homes.kinds[block],
            homes.runs[block], homes.km_day[block], after.state[block], after.meters[block],
            homes.param[block], known.minds[block], outside.sky, known.prices, known.slots, rules,
        )  # fmt: skip
        for fleet, state in zip(devices, after.extra, strict=True):
            extra.run(fleet, bench.work, outside.sky, day, state[block], block)
        profile = after.profile[block] if block < len(after.profile) else _NO_PROFILE
        loads = net[block] if block < seen else unseen
        if block >= seen and ledgers != accounts.NO_LEDGERS:
            loads = np.empty((steps, BLOCK), dtype=np.float32)
        advance.act(
            bench, day, homes.numbers[block], homes.lanes[block], followed, homes.kinds[block],
            homes.km_day[block], after.state[block], after.meters[block], profile,
            homes.param[block], known.minds[block], outside.sky, known.prices, known.slots,
            outside.masks, outside.hours, homes.weights[block], kw[block], loads, rules,
            known.news, day.first - whole.first,
        )  # fmt: skip
        if ledgers != accounts.NO_LEDGERS:
            owned = np.where(np.arange(BLOCK) < homes.lanes[block], loads, np.float32(0.0))
            accounts.post(ledgers, after.accounts, block, day.first, owned)
        lines = int(bench.log[0, 0])
        logs[block] = bench.log[1 : lines + 1].copy()

    if crew.pool is None:
        for block in range(blocks):
            work(block)
    else:
        list(crew.pool.map(work, range(blocks)))
    total = kw[0].copy()
    for block in range(1, blocks):
        total += kw[block]
    loads = net.swapaxes(0, 1).reshape(steps, -1)[:, : int(homes.lanes[:seen].sum())]
    return after, Sums(total, np.concatenate(logs), loads)


_NO_PROFILE = np.empty(0)


def _day_rows(
    crew: Crew, bench: advance.Bench, homes: Homes, whole: Day, block: int
) -> tuple[F4, F8, F8]:
    """Return work rows, returns and wishes of a local day for one block, drawn now or earlier.

    What they hold depends on chance alone, so whether they were kept changes nothing.
    """
    kept = crew.kept.get(block)
    if kept is not None and kept.likeness == homes.likeness and kept.day == whole:
        return kept.work, kept.returns, kept.wishes
    steps = whole.last - whole.first
    work, returns, wishes = bench.work, bench.returns, bench.wishes
    if (steps + 1) * at.WORK * BLOCK * 4 * len(homes.lanes) <= KEEP_BYTES:
        if kept is not None and len(kept.work) > steps:
            work, returns, wishes = kept.work, kept.returns, kept.wishes
        else:
            work, returns = np.zeros_like(work), np.zeros_like(returns)
            wishes = np.zeros_like(wishes)
        crew.kept[block] = Kept(homes.likeness, whole, work, returns, wishes)
    advance.draw(
        work, returns, wishes, bench.tile, bench.ongoing, bench.page, whole,
        homes.numbers[block], homes.lanes[block], homes.kinds[block], homes.habits[block],
        homes.km_day[block], homes.param[block],
    )  # fmt: skip
    return work, returns, wishes


def _ahead(day: Day) -> int:
    """Return the steps of the longest charging plan, at least the half hours of a long wait."""
    return max(cars.LONGEST_H * HOUR_S // day.step_s, 96)


def new_bench(rows: int, ahead: int) -> advance.Bench:
    """Return a fresh bench."""
    return advance.Bench(
        np.zeros((rows + 1, at.WORK * BLOCK), dtype=np.float32), np.zeros((BLOCK + 1, 4)),
        np.zeros((BLOCK, 3)), np.zeros((rows + 1) * tile.WIDTH, dtype=np.float32),
        np.zeros(at.STAYS * tile.LANES),
        np.zeros(at.FLOWS * BLOCK), np.zeros(at.TEMPS * BLOCK), np.zeros(tally.LANES),
        np.zeros(at.FLOWS + MOST_GROUPS),
        sheet.new_sheet(), np.zeros(ahead), np.zeros(ahead), np.zeros((LOG_LINES, 4)),
    )  # fmt: skip
