"""Tiles: the day of a few neighbouring homes, small enough for a near cache.

A home's uses are scattered over the steps of its day, one column of the work rows, whose
numbers lie 9 kB apart. So the homes of a block are drawn ``LANES`` at a time on a tile: one row of
DRAWN * LANES numbers for each step and one more, all in one long row. They then go into the work
rows whole cache lines at a time.
"""

import numpy as np

from gridsim.core.arrays import BLOCK
from gridsim.core.chance import ROW
from gridsim.core.kernel import kernel
from gridsim.engine import layout as at
from gridsim.engine.days import utc_s
from gridsim.population import sheet

LANES = sheet.LANES
"""Homes on a tile: two cache lines of float32."""
WIDTH = at.DRAWN * LANES
"""Numbers of a step."""
LEVELS = 1024.0
"""Levels of stays are whole multiples of a thousandth (of a person, of a kilowatt): sums of level
times seconds are then exact, in float32 too."""


def column(offset: int) -> int:
    """Return where a field of the work rows begins among the numbers of a step."""
    return offset // BLOCK * LANES


PLACES = np.array(
    [
        column(offset)
        for offset in (
            at.W_PRESENT, at.W_AWAKE, at.W_COOKING, at.W_SMALL, at.W_SCREENS, at.W_DRAW
        )
    ]
)  # fmt: skip
"""Where each channel of the diary goes among the numbers of a step."""

_CELL, _CELL_END = sheet.CELL, sheet.CELL + ROW
_SIZE, _AFTER, _AFTER_END = (sheet.SCRATCH + row * ROW for row in range(3))
_FIRST, _SECOND, _LOW, _HIGH, _STEP = (sheet.SCRATCH + row * ROW for row in range(5))


@kernel
def _since(day, wall_s):  # type: ignore[no-untyped-def]
    """Return the seconds from the first step to a wall second of the day."""
    return utc_s(day, wall_s) - 1.0 * (day.start_s + day.first * day.step_s)


@kernel
def _edge(second, rows, step_s):  # type: ignore[no-untyped-def]
    """Return the step in which a whole second lies, at most the last, and how far into it."""
    step = min(np.floor((second + 0.5) * (1.0 / step_s)), rows - 1.0)
    return step, second - step * step_s


@kernel
def _whole(second, rows, step_s):  # type: ignore[no-untyped-def]
    """Return the nearest whole second that lies within the steps."""
    return min(max(np.floor(second + 0.5), 0.0), 1.0 * rows * step_s)


@kernel
def _write(tile, cell, cell_end, size, after, after_end, step_s):  # type: ignore[no-untyped-def]
    """Note what begins in one cell and ends in another, and what of it falls to the step after."""
    tile[np.uint64(cell)] += size * (step_s - after)
    tile[np.uint64(cell + WIDTH)] += size * after
    tile[np.uint64(cell_end)] -= size * (step_s - after_end)
    tile[np.uint64(cell_end + WIDTH)] -= size * after_end


@kernel
def stay(tile, column, a_s, b_s, level, day):  # type: ignore[no-untyped-def]
    """Note the beginning and the end of a long stay at ``level``, wall seconds of the day.

    Seconds are rounded to whole ones and levels to a thousandth, so that sums of what begins and
    ends are exact, and a stay that is over leaves exactly nothing (see ``settle``).
    """
    rows, step_s = day.last - day.first, day.step_s
    low, high = _whole(_since(day, a_s), rows, step_s), _whole(_since(day, b_s), rows, step_s)
    if high > low:
        size = np.floor(level * LEVELS + 0.5) / LEVELS
        first, after = _edge(low, rows, step_s)
        last, after_end = _edge(high, rows, step_s)
        cell, cell_end = int(first) * WIDTH + column, int(last) * WIDTH + column
        _write(tile, cell, cell_end, size, after, after_end, step_s)


@kernel
def lay_stays(tile, page, members, day):  # type: ignore[no-untyped-def]
    """Note all stays of a sheet, as :func:`stay` does."""
    numbers, names = page
    for kind in range(sheet.STAYS):
        column = PLACES[sheet.CHANNEL_OF[kind]]
        _measure_stays(numbers, names, kind * ROW, column, day, sheet.padded(members))
        for i in range(members):
            if numbers[_SIZE + i] > 0.0:
                _write(
                    tile, names[_CELL + i], names[_CELL_END + i], numbers[_SIZE + i],
                    numbers[_AFTER + i], numbers[_AFTER_END + i], day.step_s,
                )  # fmt: skip


@kernel
def _measure_stays(numbers, names, place, column, day, count):  # type: ignore[no-untyped-def]
    """Work out the cells of one kind of stay of all members, and what falls into them."""
    rows, step_s = day.last - day.first, day.step_s
    for i in range(count):
        low = _whole(_since(day, numbers[sheet.START + place + i]), rows, step_s)
        high = _whole(_since(day, numbers[sheet.END + place + i]), rows, step_s)
        size = np.floor(numbers[sheet.LEVEL + place + i] * LEVELS + 0.5) / LEVELS
        first, numbers[_AFTER + i] = _edge(low, rows, step_s)
        last, numbers[_AFTER_END + i] = _edge(high, rows, step_s)
        numbers[_SIZE + i] = size if high > low else 0.0
        mine = column + names[sheet.OF_LANE + i]
        names[_CELL + i] = np.int32(first) * WIDTH + mine
        names[_CELL_END + i] = np.int32(last) * WIDTH + mine


@kernel
def lay_uses(tile, page, written, day):  # type: ignore[no-untyped-def]
    """Add all uses of a sheet by exact overlap."""
    for channel, begin, count in sheet.places(written):
        for first in range(0, count, ROW):
            _lay_some(tile, page, PLACES[channel], begin + first, min(count - first, ROW), day)


@kernel
def _lay_some(tile, page, column, begin, count, day):  # type: ignore[no-untyped-def]
    """Add the uses of some places."""
    numbers, names = page
    step_s = day.step_s
    _measure_uses(page, column, begin, day, sheet.padded(count))
    for i in range(count):
        cell = names[_CELL + i]
        tile[np.uint64(cell)] += numbers[_FIRST + i]
        tile[np.uint64(cell + WIDTH)] += numbers[_SECOND + i]
        from_s, high = (numbers[_STEP + i] + 2.0) * step_s, numbers[_HIGH + i]
        while from_s < high:  # few uses reach into a third step
            cell += WIDTH
            share = min(high - from_s, 1.0 * step_s) * (1.0 / step_s)
            tile[np.uint64(cell + WIDTH)] += numbers[sheet.USE_LEVEL + begin + i] * share
            from_s += step_s


@kernel
def _measure_uses(page, column, begin, day, count):  # type: ignore[no-untyped-def]
    """Work out the cell in which each use begins, and its part in that one and in the next."""
    numbers, names = page
    rows, step_s = day.last - day.first, day.step_s
    uses, lanes = numbers[begin:], names[begin:]
    end_s, per_s = 1.0 * rows * step_s, 1.0 / step_s
    for i in range(count):
        low = max(_since(day, uses[sheet.USE_START + i]), 0.0)
        high = min(_since(day, uses[sheet.USE_END + i]), end_s)
        level = uses[sheet.USE_LEVEL + i]
        step = min(np.floor(low * per_s), rows - 1.0)
        next_s = (step + 1.0) * step_s
        numbers[_FIRST + i] = level * max((min(high, next_s) - low) * per_s, 0.0)
        numbers[_SECOND + i] = level * max(
            (min(high, next_s + step_s) - max(low, next_s)) * per_s, 0.0
        )
        numbers[_STEP + i] = step
        numbers[_HIGH + i] = high
        names[_CELL + i] = np.int32(step) * WIDTH + column + lanes[sheet.USE_LANE + i]


@kernel
def settle(work, tile, ongoing, first, step_s):  # type: ignore[no-untyped-def]
    """Lay a tile into the work rows from lane ``first`` on, and clear it.

    What begins and ends becomes what goes on: ``ongoing``, shape (STAYS * LANES,), holds level
    times seconds of each channel and home, all of it whole numbers of a small unit, so that what
    ended leaves exactly nothing behind.
    """
    per_s = 1.0 / step_s
    ongoing[:] = 0.0
    for row in range(tile.shape[0] // WIDTH - 1):
        drawn, here = tile[row * WIDTH : (row + 1) * WIDTH], work[row]
        for j in range(at.STAYS * LANES):
            ongoing[j] += drawn[j]
            drawn[j] = ongoing[j] * per_s
        for field in range(at.DRAWN):
            offset = field * BLOCK + first
            mine, ours = drawn[field * LANES : (field + 1) * LANES], here[offset : offset + LANES]
            for i in range(ours.shape[0]):  # slices and no constant: so that it vectorises
                ours[i] = mine[i]
    tile[:] = 0.0
