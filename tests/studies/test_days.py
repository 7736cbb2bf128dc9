"""The mean day and the end uses of two arms, hour by hour and use by use."""

import dataclasses

import numpy as np
import pytest

from gridsim.results.example import example
from gridsim.results.results import USES
from gridsim.studies import days


def test_a_mean_day_is_that_of_the_homes():
    made = example(20, 5)
    found = days.profile_effect(made, "tempo", "winter")
    np.testing.assert_allclose(found.reference_kw, made.reference.profile_kw[:, 0].mean(axis=0))
    np.testing.assert_allclose(found.arm_kw, made.arms[1].profile_kw[:, 0].mean(axis=0))
    change = found.arm_kw - found.reference_kw
    assert np.all(found.low_kw <= change + 1e-12)
    assert np.all(change <= found.high_kw + 1e-12)
    assert found.homes == 20


def test_hours_in_which_nothing_differs_have_bands_of_exactly_nothing():
    made = example(20, 5)
    same = dataclasses.replace(made.reference, name="same")
    found = days.profile_effect(
        dataclasses.replace(made, arms=(made.reference, same)), "same", "winter"
    )
    assert np.all(found.low_kw == 0.0)
    assert np.all(found.high_kw == 0.0)
    assert np.array_equal(found.arm_kw, found.reference_kw)


def test_a_season_that_the_period_does_not_have_is_nan():
    found = days.profile_effect(example(5, 1), "tempo", "summer")
    assert np.isnan(found.reference_kw).all()
    assert np.isnan(found.low_kw).all()


def test_an_unknown_season_is_refused():
    with pytest.raises(ValueError, match="no season 'monsoon'"):
        days.profile_effect(example(5, 1), "tempo", "monsoon")


def test_profiles_of_some_homes_are_enough():
    made = example(20, 5)
    few = tuple(dataclasses.replace(a, profile_kw=a.profile_kw[:4]) for a in made.arms)
    found = days.profile_effect(dataclasses.replace(made, arms=few), "tempo", "winter")
    assert found.homes == 4
    np.testing.assert_allclose(found.reference_kw, made.reference.profile_kw[:4, 0].mean(axis=0))


def test_the_seasons_of_a_period():
    assert days.seasons_of(example(2, 1)) == ("winter",)
    assert days.seasons_of(example(2, 60)) == ("winter", "spring")


def test_end_uses_add_up_to_the_demand():
    made = example(20, 5)
    found = days.effects_by_use(made, "tempo")
    assert tuple(found) == USES
    change = (made.arms[1].homes["demand_kwh"] - made.reference.homes["demand_kwh"]).mean()
    assert sum(effect.estimate for effect in found.values()) == pytest.approx(change)
    assert found["cold"].low == found["cold"].high == 0.0
