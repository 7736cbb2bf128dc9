"""What is known of the weather beforehand: the weather itself with an error that grows with lead.

The error of a day's mean temperature has one part for each day that it is looked ahead, each drawn
by name: looked at a day later, a forecast loses its last part and keeps the others, as forecasts
are revised in the field. Errors of different days are independent, which is assumed.
"""

import numpy as np

from gridsim.core import chance
from gridsim.core.arrays import F8, I8

FIRST_K = 1.0
"""Standard deviation of a day-ahead forecast of a daily mean temperature; assumed, of the size of
the 1 to 1.5 K that weather services report for single hours. [K]"""
LATER_K = 0.7
"""What each further day of lead adds, in squares; assumed. [K]"""
_ASKED = chance.question("forecast", "temperature")


def error_k(days: I8, seed: int, lead: int = 1) -> F8:
    """Return the error of a forecast of the mean temperature of days, shape (d,). [K]

    Parameters
    ----------
    days : I8
        Day numbers, shape (d,).
    seed : int
        Seed of the scenario.
    lead : int
        Days beforehand at which it is made, at least 1.

    Raises
    ------
    ValueError
        If the lead is below 1: what has happened needs no forecast.
    """
    from scipy.special import ndtri  # noqa: PLC0415  (the CLI starts without scipy)

    if lead < 1:
        raise ValueError(f"lead must be 1 or more days, got {lead}")
    drawn: F8 = ndtri(chance.uniforms(seed, _ASKED, np.asarray(days, np.int64), 0, lead))
    scale = np.full(lead, LATER_K)
    scale[0] = FIRST_K
    return np.asarray(drawn @ scale)
