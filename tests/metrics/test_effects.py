"""Intervals: right in the cases with a known answer, and exactly zero where nothing differs."""

import math

import numba
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from gridsim.core.chance import question, uniforms
from gridsim.metrics import effects
from gridsim.metrics.effects import Effect

compiled = pytest.mark.skipif(
    bool(numba.config.DISABLE_JIT), reason="many draws: minutes without the compiler"
)


def homes_of(n: int, seed: int = 3) -> np.ndarray:
    """Return a skewed number for each home."""
    return -np.log(uniforms(seed, question("test", "homes"), np.arange(n))[:, 0])


def test_the_first_row_of_the_draws_is_the_homes_as_they_are():
    drawn = effects.draws(6, seed=1, resamples=4)
    assert drawn.shape == (5, 6)
    assert np.all(drawn[0] == 1.0)
    assert np.all(drawn == drawn.astype(int))


def test_more_homes_leave_the_draws_of_the_first_as_they_were():
    few, many = (effects.draws(n, seed=1, resamples=8) for n in (5, 9))
    assert np.array_equal(few, many[:, :5])


def test_another_seed_draws_other_homes():
    assert not np.array_equal(effects.draws(5, 1, 8), effects.draws(5, 2, 8))


def test_homes_are_drawn_as_often_as_poisson_says():
    drawn = effects.draws(30, seed=1, resamples=200)[1:]
    assert drawn.mean() == pytest.approx(1.0, abs=0.06)
    assert drawn.var() == pytest.approx(1.0, abs=0.10)


@pytest.mark.parametrize(("homes", "resamples"), [(0, 5), (5, 0)])
def test_draws_of_nothing_are_refused(homes, resamples):
    with pytest.raises(ValueError, match="needs homes and resamples"):
        effects.draws(homes, 1, resamples)


def test_sums_by_hand():
    drawn = np.array([[1.0, 1.0], [2.0, 0.0]])
    columns = np.array([[1.0, 10.0], [3.0, 30.0]])
    assert effects.sums(drawn, columns).tolist() == [[4.0, 40.0], [2.0, 20.0]]


def test_sums_of_a_large_town_deal_homes_to_units_and_lose_none():
    drawn = np.array([[1.0, 1.0], [0.0, 2.0]])
    columns = np.array([[1.0], [2.0], [4.0], [8.0], [16.0]])
    assert effects.sums(drawn, columns).tolist() == [[31.0], [20.0]]


def test_sums_of_fewer_homes_use_the_draws_of_the_first():
    drawn = np.array([[1.0, 1.0, 1.0], [0.0, 3.0, 5.0]])
    assert effects.sums(drawn, np.array([[1.0], [2.0]])).tolist() == [[3.0], [6.0]]


def test_draws_cannot_be_changed_by_who_uses_them():
    with pytest.raises(ValueError, match="read-only"):
        effects.draws(5, 1, 8)[0, 0] = 2.0


def test_a_town_beyond_the_most_units_still_gives_its_own_mean(monkeypatch):
    monkeypatch.setattr(effects, "UNITS", 8)
    values = homes_of(45)
    found = effects.difference_in_means(np.zeros(45), values, seed=1)
    assert found.estimate == pytest.approx(values.mean())
    assert found.low < found.estimate < found.high


@settings(max_examples=10, deadline=None)
@given(same=arrays.arrays(np.float64, 6, elements=st.floats(-1e6, 1e6)))
def test_arms_that_are_the_same_differ_by_exactly_zero(same):
    assert effects.difference_in_means(same, same.copy(), seed=1) == Effect(0.0, 0.0, 0.0)


def test_ratio_change_of_arms_that_are_the_same_is_exactly_zero():
    assert effects.ratio_change(homes_of(20), homes_of(20), seed=1) == Effect(0.0, 0.0, 0.0)


def test_a_change_that_is_the_same_for_all_has_no_spread():
    found = effects.difference_in_means(homes_of(20), homes_of(20) + 2.0, seed=1)
    assert found.estimate == pytest.approx(2.0)
    assert found.low == pytest.approx(2.0)
    assert found.high == pytest.approx(2.0)


def test_a_tenth_less_for_all_is_a_ratio_change_of_a_tenth():
    found = effects.ratio_change(homes_of(20), 0.9 * homes_of(20), seed=1)
    assert [found.estimate, found.low, found.high] == pytest.approx([-0.1] * 3)


def test_effects_scale_with_the_unit():
    one = effects.difference_in_means(np.zeros(20), homes_of(20), seed=1)
    thousand = effects.difference_in_means(np.zeros(20), 1000.0 * homes_of(20), seed=1)
    assert thousand.low == pytest.approx(1000.0 * one.low)
    assert thousand.high == pytest.approx(1000.0 * one.high)


@compiled
def test_the_interval_of_a_mean_has_the_width_that_theory_gives():
    values = homes_of(1500)
    found = effects.difference_in_means(np.zeros(1500), values, seed=1)
    half = 1.96 * values.std() / math.sqrt(1500)
    assert found.high - found.low == pytest.approx(2 * half, rel=0.1)


@compiled
def test_nineteen_intervals_in_twenty_hold_the_truth():
    def holds(seed: int) -> bool:
        found = effects.difference_in_means(np.zeros(60), homes_of(60, seed), seed)
        return found.low <= 1.0 <= found.high

    share = np.mean([holds(seed) for seed in range(300)])
    assert 0.90 <= share <= 0.98


def test_a_single_home_has_no_interval():
    found = effects.difference_in_means(np.array([1.0]), np.array([3.0]), seed=1)
    assert found.estimate == 2.0
    assert math.isnan(found.low)
    assert math.isnan(found.high)


def test_an_estimate_that_is_not_defined_has_no_interval():
    found = effects.interval(np.array([math.nan, 1.0, 2.0]), 5)
    assert math.isnan(found.estimate)
    assert math.isnan(found.low)


def test_an_interval_needs_half_of_its_resamples():
    found = effects.interval(np.array([1.0, math.nan, math.nan, 2.0]), 5)
    assert found.estimate == 1.0
    assert math.isnan(found.low)


def test_arms_with_other_homes_are_refused():
    with pytest.raises(ValueError, match="in the reference"):
        effects.difference_in_means(np.zeros(3), np.zeros(4), seed=1)


def test_diff_in_diff_takes_off_what_happened_to_everybody():
    treated = np.arange(12) % 2
    before = homes_of(12)
    after = before + 5.0 - 2.0 * treated
    found = effects.diff_in_diff(before, after, treated, seed=1)
    assert found.estimate == pytest.approx(-2.0)
    assert found.low == pytest.approx(-2.0)


@pytest.mark.parametrize("treated", [np.zeros(4), np.ones(4)])
def test_diff_in_diff_needs_both_kinds_of_home(treated):
    with pytest.raises(ValueError, match="treated homes and others"):
        effects.diff_in_diff(np.zeros(4), np.ones(4), treated, seed=1)


def test_diff_in_diff_refuses_a_mask_of_another_town():
    with pytest.raises(ValueError, match="treated has shape"):
        effects.diff_in_diff(np.zeros(4), np.ones(4), np.ones(3), seed=1)
