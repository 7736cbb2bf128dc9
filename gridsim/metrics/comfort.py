"""How comfortable: degree-hours away from the temperatures that people want."""

import numpy as np

from gridsim.core.arrays import B1, F8


def too_cold_kh(indoor_c: F8, wanted_c: F8, present: B1, dt_h: float) -> F8:
    """Return the degree-hours below the wanted temperature while somebody is home.

    Parameters
    ----------
    indoor_c, wanted_c : F8
        Mean temperature of the air and wanted temperature, shapes that broadcast to (t,) or
        (t, n). [C]
    present : B1
        Whether somebody is home, same shape.
    dt_h : float
        Length of a step. [h]

    Returns
    -------
    F8
        Kelvin-hours, a number or shape (n,). [K h]
    """
    short_k = np.maximum(np.asarray(wanted_c) - np.asarray(indoor_c), 0.0)
    return np.asarray(np.sum(np.where(present, short_k, 0.0), axis=0) * dt_h)


def too_warm_kh(indoor_c: F8, wanted_c: F8, present: B1, dt_h: float) -> F8:
    """Return the degree-hours above the wanted temperature while somebody is home.

    Parameters and result as those of :func:`too_cold_kh`, with the temperature above which
    cooling is wanted.
    """
    return too_cold_kh(-np.asarray(indoor_c), -np.asarray(wanted_c), present, dt_h)
