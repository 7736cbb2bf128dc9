"""What must not matter does not: threads, blocks, splits, neighbours, and arms that do the same.

Every comparison is of bits, not of approximations, unless the test says why.
"""

import dataclasses

import numpy as np
import pytest

from gridsim.core.arrays import from_blocks
from gridsim.engine import arm as arms
from gridsim.engine import layout as at
from gridsim.engine import run as running
from gridsim.engine.arm import Arm, Played, Stage
from gridsim.engine.blocks import Crew
from gridsim.results.results import Results
from gridsim.scenario import load, resolve
from gridsim.scenario.resolve import Case
from gridsim.studies.arms import summary

TEXT = """
title = "Test"
seed = 7
[period]
start = 2023-01-16
end = 2023-01-19
[place]
name = "Lyon"
[population]
homes = 40
preset = "france"
pv = 0.3
battery = 0.3
ev = 0.4
heat_pump = 0.2
[arms.flat]
tariff = { kind = "flat", price = 0.194 }
[arms.tempo]
tariff = "tempo-2026"
channel = "app"
"""


def case(*sets: str, text: str = TEXT) -> Case:
    return resolve.resolve(load.loads(text, "test.toml", sets=sets))


def ready(of: Case, arm: int = 1, jobs: int = 1) -> tuple[Arm, Stage]:
    extras = running.Extras()
    return (
        running.make_arm(of, of.arms[arm], extras, {}),
        running.make_stage(of, extras, Crew(jobs)),
    )


def run(*sets: str, text: str = TEXT, jobs: int = 1) -> Results:
    return running.run(case(*sets, text=text), jobs=jobs)


def same(a: Results, b: Results, homes: int | None = None, steps: int | None = None) -> None:
    """Assert that two results agree to the last bit, for the first homes and steps."""
    for one, other in zip(a.arms, b.arms, strict=True):
        if steps is None:
            for name, values in one.homes.items():
                np.testing.assert_array_equal(values[:homes], other.homes[name][:homes], name)
        if homes is None:
            np.testing.assert_array_equal(one.series.kw[:steps], other.series.kw[:steps])


def same_world(a: Played, b: Played) -> None:
    np.testing.assert_array_equal(a.after.state, b.after.state)
    np.testing.assert_array_equal(a.after.meters, b.after.meters)
    np.testing.assert_array_equal(a.after.profile, b.after.profile)
    np.testing.assert_array_equal(a.after.minds.acts, b.after.minds.acts)


def test_the_same_scenario_gives_the_same_bits():
    same(run(), run())


def test_another_seed_gives_another_town():
    assert (
        run().arms[0].homes["import_kwh"].sum() != run("seed=8").arms[0].homes["import_kwh"].sum()
    )


def test_identical_arms_have_exactly_zero_effects():
    text = TEXT.replace('{ kind = "flat", price = 0.194 }', '"tempo-2026"\nchannel = "app"')
    found = summary(run(text=text))["effects"]["tempo"]
    told = {name: effect for name, effect in found.items() if effect["estimate"] is not None}
    assert {"demand_kwh", "bill", "co2_kg", "discomfort_kh"} <= set(told)
    for name, effect in told.items():
        assert effect["estimate"] == 0.0, name
        assert effect["low"] in (0.0, None), name
        assert effect["high"] in (0.0, None), name


def test_two_threads_give_the_bits_of_one():
    same(run("population.homes=600"), run("population.homes=600", jobs=2))


def test_more_homes_leave_the_first_ones_as_they_were():
    few, many = run(), run("population.homes=300")
    for one, other in zip(few.arms, many.arms, strict=True):
        for name, values in one.homes.items():
            if name == "coincident_kw":  # at the town's peak, which is another town's
                continue
            np.testing.assert_array_equal(values, other.homes[name][:40], name)


def test_a_longer_run_starts_like_the_shorter_one():
    short, long = run(), run("period.end=2023-01-22")
    same(short, long, steps=short.clock.steps)


@pytest.mark.parametrize("hours", [1, 5, 7])
def test_cutting_the_passes_changes_nothing(hours):
    def pacer(env, board):
        while True:
            yield env.timeout(3600 * hours)

    plain, stage = ready(case())
    same_world(
        arms.play(plain, stage), arms.play(plain, dataclasses.replace(stage, agents=(pacer,)))
    )


@pytest.mark.parametrize("step", [1, 40, 44, 96, 150, 287])
def test_a_run_that_stops_and_goes_on_ends_like_one_that_does_not(step):
    arm, stage = ready(case())
    first = arms.play(arm, stage, until=step)
    same_world(arms.play(arm, stage), arms.play(arm, stage, start=first.after))


def test_the_world_that_was_left_stays_as_it_was():
    arm, stage = ready(case())
    middle = arms.play(arm, stage, until=100).after
    kept = middle.state.copy(), middle.meters.copy()
    one, two = arms.play(arm, stage, start=middle), arms.play(arm, stage, start=middle)
    np.testing.assert_array_equal(middle.state, kept[0])
    np.testing.assert_array_equal(middle.meters, kept[1])
    same_world(one, two)


def test_a_home_does_not_see_its_neighbours():
    arm, stage = ready(case())
    town = arm.citizens.town
    alone = town.take(np.array([17]))
    made = running.make_arm(
        case(), case().arms[1], running.Extras(), {case().arms[1].recipe: alone}
    )
    apart = arms.play(made, stage).after.meters
    together = arms.play(arm, stage).after.meters
    for field in range(at.METERS):
        assert from_blocks(apart, field, 1)[0] == from_blocks(together, field, 40)[17], field


def test_arms_differ_only_where_people_or_machines_decide():
    found = run()
    flat, tempo = found.arms
    calm = ~np.isin(np.arange(40), np.flatnonzero(tempo.homes["acted_events"] > 0))
    calm &= ~found.attributes["hot_water_relay"] & ~found.attributes["ev_smart"]
    calm &= ~found.attributes["thermostat"]
    calm &= (flat.homes["deferred_kwh"] == 0.0) & (tempo.homes["deferred_kwh"] == 0.0)
    calm &= flat.homes["use_kwh.light"] == tempo.homes["use_kwh.light"]
    calm &= ~(found.attributes["ev"] & (found.attributes["pv_kwp"] > 0.0))  # live by their sun
    assert calm.sum() > 3
    for name in ("demand_kwh", "import_kwh", "pv_kwh", "discomfort_kh"):
        np.testing.assert_array_equal(flat.homes[name][calm], tempo.homes[name][calm])


def test_a_minute_and_a_quarter_of_an_hour_agree_in_energy():
    fine, coarse = run("period.step_minutes=1"), run()
    for name, allowed in (
        ("use_kwh.cooking", 1e-7), ("use_kwh.small", 1e-7), ("use_kwh.screens", 1e-6),
        ("use_kwh.standby", 1e-9), ("use_kwh.wet", 0.02),
        ("use_kwh.light", 0.02), ("use_kwh.heating", 0.02), ("use_kwh.hot_water", 0.05),
        ("pv_kwh", 0.02), ("demand_kwh", 0.02),
    ):  # fmt: skip
        one, other = fine.arms[0].homes[name].sum(), coarse.arms[0].homes[name].sum()
        # what is spread by overlap agrees to float32; physics differs by what a step hides:
        # set points met at its end, the sun at its middle, draws at its start
        assert one == pytest.approx(other, rel=allowed), name


@pytest.mark.parametrize(
    ("start", "end", "hours"), [("2023-03-25", "2023-03-28", 71), ("2023-10-28", "2023-10-31", 73)]
)
def test_days_of_23_and_25_hours_close_and_keep_their_length(start, end, hours):
    found = run(f"period.start={start}", f"period.end={end}")
    assert found.clock.steps == 4 * hours
    for arm in found.arms:
        assert arm.audit.passed
        assert np.all(np.isfinite(arm.series.kw))


def test_every_group_adds_up_to_all():
    series = run().arms[1].series
    parts = series.kw[:, 1:] * series.sizes[None, 1:, None]
    np.testing.assert_allclose(parts.sum(axis=1), series.kw[:, 0] * series.sizes[0], rtol=1e-12)


def test_homes_that_keep_the_reference_tariff_do_as_in_the_reference_arm():
    found = run('arms.tempo.enrolment={ kind = "opt_in", share = 0.4 }')
    flat, tempo = found.arms
    out = tempo.homes["enrolled"] == 0.0
    assert 5 < out.sum() < 35
    for name in ("import_kwh", "bill", "discomfort_kh", "overrides"):
        np.testing.assert_array_equal(flat.homes[name][out], tempo.homes[name][out], name)
    assert tempo.audit.passed


def test_more_panels_in_an_arm_leave_the_homes_that_get_none_alone():
    found = run(
        "arms.tempo.devices.pv=0.6", "arms.tempo.tariff={ kind = 'flat', price = 0.194 }",
        "arms.tempo.channel=bill", "population.battery=0.0",
    )  # fmt: skip
    flat, more = found.arms
    same_kwp = flat.homes["pv_kwh"] == more.homes["pv_kwh"]
    assert 0 < same_kwp.sum() < 40
    np.testing.assert_array_equal(
        flat.homes["import_kwh"][same_kwp], more.homes["import_kwh"][same_kwp]
    )
