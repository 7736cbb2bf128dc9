"""Contracts: what a home has signed with its supplier."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from gridsim.signals.parts import NO_PARTS, Parts
from gridsim.signals.tariff import Tariff


@dataclass(frozen=True, slots=True)
class Contract:
    """A tariff, a standing charge, a price for what the home feeds in, and any other parts.

    Parameters
    ----------
    tariff : Tariff
        Price of imports; any object that answers the protocol.
    standing_year : float
        Standing charge, spread evenly over the days of the calendar year. [currency/year]
    export_price : float
        Paid for each kWh fed into the grid. [currency/kWh]
    currency : str
        ISO 4217 code, three capital letters.
    label : str
        Name for people.
    source : str
        Where the numbers come from.
    parts : Parts
        Taxes, network prices, blocks, demand charges, how exports are credited.
    later : tuple of (int, Contract)
        What it is switched to: the day number from which on, rising, and the contract. A switch
        ends a billing period.
    """

    tariff: Tariff
    standing_year: float = 0.0
    export_price: float = 0.0
    currency: str = "EUR"
    label: str = ""
    source: str = ""
    parts: Parts = NO_PARTS
    later: tuple[tuple[int, "Contract"], ...] = ()

    def __post_init__(self) -> None:
        """Refuse charges that are no numbers and currencies that are no codes."""
        if not 0 <= self.standing_year < np.inf:
            raise ValueError(
                f"standing_year must be a number not below 0, got {self.standing_year}"
            )
        if not np.isfinite(self.export_price):
            raise ValueError(f"export_price must be a finite number, got {self.export_price}")
        code = self.currency
        if not (len(code) == 3 and code.isascii() and code.isalpha() and code.isupper()):
            raise ValueError(f"currency must be three capital letters, got {code!r}")
        days = [day for day, _ in self.later]
        if any(a >= b for a, b in pairwise(days)):
            raise ValueError("later must name its days in rising order")
        if any(one.later or one.currency != code for _, one in self.later):
            raise ValueError("later must hold contracts in the same currency without switches")
