"""Books: how one contract is settled, period by period, from what its meter adds up.

The order of a bill: energy by register, other prices per kWh, what exports cancel, blocks, taxes
on these; charges for power and their taxes; charges that do not depend on use and their taxes;
exports and credits.
"""

from dataclasses import dataclass

import numpy as np

from gridsim.billing import blocks, channels, credits, demand, periods, subscribed
from gridsim.billing.channels import Channel, in_order
from gridsim.billing.lines import Line, LineKind
from gridsim.billing.periods import Cover, Period
from gridsim.billing.registers import Registers, constant, registers
from gridsim.billing.taxes import levied, with_excise
from gridsim.core.arrays import F8
from gridsim.core.clock import Clock
from gridsim.signals.contract import Contract
from gridsim.signals.parts import Crediting, Fixed, Per


@dataclass(frozen=True, slots=True)
class Accounts:
    """What depends on more than a price and a kWh.

    Parameters
    ----------
    demands : tuple of demand.Account
        Highest powers.
    blocks : tuple of blocks.Account
        Energy of blocks.
    subscribed : subscribed.Account or None
        Subscribed power.
    netting : Netting or None
        Exports that cancel kWh.
    money : int or None
        Row of the state with the money that exports have earned and that is kept, under net
        billing. [currency]
    """

    demands: tuple[demand.Account, ...]
    blocks: tuple[blocks.Account, ...]
    subscribed: subscribed.Account | None
    netting: credits.Netting | None
    money: int | None


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
    accounts : Accounts
        Of whatever else is charged.
    fields : int
        Rows of a state.
    """

    contract: Contract
    clock: Clock
    first: int
    last: int
    energy: tuple[Channel, ...]
    exports: Channel
    accounts: Accounts
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
    for adder in contract.parts.paid:
        found = registers(adder.tariff, own)
        energy.append(_channel(LineKind(adder.kind), adder.name, found, _after(energy[-1])))
    rule = contract.parts.export
    sold = (
        constant(contract.export_price, own)
        if rule is None or rule.tariff is None
        else registers(rule.tariff, own)
    )
    exports = _channel(LineKind.EXPORT, "exports", sold, _after(energy[-1]))
    accounts, fields = _accounts(contract, own, tuple(energy), _after(exports))
    return Book(contract, own, first, last, tuple(energy), exports, accounts, fields)


def start(book: Book, state: F8, head: int, before: Book | None = None) -> None:
    """Set all rows from ``head`` on to an account that begins, in place.

    A charge for power that the contract before had as well goes on: it is the network's, and who
    sells the energy does not matter to it.
    """
    powers = () if before is None else before.accounts.demands
    known = {power.rule: state[power.rows].copy() for power in powers}
    state[head:] = 0.0
    for power in book.accounts.demands:
        demand.start(power, state)
        if power.rule in known:
            state[power.rows] = known[power.rule]


def absorb(book: Book, state: F8, first: int, import_kwh: F8, export_kwh: F8) -> None:
    """Add the energy of steps of one period, (k, n), from ``first`` on, in place. [kWh]"""
    step, own = first - book.first, book.accounts
    for channel in book.energy:
        channels.absorb(channel, state, step, import_kwh)
    if own.netting is None:
        channels.absorb(book.exports, state, step, export_kwh)
    else:
        credits.absorb(own.netting, state, step, import_kwh, export_kwh)
    for power in own.demands:
        demand.absorb(power, state, step, import_kwh)
    for block in own.blocks:
        blocks.absorb(block, state, step, import_kwh)
    if own.subscribed is not None:
        subscribed.absorb(own.subscribed, state, import_kwh)


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
    taxes, currency = book.contract.parts.taxes, book.contract.currency
    variable, kwh = _variable(book, state, steps, covered)
    variable = levied(variable, taxes, kwh, currency)
    fixed = _fixed(book.contract, covered, state.shape[1])
    if fixed:
        fixed = levied(fixed, taxes, np.zeros_like(kwh), currency)
    settles = period.settles and last == period.last
    credited = _credited(book, state, (variable, steps, covered), settles=settles)
    _clear(book, state, covered)
    return [*variable, *fixed, *credited]


def cancelled_share(book: Book, state: F8) -> F8:
    """Return the share of the open period's imports that exports cancel, shape (n,)."""
    netting, none = book.accounts.netting, np.zeros(state.shape[1])
    if netting is None:
        return none
    kwh, gone = in_order(state[netting.imports]), in_order(credits.cancelled(netting, state))
    return np.divide(gone, kwh, out=none, where=kwh > 0)


def _accounts(
    contract: Contract, clock: Clock, energy: tuple[Channel, ...], row: int
) -> tuple[Accounts, int]:
    """Return the accounts of a contract whose rows begin at ``row``, and the row after them."""
    parts = contract.parts
    demands = []
    for rule in parts.demand:
        demands.append(demand.open_account(rule, clock, row))
        row = demands[-1].after
    counted = []
    for block in parts.blocks:
        counted.append(blocks.open_account(block, clock, row))
        row += 1
    power = None
    if parts.subscribed is not None:
        power = subscribed.open_account(parts.subscribed, clock, row)
        row += subscribed.ROWS
    netting, money = None, None
    crediting = Crediting.FEED_IN if parts.export is None else parts.export.crediting
    if parts.export is not None and crediting == Crediting.NET_METERING:
        netting = credits.open_netting(parts.export, energy, row)
        row = netting.after
    elif crediting == Crediting.NET_BILLING:
        money, row = row, row + 1
    return Accounts(tuple(demands), tuple(counted), power, netting, money), row


def _variable(book: Book, state: F8, steps: slice, covered: Cover) -> tuple[list[Line], F8]:
    """Return what depends on use, as quoted, and the kWh that bear excise, shape (n,)."""
    found = _priced(book, state, steps, covered)
    own, kwh = book.accounts, in_order(state[book.energy[0].rows])
    share = cancelled_share(book, state)
    if own.netting is not None:
        kwh = kwh - in_order(credits.cancelled(own.netting, state))
    for block in own.blocks:
        found += blocks.lines(block, state, covered, book.contract.parts.months, share)
    for power in own.demands:
        found += demand.lines(power, state, covered)
    if own.subscribed is not None:
        found += subscribed.lines(own.subscribed, state, covered)
    return found, kwh


def _priced(book: Book, state: F8, steps: slice, covered: Cover) -> list[Line]:
    """Return what is paid per kWh, and what exports cancel of it, price by price."""
    netting, taxes = book.accounts.netting, book.contract.parts.taxes
    found: list[Line] = []
    for place, channel in enumerate(book.energy):
        those = channels.lines(channel, state, steps, covered)
        if netting is not None:
            codes = channels.occurring(channel, steps)
            those += credits.cancelling(netting, state, those, place, codes=codes)
        found += those if place else with_excise(those, taxes)
    return found


def _credited(
    book: Book, state: F8, owed: tuple[list[Line], slice, Cover], *, settles: bool
) -> list[Line]:
    """Return what exports bring; keep what is left over, in place."""
    rule, own, currency = book.contract.parts.export, book.accounts, book.contract.currency
    variable, steps, covered = owed
    if own.netting is not None:
        return credits.roll_over(own.netting, state, covered, settles=settles)
    if rule is None and not book.contract.export_price:
        return []
    sold = channels.lines(book.exports, state, steps, covered, sign=-1.0)
    if rule is None or own.money is None:
        return sold
    left, found = credits.paid_with(state[own.money], variable, sold, currency)
    if settles:
        found.append(credits.paid_out(rule, left, covered, currency))
        left = np.zeros(left.shape)
    state[own.money] = left
    return found


def _clear(book: Book, state: F8, covered: Cover) -> None:
    """Let the registers of a period start again, in place."""
    for channel in (*book.energy, book.exports):
        state[channel.kwh : _after(channel)] = 0.0
    for power in book.accounts.demands:
        demand.close(power, state, covered)
    for block in book.accounts.blocks:
        state[block.row] = 0.0
    if book.accounts.subscribed is not None:
        subscribed.close(book.accounts.subscribed, state)


def _fixed(contract: Contract, covered: Cover, homes: int) -> list[Line]:
    """Return the lines that do not depend on use."""
    charges = contract.parts.fixed
    if contract.standing_year:
        charges = (Fixed("standing charge", contract.standing_year, Per.YEAR), *charges)
    days = (covered.first_day, covered.last_day)
    found = []
    for charge in charges:
        if charge.per == Per.MONTH:
            quantity, unit, price = covered.month_count(), "month", charge.amount
        else:
            year = covered.year_days() if charge.per == Per.YEAR else 1
            quantity, unit, price = covered.day_count(), "day", charge.amount / year
        many, rate = np.full(homes, quantity), np.full(homes, float(price))
        found.append(Line(LineKind.STANDING, charge.name, *days, many, unit, rate, many * rate))
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
