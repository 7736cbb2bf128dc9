"""Buildings: two nodes, air and mass, stepped exactly for any length of step.

``C_a dT_a/dt = H_am (T_m - T_a) + H_ao (T_o - T_a) + q_air`` and
``C_m dT_m/dt = H_am (T_a - T_m) + q_mass``. With constant inputs the solution over a step is a
matrix exponential, the same for every step of a home: :func:`steps` computes it once.
"""

from typing import NamedTuple

import numpy as np

from gridsim.core.arrays import F8
from gridsim.core.kernel import kernel

SUN_TO_MASS = 0.7
"""Share of the sun through the windows that warms the mass, the rest the air. Assumed, within
A_m / A_t = 2.5 / 4.5 (medium) to 3.5 / 4.5 (very heavy) of ISO 13790:2008 annex C."""


class Step(NamedTuple):
    """The exact step of each home, arrays of shape (n,).

    ``air' = aa air + am mass + out_a out_c + air_a q_air + mass_a q_mass`` and the same with
    ``_m`` for the mass. Shares are [-], ``air_*`` and ``mass_*`` are [K/kW].
    """

    aa: F8
    am: F8
    ma: F8
    mm: F8
    out_a: F8
    out_m: F8
    air_a: F8
    air_m: F8
    mass_a: F8
    mass_m: F8


def steps(c_air: F8, c_mass: F8, h_am: F8, h_out: F8, dt_h: float) -> Step:
    """Return the exact step of the two-node building by the exponential of its 2x2 matrix.

    Parameters
    ----------
    c_air, c_mass : F8
        Heat capacity of air and furniture, and of the mass, shape (n,). [kWh/K]
    h_am, h_out : F8
        Conductance between air and mass, and from the air to the outside, shape (n,). [kW/K]
    dt_h : float
        Length of the step. [h]

    Raises
    ------
    ValueError
        If a capacity or the step is not positive, or a conductance is negative.
    """
    ca, cm, h, ho = (np.asarray(v, dtype=np.float64) for v in (c_air, c_mass, h_am, h_out))
    for name, value in (("c_air", ca), ("c_mass", cm)):
        if not np.all(value > 0):
            raise ValueError(f"{name} must be positive")
    for name, value in (("h_am", h), ("h_out", ho)):
        if not np.all(value >= 0):
            raise ValueError(f"{name} must not be negative")
    if not dt_h > 0:
        raise ValueError(f"dt_h must be positive, got {dt_h:g}")
    a, b, c, d = -(h + ho) / ca, h / ca, h / cm, -h / cm  # the matrix [[a, b], [c, d]]
    half, root = (a + d) / 2, np.sqrt(((a - d) / 2) ** 2 + b * c)
    fast = half - root
    slow = np.where(fast < 0, (h * ho) / (ca * cm) / np.where(fast < 0, fast, 1.0), 0.0)
    apart = (slow - fast) * dt_h > 1e-12  # else nothing passes between the nodes in a step
    gap = np.where(apart, slow - fast, np.inf)
    e1, e2 = np.exp(slow * dt_h), np.exp(fast * dt_h)
    g1, g2 = _integral(slow, dt_h), _integral(fast, dt_h)
    # exp(A t) = e1 P + e2 (1 - P) with the projector P = (A - fast) / (slow - fast)
    p_aa, p_am = (a - fast) / gap, b / gap
    p_ma, p_mm = c / gap, (d - fast) / gap
    air_a, air_m = (g2 + (g1 - g2) * p_aa) / ca, (g1 - g2) * p_ma / ca
    mass_a, mass_m = (g1 - g2) * p_am / cm, (g2 + (g1 - g2) * p_mm) / cm
    return Step(
        aa=e2 + (e1 - e2) * p_aa, am=(e1 - e2) * p_am,
        ma=(e1 - e2) * p_ma, mm=e2 + (e1 - e2) * p_mm,
        out_a=ho * air_a, out_m=ho * air_m,
        air_a=air_a, air_m=air_m, mass_a=mass_a, mass_m=mass_m,
    )  # fmt: skip


@kernel
def step(  # type: ignore[no-untyped-def]
    air_c, mass_c, out_c, air_kw, mass_kw,
    aa, am, ma, mm, out_a, out_m, air_a, air_m, mass_a, mass_m,
):  # fmt: skip
    """Return air and mass after one step with constant heat to the air and to the mass.

    Parameters
    ----------
    air_c, mass_c, out_c : float
        Air and mass at the start of the step; outside, mean over it. [C]
    air_kw, mass_kw : float
        Heat to the air and to the mass, mean over the step. [kW]
    aa, am, ma, mm, out_a, out_m, air_a, air_m, mass_a, mass_m : float
        The home's :class:`Step`.

    Returns
    -------
    air_c, mass_c : float
        At the end of the step. [C]
    """
    air = aa * air_c + am * mass_c + out_a * out_c + air_a * air_kw + mass_a * mass_kw
    mass = ma * air_c + mm * mass_c + out_m * out_c + air_m * air_kw + mass_m * mass_kw
    return air, mass


@kernel
def free(  # type: ignore[no-untyped-def]
    air_c, mass_c, out_c, gain_kw, sun_kw,
    aa, am, ma, mm, out_a, out_m, air_a, air_m, mass_a, mass_m,
):  # fmt: skip
    """Return air and mass after one step without heating or cooling.

    ``gain_kw`` (people and devices) warms the air; of ``sun_kw`` (through the windows)
    ``SUN_TO_MASS`` warms the mass. Other parameters as in :func:`step`.
    """
    return step(
        air_c, mass_c, out_c, gain_kw + (1.0 - SUN_TO_MASS) * sun_kw, SUN_TO_MASS * sun_kw,
        aa, am, ma, mm, out_a, out_m, air_a, air_m, mass_a, mass_m,
    )  # fmt: skip


@kernel
def warm(free_air_c, free_mass_c, heat_kw, air_a, air_m):  # type: ignore[no-untyped-def]
    """Add constant heat to the air (negative cools) to a step already made without it."""
    return free_air_c + air_a * heat_kw, free_mass_c + air_m * heat_kw


@kernel
def need(free_air_c, set_c, kw_per_k, limit_kw):  # type: ignore[no-untyped-def]
    """Return the heat that brings the air to ``set_c`` at the end of the step, in [0, limit].

    Parameters
    ----------
    free_air_c : float
        Air at the end of the step without heating, from :func:`free`. [C]
    set_c : float
        Wanted temperature. [C]
    kw_per_k : float
        Power that held over the step makes the air a kelvin warmer: one over ``air_a``. [kW/K]
    limit_kw : float
        Most heat the machine gives. [kW]
    """
    return min(max((set_c - free_air_c) * kw_per_k, 0.0), limit_kw)


@kernel
def need_cold(free_air_c, set_c, kw_per_k, limit_kw):  # type: ignore[no-untyped-def]
    """Return the heat, in [-limit, 0], that brings the air down to ``set_c``: see :func:`need`."""
    return max(min((set_c - free_air_c) * kw_per_k, 0.0), -limit_kw)


def _integral(rate: F8, dt_h: float) -> F8:
    """Return the integral of ``exp(rate t)`` over the step. [h]."""
    x = rate * dt_h
    moves = x < -1e-200
    return np.where(moves, np.expm1(x) / np.where(moves, x, 1.0), 1.0) * dt_h
