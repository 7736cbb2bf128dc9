"""Credits: exports that cancel kWh, or earn money that pays for kWh, and what is kept of them."""

import dataclasses
from dataclasses import dataclass

import numpy as np

from gridsim.billing.channels import Channel, add, in_order
from gridsim.billing.lines import Line, LineKind
from gridsim.billing.periods import Cover
from gridsim.core.arrays import F8, I8
from gridsim.signals.parts import Export


@dataclass(frozen=True, slots=True)
class Netting:
    """How exported kWh cancel imported kWh of the same price.

    Parameters
    ----------
    rule : Export
        What is agreed.
    codes : I8
        What tells prices apart in each step, shape (t,).
    register : I8
        The register of each channel for each code, shape (channels, codes).
    row : int
        First of its rows of the state: for each code what is kept from before, imports, exports.
        [kWh]
    """

    rule: Export
    codes: I8
    register: I8
    row: int

    @property
    def size(self) -> int:
        """How many prices there are."""
        return int(self.register.shape[1])

    @property
    def kept(self) -> slice:
        """Rows with what is kept."""
        return slice(self.row, self.row + self.size)

    @property
    def imports(self) -> slice:
        """Rows with the imports of the period."""
        return slice(self.row + self.size, self.row + 2 * self.size)

    @property
    def exports(self) -> slice:
        """Rows with the exports of the period."""
        return slice(self.row + 2 * self.size, self.after)

    @property
    def after(self) -> int:
        """Row after its own."""
        return self.row + 3 * self.size


def open_netting(rule: Export, energy: tuple[Channel, ...], row: int) -> Netting:
    """Return the account of net metering whose rows begin at ``row``."""
    stacked = np.stack([channel.registers.codes for channel in energy])
    register, codes = np.unique(stacked, axis=1, return_inverse=True)
    return Netting(rule, codes.reshape(-1), register, row)


def absorb(netting: Netting, state: F8, first: int, import_kwh: F8, export_kwh: F8) -> None:
    """Count the energy of steps of one period from ``first`` on, (k, n), in place. [kWh]"""
    codes = netting.codes[first : first + len(import_kwh)]
    add(state[netting.imports], codes, import_kwh)
    add(state[netting.exports], codes, export_kwh)


def cancelled(netting: Netting, state: F8) -> F8:
    """Return how much of each code's imports exports cancel, shape (codes, n). [kWh]"""
    return np.minimum(state[netting.imports], state[netting.kept] + state[netting.exports])


def cancelling(
    netting: Netting, state: F8, lines: list[Line], place: int, *, codes: I8
) -> list[Line]:
    """Return the lines that take cancelled kWh off those of a channel.

    Parameters
    ----------
    netting : Netting
        What cancels.
    state : F8
        Shape (fields, n).
    lines : list of Line
        Of the channel.
    place : int
        Of the channel among those that the account was opened with.
    codes : I8
        Registers of the lines.
    """
    kwh = cancelled(netting, state)
    found = []
    for line, code in zip(lines, codes.tolist(), strict=True):
        quantity = 0.0 - in_order(kwh[netting.register[place] == code])
        name = f"{line.name}, cancelled by exports"
        amount = quantity * line.rate
        found.append(dataclasses.replace(line, name=name, quantity=quantity, amount=amount))
    return found


def roll_over(netting: Netting, state: F8, covered: Cover, *, settles: bool) -> list[Line]:
    """Keep what exports did not cancel, in place; return what is said and paid of it."""
    kept = state[netting.kept] + state[netting.exports] - cancelled(netting, state)
    state[netting.kept] = 0.0 if settles else kept
    state[netting.imports] = state[netting.exports] = 0.0
    quantity = 0.0 - in_order(kept)
    rate = np.full(quantity.shape, netting.rule.cash_out if settles else 0.0)
    name = "kept kWh, paid out" if settles else "kWh kept for the next period"
    days = (covered.first_day, covered.last_day)
    return [Line(LineKind.CREDIT, name, *days, quantity, "kWh", rate, quantity * rate)]


def paid_with(kept: F8, owed: list[Line], sold: list[Line], currency: str) -> tuple[F8, list[Line]]:
    """Pay what may be paid with the money that exports earn.

    Parameters
    ----------
    kept : F8
        Money kept from before, shape (n,). [currency]
    owed : list of Line
        All that credits may pay for, with its taxes, at least one line.
    sold : list of Line
        What the exports of the period earn.
    currency : str
        Of the amounts.

    Returns
    -------
    kept, lines : F8, list of Line
        What is left over, shape (n,) [currency]; the lines that say how it came about.
    """
    earned = kept - in_order([line.amount for line in sold])
    left = np.maximum(earned - np.maximum(in_order([line.amount for line in owed]), 0.0), 0.0)
    found = []
    for name, money in (("credit from before", 0.0 - kept), ("credit kept for later", left)):
        days = (owed[0].first_day, owed[0].last_day)
        rate = np.ones(kept.shape)
        found.append(Line(LineKind.CREDIT, name, *days, money, currency, rate, money * rate))
    return left, [*sold, *found]


def paid_out(rule: Export, kept: F8, covered: Cover, currency: str) -> Line:
    """Return what the money that is kept brings at the end of a year of settlement."""
    days = (covered.first_day, covered.last_day)
    rate, quantity = np.full(kept.shape, float(rule.cash_out)), 0.0 - kept
    name = "kept credit, paid out"
    return Line(LineKind.CREDIT, name, *days, quantity, currency, rate, quantity * rate)
