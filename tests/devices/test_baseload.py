"""Cold appliances promise exact energy for any step, and a mean that follows the room."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gridsim.devices import baseload

PERIOD = baseload.PERIOD_S


def test_power_is_full_in_the_on_part_and_zero_in_the_off_part():
    on = baseload.cold(0.0, baseload.DUTY * PERIOD, 0.035, 0.0, 20.0)
    off = baseload.cold(baseload.DUTY * PERIOD, 60.0, 0.035, 0.0, 20.0)
    assert on == pytest.approx(0.1)
    assert off == 0.0


@given(st.integers(0, 2 * 10**9), st.floats(0, 1), st.floats(10, 35))
def test_mean_over_a_whole_cycle_does_not_depend_on_where_it_starts(second, phase, indoor):
    expected = 0.04 * (1 + baseload.RISE_PER_K * (indoor - 20))
    assert baseload.cold(second, PERIOD, 0.04, phase, indoor) == pytest.approx(expected, rel=1e-6)


@given(st.integers(0, 2 * 10**9), st.integers(1, 60), st.floats(0, 1))
def test_two_half_steps_make_one(second, minutes, phase):
    half = 60.0 * minutes
    first = baseload.cold(second, half, 0.04, phase, 22.0)
    rest = baseload.cold(second + half, half, 0.04, phase, 22.0)
    whole = baseload.cold(second, 2 * half, 0.04, phase, 22.0)
    assert (first + rest) / 2 == pytest.approx(whole, abs=1e-7)


@given(st.integers(0, 10**9), st.floats(60, 7200), st.floats(0, 1), st.floats(-30, 80))
def test_power_stays_between_zero_and_the_compressor(second, dt, phase, indoor):
    kw = baseload.cold(second, dt, 0.04, phase, indoor)
    assert -1e-9 <= kw <= 0.04 / baseload.DUTY + 1e-9


def test_phases_spread_over_homes_give_a_flat_sum():
    phases = [i / 200 for i in range(200)]
    total = [sum(baseload.cold(s, 60.0, 0.04, p, 20.0) for p in phases) for s in (0, 777, 1500)]
    assert total == pytest.approx([8.0] * 3, rel=0.02)
