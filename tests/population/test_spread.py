"""Spreading uniforms: distributions come out as named, each answer from its own question."""

import numpy as np
import pytest

from gridsim.core.chance import question
from gridsim.population import spread
from gridsim.population.spread import EVEN, Lot

ASKED = question("test", "spread")


def lot(homes=20_000, seed=7):
    return Lot(seed, np.arange(homes, dtype=np.int64))


def test_pick_gives_each_category_its_share():
    shares = np.array([0.2, 0.5, 0.3])
    u = (np.arange(1000) + 0.5) / 1000
    assert np.bincount(spread.pick(u, shares)).tolist() == [200, 500, 300]


def test_pick_takes_shares_of_each_home():
    shares = np.array([[1.0, 0.0], [0.0, 1.0], [0.5, 0.5]])
    assert spread.pick(np.array([0.9, 0.1, 0.6]), shares).tolist() == [0, 1, 1]


def test_pick_survives_shares_that_round_below_one():
    shares = np.full(10, 0.1)
    assert spread.pick(np.array([1.0 - 1e-17, 0.99999999]), shares).tolist() == [9, 9]


def test_around_has_mean_one_and_the_spread_asked_for():
    factors = spread.around(spread.normal(Lot(EVEN, np.arange(1 << 15)), ASKED), 0.4)
    assert factors.mean() == pytest.approx(1.0, abs=2e-3)
    assert np.log(factors).std() == pytest.approx(0.4, abs=2e-3)


def test_between_stays_between():
    ends = np.array([2.0, 5.0])
    assert spread.between(np.array([0.0, 0.5, 1.0]), ends).tolist() == [2.0, 3.5, 5.0]


def test_an_even_lot_fills_the_unit_interval_evenly():
    u = np.sort(spread.uniform(Lot(EVEN, np.arange(1 << 14)), ASKED))
    ideal = (np.arange(len(u)) + 0.5) / len(u)
    assert np.abs(u - ideal).max() < 1e-3
    assert u[0] > 0
    assert u[-1] < 1


def test_questions_of_an_even_lot_do_not_go_together():
    even = Lot(EVEN, np.arange(1 << 14))
    one, other = spread.uniform(even, ASKED), spread.uniform(even, question("test", "other"))
    assert abs(np.corrcoef(one, other)[0, 1]) < 0.01


def test_several_answers_of_one_question_differ():
    for which in (lot(), Lot(EVEN, np.arange(20_000))):
        answers = spread.several(which, ASKED, 6)
        together = np.corrcoef(answers, rowvar=False) - np.eye(6)
        assert np.abs(together).max() < 0.04
