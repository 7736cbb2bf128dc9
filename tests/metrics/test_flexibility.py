"""What moved: reductions, returns and shifts, with the answers known beforehand."""

import datetime as dt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from gridsim.core.clock import Clock, make_clock
from gridsim.metrics import flexibility

profiles = arrays.arrays(np.float64, (2, 4, 24), elements=st.floats(-3, 3))


def clock_of(days: int) -> Clock:
    start = dt.date(2025, 1, 13)
    return make_clock(start, start + dt.timedelta(days=days), 60, "Europe/Paris")


def test_spans_are_runs_of_called_steps():
    called = np.array([True, False, True, True, False, True])
    assert flexibility.spans(called) == [(0, 1), (2, 4), (5, 6)]
    assert flexibility.spans(np.zeros(3, dtype=bool)) == []


def test_reduction_by_hand():
    assert flexibility.reduction(np.array(10.0), np.array(8.5)) == pytest.approx(0.15)


def test_taking_more_is_a_negative_reduction():
    assert flexibility.reduction(np.array(10.0), np.array(11.0)) == pytest.approx(-0.1)


def test_reduction_is_not_defined_where_the_reference_takes_nothing():
    assert np.isnan(flexibility.reduction(np.array(0.0), np.array(1.0)))


def test_a_kilowatt_moved_by_six_hours_every_day_is_a_kilowatt_hour_a_day():
    before = np.zeros((1, 4, 24))
    after = before.copy()
    after[0, 0, 19], after[0, 0, 1] = -1.0, 1.0
    assert flexibility.shifted_kwh(before, after, clock_of(10)) == pytest.approx([10.0])


def test_a_saving_moves_nothing():
    before = np.ones((1, 4, 24))
    after = before.copy()
    after[0, 0, 18:21] = 0.2
    assert flexibility.shifted_kwh(before, after, clock_of(3)) == pytest.approx([0.0])


def test_seasons_that_the_period_does_not_have_move_nothing():
    before = np.full((1, 4, 24), np.nan)
    before[0, 0] = 1.0
    after = before.copy()
    after[0, 0, 3], after[0, 0, 4] = 2.0, 0.0
    assert flexibility.shifted_kwh(before, after, clock_of(1)) == pytest.approx([1.0])


@given(before=profiles, after=profiles)
def test_what_moved_from_here_to_there_moves_back_from_there_to_here(before, after):
    clock = clock_of(2)
    moved = flexibility.shifted_kwh(before, after, clock)
    assert np.all(moved >= 0)
    np.testing.assert_allclose(moved, flexibility.shifted_kwh(after, before, clock))


def test_seasons_and_hours_follow_the_wall_clock():
    clock = make_clock(dt.date(2025, 2, 28), dt.date(2025, 3, 2), 60, "Europe/Paris")
    kinds = flexibility.season_hours(clock)
    assert kinds[:24].tolist() == list(range(24))
    assert kinds[24:].tolist() == list(range(24, 48))


def called_evening(clock: Clock, day: int) -> np.ndarray:
    """Return the steps from 18 to 20 h of one day, counted from 0."""
    here = clock.local_day == clock.local_day[0] + day
    return here & (clock.local_hour >= 18) & (clock.local_hour < 20)


def test_half_of_what_is_avoided_comes_back_in_the_night():
    clock = clock_of(4)
    called = called_evening(clock, 1)
    before = np.ones(clock.steps)
    after = before - 0.4 * called
    after[np.flatnonzero(called)[-1] + 3] += 0.4
    avoided, back = flexibility.returned(before, after, called, clock)
    assert avoided == pytest.approx([0.8])
    assert back == pytest.approx([0.4])
    assert flexibility.rebound(avoided.sum(), back.sum()) == pytest.approx(0.5)


def test_what_comes_back_after_a_day_does_not_count():
    clock = clock_of(4)
    called = called_evening(clock, 1)
    after = np.ones(clock.steps) - 0.4 * called
    after[np.flatnonzero(called)[-1] + 26] += 0.4
    _, back = flexibility.returned(np.ones(clock.steps), after, called, clock)
    assert back == pytest.approx([0.0])


def test_what_the_arm_does_every_day_anyway_is_no_return():
    clock = clock_of(4)
    called = called_evening(clock, 1)
    night = 0.3 * (clock.local_hour < 5)
    _, back = flexibility.returned(
        np.ones(clock.steps), np.ones(clock.steps) + night - 0.4 * called, called, clock
    )
    assert back == pytest.approx([0.0])


def test_the_return_of_an_event_ends_where_the_next_begins():
    clock = clock_of(3)
    called = called_evening(clock, 1) | called_evening(clock, 2)
    more = np.full(clock.steps, 0.1) * ~called
    more[: np.flatnonzero(called)[0]] = 0.0
    _, back = flexibility.returned(np.ones(clock.steps), 1.0 + more, called, clock)
    assert back == pytest.approx([2.2, 0.4])


def test_without_events_nothing_returns_and_the_rebound_is_not_defined():
    clock = clock_of(1)
    load = np.ones(clock.steps)
    avoided, back = flexibility.returned(load, load, np.zeros(clock.steps, dtype=bool), clock)
    assert len(avoided) == len(back) == 0
    assert np.isnan(flexibility.rebound(avoided.sum(), back.sum()))
