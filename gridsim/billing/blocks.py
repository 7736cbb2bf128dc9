"""Blocks: other prices for the first kWh of a period or of a day than for the next."""

from dataclasses import dataclass

import numpy as np

from gridsim.billing.channels import add
from gridsim.billing.lines import Line, LineKind
from gridsim.billing.periods import Cover
from gridsim.core.arrays import B1, F8, I8
from gridsim.core.clock import Clock
from gridsim.signals.parts import Blocks, Per

_NO_DAY = -1.0


@dataclass(frozen=True, slots=True)
class Account:
    """How the energy of blocks is counted.

    Parameters
    ----------
    rule : Blocks
        What is charged.
    counts : B1
        Whether a step's month is one of the rule's, shape (t,).
    day : I8
        Local day number of each step, shape (t,).
    row : int
        First of its rows of the state: energy of the period or of the open day [kWh]; with blocks
        by day also the day that is open, and the energy of each block in days before it [kWh].
    """

    rule: Blocks
    counts: B1
    day: I8
    row: int

    @property
    def after(self) -> int:
        """Row after its own."""
        return self.row + (2 + len(self.rule.adders) if self.rule.per == Per.DAY else 1)


def open_account(rule: Blocks, clock: Clock, row: int) -> Account:
    """Return the account of blocks whose rows begin at ``row``."""
    return Account(rule, np.isin(clock.month, rule.months), clock.local_day, row)


def start(account: Account, state: F8) -> None:
    """Set the account's rows to no energy, in place."""
    state[account.row : account.after] = 0.0
    if account.rule.per == Per.DAY:
        state[account.row + 1] = _NO_DAY


def absorb(account: Account, state: F8, first: int, energy_kwh: F8) -> None:
    """Count the energy of steps of one period from ``first`` on, (k, n), in place. [kWh]"""
    steps = slice(first, first + len(energy_kwh))
    counts = account.counts[steps]
    day, energy_kwh = account.day[steps][counts], energy_kwh[counts]
    if not len(day):
        return
    bounds = np.flatnonzero(np.diff(day, prepend=_NO_DAY))
    if account.rule.per == Per.MONTH:
        bounds = bounds[:1]
    for a, b in zip(bounds, [*bounds[1:], len(day)], strict=True):
        if account.rule.per == Per.DAY:
            _turn(account, state, int(day[a]))
        add(state[account.row : account.row + 1], np.zeros(b - a, np.int64), energy_kwh[a:b])


def lines(account: Account, state: F8, covered: Cover, months: int, cancelled: F8) -> list[Line]:
    """Return a line for each block, none where the period lies outside the rule's months.

    Parameters
    ----------
    account : Account
        Of the rule.
    state : F8
        Accounts, shape (fields, n).
    covered : Cover
        Days of the period.
    months : int
        Length of a whole billing period, in months.
    cancelled : F8
        Share of the period's imports that exports have cancelled, shape (n,).
    """
    rule = account.rule
    if not covered.day_count(rule.months):
        return []
    if rule.per == Per.DAY:
        bounds, unit = np.array(rule.bounds_kwh), " a day"
        kwh = state[account.row + 2 : account.after] + split(state[account.row], bounds)
    else:
        bounds = np.array(rule.bounds_kwh) * covered.share_of(months, rule.months)
        kwh, unit = split(state[account.row] * (1.0 - cancelled), bounds), ""
    found = []
    for place, adder in enumerate(rule.adders):
        rate = np.full(cancelled.shape, float(adder))
        found.append(
            Line(
                LineKind.BLOCK, f"{rule.name} {place + 1}", covered.first_day, covered.last_day,
                kwh[place], "kWh", rate, kwh[place] * rate, _between(bounds, place) + unit,
            )
        )  # fmt: skip
    return found


def split(kwh: F8, bounds: F8) -> F8:
    """Return how much of an energy lies in each block, shape (blocks, n). [kWh]"""
    lower = np.append(0.0, bounds)[:, None]
    upper = np.append(bounds, np.inf)[:, None]
    found: F8 = np.clip(kwh, lower, upper) - lower
    return found


def _turn(account: Account, state: F8, day: int) -> None:
    """Close the open day where it is another."""
    turned = state[account.row + 1] != day
    kwh = np.where(turned, state[account.row], 0.0)
    state[account.row + 2 : account.after] += split(kwh, np.array(account.rule.bounds_kwh))
    state[account.row][turned] = 0.0
    state[account.row + 1] = day


def _between(bounds: F8, place: int) -> str:
    """Return the bounds of a block in words."""
    if place == len(bounds):
        return f"above {bounds[-1]:.6g} kWh"
    if place == 0:
        return f"up to {bounds[0]:.6g} kWh"
    return f"from {bounds[place - 1]:.6g} to {bounds[place]:.6g} kWh"
