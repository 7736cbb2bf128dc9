"""The auction: figures H018 and H019 by hand, and what every outcome must keep."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gridsim.market import auction

ORDERS = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 5)), max_size=6)


def cleared(bids, asks):
    """Clear orders given as pairs of price and quantity."""
    (bid, wanted), (ask, offered) = (
        np.array(orders, dtype=float).reshape(-1, 2).T for orders in (bids, asks)
    )
    return auction.clear(bid, wanted, ask, offered)


def test_the_published_auction_clears_five_units_at_twenty_cents():
    found = cleared(
        [(0.30, 2), (0.25, 1), (0.20, 3), (0.15, 2)], [(0.10, 2), (0.18, 3), (0.22, 2), (0.28, 1)]
    )
    assert (found.quantity, found.low, found.high) == (5.0, 0.20, 0.20)
    assert found.surplus == pytest.approx(0.51)


def test_without_a_match_nothing_is_traded():
    found = cleared([(0.10, 2)], [(0.20, 2)])
    assert found.quantity == found.surplus == 0.0
    assert np.isnan(found.low)


def test_one_buyer_and_one_seller_leave_the_price_open_between_them():
    found = cleared([(0.30, 1)], [(0.10, 1)])
    assert (found.low, found.high) == (0.10, 0.30)


@given(bids=ORDERS, asks=ORDERS)
def test_a_price_that_clears_leaves_nobody_wishing_to_trade_more(bids, asks):
    found = cleared(bids, asks)
    if found.quantity == 0.0:
        return
    assert found.low <= found.high
    for price in (found.low, found.high):
        sure = sum(q for p, q in bids if p > price), sum(q for p, q in asks if p < price)
        most = sum(q for p, q in bids if p >= price), sum(q for p, q in asks if p <= price)
        assert max(sure) <= found.quantity <= min(most)


def test_negative_quantities_and_unequal_lengths_are_refused():
    with pytest.raises(ValueError, match="negative"):
        cleared([(0.3, -1)], [(0.1, 1)])
    with pytest.raises(ValueError, match="quantities for"):
        auction.clear(np.ones(2), np.ones(1), np.ones(1), np.ones(1))
