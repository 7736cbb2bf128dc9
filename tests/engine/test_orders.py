"""Orders move machines and say nothing to people; appeals speak to people and move no machine."""

import dataclasses

import numpy as np
import pytest

import gridsim as gs
from gridsim.engine import run as running
from gridsim.engine.layout import NOTICES
from gridsim.programmes.calls import Call, Control
from gridsim.results.results import ArmResult
from gridsim.scenario import resolve
from gridsim.studies import arms as studies

SETS = [
    "population.homes=60", "period.start=2023-01-09", "period.end=2023-01-12",
    "period.step_minutes=60", "population.ev=1.0", "population.pv=0.0", "population.battery=0.0",
    "population.ev_smart=0.5", "population.thermostat=0.5", "population.electric_heat=0.8",
    "population.hot_water_electric=1.0",
    "arms.tempo.tariff={kind='flat', price=0.194, standing_year=169.92, export_price=0.04}",
    "output.follow=0", "output.profiles=true",
]  # fmt: skip
CALLED = slice(24 + 18, 24 + 21)
FLOWS = ("cold", "standby", "light", "cooking", "screens", "small", "wet", "heating", "hot_water",
         "cooling", "ev")  # fmt: skip
ORDER = 'kind="control", dates=[2023-01-10], hours=["18:00-21:00"]'


def played(*calls: str, sets: tuple[str, ...] = ()) -> gs.Run:
    """Return a run whose arm is called on the evening of the second day."""
    return gs.run(gs.load("quickstart", [*SETS, *sets, f"arms.tempo.calls=[{', '.join(calls)}]"]))


def moved(run: gs.Run) -> set[str]:
    """Return the flows that differ between the arms in any step."""
    flat, other = run.results.arms
    return {f for f in FLOWS if not np.array_equal(flat.series.flow(f), other.series.flow(f))}


def called_kw(arm: ArmResult, flow: str) -> np.ndarray:
    return arm.series.flow(flow)[CALLED]


@pytest.fixture(scope="module")
def pause() -> gs.Run:
    return played("{" + ORDER + ', ev="pause"}')


def test_a_pause_stops_cars_and_nothing_else(pause):
    flat, other = pause.results.arms
    assert moved(pause) == {"ev"}
    assert called_kw(other, "ev").sum() < 0.8 * called_kw(flat, "ev").sum()


def test_paused_cars_charge_afterwards(pause):
    flat, other = (arm.series.flow("ev") for arm in pause.results.arms)
    np.testing.assert_array_equal(flat[: CALLED.start], other[: CALLED.start])
    assert other[CALLED.stop :].sum() > flat[CALLED.stop :].sum()


def test_a_pause_stops_only_cars_whose_charger_obeys(pause):
    flat, other = pause.results.arms
    changed = flat.homes["use_kwh.ev"] != other.homes["use_kwh.ev"]
    moved_kw = np.any(pause.results.loads["flat"] != pause.results.loads["tempo"], axis=0)
    smart = pause.results.attributes["ev_smart"]
    assert moved_kw.sum() > 3
    assert not np.any((changed | moved_kw) & ~smart)


def test_a_block_keeps_tanks_off_but_for_cold_showers():
    run = played("{" + ORDER + ', hot_water="block"}')
    flat, other = run.results.arms
    assert moved(run) == {"hot_water"}
    overruled = other.homes["overrides"] > flat.homes["overrides"]
    assert not overruled.all()
    still = run.results.loads["tempo"][CALLED] > run.results.loads["flat"][CALLED]
    assert not np.any(still[:, ~overruled])
    assert called_kw(other, "hot_water").sum() < called_kw(flat, "hot_water").sum()


def test_a_set_back_relaxes_set_points_where_a_thermostat_obeys():
    run = played("{" + ORDER + ", setback_k=1.5}")
    flat, other = run.results.arms
    assert moved(run) == {"heating", "cold"}  # the fridge stands in a cooler kitchen
    assert called_kw(other, "heating").sum() < 0.9 * called_kw(flat, "heating").sum()
    away = np.any(run.results.loads["flat"] != run.results.loads["tempo"], axis=0)
    obeys = run.results.attributes["thermostat"]
    assert away.sum() > 3
    assert not np.any(away & ~obeys)


def test_a_deeper_set_back_takes_no_more_in_the_called_hours():
    shallow, deep = (played("{" + ORDER + f", setback_k={k}}}") for k in (0.5, 2.0))
    one, two = (run.results.arms[1].homes["called_kwh.tempo"] for run in (shallow, deep))
    assert np.all(two <= one + 1e-9)
    assert two.sum() < one.sum()


def test_a_set_back_relaxes_cooling_too():
    summer = ("period.start=2022-07-18", "period.end=2022-07-21", "place.name=Austin",
              "population.air_conditioning=1.0")  # fmt: skip
    run = played("{" + ORDER.replace("2023-01-10", "2022-07-19") + ", setback_k=2.0}", sets=summer)
    flat, other = run.results.arms
    assert moved(run) == {"cooling", "cold"}
    assert called_kw(other, "cooling").sum() < called_kw(flat, "cooling").sum()


def test_an_appeal_moves_people_and_no_charger_thermostat_or_tank_by_itself():
    call = ORDER.replace("control", "appeal") + ', channel="display"'
    run = played("{" + call + "}", sets=("population.thermostat=0.0",))
    flat, other = run.results.arms
    assert {"light", "small", "heating"} <= moved(run)
    assert not {"hot_water", "standby"} & moved(run)  # the fridge feels a cooler kitchen
    assert called_kw(other, "small").sum() < called_kw(flat, "small").sum()


def test_orders_and_words_at_the_same_hour_do_what_each_does():
    words = "{" + ORDER.replace("control", "appeal") + "}"
    order = "{" + ORDER + ', hot_water="block"}'
    said, both = played(words), played(words, order)
    for use in ("light", "cooking", "screens", "small"):
        name = f"use_kwh.{use}"
        np.testing.assert_array_equal(
            said.results.arms[1].homes[name], both.results.arms[1].homes[name]
        )
    assert called_kw(both.results.arms[1], "hot_water").sum() < (
        called_kw(said.results.arms[1], "hot_water").sum()
    )


def test_more_calls_at_once_than_people_can_hold_are_refused():
    many = ["{" + ORDER + ', ev="pause"}'] * (NOTICES + 1)
    with pytest.raises(ValueError, match="notices are out at the same time"):
        played(*many)


def ordered(control: Control, *, sets: tuple[str, ...] = ()) -> gs.Run:
    """Return a run whose arm is given an order on the evening of the second day."""
    case = resolve.resolve(gs.load("quickstart", [*SETS, *sets]))
    told = Call(case.clock.start_s, CALLED.start, CALLED.stop, "order", None, control)
    flat, other = case.arms
    arms = (flat, dataclasses.replace(other, calls=(told,)))
    results = running.run(dataclasses.replace(case, arms=arms))
    return gs.Run(results, studies.summary(results))


def test_a_part_limit_slows_cars_down_to_it():
    alone = ("population.homes=40", "population.ev_smart=1.0")
    paused, limited = (ordered(Control(ev_limit_kw=kw), sets=alone) for kw in (0.0, 1.5))
    free_kw = called_kw(limited.results.arms[0], "ev")
    part_kw = called_kw(limited.results.arms[1], "ev")
    none_kw = called_kw(paused.results.arms[1], "ev")
    assert np.all(none_kw <= part_kw + 1e-12)
    assert np.all(part_kw <= 1.5)
    assert none_kw.sum() < part_kw.sum() < free_kw.sum()
    same = ordered(Control(ev_pause=True), sets=alone).results.arms[1]
    np.testing.assert_array_equal(same.series.kw, paused.results.arms[1].series.kw)


def test_a_limit_on_the_load_is_kept_where_machines_can_and_touches_nothing_else():
    machines = ("population.ev_smart=1.0", "population.battery=0.5")
    run = ordered(Control(load_limit_kw=2.0), sets=machines)
    assert moved(run) == {"ev", "hot_water"}
    before, after = (run.results.loads[name][CALLED] for name in ("flat", "tempo"))
    assert np.all(after <= np.maximum(before, 2.0) + 1e-6)
    assert (after > 2.0).sum() < 0.7 * (before > 2.0).sum()
    assert after.sum() < before.sum()


def test_under_a_limit_the_battery_gives_what_charger_and_tank_leave_above_it():
    flat, other = ordered(
        Control(load_limit_kw=1.0), sets=("population.ev=0.0", "population.battery=1.0")
    ).results.arms
    assert called_kw(other, "hot_water").sum() < called_kw(flat, "hot_water").sum()
    assert called_kw(other, "import").max() < called_kw(flat, "import").max()


def test_those_who_opt_out_are_left_alone_and_counted():
    everyone = ordered(Control(tank_block=True))
    some = ordered(Control(tank_block=True, opt_out=0.5))
    none = ordered(Control(tank_block=True, opt_out=1.0))
    flat, refused = none.results.arms
    np.testing.assert_array_equal(flat.series.kw, refused.series.kw)
    np.testing.assert_array_equal(refused.homes["overrides"], flat.homes["overrides"] + 1.0)
    saved = [
        (called_kw(flat, "hot_water") - called_kw(run.results.arms[1], "hot_water")).sum()
        for run in (everyone, some, none)
    ]
    assert saved[0] > saved[1] > saved[2] == 0.0
    out = some.results.arms[1].homes["overrides"] - everyone.results.arms[1].homes["overrides"]
    assert 0.3 < np.mean(out > 0) < 0.7
