"""Mean net loads of the first homes by the hour: kept in any run in which something is called.

A row for each arm and home in one file, ``hourly.parquet``, which is there only if loads are kept.
"""

from pathlib import Path

import numpy as np

from gridsim.core.arrays import F4
from gridsim.core.clock import Clock, every
from gridsim.core.errors import DataError
from gridsim.results.results import Results

FILE = "hourly.parquet"
_NET = "net_kw"
_ROWS = 1024
"""Homes of a row group."""


def clock_of(results: Results) -> Clock:
    """Return the clock of the slots of ``results.hourly``: that of the run with longer steps.

    Raises
    ------
    ValueError
        If the run keeps no such loads.
    """
    if not results.hourly:
        raise ValueError("the run keeps no hourly loads: nothing is called in it")
    slots = len(next(iter(results.hourly.values())))
    return every(results.clock, results.clock.steps // slots)


def write(folder: Path, results: Results) -> list[Path]:
    """Write the kept loads into a run folder that is being built, and return the file, if any."""
    import pyarrow as pa  # noqa: PLC0415
    from pyarrow import parquet  # noqa: PLC0415

    if not results.hourly:
        return []
    path = folder / FILE
    slots = clock_of(results).steps
    fields = [("arm", pa.string()), ("home", pa.int64()), (_NET, pa.list_(pa.float32(), slots))]
    with parquet.ParquetWriter(
        path, pa.schema(fields), compression="zstd", write_page_checksum=True
    ) as out:
        for arm, kw in results.hourly.items():
            for first in range(0, kw.shape[1], _ROWS):
                rows = np.ascontiguousarray(kw[:, first : first + _ROWS].T)
                numbers = np.asarray(results.attributes["home"], np.int64)
                here = numbers[first : first + len(rows)]
                column = pa.FixedSizeListArray.from_arrays(pa.array(rows.reshape(-1)), slots)
                names = pa.array([arm] * len(rows))
                out.write_table(pa.table([names, pa.array(here), column], schema=out.schema))
    return [path]


def read(path: Path, results: Results) -> dict[str, F4]:
    """Return the kept loads of each arm, shape (slots, m) each; none if the file is not there.

    Raises
    ------
    DataError
        If the file is damaged or of another run.
    """
    import pyarrow as pa  # noqa: PLC0415
    from pyarrow import parquet  # noqa: PLC0415

    if not path.exists():
        return {}
    try:
        with parquet.ParquetFile(path, page_checksum_verification=True) as file:
            table = file.read().combine_chunks()
    except (OSError, pa.ArrowException) as error:
        raise DataError(f"{path}: cannot be read: {error}") from error
    slots = table.schema.field(_NET).type.list_size
    if slots < 1 or results.clock.steps % slots:
        raise DataError(f"{path}: holds slots that the clock of the run does not have")
    arms = table.column("arm").to_numpy()
    kw = table.column(_NET).chunk(0).flatten().to_numpy().reshape(-1, slots)
    return {
        arm.name: np.ascontiguousarray(kw[arms == arm.name].T)
        for arm in results.arms
        if (arms == arm.name).any()
    }
