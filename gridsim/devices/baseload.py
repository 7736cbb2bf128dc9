"""Cold appliances: a compressor that goes on and off, in closed form for any step."""

import numpy as np

from gridsim.core.kernel import kernel

PERIOD_S = 2700.0
"""Length of one compressor cycle: 45 min. [s] Assumed."""

DUTY = 0.35
"""Share of a cycle with the compressor on, in a room at REFERENCE_C. Assumed."""

REFERENCE_C = 20.0
"""Room temperature for which the mean power of a cold appliance is stated. [C] Assumed."""

RISE_PER_K = 0.04
"""More heat through the cabinet per K of room temperature.

Conduction follows the difference to the inside: 1/15 per K for a fridge at 5 C, 1/38 per K for a
freezer at -18 C, in a room at 20 C; a fridge-freezer lies between (0.04 assumed).
"""


@kernel
def cold(second, dt_s, mean_kw, phase, indoor_c):  # type: ignore[no-untyped-def]
    """Return the mean power of a home's cold appliances over one step.

    The compressor runs for the first ``duty`` share of each cycle; the time it ran until cycle
    position x is ``F(x) = floor(x) duty + min(frac(x), duty)``, so that a step of any length
    receives exactly the energy of its overlap.

    Parameters
    ----------
    second : float
        Start of the step, on a uniform axis (UTC). [s]
    dt_s : float
        Length of the step. [s]
    mean_kw : float
        Mean power in a room at ``REFERENCE_C``. [kW]
    phase : float
        Where in its cycle this home's compressor is at second 0, 0-1.
    indoor_c : float
        Room temperature, which moves the duty by ``RISE_PER_K``. [C]

    Returns
    -------
    float
        Mean power. [kW]
    """
    rise = max(1.0 + RISE_PER_K * (indoor_c - REFERENCE_C), 0.2)
    duty = min(DUTY * rise, 1.0)
    begin = second / PERIOD_S + phase
    end = begin + dt_s / PERIOD_S
    whole_begin = np.floor(begin)
    whole_end = np.floor(end)
    ran_begin = whole_begin * duty + min(begin - whole_begin, duty)
    ran_end = whole_end * duty + min(end - whole_end, duty)
    running = (ran_end - ran_begin) * (PERIOD_S / dt_s)
    return running * mean_kw * (1.0 / DUTY)
