"""An operator calls by what the meters have shown: causal, the same bits however a run is cut."""

import numpy as np
import pytest

from gridsim.core.arrays import BLOCK
from gridsim.core.clock import date_of as date
from gridsim.core.clock import local_s
from gridsim.engine import arm as arms
from gridsim.engine import layout as at
from gridsim.engine import run as running
from gridsim.engine.arm import Arm, Stage
from gridsim.engine.blocks import Crew
from gridsim.results.results import Results
from gridsim.scenario import load, resolve
from gridsim.scenario.resolve import Case

TEXT = """
title = "Test"
seed = 7
[period]
start = 2023-01-09
end = 2023-01-18
step_minutes = 60
[place]
name = "Lyon"
[population]
homes = 40
electric_heat = 0.6
[arms.flat]
tariff = "base-2026"
[arms.watched]
tariff = "base-2026"
channel = "app"
[[arms.watched.calls]]
kind = "control"
rule = { limit_kva = 70, consecutive = 2, hours_per_event = 2 }
hours = ["17:00-22:00"]
setback_k = 2.0
hot_water = "block"
"""
FEEDER = "arms.watched.calls=[{kind='appeal', rule={limit_kva=28, feeder_homes=15}, hours=['17:00-22:00']}]"  # noqa: E501
BUSIEST = "arms.watched.calls=[{kind='appeal', rule={busiest=2}, hours=['17:00-21:00']}]"


def case(*sets: str) -> Case:
    return resolve.resolve(load.loads(TEXT, "test.toml", sets=sets))


def ready(of: Case, jobs: int = 1) -> tuple[Arm, Stage]:
    extras = running.Extras()
    arm = running.make_arm(of, of.arms[1], extras, {})
    return arm, running.make_stage(of, extras, Crew(jobs))


def days(results: Results) -> list[int]:
    """Return the days of the month that are called in the second arm."""
    called = results.arms[1].called
    return sorted({date(int(day)).day for day in results.clock.local_day[called]})


@pytest.fixture(scope="module")
def results() -> Results:
    return running.run(case())


def test_days_over_the_limit_are_called_and_the_first_two_teach(results):
    found = days(results)
    assert found
    assert min(found) >= 11  # a day must be over before the day before the called one
    starts = np.flatnonzero(np.diff(results.arms[1].called.astype(int), prepend=0) > 0)
    hours = results.clock.local_hour[results.arms[1].called]
    assert len(starts) == len(found)
    assert hours.min() >= 17
    assert hours.max() < 22
    assert results.arms[1].called.sum() <= 2 * len(found)


def test_calls_keep_their_limits(results):
    runs = np.split(np.array(days(results)), np.flatnonzero(np.diff(days(results)) > 1) + 1)
    assert max(len(run) for run in runs) <= 2


def test_the_reference_counts_its_use_in_the_hours_that_another_arm_calls(results):
    reference, watched = results.arms
    assert reference.homes["called_kwh.watched"].sum() > 0.0
    town_kwh = np.maximum(reference.series.flow("net"), 0.0)[watched.called].sum() * 40
    counted_kwh = reference.homes["called_kwh.watched"].sum()
    assert counted_kwh >= town_kwh - 1e-6  # each home's imports, before its neighbours' exports


def test_machines_answer_and_use_less_in_called_hours(results):
    reference, watched = (arm.homes["called_kwh.watched"].sum() for arm in results.arms)
    assert watched < reference


def test_a_call_is_decided_and_told_at_17_the_day_before(results):
    told = results.events
    mine = (told.home < 0) & (told.text == "control")
    assert mine.any()
    zone = results.clock.timezone
    for at_s, from_s in zip(told.time_s[mine], told.from_s[mine], strict=True):
        day = date(int(results.clock.local_day[results.clock.step_at(int(from_s))]) - 1)
        assert at_s == local_s(day, zone, 17 * 3600)


def test_two_threads_give_the_calls_and_bits_of_one():
    one, two = (running.run(case("population.homes=600", BUSIEST), jobs=jobs) for jobs in (1, 2))
    assert days(one) == days(two)
    np.testing.assert_array_equal(one.arms[1].series.kw, two.arms[1].series.kw)


@pytest.mark.parametrize("cut", [30, 64, 65, 66, 120, 121])
@pytest.mark.parametrize("sets", [(), (FEEDER,)])
def test_a_split_run_is_the_whole_run(cut, sets):
    of = case(*sets)
    arm, stage = ready(of)
    whole = arms.play(arm, stage)
    arm, stage = ready(of)
    half = arms.play(arm, stage, until=cut)
    arm, stage = ready(of)  # nothing is left of the first half but its world
    rest = arms.play(arm, stage, half.after)
    assert whole.made
    assert rest.made == whole.made
    np.testing.assert_array_equal(rest.after.state, whole.after.state)
    np.testing.assert_array_equal(
        rest.after.meters[:, : at.M_MASK], whole.after.meters[:, : at.M_MASK]
    )
    np.testing.assert_array_equal(rest.after.watched, whole.after.watched)


def test_what_is_called_does_not_depend_on_what_comes_later():
    whole, short = (running.run(case(f"period.end=2023-01-{end}")) for end in (18, 15))
    assert days(short) == [day for day in days(whole) if day < 15]


def test_the_meter_of_a_feeder_is_the_load_of_its_homes():
    of = case(FEEDER, "output.profiles=true")
    arm, stage = ready(of)
    played = arms.play(arm, stage)
    loads = np.concatenate(played.recorder.loads)
    np.testing.assert_allclose(played.after.watched[:, 0], loads[:, :15].sum(axis=1), rtol=1e-5)


def test_two_operators_keep_books_of_their_own():
    more = ", {kind='control', rule={limit_kva=70}, hours=['18:00-20:00'], ev='pause'}]"
    arm, stage = ready(case(FEEDER.removesuffix("]") + more))
    played = arms.play(arm, stage)
    town, feeder = (
        played.recorder.kw[:, : played.recorder.parts, at.F_NET // BLOCK].sum(axis=1),
        played.recorder.kw[:, played.recorder.parts, at.F_NET // BLOCK],
    )
    np.testing.assert_array_equal(played.after.watched, np.column_stack([feeder, town]))
    assert {call.label for call in played.made} == {"appeal", "control"}


def test_causes_replay_the_calls_that_were_made():
    results = running.run(case("output.causes=true", "period.end=2023-01-15"))
    plain = running.run(case("period.end=2023-01-15"))
    assert days(results) == days(plain)
    assert all(arm.audit.passed for arm in results.arms)
