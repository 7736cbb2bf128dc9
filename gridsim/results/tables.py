"""Columns in parquet files, with a checksum for every page."""

from pathlib import Path
from typing import BinaryIO

import numpy as np

from gridsim.core.errors import DataError
from gridsim.results.columns import Columns

MOMENTS = frozenset({"time", "from", "until"})
"""Columns that are moments in UTC."""

# pyarrow is heavy and not needed to look at a summary, so it is imported inside the functions.


def write(out: BinaryIO, columns: Columns) -> None:
    """Write columns of equal length as a parquet file; those of ``MOMENTS`` are marked as UTC."""
    import pyarrow as pa  # noqa: PLC0415
    from pyarrow import parquet  # noqa: PLC0415

    arrays = {name: pa.array(column) for name, column in columns.items()}
    for name in MOMENTS & arrays.keys():
        arrays[name] = arrays[name].cast(pa.timestamp("ms", tz="UTC"))
    words = [name for name, array in arrays.items() if pa.types.is_string(array.type)]
    floats = [name for name, array in arrays.items() if pa.types.is_floating(array.type)]
    parquet.write_table(
        pa.table(arrays),
        out,
        compression="zstd",
        use_dictionary=words,
        use_byte_stream_split=floats,
        write_page_checksum=True,
    )


def read(path: Path) -> Columns:
    """Return the columns of a parquet file as they were written.

    Raises
    ------
    DataError
        If the file is missing or damaged.
    """
    import pyarrow as pa  # noqa: PLC0415
    from pyarrow import parquet  # noqa: PLC0415

    try:
        with parquet.ParquetFile(path, page_checksum_verification=True) as file:
            table = file.read()
    except (OSError, pa.ArrowException) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise DataError(f"{path}: cannot be read: {reason}") from error
    found = {}
    for name, column in zip(table.column_names, table.columns, strict=True):
        values = column.to_numpy()
        found[name] = values.astype(np.str_) if pa.types.is_string(column.type) else values
    return found
