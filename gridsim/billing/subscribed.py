"""Subscribed power: what it costs, what is taken above it, and how often a breaker would open."""

from dataclasses import dataclass

import numpy as np

from gridsim.billing.channels import add
from gridsim.billing.lines import Line, LineKind
from gridsim.billing.periods import Cover
from gridsim.core.arrays import F8
from gridsim.core.clock import Clock
from gridsim.signals.parts import Subscribed

ROWS = 3
"""Rows of an account: energy above [kWh], openings, whether the last step was above."""
_SLACK = 1e-9  # a load held at the limit is not above it by the last bits of a sum [kWh]


@dataclass(frozen=True, slots=True)
class Account:
    """How power above the subscribed is counted.

    Parameters
    ----------
    rule : Subscribed
        What is charged.
    limit_kwh : float
        Energy of a step at the subscribed power. [kWh]
    row : int
        First of its rows of the state.
    """

    rule: Subscribed
    limit_kwh: float
    row: int


def open_account(rule: Subscribed, clock: Clock, row: int) -> Account:
    """Return the account of subscribed power whose rows begin at ``row``."""
    return Account(rule, rule.kw * clock.dt_h, row)


def absorb(account: Account, state: F8, energy_kwh: F8) -> None:
    """Count the energy of the next steps of one period, (k, n), in place. [kWh]"""
    over = energy_kwh - account.limit_kwh
    rows = state[account.row : account.row + 1]
    add(rows, np.zeros(len(over), np.int64), np.maximum(over, 0.0))
    above = over > _SLACK
    before = np.concatenate([state[account.row + 2][None] > 0, above[:-1]])
    state[account.row + 1] += (above & ~before).sum(axis=0)
    state[account.row + 2] = above[-1]


def lines(account: Account, state: F8, covered: Cover) -> list[Line]:
    """Return what is owed for a period."""
    rule, homes = account.rule, state.shape[1]
    kind, days = LineKind.SUBSCRIBED, (covered.first_day, covered.last_day)
    over, openings = state[account.row].copy(), state[account.row + 1].copy()
    found = []
    if rule.price_kw_year:
        kw = np.full(homes, float(rule.kw))
        rate = np.full(homes, rule.price_kw_year * covered.year_share())
        found.append(Line(kind, "subscribed power", *days, kw, "kW", rate, kw * rate))
    if rule.overrun_kwh:
        rate = np.full(homes, float(rule.overrun_kwh))
        note = f"taken above {rule.kw:g} kW"
        found.append(Line(kind, "overrun", *days, over, "kWh", rate, over * rate, note))
    if rule.trips:
        note = f"so often the breaker would have opened, at {rule.kw:g} kW"
        none = np.zeros(homes)
        found.append(Line(kind, "trips", *days, openings, "trip", none, none, note))
    return found


def close(account: Account, state: F8) -> None:
    """Start a new period, in place; whether the last step was above is kept."""
    state[account.row : account.row + 2] = 0.0
