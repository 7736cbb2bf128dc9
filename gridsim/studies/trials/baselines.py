"""T28: what baselines must give where the truth is known in closed form."""

import datetime as dt
from collections.abc import Mapping

import numpy as np
from scipy.special import ndtri

from gridsim.core.arrays import B1, I8
from gridsim.core.chance import question, uniforms
from gridsim.core.clock import day_number
from gridsim.programmes.baselines import Picks, caiso_10_in_10, picked
from gridsim.programmes.history import Event, History
from gridsim.programmes.methods import METHODS, estimated_kwh
from gridsim.studies.trials.measure import exact
from gridsim.studies.trials.records import Measured, Part, Played, Trial

DRAWN_HOMES = 200_000
"""Homes of the selection bias: its standard error is a thousandth of the spread."""
MEAN_KW = 100.0
"""Far enough above 0 that no day is low in use. [kW]"""
_DAYS = question("trials", "baselines")
_FLAT_KW = np.linspace(0.1, 9.7, 7)
_FIRST, _LAST = 17, 20
_WEEKS = 8


def flat_kwh() -> float:
    """Return the most that any method credits or debits flat loads without response. [kWh]"""
    days = _days(7 * _WEEKS + 1)
    temp_c = np.linspace(-2.0, 26.0, len(days))
    kw = np.broadcast_to(_FLAT_KW, (len(days), 24, len(_FLAT_KW)))
    past = History(days, _free(days), kw, _called(len(days)), temp_c, temp_c)
    event = Event(len(days) - 1, _FIRST, _LAST)
    given = [estimated_kwh(past, event, m.reckon(past, event)) for m in METHODS.values()]
    return float(np.abs(np.stack(given)).max())


def hot_day_percent() -> float:
    """Return what CAISO 10-in-10 reports of a day of 1.3 times the load, of its baseline. [%]"""
    days = _days(15)
    kw = np.ones((len(days), 24, 1))
    kw[-1] = 1.3
    past = History(days, _free(days), kw, _called(len(days)))
    event = Event(len(days) - 1, _FIRST, _LAST)
    base = caiso_10_in_10(past, event)
    return float(100.0 * estimated_kwh(past, event, base)[0] / base.sum())


def selection_bias(keep: int, want: int, seed: int = 1) -> float:
    """Return how far the highest days over-estimate days that are all alike. [sigma]

    Parameters
    ----------
    keep, want : int
        How many days are kept, and of how many.
    seed : int
        Names the draws.
    """
    days = _days(15)
    kw = np.full((len(days), 1, DRAWN_HOMES), MEAN_KW)
    homes: I8 = np.arange(DRAWN_HOMES)
    for place in range(len(days)):
        kw[place, 0] += ndtri(uniforms(seed, _DAYS, homes, place)[:, 0])
    past = History(days, _free(days), kw, np.zeros((len(days), 1), dtype=bool))
    event = Event(len(days) - 1, 0, 1)
    found = picked(past, event, Picks("bias", (keep, want, want), (1, 1, 1)), None)
    return float(found.mean() - MEAN_KW)


def _measure(_played: Played) -> Mapping[str, Measured]:
    """Measure T28."""
    return {
        "flat": exact(flat_kwh()),
        "hot": exact(hot_day_percent()),
        "four": exact(selection_bias(4, 5)),
        "five": exact(selection_bias(5, 10)),
    }


def _days(count: int) -> I8:
    """Return day numbers from a Monday on."""
    return day_number(dt.date(2023, 1, 2)) + np.arange(count)


def _free(days: I8) -> B1:
    """Return which days are weekends."""
    return np.asarray((days + 3) % 7 >= 5)


def _called(days: int) -> B1:
    """Return the called hours: an evening of the last day."""
    called = np.zeros((days, 24), dtype=bool)
    called[-1, _FIRST:_LAST] = True
    return called


_DEFINED = tuple(dict.fromkeys(figure for method in METHODS.values() for figure in method.figures))
_HOT = 100.0 * (1.2 - 1.3) / 1.2
"""Closed form of G017. [%]"""

T28 = Trial(
    row="T28",
    title="Baselines: flat loads, a hot day, and the days that were chosen for being high",
    parts=(
        Part("flat", "Largest credit or debit on flat loads, every method", "kWh", 0.0, 0.0,
             ("G016", *_DEFINED)),
        Part("hot", "CAISO 10-in-10 on a day of 1.3 times the load, of its baseline", "%",
             _HOT - 1e-9, _HOT + 1e-9, ("G017", "G002")),
        Part("four", "Bias of the highest 4 of 5 like days", "sigma", 0.98 * 0.29, 1.02 * 0.29,
             ("G018", "G004")),
        Part("five", "Bias of the highest 5 of 10 like days", "sigma", 0.98 * 0.74, 1.02 * 0.74,
             ("G018", "G003", "G008")),
    ),
    read=_measure,
    citizens=False,
    assumed=("Days that are alike are independent standard normals about one mean; no same-day "
             "adjustment.", "Most definitions of baselines are recalled, not read: see the status "
             "of each figure."),
)  # fmt: skip
