"""The sheet on which the day of a few neighbouring homes is written: who they are, stays and uses.

A *member* is a person of a home that is lived in today. All members of the sheet stand in rows of
numbers, one column each, so that what is the same question for everybody is worked out for several
at a time. A *stay* (at home, awake, before a screen) has its place beside the member it belongs to;
a *use* (of the hob, of a kettle, of hot water) is added to a list.
"""

import math
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from gridsim.core.arrays import F8, I8
from gridsim.core.chance import ROW, Four
from gridsim.core.clock import DAY_S
from gridsim.core.kernel import kernel

LANES = 32
"""Homes on a sheet."""
PERSONS = ROW // LANES
"""Most persons of a home."""

PRESENT, AWAKE, COOKING, SMALL, SCREENS, DRAW = range(6)
"""Channels: persons at home; persons awake at home; cooking, small appliances and screens [kW];
hot water drawn [litres/h at 40 C]."""
CHANNELS = 6

HOME_UNTIL_GONE, HOME_AGAIN, UP_LATE, UP_UNTIL_GONE, UP_AGAIN, ON_LATE, ON_BY_DAY, ON = range(8)
"""Stays of a member: at home before leaving and after coming back; awake at home after midnight,
in the morning, after coming back; before a screen after midnight, by day, in the evening."""
CHANNEL_OF = (PRESENT, PRESENT, AWAKE, AWAKE, AWAKE, SCREENS, SCREENS, SCREENS)
STAYS = 8

SLOT_S = 1400.0
"""The day in 62 slots, so that their bits are a whole number. [s]"""
MOST_AT_ONCE = 80
"""Most small uses of a day, and most of its last half hour."""
PAIRS = LANES * MOST_AT_ONCE // 2
"""Most turns of the generator for small uses, each for two."""


def _rows(*sizes: int, start: int = 0) -> tuple[int, ...]:
    """Return where blocks of so many rows begin."""
    return tuple(start + ROW * sum(sizes[:k]) for k in range(len(sizes) + 1))


# Places of uses: shower and basin of each member; hob, oven and washing up of each meal, the homes
# one after the other; the two small uses of each turn; and a list of those after 23:30.
BATHS, MEALS, SMALL_USES, LATE_USES, USES = (
    0, 2 * ROW, 5 * ROW, 5 * ROW + 2 * PAIRS, 5 * ROW + 2 * PAIRS + 2 * LANES * MOST_AT_ONCE
)  # fmt: skip

# Rows of numbers. First draws of members (four rows each), then hours, and what follows from them.
LIFE, NIGHT_BEFORE, NIGHT, TODAY, STAY, BATH, _HOURS = _rows(4, 4, 4, 4, 4, 4)
OUT_UNTIL, UP_UNTIL, WAKE, LEAVE, BACK, SLEEP, _OF_HOME = _rows(1, 1, 1, 1, 1, 1, start=_HOURS)
FROM, TO, SCREENS_KW, WATER, _STAYS = _rows(1, 1, 1, 1, start=_OF_HOME)
START, END, LEVEL, BED, BED_BEFORE, _ASKED = _rows(STAYS, STAYS, STAYS, 1, 1, start=_STAYS)
# Draws of homes: the first lanes hold draw 0 of each home, the next draw 1 of each home ...
AWAY, HOME, YESTERDAY, RUN, MEAL, PANS, _OF_LANES = _rows(4, 4, 4, 4, 4, 4, start=_ASKED)
LIVED_FROM, LIVED_TO, BUSY, COOKED, HOB, CROWD, MEAL_S, PLANNED_S, COOK_S, _POISSON = _rows(
    1, 1, 1, 1, 1, 1, 1, 1, 1, start=_OF_LANES
)
MEAN, SHARE, CHANCE, BELOW, SCRATCH, _LISTS = _rows(1, 1, 1, 1, 6, start=_POISSON)
PAIR_FROM, PAIR_TO, PAIR_START = (_LISTS + k * PAIRS for k in range(3))
USE_START, USE_END, USE_LEVEL = (_LISTS + 4 * PAIRS + k * USES for k in range(3))
_NUMBERS = USE_LEVEL + USES

# Rows of names: whole numbers.
OF_LANE, OF_HOME, OF_PERSON, OF_KIND, UP_WHOLE, UP_PART, ASKED_HOME, ASKED_DRAW, _HOMES = _rows(
    1, 1, 1, 1, 1, 1, 1, 1
)
FIRST, HOME_WHOLE, HOME_PART, NUMBER, OPEN, CELL, _LISTED = _rows(1, 1, 1, 1, 1, 2, start=_HOMES)
PAIR_HOME, PAIR_NUMBER, PAIR_LANE, PAIR_LEFT, PAIR_WHOLE, PAIR_PART, PAIR_OPEN, _OPEN, USE_LANE = (
    _LISTED + k * PAIRS for k in range(9)
)
_NAMES = USE_LANE + USES


class Sheet(NamedTuple):
    """One long row of numbers and one of whole numbers; the constants above say what lies where.

    A loop over columns from ``first`` on makes a sheet of what lies from there on: so the compiler
    knows that no column is negative, and works out several at a time.
    """

    numbers: F8
    names: I8


class Written(NamedTuple):
    """How much of a sheet is written: members, members that bathe, meals, turns, late uses."""

    members: int
    bathers: int
    meals: int
    pairs: int
    late: int


def new_sheet() -> Sheet:
    """Return an empty sheet."""
    return Sheet(np.zeros(_NUMBERS), np.zeros(_NAMES, dtype=np.int64))


@kernel
def places(written):  # type: ignore[no-untyped-def]
    """Return where uses are written: tuples of channel, first place and number of places."""
    return (
        (DRAW, BATHS, written.bathers),
        (DRAW, BATHS + ROW, written.bathers),
        (COOKING, MEALS, written.meals),
        (COOKING, MEALS + ROW, written.meals),
        (DRAW, MEALS + 2 * ROW, written.meals),
        (SMALL, SMALL_USES, written.pairs),
        (SMALL, SMALL_USES + PAIRS, written.pairs),
        (SMALL, LATE_USES, written.late),
    )


@kernel
def padded(count):  # type: ignore[no-untyped-def]
    """Return the next multiple of eight: so far rows are filled, for several at a time."""
    return (count + 7) // 8 * 8


@kernel
def turn(numbers, row, i):  # type: ignore[no-untyped-def]
    """Return one turn of the generator from the four rows that begin at ``row``."""
    at = row + i
    return Four(numbers[at], numbers[at + ROW], numbers[at + 2 * ROW], numbers[at + 3 * ROW])


@kernel
def put(page, place, lane, start_s, end_s, level):  # type: ignore[no-untyped-def]
    """Write a use; one that does not end after it starts is none."""
    numbers, names = page
    names[USE_LANE + place] = lane
    numbers[USE_START + place] = start_s
    numbers[USE_END + place] = end_s
    numbers[USE_LEVEL + place] = level


@kernel
def put_whole(page, place, lane, start_s, length_s, level, from_s, to_s):  # type: ignore[no-untyped-def]
    """Write a use that keeps its length: it is begun earlier rather than cut at 24:00.

    It is none if it would begin outside ``[from_s, to_s)``.
    """
    start_s = min(start_s, DAY_S - length_s)
    within = (from_s <= start_s) & (start_s < to_s)
    end_s = min(start_s + length_s, 1.0 * DAY_S) if within else start_s
    put(page, place, lane, start_s, end_s, level)


@kernel
def slots(low, high):  # type: ignore[no-untyped-def]
    """Return slots of the day from number ``low`` to before number ``high``, as bits."""
    one = np.int64(1)
    return (one << np.int64(max(low, high))) - (one << np.int64(low))


@kernel
def inner_slots(start_s, end_s):  # type: ignore[no-untyped-def]
    """Return the slots that lie wholly within a stay, as bits."""
    return slots(np.int32(math.ceil(start_s * (1.0 / SLOT_S))), np.int32(end_s * (1.0 / SLOT_S)))


@kernel
def outer_slots(start_s, end_s):  # type: ignore[no-untyped-def]
    """Return the slots that a stay touches, as bits."""
    high = np.int32(math.ceil(end_s * (1.0 / SLOT_S)))
    return slots(np.int32(start_s * (1.0 / SLOT_S)), high if end_s > start_s else np.int32(0))


@kernel
def gather_slots(names, count):  # type: ignore[no-untyped-def]
    """Write in which slots of the day somebody of each home is up."""
    for lane in range(count):
        whole, part = np.int64(0), np.int64(0)
        for i in range(names[FIRST + lane], names[FIRST + lane + 1]):
            whole |= names[UP_WHOLE + i]
            part |= names[UP_PART + i]
        names[HOME_WHOLE + lane] = whole
        names[HOME_PART + lane] = part


@kernel
def slot_of(second):  # type: ignore[no-untyped-def]
    """Return the number of the slot in which a second of the day lies."""
    return np.int64(np.int32(min(max(second, 0.0), 1.0 * DAY_S) * (1.0 / SLOT_S)))


@kernel
def somebody_up(page, lane, second):  # type: ignore[no-untyped-def]
    """Tell whether somebody of a home is awake there at a second."""
    numbers, names = page
    for i in range(names[FIRST + lane], names[FIRST + lane + 1]):
        for stay in range(UP_LATE, UP_AGAIN + 1):
            at = stay * ROW + i
            if numbers[START + at] <= second < numbers[END + at]:
                return True
    return False


@kernel
def up_from(page, lane, second):  # type: ignore[no-untyped-def]
    """Return the first second from ``second`` on at which somebody of a home is awake, or -1.

    Who is still up at midnight does not count, nor does the last minute of the day.
    """
    numbers, names = page
    never_s = float(DAY_S)
    found_s = never_s
    for i in range(names[FIRST + lane], names[FIRST + lane + 1]):
        for stay in range(UP_LATE, UP_AGAIN + 1):
            at = stay * ROW + i
            start_s, end_s = numbers[START + at], min(numbers[END + at], DAY_S - 60.0)
            soonest_s = max(start_s, second)
            if start_s > 0.0 and soonest_s < min(end_s, found_s):
                if soonest_s == second:
                    return second
                found_s = soonest_s
    return found_s if found_s < never_s else -1.0


def rows_of(sheet: Sheet, lane: int, written: Written) -> npt.NDArray[np.float64]:
    """Return what is written for a home: channel, start [wall s], end [wall s], level; (rows, 4).

    Stays and uses of which nothing is left are no rows.
    """
    numbers, names = sheet
    found = [
        (CHANNEL_OF[stay], *numbers[np.array([START, END, LEVEL]) + stay * ROW + member])
        for member in range(names[FIRST + lane], names[FIRST + lane + 1])
        for stay in range(STAYS)
    ]
    for channel, begin, count in places(written):
        mine = np.flatnonzero(names[USE_LANE + begin : USE_LANE + begin + count] == lane) + begin
        found += [(channel, *numbers[[USE_START + k, USE_END + k, USE_LEVEL + k]]) for k in mine]
    rows = np.array(found, dtype=np.float64).reshape(-1, 4)
    return rows[(rows[:, 2] > rows[:, 1]) & (rows[:, 3] > 0.0)]
