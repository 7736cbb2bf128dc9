"""Each link of the chain by itself: without it, nothing of its kind happens, to the bit."""

import numpy as np
import pytest

import gridsim as gs
from gridsim.citizens.information import KINDS
from gridsim.citizens.parameters import CHANNELS, Parameters, parameters, with_values
from gridsim.engine import arm as arms
from gridsim.engine import outcome
from gridsim.engine import run as engine
from gridsim.engine.blocks import Crew
from gridsim.engine.people import ALL, Links
from gridsim.engine.run import Extras
from gridsim.results.results import ArmResult
from gridsim.scenario import resolve

SETS = [
    "population.homes=40", "period.start=2023-01-09", "period.end=2023-01-20",
    "period.step_minutes=60", "population.ev=0.4", "population.pv=0.0", "population.battery=0.0",
    "output.follow=0",
]  # fmt: skip
FULL = [
    'arms.tempo.information=[{kind="display"}]',
    'arms.tempo.calls=[{kind="appeal", dates=[2023-01-11], hours=["18:00-20:00"]},'
    ' {kind="control", dates=[2023-01-12], hours=["18:00-20:00"], setback_k=2.0, ev="pause",'
    ' hot_water="block"}]',
]
MACHINES = "arms.tempo.automation={ev=1.0, thermostat=1.0, timer=1.0, battery='price'}"
PLAIN = ["population.ev_smart=0.0", "population.thermostat=0.0"]
FLAT = "arms.tempo.tariff={kind='flat', price=0.194, standing_year=169.92, export_price=0.04}"
SMALL = [f"use_kwh.{use}" for use in ("light", "cooking", "screens", "small")]
DEAF = {f"attention.{channel}": 0.0 for channel in CHANNELS}
"""Nobody hears of anything."""
STUBBORN = {"level.elasticity": 0.0, "call.habit": 0.0} | {f"information.{k}": 0.0 for k in KINDS}
"""Nothing is saved for good: neither by feedback, nor by habit, nor by the price level."""


def play(sets: list[str], links: Links = ALL, changes: dict[str, float] | None = None):
    """Return both arms of the town, with some links at work and some parameters changed."""
    settings: Parameters = with_values(parameters(), changes or {})
    extras = Extras(settings=settings)
    case = resolve.resolve(gs.load("quickstart", [*SETS, *sets]))
    crew = Crew(1)
    stage = engine.make_stage(case, extras, crew)
    names, towns, found = [arm.name for arm in case.arms], {}, []
    for arm_case in case.arms:
        arm = engine.make_arm(case, arm_case, extras, towns, links)
        found.append(outcome.arm_result(arm_case, arm, arms.play(arm, stage), stage, names))
    crew.close()
    return found


def alike(one: ArmResult, other: ArmResult, *names: str) -> bool:
    """Tell whether two arms agree to the bit in some numbers of the homes."""
    return all(np.array_equal(one.homes[name], other.homes[name]) for name in names)


def same(one: ArmResult, other: ArmResult) -> bool:
    """Tell whether two arms agree to the bit at every step, and in every use of every home."""
    uses = [name for name in one.homes if name.startswith("use_kwh.")]
    rest = ("import_kwh", "discomfort_kh", "overrides", "deferred_kwh", "peak_kw")
    return np.array_equal(one.series.kw, other.series.kw) and alike(one, other, *uses, *rest)


def test_with_all_links_off_an_arm_with_everything_is_the_reference():
    none = Links(False, False, False, False, False)
    assert same(*play([*FULL, MACHINES], none))
    assert not same(*play([*FULL, MACHINES]))


def test_without_attention_and_machines_every_effect_is_zero_to_the_bit():
    sets = [*FULL[:1], FULL[1].split(', {kind="control"')[0] + "]", *PLAIN]
    sets += [f"arms.{arm}.automation.hot_water=false" for arm in ("flat", "tempo")]
    assert same(*play(sets, changes=DEAF | STUBBORN))
    assert not same(*play(sets, changes=STUBBORN))


@pytest.mark.parametrize(
    "heard", [{"attention.app": 0.9}, {"level.elasticity": -0.3, "level.years": 0.1},
              {"information.display": 0.05}],
)  # fmt: skip
def test_each_way_to_take_something_in_has_an_effect_by_itself(heard):
    assert not same(*play([*FULL[:1], *PLAIN], changes=DEAF | STUBBORN | heard))


def test_without_information_feedback_saves_nothing():
    sets = [FLAT, FULL[0], *PLAIN]
    assert same(*play(sets, Links(information=False)))
    flat, told = play(sets)
    assert np.all(told.homes["use_kwh.screens"] <= flat.homes["use_kwh.screens"])
    assert told.homes["demand_kwh"].sum() < flat.homes["demand_kwh"].sum()


def test_without_curtailment_no_use_shrinks_and_no_set_point_moves_by_hand():
    names = [*SMALL, "use_kwh.heating", "use_kwh.cooling", "discomfort_kh"]
    flat, tempo = play([*PLAIN], Links(curtailment=False), STUBBORN)
    assert alike(flat, tempo, *names)
    assert not alike(flat, tempo, "use_kwh.ev", "deferred_kwh")
    flat, tempo = play([*PLAIN], changes=STUBBORN)
    assert not alike(flat, tempo, *SMALL)
    assert not alike(flat, tempo, "use_kwh.heating")


def test_without_choice_no_run_waits():
    flat, tempo = play([*PLAIN], Links(choice=False), STUBBORN)
    assert np.array_equal(flat.series.flow("wet"), tempo.series.flow("wet"))
    assert np.array_equal(flat.series.flow("ev"), tempo.series.flow("ev"))
    assert not tempo.homes["deferred_kwh"].any()
    flat, tempo = play([*PLAIN], changes=STUBBORN)
    assert not np.array_equal(flat.series.flow("wet"), tempo.series.flow("wet"))
    assert tempo.homes["deferred_kwh"].any()


def test_without_machines_nothing_acts_in_homes_that_hear_nothing():
    sets = [MACHINES, FULL[1]]
    assert same(*play(sets, Links(machine=False), DEAF | STUBBORN))
    flat, tempo = play(sets, changes=DEAF | STUBBORN)
    for flow in ("ev", "heating", "hot_water"):
        assert not np.array_equal(flat.series.flow(flow), tempo.series.flow(flow)), flow
    assert alike(flat, tempo, *SMALL)


def test_without_production_there_are_no_new_panels_and_nobody_lives_by_them():
    sets = [FLAT, *PLAIN, "arms.tempo.devices.pv=1.0"]
    assert same(*play(sets, Links(production=False), STUBBORN))
    flat, solar = play(sets, changes=STUBBORN)
    assert np.all(solar.homes["pv_kwh"] > 0.0)
    assert not np.array_equal(flat.series.flow("wet"), solar.series.flow("wet"))
    assert alike(flat, solar, "use_kwh.cooking", "use_kwh.heating")
