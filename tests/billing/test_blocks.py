"""Blocks: the first kWh of a period or of a day have another price than the next."""

import datetime as dt

import numpy as np
import pytest

from gridsim.billing import blocks
from gridsim.billing.lines import LineKind
from gridsim.billing.settle import settle
from gridsim.core.clock import make_clock
from gridsim.signals.contract import Contract
from gridsim.signals.parts import Blocks, Parts, Per, Taxes
from gridsim.signals.tariff import Flat

RISING = Blocks((100.0, 250.0), (0.0, 0.05, 0.12))


def owed(contract, first, last, kwh):
    """Return the bill of a home that takes ``kwh``, in all or by month, evenly in 30 minutes."""
    ends = (dt.date.fromisoformat(date) for date in (first, last))
    clock = make_clock(*ends, 30, "Europe/Paris")
    by_month = kwh if isinstance(kwh, dict) else dict.fromkeys(np.unique(clock.month), kwh)
    taken = np.zeros(clock.steps)
    for month, energy in by_month.items():
        here = clock.month == month
        taken[here] = energy / here.sum()
    return settle(contract, clock, taken, 0 * taken)


def flat(*rules, price=0.10, **parts):
    return Contract(Flat(price), parts=Parts(blocks=rules, **parts))


def amounts(bill):
    return [round(float(line.amount), 2) for line in bill.lines if line.kind == LineKind.BLOCK]


def test_a_use_that_ends_at_a_bound():
    """250 kWh x 0.10 = 25; 150 of them x 0.05 = 7.50; nothing above: 32.50."""
    bill = owed(flat(RISING), "2026-04-01", "2026-05-01", 250)
    assert amounts(bill) == [0.00, 7.50, 0.00]
    assert round(float(bill.total), 2) == 32.50


def test_a_use_beyond_the_last_bound():
    """260 kWh x 0.10 = 26; 150 x 0.05 = 7.50; 10 x 0.12 = 1.20; 34.70, with 10 % VAT 38.17."""
    bill = owed(flat(RISING, taxes=Taxes(0.10)), "2026-04-01", "2026-05-01", 260)
    assert amounts(bill) == [0.00, 7.50, 1.20]
    assert round(float(bill.energy), 2) == round(float(bill.total), 2) == 38.17


def test_blocks_that_get_cheaper():
    """400 kWh x 0.12 - 100 x 0.02 = 46.00."""
    bill = owed(flat(Blocks((300.0,), (0.0, -0.02)), price=0.12), "2026-04-01", "2026-05-01", 400)
    assert round(float(bill.total), 2) == 46.00


def test_a_new_month_begins_in_the_first_block():
    """120 kWh a month, twice: 2 x (12 + 20 x 0.05) = 26, not 24 + 140 x 0.05."""
    bill = owed(flat(RISING), "2026-04-01", "2026-06-01", 120)
    assert round(float(bill.total), 2) == 26.00


def test_a_third_of_a_month_has_a_third_of_the_bounds():
    """10 of 30 days: 60 kWh, of which 100/3 at nothing, 80/3 x 0.05 = 1.33."""
    bill = owed(flat(RISING), "2026-04-01", "2026-04-11", 60)
    assert amounts(bill) == [0.00, 1.33, 0.00]


def test_a_season_that_begins_within_a_bill():
    """March and April, blocks from April on: the bound is 600 x 30/61 = 295.08 kWh.

    Of April's 400 kWh 104.92 lie above, x 0.05 = 5.25; the 500 kWh of March do not count.
    """
    rule = Blocks((600.0,), (0.0, 0.05), months=(4, 5, 6, 7, 8, 9))
    bill = owed(flat(rule, months=2), "2026-03-01", "2026-05-01", {3: 500, 4: 400})
    assert amounts(bill) == [0.00, 5.25]
    assert "295.082" in next(line.note for line in bill.lines if line.kind == LineKind.BLOCK)


def test_months_without_blocks_have_no_line_of_them():
    rule = Blocks((600.0,), (0.0, 0.05), months=(6, 7, 8))
    assert amounts(owed(flat(rule), "2026-03-01", "2026-05-01", 900)) == []


def test_an_allowance_by_the_day():
    """8 kWh a day at nothing, beyond at 0.20; 6, 8 and 13 kWh: 27 - 3 x 8 = 3 kWh, 0.60."""
    clock = make_clock(dt.date(2026, 3, 28), dt.date(2026, 3, 31), 60, "Europe/Paris")
    first = clock.local_day[0]
    taken = np.array([6 / 24, 8 / 23, 13 / 24])[clock.local_day - first]  # the 29th has 23 hours
    contract = flat(Blocks((8.0,), (0.0, 0.20), per=Per.DAY))
    bill = settle(contract, clock, taken, 0 * taken)
    assert amounts(bill) == [0.00, 0.60]
    assert [float(line.quantity) for line in bill.lines[1:]] == pytest.approx([24.0, 3.0])


def test_an_allowance_by_the_day_of_some_months():
    """April's 30 days x 10 kWh of a bill of March and April: 400 - 300 = 100 kWh x 0.05 = 5.00."""
    rule = Blocks((10.0,), (0.0, 0.05), per=Per.DAY, months=(4, 5))
    bill = owed(flat(rule, months=2), "2026-03-01", "2026-05-01", {3: 500, 4: 400})
    assert amounts(bill) == [0.00, 5.00]


def test_lines_say_where_a_block_begins_and_ends():
    bill = owed(flat(RISING), "2026-04-01", "2026-05-01", 1)
    assert [line.note for line in bill.lines[1:]] == [
        "up to 100 kWh", "from 100 to 250 kWh", "above 250 kWh",
    ]  # fmt: skip


def test_an_energy_is_split_without_rest():
    kwh = np.array([0.0, 99.5, 100.0, 180.0, 250.0, 1000.0])
    parts = blocks.split(kwh, np.array([100.0, 250.0]))
    assert parts.tolist() == [
        [0, 99.5, 100, 100, 100, 100], [0, 0, 0, 80, 150, 150], [0, 0, 0, 0, 0, 750],
    ]  # fmt: skip
