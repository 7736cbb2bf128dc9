"""A rebate is felt, settled against the metered loads and balanced; gaming is use, not a number."""

import numpy as np
import pytest

from gridsim.core.errors import ScenarioError
from gridsim.engine import arm as arms
from gridsim.engine import rebating
from gridsim.engine import run as running
from gridsim.engine.blocks import Crew
from gridsim.programmes import rebates as programme
from gridsim.results import hourly
from gridsim.scenario import load, resolve
from gridsim.studies import baselines

TEXT = """
title = "Test"
seed = 7
[period]
start = 2023-07-03
end = 2023-07-20
step_minutes = 30
[place]
name = "Sacramento"
[population]
homes = 40
preset = "california"
[arms.flat]
tariff = { kind = "flat", price = 0.15 }
channel = "text"
[arms.rebate]
tariff = { kind = "flat", price = 0.15 }
channel = "text"
[[arms.rebate.rebates]]
price = 1.25
dates = [2023-07-17, 2023-07-19]
hours = ["17:00-20:00"]
baseline = "bge_two_weeks"
"""


def case(*sets, text=TEXT):
    return resolve.resolve(load.loads(text, "test.toml", sets=sets))


def ready(of, place=1):
    extras = running.Extras()
    return running.make_arm(of, of.arms[place], extras, {}), running.make_stage(of, extras, Crew())


@pytest.fixture(scope="module")
def played():
    return running.run(case())


@pytest.fixture(scope="module")
def gamed():
    return running.run(case(text=f"{TEXT}gaming = 1.0\n"))


def test_the_bill_is_the_flat_bill_less_the_rebate(played):
    homes = played.arm("rebate").homes
    owed = 0.15 * homes["import_kwh"] - homes["export_kwh"] * 0.0
    assert (homes["bill_rebate"] <= 0.0).all()
    assert homes["bill_rebate"].sum() < 0.0
    np.testing.assert_allclose(homes["bill_energy"], owed, rtol=1e-9)
    parts = sum(homes[f"bill_{part}"] for part in
                ("energy", "standing", "capacity", "taxes", "export", "rebate"))  # fmt: skip
    np.testing.assert_allclose(homes["bill"], parts, rtol=1e-12)
    assert (played.reference.homes["bill_rebate"] == 0.0).all()


def test_what_is_paid_is_the_price_times_what_the_baseline_credits(played):
    clock = hourly.clock_of(played)
    promised = case().arms[1].rebates[0]
    slots = rebating._on_slots(promised.calls, 2)
    settled = programme.settle(
        programme.Rebate(1.25, promised.method, slots), clock, played.hourly["rebate"],
        np.zeros(clock.steps, bool), np.zeros(clock.steps),
    )  # fmt: skip
    paid = -played.arm("rebate").homes["bill_rebate"]
    np.testing.assert_allclose(paid, 1.25 * settled.credit_kwh, rtol=1e-12)
    score = baselines.scores(played, "rebate")["bge_two_weeks"]
    assert score.credits.paid == pytest.approx(paid.mean())


def test_people_use_less_for_a_rebate_but_not_those_who_hear_nothing(played):
    before, after = (played.arm(name).homes for name in ("flat", "rebate"))
    less = before["called_kwh.rebate"] - after["called_kwh.rebate"]
    assert less.sum() > 0.0
    town = ready(case())[0].citizens.town
    by_hand = ~(town.traits.thermostat | town.car.smart)  # machines read the price by themselves
    deaf = by_hand & (after["heard_events"] == 0.0)
    assert deaf.any()
    assert (less[deaf] == 0.0).all()
    assert (after["acted_events"] <= after["heard_events"]).all()


def test_money_and_energy_of_the_rebate_are_audited(played):
    audit = played.arm("rebate").audit
    assert audit.passed
    assert 0.0 < audit.accounts < audit.accounts_tolerance


def test_a_run_that_is_split_settles_the_same_rebate():
    here = case()
    arm, stage = ready(here)
    whole = arms.play(arm, stage)
    for step in (48 * 13 + 36, 48 * 14 + 35):  # between the notice and the call; within the call
        rest = arms.play(arm, stage, start=arms.play(arm, stage, until=step).after)
        np.testing.assert_array_equal(whole.after.kept, rest.after.kept)
        np.testing.assert_array_equal(whole.after.meters, rest.after.meters)


def test_gaming_is_use_before_the_call(played, gamed):
    clock = hourly.clock_of(played)
    more = (gamed.hourly["rebate"] - played.hourly["rebate"]).sum(axis=1)
    eve = (clock.local_day == clock.local_day[0] + 15) & (clock.wall_s // 3600 >= 17)
    eve &= clock.wall_s // 3600 < 20
    assert more[eve].sum() > 0.0
    quiet = clock.local_day < clock.local_day[0] + 13  # nothing is told yet
    assert (more[quiet] == 0.0).all()
    assert gamed.arm("rebate").audit.passed


def test_nobody_games_without_a_share_and_the_same_ones_with_more(played):
    arm, _ = ready(case())
    assert arm.citizens.offer.games is None
    town, enrolled = arm.citizens.town, arm.citizens.enrolled
    promised = case().arms[1].rebates[0]

    def who(share):
        made = programme.Rebate(promised.price, promised.method, promised.calls, share)
        return rebating.gamers(town, 7, (made,), enrolled)

    few, many = who(0.2), who(0.6)
    assert 0 < few.sum() < many.sum() < len(town)
    assert not (few & ~many).any()
    assert not rebating.gamers(town, 7, (promised,), enrolled)


def test_only_homes_on_the_tariff_are_paid():
    text = TEXT.replace(
        "[[arms.rebate.rebates]]",
        'enrolment = { kind = "opt_in", share = 0.4 }\n[[arms.rebate.rebates]]',
    )
    homes = running.run(case(text=text)).arm("rebate").homes
    assert 0 < homes["enrolled"].sum() < 40
    assert (homes["bill_rebate"][homes["enrolled"] == 0.0] == 0.0).all()
    assert homes["bill_rebate"].sum() < 0.0


def test_more_loads_than_fit_in_memory_are_refused():
    rebating.check(case("population.homes=60000"))
    long = case("population.homes=60000", "period.start=2022-07-03", "period.end=2024-07-20")
    with pytest.raises(ScenarioError, match=r"8\.0 GiB of loads to settle them from, at most 4"):
        rebating.check(long)


def test_a_rebate_on_dates_outside_the_period_is_told():
    notes = case(text=TEXT.replace("2023-07-19", "2023-08-19")).notes
    assert any("called dates lie outside" in note for note in notes)


def test_a_rebate_without_a_call_in_the_period_pays_nothing():
    found = running.run(case("period.end=2023-07-05"))
    assert (found.arm("rebate").homes["bill_rebate"] == 0.0).all()
    assert found.hourly == {}
