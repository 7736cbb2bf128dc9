"""Schedules promise the least cost, as a linear programme would find it, without one."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import linprog

from gridsim.automation import schedule

prices = st.lists(st.integers(-5, 20), min_size=1, max_size=24)


def profit(price, capacity=1.0, limit=1.0, efficiency=1.0):
    """Earning of a battery that trades at one price, empty at the start."""
    price = np.asarray(price, dtype=float)
    nothing = np.zeros(len(price))
    store = schedule.Store(0.0, capacity, limit, efficiency)
    power = schedule.battery_schedule(price, price, nothing, nothing, store=store, dt_h=1.0)
    return -float(price @ power)


def test_published_optima_of_a_perfect_battery():
    assert profit([20, 10, 30, 50]) == pytest.approx(40, abs=1e-9)  # figure H012
    assert profit([20, 60, 10, 50, 30, 80]) == pytest.approx(130, abs=1e-9)  # figure H013


def test_published_optimum_with_losses():
    assert profit([20, 60, 10, 50, 30, 80], efficiency=0.9) == pytest.approx(96.6)  # figure H014


@pytest.mark.parametrize(
    ("low", "high", "published"),
    [(0.1579, 0.2065, 0.2946), (0.1575, 0.7060, 5.0375)],  # figures H015, H017
)
def test_published_profit_of_a_day_of_two_rates(low, high, published):
    price = [low] * 8 + [high] * 16
    assert profit(price, 10.0, 5.0, np.sqrt(0.9)) == pytest.approx(published, abs=5e-5)


def test_below_the_break_even_efficiency_a_battery_rests():
    price = [0.1579] * 8 + [0.2065] * 16
    even = 0.1579 / 0.2065
    assert even == pytest.approx(0.765, abs=5e-4)  # figure H016
    assert profit(price, 10.0, 5.0, np.sqrt(even - 0.001)) == 0.0
    assert profit(price, 10.0, 5.0, np.sqrt(even + 0.001)) > 0.0


def least_cost(price_in, price_out, net, store, dt):
    """Cost by linear programme: charge, discharge, import, export and energy of each step."""
    h = len(net)
    eye, nil = np.eye(h), np.zeros((h, h))
    kept = eye - np.eye(h, k=-1)
    meter = np.hstack([eye, -eye, -eye, eye, nil])
    stored = np.hstack([-store.efficiency * dt * eye, dt / store.efficiency * eye, nil, nil, kept])
    start = np.zeros(h)
    start[0] = store.energy_kwh
    cost = np.concatenate([np.zeros(2 * h), price_in * dt, -price_out * dt, np.zeros(h)])
    cost[-1] = -store.end_value
    limits = [(0, store.limit_kw)] * 2 * h + [(0, None)] * 2 * h + [(0, store.capacity_kwh)] * h
    made = linprog(
        cost, A_eq=np.vstack([meter, stored]), b_eq=np.concatenate([-net, start]), bounds=limits
    )
    return float(made.fun)


def cost_of(power, price_in, price_out, net, store, dt):
    """Cost of a schedule, with what is left in the store at its value; energies on the way."""
    gain = np.where(power > 0, store.efficiency, 1 / store.efficiency)
    energy = store.energy_kwh + np.cumsum(gain * power * dt)
    meter = net + power
    paid = np.where(meter > 0, meter * price_in, meter * price_out).sum() * dt
    return float(paid - store.end_value * energy[-1]), energy


@given(st.integers(0, 10**6), st.integers(1, 24), st.sampled_from([0.25, 0.5, 1.0]))
def test_a_battery_costs_what_the_linear_programme_costs(number, h, dt):
    draw = np.random.default_rng(number)
    price_in = draw.uniform(0, 1, h).round(int(draw.integers(1, 4)))
    price_out = price_in * draw.choice([0.0, 0.4, 1.0])
    net = draw.uniform(0, 3, h) - draw.uniform(0, 4, h) * (draw.random(h) < 0.5)
    store = schedule.Store(
        draw.uniform(0, 5), 5.0, draw.uniform(0.3, 6), draw.uniform(0.7, 1), draw.choice([0, 0.3])
    )
    power = schedule.battery_schedule(
        price_in, price_out, np.maximum(net, 0), np.maximum(-net, 0), store=store, dt_h=dt
    )
    mine, energy = cost_of(power, price_in, price_out, net, store, dt)
    assert mine == pytest.approx(least_cost(price_in, price_out, net, store, dt), abs=1e-7)
    assert np.all(np.abs(power) <= store.limit_kw + 1e-9)
    assert np.all((energy >= -1e-9) & (energy <= 5.0 + 1e-9))


def test_levels_steer_well_when_the_load_turns_out_otherwise():
    price_in, price_out = np.array([0.1, 0.3]), np.array([0.0, 0.0])
    levels, scratch = np.empty((2, schedule.LEVELS)), np.empty((2, 16))
    schedule.battery_levels(
        levels, scratch, price_in, price_out, np.array([0.0, 2.0]), 5.0, 3.0, 1.0, 0.0, 1.0
    )
    row = tuple(float(level) for level in levels[0])
    assert schedule.follow_levels(0.0, 0.0, *row, 3.0, 1.0, 1.0) == pytest.approx(2.0)
    assert schedule.follow_levels(0.0, -3.0, *row, 3.0, 1.0, 1.0) >= 2.0  # sun: store it for free
    assert schedule.follow_levels(2.0, 1.0, *row, 3.0, 1.0, 1.0) == 0.0  # worth more later


def test_a_battery_without_capacity_rests():
    assert profit([10, 50], capacity=0.0) == 0.0


@pytest.mark.parametrize(
    ("price_in", "price_out", "store", "message"),
    [
        ([np.nan], [0.2], schedule.Store(0, 1, 1, 1), "finite prices"),
        ([0.1], [-np.inf], schedule.Store(0, 1, 1, 1), "finite prices"),
        ([0.1], [0.1], schedule.Store(0, 1, 1, 1.2), "efficiency"),
        ([0.1], [0.1], schedule.Store(2, 1, 1, 0.9), "energy_kwh"),
    ],
)
def test_what_makes_no_sense_is_refused(price_in, price_out, store, message):
    with pytest.raises(ValueError, match=message):
        schedule.battery_schedule(
            np.array(price_in), np.array(price_out), np.zeros(1), np.zeros(1), store=store, dt_h=1.0
        )


@given(prices, st.floats(0, 60), st.sampled_from([0.25, 0.5, 1.0]), st.floats(0.5, 8))
def test_charging_costs_what_sorting_costs(price, need, dt, limit):
    price = np.array(price, dtype=float)
    power = schedule.cheapest_charge(price, dt, need, limit)
    left, least = need, 0.0
    for cost in np.sort(price):
        taken = min(left, limit * dt)
        least += cost * taken
        left -= taken
    assert float(price @ power) * dt == pytest.approx(least, abs=1e-9)
    assert power.sum() * dt == pytest.approx(min(need, limit * dt * len(price)), abs=1e-9)
    assert np.all((power >= 0) & (power <= limit))


def test_equal_prices_are_filled_earliest_first():
    power = schedule.cheapest_charge(np.array([5.0, 2.0, 2.0, 2.0]), 1.0, 5.0, 3.0)
    assert power.tolist() == [0.0, 3.0, 2.0, 0.0]


def test_a_need_that_does_not_fit_charges_all_the_time():
    power = schedule.cheapest_charge(np.array([5.0, 2.0]), 1.0, 50.0, 3.0)
    assert power.tolist() == [3.0, 3.0]


def test_nothing_needed_means_no_charging():
    assert schedule.price_cap(np.array([1.0, 2.0]), 1.0, 0.0, 3.0) == (-np.inf, 0.0)


@given(prices, st.floats(0, 60))
def test_the_cap_followed_step_by_step_is_the_schedule(price, need):
    price = np.array(price, dtype=float)
    cap, tie = schedule.price_cap(price, 0.5, need, 3.0)
    followed = []
    for value in price:
        tie, power = schedule.at_cap(tie, value, cap, 3.0, 0.5)
        followed.append(power)
    assert followed == schedule.cheapest_charge(price, 0.5, need, 3.0).tolist()


def least_bill(price, base, need, charger, free, per_kw):
    """Cost by linear programme of charging beside a known load, with a charge for the peak.

    Columns: power of each step, and by how much the peak passes what is billed anyway.
    """
    h = len(price)
    beside = np.hstack([np.eye(h), -np.ones((h, 1))])
    made = linprog(
        [*price, per_kw], A_ub=beside, b_ub=free - base, A_eq=[[*np.ones(h), 0.0]], b_eq=[need],
        bounds=[(0, charger)] * h + [(0, None)],
    )  # fmt: skip
    return float(made.fun)


def spared(price, base, need, charger, free):
    """Powers of a charger that raises a known home's peak by no more than it must."""
    raised = schedule.least_raise(free - base, 1.0, need, charger)
    most = np.clip(free - base + raised, 0.0, charger)
    cap, tie = schedule.price_cap_within(price, most, 1.0, need)
    power = np.zeros(len(price))
    for k, now in enumerate(price):
        tie, power[k] = schedule.at_cap(tie, now, cap, most[k], 1.0)
    return power


homes = st.tuples(
    st.lists(st.floats(0, 6), min_size=10, max_size=10).map(np.array),
    st.floats(1, 50), st.floats(1, 11), st.floats(0, 5),
)  # fmt: skip


@given(homes)
def test_at_one_price_sparing_the_peak_is_the_cheapest_way_to_be_ready(home):
    base, need, charger, free = home
    need = min(need, 10 * charger)
    power = spared(np.full(10, 0.3), base, need, charger, free)
    beyond = max((base + power).max() - free, 0.0)
    best = least_bill(np.full(10, 0.3), base, need, charger, free, 5.0)
    assert power.sum() == pytest.approx(need, abs=1e-6)
    assert 0.3 * power.sum() + 5.0 * beyond == pytest.approx(best, abs=1e-5)


@pytest.mark.parametrize(("per_kw", "within"), [(4.0, 1e-6), (0.4, 0.035)])
def test_at_two_prices_sparing_the_peak_costs_little_more_than_the_best(per_kw, within):
    """The rule never raises a peak for a cheap hour.

    That is best where one night pays the month's charge (4 for each kW), and costs 3 % more where
    ten nights share it, the cheap hours being a third cheaper.
    """
    draw = np.random.default_rng(1)
    mine, best = 0.0, 0.0
    for _ in range(100):
        price = np.where(np.arange(10) < 5, 0.3, 0.2)
        base, need, free = draw.uniform(0.2, 1.5, 10), draw.uniform(3, 20), 2.5
        power = spared(price, base, need, 7.4, free)
        mine += float(price @ power) + per_kw * max((base + power).max() - free, 0.0)
        best += least_bill(price, base, need, 7.4, free, per_kw)
    assert best * (1.0 - 1e-9) <= mine <= (1.0 + within) * best


@given(prices, st.floats(0, 60), st.sampled_from([0.25, 0.5, 1.0]), st.integers(0, 99))
def test_within_limits_charging_costs_what_sorting_costs(price, need, dt, number):
    price = np.array(price, dtype=float)
    most = np.random.default_rng(number).uniform(0, 5, len(price))
    cap, tie = schedule.price_cap_within(price, most, dt, need)
    left, least, paid, taken = need, 0.0, 0.0, 0.0
    for k in np.argsort(price, kind="stable"):
        least += price[k] * min(left, most[k] * dt)
        left -= min(left, most[k] * dt)
    for k, now in enumerate(price):
        tie, power = schedule.at_cap(tie, now, cap, most[k], dt)
        paid += now * power * dt
        taken += power * dt
    assert paid == pytest.approx(least, abs=1e-9)
    assert taken == pytest.approx(min(need, most.sum() * dt), abs=1e-9)


def test_a_need_that_fits_raises_nothing_and_one_that_never_fits_lets_all_through():
    spare = np.array([1.0, -2.0, 0.5])
    assert schedule.least_raise(spare, 1.0, 1.5, 3.0) == 0.0
    assert schedule.least_raise(spare, 1.0, 99.0, 3.0) == 5.0
    assert schedule.least_raise(spare, 1.0, 3.5, 3.0) == pytest.approx(1.0, abs=1e-6)
