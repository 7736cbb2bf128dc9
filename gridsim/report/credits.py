"""Credits: what each baseline finds and credits beside what was truly reduced, figure and table."""

import math
from collections.abc import Mapping

from matplotlib.axes import Axes

from gridsim.report import canvas, tables, words
from gridsim.report.tables import Summary
from gridsim.results.results import Results

HEADS = (
    "Method",
    "Found [kWh]",
    "Found less true [kWh]",
    "of it by behaviour [kWh]",
    "Error for one home [kWh]",
    "Bias for all together [kWh]",
    "Credited [kWh]",
    "of it for nothing [%]",
    "Paid [{currency} per home]",
)
"""Headings of :func:`table`; energies are means per home and call."""
_TRUE, _FOUND, _CREDITED = "#4d4d4d", "#0072b2", "#d55e00"


def baselines(results: Results, summary: Summary, arm: str, *, ax: Axes | None = None) -> Axes:
    """Draw what each baseline finds and credits, and a line at the true reduction.

    Parameters
    ----------
    results : Results
        What a run left behind.
    summary : mapping
        With ``baselines.<arm>.<method>.<number>`` (see ``studies.baselines``).
    arm : str
        Which arm.
    ax : Axes, optional
        Where to draw; a new figure if not given.

    Returns
    -------
    Axes
        kWh per home and call, a row for each method that has enough days: a dot with its interval
        for what is found, a ring for what is credited when only reductions count.
    """
    shown = {name: score for name, score in of(summary, arm).items() if _is(score, "true_kwh")}
    ax = canvas.axes(ax, height_in=1.3 + 0.27 * max(len(shown), 4))
    if not shown:
        label = results.arm(arm).label
        return canvas.say(ax, f"No call of {label} has enough days before it for any baseline.")
    for place, score in enumerate(shown.values()):
        found, low, high = (_end(score, "estimate_kwh", end) for end in ("estimate", "low", "high"))
        ax.plot([low, high], [place, place], color=_FOUND, linewidth=2.2, alpha=0.55)
        named = "found, with its interval" if place == 0 else None
        ax.plot([found], [place], "o", color=_FOUND, markersize=5, label=named)
        ax.plot(
            [_number(score, "credited_kwh")], [place], "o", markersize=6, fillstyle="none",
            color=_CREDITED, label="credited, home by home" if place == 0 else None,
        )  # fmt: skip
    first = next(iter(shown.values()))
    ax.axvline(_number(first, "true_kwh"), color=_TRUE, linestyle="--", label="true reduction")
    ax.axvline(0.0, color="black", linewidth=0.8)
    ax.set_yticks(range(len(shown)), [str(score["label"]) for score in shown.values()])
    ax.invert_yaxis()
    ax.set_xlabel("Reduction [kWh per home and call]")
    ax.grid(visible=False, axis="y")
    canvas.legend(ax, 3)
    return ax


def table(summary: Summary, arm: str) -> list[list[str]]:
    """Return a row for each method that has enough days, in the order of :data:`HEADS`."""
    return [_row(score) for score in of(summary, arm).values() if _is(score, "true_kwh")]


def heads(currency: str) -> list[str]:
    """Return the headings of :func:`table`."""
    return [head.format(currency=currency) for head in HEADS]


def sentence(summary: Summary, arm: str) -> str:
    """Say what was truly reduced, of how much, and over how many calls and homes."""
    every = of(summary, arm).values()
    scores = [score for score in every if _is(score, "true_kwh")]
    if not scores:
        return "No call has enough days before it for any baseline."
    short = ", ".join(str(score["label"]) for score in every if not _is(score, "true_kwh"))
    missed = f" Too few days before the calls for {short}." if short else ""
    most = max(scores, key=lambda score: _number(score, "homes"))
    true, used = _number(most, "true_kwh"), _number(most, "reference_kwh")
    share = f" ({words.number(100 * true / used, 1)} %)" if used > 0.0 else ""
    events, homes = (words.number(_number(most, name), 0) for name in ("events", "homes"))
    return (
        f"True reduction: {words.number(true, 3)} kWh per home and call of"
        f" {words.number(used, 3)} kWh{share}, over {events} calls"
        f" and {homes} homes.{missed}"
    )


def of(summary: Summary, arm: str) -> dict[str, Mapping[str, object]]:
    """Return the scores of an arm by method, empty if there are none."""
    every = summary.get("baselines", {})
    found = every.get(arm, {}) if isinstance(every, Mapping) else {}
    return dict(found) if isinstance(found, Mapping) else {}


def _row(score: Mapping[str, object]) -> list[str]:
    """Write the row of one method."""
    low, high = _end(score, "bias_kwh", "low"), _end(score, "bias_kwh", "high")
    bias = words.signed(_end(score, "bias_kwh", "estimate"), 2)
    credited, nothing = _number(score, "credited_kwh"), _number(score, "false_kwh")
    paid = _number(score, "paid")
    return [
        str(score["label"]),
        words.number(_end(score, "estimate_kwh", "estimate"), 2),
        f"{bias} ({tables.interval(low, high, 2)})",
        words.signed(_number(score, "behaviour_kwh"), 2),
        words.number(_number(score, "rmse_kwh"), 2),
        words.signed(_number(score, "group_bias_kwh"), 2),
        words.number(credited, 2),
        words.number(100 * nothing / credited, 0) if credited > 0.0 else words.DASH,
        words.number(paid, 2) if math.isfinite(paid) else words.DASH,
    ]


def _is(score: Mapping[str, object], name: str) -> bool:
    """Return whether a number is there."""
    return math.isfinite(_number(score, name))


def _number(score: Mapping[str, object], name: str) -> float:
    """Return a number of a score, nan if it is not there."""
    return tables.number_of(score.get(name))


def _end(score: Mapping[str, object], name: str, end: str) -> float:
    """Return the estimate or an end of the interval of a number."""
    ends = score.get(name)
    return tables.number_of(ends.get(end)) if isinstance(ends, Mapping) else math.nan
