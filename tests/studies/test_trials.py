"""Trials: each row rests on published figures, each scenario says what it assumes, bands judge."""

import itertools
import math
from types import SimpleNamespace

import numpy as np
import pytest

import gridsim as gs
from gridsim.citizens.parameters import parameters, with_values
from gridsim.metrics.effects import Effect
from gridsim.results.verdicts import PartVerdict, RowVerdict
from gridsim.scenario import load, starter
from gridsim.studies.trials import baselines, closed, measure, published, runner, sensitivity, table
from gridsim.studies.trials.load import admd, law
from gridsim.studies.trials.records import Measured, Part, Trial

ROWS = table.TRIALS
NAMES = sorted({name for trial in ROWS.values() for name in trial.scenarios})


def verdict(value, low=0.0, high=1.0):
    """Return a part that was simulated to a value."""
    return PartVerdict("key", "name", "%", low, high, Effect(value, value, value), None, ())


def row(*parts):
    """Return a row of parts."""
    return RowVerdict("T0", "title", tuple(parts), (), (), (), 0.0)


@pytest.mark.parametrize("trial", ROWS.values(), ids=ROWS)
def test_every_part_rests_on_figures_that_are_known_well_enough(trial):
    numbers = [number for part in trial.parts for number in part.figures]
    assert all(part.figures for part in trial.parts)
    assert all(figure.source for figure in published.find(tuple(numbers)))
    assert all(figure.status != "RECALLED-low" for figure in published.find(tuple(numbers)))


@pytest.mark.parametrize("trial", ROWS.values(), ids=ROWS)
def test_keys_of_parts_are_told_apart(trial):
    keys = [part.key for part in trial.parts]
    assert len(set(keys)) == len(keys) > 0


def test_every_figure_of_the_file_is_used_or_of_a_trial_that_is():
    used = {f.topic for t in ROWS.values() for p in t.parts for f in published.find(p.figures)}
    assert {figure.topic for figure in published.figures().values()} <= used


@pytest.mark.parametrize("name", NAMES)
def test_a_scenario_tells_its_source_its_status_and_what_is_assumed(name):
    said = gs.load(f"trials/{name}").description
    assert all(f"{word}:" in said for word in ("Source", "Status"))
    assert runner.ASSUMED in said


def test_every_scenario_of_a_trial_is_used_by_one():
    there = {name.removeprefix("trials/") for name in starter.shipped() if "trials/" in name}
    assert there == set(NAMES)


@pytest.mark.parametrize("trial", ROWS.values(), ids=ROWS)
def test_a_quick_trial_is_smaller(trial):
    def size(*, quick):
        found = runner.scenarios(trial, quick=quick).values()
        return sum(s.population.homes * len(s.arms) for s in found)

    assert size(quick=True) < size(quick=False) or not trial.scenarios


def test_a_row_is_inside_when_every_part_is():
    assert row(verdict(0.0), verdict(1.0)).inside
    assert not row(verdict(0.5), verdict(1.01)).inside
    assert not row().inside


def test_what_is_not_known_is_not_inside():
    assert not verdict(math.nan).inside


def test_rows_are_chosen_by_name_in_the_order_of_the_table():
    assert [trial.row for trial in table.chosen("t27, T26")] == ["T26", "T27"]
    assert len(table.chosen(None)) == len(ROWS)


@pytest.mark.parametrize("rows", ["T0", "T26,T99", " , "])
def test_a_row_that_is_not_there_is_refused(rows):
    with pytest.raises(ValueError, match="there are T"):
        table.chosen(rows)


def test_a_band_needs_room():
    with pytest.raises(ValueError, match=r"part\.low"):
        Part("key", "name", "%", 2.0, 1.0, ("A031",))


CLOSED = [closed.T26, closed.T27, baselines.T28]


@pytest.mark.parametrize("trial", CLOSED, ids=["T26", "T27", "T28"])
def test_closed_forms_come_out(trial):
    (found,) = runner.run([trial])
    assert [part.key for part in found.parts if not part.inside] == []


def test_the_fleet_rebounds_less_the_more_its_units_differ():
    """Figures H007 and H009: 4.05 and 2.93 kW a unit."""
    assert closed.rebound(0.0).max() == pytest.approx(4.05, rel=0.03)
    assert closed.rebound(0.2).max() == pytest.approx(2.93, rel=0.03)


def kept(loads, seed=1, step_s=3600):
    """Return as much of a run as the measures read: loads (t, n) of two arms."""
    steps, homes = loads["flat"].shape
    clock = SimpleNamespace(dt_h=step_s / 3600, steps=steps)
    arms = {name: SimpleNamespace(name=name, homes={}) for name in loads}
    return SimpleNamespace(
        loads=loads, clock=clock, reference=arms["flat"], provenance={"seed": seed}, homes=homes,
        loads_of=np.zeros(0, np.int64),
    )  # fmt: skip


def two_arms(factor, steps=24, homes=50):
    """Return loads of two arms, the second a factor of the first."""
    before = np.random.default_rng(1).gamma(2.0, 0.3, (steps, homes)).astype(np.float32)
    return {"flat": before, "tou": (factor * before).astype(np.float32)}


def test_a_reduction_is_the_share_of_energy_that_is_not_taken():
    run = kept(two_arms(0.9))
    stat = measure.reduction(run, "tou", np.ones(24, dtype=bool))
    assert stat[0] == pytest.approx(10.0, rel=1e-5)
    assert np.ptp(stat) < 1e-3  # each home saves the same share, whoever is drawn


def test_only_the_hours_and_the_homes_that_are_asked_about_count():
    loads = two_arms(1.0)
    loads["tou"][5, :10] = 0.0
    run = kept(loads)
    hours, some = np.arange(24) == 5, np.arange(50) < 10
    assert measure.reduction(run, "tou", hours, some)[0] == pytest.approx(100.0)
    assert measure.reduction(run, "tou", ~hours, some)[0] == pytest.approx(0.0)
    assert 0.0 < measure.reduction(run, "tou", hours)[0] < 100.0


def test_loads_that_were_not_kept_are_asked_for():
    with pytest.raises(ValueError, match=r"output\.profiles"):
        measure.kwh(kept(two_arms(1.0)), "cpp", np.ones(24, dtype=bool))


def test_the_demand_of_a_group_lies_between_that_of_one_and_of_all():
    load = np.random.default_rng(2).gamma(0.3, 2.0, (400, 300)).astype(np.float32)
    one, ten, everyone = (admd(load, size, 1) for size in (1, 10, 300))
    assert everyone < ten < one
    assert everyone == pytest.approx(load.mean(axis=1).max(), rel=1e-5)
    (mu, k), explained = law(load, 1)
    assert explained > 0.9
    assert mu > 0 and k > 0  # noqa: PT018


def test_a_scenario_that_two_trials_share_is_played_once(monkeypatch):
    played = []

    def run(case, **_):
        played.append(case.scenario.title)
        return SimpleNamespace(
            story=SimpleNamespace(title="t", scenario_toml="[population]\nhomes = 2\n"),
            clock=SimpleNamespace(steps=24, step_s=3600), arms=(),
        )  # fmt: skip

    monkeypatch.setattr(runner.engine, "run", run)
    part = Part("a", "a", "%", 0.0, 2.0, ("A031",))
    trials = [
        Trial(name, name, (part,), lambda _: {"a": measure.exact(1.0)}, ("t24_ev_fleet",))
        for name in ("T1", "T2")
    ]
    found = runner.run(trials)
    assert len(played) == 1
    assert [one.inside for one in found] == [True, True]


def test_progress_counts_all_runs_as_one():
    seen = []
    small = Trial(
        "T0", "small", (Part("a", "a", "%", 0.0, 2.0, ("A031",)),),
        lambda _: {"a": Measured(np.array([1.0]), 0)}, ("t24_ev_fleet",),
        quick=("population.homes=2", "period.end=2023-03-07", "output.follow=0"),
    )  # fmt: skip
    runner.run([small], runner.Plan(quick=True, progress=seen.append))
    assert seen[-1].done == pytest.approx(seen[-1].total)
    assert all(a.done <= b.done for a, b in itertools.pairwise(seen))
    assert seen[0].arm.startswith("T0 t24_ev_fleet")


@pytest.mark.parametrize("name", NAMES)
def test_a_scenario_of_a_trial_keeps_within_what_a_small_machine_can_hold(name):
    said = load.load(starter.shipped()[f"trials/{name}"])
    days = (said.period.end - said.period.start).days
    steps = days * 1440 // said.period.step_minutes
    assert 4 * steps * said.population.homes * len(said.arms) < 1.5e9


def toy(gain):
    """Return a trial whose value is a parameter of the citizens, as if it had been simulated."""
    part = Part("a", "a", "%", 0.0, 2.0, ("A031",))
    return Trial("T0", "toy", (part,), lambda _: {"a": measure.exact(gain[0])})


def test_every_number_of_the_citizens_is_raised_once():
    settings = parameters()
    found = sensitivity.names(settings)
    assert len(set(found)) == len(found) > 50
    for name in found:
        assert sensitivity.raised(settings, name) != settings
    assert not [name for name in found if name.startswith("money.")]


def test_a_share_stays_a_share_when_it_is_raised():
    settings = with_values(parameters(), {"attention.display": 0.95})
    assert 0.95 < sensitivity.raised(settings, "attention.display").attention.display < 1.0
    pair = sensitivity.raised(settings, "traits.bother.0").traits.bother
    assert pair[0] == pytest.approx(1.2 * settings.traits.bother[0])
    assert pair[1] == settings.traits.bother[1]


def test_a_slope_is_what_the_parameter_changed(monkeypatch):
    seen = [0.0]

    def run(trials, plan):
        seen[0] = 10.0 * (plan.settings or parameters()).call.glow
        return tuple(runner.judge(trial, {}) for trial in trials)

    monkeypatch.setattr(sensitivity.runner, "run", run)
    monkeypatch.setattr(sensitivity, "names", lambda _: ("call.glow", "call.habituation"))
    found = sensitivity.slopes([toy(seen), closed.T26])
    glow = parameters().call.glow
    assert [(one.row, one.parameter) for one in found] == [
        ("T0", "call.glow"), ("T0", "call.habituation"),
    ]  # fmt: skip
    assert found[0].change == pytest.approx(10.0 * (sensitivity.FACTOR - 1.0) * glow)
    assert found[1].change == 0.0


def test_rows_without_citizens_have_no_slopes():
    assert sensitivity.slopes([closed.T26, closed.T27]) == ()
