"""Under any prices, below zero too, a battery's schedule costs what an integer programme finds."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import Bounds, LinearConstraint, milp

from gridsim.automation import any_price, schedule

STEPS = 8


def least_cost(price_in, price_out, net, store, dt):
    """Cost by integer programme: no step charges and discharges, or imports and exports, at once.

    Columns: charge, discharge, import, export, energy, whether it charges, whether it imports.
    """
    h = len(net)
    eye, nil = np.eye(h), np.zeros((h, h))
    most = store.limit_kw + np.abs(net).max()
    kept = eye - np.eye(h, k=-1)
    start = np.zeros(h)
    start[0] = store.energy_kwh
    rows = [
        ([eye, -eye, -eye, eye, nil, nil, nil], -net, -net),
        ([-store.efficiency * dt * eye, dt / store.efficiency * eye, nil, nil, kept, nil, nil],
         start, start),
        ([eye, nil, nil, nil, nil, -store.limit_kw * eye, nil], -np.inf, 0.0),
        ([nil, eye, nil, nil, nil, store.limit_kw * eye, nil], -np.inf, store.limit_kw),
        ([nil, nil, eye, nil, nil, nil, -most * eye], -np.inf, 0.0),
        ([nil, nil, nil, eye, nil, nil, most * eye], -np.inf, most),
    ]  # fmt: skip
    cost = np.concatenate([np.zeros(2 * h), price_in * dt, -price_out * dt, np.zeros(3 * h)])
    cost[5 * h - 1] = -store.end_value
    upper = np.repeat([store.limit_kw, store.limit_kw, most, most, store.capacity_kwh, 1, 1], h)
    made = milp(
        cost,
        constraints=[LinearConstraint(np.hstack(a), low, high) for a, low, high in rows],
        bounds=Bounds(0, upper),
        integrality=np.repeat([0, 0, 0, 0, 0, 1, 1], h),
    )
    return float(made.fun)


def run(power, price_in, price_out, net, store, dt):
    """Cost of a schedule, and the energies on its way."""
    gain = np.where(power > 0, store.efficiency, 1 / store.efficiency)
    energy = store.energy_kwh + np.cumsum(gain * power * dt)
    meter = net + power
    paid = np.where(meter > 0, meter * price_in, meter * price_out).sum() * dt
    return float(paid - store.end_value * energy[-1]), energy


def random_day(number):
    """Prices around zero, sometimes lower for imports than for exports; a home; a battery."""
    draw = np.random.default_rng(number)
    price_in = draw.uniform(-0.3, 0.4, STEPS).round(2)
    price_out = price_in + draw.uniform(-0.3, 0.1, STEPS).round(2)
    net = draw.uniform(0, 3, STEPS) - draw.uniform(0, 4, STEPS) * (draw.random(STEPS) < 0.5)
    store = schedule.Store(
        draw.uniform(0, 5), 5.0, draw.uniform(0.5, 6), draw.uniform(0.7, 1), draw.choice([0, 0.2])
    )
    return price_in, price_out, net, store


@pytest.mark.parametrize("number", range(25))
def test_a_random_day_costs_what_the_integer_programme_costs(number):
    price_in, price_out, net, store = random_day(number)
    power = schedule.battery_schedule(
        price_in, price_out, np.maximum(net, 0), np.maximum(-net, 0), store=store, dt_h=1.0
    )
    mine, energy = run(power, price_in, price_out, net, store, 1.0)
    best = least_cost(price_in, price_out, net, store, 1.0)
    idle, _ = run(np.zeros(STEPS), price_in, price_out, net, store, 1.0)
    assert np.all(np.abs(power) <= store.limit_kw + 1e-9)
    assert np.all((energy >= -1e-9) & (energy <= 5.0 + 1e-9))
    assert best - 1e-9 <= mine <= best + 0.001 * (idle - best)  # a thousandth of what it gains


@settings(max_examples=25)
@given(st.integers(0, 10**6))
def test_where_prices_are_convex_the_grid_finds_the_levels_cost(number):
    draw = np.random.default_rng(number)
    _, _, net, store = random_day(number)
    price_in = draw.uniform(0, 1, STEPS)
    price_out = price_in * draw.choice([0.0, 0.5, 1.0])
    load, pv = np.maximum(net, 0), np.maximum(-net, 0)
    exact = schedule.battery_schedule(price_in, price_out, load, pv, store=store, dt_h=1.0)
    near = any_price.schedule(price_in, price_out, net, store, 1.0)
    costs = [run(power, price_in, price_out, net, store, 1.0)[0] for power in (exact, near)]
    assert costs[0] - 1e-9 <= costs[1] <= costs[0] + 0.02


def test_a_battery_that_is_paid_to_draw_fills_and_wastes_what_it_can():
    price = np.array([-0.1, -0.1, -0.1])
    store = schedule.Store(0.0, 1.0, 1.0, 0.8)
    power = schedule.battery_schedule(price, price, np.zeros(3), np.zeros(3), store=store, dt_h=1.0)
    best = least_cost(price, price, np.zeros(3), store, 1.0)
    assert float(price @ power) == pytest.approx(best, abs=1e-3)
    assert power[0] == 1.0  # as much as it can at once


def test_a_battery_without_capacity_rests_under_any_prices():
    power = any_price.schedule(
        np.array([-0.1, 0.3]), np.array([0.2, 0.1]), np.zeros(2), (0.0, 0.0, 1.0, 0.9, 0.0), 1.0
    )
    assert power.tolist() == [0.0, 0.0]


@pytest.mark.parametrize("number", range(12))
def test_sliding_windows_find_what_trying_every_corner_finds(number):
    draw = np.random.default_rng(number)
    price_in, price_out, net, store = random_day(number)
    after, before, queue = draw.normal(size=41), np.empty(41), np.empty(41, dtype=np.int64)
    rest = (store.capacity_kwh, store.limit_kw, store.efficiency, 1.0)
    step = (net[0], price_in[0], price_out[0], *rest)
    any_price.look_back(before, after, queue, *step)
    tried = [any_price.best_change(after, j * 5.0 / 40, *step)[1] for j in range(41)]
    assert before == pytest.approx(tried, abs=1e-9)
