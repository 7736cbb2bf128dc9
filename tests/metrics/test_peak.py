"""Peaks: how high and when, how fast they come, and how they thin out in a crowd."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from gridsim.core.chance import question, uniforms
from gridsim.metrics import peak

loads = arrays.arrays(np.float64, st.integers(2, 30), elements=st.floats(-5, 50))


def test_the_peak_is_where_it_is_first_reached():
    assert peak.peak(np.array([1.0, 4.0, 2.0, 4.0])) == peak.Peak(4.0, 1)


def test_a_series_without_steps_has_no_peak():
    with pytest.raises(ValueError, match="at least one step"):
        peak.peak(np.array([]))


def test_the_highest_load_is_taken_series_by_series():
    assert peak.highest_kw(np.array([[1.0, 5.0], [3.0, 2.0]])).tolist() == [3.0, 5.0]


def test_load_factor_by_hand():
    assert peak.load_factor(np.array(1.0), np.array(4.0)) == pytest.approx(0.25)


def test_load_factor_is_not_defined_without_a_positive_peak():
    assert np.isnan(peak.load_factor(np.array(-1.0), np.array(0.0)))


@given(load=loads)
def test_load_factor_is_at_most_one(load):
    factor = peak.load_factor(np.array(load.mean()), np.array(load.max()))
    assert np.isnan(factor) or factor <= 1.0 + 1e-12


def test_the_ramp_is_the_largest_rise():
    load = np.array([0.0, 1.0, 5.0, 4.0, 6.0])
    assert peak.ramp(load, 1) == 4.0
    assert peak.ramp(load, 2) == 5.0


def test_a_falling_load_has_a_negative_ramp():
    assert peak.ramp(np.array([3.0, 2.0, 0.0]), 1) == -1.0


@pytest.mark.parametrize("steps", [0, 3])
def test_a_ramp_longer_than_the_series_is_refused(steps):
    with pytest.raises(ValueError, match="between 1 and 2"):
        peak.ramp(np.ones(3), steps)


@given(load=loads)
def test_load_duration_keeps_every_load_and_falls(load):
    found = peak.load_duration(load)
    assert np.all(np.diff(found) <= 0)
    assert sorted(found) == sorted(load)


def test_group_peaks_by_hand():
    load = np.array([[2.0, 0.0, 1.0, 1.0, 9.0], [0.0, 2.0, 3.0, 3.0, 9.0]])
    assert peak.group_peaks(load, 2).tolist() == [1.0, 3.0]


def test_groups_larger_than_the_town_are_refused():
    with pytest.raises(ValueError, match="between 1 and 3"):
        peak.group_peaks(np.ones((2, 3)), 4)


def test_the_fit_finds_the_diversity_that_made_the_peaks():
    homes = np.array([1, 4, 25, 100])
    found = peak.diversity(homes, 1.5 + 3.0 / np.sqrt(homes))
    assert found.mu_kw == pytest.approx(1.5)
    assert found.k_kw == pytest.approx(3.0)
    assert found.at(9) == pytest.approx(2.5)


def test_groups_of_one_size_do_not_tell_diversity():
    with pytest.raises(ValueError, match="two sizes"):
        peak.diversity(np.array([5, 5]), np.array([1.0, 1.1]))


def test_peaks_per_home_thin_out_in_larger_groups():
    on = uniforms(7, question("test", "on"), np.arange(256), count=96).T < 0.1
    peaks = [peak.group_peaks(2.0 * on, size).mean() for size in (1, 4, 16, 64, 256)]
    assert np.all(np.diff(peaks) < 0)
