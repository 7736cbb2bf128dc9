"""Revenue-neutral rates: the same people pay the same in all, and who gains is told."""

import datetime as dt

import numpy as np
import pytest

import gridsim as gs
from gridsim import tariffs
from gridsim.core.clock import make_clock
from gridsim.core.errors import DataError, ScenarioError
from gridsim.signals import tariff
from gridsim.signals.contract import Contract
from gridsim.signals.parts import Blocks, Demand, Parts
from gridsim.signals.scaled import scaled
from gridsim.signals.tariff import Flat
from gridsim.studies import neutral

CLOCK = make_clock(dt.date(2023, 3, 1), dt.date(2023, 4, 1), 60, "Europe/Paris", "FR")
RNG = np.random.default_rng(7)
NET_KW = RNG.gamma(1.0, 0.6, (CLOCK.steps, 300)).astype(np.float32)
DAY_NIGHT = tariff.daily((0.0, 6.0, 22.0), (0.1, 0.3, 0.1))


def test_a_flat_tariff_is_scaled_to_the_price_of_the_reference():
    contracts = Contract(Flat(0.2)), Contract(Flat(0.5))
    factor, reference, as_written = neutral.neutral_factor(contracts, CLOCK, NET_KW)
    assert factor == pytest.approx(0.4, rel=1e-9)
    assert as_written == pytest.approx(2.5 * reference)


def test_a_standing_charge_is_not_scaled():
    contracts = Contract(Flat(0.2)), Contract(Flat(0.2), standing_year=50.0)
    factor, reference, _ = neutral.neutral_factor(contracts, CLOCK, NET_KW)
    standing = 300 * 50.0 * 31 / 365
    assert factor == pytest.approx(1.0 - standing / reference.sum(), rel=1e-9)


@pytest.mark.parametrize(
    "parts",
    [
        Parts(blocks=(Blocks((200.0, 600.0), (0.0, 0.1, 0.3)),)),
        Parts(demand=(Demand("peak", 5.0, minutes=60, highest=3, one_a_day=True),)),
    ],
    ids=["blocks", "demand"],
)
def test_bills_at_the_factor_sum_to_those_of_the_reference(parts):
    contracts = Contract(Flat(0.2), 100.0), Contract(DAY_NIGHT, parts=parts)
    factor, reference, _ = neutral.neutral_factor(contracts, CLOCK, NET_KW)
    paid = neutral.bills(scaled(contracts[1], factor), CLOCK, NET_KW)
    assert paid.sum() == pytest.approx(reference.sum(), rel=1e-10)
    assert np.abs(paid - reference).max() > 1.0


def test_charges_that_no_rate_can_make_up_for_are_refused():
    contracts = Contract(Flat(0.001)), Contract(Flat(0.2), standing_year=5000.0)
    with pytest.raises(DataError, match="no factor"):
        neutral.neutral_factor(contracts, CLOCK, NET_KW)


def test_exports_and_imports_are_billed_apart():
    net = np.array([[1.0, -2.0]] * CLOCK.steps, dtype=np.float32)
    paid = neutral.bills(Contract(Flat(0.2), export_price=0.1), CLOCK, net)
    assert paid == pytest.approx([0.2 * CLOCK.steps, -0.1 * 2.0 * CLOCK.steps])


@pytest.fixture(scope="module")
def made():
    week = ["population.homes=30", "period.end=2023-01-05"]
    return tariffs.neutral(gs.load("quickstart", week), "tempo")


def test_a_scenario_is_scaled_and_told_before_and_after(made):
    found, scenario = made
    assert scenario.arms["tempo"].rates_factor == found.factor != 1.0
    assert scenario.arms["flat"].rates_factor == 1.0
    assert found.before.revenue == pytest.approx(found.reference, rel=1e-9)
    assert found.before.change == pytest.approx(0.0, abs=1e-6)
    assert found.as_written > found.reference  # Tempo in January
    assert found.after.revenue < found.before.revenue  # people move out of the dear hours
    for outcome in (found.before, found.after):
        for groups in outcome.groups.values():
            assert sum(group.homes for group in groups.values()) == 30
            mean = sum(group.homes * group.mean_change for group in groups.values()) / 30
            assert mean == pytest.approx(outcome.change)


def test_scaling_again_changes_nothing(made):
    found, scenario = made
    again, _ = tariffs.neutral(scenario, "tempo")
    assert again.factor == pytest.approx(found.factor, rel=1e-9)


def test_a_run_of_the_scaled_scenario_pays_what_was_told(made):
    found, scenario = made
    bills = gs.run(scenario).results.arm("tempo").homes["bill"]
    assert bills.sum() == pytest.approx(found.after.revenue, rel=1e-9)


@pytest.mark.parametrize(("arm", "told"), [("flat", "reference"), ("other", "not there")])
def test_an_arm_that_cannot_be_scaled_is_refused(arm, told):
    with pytest.raises(ScenarioError, match=told):
        tariffs.neutral(gs.load("quickstart"), arm)
