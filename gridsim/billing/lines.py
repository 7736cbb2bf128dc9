"""Bills: lines that say what, how much, at what rate, and their sums."""

import math
from dataclasses import dataclass
from enum import IntEnum

import numpy as np

from gridsim.core.arrays import F8


class LineKind(IntEnum):
    """What a line of a bill is for; the first four are those of ``signals.parts.Kind``."""

    ENERGY = 0
    NETWORK = 1
    LEVY = 2
    CARBON = 3
    BLOCK = 4
    DEMAND = 5
    SUBSCRIBED = 6
    STANDING = 7
    TAX = 8  # on what is not paid per kWh
    EXPORT = 9
    CREDIT = 10
    REBATE = 11
    ENERGY_TAX = 12  # on what is paid per kWh


PER_KWH = (
    LineKind.ENERGY, LineKind.NETWORK, LineKind.LEVY, LineKind.CARBON, LineKind.BLOCK,
    LineKind.ENERGY_TAX,
)  # fmt: skip
"""Kinds of lines that are paid per kWh, and the taxes on them."""
FIXED = (LineKind.STANDING,)
CAPACITY = (LineKind.DEMAND, LineKind.SUBSCRIBED)
TAXES = (LineKind.TAX,)
CREDITS = (LineKind.EXPORT, LineKind.CREDIT, LineKind.REBATE)
SHARES = (PER_KWH, FIXED, CAPACITY, TAXES, CREDITS)
"""The shares of a bill: together they hold every kind of line once."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a bill; numbers have shape (n,), or () for a single home.

    Parameters
    ----------
    kind : LineKind
        What it is for.
    name : str
        What it is called.
    first_day, last_day : int
        Local day numbers of its period [first, last).
    quantity : F8
        How much, in ``unit``; exported and cancelled kWh are negative.
    unit : str
        kWh, kW, day, month, a currency for what is taxed, or empty.
    rate : F8
        What each unit costs, or their mean; NaN where the amount is no quantity times a rate,
        and ``note`` says why. [currency/unit]
    amount : F8
        What is owed; negative to the home's credit. [currency]
    note : str
        How it was reckoned, where that does not speak for itself.
    tax : F8 or None
        How much of the amount is tax, where prices are quoted with taxes. [currency]
    """

    kind: LineKind
    name: str
    first_day: int
    last_day: int
    quantity: F8
    unit: str
    rate: F8
    amount: F8
    note: str = ""
    tax: F8 | None = None


@dataclass(frozen=True, slots=True)
class Bill:
    """What homes owe, line by line; sums have shape (n,), or () for a single home.

    Parameters
    ----------
    lines : tuple of Line
        At least one; period by period.
    currency : str
        ISO 4217 code of all amounts.
    """

    lines: tuple[Line, ...]
    currency: str

    def __post_init__(self) -> None:
        """Refuse a bill without lines."""
        if not self.lines:
            raise ValueError("lines must not be empty")

    @property
    def energy(self) -> F8:
        """All that is paid per kWh, with its taxes. [currency]"""
        return self.sum_of(*PER_KWH)

    @property
    def standing(self) -> F8:
        """Charges that do not depend on use, without taxes. [currency]"""
        return self.sum_of(*FIXED)

    @property
    def capacity(self) -> F8:
        """Charges for power, without taxes. [currency]"""
        return self.sum_of(*CAPACITY)

    @property
    def taxes(self) -> F8:
        """Taxes on all that is not paid per kWh. [currency]"""
        return self.sum_of(*TAXES)

    @property
    def export(self) -> F8:
        """Credits for exports and rebates, to the home's credit negative. [currency]"""
        return self.sum_of(*CREDITS)

    @property
    def total(self) -> F8:
        """``energy + standing + capacity + taxes + export``, the sum of all lines. [currency]"""
        return np.asarray(self.energy + self.standing + self.capacity + self.taxes + self.export)

    @property
    def tax_in_energy(self) -> F8:
        """How much of ``energy`` is tax, quoted within prices or added to them. [currency]"""
        found = self.sum_of(LineKind.ENERGY_TAX)
        for line in self.lines:
            if line.tax is not None:
                found = found + line.tax
        return np.asarray(found)

    @property
    def notes(self) -> tuple[str, ...]:
        """What lines have to say about how they were reckoned, each once, in order."""
        return tuple(dict.fromkeys(f"{ln.name}: {ln.note}" for ln in self.lines if ln.note))

    def sum_of(self, *kinds: LineKind) -> F8:
        """Return the sum of the lines of some kinds, in their order. [currency]"""
        found = np.zeros(np.shape(self.lines[0].amount))
        for line in self.lines:
            if line.kind in kinds:
                found = found + line.amount
        return np.asarray(found)


def revenue(bill: Bill) -> float:
    """Return what is received in all: the exact sum of the homes' totals. [currency]"""
    return math.fsum(np.atleast_1d(bill.total))
