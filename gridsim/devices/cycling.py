"""Thermostats that cycle: a one-node house, exact between the switching times."""

import math

from gridsim.core.kernel import kernel

BAND_LEAST_K = 1e-3
"""Narrowest dead band that is taken at its word; a narrower one would switch without end. [K]"""


@kernel
def step(temp_c, on, set_c, out_c, r_k_kw, c_kwh_k, heat_kw, band_k, dt_h):  # type: ignore[no-untyped-def]
    """Run an on/off thermostat for one step of any length.

    ``C dT/dt = (T_out - T)/R + on heat_kw``, with ``on`` switched at ``set_c - band_k/2`` and
    ``set_c + band_k/2``; between two switching times the temperature is an exponential, so the
    switching times are known in closed form and nothing depends on the step.

    Parameters
    ----------
    temp_c : float
        Indoors, at the start of the step. [C]
    on : float
        1 if the machine is on at the start, 0 if not.
    set_c, out_c : float
        Set point; outside, constant over the step. [C]
    r_k_kw, c_kwh_k : float
        Thermal resistance [K/kW] and capacity [kWh/K].
    heat_kw : float
        Heat of the machine when on: positive heats, negative cools. [kW]
    band_k : float
        Width of the dead band, at least ``BAND_LEAST_K``. [K]
    dt_h : float
        Length of the step. [h]

    Returns
    -------
    temp_c, on : float
        At the end of the step.
    mean_kw : float
        Mean heat over the step, with the sign of ``heat_kw``. [kW]

    References
    ----------
    Callaway, Energy Conversion and Management 50 (2009) 1389-1400,
    doi:10.1016/j.enconman.2008.12.012; figures H003-H006.
    """
    tau_h = r_k_kw * c_kwh_k
    sign = 1.0 if heat_kw > 0.0 else -1.0
    half_k = 0.5 * max(band_k, BAND_LEAST_K)
    stop_c = set_c + sign * half_k  # the machine drives towards this edge
    start_c = set_c - sign * half_k
    left_h = dt_h
    on_h = 0.0
    while left_h > 0.0:
        on = 0.0 if sign * (temp_c - stop_c) >= 0.0 else on
        on = 1.0 if sign * (start_c - temp_c) >= 0.0 else on
        rest_c = out_c + on * heat_kw * r_k_kw
        edge_c = stop_c if on > 0.5 else start_c
        reaches = (rest_c - edge_c) * (edge_c - temp_c) > 0.0
        until_h = tau_h * math.log((rest_c - temp_c) / (rest_c - edge_c)) if reaches else left_h
        switches = reaches and until_h <= left_h
        run_h = until_h if switches else left_h
        temp_c = edge_c if switches else rest_c + (temp_c - rest_c) * math.exp(-run_h / tau_h)
        on_h += on * run_h
        left_h = left_h - run_h if switches else 0.0
    return temp_c, on, heat_kw * on_h / dt_h
