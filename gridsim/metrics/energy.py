"""How much energy: sums of power, and how much of the own production stays at home."""

import numpy as np

from gridsim.core.arrays import F8


def energy_kwh(power_kw: F8, dt_h: float) -> F8:
    """Return the energy of a series of mean powers: its sum over the steps times their length.

    Parameters
    ----------
    power_kw : F8
        Mean power of each step, shape (t,) or (t, n). [kW]
    dt_h : float
        Length of a step. [h]

    Returns
    -------
    F8
        Energy, a number or shape (n,). [kWh]

    Raises
    ------
    ValueError
        If a step has no length.
    """
    if not dt_h > 0:
        raise ValueError(f"dt_h must be positive, got {dt_h:g}")
    return np.asarray(np.sum(power_kw, axis=0) * dt_h)


def self_consumption(pv_kwh: F8, export_kwh: F8) -> F8:
    """Return the share of the own production that does not leave through the meter, 0-1.

    One less export over production. Losses of a battery count as consumed. Energy that a battery
    takes from the grid and gives back to it can make export exceed production: the share is then 0.

    Parameters
    ----------
    pv_kwh, export_kwh : F8
        Production and export of a period, numbers or arrays of one shape. [kWh]

    Returns
    -------
    F8
        Share of each; nan where nothing is produced.

    References
    ----------
    Luthander, Widén, Nilsson, Palm, "Photovoltaic self-consumption in buildings: a review",
    Applied Energy 142 (2015), doi:10.1016/j.apenergy.2014.12.028.
    """
    produced = np.asarray(pv_kwh, np.float64)
    kept = produced - np.asarray(export_kwh, np.float64)
    return _share(kept, produced)


def self_sufficiency(demand_kwh: F8, import_kwh: F8) -> F8:
    """Return the share of the demand that does not come through the meter, 0-1.

    One less import over the demand of all end uses. A battery charged from the grid can make
    import exceed demand: the share is then 0.

    Parameters
    ----------
    demand_kwh, import_kwh : F8
        Demand of all end uses and import of a period, numbers or arrays of one shape. [kWh]

    Returns
    -------
    F8
        Share of each; nan where nothing is used.

    References
    ----------
    Luthander et al. 2015, doi:10.1016/j.apenergy.2014.12.028.
    """
    used = np.asarray(demand_kwh, np.float64)
    return _share(used - np.asarray(import_kwh, np.float64), used)


def _share(part: F8, whole: F8) -> F8:
    """Return part over whole held within 0-1; nan where the whole is not positive."""
    share = np.full(np.broadcast_shapes(part.shape, whole.shape), np.nan)
    np.divide(part, whole, out=share, where=whole > 0)
    return np.asarray(np.clip(share, 0.0, 1.0))
