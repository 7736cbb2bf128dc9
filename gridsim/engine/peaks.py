"""Peaks: what a home may draw at no charge for power, as its account stands."""

import numpy as np

from gridsim.billing import outlook
from gridsim.billing.ledger import Plan
from gridsim.core.arrays import B1, F8
from gridsim.engine.accounts import Ledgers, of_homes
from gridsim.signals.whole import spells


def charged(ledgers: Ledgers) -> bool:
    """Tell whether any home may be charged for its highest power."""
    return any(plan is not None and _demands(plan) for plan in ledgers)


def free_kw(
    ledgers: Ledgers, accounts: tuple[F8, F8], enrolled: B1, steps: int, *, alike: bool
) -> F8:
    """Return the import of each home that raises no charge for power, shape (n,). [kW]

    The least of all charges and all steps in which power counts; infinite where nothing is
    charged.

    Parameters
    ----------
    ledgers : Ledgers
        How the accounts are kept.
    accounts : tuple of F8
        How they stand.
    enrolled : B1
        Who is on the arm's tariff, shape (n,).
    steps : int
        How many steps to look ahead, from the next on.
    alike : bool
        Whether both contracts are one and the same.
    """
    old, new = (
        _of_tariff(plan, states, len(enrolled), steps)
        for plan, states in zip(ledgers, accounts, strict=True)
    )
    return np.where(enrolled, new, new if alike else old)


def _of_tariff(plan: Plan | None, states: F8, homes: int, steps: int) -> F8:
    """Return the import that raises no charge under one contract, shape (n,). [kW]"""
    least = np.full(homes, np.inf)
    if plan is None or not _demands(plan):
        return least
    for peak in outlook.outlook(plan, of_homes(states, homes), steps).peaks:
        least = np.minimum(least, peak.threshold_kw.min(axis=0))
    return least


def _demands(plan: Plan) -> bool:
    """Tell whether any spell of a contract charges for the highest power."""
    return any(one.parts.demand for one, _, _ in spells(plan.contract, plan.clock))
