"""A made-up day-ahead price: synthetic, and said so, where no price file is at hand.

The price follows a residual load: what people use at that hour, more when it is cold or hot, less
what sun and wind bring; and each day and hour has its own chance. All numbers are assumed, rounded
so that level, spread, days and hours resemble the Dutch day-ahead market of 2023 and 2024 (Ember,
mean 87, standard deviation 50 currency/MWh, 4 % of the hours below zero), not fitted to it.
"""

import numpy as np

from gridsim.core import chance
from gridsim.core.arrays import F8, I8
from gridsim.core.clock import HOUR_S, Clock

_LEVEL = 0.092  # mean over the hours of a mild working day without sun [currency/kWh]
_BY_HOUR = (
    -20,
    -24,
    -27,
    -30,
    -29,
    -22,
    0,
    22,
    28,
    26,
    22,
    19,
    16,
    15,
    16,
    18,
    22,
    32,
    38,
    38,
    30,
    14,
    4,
    -10,
)  # what each local hour of a working day adds [currency/MWh]; assumed
_DAY_OFF = -20.0  # what Saturday, Sunday and holidays add from 06:00 to 22:00 [currency/MWh]
_PER_COLD_K, _COMFORT_C = 1.5, 13.0  # for each kelvin that it is colder [currency/MWh/K]
_PER_HOT_K, _HOT_C = 2.0, 24.0  # for each kelvin that it is hotter [currency/MWh/K]
_PER_SUN = -95.0  # at 1000 W/m2 on the ground [currency/MWh]
_DAY_SD, _HOUR_SD = 28.0, 6.0  # of wind and plant from day to day, and by hour [currency/MWh]
_MEMORY_DAYS = 3  # how many days' draws a day's chance is made of
_PER_KWH = 1e-3


def make(clock: Clock, temp_c: F8, ghi_w_m2: F8, seed: int) -> F8:
    """Return a made-up wholesale price in each step, shape (t,) [currency/kWh].

    A date has the same price in every period that contains it, given the same weather and seed.

    Parameters
    ----------
    clock : Clock
        Time axis. Prices change from hour to hour, whatever the step.
    temp_c, ghi_w_m2 : F8
        Outdoor temperature [C] and radiation on the ground [W/m2], shape (t,).
    seed : int
        Seed of the scenario.
    """
    hour = clock.wall_s // HOUR_S
    place = np.cumsum(np.diff(clock.time_s // HOUR_S, prepend=-1) > 0) - 1
    count = np.bincount(place)
    temp = (np.bincount(place, weights=temp_c) / count)[place]
    sun = (np.bincount(place, weights=ghi_w_m2) / count)[place]
    off = (clock.weekday >= 5) | clock.holiday
    price = np.array(_BY_HOUR, dtype=np.float64)[hour]
    price += np.where(off & (hour >= 6) & (hour < 22), _DAY_OFF, 0.0)
    price += _PER_COLD_K * np.maximum(_COMFORT_C - temp, 0.0)
    price += _PER_HOT_K * np.maximum(temp - _HOT_C, 0.0)
    price += _PER_SUN * sun / 1000.0
    day, by_hour = _chances(seed, clock.local_day)
    price += _DAY_SD * day + _HOUR_SD * by_hour[clock.local_day - clock.local_day[0], hour]
    return _LEVEL + _PER_KWH * price


def _chances(seed: int, local_day: I8) -> tuple[F8, F8]:
    """Return the chance of each step's day, shape (t,), and of each hour of each day, (d, 24)."""
    from scipy.special import ndtri  # noqa: PLC0415  (the CLI starts without scipy)

    first, last = int(local_day[0]), int(local_day[-1])
    remembered = np.arange(first - _MEMORY_DAYS + 1, last + 1)
    asked = chance.question("price", "day")
    drawn = ndtri(chance.uniforms(seed, asked, remembered)[:, 0])
    mean = np.convolve(drawn, np.ones(_MEMORY_DAYS), mode="valid") / np.sqrt(_MEMORY_DAYS)
    asked = chance.question("price", "hour")
    hourly = ndtri(chance.uniforms(seed, asked, np.arange(first, last + 1), 0, 24))
    return mean[local_day - first], hourly
