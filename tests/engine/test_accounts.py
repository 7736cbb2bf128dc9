"""Bills that are more than prices times energy: kept home by home, whatever way a run is made."""

import dataclasses

import numpy as np
import pytest

from gridsim.billing.lines import revenue
from gridsim.billing.settle import settle
from gridsim.engine import accounts, outcome
from gridsim.engine import arm as arms
from gridsim.engine import layout as at
from gridsim.engine import run as running
from gridsim.engine.arm import Arm, Played, Stage
from gridsim.engine.blocks import Crew
from gridsim.engine.run import Extras
from gridsim.results.results import ArmResult, Results
from gridsim.scenario import load, resolve
from gridsim.signals.contract import Contract
from gridsim.signals.parts import (
    Adder,
    Blocks,
    Crediting,
    Demand,
    Export,
    Fixed,
    Parts,
    Subscribed,
    Taxes,
    Window,
)
from gridsim.signals.tariff import Flat, daily

TEXT = """
title = "Accounts"
seed = 7
[period]
start = 2023-04-28
end = 2023-05-03
[place]
name = "Lyon"
[population]
homes = 40
preset = "france"
pv = 0.5
battery = 0.3
ev = 0.4
[arms.flat]
tariff = { kind = "flat", price = 0.194 }
[arms.whole]
tariff = { kind = "flat", price = 0.194 }
[output]
follow = 0
"""
HOURS = daily((0.0, 7.0, 22.0), (0.15, 0.25, 0.15))
TAXES = Taxes(vat=0.2, standing_vat=0.055, per_kwh=0.02)
POWER = (
    Demand("month's peak", 6.0, highest=3, one_a_day=True),
    Demand("evening", 2.0, minutes=60, window=Window(((17.0, 21.0),))),
)
BLOCKS = (Blocks((30.0, 90.0), (0.0, 0.05, 0.1)),)
SOLD = Parts(
    TAXES, (Adder("network", Flat(0.04)),), (Fixed("meter", 2.0),), BLOCKS, POWER,
    Subscribed(3.0, 20.0, 0.3, trips=True), Export(tariff=daily((0.0, 12.0), (0.03, 0.08))),
)  # fmt: skip
NETTED = dataclasses.replace(SOLD, export=Export(Crediting.NET_METERING, cash_out=0.05))
BILLED = dataclasses.replace(
    SOLD, export=Export(Crediting.NET_BILLING, daily((0.0, 12.0), (0.03, 0.08)))
)
WHOLE = [Contract(HOURS, 120.0, parts=parts) for parts in (SOLD, NETTED, BILLED)]
SWITCHED = dataclasses.replace(WHOLE[0], later=((19_478, WHOLE[1]),))  # on 1 May 2023
EVERY = [*WHOLE, SWITCHED]
NAMES = ["sold", "netted", "billed", "switched"]


def case(*sets: str) -> resolve.Case:
    return resolve.resolve(load.loads(TEXT, "test.toml", sets=["period.step_minutes=30", *sets]))


def extras(contract: Contract, **others: Contract) -> Extras:
    return Extras(contracts={"whole": contract} | others)


def run(
    contract: Contract, *sets: str, jobs: int = 1, part_homes: int = 65_536, **others: Contract
) -> Results:
    added = extras(contract, **others)
    return running.run(case(*sets), extras=added, jobs=jobs, part_homes=part_homes)


def ready(contract: Contract) -> tuple[Arm, Stage]:
    of, added = case(), extras(contract)
    return running.make_arm(of, of.arms[1], added, {}), running.make_stage(of, added, Crew(1))


def owed(arm: ArmResult) -> dict[str, np.ndarray]:
    """Return the columns of homes that are about money."""
    names = [name for name in arm.homes if name.startswith("bill")] + ["trips"]
    return {name: arm.homes[name] for name in names}


def same(one: ArmResult, other: ArmResult, homes: int | None = None) -> None:
    assert "billed_kw" in one.homes
    for name, values in owed(one).items():
        np.testing.assert_array_equal(values[:homes], other.homes[name][:homes], name)


@pytest.mark.parametrize("contract", EVERY, ids=NAMES)
def test_the_bill_of_a_run_is_the_bill_of_its_loads(contract):
    found = run(contract, "output.profiles=true")
    kwh = found.loads["whole"].astype(np.float64) * found.clock.dt_h
    bill = settle(contract, found.clock, np.maximum(kwh, 0.0), np.maximum(-kwh, 0.0))
    homes = found.arms[1].homes
    for name in ("energy", "standing", "capacity", "taxes", "export"):
        cancelled = name == "export" and contract is WHOLE[1]  # they are minus signs of energy
        assert cancelled or np.any(getattr(bill, name) != 0.0), name
        np.testing.assert_allclose(homes[f"bill_{name}"], getattr(bill, name), atol=2e-6)
    np.testing.assert_allclose(homes["bill"], bill.total, atol=3e-6)
    assert homes["bill"].sum() == pytest.approx(revenue(bill), rel=1e-7)


@pytest.mark.parametrize("contract", EVERY, ids=NAMES)
def test_the_parts_of_a_bill_are_the_bill_and_the_audit_closes(contract):
    arm = run(contract).arms[1]
    parts = np.sum([arm.homes[f"bill_{part}"] for part in accounts.PARTS], axis=0)
    np.testing.assert_allclose(parts, arm.homes["bill"], rtol=1e-12, atol=1e-12)
    assert arm.audit.passed
    assert arm.audit.money < 1e-12
    assert 0.0 < arm.audit.accounts < 1e-6


@pytest.mark.parametrize("step", [1, 47, 100, 144, 201])
def test_a_run_that_stops_and_goes_on_owes_what_one_owes_that_does_not(step):
    arm, stage = ready(SWITCHED)
    middle = arms.play(arm, stage, until=step).after
    before = middle.accounts[1].copy()
    parts = arms.play(arm, stage, start=middle).after.accounts[1]
    np.testing.assert_array_equal(arms.play(arm, stage).after.accounts[1], parts)
    np.testing.assert_array_equal(middle.accounts[1], before)


@pytest.mark.parametrize("hours", [1, 5])
def test_cutting_the_passes_changes_no_bill(hours):
    def pacer(env, board):
        while True:
            yield env.timeout(3600 * hours)

    arm, stage = ready(WHOLE[1])
    cut = dataclasses.replace(stage, agents=(pacer,))
    one, other = (arms.play(arm, each).after.accounts[1] for each in (stage, cut))
    np.testing.assert_array_equal(one, other)


def test_two_threads_and_more_homes_leave_every_bill_as_it_was():
    few = run(SWITCHED)
    many, threads = (run(SWITCHED, "population.homes=600", jobs=jobs) for jobs in (1, 2))
    same(few.arms[1], many.arms[1], 40)
    same(many.arms[1], threads.arms[1])


def test_a_town_too_large_to_keep_its_loads_owes_the_same():
    kept = run(WHOLE[0], "population.homes=300")
    large = run(WHOLE[0], "population.homes=300", part_homes=256)
    assert "coincident_kw" not in large.arms[1].homes
    same(kept.arms[1], large.arms[1])


def test_homes_that_keep_the_reference_tariff_owe_what_they_owe_in_the_reference_arm():
    found = run(
        WHOLE[1], 'arms.whole.enrolment={ kind = "opt_in", share = 0.4 }', flat=WHOLE[0]
    )  # fmt: skip
    flat, whole = found.arms
    out = whole.homes["enrolled"] == 0.0
    assert 5 < out.sum() < 35
    assert np.any(flat.homes["bill_capacity"][out] > 0.0)
    for name, values in owed(flat).items():
        np.testing.assert_array_equal(values[out], whole.homes[name][out], name)
    assert np.any(flat.homes["bill_export"][~out] != whole.homes["bill_export"][~out])
    assert whole.audit.passed


def test_an_arm_with_the_reference_contract_costs_what_the_reference_costs():
    found = run(WHOLE[0], flat=WHOLE[0])
    same(found.arms[0], found.arms[1])


def test_prices_and_fixed_charges_alone_need_no_account():
    linear = Parts(TAXES, (Adder("network", Flat(0.04)),), (Fixed("meter", 2.0),))
    contract = Contract(HOURS, 120.0, 0.06, parts=linear)
    found = run(contract, "output.profiles=true")
    arm, stage = ready(contract)
    assert arm.ledgers == accounts.NO_LEDGERS
    assert arms.first_world(arm, stage).accounts[1].size == 0
    kwh = found.loads["whole"].astype(np.float64) * found.clock.dt_h
    bill = settle(contract, found.clock, np.maximum(kwh, 0.0), np.maximum(-kwh, 0.0))
    for name in accounts.PARTS:
        expected = getattr(bill, name)
        np.testing.assert_allclose(found.arms[1].homes[f"bill_{name}"], expected, atol=2e-6)


def test_without_any_parts_the_bill_is_the_meters_cost_and_the_standing_charge():
    found = run(Contract(HOURS, 73.0, 0.06)).arms[1]
    days = 5.0
    assert np.allclose(found.homes["bill_standing"], 73.0 * days / 365.0)
    assert np.allclose(found.homes["bill_export"], -0.06 * found.homes["export_kwh"])
    assert not found.homes["bill_capacity"].any()
    assert not found.homes["bill_taxes"].any()
    assert "billed_kw" not in found.homes


def test_the_demand_that_is_billed_is_the_one_that_was_measured():
    contract = Contract(Flat(0.2), parts=Parts(demand=(Demand("peak", 5.0, minutes=30),)))
    found = run(contract, "period.start=2023-05-01").arms[1].homes
    np.testing.assert_allclose(found["billed_kw"], found["peak_kw"], rtol=1e-6)
    np.testing.assert_allclose(found["bill_capacity"], 5.0 * found["peak_kw"] * 2 / 31, rtol=1e-6)


def played(contract: Contract) -> tuple[Arm, Stage, Played]:
    arm, stage = ready(contract)
    return arm, stage, arms.play(arm, stage)


def test_energy_that_was_posted_to_no_account_is_found():
    arm, stage, done = played(WHOLE[0])
    meters = done.after.meters.copy()
    meters[0, at.M_IMPORT] += 0.01
    told = dataclasses.replace(done, after=dataclasses.replace(done.after, meters=meters))
    found = outcome.arm_result(case().arms[1], arm, told, stage, ["flat", "whole"]).audit
    assert found.accounts > found.accounts_tolerance
    assert not found.passed


@pytest.mark.parametrize("contract", WHOLE[:2], ids=NAMES[:2])
def test_a_meter_that_costs_too_much_is_found(contract):
    arm, stage, done = played(contract)
    meters = done.after.meters.copy()
    meters[0, at.M_COST] += 0.01
    told = dataclasses.replace(done, after=dataclasses.replace(done.after, meters=meters))
    found = outcome.arm_result(case().arms[1], arm, told, stage, ["flat", "whole"]).audit
    assert found.money > 1e-9


def test_what_blocks_cost_on_average_is_read_from_the_accounts():
    only = Contract(Flat(0.2), parts=Parts(Taxes(vat=0.5), blocks=BLOCKS))
    arm, stage, done = played(only)
    homes = len(arm.citizens.town)
    found = accounts.block_prices(arm.ledgers, done.after.accounts, homes, alike=False)
    result = outcome.arm_result(case().arms[1], arm, done, stage, ["flat", "whole"]).homes
    extra = result["bill_energy"] - 1.5 * 0.2 * result["import_kwh"]
    np.testing.assert_allclose(found[1] * result["import_kwh"], extra, atol=1e-5)
    assert found[1].max() > 0.0
    assert not found[0].any()
    both = accounts.block_prices(arm.ledgers, done.after.accounts, homes, alike=True)
    assert np.array_equal(both[0], both[1])
