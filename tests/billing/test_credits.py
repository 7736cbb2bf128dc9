"""Exports: what they cancel, what they earn, what is kept and what is lost."""

import datetime as dt

import numpy as np
import pytest

from gridsim.billing.lines import LineKind
from gridsim.billing.settle import settle
from gridsim.core.clock import day_number, make_clock
from gridsim.signals import dynamic
from gridsim.signals.contract import Contract
from gridsim.signals.parts import Blocks, Crediting, Export, Fixed, Parts, Taxes
from gridsim.signals.tariff import Flat, daily

METERING = Export(Crediting.NET_METERING, cash_out=0.05, cash_out_month=4)
BILLING = Export(Crediting.NET_BILLING, cash_out=1.0, cash_out_month=12)


def bill(contract, kwh, first="2026-01-01", hours=(12, 18)):
    """Return the bill of months of (import, export) kWh, exported at noon, imported at 18:00."""
    start = dt.date.fromisoformat(first)
    last = (start.month - 1 + len(kwh)) % 12 + 1
    end = dt.date(start.year + (start.month - 1 + len(kwh)) // 12, last, 1)
    clock = make_clock(start, end, 60, "Europe/Paris")
    number = clock.local_day.astype("datetime64[D]").astype("datetime64[M]").astype(int)
    taken, fed = np.zeros(clock.steps), np.zeros(clock.steps)
    for place, (kept, sold) in enumerate(kwh):
        here = number == number[0] + place
        days = len(np.unique(clock.local_day[here]))
        fed[here & (clock.local_hour == hours[0])] = sold / days
        taken[here & (clock.local_hour == hours[1])] = kept / days
    return settle(contract, clock, taken, fed)


def months(owed):
    """Return what is owed for each period."""
    firsts = dict.fromkeys(line.first_day for line in owed.lines)
    return [
        round(float(sum(line.amount for line in owed.lines if line.first_day == day)), 2)
        for day in firsts
    ]


def kept(owed):
    lines = [line for line in owed.lines if line.kind == LineKind.CREDIT]
    return [round(0.0 - float(line.quantity), 2) for line in lines]


def test_kept_kwh_roll_over_and_are_paid_out():
    """At 0.20: January 100 - 60 = 40 kWh, 8.00. February 50 - 90: nothing, 40 kept.

    March 100 - 30 - 40 kept = 30 kWh, 6.00. April 10 - 60: 50 kept, paid 0.05 each, -2.50.
    """
    contract = Contract(Flat(0.20), parts=Parts(export=METERING))
    owed = bill(contract, [(100, 60), (50, 90), (100, 30), (10, 60)])
    assert months(owed) == [8.00, 0.00, 6.00, -2.50]
    assert kept(owed) == [0.00, 40.00, 0.00, 50.00]
    assert round(float(owed.total), 2) == 11.50


def test_a_year_of_settlement_that_is_not_over_pays_nothing_out():
    contract = Contract(Flat(0.20), parts=Parts(export=METERING))
    owed = bill(contract, [(10, 60), (10, 60)])
    assert months(owed) == [0.00, 0.00]
    assert kept(owed) == [50.00, 100.00]


def test_what_is_kept_may_be_lost():
    """April's rest is lost: May pays for its 10 kWh."""
    rule = Export(Crediting.NET_METERING, cash_out_month=4)
    owed = bill(Contract(Flat(0.2), parts=Parts(export=rule)), [(0, 60), (10, 0)], "2026-04-01")
    assert months(owed) == [0.00, 2.00]


def test_exports_cancel_imports_of_their_own_price_only():
    """30 kWh exported off peak leave the 30 kWh of the peak to pay: 30 x 0.30 = 9.00."""
    contract = Contract(daily((0, 16, 20), (0.1, 0.3, 0.1)), parts=Parts(export=METERING))
    assert months(bill(contract, [(30, 30)])) == [9.00]
    assert months(bill(contract, [(30, 30)], hours=(12, 13))) == [0.00]


def test_excise_vat_and_blocks_count_what_is_left():
    """300 - 120 = 180 kWh: 18.00, of which 80 x 0.05 = 4.00, excise 1.80; x 1.2 = 28.56."""
    blocks = (Blocks((100.0,), (0.0, 0.05)),)
    parts = Parts(Taxes(0.20, per_kwh=0.01), blocks=blocks, export=METERING)
    owed = bill(Contract(Flat(0.10), parts=parts), [(300, 120)])
    assert round(float(owed.energy), 2) == months(owed)[0] == 28.56


def test_a_price_that_varies_is_cancelled_at_its_mean():
    """100 kWh at 0.30 in the evening, 40 kWh cancelled: 60 x 0.30 = 18.00."""
    clock = make_clock(dt.date(2026, 1, 1), dt.date(2026, 2, 1), 60, "Europe/Paris")
    price = np.where(clock.local_hour == 18, 0.30, 0.01 * np.arange(clock.steps) / clock.steps)
    contract = Contract(dynamic.of_series(clock, price), parts=Parts(export=METERING))
    assert months(bill(contract, [(100, 40)])) == [18.00]


def test_a_credit_pays_for_energy_and_is_kept():
    """Imports at 0.25, exports earn 0.10, 10 a month stand.

    January 100 kWh: 25.00; 400 kWh earn 40.00: 25.00 of it pays, 15.00 is kept; 10.00 to pay.
    February 100 kWh: 25.00; 50 kWh earn 5.00, with 15.00 from before 20.00; 5 + 10 = 15.00.
    """
    parts = Parts(fixed=(Fixed("standing", 10.0),), export=BILLING)
    contract = Contract(Flat(0.25), export_price=0.10, parts=parts)
    owed = bill(contract, [(100, 400), (100, 50)])
    assert months(owed) == [10.00, 15.00]
    assert (round(float(owed.energy), 2), round(float(owed.export), 2)) == (50.00, -45.00)


def test_a_credit_pays_for_the_taxes_on_energy_but_not_for_those_on_standing_charges():
    """25 x 1.2 = 30 are paid by 40 earned, 10 kept; 12 a year x 31/365 = 1.02 x 1.2 = 1.22."""
    contract = Contract(Flat(0.25), 12.0, 0.10, parts=Parts(Taxes(0.20), export=BILLING))
    owed = bill(contract, [(100, 400)])
    assert months(owed) == [1.22]
    assert float(owed.lines[-1].amount) == pytest.approx(10.0)


@pytest.mark.parametrize(("share", "paid"), [(1.0, 10.00), (0.5, 5.00), (0.0, 0.00)])
def test_a_kept_credit_is_paid_out_at_its_share_when_the_year_ends(share, paid):
    """December: 400 kWh x 0.10 = 40 pay for 30; of the 10 kept a share is paid out."""
    rule = Export(Crediting.NET_BILLING, cash_out=share)
    contract = Contract(Flat(0.30), export_price=0.10, parts=Parts(export=rule))
    owed = bill(contract, [(100, 400), (100, 0)], "2025-12-01")
    assert months(owed) == [0.0 - paid, 30.00]


def test_exports_at_a_negative_price_are_owed():
    """100 kWh x 0.20 = 20; 50 kWh at -0.02 cost 1.00."""
    contract = Contract(Flat(0.20), export_price=-0.02, parts=Parts(export=BILLING))
    assert months(bill(contract, [(100, 50)])) == [21.00]


def test_a_year_of_settlement_ends_a_bill_of_several_months():
    """Bills of 3 months; the year of settlement ends with April: Jan-Mar, April, May-June."""
    parts = Parts(months=3, export=METERING)
    owed = bill(Contract(Flat(0.20), parts=parts), [(10, 0)] * 6)
    assert months(owed) == [6.00, 2.00, 4.00]


def test_a_switch_settles_what_is_kept():
    """50 kWh kept at the switch bring 2.50; the next contract starts from nothing."""
    day = day_number(dt.date(2026, 2, 1))
    later = ((day, Contract(Flat(0.10))),)
    contract = Contract(Flat(0.20), parts=Parts(export=METERING), later=later)
    assert months(bill(contract, [(10, 60), (10, 60)])) == [-2.50, 1.00]


def test_what_negative_prices_pay_is_paid_and_not_kept():
    """100 kWh at -0.05 bring 5.00 at once; the 1.00 that exports earn is kept."""
    clock = make_clock(dt.date(2026, 1, 1), dt.date(2026, 2, 1), 60, "Europe/Paris")
    price = dynamic.of_series(clock, np.full(clock.steps, -0.05))
    owed = bill(Contract(price, export_price=0.10, parts=Parts(export=BILLING)), [(100, 10)])
    assert months(owed) == [-5.00]
    assert float(owed.lines[-1].amount) == pytest.approx(1.0)
