"""Panels of the page: the figures of each section with their captions and descriptions."""

from collections.abc import Callable
from dataclasses import dataclass

from matplotlib.axes import Axes

from gridsim.report import canvas, figures, money, spans, words
from gridsim.results.findings import Findings
from gridsim.results.results import ArmResult, Results


@dataclass(frozen=True, slots=True)
class Panel:
    """A figure as it stands on the page.

    Parameters
    ----------
    caption : str
        What is shown; stands under the picture.
    alt : str
        The same for those who do not see it.
    uri : str
        The picture as a data address; empty where a sentence stands instead.
    instead : str
        The sentence.
    """

    caption: str
    alt: str
    uri: str
    instead: str


Section = tuple[Panel, ...]


def sections(results: Results, findings: Findings) -> dict[str, Section]:
    """Return the panels of every section of the page that has figures."""
    others = results.arms[1:]
    return {
        "days": _days(results, findings),
        "heat": _heat(results),
        "calls": _calls(results),
        "pv": (_pv(results),),
        "peak": tuple(_peak(results, arm) for arm in results.arms),
        "duration": _duration(results),
        "parts": _parts(results),
        "bills": tuple(p for arm in others for p in _bills(results, findings, arm)),
        "carbon": _carbon(results),
    }


def panel(draw: Callable[[], Axes], caption: str, alt: str) -> Panel:
    """Draw one figure in the look of the report."""
    with canvas.look():
        axes = draw()
        instead = canvas.said(axes)
        return Panel(caption, alt, "" if instead else canvas.svg_uri(axes), instead)


def _days(results: Results, findings: Findings) -> Section:
    """Return a mean day for each season of the period, and its change where arms differ."""
    shown = [_day(results, findings, season) for season in spans.seasons(results.clock)]
    return tuple(one for pair in shown for one in pair[: len(results.arms)])


def _day(results: Results, findings: Findings, season: str) -> Section:
    """Return the mean day of a season, and its change."""
    over = _over(findings, season)
    sure = f"{100 * findings.confidence:g}\u00a0% interval of the change"
    band = f"Band: {sure}, hour by hour." if findings.days else ""
    around = f"Band: the reference arm's day plus the {sure}." if findings.days else ""
    return (
        panel(
            lambda: figures.day(results, findings, season),
            f"{season.capitalize()}: mean day, net load at the meter. {over} {around}",
            f"Line chart of net load per home in kW by local hour in {season}: {_arms(results)}.",
        ),
        panel(
            lambda: figures.day_change(results, findings, season),
            f"{season.capitalize()}: the same, less the reference arm. {band}",
            f"Line chart of the change of net load per home in kW by local hour in {season}, "
            f"against {results.reference.label}.",
        ),
    )


def _over(findings: Findings, season: str) -> str:
    """Say which homes a day is taken over."""
    homes = {effect.homes for effect in findings.days if effect.season == season}
    if not homes:
        return "Mean over all homes."
    return f"Mean over {words.number(max(homes), 0)} homes."


def _heat(results: Results) -> Section:
    """Return a map for each arm and one for each difference."""
    maps = [
        panel(
            lambda arm=arm: figures.heat(results, arm.name),  # type: ignore[misc]
            f"{arm.label}: net load per home by date and hour.",
            f"Heat map of net load per home in kW by date and local hour under {arm.label}.",
        )
        for arm in results.arms
    ]
    changes = [
        panel(
            lambda arm=arm: figures.heat_change(results, arm.name),  # type: ignore[misc]
            f"{arm.label} less {results.reference.label}: red is more load, blue is less, "
            "white is no change.",
            "Heat map of the change of net load per home in kW by date and local hour, "
            f"{arm.label} less {results.reference.label}.",
        )
        for arm in results.arms[1:]
    ]
    return (*maps, *changes)


def _calls(results: Results) -> Section:
    """Return the called days of each arm that calls, or the sentence that there are none."""
    callers = [arm for arm in results.arms if arm.called.any()]
    return tuple(
        panel(
            lambda arm=arm: figures.calls(results, arm.name),  # type: ignore[misc]
            f"{arm.label}: mean day on its called days, and on the days between its first and "
            "last call. Called days are called for a reason (cold, high load), so compare the "
            "arms on the same days, not called days with others.",
            "Line chart of net load per home in kW by local hour, on called days and on the "
            f"days between, under {results.reference.label} and {arm.label}.",
        )
        for arm in callers or [results.reference]
    )


def _pv(results: Results) -> Panel:
    """Return where production went."""
    return panel(
        lambda: figures.pv_where(results),
        "Where production went, mean over all homes, with or without panels. The battery's "
        "share is worked out from the town's mean flows in each step: what batteries took "
        "in while panels produced, at most what was not exported.",
        "Stacked bars of production in kWh per home by arm: used at once, into the battery, "
        "exported.",
    )


def _peak(results: Results, arm: ArmResult) -> Panel:
    """Return an arm's end uses on the peak day."""
    return panel(
        lambda: figures.peak_day(results, arm.name),
        f"{arm.label}.",
        f"Stacked areas of power per home in kW by end use and hour of day under {arm.label}.",
    )


def _duration(results: Results) -> Section:
    """Return the duration curve, and its top on a larger scale."""
    alt = f"Load-duration curve, net load per home in kW against share of time: {_arms(results)}."
    return (
        panel(lambda: figures.duration(results), "Every step, ordered by load.", alt),
        panel(
            lambda: figures.duration(results, 0.05), "The highest 5 % of the steps.", f"Top: {alt}"
        ),
    )


def _parts(results: Results) -> Section:
    """Return what bills are made of, where they are more than energy and standing charges."""
    if not money.in_parts(results):
        return ()
    owed = panel(
        lambda: figures.parts(results),
        "What the mean bill is made of; credits lie left of 0, the black line is the bill.",
        f"Stacked bars of the bill in {results.story.currency} per home by part: {_arms(results)}.",
    )
    return (owed,)


def _bills(results: Results, findings: Findings, arm: ArmResult) -> Section:
    """Return how an arm changes bills, by income and by kind of home."""
    asked = ("income", *(name for name in ("house", "heating") if name in results.attributes))
    return tuple(
        panel(
            lambda by=by: figures.bills(results, by, arm.name, findings),  # type: ignore[misc]
            f"{arm.label}, by {words.attribute(by)}.",
            f"Box plots of the change of the bill in {results.story.currency} per home by "
            f"{words.attribute(by)} under {arm.label}.",
        )
        for by in asked
    )


def _carbon(results: Results) -> Section:
    """Return emissions by month and the temperature that goes with them."""
    return (
        panel(
            lambda: figures.carbon(results),
            "Emissions of imported electricity by month, at the grid's average intensity.",
            f"Bars of emissions in kg CO₂ per home by month: {_arms(results)}.",
        ),
        panel(
            lambda: figures.temperature(results),
            f"Outdoor temperature. Weather: {results.story.weather}.",
            "Line chart of daily mean outdoor temperature in degrees Celsius with its range.",
        ),
    )


def _arms(results: Results) -> str:
    """List the arms."""
    return ", ".join(arm.label for arm in results.arms)
