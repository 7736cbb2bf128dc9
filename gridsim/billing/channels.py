"""Channels: energy of a meter, added up by register, at the prices of one tariff.

Sums are made step by step, in order: a home's bits depend neither on the homes beside it nor on
where the series is cut.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from gridsim.billing.lines import Line, LineKind
from gridsim.billing.periods import Cover
from gridsim.billing.registers import Registers
from gridsim.core.arrays import F8, I8

_MANY = 64  # homes from which on a kernel costs less than sorting codes


@dataclass(frozen=True, slots=True)
class Channel:
    """One price on energy.

    Parameters
    ----------
    kind : LineKind
        What it is for.
    name : str
        What it is called on a bill; with registers: before their names.
    registers : Registers
        Of its tariff, on the clock of its contract.
    kwh, cost : int
        Rows of the state where the kWh of its registers begin, and the money of those whose price
        varies.
    """

    kind: LineKind
    name: str
    registers: Registers
    kwh: int
    cost: int

    @property
    def varying(self) -> I8:
        """Registers whose price varies, shape (v,)."""
        return np.flatnonzero(np.isnan(self.registers.rate))

    @property
    def rows(self) -> slice:
        """Rows of the state with the kWh of its registers."""
        return slice(self.kwh, self.kwh + len(self.registers.names))


def absorb(channel: Channel, state: F8, first: int, energy_kwh: F8) -> None:
    """Add the energy of steps from ``first`` on, shape (k, n), to the state, in place. [kWh]"""
    steps = slice(first, first + len(energy_kwh))
    codes = channel.registers.codes[steps]
    add(state[channel.rows], codes, energy_kwh)
    varying = channel.varying
    if len(varying):
        price = channel.registers.price[steps, None]
        place = np.full(len(channel.registers.names), -1)
        place[varying] = np.arange(len(varying))
        which = place[codes]
        some = which >= 0
        rows = state[channel.cost : channel.cost + len(varying)]
        add(rows, which[some], energy_kwh[some] * price[some])


def lines(
    channel: Channel, state: F8, steps: slice, covered: Cover, *, sign: float = 1.0
) -> list[Line]:
    """Return one line for each register that occurs in some steps.

    Parameters
    ----------
    channel : Channel
        What is priced.
    state : F8
        Shape (fields, n).
    steps : slice
        Steps of the period, on the clock of the contract.
    covered : Cover
        Its days.
    sign : float
        -1 for exports: their kWh stand with a minus.
    """
    found = []
    for code in occurring(channel, steps).tolist():
        quantity = sign * state[channel.kwh + code] + 0.0  # no minus before a zero
        rate, note = rate_of(channel, state, code, steps)
        found.append(
            Line(
                channel.kind, name_of(channel, code), covered.first_day, covered.last_day,
                quantity, "kWh", rate, quantity * rate, note,
            )
        )  # fmt: skip
    return found


def occurring(channel: Channel, steps: slice) -> I8:
    """Return the registers that some steps belong to, rising."""
    return np.unique(channel.registers.codes[steps])


def name_of(channel: Channel, code: int) -> str:
    """Return what a register of a channel is called on a bill."""
    words = (channel.name, channel.registers.names[code])
    return ", ".join(word for word in words if word) or "energy"


def rate_of(channel: Channel, state: F8, code: int, steps: slice) -> tuple[F8, str]:
    """Return the rate of a register for each home, shape (n,), and how it came about."""
    registers = channel.registers
    kwh = state[channel.kwh + code]
    if not np.isnan(registers.rate[code]):
        return np.full(kwh.shape, registers.rate[code]), ""
    place = int(np.searchsorted(channel.varying, code))
    cost = state[channel.cost + place]
    plain = float(np.mean(registers.price[steps][registers.codes[steps] == code]))
    mean = np.divide(cost, kwh, out=np.full(kwh.shape, plain), where=kwh > 0)
    return mean, "the rate is the mean by use of a price that varies"


def in_order(rows: Sequence[F8] | F8) -> F8:
    """Return the sum of rows, shape (r, n), one after the other: the same bits beside any home."""
    found = np.array(rows[0])
    for row in rows[1:]:
        found += row
    return found


def add(rows: F8, codes: I8, values: F8) -> None:
    """Add each row of values, in order, to the row that its code names, in place.

    Parameters
    ----------
    rows : F8
        Shape (r, n).
    codes : I8
        Rows, shape (k,).
    values : F8
        Shape (k, n).
    """
    count, homes = rows.shape
    if homes >= _MANY:
        from gridsim.billing.adding import add_each  # noqa: PLC0415 - a bill needs no compiler

        add_each(rows, codes, np.ascontiguousarray(values))
        return
    start = np.arange(rows.size)
    cells = (codes[:, None] * homes + np.arange(homes)).ravel()
    cells, weights = np.concatenate([start, cells]), np.concatenate([rows.ravel(), values.ravel()])
    rows[...] = np.bincount(cells, weights, minlength=rows.size).reshape(count, homes)
