"""Charges for power: which means of which intervals count, and what they cost."""

import datetime as dt

import numpy as np
import pytest

from gridsim.billing.lines import LineKind
from gridsim.billing.settle import settle
from gridsim.core.clock import make_clock
from gridsim.signals.contract import Contract
from gridsim.signals.parts import Demand, Parts, Per, Subscribed, Taxes, Window
from gridsim.signals.tariff import DayType, Flat


def clock_of(first, last, minutes=60, zone="Europe/Paris", country=None):
    ends = (dt.date.fromisoformat(date) for date in (first, last))
    return make_clock(*ends, minutes, zone, country)


def bill(clock, kw, *demand, base_kw=0.0, later=(), **parts):
    """Return the bill of a home that draws ``kw`` at some times, (date, hour): power."""
    taken = np.full(clock.steps, float(base_kw))
    for (date, hour), power in kw.items():
        day = (dt.date.fromisoformat(date) - dt.date(1970, 1, 1)).days
        here = np.flatnonzero((clock.local_day == day) & (clock.local_hour == hour))
        taken[here[0]] = power
    contract = Contract(Flat(0.0), parts=Parts(demand=demand, **parts), later=later)
    return settle(contract, clock, taken * clock.dt_h, 0 * taken)


def amounts(owed, kind=LineKind.DEMAND):
    return [round(float(line.amount), 2) for line in owed.lines if line.kind == kind]


def billed(owed):
    return [float(line.quantity) for line in owed.lines if line.kind == LineKind.DEMAND]


# Which power


def test_the_highest_hour_of_each_month():
    """Highest 4 kW in January, 3 kW in February: 4 x 5 + 3 x 5 = 35."""
    kw = {("2026-01-07", 19): 4.0, ("2026-01-09", 8): 3.5, ("2026-02-03", 7): 3.0}
    owed = bill(clock_of("2026-01-01", "2026-03-01"), kw, Demand("peak", 5.0, minutes=60))
    assert amounts(owed) == [20.00, 15.00]


def test_half_hours_on_quarter_hours():
    """Quarters of 4 and 2 kW from 18:00 make 3 kW; 6 kW from 18:45 to 19:15 is 3 kW and 3 kW."""
    kw = {("2026-01-07", 18.0): 4.0, ("2026-01-07", 18.25): 2.0}
    across = {("2026-01-07", 18.75): 6.0, ("2026-01-07", 19.0): 6.0}
    clock = clock_of("2026-01-01", "2026-02-01", 15)
    for use in (kw, across):
        assert billed(bill(clock, use, Demand("peak", 1.0, minutes=30))) == [3.0]


def test_hours_that_the_clock_repeats_are_two():
    """25 October has 02:00 twice: 2 kW, then 3 kW; the highest hour is 3 kW, not 5 kWh."""
    clock = clock_of("2026-10-25", "2026-10-26", 30)
    kw = np.zeros(clock.steps)
    kw[4:6], kw[6:8] = 2.0, 3.0  # 02:00 to 03:00 in summer time, and again in winter time
    contract = Contract(Flat(0.0), parts=Parts(demand=(Demand("peak", 31.0, minutes=60),)))
    owed = settle(contract, clock, 0.5 * kw, 0 * kw)
    assert billed(owed) == [3.0]
    assert amounts(owed) == [3.00]  # 31 x 3 kW, of which one day of 31


def test_zones_of_half_hours_keep_whole_hours_of_the_wall():
    """In Kolkata (UTC+5:30) 18:00 to 19:00 is one interval: 4 and 2 kW make 3."""
    clock = clock_of("2026-01-01", "2026-02-01", 30, "Asia/Kolkata")
    kw = {("2026-01-07", 18.0): 4.0, ("2026-01-07", 18.5): 2.0}
    assert billed(bill(clock, kw, Demand("peak", 1.0, minutes=60))) == [3.0]


@pytest.mark.parametrize(("minutes", "steps", "means"), [(15, 60, 60), (30, 20, 60), (15, 30, 30)])
def test_steps_that_are_too_long_are_told(minutes, steps, means):
    clock = clock_of("2026-01-01", "2026-02-01", steps)
    owed = bill(clock, {}, Demand("peak", 1.0, minutes=minutes), base_kw=2.0)
    assert billed(owed) == pytest.approx([2.0])
    assert owed.notes == (f"peak: powers are means over {means} min, not {minutes} min",)


def test_a_window_of_hours_days_and_holidays():
    """Of five powers only the 3 kW of Tuesday 26 May count: 6.00.

    The others lie after the window, on a Saturday, on Ascension Day and in June.
    """
    kw = {
        ("2026-05-26", 17): 3.0, ("2026-05-26", 21): 9.0, ("2026-05-23", 17): 8.0,
        ("2026-05-14", 17): 7.0, ("2026-06-09", 17): 6.0,
    }  # fmt: skip
    window = Window(((16, 21),), (DayType.WEEKDAY,), (5,))
    clock = clock_of("2026-05-01", "2026-07-01", country="FR")
    owed = bill(clock, kw, Demand("peak", 2.0, minutes=60, window=window))
    assert (billed(owed), amounts(owed)) == ([3.0], [6.00])


# What of it


STEPS = ((2.0, 130.0), (5.0, 190.0), (10.0, 290.0), (15.0, 400.0))


def test_the_mean_of_the_three_highest_days_goes_by_steps():
    """Days of 6.0 (and 5.8 the same day), 5.5, 4.0 and 3.0 kW: 15.5 / 3 = 5.17 kW, 290."""
    kw = {
        ("2026-01-07", 19): 6.0, ("2026-01-07", 20): 5.8, ("2026-01-08", 8): 5.5,
        ("2026-01-20", 8): 4.0, ("2026-01-21", 8): 3.0,
    }  # fmt: skip
    rule = Demand("step", minutes=60, highest=3, one_a_day=True, steps=STEPS)
    owed = bill(clock_of("2026-01-01", "2026-02-01", zone="Europe/Oslo"), kw, rule)
    assert billed(owed) == pytest.approx([15.5 / 3])
    assert amounts(owed) == [290.00]
    (line,) = (line for line in owed.lines if line.kind == LineKind.DEMAND)
    assert np.isnan(line.rate)
    assert "step" in line.note


@pytest.mark.parametrize(("kw", "charge"), [(5.0, 190.0), (5.001, 290.0), (0.0, 130.0), (40, 400)])
def test_a_demand_at_the_end_of_a_step_pays_that_step(kw, charge):
    rule = Demand("step", minutes=60, steps=STEPS)
    owed = bill(clock_of("2026-01-01", "2026-02-01"), {("2026-01-07", 19): kw}, rule)
    assert amounts(owed) == [charge]


def test_the_three_highest_hours_may_lie_on_one_day():
    """6.0, 5.8 and 5.5 kW: 17.3 / 3."""
    kw = {("2026-01-07", 19): 6.0, ("2026-01-07", 20): 5.8, ("2026-01-08", 8): 5.5}
    owed = bill(clock_of("2026-01-01", "2026-02-01"), kw, Demand("p", 3.0, minutes=60, highest=3))
    assert amounts(owed) == [17.30]


def test_a_day_is_the_mean_of_what_there_is():
    """One day, three highest days wanted: its 4 kW."""
    rule = Demand("p", 31.0, minutes=60, highest=3, one_a_day=True)
    owed = bill(clock_of("2026-01-07", "2026-01-08"), {("2026-01-07", 19): 4.0}, rule)
    assert (billed(owed), amounts(owed)) == ([4.0], [4.00])


def test_twelve_months_and_a_least_demand():
    """Peaks of 2 (counts as 2.5), 4 and 6 kW at 48 a year, 4 a month.

    January 2.5 x 4 = 10; February 3.25 x 4 = 13; March (2.5 + 4 + 6) / 3 x 4 = 16.67.
    """
    kw = {("2026-01-07", 19): 2.0, ("2026-02-07", 19): 4.0, ("2026-03-07", 19): 6.0}
    rule = Demand("capacity", 48.0, Per.YEAR, rolling=12, minimum_kw=2.5)
    owed = bill(clock_of("2026-01-01", "2026-04-01", 15), kw, rule)
    assert amounts(owed) == [10.00, 13.00, 16.67]


def test_the_thirteenth_month_forgets_the_first():
    """12 kW in January 2026, 1 kW in all months after: January 2027 is 1 kW again, 4 x 1."""
    clock = clock_of("2026-01-01", "2027-02-01")
    rule = Demand("capacity", 48.0, Per.YEAR, minutes=60, rolling=12)
    owed = bill(clock, {("2026-01-07", 19): 12.0}, rule, base_kw=1.0)
    assert amounts(owed)[11:] == [round(4 * (12 + 11) / 12, 2), 4.00]


def test_the_highest_power_of_a_season():
    """June 5, July 4, August 7, September 1 kW at 2: 10 + 10 + 14 + 14; nothing in October."""
    kw = {
        ("2026-06-10", 17): 5.0, ("2026-07-10", 17): 4.0, ("2026-08-10", 17): 7.0,
        ("2026-10-10", 17): 9.0,
    }  # fmt: skip
    window = Window(((16, 21),), months=(6, 7, 8, 9))
    rule = Demand("summer", 2.0, minutes=60, window=window, over=Per.SEASON)
    owed = bill(clock_of("2026-05-01", "2026-11-01"), kw, rule)
    assert amounts(owed) == [10.00, 10.00, 14.00, 14.00]


def test_a_season_runs_over_new_year_and_the_next_begins_anew():
    """November 3, January 5 kW: 3, 3, 5, 5, 5 (to March); next November 1 kW."""
    kw = {("2025-11-10", 8): 3.0, ("2026-01-10", 8): 5.0}
    rule = Demand(
        "winter", 1.0, minutes=60, window=Window(months=(11, 12, 1, 2, 3)), over=Per.SEASON
    )
    owed = bill(clock_of("2025-11-01", "2026-12-01"), kw, rule, base_kw=1.0)
    assert amounts(owed) == [3.00, 3.00, 5.00, 5.00, 5.00, 1.00]


def test_the_highest_power_of_a_year():
    """November 4 kW, December 2 kW: 4 and 4; the new year begins at 1 kW."""
    kw = {("2025-11-10", 8): 4.0, ("2025-12-10", 8): 2.0}
    rule = Demand("yearly", 12.0, Per.YEAR, minutes=60, over=Per.YEAR)
    owed = bill(clock_of("2025-11-01", "2026-02-01"), kw, rule, base_kw=1.0)
    assert amounts(owed) == [4.00, 4.00, 1.00]


def test_a_part_of_a_month_costs_its_share():
    """6 kW x 5 x 10/30 = 10; with 20 % VAT 12."""
    clock = clock_of("2026-04-11", "2026-04-21")
    rule = Demand("peak", 5.0, minutes=60)
    owed = bill(clock, {("2026-04-12", 9): 6.0}, rule, taxes=Taxes(0.20))
    assert (round(float(owed.capacity), 2), round(float(owed.taxes), 2)) == (10.00, 2.00)


def test_a_charge_quoted_with_taxes_is_told_apart():
    """6 kW x 6 = 36 with 20 %: 30 and 6."""
    clock = clock_of("2026-04-01", "2026-05-01")
    taxes = Taxes(0.20, included=True)
    owed = bill(clock, {("2026-04-12", 9): 6.0}, Demand("peak", 6.0, minutes=60), taxes=taxes)
    assert (round(float(owed.capacity), 2), round(float(owed.taxes), 2)) == (30.00, 6.00)
    assert round(float(owed.total), 2) == 36.00


def test_a_charge_for_power_goes_on_through_a_switch():
    """Peaks: January 5, 1-14 February 3, 15-28 February 4, March 2 kW; 28 a month, mean of two.

    January 5 x 28 = 140. First half of February (5 + 3) / 2 x 14 = 56, second (5 + 4) / 2 x 14
    = 63. March (4 + 2) / 2 x 28 = 84: February counts once.
    """
    kw = {
        ("2026-01-07", 19): 5.0, ("2026-02-03", 19): 3.0, ("2026-02-20", 19): 4.0,
        ("2026-03-02", 19): 2.0,
    }  # fmt: skip
    clock = clock_of("2026-01-01", "2026-04-01")
    rule = Demand("capacity", 28.0, minutes=60, rolling=2)
    day = (dt.date(2026, 2, 15) - dt.date(1970, 1, 1)).days
    later = ((day, Contract(Flat(0.1), parts=Parts(demand=(rule,)))),)
    owed = bill(clock, kw, rule, later=later)
    assert amounts(owed) == [140.00, 56.00, 63.00, 84.00]


def test_another_charge_for_power_starts_anew_at_a_switch():
    """5 kW on 3 February x 28 x 14/28 = 70; then another price: 1 kW x 14 = 14."""
    clock = clock_of("2026-02-01", "2026-03-01")
    day = (dt.date(2026, 2, 15) - dt.date(1970, 1, 1)).days
    other = Demand("capacity", 28.0, minutes=60, highest=1, minimum_kw=0.5)
    later = ((day, Contract(Flat(0.1), parts=Parts(demand=(other,)))),)
    kw = {("2026-02-03", 19): 5.0, ("2026-02-20", 19): 1.0}
    owed = bill(clock, kw, Demand("capacity", 28.0, minutes=60), later=later)
    assert amounts(owed) == [70.00, 14.00]


# Subscribed power


def test_subscribed_power_its_overrun_and_the_trips_of_its_breaker():
    """6 kW x 12 x 31/365 = 6.12; above it 2 kW for 1 h and 1 kW for 1/2 h: 2.5 kWh x 0.40 = 1.00.

    The two half hours in a row are one trip, the third another.
    """
    clock = clock_of("2026-01-01", "2026-02-01", 30)
    kw = {("2026-01-07", 19): 8.0, ("2026-01-07", 19.5): 8.0, ("2026-01-09", 8): 7.0}
    owed = bill(clock, kw, subscribed=Subscribed(6.0, 12.0, 0.40, trips=True), base_kw=6.0)
    assert amounts(owed, LineKind.SUBSCRIBED) == [6.12, 1.00, 0.00]
    assert [float(line.quantity) for line in owed.lines[1:]] == pytest.approx([6.0, 2.5, 2.0])
    assert round(float(owed.capacity), 2) == 7.12


def test_a_trip_over_the_end_of_a_month_is_one():
    clock = clock_of("2026-01-01", "2026-03-01")
    kw = {("2026-01-31", 23): 8.0, ("2026-02-01", 0): 8.0}
    owed = bill(clock, kw, subscribed=Subscribed(6.0, trips=True))
    trips = [float(line.quantity) for line in owed.lines if line.name == "trips"]
    assert trips == [1.0, 0.0]
