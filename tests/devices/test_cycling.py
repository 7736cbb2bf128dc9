"""A cycling thermostat promises exact switching times, so that the step does not matter."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gridsim.devices import cycling

COOLED = (20.0, 32.0, 2.0, 10.0, -14.0, 0.5)  # Callaway 2009: set, out, R, C, cooling, band
HEATED = (20.0, 0.0, 5.0, 4.0, 8.0, 1.0)  # figure H004


def switching_h(temp, on, house):
    """Time until the thermostat first switches, by bisection on a step within one cycle. [h]."""
    low, high = 0.0, 1.2
    for _ in range(60):
        middle = (low + high) / 2
        after = cycling.step(temp, on, *house, middle)
        same = after[1] == on and cycling.step(*after[:2], *house, 1e-13)[1] == on
        low, high = (middle, high) if same else (low, middle)
    return low


def test_the_air_conditioner_runs_and_rests_for_the_published_minutes():
    assert 60 * switching_h(20.25, 1.0, COOLED) == pytest.approx(37.503, abs=1e-3)  # figure H003
    assert 60 * switching_h(19.75, 0.0, COOLED) == pytest.approx(50.007, abs=1e-3)


def test_on_time_is_the_closed_form_to_a_millionth():
    closed = 20 * math.log((20.25 - 32 + 28) / (19.75 - 32 + 28))
    temp, _, mean = cycling.step(20.25, 1.0, *COOLED, closed)
    assert temp == pytest.approx(19.75, abs=1e-9)
    assert mean == pytest.approx(-14.0, rel=1e-6)


def test_the_mean_power_over_a_cycle_is_published():
    period = 20 * math.log(16.25 / 15.75) + 20 * math.log(12.25 / 11.75)
    mean = cycling.step(20.25, 1.0, *COOLED, period)[2]
    electric = mean / -2.5
    assert electric == pytest.approx(2.400, abs=5e-4)  # figure H003, COP 2.5
    duty = mean / -14
    assert duty == pytest.approx(0.42856, abs=5e-6)


def test_the_heated_house_is_on_as_long_as_off():
    on, off = switching_h(19.5, 1.0, HEATED), switching_h(20.5, 0.0, HEATED)
    assert 60 * on == pytest.approx(60.01, abs=5e-3)  # figure H004
    assert on == pytest.approx(off)
    assert cycling.step(19.5, 1.0, *HEATED, on + off)[2] == pytest.approx(4.0, rel=1e-6)


def test_payback_after_two_hours_off_is_published():
    held = (5.0, 4.0, 8.0, 0.002)
    low, on, _ = cycling.step(20.0, 0.0, -50.0, 0.0, *held, 2.0)  # a set point that never calls
    assert low == pytest.approx(18.097, abs=5e-4)  # figure H005
    temp, _, mean = cycling.step(low, on, 20.0, 0.0, *held, 1.818)
    assert mean == pytest.approx(8.0)
    assert temp == pytest.approx(20.0, abs=1e-3)
    paid_back = (mean - 4.0) * 1.818 / 8.0
    assert paid_back == pytest.approx(0.909, abs=5e-4)  # figure H006


@given(st.floats(17, 23), st.booleans(), st.floats(0.05, 3), st.sampled_from([COOLED, HEATED]))
def test_two_half_steps_make_one(temp, on, dt, house):
    whole = cycling.step(temp, float(on), *house, 2 * dt)
    first = cycling.step(temp, float(on), *house, dt)
    second = cycling.step(first[0], first[1], *house, dt)
    assert second[0] == pytest.approx(whole[0], abs=1e-7)
    assert (first[2] + second[2]) / 2 == pytest.approx(whole[2], abs=1e-6)


@given(st.floats(10, 30), st.booleans(), st.sampled_from([COOLED, HEATED]))
def test_heat_balances_with_what_passes_the_walls(temp, on, house):
    _, out, resistance, capacity, _, _ = house
    stored = lost = given_kwh = 0.0
    for _ in range(200):
        after, on, mean = cycling.step(temp, float(on), *house, 0.005)
        stored += capacity * (after - temp)
        lost += ((temp + after) / 2 - out) / resistance * 0.005
        given_kwh += mean * 0.005
        temp = after
    assert given_kwh == pytest.approx(stored + lost, abs=0.002)


def test_a_weak_machine_stays_on_and_never_arrives():
    temp, on, mean = cycling.step(15.0, 1.0, 20.0, 0.0, 5.0, 4.0, 3.5, 1.0, 200.0)
    assert (on, mean) == (1.0, 3.5)
    assert temp == pytest.approx(17.5, abs=1e-2)


def test_a_house_that_needs_nothing_is_left_alone():
    assert cycling.step(25.0, 0.0, 20.0, 25.0, 5.0, 4.0, 8.0, 1.0, 10.0) == (25.0, 0.0, 0.0)


def test_a_dead_band_of_nothing_still_ends():
    temp, _, mean = cycling.step(20.0, 1.0, 20.0, 0.0, 5.0, 4.0, 8.0, 0.0, 0.5)
    assert temp == pytest.approx(20.0, abs=cycling.BAND_LEAST_K)
    assert mean == pytest.approx(4.0, rel=0.02)
