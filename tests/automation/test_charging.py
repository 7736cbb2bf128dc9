"""The charger's rule promises the cheapest way to be full by departure, step by step."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gridsim.automation import charging, schedule

prices = st.lists(st.integers(-5, 20), min_size=1, max_size=40)
needs = st.floats(0.0, 60.0)
steps_h = st.sampled_from([0.25, 0.5, 1.0])
limits = st.floats(0.5, 11.0)


def followed(price, need_kwh, limit_kw, dt_h, urgent=0.0):
    """Powers of a charger that is given its cap once and then only sees the price of each step."""
    price = np.asarray(price, dtype=np.float64)
    cap, tie_kwh = schedule.price_cap(price, dt_h, need_kwh, limit_kw)
    powers = []
    for now in price:
        tie_kwh, power_kw = charging.request_kw(now, cap, tie_kwh, limit_kw, 1.0, urgent, dt_h)
        powers.append(power_kw)
    return np.array(powers)


@given(prices, needs, limits, steps_h)
def test_following_the_cap_is_the_cheapest_schedule(price, need, limit, dt):
    cheapest = schedule.cheapest_charge(np.array(price, dtype=np.float64), dt, need, limit)
    assert followed(price, need, limit, dt) == pytest.approx(cheapest, abs=1e-9)


@given(prices, needs, limits, steps_h)
def test_the_car_gets_what_it_needs_or_all_that_fits(price, need, limit, dt):
    taken = followed(price, need, limit, dt).sum() * dt
    assert taken == pytest.approx(min(need, limit * dt * len(price)), abs=1e-9)


def test_a_night_is_charged_in_its_cheap_hours():
    powers = followed([0.3, 0.3, 0.1, 0.1, 0.1, 0.3], 10.0, 4.0, 1.0)
    assert powers == pytest.approx([0.0, 0.0, 4.0, 4.0, 2.0, 0.0])


def test_at_one_price_charging_begins_at_once():
    assert followed([0.2] * 5, 6.0, 4.0, 1.0) == pytest.approx([4.0, 2.0, 0.0, 0.0, 0.0])


@given(prices, limits, steps_h)
def test_a_full_car_asks_for_nothing(price, limit, dt):
    assert not followed(price, 0.0, limit, dt).any()


@given(st.floats(-1, 1), st.floats(-1, 1), st.floats(0, 9), limits, steps_h)
def test_who_does_not_follow_charges_at_once(price, cap, tie, limit, dt):
    assert charging.request_kw(price, cap, tie, limit, 0.0, 0.0, dt)[1] == limit


@given(prices, needs, limits, steps_h)
def test_a_car_that_is_nearly_empty_charges_whatever_the_price(price, need, limit, dt):
    assert np.all(followed(price, need, limit, dt, urgent=1.0) == limit)


def test_what_was_charged_in_a_hurry_at_the_cap_is_not_charged_again():
    tie, power = charging.request_kw(0.2, 0.2, 5.0, 4.0, 1.0, 1.0, 1.0)
    assert (tie, power) == (1.0, 4.0)


def test_more_than_was_left_at_the_cap_leaves_nothing():
    assert charging.request_kw(0.2, 0.2, 1.0, 4.0, 1.0, 1.0, 1.0) == (0.0, 4.0)


@pytest.mark.parametrize("price", [0.1, 0.3])
def test_a_step_off_the_cap_leaves_the_rest_for_the_cap(price):
    assert charging.request_kw(price, 0.2, 5.0, 4.0, 1.0, 0.0, 1.0)[0] == 5.0


@given(st.floats(-1, 1), st.floats(-1, 1), st.floats(0, 9), limits, steps_h)
def test_a_dearer_step_never_asks_for_more(price, cap, tie, limit, dt):
    now, later = (
        charging.request_kw(p, cap, tie, limit, 1.0, 0.0, dt)[1] for p in (price, price + 0.1)
    )
    assert 0.0 <= later <= now <= limit
