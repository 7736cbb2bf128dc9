"""Baselines beside the truth: what is found, credited and paid, and what of it for nothing."""

import dataclasses
import datetime as dt

import numpy as np
import pytest

import gridsim as gs
from gridsim import front
from gridsim.core.clock import make_clock
from gridsim.front import Run
from gridsim.report import canvas, credits
from gridsim.results.example import example
from gridsim.studies import arms, baselines

HOMES = 4
CLOCK = make_clock(dt.date(2025, 1, 13), dt.date(2025, 2, 12), 30, "Europe/Paris")
DAY = (CLOCK.local_day - CLOCK.local_day[0])[::2]
HOUR = (CLOCK.wall_s // 3600)[::2]
EVENING = (HOUR >= 18) & (HOUR < 20)
CALLS = (21, 23, 28)  # Monday, Wednesday, Monday: fifteen work days lie before the first


def run(before=1.0, less=0.0, enrolled=1.0, rebate="", calls=CALLS):
    """Return a run of a month with calls from 18 to 20 on some days.

    ``before`` and ``less`` are the load in the reference and what is less in calls, by home. [kW]
    """
    made = example(HOMES, 30)
    called = np.isin(DAY, calls) & EVENING
    reference = np.broadcast_to(np.asarray(before, np.float32), (720, HOMES)).copy()
    after = reference - np.float32(1) * called[:, np.newaxis] * np.asarray(less, np.float32)
    flat, tempo = (
        dataclasses.replace(
            arm, called=np.repeat(mask, 2),
            homes={**arm.homes, "enrolled": np.ones(HOMES) * enrolled},
        )
        for arm, mask in zip(made.arms, (np.zeros_like(called), called), strict=True)
    )  # fmt: skip
    story = dataclasses.replace(made.story, scenario_toml=f"[arms.tempo]\n{rebate}")
    return dataclasses.replace(
        made, arms=(flat, tempo), story=story, hourly={"flat": reference, "tempo": after}
    )


PAYS = 'rebates = [{ price = 0.5, baseline = "caiso_10_in_10" }]'


def test_the_truth_is_the_difference_between_the_arms():
    found = baselines.scores(run(2.0, [0.0, 0.5, 1.0, 0.5]), "tempo")
    for name, score in found.items():
        if score.events and not name.startswith("control"):
            assert score.true_kwh == pytest.approx(1.0), name  # mean 0.5 kW over 2 h
            assert score.reference_kwh == pytest.approx(4.0)
            assert score.estimate.estimate == pytest.approx(1.0), name  # flat loads: no error
            assert score.errors.rmse_kwh == pytest.approx(0.0, abs=1e-6), name


def test_money_is_credits_times_the_price_over_the_events():
    score = baselines.scores(run(2.0, [0.0, 0.5, 1.0, 0.5], rebate=PAYS), "tempo")["bge_two_weeks"]
    assert score.events == 3
    assert score.credits.paid == pytest.approx(3 * 0.5 * 1.0)
    assert score.credits.earned == pytest.approx(3 * 0.5 * 1.0)
    dearer = baselines.scores(run(2.0, 0.5, rebate=PAYS), "tempo", price=2.0)["bge_two_weeks"]
    assert dearer.credits.paid == pytest.approx(3 * 2.0 * 1.0)


def test_without_a_rebate_nothing_is_paid_that_could_be_named():
    score = baselines.scores(run(2.0, 0.5), "tempo")["bge_two_weeks"]
    assert np.isnan(score.credits.paid)


def test_a_home_that_uses_less_by_chance_is_credited_for_nothing():
    # 3 kW on all days but the called ones, 2 kW there in both arms: 1 kW over 2 h for nothing
    before = np.full((720, HOMES), 2.0)
    before[:, 0] = np.where(np.isin(DAY, CALLS), 2.0, 3.0)
    score = baselines.scores(run(before), "tempo")["bge_two_weeks"]
    assert score.true_kwh == 0.0
    assert score.bias.estimate == pytest.approx(2.0 / HOMES)
    assert score.credits.kwh == score.credits.false_kwh == score.credits.unmoved_kwh
    assert score.credits.kwh == pytest.approx(2.0 / HOMES)
    assert score.errors.behaviour_kwh == 0.0
    assert score.errors.group_bias_kwh == pytest.approx(2.0 / HOMES)


def test_use_that_is_raised_before_a_call_is_told_as_behaviour():
    made = run(2.0)
    kw = made.hourly["tempo"].copy()
    raised = np.isin(DAY, CALLS) & (HOUR >= 14) & (HOUR < 17)
    kw[raised] = 2.2  # a tenth more in the hours -4 to -2: the factor is 1.1
    made = dataclasses.replace(made, hourly={**made.hourly, "tempo": kw})
    score = baselines.scores(made, "tempo")["caiso_10_in_10"]
    assert score.true_kwh == 0.0
    assert score.bias.estimate == pytest.approx(0.1 * 2.0 * 2.0, rel=1e-6)
    assert score.errors.behaviour_kwh == pytest.approx(score.bias.estimate)


def test_homes_that_heard_nothing_are_counted_where_that_is_known():
    before = np.full((720, HOMES), 2.0)
    before[:] = np.where(np.isin(DAY, CALLS), 2.0, 3.0)[:, np.newaxis]
    made = run(before)
    known = {name: v for name, v in made.arms[1].homes.items() if name != "heard_events"}
    silent = dataclasses.replace(made.arms[1], homes=known)
    made = dataclasses.replace(made, arms=(made.arms[0], silent))
    assert np.isnan(baselines.scores(made, "tempo")["bge_two_weeks"].credits.unheard_kwh)
    heard = np.array([0.0, 3.0, 3.0, 1.0])
    told = dataclasses.replace(made.arms[1], homes={**made.arms[1].homes, "heard_events": heard})
    made = dataclasses.replace(made, arms=(made.arms[0], told))
    assert baselines.scores(made, "tempo")["bge_two_weeks"].credits.unheard_kwh == 0.5


def test_events_with_too_few_days_are_counted():
    found = baselines.scores(run(2.0, 0.5, calls=(4, 21)), "tempo")  # a Friday: four days before
    assert (found["caiso_10_in_10"].events, found["caiso_10_in_10"].missed) == (1, 1)
    assert (found["bge_two_weeks"].events, found["bge_two_weeks"].missed) == (2, 0)
    none = baselines.scores(run(2.0, 0.5, calls=(4,)), "tempo")["ercot_8_of_10"]
    assert none.events == 0
    assert np.isnan(none.bias.estimate)


def test_only_homes_on_the_tariff_count():
    made = run(2.0, [0.0, 1.0, 1.0, 1.0], enrolled=[0.0, 1.0, 1.0, 1.0])
    score = baselines.scores(made, "tempo")["bge_two_weeks"]
    assert (score.homes, score.true_kwh) == (3, 2.0)


def test_an_arm_whose_reference_calls_too_has_no_truth():
    made = run(2.0, 0.5)
    both = dataclasses.replace(made.arms[0], called=made.arms[1].called)
    made = dataclasses.replace(made, arms=(both, made.arms[1]))
    assert baselines.callers(made) == ()
    assert "baselines" not in arms.summary(made)
    with pytest.raises(ValueError, match="does not call"):
        baselines.scores(made, "tempo")


@pytest.mark.usefixtures("blind")
def test_the_summary_the_library_and_the_page_tell_the_same():
    made = run(2.0, [0.0, 0.5, 1.0, 0.5], rebate=PAYS)
    summary = arms.summary(made)
    told = summary["baselines"]["tempo"]["caiso_10_in_10"]
    frame = gs.baselines(Run(made, summary))
    assert frame.loc[("tempo", "caiso_10_in_10"), "paid"] == told["paid"] == pytest.approx(1.5)
    assert frame.loc[("tempo", "caiso_10_in_10"), "bias_kwh"] == told["bias_kwh"]["estimate"]
    rows = credits.table(summary, "tempo")
    assert rows[0][0] == "CAISO 10-in-10"
    assert all(len(row) == len(credits.HEADS) for row in rows)
    assert "1.000 kWh per home and call of 4.000 kWh (25.0 %)" in credits.sentence(summary, "tempo")
    assert "Baselines against the truth" in Run(made, summary).report()


def test_baselines_are_painted():
    made = run(2.0, [0.0, 0.5, 1.0, 0.5], rebate=PAYS)
    with canvas.look():
        assert canvas.svg_uri(credits.baselines(made, arms.summary(made), "tempo"))


def test_a_run_without_calls_tells_no_baselines():
    made = example(5, 3, ("flat",))
    with pytest.raises(ValueError, match="no arm of this run calls"):
        gs.baselines(Run(made, {}))


def test_a_town_of_one_home_has_nobody_to_compare_with() -> None:
    sets = ["population.homes=1", "period.end=2023-01-03"]
    told = baselines.scores(gs.run(front.load("quickstart", sets)).results, "tempo")
    assert told
    assert not {"control_group", "control_scaled"} & set(told)
