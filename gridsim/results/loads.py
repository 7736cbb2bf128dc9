"""Loads of every home: a file for each arm and local day, a row for each home.

One fixed-size list of float32 a row is read and written several times faster than a tidy table
and takes less room; a day is the unit in which a long run can be written and read.
"""

from itertools import pairwise
from pathlib import Path

import numpy as np

from gridsim.core.arrays import F4, I8
from gridsim.core.clock import Clock, date_of
from gridsim.core.errors import DataError
from gridsim.results.results import Results

FOLDER = "profiles"
"""Folder of the loads inside a run folder: ``profiles/<arm>/<date>.parquet``."""
_NET = "net_kw"


def write(folder: Path, results: Results) -> list[Path]:
    """Write the loads of every arm below a folder, and return the files.

    Parameters
    ----------
    folder : Path
        The run folder that is being built.
    results : Results
        With ``loads``, shape (t, n) each; nothing is written without them.
    """
    import pyarrow as pa  # noqa: PLC0415
    import pyarrow.parquet as pq  # noqa: PLC0415

    made = []
    numbers = pa.array(np.asarray(results.attributes["home"], dtype=np.int64))
    for arm, loads in results.loads.items():
        below = folder / FOLDER / arm
        below.mkdir(parents=True)
        for first, last, name in _days(results.clock):
            rows = np.ascontiguousarray(loads[first:last].T)
            flat = pa.array(rows.reshape(-1))
            column = pa.FixedSizeListArray.from_arrays(flat, last - first)
            start = str(results.clock.times[first])
            meta = {"start_utc": start, "step_s": str(results.clock.step_s), "unit": "kW"}
            table = pa.table({"home": numbers, _NET: column}).replace_schema_metadata(meta)
            path = below / f"{name}.parquet"
            pq.write_table(table, path, compression="zstd")
            made.append(path)
    return made


def read(folder: Path, arm: str, date: str) -> tuple[I8, F4]:
    """Return numbers of the homes (n,) and their net load over one local day, (n, steps). [kW]

    Parameters
    ----------
    folder : Path
        A run folder.
    arm, date : str
        Which arm, and which local date, ``YYYY-MM-DD``.

    Raises
    ------
    DataError
        If the run kept no such loads, or the file is damaged.
    """
    import pyarrow as pa  # noqa: PLC0415
    import pyarrow.parquet as pq  # noqa: PLC0415

    path = folder / FOLDER / arm / f"{date}.parquet"
    try:
        table = pq.read_table(path).combine_chunks()
    except (OSError, pa.ArrowException) as error:
        told = f"{path}: no loads to read: {error}; a run keeps them with [output] profiles = true"
        raise DataError(told) from error
    homes = table.column("home").to_numpy()
    column = table.column(_NET).chunk(0)
    return homes, column.flatten().to_numpy().reshape(len(homes), -1)


def _days(clock: Clock) -> list[tuple[int, int, str]]:
    """Return first step, step after the last and date of each local day."""
    cuts = np.flatnonzero(np.diff(clock.local_day)) + 1
    edges = [0, *(int(cut) for cut in cuts), clock.steps]
    return [
        (first, last, str(date_of(int(clock.local_day[first])))) for first, last in pairwise(edges)
    ]
