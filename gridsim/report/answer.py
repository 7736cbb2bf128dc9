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
        _unbroken(_sentence(row, f"{100 * confidence:g} %"))
        for row in asked
        if row.known and (row.reference or row.value)
    ]
    called = _called(by_name.get("event_reduction"), f"{100 * confidence:g} %")
    return told + [_unbroken(sentence) for sentence in called]


def _unbroken(sentence: str) -> str:
    """Keep percent signs on the line of their number."""
    return sentence.replace(" %", "\u00a0%")


def _sentence(row: Row, sure: str) -> str:
    """Return the sentence on one metric."""
    subject = _SUBJECTS[row.metric]
    subject = subject[0].upper() + subject[1:]
    decimals = row.decimals if row.change else words.decimals_of(row.reference, 3)
    before = f"{words.number(row.reference, decimals)} {row.unit}"
    if row.still:
        return f"{subject} did not change, from {before}."
    around = tables.interval(row.low, row.high, row.decimals)
    around = f"no {sure} interval" if around == words.DASH else f"{sure} interval {around}"
    share = "from" if math.isnan(row.percent) else f"or {tables.percent(row)} of"
    change = f"{words.signed(row.change, row.decimals)} {row.unit}"
    return f"{subject} changed by {change} ({around}), {share} {before}."


def _called(row: Row | None, sure: str) -> list[str]:
    """Return the sentence on the called hours, if any were called."""
    if row is None or not row.known:
        return []
    around = tables.interval(row.low, row.high, row.decimals)
    around = f"no {sure} interval" if around == words.DASH else f"{sure} interval {around}"
    value = f"{words.signed(row.change, row.decimals)} %"
    whose = "of what the reference arm's homes bought in them"
    return [f"The reduction in the called hours was {value} {whose} ({around})."]
