"""Meals: who cooks when, on the hob and in the oven, and the hot water of the kitchen."""

import math

import numpy as np

from gridsim.core.chance import four, question
from gridsim.core.clock import DAY_S, HOUR_S
from gridsim.core.kernel import kernel
from gridsim.population import sheet
from gridsim.population.habits import BREAKFAST_S, COOKING, HOB, WATER
from gridsim.population.people import HABITS, seconds

_MEAL = question("diary", "meal")
_PANS = question("diary", "pans")

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

_MEALS_A_DAY = 3
_TRIES = 4
_WAIT_S = 2400.0  # how long a meal waits for somebody to come home, at a time
_LONGEST_S = 2.5 * HOUR_S
_LATEST_S = 22.5 * HOUR_S
_SQRT6 = 6.0**0.5


@kernel
def _when(out, firsts, planned_s):  # type: ignore[no-untyped-def]
    """Return when a meal is cooked: as planned or somewhat later, -1 if nobody is there."""
    second = planned_s
    for _ in range(_TRIES):
        if sheet.somebody_up(out, firsts, second):
            return second
        second += _WAIT_S
    return -1.0


@kernel
def _cook(out, count, start_s, kwh, kw, from_s, to_s):  # type: ignore[no-untyped-def]
    """Write one use of hob or oven: its energy at its power."""
    length_s = min(kwh / kw * HOUR_S, _LONGEST_S)
    return sheet.add_whole(out, count, float(sheet.COOKING), start_s, length_s, kw, from_s, to_s)


@kernel
def write_meals(out, count, firsts, seed, home, day, persons, habits, busy, from_s, to_s):  # type: ignore[no-untyped-def]
    """Write the cooking [kW] and the kitchen's hot water [L/h] of a day; return the rows so far.

    ``busy`` scales the energy of each use. The first ``firsts`` rows hold who is AWAKE.
    """
    crowd = math.sqrt(persons) * habits[WATER]
    for meal in range(_MEALS_A_DAY):
        u = four(seed, _MEAL, home, day, meal)
        planned_s = habits[BREAKFAST_S + meal] + (u.a + u.b - 1.0) * _SQRT6 * _SPREAD_S[meal]
        start_s = _when(out, firsts, planned_s)
        if start_s < 0.0 or start_s > _LATEST_S:
            continue
        v = four(seed, _PANS, home, day, meal)
        size = (1.0 + _SIZE * (2.0 * v.a - 1.0)) * habits[COOKING] * busy
        if u.c < _HOB[meal] * habits[HOB]:
            kw = _HOB_KW[0] + v.b * (_HOB_KW[1] - _HOB_KW[0])
            count = _cook(out, count, start_s, size * _HOB_KWH, kw, from_s, to_s)
        if u.d < _OVEN[meal]:
            kw = _OVEN_KW[0] + v.c * (_OVEN_KW[1] - _OVEN_KW[0])
            count = _cook(out, count, start_s, size * _OVEN_KWH, kw, from_s, to_s)
        if habits[WATER] <= 0.0:
            continue
        litres = (_KITCHEN_L[0] + v.d * (_KITCHEN_L[1] - _KITCHEN_L[0])) * crowd
        length_s = litres / _KITCHEN_L_H * HOUR_S
        washing_up_s = min(start_s + HOUR_S, DAY_S - length_s)
        count = sheet.add_whole(
            out, count, float(sheet.DRAW), washing_up_s, length_s, _KITCHEN_L_H, from_s, to_s
        )
    return count
