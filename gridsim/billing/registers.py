"""Registers: under which names the energy of a tariff stands on a bill.

A meter adds up each register's kWh. Of tariffs that this module does not know, the registers are
their prices, when these are few, or else one register, whose rate is the mean by use.
"""

from dataclasses import dataclass

import numpy as np

from gridsim.core.arrays import F8, I8
from gridsim.core.clock import Clock
from gridsim.signals import critical
from gridsim.signals.critical import CriticalPeak
from gridsim.signals.scaled import Scaled
from gridsim.signals.tariff import Flat, Tariff, TimeOfUse
from gridsim.signals.tempo import OFF_PEAK_S, TEMPO_DAY_S, Colour, Tempo, tempo_day

_FEW = 6  # assumed: prices that people still take for bands


@dataclass(frozen=True, slots=True)
class Registers:
    """What a meter adds up apart.

    Parameters
    ----------
    codes : I8
        The register of each step, shape (t,).
    names : tuple of str
        Of the registers; a tariff of a single price has an empty name.
    price : F8
        Price of each step, shape (t,). [currency/kWh]
    rate : F8
        The price of each register, NaN where it varies, shape (r,). [currency/kWh]
    """

    codes: I8
    names: tuple[str, ...]
    price: F8
    rate: F8


def registers(tariff: Tariff, clock: Clock) -> Registers:
    """Return the registers of a tariff on a clock.

    Parameters
    ----------
    tariff : Tariff
        Anything that answers the protocol.
    clock : Clock
        Time axis.

    Raises
    ------
    ValueError
        If the tariff does not give one finite price for each step.
    """
    price = np.asarray(tariff.price(clock), dtype=np.float64)
    if price.shape != (clock.steps,) or not np.isfinite(price).all():
        raise ValueError("price must hold one finite number for each step")
    codes, names = _named(tariff, clock, price)
    used, codes = np.unique(codes, return_inverse=True)
    low, high = np.full(len(used), np.inf), np.full(len(used), -np.inf)
    np.minimum.at(low, codes, price)
    np.maximum.at(high, codes, price)
    rate = np.where(low == high, low, np.nan)
    return Registers(codes, _told_apart([names[code] for code in used], rate), price, rate)


def constant(price: float, clock: Clock) -> Registers:
    """Return the one register of a price that never changes [currency/kWh]."""
    codes = np.zeros(clock.steps, dtype=np.int64)
    return Registers(codes, ("",), np.full(clock.steps, float(price)), np.array([float(price)]))


def _named(tariff: Tariff, clock: Clock, price: F8) -> tuple[I8, list[str]]:
    """Return the register of each step and the names of all."""
    while isinstance(tariff, Scaled):
        tariff = tariff.tariff
    if isinstance(tariff, Flat):
        return np.zeros(clock.steps, dtype=np.int64), [""]
    if isinstance(tariff, TimeOfUse):
        return _bands(tariff, clock)
    if isinstance(tariff, Tempo):
        peak = (clock.wall_s >= TEMPO_DAY_S) & (clock.wall_s < OFF_PEAK_S)
        names = [f"{one.name.lower()} {at}" for one in Colour for at in ("off-peak", "peak")]
        return 2 * tariff.colours.of(tempo_day(clock)) + peak, names
    if isinstance(tariff, CriticalPeak):
        codes, names = _named(tariff.base, clock, tariff.base.price(clock))
        return np.where(tariff.called(clock), len(names), codes), [*names, critical.LABEL]
    levels, codes = np.unique(price, return_inverse=True)
    if 1 < len(levels) <= _FEW:
        return codes, [""] * len(levels)
    return np.zeros(clock.steps, dtype=np.int64), [""]


def _bands(tariff: TimeOfUse, clock: Clock) -> tuple[I8, list[str]]:
    """Return the band of each step; bands of one name and one rate are one register."""
    keys = [(band.name, band.rate) for band in tariff.bands]
    distinct = list(dict.fromkeys(keys))
    places = np.array([distinct.index(key) for key in keys])
    return places[tariff.band(clock)], [name for name, _ in distinct]


def _told_apart(names: list[str], rate: F8) -> tuple[str, ...]:
    """Return names with the rate where they are empty or stand twice, if there are several."""
    if len(names) == 1:
        return tuple(names)
    return tuple(
        f"{name} at {one:.6g}".strip() if not name or names.count(name) > 1 else name
        for name, one in zip(names, rate, strict=True)
    )
