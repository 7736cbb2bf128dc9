"""The battery's rules promise the sun's power at home, and cheap hours only where they pay."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gridsim.automation import storage

AHEAD = 24
TWO_RATES = np.array([0.10] * 8 + [0.20] * 16)
prices = st.lists(st.integers(0, 8), min_size=1, max_size=48).map(lambda row: np.array(row) / 10)
round_trips = st.floats(0.5, 0.999)
nets = st.floats(-8.0, 8.0)
flags = st.sampled_from([0.0, 1.0])


def rules(price, efficiency=0.9, ahead=AHEAD):
    fill, hold = storage.fill_and_hold(np.asarray(price, np.float64), efficiency, ahead)
    return fill > 0.0, hold > 0.0


def request(net, rule, fill=0.0, hold=0.0, cap=np.inf, keep=-np.inf):
    """Return what a battery of 5 kW asks for."""
    return storage.request_kw(net, rule, fill, hold, 5.0, cap, keep)


@given(nets, flags, flags)
def test_plain_self_consumption_meets_the_home_and_knows_no_price(net, fill, hold):
    assert request(net, storage.SELF_CONSUMPTION, fill, hold) == -net


@given(nets)
def test_between_cheap_and_dear_the_price_rule_meets_the_home_too(net):
    assert request(net, storage.PRICE, 0.0, 0.0) == -net


@given(nets, flags)
def test_a_cheap_hour_fills_with_all_its_power(net, hold):
    assert request(net, storage.PRICE, 1.0, hold) == 5.0


@pytest.mark.parametrize(("net", "request_kw"), [(2.0, 0.0), (-3.0, 3.0), (0.0, 0.0)])
def test_holding_stores_the_sun_and_gives_nothing_away(net, request_kw):
    assert request(net, storage.PRICE, 0.0, 1.0) == request_kw


@given(st.floats(0.0, 2.0), round_trips, st.integers(1, 60))
def test_a_flat_price_never_fills_nor_holds(price, efficiency, steps):
    fill, hold = rules(np.full(steps, price), efficiency)
    assert not fill.any()
    assert not hold.any()


def test_a_perfect_battery_has_no_reason_to_fill_at_a_flat_price():
    assert not rules(np.full(30, 0.2), 1.0)[0].any()


def test_a_day_of_two_rates_fills_in_its_cheap_hours():
    fill, hold = rules(TWO_RATES)
    assert fill.tolist() == [True] * 8 + [False] * 16
    assert np.array_equal(hold, fill)


@pytest.mark.parametrize(("efficiency", "pays"), [(0.49, False), (0.51, True)])
def test_a_spread_must_pay_for_the_losses(efficiency, pays):
    assert rules(TWO_RATES, efficiency)[0].any() == pays


def test_cheap_hours_repeat_from_day_to_day():
    fill, _ = rules(np.tile(TWO_RATES, 3))
    assert np.array_equal(fill, np.tile([True] * 8 + [False] * 16, 3))


def test_a_battery_waits_for_the_cheapest_of_the_hours_ahead():
    fill, hold = rules([0.15, 0.10, 0.30], 0.9)
    assert fill.tolist() == [False, True, False]
    assert hold.tolist() == [False, True, False]


def test_it_holds_when_refilling_would_cost_more_than_is_spared():
    _, hold = rules([0.105, 0.10, 0.30], 0.9)  # 0.105 spared now, 0.10 / 0.9 to refill
    assert hold.tolist() == [True, True, False]


def test_it_gives_when_refilling_costs_less_than_is_spared():
    _, hold = rules([0.115, 0.10, 0.30], 0.9)  # 0.115 spared now, 0.10 / 0.9 to refill
    assert hold.tolist() == [False, True, False]


def test_a_battery_that_is_paid_to_fill_holds_as_well():
    fill, hold = rules([-0.10, 0.20])
    assert fill.tolist() == hold.tolist() == [True, False]


def test_what_is_dear_beyond_the_hours_ahead_counts_for_nothing():
    price = [0.10] * 5 + [0.30]
    assert rules(price, ahead=3)[0].tolist() == [False] * 3 + [True] * 2 + [False]


def test_after_the_last_known_hour_the_price_is_thought_to_stay():
    assert rules([0.30, 0.10, 0.10])[0].tolist() == [False] * 3


@given(prices, round_trips)
def test_a_battery_fills_only_for_a_dearer_hour_that_pays(price, efficiency):
    fill, hold = rules(price, efficiency)
    for k in range(len(price)):
        window = price[k : k + AHEAD]
        assert fill[k] == (price[k] == window.min() and window.max() * efficiency > price[k])
        assert hold[k] >= fill[k]


@given(prices, round_trips)
def test_what_is_held_is_worth_more_later_and_cheap_to_keep(price, efficiency):
    _, hold = rules(price, efficiency)
    for k in np.flatnonzero(hold):
        window = price[k : k + AHEAD]
        assert window.max() > price[k]
        assert price[k] <= window.min() / efficiency + 1e-12


@given(prices, st.sampled_from([0.5, 0.75]), st.sampled_from([0.25, 2.0, 64.0]))
def test_the_currency_does_not_matter(price, efficiency, rate):
    before, after = rules(price, efficiency), rules(price * rate, efficiency)
    assert np.array_equal(before, after)


@given(prices, round_trips, st.floats(0.0, 0.4))
def test_a_better_battery_fills_no_less_often(price, efficiency, better):
    fill = rules(price, efficiency)[0]
    assert np.all(rules(price, min(efficiency + better, 1.0))[0] >= fill)


def test_it_gives_nothing_away_while_drawing_power_is_paid_for():
    fill, hold = rules([-0.02, -0.05, 0.20])
    assert fill.tolist() == [False, True, False]
    assert hold.tolist() == [True, True, False]


@given(nets, st.sampled_from([storage.SELF_CONSUMPTION, storage.PRICE, storage.PEAK]), flags,
       flags, st.floats(0, 6), st.floats(-9, 9))  # fmt: skip
def test_no_rule_asks_to_pass_its_cap(net, rule, fill, hold, cap, keep):
    assert net + request(net, rule, fill, hold, cap, keep) <= cap + 1e-9


def test_a_peak_keeper_gives_what_exceeds_the_cap_and_no_more():
    assert request(4.0, storage.PEAK, cap=2.5, keep=3.0) == -1.5
    assert request(4.0, storage.PEAK, cap=2.5, keep=0.0) == -1.5


def test_a_peak_keeper_refills_below_the_cap():
    assert request(1.0, storage.PEAK, cap=2.5, keep=9.0) == 1.5
    assert request(1.0, storage.PEAK, cap=2.5, keep=0.5) == 0.5
    assert request(-3.0, storage.PEAK, cap=2.5, keep=9.0) == 5.5


def test_what_lies_above_the_reserve_serves_the_home():
    assert request(1.0, storage.PEAK, cap=2.5, keep=-4.0) == -1.0
    assert request(4.0, storage.PEAK, cap=2.5, keep=-2.0) == -2.0
    assert request(-3.0, storage.PEAK, cap=2.5, keep=-4.0) == 3.0


@given(nets)
def test_without_a_charge_for_power_a_peak_keeper_serves_the_home(net):
    assert request(net, storage.PEAK) == -net


@given(st.floats(0, 10), st.floats(0.5, 1), st.sampled_from([0.25, 1.0]))
def test_the_reserve_is_reached_and_not_passed(energy, efficiency, dt):
    power = storage.keep_kw(energy, 10.0, 0.5, efficiency, dt)
    gain = efficiency if power > 0 else 1 / efficiency
    assert energy + gain * power * dt == pytest.approx(5.0)


@given(prices, round_trips, st.integers(1, 30), st.integers(1, 48))
def test_looking_ahead_takes_the_least_and_the_greatest_of_each_window(price, efficiency, ahead, n):
    count = min(n, len(price))
    held = np.concatenate([price, np.full(ahead, price[-1])])
    windows = np.array([held[k : k + ahead] for k in range(count)])
    pays = windows.max(axis=1) * efficiency > price[:count]
    wanted = (price[:count] <= windows.min(axis=1)) & pays
    kept = (price[:count] * efficiency <= windows.min(axis=1)) & pays
    fill, hold = storage.fill_and_hold(price, efficiency, ahead, count)
    assert np.array_equal(fill, wanted)
    assert np.array_equal(hold, kept | wanted)
