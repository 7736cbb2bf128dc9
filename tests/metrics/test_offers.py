"""Offers: the lot gives the effect, those who choose give it with their choice mixed in."""

from functools import cache

import numba
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import ndtri

from gridsim.core.chance import question, uniforms
from gridsim.metrics import offers

compiled = pytest.mark.skipif(
    bool(numba.config.DISABLE_JIT), reason="many draws: minutes without the compiler"
)


@cache
def normal(rows: int, repeat: int = 0) -> np.ndarray:
    """Return standard normals from a named stream."""
    return ndtri(uniforms(9, question("test", "offers"), np.arange(rows), repeat)[:, 0])


def trial(effect: float, repeat: int = 0, homes: int = 200) -> tuple[np.ndarray, ...]:
    """Return control, offered and enrolled: small users enrol, and then save ``-effect``."""
    use = 10 + 2 * normal(homes, repeat)
    enrols = use + normal(homes, 5000 + repeat) < 9
    half = homes // 2
    return use[:half], use[half:] + effect * enrols[half:], enrols[half:]


def test_wald_by_hand():
    control, offered = np.array([10.0, 12.0]), np.array([8.0, 10.0, 12.0, 8.0])
    enrolled = np.array([True, False, False, True])
    assert offers.intention_to_treat(control, offered).estimate == pytest.approx(-1.5)
    found = offers.treatment_on_treated(control, offered, enrolled)
    assert found.estimate == pytest.approx(-3.0)
    # residuals y + 3 d: control 10, 12; offered 11, 10, 12, 11; over a share of 1/2
    off = np.var([11.0, 10.0, 12.0, 11.0], ddof=1) / 4 + np.var([10.0, 12.0], ddof=1) / 2
    assert found.error == pytest.approx(np.sqrt(off) / 0.5)


def test_when_all_enrol_both_effects_are_one():
    control, offered, _ = trial(-1.0)
    everyone = np.ones(100, bool)
    one = offers.treatment_on_treated(control, offered, everyone)
    other = offers.intention_to_treat(control, offered)
    assert (one.estimate, one.error) == pytest.approx((other.estimate, other.error))
    assert (one.low, one.high) == pytest.approx((other.low, other.high))


def test_controls_who_got_in_are_taken_into_account():
    control, offered = np.array([1.0, 2.0, 3.0, 4.0]), np.array([0.0, 1.0, 2.0, 3.0])
    inside = np.array([True, False, False, False])
    found = offers.treatment_on_treated(
        control, offered, np.array([True, True, True, False]), control_enrolled=inside
    )
    assert found.estimate == pytest.approx(-2.0)


@compiled
def test_selection_shows_in_the_naive_difference_and_not_in_the_lot():
    naive, wald = [], []
    for repeat in range(60):
        control, offered, enrolled = trial(-1.0, repeat)
        naive.append(offers.naive(offered, enrolled).estimate)
        wald.append(offers.treatment_on_treated(control, offered, enrolled).estimate)
    assert np.mean(wald) == pytest.approx(-1.0, abs=0.4)
    assert np.mean(naive) < -3.0  # small users enrol: they would pass for savers


@compiled
def test_the_interval_holds_the_effect_in_95_of_100_trials():
    inside = sum(
        offers.treatment_on_treated(*trial(-1.0, repeat)).holds(-1.0) for repeat in range(300)
    )
    assert 0.91 < inside / 300 < 0.985


def three_arms(homes: int, noise: float) -> tuple[np.ndarray, ...]:
    """Return three arms: two in ten always take (-0.6), six are complacent (-0.2)."""
    kind = np.arange(homes) % 10
    enrolled_in, enrolled_out = kind < 2, kind < 8
    answer = np.where(enrolled_in, -0.6, np.where(enrolled_out, -0.2, 0.0))
    base = [2.0 + noise * normal(homes, repeat) for repeat in range(3)]
    arms = base[0], base[1] + answer * enrolled_in, base[2] + answer * enrolled_out
    return (*arms, enrolled_in, enrolled_out)


def kinds_of(homes: int, noise: float) -> offers.Kinds:
    *arms, enrolled_in, enrolled_out = three_arms(homes, noise)
    return offers.kinds(*arms, enrolled_in=enrolled_in, enrolled_out=enrolled_out)


def test_kinds_of_people_come_out_as_they_were_made():
    found = kinds_of(100, 0.0)
    shares = found.always_share, found.complacent_share, found.never_share
    assert [one.estimate for one in shares] == pytest.approx([0.2, 0.6, 0.2])
    assert found.always.estimate == pytest.approx(-0.6)
    assert found.complacent.estimate == pytest.approx(-0.2)
    assert found.relative.estimate == pytest.approx(1 / 3)


def test_kinds_of_people_are_as_unsure_as_the_delta_method_says():
    found = kinds_of(4000, 0.1)
    assert found.always.holds(-0.6)
    assert found.complacent.holds(-0.2)
    assert found.relative.holds(1 / 3)
    # residuals y - effect * enrolled: noise alone for always takers, over a share of 0.2;
    # for complacents the always takers' other answer as well, 0.4^2 * 0.2 * 0.8, over 0.6
    spread = 0.1**2 + 0.4**2 * 0.2 * 0.8
    assert found.always.error == pytest.approx(np.sqrt(2 * 0.01 / 4000) / 0.2, rel=0.05)
    assert found.complacent.error == pytest.approx(np.sqrt(2 * spread / 4000) / 0.6, rel=0.05)


@given(st.floats(0.01, 100.0))
def test_kinds_scale_and_their_ratio_does_not(scale):
    *arms, enrolled_in, enrolled_out = three_arms(50, 0.3)
    plain, other = (
        offers.kinds(
            *(by * arm for arm in arms), enrolled_in=enrolled_in, enrolled_out=enrolled_out
        )
        for by in (1.0, scale)
    )
    assert other.complacent.estimate == pytest.approx(scale * plain.complacent.estimate)
    assert other.complacent.error == pytest.approx(scale * plain.complacent.error)
    assert other.relative.error == pytest.approx(plain.relative.error)


def test_what_cannot_be_seen_is_refused():
    some, nobody = np.arange(6.0), np.zeros(6, bool)
    with pytest.raises(ValueError, match="nobody to see an effect on"):
        offers.treatment_on_treated(some, some, nobody)
    with pytest.raises(ValueError, match="enrolled has shape"):
        offers.treatment_on_treated(some, some, nobody[:3])
    with pytest.raises(ValueError, match="enrolled has shape"):
        offers.naive(some, nobody[:3])
    with pytest.raises(ValueError, match="at least two homes, got 0"):
        offers.naive(some, nobody)
    with pytest.raises(ValueError, match="must hold more enrolled"):
        offers.kinds(some, some, some, enrolled_in=some > 1, enrolled_out=some > 3)


def test_without_an_effect_to_compare_with_there_is_no_ratio():
    use = np.array([1.0, 2.0, 3.0, 4.0])
    found = offers.kinds(
        use, use, use - 1, enrolled_in=use > 3, enrolled_out=np.ones(4, dtype=bool)
    )
    assert np.isnan(found.relative.estimate)
    assert found.complacent.estimate == pytest.approx(-4 / 3)
