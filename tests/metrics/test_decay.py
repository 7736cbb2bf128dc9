"""Decay: a known rate comes back, a lasting effect has none, and noise widens the interval."""

from functools import cache

import numba
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import ndtri

from gridsim.core.chance import question, uniforms
from gridsim.metrics import decay

YEARS = np.arange(0.125, 4.0, 0.25)


compiled = pytest.mark.skipif(
    bool(numba.config.DISABLE_JIT), reason="many draws: minutes without the compiler"
)


@cache
def noise(repeat: int) -> np.ndarray:
    """Return standard normals from a named stream."""
    asked = question("test", "decay")
    return ndtri(uniforms(2, asked, np.arange(len(YEARS)), repeat)[:, 0])


@settings(deadline=None)
@given(st.floats(-0.5, 2.0), st.floats(-10.0, 10.0).filter(lambda start: abs(start) > 1e-3))
def test_a_known_rate_comes_back(rate, start):
    found = decay.fit(YEARS, start * np.exp(-rate * YEARS))
    assert found.rate.estimate == pytest.approx(rate, abs=1e-5)
    assert found.start.estimate == pytest.approx(start, rel=1e-5)
    assert found.persistence.estimate == pytest.approx(np.exp(-rate), rel=1e-5)


def test_a_lasting_effect_does_not_fade():
    found = decay.fit(YEARS, np.full(len(YEARS), -0.02))
    assert found.rate.estimate == pytest.approx(0.0, abs=1e-9)
    assert found.persistence.estimate == pytest.approx(1.0)


@compiled
@pytest.mark.parametrize("told", [True, False])
def test_the_interval_holds_the_rate_in_95_of_100_trials(told):
    true, error, inside = np.exp(-0.15 * YEARS), 0.1, 0
    for repeat in range(300):
        seen = true + error * noise(repeat)
        found = decay.fit(YEARS, seen, np.full(len(YEARS), error) if told else None)
        inside += found.rate.holds(0.15)
        assert found.persistence.low == pytest.approx(np.exp(-found.rate.high))
    assert 0.91 < inside / 300 < 0.985


def test_what_is_less_sure_counts_less():
    seen = np.exp(-0.2 * YEARS)
    seen[3] += 1.0
    error = np.full(len(YEARS), 0.01)
    error[3] = 100.0
    assert decay.fit(YEARS, seen, error).rate.estimate == pytest.approx(0.2, abs=1e-4)
    assert abs(decay.fit(YEARS, seen).rate.estimate - 0.2) > 0.01


@pytest.mark.parametrize(
    ("years", "effect", "error", "told"),
    [
        ([0.0, 1.0], [1.0, 0.5], None, "at least three"),
        ([0.0, 1.0, 1.0], [1.0, 0.5, 0.5], None, "at least three"),
        ([0.0, 1.0, 2.0], [1.0, 0.5, 0.2], [1.0, 0.0, 1.0], "errors above 0"),
        ([0.0, 1.0, 2.0], [0.0, 0.0, 0.0], None, "not all 0"),
        ([0.0, 1.0, 2.0], [1.0, 0.5, 0.2], [1.0, 1.0], "as many errors"),
    ],
)
def test_what_shows_no_decay_is_refused(years, effect, error, told):
    known = None if error is None else np.array(error)
    with pytest.raises(ValueError, match=told):
        decay.fit(np.array(years), np.array(effect), known)


def test_an_effect_that_is_gone_at_once_has_no_rate():
    with pytest.raises(ValueError, match="no rate of decay fits"):
        decay.fit(np.arange(4.0), np.array([1.0, 0.0, 0.0, 0.0]))


def test_a_rate_that_nothing_is_known_of_leaves_persistence_open():
    found = decay.fit(np.arange(4.0), np.array([1.0, 0.9, 0.9, 0.8]), np.full(4, 1e4))
    assert found.persistence.low == 0.0
    assert found.persistence.high == np.inf
