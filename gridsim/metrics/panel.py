"""Homes seen again and again: difference in differences, and elasticities by regression.

Each home is compared with itself (a fixed effect), so that large and small homes are no noise, and
errors are clustered by home. Where prices differ between homes and not in time, home effects leave
nothing to see: then say which effects to take out (``effects=(days,)``).

References
----------
Caves, Christensen, Herriges, "Consistency of residential customer response in time-of-use
electricity pricing experiments", Journal of Econometrics 26 (1984),
doi:10.1016/0304-4076(84)90018-X, for the elasticity of substitution between peak and off-peak;
Allcott, "Rethinking real-time electricity pricing", Resource and Energy Economics 33 (2011),
doi:10.1016/j.reseneeco.2011.06.003, for hourly own-price elasticity.
"""

import numpy as np

from gridsim.core.arrays import B1, F8
from gridsim.metrics import regression
from gridsim.metrics.estimate import Estimate
from gridsim.metrics.regression import Codes


def diff_in_diff(
    values: F8, under: B1, homes: Codes, periods: Codes, *, controls: F8 | None = None
) -> Estimate:
    """Return how homes changed when they came under treatment, less how the others changed.

    Right if both would have changed alike. Home and period effects are taken out, errors are
    clustered by home. With two periods and no controls it is the difference between the mean
    changes of the two kinds of home.

    Parameters
    ----------
    values : F8
        One row a home and period, shape (m,).
    under : B1
        Whether the home is under treatment in that period, shape (m,).
    homes, periods : array
        Which home, which period (before and after, or days), shape (m,).
    controls : F8, optional
        What else moves the values, shape (m, k).

    Raises
    ------
    ValueError
        If no home changes while another does not, or as :func:`regression.fit`.
    """
    x = _with(np.asarray(under, np.float64), controls)
    return regression.fit(values, x, effects=(homes, periods), clusters=homes).slope()


def substitution(
    peak_kwh: F8, off_peak_kwh: F8, price_ratio: F8, homes: Codes,
    *, effects: tuple[Codes, ...] | None = None, controls: F8 | None = None,
) -> Estimate:  # fmt: skip
    """Return the constant elasticity of substitution between peak and off-peak.

    ``ln(Qp / Qo) = a_home - sigma ln(Pp / Po) + controls``; ``sigma`` is what is returned, positive
    where a dearer peak moves use out of it.

    Parameters
    ----------
    peak_kwh, off_peak_kwh : F8
        Energy of a home on a day in the peak and in the other hours, above 0, shape (m,). [kWh]
    price_ratio : F8
        Price in the peak over that in the other hours, above 0, shape (m,).
    homes : array
        Which home, shape (m,); errors are clustered by it.
    effects : tuple of arrays, optional
        Fixed effects; ``(homes,)`` by default.
    controls : F8, optional
        What else moves the ratio, such as degree days, shape (m, k).

    Raises
    ------
    ValueError
        If a quantity or a price is not positive, or as :func:`regression.fit`.
    """
    y = _log(peak_kwh, "peak_kwh") - _log(off_peak_kwh, "off_peak_kwh")
    x = _with(_log(price_ratio, "price_ratio"), controls)
    taken = (homes,) if effects is None else effects
    return -regression.fit(y, x, effects=taken, clusters=homes).slope()


def own_price(
    kwh: F8, price: F8, homes: Codes,
    *, effects: tuple[Codes, ...] | None = None, controls: F8 | None = None,
) -> Estimate:  # fmt: skip
    """Return the own-price elasticity of the use of a day (or another period), negative as a rule.

    ``ln kwh = a_home + elasticity ln price + controls``.

    Parameters
    ----------
    kwh : F8
        Energy of a home on a day, above 0, shape (m,). [kWh]
    price : F8
        Mean price of that day, above 0, shape (m,). [currency/kWh]
    homes : array
        Which home, shape (m,); errors are clustered by it.
    effects : tuple of arrays, optional
        Fixed effects; ``(homes,)`` by default.
    controls : F8, optional
        What else moves use, such as degree days, shape (m, k).

    Raises
    ------
    ValueError
        If an energy or a price is not positive, or as :func:`regression.fit`.
    """
    x = _with(_log(price, "price"), controls)
    taken = (homes,) if effects is None else effects
    return regression.fit(_log(kwh, "kwh"), x, effects=taken, clusters=homes).slope()


def hourly_own_price(
    kwh: F8, price: F8, homes: Codes, hours: Codes,
    *, effects: tuple[Codes, ...] = (), controls: F8 | None = None,
) -> Estimate:  # fmt: skip
    """Return the own-price elasticity of hourly use under real-time prices.

    Every home has an effect of its own for every hour of the day, so that only what an hour's
    price has beyond that hour's usual price counts.

    Parameters
    ----------
    kwh, price : F8
        Energy of a home in an hour [kWh] and price of that hour [currency/kWh], above 0, shape
        (m,).
    homes, hours : array
        Which home; which hour of the day, shape (m,).
    effects : tuple of arrays
        Fixed effects beside those of home and hour, such as days.
    controls : F8, optional
        What else moves use, shape (m, k).

    Raises
    ------
    ValueError
        As :func:`own_price`.
    """
    cells = (_paired(homes, hours), *effects)
    return own_price(kwh, price, homes, effects=cells, controls=controls)


def _paired(first: Codes, second: Codes) -> Codes:
    """Return a code for each pair of codes."""
    _, one = np.unique(first, return_inverse=True)
    kinds, other = np.unique(second, return_inverse=True)
    if one.shape != other.shape:
        raise ValueError(f"homes has shape {one.shape}, hours {other.shape}")
    return np.asarray(one * len(kinds) + other)


def _log(values: F8, name: str) -> F8:
    """Return the logarithm, refusing what has none."""
    known = np.asarray(values, np.float64)
    if not np.all(known > 0):
        raise ValueError(f"{name} must be above 0 to have a logarithm")
    return np.asarray(np.log(known))


def _with(first: F8, controls: F8 | None) -> F8:
    """Return the regressor of interest with the controls beside it, shape (m, 1 + k)."""
    return first[:, None] if controls is None else np.column_stack([first, controls])
