"""The error of a weather forecast is drawn by name and grows with how far it looks ahead."""

import numpy as np
import pytest

from gridsim.signals import foreseen

DAYS = np.arange(18_000, 22_000)


def test_the_error_of_a_day_depends_on_nothing_but_seed_and_day():
    error = foreseen.error_k(DAYS, 3)
    np.testing.assert_array_equal(foreseen.error_k(DAYS[10:20], 3), error[10:20])
    assert not np.array_equal(foreseen.error_k(DAYS, 4), error)


def test_the_error_is_a_kelvin_a_day_ahead_and_grows():
    for lead, sd in ((1, 1.0), (2, np.hypot(1.0, 0.7)), (5, np.sqrt(1.0 + 4 * 0.49))):
        error = foreseen.error_k(DAYS, 1, lead)
        assert np.std(error) == pytest.approx(sd, rel=0.05)
        assert abs(np.mean(error)) < 4 * sd / np.sqrt(len(DAYS))


def test_a_later_forecast_keeps_the_errors_of_the_earlier_one_but_the_last():
    parts = [foreseen.error_k(DAYS, 1, lead) for lead in (1, 2, 3)]
    assert abs(np.corrcoef(parts[0], parts[1] - parts[0])[0, 1]) < 0.05
    assert np.std(parts[2] - parts[1]) == pytest.approx(0.7, rel=0.05)


def test_what_has_happened_needs_no_forecast():
    with pytest.raises(ValueError, match="lead must be 1"):
        foreseen.error_k(DAYS, 1, 0)
