"""The lines of the benchmark's table: which figures there are, what they mean, and what is wanted.

A figure is named ``group.key``. Each group is made of measures, and what they find is turned into
figures here, so that names in ``recorded.json`` stay the same when the package changes.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

Found = dict[str, float]
Measure = Callable[..., Found]
"""``measure(name, **arguments)`` runs one of ``measures.py`` in a process of its own."""

PARTS = ("draw", "decide", "act", "hear", "record", "rest")
CASES = {
    "flat": "flat, one arm alone",
    "tempo": "flat and Tempo side by side",
    "dynamic": "flat and dynamic with automation",
}
_MINUTE_DAY = 66  # 8 March: cold evenings, sunny noons


@dataclass(frozen=True, slots=True)
class Line:
    """A figure as the table tells it.

    Parameters
    ----------
    label, unit : str
        What it is.
    goal : float or None
        What is wanted.
    more : bool
        Whether more is better.
    timed : bool
        Whether it is a time of this machine, so that the calibration says something about it.
    """

    label: str
    unit: str
    goal: float | None = None
    more: bool = False
    timed: bool = True


@dataclass(frozen=True, slots=True)
class Sizes:
    """How much is simulated.

    Parameters
    ----------
    homes, days : int
        For the cost at 15 minutes.
    minute_homes, minute_days : int
        For the cost at one minute.
    small, large : int
        Homes of the towns whose costs and memory are compared, over a week.
    """

    homes: int = 4096
    days: int = 182
    minute_homes: int = 1024
    minute_days: int = 7
    small: int = 10_000
    large: int = 100_000


def machine(measure: Measure, sizes: Sizes) -> Found:
    """Calibrate: how fast this machine is now."""
    del sizes
    return _named("machine", measure("calibrate"))


def year(measure: Measure, sizes: Sizes) -> Found:
    """Measure the cost of a home-year at 15 minutes."""
    found: Found = {}
    for case in CASES:
        one = measure("cost", case=case, homes=sizes.homes, days=sizes.days)
        one.pop("peak_bytes")
        found |= _named(f"year.{case}", one)
    return found


def minute(measure: Measure, sizes: Sizes) -> Found:
    """Measure the cost of a home-year at one minute."""
    found: Found = {}
    for case in CASES:
        one = measure(
            "cost", case=case, homes=sizes.minute_homes, days=sizes.minute_days, minutes=1,
            first_day=_MINUTE_DAY,
        )  # fmt: skip
        found |= _named(f"minute.{case}", {key: one[key] for key in ("ms", *PARTS) if key in one})
    return found


def size(measure: Measure, sizes: Sizes) -> Found:
    """Measure what a larger town costs: time for a home-year, memory for a home and arm."""
    small, large = (
        measure("cost", case="tempo", homes=homes, days=7, first_day=_MINUTE_DAY)
        for homes in (sizes.small, sizes.large)
    )
    grown = large["peak_bytes"] - small["peak_bytes"]
    return {
        "size.small_ms": small["ms"],
        "size.large_ms": large["ms"],
        "size.ratio": large["ms"] / small["ms"],
        "size.set_up_us_home": large["set_up_us_home"],
        "size.bytes_home": grown / (sizes.large - sizes.small) / 2.0,
        "size.peak_mb": large["peak_bytes"] / 1e6,
    }


def threads(measure: Measure, sizes: Sizes) -> Found:
    """Measure how much faster two threads are than one."""
    one = measure("threads", homes=sizes.large, days=14)
    return {
        "threads.wall": one["wall_s_1"] / one["wall_s_2"],
        "threads.cpu": one["cpu_s_2"] / one["cpu_s_1"],
    }


def loop(measure: Measure, sizes: Sizes) -> Found:
    """Measure what a price costs that is made every few minutes."""
    del sizes
    found: Found = {}
    for minutes in (5, 15):
        one = measure("loop", homes=2048, days=3, minutes=minutes)
        found[f"loop.ratio_{minutes}"] = one["loop_s"] / one["open_s"]
    return found


def schedules(measure: Measure, sizes: Sizes) -> Found:
    """Measure the cheapest days of cars and batteries."""
    del sizes
    return _named("schedules", measure("schedules"))


def outside(measure: Measure, sizes: Sizes) -> Found:
    """Measure weather, sun and prices of a year."""
    del sizes
    return _named("outside", measure("outside"))


def compiling(measure: Measure, sizes: Sizes) -> Found:
    """Measure the first run's compiling."""
    del sizes
    return _named("compiling", measure("compiling"))


def recording(measure: Measure, sizes: Sizes) -> Found:
    """Measure how fast loads of single homes are written."""
    del sizes
    return _named("recording", measure("recording", homes=32_768, days=7))


GROUPS = {
    "machine": machine,
    "year": year,
    "minute": minute,
    "size": size,
    "threads": threads,
    "loop": loop,
    "schedules": schedules,
    "outside": outside,
    "compiling": compiling,
    "recording": recording,
}
"""What ``--only`` can name."""


def _named(group: str, found: Mapping[str, float]) -> Found:
    """Return figures under the name of their group."""
    return {f"{group}.{key}": value for key, value in found.items()}


def _costs(group: str, goal: float) -> dict[str, Line]:
    """Return the lines of the cost at one step length."""
    lines = {}
    for case, told in CASES.items():
        here = f"{group}.{case}"
        lines[f"{here}.ms"] = Line(told, "ms CPU / home-year and arm", goal)
        for part in PARTS:
            lines[f"{here}.{part}"] = Line(f"  {part}", "ms")
        if group == "year":
            lines[f"{here}.ns_step"] = Line("  a home and step", "ns")
            lines[f"{here}.set_up_us_home"] = Line("  setting up a home and arm, once", "us")
    return lines


LINES = {
    "machine.numba_ns": Line("calibration: a compiled loop", "ns / element"),
    "machine.numpy_ns": Line("calibration: sort and exp of numpy", "ns / element"),
    **_costs("year", 0.5),
    **_costs("minute", 6.0),
    "size.small_ms": Line("{small} homes", "ms CPU / home-year and arm"),
    "size.large_ms": Line("{large} homes", "ms CPU / home-year and arm"),
    "size.ratio": Line("large against small", "x", 1.1, timed=False),
    "size.set_up_us_home": Line("setting up a home and arm, once", "us CPU"),
    "size.bytes_home": Line("memory that grows with a home and arm", "bytes", 4096, timed=False),
    "size.peak_mb": Line("most memory with {large} homes", "MB", timed=False),
    "threads.wall": Line("two threads against one, wall time", "x faster", 1.8, True, False),
    "threads.cpu": Line("two threads against one, CPU time", "x", timed=False),
    "loop.ratio_5": Line("a price every 5 minutes against none", "x", 3.0, timed=False),
    "loop.ratio_15": Line("a price every 15 minutes against none", "x", 3.0, timed=False),
    "schedules.car_us": Line("a car's cheapest 14 hours", "us", 20),
    "schedules.battery_us": Line("a battery's cheapest day", "us", 20),
    "schedules.battery_negative_us": Line("  under negative prices, half hours", "us"),
    "schedules.car_gap": Line("gap to HiGHS, car", "%", 0.1, timed=False),
    "schedules.car_negative_gap": Line("  under negative prices", "%", 0.1, timed=False),
    "schedules.battery_gap": Line("gap to HiGHS, battery", "%", 0.1, timed=False),
    "schedules.battery_negative_gap": Line("  under negative prices", "%", timed=False),
    "outside.first_s": Line("weather, sun, prices of a year, libraries loaded", "s CPU", 3.0),
    "outside.first_wall_s": Line("  the same", "s wall"),
    "outside.again_s": Line("  of another year", "s CPU"),
    "outside.stage_s": Line("  laid out for the pass", "s CPU"),
    "compiling.wall_s": Line("compiling in a fresh folder, two processes", "s wall", 15),
    "compiling.longer_s": Line("  the longer of the two", "s CPU"),
    "compiling.cpu_s": Line("  both", "s CPU"),
    "recording.mb_cpu_s": Line("loads of homes written by the day", "MB / s CPU", 100, True),
    "recording.mb_wall_s": Line("  the same", "MB / s wall", more=True),
    "recording.share": Line("  size on disk against float32", "x", timed=False),
    "recording.home_year_s": Line("  a home's year read", "s CPU", 0.5),
    "recording.watts_mb_cpu_s": Line("whole watts written by the day", "MB / s CPU", 100, True),
    "recording.watts_mb_wall_s": Line("  the same", "MB / s wall", more=True),
    "recording.watts_share": Line("  size on disk against float32", "x", timed=False),
    "recording.watts_home_year_s": Line("  a home's year read", "s CPU", 0.5),
}
"""The table, from top to bottom."""
