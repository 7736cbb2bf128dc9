"""When a roof is told not to feed in: exports that cost money are curtailed."""

import math

from gridsim.core.kernel import kernel


@kernel
def limit_kw(signed_kw, earned, price, obeys):  # type: ignore[no-untyped-def]
    """Return the most power that a home should feed in. [kW]

    Parameters
    ----------
    signed_kw : float
        What its contract allows. [kW]
    earned, price : float
        What an exported kWh earns and an imported one costs. [currency/kWh]
    obeys : float
        1 where roofs are told to stop while feeding in costs money.

    Returns
    -------
    float
        -inf: the roof is to make nothing at all, because drawing from the grid is paid for.
    """
    told_kw = 0.0 if price >= 0.0 else -math.inf
    return min(signed_kw, told_kw) if (obeys > 0.0 and earned < 0.0) else signed_kw
