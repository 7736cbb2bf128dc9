"""Winners and losers are counted, grouped means are means, and Gini's limits hold."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from gridsim.metrics import fairness


def test_winners_and_losers_by_hand():
    found = fairness.winners(np.array([-5.0, -0.5, 0.0, 3.0]), tolerance=1.0)
    assert (found.win, found.same, found.lose) == (0.25, 0.5, 0.25)


@given(change=arrays.arrays(np.float64, st.integers(1, 20), elements=st.floats(-9, 9)))
def test_the_three_shares_make_one(change):
    found = fairness.winners(change, 0.5)
    assert found.win + found.same + found.lose == pytest.approx(1.0)


@pytest.mark.parametrize(("change", "tolerance"), [([], 0.1), ([1.0], -0.1)])
def test_winners_refuse_what_makes_no_sense(change, tolerance):
    with pytest.raises(ValueError, match=r"at least one home|not be negative"):
        fairness.winners(np.array(change), tolerance)


def test_groups_by_hand():
    before = np.array([100.0, 200.0, 50.0])
    after = np.array([90.0, 190.0, 60.0])
    found = fairness.by_group(after, before, np.array(["rich", "rich", "poor"]))
    assert list(found) == ["poor", "rich"]
    assert found["rich"].homes == 2
    assert found["rich"].mean_change == pytest.approx(-10.0)
    assert found["rich"].relative_change == pytest.approx(-10.0 / 150.0)
    assert found["poor"].winners.lose == 1.0


def test_a_group_without_a_bill_has_no_relative_change():
    found = fairness.by_group(np.array([1.0]), np.array([0.0]), np.array(["a"]))
    assert math.isnan(found["a"].relative_change)


def test_gini_is_zero_among_equals():
    assert fairness.gini(np.full(7, 3.0)) == pytest.approx(0.0)


def test_gini_is_almost_one_where_one_has_everything():
    assert fairness.gini(np.array([0.0] * 9 + [5.0])) == pytest.approx(0.9)


def test_gini_is_half_the_mean_difference_over_the_mean():
    values = np.array([1.0, 2.0, 5.0, 8.0])
    pairs = np.abs(values[:, None] - values).mean()
    assert fairness.gini(values) == pytest.approx(pairs / (2 * values.mean()))


@pytest.mark.parametrize("values", [[], [0.0, 0.0], [-1.0, 2.0]])
def test_gini_refuses_what_it_does_not_measure(values):
    with pytest.raises(ValueError, match="not negative"):
        fairness.gini(np.array(values))
