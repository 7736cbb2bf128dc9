"""Replays tell causes apart: they add up to the difference of the arms, and begin alike."""

import numpy as np
import pytest

import gridsim as gs
from gridsim.engine import arm as arms
from gridsim.engine import outcome, replays
from gridsim.engine import run as engine
from gridsim.engine.blocks import Crew
from gridsim.engine.people import ALL
from gridsim.engine.run import Extras
from gridsim.results.causes import CAUSES, QUANTITIES, column
from gridsim.scenario import resolve

SETS = [
    "population.homes=24", "period.start=2023-01-14", "period.end=2023-01-17",
    "arms.tempo.automation={ev=0.5, thermostat=0.4}", "population.ev=0.5", "population.pv=0.3",
    "output.follow=0",
]  # fmt: skip


@pytest.fixture(scope="module")
def run() -> gs.Run:
    return gs.run(gs.load("quickstart", [*SETS, "output.causes=true"]))


@pytest.mark.parametrize("quantity", list(QUANTITIES))
def test_causes_add_up_to_the_difference_of_the_arms_home_by_home(run, quantity):
    name = QUANTITIES[quantity].format(arm="tempo")
    flat, tempo = run.results.arms
    whole = flat.homes[name] - tempo.homes[name]
    parts = sum(tempo.homes[column(cause, quantity)] for cause in CAUSES)
    assert np.abs(whole).max() > 0.0
    np.testing.assert_allclose(parts, whole, rtol=1e-9, atol=1e-9 * np.abs(flat.homes[name]).max())


def test_causes_add_up_to_the_effect_of_the_summary(run):
    found = gs.causes(run)["estimate"].unstack("cause").loc["tempo"].sum(axis=1)
    effects = run.effects.loc["tempo", "estimate"]
    assert -found["saved_kwh"] == pytest.approx(effects["demand_kwh"], rel=1e-9)
    assert -found["import_kwh"] == pytest.approx(effects["import_kwh"], rel=1e-9)
    assert -found["peak_kw"] == pytest.approx(effects["peak_kw"], rel=1e-5)  # loads are float32


def test_asking_for_causes_changes_no_other_number(run):
    plain = gs.run(gs.load("quickstart", SETS))
    for one, other in zip(plain.results.arms, run.results.arms, strict=True):
        np.testing.assert_array_equal(one.series.kw, other.series.kw)
        assert list(one.homes) == [name for name in other.homes if not name.startswith("cause_")]
    with pytest.raises(ValueError, match="output"):
        gs.causes(plain)


def test_without_any_link_arms_that_own_the_same_are_the_same_to_the_bit():
    case = resolve.resolve(gs.load("quickstart", SETS))
    crew = Crew()
    stage = engine.make_stage(case, Extras(), crew)
    names = [arm.name for arm in case.arms]
    towns: dict[object, object] = {}
    played = []
    for arm_case in case.arms:
        arm = engine.make_arm(case, arm_case, Extras(), towns, replays.first_links(0))
        done = arms.play(arm, stage)
        played.append(outcome.arm_result(arm_case, arm, done, stage, names))
    np.testing.assert_array_equal(played[0].series.kw, played[1].series.kw)
    crew.close()


def test_links_are_switched_on_in_order_until_all_are():
    assert replays.first_links(len(CAUSES)) == ALL
    some = replays.first_links(2)
    assert (some.information, some.curtailment, some.choice) == (True, True, False)


def test_progress_counts_the_replays():
    seen = []
    case = gs.load("quickstart", [*SETS, "population.homes=2", "output.causes=true"])
    gs.run(case, progress=seen.append)
    done = [step.done for step in seen]
    assert done == sorted(done)
    assert seen[-1].done == pytest.approx(seen[-1].total)
    assert seen[-1].total == pytest.approx(2 * 3 * (2 + 9))
