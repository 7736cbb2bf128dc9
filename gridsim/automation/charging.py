"""The charger's rules: the cheapest hours before departure, within what the home's peak leaves."""

from gridsim.core.kernel import kernel


@kernel
def request_kw(price, cap, tie_kwh, limit_kw, charger_kw, follows, urgent, dt_h):  # type: ignore[no-untyped-def]
    """Return what a charger asks for in this step, and what is left to charge at the cap price.

    Below the cap it charges with all its plan allows; at the cap, as early as possible until
    ``tie_kwh`` is used up: with the right cap this is the cheapest way to charge by the deadline.

    Parameters
    ----------
    price, cap : float
        Price of the step, and dearest price worth charging at. [currency/kWh]
    tie_kwh : float
        Energy still to be charged at exactly the cap price. [kWh]
    limit_kw, charger_kw : float
        Power that the plan may use now; limit of the charger. [kW]
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
    power_kw = planned_kw if (follows > 0.0 and urgent < 1.0) else charger_kw
    spent_kwh = min(tie_kwh, power_kw * dt_h) if price == cap else 0.0
    return tie_kwh - spent_kwh, power_kw


@kernel
def must_kw(need_kwh, charger_kw, left_h, dt_h):  # type: ignore[no-untyped-def]
    """Return the least power of this step after which a car can still be ready. [kW]

    What full power cannot bring in the steps after this one has to be charged now.

    Parameters
    ----------
    need_kwh : float
        Wanted at the meter before the car leaves. [kWh]
    charger_kw : float
        Limit of the charger. [kW]
    left_h, dt_h : float
        Time until it leaves, from the start of the step; length of the step. [h]
    """
    later_kwh = charger_kw * max(left_h - dt_h, 0.0)
    return min(max((need_kwh - later_kwh) * (1.0 / dt_h), 0.0), charger_kw)


@kernel
def room_kw(free_kw, raise_kw, must_kw, most_kw, base_kw):  # type: ignore[no-untyped-def]
    """Return what a charger may take without raising its home's peak needlessly. [kW]

    Parameters
    ----------
    free_kw : float
        Import that costs nothing more: the billed peak so far. Infinite: nothing to keep to. [kW]
    raise_kw : float
        How far the plan goes beyond it, because the car would not be ready otherwise. [kW]
    must_kw : float
        What has to be charged now if the car is to be ready, see :func:`must_kw`. [kW]
    most_kw : float
        Import of the home that an order allows, whatever the car needs. [kW]
    base_kw : float
        Load less production of the home without the car. [kW]
    """
    spare_kw = max(free_kw + raise_kw - base_kw, must_kw)
    return max(min(spare_kw, most_kw - base_kw), 0.0)
