"""Carbon intensity follows month and wall clock, a number, or a file that covers the period."""

import datetime as dt
import os
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from gridsim.core.clock import make_clock
from gridsim.core.errors import DataError
from gridsim.signals import carbon


def clock_of(start=(2023, 1, 1), end=(2024, 1, 1), minutes=60, timezone="Europe/Paris"):
    return make_clock(dt.date(*start), dt.date(*end), minutes, timezone)


def saved(tmp_path, rows, header="time_utc,g_per_kwh"):
    path = tmp_path / "grid.csv"
    path.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    return path


def hours(count, value="100"):
    start = dt.datetime(2023, 1, 1)
    return [f"{(start + dt.timedelta(hours=i)).isoformat()},{value}" for i in range(count)]


@pytest.mark.parametrize(
    ("country", "timezone", "mean"),
    [("FR", "Europe/Paris", 56), ("GB", "Europe/London", 213), ("DE", "Europe/Berlin", 313)],
)
def test_a_year_has_the_mean_of_its_series(country, timezone, mean):
    found = carbon.intensity(country, clock_of(timezone=timezone))
    assert found.mean() == pytest.approx(mean, rel=0.01)


def test_the_order_of_countries_is_that_of_their_plants():
    means = {name: carbon.intensity(name, clock_of()).mean() for name in ("FR", "GB", "DE")}
    assert means["FR"] < means["GB"] < means["DE"]


def test_the_profile_follows_the_wall_clock_over_the_change_of_time():
    clock = clock_of((2023, 3, 25), (2023, 3, 28))
    found = carbon.intensity("DE", clock)
    by_hour = {}
    for hour, value in zip(clock.local_hour, found, strict=True):
        by_hour.setdefault(hour, set()).add(float(value))
    assert len(found) == 71
    assert all(len(values) == 1 for values in by_hour.values())


def test_germany_is_cleaner_at_noon_in_summer_than_at_night():
    clock = clock_of((2023, 6, 1), (2023, 7, 1))
    found = carbon.intensity("DE", clock)
    assert found[clock.local_hour == 13].mean() < found[clock.local_hour == 2].mean()


@pytest.mark.parametrize(
    ("country", "value"), [("ES", 190.0), ("US", 367.0), ("IE", 254.0), ("NO", 19.0)]
)
def test_other_countries_are_constant(country, value):
    assert np.all(carbon.intensity(country, clock_of()) == value)


def test_a_number_is_taken_as_it_is():
    assert np.all(carbon.intensity(12.5, clock_of()) == 12.5)


@pytest.mark.parametrize("value", [-1.0, 1e5, float("nan")])
def test_a_number_that_makes_no_sense_is_refused(value):
    with pytest.raises(ValueError, match="carbon must lie in 0 to 3000"):
        carbon.intensity(value, clock_of())


def test_an_unknown_country_lists_those_there_are():
    with pytest.raises(ValueError, match=r"'XX', there are CA, DE, ES, FR, GB, IE, JP, NO, US"):
        carbon.intensity("XX", clock_of())
    with pytest.raises(ValueError, match="no marginal carbon intensity for 'XX'"):
        carbon.marginal("XX")


def test_the_margin_is_a_gas_plant():
    assert carbon.marginal("FR") == 400.0  # figures.csv F027
    assert all(300 <= carbon.marginal(country) <= 500 for country in carbon.countries())


def test_a_file_gives_each_step_the_mean_of_its_rows(tmp_path):
    rows = [f"2023-01-01T{h:02d}:{m:02d},{100 * (m // 30) + h}" for h in range(24) for m in (0, 30)]
    clock = clock_of((2023, 1, 1), (2023, 1, 2), 60, "UTC")
    found = carbon.intensity(saved(tmp_path, rows), clock)
    assert found == pytest.approx(50.0 + np.arange(24))


def test_a_file_of_hours_is_held_over_finer_steps(tmp_path):
    path = saved(tmp_path, [f"2023-01-01T{h:02d}:00,{h}" for h in range(24)])
    clock = clock_of((2023, 1, 1), (2023, 1, 2), 15, "UTC")
    assert np.array_equal(carbon.intensity(path, clock), np.repeat(np.arange(24.0), 4))


def test_a_file_that_ends_early_is_told_by_the_missing_dates(tmp_path):
    path = saved(tmp_path, hours(60))
    with pytest.raises(DataError, match=r"grid\.csv: rows for 2023-01-03 to 2023-01-04 are miss"):
        carbon.intensity(path, clock_of((2023, 1, 1), (2023, 1, 5), 15, "UTC"))


@pytest.mark.parametrize(
    ("rows", "header", "message"),
    [
        (hours(24), "time_utc,carbon", r":1: column 'g_per_kwh' is missing"),
        (hours(24, "-5"), "time_utc,g_per_kwh", r":2: g_per_kwh: -5, allowed is 0 to 3000"),
        (hours(24, "lots"), "time_utc,g_per_kwh", r":2: g_per_kwh: 'lots' is not a number"),
        (hours(24, ""), "time_utc,g_per_kwh", r":2: g_per_kwh: no number"),
    ],
)
def test_a_broken_file_is_refused_with_its_line(tmp_path, rows, header, message):
    with pytest.raises(DataError, match=message):
        carbon.intensity(saved(tmp_path, rows, header), clock_of((2023, 1, 1), (2023, 1, 2)))


@pytest.mark.data
@pytest.mark.parametrize(
    ("country", "name", "timezone"),
    [("FR", "fr", "Europe/Paris"), ("GB", "gb", "Europe/London"), ("DE", "ger", "Europe/Berlin")],
)
def test_the_facts_are_the_means_of_the_series(country, name, timezone):
    root = os.environ.get("GRIDSIM_DATA")
    if not root:
        pytest.skip("GRIDSIM_DATA is not set")
    path = Path(root, "carbon_intensity_2020", f"{name}_ci_2020.csv.gz")
    series = pd.read_csv(path, parse_dates=["Time"]).set_index("Time")["Carbon Intensity"]
    halves = series.resample("30min").mean().tz_localize("UTC").tz_convert(timezone).loc["2020"]
    means = halves.groupby([halves.index.month, halves.index.hour]).mean()
    clock = clock_of(timezone=timezone)
    found = carbon.intensity(country, clock)
    for month, hour in ((1, 0), (4, 13), (7, 19), (12, 23)):
        at = (clock.month == month) & (clock.local_hour == hour)
        assert found[at] == pytest.approx(means[(month, hour)], abs=0.051)
