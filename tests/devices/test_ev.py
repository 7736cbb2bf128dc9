"""A car promises to be ready for its trip, to stay within its limits, and to account for energy."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gridsim.devices import ev


def step(energy, request, plugged=1.0, minimum=0.0, *, capacity=50.0, charger=7.0, dt=1.0):
    """Step the car of this module, 0.9 one way: energy_kwh, power_kw, lost_kwh."""
    return ev.step(energy, request, plugged, minimum, capacity, charger, 0.9, dt)


def test_charging_by_hand():
    assert step(20.0, 5.0) == pytest.approx((24.5, 5.0, 0.5))


def test_the_charger_is_the_limit_both_ways():
    assert step(20.0, 99.0)[1] == 7.0
    assert step(40.0, -99.0)[1] == -7.0


def test_half_a_step_plugged_in_takes_half_the_energy():
    assert step(20.0, 7.0, plugged=0.5)[1] == 3.5


def test_a_car_that_is_away_does_nothing():
    assert step(20.0, 7.0, plugged=0.0, minimum=30.0) == (20.0, 0.0, 0.0)


def test_below_the_minimum_it_charges_whatever_is_requested():
    assert step(20.0, 0.0, minimum=22.7)[1] == pytest.approx(3.0)
    assert step(20.0, -7.0, minimum=40.0)[1] == 7.0


def test_giving_back_stops_at_the_minimum():
    energy, power, _ = step(21.0, -7.0, minimum=20.0)
    assert energy == pytest.approx(20.0)
    assert power == pytest.approx(-0.9)


def test_a_minimum_beyond_the_battery_means_full():
    assert step(49.0, 0.0, minimum=80.0)[0] == pytest.approx(50.0)


def test_no_car_does_nothing():
    assert step(0.0, 7.0, capacity=0.0) == (0.0, 0.0, 0.0)


@given(st.floats(-12, 12), st.floats(0, 1), st.floats(0, 1), st.floats(0, 60), st.floats(1 / 60, 2))
def test_energy_balances_within_its_limits(request_kw, full, plugged, minimum, dt):
    before = 50.0 * full
    after, power, lost = step(before, request_kw, plugged, minimum, dt=dt)
    assert power * dt == pytest.approx(after - before + lost, abs=1e-9)
    assert 0.0 <= after <= 50.0
    assert abs(power) <= 7.0 * plugged + 1e-12
    assert lost >= -1e-12


@given(st.floats(-12, 12), st.floats(0, 1), st.floats(0, 40), st.floats(0.1, 1))
def test_two_half_steps_make_one(request_kw, full, minimum, dt):
    before = max(50.0 * full, minimum)
    whole = step(before, request_kw, 1.0, minimum, dt=2 * dt)
    first = step(before, request_kw, 1.0, minimum, dt=dt)
    second = step(first[0], request_kw, 1.0, minimum, dt=dt)
    assert second[0] == pytest.approx(whole[0], abs=1e-9)


def test_a_short_trip_is_driven_from_the_battery():
    assert ev.drive(30.0, 40.0, 0.2, 50.0) == pytest.approx((22.0, 0.0))


def test_a_long_trip_charges_outside_and_keeps_the_reserve():
    assert ev.drive(30.0, 200.0, 0.2, 50.0) == pytest.approx((5.0, 15.0))


@given(st.floats(0, 50), st.floats(0, 900))
def test_driving_creates_no_energy_and_never_empties_the_battery(before, km):
    after, outside = ev.drive(before, km, 0.18, 50.0)
    assert after == pytest.approx(before - 0.18 * km + outside, abs=1e-9)
    assert after >= min(before, ev.RESERVE * 50.0) - 1e-9
    assert outside >= 0.0
