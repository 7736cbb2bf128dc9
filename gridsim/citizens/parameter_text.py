"""The text of a parameter file with some numbers changed, its comments and order kept."""

import re
from collections.abc import Mapping
from importlib.resources import files

_TABLE = re.compile(r"^\[([a-z_]+)\]\s*$")
_LINE = re.compile(r"^(?P<name>[a-z_]+) = (?P<value>.*)$")


def own_text() -> str:
    """Return the text of the package's own file."""
    return files("gridsim.citizens").joinpath("parameters.toml").read_text("utf-8")


def rewritten(text: str, changes: Mapping[str, float], note: str) -> str:
    """Return the text with numbers replaced, each under a comment that says where it is from.

    Parameters
    ----------
    text : str
        A file of parameters.
    changes : mapping of str to float
        ``{"routine.effort": 0.2, "traits.bother.0": 0.9}``.
    note : str
        One line for the comment.

    Raises
    ------
    ValueError
        If a number is not there.
    """
    left = dict(changes)
    table = ""
    told = []
    for line in text.splitlines():
        header, field = _TABLE.match(line), _LINE.match(line)
        table = header[1] if header else table
        mine = _of(left, f"{table}.{field['name']}") if field else {}
        if field and mine:
            told.append(f"# {' '.join(note.split())}; was {field['value']}")
            told.append(f"{field['name']} = {_value(field['value'], mine)}")
            left = {name: value for name, value in left.items() if name not in mine}
        else:
            told.append(line)
    if left:
        raise ValueError(f"the file of parameters has no {', '.join(left)}")
    return "\n".join(told) + "\n"


def _of(changes: Mapping[str, float], name: str) -> dict[str, float]:
    """Return the changes to one line: to its number, or to places of its list."""
    return {
        key: value
        for key, value in changes.items()
        if key == name or (key.rpartition(".")[0] == name and key.rpartition(".")[2].isdigit())
    }


def _value(written: str, changes: Mapping[str, float]) -> str:
    """Return what stands after the equals sign, with its numbers changed."""
    if not written.startswith("["):
        return f"{next(iter(changes.values())):.6g}"
    parts = [part.strip() for part in written.strip("[] ").split(",")]
    for name, value in changes.items():
        parts[int(name.rpartition(".")[2])] = f"{value:.6g}"
    return f"[{', '.join(parts)}]"
