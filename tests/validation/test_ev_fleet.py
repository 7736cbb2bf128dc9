"""T24: a fleet of cars that charge on coming home draws what surveys and trials found."""

import os
from pathlib import Path

import numba
import numpy as np
import pandas as pd
import pytest

from gridsim.citizens import plugging
from gridsim.core.chance import four, question
from gridsim.core.kernel import kernel
from gridsim.devices import ev
from gridsim.population import trips

CARS, WARM, DAYS, STEP_S, DT_H = 2000, 14, 28, 1800.0, 0.5
CHARGER_KW, KWH_KM, KM_DAY = 3.5, 0.17, 43.0  # figures E040, E041, E049
PLUG = question("test", "plug")
MONDAY = 4  # 1970-01-05

pytestmark = pytest.mark.skipif(
    bool(numba.config.DISABLE_JIT), reason="four million steps are for compiled kernels"
)


@kernel
def drive_and_charge(load, backs, sums, cars):  # type: ignore[no-untyped-def]
    """Run cars (n, 4): fill load and arrivals, add up km, sessions, hours, states, kWh."""
    for i in range(len(cars)):
        kind, km_day, cap, threshold = int(cars[i, 0]), cars[i, 1], cars[i, 2], cars[i, 3]
        energy, plugged = 0.8 * cap, 1.0
        for day in range(WARM + DAYS):
            counts = day >= WARM
            number = MONDAY + day
            weekend = (number + 3) % 7 >= 5
            leave, back, km = trips.car_day(1, i, number, weekend, kind, km_day)
            out = km > 0.0
            u = four(1, PLUG, i, number, 0).a
            for k in range(48):
                t0, t1 = k * STEP_S, (k + 1) * STEP_S
                before = plugged * (max(min(t1, leave) - t0, 0.0) / STEP_S if out else 1.0)
                returns = out and t0 <= back < t1
                after_back = plugged if out and back < t0 else 0.0
                share = after_back if out and back < t1 else before
                energy, power, _ = ev.step(
                    energy, CHARGER_KW, share, 0.0, cap, CHARGER_KW, 0.9, DT_H
                )
                hours = share * DT_H
                if returns:
                    energy, _ = ev.drive(energy, km, KWH_KM, cap)
                    soc = energy / cap
                    plugged = plugging.plug_in(soc, threshold, u)
                    share = plugged * (t1 - back) / STEP_S
                    energy, more, _ = ev.step(
                        energy, CHARGER_KW, share, 0.0, cap, CHARGER_KW, 0.9, DT_H
                    )
                    power += more
                    hours += share * DT_H
                    if counts:
                        backs[int(weekend), int(back // 3600)] += plugged
                        sums[1] += plugged
                        sums[3] += plugged * soc
                if counts:
                    load[day - WARM, k] += power / len(cars)
                    sums[2] += hours
                    sums[4] += power * DT_H
            if counts:
                sums[0] += km


@pytest.fixture(scope="module")
def fleet():
    """Run 2,000 cars for four weeks; kinds, batteries and thresholds are assumed."""
    draw = np.random.default_rng(7)
    kind = draw.choice(4, CARS, p=[0.55, 0.10, 0.15, 0.20])
    km_day = KM_DAY * np.exp(0.4 * draw.standard_normal(CARS) - 0.08)
    capacity = draw.choice([40.0, 52.0, 64.0], CARS, p=[0.3, 0.45, 0.25])
    threshold = np.clip(0.75 + 0.12 * draw.standard_normal(CARS), 0.3, 0.95)
    load, backs, sums = np.zeros((DAYS, 48)), np.zeros((2, 24)), np.zeros(5)
    cars = np.column_stack([kind.astype(np.float64), km_day, capacity, threshold])
    drive_and_charge(load, backs, sums, cars)
    return load, backs, sums


def test_cars_drive_43_km_a_day(fleet):
    assert fleet[2][0] / CARS / DAYS == pytest.approx(43, rel=0.05)  # figure E040


def test_cars_take_about_eight_kwh_a_day(fleet):
    assert fleet[2][4] / CARS / DAYS == pytest.approx(8, rel=0.10)  # figure E041


def test_cars_are_plugged_in_about_three_times_a_week(fleet):
    assert 2.5 < fleet[2][1] / CARS / DAYS * 7 < 4  # figures E043, E046


def test_a_session_lasts_more_than_twelve_hours_and_starts_above_half_full(fleet):
    _, _, sums = fleet
    assert sums[2] / sums[1] > 12  # figure E046
    assert sums[3] / sums[1] > 0.5


def test_the_diversified_peak_is_about_one_kw_a_car_in_the_evening(fleet):
    load, _, _ = fleet
    assert 0.8 < load.max() < 1.2  # figure E049
    assert 18 <= load.mean(axis=0).argmax() / 2 <= 22  # figure E051: an hour or two after arrival


def test_weekday_arrivals_have_the_published_mode_and_spread(fleet):
    share = fleet[1][0] / fleet[1][0].sum()
    hours = np.arange(24) + 0.5
    mean = share @ hours
    assert 16 <= share.argmax() <= 18
    assert 2.3 < np.sqrt(share @ (hours - mean) ** 2) < 3.2  # figure E051: 2.5-3 h


def data(*parts):
    """Path of a file of the data folder; skips without one."""
    folder = os.environ.get("GRIDSIM_DATA")
    if not folder:
        pytest.skip("GRIDSIM_DATA is not set")
    return Path(folder, *parts)


def widest_gap(mine, theirs):
    """Kolmogorov distance of two days of hourly counts that begin at 04:00."""
    mine, theirs = np.roll(mine, -4), np.roll(theirs, -4)
    return np.abs(np.cumsum(mine / mine.sum()) - np.cumsum(theirs / theirs.sum())).max()


@pytest.mark.data
def test_arrivals_look_like_those_of_elaad(fleet):
    """Private chargers plug in about an hour later than cars come home: second trips, habits."""
    table = pd.read_csv(
        data("ev_elaad_distributions", "distribution-of-arrival.csv"), encoding="utf-8-sig"
    )
    theirs = table["private"].to_numpy().reshape(24, 4).sum(axis=1)
    assert widest_gap(fleet[1][0], theirs) < 0.25


@pytest.mark.data
def test_arrivals_look_like_those_of_norwegian_flats(fleet):
    """Twelve sites with many second sessions by night: a wider day than ours."""
    table = pd.read_csv(
        data("ev_sessions_norway", "norway_12sites_sessions_2018_2021.csv.gz"), sep=";",
        usecols=["plugin_time"], parse_dates=["plugin_time"],
    )  # fmt: skip
    hours = table["plugin_time"].to_numpy().astype("datetime64[h]").astype(np.int64)
    weekday = (hours // 24 + 3) % 7 < 5
    theirs = np.bincount(hours[weekday] % 24, minlength=24)
    assert widest_gap(fleet[1][0], theirs) < 0.15
