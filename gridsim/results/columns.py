"""Results as named columns of equal length: what tables on disk and data frames are made of."""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from gridsim.core.clock import DAY_S
from gridsim.results.causes import CAUSES
from gridsim.results.results import FLOWS, SEASONS, ArmResult, Results

Columns = dict[str, npt.NDArray[np.generic]]

HOURS = tuple(f"kw_{hour:02d}" for hour in range(24))
"""Names of the 24 columns of a mean day."""

ROWS = 65_536
"""Most rows of homes that are laid out at once: 90 columns of them take 50 MB."""


def series_columns(results: Results, flows: tuple[str, ...] = FLOWS) -> Columns:
    """Return a row for each arm, group and step, in this order, the step running fastest.

    Beside the flows [kW] stand the price [currency/kWh] and the called steps of the arm, the
    temperature [C] and the carbon intensity [g/kWh].
    """
    clock = results.clock
    local = (clock.local_day * DAY_S + clock.wall_s).astype("datetime64[s]")
    groups = [len(arm.series.groups) for arm in results.arms]

    def tiled(column: npt.NDArray[np.generic]) -> npt.NDArray[np.generic]:
        return np.tile(column, sum(groups))

    def by_arm(columns: list[npt.NDArray[np.generic]]) -> npt.NDArray[np.generic]:
        return np.concatenate([np.tile(c, g) for c, g in zip(columns, groups, strict=True)])

    found: Columns = {
        "time": tiled(clock.times),
        "local_time": tiled(local),
        "holiday": tiled(clock.holiday),
        "arm": np.repeat([arm.name for arm in results.arms], np.array(groups) * clock.steps),
        "group": np.repeat([g for arm in results.arms for g in arm.series.groups], clock.steps),
    }
    for flow in flows:
        place = FLOWS.index(flow)
        found[flow] = np.concatenate([a.series.kw[:, :, place].T.ravel() for a in results.arms])
    found["price"] = by_arm([arm.price for arm in results.arms])
    found["called"] = by_arm([arm.called for arm in results.arms])
    found["temp_c"] = tiled(results.temp_c)
    found["carbon_g_kwh"] = tiled(results.carbon_g_kwh)
    return found


def homes_columns(results: Results) -> Columns:
    """Return a row for each arm and home: who they are, then what they did in the period.

    A metric that an arm does not have is nan there.

    Raises
    ------
    ValueError
        If an attribute has the name of a metric or of the column ``arm``.
    """
    parts = list(homes_parts(results, max(home_count(results), 1)))
    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}


def homes_parts(results: Results, rows: int = ROWS) -> Iterator[Columns]:
    """Yield the rows of :func:`homes_columns` in order, at most so many at once, of one arm each.

    Raises
    ------
    ValueError
        As :func:`homes_columns`.
    """
    arms = results.arms
    names = list(dict.fromkeys(name for arm in arms for name in arm.homes))
    twice = sorted(set(results.attributes) & {"arm", *names})
    if twice:
        raise ValueError(f"attributes and metrics share the names {', '.join(twice)}")
    homes = home_count(results)
    for arm in arms:
        for first in range(0, max(homes, 1), rows):
            yield _homes_rows(results, arm, names, slice(first, min(first + rows, homes)))


def _homes_rows(results: Results, arm: ArmResult, names: list[str], here: slice) -> Columns:
    """Return the rows of some homes in one arm."""
    count = here.stop - here.start
    nothing = np.full(count, np.nan)
    found: Columns = {
        "arm": np.full(count, arm.name),
        "home": np.arange(here.start, here.stop),
    }
    found |= {name: values[here] for name, values in results.attributes.items()}
    return found | {name: arm.homes[name][here] if name in arm.homes else nothing for name in names}


def profile_columns(results: Results) -> Columns:
    """Return a row for each arm, profiled home and season, with 24 columns of mean net load."""

    def each(arm: ArmResult) -> int:
        return len(arm.profile_kw)

    rows = [arm.profile_kw.reshape(-1, 24) for arm in results.arms]
    day = np.concatenate(rows)
    places = [np.arange(each(arm)) for arm in results.arms]
    found: Columns = {
        "arm": np.repeat([arm.name for arm in results.arms], [len(part) for part in rows]),
        "position": np.repeat(np.concatenate(places), len(SEASONS)),
        "season": np.tile(np.array(SEASONS), sum(each(arm) for arm in results.arms)),
    }
    return found | {name: day[:, hour] for hour, name in enumerate(HOURS)}


def event_columns(results: Results) -> Columns:
    """Return a row for each event, in the order of the log."""
    events = results.events
    return {
        "time": events.time_s.astype("datetime64[s]"),
        "arm": events.arm,
        "home": events.home,
        "kind": events.kind,
        "cause": events.cause,
        "text": events.text,
        "value": events.value,
        "from": events.from_s.astype("datetime64[s]"),
        "until": events.until_s.astype("datetime64[s]"),
    }


def followed_columns(results: Results) -> Columns:
    """Return a row for each arm and step, with a column for each followed home. [kW]"""
    kept = [arm for arm in results.arms if arm.followed_kw.shape[1]]
    homes = max((arm.followed_kw.shape[1] for arm in kept), default=0)
    found: Columns = {
        "time": np.tile(results.clock.times, len(kept)),
        "arm": np.repeat(np.array([arm.name for arm in kept], np.str_), results.clock.steps),
    }
    numbers = results.attributes.get("home", np.arange(homes))
    for place in range(homes):
        found[f"home_{numbers[place]}"] = np.concatenate([a.followed_kw[:, place] for a in kept])
    return found


def causes_columns(results: Results) -> Columns:
    """Return a row for each arm with causes, cause and step: what it took away. [kW]"""
    arms = [arm for arm in results.arms if arm.causes_kw.size]
    steps = results.clock.steps
    found: Columns = {
        "time": np.tile(results.clock.times, len(arms) * len(CAUSES)),
        "arm": np.repeat(np.array([arm.name for arm in arms], np.str_), len(CAUSES) * steps),
        "cause": np.tile(np.repeat(np.array(CAUSES), steps), len(arms)),
    }
    for place, flow in enumerate(FLOWS):
        kw = [arm.causes_kw[:, :, place].T.ravel() for arm in arms]
        found[flow] = np.concatenate([np.empty(0), *kw])
    return found


def home_count(results: Results) -> int:
    """Return the number of homes, from the metrics of the reference arm or the attributes."""
    for columns in (results.reference.homes, results.attributes):
        for values in columns.values():
            return len(values)
    return 0
