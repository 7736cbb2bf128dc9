"""The load ordered by height, and what surrounds it: temperature and carbon."""

import numpy as np
from matplotlib.axes import Axes

from gridsim.core import clock as clocks
from gridsim.report import canvas, spans
from gridsim.results.results import Results


def duration(results: Results, share: float = 1.0, *, ax: Axes | None = None) -> Axes:
    """Draw the load-duration curve of each arm: the load that a share of the time exceeds.

    Parameters
    ----------
    results : Results
        What a run left behind.
    share : float
        How much of the time to show, from the highest load on, in (0, 1].
    ax : Axes, optional
        Where to draw; a new figure if not given.

    Returns
    -------
    Axes
        Share of the time [%] against net load per home [kW].

    Raises
    ------
    ValueError
        If ``share`` does not lie in (0, 1].
    """
    if not 0.0 < share <= 1.0:
        raise ValueError(f"share must lie in (0, 1], got {share:g}")
    ax = canvas.axes(ax)
    ax.set_xlabel("Share of the time with a higher load [%]")
    ax.set_ylabel("Net load [kW per home]")
    loads = [arm.series.flow("net") for arm in results.arms]
    if not any(np.isfinite(load).any() for load in loads):
        return canvas.say(ax, "The period has no load.")
    for position, (arm, load) in enumerate(zip(results.arms, loads, strict=True)):
        ordered = np.sort(load[np.isfinite(load)])[::-1]
        kept = max(1, round(share * len(ordered)))
        percent = 100.0 * np.arange(kept) / len(ordered)
        style = canvas.arm_line(position)
        colour = canvas.arm_colour(position)
        ax.step(percent, ordered[:kept], style, where="post", color=colour, label=arm.label)
    ax.set_xlim(0, 100 * share)
    canvas.legend(ax)
    return ax


def temperature(results: Results, *, ax: Axes | None = None) -> Axes:
    """Draw each day's mean outdoor temperature and its range.

    Parameters
    ----------
    results : Results
        What a run left behind.
    ax : Axes, optional
        Where to draw; a new figure if not given.

    Returns
    -------
    Axes
        Local date against temperature [degrees Celsius].
    """
    ax = canvas.axes(ax, height_in=2.0)
    ax.set_xlabel(f"Local date ({results.clock.timezone})")
    ax.set_ylabel("Outdoors [°C]")
    if not np.isfinite(results.temp_c).any():
        return canvas.say(ax, "The period has no temperature.")
    days, low, mean, high = spans.daily(results.temp_c, results.clock)
    middle = days + 0.5
    ax.fill_between(middle, low, high, color="#d55e00", alpha=0.22, linewidth=0, label="range")
    ax.plot(middle, mean, color="#d55e00", linewidth=1.3, label="mean of the day")
    canvas.dates(ax, results.clock.timezone)
    ax.set_xlim(float(days[0]), float(days[-1]) + 1.0)
    canvas.legend(ax)
    return ax


def carbon(results: Results, *, ax: Axes | None = None) -> Axes:
    """Draw each arm's emissions of imported electricity by month, at average intensity.

    Parameters
    ----------
    results : Results
        What a run left behind.
    ax : Axes, optional
        Where to draw; a new figure if not given.

    Returns
    -------
    Axes
        Month against emissions [kg CO2 per home].
    """
    ax = canvas.axes(ax, height_in=2.8)
    ax.set_xlabel("Month")
    ax.set_ylabel("Emissions [kg CO₂ per home]")
    clock = results.clock
    if not np.isfinite(results.carbon_g_kwh).any():
        return canvas.say(ax, "The carbon intensity of the grid is not known here.")
    months = clock.local_day.astype("datetime64[D]").astype("datetime64[M]")
    names, where = np.unique(months, return_inverse=True)
    width = 0.8 / len(results.arms)
    for position, arm in enumerate(results.arms):
        grams = arm.series.flow("import") * clock.dt_h * results.carbon_g_kwh
        kg = np.bincount(where, weights=np.nan_to_num(grams), minlength=len(names)) / 1000.0
        left = np.arange(len(names)) - 0.4 + width * (position + 0.5)
        ax.bar(left, kg, 0.92 * width, color=canvas.arm_colour(position), label=arm.label)
    first = [clocks.date_of(int(day)) for day in names.astype("datetime64[D]").astype(np.int64)]
    labels = [f"{d:%b}\n{d.year}" if i == 0 or d.month == 1 else f"{d:%b}"
              for i, d in enumerate(first)]  # fmt: skip
    ax.set_xticks(range(len(names)), labels)
    ax.grid(visible=False, axis="x")
    canvas.legend(ax)
    return ax
