"""Sweeps: the kernels of a block, run over a handful of neighbouring blocks without leaving them.

What lies between two blocks would otherwise be Python, which costs more than the physics of some
hundred homes. Records of arrays are handed over whole; a block takes its rows out of them. The
bench of a block is put together twice, and not in a function of its own, because kernels that
kernels call count no references.
"""

from typing import NamedTuple

from gridsim.core.arrays import F4, F8, I8
from gridsim.core.kernel import kernel
from gridsim.engine import advance, runs


class Fixed(NamedTuple):
    """What homes are, by block: the arrays of ``Homes``."""

    numbers: I8
    lanes: I8
    kinds: I8
    habits: F8
    runs: F8
    km_day: F8
    param: F8
    weights: F8


class Moving(NamedTuple):
    """How homes stand, by block; written.

    ``profile`` has a row for each profiled block only.
    """

    state: F8
    meters: F8
    profile: F8


class Drawn(NamedTuple):
    """What was drawn of a local day, by block of the handful, see ``advance.Bench``."""

    work: F4
    returns: F8
    wishes: F8


class Told(NamedTuple):
    """What homes know in a stretch: minds by block, prices and slots from its day's first step."""

    minds: F8
    prices: F8
    slots: I8


class Air(NamedTuple):
    """What is the same for all homes, from the first step of the local day on."""

    sky: F8
    masks: F8
    hours: I8


@kernel
def draw(bench, drawn, day, first, last, fixed):  # type: ignore[no-untyped-def]
    """Draw a whole local day for the blocks [first, last) into the rows of ``drawn``."""
    for block in range(first, last):
        place = block - first
        advance.draw(
            drawn.work[place], drawn.returns[place], drawn.wishes[place], bench.tile,
            bench.ongoing, bench.page, day, fixed.numbers[block], fixed.lanes[block],
            fixed.kinds[block], fixed.habits[block], fixed.km_day[block], fixed.param[block],
        )  # fmt: skip


@kernel
def decide(bench, drawn, day, late, first, last, follow, fixed, moving, told, air, rules):  # type: ignore[no-untyped-def]
    """Decide the runs of a stretch for the blocks [first, last).

    Parameters
    ----------
    bench, drawn
        Scratch rows; what was drawn of these blocks.
    day : Day
        The stretch; steps are counted from the first of the local day.
    late : int
        Steps of the local day before the stretch.
    first, last : int
        Which blocks.
    follow : int
        How many homes of the first of these blocks are followed; the others are not.
    fixed, moving, told, air, rules
        Records as above.
    """
    reach = runs.foresee(bench.room, day.first, told.prices, told.slots, air.sky)
    for block in range(first, last):
        rows = drawn.work[block - first]
        mine = advance.Bench(
            rows[late:], drawn.returns[block - first], drawn.wishes[block - first], bench.tile,
            bench.ongoing, bench.flow, bench.temp, bench.heard, bench.stirs, bench.marks,
            bench.part, bench.live, bench.page, bench.ahead, bench.room, bench.log,
        )  # fmt: skip
        followed = follow if block == first else 0
        advance.decide(
            mine, reach, day, fixed.numbers[block], fixed.lanes[block], followed,
            fixed.kinds[block], fixed.runs[block], fixed.km_day[block], moving.state[block],
            moving.meters[block], fixed.param[block], told.minds[block], rules,
        )  # fmt: skip


@kernel
def act(  # type: ignore[no-untyped-def]
    bench, drawn, day, late, first, last, follow, fixed, moving, told, air, rules, out, net, news,
    nothing,
):  # fmt: skip
    """Run the physics of a stretch for the blocks [first, last).

    Parameters
    ----------
    out : F8
        Sums of each block of the town, shape (blocks, steps, groups, FLOWS), written.
    net : F4
        Net load of the homes of these blocks, shape (at least last - first, steps, BLOCK), or
        without lanes, written. [kW]
    news : int
        As in ``advance.act``.
    nothing : F8
        An empty profile.
    """
    for block in range(first, last):
        rows = drawn.work[block - first]
        mine = advance.Bench(
            rows[late:], drawn.returns[block - first], drawn.wishes[block - first], bench.tile,
            bench.ongoing, bench.flow, bench.temp, bench.heard, bench.stirs, bench.marks,
            bench.part, bench.live, bench.page, bench.ahead, bench.room, bench.log,
        )  # fmt: skip
        followed = follow if block == first else 0
        profile = moving.profile[block] if block < moving.profile.shape[0] else nothing
        advance.act(
            mine, day, fixed.numbers[block], fixed.lanes[block], followed, fixed.kinds[block],
            fixed.km_day[block], moving.state[block], moving.meters[block], profile,
            fixed.param[block], told.minds[block], air.sky, told.prices, told.slots, air.masks,
            air.hours, fixed.weights[block], out[block], net[block - first], rules, news, late,
        )  # fmt: skip
