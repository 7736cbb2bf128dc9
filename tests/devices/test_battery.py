"""A battery promises to stay within its limits and to lose nothing that is not told."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gridsim.devices import battery


def step(energy, request, *, capacity=10.0, limit=5.0, efficiency=0.9, standby=0.0, dt=1.0):
    """Step the battery of this module: energy_kwh, power_kw, lost_kwh."""
    return battery.step(energy, request, capacity, limit, efficiency, standby, dt)


def test_charging_by_hand():
    assert step(2.0, 3.0) == pytest.approx((4.7, 3.0, 0.3))


def test_discharging_by_hand():
    assert step(5.0, -1.8) == pytest.approx((3.0, -1.8, 0.2))


def test_power_is_limited_both_ways():
    assert step(5.0, 99.0, dt=0.1)[1] == 5.0
    assert step(5.0, -99.0, dt=0.1)[1] == -5.0


def test_a_full_battery_takes_nothing_and_an_empty_one_gives_nothing():
    assert step(10.0, 3.0)[1] == 0.0
    assert step(0.0, -3.0)[1] == 0.0


def test_no_battery_does_nothing():
    assert step(0.0, 3.0, capacity=0.0, limit=0.0) == (0.0, 0.0, 0.0)


def test_standby_drains_the_store_until_it_is_empty():
    assert step(1.0, 0.0, standby=0.01)[0] == pytest.approx(0.99)
    assert step(0.005, 0.0, standby=0.01)[0] == 0.0


def test_a_round_trip_keeps_the_square_of_the_efficiency():
    energy, power, _ = step(0.0, 4.0)
    back = step(energy, -99.0)[1]
    assert -back / power == pytest.approx(0.81)


@given(
    st.floats(-10, 10), st.floats(0, 1), st.floats(0.5, 1), st.floats(0, 0.1), st.floats(1 / 60, 2)
)
def test_energy_balances_within_its_limits(request_kw, full, efficiency, standby, dt):
    before = 10.0 * full
    after, power, lost = step(before, request_kw, efficiency=efficiency, standby=standby, dt=dt)
    assert power * dt == pytest.approx(after - before + lost, abs=1e-9)
    assert 0.0 <= after <= 10.0
    assert abs(power) <= 5.0
    assert lost >= -1e-12


@given(st.floats(-10, 10), st.floats(0.1, 1), st.floats(0.1, 1))
def test_two_half_steps_make_one(request_kw, full, dt):
    before = 10.0 * full
    whole = step(before, request_kw, dt=2 * dt)
    first = step(before, request_kw, dt=dt)
    second = step(first[0], request_kw, dt=dt)
    assert second[0] == pytest.approx(whole[0], abs=1e-9)
    assert (first[1] + second[1]) / 2 == pytest.approx(whole[1], abs=1e-9)


def test_the_same_question_has_the_same_answer():
    assert step(3.3, 1.1) == step(3.3, 1.1)
