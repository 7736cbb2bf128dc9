"""Figures of a run: those of the report, taking a :class:`~gridsim.front.Run` or its results.

Each figure takes ``ax=None`` and gives the axes back; a ``Run`` brings the intervals along where a
figure has room for them.
"""

import functools
import inspect
from collections.abc import Callable
from typing import Concatenate, ParamSpec

from matplotlib.axes import Axes

from gridsim.front import Run
from gridsim.report import figures
from gridsim.results.results import Results

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

Choices = ParamSpec("Choices")


def _of_runs(
    figure: Callable[Concatenate[Results, Choices], Axes],
) -> Callable[Concatenate[Run | Results, Choices], Axes]:
    """Return a figure that takes runs too. (Arguments pass through: it is a wrapper.)"""
    wants_findings = "findings" in inspect.signature(figure).parameters

    @functools.wraps(figure)
    def drawn(run: Run | Results, /, *args: Choices.args, **kwargs: Choices.kwargs) -> Axes:
        if not isinstance(run, Run):
            return figure(run, *args, **kwargs)
        if not wants_findings:
            return figure(run.results, *args, **kwargs)
        asked = inspect.signature(figure).bind(run.results, *args, **kwargs)
        asked.arguments.setdefault("findings", run.findings)
        return figure(*asked.args, **asked.kwargs)

    return drawn


bills = _of_runs(figures.bills)
calls = _of_runs(figures.calls)
carbon = _of_runs(figures.carbon)
day = _of_runs(figures.day)
day_change = _of_runs(figures.day_change)
duration = _of_runs(figures.duration)
heat = _of_runs(figures.heat)
heat_change = _of_runs(figures.heat_change)
parts = _of_runs(figures.parts)
peak_day = _of_runs(figures.peak_day)
pv_where = _of_runs(figures.pv_where)
temperature = _of_runs(figures.temperature)
