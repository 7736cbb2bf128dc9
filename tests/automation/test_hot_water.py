"""The relay promises to heat a tank only while the contact is closed, if the tank obeys it."""

import numpy as np
import pytest

from gridsim.automation import hot_water


@pytest.mark.parametrize(
    ("relay", "off_peak", "heats"),
    [(1.0, 1.0, 1.0), (1.0, 0.0, 0.0), (0.0, 1.0, 1.0), (0.0, 0.0, 1.0)],
)
def test_only_a_tank_with_a_relay_waits_for_the_contact(relay, off_peak, heats):
    assert hot_water.enabled(relay, off_peak) == heats


DAYS = np.repeat([0, 1], 24)
CHEAPEST = [1.0] * 3 + [0.0] * 21


def test_a_relay_that_follows_prices_closes_in_the_cheapest_hours_of_each_day():
    price = np.tile(np.arange(24.0), 2)
    price[24:] += 100.0
    assert hot_water.cheap(price, DAYS, 1.0).tolist() == CHEAPEST * 2


def test_it_closes_whenever_drawing_is_paid_for():
    price = np.concatenate([np.full(10, -0.1), np.full(14, 0.2), np.arange(24.0)])
    assert hot_water.cheap(price, DAYS, 1.0).tolist() == [1.0] * 10 + [0.0] * 14 + CHEAPEST


def test_at_one_price_it_is_always_closed():
    assert hot_water.cheap(np.full(48, 0.2), DAYS, 1.0).all()


def test_it_counts_hours_and_not_steps():
    assert hot_water.cheap(np.arange(96.0), np.zeros(96, dtype=np.int64), 0.25).sum() == 12
    assert hot_water.cheap(np.arange(2.0), np.zeros(2, dtype=np.int64), 1.0).sum() == 2
