"""The canvas: one look for every figure, and pictures that are the same bytes each time."""

import base64
import io
import math
import textwrap
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import matplotlib as mpl
from cycler import cycler
from matplotlib.axes import Axes
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.dates import AutoDateLocator, ConciseDateFormatter
from matplotlib.figure import Figure
from matplotlib.layout_engine import ConstrainedLayoutEngine

WIDTH_IN = 5.0
"""Figure width: 360 points, about a phone's width, so that a 10-point label is read as such."""

ARM_COLOURS = ("#4d4d4d", "#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9")
"""Dark grey for the reference arm, then Okabe and Ito's colour-blind-safe colours (2008)."""

ARM_LINES = ("-", "-", "--", "-.", ":")
"""Line styles, so that many arms can be told apart without colour."""

_LOOK: Any = {
    "axes.axisbelow": True,
    "axes.edgecolor": "#888888",
    "axes.grid": True,
    "axes.labelsize": 10,
    "axes.prop_cycle": cycler(color=ARM_COLOURS),
    "axes.spines.right": False,
    "axes.spines.top": False,
    "font.family": "DejaVu Sans",
    "font.size": 10,
    "grid.color": "#e2e2e2",
    "grid.linewidth": 0.7,
    "image.cmap": "viridis",
    "legend.fontsize": 9.5,
    "legend.frameon": False,
    "lines.linewidth": 1.8,
    "savefig.dpi": 200,
    "svg.fonttype": "path",  # the same shapes on every machine
    "svg.hashsalt": "gridsim",
    "text.parse_math": False,  # a label may hold dollars
    "xtick.labelsize": 9.5,
    "ytick.labelsize": 9.5,
}
_INSTEAD = "gridsim-instead-of-a-plot"
_OWN = "gridsim-figure"


@contextmanager
def look() -> Iterator[None]:
    """Draw in the look of the report, whatever the settings of whoever calls."""
    with mpl.rc_context():
        mpl.rcdefaults()
        mpl.rcParams.update(_LOOK)
        yield


def axes(ax: Axes | None, height_in: float = 3.1) -> Axes:
    """Return the axes given, or those of a new figure."""
    if ax is not None:
        return ax
    figure = Figure(figsize=(WIDTH_IN, height_in), layout="constrained")
    figure.set_gid(_OWN)
    return figure.add_subplot()


def say(ax: Axes, sentence: str) -> Axes:
    """Write one sentence where there is nothing to plot."""
    ax.set(xticks=[], yticks=[], xlim=(0.0, 1.0), ylim=(0.0, 1.0))
    ax.grid(visible=False)
    text = textwrap.fill(sentence, 44)
    ax.text(0.5, 0.5, text, ha="center", va="center", gid=_INSTEAD, transform=ax.transAxes)
    return ax


def said(ax: Axes) -> str:
    """Return the sentence that stands in place of a plot, or nothing."""
    found = (text.get_text() for text in ax.texts if text.get_gid() == _INSTEAD)
    return " ".join(next(found, "").split())


def legend(ax: Axes, columns: int = 2) -> None:
    """Put the legend above the axes, in as many columns as there is room for."""
    handles, labels = ax.get_legend_handles_labels()
    fit = next((c for c in range(columns, 1, -1) if _legend_pt(labels, c) < 72 * WIDTH_IN - 20), 1)
    wrapped = [textwrap.fill(label, 52) for label in labels]
    figure = ax.figure
    alone = len(figure.axes) == 1
    if isinstance(figure, Figure) and alone and _is_constrained(figure):
        figure.legend(
            handles, wrapped, loc="outside upper center", ncols=fit, columnspacing=1.2,
            handlelength=2.2,
        )  # fmt: skip
        _make_room(figure, wrapped, fit)
        return
    ax.legend(
        handles, wrapped, loc="lower center", bbox_to_anchor=(0.5, 1.0), ncols=fit,
        columnspacing=1.2, handlelength=2.2,
    )  # fmt: skip


def hours(ax: Axes) -> None:
    """Label the x axis as the hours of a local day."""
    ax.set_xlim(0, 24)
    ax.set_xticks(range(0, 25, 3))
    ax.set_xlabel("Local hour [h]")


def dates(ax: Axes, timezone: str) -> None:
    """Label the x axis as local dates; day numbers since 1970 are matplotlib's own dates."""
    locator = AutoDateLocator(minticks=3, maxticks=6)  # type: ignore[no-untyped-call]
    ax.xaxis.set_major_locator(locator)
    ax.xaxis.set_major_formatter(ConciseDateFormatter(locator))  # type: ignore[no-untyped-call]
    ax.set_xlabel(f"Local date ({timezone})")


def arm_colour(position: int) -> str:
    """Return the colour of the arm at a position; 0 is the reference."""
    if position == 0:
        return ARM_COLOURS[0]
    return ARM_COLOURS[1 + (position - 1) % (len(ARM_COLOURS) - 1)]


def arm_line(position: int) -> str:
    """Return the line style of the arm at a position."""
    return ARM_LINES[position % len(ARM_LINES)]


def shared_limits(lows: Sequence[float], highs: Sequence[float]) -> tuple[float, float]:
    """Return limits that hold everything finite, never of zero width."""
    low = min((x for x in lows if math.isfinite(x)), default=0.0)
    high = max((x for x in highs if math.isfinite(x)), default=1.0)
    return (low, high) if high > low else (low - 0.5, low + 0.5)


def svg_uri(ax: Axes) -> str:
    """Return the figure of some axes as an SVG data address; the same bytes each time.

    ``savefig`` would write the same bytes, after drawing the figure once for nothing.
    """
    held = io.BytesIO()
    nothing = dict.fromkeys(("Date", "Creator", "Format", "Type"))
    figure = _figure(ax)
    figure.set_dpi(_LOOK["savefig.dpi"])
    FigureCanvasSVG(figure).print_svg(held, metadata=nothing)  # type: ignore[no-untyped-call]
    return "data:image/svg+xml;base64," + base64.b64encode(held.getvalue()).decode("ascii")


def _is_constrained(figure: Figure) -> bool:
    """Return whether a figure makes room for a legend outside its axes."""
    return isinstance(figure.get_layout_engine(), ConstrainedLayoutEngine)


def _make_room(figure: Figure, labels: list[str], columns: int) -> None:
    """Heighten a figure of our own for a legend of more than one line [0.17 in a line]."""
    lines = sum(label.count("\n") + 1 for label in labels) / columns
    if figure.get_gid() == _OWN:
        figure.set_figheight(figure.get_figheight() + 0.17 * max(0, math.ceil(lines) - 1))


def _legend_pt(labels: list[str], columns: int) -> float:
    """Return about how wide a legend gets [pt]: 5.6 a letter, 38 a key and its gaps."""
    rows = math.ceil(len(labels) / columns)
    longest = [max(map(len, labels[i : i + rows])) for i in range(0, len(labels), rows)]
    return sum(5.6 * letters + 38 for letters in longest)


def _figure(ax: Axes) -> Figure:
    """Return the figure that axes stand on."""
    figure = ax.get_figure(root=True)
    if figure is None:
        raise ValueError("the axes stand on no figure")
    return figure
