"""Roofs that are told to feed in nothing at a loss promise to know when it is one."""

import numpy as np
import pytest

from gridsim.automation import feed_in


@pytest.mark.parametrize("price", [-0.1, 0.0, 0.3])
@pytest.mark.parametrize("earned", [-0.05, 0.0, 0.1])
def test_a_roof_that_is_not_told_keeps_to_its_contract(earned, price):
    assert feed_in.limit_kw(3.0, earned, price, 0.0) == 3.0


@pytest.mark.parametrize("earned", [0.0, 0.1])
def test_exports_that_cost_nothing_are_not_held_back(earned):
    assert feed_in.limit_kw(np.inf, earned, 0.2, 1.0) == np.inf


def test_exports_at_a_loss_stop():
    assert feed_in.limit_kw(np.inf, -0.01, 0.2, 1.0) == 0.0


def test_a_roof_rests_while_drawing_from_the_grid_is_paid_for():
    assert feed_in.limit_kw(3.0, -0.1, -0.02, 1.0) == -np.inf
