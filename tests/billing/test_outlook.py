"""The outlook is the truth: one kWh more at a step costs what the outlook said."""

import datetime as dt

import numpy as np
import pytest

from gridsim.billing import ledger
from gridsim.billing.outlook import marginal_price, outlook
from gridsim.billing.settle import settle
from gridsim.core.clock import make_clock
from gridsim.signals.contract import Contract
from gridsim.signals.parts import (
    Adder,
    Blocks,
    Crediting,
    Demand,
    Export,
    Parts,
    Per,
    Subscribed,
    Taxes,
    Window,
)  # fmt: skip
from gridsim.signals.tariff import Flat, daily

CLOCK = make_clock(dt.date(2026, 3, 1), dt.date(2026, 5, 1), 60, "Europe/Paris", "FR")
NOON = 20 * 24 + 12  # 21 March, 12:00


def seen(contract, taken, fed=None, at=NOON, steps=24):
    """Return the outlook of one home from step ``at`` on."""
    plan = ledger.plan(contract, CLOCK)
    state = ledger.blank(plan, 1)
    fed = np.zeros(CLOCK.steps) if fed is None else fed
    ledger.post(plan, state, 0, taken[:at, None], fed[:at, None])
    return outlook(plan, state, steps)


def use(kw=1.0):
    return np.full(CLOCK.steps, kw)


def test_energy_network_excise_and_vat_are_in_the_price():
    """(0.10 + 0.03 + 0.02) x 1.2 = 0.18 from 12:00, (0.20 + 0.03 + 0.02) x 1.2 = 0.30 at 18:00."""
    parts = Parts(Taxes(0.2, per_kwh=0.02), adders=(Adder("grid", Flat(0.03)),))
    ahead = seen(Contract(daily((0, 18), (0.1, 0.2)), export_price=0.04, parts=parts), use())
    assert ahead.import_price[:, 0] == pytest.approx([0.18] * 6 + [0.30] * 6 + [0.18] * 12)
    assert ahead.export_price[:, 0] == pytest.approx([0.04] * 24)
    assert not ahead.peaks
    assert np.isinf(ahead.limit_kw).all()


@pytest.mark.parametrize(("bound", "adder"), [(600.0, 0.0), (492.0, 0.1), (300.0, 0.1)])
def test_the_block_of_the_next_kwh_is_in_the_price(bound, adder):
    """492 kWh are used by 21 March, 12:00: at the bound the next kWh lies in the next block."""
    parts = Parts(Taxes(0.1), blocks=(Blocks((bound,), (0.0, 0.1)),))
    ahead = seen(Contract(Flat(0.2), parts=parts), use())
    assert ahead.import_price[:, 0] == pytest.approx([1.1 * (0.2 + adder)] * 24)


def test_a_new_month_begins_in_the_first_blocks():
    month, day = Blocks((100.0,), (0.0, 0.1)), Blocks((5.0,), (0.0, 0.01), per=Per.DAY)
    at = 30 * 24 + 11  # 31 March, 12:00: one hour was left out of the month
    ahead = seen(Contract(Flat(0.2), parts=Parts(blocks=(month, day))), use(), at=at)
    assert ahead.import_price[:, 0] == pytest.approx([0.31] * 12 + [0.2] * 12)


def test_the_months_peak_has_a_threshold_and_a_price():
    """The highest hour was 4 kW; beyond it a kW costs 5 x 1.2 = 6, if it is in the window."""
    taken = use()
    taken[100] = 4.0
    rule = Demand("peak", 5.0, minutes=60, window=Window(((0, 20),)))
    ahead = seen(Contract(Flat(0.2), parts=Parts(Taxes(0.2), demand=(rule,))), taken)
    (peak,) = ahead.peaks
    assert peak.threshold_kw[:, 0].tolist() == [4.0] * 8 + [np.inf] * 4 + [4.0] * 12
    assert peak.price_kw == pytest.approx(6.0)
    assert peak.counts.tolist() == [True] * 8 + [False] * 4 + [True] * 12
    price = marginal_price(ahead, np.full((24, 1), 4.5))[:, 0]
    assert price == pytest.approx([6.24] * 8 + [0.24] * 4 + [6.24] * 12)
    assert marginal_price(ahead, np.full((24, 1), 3.0)) == pytest.approx(0.24)


def test_a_least_demand_is_free_up_to_it():
    rule = Demand("peak", 60.0, Per.YEAR, minutes=60, minimum_kw=2.5)
    (peak,) = seen(Contract(Flat(0.2), parts=Parts(demand=(rule,))), use()).peaks
    assert peak.threshold_kw == pytest.approx(2.5)
    assert peak.price_kw == pytest.approx(5.0)


def test_quarter_hours_cost_four_times_as_much_a_kwh():
    clock = make_clock(dt.date(2026, 3, 1), dt.date(2026, 4, 1), 15, "Europe/Paris")
    plan = ledger.plan(Contract(Flat(0.2), parts=Parts(demand=(Demand("q", 3.0),))), clock)
    ahead = outlook(plan, ledger.blank(plan, 1), 4)
    assert marginal_price(ahead, np.ones((4, 1))) == pytest.approx(0.2 + 4 * 3.0)


def test_the_next_step_of_a_stepped_charge_is_a_jump():
    """Days of 4.5, 4 and 3 kW: 3.83 kW on average, 190 to pay.

    A fourth day of x kW tells when (4.5 + 4 + x) / 3 > 5: above 6.5 kW, and costs 290 - 190 = 100.
    """
    taken = use(0.5)
    taken[[100, 150, 200]] = 4.5, 4.0, 3.0
    rule = Demand(
        "step", minutes=60, highest=3, one_a_day=True, steps=((2.0, 130.0), (5.0, 190.0), (10, 290))
    )
    (peak,) = seen(Contract(Flat(0.2), parts=Parts(demand=(rule,))), taken).peaks
    assert peak.threshold_kw == pytest.approx(6.5)
    assert peak.jump == pytest.approx(100.0)
    assert peak.price_kw == pytest.approx(0.0)


def test_a_day_lends_its_highest_hour_only():
    """Days of 4.5, 4 and 3 kW, and today has had a high already: more of today tells above that.

    Tomorrow tells above the third highest of the four.
    """
    taken = use(0.5)
    taken[[100, 150, 200]] = 4.5, 4.0, 3.0
    rule = Demand("p", 3.0, minutes=60, highest=3, one_a_day=True)
    for today, told, tomorrow in ((3.5, 3.5, 3.5), (5.0, 5.0, 4.0), (2.0, 3.0, 3.0)):
        taken[NOON - 3] = today
        (peak,) = seen(Contract(Flat(0.2), parts=Parts(demand=(rule,))), taken).peaks
        assert peak.threshold_kw[:12, 0] == pytest.approx(told)
        assert peak.threshold_kw[12:, 0] == pytest.approx(tomorrow)
        assert peak.price_kw == pytest.approx(1.0)


def test_a_running_maximum_costs_for_all_the_months_that_it_counts():
    """March to December: 10 months x 2."""
    rule = Demand("year", 2.0, minutes=60, over=Per.YEAR)
    (peak,) = seen(Contract(Flat(0.2), parts=Parts(demand=(rule,))), use()).peaks
    assert peak.price_kw == pytest.approx(20.0)


def test_power_above_the_subscribed_has_its_price():
    parts = Parts(Taxes(0.2), subscribed=Subscribed(6.0, overrun_kwh=0.5))
    ahead = seen(Contract(Flat(0.2), parts=parts), use())
    price = marginal_price(ahead, np.linspace(0, 12, 24)[:, None])[:, 0]
    assert price == pytest.approx([0.24] * 12 + [0.84] * 12)


def test_exports_are_worth_what_they_cancel_until_more_is_kept_than_used():
    rule = Export(Crediting.NET_METERING, cash_out=0.05)
    contract = Contract(Flat(0.2), parts=Parts(export=rule))
    scarce = seen(contract, use(), use(0.5))
    plenty = seen(contract, use(), use(1.5))
    assert scarce.export_price == pytest.approx(0.2)
    assert plenty.export_price == pytest.approx(0.05)
    assert plenty.import_price == pytest.approx(0.05)


# The truth: the bill with one more kWh less the bill without

RULES = {
    "blocks": Parts(Taxes(0.2), blocks=(Blocks((900.0,), (0.0, 0.1)),)),
    "days": Parts(Taxes(0.2), blocks=(Blocks((19.0,), (0.0, 0.1), per=Per.DAY),)),
    "peak": Parts(Taxes(0.2), demand=(Demand("peak", 5.0, minutes=60),)),
    "three days": Parts(demand=(Demand("p", 6.0, minutes=60, highest=3, one_a_day=True),)),
    "three hours": Parts(demand=(Demand("p", 6.0, minutes=60, highest=3, minimum_kw=1.4),)),
    "season": Parts(demand=(
        Demand("p", 6.0, minutes=60, window=Window(months=(3, 4)), over=Per.SEASON),
    )),
    "subscribed": Parts(Taxes(0.1), subscribed=Subscribed(1.45, overrun_kwh=0.5)),
}  # fmt: skip


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("step", [0, 7, 13, 30])
def test_one_kwh_more_costs_what_the_outlook_says(rule, step):
    """At the end of a month in which all else is known, for an extra kWh and the next gram."""
    contract = Contract(daily((0, 18), (0.1, 0.2)), parts=RULES[rule])
    taken = 1.5 * np.random.default_rng(8).random(CLOCK.steps)
    at = 29 * 24
    taken[at:] = 0.2  # nothing to come that would be higher
    ahead = seen(contract, taken, at=at, steps=48)
    little = 1e-4
    planned = taken.copy()
    if ahead.peaks:
        planned[at + step] = ahead.peaks[0].threshold_kw[step, 0]
    elif rule == "subscribed":
        planned[at + step] = 1.45
    more = planned.copy()
    more[at + step] += little
    nothing = np.zeros(CLOCK.steps)
    paid = [float(settle(contract, CLOCK, kwh, nothing).total) for kwh in (planned, more)]
    said = marginal_price(ahead, planned[at : at + 48, None])[step, 0]
    assert (paid[1] - paid[0]) / little == pytest.approx(said, rel=1e-6)


@pytest.mark.parametrize("steps", [0, -1])
def test_an_outlook_of_nothing_is_refused(steps):
    plan = ledger.plan(Contract(Flat(0.2)), CLOCK)
    with pytest.raises(ValueError, match=r"^steps"):
        outlook(plan, ledger.blank(plan, 1), steps)
    with pytest.raises(ValueError, match=r"^state"):
        outlook(plan, ledger.blank(plan, 0), 1)
