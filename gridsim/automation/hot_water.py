"""The relay of a storage water heater: a contact in the meter, or a clock that reads prices."""

from itertools import pairwise

import numpy as np

from gridsim.core.arrays import F8, I8
from gridsim.core.kernel import kernel

CHEAP_H = 3.0
"""Least hours of a local day in which a relay that follows prices closes: a tank of a family heats
two to four of them. [h], assumed"""


@kernel
def enabled(relay, off_peak):  # type: ignore[no-untyped-def]
    """Return 1 when the element may heat: no relay fitted, or the contact is closed.

    Parameters
    ----------
    relay, off_peak : float
        Whether the tank obeys the relay, and whether the tariff's contact is closed, 0 or 1.
    """
    return max(1.0 - relay, off_peak)


def cheap(price: F8, local_day: I8, dt_h: float) -> F8:
    """Return where a relay that follows the price closes, 0 or 1, shape (t,).

    In the ``CHEAP_H`` cheapest hours of each local day, those of the same price included, and
    whenever drawing power is paid for.

    Parameters
    ----------
    price : F8
        Known or expected price, shape (t,). [currency/kWh]
    local_day : I8
        Local day number of each step, never falling, shape (t,).
    dt_h : float
        Length of a step. [h]
    """
    count = max(round(CHEAP_H / dt_h), 1)
    closed = price < 0.0
    edges = [0, *(np.flatnonzero(np.diff(local_day)) + 1), len(price)]
    for first, last in pairwise(edges):
        day = price[first:last]
        dearest = np.partition(day, min(count, len(day)) - 1)[: min(count, len(day))].max()
        closed[first:last] |= day <= dearest
    return closed.astype(np.float64)
