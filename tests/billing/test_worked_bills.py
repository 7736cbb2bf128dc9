"""Bills worked by hand: the arithmetic stands in each test, the cents must come out.

Prices are made up, round and easy to follow, unless a test says otherwise.
"""

import datetime as dt

import numpy as np
import pytest

from gridsim.billing.lines import Bill, LineKind
from gridsim.billing.settle import settle
from gridsim.core.clock import Clock, day_number, make_clock
from gridsim.signals import dynamic
from gridsim.signals.contract import Contract
from gridsim.signals.critical import CriticalPeak
from gridsim.signals.parts import Adder, Export, Fixed, Kind, Parts, Per, Taxes
from gridsim.signals.tariff import Flat, daily
from gridsim.signals.tempo import Colours, Rates, Tempo


def paris(first: str, last: str, minutes: int = 60) -> Clock:
    """Return the clock of the local dates from ``first`` to before ``last``."""
    ends = (dt.date.fromisoformat(date) for date in (first, last))
    return make_clock(*ends, minutes, "Europe/Paris", "FR")


def evenly(clock: Clock, kwh: float) -> np.ndarray:
    return np.full(clock.steps, kwh / clock.steps)


def bill(contract: Contract, clock: Clock, taken, fed=None) -> Bill:
    taken = np.broadcast_to(np.asarray(taken, dtype=float), (clock.steps,))
    return settle(contract, clock, taken, np.zeros(clock.steps) if fed is None else fed)


def cents(amount) -> float:
    return round(float(amount), 2)


def named(owed: Bill, name: str) -> list:
    return [line for line in owed.lines if line.name == name]


# Taxes


def test_two_rates_of_vat_and_an_excise():
    """200 kWh: 30.00, excise 4.00, VAT 6.80; 120 x 31/365 = 10.19, VAT 5.5 % of it 0.56: 51.55."""
    taxes = Taxes(vat=0.20, standing_vat=0.055, per_kwh=0.02)
    clock = paris("2026-01-01", "2026-02-01")
    owed = bill(Contract(Flat(0.15), 120.0, parts=Parts(taxes)), clock, evenly(clock, 200))
    assert cents(owed.energy) == 40.80  # 30 + 4 + 6.80
    assert cents(owed.tax_in_energy) == 10.80
    assert (cents(owed.standing), cents(owed.taxes)) == (10.19, 0.56)
    assert cents(owed.total) == 51.55


def test_the_same_prices_quoted_with_their_taxes():
    """(0.15 + 0.02) x 1.2 = 0.204; 120 x 1.055 = 126.60: the same bill, told the other way."""
    taxes = Taxes(vat=0.20, standing_vat=0.055, per_kwh=0.02, included=True)
    clock = paris("2026-01-01", "2026-02-01")
    owed = bill(Contract(Flat(0.204), 126.6, parts=Parts(taxes)), clock, evenly(clock, 200))
    assert [line.kind for line in owed.lines] == [
        LineKind.ENERGY, LineKind.STANDING, LineKind.TAX,
    ]  # fmt: skip
    assert (cents(owed.energy), cents(owed.tax_in_energy)) == (40.80, 10.80)
    assert (cents(owed.standing), cents(owed.taxes)) == (10.19, 0.56)
    assert cents(owed.total) == 51.55


def test_an_excise_within_the_price_is_told_once():
    """0.204 split in 0.144 and another 0.06 of energy: of 40.80, 200 x 0.02 + 36.80/6 are tax."""
    taxes = Taxes(vat=0.20, per_kwh=0.02, included=True)
    clock = paris("2026-01-01", "2026-02-01")
    parts = Parts(taxes, adders=(Adder("margin", Flat(0.06), Kind.ENERGY),))
    owed = bill(Contract(Flat(0.144), parts=parts), clock, evenly(clock, 200))
    assert (cents(owed.energy), cents(owed.tax_in_energy)) == (40.80, 10.80)


def test_network_and_carbon_stand_beside_energy():
    """10 kWh a day, 30 days: 300 x 0.10 + 100 x 0.02 + 200 x 0.05 + 300 x 0.01 = 45, VAT 4.50."""
    clock = paris("2026-06-01", "2026-07-01")
    network = Adder("grid", daily((0, 8), (0.02, 0.05)))
    carbon = Adder("carbon price", Flat(0.01), Kind.CARBON)
    contract = Contract(Flat(0.10), parts=Parts(Taxes(0.10), adders=(network, carbon)))
    owed = bill(contract, clock, 10 / 24)
    assert cents(owed.sum_of(LineKind.ENERGY)) == 30.00
    assert [cents(line.amount) for line in owed.lines if line.kind == LineKind.NETWORK] == [2, 10]
    assert cents(owed.sum_of(LineKind.CARBON)) == 3.00
    assert (cents(owed.energy), cents(owed.total)) == (49.50, 49.50)


def test_a_bill_has_lines():
    with pytest.raises(ValueError, match=r"^lines"):
        Bill((), "EUR")


# Prices


def test_negative_prices_pay_the_home():
    """22 h x 1 kWh x 0.10 - 2 h x 3 kWh x 0.05 = 1.90; with 21 % VAT 2.299."""
    clock = paris("2026-05-10", "2026-05-11")
    midday = (clock.local_hour >= 13) & (clock.local_hour < 15)
    tariff = dynamic.of_series(clock, np.where(midday, -0.05, 0.10))
    owed = bill(Contract(tariff, parts=Parts(Taxes(0.21))), clock, np.where(midday, 3.0, 1.0))
    assert {cents(line.rate): cents(line.quantity) for line in owed.lines[:2]} == {
        -0.05: 6.0, 0.10: 22.0,
    }  # fmt: skip
    assert cents(owed.total) == 2.30


def test_a_price_of_its_own_in_each_hour_stands_in_one_line_with_its_mean():
    """Hour h costs h cents, 2 kWh in each hour from 12 on: 2 x (12 + ... + 23) = 420 cents."""
    clock = paris("2026-05-10", "2026-05-11")
    tariff = dynamic.of_series(clock, 0.01 * np.arange(24.0))
    owed = bill(Contract(tariff), clock, np.where(np.arange(24) >= 12, 2.0, 0.0))
    (line,) = owed.lines
    assert (cents(line.amount), cents(line.quantity)) == (4.20, 24.0)
    assert float(line.rate) == pytest.approx(0.175)
    assert "mean by use" in line.note


def test_a_critical_day_has_a_line_of_its_own():
    """31 days x 24 kWh; 4 of them at 0.80, the other 740 at 0.10: 3.20 + 74.00."""
    clock = paris("2026-07-01", "2026-08-01")
    day = day_number(dt.date(2026, 7, 14))
    owed = bill(Contract(CriticalPeak(Flat(0.10), 0.80, (day,), ((16, 20),))), clock, 1.0)
    assert {line.name: cents(line.amount) for line in owed.lines} == {
        "at 0.1": 74.00, "critical": 3.20,
    }  # fmt: skip


def test_a_tempo_day_goes_on_after_the_end_of_the_month():
    """31 January is red: of the 24 kWh of 1 February, 6 are still red off-peak, 6 x 0.15."""
    clock = paris("2026-01-31", "2026-02-02")
    colours = Colours(day_number(dt.date(2026, 1, 30)), bytes([0, 2, 0]))
    tariff = Tempo(Rates(0.16, 0.13), Rates(0.18, 0.14), Rates(0.70, 0.15), colours)
    january, february = (
        {line.name: cents(line.amount) for line in owed.lines if line.first_day == first}
        for owed in [bill(Contract(tariff), clock, 1.0)]
        for first in (clock.local_day[0], clock.local_day[-1])
    )
    assert january == {"blue off-peak": 0.78, "red peak": 11.20, "red off-peak": 0.30}
    assert february == {"red off-peak": 0.90, "blue peak": 2.56, "blue off-peak": 0.26}


def test_exports_earn_the_price_of_their_hour():
    """3 kWh at 0.12 and 2 kWh at -0.01 (midday): 0.36 - 0.02 = 0.34 back."""
    clock = paris("2026-06-15", "2026-06-16")
    midday = clock.local_hour == 12
    price = dynamic.of_series(clock, np.where(midday, -0.01, 0.12))
    fed = np.where(midday, 2.0, np.where(clock.local_hour == 18, 3.0, 0.0))
    owed = bill(Contract(Flat(0.2), parts=Parts(export=Export(tariff=price))), clock, 0.0, fed)
    assert sorted(cents(line.quantity) for line in owed.lines if line.quantity < 0) == [-3, -2]
    assert cents(owed.export) == cents(owed.total) == -0.34


# Charges by the day and the month


def test_a_part_of_february_in_a_leap_year():
    """10 of 29 days: 14.50 x 10/29 = 5; 36.60 a year x 10/366 = 1; 0.20 a day x 10 = 2."""
    clock = paris("2024-02-20", "2024-03-01")
    fixed = (Fixed("meter", 14.5), Fixed("club", 36.6, Per.YEAR), Fixed("rental", 0.2, Per.DAY))
    owed = bill(Contract(Flat(0.0), parts=Parts(fixed=fixed)), clock, 0.0)
    assert [cents(line.amount) for line in owed.lines[1:]] == [5.00, 1.00, 2.00]


def test_a_rebate_is_a_charge_below_zero():
    """100 kWh x 0.20 - 5 a month = 15."""
    clock = paris("2026-04-01", "2026-05-01")
    parts = Parts(fixed=(Fixed("loyalty", -5.0),))
    owed = bill(Contract(Flat(0.2), parts=parts), clock, evenly(clock, 100))
    assert (cents(owed.standing), cents(owed.total)) == (-5.00, 15.00)


def test_the_day_of_the_change_of_clocks_is_a_whole_day():
    """28 to 31 March is 4 days (95 h): 4 x 1.00; one kWh an hour: 95 x 0.10."""
    clock = paris("2026-03-28", "2026-04-01")
    parts = Parts(fixed=(Fixed("rental", 1.0, Per.DAY),))
    owed = bill(Contract(Flat(0.1), parts=parts), clock, 1.0)
    assert (cents(owed.standing), cents(owed.energy)) == (4.00, 9.50)


def test_a_bill_of_two_months_over_the_end_of_february():
    """January and February on one bill: 59 days x 0.10, 1,416 h x 0.01."""
    clock = paris("2026-01-01", "2026-04-01")
    owed = bill(Contract(Flat(0.01), 36.5, parts=Parts(months=2)), clock, 1.0)
    first, second = (
        [line for line in owed.lines if line.first_day == day]
        for day in sorted({line.first_day for line in owed.lines})
    )
    assert [cents(line.amount) for line in first] == [14.16, 5.90]
    assert [cents(line.amount) for line in second] == [7.43, 3.10]  # March: 743 h, 31 days


def test_a_switch_in_the_middle_of_a_month():
    """14 days x (1 kWh x 0.20 + 1.00) = 16.80; 16 days x (1 kWh x 0.10 + 2.00) = 33.60."""
    clock = paris("2026-06-01", "2026-07-01")
    later = ((day_number(dt.date(2026, 6, 15)), Contract(Flat(0.10), 730.0)),)
    owed = bill(Contract(Flat(0.20), 365.0, later=later), clock, 1 / 24)
    by_period = {
        first: cents(sum(line.amount for line in owed.lines if line.first_day == first))
        for first in dict.fromkeys(line.first_day for line in owed.lines)
    }
    assert list(by_period.values()) == [16.80, 33.60]
    assert cents(owed.total) == 50.40


def test_a_switch_between_taxes_included_and_not():
    """100 kWh x 0.24 quoted with 20 %; then 100 kWh x 0.20 and 20 % on top: 24 each."""
    clock = paris("2026-06-01", "2026-08-01")
    net = Contract(Flat(0.20), parts=Parts(Taxes(0.20)))
    later = ((day_number(dt.date(2026, 7, 1)), net),)
    gross = Contract(Flat(0.24), parts=Parts(Taxes(0.20, included=True)), later=later)
    taken = np.where(clock.month == 6, 100 / 720, 100 / 744)
    owed = bill(gross, clock, taken)
    assert [cents(line.amount) for line in owed.lines] == [24.00, 20.00, 4.00]
    assert (cents(owed.total), cents(owed.tax_in_energy)) == (48.00, 8.00)
