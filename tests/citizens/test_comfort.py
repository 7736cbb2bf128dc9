"""Comfort promises to give way to a price up to a tolerance, and never to ask for more heat."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gridsim.citizens import comfort

ratios = st.floats(-3.0, 3.0)
kelvins = st.floats(0.0, 5.0)
powers = st.floats(0.0, 12.0)


@pytest.mark.parametrize(("awake", "wanted"), [(2.0, 20.0), (1.0, 20.0), (0.0, 17.0)])
def test_the_set_point_holds_while_somebody_is_up(awake, wanted):
    assert comfort.wanted_c(20.0, 3.0, awake) == wanted


def test_a_doubled_price_lowers_the_set_point_by_its_logarithm():
    assert comfort.set_point_shift(math.log(2.0), 1.5, 9.0) == pytest.approx(1.5 * math.log(2.0))


@given(st.floats(-3.0, 0.0), kelvins, kelvins)
def test_a_usual_or_cheap_price_moves_nothing(log_ratio, slope, tolerance):
    assert comfort.set_point_shift(log_ratio, slope, tolerance) == 0.0


@given(ratios, kelvins, kelvins)
def test_people_bear_no_more_than_their_tolerance(log_ratio, slope, tolerance):
    assert 0.0 <= comfort.set_point_shift(log_ratio, slope, tolerance) <= tolerance


def test_a_very_dear_hour_is_borne_to_the_tolerance():
    assert comfort.set_point_shift(3.0, 2.0, 1.2) == 1.2


@given(ratios, st.floats(0.0, 2.0), kelvins, kelvins)
def test_a_dearer_hour_never_makes_it_warmer(log_ratio, more, slope, tolerance):
    dearer = comfort.set_point_shift(log_ratio + more, slope, tolerance)
    assert dearer >= comfort.set_point_shift(log_ratio, slope, tolerance)


@pytest.mark.parametrize(
    ("urgency", "present", "heat_kw"),
    [(1.6, 1.0, 3.6), (3.0, 2.0, 3.6), (1.1, 1.0, 1.8), (0.6, 1.0, 0.0), (1.6, 0.0, 0.0)],
)
def test_the_more_urgent_the_more_of_the_heat_the_stove_takes_over(urgency, present, heat_kw):
    found = comfort.second_heat_kw(4.0, 5.0, urgency, 0.6, 1.6, 0.9, present)
    assert found == pytest.approx(heat_kw)


def test_a_small_stove_gives_what_it_can():
    assert comfort.second_heat_kw(8.0, 5.0, 2.0, 0.6, 1.0, 0.9, 1.0) == 5.0


@given(powers, powers, ratios, st.floats(0.0, 1.0), st.integers(0, 4))
def test_the_stove_never_gives_more_than_the_need(need, limit, urgency, part, present):
    heat_kw = comfort.second_heat_kw(need, limit, urgency, 0.6, 1.0, part, float(present))
    assert 0.0 <= heat_kw <= min(need, limit)


@given(powers, ratios)
def test_a_home_without_a_stove_takes_no_heat_from_it(need, urgency):
    assert comfort.second_heat_kw(need, 0.0, urgency, 0.6, 1.0, 0.9, 1.0) == 0.0
