"""Carbon dioxide is import times intensity."""

import numpy as np
import pytest

from gridsim.metrics import emissions


def test_emissions_by_hand():
    found = emissions.co2_kg(np.array([1.0, 2.0]), np.array([100.0, 400.0]), 0.5)
    assert found == pytest.approx(0.45)


def test_emissions_keep_homes_apart():
    load = np.array([[1.0, 0.0], [0.0, 2.0]])
    assert emissions.co2_kg(load, np.array([100.0, 50.0]), 1.0).tolist() == [0.1, 0.1]


def test_moving_import_to_cleaner_hours_lowers_emissions():
    clean_at_night = np.array([20.0, 80.0])
    day, night = np.array([0.0, 1.0]), np.array([1.0, 0.0])
    assert emissions.co2_kg(night, clean_at_night, 1.0) < emissions.co2_kg(day, clean_at_night, 1.0)
