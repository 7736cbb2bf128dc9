"""Bills: what they are made of, who gains and who loses, by kind of home."""

import numpy as np
from matplotlib.axes import Axes

from gridsim.core.arrays import B1, F8
from gridsim.report import canvas, words
from gridsim.results import kinds
from gridsim.results.findings import Findings
from gridsim.results.results import ArmResult, Results

_CUTS = (5.0, 25.0, 50.0, 75.0, 95.0)
"""Percentiles of a box: ends of the whiskers, ends of the box, middle line."""


PARTS = (
    ("bill_energy", "energy, with its taxes", "#0072b2"),
    ("bill_standing", "standing charges", "#7f7f7f"),
    ("bill_capacity", "power", "#d55e00"),
    ("bill_taxes", "taxes on both", "#e69f00"),
    ("bill_export", "exports", "#009e73"),
    ("bill_rebate", "rebates", "#cc79a7"),
)
"""Parts of a bill: column, name, colour (Okabe and Ito 2008); credits lie below 0."""


def parts(results: Results, *, ax: Axes | None = None) -> Axes:
    """Draw what the bill of each arm is made of.

    Parameters
    ----------
    results : Results
        What a run left behind.
    ax : Axes, optional
        Where to draw; a new figure if not given.

    Returns
    -------
    Axes
        Mean bill by part and arm [currency per home]: what is owed to the right of 0, credits to
        the left, the bill as a black line.
    """
    ax = canvas.axes(ax, height_in=1.3 + 0.55 * len(results.arms))
    ax.set_xlabel(f"Bill over the period [{results.story.currency} per home]")
    ax.set_ylabel("Arm")
    if not in_parts(results):
        return canvas.say(ax, "The bills of this run are energy and standing charges alone.")
    rows = range(len(results.arms))
    right, left = np.zeros(len(results.arms)), np.zeros(len(results.arms))
    for column, name, colour in PARTS:
        owed = np.array([_mean(arm, column) for arm in results.arms])
        if owed.any():
            start = np.where(owed > 0.0, right, left)
            ax.barh(rows, owed, left=start, height=0.6, color=colour, label=name)
            right, left = right + np.maximum(owed, 0.0), left + np.minimum(owed, 0.0)
    for row in rows:
        ax.plot([right[row] + left[row]] * 2, [row - 0.38, row + 0.38], color="black", linewidth=2)
    ax.set_yticks(rows, [words.wrapped(arm.label, 16) for arm in results.arms])
    ax.set_ylim(len(results.arms) - 0.4, -0.6)
    ax.axvline(0.0, color="black", linewidth=1.0, zorder=0.9)
    ax.grid(visible=False, axis="y")
    canvas.legend(ax, columns=3)
    return ax


def in_parts(results: Results) -> bool:
    """Tell whether any bill is more than energy and standing charges."""
    more = [column for column, *_ in PARTS if column not in ("bill_energy", "bill_standing")]
    return any(_mean(arm, column) for arm in results.arms for column in more)


def _mean(arm: ArmResult, column: str) -> float:
    """Return the mean of a part of an arm's bills, 0 where it is not known. [currency]"""
    owed = arm.homes.get(column, np.zeros(1))
    return float(np.nan_to_num(np.mean(owed)))


def bills(
    results: Results,
    by: str = "income",
    arm: str | None = None,
    findings: Findings | None = None,
    *,
    ax: Axes | None = None,
) -> Axes:
    """Draw how the homes' bills changed, a box for each value of an attribute.

    Parameters
    ----------
    results : Results
        What a run left behind.
    by : str
        Key of ``Results.attributes``.
    arm : str, optional
        Which arm; the first after the reference if not given.
    findings : Findings, optional
        Mean changes with their intervals, drawn as a diamond with a bar.
    ax : Axes, optional
        Where to draw; a new figure if not given.

    Returns
    -------
    Axes
        Change of the bill over the period [currency per home] by group: line at the median,
        box over the middle half of the homes, whiskers over 90 % of them.
    """
    groups = group_masks(results, by)
    ax = canvas.axes(ax, height_in=1.6 + 0.42 * max(1, len(groups)))
    ax.set_xlabel(f"Change of the bill over the period [{results.story.currency} per home]")
    ax.set_ylabel(words.attribute(by).capitalize())
    if len(results.arms) < 2:
        return canvas.say(ax, "There is one arm, so no bill can have changed.")
    if not groups:
        return canvas.say(ax, f"The homes of this run have no attribute {words.attribute(by)}.")
    shown = results.arm(arm) if arm else results.arms[1]
    change = bill_change(results, shown.name)
    if not np.isfinite(change).any():
        return canvas.say(ax, "The bills of this run are not known.")
    if not np.nan_to_num(change).any():
        return canvas.say(ax, "Every bill is the same in both arms.")
    colour = canvas.arm_colour(results.arms.index(shown))
    _boxes(ax, change, groups, colour)
    if findings:
        _means(ax, findings, (shown.name, "bill", by), list(groups))
    ax.axvline(0.0, color="black", linewidth=1.0, zorder=0.9)
    ax.grid(visible=False, axis="y")
    return ax


def bill_change(results: Results, arm: str) -> F8:
    """Return each home's bill [currency] in an arm less that in the reference, shape (n,)."""
    homes = results.arm(arm).homes
    if "bill" not in homes or "bill" not in results.reference.homes:
        return np.zeros(0)
    return np.asarray(homes["bill"] - results.reference.homes["bill"])


def group_masks(results: Results, by: str) -> dict[str, B1]:
    """Return the homes of each value of an attribute, in order; nothing if there is none."""
    if by not in results.attributes:
        return {}
    values, codes = kinds.unique(results.attributes[by])
    texts = [str(value) for value in values.tolist()]
    return {text: np.asarray(codes == texts.index(text)) for text in words.in_order(texts)}


def _boxes(ax: Axes, change: F8, groups: dict[str, B1], colour: str) -> None:
    """Draw a box for each group, from the top down."""
    boxes, labels = [], []
    for value, mask in groups.items():
        homes = change[mask & np.isfinite(change)]
        labels.append(f"{words.wrapped(words.group(value), 16)} ({len(homes)})")
        cuts = np.percentile(homes, _CUTS) if len(homes) else np.full(5, np.nan)
        keys = ("whislo", "q1", "med", "q3", "whishi")
        boxes.append(dict(zip(keys, (float(cut) for cut in cuts), strict=True)))
    places = list(range(len(boxes)))
    ax.bxp(
        boxes, positions=places, widths=0.55, orientation="horizontal", showfliers=False,
        patch_artist=True, boxprops={"facecolor": colour, "alpha": 0.35},
        medianprops={"color": "black", "linewidth": 1.6}, manage_ticks=False,
    )  # fmt: skip
    ax.set_yticks(places, labels)
    ax.set_ylim(len(places) - 0.4, -0.6)


def _means(ax: Axes, findings: Findings, what: tuple[str, str, str], order: list[str]) -> None:
    """Mark each group's mean change and its interval."""
    effects = [e for e in findings.of_groups(*what) if e.group in order]
    if not effects:
        return
    centre = np.array([e.change for e in effects])
    sides = [centre - [e.low for e in effects], [e.high for e in effects] - centre]
    label = f"mean change, {100 * findings.confidence:g} % interval"
    ax.errorbar(
        centre, [order.index(e.group) for e in effects], xerr=np.maximum(sides, 0.0), fmt="D",
        color="black", markersize=4, markerfacecolor="white", elinewidth=2, label=label,
    )  # fmt: skip
    canvas.legend(ax)
