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
        tie_kwh, power_kw = charging.request_kw(
            now, cap, tie_kwh, limit_kw, limit_kw, 1.0, urgent, dt_h
        )
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
    assert charging.request_kw(price, cap, tie, limit, limit, 0.0, 0.0, dt)[1] == limit


@given(prices, needs, limits, steps_h)
def test_a_car_that_is_nearly_empty_charges_whatever_the_price(price, need, limit, dt):
    assert np.all(followed(price, need, limit, dt, urgent=1.0) == limit)


def test_what_was_charged_in_a_hurry_at_the_cap_is_not_charged_again():
    tie, power = charging.request_kw(0.2, 0.2, 5.0, 4.0, 4.0, 1.0, 1.0, 1.0)
    assert (tie, power) == (1.0, 4.0)


def test_more_than_was_left_at_the_cap_leaves_nothing():
    assert charging.request_kw(0.2, 0.2, 1.0, 4.0, 4.0, 1.0, 1.0, 1.0) == (0.0, 4.0)


@pytest.mark.parametrize("price", [0.1, 0.3])
def test_a_step_off_the_cap_leaves_the_rest_for_the_cap(price):
    assert charging.request_kw(price, 0.2, 5.0, 4.0, 4.0, 1.0, 0.0, 1.0)[0] == 5.0


@given(st.floats(-1, 1), st.floats(-1, 1), st.floats(0, 9), limits, steps_h)
def test_a_dearer_step_never_asks_for_more(price, cap, tie, limit, dt):
    now, later = (
        charging.request_kw(p, cap, tie, limit, limit, 1.0, 0.0, dt)[1]
        for p in (price, price + 0.1)
    )
    assert 0.0 <= later <= now <= limit


def test_a_plan_that_spares_the_peak_asks_for_no_more_than_is_left():
    assert charging.request_kw(0.1, 0.2, 0.0, 1.5, 7.4, 1.0, 0.0, 1.0)[1] == 1.5
    assert charging.request_kw(0.2, 0.2, 9.0, 1.5, 7.4, 1.0, 0.0, 1.0) == (7.5, 1.5)


def test_people_come_first_whatever_is_left():
    assert charging.request_kw(0.1, 0.2, 0.0, 1.5, 7.4, 1.0, 1.0, 1.0)[1] == 7.4
    assert charging.request_kw(0.1, 0.2, 0.0, 1.5, 7.4, 0.0, 0.0, 1.0)[1] == 7.4


@given(needs, limits, st.floats(0.0, 24.0), steps_h)
def test_what_must_be_charged_now_is_what_later_cannot_bring(need, limit, left, dt):
    must = charging.must_kw(need, limit, left, dt)
    later = limit * max(left - dt, 0.0)
    assert 0.0 <= must <= limit
    assert must * dt + later >= min(need, limit * dt + later) - 1e-9
    assert must == 0.0 or must * dt + later <= need + 1e-9


@given(needs, limits, st.integers(1, 24), st.lists(st.floats(0, 9), min_size=24, max_size=24))
def test_a_car_held_back_to_the_last_leaves_with_what_it_could_have_had(need, limit, h, bases):
    left = need
    for k in range(h):
        must = charging.must_kw(left, limit, h - k, 1.0)
        left -= min(charging.room_kw(2.0, 0.0, must, np.inf, bases[k]), limit, left)
    assert left == pytest.approx(max(need - limit * h, 0.0), abs=1e-9)


def test_a_charger_takes_what_the_peak_leaves_beside_the_home():
    assert charging.room_kw(2.5, 0.0, 0.0, np.inf, 1.0) == 1.5
    assert charging.room_kw(2.5, 0.5, 0.0, np.inf, 1.0) == 2.0
    assert charging.room_kw(2.5, 0.0, 0.0, np.inf, 4.0) == 0.0
    assert charging.room_kw(2.5, 0.0, 3.0, np.inf, 1.0) == 3.0
    assert charging.room_kw(np.inf, 0.0, 0.0, np.inf, 1.0) == np.inf


def test_sun_on_the_roof_is_room_for_the_car():
    assert charging.room_kw(2.5, 0.0, 0.0, np.inf, -3.0) == 5.5


def test_an_order_holds_even_when_the_car_will_not_be_ready():
    assert charging.room_kw(2.5, 1.0, 7.4, 2.0, 0.5) == 1.5
