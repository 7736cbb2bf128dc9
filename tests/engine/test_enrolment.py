"""Enrolment as an outcome: how many join an offer, how many leave a default, and who they are."""

import numpy as np
import pytest

import gridsim as gs
from gridsim.citizens.parameters import parameters, with_values
from gridsim.engine import run as engine
from gridsim.engine.run import Extras
from gridsim.scenario import resolve
from gridsim.scenario.resolve import Case

HOMES = 800
SETS = [
    f"population.homes={HOMES}", "period.start=2012-07-01", "period.end=2012-07-08",
    "period.step_minutes=60", "place.name=Sacramento", "population.preset=california",
    "population.pv=0.0", "population.battery=0.0", "population.ev=0.0",
    'arms.flat.tariff="smud-flat-2012"', 'arms.tempo.tariff="smud-cpp-2012"',
    "arms.tempo.channel=text",
]  # fmt: skip


def case(enrolment: str, *sets: str) -> Case:
    return resolve.resolve(
        gs.load("quickstart", [*SETS, f"arms.tempo.enrolment={enrolment}", *sets])
    )


def people(enrolment: str, *sets: str, **changes: float):
    """Return the people of the arm."""
    of = case(enrolment, *sets)
    values = {name.replace("__", "."): value for name, value in changes.items()}
    extras = Extras(settings=with_values(parameters(), values))
    return engine.make_arm(of, of.arms[1], extras, {}).citizens


@pytest.fixture(scope="module")
def joined() -> np.ndarray:
    return people('{kind="opt_in"}').enrolled


@pytest.fixture(scope="module")
def stayed() -> np.ndarray:
    return people('{kind="opt_out"}').enrolled


def test_about_one_in_five_joins_an_offer_like_that_of_sacramento(joined):
    assert joined.mean() == pytest.approx(0.20, abs=0.05)  # A080


def test_fewer_than_one_in_ten_leaves_it_when_it_is_the_default(stayed):
    assert 0.0 < 1.0 - stayed.mean() < 0.10  # A081-A082


def test_whoever_joins_would_have_stayed(joined, stayed):
    assert np.all(stayed[joined])
    assert (stayed & ~joined).sum() > joined.sum()


def test_those_who_join_are_the_engaged(joined):
    engagement = people("everyone").traits.engagement
    assert engagement[joined].mean() > engagement[~joined].mean() + 0.3


def test_everyone_is_everyone():
    assert people("everyone").enrolled.all()


def test_only_those_who_joined_know_what_they_signed():
    assert people('{kind="opt_in"}').offer.chose
    assert not people('{kind="opt_out"}').offer.chose
    assert not people("everyone").offer.chose


def test_a_share_fixes_how_many_but_still_not_who():
    found = people('{kind="opt_in", share=0.4}')
    engagement = found.traits.engagement
    assert found.enrolled.mean() == pytest.approx(0.4, abs=0.05)
    assert engagement[found.enrolled].mean() > engagement[~found.enrolled].mean() + 0.3


def test_a_better_offer_only_adds_people(joined):
    cheap = "arms.tempo.tariff={kind='flat', price=0.03}"
    dear = "arms.tempo.tariff={kind='flat', price=0.60}"
    more, fewer = (people('{kind="opt_in"}', tariff).enrolled for tariff in (cheap, dear))
    assert np.all(more >= fewer)
    assert more.mean() > fewer.mean() + 0.05


def test_more_effort_keeps_people_out_and_more_inertia_keeps_them_in(joined, stayed):
    fewer = people('{kind="opt_in"}', enrolment__effort=parameters().enrolment.effort + 1.0)
    assert np.all(fewer.enrolled <= joined)
    assert fewer.enrolled.sum() < joined.sum()
    more = people('{kind="opt_out"}', enrolment__inertia=parameters().enrolment.inertia + 2.0)
    assert np.all(more.enrolled >= stayed)
    assert more.enrolled.sum() > stayed.sum()


def test_adding_homes_changes_nobodys_answer(joined):
    few = people('{kind="opt_in"}', "population.homes=100")
    np.testing.assert_array_equal(few.enrolled, joined[:100])
