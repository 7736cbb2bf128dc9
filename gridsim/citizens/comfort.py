"""Comfort: how far a set point moves for a price, and when a second heater is lit."""

from gridsim.core.kernel import kernel


@kernel
def wanted_c(set_c, setback_k, awake):  # type: ignore[no-untyped-def]
    """Return what people want: the set point while somebody is up, else the setback. [C]"""
    up = 1.0 if awake > 0.0 else 0.0
    return set_c - setback_k * (1.0 - up)


@kernel
def set_point_shift(urgency, slope_k, tolerance_k):  # type: ignore[no-untyped-def]
    """Return by how much people lower a set point in a dear hour, at most their tolerance. [K]

    Parameters
    ----------
    urgency : float
        ln of the attended price over the usual mean and what words add; 0 when the home does not
        attend.
    slope_k, tolerance_k : float
        Kelvin per unit of ``urgency``, and the most that is borne. [K]
    """
    return min(slope_k * max(urgency, 0.0), tolerance_k)


@kernel
def second_heat_kw(need_kw, limit_kw, urgency, lit_above, part, awake):  # type: ignore[no-untyped-def]
    """Return the heat that people take from a second heater instead. [kW]

    Lit by hand, so only while somebody is up, and only when the attended price stands out.
    """
    lit = 1.0 if (urgency >= lit_above and awake > 0.0) else 0.0
    return lit * min(part * need_kw, limit_kw)
