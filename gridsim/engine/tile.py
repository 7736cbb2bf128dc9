"""Tiles: the day of a few neighbouring homes, small enough for the nearest cache.

A home's uses are scattered over the steps of its day, one column of the work rows, whose
numbers lie 9 kB apart. So the homes of a block are drawn ``LANES`` at a time on a tile of shape
(steps + 1, DRAWN * LANES), whose rows then go into the work rows whole cache lines at a time.
"""

from gridsim.core.arrays import BLOCK
from gridsim.core.kernel import kernel
from gridsim.engine import layout as at

LANES = 32
"""Homes on a tile: two cache lines of float32."""
LEVELS = 1024.0
"""Levels of stays are whole multiples of a thousandth (of a person, of a kilowatt): sums of level
times seconds are then exact, in float32 too."""


def column(offset: int) -> int:
    """Return where a field of the work rows begins in a row of a tile."""
    return offset // BLOCK * LANES


@kernel
def spread(tile, column, a_s, b_s, level, step_s):  # type: ignore[no-untyped-def]
    """Add ``level`` over [a_s, b_s), seconds since the first step, to one home by exact overlap."""
    rows, per_s = tile.shape[0] - 1, 1.0 / step_s
    low, high = max(a_s, 0.0), min(b_s, 1.0 * rows * step_s)
    k = int(low * per_s)
    while k * step_s < high:
        share = (min(high, (k + 1.0) * step_s) - max(low, 1.0 * k * step_s)) * per_s
        tile[k, column] += level * max(share, 0.0)
        k += 1


@kernel
def stay(tile, column, a_s, b_s, level, step_s):  # type: ignore[no-untyped-def]
    """Note the beginning and the end of a long stay at ``level``, seconds since the first step.

    Seconds are rounded to whole ones and levels to a thousandth, so that sums of what begins and
    ends are exact, and a stay that is over leaves exactly nothing (see ``settle``).
    """
    rows, per_s = tile.shape[0] - 1, 1.0 / step_s
    low, high = max(int(a_s + 0.5), 0), min(int(b_s + 0.5), rows * step_s)
    if high > low:
        size = int(level * LEVELS + 0.5) / LEVELS
        first, last = int((low + 0.5) * per_s), int((high + 0.5) * per_s)
        after_low, after_high = low - first * step_s, high - last * step_s
        tile[first, column] += size * (step_s - after_low)
        tile[first + 1, column] += size * after_low
        tile[last, column] -= size * (step_s - after_high)
        tile[min(last + 1, rows), column] -= size * after_high


@kernel
def settle(work, tile, ongoing, first, step_s):  # type: ignore[no-untyped-def]
    """Lay a tile into the work rows from lane ``first`` on, and clear it.

    What begins and ends becomes what goes on: ``ongoing``, shape (STAYS * LANES,), holds level
    times seconds of each channel and home, all of it whole numbers of a small unit, so that what
    ended leaves exactly nothing behind.
    """
    per_s = 1.0 / step_s
    ongoing[:] = 0.0
    for row in range(tile.shape[0] - 1):
        drawn, here = tile[row], work[row]
        for j in range(at.STAYS * LANES):
            ongoing[j] += drawn[j]
            drawn[j] = ongoing[j] * per_s
        for field in range(at.DRAWN):
            offset = field * BLOCK + first
            mine, ours = drawn[field * LANES : (field + 1) * LANES], here[offset : offset + LANES]
            for i in range(ours.shape[0]):  # slices and no constant: so that it vectorises
                ours[i] = mine[i]
    tile[:] = 0.0
