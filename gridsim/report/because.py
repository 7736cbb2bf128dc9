"""Because of what: how much of an arm's effect each cause has, as a figure and a table."""

import math

import numpy as np
from matplotlib.axes import Axes

from gridsim.report import canvas, tables, words
from gridsim.report.tables import Summary
from gridsim.results.causes import CAUSES, NAMES
from gridsim.results.results import Results

COLOURS = ("#cc79a7", "#009e73", "#0072b2", "#d55e00", "#e69f00")
"""One for each cause, from Okabe and Ito's colour-blind-safe colours (2008)."""

NUMBERS = {
    "saved_kwh": ("Saved", "kWh"),
    "dear_kwh": ("Taken out of the dearest hours", "kWh"),
    "shifted_kwh": ("Shifted", "kWh"),
    "peak_kw": ("Off the town's highest load", "kW"),
}
"""Numbers of ``studies.causes`` that a reader is shown, with their labels and units."""


def causes(results: Results, summary: Summary, arm: str, *, ax: Axes | None = None) -> Axes:
    """Draw what each cause took away, a stacked bar for each number.

    Parameters
    ----------
    results : Results
        What a run left behind.
    summary : mapping
        With ``causes.<arm>.<cause>.<number>`` (see ``studies.causes``).
    arm : str
        Which arm.
    ax : Axes, optional
        Where to draw; a new figure if not given.

    Returns
    -------
    Axes
        kWh per home over the period; to the right of 0 is less than in the reference arm, and
        the parts add up to the whole change.
    """
    ax = canvas.axes(ax, height_in=2.9)
    shown = [name for name, (_, unit) in NUMBERS.items() if unit == "kWh"]
    values = np.array(
        [[_estimate(summary, arm, cause, name) for name in shown] for cause in CAUSES]
    )
    if not np.isfinite(values).all() or not values.any():
        return canvas.say(ax, f"Nothing differs from {results.reference.label}.")
    right, left = np.zeros(len(shown)), np.zeros(len(shown))
    for cause, row, colour in zip(CAUSES, values, COLOURS, strict=True):
        start = np.where(row >= 0.0, right, left)
        ax.barh(range(len(shown)), row, left=start, height=0.6, color=colour, label=NAMES[cause])
        right += np.maximum(row, 0.0)
        left += np.minimum(row, 0.0)
    ax.set_yticks(range(len(shown)), [words.wrapped(NUMBERS[name][0], 14) for name in shown])
    ax.invert_yaxis()
    ax.axvline(0.0, color="black", linewidth=1.0)
    ax.set_xlabel("Less than in the reference arm [kWh per home]")
    ax.grid(visible=False, axis="y")
    ax.figure.legend(loc="outside lower center", ncols=1)
    return ax


def table(summary: Summary, arm: str) -> list[list[str]]:
    """Return a row for each cause and one for their sum: name, then every number of ``NUMBERS``.

    Parameters
    ----------
    summary : mapping
        As in :func:`causes`; empty rows are not made without causes.
    arm : str
        Which arm.
    """
    if not told(summary, arm):
        return []
    rows, sums = [], dict.fromkeys(NUMBERS, 0.0)
    for cause in CAUSES:
        values = {name: _estimate(summary, arm, cause, name) for name in NUMBERS}
        sums = {name: sums[name] + value for name, value in values.items()}
        rows.append((NAMES[cause], values, cause))
    decimals = {name: words.decimals_of(value, 3) for name, value in sums.items()}
    found = [
        [label, *(_cell(summary, (arm, cause, name), value, decimals[name])
                  for name, value in values.items())]
        for label, values, cause in rows
    ]  # fmt: skip
    whole = [words.number(value, decimals[name]) for name, value in sums.items()]
    return [*found, ["together", *whole]]


def told(summary: Summary, arm: str) -> bool:
    """Return whether a summary tells the causes of an arm."""
    return bool(_of(summary, "causes", arm))


def heads() -> list[str]:
    """Return the headings of :func:`table`."""
    return ["Cause", *(f"{label} [{unit}]" for label, unit in NUMBERS.values())]


def _cell(summary: Summary, where: tuple[str, str, str], value: float, decimals: int) -> str:
    """Write a number with its interval, if it has one."""
    ends = _of(summary, "causes", *where)
    low, high = tables.number_of(ends.get("low")), tables.number_of(ends.get("high"))
    text = words.number(value, decimals)
    if not (math.isfinite(low) and math.isfinite(high)) or low == high:
        return text
    return f"{text} ({tables.interval(low, high, decimals)})"


def _estimate(summary: Summary, arm: str, cause: str, name: str) -> float:
    """Return one number of a cause, nan if it is not there."""
    return tables.number_of(_of(summary, "causes", arm, cause, name).get("estimate"))


def _of(summary: Summary, *path: str) -> dict[str, object]:
    """Return a table inside a summary, empty if it is not there."""
    found: object = summary
    for name in path:
        found = found.get(name, {}) if isinstance(found, dict) else {}
    return found if isinstance(found, dict) else {}
