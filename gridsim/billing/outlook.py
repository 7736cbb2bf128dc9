"""The outlook: what one more kWh costs a meter in each step to come, as its account stands now.

A block costs what the next kWh costs; a charge for power costs nothing up to the height at which
the billed demand begins to rise, and beyond it the whole of what another kW adds to this bill and
to those to come. Periods that have not begun start from an empty account.
"""

from dataclasses import dataclass

import numpy as np

from gridsim.billing import blocks, book, demand, ledger, periods
from gridsim.billing.book import Book
from gridsim.billing.channels import in_order
from gridsim.billing.credits import Netting
from gridsim.billing.ledger import Plan
from gridsim.billing.periods import Cover, Period
from gridsim.core.arrays import B1, F8
from gridsim.signals.parts import Per, Taxes
from gridsim.signals.whole import taxed


@dataclass(frozen=True, slots=True)
class Peak:
    """What it costs to raise a billed demand, in k steps for n homes.

    Parameters
    ----------
    name : str
        What the charge is called.
    hours : float
        Length of the interval whose mean power counts. [h]
    counts : B1
        Whether power counts in a step, shape (k,).
    threshold_kw : F8
        Mean power of an interval above which the charge rises, shape (k, n); infinite where it
        cannot. [kW]
    price_kw : F8
        What each kW above costs, with taxes, over all bills that it counts for, shape (k,).
        [currency/kW]
    jump : F8
        What the first kW above costs at once, where charges go by steps, shape (k, n). [currency]
    """

    name: str
    hours: float
    counts: B1
    threshold_kw: F8
    price_kw: F8
    jump: F8


@dataclass(frozen=True, slots=True)
class Outlook:
    """Marginal prices of k steps for n homes, with taxes.

    Parameters
    ----------
    import_price : F8
        Of an imported kWh, in the block that each home is in, shape (k, n). [currency/kWh]
    export_price : F8
        What an exported kWh brings, shape (k, n). [currency/kWh]
    peaks : tuple of Peak
        Of each charge for power, contract by contract.
    limit_kw : F8
        Subscribed power, infinite without, shape (k,). [kW]
    overrun_price : F8
        What a kWh above it costs on top, shape (k,). [currency/kWh]
    """

    import_price: F8
    export_price: F8
    peaks: tuple[Peak, ...]
    limit_kw: F8
    overrun_price: F8


def outlook(plan: Plan, state: F8, steps: int) -> Outlook:
    """Return what energy and power cost in the next steps.

    Parameters
    ----------
    plan : Plan
        Of the contract.
    state : F8
        Accounts so far, shape (fields, n), n at least 1; left as they are.
    steps : int
        How many steps from the next on; fewer where the clock ends.

    Raises
    ------
    ValueError
        If there are no accounts, or no step is left.
    """
    if not state.shape[1]:
        raise ValueError("state must hold at least one account")
    first = int(state[ledger.NEXT, 0])
    last = min(first + steps, plan.clock.steps)
    if first >= last:
        raise ValueError(f"steps must be above 0 and the clock not at its end, got {steps}")
    found = Outlook(
        np.zeros((last - first, state.shape[1])), np.zeros((last - first, state.shape[1])), (),
        np.full(last - first, np.inf), np.zeros(last - first),
    )  # fmt: skip
    here, peaks, before = state.copy(), [], None
    for period in plan.periods:
        if period.first < last and period.last > first:
            _enter(plan, here, before)
            span = slice(max(period.first, first) - first, min(period.last, last) - first)
            steps_of = slice(span.start + first, span.stop + first)
            peaks += _fill(plan.books[period.terms], here, period, (found, span, steps_of))
            before = period
    return Outlook(
        found.import_price, found.export_price, tuple(peaks), found.limit_kw, found.overrun_price
    )


def marginal_price(outlook: Outlook, load_kw: F8) -> F8:
    """Return what one more kWh costs in each step besides a load, shape (k, n) [currency/kWh].

    Parameters
    ----------
    outlook : Outlook
        For the same steps and homes.
    load_kw : F8
        Imports that are planned, shape (k, n). [kW]
    """
    price = outlook.import_price.copy()
    for peak in outlook.peaks:
        above = peak.counts[:, None] & (load_kw >= peak.threshold_kw)
        price += np.where(above, peak.price_kw[:, None] / peak.hours, 0.0)
    above = load_kw >= outlook.limit_kw[:, None]
    return np.asarray(price + np.where(above, outlook.overrun_price[:, None], 0.0))


def _enter(plan: Plan, here: F8, before: Period | None) -> None:
    """End the period before one that has not begun, without further use, in place."""
    if before is not None:
        here[ledger.NEXT] = before.last
        ledger.close(plan, here, before)


def _fill(one: Book, here: F8, period: Period, where: tuple[Outlook, slice, slice]) -> list[Peak]:
    """Write the prices of a period's steps into an outlook; return its charges for power."""
    found, span, steps = where
    own = slice(steps.start - one.first, steps.stop - one.first)
    covered = periods.cover(one.clock, period.first - one.first, period.last - one.first)
    taxes, subscribed = one.contract.parts.taxes, one.contract.parts.subscribed
    linear = in_order([channel.registers.price[own] for channel in one.energy])
    found.import_price[span] = taxed(linear, taxes)[:, None]
    for account in one.accounts.blocks:
        adders = _block(account, here, own, (covered, one))
        found.import_price[span] += adders * _with_vat(taxes)
    found.export_price[span] = one.exports.registers.price[own, None]
    if one.accounts.netting is not None:
        _net(one.accounts.netting, here, own, (found, span))
    if subscribed is not None:
        found.limit_kw[span] = subscribed.kw
        found.overrun_price[span] = subscribed.overrun_kwh * _with_vat(taxes)
    size = len(found.limit_kw)
    return [
        _peak(account, here, (own, span, size), covered, taxes) for account in one.accounts.demands
    ]


def _block(account: blocks.Account, here: F8, own: slice, of: tuple[Cover, Book]) -> F8:
    """Return what the block of the next kWh adds in each step, untaxed, (k, n) [currency/kWh]."""
    covered, one = of
    bounds = blocks.bounds_of(account.rule, covered, one.contract.parts.months)
    net = here[account.row] * (1.0 - book.cancelled_share(one, here))
    adders = np.array(account.rule.adders, dtype=np.float64)
    place = np.searchsorted(bounds, net, side="right")[None]
    found: F8 = adders[place] * account.counts[own, None]
    return found


def _net(netting: Netting, here: F8, own: slice, where: tuple[Outlook, slice]) -> None:
    """Price exports as the kWh that they cancel; while more is kept than used, both at cash-out."""
    found, span = where
    kept = here[netting.kept] + here[netting.exports] - here[netting.imports]
    spare = kept[netting.codes[own]] > 0.0
    price = np.where(spare, netting.rule.cash_out, found.import_price[span])
    found.import_price[span] = found.export_price[span] = price


def _peak(
    account: demand.Account, here: F8, where: tuple[slice, slice, int], covered: Cover, taxes: Taxes
) -> Peak:
    """Return what it costs to raise a billed demand in some steps of a period."""
    own, span, size = where
    rule, homes = account.rule, here.shape[1]
    months = covered.month_count(rule.window.months)
    if rule.over != Per.MONTH:
        months = demand.season_months(rule, int(covered.month[-1]))
    scale = months * _with_vat(taxes)
    counts, price = np.zeros(size, dtype=np.bool_), np.zeros(size)
    threshold, jump = np.full((size, homes), np.inf), np.zeros((size, homes))
    counts[span] = account.place[own] >= 0
    price[span] = scale * demand.month_price(rule) / rule.highest
    floor, rise = _floor(account, here)
    jump[span] = scale * rise
    today = account.day[own, None] == here[account.row + 1]
    lent = np.maximum(here[account.row + 2], 0.0)
    threshold[span] = np.where(
        today,
        np.maximum(_raising(here[account.tops], floor), lent),
        _raising(demand.with_open_day(account, here), floor),
    )
    threshold[~counts] = np.inf
    return Peak(rule.name, account.hours, counts, threshold, price, jump)


def _raising(tops: F8, floor: F8) -> F8:
    """Return the power that lifts the mean of the highest above a floor, shape (n,). [kW]"""
    known = np.maximum(tops, 0.0)
    rest = in_order(np.concatenate([known[1:], np.zeros((1, known.shape[1]))]))
    return np.asarray(np.maximum(known[0], len(known) * floor - rest))


def _floor(account: demand.Account, here: F8) -> tuple[F8, F8]:
    """Return the demand above which a month costs more [kW], and the jump there, both (n,)."""
    rule, now = account.rule, demand.floored_kw(account, here)
    if not rule.steps:
        return np.full(now.shape, rule.minimum_kw), np.zeros(now.shape)
    upper, charge = np.array(rule.steps).T
    place = np.minimum(np.searchsorted(upper, now), len(upper) - 1)
    top = place == len(upper) - 1
    following = np.minimum(place + 1, len(upper) - 1)
    return np.where(top, np.inf, upper[place]), np.where(
        top, 0.0, charge[following] - charge[place]
    )


def _with_vat(taxes: Taxes) -> float:
    """Return what an amount as quoted is multiplied by."""
    return 1.0 if taxes.included else 1.0 + taxes.vat
