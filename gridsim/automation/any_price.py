"""A battery's schedule under any prices, by recursion over a grid of stored energies.

Where drawing power is paid for, or an import costs less than an export earns, a battery may gain
by losing energy, and the cost of a step is no longer convex in its power: the merit-order levels
of ``automation.schedule`` do not hold. Here the cheapest cost from each step on is worked out
backwards for ``POINTS`` energies and read off between them by a straight line. The cost of a step
is piecewise linear in its power, so with such values the best power lies at a corner of either,
and all corners are tried: backwards piece by piece, with windows that slide over the grid. What is
followed is a schedule that the battery can really run; only the values between the points are
approximate, by at most the difference of two neighbours.
"""

import numpy as np

from gridsim.core.arrays import F8
from gridsim.core.kernel import kernel

POINTS = 801
"""Energies in the grid, from empty to full: what is lost is less than a thousandth of the gain."""


@kernel
def paid(power_kw, net_kw, price_in, price_out, dt_h):  # type: ignore[no-untyped-def]
    """Return what a step costs with a battery drawing ``power_kw``. [currency]"""
    meter_kw = net_kw + power_kw
    return meter_kw * dt_h * (price_in if meter_kw > 0.0 else price_out)


@kernel
def power_of(change_kwh, efficiency, dt_h):  # type: ignore[no-untyped-def]
    """Return the power at the meter that changes what is stored so in a step. [kW]"""
    return change_kwh / (efficiency * dt_h) if change_kwh > 0.0 else change_kwh * efficiency / dt_h


@kernel
def between(values, energy_kwh, spacing_kwh):  # type: ignore[no-untyped-def]
    """Return the value of an energy from those of the two points beside it."""
    place = energy_kwh / spacing_kwh
    below = min(max(int(place), 0), len(values) - 2)
    share = place - below
    return values[below] + share * (values[below + 1] - values[below])


@kernel
def best_change(  # type: ignore[no-untyped-def]
    after, energy_kwh, net_kw, price_in, price_out, capacity_kwh, limit_kw, efficiency, dt_h
):
    """Return the best change of the stored energy in a step, and the cost from this step on.

    Parameters
    ----------
    after : array
        Cheapest cost from the next step on at each point of the grid. [currency]
    energy_kwh, net_kw : float
        Stored at the start of the step [kWh]; load less production [kW].
    price_in, price_out : float
        Of import and export. [currency/kWh]
    capacity_kwh, limit_kw, efficiency, dt_h : float
        As in :class:`~gridsim.automation.schedule.Store`.
    """
    spacing = capacity_kwh / (len(after) - 1)
    lowest = -min(limit_kw * dt_h / efficiency, energy_kwh)
    highest = min(limit_kw * efficiency * dt_h, capacity_kwh - energy_kwh)
    gain = efficiency if net_kw < 0.0 else 1.0 / efficiency
    even = min(max(-net_kw * dt_h * gain, lowest), highest)  # nothing passes the meter
    first = int(np.ceil((energy_kwh + lowest) / spacing))
    last = int(np.floor((energy_kwh + highest) / spacing))
    best, least = 0.0, np.inf
    for option in range(4 + max(last - first + 1, 0)):
        change = lowest if option == 0 else (highest if option == 1 else 0.0)
        change = even if option == 2 else change
        change = (first + option - 4) * spacing - energy_kwh if option > 3 else change
        change = min(max(change, lowest), highest)
        cost = paid(power_of(change, efficiency, dt_h), net_kw, price_in, price_out, dt_h)
        cost += between(after, energy_kwh + change, spacing)
        if cost < least:
            best, least = change, cost
    return best, least


@kernel
def slide(before, after, queue, low, high, slope, base):  # type: ignore[no-untyped-def]
    """Let a step's costs on one straight piece lower what is cheapest from each point on.

    ``before[j] = min(before[j], base + min(after(x) + slope * (x - j)))`` over all places x, whole
    or not, from ``j + low`` to ``j + high``, as far as they lie on the grid. The least whole place
    of a window that moves on by one is kept at the head of a queue, so that this takes as long for
    wide windows as for narrow ones.

    Parameters
    ----------
    before, after : array
        Cheapest cost from this step on, lowered, and from the next step on, shape (points,).
    queue : array
        Scratch, shape (points,).
    low, high : float
        How far a step may go on this piece, in points.
    slope, base : float
        Cost of a point more, and the cost at which the piece would meet no change. [currency]
    """
    last = len(after) - 1
    head, tail = 0, 0
    come = max(int(np.ceil(low)), 0)
    for j in range(last + 1):
        begin, end = j + low, j + high
        while come <= min(end, last):
            worth = after[come] + slope * come
            while tail > head and after[queue[tail - 1]] + slope * queue[tail - 1] >= worth:
                tail -= 1
            queue[tail] = come
            tail += 1
            come += 1
        while head < tail and queue[head] < begin:
            head += 1
        if head < tail:
            best = int(queue[head])
            before[j] = min(before[j], base + after[best] + slope * (best - j))
        if end >= 0.0 and begin <= last:
            near, far = max(begin, 0.0), min(end, 1.0 * last)
            before[j] = min(before[j], base + between(after, near, 1.0) + slope * (near - j))
            before[j] = min(before[j], base + between(after, far, 1.0) + slope * (far - j))


@kernel
def look_back(  # type: ignore[no-untyped-def]
    before, after, queue, net_kw, price_in, price_out, capacity_kwh, limit_kw, efficiency, dt_h
):
    """Fill ``before`` with the cheapest cost from a step on for each energy of the grid.

    The cost of the step is straight on three pieces of the change of what is stored: from the
    fastest discharge to where nothing passes the meter, from there to no change or the other way
    round, and up to the fastest charge.
    """
    spacing = capacity_kwh / (len(after) - 1)
    lowest, highest = -limit_kw * dt_h / efficiency, limit_kw * efficiency * dt_h
    gain = efficiency if net_kw < 0.0 else 1.0 / efficiency
    even = min(max(-net_kw * dt_h * gain, lowest), highest)
    for j in range(len(before)):
        before[j] = np.inf
    for piece in range(3):
        low = lowest if piece == 0 else min(even, 0.0) if piece == 1 else max(even, 0.0)
        high = highest if piece == 2 else min(even, 0.0) if piece == 0 else max(even, 0.0)
        if high > low or piece == 1:
            at_low = paid(power_of(low, efficiency, dt_h), net_kw, price_in, price_out, dt_h)
            at_high = paid(power_of(high, efficiency, dt_h), net_kw, price_in, price_out, dt_h)
            slope = (at_high - at_low) / (high - low) if high > low else 0.0
            slide(
                before, after, queue, low / spacing, high / spacing, slope * spacing,
                at_low - slope * low,
            )  # fmt: skip


@kernel
def follow(  # type: ignore[no-untyped-def]
    values, queue, power_kw, price_in, price_out, net_kw, energy_kwh, capacity_kwh, limit_kw,
    efficiency, end_value, dt_h,
):  # fmt: skip
    """Fill ``values``, shape (h + 1, points), backwards, and ``power_kw``, (h,), forwards."""
    steps, points = len(price_in), values.shape[1]
    spacing = capacity_kwh / (points - 1)
    for j in range(points):
        values[steps, j] = -end_value * j * spacing
    for k in range(steps - 1, -1, -1):
        look_back(
            values[k], values[k + 1], queue, net_kw[k], price_in[k], price_out[k], capacity_kwh,
            limit_kw, efficiency, dt_h,
        )  # fmt: skip
    for k in range(steps):
        change, _ = best_change(
            values[k + 1], energy_kwh, net_kw[k], price_in[k], price_out[k], capacity_kwh,
            limit_kw, efficiency, dt_h,
        )  # fmt: skip
        energy_kwh = min(max(energy_kwh + change, 0.0), capacity_kwh)
        power_kw[k] = power_of(change, efficiency, dt_h)


def schedule(
    price_in: F8, price_out: F8, net_kw: F8, store: tuple[float, float, float, float, float],
    dt_h: float,
) -> F8:  # fmt: skip
    """Return the power of a battery that makes the bill least under any prices, shape (h,). [kW]

    Parameters
    ----------
    price_in, price_out : F8
        Prices of import and export, of any sign and order, shape (h,). [currency/kWh]
    net_kw : F8
        Load less production, shape (h,). [kW]
    store : tuple of float
        A :class:`~gridsim.automation.schedule.Store`.
    dt_h : float
        Length of a step. [h]
    """
    power_kw = np.zeros(len(price_in))
    if store[1] > 0.0:
        values, queue = np.empty((len(price_in) + 1, POINTS)), np.empty(POINTS, dtype=np.int64)
        follow(values, queue, power_kw, price_in, price_out, net_kw, *store, dt_h)
    return power_kw
