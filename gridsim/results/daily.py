"""Loads of single homes, streamed to disk: a file for each arm, local day and part of a town.

``profiles/<arm>/<date>-<first home>.parquet`` holds a row for each home and, in one fixed-size
list a row, the mean powers of that local day: 96 quarter-hours, 92 or 100 where the clock is moved.
A file is written beside its place and renamed, and the same loads give the same bytes, so a run
that was stopped and goes on writes nothing else than one that was not.

pandas, polars and DuckDB read the files as they are; one home is found by its row group, so that
little of a file is read for it::

    pandas.read_parquet("run/profiles/flat/2023-01-09-0000000.parquet")
    polars.scan_parquet("run/profiles/flat/2023-01-*.parquet").filter(polars.col("home") == 300)
    select home, list_max(net_kw) from 'run/profiles/flat/*.parquet'  -- DuckDB

polars reads days of unlike length one by one, their arrays turned to lists (``arr.to_list()``).
"""

import contextlib
import os
import shutil
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from gridsim.core import chance
from gridsim.core.arrays import BLOCK, F4, I8
from gridsim.core.clock import Clock, date_of
from gridsim.core.errors import ScenarioError
from gridsim.population import attributes
from gridsim.population.attributes import Asked
from gridsim.population.town import Town
from gridsim.results import folders
from gridsim.scenario.output import Output, Profiles, asked_of, bytes_kept
from gridsim.scenario.resolve import Case

if TYPE_CHECKING:
    import pyarrow as pa

FOLDER = "profiles"
"""Folder of the loads inside a run folder."""
NET, IMPORT, EXPORT = "net", "import", "export"
"""Flows at the meter: import less export, import, export; the last two are never negative."""
MOST_W = 32_767
"""Powers beyond this do not fit 16 bits and are clipped. [W]"""

_SAMPLE = chance.question("output", "sample")
_ROWS = 2 * BLOCK
"""Homes of a row group: with fewer the foot of a file is longer than what is read of it."""
_LEVEL = 1  # of zstd; level 3 takes 1.5 times as long for 3 % less, measured
_TO_W = np.float32(1000.0)


@dataclass(frozen=True, slots=True)
class Plan:
    """Which loads a run writes, how finely, and where.

    Parameters
    ----------
    folder : Path
        The run folder.
    clock : Clock
        The period.
    per : int
        Steps of the clock that one value is the mean of; divides every local day.
    watts : bool
        Whether values are whole watts in 16 bits rather than kilowatts in float32.
    flows : tuple of str
        Which of ``NET``, ``IMPORT`` and ``EXPORT``.
    homes : I8, optional
        Numbers of the homes that are kept, rising; any when left out.
    asked : tuple of Asked
        What a home of the first arm's town must be to be kept.
    """

    folder: Path
    clock: Clock
    per: int = 1
    watts: bool = False
    flows: tuple[str, ...] = (NET,)
    homes: I8 | None = None
    asked: tuple[Asked, ...] = ()


@dataclass(frozen=True, slots=True)
class Written:
    """A file of loads.

    Parameters
    ----------
    path : Path or None
        Where it stands; None if none of its homes is kept, and there is no file.
    clipped : int
        Values that did not fit 16 bits.
    """

    path: Path | None
    clipped: int = 0


def plan(case: Case, folder: Path) -> Plan | None:
    """Return what a case writes into a run folder; None if it keeps no loads of single homes."""
    scenario = case.scenario
    kept = scenario.output.kept
    if kept is None:
        return None
    homes = scenario.population.homes
    few = kept.sample is not None and kept.sample < homes
    return replace(
        plan_of(scenario.output, case.clock, folder),
        homes=_sampled(scenario.seed, homes, kept.sample or homes) if few else None,
        asked=asked_of(kept),
    )


def plan_of(output: Output, clock: Clock, folder: Path) -> Plan:
    """Return how loads are written, whosever they are."""
    kept = output.kept or Profiles()
    per = (kept.resolution_minutes or 0) * 60 // clock.step_s
    return Plan(folder, clock, max(per, 1), kept.dtype == "int16", kept.flows)


def chosen(plan: Plan, town: Town) -> I8 | None:
    """Return the places of the homes that are kept within a part of the town, None for all.

    Parameters
    ----------
    plan : Plan
        What is kept.
    town : Town
        The homes of the part as the first arm has them, whichever arm is written.
    """
    if plan.homes is None and not plan.asked:
        return None
    found = attributes.matches(town, plan.asked)
    if plan.homes is not None:
        found &= np.isin(town.homes, plan.homes)
    return np.flatnonzero(found)


def size(case: Case) -> float:
    """Return about how much the loads of single homes take on the disk, at most. [bytes]"""
    homes, clock = case.scenario.population.homes, case.clock
    each = bytes_kept(case.scenario.output, homes, clock.steps, clock.step_s)
    return each * len(case.arms)


def check(case: Case, folder: Path) -> None:
    """Refuse a run whose loads will not fit the disk: before it starts rather than after.

    Parameters
    ----------
    case : Case
        What is to be run.
    folder : Path
        Where its run folder will stand; it need not be there.

    Raises
    ------
    ScenarioError
        If the disk has less room than the loads will take.
    """
    wanted = size(case)
    if not wanted:
        return
    here = next(place for place in (Path(folder).resolve() / "x").parents if place.exists())
    free = shutil.disk_usage(here).free
    if wanted > free:
        text = f"about {wanted / 1e9:.1f} GB of loads, and the disk of {here} has {free / 1e9:.1f}"
        raise ScenarioError([f"output.profiles: {text} GB left: keep fewer homes or longer steps"])


def column(flow: str, *, watts: bool) -> str:
    """Return the name of the column that holds a flow: ``net_w`` or ``net_kw``."""
    return f"{flow}_w" if watts else f"{flow}_kw"


def flow_of(net: F4, flow: str) -> F4:
    """Return one flow at the meter from the net load. [kW]"""
    if flow == NET:
        return net
    return np.maximum(net if flow == IMPORT else -net, np.float32(0.0))


def path_of(plan: Plan, arm: str, step: int, first_home: int) -> Path:
    """Return where the loads of a part of the town stand for the local day of a step."""
    date = date_of(int(plan.clock.local_day[step]))
    return plan.folder / FOLDER / arm / f"{date}-{first_home:07d}.parquet"


def write(
    plan: Plan, arm: str, step: int, net: F4, *, first_home: int = 0, kept: I8 | None = None
) -> Written:
    """Write a local day of a part of the town, whole or not at all.

    Parts may be written at the same time by several threads.

    Parameters
    ----------
    plan : Plan
        What is kept, and where.
    arm : str
        Name of the arm.
    step : int
        Step of the plan's clock at which the local day begins.
    net : F4
        Net load of homes ``first_home`` and following, shape (steps of the day, n). [kW]
    first_home : int
        Number of the first home of the part.
    kept : I8, optional
        Places within the part of the homes that are kept, rising; all when left out.

    Raises
    ------
    DataError
        If the file cannot be written; nothing of it is left then.
    ValueError
        If the loads are not those of one whole local day.
    """
    places = np.arange(net.shape[1]) if kept is None else np.asarray(kept, np.int64)
    mine = net if kept is None else net[:, places]
    return write_homes(plan, arm, step, mine, part=first_home, homes=first_home + places)


def write_homes(plan: Plan, arm: str, step: int, net: F4, *, part: int, homes: I8) -> Written:
    """Write a local day of some homes of a part of the town; as :func:`write`.

    Parameters
    ----------
    plan, arm, step
        As for :func:`write`.
    net : F4
        Their net load, shape (steps of the day, k). [kW]
    part : int
        Number of the first home of the part, which names the file.
    homes : I8
        Their numbers, rising, shape (k,).
    """
    _refuse_other_than_a_day(plan, step, net)
    if not len(homes):
        return Written(None)
    path = path_of(plan, arm, step, part)
    columns, clipped = _columns(plan, net)
    table = _table(plan, columns, homes)
    told = {
        "arm": arm,
        "date": str(date_of(int(plan.clock.local_day[step]))),
        "start_utc": f"{plan.clock.times[step]}Z",
        "step_s": str(plan.per * plan.clock.step_s),
        "timezone": plan.clock.timezone,
        "unit": "W" if plan.watts else "kW",
        "clipped": str(clipped),
    }
    _put(table.replace_schema_metadata(told), path, plan)
    return Written(path, clipped)


def sync(paths: Iterable[Path]) -> None:
    """Wait until files and their names are on the disk: before a checkpoint counts on them.

    Raises
    ------
    DataError
        If the system cannot.
    """
    found = list(paths)
    try:
        for path in found:
            with path.open("rb+") as out:
                folders.sync(out)
        for folder in sorted({path.parent for path in found}):
            folders.sync_folder(folder)
    except OSError as error:
        raise folders.unwritable(found[0].parent, error) from error


def _refuse_other_than_a_day(plan: Plan, step: int, net: F4) -> None:
    """Refuse loads that do not cover one local day from its first step to its last."""
    days = plan.clock.local_day
    whole = int(np.searchsorted(days, days[step], side="right")) - step
    begins = step == 0 or days[step - 1] != days[step]
    if len(net) != whole or not begins:
        date = date_of(int(days[step]))
        raise ValueError(f"{date}: {len(net)} steps from step {step}, a whole day is wanted")
    if whole % plan.per:
        date = date_of(int(days[step]))
        raise ValueError(f"{date} has {whole} steps, which {plan.per} do not divide")


def _sampled(seed: int, homes: int, count: int) -> I8:
    """Return the numbers of the homes of a sample, rising: those whose draws are lowest.

    A smaller sample of a town lies in a larger one.
    """
    drawn = chance.uniforms(seed, _SAMPLE, np.arange(homes))[:, 0]
    return np.sort(np.argsort(drawn, kind="stable")[:count])


def _columns(plan: Plan, net: F4) -> tuple[dict[str, npt.NDArray[np.generic]], int]:
    """Return the values of each column, shape (homes, values of the day), and how many clipped.

    A few homes at a time, so that what is being turned stays in the cache.
    """
    steps, homes = net.shape
    kind = np.int16 if plan.watts else np.float32
    found = {flow: np.empty((homes, steps // plan.per), kind) for flow in plan.flows}
    clipped = 0
    for first in range(0, homes, BLOCK):
        rows = slice(first, first + BLOCK)
        for flow, out in found.items():
            kw = _mean(flow_of(net[:, rows], flow), plan.per)
            if plan.watts:
                w = np.rint(kw * _TO_W)
                clipped += int(np.count_nonzero(np.abs(w) > MOST_W))
                kw = np.clip(w, -MOST_W, MOST_W)
            out[rows] = kw.T
    return {column(flow, watts=plan.watts): rows for flow, rows in found.items()}, clipped


def _mean(kw: F4, per: int) -> F4:
    """Return the means of so many steps each."""
    if per == 1:
        return kw
    mean: F4 = kw.reshape(-1, per, kw.shape[1]).mean(axis=1, dtype=np.float32)
    return mean


def _table(plan: Plan, columns: dict[str, npt.NDArray[np.generic]], homes: I8) -> "pa.Table":
    """Return the table: numbers of the homes, and a list of the day's values for each flow."""
    import pyarrow as pa  # noqa: PLC0415

    fields = [pa.field("home", pa.int32(), nullable=False)]
    arrays: list[Any] = [pa.array(homes.astype(np.int32))]
    for name, rows in columns.items():
        value = pa.field("element", pa.from_numpy_dtype(rows.dtype), nullable=False)
        kind = pa.list_(value, rows.shape[1])
        fields.append(pa.field(name, kind, nullable=False))
        arrays.append(pa.FixedSizeListArray.from_arrays(pa.array(rows.reshape(-1)), type=kind))
    return pa.Table.from_arrays(arrays, schema=pa.schema(fields))


def _put(table: "pa.Table", path: Path, plan: Plan) -> None:
    """Write a table beside its place and rename it.

    Row groups are small, so that one home is read with few others. Whole watts are stored as
    32 bits in parquet; split by bytes their empty halves vanish, and the rest shrinks by a fifth.
    """
    from pyarrow import parquet  # noqa: PLC0415

    encodings = {"home": "DELTA_BINARY_PACKED"}
    if plan.watts:
        values = [f"{name}.list.element" for name in table.column_names[1:]]
        encodings |= dict.fromkeys(values, "BYTE_STREAM_SPLIT")
    beside = path.with_name(f".{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with beside.open("wb") as out:
            parquet.write_table(
                table, out, row_group_size=_ROWS, compression="zstd", compression_level=_LEVEL,
                use_dictionary=False, column_encoding=encodings, write_statistics=["home"],
                write_page_checksum=True,
            )  # fmt: skip
        os.replace(beside, path)
    except OSError as error:
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)
        raise folders.unwritable(path, error) from error
