"""The sheet on which a home's day is written: rows of channel, start, end and level."""

import numpy as np

from gridsim.core.clock import DAY_S
from gridsim.core.kernel import kernel

PRESENT, AWAKE, COOKING, SMALL, SCREENS, DRAW = range(6)
"""Channels: persons at home; persons awake at home; cooking, small appliances and screens [kW];
hot water drawn [litres/h at 40 C]."""
CHANNELS = 6
MAX_EVENTS = 192
"""Rows of a sheet; a home of six needs about 90."""

_CHANNEL, _START, _END, _LEVEL = range(4)


def new_sheet() -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    """Return an empty sheet, shape (MAX_EVENTS, 4)."""
    return np.empty((MAX_EVENTS, 4))


@kernel
def add(out, count, channel, start_s, end_s, level, from_s, to_s):  # type: ignore[no-untyped-def]
    """Write a row, cut to ``[from_s, to_s)``, and return the new number of rows.

    A row with nothing left is written over by the next; so is the last row of a full sheet.
    """
    start_s = max(start_s, from_s)
    end_s = min(end_s, to_s)
    row = min(count, out.shape[0] - 1)
    out[row, _CHANNEL] = channel
    out[row, _START] = start_s
    out[row, _END] = end_s
    out[row, _LEVEL] = level
    return row + 1 if end_s > start_s else row


@kernel
def add_first(out, count, firsts, start_s, end_s, from_s, to_s):  # type: ignore[no-untyped-def]
    """Write an AWAKE row ahead of the others, and return the new ``count, firsts``.

    AWAKE rows stand together, the first ``firsts`` of the sheet, because they are asked most.
    """
    more = add(out, count, float(AWAKE), start_s, end_s, 1.0, from_s, to_s)
    if more > count and firsts < count:
        for field in range(4):
            moved = out[firsts, field]
            out[firsts, field] = out[count, field]
            out[count, field] = moved
    return more, firsts + more - count


@kernel
def add_whole(out, count, channel, start_s, length_s, level, from_s, to_s):  # type: ignore[no-untyped-def]
    """Write a use that keeps its length: it is begun earlier rather than cut at 24:00.

    Nothing is written when it would begin outside ``[from_s, to_s)``.
    """
    start_s = min(start_s, DAY_S - length_s)
    if start_s < from_s or start_s >= to_s:
        return count
    return add(out, count, channel, start_s, start_s + length_s, level, from_s, float(DAY_S))


@kernel
def somebody_up(out, firsts, second):  # type: ignore[no-untyped-def]
    """Tell whether somebody is awake at home at a second, by the first ``firsts`` rows."""
    up = False
    for row in range(firsts):
        up |= (out[row, _START] <= second) & (second < out[row, _END])
    return up


@kernel
def up_from(out, firsts, second):  # type: ignore[no-untyped-def]
    """Return the first second from ``second`` on at which somebody is awake at home, or -1.

    The first ``firsts`` rows hold who is AWAKE; who is still up at midnight does not count, nor
    does the last minute of the day.
    """
    never_s = float(DAY_S)
    found_s = never_s
    for row in range(firsts):
        start_s, end_s = out[row, _START], min(out[row, _END], DAY_S - 60.0)
        soonest_s = max(start_s, second)
        found_s = min(found_s, soonest_s) if start_s > 0.0 and soonest_s < end_s else found_s
    return found_s if found_s < never_s else -1.0


@kernel
def spread(out, count, channel, power, step_s):  # type: ignore[no-untyped-def]
    """Add the rows of a channel to ``power`` (steps of a day,) as means over the steps.

    A step receives the level times the share of the step that the row covers, so that the sum over
    the day does not depend on ``step_s``. [s]
    """
    steps = power.shape[0]
    for row in range(count):
        if out[row, _CHANNEL] != channel:
            continue
        start, end, level = out[row, _START], out[row, _END], out[row, _LEVEL]
        first = int(start // step_s)
        last = min(int(end // step_s), steps - 1)
        for k in range(first, last + 1):
            covered = min(end, (k + 1.0) * step_s) - max(start, k * step_s)
            power[k] += level * max(covered, 0.0) / step_s
