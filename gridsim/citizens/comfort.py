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
def second_heat_kw(need_kw, limit_kw, urgency, lit_from, full_at, part, present):  # type: ignore[no-untyped-def]
    """Return the heat that people take from a second heater instead. [kW]

    Lit by hand and kept going, so only while somebody is at home; the more urgent, the more of the
    heat it takes over.

    Parameters
    ----------
    need_kw, limit_kw : float
        Heat that is needed, and the most that the second heater gives. [kW]
    urgency : float
        Of the hour, as for :func:`set_point_shift`.
    lit_from, full_at : float
        Urgency from which it is lit, and from which it takes over its full part.
    part : float
        Full part of the need that it takes over, 0-1.
    present : float
        Persons at home.
    """
    share = min(max((urgency - lit_from) / (full_at - lit_from), 0.0), 1.0)
    taken = part * share * need_kw if present > 0.0 else 0.0
    return min(taken, limit_kw)
