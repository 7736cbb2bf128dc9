"""The hours of people: when each one wakes, leaves, comes back and goes to bed.

A day needs few draws: one for what never changes about a person, one for the day and one for the
night. Bed times follow from the plain calendar, never from public holidays, so that a day knows
what is left of the day before it without being told what kind of day that was.
"""

import math
import tomllib
from importlib import resources
from typing import NamedTuple

import numpy as np

from gridsim.core.arrays import F8
from gridsim.core.chance import four, question
from gridsim.core.clock import DAY_S, HOUR_S
from gridsim.core.kernel import kernel

HABITS = tomllib.loads(
    (resources.files("gridsim.population") / "stock" / "habits.toml").read_text("utf-8")
)
"""The tables of stock/habits.toml, each with its source."""


def seconds(hours: float | list[float]) -> F8:
    """Return hours as an array of seconds."""
    return HOUR_S * np.asarray(hours, dtype=np.float64)


LIFE = question("people", "life")
TODAY = question("people", "day")
NIGHT = question("people", "night")
_SHIFT = question("people", "shift")
AWAY = question("people", "away")

SHIFT_WORKER, _CHILD = 1, 4  # as in gridsim.population.town
_SQRT3 = 3.0**0.5  # a uniform number on +-sqrt(3) has standard deviation 1
_SQRT6 = 6.0**0.5  # and the sum of two on +-sqrt(6)/2
_NEW_YEAR_2000 = 10_957
_YEAR = 365.2425
_TURN = 2.0 * math.pi / _YEAR
_COLDEST = 15.0  # day of the year

_person = HABITS["person"]
_WAKE_S = np.stack([seconds(_person["wake_workday_h"]), seconds(_person["wake_off_h"])])
_SLEEP_S = seconds(_person["sleep_h"])
_LATE_NIGHT_S = float(HOUR_S * _person["late_night_h"])
_RHYTHM_S = float(HOUR_S * _person["rhythm_spread_h"])
_WAKE_SPREAD_S = float(HOUR_S * _person["wake_spread_h"])
_SLEEP_SPREAD_S = float(HOUR_S * _person["sleep_spread_h"])
_LEAVE_S = np.stack([seconds(_person["leave_workday_h"]), seconds(_person["leave_off_h"])])
_LEAVE_SPREAD_S = np.stack(
    [seconds(_person["leave_spread_h"]), seconds([_person["leave_off_spread_h"]] * 5)]
)
_AWAY_S = np.stack([seconds(_person["away_workday_h"]), seconds(_person["away_off_h"])])
_AWAY_SPREAD_S = np.stack(
    [seconds(_person["away_spread_h"]), seconds([_person["away_off_spread_h"]] * 5)]
)
_OUT = np.array([_person["out_workday"], _person["out_off"]], dtype=np.float64)
_LATEST_BACK_S = float(HOUR_S * _person["latest_back_h"])
_READY_S = float(HOUR_S * _person["ready_h"])
_WIND_DOWN_S = float(HOUR_S * _person["wind_down_h"])

_EARLY = float(HABITS["shifts"]["early"])
_NOT_NIGHT = float(HABITS["shifts"]["early"] + HABITS["shifts"]["late"])
_SHIFT_LEAVE_S = seconds(HABITS["shifts"]["leave_h"])
_SHIFT_WAKE_S = seconds(HABITS["shifts"]["wake_h"])
_SHIFT_SLEEP_S = seconds(HABITS["shifts"]["sleep_h"])

_FREE_FROM = np.array(HABITS["school"]["free_from_day"], dtype=np.float64)
_FREE_TO = np.array(HABITS["school"]["free_to_day"], dtype=np.float64)

_SUMMER_FROM = float(HABITS["away"]["summer_from_day"])
_SUMMER_TO = float(HABITS["away"]["summer_to_day"])
_AWAY_SUMMER = float(HABITS["away"]["summer"])
_AWAY_OTHERWISE = float(HABITS["away"]["otherwise"])
_GO_S = seconds(HABITS["away"]["leave_h"])
_RETURN_S = seconds(HABITS["away"]["back_h"])


class Date(NamedTuple):
    """What a local day is to all homes alike, worked out once: see :func:`date_of`."""

    seed: int
    day: int
    weekend: int
    since: int
    away: float
    school_out: bool
    late_s: float
    late_before_s: float
    winter: float


class Hours(NamedTuple):
    """A person's day: wall seconds of the day, and uniforms that lean each evening one way."""

    out_until_s: float
    up_until_s: float
    wake_s: float
    leave_s: float
    back_s: float
    sleep_s: float
    start_before: float
    zeal_before: float
    start: float
    zeal: float


@kernel
def day_of_year(day):  # type: ignore[no-untyped-def]
    """Return the day of the year, 0 at 1 January, within one day, from a day number."""
    return (day - _NEW_YEAR_2000) % _YEAR


@kernel
def school_is_out(day):  # type: ignore[no-untyped-def]
    """Tell whether a day lies in the school holidays."""
    date = day_of_year(day)
    free = False
    for k in range(_FREE_FROM.shape[0]):
        free |= _FREE_FROM[k] <= date < _FREE_TO[k]
    return free


@kernel
def _late(day):  # type: ignore[no-untyped-def]
    """Return how much later people go to bed for the weekday. [s]"""
    return _LATE_NIGHT_S if (day + 3) % 7 in (4, 5) else 0.0


@kernel
def date_of(seed, day, weekend):  # type: ignore[no-untyped-def]
    """Return what a local day is to all homes alike.

    Parameters
    ----------
    seed : int
        Seed of the scenario.
    day : int
        Number of the local date since 1970-01-01.
    weekend : int
        1 on a day off (Saturday, Sunday, public holiday), else 0.

    Returns
    -------
    Date
        These three; the days since Saturday; the chance that this week's homes stand empty;
        whether school is out; how much later people go to bed that night and the night before [s];
        where the year stands: 1 in mid January, -1 in mid July.
    """
    since = (day + 5) % 7
    saturday = day_of_year(day - since)
    away = _AWAY_SUMMER if _SUMMER_FROM <= saturday < _SUMMER_TO else _AWAY_OTHERWISE
    winter = math.cos(_TURN * (day_of_year(day) - _COLDEST))
    return Date(
        seed, day, weekend, since, away, school_is_out(day), _late(day), _late(day - 1), winter
    )


@kernel
def inhabited(date, home):  # type: ignore[no-untyped-def]
    """Return the part of a day in which the home is lived in, wall seconds ``from_s, to_s``.

    Now and then a home stands empty for some days, between a Saturday and the Friday after it:
    then the day of leaving ends early, the days between are empty (0, 0), and the day of coming
    back begins late. Any other day is (0, 86400).
    """
    return lived_in(date, four(date.seed, AWAY, home, date.day - date.since, 0))


@kernel
def lived_in(date, u):  # type: ignore[no-untyped-def]
    """Return what :func:`inhabited` returns, given its draw."""
    since = date.since
    if u.a >= date.away:
        return 0.0, float(DAY_S)
    first = int(3.0 * u.b)
    last = 4 + int(3.0 * u.c)
    if since < first or since > last:
        return 0.0, float(DAY_S)
    if since == first:
        return 0.0, _GO_S[0] + u.d * (_GO_S[1] - _GO_S[0])
    if since == last:
        return _RETURN_S[0] + u.d * (_RETURN_S[1] - _RETURN_S[0]), float(DAY_S)
    return 0.0, 0.0


@kernel
def shift_of(seed, home, person, day):  # type: ignore[no-untyped-def]
    """Return the shift of a shift worker in the week of a day: 0 early, 1 late, 2 night."""
    monday = day - (day + 3) % 7
    u = four(seed, _SHIFT, home, monday, person).a
    return 0 if u < _EARLY else 1 if u < _NOT_NIGHT else 2


@kernel
def _bed(kind, shift, late_s, life, night):  # type: ignore[no-untyped-def]
    """Return when a person goes to bed. [wall s]"""
    usual_s = _SLEEP_S[kind] + late_s + (life.a + life.b - 1.0) * _SQRT6 * _RHYTHM_S
    usual_s = _SHIFT_SLEEP_S[shift] if kind == SHIFT_WORKER else usual_s
    return usual_s + (night.a + night.b - 1.0) * _SQRT6 * _SLEEP_SPREAD_S


@kernel
def _shift_day(shift, life, u):  # type: ignore[no-untyped-def]
    """Return wake, leave, back of a shift worker; weekends do not count. [wall s]"""
    leave_s = _SHIFT_LEAVE_S[shift] + (2.0 * life.c - 1.0) * _SQRT3 * _LEAVE_SPREAD_S[0, 1]
    back_s = leave_s + _AWAY_S[0, 1] + (2.0 * u.d - 1.0) * _SQRT3 * _AWAY_SPREAD_S[0, 1]
    wake_s = _SHIFT_WAKE_S[shift] + (2.0 * u.a - 1.0) * _SQRT3 * _WAKE_SPREAD_S
    return min(wake_s, leave_s - _READY_S), leave_s, back_s, u.b < _OUT[0, 1]


@kernel
def _plain_day(kind, off, life, u):  # type: ignore[no-untyped-def]
    """Return wake, leave, back and whether they go out, for all but shift workers. [wall s]"""
    rhythm_s = (life.a + life.b - 1.0) * _SQRT6 * _RHYTHM_S
    wake_s = _WAKE_S[off, kind] + rhythm_s + (2.0 * u.a - 1.0) * _SQRT3 * _WAKE_SPREAD_S
    leave_dev = _SQRT3 * (2.0 * life.c - 1.0 + 0.5 * (2.0 * u.c - 1.0))
    leave_s = _LEAVE_S[off, kind] + leave_dev * _LEAVE_SPREAD_S[off, kind]
    leave_s = max(leave_s, wake_s + _READY_S) if off else leave_s
    away_dev = _SQRT3 * (life.d + u.d - 1.0)
    away_s = max(_AWAY_S[off, kind] + away_dev * _AWAY_SPREAD_S[off, kind], _READY_S)
    wake_s = min(wake_s, leave_s - _READY_S)
    return wake_s, leave_s, min(leave_s + away_s, _LATEST_BACK_S), u.b < _OUT[off, kind]


@kernel
def _in_order(wake_s, leave_s, back_s, goes, sleep_s, shift):  # type: ignore[no-untyped-def]
    """Return wake, leave, back, sleep so that none comes before the one it follows."""
    by_night = shift == 2
    back_s = back_s if by_night else min(back_s, sleep_s - _WIND_DOWN_S)
    sleep_s = max(sleep_s, back_s + _WIND_DOWN_S) if by_night else sleep_s
    leave_s = min(leave_s, back_s)
    return min(wake_s, leave_s), leave_s if goes else back_s, back_s, sleep_s


@kernel
def _worked(seed, home, person, shift, day, life, night):  # type: ignore[no-untyped-def]
    """Return wake, leave, back, sleep of a shift worker, given two of the draws."""
    u = four(seed, TODAY, home, day, person)
    wake_s, leave_s, back_s, goes = _shift_day(shift, life, u)
    sleep_s = _bed(SHIFT_WORKER, shift, 0.0, life, night)
    return _in_order(wake_s, leave_s, back_s, goes, sleep_s, shift)


@kernel
def _times(date, home, person, kind, life, night):  # type: ignore[no-untyped-def]
    """Return wake, leave, back, sleep of :func:`person_day`, given two of its draws."""
    if kind == SHIFT_WORKER:
        shift = shift_of(date.seed, home, person, date.day)
        return _worked(date.seed, home, person, shift, date.day, life, night)
    return _plain_times(date, kind, life, night, four(date.seed, TODAY, home, date.day, person))


@kernel
def _plain_times(date, kind, life, night, u):  # type: ignore[no-untyped-def]
    """Return wake, leave, back, sleep of :func:`person_day` for all but shift workers."""
    off = np.int64(1 if date.weekend or (kind == _CHILD and date.school_out) else 0)
    wake_s, leave_s, back_s, goes = _plain_day(kind, off, life, u)
    sleep_s = _bed(kind, 0, date.late_s, life, night)
    return _in_order(wake_s, leave_s, back_s, goes, sleep_s, 0)


@kernel
def _left_over(date, home, person, kind, life, night_before):  # type: ignore[no-untyped-def]
    """Return out_until, up_until of :func:`carried_over`, given two of its draws."""
    if kind != SHIFT_WORKER:
        return 0.0, _bed(kind, 0, date.late_before_s, life, night_before) - DAY_S
    before = date.day - 1
    shift = shift_of(date.seed, home, person, before)
    if shift < 2:
        return 0.0, _bed(kind, shift, 0.0, life, night_before) - DAY_S
    _, leave_s, back_s, sleep_s = _worked(
        date.seed, home, person, shift, before, life, night_before
    )
    return max(back_s - DAY_S, 0.0) if back_s > leave_s else 0.0, sleep_s - DAY_S


@kernel
def person_day(date, home, person, kind):  # type: ignore[no-untyped-def]
    """Draw the day of one person.

    Parameters
    ----------
    date : Date
        Which day, from :func:`date_of`.
    home, person : int
        Names of the chances; ``person`` is the place in the home, 0 to 5.
    kind : int
        0 worker, 1 shift worker, 2 home by day, 3 retired, 4 child.

    Returns
    -------
    wake_s, leave_s, back_s, sleep_s : float
        Wall seconds since 00:00, in this order, never falling. Who stays in has ``leave_s ==
        back_s``. ``sleep_s``, and ``back_s`` of a night shift, may pass 86400.
    """
    life = four(date.seed, LIFE, home, 0, person)
    night = four(date.seed, NIGHT, home, date.day, person)
    return _times(date, home, person, kind, life, night)


@kernel
def carried_over(date, home, person, kind):  # type: ignore[no-untyped-def]
    """Return what is left at 00:00 of a person's day before.

    Returns
    -------
    out_until_s, up_until_s : float
        Until when they are still out, 0 for who was at home; until when they are up, negative for
        who was asleep. Both follow from the plain calendar: they need not know what kind of day
        it was. [wall s]
    """
    life = four(date.seed, LIFE, home, 0, person)
    night = four(date.seed, NIGHT, home, date.day - 1, person)
    return _left_over(date, home, person, kind, life, night)


@kernel
def plain_hours(date, kind, life, before, night, u):  # type: ignore[no-untyped-def]
    """Return what :func:`hours` returns, given its draws, for all but shift workers."""
    up_until_s = _bed(kind, 0, date.late_before_s, life, before) - DAY_S
    wake_s, leave_s, back_s, sleep_s = _plain_times(date, kind, life, night, u)
    return Hours(
        0.0, up_until_s, wake_s, leave_s, back_s, sleep_s, before.c, before.d, night.c, night.d
    )


@kernel
def hours(date, home, person, kind):  # type: ignore[no-untyped-def]
    """Return a person's day with all that touches it, asking each chance once.

    Returns
    -------
    Hours
        :func:`carried_over` and :func:`person_day`, and the two evenings' leanings.
    """
    life = four(date.seed, LIFE, home, 0, person)
    before = four(date.seed, NIGHT, home, date.day - 1, person)
    night = four(date.seed, NIGHT, home, date.day, person)
    out_until_s, up_until_s = _left_over(date, home, person, kind, life, before)
    wake_s, leave_s, back_s, sleep_s = _times(date, home, person, kind, life, night)
    return Hours(
        out_until_s, up_until_s, wake_s, leave_s, back_s, sleep_s,
        before.c, before.d, night.c, night.d,
    )  # fmt: skip
