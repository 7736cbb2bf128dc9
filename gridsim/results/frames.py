"""Results as data frames and datasets, for whoever wants to look further.

pandas and xarray are imported when a function is called: reading a summary needs neither.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from gridsim.metrics import effects
from gridsim.results import columns, kinds
from gridsim.results.results import FLOWS, Results
from gridsim.results.tables import MOMENTS

if TYPE_CHECKING:
    import pandas as pd
    import xarray as xr


def effects_frame(summary: Mapping[str, object], reference: str) -> "pd.DataFrame":
    """Return a row for each arm and metric: value in the reference and the arm, effect, interval.

    Parameters
    ----------
    summary : mapping
        What ``summary.json`` says.
    reference : str
        Key of the arm that the others are compared with.
    """
    import pandas as pd  # noqa: PLC0415

    arms, told = _table(summary, "arms"), _table(summary, "effects")
    before = arms.get(reference, {})
    rows = [
        (arm, metric, before.get(metric), arms[arm].get(metric), *effect.values())
        for arm, by_metric in told.items()
        for metric, effect in by_metric.items()
    ]
    names = ["arm", "metric", "reference", "value", "estimate", "low", "high"]
    frame = pd.DataFrame(rows, columns=names).set_index(["arm", "metric"])
    return frame.astype(float)


def causes_frame(
    told: Mapping[str, Mapping[str, Mapping[str, effects.Effect]]],
) -> "pd.DataFrame":
    """Return a row for each arm, cause and number, with its interval."""
    import pandas as pd  # noqa: PLC0415

    rows = [
        (arm, cause, name, part.estimate, part.low, part.high)
        for arm, by_cause in told.items()
        for cause, parts in by_cause.items()
        for name, part in parts.items()
    ]
    names = ["arm", "cause", "number"]
    frame = pd.DataFrame(rows, columns=[*names, "estimate", "low", "high"])
    return frame.set_index(names)


def _table(summary: Mapping[str, object], name: str) -> dict[str, dict[str, dict[str, float]]]:
    """Return one table of a summary."""
    found = summary.get(name)
    return dict(found) if isinstance(found, Mapping) else {}


def series_frame(results: Results) -> "pd.DataFrame":
    """Return mean power by arm, group and step, as in ``series.parquet``; time is in UTC."""
    return _frame(columns.series_columns(results))


def homes_frame(results: Results) -> "pd.DataFrame":
    """Return a row for each arm and home: who they are and what they did."""
    import pandas as pd  # noqa: PLC0415

    found = columns.homes_columns(results)
    series = {name: _spoken(found.pop(name)) for name in list(found)}
    return pd.DataFrame(series, copy=False)


def events_frame(results: Results) -> "pd.DataFrame":
    """Return the log of discrete events; time is in UTC."""
    return _frame(columns.event_columns(results))


def profiles_frame(results: Results) -> "pd.DataFrame":
    """Return the mean day of each profiled home by arm and season, 24 columns in kW."""
    return _frame(columns.profile_columns(results))


def to_xarray(results: Results) -> "xr.Dataset":
    """Return the series and the metrics of the homes with named axes.

    ``kw`` has the axes time, group, flow and arm; ``price`` and ``called`` time and arm;
    ``temp_c`` and ``carbon_g_kwh`` time; every metric of a home has the axes home and arm. Needs
    the extra ``xarray``.

    Raises
    ------
    ValueError
        If the arms do not have the same groups.
    """
    import xarray as xr  # noqa: PLC0415

    arms = results.arms
    groups = results.reference.series.groups
    if any(arm.series.groups != groups for arm in arms):
        raise ValueError("the arms do not have the same groups")
    names = [n for n in results.reference.homes if all(n in arm.homes for arm in arms)]
    variables = {
        "kw": (("time", "group", "flow", "arm"), np.stack([a.series.kw for a in arms], axis=-1)),
        "price": (("time", "arm"), np.stack([arm.price for arm in arms], axis=-1)),
        "called": (("time", "arm"), np.stack([arm.called for arm in arms], axis=-1)),
        "temp_c": ("time", results.temp_c),
        "carbon_g_kwh": ("time", results.carbon_g_kwh),
    }
    for name in names:
        variables[name] = (("home", "arm"), np.stack([arm.homes[name] for arm in arms], axis=-1))
    axes = {
        "time": results.clock.times.astype("datetime64[ns]"),
        "group": list(groups),
        "flow": list(FLOWS),
        "arm": [arm.name for arm in arms],
        "home": results.attributes.get("home", np.arange(columns.home_count(results))),
    }
    return xr.Dataset(variables, axes, {"title": results.story.title})


def _spoken(values: npt.NDArray[Any]) -> "pd.Series[Any]":
    """Return a column of a data frame; words of few kinds are made once for a kind."""
    import pandas as pd  # noqa: PLC0415

    known = kinds.few(values)
    if known is None:
        return pd.Series(values, copy=False)
    words, codes = known
    once = pd.Series(words)
    return once.take(codes).reset_index(drop=True)


def _frame(found: columns.Columns) -> "pd.DataFrame":
    """Return columns as a data frame, with UTC written on the columns that are moments."""
    import pandas as pd  # noqa: PLC0415

    frame = pd.DataFrame(found)
    for name in MOMENTS.intersection(frame):
        frame[name] = frame[name].dt.tz_localize("UTC")
    return frame
