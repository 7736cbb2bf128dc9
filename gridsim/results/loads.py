"""Loads of single homes read back: one home's whole period, or all homes on one day.

They come from the files that ``daily`` writes, or from a run that is still in memory. A home of a
town of 100,000 is found in each day's file by its row group, so that its year takes half a second.
"""

import re
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from gridsim.core.arrays import F4, I8
from gridsim.core.clock import Clock, date_of
from gridsim.core.errors import DataError
from gridsim.results import daily, folders
from gridsim.results.results import Results
from gridsim.scenario.output import of_toml

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa
    from pyarrow import parquet

PART = 32_768
"""Homes of a file when a run is saved from memory."""

_NAME = re.compile(r"(\d{4}-\d{2}-\d{2})(?:-(\d{7}))?\.parquet")  # without a part: older runs
_READERS = 4  # threads that read files; parquet is unpacked without Python's lock
_HINT = "a run keeps them with [output] profiles"


@dataclass(frozen=True, slots=True)
class Loads:
    """Loads of some homes over some steps.

    Parameters
    ----------
    homes : I8
        Their numbers, shape (n,).
    time_s : I8
        UTC second at which each step begins, shape (t,). [s]
    kw : mapping of str to F4
        Mean power of each flow that is kept (net, import, export), shape (t, n). [kW]
    """

    homes: I8
    time_s: I8
    kw: Mapping[str, F4]


def write(folder: Path, results: Results) -> list[Path]:
    """Write the loads that a run holds in memory below a folder, and return the files.

    Parameters
    ----------
    folder : Path
        The run folder that is being built.
    results : Results
        With ``loads``, shape (t, n) each; nothing is written without them.
    """
    plan = daily.plan_of(of_toml(results.story.scenario_toml), results.clock, folder)
    homes = numbers(results)
    made = []
    for arm, kw in results.loads.items():
        for step, last in _days(results.clock):
            for part in range(0, int(homes[-1]) + 1, PART):
                here = (homes >= part) & (homes < part + PART)
                net = kw[step:last] if here.all() else kw[step:last, here]
                made.append(daily.write_homes(plan, arm, step, net, part=part, homes=homes[here]))
    return [one.path for one in made if one.path is not None]


def telling(summary: Mapping[str, object], folder: Path) -> Mapping[str, object]:
    """Return a summary that tells how many values in the files of loads had to be clipped.

    Parameters
    ----------
    summary : mapping
        What is known of the run.
    folder : Path
        Its folder, with all files of loads in place.
    """
    clipped = sum(_clipped(path) for path in (folder / daily.FOLDER).glob("*/*.parquet"))
    if not clipped:
        return summary
    text = (
        f"{clipped:,} powers of single homes do not fit 16 bits: {daily.MOST_W} W is kept of them."
    )
    said = summary.get("assumptions", ())
    return {**summary, "assumptions": [*(said if isinstance(said, list | tuple) else ()), text]}


def _clipped(path: Path) -> int:
    """Return how many values of a file were clipped."""
    from pyarrow import parquet  # noqa: PLC0415

    return int((parquet.read_schema(path).metadata or {}).get(b"clipped", 0))


def numbers(results: Results) -> I8:
    """Return the numbers of the homes whose loads a run holds in memory, shape (n,)."""
    found = results.loads_of if len(results.loads_of) else results.attributes["home"]
    return np.asarray(found, np.int64)


def home_frame(
    results: Results, folder: Path | None, home: int, flow: str = daily.NET
) -> "pd.DataFrame":
    """Return the load of one home, a row for each step and a column for each arm. [kW]

    Parameters
    ----------
    results : Results
        A run.
    folder : Path or None
        Its folder, from which loads are read that it does not hold in memory.
    home : int
        Number of the home.
    flow : str
        ``daily.NET``, ``daily.IMPORT`` or ``daily.EXPORT``.

    Raises
    ------
    DataError
        If the run kept no such loads.
    """
    import pandas as pd  # noqa: PLC0415

    found = {}
    for arm in results.arms:
        if arm.name in results.loads:
            here = np.flatnonzero(numbers(results) == home)
            told = _held(results, arm.name, here, slice(None))
        else:
            told = of_home(_place(results, folder), arm.name, home)
        if not len(told.homes):
            raise DataError(f"no loads of home {home} are kept; {_HINT}")
        found[arm.name] = pd.Series(_flow(told, flow)[:, 0], _utc(told.time_s))
    return pd.DataFrame(found)


def day_frame(
    results: Results, folder: Path | None, date: str, arm: str, *, flow: str = daily.NET
) -> "pd.DataFrame":
    """Return the loads on a local day, a row for each home and a column for each step. [kW]

    Parameters and errors as those of :func:`home_frame`; ``date`` is ``YYYY-MM-DD``.
    """
    import pandas as pd  # noqa: PLC0415

    if arm in results.loads:
        days = [
            str(date_of(int(results.clock.local_day[first]))) for first, _ in _days(results.clock)
        ]
        if date not in days:
            raise DataError(f"{date} lies outside the run, {days[0]} to {days[-1]}")
        steps = slice(*_days(results.clock)[days.index(date)])
        told = _held(results, arm, np.arange(results.loads[arm].shape[1]), steps)
    else:
        told = of_day(_place(results, folder), arm, date)
    index = pd.Index(told.homes, name="home")
    return pd.DataFrame(_flow(told, flow).T, index, _utc(told.time_s))


def _held(results: Results, arm: str, places: I8, steps: slice) -> Loads:
    """Return loads that a run holds in memory: of homes by their place, over some steps."""
    net = results.loads[arm][steps, places]
    kw = {flow: daily.flow_of(net, flow) for flow in (daily.NET, daily.IMPORT, daily.EXPORT)}
    return Loads(numbers(results)[places], results.clock.time_s[steps], kw)


def _place(results: Results, folder: Path | None) -> Path:
    """Return the folder to read from."""
    if folder is None:
        raise DataError(f"run {results.story.title!r} holds no loads of homes; {_HINT}")
    return folder


def _flow(told: Loads, flow: str) -> F4:
    """Return one flow, refusing what is not kept."""
    if flow not in told.kw:
        kept = ", ".join(told.kw)
        raise DataError(f"{flow!r} is not kept, only {kept}; see [output.profiles] flows")
    return told.kw[flow]


def _utc(time_s: I8) -> "pd.DatetimeIndex":
    """Return UTC seconds as an index of times."""
    import pandas as pd  # noqa: PLC0415

    return pd.DatetimeIndex(time_s.astype("datetime64[s]"), tz="UTC", name="time")


def of_day(folder: Path, arm: str, date: str) -> Loads:
    """Return the loads of all homes that are kept on one local day.

    Parameters
    ----------
    folder : Path
        A run folder.
    arm, date : str
        Which arm, and which local date, ``YYYY-MM-DD``.

    Raises
    ------
    DataError
        If the run kept no such loads, or a file is damaged.
    """
    files = [path for day, _, path in _files(folder, arm) if day == date]
    if not files:
        raise DataError(f"{folder}: no loads of arm {arm!r} on {date}")
    parts = [_read(path) for path in files]
    flows = parts[0].kw
    return Loads(
        np.concatenate([part.homes for part in parts]),
        parts[0].time_s,
        {flow: np.concatenate([part.kw[flow] for part in parts], axis=1) for flow in flows},
    )


def of_home(folder: Path, arm: str, home: int) -> Loads:
    """Return the loads of one home on all days that are kept, shape (t, 1) each.

    Parameters
    ----------
    folder : Path
        A run folder.
    arm : str
        Which arm.
    home : int
        Number of the home.

    Raises
    ------
    DataError
        If the run kept no loads of the home, or a file is damaged.
    """
    parts: dict[str, tuple[int, Path]] = {}
    for day, first, path in _files(folder, arm):
        if first <= home:
            parts[day] = max(parts.get(day, (-1, path)), (first, path))
    days = [path for _, (_, path) in sorted(parts.items())]
    with ThreadPoolExecutor(_READERS) as pool:
        found = list(pool.map(partial(_read, home=home), days))
    if not found or not all(len(one.homes) for one in found):
        raise DataError(f"{folder}: no loads of home {home} are kept in arm {arm!r}")
    return Loads(
        found[0].homes,
        np.concatenate([one.time_s for one in found]),
        {flow: np.concatenate([one.kw[flow] for one in found]) for flow in found[0].kw},
    )


def _files(folder: Path, arm: str) -> list[tuple[str, int, Path]]:
    """Return date, first home and path of each file of an arm, in this order."""
    below = folder / daily.FOLDER / arm
    try:
        entries = list(below.iterdir())
    except OSError as error:
        raise DataError(f"{below}: no loads to read: {folders.why(error)}; {_HINT}") from error
    named = ((_NAME.fullmatch(path.name), path) for path in entries)
    return sorted((found[1], int(found[2] or 0), path) for found, path in named if found)


def _read(path: Path, home: int | None = None) -> Loads:
    """Return what a file holds, of all homes or of one (of none if it is not there)."""
    import pyarrow as pa  # noqa: PLC0415
    from pyarrow import parquet  # noqa: PLC0415

    try:
        with (
            pa.memory_map(str(path)) as content,
            parquet.ParquetFile(content, page_checksum_verification=True) as file,
        ):
            table = file.read() if home is None else _group_of(file, home)
    except (OSError, pa.ArrowException) as error:
        raise DataError(f"{path}: cannot be read: {folders.why(error)}") from error
    told = {key.decode(): value.decode() for key, value in (table.schema.metadata or {}).items()}
    homes = table.column("home").to_numpy().astype(np.int64)
    rows = slice(None) if home is None else np.flatnonzero(homes == home)
    kw, steps = {}, 0
    for name in table.column_names[1:]:
        flow, unit = name.rsplit("_", 1)
        chunks = table.column(name)
        values = chunks.chunk(0) if chunks.num_chunks == 1 else chunks.combine_chunks()
        steps = values.type.list_size
        power = values.values.to_numpy().reshape(-1, steps)[rows].T
        kw[flow] = power if unit == "kw" else power.astype(np.float32) / np.float32(1000.0)
    start = np.datetime64(told["start_utc"].removesuffix("Z"), "s").astype(np.int64)
    return Loads(homes[rows], start + int(told["step_s"]) * np.arange(steps), kw)


def _group_of(file: "parquet.ParquetFile", home: int) -> "pa.Table":
    """Return the row group that holds a home, or one that does not if none does.

    Where all homes are kept it is where their numbers say; else it is searched for.
    """
    told, last = file.metadata, file.metadata.num_row_groups - 1
    first = told.row_group(0)
    guess = (home - first.column(0).statistics.min) // first.num_rows
    low = high = min(max(guess, 0), last)
    known = told.row_group(low).column(0).statistics
    if not known.min <= home <= known.max:
        low, high = 0, last
    while low < high:
        middle = (low + high + 1) // 2
        least = told.row_group(middle).column(0).statistics.min
        low, high = (middle, high) if least <= home else (low, middle - 1)
    return file.read_row_group(low, use_threads=False)


def _days(clock: Clock) -> list[tuple[int, int]]:
    """Return first step and the step after the last of each local day."""
    cuts = np.flatnonzero(np.diff(clock.local_day)) + 1
    return list(pairwise([0, *(int(cut) for cut in cuts), clock.steps]))
