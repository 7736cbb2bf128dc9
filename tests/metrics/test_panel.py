"""Panels: made homes give back the elasticity and the effect that they were made with."""

from functools import cache

import numba
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import ndtri

from gridsim.core.chance import question, uniforms
from gridsim.metrics import effects, panel

HOMES, DAYS = np.repeat(np.arange(25), 40), np.tile(np.arange(40), 25)


compiled = pytest.mark.skipif(
    bool(numba.config.DISABLE_JIT), reason="many draws: minutes without the compiler"
)


@cache
def normal(rows: int, repeat: int = 0) -> np.ndarray:
    """Return standard normals from a named stream."""
    return ndtri(uniforms(3, question("test", "panel"), np.arange(rows), repeat)[:, 0])


def made(elasticity: float, noise: float = 0.1) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return kWh, price and degree days of home-days that answer to the price."""
    price = np.exp(0.5 * normal(40, 1))[DAYS]
    cold = np.abs(5 * normal(40, 2))[DAYS]
    own = normal(25, 3)[HOMES]
    log_kwh = 2 + own + elasticity * np.log(price) + 0.03 * cold + noise * normal(1000, 4)
    return np.exp(log_kwh), price, cold


def test_two_periods_give_the_difference_of_the_mean_changes():
    before, after = np.array([1.0, 2.0, 5.0, 4.0]), np.array([2.0, 2.0, 3.0, 3.0])
    under = np.concatenate([np.zeros(4), [0.0, 0.0, 1.0, 1.0]]).astype(bool)
    found = panel.diff_in_diff(
        np.concatenate([before, after]), under, np.tile(np.arange(4), 2), np.repeat([0, 1], 4)
    )
    assert found.estimate == pytest.approx(-1.5 - 0.5)
    treated = np.array([0.0, 0.0, 1.0, 1.0])
    assert effects.diff_in_diff(before, after, treated, 1).estimate == pytest.approx(-2.0)


def test_a_trend_of_all_and_a_lasting_gap_are_no_effect():
    under = (HOMES % 2 == 1) & (DAYS >= 20)
    values = 3.0 * (HOMES % 2) + 0.1 * DAYS - 0.7 * under
    found = panel.diff_in_diff(values, under, HOMES, DAYS)
    assert found.estimate == pytest.approx(-0.7)
    assert found.error == pytest.approx(0.0, abs=1e-9)


def test_treatment_that_all_get_at_once_is_refused():
    with pytest.raises(ValueError, match="does not vary"):
        panel.diff_in_diff(normal(1000), DAYS >= 20, HOMES, DAYS)


def test_the_elasticity_of_substitution_is_found_exactly_without_noise():
    ratio = np.array([1.0, 2.0, 4.0, 8.0] * 2)
    homes = np.repeat([0, 1], 4)
    quantity = np.array([0.5, 2.0])[homes] * ratio**-0.14
    off_peak = np.linspace(3.0, 4.0, 8)
    found = panel.substitution(quantity * off_peak, off_peak, ratio, homes)
    assert found.estimate == pytest.approx(0.14)
    assert found.error == pytest.approx(0.0, abs=1e-9)


def test_own_price_elasticity_is_found_beside_the_weather():
    kwh, price, cold = made(-0.3)
    found = panel.own_price(kwh, price, HOMES, controls=cold)
    assert found.estimate == pytest.approx(-0.3, abs=0.03)
    assert found.holds(-0.3)


def test_prices_that_differ_between_homes_alone_need_other_effects():
    kwh, _, _ = made(0.0, 0.01)
    price = np.where(HOMES % 2 == 0, 0.2, 0.1)
    with pytest.raises(ValueError, match="does not vary within"):
        panel.own_price(kwh, price, HOMES)
    found = panel.own_price(kwh * price**-0.2, price, HOMES, effects=(DAYS,))
    bare = panel.own_price(kwh, price, HOMES, effects=(DAYS,))
    assert found.estimate - bare.estimate == pytest.approx(-0.2)


def test_hourly_elasticity_does_not_mistake_dear_evenings_for_answers():
    hours = np.tile(np.arange(24), 50)
    homes, spell = np.repeat(np.arange(5), 240), np.tile(np.repeat(np.arange(10), 24), 5)
    usual = 1 + (hours >= 18)
    price = 0.1 * usual * np.exp(0.4 * normal(240, 5))[spell * 24 + hours]
    kwh = usual * (1 + homes) * price**-0.05
    assert panel.hourly_own_price(kwh, price, homes, hours).estimate == pytest.approx(-0.05)
    assert panel.own_price(kwh, price, homes).estimate > 0  # the shape of the day alone


@given(st.floats(0.01, 100.0), st.floats(0.01, 100.0))
def test_elasticities_have_no_unit(energy, money):
    kwh, price, _ = made(-0.3)
    plain, other = (
        panel.own_price(kwh * a, price * b, HOMES) for a, b in ((1.0, 1.0), (energy, money))
    )
    assert other.estimate == pytest.approx(plain.estimate)
    assert other.error == pytest.approx(plain.error)


@compiled
def test_no_answer_lies_within_the_interval_in_95_of_100_trials():
    homes, days, inside = np.repeat(np.arange(20), 8), np.tile(np.arange(8), 20), 0
    price = np.where((homes % 2 == 1) & (days >= 4), 0.4, 0.2)
    for repeat in range(300):
        kwh = np.exp(normal(20, repeat)[homes] + 0.3 * normal(160, 1000 + repeat))
        found = panel.own_price(kwh, price, homes, effects=(homes, days))
        inside += found.holds(0.0)
    assert 0.91 < inside / 300 < 0.985


def test_what_has_no_logarithm_is_refused():
    kwh, price, _ = made(0.0)
    with pytest.raises(ValueError, match="kwh must be above 0"):
        panel.own_price(kwh - kwh.max(), price, HOMES)
    with pytest.raises(ValueError, match="price_ratio must be above 0"):
        panel.substitution(kwh, kwh, 0 * price, HOMES)
    with pytest.raises(ValueError, match="hours"):
        panel.hourly_own_price(kwh, price, HOMES, DAYS[:3])
