"""Trips: when the car leaves, when it comes back, and how far it went, day by day."""

import math

import numpy as np

from gridsim.core.chance import four, question
from gridsim.core.kernel import kernel

_TRIP = question("car", "trip")
_SHIFT = question("car", "shift")

WORKER, SHIFT, HOME, RETIRED, CHILD = 0, 1, 2, 3, 4
"""Kinds of people, as in ``People.kinds``."""

WEEKDAY_SHARE, WEEKEND_SHARE = 1.05, 0.875
"""Distance of a weekday and of a day off over the mean day: (5 x 1.05 + 2 x 0.875) / 7 = 1.
Assumed: commuting makes weekdays a little longer."""

WORKER_OUT, SHIFT_OUT, HOME_OUT, RETIRED_OUT, OFF_OUT = 0.92, 0.85, 0.72, 0.62, 0.70
"""Chance that the car leaves on a weekday, by kind of the first person, and on a day off. Assumed,
from the order of travel surveys (a car of a worker moves on nine weekdays in ten)."""

COMMUTE_STEADY, ERRAND_STEADY = 0.6, 0.2
"""Part of a trip's length that is the same each time; the rest is exponential. Assumed."""

LATEST_S = 86_400.0 - 60.0
"""The car is back a minute before midnight at the latest. [s]"""

SPEED_KM_H = 60.0
STOP_S = 900.0
"""A trip takes at least its distance at this speed and a stop of a quarter of an hour. Assumed."""

HOUR_S = 3600.0


@kernel
def triangular(u, low, mode, high):  # type: ignore[no-untyped-def]
    """Return the quantile ``u`` of the triangular distribution."""
    left = mode - low
    right = high - mode
    width = high - low
    below = low + math.sqrt(u * width * left)
    above = high - math.sqrt((1.0 - u) * width * right)
    return below if u * width < left else above


@kernel
def chance_out(weekend, first_kind):  # type: ignore[no-untyped-def]
    """Return the chance that the car leaves on this kind of day."""
    away = SHIFT_OUT if first_kind == SHIFT else HOME_OUT
    away = WORKER_OUT if first_kind == WORKER else away
    away = RETIRED_OUT if first_kind == RETIRED else away
    return min(away, OFF_OUT) if weekend else away


@kernel
def commute(c, d, late_shift, first_kind):  # type: ignore[no-untyped-def]
    """Return leaving and coming back on a day of work. [h].

    Triangular; modes of coming home 17-19 h and spreads of 2.5-3 h over all kinds together are
    figure E051, the numbers of each kind are assumed.
    """
    leave_h = triangular(d, 6.0, 7.75, 10.0)
    back_h = triangular(c, 12.5, 18.0, 23.5)
    if first_kind == SHIFT:
        leave_h = triangular(d, 12.0, 13.0, 14.5) if late_shift else triangular(d, 4.5, 5.2, 6.5)
        back_h = triangular(c, 20.5, 22.0, 24.0) if late_shift else triangular(c, 13.0, 14.2, 17.0)
    return leave_h, back_h


@kernel
def errand(c, d, weekend):  # type: ignore[no-untyped-def]
    """Return leaving and coming back on a day without work. [h] Numbers assumed, as above."""
    back_h = triangular(c, 9.0, 17.0, 24.0) if weekend else triangular(c, 9.5, 17.5, 24.0)
    away_h = triangular(d, 0.75, 3.0, 10.0)
    return max(back_h - away_h, 6.5), back_h


@kernel
def car_day(seed, home, day, weekend, first_kind, km_day):  # type: ignore[no-untyped-def]
    """Return when the car leaves and comes back on a local day, and the distance in between.

    One outing a day at most; over many weeks the mean distance of all days is ``km_day``.

    Parameters
    ----------
    seed, home, day : int
        Seed of the scenario, number of the home, day since 1970-01-01.
    weekend : bool or int
        Whether it is a Saturday, a Sunday or a holiday.
    first_kind : int
        Kind of the first person: 0 worker, 1 shift worker, 2 home by day, 3 retired, 4 child.
    km_day : float
        Mean distance of this car. [km/day]

    Returns
    -------
    leave_s, back_s : float
        Whole wall seconds of the local day, ``0 <= leave_s < back_s <= 86340``; both 0 on a day
        at home. [s]
    km : float
        Distance; 0 on a day at home. [km]
    """
    u = four(seed, _TRIP, home, day, 0)
    works = first_kind in (WORKER, SHIFT) and not weekend
    out = chance_out(weekend, first_kind)
    steady = COMMUTE_STEADY if works else ERRAND_STEADY
    mean_km = km_day * (WEEKEND_SHARE if weekend else WEEKDAY_SHARE) / out
    km = mean_km * (steady - (1.0 - steady) * math.log(u.b))
    late_shift = four(seed, _SHIFT, home, (day + 3) // 7, 0).a < 0.5  # a week early, a week late
    if works:
        leave_h, back_h = commute(u.c, u.d, late_shift, first_kind)
    else:
        leave_h, back_h = errand(u.c, u.d, weekend)
    back_s = min(max(np.floor(back_h * HOUR_S), 2.0 * STOP_S), LATEST_S)
    away_s = STOP_S + km / SPEED_KM_H * HOUR_S
    leave_s = max(np.floor(min(leave_h * HOUR_S, back_s - away_s)), 0.0)
    stays = u.a >= out or km <= 0.0
    if stays:
        return 0.0, 0.0, 0.0
    return leave_s, back_s, km
