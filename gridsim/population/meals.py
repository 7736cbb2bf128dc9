"""Meals: who cooks when, on the hob and in the oven, and the hot water of the kitchen."""

import numpy as np

from gridsim.core.chance import ROW, question
from gridsim.core.clock import DAY_S, HOUR_S
from gridsim.core.kernel import kernel
from gridsim.population import sheet
from gridsim.population.people import HABITS, seconds

MEAL = question("diary", "meal")
PANS = question("diary", "pans")

_meals = HABITS["meals"]
_SPREAD_S = seconds(_meals["spread_h"])
_HOB = np.array(_meals["hob"], dtype=np.float64)
_OVEN = np.array(_meals["oven"], dtype=np.float64)
_HOB_KWH = float(_meals["hob_kwh"])
_OVEN_KWH = float(_meals["oven_kwh"])
_HOB_KW = np.array(_meals["hob_kw"], dtype=np.float64)
_OVEN_KW = np.array(_meals["oven_kw"], dtype=np.float64)
_SIZE = float(_meals["size_spread"])
_KITCHEN_L = np.array(HABITS["hot_water"]["kitchen_l"], dtype=np.float64)
_KITCHEN_L_H = float(HABITS["hot_water"]["kitchen_l_h"])

MEALS_A_DAY = 3
_TRIES = 4
_WAIT_S = 2400.0  # how long a meal waits for somebody to come home, at a time
_LONGEST_S = 2.5 * HOUR_S
_LATEST_S = 22.5 * HOUR_S
_SQRT6 = 6.0**0.5


@kernel
def cook(page, wide, count):  # type: ignore[no-untyped-def]
    """Write the cooking [kW] and the kitchen's hot water [L/h] of a day.

    Of the first ``count`` homes; draws and uses of each meal stand ``wide`` after those of the meal
    before. What a home needs lies in the rows of COOKED, HOB, CROWD and MEAL_S.
    """
    numbers, names = page
    _plan(numbers, names, wide)
    for meal in range(MEALS_A_DAY):
        for lane in range(count):
            at = meal * wide + lane
            if names[sheet.OPEN + at] > 0:
                numbers[sheet.COOK_S + at] = _when(page, lane, numbers[sheet.PLANNED_S + at])
    _fill(page, wide)


@kernel
def _plan(numbers, names, wide):  # type: ignore[no-untyped-def]
    """Write when each meal is cooked, as far as the slots tell; the others are left open."""
    for meal in range(MEALS_A_DAY):
        rows, marks = numbers[meal * wide :], names[meal * wide :]
        for lane in range(wide):
            u = sheet.turn(rows, sheet.MEAL, lane)
            second = rows[sheet.MEAL_S + lane] + (u.a + u.b - 1.0) * _SQRT6 * _SPREAD_S[meal]
            rows[sheet.PLANNED_S + lane] = second
            found_s, is_open, missing = -1.0, np.int64(0), np.int64(1)
            for _ in range(_TRIES):
                slot = sheet.slot_of(second)
                part = (names[sheet.HOME_PART + lane] >> slot) & missing
                found_s = second if part > 0 else found_s
                is_open |= part & ~(names[sheet.HOME_WHOLE + lane] >> slot)
                missing ^= part
                second += _WAIT_S
            rows[sheet.COOK_S + lane] = found_s
            marks[sheet.OPEN + lane] = is_open


@kernel
def _when(page, lane, planned_s):  # type: ignore[no-untyped-def]
    """Return when a meal is cooked: as planned or somewhat later, -1 if nobody is there."""
    second = planned_s
    for _ in range(_TRIES):
        if sheet.somebody_up(page, lane, second):
            return second
        second += _WAIT_S
    return -1.0


@kernel
def _fill(page, wide):  # type: ignore[no-untyped-def]
    """Write hob, oven and washing up of each meal, each in a place of its own.

    A loop for each of the three, and not one for all: then each works out several homes at a time.
    """
    numbers, names = page
    for meal in range(MEALS_A_DAY):
        mine = sheet.Sheet(numbers[meal * wide :], names[meal * wide :])
        for lane in range(wide):
            u, v = _draws(mine.numbers, lane)
            kw = _HOB_KW[0] + v.b * (_HOB_KW[1] - _HOB_KW[0])
            share = _HOB[meal] * numbers[sheet.HOB + lane]
            kwh, used = _kwh(_HOB_KWH, v.a, numbers[sheet.COOKED + lane]), u.c < share
            from_s, to_s = numbers[sheet.LIVED_FROM + lane], numbers[sheet.LIVED_TO + lane]
            _put(mine, sheet.MEALS, lane, kwh, kw, used, from_s, to_s)
        for lane in range(wide):
            u, v = _draws(mine.numbers, lane)
            kw = _OVEN_KW[0] + v.c * (_OVEN_KW[1] - _OVEN_KW[0])
            kwh, used = _kwh(_OVEN_KWH, v.a, numbers[sheet.COOKED + lane]), u.d < _OVEN[meal]
            from_s, to_s = numbers[sheet.LIVED_FROM + lane], numbers[sheet.LIVED_TO + lane]
            _put(mine, sheet.MEALS + ROW, lane, kwh, kw, used, from_s, to_s)
        for lane in range(wide):
            _, v = _draws(mine.numbers, lane)
            start_s = mine.numbers[sheet.COOK_S + lane]
            litres = _KITCHEN_L[0] + v.d * (_KITCHEN_L[1] - _KITCHEN_L[0])
            length_s = litres * numbers[sheet.CROWD + lane] / _KITCHEN_L_H * HOUR_S
            length_s = length_s if (start_s >= 0.0) & (start_s <= _LATEST_S) else 0.0
            start_s = min(start_s + HOUR_S, DAY_S - length_s)
            from_s, to_s = numbers[sheet.LIVED_FROM + lane], numbers[sheet.LIVED_TO + lane]
            place = sheet.MEALS + 2 * ROW + lane
            sheet.put_whole(mine, place, lane, start_s, length_s, _KITCHEN_L_H, from_s, to_s)


@kernel
def _draws(numbers, lane):  # type: ignore[no-untyped-def]
    """Return both draws of a meal."""
    return sheet.turn(numbers, sheet.MEAL, lane), sheet.turn(numbers, sheet.PANS, lane)


@kernel
def _kwh(kwh, drawn, cooked):  # type: ignore[no-untyped-def]
    """Return the energy of a use of hob or oven: its mean, more or less, for those who eat."""
    return (1.0 + _SIZE * (2.0 * drawn - 1.0)) * cooked * kwh


@kernel
def _put(mine, place, lane, kwh, kw, used, from_s, to_s):  # type: ignore[no-untyped-def]
    """Write one use of hob or oven: its energy at its power."""
    start_s = mine.numbers[sheet.COOK_S + lane]
    length_s = min(kwh / kw * HOUR_S, _LONGEST_S)
    cooks = used & (start_s >= 0.0) & (start_s <= _LATEST_S)
    length_s = length_s if cooks else 0.0
    sheet.put_whole(mine, place + lane, lane, start_s, length_s, kw, from_s, to_s)
