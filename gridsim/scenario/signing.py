"""From the tariff of an arm to the contract that its homes sign: its parts, and its switches."""

from dataclasses import replace

import numpy as np

from gridsim.core.clock import day_number
from gridsim.scenario import composed, contracts, parts
from gridsim.scenario.composed import Said
from gridsim.scenario.contracts import Seen
from gridsim.scenario.models import Arm
from gridsim.scenario.tariffs import CriticalPeak, Dynamic, Flat, Tempo
from gridsim.signals import dynamic, presets, tariff
from gridsim.signals.contract import Contract
from gridsim.signals.parts import (
    Adder,
    Blocks,
    Crediting,
    Demand,
    Export,
    Fixed,
    Kind,
    Parts,
    Per,
    Subscribed,
    Taxes,
    Window,
)
from gridsim.signals.scaled import scaled

_TONNE_G = 1e6
_NETWORK = "network"


def contract(said: Said, currency: str, seen: Seen) -> Contract:
    """Return the contract that a scenario names or writes out.

    Parameters
    ----------
    said : str or model
        Name of a tariff, or its table.
    currency : str
        ISO code of the money that a table's numbers mean unless it says so.
    seen : Seen
        What days and prices are found from.

    Raises
    ------
    ValueError
        If the tariff needs colours, weather or carbon and there is none.
    DataError
        If a series of prices cannot be read or does not hold the period.
    """
    if isinstance(said, composed.Switch):
        first, *later = (contract(step.tariff, currency, seen) for step in said.steps)
        days = (day_number(step.start) for step in said.steps if step.start is not None)
        return replace(first, label="Switched", later=tuple(zip(days, later, strict=True)))
    if isinstance(said, composed.Contract):
        energy = contracts.contract(said.energy, said.currency or currency, seen)
        return _whole(said, energy, seen)
    return contracts.contract(said, currency, seen)


def of_arm(arm: Arm, currency: str, seen: Seen) -> Contract:
    """Return the contract of an arm, its rates scaled and its exports paid as the arm says.

    Arguments and errors as those of :func:`contract`.
    """
    signed = scaled(contract(arm.tariff, currency, seen), arm.rates_factor)
    return signed if arm.export_price is None else exporting_at(signed, arm.export_price)


def exporting_at(signed: Contract, price: float) -> Contract:
    """Return a contract and all that it is switched to with another price for exports."""
    rule = signed.parts.export
    if rule is not None and rule.tariff is not None:
        rule = replace(rule, tariff=None)
    later = tuple((day, exporting_at(one, price)) for day, one in signed.later)
    own = replace(signed.parts, export=rule)
    return replace(signed, export_price=price, parts=own, later=later)


def needs_colours(said: Said) -> bool:
    """Tell whether a tariff has no price without the colours of its days."""
    return any(
        presets.preset(name).needs_colours if name else isinstance(one, Tempo)
        for name, one in ((composed.name_of(one), one) for _, one in composed.within(said))
    )


def needs_outside(said: Said) -> bool:
    """Tell whether days or prices of a tariff may follow from the weather or from carbon."""
    return any(_needs_outside(one) for _, one in composed.within(said))


def _needs_outside(said: Said) -> bool:
    """Tell it of one table or name, without those in it."""
    name = composed.name_of(said)
    if name:
        chosen = presets.preset(name)
        return chosen.days is not None or chosen.needs_prices
    if isinstance(said, composed.Contract):
        return said.carbon is not None
    return isinstance(said, CriticalPeak | Dynamic)


def _whole(said: composed.Contract, energy: Contract, seen: Seen) -> Contract:
    """Return the contract of an energy price and of the parts beside it."""
    there = energy.parts
    taxes, subscribed, export = said.taxes, said.subscribed, said.export
    own = Parts(
        taxes=there.taxes if taxes is None else _taxes(taxes),
        adders=(*there.adders, *_adders(said, seen)),
        fixed=(*there.fixed, *(_fixed(one) for one in said.standing)),
        blocks=(*there.blocks, *(_blocks(one, said.energy) for one in said.blocks)),
        demand=(*there.demand, *(_demand(one) for one in said.demand)),
        subscribed=there.subscribed if subscribed is None else _subscribed(subscribed),
        export=there.export if export is None else _export(export, seen),
        months=there.months if said.billing_months is None else said.billing_months,
    )
    paid = energy.export_price if export is None or export.price is None else export.price
    source = f"{energy.source}; parts: the scenario"
    return replace(energy, parts=own, export_price=paid, label=_label(said, energy), source=source)


def _label(said: composed.Contract, energy: Contract) -> str:
    """Return the label of the energy price and what stands out beside it."""
    more = [
        word
        for word, there in (
            ("blocks", said.blocks),
            ("demand charge", said.demand),
            ("subscribed power", said.subscribed),
            ("net metering", said.export and said.export.kind == "net_metering"),
            ("net billing", said.export and said.export.kind == "net_billing"),
        )
        if there
    ]
    return ", ".join([energy.label, *more])


def _taxes(said: parts.Taxes) -> Taxes:
    """Return the record of taxes."""
    return Taxes(said.vat, said.standing_vat, said.per_kwh, said.included)


def _adders(said: composed.Contract, seen: Seen) -> list[Adder]:
    """Return all other prices on a kilowatt-hour: network, levies, carbon."""
    network = said.network if isinstance(said.network, tuple) else ()
    found = [_adder(one, Kind.NETWORK, seen) for one in network]
    if said.network is not None and not isinstance(said.network, tuple):
        found.append(Adder(_NETWORK, contracts.priced(said.network, seen), Kind.NETWORK))
    found += [_adder(one, Kind.LEVY, seen) for one in said.levies]
    if said.carbon is not None:
        per_kwh = said.carbon.price_t / _TONNE_G * seen.carbon()
        tariff = dynamic.of_series(seen.horizon, per_kwh)
        found.append(Adder(said.carbon.name, tariff, Kind.CARBON, said.carbon.billed))
    return found


def _adder(said: parts.Adder, kind: Kind, seen: Seen) -> Adder:
    """Return the record of one price with a name."""
    if said.prices is not None:
        return Adder(said.name, contracts.priced(said.prices, seen), kind)
    assert said.price is not None  # the model refuses a part with neither
    return Adder(said.name, tariff.Flat(said.price), kind)


def _fixed(said: parts.Standing) -> Fixed:
    """Return the record of a standing charge."""
    return Fixed(said.name, said.amount, Per[said.per.upper()])


def _blocks(said: parts.Blocks, energy: composed.Energy) -> Blocks:
    """Return the record of blocks; prices are told as what they add to the flat energy price."""
    adders = said.adders
    if said.prices is not None:
        assert isinstance(energy, Flat)  # the model refuses prices with another
        adders = tuple(price - energy.price for price in said.prices)
    assert adders is not None  # the model refuses blocks with neither
    return Blocks(said.bounds_kwh, adders, Per[said.per.upper()], _months(said.months), said.name)


def _demand(said: parts.Demand) -> Demand:
    """Return the record of a demand charge."""
    every = len(set(said.days)) == len(tariff.DayType)
    days = () if every else tuple(tariff.DayType[day.upper()] for day in dict.fromkeys(said.days))
    return Demand(
        name=said.name,
        price=said.price or 0.0,
        per=Per[said.per.upper()],
        minutes=said.minutes,
        highest=said.highest,
        one_a_day=said.one_a_day,
        window=Window(contracts.hours_of(said.hours), days, _months(said.months)),
        over=Per[said.over.upper()],
        minimum_kw=said.minimum_kw,
        rolling=said.rolling,
        steps=tuple((step.to_kw, step.price_month) for step in said.steps or ()),
    )


def _subscribed(said: parts.Subscribed) -> Subscribed:
    """Return the record of subscribed power."""
    return Subscribed(said.kw, said.price_kw_year, said.overrun_kwh, said.trips)


def _export(said: parts.Export, seen: Seen) -> Export:
    """Return the record of how exports are credited."""
    return Export(
        Crediting[said.kind.upper()],
        None if said.prices is None else contracts.priced(said.prices, seen),
        said.cash_out,
        said.cash_out_month,
        np.inf if said.limit_kw is None else said.limit_kw,
    )


def _months(said: tuple[int, ...]) -> tuple[int, ...]:
    """Return months in order, each once."""
    return tuple(sorted(set(said)))
