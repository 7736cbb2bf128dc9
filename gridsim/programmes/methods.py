"""The table of baselines: each by its name, and what it would credit."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from gridsim.core.arrays import F8
from gridsim.programmes import baselines, nebef
from gridsim.programmes.history import Event, History, actual

Reckoning = Callable[[History, Event], F8]
"""From a history and an event to a baseline, shape (k, n). [kW]"""


@dataclass(frozen=True, slots=True)
class Method:
    """A way to reckon a baseline.

    Parameters
    ----------
    label : str
        In words, for tables.
    reckon : Reckoning
        The baseline.
    figures : tuple of str
        Published figures that define it.
    by_slot : bool
        Whether what is credited is floored at 0 slot by slot; over the whole event otherwise.
    weather : bool
        Whether it needs temperatures.
    window_h : tuple of float or None
        Hours before the event that move it, from and to; None: none do. [h]
    days : bool
        Whether it looks at days before that of the event.
    """

    label: str
    reckon: Reckoning
    figures: tuple[str, ...]
    by_slot: bool = False
    weather: bool = False
    window_h: tuple[float, float] | None = None
    days: bool = True


def estimated_kwh(history: History, event: Event, baseline_kw: F8) -> F8:
    """Return the baseline less what was metered over an event, negative too, (n,). [kWh]"""
    left = baseline_kw - actual(history, event)
    return np.asarray(left.sum(axis=0) * history.slot_h)


def credited_kwh(method: Method, history: History, event: Event, baseline_kw: F8) -> F8:
    """Return what a home is credited with: never below 0, shape (n,). [kWh]"""
    if not method.by_slot:
        return np.maximum(estimated_kwh(history, event, baseline_kw), 0.0)
    left = np.maximum(baseline_kw - actual(history, event), 0.0)
    return np.asarray(left.sum(axis=0) * history.slot_h)


METHODS: dict[str, Method] = {
    "caiso_10_in_10": Method(
        "CAISO 10-in-10", baselines.caiso_10_in_10, ("G001", "G002"), window_h=(4.0, 1.0)
    ),
    "caiso_5_in_10": Method(
        "CAISO 5-in-10, homes", baselines.caiso_5_in_10, ("G003",), window_h=(4.0, 1.0)
    ),
    "caiso_weather_match": Method(
        "CAISO weather match",
        baselines.caiso_weather_match,
        ("G003",),
        weather=True,
        window_h=(4.0, 1.0),
    ),
    "pjm_high_4_of_5": Method(
        "PJM high 4 of 5", baselines.pjm_high_4_of_5, ("G004", "G005"), window_h=(4.0, 1.0)
    ),
    "pjm_match_day": Method("PJM match day", baselines.pjm_match_day, ("G007",)),
    "pjm_same_day": Method(
        "PJM same day 3+2", baselines.pjm_same_day, ("G006",), window_h=(4.0, 1.0), days=False
    ),
    "nyiso_average": Method("NYISO average day", baselines.nyiso_average, ("G008",)),
    "nyiso_weather": Method(
        "NYISO weather-sensitive", baselines.nyiso_weather, ("G008", "G009"), window_h=(4.0, 2.0)
    ),
    "ercot_8_of_10": Method(
        "ERCOT middle 8 of 10", baselines.ercot_8_of_10, ("G010",), window_h=(3.0, 1.0)
    ),
    "isone_90_10": Method("ISO-NE 90/10", baselines.isone_90_10, ("G011",), window_h=(2.0, 0.0)),
    "bge_two_weeks": Method("BGE, two weeks", baselines.two_weeks, ("G013",)),
    "nebef_rectangle": Method(
        "NEBEF double reference",
        nebef.double_reference,
        ("G014",),
        by_slot=True,
        window_h=(2.0, 0.0),
        days=False,
    ),
    "nebef_simple": Method(
        "NEBEF simple rectangle",
        nebef.simple,
        ("G015",),
        by_slot=True,
        window_h=(2.0, 0.0),
        days=False,
    ),
    "nebef_10_days": Method(
        "NEBEF mean of 10 days",
        lambda h, e: nebef.days(h, e, median=False),
        ("G015",),
        by_slot=True,
    ),
    "nebef_10_days_median": Method(
        "NEBEF median of 10 days",
        lambda h, e: nebef.days(h, e, median=True),
        ("G015",),
        by_slot=True,
    ),
    "nebef_4_weeks": Method(
        "NEBEF mean of 4 weeks",
        lambda h, e: nebef.weeks(h, e, median=False),
        ("G015",),
        by_slot=True,
    ),
    "nebef_4_weeks_median": Method(
        "NEBEF median of 4 weeks",
        lambda h, e: nebef.weeks(h, e, median=True),
        ("G015",),
        by_slot=True,
    ),
    "weather_regression": Method(
        "Weather regression", baselines.weather_regression, (), weather=True
    ),
}
"""Methods that need nothing but a home's own history, by name."""
