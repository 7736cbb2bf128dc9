"""Curtailment promises less use in dear hours, and a payback that never creates energy."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gridsim.citizens import curtail

shares = st.floats(0.0, 1.0)
energies = st.floats(0.0, 10.0)
steps = st.lists(st.tuples(st.floats(0.0, 2.0), st.booleans()), min_size=1, max_size=60)


def factor(log_ratio, elasticity=-0.126):
    return float(curtail.shrink(np.array([log_ratio]), elasticity)[0])


def followed(story, share, release):
    """Keep the book over steps of (shed energy, whether it is dear): still owed, given back."""
    owed, backs = 0.0, []
    for shed, dear in story:
        owed, back = curtail.payback(owed, shed, share, release, float(dear))
        backs.append(back)
    return owed, np.array(backs)


def test_use_falls_with_the_price_to_the_power_of_the_elasticity():
    assert factor(np.log(2.0)) == pytest.approx(2.0**-0.126)
    assert factor(np.log(3.0), -0.5) == pytest.approx(3.0**-0.5)


@given(st.floats(-5.0, 0.0), st.floats(-2.0, 0.0))
def test_a_usual_or_cheap_price_shrinks_nothing(log_ratio, elasticity):
    assert factor(log_ratio, elasticity) == 1.0


@given(st.floats(-3.0, 3.0), st.floats(0.01, 3.0), st.floats(-2.0, 0.0))
def test_a_dearer_price_never_adds_use(log_ratio, more, elasticity):
    assert 0.0 < factor(log_ratio + more, elasticity) <= factor(log_ratio, elasticity) <= 1.0


def test_those_without_elasticity_use_what_they_used():
    assert factor(2.0, 0.0) == 1.0


def test_each_step_shrinks_by_its_own_price():
    found = curtail.shrink(np.log([1.0, 2.0, 4.0]), -1.0)
    assert found == pytest.approx([1.0, 0.5, 0.25])


@given(energies, energies, shares, shares, st.booleans())
def test_what_is_owed_is_neither_made_nor_lost(owed, shed, share, release, dear):
    after, back = curtail.payback(owed, shed, share, release, float(dear))
    assert after + back == pytest.approx(owed + share * shed)
    assert after >= 0.0
    assert back >= 0.0


@given(steps, shares, shares)
def test_no_more_comes_back_than_the_share_of_what_was_shed(story, share, release):
    owed, backs = followed(story, share, release)
    shed = np.array([energy for energy, _ in story])
    assert backs.sum() + owed == pytest.approx(share * shed.sum())
    assert np.all(np.cumsum(backs) <= share * np.cumsum(shed) + 1e-12)


@given(steps, shares, shares)
def test_nothing_comes_back_in_a_dear_hour(story, share, release):
    _, backs = followed(story, share, release)
    assert not backs[[dear for _, dear in story]].any()


def test_what_is_shed_comes_back_from_the_next_step_on():
    owed, backs = followed([(2.0, True), (0.0, False), (0.0, False)], 0.5, 0.25)
    assert backs.tolist() == [0.0, 0.25, 0.1875]
    assert owed == 0.5625


def test_all_of_the_share_comes_back_in_the_end():
    _, backs = followed([(1.0, True)] + [(0.0, False)] * 200, 0.3, 1.0 / 24.0)
    assert backs.sum() == pytest.approx(0.3, abs=1e-3)


def test_words_add_to_the_price_in_dear_steps_only():
    log = np.array([-0.7, 0.0, curtail.DEAR, 0.2, 1.1])
    assert curtail.urgency(log, 0.5) == pytest.approx([-0.7, 0.0, curtail.DEAR, 0.7, 1.6])


def test_without_words_the_urgency_is_the_logarithm_of_the_price_itself():
    log = np.linspace(-2.0, 2.0, 41)
    np.testing.assert_array_equal(curtail.urgency(log, 0.0), log)


@given(st.floats(-3.0, 3.0), st.floats(0.0, 3.0), st.floats(0.0, 2.0), st.floats(0.0, 2.0))
def test_a_higher_price_or_more_words_are_never_less_urgent(log_ratio, more, words, louder):
    def urgency(log, said):
        return float(curtail.urgency(np.array([log]), said)[0])

    assert urgency(log_ratio + more, words) >= urgency(log_ratio, words)
    assert urgency(log_ratio, words + louder) >= urgency(log_ratio, words)
