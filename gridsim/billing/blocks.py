"""Blocks: other prices for the first kWh of a billing period than for the next."""

from dataclasses import dataclass

import numpy as np

from gridsim.billing.channels import add
from gridsim.billing.lines import Line, LineKind
from gridsim.billing.periods import Cover
from gridsim.core.arrays import B1, F8
from gridsim.core.clock import Clock
from gridsim.signals.parts import Blocks, Per


@dataclass(frozen=True, slots=True)
class Account:
    """How the energy of blocks is counted.

    Parameters
    ----------
    rule : Blocks
        What is charged.
    counts : B1
        Whether a step's month is one of the rule's, shape (t,).
    row : int
        Its row of the state: energy of the period. [kWh]
    """

    rule: Blocks
    counts: B1
    row: int


def open_account(rule: Blocks, clock: Clock, row: int) -> Account:
    """Return the account of blocks in a row of the state."""
    return Account(rule, np.isin(clock.month, rule.months), row)


def absorb(account: Account, state: F8, first: int, energy_kwh: F8) -> None:
    """Count the energy of steps of one period from ``first`` on, (k, n), in place. [kWh]"""
    counts = account.counts[first : first + len(energy_kwh)]
    rows = state[account.row : account.row + 1]
    add(rows, np.zeros(int(counts.sum()), np.int64), energy_kwh[counts])


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
    bounds = bounds_of(rule, covered, months)
    kwh = split(state[account.row] * (1.0 - cancelled), bounds)
    found = []
    for place, adder in enumerate(rule.adders):
        rate = np.full(cancelled.shape, float(adder))
        found.append(
            Line(
                LineKind.BLOCK, f"{rule.name} {place + 1}", covered.first_day, covered.last_day,
                kwh[place], "kWh", rate, kwh[place] * rate, _between(bounds, place),
            )
        )  # fmt: skip
    return found


def bounds_of(rule: Blocks, covered: Cover, months: int) -> F8:
    """Return the bounds of a period, shape (blocks - 1,). [kWh]

    Parameters
    ----------
    rule : Blocks
        What is charged.
    covered : Cover
        Days of the period.
    months : int
        Length of a whole billing period, in months.
    """
    if rule.per == Per.DAY:
        return np.array(rule.bounds_kwh) * covered.day_count(rule.months)
    return np.array(rule.bounds_kwh) * covered.share_of(months, rule.months)


def split(kwh: F8, bounds: F8) -> F8:
    """Return how much of an energy lies in each block, shape (blocks, n). [kWh]"""
    lower = np.append(0.0, bounds)[:, None]
    upper = np.append(bounds, np.inf)[:, None]
    found: F8 = np.clip(kwh, lower, upper) - lower
    return found


def _between(bounds: F8, place: int) -> str:
    """Return the bounds of a block in words."""
    if place == len(bounds):
        return f"above {bounds[-1]:.6g} kWh"
    if place == 0:
        return f"up to {bounds[0]:.6g} kWh"
    return f"from {bounds[place - 1]:.6g} to {bounds[place]:.6g} kWh"
