"""The diary of a home: who is there and awake, and what they use, one local day at a time.

A day of some neighbouring homes is written on a sheet (:mod:`gridsim.population.sheet`) with exact
seconds, cut to [0, 86400). What began before midnight goes on after it: the day takes up bed times,
night shifts, screens and late uses of the day before from the same named chances.
"""

import math

import numpy as np

from gridsim.core.chance import ROW, question, turns
from gridsim.core.clock import DAY_S
from gridsim.core.kernel import kernel
from gridsim.population import habits as columns
from gridsim.population import meals, members, sheet, small_uses, wishes
from gridsim.population.habits import HABITS_WIDTH, habits
from gridsim.population.people import HABITS
from gridsim.population.sheet import AWAKE, CHANNELS, COOKING, DRAW, PRESENT, SCREENS, SMALL

__all__ = [
    "AWAKE", "CHANNELS", "COOKING", "DRAW", "HABITS_WIDTH", "PRESENT", "SCREENS", "SMALL",
    "habits", "write_day",
]  # fmt: skip

_HOME = question("diary", "home")
_BUSY = float(HABITS["day"]["busy"])


@kernel
def write_day(page, wished, date, homes, count, kinds, habits):  # type: ignore[no-untyped-def]
    """Write one local day of some homes on a sheet, and when they wish to run what can wait.

    Parameters
    ----------
    page : sheet.Sheet
        Sheet to write on: stays of the members and uses; see ``sheet.rows_of``. All lie in
        [0, 86400) and have exact seconds; levels of a channel add up where they overlap.
    wished : F8
        Written: when people would start the washing machine, the dishwasher and the dryer, -1 if
        they do not want to, shape (count, 3). Somebody is awake at home then (the dryer: after the
        wash). At most one run an appliance and day. [wall s]
    date : people.Date
        Which day.
    homes : I8
        Names of the chances, shape (count,).
    count : int
        How many homes, 1 to ``sheet.LANES``.
    kinds : I8
        Kind of each person of each home, -1 for nobody, shape (count, 6).
    habits : F8
        Rows of :func:`habits`, shape (count, HABITS_WIDTH).

    Returns
    -------
    sheet.Written
        How much of the sheet is written.
    """
    wide = sheet.padded(count)
    listed = members.gather(page, date, homes, count, kinds, habits)
    members.live(page, date, listed)
    sheet.gather_slots(page.names, count)
    _ask_homes(page, date, homes, count, wide)
    water = _read_habits(page.numbers, page.names, habits, count, wide)
    if water:
        members.bathe(page, date, listed)
    meals.cook(page, wide, count)
    pairs = small_uses.write_small(page, date, homes, count)
    late = int(np.int64(0))  # not a literal to numba
    for lane in range(count):
        late = _write_late(page, late, lane, homes[lane], date, habits[lane])
        wishes.wish(wished[lane], page, lane, wide, date, habits[lane])
    bathers = listed if water else 0
    return sheet.Written(listed, bathers, meals.MEALS_A_DAY * wide, pairs, late)


@kernel
def _ask_homes(page, date, homes, count, wide):  # type: ignore[no-untyped-def]
    """Ask what is asked for the home as a whole: today, yesterday, and three draws of others."""
    numbers, names = page
    for draw in range(3):
        for lane in range(wide):
            names[sheet.ASKED_HOME + draw * wide + lane] = homes[min(lane, count - 1)]
            names[sheet.ASKED_DRAW + draw * wide + lane] = draw
    asked, draws = names[sheet.ASKED_HOME : sheet.ASKED_DRAW], names[sheet.ASKED_DRAW : sheet.FIRST]
    seed, day = date.seed, date.day
    turns(numbers[sheet.HOME : sheet.YESTERDAY], seed, _HOME, asked, day, draws, wide)
    turns(numbers[sheet.YESTERDAY : sheet.RUN], seed, _HOME, asked, day - 1, draws, wide)
    three = 3 * wide
    turns(numbers[sheet.RUN : sheet.MEAL], seed, wishes.RUN, asked, day, draws, three)
    turns(numbers[sheet.MEAL : sheet.PANS], seed, meals.MEAL, asked, day, draws, three)
    turns(numbers[sheet.PANS : sheet.LIVED_FROM], seed, meals.PANS, asked, day, draws, three)


@kernel
def _read_habits(numbers, names, habits, count, wide):  # type: ignore[no-untyped-def]
    """Lay the habits of the homes out in rows for meals and small uses; return if one has water."""
    water = False
    for lane in range(count):
        persons = names[sheet.FIRST + lane + 1] - names[sheet.FIRST + lane]
        busy = 1.0 + _BUSY * (2.0 * numbers[sheet.HOME + lane] - 1.0)
        starts = habits[lane, columns.SMALL_STARTS] if persons > 0 else 0.0
        numbers[sheet.MEAN + lane] = busy * starts * (1.0 - small_uses.LATE_SHARE)
        numbers[sheet.SHARE + lane] = numbers[sheet.HOME + 2 * ROW + lane]
        numbers[sheet.COOKED + lane] = habits[lane, columns.COOKING] * busy
        numbers[sheet.HOB + lane] = habits[lane, columns.HOB]
        numbers[sheet.CROWD + lane] = math.sqrt(persons) * habits[lane, columns.WATER]
        for meal in range(meals.MEALS_A_DAY):
            usual_s = habits[lane, columns.BREAKFAST_S + meal]
            numbers[sheet.MEAL_S + meal * wide + lane] = usual_s
        water |= habits[lane, columns.WATER] > 0.0
    for lane in range(count, wide):  # beyond the last home
        numbers[sheet.MEAN + lane] = 0.0
        numbers[sheet.LIVED_TO + lane] = 0.0
    return water


@kernel
def _write_late(page, late, lane, home, date, habits):  # type: ignore[no-untyped-def]
    """List the small uses of the last half hour of today and of yesterday; return how many."""
    numbers, names = page
    bed_s, bed_before_s = 0.0, 0.0
    for i in range(names[sheet.FIRST + lane], names[sheet.FIRST + lane + 1]):
        bed_s = max(bed_s, numbers[sheet.BED + i])
        bed_before_s = max(bed_before_s, numbers[sheet.BED_BEFORE + i])
    today, before = numbers[sheet.HOME + ROW + lane], numbers[sheet.YESTERDAY + ROW + lane]
    starts, yesterday_s = habits[columns.SMALL_STARTS], np.int64(-DAY_S)
    late = small_uses.write_late(
        page, late, lane, before, home, date, yesterday_s, bed_before_s, starts
    )
    return small_uses.write_late(page, late, lane, today, home, date, np.int64(0), bed_s, starts)
