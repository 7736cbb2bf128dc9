"""The diary of a home: who is there and awake, and what they use, one local day at a time.

A day is written on a sheet of rows (:mod:`gridsim.population.sheet`) with exact seconds, cut to
[0, 86400). What began before midnight goes on after it: the day takes up bed times, night shifts,
screens and late uses of the day before from the same named chances.
"""

import numpy as np

from gridsim.core.chance import four, question
from gridsim.core.clock import DAY_S, HOUR_S
from gridsim.core.kernel import kernel
from gridsim.population import meals, people, sheet, small_uses
from gridsim.population.habits import (
    DISH_WEEK,
    DRYER_WEEK,
    HABITS_WIDTH,
    SCREENS_KW,
    SMALL_STARTS,
    WASH_H,
    WASH_WEEK,
    WATER,
    habits,
)
from gridsim.population.people import HABITS
from gridsim.population.sheet import (
    AWAKE,
    CHANNELS,
    COOKING,
    DRAW,
    MAX_EVENTS,
    PRESENT,
    SCREENS,
    SMALL,
)

__all__ = [
    "AWAKE", "CHANNELS", "COOKING", "DRAW", "HABITS_WIDTH", "MAX_EVENTS", "PRESENT", "SCREENS",
    "SMALL", "habits", "write_day",
]  # fmt: skip

WASH, DISH, DRYER = range(3)
"""Appliances that people start and that can wait."""

_STAY = question("diary", "stay")
_BATH = question("diary", "bath")
_RUN = question("diary", "run")

_HOME = question("diary", "home")
_BUSY = float(HABITS["day"]["busy"])
_season = HABITS["season"]
_SCREENS_SEASON = float(_season["screens"])
_WET_SEASON = np.array([_season["wash"], _season["dish"], _season["dryer"]], dtype=np.float64)

_screens = HABITS["screens"]
_EVENING_S = float(HOUR_S * _screens["evening_h"])
_EVENING_SPREAD_S = float(HOUR_S * _screens["evening_spread_h"])
_EVENING = float(_screens["evening"])
_DAYTIME = float(_screens["daytime"])
_DAYTIME_S = HOUR_S * np.array(_screens["daytime_h"], dtype=np.float64)
_INTENSITY = float(_screens["intensity"])

_water = HABITS["hot_water"]
_SHOWER = float(_water["shower"])
_MORNING = float(_water["morning"])
_SHOWER_L = np.array(_water["shower_l"], dtype=np.float64)
_SHOWER_L_H = float(_water["shower_l_h"])
_BASIN_L = np.array(_water["basin_l"], dtype=np.float64)
_BASIN_L_H = float(_water["basin_l_h"])

_wet = HABITS["wet"]
_WISH_S = np.stack([small_uses.quantiles(_wet["wash"]), small_uses.quantiles(_wet["dish"])])
_OFF_FACTOR = np.array(_wet["off_factor"], dtype=np.float64)
_WORK_FACTOR = (7.0 - 2.0 * _OFF_FACTOR) / 5.0
_WAIT_S = HOUR_S * np.array(_wet["dryer_wait_h"], dtype=np.float64)
_DRYER_LATEST_S = float(HOUR_S * _wet["dryer_latest_h"])

_SQRT3 = 3.0**0.5


@kernel
def _evening(start, zeal):  # type: ignore[no-untyped-def]
    """Return from when a person watches in the evening [wall s], and how intensely (mean 1).

    ``zeal`` above ``_EVENING`` is an evening without screens, at level 0; below, it is spread
    evenly over the levels.
    """
    start_s = _EVENING_S + (2.0 * start - 1.0) * _SQRT3 * _EVENING_SPREAD_S
    level = 1.0 + _INTENSITY * (2.0 * zeal / _EVENING - 1.0)
    return start_s, level if zeal < _EVENING else 0.0


@kernel
def _write_screens(out, count, seed, home, day, person, at, kw, from_s, to_s):  # type: ignore[no-untyped-def]
    """Write one person's sessions: the end of the last evening, this evening, one by day."""
    channel = float(SCREENS)
    _, level = _evening(at.start_before, at.zeal_before)
    end_s = at.up_until_s if level > 0.0 else 0.0
    count = sheet.add(out, count, channel, at.out_until_s, end_s, kw * level, from_s, to_s)
    evening_s, level = _evening(at.start, at.zeal)
    away_then = at.leave_s <= evening_s < at.back_s
    start_s = at.back_s if away_then else evening_s
    end_s = min(at.leave_s, at.sleep_s) if start_s < at.leave_s < at.back_s else at.sleep_s
    end_s = end_s if level > 0.0 else start_s
    count = sheet.add(out, count, channel, start_s, end_s, kw * level, from_s, to_s)
    u = four(seed, _STAY, home, day, person)
    stay_from_s, stay_to_s = max(at.wake_s, at.up_until_s), at.leave_s
    if at.leave_s == at.back_s:
        stay_to_s = min(start_s, at.sleep_s)
    elif stay_to_s - stay_from_s < min(start_s, at.sleep_s) - at.back_s:
        stay_from_s, stay_to_s = at.back_s, min(start_s, at.sleep_s)
    length_s = min(_DAYTIME_S[0] + u.b * (_DAYTIME_S[1] - _DAYTIME_S[0]), stay_to_s - stay_from_s)
    if u.a < _DAYTIME and length_s > 0.0:
        start_s = stay_from_s + u.c * (stay_to_s - stay_from_s - length_s)
        level = 1.0 + _INTENSITY * (2.0 * u.d - 1.0)
        count = sheet.add(
            out, count, channel, start_s, start_s + length_s, kw * level, from_s, to_s
        )
    return count


@kernel
def _write_bath(out, count, seed, home, day, person, at, scale, from_s, to_s):  # type: ignore[no-untyped-def]
    """Write one person's hot water outside the kitchen: a shower most days, and the basin."""
    channel = float(DRAW)
    u = four(seed, _BATH, home, day, person)
    rise_s = max(at.wake_s, at.up_until_s)
    home_s = at.back_s if at.leave_s < at.back_s < DAY_S else rise_s
    basin_s = (_BASIN_L[0] + u.d * (_BASIN_L[1] - _BASIN_L[0])) * scale / _BASIN_L_H * HOUR_S
    if u.a < _SHOWER:
        early = u.a < _SHOWER * _MORNING
        litres = (_SHOWER_L[0] + u.b * (_SHOWER_L[1] - _SHOWER_L[0])) * scale
        length_s = litres / _SHOWER_L_H * HOUR_S
        evening_s = max(home_s, at.sleep_s - (1.0 + 3.0 * u.c) * HOUR_S)
        start_s = rise_s + (300.0 + 1200.0 * u.c) if early else evening_s
        count = sheet.add_whole(out, count, channel, start_s, length_s, _SHOWER_L_H, from_s, to_s)
    bedtime_s = max(at.sleep_s - 900.0, home_s)
    start_s = bedtime_s if u.a < _SHOWER * _MORNING else rise_s + 60.0
    return sheet.add_whole(out, count, channel, start_s, basin_s, _BASIN_L_H, from_s, to_s)


@kernel
def _write_stays(out, count, firsts, at, from_s, to_s):  # type: ignore[no-untyped-def]
    """Write when one person is at home, and awake at home; return ``count, firsts``."""
    end = float(DAY_S)
    rise_s = max(at.wake_s, at.up_until_s)
    goes = at.leave_s < at.back_s
    gone_s = at.leave_s if goes else end
    asleep_s = at.leave_s if goes else at.sleep_s
    back_s = max(at.back_s, at.out_until_s)
    count, firsts = sheet.add_first(out, count, firsts, at.out_until_s, at.up_until_s, from_s, to_s)
    count, firsts = sheet.add_first(out, count, firsts, rise_s, asleep_s, from_s, to_s)
    count = sheet.add(out, count, float(PRESENT), at.out_until_s, gone_s, 1.0, from_s, to_s)
    if goes:
        up_s = max(back_s, at.up_until_s)
        count, firsts = sheet.add_first(out, count, firsts, up_s, at.sleep_s, from_s, to_s)
        count = sheet.add(out, count, float(PRESENT), back_s, end, 1.0, from_s, to_s)
    return count, firsts


@kernel
def write_day(out, wishes, date, home, kinds, habits):  # type: ignore[no-untyped-def]
    """Write the events of one home on one local day, and when it wishes to run what can wait.

    Parameters
    ----------
    out : F8
        Sheet to write on, shape (MAX_EVENTS, 4): rows of channel, start [wall s], end [wall s] and
        level; see the channels ``PRESENT`` ... ``DRAW`` for what a level means.
    wishes : F8
        Written: when people would start the washing machine, the dishwasher and the dryer, -1 if
        they do not want to, shape (3,). Somebody is awake at home then (the dryer: after the
        wash). At most one run an appliance and day. [wall s]
    date : people.Date
        Which day.
    home : int
        Name of the chances.
    kinds : I8
        Kind of each person of the home, -1 for nobody, shape (6,).
    habits : F8
        The home's row of :func:`habits`, shape (HABITS_WIDTH,).

    Returns
    -------
    count : int
        Rows written. All lie in [0, 86400); levels of a channel add up where rows overlap.
    """
    from_s, to_s = people.inhabited(date, home)
    if to_s <= from_s:
        wishes[:] = -1.0
        return 0
    screens_kw = habits[SCREENS_KW] * (1.0 + _SCREENS_SEASON * date.winter)
    water = habits[WATER]
    seed, day = date.seed, date.day
    count, firsts, persons = np.int64(0), np.int64(0), np.int64(0)  # not literals to numba
    bed_s, bed_before_s = 0.0, 0.0
    for person in range(kinds.shape[0]):
        if kinds[person] < 0:
            continue
        persons += 1
        at = people.hours(date, home, person, kinds[person])
        count, firsts = _write_stays(out, count, firsts, at, from_s, to_s)
        count = _write_screens(out, count, seed, home, day, person, at, screens_kw, from_s, to_s)
        if water > 0.0:
            count = _write_bath(out, count, seed, home, day, person, at, water, from_s, to_s)
        if at.back_s < DAY_S or at.leave_s == at.back_s:
            bed_s = max(bed_s, at.sleep_s)
        if at.out_until_s <= 0.0:
            bed_before_s = max(bed_before_s, at.up_until_s + DAY_S)
    _wish(wishes, out, firsts, date, home, habits)
    return _write_home(
        out, count, firsts, date, home, habits, persons, bed_s, bed_before_s, from_s, to_s
    )


@kernel
def _write_home(  # type: ignore[no-untyped-def]
    out, count, firsts, date, home, habits, persons, bed_s, bed_before_s, from_s, to_s
):
    """Write what is done for the home as a whole: small uses and meals; return the rows."""
    seed, day = date.seed, date.day
    u, before = four(seed, _HOME, home, day, 0), four(seed, _HOME, home, day - 1, 0)
    busy = 1.0 + _BUSY * (2.0 * u.a - 1.0)
    starts = habits[SMALL_STARTS]
    count = small_uses.write_late(
        out, count, before.b, seed, home, day - 1, -float(DAY_S), bed_before_s, starts, from_s, to_s
    )
    count = small_uses.write_late(
        out, count, u.b, seed, home, day, 0.0, bed_s, starts, from_s, to_s
    )
    count = small_uses.write_small(
        out, count, firsts, u.c, seed, home, day, date.weekend, busy * starts, from_s, to_s
    )
    return meals.write_meals(
        out, count, firsts, seed, home, day, persons, habits, busy, from_s, to_s
    )


@kernel
def _wished(out, firsts, date, home, per_week, appliance):  # type: ignore[no-untyped-def]
    """Return when the washing machine or the dishwasher is wished to start, or -1.

    The hour is drawn up to three times for one at which somebody is up, then put off.
    """
    u = four(date.seed, _RUN, home, date.day, appliance)
    factor = _OFF_FACTOR[appliance] if date.weekend else _WORK_FACTOR[appliance]
    factor *= 1.0 + _WET_SEASON[appliance] * date.winter
    if u.a >= per_week / 7.0 * factor:
        return -1.0
    nodes = _WISH_S[appliance]
    wish_s = small_uses.pick(nodes, u.b)
    found_s = sheet.up_from(out, firsts, wish_s)
    for share in (u.c, u.d):
        if found_s != wish_s:
            wish_s = small_uses.pick(nodes, share)
            found_s = sheet.up_from(out, firsts, wish_s)
    return found_s if found_s >= 0.0 else sheet.up_from(out, firsts, 0.0)


@kernel
def _wish(wishes, out, firsts, date, home, habits):  # type: ignore[no-untyped-def]
    """Write when the runs of a day are wished; the first ``firsts`` rows hold who is AWAKE."""
    washes, dishes, dries = habits[WASH_WEEK], habits[DISH_WEEK], habits[DRYER_WEEK]
    wishes[:] = -1.0
    if dishes > 0.0:
        wishes[DISH] = _wished(out, firsts, date, home, dishes, np.int64(DISH))
    if washes <= 0.0:
        return
    wash_s = _wished(out, firsts, date, home, washes, np.int64(WASH))
    wishes[WASH] = wash_s
    if wash_s < 0.0 or dries <= 0.0:
        return
    u = four(date.seed, _RUN, home, date.day, DRYER)
    if u.a * washes < dries * (1.0 + _WET_SEASON[DRYER] * date.winter):
        dry_s = wash_s + habits[WASH_H] * HOUR_S + _WAIT_S[0] + u.b * (_WAIT_S[1] - _WAIT_S[0])
        wishes[DRYER] = dry_s if dry_s < _DRYER_LATEST_S else -1.0
