"""The ledger: accounts of many homes under one contract, kept step by step.

A plan holds all that does not depend on a home. The state of the accounts is a plain array, which
a run can copy, keep and go on with; posting a series in pieces gives the same bits as at once.
Where a billing period ends, its lines are drawn up and its registers start again from zero.
"""

from dataclasses import dataclass

import numpy as np

from gridsim.billing import book, channels, periods
from gridsim.billing.book import Book
from gridsim.billing.lines import SHARES, Line, LineKind
from gridsim.billing.periods import Period
from gridsim.core.arrays import F8
from gridsim.core.clock import Clock
from gridsim.signals.contract import Contract
from gridsim.signals.whole import spells

NEXT = 0
"""Row of the state that holds the step that is posted next."""
TOTALS = 1
"""First of the rows that hold the totals of closed periods, in the order of ``lines.SHARES``."""
COUNTS = TOTALS + len(SHARES)
"""First of the rows that count over all periods, see ``Counts``: imports and exports, what blocks
add with their taxes, sum and number of billed demands, trips."""
HEAD = COUNTS + 6
"""Rows before those of the open period."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What the accounts under a contract are kept by.

    Parameters
    ----------
    contract : Contract
        What was signed.
    clock : Clock
        Time axis of t steps.
    periods : tuple of Period
        Billing periods, in order.
    books : tuple of Book
        One for each contract in force, in order.
    fields : int
        Rows of a state.
    """

    contract: Contract
    clock: Clock
    periods: tuple[Period, ...]
    books: tuple[Book, ...]
    fields: int


@dataclass(frozen=True, slots=True)
class Amounts:
    """What homes owe so far, each number of shape (n,). [currency]

    Parameters
    ----------
    energy : F8
        All that is paid per kWh, with its taxes.
    standing, capacity : F8
        Charges that do not depend on use, and charges for power, without taxes.
    taxes : F8
        Taxes on all that is not paid per kWh.
    export : F8
        Credits, negative.
    """

    energy: F8
    standing: F8
    capacity: F8
    taxes: F8
    export: F8

    @property
    def total(self) -> F8:
        """The sum of all. [currency]"""
        return np.asarray(self.energy + self.standing + self.capacity + self.taxes + self.export)


@dataclass(frozen=True, slots=True)
class Counts:
    """What the accounts have counted so far, each number of shape (n,).

    Parameters
    ----------
    import_kwh, export_kwh : F8
        Energy that was posted. [kWh]
    blocks : F8
        What blocks have added, with the taxes on it. [currency]
    billed_kw : F8
        Mean of the billed demands, over periods and charges; 0 without any. [kW]
    trips : F8
        Times that a breaker would have opened.
    """

    import_kwh: F8
    export_kwh: F8
    blocks: F8
    billed_kw: F8
    trips: F8


def plan(contract: Contract, clock: Clock) -> Plan:
    """Return what the accounts under a contract are kept by.

    Parameters
    ----------
    contract : Contract
        What was signed; its tariffs are asked for their prices on the clock.
    clock : Clock
        Time axis.

    Raises
    ------
    ValueError
        If a tariff does not give one finite price for each step.
    """
    books = tuple(
        book.open_book(one, clock, first, last, HEAD)
        for one, first, last in spells(contract, clock)
    )
    fields = max(one.fields for one in books)
    return Plan(contract, clock, periods.periods(contract, clock), books, fields)


def blank(plan: Plan, homes: int) -> F8:
    """Return the state of accounts to which nothing was posted, shape (fields, homes)."""
    state = np.zeros((plan.fields, homes))
    book.start(plan.books[0], state, HEAD)
    return state


def post(plan: Plan, state: F8, first_step: int, import_kwh: F8, export_kwh: F8) -> None:
    """Post energy to the accounts, in place; steps follow each other without a gap.

    Parameters
    ----------
    plan : Plan
        Of the contract.
    state : F8
        Accounts, shape (fields, n); changed in place.
    first_step : int
        Step of the clock of the first row.
    import_kwh, export_kwh : F8
        Energy taken from and fed into the grid, neither negative, both of shape (k, n). [kWh]

    Raises
    ------
    ValueError
        If shapes do not fit, an energy is negative or unknown, or the step is not the next.
    """
    check(plan, state, first_step, import_kwh, export_kwh)
    absorb(plan, state, first_step, import_kwh, export_kwh)


def absorb(plan: Plan, state: F8, first_step: int, import_kwh: F8, export_kwh: F8) -> list[Line]:
    """Post energy as :func:`post` does, unchecked; return the lines of periods that closed."""
    found: list[Line] = []
    last_step = first_step + len(import_kwh)
    for period in plan.periods:
        first, last = max(period.first, first_step), min(period.last, last_step)
        if first < last:
            part = slice(first - first_step, last - first_step)
            one = plan.books[period.terms]
            book.absorb(one, state, first, import_kwh[part], export_kwh[part])
            for row, energy in enumerate((import_kwh[part], export_kwh[part]), COUNTS):
                channels.add(state[row : row + 1], np.zeros(last - first, np.int64), energy)
            state[NEXT] = last
            if last == period.last:
                found += close(plan, state, period)
    return found


def close(plan: Plan, state: F8, period: Period) -> list[Line]:
    """Draw up the lines of a period up to the next step, add them to the totals, start anew."""
    last = int(state[NEXT, 0]) if state.shape[1] else period.last
    one = plan.books[period.terms]
    lines = book.close(one, state, period, last)
    for row, kinds in enumerate(SHARES, TOTALS):
        for line in lines:
            if line.kind in kinds:
                state[row] += line.amount
    _count(one, state, lines)
    if last == period.last and period.terms + 1 < len(plan.books) and last == one.last:
        book.start(plan.books[period.terms + 1], state, HEAD, one)
    return lines


def amounts(plan: Plan, state: F8) -> Amounts:
    """Return what homes owe so far; the open period counts as if it ended here.

    Parameters
    ----------
    plan : Plan
        Of the contract.
    state : F8
        Accounts, shape (fields, n); left as they are.
    """
    return Amounts(*_so_far(plan, state)[TOTALS:COUNTS])


def counts(plan: Plan, state: F8) -> Counts:
    """Return what the accounts have counted; the open period counts as if it ended here.

    Parameters
    ----------
    plan : Plan
        Of the contract.
    state : F8
        Accounts, shape (fields, n); left as they are.
    """
    imported, exported, blocks, kw, demands, trips = _so_far(plan, state)[COUNTS:HEAD]
    return Counts(imported, exported, blocks, kw / np.maximum(demands, 1.0), trips)


def _so_far(plan: Plan, state: F8) -> F8:
    """Return a copy of the accounts whose open period has ended."""
    here = state.copy()
    for period in plan.periods:
        if state.shape[1] and period.first < state[NEXT, 0] < period.last:
            close(plan, here, period)
    return here


def _count(one: Book, state: F8, lines: list[Line]) -> None:
    """Count blocks, demands and trips of a period that closes, in place."""
    taxes = one.contract.parts.taxes
    gross = 1.0 if taxes.included else 1.0 + taxes.vat
    for line in lines:
        if line.kind == LineKind.BLOCK:
            state[COUNTS + 2] += line.amount * gross
        elif line.kind == LineKind.DEMAND:
            state[COUNTS + 3] += line.quantity
            state[COUNTS + 4] += 1.0
        elif line.unit == "trip":
            state[COUNTS + 5] += line.quantity


def check(plan: Plan, state: F8, first_step: int, import_kwh: F8, export_kwh: F8) -> None:
    """Refuse what cannot be posted."""
    homes = state.shape[1]
    steps = len(import_kwh) if np.ndim(import_kwh) else 0
    for name, energy in (("import_kwh", import_kwh), ("export_kwh", export_kwh)):
        if np.shape(energy) != (steps, homes):
            raise ValueError(f"{name} must have shape ({steps}, {homes}), got {np.shape(energy)}")
        if np.size(energy) and not 0 <= np.min(energy) <= np.max(energy) < np.inf:
            raise ValueError(f"{name} must hold finite numbers not below 0")
    if homes and first_step != state[NEXT, 0]:
        raise ValueError(f"first_step must be {state[NEXT, 0]:.0f}, the next, got {first_step}")
    if first_step + steps > plan.clock.steps:
        raise ValueError(f"import_kwh must end with the clock, at step {plan.clock.steps}")
