"""Where the sun stands and what a clear sky would give, on any uniform time axis.

Positions come from pvlib's ``ephemeris`` (within 0.01 degree of NREL's SPA, eight times faster).
It iterates until its whole input has converged, so the same instant gives other last bits in other
company; it is therefore always asked for the same stretches of 30 days of UTC, which are kept, and
a part of a period gives the same bits as the whole. Elevations are apparent (refracted).
"""

import warnings
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from gridsim.core.arrays import F8
from gridsim.core.clock import DAY_S
from gridsim.signals.place import Place

SAMPLE_S = 900
"""Longest time that one position of the sun stands for. [s]"""

_STRETCH_S = 30 * DAY_S
_KEPT = 32  # stretches in memory; at one-minute samples one takes 2 MB


@dataclass(frozen=True, slots=True)
class SunPath:
    """The sun at the middle of each sample.

    Parameters
    ----------
    east, north, up : F8
        Unit vector to the sun, apparent, shape (t,).
    extra_w_m2 : F8
        Irradiance normal to the beam above the atmosphere, shape (t,). [W/m2]
    clear_ghi_w_m2, clear_dni_w_m2 : F8
        Horizontal global and normal beam irradiance under a clear sky (Ineichen and Perez 2002,
        doi:10.1016/S0038-092X(02)00045-2, monthly Linke turbidity), zero at night. [W/m2]
    """

    east: F8
    north: F8
    up: F8
    extra_w_m2: F8
    clear_ghi_w_m2: F8
    clear_dni_w_m2: F8


@dataclass(frozen=True, slots=True)
class Direction:
    """One direction to the sun for each step, and whether it is up at all in the step.

    Parameters
    ----------
    east, north, up : F8
        Unit vector, shape (t,).
    extra_w_m2 : F8
        Irradiance normal to the beam above the atmosphere, shape (t,). [W/m2]
    """

    east: F8
    north: F8
    up: F8
    extra_w_m2: F8


def samples(start_s: int, sample_s: int, count: int, place: Place) -> SunPath:
    """Return the sun at the middles of ``count`` samples of ``sample_s`` seconds from a UTC second.

    Raises
    ------
    ValueError
        If the samples do not divide a day.
    """
    if DAY_S % sample_s:
        raise ValueError(f"sample_s must divide a day of {DAY_S} s, got {sample_s}")
    at = (place.latitude, place.longitude, place.elevation_m)
    phase = start_s % sample_s
    first = (start_s - phase) // _STRETCH_S
    last = (start_s - phase + sample_s * (count - 1)) // _STRETCH_S
    parts = [_stretch(k, phase, sample_s, at) for k in range(first, last + 1)]
    skip = (start_s - phase - first * _STRETCH_S) // sample_s
    return SunPath(
        *(np.concatenate([part[i] for part in parts])[skip : skip + count] for i in range(6))
    )


def directions(start_s: int, step_s: int, steps: int, place: Place) -> Direction:
    """Return the direction of the sun that stands for each step.

    A step of up to 15 minutes is seen at its middle. A longer one is seen every 15 minutes at
    most, and its direction is the mean of the vectors weighted with the sine of the elevation
    (beam energy on the ground), scaled to length one: for every plane that sees the sun all
    through the step this keeps the energy, and sunrise counts only from when the sun is up.
    """
    parts = -(-step_s // SAMPLE_S)
    if step_s % parts:
        raise ValueError(f"step_s must divide into parts of at most {SAMPLE_S} s, got {step_s}")
    path = samples(start_s, step_s // parts, steps * parts, place)
    if parts == 1:
        return Direction(path.east, path.north, path.up, path.extra_w_m2)
    fine = np.stack([path.east, path.north, path.up]).reshape(3, steps, parts)
    weight = np.maximum(fine[2], 0.0)
    dark = ~np.any(weight > 0.0, axis=1)
    weight[dark] = 1.0
    whole = (fine * weight).sum(axis=2)
    whole /= np.sqrt((whole * whole).sum(axis=0))
    extra = path.extra_w_m2.reshape(steps, parts).mean(axis=1)
    return Direction(whole[0], whole[1], whole[2], extra)


@lru_cache(maxsize=_KEPT)
def _stretch(
    number: int, phase: int, sample_s: int, at: tuple[float, float, float]
) -> tuple[F8, ...]:
    """Ask pvlib for one stretch of 30 days since 1970, in the order of ``SunPath``'s fields."""
    import pandas as pd  # noqa: PLC0415  (a second of import time that the CLI must not pay)
    from pvlib import atmosphere, clearsky, irradiance, solarposition  # noqa: PLC0415

    latitude, longitude, elevation_m = at
    start = number * _STRETCH_S + phase + sample_s * np.arange(_STRETCH_S // sample_s)
    when: Any = pd.DatetimeIndex((2 * start + sample_s) * 500_000_000, tz="UTC")
    pressure = float(atmosphere.alt2pres(elevation_m))
    with warnings.catch_warnings():
        # pvlib still says DatetimeIndex.dayofyear, which the newest pandas will drop
        warnings.simplefilter("ignore", DeprecationWarning)
        sun = solarposition.ephemeris(when, latitude, longitude, pressure=pressure)
        turbidity = clearsky.lookup_linke_turbidity(when, latitude, longitude).to_numpy()
        extra = irradiance.get_extra_radiation(when, method="spencer").to_numpy()
    elevation = np.radians(sun["apparent_elevation"].to_numpy())
    azimuth = np.radians(sun["azimuth"].to_numpy())
    up = np.sin(elevation)
    level = np.cos(elevation)
    lit = up > 0.0
    # beyond 89.9 degrees the clear-sky formula divides by nothing; those samples are worth watts
    zenith = np.minimum(sun["apparent_zenith"].to_numpy(), 89.9)
    mass = atmosphere.get_absolute_airmass(atmosphere.get_relative_airmass(zenith), pressure)
    clear = clearsky.ineichen(zenith, mass, turbidity, elevation_m, extra)
    return (
        level * np.sin(azimuth),
        level * np.cos(azimuth),
        up,
        np.asarray(extra, dtype=np.float64),
        np.where(lit, np.maximum(np.nan_to_num(clear["ghi"]), 0.0), 0.0),
        np.where(lit, np.maximum(np.nan_to_num(clear["dni"]), 0.0), 0.0),
    )
