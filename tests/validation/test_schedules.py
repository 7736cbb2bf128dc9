"""Schedules of household days cost what HiGHS finds, to a thousandth, exactly where prices allow.

Days with real half-hourly prices; the driver is tests/benchmarks/schedules.py.
"""

import importlib.util
import sys
from pathlib import Path

import numpy as np
import pytest

from gridsim.automation import schedule

_DRIVER = Path(__file__).parents[1] / "benchmarks" / "schedules.py"
DAYS = 3


def _driver():
    """Return the module of the benchmark."""
    spec = importlib.util.spec_from_file_location("schedules", _DRIVER)
    module = importlib.util.module_from_spec(spec)
    sys.modules["schedules"] = module
    spec.loader.exec_module(module)
    return module


oracle = _driver()


def test_a_battery_is_exact_where_imports_cost_more_than_exports_earn():
    _, gap = oracle.batteries(DAYS, 0.0)
    assert abs(gap) < 1e-6  # what HiGHS itself promises


def test_under_negative_prices_a_battery_gains_all_but_a_thousandth_of_what_it_can():
    given = oracle.days(DAYS, 0.1)
    assert all((day.price_out < 0.0).any() for day in given)
    _, gap = oracle.batteries(DAYS, 0.1)
    assert -1e-6 < gap < 1e-3


@pytest.mark.parametrize("below", [0.0, 0.1, 0.3])
def test_a_car_is_exact_at_any_prices_and_deadlines(below):
    _, gap = oracle.cars(12, below)
    assert abs(gap) < 1e-9


@pytest.mark.parametrize("share", [0.999, 1.0, 1.001, 2.0])
def test_a_car_in_a_hurry_charges_in_every_step(share):
    price = oracle.days(1)[0].price_in[:10]
    full_kwh = 10 * oracle.DT_H * oracle.CHARGER_KW
    power_kw = schedule.cheapest_charge(price, oracle.DT_H, share * full_kwh, oracle.CHARGER_KW)
    assert power_kw.sum() * oracle.DT_H == pytest.approx(min(share, 1.0) * full_kwh)
    assert power_kw.max() <= oracle.CHARGER_KW + 1e-9


@pytest.mark.parametrize("number", range(12))
def test_within_limits_that_change_a_car_is_exact_too(number):
    draw = np.random.default_rng(number)
    price = oracle.days(12, 0.1)[number].price_in[:30]
    most_kw = draw.uniform(0.0, 7.4, 30) * (draw.random(30) < 0.8)
    need_kwh = float(draw.uniform(0.2, 0.99) * most_kw.sum() * oracle.DT_H)
    cap, tie_kwh = schedule.price_cap_within(price, most_kw, oracle.DT_H, need_kwh)
    power_kw = np.zeros(30)
    for k in range(30):
        tie_kwh, power_kw[k] = schedule.at_cap(tie_kwh, price[k], cap, most_kw[k], oracle.DT_H)
    best = oracle.least_charge(price, most_kw, need_kwh)
    assert float(price @ power_kw) * oracle.DT_H == pytest.approx(best, abs=1e-9)
    assert power_kw.sum() * oracle.DT_H == pytest.approx(need_kwh)
