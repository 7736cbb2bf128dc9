"""Maps of load by day and hour: one arm's, and the difference between two."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure, SubFigure
from matplotlib.image import AxesImage

from gridsim.core.arrays import F8
from gridsim.report import canvas, spans, words
from gridsim.results.results import Results

_LABELS = {"net": "Net load", "import": "Import", "export": "Export", "pv": "PV"}
_HIGH = 99.5
"""Percentile of the difference that the colours reach: single steps do not pale the rest."""


def heat(
    results: Results, arm: str | None = None, flow: str = "net", *, ax: Axes | None = None
) -> Axes:
    """Draw one arm's mean power by day and hour; the colours mean the same in every arm.

    Parameters
    ----------
    results : Results
        What a run left behind.
    arm : str, optional
        Which arm; the reference if not given.
    flow : str
        One of ``results.FLOWS``.
    ax : Axes, optional
        Where to draw; a new figure if not given.

    Returns
    -------
    Axes
        Local date against local hour [h], coloured by power per home [kW].
    """
    ax = _ready(results, ax)
    if not results.clock.steps:
        return canvas.say(ax, "The period is empty.")
    shown = results.arm(arm) if arm else results.reference
    grids = [spans.grid(one.series.flow(flow), results.clock) for one in results.arms]
    values = spans.grid(shown.series.flow(flow), results.clock)
    limits = canvas.shared_limits(
        [float(np.nanmin(g)) for g in grids if np.isfinite(g).any()],
        [float(np.nanmax(g)) for g in grids if np.isfinite(g).any()],
    )
    image = _show(ax, results, values, "viridis", limits)
    _bar(ax, image, f"{_name(flow)}, {shown.label}\n[kW per home]", extend="neither")
    return ax


def heat_change(
    results: Results, arm: str | None = None, flow: str = "net", *, ax: Axes | None = None
) -> Axes:
    """Draw an arm's mean power less the reference arm's, by day and hour; white is no change.

    Parameters
    ----------
    results : Results
        What a run left behind.
    arm : str, optional
        Which arm; the first after the reference if not given.
    flow : str
        One of ``results.FLOWS``.
    ax : Axes, optional
        Where to draw; a new figure if not given.

    Returns
    -------
    Axes
        Local date against local hour [h], coloured by change of power per home [kW].
    """
    ax = _ready(results, ax)
    if not results.clock.steps:
        return canvas.say(ax, "The period is empty.")
    if len(results.arms) < 2:
        return canvas.say(ax, "There is one arm, so there is no difference to show.")
    shown = results.arm(arm) if arm else results.arms[1]
    change = shown.series.flow(flow) - results.reference.series.flow(flow)
    values = spans.grid(change, results.clock)
    sizes = np.abs(values[np.isfinite(values)])
    if not sizes.any():
        return canvas.say(ax, f"{_name(flow)} is the same in both arms in every step.")
    reach = float(np.percentile(sizes, _HIGH)) or float(sizes.max())
    image = _show(ax, results, values, "RdBu_r", (-reach, reach))
    _bar(ax, image, f"Change, {shown.label}\n[kW per home]", extend="both")
    return ax


def _ready(results: Results, ax: Axes | None) -> Axes:
    """Return axes labelled by date and hour."""
    ax = canvas.axes(ax, height_in=3.5)
    ax.set_xlabel(f"Local date ({results.clock.timezone})")
    ax.set_ylabel("Local hour [h]")
    return ax


def _show(
    ax: Axes, results: Results, values: F8, colours: str, limits: tuple[float, float]
) -> AxesImage:
    """Draw a grid of days and hours; day numbers are matplotlib's own dates."""
    first = float(results.clock.local_day[0])
    image = ax.imshow(
        values, cmap=colours, vmin=limits[0], vmax=limits[1], aspect="auto", origin="lower",
        extent=(first, first + values.shape[1], 0.0, 24.0), interpolation="nearest",
    )  # fmt: skip
    ax.grid(visible=False)
    ax.set_yticks(range(0, 25, 6))
    canvas.dates(ax, results.clock.timezone)
    return image


def _bar(ax: Axes, image: AxesImage, label: str, extend: str) -> None:
    """Put the scale of colours under the map, so that the map keeps the width."""
    figure = ax.figure
    if isinstance(figure, Figure | SubFigure):
        bar = figure.colorbar(
            image, ax=ax, location="bottom", shrink=0.9, aspect=32, extend=extend, pad=0.02
        )
        bar.set_label("\n".join(words.wrapped(line, 50) for line in label.split("\n")))


def _name(flow: str) -> str:
    """Return a flow in words."""
    return _LABELS.get(flow, flow.replace("_", " ").capitalize())
