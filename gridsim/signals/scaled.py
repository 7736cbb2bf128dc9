"""A contract with all its rates scaled: the same shape of prices on another level.

Scaled is what depends on use and is the utility's: prices of energy and network, blocks, demand and
subscribed power. Standing charges, levies, carbon, taxes and what exports earn stay as they are.
"""

from dataclasses import dataclass, replace

import numpy as np

from gridsim.core.arrays import B1, F8
from gridsim.core.clock import Clock
from gridsim.signals.contract import Contract
from gridsim.signals.notice import Notice
from gridsim.signals.parts import Adder, Blocks, Demand, Kind, Parts
from gridsim.signals.tariff import Tariff


@dataclass(frozen=True, slots=True)
class Scaled:
    """A tariff with every price multiplied; all else is that of the tariff.

    Parameters
    ----------
    tariff : Tariff
        What is scaled.
    factor : float
        Above 0.
    """

    tariff: Tariff
    factor: float

    def __post_init__(self) -> None:
        """Refuse a factor that turns prices round or makes them nothing."""
        if not 0 < self.factor < np.inf:
            raise ValueError(f"factor must be a number above 0, got {self.factor}")

    def price(self, clock: Clock) -> F8:
        """Return the scaled price of each step, shape (t,) [currency/kWh]."""
        return self.factor * self.tariff.price(clock)

    def usual(self, clock: Clock) -> F8:
        """Return the scaled price that people expect, shape (t,) [currency/kWh]."""
        return self.factor * self.tariff.usual(clock)

    def notices(self, clock: Clock) -> tuple[Notice, ...]:
        """Return the announcements of the tariff."""
        return self.tariff.notices(clock)

    def off_peak(self, clock: Clock) -> B1:
        """Return whether the off-peak contact of the tariff is closed, shape (t,)."""
        return self.tariff.off_peak(clock)

    def called(self, clock: Clock) -> B1:
        """Return whether a step is called, shape (t,)."""
        return self.tariff.called(clock)

    def dear(self, clock: Clock) -> B1:
        """Return whether a step is among the dearest, shape (t,)."""
        return self.tariff.dear(clock)


def scaled(contract: Contract, factor: float) -> Contract:
    """Return a contract with its rates multiplied; 1 gives the contract itself.

    Parameters
    ----------
    contract : Contract
        What is scaled, with everything it is switched to.
    factor : float
        Above 0.

    Raises
    ------
    ValueError
        If the factor is not a number above 0.
    """
    if factor == 1.0:
        return contract
    return replace(
        contract,
        tariff=Scaled(contract.tariff, factor),
        parts=_parts(contract.parts, factor),
        later=tuple((day, scaled(one, factor)) for day, one in contract.later),
        source=f"rates x {factor:.6g}; {contract.source}",
    )


def _parts(parts: Parts, factor: float) -> Parts:
    """Return the parts with what depends on use scaled."""
    held = parts.subscribed
    if held is not None:
        held = replace(
            held,
            price_kw_year=factor * held.price_kw_year,
            overrun_kwh=factor * held.overrun_kwh,
        )
    return replace(
        parts,
        adders=tuple(_adder(adder, factor) for adder in parts.adders),
        blocks=tuple(_blocks(blocks, factor) for blocks in parts.blocks),
        demand=tuple(_demand(demand, factor) for demand in parts.demand),
        subscribed=held,
    )


def _adder(adder: Adder, factor: float) -> Adder:
    """Return an adder, scaled if it is the utility's."""
    if adder.kind in (Kind.LEVY, Kind.CARBON):
        return adder
    return replace(adder, tariff=Scaled(adder.tariff, factor))


def _blocks(blocks: Blocks, factor: float) -> Blocks:
    """Return blocks with other prices and the same bounds."""
    return replace(blocks, adders=tuple(factor * adder for adder in blocks.adders))


def _demand(demand: Demand, factor: float) -> Demand:
    """Return a demand charge with another price and the same measure."""
    steps = tuple((up_to, factor * charge) for up_to, charge in demand.steps)
    return replace(demand, price=factor * demand.price, steps=steps)
