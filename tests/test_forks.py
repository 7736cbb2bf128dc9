"""A town is played up to a moment, and two futures follow from it."""

import numpy as np
import pytest

import gridsim as gs
from gridsim.core.errors import ScenarioError

SETS = [
    "population.homes=30", "period.end=2023-01-06", "population.ev=0.5", "population.pv=0.4",
    "output.follow=3",
]  # fmt: skip


@pytest.fixture(scope="module")
def scenario() -> gs.Scenario:
    return gs.load("quickstart", SETS)


@pytest.fixture(scope="module")
def called(scenario: gs.Scenario) -> gs.Scenario:
    return gs.load("quickstart", [
        *SETS, 'arms.tempo.calls=[{kind="appeal", dates=[2023-01-05], hours=["18:00-20:00"]}]'
    ])  # fmt: skip


def same(one: gs.Run, other: gs.Run) -> None:
    for mine, theirs in zip(one.results.arms, other.results.arms, strict=True):
        np.testing.assert_array_equal(mine.series.kw, theirs.series.kw)
        np.testing.assert_array_equal(mine.profile_kw, theirs.profile_kw)
        for name, values in theirs.homes.items():
            np.testing.assert_array_equal(mine.homes[name], values, name)
    np.testing.assert_array_equal(one.results.events.time_s, other.results.events.time_s)
    np.testing.assert_array_equal(one.results.events.text, other.results.events.text)


@pytest.mark.parametrize("at", ["2023-01-02", "2023-01-04", "2023-01-04 18:15"])
def test_a_future_without_a_change_is_the_run_from_the_beginning(scenario, at):
    (found,) = gs.fork(gs.world(scenario, at=at))
    same(found, gs.run(scenario))


def test_futures_of_one_moment_differ_from_it_on_and_the_moment_stays(scenario, called):
    world = gs.world(scenario, at="2023-01-04")
    plain, asked = gs.fork(world, scenario, called, at="2023-01-04 12:00")
    whole = gs.run(called)
    for mine, theirs in zip(asked.results.arms, whole.results.arms, strict=True):
        np.testing.assert_array_equal(mine.series.kw, theirs.series.kw)
    before = slice(0, 3 * 96)
    ours, others = (run.results.arm("tempo").series.kw for run in (plain, asked))
    np.testing.assert_array_equal(ours[before], others[before])
    assert np.any(ours != others)
    assert f"{world.at:%Y-%m-%d %H:%M %Z}" == "2023-01-04 00:00 CET"
    same(gs.fork(world)[0], plain)


def test_a_future_of_other_people_is_refused(scenario):
    world = gs.world(scenario)
    with pytest.raises(ScenarioError, match="population: differs from that of the world"):
        gs.fork(world, scenario.set("population.homes", 31))


def test_a_future_that_settles_bills_in_another_way_is_refused(scenario):
    demand = {"kind": "contract", "energy": 0.2, "demand": [{"per_kw": 4.0}]}
    with pytest.raises(ScenarioError):
        gs.fork(gs.world(scenario, at="2023-01-03"), scenario.set("arms.tempo.tariff", demand))


@pytest.mark.parametrize("at", ["noon", "2023-01-04 18:07", "2022-12-31", "2023-02-01"])
def test_a_moment_that_is_no_step_of_the_period_is_refused(scenario, at):
    with pytest.raises(ScenarioError, match="at: "):
        gs.world(scenario, at=at)


def test_time_does_not_go_back(scenario):
    world = gs.world(scenario, at="2023-01-04")
    with pytest.raises(ScenarioError, match="lies outside what is left"):
        gs.fork(world, at="2023-01-03")


def test_causes_are_told_apart_by_whole_runs_only(scenario):
    with pytest.raises(ScenarioError, match=r"output\.causes"):
        gs.fork(gs.world(scenario), scenario.set("output.causes", True))
