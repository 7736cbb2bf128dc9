"""The battery's rules: use the sun's power at home, or follow the price as well."""

import numpy as np

from gridsim.core.arrays import F8
from gridsim.core.kernel import kernel


@kernel
def request_kw(net_kw, by_price, fill, hold, limit_kw):  # type: ignore[no-untyped-def]
    """Return what the battery should draw in this step. [kW]

    Parameters
    ----------
    net_kw : float
        Load minus production before the battery. [kW]
    by_price : float
        1 when the rule also follows prices, 0 for plain self-consumption.
    fill, hold : float
        1 in hours that are cheap enough to charge from the grid; 1 in hours in which it does not
        pay to discharge.
    limit_kw : float
        Power limit. [kW]
    """
    plain_kw = -net_kw
    spared_kw = max(plain_kw, 0.0)
    priced_kw = limit_kw if fill > 0.0 else (spared_kw if hold > 0.0 else plain_kw)
    return priced_kw if by_price > 0.0 else plain_kw


def fill_and_hold(price: F8, efficiency: float, ahead: int) -> tuple[F8, F8]:
    """Return when a battery that follows the price should fill and when it should hold, each (t,).

    It fills when the price is the lowest of the hours ahead and a dearer hour pays for the
    losses; it holds while discharging now would save less than refilling costs.

    Parameters
    ----------
    price : F8
        Known or expected price, shape (t,). [currency/kWh]
    efficiency : float
        Of a round trip, 0-1.
    ahead : int
        Steps that are looked ahead (one day).
    """
    padded = np.concatenate([price, np.full(ahead - 1, price[-1])])
    windows = np.lib.stride_tricks.sliding_window_view(padded, ahead)
    lowest, highest = windows.min(axis=1), windows.max(axis=1)
    pays = highest * efficiency > price
    fill = (price <= lowest) & pays
    hold = (price * efficiency <= lowest) & pays
    return fill.astype(np.float64), (hold | fill).astype(np.float64)
