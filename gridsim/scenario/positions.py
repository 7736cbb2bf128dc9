"""Where each key and each value of a TOML text stands, so that a mistake can be pointed at.

tomllib gives values without positions. This scanner runs after tomllib has accepted the text, so it
may take the grammar for granted; it only has to find the way, not to judge.
"""

import re
import tomllib
from dataclasses import dataclass, field
from typing import TypeAlias

Path: TypeAlias = tuple[str | int, ...]
"""Keys and array indices from the root: ``("arms", "tempo", "tariff", "rates", 0)``."""

_SPACE = re.compile(r"(?:[ \t\n]|#[^\n]*)*")
_BLANK = re.compile(r"[ \t]*")
_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
_STRING = re.compile(
    r'"""(?:[^"\\]|\\.|"{1,2}(?!"))*"{3,5}'  # ends with up to two quotes of its own
    r"|'''(?:[^']|'{1,2}(?!'))*'{3,5}"
    r'|"(?:[^"\\\n]|\\.)*"'
    r"|'[^'\n]*'",
    re.DOTALL,
)
_SCALAR = re.compile(r"[^,\]}#\n]*")


@dataclass(frozen=True, slots=True)
class Mark:
    """A place in the text, both counted from 1.

    Parameters
    ----------
    line, column : int
        Line, and character within it.
    """

    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Positions:
    """Where the keys and values of a text stand.

    Parameters
    ----------
    keys : dict of Path to Mark
        Last part of the key that defines the path (the header, for a table).
    values : dict of Path to Mark
        First character of the value; of the header's key, for a table.
    again : tuple of (Path, Mark, Mark)
        Keys written more than once, with the first and the later place; tomllib refuses them,
        so this is only filled when a refused text is scanned up to the refusal.
    """

    keys: dict[Path, Mark]
    values: dict[Path, Mark]
    again: tuple[tuple[Path, Mark, Mark], ...] = ()

    def of_key(self, path: Path) -> Mark:
        """Return where a key stands, or the nearest table around it."""
        return _nearest(self.keys, path)

    def of_value(self, path: Path) -> Mark:
        """Return where a value stands, or the nearest table around it."""
        return _nearest(self.values, path)


@dataclass(slots=True)
class _Scan:
    """What the scan has found so far."""

    text: str
    keys: dict[Path, int] = field(default_factory=dict)
    values: dict[Path, int] = field(default_factory=dict)
    sizes: dict[Path, int] = field(default_factory=dict)
    said: dict[Path, int] = field(default_factory=dict)
    again: list[tuple[Path, int, int]] = field(default_factory=list)


def find(text: str) -> Positions:
    """Return the positions of every key, table and value of a text that tomllib accepts.

    Parameters
    ----------
    text : str
        The TOML text. Both kinds of line ends count as one line.
    """
    scan = _scan(text)
    starts = [0, *(found.end() for found in re.finditer("\n", scan.text))]
    keys = {path: _mark(starts, at) for path, at in scan.keys.items()}
    values = {path: _mark(starts, at) for path, at in scan.values.items()}
    again = tuple((path, _mark(starts, a), _mark(starts, b)) for path, a, b in scan.again)
    return Positions(keys, values, again)


def replaced(text: str, values: dict[Path, str]) -> str:
    """Return the text with other values, each already TOML; what it does not hold stays out.

    Parameters
    ----------
    text : str
        A TOML text that tomllib accepts; its line ends become plain ones.
    values : dict of Path to str
        New values by path.
    """
    scan = _scan(text)
    plain = scan.text
    known = [(scan.values[path], value) for path, value in values.items() if path in scan.said]
    for start, value in sorted(known, reverse=True):
        end = _value(_Scan(plain), start, ())
        kept = plain[start:end]
        plain = plain[:start] + value + kept[len(kept.rstrip()) :] + plain[end:]
    return plain


def split_key(text: str) -> tuple[str, ...]:
    """Return the parts of a dotted key: ``'arms."my arm".label'`` has three.

    Raises
    ------
    ValueError
        If the text is not one key.
    """
    parts, end = _key(text, _BLANK.match(text).end())  # type: ignore[union-attr]
    if end != len(text) or any(not part and text[at:][:1] not in ('"', "'") for part, at in parts):
        raise ValueError(f"not a key: {text!r}")
    return tuple(part for part, _ in parts)


def _scan(text: str) -> _Scan:
    """Go through the whole text."""
    scan = _Scan(text.replace("\r\n", "\n"))
    at = _skip(scan, 0)
    here: Path = ()
    while at < len(scan.text):
        if scan.text[at] == "[":
            here, at = _header(scan, at)
        else:
            at = _pair(scan, at, here)
        at = _skip(scan, at)
    return scan


def _nearest(marks: dict[Path, Mark], path: Path) -> Mark:
    """Return the mark of the path, or of the closest table or array that holds it."""
    while path and path not in marks:
        path = path[:-1]
    return marks.get(path, Mark(1, 1))


def _mark(starts: list[int], at: int) -> Mark:
    """Return line and column of an offset."""
    low, high = 0, len(starts)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if starts[middle] <= at else (low, middle)
    return Mark(low + 1, at - starts[low] + 1)


def _skip(scan: _Scan, at: int) -> int:
    """Return the offset after spaces, line ends and comments."""
    return _SPACE.match(scan.text, at).end()  # type: ignore[union-attr]


def _key(text: str, at: int) -> tuple[list[tuple[str, int]], int]:
    """Read a dotted key: its parts with their offsets, and the offset after it."""
    parts = []
    while True:
        quoted = _STRING.match(text, at)
        if quoted:
            parts.append((tomllib.loads(f"k = {quoted[0]}")["k"], at))
            at = quoted.end()
        else:
            bare = _BARE_KEY.match(text, at)
            parts.append((bare[0] if bare else "", at))
            at = bare.end() if bare else at
        at = _BLANK.match(text, at).end()  # type: ignore[union-attr]
        if text[at : at + 1] != ".":
            return parts, at
        at = _BLANK.match(text, at + 1).end()  # type: ignore[union-attr]


def _header(scan: _Scan, at: int) -> tuple[Path, int]:
    """Read ``[table]`` or ``[[array of tables]]``: its path, and the offset after it."""
    many = scan.text.startswith("[[", at)
    at = _BLANK.match(scan.text, at + 1 + many).end()  # type: ignore[union-attr]
    parts, at = _key(scan.text, at)
    path: Path = ()
    for number, (part, start) in enumerate(parts, start=1):
        path = (*path, part)
        last = number == len(parts)
        if last and not many:
            _say(scan, path, start)
            scan.keys[path] = scan.values[path] = start
        _keep(scan, path, start, start)
        if last and many:
            scan.sizes[path] = scan.sizes.get(path, 0) + 1
        if path in scan.sizes:
            path = (*path, scan.sizes[path] - 1)
            _keep(scan, path, start, start)
    return path, at + 1 + many


def _pair(scan: _Scan, at: int, here: Path) -> int:
    """Read ``key = value``; return the offset after it."""
    parts, at = _key(scan.text, at)
    path = here
    for part, start in parts:
        path = (*path, part)
        _keep(scan, path, start, start)
    start = parts[-1][1]
    _say(scan, path, start)
    at = _skip(scan, at + 1)  # the equals sign
    scan.values[path] = at
    return _value(scan, at, path)


def _value(scan: _Scan, at: int, path: Path) -> int:
    """Read a value of any kind; return the offset after it."""
    opening = scan.text[at : at + 1]
    if opening == "[":
        return _array(scan, at, path)
    if opening == "{":
        return _inline(scan, at, path)
    found = _STRING.match(scan.text, at) or _SCALAR.match(scan.text, at)
    return max(found.end(), at + 1)  # type: ignore[union-attr]


def _array(scan: _Scan, at: int, path: Path) -> int:
    """Read ``[a, b]``; return the offset after it."""
    at = _skip(scan, at + 1)
    number = 0
    while at < len(scan.text) and scan.text[at] != "]":
        _keep(scan, (*path, number), at, at)
        at = _after(scan, _value(scan, at, (*path, number)))
        number += 1
    return at + 1


def _inline(scan: _Scan, at: int, path: Path) -> int:
    """Read ``{a = 1, b = 2}``; return the offset after it."""
    at = _skip(scan, at + 1)
    while at < len(scan.text) and scan.text[at] != "}":
        at = _after(scan, _pair(scan, at, path))
    return at + 1


def _after(scan: _Scan, at: int) -> int:
    """Return the offset of the next element, past a comma if there is one."""
    at = _skip(scan, at)
    return _skip(scan, at + 1) if scan.text[at : at + 1] == "," else at


def _keep(scan: _Scan, path: Path, key: int, value: int) -> None:
    """Note where a path stands unless it is known."""
    scan.keys.setdefault(path, key)
    scan.values.setdefault(path, value)


def _say(scan: _Scan, path: Path, at: int) -> None:
    """Note that a path is defined here, and whether it had been before."""
    if path in scan.said:
        scan.again.append((path, scan.said[path], at))
    scan.said.setdefault(path, at)
