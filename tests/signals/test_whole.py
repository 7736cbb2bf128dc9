"""The whole price of a kWh: adders and taxes on top of the tariff, and switches on a date."""

import datetime as dt
from dataclasses import replace

import numpy as np
import pytest

from gridsim.core.clock import day_number, make_clock
from gridsim.signals import tariff
from gridsim.signals.contract import Contract
from gridsim.signals.critical import CriticalPeak
from gridsim.signals.parts import Adder, Blocks, Demand, Export, Kind, Parts, Subscribed, Taxes
from gridsim.signals.scaled import scaled
from gridsim.signals.tariff import Flat
from gridsim.signals.whole import Whole, spells

CLOCK = make_clock(dt.date(2024, 3, 30), dt.date(2024, 4, 2), 60, "Europe/Paris", "FR")
DAY_NIGHT = tariff.daily((0.0, 6.0, 22.0), (0.1, 0.2, 0.1))


def test_a_contract_without_parts_costs_what_its_tariff_says():
    whole = Whole(Contract(DAY_NIGHT, export_price=0.04))
    assert np.array_equal(whole.price(CLOCK), DAY_NIGHT.price(CLOCK))
    assert np.array_equal(whole.usual(CLOCK), DAY_NIGHT.usual(CLOCK))
    assert np.array_equal(whole.off_peak(CLOCK), DAY_NIGHT.off_peak(CLOCK))
    assert np.array_equal(whole.dear(CLOCK), DAY_NIGHT.dear(CLOCK))
    assert not whole.called(CLOCK).any()
    assert whole.export_price(CLOCK) == pytest.approx(np.full(CLOCK.steps, 0.04))


def test_network_and_taxes_come_on_top():
    parts = Parts(Taxes(vat=0.2, per_kwh=0.03), (Adder("network", DAY_NIGHT),))
    price = Whole(Contract(Flat(0.15), parts=parts)).price(CLOCK)
    noon, night = (CLOCK.wall_s == hour * 3600 for hour in (12, 3))
    assert price[noon] == pytest.approx(1.2 * (0.15 + 0.2 + 0.03))
    assert price[night] == pytest.approx(1.2 * (0.15 + 0.1 + 0.03))


def test_taxes_that_are_included_add_nothing():
    parts = Parts(Taxes(vat=0.2, per_kwh=0.03, included=True))
    assert Whole(Contract(Flat(0.15), parts=parts)).price(CLOCK) == pytest.approx(0.15)


def test_an_export_tariff_takes_the_place_of_the_fixed_price():
    parts = Parts(export=Export(tariff=DAY_NIGHT))
    earned = Whole(Contract(Flat(0.3), export_price=0.07, parts=parts)).export_price(CLOCK)
    assert np.array_equal(earned, DAY_NIGHT.price(CLOCK))


def test_a_switch_counts_from_local_midnight():
    first_of_april = day_number(dt.date(2024, 4, 1))
    later = Contract(Flat(0.5), export_price=0.2)
    contract = Contract(Flat(0.3), export_price=0.1, later=((first_of_april, later),))
    price = Whole(contract).price(CLOCK)
    new = CLOCK.local_day >= first_of_april
    assert np.array_equal(price, np.where(new, 0.5, 0.3))
    assert np.array_equal(Whole(contract).export_price(CLOCK), np.where(new, 0.2, 0.1))
    assert [last - first for _, first, last in spells(contract, CLOCK)] == [24 + 23, 24]


def test_a_switch_before_the_clock_leaves_one_spell():
    later = Contract(Flat(0.5))
    contract = Contract(Flat(0.3), later=((day_number(dt.date(2020, 1, 1)), later),))
    assert [one for one, _, _ in spells(contract, CLOCK)] == [later]


def test_notices_are_cut_to_the_spell_in_which_they_hold():
    days = tuple(day_number(dt.date(2024, 3, 30)) + k for k in range(3))
    calling = Contract(CriticalPeak(Flat(0.2), 1.0, days, ((16.0, 20.0),)))
    contract = replace(calling, later=((days[1], Contract(Flat(0.5))),))
    notices = Whole(contract).notices(CLOCK)
    assert [(notice.first, notice.last) for notice in notices] == [(16, 20)]
    assert np.flatnonzero(Whole(contract).called(CLOCK)).tolist() == [16, 17, 18, 19]


def test_scaling_leaves_levies_and_taxes_alone():
    adders = (Adder("network", Flat(0.1)), Adder("levy", Flat(0.02), Kind.LEVY))
    contract = Contract(Flat(0.2), 100.0, parts=Parts(Taxes(0.1, per_kwh=0.01), adders))
    price = Whole(scaled(contract, 2.0)).price(CLOCK)
    assert price == pytest.approx(1.1 * (2 * 0.2 + 2 * 0.1 + 0.02 + 0.01))
    assert scaled(contract, 2.0).standing_year == 100.0


def test_scaling_reaches_blocks_demand_subscribed_power_and_switches():
    parts = Parts(
        blocks=(Blocks((100.0,), (0.0, 0.05)),),
        demand=(Demand("peak", 4.0), Demand("steps", steps=((2.0, 10.0), (5.0, 20.0)))),
        subscribed=Subscribed(6.0, 12.0, 0.5),
    )
    contract = Contract(Flat(0.2), parts=parts, later=((20_000, Contract(Flat(0.4))),))
    twice = scaled(contract, 2.0)
    assert twice.parts.blocks[0].adders == (0.0, 0.1)
    assert [one.price for one in twice.parts.demand] == [8.0, 0.0]
    assert twice.parts.demand[1].steps == ((2.0, 20.0), (5.0, 40.0))
    assert twice.parts.subscribed == Subscribed(6.0, 24.0, 1.0)
    assert Whole(twice.later[0][1]).price(CLOCK) == pytest.approx(0.8)


def test_a_factor_of_one_is_the_contract_itself():
    contract = Contract(DAY_NIGHT)
    assert scaled(contract, 1.0) is contract


@pytest.mark.parametrize("factor", [0.0, -1.0, float("inf"), float("nan")])
def test_a_factor_must_be_a_number_above_zero(factor):
    with pytest.raises(ValueError, match="factor"):
        scaled(Contract(Flat(0.2)), factor)


def test_scaling_keeps_what_is_called():
    days = (day_number(dt.date(2024, 3, 30)),)
    tariff_ = CriticalPeak(DAY_NIGHT, 1.0, days, ((16.0, 20.0),))
    one = scaled(Contract(tariff_), 3.0).tariff
    assert np.array_equal(one.price(CLOCK), 3.0 * tariff_.price(CLOCK))
    assert np.array_equal(one.usual(CLOCK), 3.0 * tariff_.usual(CLOCK))
    assert one.notices(CLOCK) == tariff_.notices(CLOCK)
    for mask in ("called", "dear", "off_peak"):
        assert np.array_equal(getattr(one, mask)(CLOCK), getattr(tariff_, mask)(CLOCK))


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (lambda: Taxes(vat=1.5), "vat"),
        (lambda: Taxes(per_kwh=-1), "per_kwh"),
        (lambda: Blocks((100.0, 50.0), (0, 0, 0)), "bounds_kwh"),
        (lambda: Blocks((100.0,), (0.0,)), "adders"),
        (lambda: Demand("d", -1.0), "price"),
        (lambda: Demand("d", 1.0, minutes=7), "minutes"),
        (lambda: Demand("d", 1.0, highest=0), "highest"),
        (lambda: Demand("d", steps=((5.0, 1.0), (2.0, 3.0))), "steps"),
        (lambda: Demand("d", 1.0, steps=((5.0, 1.0),)), "both"),
        (lambda: Subscribed(0.0), "kw"),
        (lambda: Export(cash_out_month=13), "cash_out_month"),
        (lambda: Export(limit_kw=-1.0), "limit_kw"),
        (lambda: Parts(months=5), "months"),
    ],
)
def test_parts_refuse_what_no_price_list_says(make, told):
    with pytest.raises(ValueError, match=told):
        make()


def test_a_contract_refuses_switches_out_of_order_and_in_other_money():
    one = Contract(Flat(0.2))
    with pytest.raises(ValueError, match="rising"):
        Contract(Flat(0.1), later=((20_001, one), (20_000, one)))
    with pytest.raises(ValueError, match="currency"):
        Contract(Flat(0.1), later=((20_001, Contract(Flat(0.2), currency="GBP")),))
