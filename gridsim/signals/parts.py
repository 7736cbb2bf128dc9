"""The parts of a contract besides its energy price: taxes, fixed charges, blocks, demand, exports.

Each is a record of what is written in a price list. What a home owes under them is worked out in
``gridsim.billing``; what a kWh costs in a step, taxes and all, in ``gridsim.signals.whole``.
"""

import itertools
from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:  # contracts hold parts, and parts hold tariffs
    from gridsim.signals.tariff import DayType, Tariff

ALL_MONTHS = tuple(range(1, 13))
INTERVALS_MIN = (5, 10, 15, 30, 60)
"""Lengths of a demand interval that divide an hour. [min]"""


class Per(IntEnum):
    """What an amount, a bound or a maximum is for."""

    DAY = 0
    MONTH = 1
    SEASON = 2
    YEAR = 3


class Kind(IntEnum):
    """What a price per kWh is for."""

    ENERGY = 0
    NETWORK = 1
    LEVY = 2
    CARBON = 3


class Crediting(IntEnum):
    """How exports are credited."""

    FEED_IN = 0
    NET_METERING = 1
    NET_BILLING = 2


@dataclass(frozen=True, slots=True)
class Taxes:
    """What the state adds.

    Parameters
    ----------
    vat : float
        Value-added tax on everything that is paid, a share of the net amount.
    standing_vat : float or None
        Another rate for standing charges; None: the same.
    per_kwh : float
        Excise on each imported kWh, without VAT. [currency/kWh]
    included : bool
        Whether all amounts of the contract are quoted with taxes: then nothing is added, and
        a bill tells how much of them is tax.
    """

    vat: float = 0.0
    standing_vat: float | None = None
    per_kwh: float = 0.0
    included: bool = False

    def __post_init__(self) -> None:
        """Refuse shares and rates that are none."""
        for name, share in (("vat", self.vat), ("standing_vat", self.standing_vat)):
            if share is not None and not 0 <= share <= 1:
                raise ValueError(f"{name} must be a share from 0 to 1, got {share}")
        if not 0 <= self.per_kwh < np.inf:
            raise ValueError(f"per_kwh must be a number not below 0, got {self.per_kwh}")

    @property
    def fixed_vat(self) -> float:
        """Rate on standing charges."""
        return self.vat if self.standing_vat is None else self.standing_vat


@dataclass(frozen=True, slots=True)
class Adder:
    """Another price on each imported kWh: network, levies, carbon.

    Parameters
    ----------
    name : str
        What it is called on a bill.
    tariff : Tariff
        Its price in each step; anything that answers the protocol.
    kind : Kind
        What it is for.
    billed : bool
        Whether it is paid. What is not is a signal: people and machines reckon with it, a bill
        does not.
    """

    name: str
    tariff: "Tariff"
    kind: Kind = Kind.NETWORK
    billed: bool = True


@dataclass(frozen=True, slots=True)
class Fixed:
    """A charge that does not depend on use.

    Parameters
    ----------
    name : str
        What it is called on a bill.
    amount : float
        For each ``per``; negative for a rebate. [currency]
    per : Per
        DAY, MONTH or YEAR. A month's charge is spread over the month's days, a year's over the
        year's.
    """

    name: str
    amount: float
    per: Per = Per.MONTH

    def __post_init__(self) -> None:
        """Refuse what is no amount."""
        if not np.isfinite(self.amount):
            raise ValueError(f"amount must be a finite number, got {self.amount}")
        if self.per == Per.SEASON:
            raise ValueError("per must be DAY, MONTH or YEAR")


def _check_months(months: tuple[int, ...]) -> None:
    """Refuse months that no year has."""
    if not months or any(not 1 <= month <= 12 for month in months):
        raise ValueError(f"months must lie in 1-12, got {list(months)}")


@dataclass(frozen=True, slots=True)
class Blocks:
    """Another price for the first kWh of a billing period than for the next.

    Parameters
    ----------
    bounds_kwh : tuple of float
        Where one block ends and the next begins, rising; the last block has no end. [kWh]
    adders : tuple of float
        What each block adds to the price of its kWh, one more than bounds; may be negative.
        [currency/kWh]
    per : Per
        MONTH: bounds are for a whole billing period; DAY: for each of its days, all days together
        (an allowance by the day, as in California). In a period of which only some days lie in
        ``months``, or are there at all, bounds count for those days.
    months : tuple of int
        Months 1-12 whose imports it counts.
    name : str
        What it is called on a bill.
    """

    bounds_kwh: tuple[float, ...]
    adders: tuple[float, ...]
    per: Per = Per.MONTH
    months: tuple[int, ...] = ALL_MONTHS
    name: str = "block"

    def __post_init__(self) -> None:
        """Refuse bounds that do not rise and adders that do not fit."""
        bounds = (0.0, *self.bounds_kwh)
        if not self.bounds_kwh or any(a >= b for a, b in itertools.pairwise(bounds)):
            raise ValueError(f"bounds_kwh must rise from above 0, got {list(self.bounds_kwh)}")
        if len(self.adders) != len(bounds) or not np.isfinite(self.adders).all():
            raise ValueError(f"adders must hold {len(bounds)} numbers, got {list(self.adders)}")
        if self.per not in (Per.DAY, Per.MONTH):
            raise ValueError("per must be DAY or MONTH")
        _check_months(self.months)


@dataclass(frozen=True, slots=True)
class Window:
    """The times at which something counts.

    Parameters
    ----------
    hours : tuple of (float, float)
        Local hours [from, to), from > to goes through midnight within the same date. [h]
    days : tuple of DayType
        Kinds of days; empty: every kind. A holiday counts as a Sunday unless HOLIDAY is named or
        all kinds are.
    months : tuple of int
        Months 1-12.
    """

    hours: tuple[tuple[float, float], ...] = ((0.0, 24.0),)
    days: tuple["DayType", ...] = ()
    months: tuple[int, ...] = ALL_MONTHS

    def __post_init__(self) -> None:
        """Refuse hours and months that are none."""
        if not self.hours:
            raise ValueError("hours must not be empty")
        for start, end in self.hours:
            if not (0 <= start < 24 and 0 < end <= 24 and start != end):
                raise ValueError(f"hours must run from [0, 24) to (0, 24], got {start:g}-{end:g}")
        _check_months(self.months)


@dataclass(frozen=True, slots=True)
class Demand:
    """A charge for the highest power taken from the grid; it goes on through switches that keep it.

    Parameters
    ----------
    name : str
        What it is called on a bill.
    price : float
        For each kW of billed demand, not negative. [currency/kW for each ``per``]
    per : Per
        What the price is for: MONTH or YEAR (a twelfth of it is paid for a month).
    minutes : int
        Length of the interval whose mean power counts. [min]
    highest : int
        Billed is the mean of so many of the highest intervals.
    one_a_day : bool
        Whether each local day lends at most one of them.
    window : Window
        When power counts.
    over : Per
        What the maximum is taken over: MONTH (the billing period), SEASON (the stretch of months
        of the window) or YEAR; the running maximum counts from its period on.
    minimum_kw : float
        Least demand that is billed. [kW]
    rolling : int
        Billed is the mean over so many last monthly demands, as far as there are (Belgium: 12).
    steps : tuple of (float, float)
        Instead of a price for each kW: (upper end of the step [kW], charge for a month
        [currency]), both rising; a demand at an upper end pays that step, above the last the last
        (Norway).
    """

    name: str
    price: float = 0.0
    per: Per = Per.MONTH
    minutes: int = 15
    highest: int = 1
    one_a_day: bool = False
    window: Window = Window()
    over: Per = Per.MONTH
    minimum_kw: float = 0.0
    rolling: int = 1
    steps: tuple[tuple[float, float], ...] = ()

    def __post_init__(self) -> None:
        """Refuse numbers that make no charge."""
        if not (0 <= self.price < np.inf and 0 <= self.minimum_kw < np.inf):
            raise ValueError(
                f"price and minimum_kw must not be below 0, got {self.price}, {self.minimum_kw}"
            )
        if self.per not in (Per.MONTH, Per.YEAR) or self.over == Per.DAY:
            raise ValueError("per must be MONTH or YEAR, over MONTH, SEASON or YEAR")
        if self.minutes not in INTERVALS_MIN:
            raise ValueError(f"minutes must be one of {list(INTERVALS_MIN)}, got {self.minutes}")
        if self.highest < 1 or self.rolling < 1:
            raise ValueError(
                f"highest and rolling must be 1 or more, got {self.highest}, {self.rolling}"
            )
        rows = [(0.0, -np.inf), *self.steps]
        if any(a[0] >= b[0] or a[1] > b[1] for a, b in itertools.pairwise(rows)):
            raise ValueError(f"steps must rise, got {list(self.steps)}")
        if self.steps and self.price:
            raise ValueError("price and steps cannot both be there")


@dataclass(frozen=True, slots=True)
class Subscribed:
    """Power that a home has subscribed to, and what happens above it.

    Parameters
    ----------
    kw : float
        Subscribed power, above 0. [kW]
    price_kw_year : float
        For each subscribed kW. [currency/kW/year]
    overrun_kwh : float
        On each kWh taken above it. [currency/kWh]
    trips : bool
        Whether the breaker opens above it: a bill counts how often it would have.
    """

    kw: float
    price_kw_year: float = 0.0
    overrun_kwh: float = 0.0
    trips: bool = False

    def __post_init__(self) -> None:
        """Refuse powers and prices that are none."""
        if not 0 < self.kw < np.inf:
            raise ValueError(f"kw must be a number above 0, got {self.kw}")
        for name in ("price_kw_year", "overrun_kwh"):
            if not 0 <= getattr(self, name) < np.inf:
                raise ValueError(f"{name} must not be below 0, got {getattr(self, name)}")


@dataclass(frozen=True, slots=True)
class Export:
    """What is done with exports, where a fixed price for each kWh does not say it all.

    Parameters
    ----------
    crediting : Crediting
        FEED_IN: each kWh earns its price. NET_METERING: exported kWh cancel imported kWh of the
        same price within a billing period, with all that is paid on them; what is left over is
        kept as kWh for the next ones, and no export price counts.
        NET_BILLING: exports earn their price as a credit that pays for anything but standing
        charges and what goes with them; what is left over is kept as money.
    tariff : Tariff or None
        Price of exports in each step; None: the contract's ``export_price``. May be negative.
    cash_out : float
        What a kept kWh (NET_METERING, [currency/kWh]) or a kept unit of money (NET_BILLING, 1 pays
        it whole) brings at the end of the year of settlement, or at a switch; 0: it is lost.
    cash_out_month : int
        The last month of the year of settlement; a billing period ends with it.
    limit_kw : float
        Most power that may be fed in; what a roof makes beyond is curtailed. [kW]
    """

    crediting: Crediting = Crediting.FEED_IN
    tariff: "Tariff | None" = None
    cash_out: float = 0.0
    cash_out_month: int = 12
    limit_kw: float = np.inf

    def __post_init__(self) -> None:
        """Refuse numbers that make no rule."""
        if not 0 <= self.cash_out < np.inf:
            raise ValueError(f"cash_out must not be below 0, got {self.cash_out}")
        if not 1 <= self.cash_out_month <= 12:
            raise ValueError(f"cash_out_month must lie in 1-12, got {self.cash_out_month}")
        if not self.limit_kw >= 0:
            raise ValueError(f"limit_kw must not be below 0, got {self.limit_kw}")


@dataclass(frozen=True, slots=True)
class Parts:
    """Everything of a contract besides its energy price, its standing charge and feed-in price.

    Parameters
    ----------
    taxes : Taxes
        What the state adds.
    adders : tuple of Adder
        Other prices on each imported kWh.
    fixed : tuple of Fixed
        Other charges that do not depend on use.
    blocks : tuple of Blocks
        Prices that depend on how much is used in a billing period.
    demand : tuple of Demand
        Charges for the highest power.
    subscribed : Subscribed or None
        Subscribed power.
    export : Export or None
        How exports are credited; None: each kWh earns the contract's ``export_price``.
    months : int
        Length of a billing period, in calendar months from January on: 1, 2, 3, 4, 6 or 12.
    """

    taxes: Taxes = Taxes()
    adders: tuple[Adder, ...] = ()
    fixed: tuple[Fixed, ...] = ()
    blocks: tuple[Blocks, ...] = ()
    demand: tuple[Demand, ...] = ()
    subscribed: Subscribed | None = None
    export: Export | None = None
    months: int = 1

    def __post_init__(self) -> None:
        """Refuse a billing period that does not divide the year."""
        if self.months not in (1, 2, 3, 4, 6, 12):
            raise ValueError(f"months must be 1, 2, 3, 4, 6 or 12, got {self.months}")

    @property
    def paid(self) -> tuple[Adder, ...]:
        """The adders that stand on a bill."""
        return tuple(adder for adder in self.adders if adder.billed)

    @property
    def linear(self) -> bool:
        """Whether every line is a price times energy, step by step, or a fixed charge."""
        credited = self.export is None or self.export.crediting == Crediting.FEED_IN
        return credited and not (self.blocks or self.demand or self.subscribed)


NO_PARTS = Parts()
"""Nothing besides the energy price, the standing charge and the feed-in price."""
