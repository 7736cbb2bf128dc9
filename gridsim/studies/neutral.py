"""Revenue-neutral rates: a tariff on the level at which the same people pay the same in all.

The loads of the reference arm are billed under the tariff of another arm, as if nobody reacted; all
its rates are then scaled until the sum of the bills is that of the reference. Who wins and who
loses at that moment depends on how people use electricity now; who wins once they have reacted, on
what they can change. Both are told.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy import optimize

from gridsim.billing import settle
from gridsim.core.arrays import BLOCK, F4, F8
from gridsim.core.clock import Clock
from gridsim.core.errors import DataError
from gridsim.metrics import fairness
from gridsim.metrics.fairness import GroupChange, Winners
from gridsim.results.results import Results
from gridsim.signals.contract import Contract
from gridsim.signals.scaled import scaled
from gridsim.studies import groups

LEAST, MOST = 0.01, 100.0
"""Factors beyond these mean that something else is wrong than the level of the rates."""
ATTRIBUTES = ("income", "heating", "house")
"""By what winners and losers are told apart."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """Who pays what under a tariff against the reference.

    Parameters
    ----------
    revenue : float
        What the utility receives from all homes. [currency]
    change : float
        Mean change of a home's bill. [currency]
    winners : Winners
        Shares of homes that pay less, the same and more.
    groups : dict
        Homes, mean change and winners by attribute and group.
    """

    revenue: float
    change: float
    winners: Winners
    groups: dict[str, dict[str, GroupChange]]


@dataclass(frozen=True, slots=True)
class Neutral:
    """A tariff made revenue-neutral.

    Parameters
    ----------
    arm : str
        Which arm.
    currency : str
        ISO code.
    factor : float
        What all its rates are multiplied by.
    reference : float
        What all homes pay under the reference tariff. [currency]
    as_written : float
        What the same loads pay under the tariff as it was written. [currency]
    before, after : Outcome
        At the scaled rates, before anyone reacts and after.
    """

    arm: str
    currency: str
    factor: float
    reference: float
    as_written: float
    before: Outcome
    after: Outcome


def bills(contract: Contract, clock: Clock, net_kw: F4 | F8) -> F8:
    """Return what homes pay for given loads, shape (n,). [currency]

    Parameters
    ----------
    contract : Contract
        What they have signed.
    clock : Clock
        Time axis of t steps.
    net_kw : array
        Net load at the meter, shape (t, n). [kW]
    """
    found = []
    for first in range(0, net_kw.shape[1], BLOCK):  # a copy of all loads would double the memory
        kwh = net_kw[:, first : first + BLOCK].astype(np.float64) * clock.dt_h
        bill = settle.settle(contract, clock, np.maximum(kwh, 0.0), np.maximum(-kwh, 0.0))
        found.append(np.broadcast_to(bill.total, kwh.shape[1:]))
    return np.concatenate(found)


def factor(revenue: Callable[[float], float], target: float) -> float:
    """Return what rates are multiplied by so that a revenue meets its target.

    Parameters
    ----------
    revenue : callable
        The revenue at a factor; rises with it. Nearly always a straight line: then the first step
        of the search lands on the root.
    target : float
        What is wanted. [currency]

    Raises
    ------
    DataError
        If no factor from ``LEAST`` to ``MOST`` gives it.
    """
    ends = revenue(LEAST) - target, revenue(MOST) - target
    if not ends[0] < 0.0 < ends[1]:
        raise DataError(
            f"no factor from {LEAST:g} to {MOST:g} makes the bills of the reference loads sum to"
            f" {target:.2f}: charges that do not scale alone come to {ends[0] + target:.2f}"
        )
    return float(optimize.brentq(lambda f: revenue(f) - target, LEAST, MOST, xtol=1e-12))


def neutral_factor(
    contracts: tuple[Contract, Contract], clock: Clock, net_kw: F4
) -> tuple[float, F8, F8]:
    """Return the factor that makes a contract revenue-neutral, and the bills of the loads.

    Parameters
    ----------
    contracts : tuple of Contract
        Of the reference, and the one to scale.
    clock : Clock
        Time axis of t steps.
    net_kw : F4
        Net load of the reference population, shape (t, n). [kW]

    Returns
    -------
    factor : float
        See :func:`factor`.
    reference, as_written : F8
        Bills of the loads under the reference and under the contract unscaled, shape (n,).

    Raises
    ------
    DataError
        If no factor does it.
    """
    reference = bills(contracts[0], clock, net_kw)
    as_written = bills(contracts[1], clock, net_kw)
    target = float(reference.sum())

    def revenue(by: float) -> float:
        return float(bills(scaled(contracts[1], by), clock, net_kw).sum())

    return factor(revenue, target), reference, as_written


def outcome(results: Results, paid: F8, reference: F8) -> Outcome:
    """Return who pays what.

    Parameters
    ----------
    results : Results
        Whose homes they are.
    paid, reference : F8
        Bills under the tariff and under the reference, shape (n,). [currency]
    """
    by = {name: groups.changes(results, name, paid, reference) for name in ATTRIBUTES}
    change = paid - reference
    return Outcome(float(paid.sum()), float(change.mean()), fairness.winners(change, 0.01), by)
