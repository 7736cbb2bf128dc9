"""The hours of people: in order, carried over midnight, and as much at home as surveys say."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gridsim.core.clock import DAY_S, HOUR_S
from gridsim.population import people

WORKER, SHIFT, BY_DAY, RETIRED, CHILD = range(5)
MONDAY = 15_712  # 7 January 2013
JULY = MONDAY + 28 * 7


def days_of(kind, *, homes=300, first=MONDAY, count=7):
    """Return wake, leave, back, sleep of one person of many homes, shape (homes * count, 4)."""
    return np.array(
        [
            people.person_day(people.date_of(1, day, int((day + 3) % 7 >= 5)), home, 0, kind)
            for home in range(homes)
            for day in range(first, first + count)
        ]
    )


def away_h(hours):
    return (hours[:, 2] - hours[:, 1]) / HOUR_S


@given(
    seed=st.integers(0, 2**63 - 1),
    home=st.integers(0, 10**6),
    person=st.integers(0, 5),
    kind=st.integers(0, 4),
    day=st.integers(11_000, 30_000),
    weekend=st.integers(0, 1),
)
@settings(max_examples=300, deadline=None)
def test_a_person_wakes_leaves_comes_back_and_sleeps_in_this_order(
    seed, home, person, kind, day, weekend
):
    date = people.date_of(seed, day, weekend)
    wake_s, leave_s, back_s, sleep_s = people.person_day(date, home, person, kind)
    assert 0 < wake_s <= leave_s <= back_s <= sleep_s < 1.5 * DAY_S


@pytest.mark.parametrize("kind", range(5))
@pytest.mark.parametrize("weekend", [0, 1])
def test_the_next_day_knows_bed_times_without_knowing_holidays(kind, weekend):
    for home in range(50):
        for day in range(MONDAY, MONDAY + 14):
            today, tomorrow = (people.date_of(1, day + k, weekend) for k in range(2))
            _, leave_s, back_s, sleep_s = people.person_day(today, home, 0, kind)
            out_until_s, up_until_s = people.carried_over(tomorrow, home, 0, kind)
            assert up_until_s == pytest.approx(sleep_s - DAY_S)
            still_out = back_s > leave_s and back_s > DAY_S
            assert out_until_s == pytest.approx(back_s - DAY_S if still_out else 0.0)


def test_only_night_shifts_are_out_across_midnight():
    for kind in (WORKER, BY_DAY, RETIRED, CHILD):
        assert days_of(kind)[:, 2].max() < DAY_S
    assert days_of(SHIFT)[:, 2].max() > DAY_S


def test_a_shift_lasts_a_week_and_changes():
    shifts = np.array([people.shift_of(1, 3, 0, day) for day in range(MONDAY, MONDAY + 700)])
    weeks = shifts.reshape(-1, 7)
    assert (weeks == weeks[:, :1]).all()
    assert set(weeks[:, 0]) == {0, 1, 2}


def test_workers_are_out_longer_on_workdays_than_on_days_off():
    week = days_of(WORKER).reshape(300, 7, 4)
    assert away_h(week[:, :5].reshape(-1, 4)).mean() > 7.5
    assert away_h(week[:, 5:].reshape(-1, 4)).mean() < 6.0


def test_children_stay_closer_to_home_when_school_is_out():
    at_school = away_h(days_of(CHILD, count=5))
    on_holiday = away_h(days_of(CHILD, first=JULY, count=5))
    assert at_school.mean() > 7.0
    assert on_holiday.mean() < 5.5


def test_school_is_out_for_about_fifteen_weeks():
    out = sum(people.school_is_out(day) for day in range(MONDAY, MONDAY + 365))
    assert 12 * 7 < out < 17 * 7


def test_a_night_of_sleep_lasts_eight_hours_or_more():
    """About what Eurostat's How Europeans spend their time (2004) reports; bounds assumed."""
    hours = days_of(WORKER, count=28).reshape(300, 28, 4)
    asleep = hours[:, 1:, 0] + DAY_S - hours[:, :-1, 3]
    assert 7.4 < asleep.mean() / HOUR_S < 8.9


def test_homes_stand_empty_for_about_eighteen_nights_a_year():
    lived_in = np.array(
        [
            people.inhabited(people.date_of(1, day, 0), home)
            for home in range(300)
            for day in range(MONDAY, MONDAY + 364)
        ]
    )
    nights = (lived_in[:, 1] < DAY_S).sum() / 300  # the night after a day that ends early
    assert 14 < nights < 22


def test_an_absence_begins_and_ends_within_a_day():
    for home in range(200):
        spell = [
            people.inhabited(people.date_of(7, day, 0), home)
            for day in range(MONDAY + 180, MONDAY + 270)
        ]
        for today, tomorrow in pairwise(spell):
            gone_tonight = today[1] < DAY_S
            gone_tomorrow_morning = tomorrow[0] > 0.0 or tomorrow == (0.0, 0.0)
            assert gone_tonight == gone_tomorrow_morning
