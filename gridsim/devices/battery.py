"""Home batteries: a store that follows a requested power within its limits."""

from gridsim.core.kernel import kernel

EFFICIENCY = 0.95
"""One way; 0.90 for the round trip, as in figures H015 and H017. Assumed."""

STANDBY_KW = 0.008
"""What the battery's own electronics take from the store. [kW] Assumed."""


@kernel
def step(energy_kwh, request_kw, capacity_kwh, limit_kw, efficiency, standby_kw, dt_h):  # type: ignore[no-untyped-def]
    """Follow ``request_kw`` for one step, as far as the limits allow.

    Parameters
    ----------
    energy_kwh : float
        Stored at the start of the step. [kWh]
    request_kw : float
        Wanted power at the meter; positive charges, negative discharges. [kW]
    capacity_kwh, limit_kw : float
        Usable capacity [kWh] and power limit in both directions [kW].
    efficiency : float
        One way, in (0, 1].
    standby_kw : float
        Taken from the store all the time, until it is empty. [kW]
    dt_h : float
        Length of the step. [h]

    Returns
    -------
    energy_kwh, power_kw : float
        Stored at the end of the step [kWh]; mean power drawn [kW].
    lost_kwh : float
        Turned into heat: ``power_kw * dt_h`` is what is stored more plus what is lost. [kWh]
    """
    drained_kwh = min(standby_kw * dt_h, energy_kwh)
    left_kwh = energy_kwh - drained_kwh
    room_kw = (capacity_kwh - left_kwh) * (1.0 / (efficiency * dt_h))
    held_kw = left_kwh * (efficiency / dt_h)
    power_kw = min(max(request_kw, -limit_kw, -held_kw), limit_kw, room_kw)
    gain = efficiency if power_kw > 0.0 else 1.0 / efficiency
    after_kwh = min(max(left_kwh + gain * power_kw * dt_h, 0.0), capacity_kwh)
    return after_kwh, power_kw, drained_kwh + (1.0 - gain) * power_kw * dt_h
