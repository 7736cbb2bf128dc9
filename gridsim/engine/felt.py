"""What charges for power and for blocks are felt to cost, by people who cannot know the month yet.

One more kWh in an interval of h hours raises its mean power by 1 / h. If that interval turns out
to be the highest of the month, it costs ``price / h``; with a chance ``chance`` that it does, its
expected marginal cost is ``price * chance / h``. People know the window in which power counts but
not the hour in which theirs will peak: each interval of the window in which they are up is as
likely as any other (assumed), so ``chance = h / H`` with the H hours of a month that these make,
and the length of the interval cancels::

    felt = price / H    [currency/kWh], in those hours, and nothing in the others

A mean of the n highest gives each of them n times the chance and an n-th of the price; a maximum
over a season or a year is paid in each of its months and spread over the hours of all of them; a
demand that counts for twelve months is paid a twelfth each time. So all of them are felt alike.
"""

import numpy as np

from gridsim.billing.demand import month_price, step_charge
from gridsim.core.arrays import B1, F8
from gridsim.core.clock import Clock
from gridsim.signals.contract import Contract
from gridsim.signals.parts import Blocks, Demand, Per, Taxes, Window
from gridsim.signals.whole import spells
from gridsim.signals.windows import days_a_week, in_hours, within

MONTH_DAYS = 365.2425 / 12.0
"""Days of a mean month."""
UP_FROM_H, UP_TO_H = 6.0, 23.0
"""Hours in which people are up and their highest power may fall, where a window says no less;
assumed, as in ``citizens.choice``."""
STEP_KW = 6.0
"""Monthly peak around which people on a stepped charge think of the next step; assumed. [kW]"""
PEAK_KW, PEAK_AT_KWH = 4.0, 3500.0
"""Monthly peak of a home of a yearly use: a usual Flemish home (VREG, recalled); other homes by
the square root of their use, as in Velander's formula for few customers. [kW], [kWh]"""
_CUTS_H = np.arange(288) / 12.0


def by_step(contract: Contract, clock: Clock) -> F8:
    """Return what charges for power and signals add to the felt price of each step, shape (t,).

    A signal, such as that of the carbon in a kWh, is felt as if it were paid, and known to all.

    Parameters
    ----------
    contract : Contract
        What was signed; each spell of it is felt while it lasts.
    clock : Clock
        Time axis.

    Returns
    -------
    F8
        Felt, never paid per kWh. [currency/kWh]
    """
    felt = np.zeros(clock.steps)
    for one, first, last in spells(contract, clock):
        for adder in one.parts.adders:
            if not adder.billed:
                felt[first:last] += adder.tariff.price(clock)[first:last]
        for demand in one.parts.demand:
            here = within(demand.window, clock) & _may_peak(demand.window, clock.local_hour)
            felt[first:last] += np.where(here, _per_kwh(demand, one.parts.taxes), 0.0)[first:last]
    return felt


def peak_kw(yearly_kwh: F8) -> F8:
    """Return the monthly peaks that homes of a yearly use reckon with, shape (n,). [kW]"""
    return np.asarray(PEAK_KW * np.sqrt(yearly_kwh / PEAK_AT_KWH))


def yearly(contract: Contract, yearly_kwh: F8) -> F8:
    """Return what a year costs besides the price of each kWh, as homes reckon it, shape (n,).

    Standing and other fixed charges, subscribed power, charges for power at a typical peak,
    blocks at an even use; taxes and all.

    Parameters
    ----------
    contract : Contract
        What is offered; before any switch.
    yearly_kwh : F8
        What homes believe to use, shape (n,). [kWh]

    Returns
    -------
    F8
        [currency/year]
    """
    parts, taxes = contract.parts, contract.parts.taxes
    per_year = {Per.DAY: 12.0 * MONTH_DAYS, Per.MONTH: 12.0, Per.YEAR: 1.0}
    fixed = contract.standing_year + sum(one.amount * per_year[one.per] for one in parts.fixed)
    power = np.zeros_like(yearly_kwh)
    for demand in parts.demand:
        months = len(demand.window.months) / 12.0
        power = power + 12.0 * months * month_charge(demand, peak_kw(yearly_kwh))
    if parts.subscribed is not None:
        power = power + parts.subscribed.kw * parts.subscribed.price_kw_year
    for blocks in parts.blocks:
        power = power + _blocks(blocks, yearly_kwh, parts.months)
    if taxes.included:
        return np.asarray(fixed + power)
    return np.asarray(fixed * (1.0 + taxes.fixed_vat) + power * (1.0 + taxes.vat))


def month_charge(demand: Demand, kw: F8) -> F8:
    """Return what a month of a demand costs, without taxes, shape of ``kw``. [currency]"""
    billed = np.maximum(kw, demand.minimum_kw)
    if demand.steps:
        return step_charge(demand, billed)
    return np.asarray(billed * month_price(demand))


def _per_kwh(demand: Demand, taxes: Taxes) -> float:
    """Return what a kWh is felt to cost more while the month's peak may fall. [currency/kWh]"""
    day_h = 24.0 * float(_may_peak(demand.window, _CUTS_H).mean())
    hours = day_h * MONTH_DAYS * days_a_week(demand.window) / 7.0
    gross = 1.0 if taxes.included else 1.0 + taxes.vat
    return gross * _per_kw(demand) / hours if hours > 0.0 else 0.0


def _per_kw(demand: Demand) -> float:
    """Return what one more kW costs in a month, between steps as if they were a slope."""
    if not demand.steps:
        return demand.price / (12.0 if demand.per == Per.YEAR else 1.0)
    ends, charges = (np.array(column) for column in zip(*demand.steps, strict=True))
    if len(ends) < 2:
        return 0.0
    middles = 0.5 * (ends + np.concatenate([[0.0], ends[:-1]]))
    below = int(np.clip(np.searchsorted(middles, STEP_KW) - 1, 0, len(ends) - 2))
    slope = np.diff(charges)[below] / np.diff(middles)[below]
    return float(slope) if np.isfinite(slope) else 0.0


def _may_peak(window: Window, local_hour: F8) -> B1:
    """Return the local hours in which the highest power of a window may fall."""
    awake = in_hours(window, _CUTS_H) & _up(_CUTS_H)
    return in_hours(window, local_hour) & (_up(local_hour) if awake.any() else True)


def _up(local_hour: F8) -> B1:
    """Return the local hours in which people are up."""
    return np.asarray((local_hour >= UP_FROM_H) & (local_hour < UP_TO_H))


def _blocks(blocks: Blocks, yearly_kwh: F8, months: int) -> F8:
    """Return what blocks add in a year of even use, without taxes, shape (n,). [currency]"""
    periods = 12.0 * MONTH_DAYS if blocks.per == Per.DAY else 12.0 / months
    share = len(blocks.months) / 12.0
    each = yearly_kwh / periods
    edges = np.array([0.0, *blocks.bounds_kwh, np.inf])
    within_each = np.clip(each[:, None] - edges[:-1], 0.0, np.diff(edges))
    return np.asarray(periods * share * within_each @ np.array(blocks.adders))
