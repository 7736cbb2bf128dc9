"""The grid operator's rule on the forecast net load finds most of the real red days."""

import csv
import datetime as dt
import gzip
import os
from pathlib import Path

import numpy as np
import pytest

from gridsim.core.arrays import F8, I8
from gridsim.core.clock import day_number, make_clock
from gridsim.core.errors import DataError
from gridsim.signals import foreseen, net_load, tempo
from gridsim.signals.tempo import Colour

NEEDS_DATA = pytest.mark.skipif("GRIDSIM_DATA" not in os.environ, reason="GRIDSIM_DATA is not set")
PAST = 40_000.0 + 100.0 * np.arange(365)


def test_the_quantiles_of_the_year_before_are_nought_and_one():
    low, high = np.quantile(PAST, [0.4, 0.8])
    z = net_load.normalised(np.array([low, high, 2 * high - low]), PAST)
    np.testing.assert_allclose(z, [0.0, 1.0, 2.0])


def test_a_colder_year_before_makes_the_same_load_more_extreme():
    load = np.array([PAST[-1]])
    cold, usual, warm = (
        net_load.normalised(load, PAST, np.full(365, c))[0] for c in (5.3042, 8.3042, 11.3042)
    )
    assert usual == net_load.normalised(load, PAST)[0]
    assert cold / usual == pytest.approx(np.exp(0.1176 * 3))  # by hand
    assert warm / usual == pytest.approx(np.exp(-0.1176 * 3))


def test_a_reference_that_is_none_is_refused():
    with pytest.raises(ValueError, match="got 10 days"):
        net_load.normalised(PAST, PAST[:10])
    with pytest.raises(ValueError, match="differ from day to day"):
        net_load.normalised(PAST, np.ones(365))


def write(folder: Path, hours: int, bad: str = "") -> Path:
    file = folder / "load.csv"
    start = dt.datetime(2022, 12, 31, tzinfo=dt.UTC)
    rows = [
        f"{(start + dt.timedelta(hours=h)).isoformat()},{bad if bad and h == 30 else 50_000 + h}"
        for h in range(hours)
    ]
    file.write_text("time,load_mw\n" + "\n".join(rows) + "\n")
    return file


def test_days_of_a_file_run_from_six_to_six(tmp_path):
    clock = make_clock(dt.date(2023, 1, 1), dt.date(2023, 1, 4), 60, "Europe/Paris", "FR")
    days, means = net_load.read(write(tmp_path, 120), clock)
    assert days.tolist() == [day_number(dt.date(2023, 1, d)) for d in (1, 2)]
    # 06:00 in Paris on 1 January is the 29th hour of the file; the mean of 24 hours is 11.5 on
    np.testing.assert_allclose(means, [50_000 + 29 + 11.5, 50_000 + 53 + 11.5])


def test_a_load_that_is_none_is_told_with_its_line(tmp_path):
    clock = make_clock(dt.date(2023, 1, 1), dt.date(2023, 1, 4), 60, "Europe/Paris", "FR")
    with pytest.raises(DataError, match=r"load.csv:32: load_mw must be a number above 0"):
        net_load.read(write(tmp_path, 120, "-5"), clock)
    with pytest.raises(DataError, match="are missing"):
        net_load.read(write(tmp_path, 60), clock)


# The real calendar


def days_of(first: str, last: str) -> I8:
    return np.arange(*(day_number(dt.date.fromisoformat(day)) for day in (first, last)))


def real(days: I8) -> I8:
    folder = Path(os.environ["GRIDSIM_DATA"]) / "edf_tempo_calendar"
    return tempo.read_colours(folder / "tempo_2014-09_2023-08.csv").of(days)


def forecast_mw(days: I8) -> F8:
    """Return the day-ahead forecast of the French load by Tempo day; without wind and sun. [MW]"""
    file = Path(os.environ["GRIDSIM_DATA"]) / "prices_dayahead" / "epf_FR_hourly.csv.gz"
    sums: dict[int, list[float]] = {}
    with gzip.open(file, "rt") as rows:
        for row in csv.DictReader(rows, skipinitialspace=True):
            time = dt.datetime.fromisoformat(row["Date"]) - dt.timedelta(hours=6)
            sums.setdefault(day_number(time.date()), []).append(float(row["System load forecast"]))
    return np.array([np.mean(sums[int(day)]) for day in days])


def near(found: I8, wanted: I8) -> int:
    """Return how many wanted days lie within a day of a found one."""
    return sum(bool(len(found)) and int(np.abs(found - day).min()) <= 1 for day in wanted)


@pytest.mark.unwatched
@pytest.mark.data
@NEEDS_DATA
def test_the_rule_on_the_forecast_load_finds_most_real_red_days():
    """Two seasons and four months: 42 of 49 red days hit, 37 of 44 in the two whole seasons."""
    hit = close = wanted = coloured = all_coloured = 0
    for first, last in (
        ("2014-09-01", "2015-09-01"), ("2015-09-01", "2016-09-01"), ("2016-09-01", "2016-12-31"),
    ):  # fmt: skip
        days = days_of(first, last)
        past = np.arange(days[0] - 365, days[0])
        tension = net_load.normalised(forecast_mw(days), forecast_mw(past))
        ruled = tempo.rule_calendar(days, tension, usual=0.0, spread=1.0).of(days)
        told = real(days)
        red = days[told == Colour.RED]
        hit += np.count_nonzero((ruled == Colour.RED) & (told == Colour.RED))
        close += near(days[ruled == Colour.RED], red)
        wanted += len(red)
        coloured += np.count_nonzero((ruled != Colour.BLUE) & (told != Colour.BLUE))
        all_coloured += np.count_nonzero(told != Colour.BLUE)
    assert (wanted, all_coloured) == (49, 154)
    assert (hit, close, coloured) == (42, 44, 142)


@pytest.mark.unwatched
@pytest.mark.data
@NEEDS_DATA
def test_an_error_of_the_forecast_costs_few_red_days():
    """The rule on the national temperature, four seasons from 2017, 84 real red days."""
    file = Path(os.environ["GRIDSIM_DATA"]) / "fr_enduse_profiles" / "Temp_FR_2017_2022.csv.gz"
    sums: dict[int, list[float]] = {}
    with gzip.open(file, "rt") as rows:
        for row in csv.DictReader(rows, delimiter=";"):
            time = dt.datetime.strptime(row["Date"], "%d/%m/%Y %H:%M") - dt.timedelta(hours=6)
            sums.setdefault(day_number(time.date()), []).append(float(row["Temperature"]))
    days = days_of("2017-09-01", "2021-09-01")
    mean_c = np.array([np.mean(sums[int(day)]) for day in days])
    told = real(days)
    hits = []
    for error_k in (np.zeros(len(days)), *(foreseen.error_k(days, seed) for seed in range(8))):
        ruled = tempo.rule_calendar(days, -(mean_c + error_k)).of(days)
        hits.append(np.count_nonzero((ruled == Colour.RED) & (told == Colour.RED)))
    assert np.mean(hits[1:]) <= hits[0]
    assert np.mean(hits[1:]) > hits[0] - 10
