"""A made-up year of weather that hits a place's published monthly normals.

Nobody measured it, and every output says so. Months are made whole, one by one, in local standard
time: each day draws its temperature and its cloud from streams named by place and date, the
month's temperatures are bent so that their mean, and its days' clearness so that the irradiation,
are the normal's. So a date has the same weather in every period that contains it, and a longer run
starts like a shorter one. Between-year swings of whole months are left out by construction.

Daily anomalies follow a first-order autoregression. A day's temperature runs in half cosines from
its minimum at sunrise to its maximum in the afternoon (the WAVE method: de Wit, Goudriaan, van
Laar, "Simulation of assimilation, respiration and transpiration of crops", Pudoc 1978; compared in
Reicosky et al. 1989, doi:10.1016/0168-1923(89)90085-6). Clear days swing more than overcast ones.
"""

import datetime as dt
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from zoneinfo import ZoneInfo

import numpy as np

from gridsim.core import chance
from gridsim.core.arrays import F8, I8
from gridsim.core.clock import DAY_S, HOUR_S, Clock
from gridsim.signals import place as places
from gridsim.signals import sun_path
from gridsim.signals.place import Place
from gridsim.signals.weather import Weather, on_clock
from gridsim.signals.weather_table import Series, Table

_MEMORY = 25  # days a draw is remembered: 0.7 ** 25 is one in ten thousand
_WARM_LASTS = 0.7  # lag-one correlation of daily means; 0.70 in the Lyon-Bron TMYx 2004-2018
_CLEAR_LASTS = 0.35  # lag-one correlation of daily clearness; assumed
_DARKEST, _CLEAREST = 0.10, 1.05  # daily share of the clear sky's energy; assumed
_SWING_FLOOR = 0.4  # daily range goes with 0.4 + clearness: an overcast day has a third; assumed
_PASSING = 0.9  # how far passing clouds move an hour of a half-clear day; assumed
_BRIGHTEST = 1.15  # most of the clear sky in an hour: bright clouds beside the sun; assumed
_HOTTEST_AFTER_H = 2.5  # maximum after solar noon, mid-afternoon; assumed (WAVE: 14:00 clock)
_WIND_MEAN = 0.886227  # mean of sqrt(-ln u), daily winds being Rayleigh: gamma(1.5); assumed
_YEAR_OF_ZONES = 2023  # whose winter offset is taken as a zone's standard time
_KEPT = 64


@dataclass(frozen=True, slots=True)
class Normals:
    """Monthly normals of a place, shape (12,) each.

    Parameters
    ----------
    mean_c : F8
        Mean air temperature. [C]
    range_k : F8
        Mean of the daily maximum minus the daily minimum. [K]
    ghi_kwh_m2 : F8
        Global horizontal irradiation of the month, a February of 28 days. [kWh/m2]
    anomaly_sd_k : F8
        Spread of daily mean temperatures. [K]
    wind_m_s : float
        Mean wind speed. [m/s]
    """

    mean_c: F8
    range_k: F8
    ghi_kwh_m2: F8
    anomaly_sd_k: F8
    wind_m_s: float


@dataclass(frozen=True, slots=True)
class _Days:
    """The days of a month, shape (d,): number, clearness, mean, range, sunrise and wind."""

    day: I8
    clear: F8
    mean_c: F8
    range_k: F8
    sunrise_h: F8
    wind_m_s: F8


def normals(place_name: str) -> Normals:
    """Return the monthly normals of a built-in place.

    Raises
    ------
    ValueError
        If there is no such place; the message lists those there are.
    """
    return _normals(places.find(place_name).name)


def make(place_name: str, clock: Clock, seed: int) -> Weather:
    """Return the synthetic weather of a built-in place for a period.

    Parameters
    ----------
    place_name : str
        One of :func:`gridsim.signals.place.names`.
    clock : Clock
        The steps of the period.
    seed : int
        Seed of the scenario.

    Returns
    -------
    Weather
        ``synthetic`` is True. In each calendar month of local standard time the mean temperature
        and the irradiation are those of the normals.

    Raises
    ------
    ValueError
        If there is no such place.
    """
    place = places.find(place_name)
    wall = np.array([clock.start_s - DAY_S, clock.end_s + DAY_S]) + _offset_s(place)
    first, last = (wall // DAY_S).astype("datetime64[D]").astype("datetime64[M]")
    months = range(int(first.astype(np.int64)), int(last.astype(np.int64)) + 1)
    hours = [_month(place, seed, month) for month in months]
    start = np.concatenate([part[0] for part in hours])
    temp, ghi, wind = (np.concatenate([part[1][i] for part in hours]) for i in range(3))
    series = Series(temp, ghi, None, None, wind)
    label = f"synthetic typical year of {place.name}, made from monthly normals (seed {seed})"
    table = Table(label, False, HOUR_S, 0, 0, start, series, None)
    return on_clock(table, clock, place, synthetic=True)


@lru_cache(maxsize=_KEPT)
def _normals(name: str) -> Normals:
    """Read the normals of a place."""
    text = files("gridsim.signals").joinpath("data", "normals.toml").read_text(encoding="utf-8")
    row = tomllib.loads(text)["places"][name]
    low, high = np.array(row["min_c"]), np.array(row["max_c"])
    return Normals(
        (low + high) / 2.0,
        high - low,
        np.array(row["ghi_kwh_m2"], dtype=np.float64),
        np.broadcast_to(np.array(row["anomaly_sd_k"], dtype=np.float64), 12),
        float(row["wind_m_s"]),
    )


@lru_cache(maxsize=_KEPT)
def _offset_s(place: Place) -> int:
    """Return local standard time minus UTC: the smaller of the offsets of January and July. [s]"""
    zone = ZoneInfo(place.timezone)
    found = [dt.datetime(_YEAR_OF_ZONES, month, 1, 12, tzinfo=zone).utcoffset() for month in (1, 7)]
    return min(round(offset.total_seconds()) for offset in found if offset is not None)


@lru_cache(maxsize=_KEPT)
def _month(place: Place, seed: int, month: int) -> tuple[I8, tuple[F8, F8, F8]]:
    """Return UTC starts and (temperature, irradiance, wind) of the hours of a month.

    ``month`` counts from January 1970. Temperatures hold at the start of the hour.
    """
    before, here, after = (_days(place, seed, month + by) for by in (-1, 0, 1))
    temp = _hourly_temperature(before, here, after, _noon_h(place))
    goal = _normals(place.name).mean_c[month % 12]
    temp = temp + (goal - temp.mean()) * _bump(len(temp))
    start = here.day[0] * DAY_S - _offset_s(place) + HOUR_S * np.arange(len(temp), dtype=np.int64)
    ghi = _hourly_irradiance(place, seed, here)
    return start, (temp, ghi, np.repeat(here.wind_m_s, 24))


@lru_cache(maxsize=_KEPT)
def _days(place: Place, seed: int, month: int) -> _Days:
    """Return the days of a month (counted from January 1970)."""
    normal = _normals(place.name)
    day = _days_of(month)
    warm, cloud, wind = _draws(place, seed, day)
    energy = _clear_hours(place, day).sum(axis=1)
    clear = _clearness(cloud, energy, _goal_wh_m2(normal, month, day))
    swing = _SWING_FLOOR + clear
    mean = _season(normal.mean_c, month, len(day))
    mean = mean + normal.anomaly_sd_k[month % 12] * warm
    return _Days(
        day,
        clear,
        mean,
        normal.range_k[month % 12] * swing / swing.mean(),
        _sunrise_h(place, day),
        normal.wind_m_s / _WIND_MEAN * np.sqrt(-np.log1p(-wind)),
    )


def _days_of(month: int) -> I8:
    """Return the day numbers of a month counted from January 1970."""
    first = np.datetime64(month, "M").astype("datetime64[D]").astype(np.int64)
    end = np.datetime64(month + 1, "M").astype("datetime64[D]").astype(np.int64)
    return np.arange(first, end, dtype=np.int64)


def _draws(place: Place, seed: int, day: I8) -> tuple[F8, F8, F8]:
    """Return each day's warmth (standard normal), clearness rank and wind rank (both 0-1)."""
    from scipy.special import ndtr, ndtri  # noqa: PLC0415  (the CLI starts without scipy)

    asked = chance.question("weather", "day", place.name)
    remembered = np.arange(day[0] - _MEMORY, day[-1] + 1, dtype=np.int64)
    drawn = chance.uniforms(seed, asked, remembered, 0, 3)
    warm = _remember(ndtri(drawn[:, 0]), _WARM_LASTS)
    cloud: F8 = ndtr(_remember(ndtri(drawn[:, 1]), _CLEAR_LASTS))
    return warm, cloud, drawn[_MEMORY:, 2]


def _remember(noise: F8, keep: float) -> F8:
    """Return a first-order autoregression of unit variance whose memory ends after 25 days."""
    weight = keep ** np.arange(_MEMORY, -1, -1)
    weight /= np.sqrt((weight * weight).sum())
    windows = np.lib.stride_tricks.sliding_window_view(noise, _MEMORY + 1)
    return np.asarray((windows * weight).sum(axis=1))


def _season(monthly: F8, month: int, days: int) -> F8:
    """Return a month's course: straight lines between the middles of the months, shape (d,)."""
    along = (np.arange(days) + 0.5) / days
    before, here, after = (monthly[(month + by) % 12] for by in (-1, 0, 1))
    early = before + (here - before) * (along + 0.5)
    late = here + (after - here) * (along - 0.5)
    return np.asarray(np.where(along < 0.5, early, late))


def _bump(count: int) -> F8:
    """Return a parabola of mean one that is zero at both ends of a month."""
    along = (np.arange(count) + 0.5) / count
    height = along * (1.0 - along)
    return np.asarray(height / height.mean())


def _noon_h(place: Place) -> float:
    """Return the local standard hour of mean solar noon; the equation of time is left out."""
    return 12.0 + _offset_s(place) / HOUR_S - place.longitude / 15.0


def _sunrise_h(place: Place, day: I8) -> F8:
    """Return the local standard hour of sunrise, shape (d,).

    Declination by Cooper 1969, doi:10.1016/0038-092X(69)90047-4.
    """
    dates = day.astype("datetime64[D]")
    day_of_year = (dates - dates.astype("datetime64[Y]")).astype(np.int64) + 1
    declination = np.radians(23.45) * np.sin(2.0 * np.pi * (284 + day_of_year) / 365.0)
    cosine = -np.tan(np.radians(place.latitude)) * np.tan(declination)
    half_day_h = np.arccos(np.clip(cosine, -1.0, 1.0)) * 12.0 / np.pi
    return np.asarray(_noon_h(place) - half_day_h)


def _hourly_temperature(before: _Days, here: _Days, after: _Days, noon_h: float) -> F8:
    """Return temperatures at the starts of the hours of a month, shape (24 d,)."""
    mean = np.concatenate([before.mean_c[-1:], here.mean_c, after.mean_c[:1]])
    swing = np.concatenate([before.range_k[-1:], here.range_k, after.range_k[:1]])
    rise = np.concatenate([before.sunrise_h[-1:], here.sunrise_h, after.sunrise_h[:1]])
    low, high = mean - swing / 2.0, mean + swing / 2.0
    hot_h = noon_h + _HOTTEST_AFTER_H
    hour = np.arange(24.0)
    dawn = rise[1:-1, None]
    night = _half_cosine(hour, hot_h - 24.0, dawn, high[:-2, None], low[1:-1, None])
    morning = _half_cosine(hour, dawn, hot_h, low[1:-1, None], high[1:-1, None])
    evening = _half_cosine(hour, hot_h, rise[2:, None] + 24.0, high[1:-1, None], low[2:, None])
    day = np.where(hour < dawn, night, np.where(hour < hot_h, morning, evening))
    return np.asarray(day.reshape(-1))


def _half_cosine(hour: F8, start: F8 | float, end: F8 | float, first: F8, last: F8) -> F8:
    """Return the course from one extreme to the next."""
    turn = np.cos(np.pi * (hour - start) / (end - start))
    return np.asarray((first + last) / 2.0 + (first - last) / 2.0 * turn)


def _clear_hours(place: Place, day: I8) -> F8:
    """Return the mean clear-sky irradiance of the hours of days, shape (d, 24). [W/m2]"""
    start = int(day[0]) * DAY_S - _offset_s(place)
    per_hour = HOUR_S // sun_path.SAMPLE_S
    path = sun_path.samples(start, sun_path.SAMPLE_S, 24 * per_hour * len(day), place)
    return np.asarray(path.clear_ghi_w_m2.reshape(len(day), 24, per_hour).mean(axis=2))


def _goal_wh_m2(normal: Normals, month: int, day: I8) -> float:
    """Return the irradiation that a month should have; a 29 February adds a mean day. [Wh/m2]"""
    usual = 28 if month % 12 == 1 else len(day)
    return float(normal.ghi_kwh_m2[month % 12]) * 1000.0 * len(day) / usual


def _clearness(level: F8, clear_wh_m2: F8, goal_wh_m2: float) -> F8:
    """Return each day's share of the clear sky's energy so that the month meets its goal.

    ``level`` (d,) in (0, 1) ranks the days; the share is a power of it between the darkest and
    the clearest day, and the power is found by halving.
    """
    few, many = 0.0, 50.0
    for _ in range(60):
        power = (few + many) / 2.0
        share = _DARKEST + (_CLEAREST - _DARKEST) * level**power
        if (share * clear_wh_m2).sum() > goal_wh_m2:
            few = power
        else:
            many = power
    return np.asarray(share)


def _hourly_irradiance(place: Place, seed: int, days: _Days) -> F8:
    """Return the mean irradiance of the hours of a month, clouds passing, shape (24 d,). [W/m2]"""
    clear = _clear_hours(place, days.day)
    asked = chance.question("weather", "hour", place.name)
    drawn = chance.uniforms(seed, asked, days.day, 0, 24) - 0.5
    share = days.clear[:, None]
    moved = share + _PASSING * drawn * np.clip(share * (1.0 - share) * 4.0, 0.0, 1.0)
    moved = np.clip(moved, _DARKEST / 2.0, _CLEAREST)
    energy = (moved * clear).sum(axis=1)
    wanted = days.clear * clear.sum(axis=1)
    scale = np.divide(wanted, energy, out=np.zeros_like(energy), where=energy > 0.0)
    share = np.minimum(moved * scale[:, None], _BRIGHTEST)
    return np.asarray((share * clear).reshape(-1))
