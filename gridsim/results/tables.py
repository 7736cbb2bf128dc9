"""Columns in parquet files, with a checksum for every page."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
import numpy.typing as npt

from gridsim.core.errors import DataError
from gridsim.results import kinds
from gridsim.results.columns import Columns

MOMENTS = frozenset({"time", "from", "until"})
"""Columns that are moments in UTC."""

# pyarrow is heavy and not needed to look at a summary, so it is imported inside the functions.


def write(out: BinaryIO, parts: Iterable[Columns]) -> None:
    """Write columns of equal length as a parquet file; those of ``MOMENTS`` are marked as UTC.

    Parameters
    ----------
    out : file
        Where to, open for writing.
    parts : iterable of Columns
        The same columns in each, at least one part; each becomes a row group, so that no more
        than one of them need be held.
    """
    from pyarrow import parquet  # noqa: PLC0415

    writer = None
    try:
        for part in parts:
            table = _table(part)
            if writer is None:
                writer = parquet.ParquetWriter(out, table.schema, **_options(table.schema))
            writer.write_table(table)
    finally:
        if writer is not None:
            writer.close()


def _table(columns: Columns) -> Any:
    """Return columns as a table of pyarrow."""
    import pyarrow as pa  # noqa: PLC0415

    arrays = {name: _column(column) for name, column in columns.items()}
    for name in MOMENTS & arrays.keys():
        arrays[name] = arrays[name].cast(pa.timestamp("ms", tz="UTC"))
    return pa.table(arrays)


def _column(values: npt.NDArray[Any]) -> Any:
    """Return a column of pyarrow; words of few kinds are turned into its text once for a kind."""
    import pyarrow as pa  # noqa: PLC0415

    found = kinds.few(values)
    if found is None:
        return pa.array(values)
    words, codes = found
    return pa.DictionaryArray.from_arrays(pa.array(codes), pa.array(words)).cast(pa.string())


def _options(schema: Any) -> dict[str, Any]:
    """Return how a table of a schema is written."""
    import pyarrow as pa  # noqa: PLC0415

    return {
        "compression": "zstd",
        "use_dictionary": [field.name for field in schema if pa.types.is_string(field.type)],
        "use_byte_stream_split": [
            field.name for field in schema if pa.types.is_floating(field.type)
        ],
        "write_page_checksum": True,
    }


def read(path: Path) -> Columns:
    """Return the columns of a parquet file as they were written.

    Each column is read by itself, so that memory holds the columns and little more.

    Raises
    ------
    DataError
        If the file is missing or damaged.
    """
    import pyarrow as pa  # noqa: PLC0415
    from pyarrow import parquet  # noqa: PLC0415

    try:
        with parquet.ParquetFile(path, page_checksum_verification=True) as file:
            names = file.schema_arrow.names
            return {name: _plain(file.read(columns=[name]).column(name)) for name in names}
    except (OSError, pa.ArrowException) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise DataError(f"{path}: cannot be read: {reason}") from error


def _plain(column: Any) -> npt.NDArray[Any]:
    """Return a column of pyarrow as an array of its own; words by way of the few there are."""
    import pyarrow as pa  # noqa: PLC0415

    if not pa.types.is_string(column.type):
        pieces = [piece.to_numpy(zero_copy_only=False) for piece in column.chunks]
        return np.concatenate(pieces) if pieces else np.asarray(column.to_numpy())
    pieces = column.dictionary_encode().unify_dictionaries().chunks
    if not pieces:
        return np.empty(0, np.str_)
    words: npt.NDArray[Any] = np.array(pieces[0].dictionary.to_pylist(), np.str_)
    codes = np.concatenate([piece.indices.to_numpy() for piece in pieces])
    return np.asarray(words[codes])
