"""Repeats: how far the effects of an arm differ when the question is asked with other seeds."""

import math

from gridsim.report import tables, words
from gridsim.report.tables import Summary
from gridsim.results.results import Results

HEADS = ["", "mean", "sd", "5 % to 95 % of replicates", "this run"]
_TOLD = ("mean", "sd", "p05", "p95")


def count(summary: Summary) -> int:
    """Return how many replicates there are, the run itself included; 0 without any."""
    told = tables.part(summary, "replicates")
    found = told.get("count")
    return found if isinstance(found, int) else 0


def table(results: Results, summary: Summary, arm: str) -> list[list[str]]:
    """Return a row for each main metric that has an effect: in words, then as in :data:`HEADS`.

    Parameters
    ----------
    results : Results
        What the run of the first seed left behind.
    summary : mapping
        With ``replicates.effects.<arm>.<metric>``; there are no rows without it.
    arm : str
        Key of the arm.
    """
    spreads = tables.part(summary, "replicates", "effects", arm)
    found = []
    for row in tables.rows(results, summary, arm):
        told = tables.part(spreads, row.metric)
        mean, sd, low, high = (tables.number_of(told.get(name)) for name in _TOLD)
        if row.metric not in tables.MAIN or not math.isfinite(mean) or mean == low == high == 0.0:
            continue
        scale = 100.0 if row.unit == "%" else 1.0
        mean, sd, low, high = (scale * number for number in (mean, sd, low, high))
        decimals = words.decimals_for(low, high, mean)
        unit = row.unit.removesuffix("per home").strip()
        found.append(
            [
                f"{row.label} [{unit}]" if unit else row.label,
                words.signed(mean, decimals),
                words.number(sd, decimals),
                tables.interval(low, high, decimals),
                words.signed(row.change, decimals),
            ]
        )
    return found
