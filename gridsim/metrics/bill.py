"""Bills: what the metered energy of each home costs under its contract."""

import calendar
import math
from dataclasses import dataclass

import numpy as np

from gridsim.core.arrays import F8
from gridsim.core.clock import Clock, date_of, local_s
from gridsim.core.kernel import kernel


@dataclass(frozen=True, slots=True)
class Bill:
    """What homes owe, one number for each home, shape (n,), or () for a single home.

    Parameters
    ----------
    energy : F8
        Imports at their price. [currency]
    export_credit : F8
        Paid for exports; positive is to the home's credit. [currency]
    standing : F8
        Standing charge of the period. [currency]
    total : F8
        ``energy + standing - export_credit``; negative when the supplier owes the home. [currency]
    """

    energy: F8
    export_credit: F8
    standing: F8
    total: F8


def energy_cost(import_kwh: F8, price: F8) -> F8:
    """Return what metered energy costs at the price of each step.

    Parameters
    ----------
    import_kwh : F8
        Energy taken in each step, not negative, shape (t, n) or (t,). [kWh]
    price : F8
        Price of each step, shape (t,). [currency/kWh]

    Returns
    -------
    F8
        Shape (n,), or () for a single home. [currency]

    Raises
    ------
    ValueError
        If the shapes do not fit, the energy is negative or unknown, or a price is not finite.
    """
    _check_energy("import_kwh", import_kwh, len(price))
    if np.ndim(price) != 1 or not np.isfinite(price).all():
        raise ValueError("price must hold one finite number for each step")
    return _settle(import_kwh, np.asarray(price, dtype=np.float64))


def standing_charge(standing_year: float, clock: Clock) -> float:
    """Return the standing charge of the clock's period. [currency].

    Each local day costs a 365th, in a leap year a 366th, of the year's charge, whether it has
    23, 24 or 25 hours; a day that the clock covers in part costs that share of its length.

    Parameters
    ----------
    standing_year : float
        Charge of a calendar year, not negative. [currency/year]
    clock : Clock
        Time axis.

    Raises
    ------
    ValueError
        If the charge is negative or not finite.
    """
    if not 0 <= standing_year < math.inf:
        raise ValueError(f"standing_year must be a number not below 0, got {standing_year}")
    days, steps = np.unique(clock.local_day, return_counts=True)
    shares = [
        int(count) * clock.step_s / _length_s(int(day), clock.timezone) / _year_days(int(day))
        for day, count in zip(days, steps, strict=True)
    ]
    return standing_year * math.fsum(shares)


def bill(
    import_kwh: F8,
    export_kwh: F8,
    price: F8,
    clock: Clock,
    *,
    standing_year: float = 0.0,
    export_price: float = 0.0,
) -> Bill:
    """Return the bill of each home for the clock's period.

    Parameters
    ----------
    import_kwh, export_kwh : F8
        Energy taken from and fed into the grid in each step, neither negative, both of shape
        (t, n) or (t,). [kWh]
    price : F8
        Price of imports in each step, shape (t,). [currency/kWh]
    clock : Clock
        Time axis of t steps.
    standing_year : float
        Standing charge of a calendar year. [currency/year]
    export_price : float
        Paid for each exported kWh. [currency/kWh]

    Raises
    ------
    ValueError
        If shapes do not fit or a number is no energy, price or charge.
    """
    if np.shape(price) != (clock.steps,):
        raise ValueError(f"price must have shape ({clock.steps},), got {np.shape(price)}")
    if np.shape(export_kwh) != np.shape(import_kwh):
        raise ValueError(
            f"export_kwh must have the shape of import_kwh {np.shape(import_kwh)}, "
            f"got {np.shape(export_kwh)}"
        )
    _check_energy("export_kwh", export_kwh, clock.steps)
    if not math.isfinite(export_price):
        raise ValueError(f"export_price must be a finite number, got {export_price}")
    energy = energy_cost(import_kwh, price)
    credit = _settle(export_kwh, np.full(clock.steps, float(export_price)))
    standing = np.full(energy.shape, standing_charge(standing_year, clock))
    return Bill(energy, credit, standing, np.asarray(energy + standing - credit))


def revenue(bills: Bill) -> float:
    """Return what the supplier receives in all: the exact sum of the homes' totals. [currency]."""
    return math.fsum(np.atleast_1d(bills.total))


def _settle(energy_kwh: F8, price: F8) -> F8:
    """Return the sum over steps of energy times price, shape (n,) or ()."""
    energy_kwh = np.asarray(energy_kwh, dtype=np.float64)
    owed = np.zeros(energy_kwh.shape[1:] or 1)
    _add_steps(owed, energy_kwh.reshape(len(price), -1), price)
    return owed.reshape(energy_kwh.shape[1:])


@kernel
def _add_steps(owed, energy_kwh, price):  # type: ignore[no-untyped-def]
    """Add each step's cost in order: a home's sum does not depend on the homes beside it."""
    steps, homes = energy_kwh.shape
    for k in range(steps):
        for home in range(homes):
            owed[home] += energy_kwh[k, home] * price[k]


def _check_energy(name: str, energy_kwh: F8, steps: int) -> None:
    """Refuse energies of the wrong shape, below zero or unknown."""
    if np.ndim(energy_kwh) not in {1, 2} or len(energy_kwh) != steps:
        raise ValueError(f"{name} must have shape ({steps}, n), got {np.shape(energy_kwh)}")
    if np.size(energy_kwh) and not 0 <= np.min(energy_kwh) <= np.max(energy_kwh) < np.inf:
        raise ValueError(f"{name} must hold finite numbers not below 0")


def _length_s(day: int, timezone: str) -> int:
    """Return the length of a local day: 86,400 s but for the two changes of the clocks."""
    return local_s(date_of(day + 1), timezone) - local_s(date_of(day), timezone)


def _year_days(day: int) -> int:
    """Return the number of days in the year of a day."""
    return 366 if calendar.isleap(date_of(day).year) else 365
