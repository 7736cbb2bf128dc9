"""Heat pumps: efficiency from the temperature lift, capacity from the cold outside."""

from gridsim.core.kernel import kernel

FIELD = 0.85
"""Field against test bench: controls, cycling, auxiliaries. Ruhnau, Hirth, Praktiknjo, Scientific
Data 6 (2019) 189, doi:10.1038/s41597-019-0199-y."""

LIFT_LEAST_K, LIFT_MOST_K = 15.0, 60.0
"""Lifts within which Staffell's fit holds. [K]"""

SINK_WARM_C = 27.0
"""Water temperature of the heating curve at ``CURVE_WARM_C`` outside and above. [C] Assumed."""

CURVE_COLD_C, CURVE_WARM_C = -5.0, 15.0
"""Outside temperatures at which the heating curve is stated and at which it ends. [C]"""

CURVE_MOST = 1.5
"""The curve goes on to 1.5 times its range, -15 C, and stays there. Assumed."""

DEFROST = 0.10
DEFROST_COLD_C, DEFROST_WORST_C, DEFROST_WARM_C = -7.0, 1.0, 5.0
"""Most that defrosting takes from the efficiency, and the outside temperatures where it begins,
is worst (moist air just above freezing) and ends. [C] Assumed."""

RATED_C = 7.0
"""Outside temperature at which the capacity of a heat pump is stated. [C] EN 14511 (A7)."""

FADE_PER_K = 0.025
CAPACITY_LEAST, CAPACITY_MOST = 0.4, 1.1
"""Capacity lost per K below ``RATED_C``: the median of the Keymark fits of hplib 1.9 for 24
air/water machines of one speed (0.65 at -7 C, 0.45 at -15 C, 1.12 at 12 C). Machines with
inverters lose less; taken for all. The bounds are assumed."""

COOLING_EER = 3.3
COOLING_C = 35.0
COOLING_PER_K = 0.15
COOLING_LEAST, COOLING_MOST = 1.5, 6.0
"""Efficiency of cooling at 35 C outside: median 3.28 of the Keymark fits of hplib 1.9 (water at
7 C). The slope is assumed, between Carnot (about 0.1 per K) and these fits (0.25); so are the
bounds."""


@kernel
def sink(out_c, sink_cold_c):  # type: ignore[no-untyped-def]
    """Return the water temperature of a weather-compensated heating curve. [C].

    Parameters
    ----------
    out_c : float
        Outside. [C]
    sink_cold_c : float
        Water temperature at -5 C outside: floor 30-45, large radiators 45-60, old radiators
        60-75 (Staffell et al. 2012). [C]
    """
    cold = (CURVE_WARM_C - out_c) * (1.0 / (CURVE_WARM_C - CURVE_COLD_C))
    top_c = max(sink_cold_c, SINK_WARM_C)
    return SINK_WARM_C + min(max(cold, 0.0), CURVE_MOST) * (top_c - SINK_WARM_C)


@kernel
def bench_cop(lift_k):  # type: ignore[no-untyped-def]
    """Return the bench efficiency of an air-source heat pump, Staffell et al. 2012.

    Parameters
    ----------
    lift_k : float
        Sink minus source, taken within 15-60 K. [K]

    References
    ----------
    Staffell, Brett, Brandon, Hawkes, Energy and Environmental Science 5 (2012) 9291-9306,
    doi:10.1039/C2EE22653G.
    """
    lift = min(max(lift_k, LIFT_LEAST_K), LIFT_MOST_K)
    return 6.81 - 0.121 * lift + 0.000630 * lift * lift


@kernel
def defrost(out_c):  # type: ignore[no-untyped-def]
    """Return the share of efficiency that is left after defrosting, 1 outside -7 to 5 C."""
    falling = (out_c - DEFROST_COLD_C) / (DEFROST_WORST_C - DEFROST_COLD_C)
    rising = (DEFROST_WARM_C - out_c) / (DEFROST_WARM_C - DEFROST_WORST_C)
    return 1.0 - DEFROST * max(min(falling, rising), 0.0)


@kernel
def cop(out_c, sink_c):  # type: ignore[no-untyped-def]
    """Return heat per electricity in the field, for a source and a sink temperature. [-].

    Parameters
    ----------
    out_c : float
        The air that the heat is taken from: outside, or the room of a hot-water tank. [C]
    sink_c : float
        The water that is heated, from :func:`sink`, or a tank. [C]
    """
    return FIELD * bench_cop(sink_c - out_c) * defrost(out_c)


@kernel
def capacity(limit_kw, out_c):  # type: ignore[no-untyped-def]
    """Return the most heat at ``out_c`` of a machine rated ``limit_kw`` at 7 C outside. [kW]."""
    share = 1.0 - FADE_PER_K * (RATED_C - out_c)
    return limit_kw * min(max(share, CAPACITY_LEAST), CAPACITY_MOST)


@kernel
def cooling_cop(out_c):  # type: ignore[no-untyped-def]
    """Return cold per electricity of an air conditioner, falling as it gets hot outside. [-]."""
    eer = COOLING_EER - COOLING_PER_K * (out_c - COOLING_C)
    return min(max(eer, COOLING_LEAST), COOLING_MOST)
