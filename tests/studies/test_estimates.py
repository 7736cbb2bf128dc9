"""Estimates of a run: a made run whose homes do what is known gives it back, beside the truth."""

import dataclasses

import numpy as np
import pytest
from scipy.special import ndtri

from gridsim.core.chance import question, uniforms
from gridsim.results.example import example
from gridsim.results.results import Results
from gridsim.studies import estimates, lots, people


def normal(homes: int, draws: int, repeat: int = 0) -> np.ndarray:
    """Return standard normals from a named stream, shape (homes, draws)."""
    asked = question("test", "estimates")
    return ndtri(uniforms(6, asked, np.arange(homes), repeat, draws))


def loads(results: Results, noise: float = 0.2) -> np.ndarray:
    """Return loads of homes that differ in size, with evenings and with days of their own."""
    homes, clock = len(results.attributes["home"]), results.clock
    size = np.exp(0.5 * normal(homes, 1))[:, 0]
    days = (clock.local_day - clock.local_day[0]).astype(int)
    own = np.exp(noise * normal(homes, days[-1] + 1, 1))[:, days]
    evening = np.where(clock.local_hour >= 18, 1.5, 0.8)
    return (size[:, None] * own * evening).T


def made(homes: int = 120, days: int = 30, cut: float = 0.3, enrolled: float = 1.0) -> Results:
    """Return a run whose enrolled homes, the smallest ones, take less by a share when called."""
    base = example(homes, days)
    before = loads(base)
    order = np.argsort(np.argsort(before.mean(axis=0)))
    signed = order < enrolled * homes
    called = base.arms[1].called
    after = before * (1 - cut * called[:, None] * signed)
    arm = base.arms[1]
    arm = dataclasses.replace(arm, homes=dict(arm.homes) | {"enrolled": signed.astype(float)})
    return dataclasses.replace(
        base,
        arms=(base.reference, arm),
        loads={"flat": before.astype(np.float32), "tempo": after.astype(np.float32)},
    )


def priced(elasticity: float, hours: int = 1) -> Results:
    """Return a run whose arm has a new price every so many hours, and homes that answer to it."""
    base = example(60, 20)
    before = loads(base, 0.1)
    spell = np.arange(base.clock.steps) // (2 * hours)
    price = 0.2 * np.exp(0.5 * normal(int(spell[-1]) + 1, 1, 2))[spell, 0]
    after = before * (price / 0.2)[:, None] ** elasticity
    arm = dataclasses.replace(base.arms[1], price=price)
    return dataclasses.replace(
        base,
        arms=(dataclasses.replace(base.reference, price=np.full(len(price), 0.2)), arm),
        loads={"flat": before.astype(np.float32), "tempo": after.astype(np.float32)},
    )


def test_the_truth_of_a_change_is_that_of_both_arms():
    run = made()
    trial = estimates.trial(run, "tempo")
    found = estimates.peak(trial)
    assert found.share.truth == pytest.approx(-0.3, abs=1e-6)
    assert found.value.truth == pytest.approx(
        -0.3 * run.loads["flat"][run.arms[1].called].sum(axis=0).mean() * 0.5, rel=1e-5
    )
    assert found.share.holds
    assert found.value.holds


def test_lots_differ_and_hold_the_truth_nearly_always():
    run = made(60, 6)
    found = [estimates.peak(estimates.trial(run, "tempo", repeat=r)).value for r in range(100)]
    assert len({one.estimate.estimate for one in found}) == 100
    assert np.mean([one.holds for one in found]) >= 0.9
    assert np.mean([one.estimate.estimate for one in found]) == pytest.approx(
        found[0].truth, rel=0.1
    )


def test_an_arm_that_changes_nothing_has_a_truth_of_zero():
    trial = estimates.trial(made(cut=0.0), "tempo")
    assert estimates.change(trial).value.truth == 0.0
    assert estimates.peak_share(trial).truth == 0.0
    assert estimates.mean_event(trial).value.truth == 0.0
    assert estimates.change(trial).value.estimate.error > 0


def test_the_share_of_peak_energy_falls():
    found = estimates.peak_share(estimates.trial(made(), "tempo"))
    assert found.truth < -0.02
    assert found.holds


def test_differences_in_differences_see_past_the_size_of_homes():
    trial = estimates.trial(made(), "tempo")
    called = trial.arm.called
    calm = ~called & np.isin(trial.clock.wall_s, trial.clock.wall_s[called])
    found = estimates.diff_in_diff(trial, called, calm)
    plain = estimates.mean_event(trial)
    assert found.truth == pytest.approx(-plain.value.truth, rel=1e-5)
    assert found.holds
    assert found.estimate.error < 0.5 * plain.value.estimate.error
    with pytest.raises(ValueError, match="needs steps"):
        estimates.diff_in_diff(trial, called, called & calm)


def test_each_event_has_its_reduction_against_control_and_own_days():
    trial = estimates.trial(made(), "tempo")
    control, own = estimates.events(trial), estimates.own_days(trial)
    assert len(control) == len(own) == 10
    assert [one.share.truth for one in control] == pytest.approx([0.3] * 10, abs=1e-6)
    assert np.mean([one.share.estimate.estimate for one in own]) == pytest.approx(0.3, abs=0.03)
    assert own[0].share.estimate.error < control[0].share.estimate.error
    assert sum(one.value.holds for one in own) >= 7


def test_who_enrols_is_not_drawn_by_lot_and_the_naive_estimate_shows_it():
    run = made(400, 6, enrolled=0.3)
    found = estimates.offer(estimates.trial(run, "tempo"))
    assert found.invited.truth == pytest.approx(0.3 * found.on_treated.truth)
    assert found.invited.holds
    assert found.on_treated.holds
    assert not found.naive.holds
    assert found.naive.estimate.estimate < 5 * found.on_treated.truth  # small homes enrolled


def test_where_all_are_enrolled_there_is_no_naive_difference():
    found = estimates.offer(estimates.trial(made(), "tempo"))
    assert found.invited.truth == found.on_treated.truth
    assert np.isnan(found.naive.estimate.estimate)


def test_kinds_of_people_come_from_two_offers():
    run = made(600, 3)
    base = np.ones(600)
    place = np.arange(600) % 10
    arms = []
    for name, inside in (("out", place < 8), ("in", place < 2)):
        use = base - 0.4 * (inside & (place < 2)) - 0.1 * (inside & (place >= 2))
        arms.append(
            dataclasses.replace(
                run.arms[1], name=name, homes={"demand_kwh": use, "enrolled": inside * 1.0}
            )
        )
    first = dataclasses.replace(run.reference, homes={"demand_kwh": base})
    run = dataclasses.replace(run, arms=(first, *arms), loads={})
    found = estimates.kinds(run, "in", "out")
    assert (found.always, found.complacent) == pytest.approx((-0.4, -0.1))
    assert found.estimate.always.estimate == pytest.approx(-0.4)
    assert found.estimate.complacent.holds(-0.1)
    assert found.estimate.never_share.holds(0.2)


def test_hourly_elasticity_comes_back():
    found = estimates.hourly_own_price(estimates.trial(priced(-0.1), "tempo"))
    assert found.truth == pytest.approx(-0.1, abs=1e-5)
    assert found.holds
    assert found.estimate.error < 0.02


def test_daily_elasticity_comes_back():
    trial = estimates.trial(priced(-0.1, hours=24), "tempo")
    found = estimates.own_price(trial, ("home", "day"))
    assert found.truth == pytest.approx(-0.1, abs=1e-5)
    assert found.holds
    assert found.estimate.error < 0.03
    alone = estimates.own_price(trial, ("home",))
    assert alone.truth == found.truth
    assert alone.holds


def test_the_elasticity_of_substitution_comes_back():
    run = priced(-0.1)
    dear = run.clock.local_hour >= 18
    price = np.where(dear, 0.6, 0.2)
    after = run.loads["flat"] * np.where(dear, 3.0**-0.14, 1.0)[:, None]
    run = dataclasses.replace(
        run,
        arms=(run.reference, dataclasses.replace(run.arms[1], price=price)),
        loads={"flat": run.loads["flat"], "tempo": after.astype(np.float32)},
    )
    trial = estimates.trial(run, "tempo")
    found = estimates.substitution(trial)
    assert found.truth == pytest.approx(0.14, abs=1e-5)
    assert found.estimate.estimate == pytest.approx(0.14, abs=0.01)
    with pytest.raises(ValueError, match="does not vary"):
        estimates.substitution(trial, ("home",))


def test_homes_that_export_are_left_out_where_there_is_no_logarithm():
    run = priced(-0.1)
    for one in run.loads.values():
        one[:96, 0] = -1.0
    trial = estimates.trial(run, "tempo")
    assert estimates.hourly_own_price(trial).truth == pytest.approx(-0.1, abs=1e-5)


def test_one_price_has_no_peak():
    run = made()
    flat = dataclasses.replace(run.arms[1], price=run.reference.price)
    trial = estimates.trial(dataclasses.replace(run, arms=(run.reference, flat)), "tempo")
    with pytest.raises(ValueError, match="never changes"):
        estimates.peak(trial)
    with pytest.raises(ValueError, match="there is no peak"):
        estimates.substitution(trial)


def test_responders_are_those_who_respond():
    found = estimates.responses(estimates.trial(made(60, 40, 0.6, 0.4), "tempo"))
    true = found.truth > 0
    assert 0.2 < true.mean() < 0.6
    assert found.estimate.responder[true].mean() > 0.9
    assert (found.estimate.responder & ~true).sum() <= 2
    off = np.abs(found.estimate.value - found.truth) / found.estimate.error
    assert np.mean(off < 2) > 0.85
    assert found.estimate.value.mean() == pytest.approx(found.truth.mean(), rel=0.2)
    assert len(found.homes) == len(found.truth)


def test_an_effect_that_fades_is_seen_to_fade():
    run = example(40, 60)
    before = loads(run, 0.02)
    years = (run.clock.time_s - run.clock.start_s) / (365.25 * 86400)
    after = before * (1 - 0.5 * np.exp(-3.0 * years))[:, None]
    run = dataclasses.replace(
        run, loads={"flat": before.astype(np.float32), "tempo": after.astype(np.float32)}
    )
    trial = estimates.trial(run, "tempo")
    found = estimates.decay(trial, run.clock.start_s, days=10)
    assert found.truth.rate.estimate == pytest.approx(3.0, abs=0.05)
    assert found.estimate.rate.holds(3.0)
    with pytest.raises(ValueError, match="three periods of 91 days"):
        estimates.decay(trial, run.clock.start_s)


def test_a_run_and_its_results_make_one_trial():
    @dataclasses.dataclass(frozen=True)
    class Held:
        results: Results

    run = made(20, 3)
    one, other = estimates.trial(run, "tempo"), estimates.trial(Held(run), "tempo")
    assert np.array_equal(one.treated, other.treated)
    assert np.array_equal(one.control_kw, run.loads["flat"][:, ~one.treated])
    assert np.array_equal(one.treated_kw, run.loads["tempo"][:, one.treated])


def test_numbers_of_homes_do_without_loads():
    run = dataclasses.replace(made(), loads={})
    treated = lots.lot(lots.numbers(run), 1)
    arms = [arm.homes["called_kwh.tempo"] for arm in run.arms]
    found = estimates.change_of(*arms, treated)
    assert found.value.truth == pytest.approx((arms[1] - arms[0]).mean())
    offer = people.offer_of(*arms, treated, run.arms[1].homes["enrolled"] > 0)
    assert offer.invited == found.value


def test_a_lot_stays_when_homes_join():
    few, many = (lots.lot(np.arange(n), 3, repeat=2) for n in (10, 30))
    assert np.array_equal(few, many[:10])
    assert lots.lot(np.arange(4000), 3, 0.2).mean() == pytest.approx(0.2, abs=0.02)


def test_what_makes_no_trial_is_refused():
    run = made(20, 3)
    with pytest.raises(ValueError, match="flat is the reference"):
        estimates.trial(run, "flat")
    with pytest.raises(KeyError, match="no arm"):
        estimates.trial(run, "none")
    with pytest.raises(ValueError, match="profiles = true"):
        estimates.trial(dataclasses.replace(run, loads={}), "tempo")
    with pytest.raises(ValueError, match="share must lie"):
        estimates.trial(run, "tempo", share=1.0)


def test_a_trial_among_a_sample_is_that_of_a_town_of_those_homes():
    run = made(80, 12, enrolled=0.6)
    some = np.arange(80)[3::2]
    kept = {name: kw[:, some] for name, kw in run.loads.items()}
    few = dataclasses.replace(run, loads=kept, loads_of=some)
    found = lots.trial(few, "tempo")
    assert np.array_equal(found.treated, lots.trial(run, "tempo").treated[some])
    arms = tuple(
        dataclasses.replace(arm, homes={name: kwh[some] for name, kwh in arm.homes.items()})
        for arm in run.arms
    )
    attributes = {name: values[some] for name, values in run.attributes.items()}
    town = dataclasses.replace(run, arms=arms, attributes=attributes, loads=kept)
    same = lots.trial(town, "tempo")
    assert people.offer(found) == people.offer(same)
    assert estimates.events(found) == estimates.events(same)
