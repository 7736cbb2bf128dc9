"""The answer in sentences: what changed, by how much, how sure, and no more than that."""

import math

from gridsim.report import tables, words
from gridsim.report.tables import Row, Summary
from gridsim.results.results import Results

_ASKED = ("demand_kwh", "import_kwh", "export_kwh", "bill", "co2_kg", "peak_kw")
_SUBJECTS = {
    "demand_kwh": "electricity used",
    "import_kwh": "electricity bought from the grid",
    "export_kwh": "electricity sent to the grid",
    "bill": "the bill",
    "co2_kg": "CO₂ of the electricity bought, at the grid's average intensity,",
    "peak_kw": "the town's highest load",
}


def setting(results: Results) -> str:
    """Return who was simulated, where and when, in one sentence."""
    homes = tables.number_of(results.provenance.get("homes"))
    count = f"{words.number(homes, 0)} homes" if math.isfinite(homes) else "The homes"
    where = f"{count} in {results.story.place}, {words.period(results.clock)}"
    if len(results.arms) == 1:
        return f"{where}, simulated under one arm."
    return (
        f"{where}, simulated under {len(results.arms)} arms with the same people, "
        "the same weather and the same chances."
    )


def sentences(results: Results, summary: Summary, arm: str, confidence: float) -> list[str]:
    """Return what an arm changes against the reference, a sentence for each main metric.

    Parameters
    ----------
    results : Results
        What a run left behind.
    summary : mapping
        Metrics and effects, see ``tables.rows``.
    arm : str
        Key of the arm.
    confidence : float
        Of the intervals, in (0, 1).
    """
    by_name = {row.metric: row for row in tables.rows(results, summary, arm)}
    asked = [by_name[name] for name in _ASKED if name in by_name]
    told = [
        _sentence(row, f"{100 * confidence:g} %")
        for row in asked
        if row.known and (row.reference or row.value)
    ]
    return told + _called(by_name.get("event_reduction"), f"{100 * confidence:g} %")


def short(row: Row) -> str:
    """Return a change with its interval, as in "−3.1 kWh per home (−5.0 to −1.2)"."""
    text = f"{words.signed(row.change, row.decimals)} {row.unit}"
    around = tables.interval(row.low, row.high, row.decimals)
    return text if around == words.DASH else f"{text} ({around})"


def _sentence(row: Row, sure: str) -> str:
    """Return the sentence on one metric."""
    subject = _SUBJECTS[row.metric]
    subject = subject[0].upper() + subject[1:]
    before = f"{words.number(row.reference, max(row.decimals, 0))} {row.unit}"
    if row.still:
        return f"{subject} did not change, from {before}."
    around = tables.interval(row.low, row.high, row.decimals)
    around = f"no {sure} interval" if around == words.DASH else f"{sure} interval {around}"
    share = "" if math.isnan(row.percent) else f", which is {tables.percent(row)}"
    change = f"{words.signed(row.change, row.decimals)} {row.unit}"
    return f"{subject} changed by {change} ({around}), from {before}{share}."


def _called(row: Row | None, sure: str) -> list[str]:
    """Return the sentence on the called hours, if any were called."""
    if row is None or not row.known:
        return []
    around = tables.interval(row.low, row.high, row.decimals)
    around = f"no {sure} interval" if around == words.DASH else f"{sure} interval {around}"
    value = f"{words.signed(row.change, row.decimals)} %"
    return [f"In the called hours, electricity bought was reduced by {value} ({around})."]
