"""Figures: each takes results and ``ax=None``, draws, and gives the axes back."""

from gridsim.report.loads import carbon, duration, temperature
from gridsim.report.maps import heat, heat_change
from gridsim.report.money import bills, parts
from gridsim.report.profiles import calls, day, day_change
from gridsim.report.uses import peak_day, pv_where

__all__ = [
    "bills",
    "calls",
    "carbon",
    "day",
    "day_change",
    "duration",
    "heat",
    "heat_change",
    "parts",
    "peak_day",
    "pv_where",
    "temperature",
]
