"""The members of the homes on a sheet: who is there today, their draws, hours, stays and baths.

Each question is asked for all members in one loop over their columns, which compilers make into
one for several members at a time: see :mod:`gridsim.population.sheet`.
"""

import numpy as np
from numba import types

from gridsim.core.chance import ROW, question, turns
from gridsim.core.clock import DAY_S, HOUR_S
from gridsim.core.kernel import kernel
from gridsim.population import habits as columns
from gridsim.population import people, sheet
from gridsim.population.people import HABITS

_STAY = question("diary", "stay")
_BATH = question("diary", "bath")
_SCREENS_SEASON = float(HABITS["season"]["screens"])

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

_SQRT3 = 3.0**0.5


@kernel
def gather(page, date, homes, count, kinds, habits):  # type: ignore[no-untyped-def]
    """List the members of the first ``count`` homes, leave out who is away; return how many."""
    numbers, names = page
    wide = sheet.padded(count)
    for lane in range(wide):
        names[sheet.ASKED_HOME + lane] = homes[min(lane, count - 1)]
        names[sheet.ASKED_DRAW + lane] = 0
    saturday = date.day - date.since
    turns(
        numbers[sheet.AWAY : sheet.HOME], date.seed, people.AWAY, names[sheet.ASKED_HOME :],
        saturday, names[sheet.ASKED_DRAW :], wide,
    )  # fmt: skip
    season = 1.0 + _SCREENS_SEASON * date.winter
    members = np.int64(0)  # not a literal to numba
    for lane in range(count):
        from_s, to_s = people.lived_in(date, sheet.turn(numbers, sheet.AWAY, lane))
        numbers[sheet.LIVED_FROM + lane] = from_s
        numbers[sheet.LIVED_TO + lane] = to_s
        names[sheet.FIRST + lane] = members
        screens_kw, water = habits[lane, columns.SCREENS_KW] * season, habits[lane, columns.WATER]
        for person in range(kinds.shape[1] if to_s > from_s else 0):
            names[sheet.OF_LANE + members] = lane
            names[sheet.OF_HOME + members] = homes[lane]
            names[sheet.OF_PERSON + members] = person
            names[sheet.OF_KIND + members] = kinds[lane, person]
            numbers[sheet.FROM + members] = from_s
            numbers[sheet.TO + members] = to_s
            numbers[sheet.SCREENS_KW + members] = screens_kw
            numbers[sheet.WATER + members] = water
            members += 1 if kinds[lane, person] >= 0 else 0
    names[sheet.FIRST + count] = members
    for i in range(members, sheet.padded(members)):  # not listed, but asked with the others
        names[sheet.OF_KIND + i] = 0
        names[sheet.OF_LANE + i] = 0
    return members


@kernel
def live(page, date, members):  # type: ignore[no-untyped-def]
    """Work out the hours, stays and sessions of the members."""
    numbers, names = page
    wide = sheet.padded(members)
    seed, day = date.seed, date.day
    _ask(page, sheet.LIFE, seed, people.LIFE, 0, wide)
    _ask(page, sheet.NIGHT_BEFORE, seed, people.NIGHT, day - 1, wide)
    _ask(page, sheet.NIGHT, seed, people.NIGHT, day, wide)
    _ask(page, sheet.TODAY, seed, people.TODAY, day, wide)
    _ask(page, sheet.STAY, seed, _STAY, day, wide)
    _fill_hours(numbers, names, date, wide)
    for i in range(members):
        if names[sheet.OF_KIND + i] == people.SHIFT_WORKER:
            _put(numbers, i, people.hours(
                date, names[sheet.OF_HOME + i], names[sheet.OF_PERSON + i], people.SHIFT_WORKER
            ))  # fmt: skip
    _fill_stays(numbers, wide)
    _fill_slots(numbers, names, wide)
    _fill_sessions(numbers, wide)


_PAGE = types.NamedTuple([types.float64[::1], types.int64[::1]], sheet.Sheet)


@kernel(signature=types.void(_PAGE, *[types.int64] * 5))
def _ask(page, row, seed, asked, day, count):  # type: ignore[no-untyped-def]
    """Ask all members one question; the draws go into the four rows from ``row`` on."""
    numbers, names = page
    homes, persons = names[sheet.OF_HOME : sheet.OF_PERSON], names[sheet.OF_PERSON : sheet.OF_KIND]
    turns(numbers[row : row + 4 * ROW], seed, asked, homes, day, persons, count)


@kernel
def _at(numbers, i):  # type: ignore[no-untyped-def]
    """Return the hours of a member."""
    before, night = sheet.NIGHT_BEFORE + 2 * ROW + i, sheet.NIGHT + 2 * ROW + i
    return people.Hours(
        numbers[sheet.OUT_UNTIL + i], numbers[sheet.UP_UNTIL + i], numbers[sheet.WAKE + i],
        numbers[sheet.LEAVE + i], numbers[sheet.BACK + i], numbers[sheet.SLEEP + i],
        numbers[before], numbers[before + ROW], numbers[night], numbers[night + ROW],
    )  # fmt: skip


@kernel
def _put(numbers, i, at):  # type: ignore[no-untyped-def]
    """Write the hours of a member, but for the leanings, which are draws."""
    numbers[sheet.OUT_UNTIL + i] = at.out_until_s
    numbers[sheet.UP_UNTIL + i] = at.up_until_s
    numbers[sheet.WAKE + i] = at.wake_s
    numbers[sheet.LEAVE + i] = at.leave_s
    numbers[sheet.BACK + i] = at.back_s
    numbers[sheet.SLEEP + i] = at.sleep_s


@kernel
def _fill_hours(numbers, names, date, count):  # type: ignore[no-untyped-def]
    """Write the hours of all members, as if none worked in shifts."""
    for i in range(count):
        kind = names[sheet.OF_KIND + i]
        life = sheet.turn(numbers, sheet.LIFE, i)
        before = sheet.turn(numbers, sheet.NIGHT_BEFORE, i)
        night = sheet.turn(numbers, sheet.NIGHT, i)
        u = sheet.turn(numbers, sheet.TODAY, i)
        _put(numbers, i, people.plain_hours(date, kind, life, before, night, u))


@kernel
def _stay(numbers, i, stay, start_s, end_s, level):  # type: ignore[no-untyped-def]
    """Write a stay of a member, cut to the part of the day in which the home is lived in."""
    at = stay * ROW + i
    numbers[sheet.START + at] = max(start_s, numbers[sheet.FROM + i])
    numbers[sheet.END + at] = min(end_s, numbers[sheet.TO + i])
    numbers[sheet.LEVEL + at] = level


@kernel
def _fill_stays(numbers, count):  # type: ignore[no-untyped-def]
    """Write when the members are at home, and awake at home, and when they go to bed."""
    end = float(DAY_S)
    for i in range(count):
        at = _at(numbers, i)
        rise_s = max(at.wake_s, at.up_until_s)
        goes = at.leave_s < at.back_s
        gone_s = at.leave_s if goes else end
        asleep_s = at.leave_s if goes else at.sleep_s
        back_s = max(at.back_s, at.out_until_s) if goes else end
        up_s = max(back_s, at.up_until_s) if goes else at.sleep_s
        _stay(numbers, i, sheet.HOME_UNTIL_GONE, at.out_until_s, gone_s, 1.0)
        _stay(numbers, i, sheet.HOME_AGAIN, back_s, end, 1.0)
        _stay(numbers, i, sheet.UP_LATE, at.out_until_s, at.up_until_s, 1.0)
        _stay(numbers, i, sheet.UP_UNTIL_GONE, rise_s, asleep_s, 1.0)
        _stay(numbers, i, sheet.UP_AGAIN, up_s, at.sleep_s, 1.0)
        to_bed = at.back_s < DAY_S or at.leave_s == at.back_s
        numbers[sheet.BED + i] = at.sleep_s if to_bed else 0.0
        up_before_s = at.up_until_s + DAY_S
        numbers[sheet.BED_BEFORE + i] = up_before_s if at.out_until_s <= 0.0 else 0.0


@kernel
def _fill_slots(numbers, names, count):  # type: ignore[no-untyped-def]
    """Write in which slots of the day the members are up."""
    end = float(DAY_S)
    for i in range(count):
        whole, part = np.int64(0), np.int64(0)
        for stay in range(sheet.UP_LATE, sheet.UP_AGAIN + 1):
            at = stay * ROW + i
            start_s = min(numbers[sheet.START + at], end)
            end_s = max(numbers[sheet.END + at], 0.0)
            whole |= sheet.inner_slots(start_s, end_s)
            part |= sheet.outer_slots(start_s, end_s)
        names[sheet.UP_WHOLE + i] = whole
        names[sheet.UP_PART + i] = part


@kernel
def _zeal(zeal):  # type: ignore[no-untyped-def]
    """Return how intensely a person watches in the evening (mean 1).

    ``zeal`` above ``_EVENING`` is an evening without screens, at level 0; below, it is spread
    evenly over the levels.
    """
    level = 1.0 + _INTENSITY * (2.0 * zeal / _EVENING - 1.0)
    return level if zeal < _EVENING else 0.0


@kernel
def _evening(at):  # type: ignore[no-untyped-def]
    """Return from when to when a person watches in the evening. [wall s]"""
    evening_s = _EVENING_S + (2.0 * at.start - 1.0) * _SQRT3 * _EVENING_SPREAD_S
    away_then = at.leave_s <= evening_s < at.back_s
    start_s = at.back_s if away_then else evening_s
    goes_after = start_s < at.leave_s < at.back_s
    return start_s, min(at.leave_s, at.sleep_s) if goes_after else at.sleep_s


@kernel
def _by_day(at, evening_s, u):  # type: ignore[no-untyped-def]
    """Return from when to when a person watches by day, in the longest stay; the same for never."""
    stay_from_s, stay_to_s = max(at.wake_s, at.up_until_s), at.leave_s
    stays_in = at.leave_s == at.back_s
    until_s = min(evening_s, at.sleep_s)
    later = not stays_in and stay_to_s - stay_from_s < until_s - at.back_s
    stay_from_s = at.back_s if later else stay_from_s
    stay_to_s = until_s if later or stays_in else stay_to_s
    length_s = min(_DAYTIME_S[0] + u.b * (_DAYTIME_S[1] - _DAYTIME_S[0]), stay_to_s - stay_from_s)
    start_s = stay_from_s + u.c * (stay_to_s - stay_from_s - length_s)
    return start_s, start_s + length_s if u.a < _DAYTIME and length_s > 0.0 else start_s


@kernel
def _fill_sessions(numbers, count):  # type: ignore[no-untyped-def]
    """Write the sessions at screens: the end of the last evening, this evening, one by day."""
    for i in range(count):
        at = _at(numbers, i)
        u = sheet.turn(numbers, sheet.STAY, i)
        kw = numbers[sheet.SCREENS_KW + i]
        level = _zeal(at.zeal_before)
        end_s = at.up_until_s if level > 0.0 else 0.0
        _stay(numbers, i, sheet.ON_LATE, at.out_until_s, end_s, kw * level)
        level = _zeal(at.zeal)
        start_s, end_s = _evening(at)
        _stay(numbers, i, sheet.ON, start_s, end_s if level > 0.0 else start_s, kw * level)
        start_s, end_s = _by_day(at, start_s, u)
        level = 1.0 + _INTENSITY * (2.0 * u.d - 1.0)
        _stay(numbers, i, sheet.ON_BY_DAY, start_s, end_s, kw * level)


@kernel
def bathe(page, date, members):  # type: ignore[no-untyped-def]
    """Write the members' hot water outside the kitchen: a shower most days, and the basin."""
    wide = sheet.padded(members)
    _ask(page, sheet.BATH, date.seed, _BATH, date.day, wide)
    _fill_baths(page, wide)


@kernel
def _fill_baths(page, count):  # type: ignore[no-untyped-def]
    """Write showers and basins, each in a place of its own, those that are not taken as none."""
    numbers, names = page
    for i in range(count):
        at, u, scale = _at(numbers, i), sheet.turn(numbers, sheet.BATH, i), numbers[sheet.WATER + i]
        lane, from_s, to_s = (
            names[sheet.OF_LANE + i],
            numbers[sheet.FROM + i],
            numbers[sheet.TO + i],
        )
        rise_s = max(at.wake_s, at.up_until_s)
        home_s = at.back_s if at.leave_s < at.back_s < DAY_S else rise_s
        evening_s = max(home_s, at.sleep_s - (1.0 + 3.0 * u.c) * HOUR_S)
        bedtime_s = max(at.sleep_s - 900.0, home_s)
        early, showers = u.a < _SHOWER * _MORNING, u.a < _SHOWER
        litres = (_SHOWER_L[0] + u.b * (_SHOWER_L[1] - _SHOWER_L[0])) * scale
        length_s = litres / _SHOWER_L_H * HOUR_S if showers else 0.0
        start_s = rise_s + (300.0 + 1200.0 * u.c) if early else evening_s
        place = sheet.BATHS + i
        sheet.put_whole(page, place, lane, start_s, length_s, _SHOWER_L_H, from_s, to_s)
        basin_l = (_BASIN_L[0] + u.d * (_BASIN_L[1] - _BASIN_L[0])) * scale
        length_s = basin_l / _BASIN_L_H * HOUR_S
        start_s = bedtime_s if early else rise_s + 60.0
        place += ROW
        sheet.put_whole(page, place, lane, start_s, length_s, _BASIN_L_H, from_s, to_s)
