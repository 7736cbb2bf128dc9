"""A fleet of thermostats that cycle: its load after the set point of all rises together."""

from gridsim.core.kernel import kernel
from gridsim.devices import cycling

START_C = 20.0
"""Set point before the change, in the middle of a dead band of 0.5 K. [C]"""
RAISED_C = 20.5
"""Set point after it. [C]"""
OUTDOOR_C = 32.0
"""[C]"""
COP = 2.5
"""Cooling over electricity."""


@kernel
def fill(load_kw, resistance, capacity, cooling, phase, step_h):  # type: ignore[no-untyped-def]
    """Fill ``load_kw`` (t,) with the electric power per unit after the set point rises.

    Parameters
    ----------
    load_kw : array
        Zeros, shape (t,). [kW]
    resistance, capacity, cooling : array
        Of each unit, shape (n,). [K/kW], [kWh/K], [kW of heat]
    phase : array
        Moment of the unit's own cycle at the start, 0-1, shape (n,): hundreds of cycles after a
        common start they are anywhere.
    step_h : float
        Length of a step. [h]
    """
    units = len(resistance)
    for i in range(units):
        r, c, p = resistance[i], capacity[i], -cooling[i]
        temp, on, _ = cycling.step(
            START_C + 0.25, 1.0, START_C, OUTDOOR_C, r, c, p, 0.5, 20.0 + 400.0 * phase[i]
        )
        for k in range(len(load_kw)):
            temp, on, mean = cycling.step(temp, on, RAISED_C, OUTDOOR_C, r, c, p, 0.5, step_h)
            load_kw[k] -= mean / COP / units
