"""Hot-water tanks: one node with a thermostat, an off-peak relay, and people who draw.

The node is the heat in the tank, stated as its mean temperature. A storage tank is layered: hot
water stays on top and leaves first, so the tap stays warm until little heat is left. Draws
therefore take the heat of water at ``MIXED_C`` whatever the mean, until the tank is cold.
"""

from typing import NamedTuple

import numpy as np

from gridsim.core.arrays import F8
from gridsim.core.kernel import kernel

KWH_PER_L_K = 4.186 / 3600.0
"""Heat capacity of a litre of water: 4.186 kJ/K, as in figure E025. [kWh/(l K)]"""

MIXED_C = 40.0
"""Temperature at the tap at which draws are stated. [C] EN 16147 counts water of 40 C."""

DEAD_BAND_K = 5.0
"""Below the set point by this much the thermostat closes. [K] Assumed."""

COMFORT_C = 26.0
"""Below this mean temperature the tap runs lukewarm and people press the boost although the relay
is off: about a quarter of the heat of a full tank is left. [C] Assumed."""

BOOST_K = 10.0
"""A boost ends this far above ``COMFORT_C``. [K] Assumed."""


class Tank(NamedTuple):
    """What one step does to a tank, once for each home; arrays of shape (n,).

    ``decay`` is the share of the difference to the room that is left after a step; ``rise_k_kw``
    what a kW held for the step adds at its end. [K/kW]
    """

    decay: F8
    rise_k_kw: F8


def coefficients(litres: F8, loss_kw_k: F8, dt_h: float) -> Tank:
    """Return the exact step of ``C dT/dt = q - loss (T - room)``.

    Parameters
    ----------
    litres : F8
        Volume, shape (n,). [l]
    loss_kw_k : F8
        Heat loss per K above the room, shape (n,). [kW/K]
    dt_h : float
        Length of the step. [h]

    Raises
    ------
    ValueError
        If a volume or the step is not positive, or a loss is negative.
    """
    litres, loss_kw_k = np.asarray(litres, np.float64), np.asarray(loss_kw_k, np.float64)
    if not np.all(litres > 0):
        raise ValueError("litres must be positive")
    if not np.all(loss_kw_k >= 0):
        raise ValueError("loss_kw_k must not be negative")
    if not dt_h > 0:
        raise ValueError(f"dt_h must be positive, got {dt_h:g}")
    store_kwh_k = litres * KWH_PER_L_K
    x = loss_kw_k * dt_h / store_kwh_k
    safe = np.where(x > 0, x, 1.0)
    shrink = np.where(x > 0, -np.expm1(-safe) / safe, 1.0)  # (1 - exp(-x)) / x
    return Tank(np.exp(-x), shrink * dt_h / store_kwh_k)


@kernel
def cooled_k(mixed_l, temp_c, inlet_c, per_l):  # type: ignore[no-untyped-def]
    """Return by how much the tank's mean falls when ``mixed_l`` are drawn at the tap. [K]

    They take the heat of water at ``MIXED_C``, at most all that is left above the inlet. ``per_l``
    is one over the volume. [1/l]
    """
    wanted_k = mixed_l * max(MIXED_C - inlet_c, 0.0) * per_l
    return min(wanted_k, max(temp_c - inlet_c, 0.0))


@kernel
def step(  # type: ignore[no-untyped-def]
    temp_c, heating, draw_l, enabled, per_l, most_kw, decay, rise_k_kw, kw_per_k, set_c, room_c,
    inlet_c,
):  # fmt: skip
    """Draw water, lose heat to the room, and heat if thermostat and relay are closed.

    Draws leave at the start of the step and cold water takes their place; the rest is the exact
    solution for constant power. The element gives no more than brings the tank to its set point at
    the end of the step.

    Parameters
    ----------
    temp_c : float
        Temperature of the tank at the start of the step. [C]
    heating : float
        Thermostat contact at the start: 1 closed, 0 open.
    draw_l : float
        Water drawn during the step, in litres at 40 C at the tap. [l]
    enabled : float
        Off-peak relay: 1 closed (or no relay fitted), 0 open.
    per_l : float
        One over the volume. [1/l]
    most_kw : float
        Heat of the element or of the heat pump; 0: no electric hot water. [kW]
    decay, rise_k_kw : float
        From :func:`coefficients`.
    kw_per_k : float
        One over ``rise_k_kw``. [kW/K]
    set_c : float
        Set point of the thermostat. [C]
    room_c, inlet_c : float
        Around the tank; of the cold water. [C]

    Returns
    -------
    temp_c, heating : float
        At the end of the step. [C], 0 or 1
    heat_kw : float
        Mean heat given to the tank. [kW]
    boost : float
        1 if the tank was heated although the relay was open.
    """
    mixed_c = temp_c - cooled_k(draw_l, temp_c, inlet_c, per_l)
    idle_c = room_c + (mixed_c - room_c) * decay
    contact = 1.0 if mixed_c < set_c - DEAD_BAND_K else (heating if mixed_c < set_c else 0.0)
    boost = 1.0 if (mixed_c < COMFORT_C) & (enabled < 0.5) & (most_kw > 0.0) else 0.0
    goal_c = set_c if enabled > 0.5 else min(COMFORT_C + BOOST_K, set_c)
    on = max(contact * (1.0 if enabled > 0.5 else 0.0), boost)
    wanted_kw = max((goal_c - idle_c) * kw_per_k, 0.0)
    heat_kw = on * min(wanted_kw, most_kw)
    reached = (on > 0.5) & (wanted_kw <= most_kw) & (enabled > 0.5)
    return idle_c + heat_kw * rise_k_kw, 0.0 if reached else contact, heat_kw, boost


@kernel
def balance(  # type: ignore[no-untyped-def]
    before_c, after_c, draw_l, heat_kw, litres, per_l, room_c, inlet_c, rise_k_kw, loss_kw_k, dt_h
):
    """Return where a step's heat went, for the audit: ``heat = stored + loss + drawn``.

    The loss is integrated from the exact solution, not taken as the rest, so that the balance
    can fail.

    Parameters
    ----------
    before_c, after_c : float
        Temperature at the start and at the end of the step. [C]
    draw_l, heat_kw : float
        Draw at 40 C at the tap [l]; heat given to the tank [kW].
    litres : float
        Volume. [l]
    per_l, room_c, inlet_c, rise_k_kw : float
        As in :func:`step`.
    loss_kw_k : float
        Heat loss per K above the room. [kW/K]
    dt_h : float
        Length of the step. [h]

    Returns
    -------
    stored_kwh, loss_kwh, drawn_kwh : float
        More heat in the tank; given to the room; taken out with the water above the inlet. [kWh]
    """
    store_kwh_k = litres * KWH_PER_L_K
    drop_k = cooled_k(draw_l, before_c, inlet_c, per_l)
    drawn_kwh = store_kwh_k * drop_k
    stored_kwh = store_kwh_k * (after_c - before_c)
    mixed_c = before_c - drop_k
    # integral of T - room: the start's difference fades, the power's contribution grows
    fading_kh = store_kwh_k * rise_k_kw * (mixed_c - room_c)
    growing_kwh = heat_kw * (dt_h - store_kwh_k * rise_k_kw)
    return stored_kwh, loss_kw_k * fading_kh + growing_kwh, drawn_kwh
