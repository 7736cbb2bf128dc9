"""The whole price of a kWh under a contract: energy, network, levies and taxes, and its switches.

This is what meters, people and machines see; blocks and demand charges, which depend on the home,
come on top (``gridsim.billing``), and so do signals that nobody pays.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from gridsim.core.arrays import B1, F8
from gridsim.core.clock import Clock
from gridsim.signals.contract import Contract
from gridsim.signals.notice import Notice
from gridsim.signals.parts import Taxes


@dataclass(frozen=True, slots=True)
class Whole:
    """A contract as a tariff: answers the protocol of :class:`~gridsim.signals.tariff.Tariff`.

    Parameters
    ----------
    contract : Contract
        What was signed; where it is switched, each spell follows its own.
    """

    contract: Contract

    def price(self, clock: Clock) -> F8:
        """Return what an imported kWh costs in each step, taxes and all, (t,) [currency/kWh]."""
        return self._by_spell(clock, lambda one: _taxed(one, _sum(one, clock, usual=False)))

    def usual(self, clock: Clock) -> F8:
        """Return what people expect who have heard no notice, shape (t,) [currency/kWh]."""
        return self._by_spell(clock, lambda one: _taxed(one, _sum(one, clock, usual=True)))

    def export_price(self, clock: Clock) -> F8:
        """Return what an exported kWh earns in each step, shape (t,) [currency/kWh]."""
        return self._by_spell(clock, lambda one: _export(one, clock))

    def notices(self, clock: Clock) -> tuple[Notice, ...]:
        """Return the announcements of every part about the steps in which it holds.

        What parts announce at one moment about the same steps is one announcement.
        """
        found: dict[tuple[int, int, int], list[str]] = {}
        for one, first, last in spells(self.contract, clock):
            tariffs = (one.tariff, *(adder.tariff for adder in one.parts.paid))
            for notice in (notice for tariff in tariffs for notice in tariff.notices(clock)):
                begin, end = max(notice.first, first), min(notice.last, last)
                if begin < end:
                    found.setdefault((notice.published_s, begin, end), []).append(notice.label)
        return tuple(
            Notice(told_s, begin, end, ", ".join(dict.fromkeys(labels)))
            for (told_s, begin, end), labels in sorted(found.items(), key=lambda item: item[0][:2])
        )

    def off_peak(self, clock: Clock) -> B1:
        """Return whether the off-peak contact is closed, shape (t,)."""
        return self._by_spell(clock, lambda one: one.tariff.off_peak(clock)) > 0

    def called(self, clock: Clock) -> B1:
        """Return whether any part calls a step, shape (t,)."""
        return self._by_spell(clock, lambda one: _any(one, clock, "called")) > 0

    def dear(self, clock: Clock) -> B1:
        """Return whether a step is among the dearest of any part, shape (t,)."""
        return self._by_spell(clock, lambda one: _any(one, clock, "dear")) > 0

    def _by_spell(self, clock: Clock, column: Callable[[Contract], F8 | B1]) -> F8:
        """Return a column of each spell's contract, put together."""
        whole = np.zeros(clock.steps)
        for one, first, last in spells(self.contract, clock):
            whole[first:last] = column(one)[first:last]
        return whole


def spells(contract: Contract, clock: Clock) -> tuple[tuple[Contract, int, int], ...]:
    """Return each contract that is in force, with its steps [first, last); never an empty spell."""
    signed = [(None, contract), *contract.later]
    firsts = [0 if day is None else int(np.searchsorted(clock.local_day, day)) for day, _ in signed]
    lasts = [*firsts[1:], clock.steps]
    return tuple(
        (one, first, last)
        for (_, one), first, last in zip(signed, firsts, lasts, strict=True)
        if first < last
    )


def taxed(price: F8, taxes: Taxes) -> F8:
    """Return prices of energy with excise and VAT, shape as given [currency/kWh]."""
    return price if taxes.included else (price + taxes.per_kwh) * (1.0 + taxes.vat)


def _taxed(one: Contract, price: F8) -> F8:
    """Return the price under the taxes of a contract."""
    return taxed(price, one.parts.taxes)


def _sum(one: Contract, clock: Clock, *, usual: bool) -> F8:
    """Return energy and adders, untaxed unless quoted so, shape (t,) [currency/kWh]."""
    tariffs = (one.tariff, *(adder.tariff for adder in one.parts.paid))
    columns = [tariff.usual(clock) if usual else tariff.price(clock) for tariff in tariffs]
    return np.asarray(np.sum(columns, axis=0)) if len(columns) > 1 else columns[0]


def _export(one: Contract, clock: Clock) -> F8:
    """Return what an exported kWh earns under one contract, shape (t,) [currency/kWh]."""
    rule = one.parts.export
    if rule is None or rule.tariff is None:
        return np.full(clock.steps, float(one.export_price))
    return rule.tariff.price(clock)


def _any(one: Contract, clock: Clock, mask: str) -> B1:
    """Return where any part says yes, shape (t,)."""
    found: B1 = getattr(one.tariff, mask)(clock)
    for adder in one.parts.paid:
        found = found | getattr(adder.tariff, mask)(clock)
    return found
