"""The made-up year hits the normals, says so, and never depends on the period asked for."""

import datetime as dt
import functools
import gzip
import os
import time
import tomllib
from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest

from gridsim.core.clock import make_clock
from gridsim.signals import place, sun, typical_year

NAMES = place.names()
COLUMNS = ("temp_c", "ghi_w_m2", "dni_w_m2", "dhi_w_m2", "wind_m_s")


def clock_of(name, start, end, minutes=15):
    return make_clock(dt.date(*start), dt.date(*end), minutes, place.find(name).timezone)


@functools.cache
def year(name, seed=1, minutes=60):
    clock = clock_of(name, (2023, 1, 1), (2024, 1, 1), minutes)
    return clock, typical_year.make(name, clock, seed)


def daily_range(temp, day):
    """Return the mean over days of the highest minus the lowest temperature."""
    _, first = np.unique(day, return_index=True)
    return float(np.mean(np.maximum.reduceat(temp, first) - np.minimum.reduceat(temp, first)))


@pytest.mark.unwatched
@pytest.mark.parametrize("name", NAMES)
def test_months_hit_the_normals(name):
    clock, weather = year(name)
    normal = typical_year.normals(name)
    for month in range(12):
        here = clock.month == month + 1
        assert weather.temp_c[here].mean() == pytest.approx(normal.mean_c[month], abs=0.3)
        sun_kwh = weather.ghi_w_m2[here].sum() * clock.dt_h / 1000
        assert sun_kwh == pytest.approx(normal.ghi_kwh_m2[month], rel=0.03)
        swing = daily_range(weather.temp_c[here], clock.local_day[here])
        assert swing == pytest.approx(normal.range_k[month], abs=0.5)


@pytest.mark.parametrize("seed", [0, 3, 2**62])
def test_any_seed_hits_the_normals(seed):
    clock, weather = year("Berlin", seed)
    normal = typical_year.normals("Berlin")
    here = clock.month == 11
    assert weather.temp_c[here].mean() == pytest.approx(normal.mean_c[10], abs=0.3)
    assert weather.ghi_w_m2[here].sum() * clock.dt_h / 1000 == pytest.approx(
        normal.ghi_kwh_m2[10], rel=0.03
    )


@pytest.mark.parametrize("name", NAMES)
def test_a_place_has_weather_that_could_be(name):
    _, weather = year(name)
    assert weather.temp_c.min() > -30
    assert weather.temp_c.max() < 55
    assert weather.ghi_w_m2.max() < 1200
    assert weather.dni_w_m2.max() < 1150
    for column in COLUMNS:
        assert np.all(np.isfinite(getattr(weather, column)))


def test_it_says_that_it_is_made_up():
    _, weather = year("Lyon")
    assert weather.synthetic
    assert weather.label == "synthetic typical year of Lyon, made from monthly normals (seed 1)"


def test_a_longer_run_starts_like_a_shorter_one():
    short = typical_year.make("Lyon", clock_of("Lyon", (2022, 11, 1), (2022, 11, 20)), 7)
    long = typical_year.make("Lyon", clock_of("Lyon", (2022, 11, 1), (2023, 2, 1)), 7)
    for column in COLUMNS:
        part = getattr(short, column)
        assert np.array_equal(part, getattr(long, column)[: len(part)]), column


def test_a_period_that_begins_later_agrees_on_the_days_they_share():
    early_clock = clock_of("Lyon", (2022, 10, 5), (2022, 12, 5))
    late_clock = clock_of("Lyon", (2022, 11, 28), (2023, 1, 9))
    early = typical_year.make("Lyon", early_clock, 7)
    late = typical_year.make("Lyon", late_clock, 7)
    first = early_clock.step_at(late_clock.start_s)
    shared = early_clock.steps - first
    for column in COLUMNS:
        one, other = getattr(early, column)[first:], getattr(late, column)[:shared]
        assert np.array_equal(one, other), column


def test_seeds_places_and_years_differ():
    clock = clock_of("Lyon", (2022, 1, 1), (2022, 2, 1))
    next_year = clock_of("Lyon", (2023, 1, 1), (2023, 2, 1))
    base = typical_year.make("Lyon", clock, 1).temp_c
    assert not np.allclose(base, typical_year.make("Lyon", clock, 2).temp_c)
    assert not np.allclose(base, typical_year.make("Lyon", next_year, 1).temp_c)
    noise = base - typical_year.normals("Lyon").mean_c[0]
    other = typical_year.make("Paris", clock, 1).temp_c - typical_year.normals("Paris").mean_c[0]
    assert not np.allclose(noise, other, atol=0.5)


def test_steps_of_a_minute_and_of_an_hour_tell_the_same_day():
    fine = typical_year.make("Nice", clock_of("Nice", (2023, 4, 1), (2023, 4, 3), 1), 2)
    rough = typical_year.make("Nice", clock_of("Nice", (2023, 4, 1), (2023, 4, 3), 60), 2)
    assert fine.temp_c.reshape(-1, 60).mean(axis=1) == pytest.approx(rough.temp_c, abs=0.01)
    assert fine.ghi_w_m2.reshape(-1, 60).mean(axis=1) == pytest.approx(rough.ghi_w_m2, abs=0.01)


def test_the_coldest_hour_is_near_sunrise_and_the_warmest_in_the_afternoon():
    clock, weather = year("Madrid")
    here = clock.month == 7
    mean = [weather.temp_c[here & (clock.wall_s == 3600 * h)].mean() for h in range(24)]
    assert 5 <= int(np.argmin(mean)) <= 7  # the sun rises about 07:00 summer time
    assert 15 <= int(np.argmax(mean)) <= 18


def test_clear_days_swing_more_than_overcast_ones():
    clock, weather = year("Paris")
    here = np.isin(clock.month, (5, 6, 7))
    day = clock.local_day[here]
    _, first = np.unique(day, return_index=True)
    temp = weather.temp_c[here]
    swing = np.maximum.reduceat(temp, first) - np.minimum.reduceat(temp, first)
    bright = np.add.reduceat(weather.ghi_w_m2[here], first)
    assert np.corrcoef(swing, bright)[0, 1] > 0.6


def test_warm_days_last():
    clock, weather = year("Lyon")
    here = np.isin(clock.month, (1, 2, 3))
    _, first = np.unique(clock.local_day[here], return_index=True)
    daily = np.add.reduceat(weather.temp_c[here], first) / 24
    anomaly = daily - np.polyval(np.polyfit(first, daily, 2), first)
    assert 0.4 < np.corrcoef(anomaly[1:], anomaly[:-1])[0, 1] < 0.9
    assert 1.0 < anomaly.std() < 5.0


def test_months_join_without_a_jump():
    _, weather = year("Berlin", 6, 15)
    assert np.abs(np.diff(weather.temp_c)).max() < 2.5


def test_a_leap_february_has_a_mean_day_more():
    clock = clock_of("Lyon", (2024, 2, 1), (2024, 3, 1), 60)
    weather = typical_year.make("Lyon", clock, 1)
    wanted = typical_year.normals("Lyon").ghi_kwh_m2[1] * 29 / 28
    assert weather.ghi_w_m2.sum() / 1000 == pytest.approx(wanted, rel=0.03)


def test_an_unknown_place_is_refused():
    with pytest.raises(ValueError, match="no built-in place 'Atlantis'"):
        typical_year.make("Atlantis", clock_of("Lyon", (2023, 1, 1), (2023, 1, 2)), 1)


def test_every_normal_has_a_source():
    text = files("gridsim.signals").joinpath("data", "normals.toml").read_text(encoding="utf-8")
    rows = tomllib.loads(text)["places"]
    assert set(rows) == set(NAMES)
    for row in rows.values():
        assert len(row["min_c"]) == len(row["max_c"]) == len(row["ghi_kwh_m2"]) == 12
        assert all(low < high for low, high in zip(row["min_c"], row["max_c"], strict=True))
        assert row["source_temperature"]
        assert row["source_irradiation"]
        assert row["source_spread"]


def test_a_year_of_quarters_with_its_sky_takes_well_under_two_seconds():
    place_ = place.find("Lille")
    typical_year.make("Paris", clock_of("Paris", (2022, 1, 1), (2022, 1, 2)), 1)  # imports
    clock = clock_of("Lille", (2021, 1, 1), (2022, 1, 1))
    start = time.process_time()
    sun.sky(typical_year.make("Lille", clock, 99), clock, place_)
    assert time.process_time() - start < 1.5


def measured_austin():
    """Return month, temperature [C] and irradiance [W/m2] of the hours of Austin in 2018."""
    folder = os.environ.get("GRIDSIM_DATA")
    if not folder:
        pytest.skip("GRIDSIM_DATA is not set")
    path = Path(folder, "weather_us_amy2018_epw", "tx_travis_AMY2018.epw.gz")
    lines = gzip.decompress(path.read_bytes()).decode().splitlines()[8:]
    rows = [line.split(",") for line in lines]
    return np.array([[float(row[i]) for i in (1, 6, 13)] for row in rows]).T


@pytest.mark.data
def test_austin_is_near_the_year_that_was_measured_there():
    month, temp_c, ghi_w_m2 = measured_austin()
    normal = typical_year.normals("Austin")
    warm = [temp_c[month == m].mean() - normal.mean_c[m - 1] for m in range(1, 13)]
    assert np.abs(warm).max() < 3.0  # one year against thirty
    assert abs(np.mean(warm)) < 0.7
    assert ghi_w_m2.sum() / 1000 == pytest.approx(normal.ghi_kwh_m2.sum(), rel=0.05)
    days = temp_c.reshape(-1, 24)
    assert (days.max(axis=1) - days.min(axis=1)).mean() == pytest.approx(
        normal.range_k.mean(), abs=1.5
    )
    spread = [days[month[::24] == m].mean(axis=1).std() for m in range(1, 13)]
    assert np.mean(spread) == pytest.approx(normal.anomaly_sd_k.mean(), rel=0.2)


@pytest.mark.data
def test_oslo_is_near_the_year_that_was_measured_there():
    folder = os.environ.get("GRIDSIM_DATA")
    if not folder:
        pytest.skip("GRIDSIM_DATA is not set")
    pandas = pytest.importorskip("pandas")
    path = Path(folder, "weather_nsrdb_2019_15min", "Oslo_2019_15min.parquet")
    found = pandas.read_parquet(path).groupby("Month").Temperature.mean().to_numpy()
    normal = typical_year.normals("Oslo")
    assert np.corrcoef(found, normal.mean_c)[0, 1] > 0.98
    assert found.mean() == pytest.approx(normal.mean_c.mean(), abs=2.2)  # reanalysis is cooler
