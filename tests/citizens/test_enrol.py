"""Enrolment promises the share in expectation, the engaged first, and answers that stay.

Who would join, who would stay wherever they are put and who would leave are told by one draw.
"""

import math
from functools import cache

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gridsim.citizens import enrol
from gridsim.citizens.parameters import parameters
from gridsim.core.chance import Crowd

SETTINGS = parameters().enrolment

HOMES = 20_000
ENGAGEMENT = np.random.default_rng(5).standard_normal(HOMES)
shares = st.floats(0.0, 1.0)


def leans(engagement=ENGAGEMENT, saving=0.0, seed=1):
    homes = len(engagement)
    return enrol.leaning(
        engagement, np.full(homes, saving), Crowd(seed, np.arange(homes)), SETTINGS
    )


@cache
def town(seed=1):
    """Return how all homes lean, drawn once."""
    return leans(seed=seed)


def enrols(share, engagement=None, seed=1):
    lean = town(seed) if engagement is None else leans(engagement, seed=seed)
    return enrol.recruited(share, lean, SETTINGS)


@pytest.mark.unwatched
@pytest.mark.parametrize("share", [0.02, 0.2, 0.5, 0.9])
def test_the_share_is_met_in_expectation(share):
    drawn = np.mean([enrols(share, seed=seed).mean() for seed in range(4)])
    # the four seeds ask the same people, so that the spread of engagement counts once
    assert drawn == pytest.approx(share, abs=4.0 * math.sqrt(share * (1 - share) / HOMES))


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_the_engaged_come_first(share):
    taken = enrols(share)
    assert ENGAGEMENT[taken].mean() - ENGAGEMENT[~taken].mean() > 0.5


@pytest.mark.unwatched
def test_engagement_moves_the_odds_as_a_logit():
    low, high = (enrols(0.3, np.full(HOMES, level)).mean() for level in (0.0, 1.0))
    moved = math.log(high / (1 - high)) - math.log(low / (1 - low))
    assert moved == pytest.approx(SETTINGS.engagement, abs=0.1)


def test_the_unengaged_still_enrol_now_and_then():
    taken = enrols(0.3)[ENGAGEMENT < -1.0]
    assert 0.03 < taken.mean() < 0.2


@pytest.mark.unwatched
@given(shares, shares)
def test_a_larger_share_only_adds(one, other):
    low, high = sorted((one, other))
    engagement = ENGAGEMENT[:80]
    assert np.all(enrols(high, engagement) >= enrols(low, engagement))


@pytest.mark.unwatched
@given(shares, st.floats(-3, 3), st.floats(0, 3))
def test_more_engagement_never_makes_one_leave(share, level, more):
    before, after = (enrols(share, np.full(50, x)) for x in (level, level + more))
    assert np.all(after >= before)


@pytest.mark.unwatched
def test_more_homes_change_nobodys_answer():
    assert np.array_equal(enrols(0.4)[:300], enrols(0.4, ENGAGEMENT[:300]))


@pytest.mark.parametrize("share", [0.0, 1.0])
def test_nobody_and_everybody_are_exact(share):
    assert set(enrols(share, np.linspace(-90, 90, 200))) == {share == 1.0}


@pytest.mark.parametrize("share", [-0.1, 1.01, math.nan])
def test_a_share_that_is_none_is_refused(share):
    with pytest.raises(ValueError, match=r"share must lie in 0-1"):
        enrols(share)


def test_an_offer_finds_those_whose_leaning_passes_the_effort():
    share = 1.0 / (1.0 + math.exp(SETTINGS.effort))
    assert enrol.joins(leans(np.zeros(HOMES)), SETTINGS).mean() == pytest.approx(share, abs=0.01)


def test_few_leave_what_they_were_put_on():
    share = 1.0 / (1.0 + math.exp(SETTINGS.inertia))
    left = enrol.leaves(leans(np.zeros(HOMES)), SETTINGS).mean()
    assert left == pytest.approx(share, abs=0.006)


def test_nobody_who_would_join_leaves():
    lean = town()
    assert not np.any(enrol.joins(lean, SETTINGS) & enrol.leaves(lean, SETTINGS))


@pytest.mark.unwatched
@given(st.floats(-300, 300), st.floats(0, 300))
def test_a_larger_saving_only_adds_those_who_join_and_never_those_who_leave(saving, more):
    few, many = (leans(ENGAGEMENT[:80], x) for x in (saving, saving + more))
    assert np.all(enrol.joins(many, SETTINGS) >= enrol.joins(few, SETTINGS))
    assert np.all(enrol.leaves(many, SETTINGS) <= enrol.leaves(few, SETTINGS))
