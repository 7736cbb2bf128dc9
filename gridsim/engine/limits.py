"""Limits: what a home's machines may draw from the grid in a step, and what it may feed in.

Three things limit a home: the peak that its account bills anyway, where its contract charges for
power; the power that it has subscribed to; and an order that holds for some hours. Where none of
them does anything in a step, nothing of this is worked out.
"""

import math

import numpy as np

from gridsim.automation import charging, feed_in, storage
from gridsim.core.arrays import BLOCK, F8
from gridsim.core.clock import Clock
from gridsim.core.kernel import kernel
from gridsim.devices import ev, pv
from gridsim.engine import layout as at
from gridsim.engine.lanes import of_tariff
from gridsim.signals import windows
from gridsim.signals.contract import Contract
from gridsim.signals.whole import spells

BASE_H = 24.0
"""Memory of what a home draws without its car, from which its charger expects the next hours. [h],
assumed"""


def columns(contract: Contract, clock: Clock) -> F8:
    """Return what limits the homes of a contract in each step, shape (t, 3).

    Whether power counts for a charge, 0 or 1; the subscribed power [kW]; the most that may be fed
    in [kW]. The last two are infinite where there is none.

    Parameters
    ----------
    contract : Contract
        With its switches.
    clock : Clock
        Time axis.
    """
    found = np.empty((clock.steps, 3))
    for one, first, last in spells(contract, clock):
        parts, steps = one.parts, slice(first, last)
        counts = np.zeros(clock.steps, dtype=np.bool_)
        for charge in parts.demand:
            counts |= windows.within(charge.window, clock)
        found[steps, 0] = counts[steps]
        found[steps, 1] = np.inf if parts.subscribed is None else parts.subscribed.kw
        found[steps, 2] = np.inf if parts.export is None else parts.export.limit_kw
    return found


@kernel
def any_free(minds):  # type: ignore[no-untyped-def]
    """Tell whether any home of a block has a peak to keep to: 1 or 0."""
    found = 0.0
    for i in range(BLOCK):
        found = 1.0 if minds[at.FREE_KW + i] < math.inf else found
    return found


@kernel
def hold(prices, step, any_peak):  # type: ignore[no-untyped-def]
    """Tell whether anything limits the imports of a step: 1 or 0."""
    counts = max(prices[0, step, at.Q_COUNTS], prices[1, step, at.Q_COUNTS])
    signed_kw = min(prices[0, step, at.Q_SUBSCRIBED], prices[1, step, at.Q_SUBSCRIBED])
    limit_kw = min(signed_kw, prices[1, step, at.Q_LOAD_LIMIT])
    return 1 if counts * any_peak > 0.0 or limit_kw < math.inf else 0


@kernel
def free_kw(prices, minds, tariff, step, lane):  # type: ignore[no-untyped-def]
    """Return the import of a home that costs nothing for power in a step. [kW]"""
    row = prices[tariff, step]
    peak_kw = minds[at.FREE_KW + lane] if row[at.Q_COUNTS] > 0.0 else math.inf
    return min(peak_kw, row[at.Q_SUBSCRIBED])


@kernel
def lead(flow, temp, heard, marks, rows, prices, step, param, minds, any_peak):  # type: ignore[no-untyped-def]
    """Mark the steps of a span whose imports are limited, and work out what is left to tanks."""
    for row in range(rows):
        was_limited = marks[row, at.MARK_LIMITED]
        limited = hold(prices, step + row, any_peak)
        marks[row, at.MARK_LIMITED] = limited
        if limited > 0:
            told = heard[marks[row, at.MARK_HEARD]]
            leave_tank(flow[row], temp[row], told, prices, step + row, param, minds)
        elif was_limited > 0:
            lift(temp[row])


@kernel
def lift(temp):  # type: ignore[no-untyped-def]
    """Let machines draw what they like."""
    for i in range(BLOCK):
        temp[at.T_TANK_ROOM + i] = math.inf
        temp[at.T_CAR_ROOM + i] = math.inf
        temp[at.T_CAP + i] = math.inf


@kernel
def leave_tank(flow, temp, heard, prices, step, param, minds):  # type: ignore[no-untyped-def]
    """Work out each home's load without tank and car, its limits, and the tank's room in them."""
    told_kw = prices[1, step, at.Q_LOAD_LIMIT]
    counts_old, counts_new = prices[0, step, at.Q_COUNTS], prices[1, step, at.Q_COUNTS]
    signed_old, signed_new = prices[0, step, at.Q_SUBSCRIBED], prices[1, step, at.Q_SUBSCRIBED]
    for i in range(BLOCK):
        temp[at.T_BASE + i] = -flow[at.F_PV + i]
    for use in range(at.USES):
        offset = use * BLOCK
        if offset not in (at.F_HOT_WATER, at.F_EV):  # they have still to act in this step
            for i in range(BLOCK):
                temp[at.T_BASE + i] += flow[offset + i]
    for i in range(BLOCK):
        counts = of_tariff(param, i, counts_old, counts_new)
        peak_kw = minds[at.FREE_KW + i] if counts > 0.0 else math.inf
        most_kw = told_kw if heard[at.H_ORDERED + i] > 0.0 else math.inf
        temp[at.T_FREE + i] = min(peak_kw, of_tariff(param, i, signed_old, signed_new))
        temp[at.T_MOST + i] = most_kw
        temp[at.T_TANK_ROOM + i] = most_kw - temp[at.T_BASE + i]


@kernel
def leave_car(flow, temp, state, param, second, dt_h):  # type: ignore[no-untyped-def]
    """Work out what is left to the car beside everything else, and what the battery keeps to."""
    fading = dt_h / BASE_H
    for i in range(BLOCK):
        base_kw = temp[at.T_BASE + i] + flow[at.F_HOT_WATER + i]
        state[at.BASE_KW + i] += fading * (base_kw - state[at.BASE_KW + i])
        smart, charger_kw = param[at.SMART + i] > 0.0, param[at.CHARGER_KW + i]
        free, most_kw = temp[at.T_FREE + i], temp[at.T_MOST + i]
        need_kwh = (param[at.CAR_KWH + i] - state[at.CAR_E + i]) * (1.0 / ev.EFFICIENCY)
        left_h = (state[at.LEAVES_S + i] - second) * (1.0 / 3600.0)
        must_kw = charging.must_kw(need_kwh, charger_kw, left_h, dt_h)
        late = (must_kw > 0.0) & (free < math.inf) & smart
        state[at.CAP_PRICE + i] = math.inf if late else state[at.CAP_PRICE + i]
        room_kw = charging.room_kw(
            free, state[at.RAISE_KW + i], must_kw if late else 0.0, most_kw, base_kw
        )
        temp[at.T_CAR_ROOM + i] = room_kw if smart else math.inf
        keeps = param[at.BATTERY_RULE + i] != storage.SELF_CONSUMPTION
        temp[at.T_CAP + i] = min(free if keeps else math.inf, most_kw)


@kernel
def feeds(prices, step, rules):  # type: ignore[no-untyped-def]
    """Return the most that homes on the reference tariff, and on the arm's, may feed in. [kW]"""
    old, new = prices[0, step], prices[1, step]
    old_kw = feed_in.limit_kw(
        old[at.Q_FEED_LIMIT], old[at.Q_EXPORT], old[at.Q_ACTUAL], rules.curtails
    )
    new_kw = feed_in.limit_kw(
        new[at.Q_FEED_LIMIT], new[at.Q_EXPORT], new[at.Q_ACTUAL], rules.curtails
    )
    return old_kw, new_kw


@kernel
def feed(flow, marks, rows, prices, step, meters, param, rules, dt_h):  # type: ignore[no-untyped-def]
    """Hold roofs to what they may feed in, in the sunny steps of a span."""
    for row in range(rows):
        old_kw, new_kw = feeds(prices, step + row, rules)
        if marks[row, at.MARK_SUNNY] > 0 and min(old_kw, new_kw) < math.inf:
            curtail(flow[row], meters, param, old_kw, new_kw, dt_h)


@kernel
def curtail(flow, meters, param, old_kw, new_kw, dt_h):  # type: ignore[no-untyped-def]
    """Hold back what roofs may not feed in, after the batteries, and count it."""
    for i in range(BLOCK):
        made_kw = flow[at.F_PV + i]
        export_kw = made_kw - flow[at.F_NET + i] - flow[at.F_BATTERY + i]
        limit_kw = of_tariff(param, i, old_kw, new_kw)
        lost_kw = pv.curtailed_kw(made_kw, export_kw, limit_kw)
        flow[at.F_PV + i] = made_kw - lost_kw
        meters[at.M_CURTAILED + i] += lost_kw * dt_h
