"""Machines keep to what a contract leaves them, and people and their cars lose nothing by it."""

import dataclasses

import numpy as np
import pytest

from gridsim.automation import storage
from gridsim.core.arrays import from_blocks
from gridsim.engine import accounts, limits, peaks
from gridsim.engine import arm as arms
from gridsim.engine import layout as at
from gridsim.engine import run as running
from gridsim.engine.arm import Played
from gridsim.engine.blocks import Crew
from gridsim.results.results import Results
from gridsim.scenario import load, resolve
from gridsim.signals import dynamic
from gridsim.signals.contract import Contract
from gridsim.signals.parts import Demand, Export, Parts, Subscribed, Window
from gridsim.signals.tariff import Flat

TEXT = """
title = "Test"
seed = 7
[period]
start = 2023-05-08
end = 2023-05-12
step_minutes = 30
[place]
name = "Lyon"
[population]
homes = 40
preset = "france"
pv = 0.4
battery = 0.3
ev = 0.6
[arms.free]
tariff = { kind = "flat", price = 0.2, export_price = 0.05 }
automation = { ev = 0.0 }
[arms.kept]
tariff = { kind = "flat", price = 0.2, export_price = 0.05 }
automation = { ev = 1.0 }
[output]
follow = 0
groups = "none"
profiles = true
"""
CAPACITY = Demand("capacity", price=4.0, minimum_kw=2.5)


def contract(**parts: object) -> Contract:
    return Contract(Flat(0.2), export_price=0.05, parts=dataclasses.replace(Parts(), **parts))


def case(*sets: str) -> resolve.Case:
    return resolve.resolve(load.loads(TEXT, "test.toml", sets=sets))


def run(signed: Contract, *sets: str, before: Contract | None = None) -> Results:
    """Return a run in which both arms have signed a contract, or the first another."""
    contracts = {"free": signed if before is None else before, "kept": signed}
    return running.run(case(*sets), extras=running.Extras(contracts=contracts))


def played(signed: Contract, arm: int) -> Played:
    """Play one arm alone."""
    of = case()
    extras = running.Extras(contracts={"free": signed, "kept": signed})
    stage = running.make_stage(of, extras, Crew(1))
    return arms.play(running.make_arm(of, of.arms[arm], extras, {}), stage)


def priced(night: float, noon: float) -> dynamic.Dynamic:
    """Return a tariff with another price from 11:00 to 14:00."""
    clock = case().horizon
    is_noon = (clock.local_hour >= 11) & (clock.local_hour < 14)
    return dynamic.of_series(clock, np.where(is_noon, noon, night))


def loads(found: Results) -> tuple[np.ndarray, np.ndarray]:
    return found.loads["free"], found.loads["kept"]


def homes(found: Results, name: str) -> tuple[np.ndarray, np.ndarray]:
    return found.arms[0].homes[name], found.arms[1].homes[name]


def test_columns_say_where_power_counts_and_what_is_signed():
    clock = case().clock
    window = Window(hours=((7.0, 21.0),))
    later = contract(export=Export(limit_kw=1.0))
    signed = dataclasses.replace(
        contract(
            demand=(dataclasses.replace(CAPACITY, window=window),), subscribed=Subscribed(6.0)
        ),
        later=((int(clock.local_day[-1]), later),),
    )
    found = limits.columns(signed, clock)
    first = clock.local_day < clock.local_day[-1]
    counts = first & (clock.local_hour >= 7) & (clock.local_hour < 21)
    np.testing.assert_array_equal(found[:, 0], counts)
    np.testing.assert_array_equal(found[:, 1], np.where(first, 6.0, np.inf))
    np.testing.assert_array_equal(found[:, 2], np.where(first, np.inf, 1.0))


def test_what_is_free_is_the_peak_so_far_or_what_is_billed_anyway():
    clock = case().clock
    signed = contract(demand=(CAPACITY,))
    plain = contract()
    books = accounts.opened((plain, signed), clock, mixed=True)
    state = accounts.first_accounts(books, 1)
    on = np.array([True, True, False])
    assert peaks.charged(books)
    assert peaks.free_kw(books, state, on, 48, alike=False).tolist() == [2.5, 2.5, np.inf]
    net_kw = np.zeros((48, 256), dtype=np.float32)
    net_kw[3, 1] = 4.0
    accounts.post(books, state, 0, 0, net_kw)
    assert peaks.free_kw(books, state, on, 48, alike=False) == pytest.approx([2.5, 4.0, np.inf])
    assert not peaks.charged(accounts.opened((plain, plain), clock, mixed=False))


def test_chargers_spare_the_peak_of_their_homes():
    found = run(contract(demand=(CAPACITY,)), "population.battery=0.0", "population.pv=0.0")
    free, kept = homes(found, "peak_kw")
    has = homes(found, "use_kwh.ev")[0] > 0.0
    assert kept[has].mean() < 0.85 * free[has].mean()
    np.testing.assert_array_equal(free[~has], kept[~has])
    for name in ("use_kwh.cooking", "use_kwh.hot_water", "use_kwh.wet"):
        np.testing.assert_array_equal(*homes(found, name))
    assert found.arms[1].audit.passed


def test_cars_that_spare_the_peak_leave_with_what_they_need():
    """Charged outside is what a car lacked on its way; it drives the same."""
    signed = contract(demand=(CAPACITY,))
    free, kept = played(signed, 0), played(signed, 1)
    for field in (at.M_CAR_DRIVEN, at.M_CAR_OUTSIDE):
        one, other = (from_blocks(p.after.meters, field // 256, 40) for p in (free, kept))
        np.testing.assert_allclose(one, other, atol=1e-9)


def test_batteries_keep_a_peak_low_that_they_did_not_before():
    sets = ("population.ev=0.0", "population.battery=1.0", "population.pv=0.0")
    signed = contract(demand=(CAPACITY,))
    own = run(signed, *sets).arms[1].homes["peak_kw"]
    peak = run(signed, *sets, "arms.kept.automation.battery='peak'").arms[1].homes["peak_kw"]
    assert peak.mean() < 0.9 * own.mean()
    assert np.mean(peak <= 2.5 + 1e-9) > np.mean(own <= 2.5) + 0.2


def test_without_a_charge_for_power_a_peak_battery_serves_its_home():
    sets = ("population.battery=1.0",)
    own = run(contract(), *sets)
    peak = run(contract(), *sets, "arms.kept.automation.battery='peak'")
    np.testing.assert_array_equal(own.arms[1].series.kw, peak.arms[1].series.kw)


def test_power_is_spared_only_where_it_counts():
    night = dataclasses.replace(CAPACITY, minimum_kw=0.5, window=Window(hours=((0.0, 8.0),)))
    found = run(contract(demand=(night,)))
    dark = found.clock.local_hour < 8
    free, kept = (arm.series.flow("ev") for arm in found.arms)
    assert kept[dark].max() < free[dark].max()
    assert kept[~dark].sum() > 0.9 * free[~dark].sum()


def test_chargers_keep_to_the_subscribed_power():
    found = run(contract(subscribed=Subscribed(3.0)), "population.battery=0.0")
    free, kept = loads(found)
    assert (kept > 3.0).sum() < 0.6 * (free > 3.0).sum()


def test_no_home_feeds_in_more_than_it_may_and_what_is_held_back_is_counted():
    found = run(contract(export=Export(limit_kw=1.0)), "population.ev=0.0", before=contract())
    free, kept = loads(found)
    assert free.min() < -2.0
    assert kept.min() >= -1.0 - 1e-6
    np.testing.assert_allclose(np.maximum(free, -1.0), kept, atol=1e-6)
    made = np.sum([homes(found, name)[1] for name in ("pv_kwh", "curtailed_kwh")], axis=0)
    np.testing.assert_allclose(made, homes(found, "pv_kwh")[0], rtol=1e-12)
    assert homes(found, "curtailed_kwh")[1].sum() > 1.0
    assert homes(found, "curtailed_kwh")[0].sum() == 0.0
    assert found.arms[1].audit.passed


def test_roofs_feed_in_at_a_loss_only_where_nobody_tells_them():
    loses = priced(0.05, -0.1)
    signed = contract(export=Export(tariff=loses))
    found = run(signed, "arms.kept.automation.curtail=true")
    kept = loads(found)[1]
    noon = (found.clock.local_hour >= 11) & (found.clock.local_hour < 14)
    assert kept[noon].min() >= -1e-6
    assert kept[~noon].min() < -1.0
    assert loads(found)[0][noon].min() < -1.0
    told = run(signed)
    assert told.arms[1].homes["bill"].sum() > found.arms[1].homes["bill"].sum()
    assert found.arms[1].audit.passed


def test_roofs_rest_while_drawing_is_paid_for():
    below = priced(0.2, -0.1)
    signed = dataclasses.replace(contract(export=Export(tariff=below)), tariff=below)
    found = run(signed, "arms.kept.automation.curtail=true")
    noon = (found.clock.local_hour >= 11) & (found.clock.local_hour < 14)
    assert found.arms[1].series.flow("pv")[noon].max() == 0.0
    assert found.arms[1].audit.passed


def test_cars_tanks_and_batteries_take_what_they_are_paid_to_take():
    below = priced(0.2, -0.1)
    signed = dataclasses.replace(contract(export=Export(tariff=below)), tariff=below)
    sets = ("population.hot_water_electric=1.0", "population.pv=0.0", "population.battery=1.0")
    follow = (
        "arms.kept.automation.battery='price'", "arms.kept.automation.hot_water='price'",
    )  # fmt: skip
    found = run(signed, *sets, *follow)
    noon = (found.clock.local_hour >= 11) & (found.clock.local_hour < 14)
    for flow in ("ev", "hot_water", "battery"):
        before, after = (arm.series.flow(flow)[noon].sum() for arm in found.arms)
        assert after > before + 1.0, flow
    assert found.arms[1].series.flow("battery")[noon].min() >= 0.0


@pytest.mark.parametrize("rule", ["price", "peak"])
def test_a_run_stopped_at_any_step_goes_on_as_if_it_had_not(rule):
    of = case(f"arms.kept.automation.battery='{rule}'")
    extras = running.Extras(contracts={"kept": contract(demand=(CAPACITY,))})
    arm = running.make_arm(of, of.arms[1], extras, {})
    stage = running.make_stage(of, extras, Crew(1))
    whole = arms.play(arm, stage)
    for step in (1, 50, 96):
        first = arms.play(arm, stage, until=step)
        split = arms.play(arm, stage, start=first.after)
        np.testing.assert_array_equal(whole.after.state, split.after.state)
        np.testing.assert_array_equal(whole.after.meters, split.after.meters)


def test_a_home_keeps_its_peak_whoever_lives_beside_it():
    few, many = (
        run(contract(demand=(CAPACITY,)), f"population.homes={n}").arms[1].homes for n in (12, 40)
    )
    for name in ("peak_kw", "use_kwh.ev", "billed_kw"):
        np.testing.assert_array_equal(few[name], many[name][:12])


def test_every_rule_of_a_battery_has_a_number_of_its_own():
    assert {storage.SELF_CONSUMPTION, storage.PRICE, storage.PEAK} == {0, 1, 2}
