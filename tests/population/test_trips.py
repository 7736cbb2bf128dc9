"""Trips promise the wanted distance on average, sane times, and one answer per home and day."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gridsim.population import trips

DAYS = range(20_000, 20_000 + 7 * 60)


def weekend(day):
    """Whether a day number is a Saturday or a Sunday."""
    return (day + 3) % 7 >= 5


def outings(kind, km_day=43.0, homes=10, seed=3):
    """All days of some homes: rows of leave_s, back_s, km, weekend."""
    rows = [
        (*trips.car_day(seed, home, day, weekend(day), kind, km_day), weekend(day))
        for home in range(homes)
        for day in DAYS
    ]
    return np.array(rows, dtype=float)


@pytest.mark.parametrize("kind", [trips.WORKER, trips.SHIFT, trips.HOME, trips.RETIRED])
def test_the_mean_of_all_days_is_the_wanted_distance(kind):
    assert outings(kind)[:, 2].mean() == pytest.approx(43.0, rel=0.05)


@given(
    st.integers(0, 2**62), st.integers(0, 10**6), st.integers(0, 40_000), st.booleans(),
    st.integers(0, 4), st.floats(0, 500),
)  # fmt: skip
def test_times_lie_within_the_day_in_whole_seconds(seed, home, day, free, kind, km_day):
    leave, back, km = trips.car_day(seed, home, day, free, kind, km_day)
    assert (leave, back) == (0.0, 0.0) if km == 0 else 0 <= leave < back <= 86_340
    assert leave == int(leave)
    assert back == int(back)
    assert km >= 0


def test_a_car_that_is_never_driven_stays_in():
    assert outings(trips.WORKER, km_day=0.0, homes=1)[:, :3].max() == 0.0


def test_a_worker_is_away_through_a_working_day():
    rows = outings(trips.WORKER)
    work = rows[(rows[:, 2] > 0) & (rows[:, 3] == 0)]
    assert 6 <= np.median(work[:, 0]) / 3600 <= 9
    assert 8 <= np.median(work[:, 1] - work[:, 0]) / 3600 <= 11


def test_workers_come_home_in_the_evening():
    rows = outings(trips.WORKER)
    back = rows[(rows[:, 2] > 0) & (rows[:, 3] == 0), 1] / 3600
    assert 17 <= np.histogram(back, bins=range(25))[0].argmax() <= 18  # figure E051: mode 17-19 h


def test_a_shift_worker_keeps_the_same_shift_within_a_week():
    monday = next(day for day in DAYS if (day + 3) % 7 == 0)
    days = [trips.car_day(1, 5, monday + d, False, trips.SHIFT, 30.0) for d in range(5)]
    late = {leave > 10 * 3600 for leave, _, km in days if km > 0}
    assert len(late) == 1


def test_a_home_and_a_day_have_one_answer_of_their_own():
    here = trips.car_day(1, 5, 20_001, False, 0, 43.0)
    assert trips.car_day(1, 5, 20_001, False, 0, 43.0) == here
    assert trips.car_day(1, 6, 20_001, False, 0, 43.0) != here
    assert trips.car_day(1, 5, 20_002, False, 0, 43.0) != here


def test_twice_the_distance_changes_only_the_distance_on_short_trips():
    near = trips.car_day(1, 5, 20_003, False, 0, 10.0)
    far = trips.car_day(1, 5, 20_003, False, 0, 20.0)
    assert far[:2] == near[:2]
    assert far[2] == pytest.approx(2 * near[2])


@given(st.floats(0.0001, 0.9999))
def test_the_triangle_rises_from_end_to_end(u):
    assert 2 <= trips.triangular(u, 2.0, 3.0, 7.0) <= 7
    assert trips.triangular(0.2, 2.0, 3.0, 7.0) == pytest.approx(3.0)
