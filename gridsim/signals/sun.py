"""The sky above a place: the few numbers per step from which any roof's irradiance follows.

Hay and Davies (1980) split the sky into a beam from the sun's direction and an even dome, so the
irradiance of a plane whose unit normal n makes the angle ``tilt`` with the vertical is exactly

    beam * max(0, n . sun) + sky * (1 + cos tilt) / 2 + ground * (1 - cos tilt) / 2

and a scalar kernel evaluates each roof. Hay, Davies: "Calculations of the solar radiation incident
on an inclined surface", First Canadian Solar Radiation Data Workshop, 1980, p. 59; as in pvlib.
"""

from dataclasses import dataclass

import numpy as np

from gridsim.core.arrays import F8
from gridsim.core.clock import Clock
from gridsim.signals import sun_path
from gridsim.signals.place import Place
from gridsim.signals.weather import Weather

ALBEDO = 0.2
"""Share of sunlight that the ground sends back: grass, pvlib.albedo.SURFACE_ALBEDOS."""

_LOWEST_UP = 0.01745
"""Least sine of elevation that divides: one degree, as in pvlib.irradiance.haydavies."""


@dataclass(frozen=True, slots=True)
class Sky:
    """What the sky sends in each step, shape (t,) each.

    Parameters
    ----------
    east, north, up : F8
        Unit vector to the sun; below the horizon where ``up`` is negative.
    beam_w_m2 : F8
        From the sun's direction, beam and brightness around the sun. [W/m2]
    sky_w_m2 : F8
        On a horizontal plane from the even dome. [W/m2]
    ground_w_m2 : F8
        Sent up by the ground. [W/m2]
    facade_w_m2 : F8
        Mean on vertical walls to the east, to the west and towards the equator. [W/m2]
    daylight_w_m2 : F8
        Global horizontal irradiance. [W/m2]
    air_c, wind_m_s : F8
        Air temperature [C] and wind speed [m/s].
    """

    east: F8
    north: F8
    up: F8
    beam_w_m2: F8
    sky_w_m2: F8
    ground_w_m2: F8
    facade_w_m2: F8
    daylight_w_m2: F8
    air_c: F8
    wind_m_s: F8


def sky(weather: Weather, clock: Clock, place: Place) -> Sky:
    """Return the sky for weather that lies on the steps of a clock.

    Parameters
    ----------
    weather : Weather
        On the same steps as ``clock``.
    clock : Clock
        The steps of the period.
    place : Place
        Where the sun is seen from.

    Raises
    ------
    ValueError
        If weather and clock have different lengths.
    """
    if len(weather.ghi_w_m2) != clock.steps:
        raise ValueError(f"weather has {len(weather.ghi_w_m2)} steps, the clock {clock.steps}")
    sun = sun_path.directions(clock.start_s, clock.step_s, clock.steps, place)
    high = np.maximum(sun.up, _LOWEST_UP)
    # circumsolar share of the diffuse light, Hay and Davies; the beam never passes what arrives
    # above the atmosphere, and what is not beam stays in the dome
    wanted = weather.dhi_w_m2 * (weather.dni_w_m2 / sun.extra_w_m2) / high
    around = np.where(sun.up > 0.0, np.minimum(wanted, sun.extra_w_m2 - weather.dni_w_m2), 0.0)
    around = np.maximum(around, 0.0)
    beam = np.where(sun.up > 0.0, weather.dni_w_m2, 0.0) + around
    dome = np.maximum(weather.dhi_w_m2 - around * high, 0.0)
    ground = ALBEDO * weather.ghi_w_m2
    sunward = -sun.north if place.latitude >= 0.0 else sun.north
    walls = np.abs(sun.east) + np.maximum(sunward, 0.0)  # east and west see the sun in turn
    facade = beam * walls / 3.0 + (dome + ground) / 2.0
    return Sky(
        sun.east, sun.north, sun.up, beam, dome, ground, facade,
        weather.ghi_w_m2, weather.temp_c, weather.wind_m_s,
    )  # fmt: skip
