"""The charger's rule: fill the cheapest hours known before departure."""

from gridsim.core.kernel import kernel


@kernel
def request_kw(price, cap, tie_kwh, limit_kw, follows, urgent, dt_h):  # type: ignore[no-untyped-def]
    """Return what a charger asks for in this step, and what is left to charge at the cap price.

    Below the cap it charges fully; at the cap, as early as possible until ``tie_kwh`` is used up:
    with the right cap this is the cheapest way to charge by the deadline.

    Parameters
    ----------
    price, cap : float
        Price of the step, and dearest price worth charging at. [currency/kWh]
    tie_kwh : float
        Energy still to be charged at exactly the cap price. [kWh]
    limit_kw : float
        Limit of the charger. [kW]
    follows : float
        1 when charger or owner follow the price; otherwise it charges at once.
    urgent : float
        1 when the car is nearly empty and charges whatever the price.
    dt_h : float
        Length of the step. [h]

    Returns
    -------
    tie_kwh, power_kw : float
        Left at the cap price after the step [kWh]; power asked for [kW].
    """
    at_cap_kw = min(limit_kw, tie_kwh * (1.0 / dt_h)) if price == cap else 0.0
    planned_kw = limit_kw if price < cap else at_cap_kw
    power_kw = planned_kw if (follows > 0.0 and urgent < 1.0) else limit_kw
    spent_kwh = min(tie_kwh, power_kw * dt_h) if price == cap else 0.0
    return tie_kwh - spent_kwh, power_kw
