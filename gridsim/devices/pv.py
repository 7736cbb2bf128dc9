"""Photovoltaic roofs: irradiance on the plane, warm cells, losses, and an inverter that clips."""

from typing import NamedTuple

import numpy as np

from gridsim.core.arrays import F8
from gridsim.core.kernel import kernel

FAIMAN_U0, FAIMAN_U1 = 25.0, 6.84
"""Heat loss of a module, constant and by wind. [W/(m2 K)], [W s/(m3 K)] Faiman, Progress in
Photovoltaics 16 (2008) 307-315, doi:10.1002/pip.813."""

GAMMA_PER_K = -0.0037
"""Change of power with cell temperature. [1/K] Usual for crystalline silicon (PVWatts v5: -0.0035
premium, -0.0047 standard); assumed for all."""

REFERENCE_C = 25.0
REFERENCE_W_M2 = 1000.0
"""Standard test conditions (IEC 60904-3). [C], [W/m2]"""

LOSSES = 0.14
"""Cables, dirt, mismatch and inverter: what PVGIS takes off by default (PVWatts v5 takes 0.1408
before an inverter of 0.96)."""


class Normal(NamedTuple):
    """Unit vector that a roof faces: east, north, up, each of shape (n,)."""

    east: F8
    north: F8
    up: F8


def normal(tilt_deg: F8, azimuth_deg: F8) -> Normal:
    """Return the direction each roof faces.

    Parameters
    ----------
    tilt_deg : F8
        From horizontal, 0 flat, 90 a wall, shape (n,). [deg]
    azimuth_deg : F8
        From north through east: 90 east, 180 south, 270 west, shape (n,). [deg]
    """
    tilt, azimuth = np.radians(tilt_deg), np.radians(azimuth_deg)
    flat = np.sin(tilt)
    return Normal(flat * np.sin(azimuth), flat * np.cos(azimuth), np.cos(tilt))


@kernel
def plane_w_m2(east, north, up, beam, sky, ground, facing_e, facing_n, facing_u):  # type: ignore[no-untyped-def]
    """Return the irradiance on a plane from sun, sky and ground. [W/m2].

    Parameters
    ----------
    east, north, up : float
        Unit vector to the sun.
    beam, sky, ground : float
        From the direction of the sun (with the circumsolar part), from the even sky, from the
        ground, as of ``Sky``. [W/m2]
    facing_e, facing_n, facing_u : float
        The plane's :class:`Normal`.
    """
    toward = max(east * facing_e + north * facing_n + up * facing_u, 0.0)
    return beam * toward + sky * (1.0 + facing_u) / 2.0 + ground * (1.0 - facing_u) / 2.0


@kernel
def cell_c(plane, air_c, wind_m_s):  # type: ignore[no-untyped-def]
    """Return the temperature of a module by Faiman's model. [C]."""
    return air_c + plane * (1.0 / (FAIMAN_U0 + FAIMAN_U1 * wind_m_s))


@kernel
def curtailed_kw(pv_kw, export_kw, limit_kw):  # type: ignore[no-untyped-def]
    """Return what an inverter holds back so that no more than a limit is fed in. [kW]

    Parameters
    ----------
    pv_kw : float
        Production that light and roof allow. [kW]
    export_kw : float
        What would leave the home; negative: what it would draw. [kW]
    limit_kw : float
        Most that may leave it; below 0 it must draw as much, as far as the roof can see to it. [kW]
    """
    return min(max(export_kw - limit_kw, 0.0), pv_kw)


@kernel
def step(  # type: ignore[no-untyped-def]
    east, north, up, beam, sky, ground, air_c, wind_m_s, facing_e, facing_n, facing_u, kwp,
    shading, inverter_kw,
):  # fmt: skip
    """Return the mean AC production of a roof over one step, positive. [kW].

    Parameters
    ----------
    east, north, up, beam, sky, ground, facing_e, facing_n, facing_u : float
        As in :func:`plane_w_m2`.
    air_c, wind_m_s : float
        Air temperature [C], wind [m/s].
    kwp : float
        Power at standard test conditions. [kW]
    shading : float
        Share of irradiance kept, 0-1.
    inverter_kw : float
        AC limit. [kW]

    References
    ----------
    Dobos, "PVWatts Version 5 Manual", NREL/TP-6A20-62641 (2014), equations 8 and 9.
    """
    plane = shading * plane_w_m2(east, north, up, beam, sky, ground, facing_e, facing_n, facing_u)
    warmth = 1.0 + GAMMA_PER_K * (cell_c(plane, air_c, wind_m_s) - REFERENCE_C)
    dc_kw = plane * (1.0 / REFERENCE_W_M2) * kwp * max(warmth, 0.0)
    return min(dc_kw * (1.0 - LOSSES), inverter_kw)
