"""The audit: does energy close in every step and over the run, and does the money add up?

Each balance compares two sums that were made on different ways through the program: by step over
the homes, and by home over the steps.
"""

import numpy as np

from gridsim.core.arrays import BLOCK, F8, from_blocks
from gridsim.engine import layout as at
from gridsim.engine.accounts import Bills
from gridsim.engine.homes import Homes
from gridsim.engine.world import World
from gridsim.results.results import Audit

_STEPS_PAIRS = (
    (at.F_IMPORT, at.M_IMPORT), (at.F_EXPORT, at.M_EXPORT), (at.F_PV, at.M_PV),
    *((use * BLOCK, use * BLOCK) for use in range(at.USES)),
)  # fmt: skip


def relative(found: float | F8, expected: float | F8, scale: float) -> float:
    """Return the largest difference over a scale; nothing compared with nothing is no error."""
    worst = float(np.max(np.abs(np.asarray(found) - np.asarray(expected)), initial=0.0))
    return worst / scale if scale > 0.0 else worst


def audit(
    kw: F8, enrolled: F8, before: World, after: World, homes: Homes, *, prices: F8,
    bills: Bills, dt_h: float,
) -> Audit:  # fmt: skip
    """Return how well a run closed.

    Parameters
    ----------
    kw, enrolled : F8
        Sums of each flow by step over all homes, and over those on the arm's tariff, shape
        (t, FLOWS). [kW]
    before, after : World
        At the start and the end of the run.
    homes : Homes
        For the capacities of the stores.
    prices : F8
        Board prices of both tariffs, shape (2, t or longer, PRICES).
    bills : Bills
        What each home owes, in parts.
    dt_h : float
        Length of a step. [h]
    """
    count = int(homes.lanes.sum())
    return Audit(
        energy_step=_step_error(kw),
        energy_run=_run_error(kw, after, count, dt_h),
        stores=_store_error(before, after, homes, count),
        money=_money_error(kw, enrolled, prices, bills, dt_h),
        accounts=bills.drift,
    )


def _step_error(kw: F8) -> float:
    """Return the worst imbalance of a step: uses + battery - production = import - export."""
    uses = kw[:, : at.USES].sum(axis=1)
    left = uses + kw[:, at.F_BATTERY // BLOCK] - kw[:, at.F_PV // BLOCK]
    right = kw[:, at.F_IMPORT // BLOCK] - kw[:, at.F_EXPORT // BLOCK]
    flow = np.abs(kw[:, at.F_IMPORT // BLOCK]) + np.abs(kw[:, at.F_EXPORT // BLOCK]) + uses
    return relative(left, right, float(np.max(flow, initial=0.0)))


def _run_error(kw: F8, after: World, count: int, dt_h: float) -> float:
    """Return the worst difference between the sums by step and the meters of the homes."""
    worst = 0.0
    for flow, counted in _STEPS_PAIRS:
        by_step = float(kw[:, flow // BLOCK].sum()) * dt_h
        by_home = float(from_blocks(after.meters, counted // BLOCK, count).sum())
        worst = max(worst, relative(by_step, by_home, abs(by_home)))
    return worst


def _store_error(before: World, after: World, homes: Homes, count: int) -> float:
    """Return the worst imbalance of batteries, cars and tanks: in = stored more + lost + used."""

    def metered(field: int) -> F8:
        return from_blocks(after.meters, field // BLOCK, count) - from_blocks(
            before.meters, field // BLOCK, count
        )

    def gained(field: int) -> F8:
        return from_blocks(after.state, field // BLOCK, count) - from_blocks(
            before.state, field // BLOCK, count
        )

    battery_in, battery_out = metered(at.M_BATTERY_IN), metered(at.M_BATTERY_OUT)
    stored = battery_in - battery_out - metered(at.M_BATTERY_LOSS)
    driven, charged = metered(at.M_CAR_DRIVEN), metered(at.M_CAR_IN)
    rolled = charged + metered(at.M_CAR_OUTSIDE) - driven
    litres = from_blocks(homes.param, at.TANK_L // BLOCK, count)
    heated = metered(at.M_TANK_HEAT) - metered(at.M_TANK_LOSS) - metered(at.M_TANK_DRAWN)
    warmer = litres * (4.186 / 3600.0) * gained(at.TANK_C)
    return max(
        relative(stored, gained(at.BATTERY_E), float(np.max(battery_in, initial=0.0))),
        relative(rolled, gained(at.CAR_E), float(np.max(driven + charged, initial=0.0))),
        relative(heated, warmer, float(np.max(metered(at.M_TANK_HEAT) + np.abs(warmer)))),
    )


def _money_error(everyone: F8, enrolled: F8, prices: F8, bills: Bills, dt_h: float) -> float:
    """Return the difference between the bills and energy times price plus what else they hold.

    Where exports are credited against imports, energy times price stands apart from the bill; it
    is compared with the meters all the same.
    """
    steps = len(everyone)
    owed = 0.0
    for tariff, kw in enumerate((everyone - enrolled, enrolled)):
        rows = prices[tariff, :steps]
        imported, exported = kw[:, at.F_IMPORT // BLOCK], kw[:, at.F_EXPORT // BLOCK]
        flow = imported * rows[:, at.Q_ACTUAL] - exported * rows[:, at.Q_EXPORT]
        owed += float(flow.sum()) * dt_h
    dearest = np.abs(prices[:, :steps, at.Q_ACTUAL]).max(axis=0)
    turnover = float((everyone[:, at.F_IMPORT // BLOCK] * dearest).sum()) * dt_h
    beside, apart = float(bills.beside.sum()), float(bills.apart.sum())
    whole = relative(owed + beside, float(bills.total.sum()) + apart, turnover + abs(beside))
    parts = relative(bills.total, bills.parts.sum(axis=0), float(np.abs(bills.parts).max()))
    return max(whole, parts)
