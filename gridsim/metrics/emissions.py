"""How much carbon dioxide: imports at the average intensity, changes at the marginal one."""

import numpy as np

from gridsim.core.arrays import F8

_G_PER_KG = 1000.0


def co2_kg(import_kw: F8, intensity_g_kwh: F8, dt_h: float) -> F8:
    """Return the carbon dioxide of what is imported: import times intensity, summed over steps.

    With the average intensity this is the footprint of a home; exports earn no credit. With the
    marginal intensity only the difference between two arms has a meaning.

    Parameters
    ----------
    import_kw : F8
        Mean import of each step, shape (t,) or (t, n). [kW]
    intensity_g_kwh : F8
        Carbon intensity of each step, shape (t,). [g/kWh]
    dt_h : float
        Length of a step. [h]

    Returns
    -------
    F8
        Mass, a number or shape (n,). [kg]
    """
    return np.asarray(np.asarray(intensity_g_kwh) @ np.asarray(import_kw) * dt_h / _G_PER_KG)
