"""Taxes on a bill: added to the lines, or told within them where prices are quoted with taxes."""

import dataclasses

import numpy as np

from gridsim.billing.channels import in_order
from gridsim.billing.lines import CAPACITY, PER_KWH, Line, LineKind
from gridsim.core.arrays import F8
from gridsim.signals.parts import Taxes

_QUOTED = "was within the price"


def levied(lines: list[Line], taxes: Taxes, kwh: F8, currency: str) -> list[Line]:
    """Return the lines of a period with the taxes on them.

    Where prices are quoted with taxes, lines per kWh stay as they are and say how much of them is
    tax; the others are split into a net line and its tax.

    Parameters
    ----------
    lines : list of Line
        What is owed for one period, as the contract quotes it, at least one; no credits.
    taxes : Taxes
        What the state adds.
    kwh : F8
        Energy that bears excise, shape (n,). [kWh]
    currency : str
        Of the amounts.
    """
    energy = [line for line in lines if line.kind in PER_KWH]
    power = [line for line in lines if line.kind in CAPACITY]
    fixed = [line for line in lines if line.kind == LineKind.STANDING]
    if taxes.included:
        found = [_told(line, taxes) for line in energy]
        power = [_net(line, taxes.vat) for line in power]
        fixed = [_net(line, taxes.fixed_vat) for line in fixed]
    else:
        if taxes.per_kwh and energy:
            energy.append(_excise(lines[0], taxes.per_kwh, kwh))
        found = energy + _vat(LineKind.ENERGY_TAX, "VAT on energy", energy, taxes.vat, currency)
    note = _QUOTED if taxes.included else ""
    found += power + _vat(LineKind.TAX, "VAT on power", power, taxes.vat, currency, note)
    name = "VAT on standing charges"
    return found + fixed + _vat(LineKind.TAX, name, fixed, taxes.fixed_vat, currency, note)


def with_excise(lines: list[Line], taxes: Taxes) -> list[Line]:
    """Return lines that tell the excise within them, where it is quoted within their price."""
    if not (taxes.included and taxes.per_kwh):
        return lines
    return [dataclasses.replace(line, tax=taxes.per_kwh * line.quantity) for line in lines]


def _excise(like: Line, per_kwh: float, kwh: F8) -> Line:
    """Return what is due on each kWh."""
    rate = np.full(kwh.shape, float(per_kwh))
    days = (like.first_day, like.last_day)
    return Line(LineKind.ENERGY_TAX, "excise", *days, kwh, "kWh", rate, kwh * rate)


def _vat(
    kind: LineKind, name: str, lines: list[Line], share: float, currency: str, note: str = ""
) -> list[Line]:
    """Return the tax on the sum of net lines, if there are any and a share of them is due."""
    if not (lines and share):
        return []
    base = in_order([line.amount for line in lines])
    days = (lines[0].first_day, lines[0].last_day)
    rate = np.full(base.shape, float(share))
    return [Line(kind, name, *days, base, currency, rate, base * rate, note)]


def _told(line: Line, taxes: Taxes) -> Line:
    """Return a line quoted with taxes that tells how much of it is tax."""
    tax = line.amount - line.amount / (1.0 + taxes.vat)
    return dataclasses.replace(line, tax=tax if line.tax is None else tax + line.tax)


def _net(line: Line, share: float) -> Line:
    """Return a line without the tax that it was quoted with."""
    scale = 1.0 + share
    return dataclasses.replace(line, rate=line.rate / scale, amount=line.amount / scale)
