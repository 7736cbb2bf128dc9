"""Meter files as text: bytes, encodings, separators, and where the header stands."""

import csv
import gzip
import unicodedata
import zlib
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from gridsim.billing.mistakes import refusal
from gridsim.core.errors import DataError

_GZIP = b"\x1f\x8b"
_MARKS = {
    b"\xef\xbb\xbf": "utf-8-sig",
    b"\xff\xfe": "utf-16",
    b"\xfe\xff": "utf-16",
}
_NO_TEXT = {
    b"PK\x03\x04": "a spreadsheet or a zip archive; save or unpack it as CSV",
    b"\xd0\xcf\x11\xe0": "a spreadsheet; save it as CSV",
    b"%PDF": "a PDF; a file of numbers is needed",
}
_SEPARATORS = ";\t,"
_SEARCHED = 12  # lines in which the header is looked for; Enedis writes two lines before it
_MOMENTS = {"time", "timestamp", "datetime", "date", "start", "end", "begin", "from", "to"}
_ABOUT = {"utc", "gmt", "local", "interval", "period", "of"}


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file cut into cells.

    Parameters
    ----------
    header : tuple of str
        Names of the columns, as they stand there.
    line : int
        Line of the header.
    rows : tuple of (int, tuple of str)
        Line and cells of each row below; empty lines are left out.
    meta : dict of str to str
        What two lines above the header say: plain name to value (Enedis).
    separator : str
        Between cells.
    encoding : str
        How the bytes were read.
    """

    header: tuple[str, ...]
    line: int
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    meta: dict[str, str]
    separator: str
    encoding: str


def plain(name: str) -> str:
    """Return a column's name in lower case, without accents, words joined by one underscore."""
    bare = unicodedata.normalize("NFKD", name.casefold())
    kept = "".join(
        letter if letter.isalnum() else " " for letter in bare if not unicodedata.combining(letter)
    )
    return "_".join(kept.split())


def is_time(name: str) -> bool:
    """Tell whether a column is one of time, by its name."""
    words = plain(name).split("_")
    if words[0].startswith("horodat"):
        return True
    return bool(_MOMENTS & set(words)) and set(words) <= _MOMENTS | _ABOUT


def read(path: Path) -> Sheet:
    """Return the cells of a meter file, plain or gzip.

    Raises
    ------
    DataError
        If it is missing, empty, cut off, no text or without a header.
    """
    text, encoding = _decode(_bytes(path), str(path))
    lines = text.splitlines()
    at, separator = _header(lines, str(path))
    rows = _cells(lines, separator, str(path))
    meta: dict[str, str] = {}
    for (_, names), (line, values) in pairwise(rows):
        if line < at and len(names) > 1:
            meta.update(zip(map(plain, names), (value.strip() for value in values), strict=False))
    header = next(cells for line, cells in rows if line == at)
    below = tuple((line, cells) for line, cells in rows if line > at)
    if not below:
        raise DataError(f"{path}: there is a header in line {at}, but not one row below it")
    return Sheet(tuple(cell.strip() for cell in header), at, below, meta, separator, encoding)


def _bytes(path: Path) -> bytes:
    """Return what the file holds, unpacked."""
    try:
        raw = path.read_bytes()
        if raw.startswith(_GZIP):
            raw = gzip.decompress(raw)
    except FileNotFoundError:
        raise DataError(f"{path}: there is no such file") from None
    except (EOFError, zlib.error, gzip.BadGzipFile) as cut:
        raise DataError(
            f"{path}: the gzip file is cut off or damaged: half a file ({cut})"
        ) from cut
    except OSError as failed:
        raise DataError(f"{path}: cannot be read ({failed.strerror})") from failed
    if not raw.strip():
        raise DataError(f"{path}: the file is empty")
    for mark, what in _NO_TEXT.items():
        if raw.startswith(mark):
            raise DataError(f"{path}: is {what}")
    return raw


def _decode(raw: bytes, name: str) -> tuple[str, str]:
    """Return the text and how it was read: by its mark, as UTF-8, else as Windows-1252."""
    encoding = next((code for mark, code in _MARKS.items() if raw.startswith(mark)), None)
    if encoding is None and b"\0" in raw[:200]:
        encoding = "utf-16-le" if raw[1:2] == b"\0" else "utf-16-be"
    for code in (encoding,) if encoding else ("utf-8", "cp1252", "latin-1"):
        try:
            text = raw.decode(code)
        except UnicodeDecodeError as wrong:
            failed = wrong
            continue
        if "\0" in text:
            break
        if not text.strip():
            raise DataError(f"{name}: the file is empty")
        return text, code.removesuffix("-sig")
    else:
        raise DataError(f"{name}: is not {encoding} text from byte {failed.start} on: half a file?")
    raise DataError(f"{name}: is not text; a CSV file is needed")


def _header(lines: list[str], name: str) -> tuple[int, str]:
    """Return the line of the header and the separator that it shows."""
    for at, line in enumerate(lines[:_SEARCHED], start=1):
        separator = max(_SEPARATORS, key=line.count)
        cells = [cell.strip().strip('"') for cell in line.split(separator)]
        if any(is_time(cell) for cell in cells):
            if len(cells) > 1:
                return at, separator
            raise DataError(
                refusal(
                    name, at, f"the header is {line.strip()!r}: no ';', ',' or tab between columns"
                )
            )
    first = next(at for at, line in enumerate(lines, start=1) if line.strip())
    told = lines[first - 1].strip()
    why = "a header line is missing: " if told[:1].isdigit() else ""
    raise DataError(
        refusal(
            name, first,
            f"{why}no column of time is named in the first lines, which begin {told[:60]!r};"
            " a header such as time_utc,kwh or Horodate;Valeur is needed",
        )
    )  # fmt: skip


def _cells(lines: list[str], separator: str, name: str) -> tuple[tuple[int, tuple[str, ...]], ...]:
    """Return line and cells of each line that is not empty."""
    reader = csv.reader(lines, delimiter=separator, strict=True)
    try:
        return tuple(
            (reader.line_num, tuple(row)) for row in reader if any(cell.strip() for cell in row)
        )
    except csv.Error as wrong:
        raise DataError(
            refusal(name, reader.line_num, f"cannot be cut into cells ({wrong})")
        ) from wrong
