"""Cheapest schedules for known prices: charging before a deadline, and a battery's day.

Both are exact and need no solver. Charging fills the cheapest steps first. A battery under convex
prices (import >= export >= 0) has a convex, piecewise-linear value of stored energy; its recursion
backwards in time yields four levels a step, and the best power follows from them in closed form
for whatever the net load turns out to be. Under other prices ``automation.any_price`` takes over.
"""

import math
from typing import NamedTuple

import numpy as np

from gridsim.automation import any_price
from gridsim.core.arrays import F8
from gridsim.core.kernel import kernel

LEVELS = 4
"""Columns of a battery's levels: drain to export, drain to the home, store surplus, buy."""
_CONVEX, _ANY, _NO_NUMBER = range(3)


class Store(NamedTuple):
    """A battery as a schedule sees it.

    Parameters
    ----------
    energy_kwh : float
        Stored at the start. [kWh]
    capacity_kwh, limit_kw : float
        Usable capacity [kWh] and power limit in both directions, at the meter [kW].
    efficiency : float
        One way, in (0, 1].
    end_value : float
        What a kWh left in the store at the end is worth; 0: nothing. [currency/kWh]
    """

    energy_kwh: float
    capacity_kwh: float
    limit_kw: float
    efficiency: float
    end_value: float = 0.0


@kernel
def price_cap(price, dt_h, need_kwh, limit_kw):  # type: ignore[no-untyped-def]
    """Return the dearest price worth charging at, and the energy to take at just that price.

    Charge at full power where the price is below ``cap``, and at the cap, earliest first, until
    ``tie_kwh`` is used up: :func:`at_cap`. Exact for any prices, negative ones included; one scan
    for each distinct price up to the cap.

    Parameters
    ----------
    price : array
        Price of each step until the deadline, shape (h,). [currency/kWh]
    dt_h : float
        Length of a step. [h]
    need_kwh : float
        Energy wanted at the meter before the deadline. [kWh]
    limit_kw : float
        Power limit. [kW]

    Returns
    -------
    cap : float
        [currency/kWh]; -inf: nothing is needed, inf: charge in every step.
    tie_kwh : float
        Energy to take at the cap. [kWh]
    """
    left_kwh = need_kwh
    cap = -math.inf
    most_kwh = limit_kw * dt_h
    while left_kwh > 0.0:
        level = math.inf
        count = 0
        for k in range(len(price)):
            if cap < price[k] <= level:
                count = count + 1 if price[k] == level else 1
                level = price[k]
        if count == 0:
            return math.inf, 0.0
        if count * most_kwh >= left_kwh:
            return level, left_kwh
        left_kwh -= count * most_kwh
        cap = level
    return -math.inf, 0.0


@kernel
def price_cap_within(price, most_kw, dt_h, need_kwh):  # type: ignore[no-untyped-def]
    """Return what :func:`price_cap` does where the power limit differs from step to step.

    Parameters
    ----------
    price, most_kw : array
        Price [currency/kWh] and power limit [kW] of each step until the deadline, shape (h,).
    dt_h, need_kwh : float
        Length of a step [h]; energy wanted at the meter before the deadline [kWh].

    Returns
    -------
    cap, tie_kwh : float
        As of :func:`price_cap`.
    """
    left_kwh = need_kwh
    cap = -math.inf
    while left_kwh > 0.0:
        level = math.inf
        fits_kwh = 0.0
        found = False
        for k in range(len(price)):
            if cap < price[k] <= level:
                fits_kwh = (fits_kwh if price[k] == level else 0.0) + most_kw[k] * dt_h
                level = price[k]
                found = True
        if not found:
            return math.inf, 0.0
        if fits_kwh >= left_kwh:
            return level, left_kwh
        left_kwh -= fits_kwh
        cap = level
    return -math.inf, 0.0


@kernel
def least_raise(spare_kw, dt_h, need_kwh, charger_kw):  # type: ignore[no-untyped-def]
    """Return by how much a limit has to be raised, everywhere alike, so that a need fits. [kW]

    Under a charge for the highest power this is the cheapest way to be ready: the least peak. Found
    by halving, to a hundred-millionth of the charger's power.

    Parameters
    ----------
    spare_kw : array
        What the limit leaves in each step, negative where it is passed already, shape (h,). [kW]
    dt_h, need_kwh : float
        Length of a step [h]; energy wanted at the meter [kWh].
    charger_kw : float
        Limit of the charger. [kW]

    Returns
    -------
    float
        0 where the need fits; where it never does, what lets every step charge with full power.
    """
    if _fits_kwh(spare_kw, 0.0, dt_h, charger_kw) >= need_kwh:
        return 0.0
    low, high = 0.0, charger_kw
    for k in range(len(spare_kw)):
        high = max(high, charger_kw - spare_kw[k])
    if _fits_kwh(spare_kw, high, dt_h, charger_kw) <= need_kwh:
        return high
    while high - low > 1e-8 * charger_kw:
        middle = 0.5 * (low + high)
        if _fits_kwh(spare_kw, middle, dt_h, charger_kw) < need_kwh:
            low = middle
        else:
            high = middle
    return high


@kernel
def _fits_kwh(spare_kw, raise_kw, dt_h, charger_kw):  # type: ignore[no-untyped-def]
    """Return the energy that a raised limit lets through. [kWh]"""
    sum_kw = 0.0
    for k in range(len(spare_kw)):
        sum_kw += min(max(spare_kw[k] + raise_kw, 0.0), charger_kw)
    return sum_kw * dt_h


@kernel
def at_cap(tie_kwh, price, cap, limit_kw, dt_h):  # type: ignore[no-untyped-def]
    """Return what is left of ``tie_kwh`` after a step, and the power in it. [kWh], [kW]."""
    tied_kw = min(limit_kw, tie_kwh / dt_h) if price == cap else 0.0
    return tie_kwh - tied_kw * dt_h, limit_kw if price < cap else tied_kw


@kernel
def cheapest_charge(price, dt_h, need_kwh, limit_kw):  # type: ignore[no-untyped-def]
    """Return the cheapest powers that take ``need_kwh`` within the steps, shape (h,).

    Equal prices are filled earliest first. If the need does not fit, every step is full.

    Parameters
    ----------
    price : array
        Price of each step until the deadline, shape (h,). [currency/kWh]
    dt_h, need_kwh, limit_kw : float
        Length of a step [h]; energy wanted at the meter [kWh]; power limit [kW].

    Returns
    -------
    array
        Mean power of each step, shape (h,). [kW]
    """
    power_kw = np.zeros(len(price))
    cap, tie_kwh = price_cap(price, dt_h, need_kwh, limit_kw)
    for k in range(len(price)):
        tie_kwh, power_kw[k] = at_cap(tie_kwh, price[k], cap, limit_kw, dt_h)
    return power_kw


@kernel
def battery_levels(  # type: ignore[no-untyped-def]
    levels, scratch, price_in, price_out, net_kw, capacity_kwh, limit_kw, efficiency, end_value,
    dt_h,
):  # fmt: skip
    """Fill the levels of stored energy that steer a battery through its cheapest schedule.

    ``V_k(E)``, the cheapest cost from step k on with E stored, is convex and piecewise linear. It
    is kept as segments (marginal value, width) from the fullest value down. A step merges in the
    step's own segments - to sell, to serve the home, to store surplus, to buy - and cuts both
    ends to the capacity: an infimal convolution.

    Parameters
    ----------
    levels : array
        Written, shape (h, LEVELS): energy above which it pays to drain to export, to drain to the
        home; up to which it pays to store surplus, to buy. [kWh]
    scratch : array
        Work space, shape (2, 4 * h + 8).
    price_in, price_out : array
        Prices of import and export, shape (h,), ``price_in >= price_out >= 0``. [currency/kWh]
    net_kw : array
        Expected load minus production, shape (h,). [kW]
    capacity_kwh, limit_kw, efficiency, end_value : float
        As in :class:`Store`.
    dt_h : float
        Length of a step. [h]

    Notes
    -----
    The levels of a step depend on the prices of this step and on what comes after it, not on its
    own net load: they are a policy, to be followed by :func:`follow_levels` whatever happens.
    """
    worth, width = scratch[0], scratch[1]
    worth[0], width[0], count = end_value, capacity_kwh, 1
    most_in = limit_kw * efficiency * dt_h
    most_out = limit_kw / efficiency * dt_h
    for k in range(len(price_in) - 1, -1, -1):
        sell, serve = price_out[k] * efficiency, price_in[k] * efficiency
        keep, buy = price_out[k] / efficiency, price_in[k] / efficiency
        levels[k, 0] = _level(worth, width, count, sell, True)
        levels[k, 1] = _level(worth, width, count, serve, True)
        levels[k, 2] = _level(worth, width, count, keep, False)
        levels[k, 3] = _level(worth, width, count, buy, False)
        home = min(max(net_kw[k], 0.0) / efficiency * dt_h, most_out)
        surplus = min(max(-net_kw[k], 0.0) * efficiency * dt_h, most_in)
        count = _insert(worth, width, count, buy, most_in - surplus)
        count = _insert(worth, width, count, keep, surplus)
        count = _insert(worth, width, count, serve, home)
        count = _insert(worth, width, count, sell, most_out - home)
        count = _cut(worth, width, count, most_in, capacity_kwh)


@kernel
def follow_levels(  # type: ignore[no-untyped-def]
    energy_kwh, net_kw, sell_kwh, serve_kwh, keep_kwh, buy_kwh, limit_kw, efficiency, dt_h
):
    """Return the best power of a battery in a step with these levels. [kW].

    Parameters
    ----------
    energy_kwh : float
        Stored at the start of the step. [kWh]
    net_kw : float
        Load minus production in the step, without the battery. [kW]
    sell_kwh, serve_kwh, keep_kwh, buy_kwh : float
        The step's row of :func:`battery_levels`. [kWh]
    limit_kw, efficiency, dt_h : float
        As there.
    """
    lowest = -min(limit_kw * dt_h / efficiency, energy_kwh)
    highest = limit_kw * efficiency * dt_h
    home = max(-max(net_kw, 0.0) * dt_h / efficiency, lowest)
    surplus = min(max(-net_kw, 0.0) * efficiency * dt_h, highest)
    change = max(lowest, min(home, sell_kwh - energy_kwh))
    change = max(change, min(0.0, serve_kwh - energy_kwh))
    change = max(change, min(surplus, keep_kwh - energy_kwh)) if surplus > 0.0 else change
    change = max(change, min(highest, buy_kwh - energy_kwh))
    return change / (efficiency * dt_h) if change > 0.0 else change * efficiency / dt_h


def battery_schedule(
    price_in: F8, price_out: F8, load_kw: F8, pv_kw: F8, *, store: Store, dt_h: float
) -> F8:
    """Return the power of a battery that makes the bill least, shape (h,).

    Parameters
    ----------
    price_in, price_out : F8
        Prices of import and export, shape (h,). Exact for ``price_in >= price_out >= 0``; else to
        what the grid of ``automation.any_price`` tells apart. [currency/kWh]
    load_kw, pv_kw : F8
        Load and production, shape (h,). [kW]
    store : Store
        The battery.
    dt_h : float
        Length of a step. [h]

    Raises
    ------
    ValueError
        If the store makes no sense, or a price is no number.
    """
    prices = np.asarray(price_in, np.float64), np.asarray(price_out, np.float64)
    kind = _kind(*prices)
    if kind == _NO_NUMBER:
        raise ValueError("battery_schedule needs finite prices in every step")
    if not 0 < store.efficiency <= 1:
        raise ValueError(f"store.efficiency must lie in (0, 1], got {store.efficiency:g}")
    if not 0 <= store.energy_kwh <= store.capacity_kwh:
        raise ValueError(
            f"store.energy_kwh must lie in [0, {store.capacity_kwh:g}], got {store.energy_kwh:g}"
        )
    net_kw = np.asarray(load_kw - pv_kw, np.float64)
    if kind != _CONVEX:
        return any_price.schedule(*prices, net_kw, store, dt_h)
    return np.asarray(_schedule(*prices, net_kw, *store, dt_h))


@kernel
def _kind(price_in, price_out):  # type: ignore[no-untyped-def]
    """Tell whether prices are convex, of any other kind, or hold something that is no number."""
    kind = _CONVEX
    for k in range(len(price_in)):
        if not (math.isfinite(price_in[k]) and math.isfinite(price_out[k])):
            return _NO_NUMBER
        if not price_in[k] >= price_out[k] >= 0.0:
            kind = _ANY
    return kind


@kernel
def _schedule(  # type: ignore[no-untyped-def]
    price_in, price_out, net_kw, energy_kwh, capacity_kwh, limit_kw, efficiency, end_value, dt_h
):
    """Find the levels backwards and follow them forwards."""
    steps = len(price_in)
    levels = np.empty((steps, LEVELS))
    scratch = np.empty((2, 4 * steps + 8))
    battery_levels(
        levels, scratch, price_in, price_out, net_kw, capacity_kwh, limit_kw, efficiency,
        end_value, dt_h,
    )  # fmt: skip
    power_kw = np.empty(steps)
    for k in range(steps):
        sell, serve, keep, buy = levels[k, 0], levels[k, 1], levels[k, 2], levels[k, 3]
        power = follow_levels(
            energy_kwh, net_kw[k], sell, serve, keep, buy, limit_kw, efficiency, dt_h
        )
        gain = efficiency if power > 0.0 else 1.0 / efficiency
        energy_kwh = min(max(energy_kwh + gain * power * dt_h, 0.0), capacity_kwh)
        power_kw[k] = power
    return power_kw


@kernel
def _level(worth, width, count, price, ties):  # type: ignore[no-untyped-def]
    """Return the energy up to which a stored kWh is worth more than ``price`` (or as much)."""
    level = 0.0
    for i in range(count):
        if worth[i] > price or (ties and worth[i] == price):
            level += width[i]
        else:
            break
    return level


@kernel
def _insert(worth, width, count, value, span):  # type: ignore[no-untyped-def]
    """Merge a segment into those sorted by falling worth; return how many there are."""
    if span <= 0.0:
        return count
    place = count
    while place > 0 and worth[place - 1] < value:
        worth[place] = worth[place - 1]
        width[place] = width[place - 1]
        place -= 1
    worth[place] = value
    width[place] = span
    return count + 1


@kernel
def _cut(worth, width, count, skip, keep):  # type: ignore[no-untyped-def]
    """Leave out the first ``skip`` kWh, keep the next ``keep``; return how many are left."""
    left = 0
    for i in range(count):
        span = width[i]
        gone = min(span, skip)
        skip -= gone
        taken = min(span - gone, keep)
        keep -= taken
        if taken > 0.0:
            worth[left] = worth[i]
            width[left] = taken
            left += 1
    return left
