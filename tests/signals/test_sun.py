"""The sky's few numbers give any plane what pvlib's Hay-Davies gives it, at every step length."""

import datetime as dt

import numpy as np
import pandas as pd
import pvlib
import pytest

from gridsim.core.clock import make_clock
from gridsim.signals import place, sun, sun_path, typical_year
from gridsim.signals.place import Place
from gridsim.signals.weather import Weather

LYON = place.find("Lyon")


def june(minutes, days=10):
    """Return clock, weather and sky of some days in June."""
    end = dt.date(2022, 6, 10) + dt.timedelta(days=days)
    clock = make_clock(dt.date(2022, 6, 10), end, minutes, "Europe/Paris")
    weather = typical_year.make("Lyon", clock, 5)
    return clock, weather, sun.sky(weather, clock, LYON)


def on_plane(sky, tilt, azimuth):
    """Return the irradiance of a plane, as the kernel of devices/pv does."""
    b, a = np.radians(tilt), np.radians(azimuth)
    facing = np.sin(b) * (np.sin(a) * sky.east + np.cos(a) * sky.north) + np.cos(b) * sky.up
    return (
        sky.beam_w_m2 * np.maximum(facing, 0.0)
        + sky.sky_w_m2 * (1 + np.cos(b)) / 2
        + sky.ground_w_m2 * (1 - np.cos(b)) / 2
    )


@pytest.mark.parametrize(
    ("tilt", "azimuth"), [(0, 180), (30, 180), (35, 90), (20, 285), (90, 180), (60, 0)]
)
def test_a_plane_gets_what_pvlib_gives_it(tilt, azimuth):
    clock, weather, sky = june(15)
    up = sky.up > 0.0
    zenith = np.degrees(np.arccos(sky.up))
    turn = np.degrees(np.arctan2(sky.east, sky.north)) % 360
    extra = sun_path.directions(clock.start_s, clock.step_s, clock.steps, LYON).extra_w_m2
    theirs = pvlib.irradiance.get_total_irradiance(
        tilt, azimuth, zenith, turn,
        weather.dni_w_m2, weather.ghi_w_m2, weather.dhi_w_m2,
        dni_extra=extra, albedo=sun.ALBEDO, model="haydavies",
    )["poa_global"]  # fmt: skip
    ours = on_plane(sky, tilt, azimuth)
    assert ours[up] == pytest.approx(np.asarray(theirs)[up], abs=1e-6)


def test_the_sun_stands_where_spa_puts_it():
    clock, _, sky = june(15, days=3)
    times = pd.to_datetime(clock.time_s + clock.step_s // 2, unit="s", utc=True)
    spa = pvlib.solarposition.get_solarposition(times, LYON.latitude, LYON.longitude, 198)
    elevation = np.radians(spa["apparent_elevation"].to_numpy())
    up = sky.up > 0.0
    assert np.degrees(np.arcsin(sky.up))[up] == pytest.approx(np.degrees(elevation)[up], abs=0.03)


def test_directions_have_length_one():
    for minutes in (5, 15, 60):
        _, _, sky = june(minutes, days=2)
        assert sky.east**2 + sky.north**2 + sky.up**2 == pytest.approx(1.0)


def test_a_horizontal_plane_gets_the_global_irradiance():
    for minutes in (15, 60):
        _, weather, sky = june(minutes)
        high = sky.up > 0.02
        assert on_plane(sky, 0, 180)[high] == pytest.approx(weather.ghi_w_m2[high], abs=1e-6)


@pytest.mark.parametrize(("tilt", "azimuth"), [(30, 180), (35, 90), (35, 270)])
def test_hours_and_quarters_agree_on_a_roof_within_a_percent(tilt, azimuth):
    hours = on_plane(june(60)[2], tilt, azimuth).sum()
    quarters = on_plane(june(15)[2], tilt, azimuth).sum() / 4
    assert hours == pytest.approx(quarters, rel=0.01)


def test_nothing_comes_at_night():
    _, _, sky = june(15)
    night = sky.up < -0.01
    assert night.any()
    for values in (sky.beam_w_m2, sky.sky_w_m2, sky.ground_w_m2, sky.facade_w_m2):
        assert np.all(values[night] == 0.0)
        assert np.all(np.isfinite(values))


def test_a_low_sun_never_sends_more_than_arrives_above_the_air():
    clock = make_clock(dt.date(2022, 6, 10), dt.date(2022, 6, 11), 1, "Europe/Paris")
    t = clock.steps
    sun_up = sun_path.directions(clock.start_s, clock.step_s, t, LYON)
    # the worst that a caller can bring: full beam and much diffuse light at any height
    glaring = Weather(
        np.full(t, 20.0), np.full(t, 900.0), np.full(t, 1000.0), np.full(t, 400.0),
        np.full(t, 2.0), "glare", True,
    )  # fmt: skip
    sky = sun.sky(glaring, clock, LYON)
    assert np.all(sky.beam_w_m2 <= sun_up.extra_w_m2 + 1e-9)
    assert np.all(sky.sky_w_m2 >= 0.0)


def test_walls_are_the_mean_of_east_south_and_west():
    _, _, sky = june(15)
    walls = sum(on_plane(sky, 90, azimuth) for azimuth in (90, 180, 270)) / 3
    assert sky.facade_w_m2 == pytest.approx(walls, abs=1e-9)


def test_south_of_the_equator_the_sunny_wall_looks_north():
    sydney = Place("Sydney", -33.9, 151.2, 20, "Australia/Sydney", "AU", "AUD")
    clock = make_clock(dt.date(2022, 6, 10), dt.date(2022, 6, 11), 15, "Australia/Sydney")
    noon = np.zeros(clock.steps)
    noon[48] = 1.0
    weather = Weather(noon, 500 * noon, 600 * noon, 100 * noon, noon, "x", True)
    sky = sun.sky(weather, clock, sydney)
    walls = sum(on_plane(sky, 90, azimuth) for azimuth in (90, 0, 270)) / 3
    assert sky.facade_w_m2[48] == pytest.approx(walls[48])


def test_weather_of_another_length_is_refused():
    clock, weather, _ = june(15, days=1)
    other = make_clock(dt.date(2022, 6, 10), dt.date(2022, 6, 12), 15, "Europe/Paris")
    with pytest.raises(ValueError, match=f"weather has {clock.steps} steps"):
        sun.sky(weather, other, LYON)


def test_a_step_of_an_hour_at_sunrise_counts_only_while_the_sun_is_up():
    clock = make_clock(dt.date(2022, 5, 10), dt.date(2022, 5, 11), 60, "Europe/Paris")
    hourly = sun_path.directions(clock.start_s, 3600, 24, LYON)
    quarters = sun_path.samples(clock.start_s, 900, 96, LYON).up.reshape(24, 4)
    dawn = np.flatnonzero((quarters.min(axis=1) < 0) & (quarters.max(axis=1) > 0))
    assert len(dawn) > 0
    assert np.all(hourly.up[dawn] > 0)


def test_lengths_that_do_not_divide_are_refused():
    with pytest.raises(ValueError, match="sample_s must divide a day of 86400 s, got 7"):
        sun_path.samples(0, 7, 10, LYON)
    with pytest.raises(ValueError, match="step_s must divide into parts"):
        sun_path.directions(0, 901, 10, LYON)


def test_the_same_instants_give_the_same_bits_in_any_company():
    whole = sun_path.samples(1_667_257_200, 900, 8000, LYON)
    part = sun_path.samples(1_667_257_200 + 900 * 2001, 900, 555, LYON)
    for name in ("east", "north", "up", "extra_w_m2", "clear_ghi_w_m2", "clear_dni_w_m2"):
        assert np.array_equal(getattr(whole, name)[2001:2556], getattr(part, name)), name
