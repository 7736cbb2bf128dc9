"""Contracts: what a home has signed with its supplier."""

from dataclasses import dataclass

import numpy as np

from gridsim.signals.tariff import Tariff


@dataclass(frozen=True, slots=True)
class Contract:
    """A tariff, a standing charge and a price for what the home feeds in.

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
    """

    tariff: Tariff
    standing_year: float = 0.0
    export_price: float = 0.0
    currency: str = "EUR"
    label: str = ""
    source: str = ""

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
