"""Books: how one contract is settled, period by period, from what its meter adds up."""

from dataclasses import dataclass

import numpy as np

from gridsim.billing import channels, periods
from gridsim.billing.channels import Channel
from gridsim.billing.lines import Line, LineKind
from gridsim.billing.periods import Cover, Period
from gridsim.billing.registers import Registers, constant, registers
from gridsim.billing.taxes import levied
from gridsim.core.arrays import F8
from gridsim.core.clock import Clock
from gridsim.signals.contract import Contract
from gridsim.signals.parts import Fixed, Per


@dataclass(frozen=True, slots=True)
class Book:
    """What the accounts under one contract are kept by while it is in force.

    Parameters
    ----------
    contract : Contract
        What holds.
    clock : Clock
        The part of the time axis in which it holds.
    first, last : int
        Its steps [first, last) on the whole time axis.
    energy : tuple of Channel
        Prices on imports: the tariff's first, then each adder's.
    exports : Channel
        Price of exports.
    fields : int
        Rows of a state.
    """

    contract: Contract
    clock: Clock
    first: int
    last: int
    energy: tuple[Channel, ...]
    exports: Channel
    fields: int


def open_book(contract: Contract, clock: Clock, first: int, last: int, head: int) -> Book:
    """Return the book of a contract that is in force in the steps [first, last) of a clock.

    Parameters
    ----------
    contract : Contract
        What holds.
    clock : Clock
        Time axis.
    first, last : int
        Steps.
    head : int
        Rows of a state that are not the book's.
    """
    own = _part(clock, first, last)
    energy = [_channel(LineKind.ENERGY, "", registers(contract.tariff, own), head)]
    for adder in contract.parts.adders:
        found = registers(adder.tariff, own)
        energy.append(_channel(LineKind(adder.kind), adder.name, found, _after(energy[-1])))
    rule = contract.parts.export
    sold = (
        constant(contract.export_price, own)
        if rule is None or rule.tariff is None
        else registers(rule.tariff, own)
    )
    exports = _channel(LineKind.EXPORT, "exports", sold, _after(energy[-1]))
    return Book(contract, own, first, last, tuple(energy), exports, _after(exports))


def start(book: Book, state: F8, head: int) -> None:
    """Set the rows of a state that are the book's to an account that begins, in place."""
    state[head:] = 0.0


def absorb(book: Book, state: F8, first: int, import_kwh: F8, export_kwh: F8) -> None:
    """Add the energy of steps of one period, (k, n), from ``first`` on, in place. [kWh]"""
    step = first - book.first
    for channel in book.energy:
        channels.absorb(channel, state, step, import_kwh)
    channels.absorb(book.exports, state, step, export_kwh)


def close(book: Book, state: F8, period: Period, last: int) -> list[Line]:
    """Return the lines of a period that ends before step ``last``; its rows start again.

    Parameters
    ----------
    book : Book
        Of the contract in force.
    state : F8
        Accounts, shape (fields, n); changed in place.
    period : Period
        Which one.
    last : int
        Step of the whole time axis after the last that counts.
    """
    steps = slice(period.first - book.first, last - book.first)
    covered = periods.cover(book.clock, steps.start, steps.stop)
    owed: list[Line] = []
    for channel in book.energy:
        owed += channels.lines(channel, state, steps, covered)
    owed += _fixed(book.contract, covered, state.shape[1])
    imported = state[book.energy[0].rows].sum(axis=0)
    owed = levied(owed, book.contract.parts.taxes, imported, book.contract.currency)
    if book.contract.parts.export is not None or book.contract.export_price:
        owed += channels.lines(book.exports, state, steps, covered, sign=-1.0)
    for channel in (*book.energy, book.exports):
        state[channel.rows] = 0.0
        state[channel.cost : channel.cost + len(channel.varying)] = 0.0
    return owed


def _fixed(contract: Contract, covered: Cover, homes: int) -> list[Line]:
    """Return the lines that do not depend on use."""
    charges = contract.parts.fixed
    if contract.standing_year:
        charges = (Fixed("standing charge", contract.standing_year, Per.YEAR), *charges)
    found = []
    for charge in charges:
        if charge.per == Per.MONTH:
            quantity, unit, rate = covered.month_count(), "month", charge.amount
        else:
            days = covered.year_days() if charge.per == Per.YEAR else 1
            quantity, unit, rate = covered.day_count(), "day", charge.amount / days
        found.append(
            Line(
                LineKind.STANDING, charge.name, covered.first_day, covered.last_day,
                np.full(homes, quantity), unit, np.full(homes, rate),
                np.full(homes, quantity * rate),
            )
        )  # fmt: skip
    return found


def _channel(kind: LineKind, name: str, found: Registers, row: int) -> Channel:
    """Return the channel of a price whose rows begin at ``row``."""
    return Channel(kind, name, found, row, row + len(found.names))


def _after(channel: Channel) -> int:
    """Return the row after those of a channel."""
    return channel.cost + len(channel.varying)


def _part(clock: Clock, first: int, last: int) -> Clock:
    """Return the steps [first, last) of a clock."""
    steps = slice(first, last)
    return Clock(
        clock.start_s + first * clock.step_s, clock.step_s, last - first, clock.timezone,
        clock.local_day[steps], clock.wall_s[steps], clock.holiday[steps],
    )  # fmt: skip
