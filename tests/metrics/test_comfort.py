"""Discomfort counts degrees and hours, on the wrong side only, and only when somebody is home."""

import numpy as np
import pytest

from gridsim.metrics import comfort


def test_two_degrees_short_for_half_an_hour_are_one_kelvin_hour():
    found = comfort.too_cold_kh(np.array([18.0]), np.array([20.0]), np.array([True]), 0.5)
    assert found == pytest.approx(1.0)


def test_an_empty_home_is_never_uncomfortable():
    indoor = np.array([[10.0], [10.0]])
    present = np.array([[False], [True]])
    assert comfort.too_cold_kh(indoor, np.array(20.0), present, 1.0).tolist() == [10.0]


def test_warmth_is_not_too_cold_and_cold_is_not_too_warm():
    present = np.array([True, True])
    indoor = np.array([18.0, 27.0])
    assert comfort.too_cold_kh(indoor, np.array(20.0), present, 1.0) == pytest.approx(2.0)
    assert comfort.too_warm_kh(indoor, np.array(26.0), present, 1.0) == pytest.approx(1.0)
