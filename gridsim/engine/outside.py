"""What is outside all homes, as columns by step: sun, weather, mains water, carbon, hours apart."""

import numpy as np

from gridsim.core.arrays import B1, F8
from gridsim.core.clock import DAY_S, Clock
from gridsim.devices import pv
from gridsim.engine import layout as at
from gridsim.engine.blocks import Outside
from gridsim.signals.sun import Sky

MAINS_MEAN_C, MAINS_SWING_C, MAINS_COLDEST_DAY = 13.0, 6.0, 45
"""Cold water: mean of the year, half the swing, day of the year it is coldest (mid February).
Assumed, after the shape of Burch and Christensen, "Towards development of an algorithm for mains
water temperature", ASES 2007: follows the air, damped and a month late. [C]"""
_FORECAST_TILT, _FORECAST_AZIMUTH = 30.0, 180.0
_YEAR = 365.2425


def columns(sky: Sky, horizon: Clock, carbon: F8, marginal: F8, masks: list[B1]) -> Outside:
    """Return what is outside all homes.

    Parameters
    ----------
    sky : Sky
        Sun and air on the horizon's steps.
    horizon : Clock
        The period and the days after it, t steps.
    carbon, marginal : F8
        Average and marginal carbon intensity, shape (t,). [g/kWh]
    masks : list of B1
        Sets of hours whose imports are counted apart, shape (t,) each.
    """
    rows = np.zeros((horizon.steps, at.SKY))
    for column, values in (
        (at.X_EAST, sky.east), (at.X_NORTH, sky.north), (at.X_UP, sky.up),
        (at.X_BEAM, sky.beam_w_m2), (at.X_SKY, sky.sky_w_m2), (at.X_GROUND, sky.ground_w_m2),
        (at.X_FACADE, sky.facade_w_m2), (at.X_DAYLIGHT, sky.daylight_w_m2),
        (at.X_AIR, sky.air_c), (at.X_WIND, sky.wind_m_s), (at.X_CO2, carbon),
        (at.X_CO2_MARGINAL, marginal), (at.X_INLET, mains_c(horizon)),
        (at.X_UNIT_PV, forecast_pv(sky, horizon)),
    ):  # fmt: skip
        rows[:, column] = values
    if not np.all(np.isfinite(rows)):
        raise ValueError("weather or carbon intensity holds a number that is not finite")
    apart = np.stack([np.asarray(mask, np.float64) for mask in masks], axis=1) if masks else None
    hours = 24 * (horizon.month % 12 // 3) + horizon.wall_s // 3600
    return Outside(rows, apart if apart is not None else np.zeros((horizon.steps, 0)), hours)


def mains_c(horizon: Clock) -> F8:
    """Return the temperature of the cold water, shape (t,). [C]"""
    turn = 2.0 * np.pi * (horizon.local_day - MAINS_COLDEST_DAY) / _YEAR
    return np.asarray(MAINS_MEAN_C - MAINS_SWING_C * np.cos(turn))


def forecast_pv(sky: Sky, horizon: Clock) -> F8:
    """Return what people expect of a kilowatt peak: yesterday's production at this hour, (t,). [kW]

    A persistence forecast, never foresight; nothing is expected of the first day.
    """
    facing = pv.normal(np.array([_FORECAST_TILT]), np.array([_FORECAST_AZIMUTH]))
    toward = sky.east * facing.east + sky.north * facing.north + sky.up * facing.up
    plane = (
        sky.beam_w_m2 * np.maximum(toward, 0.0)
        + sky.sky_w_m2 * (1.0 + facing.up) / 2.0
        + sky.ground_w_m2 * (1.0 - facing.up) / 2.0
    )
    day = DAY_S // horizon.step_s
    unit = (1.0 - pv.LOSSES) * plane / pv.REFERENCE_W_M2
    return np.concatenate([np.zeros(min(day, len(unit))), unit[:-day]])


def mean_outdoor_c(outside: Outside, step: int, step_s: int) -> float:
    """Return the mean of the last 24 hours; at the start, of the first 24. [C]"""
    day = DAY_S // step_s
    first = max(step - day, 0)
    return float(outside.sky[first : max(step, day), at.X_AIR].mean())
