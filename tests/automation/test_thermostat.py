"""The programmable thermostat promises to follow the price both ways, within its owner's limits."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gridsim.automation import thermostat

ratios = st.floats(-3.0, 3.0)
kelvins = st.floats(0.0, 5.0)


def test_the_usual_price_moves_nothing():
    assert thermostat.set_point_shift(0.0, 2.0, 1.5, 0.0) == 0.0


def test_the_set_point_falls_in_proportion_to_the_logarithm_of_the_price():
    assert thermostat.set_point_shift(0.5, 2.0, 1.5, 0.0) == 1.0


def test_a_cheap_hour_stores_heat():
    assert thermostat.set_point_shift(-0.25, 2.0, 1.5, 0.0) == -0.5


@pytest.mark.parametrize(("log_ratio", "shift"), [(3.0, 1.5), (-3.0, -0.75)])
def test_the_owner_bears_a_tolerance_down_and_half_of_it_up(log_ratio, shift):
    assert thermostat.set_point_shift(log_ratio, 2.0, 1.5, 0.0) == shift


@given(ratios, kelvins, kelvins)
def test_the_shift_never_leaves_the_limits(log_ratio, slope, tolerance):
    shift = thermostat.set_point_shift(log_ratio, slope, tolerance, 0.0)
    assert -0.5 * tolerance <= shift <= tolerance


@given(ratios, st.floats(0.0, 2.0), kelvins, kelvins)
def test_a_dearer_hour_never_makes_it_warmer(log_ratio, more, slope, tolerance):
    dearer = thermostat.set_point_shift(log_ratio + more, slope, tolerance, 0.0)
    assert dearer >= thermostat.set_point_shift(log_ratio, slope, tolerance, 0.0)


@given(ratios, kelvins)
def test_an_owner_without_tolerance_keeps_the_set_point(log_ratio, slope):
    assert thermostat.set_point_shift(log_ratio, slope, 0.0, 0.0) == 0.0


@pytest.mark.parametrize(
    ("log_ratio", "shift"), [(0.2, 0.0), (-0.2, 0.0), (0.5, 0.6), (-0.4, -0.4)]
)
def test_a_machine_does_nothing_about_small_differences(log_ratio, shift):
    assert thermostat.set_point_shift(log_ratio, 2.0, 1.5, 0.2) == pytest.approx(shift)
