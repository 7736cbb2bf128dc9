"""Estimates of a sample: by hand, the same in other units, and refused where they say nothing."""

import math
from functools import cache

import numba
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from scipy.special import ndtri

from gridsim.core.chance import question, uniforms
from gridsim.metrics import estimate, randomised
from gridsim.metrics.estimate import Estimate

compiled = pytest.mark.skipif(
    bool(numba.config.DISABLE_JIT), reason="many draws: minutes without the compiler"
)


@cache
def normal(n: int, repeat: int = 0) -> np.ndarray:
    """Return standard normals from a named stream."""
    return ndtri(uniforms(7, question("test", "estimate"), np.arange(n), repeat)[:, 0])


def values(e: Estimate) -> tuple[float, float, float, float]:
    return e.estimate, e.error, e.low, e.high


def test_a_difference_by_hand():
    found = randomised.difference(np.array([1.0, 3.0]), np.array([4.0, 6.0, 8.0]))
    assert found.estimate == 4.0
    assert found.error == pytest.approx(math.sqrt(2 / 2 + 4 / 3))


def test_a_difference_is_welchs():
    control, treated = normal(30), 0.5 + 3 * normal(45, 1)
    welch = stats.ttest_ind(treated, control, equal_var=False)
    found = randomised.difference(control, treated)
    interval = welch.confidence_interval(0.95)
    assert found.estimate / found.error == pytest.approx(welch.statistic)
    assert (found.low, found.high) == pytest.approx((interval.low, interval.high))


def test_rows_of_one_home_count_as_one_draw():
    control, treated = normal(20), normal(24, 1)
    once = randomised.difference(control, treated)
    thrice = randomised.difference(
        np.repeat(control, 3), np.repeat(treated, 3),
        control_homes=np.repeat(np.arange(20), 3), treated_homes=np.repeat(np.arange(24), 3),
    )  # fmt: skip
    assert values(thrice) == pytest.approx(values(once))
    blind = randomised.difference(np.repeat(control, 3), np.repeat(treated, 3))
    assert blind.error < 0.6 * once.error


def test_a_relative_difference_by_hand():
    found = randomised.relative_difference(np.array([9.0, 11.0]), np.array([8.0, 10.0]))
    # slopes -m/c^2 and 1/c; variances of both means are 1
    assert found.estimate == pytest.approx(-0.1)
    assert found.error == pytest.approx(math.sqrt((9 / 100) ** 2 + 0.1**2))


def test_a_share_is_the_ratio_of_sums_with_the_error_of_the_residuals():
    part, whole = np.array([1.0, 2.0, 3.0]), np.array([4.0, 8.0, 8.0])
    found = estimate.share(part, whole)
    off = part - 0.3 * whole
    assert found.estimate == pytest.approx(0.3)
    assert found.error == pytest.approx(math.sqrt((off @ off) / 2 / 3) / (20 / 3))


def test_the_share_of_peak_energy_differs_by_what_was_moved():
    whole = np.full(4, 10.0)
    peak = np.array([2.0, 3.0, 2.0, 3.0])
    found = randomised.share_difference((peak, whole), (peak - 0.5, whole))
    assert found.estimate == pytest.approx(-0.05)
    assert found.error == pytest.approx(math.sqrt(2 * (1 / 3) / 4) / 10)


@given(st.floats(0.01, 100.0), st.floats(-50.0, 50.0))
def test_a_difference_scales_and_does_not_see_what_both_have(scale, shift):
    control, treated = normal(12), normal(15, 1)
    plain = randomised.difference(control, treated)
    moved = randomised.difference(scale * control + shift, scale * treated + shift)
    assert values(moved) == pytest.approx([scale * v for v in values(plain)], abs=1e-9)


@given(st.floats(0.01, 100.0))
def test_relative_differences_and_shares_have_no_unit(scale):
    control, treated = 5 + normal(12), 4 + normal(15, 1)
    plain = randomised.relative_difference(control, treated)
    assert values(randomised.relative_difference(scale * control, scale * treated)) == (
        pytest.approx(values(plain))
    )
    shares = (
        estimate.share(control, control + 2),
        estimate.share(scale * control, scale * (control + 2)),
    )
    assert values(shares[0]) == pytest.approx(values(shares[1]))


@compiled
def test_no_effect_lies_within_the_interval_in_95_of_100_trials():
    inside = 0
    for repeat in range(400):
        everyone = np.exp(0.5 * normal(60, repeat))
        found = randomised.difference(everyone[:20], everyone[20:])
        inside += found.holds(0.0)
    assert 0.92 < inside / 400 < 0.98


def test_alike_homes_leave_no_doubt():
    found = randomised.difference(np.full(3, 2.0), np.full(4, 5.0))
    assert values(found) == (3.0, 0.0, 3.0, 3.0)


def test_a_turned_estimate_keeps_its_ends_in_order():
    assert values(-Estimate(-2.0, 1.0, -4.0, 0.5)) == (2.0, 1.0, -0.5, 4.0)


@pytest.mark.parametrize(
    ("control", "treated", "told"),
    [
        ([1.0], [1.0, 2.0], "at least two homes, got 1"),
        ([], [1.0, 2.0], "at least two homes, got 0"),
        ([1.0, math.nan], [1.0, 2.0], "finite"),
    ],
)
def test_too_little_is_refused(control, treated, told):
    with pytest.raises(ValueError, match=told):
        randomised.difference(np.array(control), np.array(treated))


def test_a_share_of_nothing_is_refused():
    with pytest.raises(ValueError, match="positive whole"):
        estimate.share(np.ones(3), np.zeros(3))
    with pytest.raises(ValueError, match="positive control mean"):
        randomised.relative_difference(np.array([-1.0, 0.0]), np.ones(3))
    with pytest.raises(ValueError, match="one length"):
        estimate.share(np.ones(3), np.ones(4))


def test_homes_must_fit_the_rows():
    with pytest.raises(ValueError, match="homes has shape"):
        estimate.mean(np.ones(3), np.arange(2))
