"""Traits promise: medians and spreads as the parameters say, the engaged more attentive."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import ndtri

from gridsim.citizens import traits
from gridsim.citizens.parameters import parameters
from gridsim.citizens.traits import Places

SPREAD = parameters().traits
MANY = ndtri((np.arange(20_001) + 0.5) / 20_001)


def places(**known):
    nothing = np.zeros(len(MANY))
    names = ("engagement", "attention", "money", "bother", "slope", "tolerance", "delay")
    return Places(*[known.get(name, nothing) for name in names])


def of(income=2, **known):
    return traits.traits(places(**known), np.full(len(MANY), income), SPREAD)


@given(u=st.floats(1e-6, 1 - 1e-6), a=st.floats(0.5, 5), b=st.floats(1, 5))
def test_kumaraswamy_inverts_its_distribution(u, a, b):
    x = traits.kumaraswamy(np.array([u]), a, b)[0]
    assert 1.0 - (1.0 - x**a) ** b == pytest.approx(u, abs=1e-6)


@pytest.mark.parametrize("name", ["bother", "slope_k", "tolerance_k", "delay"])
def test_a_home_in_the_middle_has_the_median(name):
    assert getattr(of(), name)[0] == pytest.approx(getattr(SPREAD, name)[0])


def test_bother_spreads_as_the_parameters_say():
    own = (1.0 - SPREAD.bother_engagement**2) ** 0.5
    assert np.log(of(bother=MANY).bother).std() == pytest.approx(SPREAD.bother[1] * own, rel=1e-3)


def test_the_engaged_are_more_attentive_and_less_easily_bothered():
    found = of(engagement=MANY)
    assert np.all(np.diff(found.attention) > 0.0)
    assert np.all(np.diff(found.bother) < 0.0)


@pytest.mark.parametrize("income", range(5))
def test_money_weighs_by_income(income):
    expected = SPREAD.money_weight[0] * SPREAD.money_income[income]
    assert of(income).money_weight[0] == pytest.approx(expected)


def test_attentiveness_is_a_chance():
    found = of(engagement=MANY, attention=MANY[::-1]).attention
    assert found.min() > 0.0
    assert found.max() < 1.0
