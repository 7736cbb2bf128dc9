"""A scenario as TOML again, every default written out, and the fingerprint of it."""

import datetime as dt
import hashlib
from collections.abc import Mapping
from pathlib import PurePath
from typing import Any

from pydantic import BaseModel

from gridsim.scenario import checks
from gridsim.scenario.models import Scenario

_HEAD = "# Resolved scenario: every default is written out.\n"
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\t": "\\t", "\r": "\\r", "\b": "\\b", "\f": "\\f"}


def dump(scenario: Scenario) -> str:
    """Return the scenario as TOML; loading it gives an equal scenario.

    What has no default (the overrides of the population's preset, for one) is left out. Files
    stand as they were resolved: ``data:`` references as written, other files by their full path
    when the scenario came from a file.
    """
    return _HEAD + _written(plain(scenario))


def fingerprint(scenario: Scenario) -> str:
    """Return the SHA-256 of the canonical form, 64 hexadecimal digits.

    Files count by their name, not by their folder, and the folder of the output not at all, so the
    same question has the same fingerprint on another machine and when its own dump is run again.
    """
    tables = plain(scenario)
    tables["output"].pop("folder", None)
    for path in checks.file_keys(tables):
        value = checks.held(tables, path)
        if not value.startswith("data:"):
            name = PurePath(value.replace("\\", "/")).name
            checks.held(tables, path[:-1])[path[-1]] = name
    return hashlib.sha256(_written(tables).encode()).hexdigest()


def plain(scenario: Scenario) -> dict[str, Any]:
    """Return the scenario as nested tables and lists, without what is not set."""
    tables: dict[str, Any] = plain_value(scenario)
    return tables


def plain_value(value: object) -> Any:
    """Return a record, mapping or sequence as tables and lists, anything else as it is."""
    if isinstance(value, BaseModel):
        pairs = ((name, getattr(value, name)) for name in type(value).model_fields)
        return {name: plain_value(held) for name, held in pairs if held is not None}
    if isinstance(value, Mapping):
        return {key: plain_value(held) for key, held in value.items()}
    if isinstance(value, list | tuple):
        return [plain_value(held) for held in value]
    return value


def quoted(value: str) -> str:
    """Return a text in quotes, over several lines when it has them."""
    lines = "\n" in value
    escaped = "".join(_character(one, lines) for one in value)
    return f'"""\n{escaped}"""' if lines else f'"{escaped}"'


def _written(tables: Mapping[str, Any]) -> str:
    """Return nested tables as TOML."""
    lines: list[str] = []
    _table(lines, (), tables)
    return "\n".join(lines).lstrip("\n") + "\n"


def _table(lines: list[str], path: tuple[str, ...], table: Mapping[str, Any]) -> None:
    """Append one table: its values first, then the tables in it."""
    inner = {key: held for key, held in table.items() if _own_header(held)}
    values = {key: held for key, held in table.items() if key not in inner}
    if path and values:
        lines += ["", f"[{'.'.join(path)}]"]
    lines += [f"{key} = {_value(held)}" for key, held in values.items()]
    for key, held in inner.items():
        _table(lines, (*path, key), held)


def _own_header(value: object) -> bool:
    """Tell whether a value stands under a header of its own rather than within a line."""
    if not isinstance(value, Mapping):
        return False
    short = "kind" in value and not any(isinstance(held, list | Mapping) for held in value.values())
    colour = set(value) == {"off_peak", "peak"}
    return not (short or colour)


def _value(value: object) -> str:
    """Return one value as TOML."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return quoted(value)
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{key} = {_value(held)}" for key, held in value.items()) + " }"
    if isinstance(value, list):
        tables = any(isinstance(held, Mapping) for held in value)
        items = [_value(held) for held in value]
        return "[\n  " + ",\n  ".join(items) + ",\n]" if tables else "[" + ", ".join(items) + "]"
    return repr(value)


def _character(one: str, lines: bool) -> str:
    """Return one character as it may stand in quotes."""
    if one in _ESCAPES:
        return _ESCAPES[one]
    if one == "\n" and lines:
        return one
    return f"\\u{ord(one):04x}" if ord(one) < 32 or ord(one) == 127 else one
