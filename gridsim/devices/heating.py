"""Heating and cooling machines: how much heat they can give, and what it takes at the meter."""

from gridsim.core.kernel import kernel
from gridsim.devices import heat_pump

NOT_ELECTRIC, RESISTANCE, HEAT_PUMP = 0, 1, 2
"""Kinds of heating; a boiler (or district heat) takes electricity only for pump and fan."""


@kernel
def limit(kind, out_c, limit_kw, backup_kw):  # type: ignore[no-untyped-def]
    """Return the most heat the machine gives at ``out_c``, with its backup resistance. [kW].

    Parameters
    ----------
    kind : float or int
        0 not electric, 1 resistance, 2 heat pump.
    out_c : float
        Outside. [C]
    limit_kw : float
        Most heat; of a heat pump at 7 C outside, without backup. [kW]
    backup_kw : float
        Backup resistance of a heat pump. [kW]
    """
    with_pump_kw = heat_pump.capacity(limit_kw, out_c) + backup_kw
    return with_pump_kw if kind == HEAT_PUMP else limit_kw


@kernel
def direct_kw(heat_kw, kind, fan_kw):  # type: ignore[no-untyped-def]
    """Return the mean electric power of a machine that is no heat pump. [kW].

    Parameters
    ----------
    heat_kw : float
        Heat given, mean over the step. [kW]
    kind : float or int
        0 not electric, else electric: what it gives it takes.
    fan_kw : float
        Pump and fan of a boiler while it heats. [kW]
    """
    boiler_kw = fan_kw if heat_kw > 0.0 else 0.0
    return boiler_kw if kind == NOT_ELECTRIC else heat_kw


@kernel
def pumped_kw(heat_kw, out_c, limit_kw, sink_cold_c):  # type: ignore[no-untyped-def]
    """Return the mean electric power with which a heat pump and its backup give heat. [kW].

    The heat pump gives what it can at this outside temperature, the backup resistance the rest.

    Parameters
    ----------
    heat_kw : float
        Heat given, mean over the step, at most :func:`limit`. [kW]
    out_c : float
        Outside. [C]
    limit_kw : float
        Most heat of the heat pump at 7 C outside. [kW]
    sink_cold_c : float
        Water temperature of the heat pump at -5 C outside. [C]
    """
    by_pump_kw = min(heat_kw, heat_pump.capacity(limit_kw, out_c))
    cop = heat_pump.cop(out_c, heat_pump.sink(out_c, sink_cold_c))
    return by_pump_kw / cop + (heat_kw - by_pump_kw)


@kernel
def cooling_kw(heat_kw, out_c):  # type: ignore[no-untyped-def]
    """Return the mean electric power that takes ``-heat_kw`` out of the air. [kW]."""
    return max(-heat_kw, 0.0) * (1.0 / heat_pump.cooling_cop(out_c))
