"""A sealed double auction with one price: who trades, how much, and at what price."""

from dataclasses import dataclass

import numpy as np

from gridsim.core.arrays import F8


@dataclass(frozen=True, slots=True)
class Cleared:
    """What an auction came to.

    Parameters
    ----------
    quantity : float
        Traded. [kWh]
    low, high : float
        Any price from one to the other clears the market; nan without a trade. [currency/kWh]
    surplus : float
        What buyers would have paid at most less what sellers would have taken at least. [currency]
    """

    quantity: float
    low: float
    high: float
    surplus: float


def clear(bid: F8, wanted: F8, ask: F8, offered: F8) -> Cleared:
    """Return the outcome that makes the surplus largest.

    The price lies between the last accepted ask or first rejected bid, whichever is higher, and
    the last accepted bid or first rejected ask, whichever is lower; an order that is served in part
    counts as accepted and as rejected.

    Parameters
    ----------
    bid, wanted : F8
        Highest price and quantity of each buyer, shape (b,). [currency/kWh], [kWh]
    ask, offered : F8
        Lowest price and quantity of each seller, shape (s,). [currency/kWh], [kWh]

    Raises
    ------
    ValueError
        If a quantity is negative, or prices and quantities are not of one length.
    """
    buying = _ordered(bid, wanted, falling=True)
    selling = _ordered(ask, offered, falling=False)
    traded = surplus = 0.0
    accepted, rejected = [-np.inf, np.inf], [-np.inf, np.inf]
    while buying and selling and buying[0][0] >= selling[0][0]:
        (top, want), (bottom, have) = buying[0], selling[0]
        units = min(want, have)
        traded += units
        surplus += units * (top - bottom)
        accepted = [bottom, top]
        buying = [(top, want - units), *buying[1:]] if want > units else buying[1:]
        selling = [(bottom, have - units), *selling[1:]] if have > units else selling[1:]
    if traded == 0.0:
        return Cleared(0.0, np.nan, np.nan, 0.0)
    rejected = [buying[0][0] if buying else -np.inf, selling[0][0] if selling else np.inf]
    low, high = max(accepted[0], rejected[0]), min(accepted[1], rejected[1])
    return Cleared(traded, float(low), float(high), float(surplus))


def _ordered(price: F8, quantity: F8, *, falling: bool) -> list[tuple[float, float]]:
    """Return the orders that ask for something, the most eager first."""
    if np.shape(price) != np.shape(quantity):
        raise ValueError(f"{np.shape(quantity)} quantities for {np.shape(price)} prices")
    if np.any(np.asarray(quantity) < 0):
        raise ValueError("quantity must not be negative")
    pairs = [(float(p), float(q)) for p, q in zip(price, quantity, strict=True) if q > 0]
    return sorted(pairs, key=lambda order: -order[0] if falling else order[0])
