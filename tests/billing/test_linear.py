"""Bills come out to the cent, whatever the length of the day or of the year."""

import datetime as dt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gridsim.billing.lines import Bill, revenue
from gridsim.billing.periods import standing_charge
from gridsim.billing.settle import settle
from gridsim.core.clock import Clock, day_number, make_clock
from gridsim.signals.contract import Contract
from gridsim.signals.tariff import Flat, daily
from gridsim.signals.tempo import Colours, Rates, Tempo

# French regulated prices of February 2026, as the presets of that year have them
STANDING = 169.92
BASE = Contract(Flat(0.1940), STANDING, 0.04)
HPHC = Contract(daily((0, 6, 22), (0.1579, 0.2065, 0.1579)), STANDING, 0.04)
BLUE, WHITE, RED = Rates(0.1612, 0.1325), Rates(0.1871, 0.1499), Rates(0.7060, 0.1575)


class Broken:
    """A tariff whose only answer is a column of prices."""

    def __init__(self, column):
        self.column = column

    def price(self, clock):
        return self.column


def paris(start: str, days: int = 1, minutes: int = 60) -> Clock:
    first = dt.date.fromisoformat(start)
    return make_clock(first, first + dt.timedelta(days), minutes, "Europe/Paris", "FR")


def signed(contract: Contract, clock: Clock, import_kwh, export_kwh=None) -> Bill:
    """Return the bill under a contract of the same energy in every step, or of a series."""
    taken = np.broadcast_to(np.asarray(import_kwh, dtype=float), (clock.steps,))
    fed = np.zeros(clock.steps) if export_kwh is None else np.asarray(export_kwh, dtype=float)
    return settle(contract, clock, taken, fed)


def cents(amount) -> float:
    return round(float(amount), 2)


def tempo(first: str, *codes: int) -> Contract:
    colours = Colours(day_number(dt.date.fromisoformat(first)), bytes(codes))
    return Contract(Tempo(BLUE, WHITE, RED, colours), STANDING)


# Worked by hand


def test_a_month_at_the_base_price():
    """300 kWh x 0.1940 = 58.20; 169.92 x 31/365 = 14.43; together 72.63."""
    clock = paris("2026-01-01", 31)
    owed = signed(BASE, clock, 300 / clock.steps)
    assert (cents(owed.energy), cents(owed.standing), cents(owed.total)) == (58.20, 14.43, 72.63)


def test_a_day_of_peak_and_off_peak():
    """16 h x 1 kWh x 0.2065 = 3.304; 8 h x 1 kWh x 0.1579 = 1.2632; 4.57 and 0.47 for the day."""
    owed = signed(HPHC, paris("2026-01-12"), 1.0)
    assert (cents(owed.energy), cents(owed.standing), cents(owed.total)) == (4.57, 0.47, 5.03)


def test_the_day_of_23_hours():
    """16 x 0.2065 + 7 x 0.1579 = 4.4093; the day's standing charge stays 0.4655; 4.87."""
    owed = signed(HPHC, paris("2026-03-29"), 1.0)
    assert (cents(owed.energy), cents(owed.standing), cents(owed.total)) == (4.41, 0.47, 4.87)


def test_the_day_of_25_hours():
    """16 x 0.2065 + 9 x 0.1579 = 4.7251; the day's standing charge stays 0.4655; 5.19."""
    owed = signed(HPHC, paris("2026-10-25"), 1.0)
    assert (cents(owed.energy), cents(owed.standing), cents(owed.total)) == (4.73, 0.47, 5.19)


def test_a_red_day_after_a_blue_one():
    """12 kWh x 0.1325 + 32 kWh x 0.7060 + 4 kWh x 0.1575 = 1.59 + 22.592 + 0.63 = 24.812."""
    owed = signed(tempo("2026-01-12", 0, 2), paris("2026-01-13"), 2.0)
    assert (cents(owed.energy), cents(owed.total)) == (24.81, 25.28)


def test_a_blue_day_after_a_red_one_pays_red_until_six():
    """12 kWh x 0.1575 + 32 kWh x 0.1612 + 4 kWh x 0.1325 = 1.89 + 5.1584 + 0.53 = 7.5784."""
    owed = signed(tempo("2026-01-12", 2, 0), paris("2026-01-13"), 2.0)
    assert (cents(owed.energy), cents(owed.total)) == (7.58, 8.04)


def test_a_february_of_29_days():
    """100 kWh x 0.1940 = 19.40; 169.92 x 29/366 = 13.4637; 32.86."""
    clock = paris("2024-02-01", 29)
    owed = signed(BASE, clock, 100 / clock.steps)
    assert (cents(owed.energy), cents(owed.standing), cents(owed.total)) == (19.40, 13.46, 32.86)


def test_a_day_with_panels():
    """5 kWh x 0.1940 = 0.97; 12 kWh x 0.04 = 0.48 back; 0.97 + 0.4655 - 0.48 = 0.96."""
    clock = paris("2026-06-15")
    noon = np.where(np.arange(24) == 12, 12.0, 0.0)
    night = np.where(np.arange(24) == 20, 5.0, 0.0)
    owed = signed(BASE, clock, night, noon)
    assert cents(owed.export) == -0.48
    assert cents(owed.total) == 0.96


def test_a_supplier_may_owe_the_home():
    """0.4655 - 100 kWh x 0.04 = -3.53."""
    clock = paris("2026-06-15")
    owed = signed(BASE, clock, 0.0, np.full(24, 100 / 24))
    assert cents(owed.total) == -3.53


# Standing charge


def test_a_calendar_year_costs_the_years_charge():
    assert standing_charge(STANDING, paris("2025-01-01", 365)) == pytest.approx(STANDING)
    assert standing_charge(STANDING, paris("2024-01-01", 366)) == pytest.approx(STANDING)


def test_new_year_changes_the_length_of_the_year():
    both = standing_charge(366 * 365, paris("2023-12-31", 2))
    assert both == pytest.approx(366 + 365)


def test_part_of_a_day_costs_its_share():
    day = paris("2026-03-29")  # 23 hours
    part = Clock(
        day.start_s, day.step_s, 10, day.timezone,
        day.local_day[:10], day.wall_s[:10], day.holiday[:10],
    )  # fmt: skip
    assert standing_charge(365.0, part) == pytest.approx(10 / 23)


# Laws


def test_the_supplier_receives_the_sum_of_the_bills():
    clock = paris("2026-01-12")
    taken = np.arange(72.0).reshape(24, 3)
    owed = settle(Contract(Flat(0.2), 365.0), clock, taken, 0 * taken)
    assert owed.total.tolist() == pytest.approx([1 + 0.2 * taken[:, i].sum() for i in range(3)])
    assert revenue(owed) == pytest.approx(0.2 * taken.sum() + 3)


def test_one_home_is_a_bill_without_an_axis():
    owed = signed(BASE, paris("2026-01-12"), 1.0)
    assert owed.total.shape == owed.energy.shape == owed.standing.shape == ()
    assert all(line.amount.shape == line.quantity.shape == () for line in owed.lines)
    assert revenue(owed) == float(owed.total)


@pytest.mark.parametrize("beside", [5, 100])
def test_a_bill_does_not_depend_on_the_homes_beside_it(beside):
    clock = paris("2026-01-01", 20, 15)
    taken = np.random.default_rng(1).random((clock.steps, beside))
    together = settle(HPHC, clock, taken, taken).total
    for home in range(5):
        alone = settle(HPHC, clock, taken[:, home], np.asfortranarray(taken)[:, home])
        assert alone.total == together[home]


@settings(deadline=None)
@given(scale=st.floats(0, 100), price=st.floats(0, 2))
def test_the_cost_grows_with_energy_and_price(scale, price):
    taken = np.ones((24, 2)) * [1.0, 2.0]
    cost = settle(Contract(Flat(price)), paris("2026-01-12"), scale * taken, 0 * taken).energy
    assert cost.tolist() == pytest.approx([24 * scale * price, 48 * scale * price])


def test_two_halves_of_a_period_make_one():
    whole = signed(HPHC, paris("2026-03-28", 4), 0.5)
    first, second = (signed(HPHC, paris(start, 2), 0.5) for start in ("2026-03-28", "2026-03-30"))
    assert float(first.total + second.total) == pytest.approx(float(whole.total), rel=1e-12)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"import_kwh": np.full(24, -1.0)}, "^import_kwh"),
        ({"import_kwh": np.full(24, np.nan)}, "^import_kwh"),
        ({"import_kwh": np.zeros(23), "export_kwh": np.zeros(23)}, "^import_kwh"),
        ({"import_kwh": np.zeros((24, 2, 2))}, "^import_kwh"),
        ({"export_kwh": np.full(24, -1.0)}, "^export_kwh"),
        ({"export_kwh": np.full(24, np.inf)}, "^export_kwh"),
        ({"export_kwh": np.zeros((24, 2))}, "^export_kwh"),
        ({"contract": Contract(Broken(np.zeros(23)))}, "^price"),
        ({"contract": Contract(Broken(np.full(24, np.inf)))}, "^price"),
    ],
)
def test_what_is_no_bill_is_refused(change, message):
    given_ = {
        "contract": BASE, "clock": paris("2026-01-12"),
        "import_kwh": np.zeros(24), "export_kwh": np.zeros(24),
    }  # fmt: skip
    with pytest.raises(ValueError, match=message):
        settle(**(given_ | change))


def test_a_standing_charge_that_is_none_is_refused():
    with pytest.raises(ValueError, match=r"^standing_year"):
        standing_charge(-1.0, paris("2026-01-12"))


def test_no_homes_owe_nothing():
    owed = settle(BASE, paris("2026-01-12"), np.zeros((24, 0)), np.zeros((24, 0)))
    assert owed.total.shape == (0,)
    assert revenue(owed) == 0.0
