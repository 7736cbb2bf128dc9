"""Electric cars at home: a battery that comes and goes, and must be ready for its next trip."""

from gridsim.core.kernel import kernel

EFFICIENCY = 0.90
"""From the meter to the battery and back, each way. Assumed."""

RESERVE = 0.10
"""Share of the battery that drivers keep; a trip that needs more charges outside. Assumed."""


@kernel
def step(  # type: ignore[no-untyped-def]
    energy_kwh, request_kw, plugged, minimum_kwh, capacity_kwh, charger_kw, efficiency, dt_h
):
    """Follow ``request_kw`` for one step while plugged in, as far as the limits allow.

    Below ``minimum_kwh`` the car charges whatever is requested; a negative request (V2G) is
    followed down to ``minimum_kwh`` only.

    Parameters
    ----------
    energy_kwh : float
        Stored at the start of the step. [kWh]
    request_kw : float
        Wanted power at the meter while plugged in; negative gives back. [kW]
    plugged : float
        Share of the step during which the car is plugged in, 0-1.
    minimum_kwh : float
        Energy for the next trip. [kWh]
    capacity_kwh, charger_kw : float
        Usable capacity [kWh]; power limit of the charger in both directions [kW].
    efficiency : float
        One way, in (0, 1].
    dt_h : float
        Length of the step. [h]

    Returns
    -------
    energy_kwh, power_kw : float
        Stored at the end of the step [kWh]; mean power drawn over the whole step [kW].
    lost_kwh : float
        Turned into heat. [kWh]
    """
    limit_kw = charger_kw * plugged
    short_kwh = min(minimum_kwh, capacity_kwh) - energy_kwh
    fill_kw, give_kw = 1.0 / (efficiency * dt_h), efficiency / dt_h  # per kWh in the battery
    least_kw = short_kwh * fill_kw if short_kwh > 0.0 else short_kwh * give_kw
    room_kw = (capacity_kwh - energy_kwh) * fill_kw
    power_kw = min(max(request_kw * plugged, least_kw, -limit_kw), limit_kw, room_kw)
    gain = efficiency if power_kw > 0.0 else 1.0 / efficiency
    after_kwh = min(max(energy_kwh + gain * power_kw * dt_h, 0.0), capacity_kwh)
    return after_kwh, power_kw, (1.0 - gain) * power_kw * dt_h


@kernel
def drive(energy_kwh, km, kwh_km, capacity_kwh):  # type: ignore[no-untyped-def]
    """Drive, charging outside what the battery cannot give without its reserve.

    Parameters
    ----------
    energy_kwh : float
        Stored before the trip. [kWh]
    km, kwh_km : float
        Distance there and back [km]; use [kWh/km].
    capacity_kwh : float
        Usable capacity. [kWh]

    Returns
    -------
    energy_kwh, outside_kwh : float
        Stored after the trip; charged outside: ``after = before - km kwh_km + outside``. [kWh]
    """
    used_kwh = km * kwh_km
    reserve_kwh = min(RESERVE * capacity_kwh, energy_kwh)
    outside_kwh = max(used_kwh + reserve_kwh - energy_kwh, 0.0)
    return energy_kwh - used_kwh + outside_kwh, outside_kwh
