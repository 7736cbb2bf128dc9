"""Individual responses: who is made to answer is found, and noise is not taken for answers."""

from functools import cache

import numba
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import ndtri

from gridsim.core.chance import question, uniforms
from gridsim.metrics import regression, responses

compiled = pytest.mark.skipif(
    bool(numba.config.DISABLE_JIT), reason="many draws: minutes without the compiler"
)


@cache
def normal(rows: int, columns: int, repeat: int = 0) -> np.ndarray:
    """Return standard normals from a named stream, shape (rows, columns)."""
    return ndtri(uniforms(4, question("test", "responses"), np.arange(rows), repeat, columns))


def town(answer: np.ndarray, events: int = 10, days: int = 30, repeat: int = 0):
    """Return the responses of homes that answer by so much, with noise of 1 a day."""
    scatter = normal(len(answer), events + days, repeat).T
    return responses.individual(answer + scatter[:events], 0.3 + scatter[events:] - 0.3)


def test_a_response_by_hand():
    found = responses.individual(np.array([[3.0], [5.0]]), np.array([[0.0], [1.0], [2.0]]))
    assert found.value[0] == pytest.approx(4.0 - 1.0)
    assert found.error[0] == pytest.approx(1.0 * np.sqrt(1 / 2 + 1 / 3))


def test_responders_are_found_with_few_false_ones():
    answer = np.where(np.arange(400) % 4 == 0, 2.0, 0.0)
    found = town(answer)
    true = answer > 0
    assert found.responder[true].mean() > 0.95
    assert (found.responder & ~true).sum() <= 0.2 * found.responder.sum()
    assert found.share == pytest.approx(0.25, abs=0.05)


@compiled
def test_where_nobody_answers_hardly_anyone_is_called_a_responder():
    found = [town(np.zeros(60), repeat=repeat) for repeat in range(1, 101)]
    assert np.mean([one.responder.any() for one in found]) <= 0.2
    chance = np.concatenate([one.chance for one in found])
    assert np.mean(chance < 0.05) == pytest.approx(0.05, abs=0.01)


def test_noise_is_taken_out_of_the_spread_of_responses():
    answer = 1.0 + 0.4 * normal(800, 1, 7)[:, 0]
    found = town(answer, repeat=3)
    spread = [np.std(values) for values in (found.value, found.likely)]
    assert spread[0] > np.std(answer) > spread[1]
    off = [np.mean((values - answer) ** 2) for values in (found.value, found.likely)]
    assert off[1] < 0.85 * off[0]
    assert found.likely.mean() == pytest.approx(found.value.mean(), abs=0.02)


def test_a_home_without_scatter_answers_surely_or_not_at_all():
    found = responses.individual(np.array([[1.0, 0.0, -1.0]]), np.zeros((3, 3)))
    assert found.responder.tolist() == [True, False, False]
    assert found.chance.tolist() == [0.0, 0.5, 1.0]


def test_slopes_of_homes_are_their_own_regressions():
    values, on, cold = normal(12, 3), (np.arange(12) % 3 == 0).astype(float), normal(12, 1, 1)
    slope, error = responses.slopes(values, on, cold)
    for home in range(3):
        one = regression.fit(values[:, home], np.column_stack([on, cold])).slope()
        assert (slope[home], error[home]) == pytest.approx((one.estimate, one.error))


def test_false_discoveries_by_hand():
    chance = np.array([0.011, 0.5, 0.02, 0.04, 0.9])
    # steps of 0.02 at a rate of 0.1: 0.011 and 0.02 and 0.04 hold, 0.5 does not
    assert responses.discovered(chance, 0.1).tolist() == [True, False, True, True, False]
    assert not responses.discovered(chance, 0.01).any()


def test_half_of_the_reduction_by_hand():
    assert responses.homes_for(np.ones(10)) == 0.5
    assert responses.homes_for(np.array([9.0, 0.0, 0.0, 1.0])) == 0.25
    assert responses.homes_for(np.array([4.0, 4.0, -4.0, 0.0])) == 0.25  # half of 4 in all
    assert responses.homes_for(np.array([0.1, 0.2, 0.3]), 1.0) == 1.0


def test_quantiles_of_homes():
    assert responses.quantiles(np.arange(11.0)).tolist() == [1.0, 2.5, 5.0, 7.5, 9.0]


@given(st.floats(0.01, 100.0))
def test_who_answers_does_not_depend_on_the_unit(scale):
    differences, placebo = 1 + normal(5, 8), normal(9, 8, 2)
    plain, other = (responses.individual(by * differences, by * placebo) for by in (1.0, scale))
    assert np.array_equal(plain.responder, other.responder)
    assert other.value == pytest.approx(scale * plain.value)
    assert other.likely == pytest.approx(scale * plain.likely)
    assert responses.homes_for(np.exp(plain.value)) == responses.homes_for(
        scale * np.exp(plain.value)
    )


def test_what_says_nothing_is_refused():
    with pytest.raises(ValueError, match="1 placebo days"):
        responses.individual(np.ones((2, 3)), np.ones((1, 3)))
    with pytest.raises(ValueError, match="placebo days"):
        responses.individual(np.ones((2, 3)), np.ones((4, 2)))
    with pytest.raises(ValueError, match="false_discovery"):
        responses.discovered(np.ones(3), 0.0)
    with pytest.raises(ValueError, match="reduce nothing"):
        responses.homes_for(np.array([1.0, -1.0]))
    with pytest.raises(ValueError, match="part must lie"):
        responses.homes_for(np.ones(2), 0.0)
    with pytest.raises(ValueError, match="too few"):
        responses.slopes(np.ones((2, 3)), np.arange(2.0))
    with pytest.raises(ValueError, match="told apart"):
        responses.slopes(np.ones((5, 3)), np.ones(5))
