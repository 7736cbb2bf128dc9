"""Loads are kept by the hour when something is called, and only then; a split changes no bit."""

import dataclasses
import datetime as dt

import numpy as np
import pytest

from gridsim.core.clock import make_clock
from gridsim.engine import arm as arms
from gridsim.engine import recorder
from gridsim.engine import run as running
from gridsim.engine.blocks import Crew
from gridsim.engine.recorder import Slots
from gridsim.results import hourly
from gridsim.scenario import load, resolve

TEXT = """
title = "Test"
seed = 7
[period]
start = 2023-01-16
end = 2023-01-19
[place]
name = "Lyon"
[population]
homes = 20
preset = "france"
[arms.flat]
tariff = { kind = "flat", price = 0.194 }
[arms.asked]
tariff = { kind = "flat", price = 0.194 }
calls = [ { kind = "appeal", dates = [2023-01-17], hours = ["18:00-20:00"] } ]
"""
QUARTERS = make_clock(dt.date(2023, 1, 16), dt.date(2023, 1, 18), 15, "Europe/Paris")


def case(*sets, text=TEXT):
    return resolve.resolve(load.loads(text, "test.toml", sets=sets))


def called(*spans):
    mask = np.zeros(QUARTERS.steps, bool)
    for first, last in spans:
        mask[first:last] = True
    return mask


def test_hourly_loads_are_the_means_of_the_loads():
    found = running.run(case("output.profiles=true"))
    assert list(found.hourly) == ["flat", "asked"]
    for name, kw in found.hourly.items():
        assert kw.shape == (72, 20)
        mean = found.loads[name].reshape(72, 4, 20).mean(axis=1)
        np.testing.assert_allclose(kw, mean, rtol=1e-6)
    clock = hourly.clock_of(found)
    assert (clock.step_s, clock.steps, clock.end_s) == (3600, 72, found.clock.end_s)
    np.testing.assert_array_equal(clock.wall_s, np.tile(3600 * np.arange(24), 3))


def test_nothing_is_kept_when_nothing_is_called():
    quiet = TEXT.replace("calls =", "# calls =")
    found = running.run(case(text=quiet))
    assert found.hourly == {}
    with pytest.raises(ValueError, match="nothing is called"):
        hourly.clock_of(found)


@pytest.mark.parametrize("step", [50, 174, 180])
def test_a_run_that_stops_within_an_hour_keeps_the_same_bits(step):
    here = case()
    stage = running.make_stage(here, running.Extras(), Crew())
    arm = running.make_arm(here, here.arms[1], running.Extras(), {})
    first = arms.play(arm, stage, until=step)
    before = first.after.kept.copy()
    rest = arms.play(arm, stage, start=first.after)
    np.testing.assert_array_equal(arms.play(arm, stage).after.kept, rest.after.kept)
    np.testing.assert_array_equal(first.after.kept, before)


def test_only_the_first_homes_are_kept():
    here = case()
    stage = running.make_stage(here, running.Extras(), Crew())
    few = dataclasses.replace(stage, slots=Slots(3, 4))
    arm = running.make_arm(here, here.arms[0], running.Extras(), {})
    every, some = arms.play(arm, stage).after.kept, arms.play(arm, few).after.kept
    np.testing.assert_array_equal(every[:, :3], some)


@pytest.mark.parametrize(
    ("spans", "steps"),
    [(((72, 80),), 4), (((72, 80), (170, 176)), 2), (((73, 80),), 1), (((72, 192),), 4)],
)
def test_slots_are_the_longest_that_no_call_cuts(spans, steps):
    assert recorder.slots_for(QUARTERS, called(*spans), 9) == Slots(9, steps)


def test_without_calls_there_are_no_slots():
    assert recorder.slots_for(QUARTERS, called(), 9) is None


def test_a_larger_town_still_shows_its_first_homes(monkeypatch):
    monkeypatch.setattr(recorder, "KEPT_HOMES", 300)
    whole = running.run(case("population.homes=600"))
    part = running.run(case("population.homes=600"), part_homes=256)
    for name, kw in whole.hourly.items():
        np.testing.assert_array_equal(part.hourly[name], kw)
        assert kw.shape[1] == 300
    assert "coincident_kw" not in part.reference.homes
