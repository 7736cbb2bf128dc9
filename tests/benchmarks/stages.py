"""What each thing that acts in a step takes: ns for a home and step, by kernel of the fused pass.

    python tests/benchmarks/stages.py [HOMES]

A town is played for two days. Then one arm's last day is played once more for some of its blocks
by the text of ``advance.act``, kernel for kernel, and what each kernel was called with is kept.
These calls are repeated within compiled code, and the best time is taken, so a kernel finds its
numbers in the near caches: what it takes here is the least that it takes in a run. The share of
packed arithmetic (several homes at a time) is that of the instructions in the machine code; it
counts each instruction once, however often it is executed.
"""

# ruff: noqa: T201 - a script that prints, and makes a loop for any number of arguments

import collections
import re
import sys
import time

import numba
import numpy as np
import towns

from gridsim.core.arrays import BLOCK
from gridsim.engine import advance, attention, cars, lanes, limits, party, rooms, sweep, tally
from gridsim.engine.blocks import Crew
from gridsim.engine.making import Extras
from gridsim.engine.parts import whole
from gridsim.scenario import load, resolve

ROOMS = {"attention": attention, "cars": cars, "lanes": lanes, "limits": limits, "rooms": rooms,
         "tally": tally}  # fmt: skip
STAGES = (
    "attention.listen", "lanes.uses", "lanes.answer", "rooms.rooms", "rooms.drift", "rooms.heat",
    "rooms.pump", "rooms.cool", "lanes.panels", "limits.lead", "lanes.tank", "lanes.charge",
    "tally.add_up", "lanes.store", "limits.feed", "tally.meter", "tally.bought", "tally.apart",
    "tally.sum_up", "tally.count", "tally.total", "tally.look",
)  # fmt: skip
WITHIN = ("rooms.drift", "rooms.heat", "rooms.pump", "rooms.cool", "tally.count", "tally.total")
"""Kernels that another of the list calls: told, not added."""
CALLERS = ("rooms.rooms", "tally.sum_up")
CALLS, TIMES, AGAIN = 5, 100, 7
PACKED = re.compile(r"\bv(?:add|sub|mul|div|max|min)pd\b.*%ymm")
SINGLE = re.compile(r"\bv(?:add|sub|mul|div|max|min)sd\b")


class Watched:
    """A kernel that keeps what it is called with."""

    def __init__(self, name: str) -> None:
        room, self.function = name.split(".")
        self.name, self.room = name, ROOMS[room]
        self.kernel = getattr(self.room, self.function)
        self.calls: list[tuple] = []

    def __call__(self, *args):
        """Keep the arguments, and do what the kernel does."""
        self.calls.append(args)
        return (self.kernel.py_func if self.name in CALLERS else self.kernel)(*args)


def main() -> None:
    """Measure and print."""
    homes = int(sys.argv[1]) if len(sys.argv) > 1 else 8192
    acted = played(homes)
    last = max(args[5] for args in acted)
    chosen = sorted({int(share * (last - 1)) for share in np.linspace(0.1, 1.0, 10)})
    spent: collections.Counter[str] = collections.Counter()
    loops: dict[str, tuple] = {}
    for block in chosen:
        for watched, steps in kernels_of(acted, block):
            if watched.calls:
                loop = loops.setdefault(watched.name, looped(watched))
                pick = watched.calls[:: max(len(watched.calls) // CALLS, 1)][:CALLS]
                each = np.mean([best_s(loop, args) for args in pick])
                spent[watched.name] += 1e9 * each * len(watched.calls) / (steps * BLOCK)
    print(f"{homes} homes, blocks {chosen}; triad in the second cache: {triad():.0f} GB/s\n")
    print(f"{'kernel':20}{'ns':>7}  packed arithmetic")
    for name in STAGES:
        if name in spent:
            mark = "  " if name in WITHIN else ""
            print(f"{mark + name:20}{spent[name] / len(chosen):7.2f}  {packed(loops[name])}")
    total = sum(ns for name, ns in spent.items() if name not in WITHIN) / len(chosen)
    print(f"{'together':20}{total:7.2f}")


def played(homes: int) -> list[tuple]:
    """Return what ``sweep.act`` was called with on the last of two days of a town, by handful."""
    case = resolve.resolve(load.loads(towns.text("tempo", homes, 30), "stages.toml"))
    roles = tuple(party.Role(arm) for arm in case.arms)
    found: list[tuple] = []
    act = sweep.act

    def keeping(*args):
        found.append(args)
        return act(*args)

    sweep.act = keeping
    town = party.Party(
        party.Bill(case, Extras(), whole(homes), roles), Crew(1), lambda *_: lambda _: None
    )
    town.day()
    found.clear()
    town.day()
    sweep.act = act
    return found


def kernels_of(acted: list[tuple], block: int) -> list[tuple[Watched, int]]:
    """Play a stretch of one block by the text of the pass; return its kernels and its steps."""
    mine = [args for args in acted if args[4] <= block < args[5]][-1]
    (bench, drawn, day, late, first, _, _, fixed, moving, told, air, rules, out, net, news,
     nothing) = mine  # fmt: skip
    place = block - first
    own = bench._replace(
        work=drawn.work[place][late:], returns=drawn.returns[place], wishes=drawn.wishes[place]
    )
    watched = [Watched(name) for name in STAGES]
    for one in watched:
        setattr(one.room, one.function, one)
    try:
        advance.act.py_func(
            own, day, fixed.numbers[block], fixed.lanes[block], 0, fixed.kinds[block],
            fixed.km_day[block], moving.state[block], moving.meters[block], nothing,
            fixed.param[block], told.minds[block], air.sky, told.prices, told.slots, air.masks,
            air.hours, fixed.weights[block], out[block], net[place], rules, news, late,
        )  # fmt: skip
    finally:
        for one in watched:
            setattr(one.room, one.function, one.kernel)
    return [(one, day.last - day.first) for one in watched]


def looped(watched: Watched):
    """Return compiled code that calls a kernel again and again."""
    names = ", ".join(f"a{place}" for place in range(len(watched.calls[0])))
    made = {"call": watched.kernel}
    exec(f"def loop(times, {names}):\n for _ in range(times):\n  call({names})", made)
    return numba.njit(nogil=True, error_model="numpy")(made["loop"])


def best_s(loop, args: tuple) -> float:
    """Return the least seconds of a call."""
    loop(1, *args)
    found = []
    for _ in range(AGAIN):
        begin = time.perf_counter()
        loop(TIMES, *args)
        found.append((time.perf_counter() - begin) / TIMES)
    return min(found)


def packed(loop) -> str:
    """Return the share of arithmetic instructions that work on four numbers at a time."""
    text = "\n".join(loop.inspect_asm().values())
    wide, single = len(PACKED.findall(text)), len(SINGLE.findall(text))
    return f"{wide} of {wide + single}" if wide + single else "none"


def triad() -> float:
    """Return the bandwidth of the second cache: a = b + s c on arrays of 64 kB. [GB/s]"""

    @numba.njit(error_model="numpy")
    def add(a, b, c, times):
        for turn in range(times):
            for i in range(a.shape[0]):
                a[i] = b[i] + turn * c[i]

    a, b, c = (np.ones(8192) for _ in range(3))
    add(a, b, c, 1)
    begin = time.perf_counter()
    add(a, b, c, 20_000)
    return 24.0 * a.size * 20_000 / (time.perf_counter() - begin) / 1e9


if __name__ == "__main__":
    main()
