"""What electricity was used for on the peak day, and where the sun's went."""

import numpy as np
from matplotlib.axes import Axes

from gridsim.core import clock as clocks
from gridsim.core.arrays import B1, F8
from gridsim.report import canvas, words
from gridsim.results.results import ArmResult, Results

FAMILIES = (
    ("always on", ("cold", "standby"), "#7f7f7f"),
    ("heating", ("heating",), "#d55e00"),
    ("hot water", ("hot_water",), "#e69f00"),
    ("cooling", ("cooling",), "#56b4e9"),
    ("cooking", ("cooking",), "#882255"),
    ("washing", ("wet",), "#0072b2"),
    ("light, screens", ("light", "screens", "small"), "#f0e442"),  # and small uses
    ("electric car", ("ev",), "#009e73"),
    ("other", ("other",), "#cc79a7"),
)
"""End uses as a reader sees them: name, columns, colour (Okabe and Ito 2008, Tol's wine)."""

_WAYS = (("used at once", "#009e73"), ("into the battery", "#e69f00"), ("exported", "#56b4e9"))


def peak_day(results: Results, arm: str | None = None, *, ax: Axes | None = None) -> Axes:
    """Draw an arm's end uses on the day of the reference arm's highest net load.

    Parameters
    ----------
    results : Results
        What a run left behind.
    arm : str, optional
        Which arm; the reference if not given. The day and the height are the same for all.
    ax : Axes, optional
        Where to draw; a new figure if not given.

    Returns
    -------
    Axes
        Hours since midnight [h] against power per home [kW], uses stacked, net load as a line.
    """
    ax = canvas.axes(ax, height_in=3.4)
    canvas.hours(ax)
    ax.set_ylabel("Power [kW per home]")
    load = results.reference.series.flow("net")
    if not np.isfinite(load).any():
        return canvas.say(ax, "The period has no load, so it has no peak day.")
    number = results.clock.local_day[int(np.nanargmax(load))]
    steps = results.clock.local_day == number
    date = clocks.date_of(int(number)).isoformat()
    ax.set_xlabel(f"Hours since local midnight, {date} [h]")
    shown = results.arm(arm) if arm else results.reference
    hour = np.arange(steps.sum() + 1) * results.clock.dt_h
    ax.set_xlim(0, max(24.0, float(hour[-1])))
    _stack(ax, hour, shown, steps, results)
    net = _to_end(shown.series.flow("net")[steps])
    ax.step(hour, net, where="post", color="black", linewidth=1.4, label="net load")
    ax.set_ylim(*_heights(results, steps))
    canvas.legend(ax, columns=3)
    return ax


def pv_where(results: Results, *, ax: Axes | None = None) -> Axes:
    """Draw where each arm's production went, per home of the town.

    A battery's share is what the town's batteries took in while its panels produced, step by
    step and at most what was not exported; the rest was used at once.

    Parameters
    ----------
    results : Results
        What a run left behind.
    ax : Axes, optional
        Where to draw; a new figure if not given.

    Returns
    -------
    Axes
        Production over the period [kWh per home] by arm.
    """
    ways = {arm.name: pv_ways(arm, results.clock.dt_h) for arm in results.arms}
    ax = canvas.axes(ax, height_in=1.5 + 0.55 * len(results.arms))
    ax.set_xlabel("Production over the period [kWh per home]")
    ax.set_ylabel("Arm")
    if not any(sum(way) > 0 for way in ways.values()):
        return canvas.say(ax, "No home has panels that produced in this period.")
    for position, arm in enumerate(results.arms):
        left, total = 0.0, sum(ways[arm.name]) or 1.0
        for (name, colour), kwh in zip(_WAYS, ways[arm.name], strict=True):
            label = name if position == 0 else None
            ax.barh(position, kwh, left=left, color=colour, edgecolor="white", label=label)
            if kwh / total > 0.1:
                text = f"{100 * kwh / total:.0f} %"
                ax.text(left + kwh / 2, position, text, ha="center", va="center")
            left += kwh
    ax.set_yticks(range(len(results.arms)), [_short(arm.label) for arm in results.arms])
    ax.set_ylim(len(results.arms) - 0.4, -0.6)
    ax.grid(visible=False, axis="y")
    canvas.legend(ax, columns=3)
    return ax


def pv_ways(arm: ArmResult, dt_h: float) -> tuple[float, float, float]:
    """Return kWh per home used at once, stored and exported of an arm's production."""
    pv_kw = np.nan_to_num(arm.series.flow("pv"))
    exported_kw = np.clip(np.nan_to_num(arm.series.flow("export")), 0.0, pv_kw)
    stored_kw = np.clip(np.nan_to_num(arm.series.flow("battery")), 0.0, pv_kw - exported_kw)
    used_kw = pv_kw - exported_kw - stored_kw
    return (
        float(used_kw.sum()) * dt_h,
        float(stored_kw.sum()) * dt_h,
        float(exported_kw.sum()) * dt_h,
    )


def _stack(ax: Axes, hour: F8, shown: ArmResult, steps: B1, results: Results) -> None:
    """Stack the families that any arm uses on the day."""
    floor = np.zeros(len(hour))
    for name, columns, colour in FAMILIES:
        every = [_sum(arm, columns)[steps] for arm in results.arms]
        if not any(np.nan_to_num(kw).any() for kw in every):
            continue
        top = floor + _to_end(np.nan_to_num(_sum(shown, columns)[steps]))
        ax.fill_between(hour, floor, top, step="post", color=colour, linewidth=0, label=name)
        floor = top


def _to_end(kw: F8) -> F8:
    """Repeat the last step's power, so that a stepped line reaches the step's end."""
    return np.append(kw, kw[-1:])


def _heights(results: Results, steps: B1) -> tuple[float, float]:
    """Return the limits that hold every arm's day, 0 among them."""
    columns = tuple(use for _, family, _ in FAMILIES for use in family)
    nets = [np.nan_to_num(arm.series.flow("net")[steps]) for arm in results.arms]
    sums = [np.nan_to_num(_sum(arm, columns)[steps]) for arm in results.arms]
    high = max(float(kw.max()) for kw in (*nets, *sums))
    low = min(0.0, *(float(kw.min()) for kw in nets))
    return 1.05 * low, 1.05 * high if high > 0 else 1.0


def _sum(arm: ArmResult, columns: tuple[str, ...]) -> F8:
    """Return the summed power [kW] of some columns, shape (t,)."""
    parts = [arm.series.flow(column) for column in columns]
    return np.asarray(np.sum(parts, axis=0))


def _short(label: str) -> str:
    """Break a label into lines that leave room for the bars."""
    return words.wrapped(label, 16)
