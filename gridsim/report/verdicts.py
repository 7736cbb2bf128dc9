"""The page and the table of trials: published, simulated, inside or not."""

import math
import textwrap
from dataclasses import dataclass

from matplotlib.axes import Axes

from gridsim.metrics.effects import Effect
from gridsim.report import canvas, words
from gridsim.report.page import template
from gridsim.results.verdicts import PartVerdict, RowVerdict, Slope, Verdicts

INSIDE, OUTSIDE = "inside", "OUTSIDE"
FURTHEST = 4.0
"""Half widths of a band beyond which the figure puts a value at its edge."""
MOST_SLOPES = 12
"""Parameters that are shown for each row: those that move it most."""


@dataclass(frozen=True, slots=True)
class Line:
    """A part of a trial, written out.

    Parameters
    ----------
    name, unit, band, simulated, interval, trial, figures, verdict : str
        Cells from left to right.
    """

    name: str
    unit: str
    band: str
    simulated: str
    interval: str
    trial: str
    figures: str
    verdict: str


def page(verdicts: Verdicts, version: str) -> str:
    """Return the page of trials as one HTML text that needs nothing else.

    Parameters
    ----------
    verdicts : Verdicts
        From ``studies.trials.runner``.
    version : str
        Of gridsim.
    """
    rows = verdicts.rows
    with canvas.look():
        uri = canvas.svg_uri(distances(rows)) if rows else ""
    return template("verdicts.html.j2").render(
        verdicts=verdicts,
        rows=[(row, [line(part) for part in row.parts]) for row in rows],
        inside=sum(row.inside for row in rows),
        missed=[row.row for row in rows if not row.inside],
        distances=uri,
        slopes=[(row.row, steepest(verdicts.slopes, row)) for row in rows],
        number=_number,
        version=version,
    )


def line(part: PartVerdict) -> Line:
    """Return a part of a trial, written out."""
    decimals = _decimals(part)
    trial = DASH if part.as_trial is None else _with_interval(part.as_trial, decimals)
    return Line(
        name=part.name,
        unit=part.unit,
        band=_span(part.low, part.high, decimals),
        simulated=_number(part.simulated.estimate, decimals),
        interval=_span(part.simulated.low, part.simulated.high, decimals),
        trial=trial,
        figures=", ".join(part.figures),
        verdict=INSIDE if part.inside else OUTSIDE,
    )


def table_text(verdicts: Verdicts, width: int = 100) -> str:
    """Return the table of trials as plain lines for a terminal.

    Parameters
    ----------
    verdicts : Verdicts
        From ``studies.trials.runner``.
    width : int
        Columns to fill; names that do not fit are cut, and below 100 there are no intervals.
    """
    wide = width >= _WIDE
    room = max(width - (74 if wide else 56), 16)
    lines = []
    for row in verdicts.rows:
        heading = f"{row.row:<4} {INSIDE if row.inside else OUTSIDE:<8}"
        title = textwrap.shorten(row.title, max(width - len(heading), 16), placeholder=" …")
        lines.append(heading + title)
        for part in row.parts:
            said = line(part)
            name = textwrap.shorten(said.name, room, placeholder=" …")
            mark = " " if part.inside else "!"
            interval = f" {said.interval:>20}" if wide else ""
            lines.append(
                f"  {mark} {name:<{room}} {said.simulated:>10}{interval}"
                f"  band {said.band:>20} {said.unit}".rstrip()
            )
    inside = sum(row.inside for row in verdicts.rows)
    lines.append(f"{inside} of {len(verdicts.rows)} rows inside their band")
    return "\n".join(lines)


def distances(rows: tuple[RowVerdict, ...], ax: Axes | None = None) -> Axes:
    """Draw how far each part lies from the middle of its band, in half widths of the band."""
    parts = [(row, part) for row in rows for part in row.parts if math.isfinite(part.high)]
    ax = canvas.axes(ax, 0.8 + 0.19 * len(parts))
    ax.axvspan(-1.0, 1.0, color="#d9ead9")
    for place, (_, part) in enumerate(parts):
        middle, half = 0.5 * (part.low + part.high), 0.5 * (part.high - part.low)
        found = part.simulated
        at, low, high = (
            _held((x - middle) / half if half else 0.0)
            for x in (found.estimate, found.low, found.high)
        )
        colour = canvas.ARM_COLOURS[1 if part.inside else 2]
        if math.isfinite(low) and math.isfinite(high):
            ax.plot([low, high], [place, place], color=colour, linewidth=1.2)
        ax.plot([at], [place], marker="o" if part.inside else "s", color=colour, markersize=4.5)
    labels = [f"{row.row} {textwrap.shorten(p.name, 44, placeholder=' …')}" for row, p in parts]
    ax.set_yticks(range(len(parts)), labels, fontsize=7.5)
    ax.set(xlim=(-1.05 * FURTHEST, 1.05 * FURTHEST), ylim=(len(parts) - 0.4, -0.6))
    ax.set_xlabel("From the middle [half widths]")
    return ax


def steepest(slopes: tuple[Slope, ...], row: RowVerdict) -> list[tuple[str, str, float, str]]:
    """Return parameter, part, change and unit of what moves a row most, the largest first.

    A change is measured by the width of the part's band.
    """
    parts = {part.key: part for part in row.parts}
    mine = [one for one in slopes if one.row == row.row and one.part in parts and one.change]

    def weight(one: Slope) -> float:
        part = parts[one.part]
        width = part.high - part.low
        return abs(one.change) / width if 0 < width < math.inf else abs(one.change)

    best = sorted(mine, key=weight, reverse=True)[:MOST_SLOPES]
    return [
        (f"{one.parameter} x {one.factor:g}", parts[one.part].name, one.change,
         parts[one.part].unit)
        for one in best
    ]  # fmt: skip


DASH = words.DASH
_WIDE = 100


def _held(value: float) -> float:
    """Return a distance, put at the edge of the figure if it lies beyond; nan stays."""
    return value if math.isnan(value) else min(max(value, -FURTHEST), FURTHEST)


def _decimals(part: PartVerdict) -> int:
    """Return the decimals that a part deserves: three digits of its band's width, six at most."""
    width = part.high - part.low
    scale = width if 0.0 < width < math.inf else abs(part.low) or 1.0
    return min(max(2 - math.floor(math.log10(scale)), 0), 6)


def _number(value: float, decimals: int = 3) -> str:
    """Return a number, or a dash for none."""
    return words.number(value, decimals) if math.isfinite(value) else DASH


def _span(low: float, high: float, decimals: int) -> str:
    """Return two ends, or what there is of them."""
    if math.isfinite(low) and high == math.inf:
        return f"> {_number(low, decimals)}"
    if not (math.isfinite(low) and math.isfinite(high)):
        return DASH
    return f"{_number(low, decimals)} … {_number(high, decimals)}"


def _with_interval(effect: Effect, decimals: int) -> str:
    """Return an estimate with its interval in brackets."""
    span = _span(effect.low, effect.high, decimals)
    value = _number(effect.estimate, decimals)
    return value if span == DASH else f"{value} ({span})"
