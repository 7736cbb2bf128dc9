"""Baselines of the French NEBEF rules: flat lines beside the event, and what was used before."""

import numpy as np

from gridsim.core.arrays import F8, I8
from gridsim.programmes import choosing
from gridsim.programmes.history import Event, History, like_days

BOUND_H = 2.0
"""Longest reference window of the rectangles. [h], assumed: G014 only says "bounded"."""


def simple(history: History, event: Event) -> F8:
    """Return the simple NEBEF rectangle, shape (k, n): the mean power before the event. [kW]

    Recalled only (G015, RECALLED-medium): a window as long as the event, at most
    ``BOUND_H``.
    """
    return choosing.flat(history, event, _before(history, event, "nebef_simple"))


def double_reference(history: History, event: Event, correction_kw: F8 | float = 0.0) -> F8:
    """Return the NEBEF rectangle with double reference, corrected, shape (k, n). [kW]

    Recalled only (G014, RECALLED-medium): flat at the smaller of the mean powers over a window
    before and one after the event, each as long as the event and at most ``BOUND_H``, plus a
    correction. What the rules correct for is not known here: it is the caller's, 0 by default.

    Parameters
    ----------
    history : History
        The loads.
    event : Event
        What is called.
    correction_kw : F8 or float
        Added to the reference, shape (n,) or one number. [kW]
    """
    before = _before(history, event, "nebef_rectangle")
    later = choosing.after(history, event, 0.0, _length_h(history, event))
    level = np.minimum(before, choosing.level(history, event, later, "nebef_rectangle"))
    return choosing.flat(history, event, level + correction_kw)


def days(history: History, event: Event, *, median: bool) -> F8:
    """Return the NEBEF history baseline: mean or median of the last 10 like days. [kW]

    Recalled (G015, RECALLED-medium): "history, 10 days"; all 10 are needed.
    """
    found = like_days(history, event)[:10]
    choosing.needed(len(found), 10, "nebef_10_days")
    return _central(history, event, found, median=median)


def weeks(history: History, event: Event, *, median: bool) -> F8:
    """Return the NEBEF history baseline: mean or median of the same weekday of 4 weeks. [kW]

    Recalled (G015, RECALLED-medium): "history, 4 weeks". A week whose day was called or is no like
    day is left out; two are needed (assumed).
    """
    found = like_days(history, event, 28)
    found = found[(history.day[event.place] - history.day[found]) % 7 == 0]
    choosing.needed(len(found), 2, "nebef_4_weeks")
    return _central(history, event, found, median=median)


def _before(history: History, event: Event, name: str) -> F8:
    """Return the mean power over the window before an event, shape (n,)."""
    slots = choosing.window(history, event, _length_h(history, event), 0.0)
    return choosing.level(history, event, slots, name)


def _length_h(history: History, event: Event) -> float:
    """Return the length of the reference windows of an event. [h]"""
    return min((event.last - event.first) * history.slot_h, BOUND_H)


def _central(history: History, event: Event, days: I8, *, median: bool) -> F8:
    """Return mean or median of days, slot by slot, shape (k, n)."""
    if median:
        here = history.kw[days, event.first : event.last]
        return np.asarray(np.median(here, axis=0), dtype=np.float64)
    taken = np.ones((len(days), history.kw.shape[2]), dtype=bool)
    return choosing.mean_of(history, days, taken, event.first, event.last)
