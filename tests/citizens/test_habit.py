"""Habit promises that routines outlive their reason for a while, and that tiredness fades."""

import dataclasses
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gridsim.citizens import habit
from gridsim.citizens.parameters import parameters
from gridsim.core.chance import Crowd

WILLING = parameters().call
ROUTINE = parameters().routine
HOMES = 4_000
NONE, ALL = np.zeros(HOMES, dtype=bool), np.ones(HOMES, dtype=bool)


def worth(saving, n=HOMES, **changed):
    """Return what a tariff's hours are worth to homes that are all alike, label aside."""
    settings = dataclasses.replace(ROUTINE, **changed)
    value = habit.worth(
        np.full(n, saving), np.zeros(n), np.ones(n), np.ones(n), labelled=False, settings=settings
    )
    return np.where(saving > 0.0, value, -np.inf)


def reviewed(routine, saving=0.5, known=1.0, month=200, **changed):
    """Routines after a review of homes that are all alike."""
    n = HOMES if routine is None else len(routine)
    return habit.reviewed(
        routine, worth(saving, n, **changed), np.full(n, known), Crowd(1, np.arange(n)),
        month=month, settings=dataclasses.replace(ROUTINE, **changed),
    )  # fmt: skip


def rested(fatigue, days):
    return float(habit.rested(np.array([fatigue]), days, WILLING)[0])


def test_tiredness_falls_to_a_third_in_the_days_of_rest():
    assert rested(3.0, WILLING.rest_days) == pytest.approx(3.0 / math.e)


def test_without_rest_tiredness_stays():
    assert rested(3.0, 0.0) == 3.0


@given(st.floats(0, 20), st.floats(0, 60), st.floats(0, 60))
def test_two_rests_are_one(fatigue, first, second):
    assert rested(rested(fatigue, first), second) == pytest.approx(rested(fatigue, first + second))


@given(st.floats(0.01, 20), st.floats(0, 60), st.floats(0.1, 60))
def test_longer_rest_leaves_less_tiredness(fatigue, days, more):
    assert 0.0 < rested(fatigue, days + more) < rested(fatigue, days) <= fatigue


@pytest.mark.unwatched
@given(st.lists(st.booleans(), min_size=1, max_size=40), st.floats(-2, 2))
def test_full_inertia_keeps_every_routine(routine, saving):
    before = np.array(routine)
    assert np.array_equal(reviewed(before, saving, inertia=1.0), before)


@pytest.mark.parametrize("routine", [NONE, ALL])
def test_without_inertia_the_past_does_not_count(routine):
    assert np.array_equal(reviewed(routine, inertia=0.0), reviewed(None))


def test_everybody_thinks_at_the_first_review():
    assert reviewed(None, saving=50.0).all()


def test_a_routine_outlives_its_saving_by_habit():
    kept = reviewed(ALL, saving=0.0).mean()
    assert kept == pytest.approx(ROUTINE.inertia, abs=0.025)


def test_a_worthwhile_routine_is_taken_up_slowly():
    taken = reviewed(NONE, saving=50.0).mean()
    assert taken == pytest.approx(1.0 - ROUTINE.inertia, abs=0.025)


def test_knowing_the_hours_and_thinking_again_are_two_chances():
    taken = reviewed(NONE, saving=50.0, known=0.5).mean()
    assert taken == pytest.approx(0.5 * (1.0 - ROUTINE.inertia), abs=0.02)


@pytest.mark.unwatched
def test_habit_fades_over_months_of_its_own():
    routine = ALL
    for month in range(3):
        routine = reviewed(routine, saving=0.0, month=month)
    assert routine.mean() == pytest.approx(ROUTINE.inertia**3, abs=0.03)


@pytest.mark.parametrize("saving", [0.05, ROUTINE.effort, 0.25])
def test_a_first_routine_follows_the_logit_of_saving_less_effort(saving):
    share = 1.0 / (1.0 + math.exp(-(saving - ROUTINE.effort) / ROUTINE.noise))
    assert reviewed(None, saving).mean() == pytest.approx(share, abs=0.03)


def test_only_those_who_know_the_hours_take_them_up():
    assert not reviewed(None, saving=50.0, known=0.0).any()
    assert reviewed(None, saving=50.0, known=0.3).mean() == pytest.approx(0.3, abs=0.03)


@pytest.mark.parametrize("saving", [0.0, -1.0])
def test_a_tariff_without_saving_gives_no_routine(saving):
    assert not reviewed(None, saving, noise=5.0).any()


@pytest.mark.unwatched
@given(st.floats(0, 1), st.floats(0, 1))
def test_a_larger_saving_only_adds_routines(saving, more):
    few = reviewed(NONE[:50], saving, inertia=0.3)
    assert np.all(reviewed(NONE[:50], saving + more, inertia=0.3) >= few)


@pytest.mark.unwatched
@given(st.floats(0, 1), st.floats(0, 1))
def test_more_effort_never_adds_routines(effort, more):
    many = reviewed(NONE[:50], 0.4, effort=effort, inertia=0.3)
    assert np.all(reviewed(NONE[:50], 0.4, effort=effort + more, inertia=0.3) <= many)


@pytest.mark.unwatched
@given(st.floats(0, 1), st.floats(0, 1))
def test_knowing_better_only_adds_routines(one, other):
    low, high = sorted((one, other))
    few = reviewed(NONE[:50], known=low, inertia=0.3)
    assert np.all(reviewed(NONE[:50], known=high, inertia=0.3) >= few)


def test_more_homes_leave_the_first_routines_as_they_were():
    assert np.array_equal(reviewed(NONE)[:200], reviewed(NONE[:200]))


def test_money_is_weighed_as_the_home_weighs_it():
    saving, weight = np.array([0.2, 0.2]), np.array([1.0, 2.0])
    value = habit.worth(saving, np.zeros(2), weight, np.ones(2), labelled=False, settings=ROUTINE)
    assert value == pytest.approx([0.2 - ROUTINE.effort, 0.4 - ROUTINE.effort])


def test_a_label_appeals_to_the_engaged_whatever_the_price():
    keen = np.array([0.0, 1.0])
    plain, named = (
        habit.worth(np.zeros(2), keen, np.ones(2), np.ones(2), labelled=label, settings=ROUTINE)
        for label in (False, True)
    )
    assert named - plain == pytest.approx([ROUTINE.duty, ROUTINE.duty + ROUTINE.duty_engagement])
