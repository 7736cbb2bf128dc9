"""The battery's rules: use the sun's power at home, follow prices too, or keep a peak low."""

import numpy as np

from gridsim.core.arrays import B1, F8
from gridsim.core.kernel import kernel

SELF_CONSUMPTION, PRICE, PEAK = range(3)
"""What a battery follows."""
RESERVE = 0.25
"""Share of a battery beside panels that is kept for peaks; without panels all of it. Assumed: half
of it would cost more in sun that finds no room than the peak saves in the capacity tariff of
Flanders (scenario capacity_tariff)."""


@kernel
def request_kw(net_kw, rule, fill, hold, limit_kw, cap_kw, keep_kw):  # type: ignore[no-untyped-def]
    """Return what the battery should draw in this step. [kW]

    Parameters
    ----------
    net_kw : float
        Load minus production before the battery. [kW]
    rule : float
        ``SELF_CONSUMPTION``, ``PRICE`` or ``PEAK``.
    fill, hold : float
        1 in hours that are cheap enough to charge from the grid; 1 in hours in which it does not
        pay to discharge.
    limit_kw : float
        Power limit. [kW]
    cap_kw : float
        Import that the battery keeps to: it gives what exceeds it, and draws no more than is left
        below it. Infinite: none. [kW]
    keep_kw : float
        Power that brings it to its reserve in this step, see :func:`keep_kw`. [kW]
    """
    plain_kw = -net_kw
    spared_kw = max(plain_kw, 0.0)
    priced_kw = limit_kw if fill > 0.0 else (spared_kw if hold > 0.0 else plain_kw)
    wanted_kw = priced_kw if rule == PRICE else plain_kw
    wanted_kw = max(plain_kw, keep_kw) if rule == PEAK else wanted_kw
    return min(wanted_kw, cap_kw - net_kw)


@kernel
def keep_kw(energy_kwh, capacity_kwh, share, efficiency, dt_h):  # type: ignore[no-untyped-def]
    """Return the power that brings a battery to its reserve: what lies above it may be used. [kW]

    Parameters
    ----------
    energy_kwh, capacity_kwh : float
        Stored, and usable capacity. [kWh]
    share : float
        The reserve over the capacity, 0-1.
    efficiency : float
        One way, in (0, 1].
    dt_h : float
        Length of the step. [h]
    """
    short_kwh = share * capacity_kwh - energy_kwh
    gain = 1.0 / efficiency if short_kwh > 0.0 else efficiency
    return short_kwh * gain * (1.0 / dt_h)


def fill_and_hold(
    price: F8, efficiency: float, ahead: int, count: int | None = None
) -> tuple[B1, B1]:
    """Return when a battery that follows the price should fill and when it should hold.

    It fills when the price is the lowest of the hours ahead and a dearer hour pays for the
    losses; it holds while discharging now would save less than refilling costs, and as long as
    drawing power is paid for.

    Parameters
    ----------
    price : F8
        Known or expected price, shape (t,); the last one holds on. [currency/kWh]
    efficiency : float
        Of a round trip, 0-1.
    ahead : int
        Steps that are looked ahead (one day).
    count : int, optional
        For how many of the first steps, at most t; for all when left out.

    Returns
    -------
    fill, hold : B1
        Shape (count,).
    """
    steps = len(price) if count is None else count
    now = price[:steps]
    if steps == 1:
        lowest, highest = price[:ahead].min(), price[:ahead].max()
    else:
        days = -(-(steps + ahead - 1) // ahead)
        seen = np.full(days * ahead, price[-1])
        seen[: min(len(price), len(seen))] = price[: len(seen)]
        lowest = _of_windows(np.minimum, seen.reshape(days, ahead), steps)
        highest = _of_windows(np.maximum, seen.reshape(days, ahead), steps)
    pays = highest * efficiency > now
    fill = (now <= lowest) & pays
    hold = ((now * efficiency <= lowest) & pays) | (now < 0.0)
    return fill, hold | fill


def _of_windows(least: np.ufunc, rows: F8, steps: int) -> F8:
    """Return the least (or greatest) number of each window as long as a row, shape (steps,).

    A window is the end of one row and the beginning of the next (van Herk 1992, "A fast algorithm
    for local minimum and maximum filters", doi:10.1016/0167-8655(92)90069-C): what it takes does
    not grow with its length.
    """
    ends = least.accumulate(rows[:, ::-1], axis=1)[:, ::-1].ravel()
    begins = least.accumulate(rows, axis=1).ravel()
    ahead = rows.shape[1]
    return np.asarray(least(ends[:steps], begins[ahead - 1 : ahead - 1 + steps]))
