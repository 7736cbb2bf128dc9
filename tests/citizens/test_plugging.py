"""Plugging in promises to be sure when the battery is low and a habit when it is full."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gridsim.citizens import plugging


def share(soc, threshold=0.6):
    """Share of evenly spread draws that plug in."""
    draws = [(i + 0.5) / 1000 for i in range(1000)]
    return sum(plugging.plug_in(soc, threshold, u) for u in draws) / 1000


def test_a_low_battery_is_always_plugged_in():
    assert share(0.3) == 1.0


def test_at_the_threshold_it_is_even():
    assert share(0.6) == pytest.approx(0.5)


def test_a_full_battery_is_plugged_in_by_habit_only():
    assert share(1.0) == pytest.approx(plugging.HABIT)


@given(st.floats(0, 0.9), st.floats(0.2, 0.9), st.floats(0.001, 0.999))
def test_a_fuller_battery_never_makes_one_plug_in(soc, threshold, u):
    assert plugging.plug_in(soc + 0.1, threshold, u) <= plugging.plug_in(soc, threshold, u)
