"""A roof promises pvlib's irradiance, cell temperature and PVWatts power, then clips."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pvlib import irradiance, pvsystem, temperature

from gridsim.devices import pv


def sun(elevation_deg, azimuth_deg):
    """Return the unit vector to the sun: east, north, up."""
    el, az = np.radians(elevation_deg), np.radians(azimuth_deg)
    return np.cos(el) * np.sin(az), np.cos(el) * np.cos(az), np.sin(el)


def facing(tilt, azimuth):
    """Return the normal of one roof as floats."""
    return tuple(float(v) for v in pv.normal(np.array(tilt), np.array(azimuth)))


def test_a_flat_roof_faces_up_and_a_south_wall_south():
    assert facing(0.0, 123.0) == pytest.approx((0, 0, 1))
    assert facing(90.0, 180.0) == pytest.approx((0, -1, 0), abs=1e-12)
    assert facing(90.0, 90.0) == pytest.approx((1, 0, 0), abs=1e-12)


@given(
    st.floats(1, 89), st.floats(0, 360), st.floats(0, 90), st.floats(0, 360),
    st.floats(0, 1000), st.floats(0, 400),
)  # fmt: skip
def test_the_plane_gets_what_pvlib_gives_it(elevation, sun_azimuth, tilt, azimuth, dni, dhi):
    ghi = dni * np.sin(np.radians(elevation)) + dhi
    oracle = irradiance.get_total_irradiance(
        tilt, azimuth, 90 - elevation, sun_azimuth, dni, ghi, dhi, albedo=0.2, model="isotropic"
    )["poa_global"]
    mine = pv.plane_w_m2(*sun(elevation, sun_azimuth), dni, dhi, 0.2 * ghi, *facing(tilt, azimuth))
    assert mine == pytest.approx(float(oracle), abs=1e-6)


@given(st.floats(0, 1200), st.floats(-20, 45), st.floats(0, 20))
def test_the_cell_is_as_warm_as_faimans(plane, air, wind):
    oracle = temperature.faiman(plane, air, wind, u0=pv.FAIMAN_U0, u1=pv.FAIMAN_U1)
    assert pv.cell_c(plane, air, wind) == pytest.approx(float(oracle), abs=1e-9)


@given(st.floats(0, 1200), st.floats(-20, 45), st.floats(0, 20), st.floats(0.5, 12))
def test_power_is_that_of_pvwatts(plane, air, wind, kwp):
    cell = temperature.faiman(plane, air, wind, u0=pv.FAIMAN_U0, u1=pv.FAIMAN_U1)
    dc = pvsystem.pvwatts_dc(plane, cell, kwp, pv.GAMMA_PER_K)
    oracle = float(dc) * (1 - pv.LOSSES)
    mine = pv.step(0.0, 0.0, 1.0, plane, 0.0, 0.0, air, wind, 0.0, 0.0, 1.0, kwp, 1.0, 1e9)
    assert mine == pytest.approx(oracle, abs=1e-9)


def noon(kwp=3.0, shading=1.0, inverter=10.0, beam=800.0):
    """Production of a flat roof under a high sun in cool air. [kW]."""
    return pv.step(
        0.0, 0.0, 1.0, beam, 100.0, 0.0, 10.0, 2.0, 0.0, 0.0, 1.0, kwp, shading, inverter
    )


def test_the_inverter_clips():
    assert noon(inverter=1.5) == 1.5
    assert noon() > 1.5


def test_a_wall_in_its_own_shadow_has_no_beam():
    behind = pv.plane_w_m2(0.0, 1.0, 0.0, 900.0, 0.0, 0.0, *facing(90.0, 180.0))
    assert behind == 0.0


def test_night_no_roof_and_full_shade_give_nothing():
    assert noon(beam=0.0, shading=0.0) == 0.0
    assert noon(kwp=0.0) == 0.0
    assert pv.step(0.0, 0.0, -1.0, 0.0, 0.0, 0.0, 5.0, 1.0, 0.0, 0.0, 1.0, 3.0, 1.0, 3.0) == 0.0


def test_twice_the_roof_gives_twice_the_power():
    assert noon(kwp=6.0) == pytest.approx(2 * noon(kwp=3.0))


def test_warm_cells_give_less():
    cool = pv.step(0.0, 0.0, 1.0, 800.0, 0.0, 0.0, 0.0, 2.0, 0.0, 0.0, 1.0, 3.0, 1.0, 9.0)
    warm = pv.step(0.0, 0.0, 1.0, 800.0, 0.0, 0.0, 30.0, 2.0, 0.0, 0.0, 1.0, 3.0, 1.0, 9.0)
    assert warm < cool


@given(st.floats(0, 9), st.floats(-9, 9), st.floats(-9, 9))
def test_curtailing_keeps_to_the_limit_as_far_as_the_roof_reaches(made, export, limit):
    lost = pv.curtailed_kw(made, export, limit)
    assert 0.0 <= lost <= made
    assert export - lost <= max(limit, export - made) + 1e-12
    assert lost == 0.0 or export - lost >= limit - 1e-12


def test_no_limit_costs_nothing_and_an_infinite_one_everything():
    assert pv.curtailed_kw(5.0, 4.0, np.inf) == 0.0
    assert pv.curtailed_kw(5.0, 4.0, -np.inf) == 5.0
    assert pv.curtailed_kw(5.0, 4.0, 2.5) == 1.5
