"""Accounts: what each home owes, and under which contracts the run keeps an account of it.

What is a price times energy stays with the meter of the kernels. A contract whose bill is more
than that (blocks, demand, subscribed power, credits, exports priced by the step) has an account
for each home in the world, posted from its net load, day by day, in the thread of its block.
"""

from dataclasses import dataclass

import numpy as np

from gridsim.billing import ledger
from gridsim.billing.ledger import Plan
from gridsim.billing.periods import standing_charge
from gridsim.billing.settle import settle
from gridsim.core.arrays import B1, BLOCK, F4, F8
from gridsim.core.clock import Clock
from gridsim.signals.contract import Contract
from gridsim.signals.parts import Crediting
from gridsim.signals.whole import Whole, spells

Ledgers = tuple[Plan | None, Plan | None]
"""How accounts are kept under the reference contract and under the arm's; None: not at all."""
NO_LEDGERS: Ledgers = (None, None)
PARTS = ("energy", "standing", "capacity", "taxes", "export")
"""What a bill is made of."""


@dataclass(frozen=True, slots=True)
class Metered:
    """What the meters of the kernels say of each home, shape (n,).

    Parameters
    ----------
    cost : F8
        Imports less exports at the prices of their steps. [currency]
    import_kwh, export_kwh : F8
        [kWh]
    """

    cost: F8
    import_kwh: F8
    export_kwh: F8


@dataclass(frozen=True, slots=True)
class Bills:
    """What each home owes for the period, shape (n,); see ``billing.lines.Bill`` for the parts.

    Parameters
    ----------
    total : F8
        The sum of the parts. [currency]
    parts : F8
        In the order of ``PARTS``, shape (5, n). [currency]
    beside : F8
        What of the total is not the meter's cost of energy, shape (n,). [currency]
    apart : F8
        The meter's cost of energy where it is no part of the total, else 0. [currency]
    counts : dict of str to F8
        Mean billed demand [kW] and trips, for contracts that have them; 0 for other homes.
    drift : float
        Worst difference between the energy of an account and of its meter, over the largest.
    """

    total: F8
    parts: F8
    beside: F8
    apart: F8
    counts: dict[str, F8]
    drift: float


def opened(contracts: tuple[Contract, Contract], clock: Clock, mixed: bool) -> Ledgers:
    """Return how accounts are kept under the contracts of an arm.

    Parameters
    ----------
    contracts : tuple of Contract
        Of the homes that keep the reference tariff, and of those on the arm's.
    clock : Clock
        The period.
    mixed : bool
        Whether some homes keep the reference tariff.
    """
    before, after = contracts
    own = ledger.plan(after, clock) if kept(after, clock) else None
    if before is after or not kept(before, clock) or not (mixed or _in_blocks(before)):
        return None, own
    return ledger.plan(before, clock), own


def kept(contract: Contract, clock: Clock) -> bool:
    """Tell whether a bill is more than prices times energy and charges that are the same for all.

    Parameters
    ----------
    contract : Contract
        What was signed.
    clock : Clock
        The period.
    """
    if not all(one.parts.linear for one, _, _ in spells(contract, clock)):
        return True
    return bool(np.ptp(Whole(contract).export_price(clock)) > 0.0)


def first_accounts(ledgers: Ledgers, blocks: int) -> tuple[F8, F8]:
    """Return accounts to which nothing was posted, shape (blocks, fields, BLOCK) each."""
    old, new = (
        np.tile(ledger.blank(plan, BLOCK), (blocks, 1, 1)) if plan else np.zeros((0, 0, BLOCK))
        for plan in ledgers
    )
    return old, new


def post(ledgers: Ledgers, accounts: tuple[F8, F8], block: int, first: int, net_kw: F4) -> None:
    """Post the net load of a block in a stretch to its accounts, in place.

    Parameters
    ----------
    ledgers : Ledgers
        How they are kept.
    accounts : tuple of F8
        Of all blocks.
    block, first : int
        Which block; the first step.
    net_kw : F4
        Net load, 0 in lanes without a home, shape (steps, BLOCK). [kW]
    """
    for plan, states in zip(ledgers, accounts, strict=True):
        if plan is not None:
            kwh = net_kw.astype(np.float64) * plan.clock.dt_h
            taken, fed = np.maximum(kwh, 0.0), np.maximum(-kwh, 0.0)
            ledger.post(plan, states[block], first, taken, fed)


def block_prices(ledgers: Ledgers, accounts: tuple[F8, F8], homes: int, *, alike: bool) -> F8:
    """Return what blocks have added to each kWh so far, on average, shape (2, n). [currency/kWh]

    Parameters
    ----------
    ledgers, accounts
        Of an arm.
    homes : int
        Homes n.
    alike : bool
        Whether both contracts are one and the same.
    """
    found = np.zeros((2, homes))
    for tariff, (plan, states) in enumerate(zip(ledgers, accounts, strict=True)):
        if plan is not None and _in_blocks(plan.contract):
            seen = ledger.counts(plan, of_homes(states, homes))
            found[tariff] = seen.blocks / np.maximum(seen.import_kwh, 1e-9)
    if alike:
        found[0] = found[1]
    return found


def bills(
    contracts: tuple[Contract, Contract], enrolled: B1, clock: Clock, metered: Metered,
    ledgers: Ledgers, accounts: tuple[F8, F8],
) -> Bills:  # fmt: skip
    """Return what each home owes.

    Parameters
    ----------
    contracts : tuple of Contract
        Of the homes that keep the reference tariff, and of those on the arm's.
    enrolled : B1
        Who is on the arm's tariff, shape (n,).
    clock : Clock
        The period.
    metered : Metered
        What the meters say.
    ledgers, accounts
        How the accounts are kept, and how they stand.
    """
    both = []
    for tariff, contract in enumerate(contracts):
        plan = ledgers[tariff]
        if plan is None:
            both.append(_plain(contract, clock, metered))
        else:
            states = of_homes(accounts[tariff], len(enrolled))
            both.append(_settled(plan, states, metered, enrolled == bool(tariff)))
    old, new = both
    names = dict.fromkeys([*old.counts, *new.counts])
    nothing = np.zeros(len(enrolled))
    return Bills(
        np.where(enrolled, new.total, old.total),
        np.where(enrolled, new.parts, old.parts),
        np.where(enrolled, new.beside, old.beside),
        np.where(enrolled, new.apart, old.apart),
        {
            name: np.where(enrolled, new.counts.get(name, nothing), old.counts.get(name, nothing))
            for name in names
        },
        max(old.drift, new.drift),
    )


def _plain(contract: Contract, clock: Clock, metered: Metered) -> Bills:
    """Return what homes owe under a contract of prices and fixed charges alone."""
    standing, taxes = _fixed(contract, clock)
    export = -float(Whole(contract).export_price(clock)[0]) * metered.export_kwh
    nothing = np.zeros_like(export)
    parts = np.stack(
        [metered.cost - export, nothing + standing, nothing, nothing + taxes, export]
    )  # fmt: skip
    beside = nothing + (standing + taxes)
    return Bills(metered.cost + beside, parts, beside, nothing, {}, 0.0)


def _fixed(contract: Contract, clock: Clock) -> tuple[float, float]:
    """Return the charges that do not depend on use, and the taxes on them. [currency]"""
    taxes = contract.parts.taxes
    if not (contract.parts.fixed or taxes.fixed_vat or contract.later):
        return standing_charge(contract.standing_year, clock), 0.0
    nothing = np.zeros(clock.steps)
    bill = settle(contract, clock, nothing, nothing)
    return float(bill.standing), float(bill.taxes)


def _settled(plan: Plan, states: F8, metered: Metered, ours: B1) -> Bills:
    """Return what homes owe whose accounts are kept.

    Where exports are sold, the energy of a bill is the meter's cost and what blocks add; where
    they are credited against imports it is the account's.
    """
    owed, seen = ledger.amounts(plan, states), ledger.counts(plan, states)
    credited = any(_credits(one) for one, _, _ in spells(plan.contract, plan.clock))
    energy = owed.energy if credited else metered.cost - owed.export + seen.blocks
    parts = np.stack([energy, owed.standing, owed.capacity, owed.taxes, owed.export])
    beside = owed.standing + owed.capacity + owed.taxes
    beside = beside + (owed.energy + owed.export if credited else seen.blocks)
    apart = metered.cost if credited else np.zeros_like(metered.cost)
    signed = [one.parts for one, _, _ in spells(plan.contract, plan.clock)]
    counts = {}
    if any(parts.demand for parts in signed):
        counts["billed_kw"] = seen.billed_kw
    if any(parts.subscribed is not None and parts.subscribed.trips for parts in signed):
        counts["trips"] = seen.trips
    pairs = ((seen.import_kwh, metered.import_kwh), (seen.export_kwh, metered.export_kwh))
    drift = max((_drift(one[ours], other[ours]) for one, other in pairs), default=0.0)
    return Bills(metered.cost - apart + beside, parts, beside, apart, counts, drift)


def _drift(found: F8, expected: F8) -> float:
    """Return the worst difference over the largest number expected."""
    worst = float(np.max(np.abs(found - expected), initial=0.0))
    most = float(np.max(np.abs(expected), initial=0.0))
    return worst / most if most > 0.0 else worst


def _credits(one: Contract) -> bool:
    """Tell whether exports are credited against imports."""
    rule = one.parts.export
    return rule is not None and rule.crediting != Crediting.FEED_IN


def _in_blocks(contract: Contract) -> bool:
    """Tell whether any spell of a contract has blocks."""
    return any(one.parts.blocks for one in (contract, *(one for _, one in contract.later)))


def of_homes(states: F8, homes: int) -> F8:
    """Return the accounts of all homes side by side, shape (fields, n)."""
    return np.ascontiguousarray(states.transpose(1, 0, 2).reshape(states.shape[1], -1)[:, :homes])
