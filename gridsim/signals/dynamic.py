"""Dynamic prices: each hour or half hour its own price, told the day before.

What a customer pays is a wholesale price with a factor (losses, VAT), an adder (network, levies,
margin), surcharges at some hours of the day, and bounds:
price = min(cap, max(floor, adder + surcharge + factor * wholesale)). Prices may be negative.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from gridsim.core.arrays import B1, F8, I8
from gridsim.core.clock import HOUR_S, Clock, date_of, local_s
from gridsim.core.errors import DataError
from gridsim.signals import timed_csv
from gridsim.signals.notice import Notice
from gridsim.signals.timed_csv import TimedColumns

LABEL = "day-ahead"
"""What a day's prices are announced as."""
PER_KWH, PER_MWH = "price", "price_mwh"
"""Columns of a price file: in currency/kWh, and in currency/MWh."""
_DEAR = 0.9  # assumed: the dearest tenth of the hours are those that stand out
_HOURS = 24
_SEASONS = 4


@dataclass(frozen=True, slots=True)
class Surcharge:
    """An amount on each kWh at some hours of every day.

    Parameters
    ----------
    amount : float
        May be negative. [currency/kWh]
    hours : tuple of (float, float)
        Local hours [from, to) of the day, to at most 24; from > to goes through midnight. [h]
    """

    amount: float
    hours: tuple[tuple[float, float], ...]

    def __post_init__(self) -> None:
        """Refuse what is no amount and hours that are none."""
        if not np.isfinite(self.amount):
            raise ValueError(f"amount must be a finite number, got {self.amount}")
        for start, end in self.hours:
            if not (0 <= start < 24 and 0 < end <= 24 and start != end):
                raise ValueError(f"hours must run from [0, 24) to (0, 24], got {start:g}-{end:g}")


@dataclass(frozen=True, slots=True)
class Terms:
    """What makes a customer's price of a wholesale price.

    Parameters
    ----------
    adder : float
        Added to every kWh. [currency/kWh]
    factor : float
        What the wholesale price is multiplied by, not negative.
    surcharges : tuple of Surcharge
        Added at some hours.
    cap, floor : float
        Bounds of the customer's price. [currency/kWh]
    told_h : float
        Local hour at which the prices of the next local date are told. [h]
    """

    adder: float = 0.0
    factor: float = 1.0
    surcharges: tuple[Surcharge, ...] = ()
    cap: float = np.inf
    floor: float = -np.inf
    told_h: float = 13.0  # European day-ahead results come out a little before 13:00 (SDAC)

    def __post_init__(self) -> None:
        """Refuse a factor that turns prices round, bounds out of order, and hours of no day."""
        if not (0 <= self.factor < np.inf and np.isfinite(self.adder)):
            raise ValueError(
                f"factor must not be below 0 and adder finite, got {self.factor} and {self.adder}"
            )
        if not self.floor < self.cap:
            raise ValueError(f"floor must lie below cap, got {self.floor} and {self.cap}")
        if not 0 <= self.told_h < 24:
            raise ValueError(f"told_h must lie from 0 to below 24, got {self.told_h}")


@dataclass(frozen=True, slots=True, eq=False)
class Wholesale:
    """A wholesale price on a clock, still without a customer's terms.

    Parameters
    ----------
    clock : Clock
        Time axis.
    price : F8
        Price in each step, shape (t,). [currency/kWh]
    """

    clock: Clock
    price: F8


@dataclass(frozen=True, slots=True, eq=False)
class Dynamic:
    """A price for each step of a series; see :func:`of_series`.

    Parameters
    ----------
    series : TimedColumns
        What the customer pays, in the column ``price``. [currency/kWh]
    expected : F8
        What people expect of each hour of a season's days, December to February first, shape
        (4, 24). [currency/kWh]
    told_h : float
        Local hour at which the prices of the next local date are told. [h]
    """

    series: TimedColumns
    expected: F8
    told_h: float = 13.0

    def price(self, clock: Clock) -> F8:
        """Return the mean price over each step, shape (t,) [currency/kWh].

        Raises
        ------
        DataError
            If the series does not hold the clock.
        """
        return timed_csv.means(self.series, PER_KWH, clock, "the series of prices")

    def usual(self, clock: Clock) -> F8:
        """Return the mean price of the hour in its season, shape (t,) [currency/kWh].

        The mean is that of the whole series: people know the profile from experience.
        """
        usual: F8 = self.expected[_season(clock), clock.wall_s // HOUR_S]
        return usual

    def notices(self, clock: Clock) -> tuple[Notice, ...]:
        """Return one announcement for each local date, made on the day before."""
        days, first = np.unique(clock.local_day, return_index=True)
        last = np.append(first[1:], clock.steps)
        told_s = round(self.told_h * HOUR_S)
        return tuple(
            Notice(local_s(date_of(day - 1), clock.timezone, told_s), int(a), int(b), LABEL)
            for day, a, b in zip(days, first, last, strict=True)
        )

    def off_peak(self, clock: Clock) -> B1:
        """Return True everywhere: there is no contact, shape (t,)."""
        return np.ones(clock.steps, dtype=np.bool_)

    def called(self, clock: Clock) -> B1:
        """Return False everywhere, shape (t,): no step is called."""
        return np.zeros(clock.steps, dtype=np.bool_)

    def dear(self, clock: Clock) -> B1:
        """Return whether a step is dearer than nine tenths of the series, shape (t,)."""
        dear: B1 = self.price(clock) > np.quantile(self.series.columns[PER_KWH], _DEAR)
        return dear


def customer_price(clock: Clock, wholesale: F8, terms: Terms) -> F8:
    """Return what a customer pays in each step, shape (t,) [currency/kWh].

    Parameters
    ----------
    clock : Clock
        Time axis; surcharges follow its wall clock.
    wholesale : F8
        Price in each step, shape (t,). [currency/kWh]
    terms : Terms
        What makes the customer's price of it.
    """
    price = terms.adder + terms.factor * np.asarray(wholesale, dtype=np.float64)
    for surcharge in terms.surcharges:
        price = price + surcharge.amount * _inside(clock, surcharge.hours)
    return np.clip(price, terms.floor, terms.cap)


def of_series(clock: Clock, wholesale: F8, terms: Terms | None = None) -> Dynamic:
    """Return the tariff of a wholesale price on a clock.

    Parameters
    ----------
    clock : Clock
        Time axis; the tariff can be asked for any part of it.
    wholesale : F8
        Price in each step, shape (t,). [currency/kWh]
    terms : Terms, optional
        What makes a customer's price of it; unless given, the wholesale price is paid as it is.

    Raises
    ------
    ValueError
        If a price is no number, or there is not one for each step.
    """
    if np.shape(wholesale) != (clock.steps,) or not np.isfinite(wholesale).all():
        raise ValueError("wholesale must hold one finite price for each step")
    terms = Terms() if terms is None else terms
    price = customer_price(clock, wholesale, terms)
    series = TimedColumns(clock.time_s, clock.step_s, np.arange(clock.steps), {PER_KWH: price})
    place = _season(clock) * _HOURS + clock.wall_s // HOUR_S
    count = np.bincount(place, minlength=_SEASONS * _HOURS)
    total = np.bincount(place, weights=price, minlength=_SEASONS * _HOURS)
    mean = np.where(count > 0, total / np.maximum(count, 1), np.mean(price))
    return Dynamic(series, mean.reshape(_SEASONS, _HOURS), terms.told_h)


def read(path: Path, clock: Clock) -> F8:
    """Return the wholesale price of a CSV file on a clock, shape (t,) [currency/kWh].

    Parameters
    ----------
    path : Path
        File with a ``time`` or ``time_utc`` column (see :mod:`gridsim.signals.timed_csv`) and one
        of the columns ``price``, in currency/kWh, and ``price_mwh``, in currency/MWh.
    clock : Clock
        Time axis; the price of a step is the mean over it.

    Raises
    ------
    DataError
        If the file cannot be read, has neither column or both, or does not hold the clock.
    """
    table = timed_csv.parse(timed_csv.read_text(path), str(path), (), (PER_KWH, PER_MWH))
    if len(table.columns) != 1:
        there = "neither is there" if not table.columns else "both are there"
        raise DataError(
            f"{path}:1: one column {PER_KWH!r} in currency/kWh or {PER_MWH!r} in currency/MWh is"
            f" needed; {there}"
        )
    name, values = next(iter(table.columns.items()))
    lacking = np.flatnonzero(~np.isfinite(values))
    if len(lacking):
        raise DataError(f"{path}:{table.lines[lacking[0]]}: {name} must be a number")
    scale = 1.0 if name == PER_KWH else 1e-3
    return scale * timed_csv.means(table, name, clock, str(path))


def _season(clock: Clock) -> I8:
    """Return the season of each step, December to February 0, shape (t,)."""
    return clock.month % 12 // 3


def _inside(clock: Clock, hours: tuple[tuple[float, float], ...]) -> B1:
    """Return whether each step starts within the hours, shape (t,)."""
    inside = np.zeros(clock.steps, dtype=np.bool_)
    for start, end in hours:
        after, before = clock.wall_s >= start * HOUR_S, clock.wall_s < end * HOUR_S
        inside |= (after & before) if start < end else (after | before)
    return inside
