"""Mean days: before and after by season, and on called days against the days between."""

import numpy as np
from matplotlib.axes import Axes

from gridsim.core.arrays import F8
from gridsim.report import canvas, spans
from gridsim.results.findings import Findings
from gridsim.results.results import ArmResult, Results

_CENTRES = np.arange(24) + 0.5


def day(
    results: Results,
    findings: Findings | None = None,
    season: str | None = None,
    *,
    ax: Axes | None = None,
) -> Axes:
    """Draw the mean day of each arm in one season, with the interval of its change as a band.

    The band lies around the reference arm's day plus the change, so that where it leaves out
    the reference line, the interval leaves out "no change".

    Parameters
    ----------
    results : Results
        What a run left behind.
    findings : Findings, optional
        Day effects; without them every home of the series counts and there is no band.
    season : str, optional
        One of ``results.SEASONS``; the longest of the period if not given.
    ax : Axes, optional
        Where to draw; a new figure if not given.

    Returns
    -------
    Axes
        Local hour [h] against net load per home [kW].
    """
    ax = canvas.axes(ax)
    canvas.hours(ax)
    ax.set_ylabel("Net load [kW per home]")
    season = season or spans.longest_season(results.clock)
    mask = spans.season_mask(results.clock, season)
    if not mask.any():
        return canvas.say(ax, f"The period has no {season}.")
    for position, arm in enumerate(results.arms):
        effect = findings.day(arm.name, season) if findings else None
        if effect is None:
            profile = spans.mean_day(arm.series.flow("net"), results.clock, mask)
            profile = _of_profiled(results, findings, season, profile) if not position else profile
        else:
            profile = effect.arm_kw
            band = effect.reference_kw + effect.low_kw, effect.reference_kw + effect.high_kw
            _band(ax, band, position, findings)
        _line(ax, profile, position, arm)
    canvas.legend(ax)
    return ax


def day_change(
    results: Results,
    findings: Findings | None = None,
    season: str | None = None,
    *,
    ax: Axes | None = None,
) -> Axes:
    """Draw how each arm's mean day differs from the reference arm's in one season.

    Parameters
    ----------
    results : Results
        What a run left behind.
    findings : Findings, optional
        Day effects; without them every home of the series counts and there is no band.
    season : str, optional
        One of ``results.SEASONS``; the longest of the period if not given.
    ax : Axes, optional
        Where to draw; a new figure if not given.

    Returns
    -------
    Axes
        Local hour [h] against change of net load per home [kW], with its interval as a band.
    """
    ax = canvas.axes(ax)
    canvas.hours(ax)
    ax.set_ylabel("Change of net load [kW per home]")
    season = season or spans.longest_season(results.clock)
    mask = spans.season_mask(results.clock, season)
    if not mask.any():
        return canvas.say(ax, f"The period has no {season}.")
    if len(results.arms) < 2:
        return canvas.say(ax, "There is one arm, so there is no difference to show.")
    before = results.reference.series.flow("net")
    for position, arm in enumerate(results.arms[1:], start=1):
        effect = findings.day(arm.name, season) if findings else None
        if effect is None:
            change = spans.mean_day(arm.series.flow("net") - before, results.clock, mask)
        else:
            change = effect.arm_kw - effect.reference_kw
            _band(ax, (effect.low_kw, effect.high_kw), position, findings)
        _line(ax, change, position, arm)
    ax.axhline(0.0, color=canvas.arm_colour(0), linewidth=1.2, zorder=1.5)
    canvas.legend(ax)
    return ax


def calls(results: Results, arm: str | None = None, *, ax: Axes | None = None) -> Axes:
    """Draw the mean day on an arm's called days, and on the days between, in both arms.

    Parameters
    ----------
    results : Results
        What a run left behind.
    arm : str, optional
        The arm whose tariff calls; the first that calls if not given.
    ax : Axes, optional
        Where to draw; a new figure if not given.

    Returns
    -------
    Axes
        Local hour [h] against net load per home [kW].
    """
    ax = canvas.axes(ax)
    canvas.hours(ax)
    ax.set_ylabel("Net load [kW per home]")
    caller = results.arm(arm) if arm else _first_caller(results)
    if caller is None or not caller.called.any():
        return canvas.say(ax, "No tariff calls in this period: there are no critical hours.")
    days = spans.called_days(caller.called, results.clock)
    between = spans.other_days(days, caller.called)
    for position, one in enumerate(results.arms):
        if one.name not in {caller.name, results.reference.name}:
            continue
        colour = canvas.arm_colour(position)
        for mask, line, words in ((days, "-", "called days"), (between, ":", "days between")):
            if mask.any():
                profile = spans.mean_day(one.series.flow("net"), results.clock, mask)
                ax.plot(_CENTRES, profile, line, color=colour, label=f"{one.label}: {words}")
    canvas.legend(ax)
    return ax


def _line(ax: Axes, profile: F8, position: int, arm: ArmResult) -> None:
    """Draw one arm's day."""
    style = canvas.arm_line(position)
    ax.plot(_CENTRES, profile, style, color=canvas.arm_colour(position), label=arm.label)


def _band(ax: Axes, band: tuple[F8, F8], position: int, findings: Findings | None) -> None:
    """Draw the interval of one arm's change; the first one is named."""
    sure = f"{100 * findings.confidence:g} % interval" if findings else ""
    label = sure if position == 1 else None
    colour = canvas.arm_colour(position)
    ax.fill_between(_CENTRES, *band, color=colour, alpha=0.25, linewidth=0, label=label)


def _of_profiled(results: Results, findings: Findings | None, season: str, profile: F8) -> F8:
    """Return the reference day over the same homes as the effects, where there are any."""
    for arm in results.arms[1:]:
        effect = findings.day(arm.name, season) if findings else None
        if effect is not None:
            return effect.reference_kw
    return profile


def _first_caller(results: Results) -> ArmResult | None:
    """Return the first arm whose tariff calls in the period."""
    return next((arm for arm in results.arms if arm.called.any()), None)
