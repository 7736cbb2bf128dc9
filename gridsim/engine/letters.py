"""Letters: what goes to a worker on another machine, packed once and opened where it is played.

A letter holds the case with every file of the scenario read, and what a library user added, as one
pickle. So workers need none of the user's files, and what was resolved once cannot be resolved
otherwise elsewhere. Arrays lie within the pickle: those that dask would set beside it may come out
read-only, for which kernels are compiled once more. It is a message between two processes of one
version, which the mark on it ensures; nothing of it is kept.
"""

import hashlib
import pickle
from dataclasses import dataclass
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Any

from gridsim.core.errors import DataError

_PACKAGE = Path(__file__).resolve().parents[1]
_MADE_OF = {".py", ".toml", ".csv"}
_LIBRARIES = ("numpy", "numba", "scipy", "pvlib", "simpy")


@dataclass(frozen=True, slots=True)
class Letter:
    """What a worker needs.

    Parameters
    ----------
    mark : str
        Of the sources and libraries that packed it, see :func:`mark`.
    content : bytes
        What is in it, pickled.
    """

    mark: str
    content: bytes


def pack(content: Any) -> Letter:
    """Return a letter; functions and agents of a script or notebook travel with it."""
    import cloudpickle  # noqa: PLC0415  (comes with dask)

    return Letter(mark(), cloudpickle.dumps(content, protocol=pickle.HIGHEST_PROTOCOL))


def same(letter: Letter) -> Letter:
    """Return a letter as it is: the task that keeps it."""
    return letter


def unpack(letter: Letter) -> Any:
    """Return what is in a letter.

    Raises
    ------
    DataError
        If it was packed by other sources or libraries: results could be other bits.
    """
    if letter.mark != mark():
        raise DataError(
            "a worker has another version of gridsim or its libraries than this machine: "
            f"{_differing(letter.mark, mark())}; install the same on both"
        )
    return pickle.loads(letter.content)


@cache
def mark() -> str:
    """Return of which sources and libraries results are made here, as words."""
    digest = hashlib.sha256()
    for path in sorted(_PACKAGE.rglob("*")):
        if path.suffix in _MADE_OF:
            digest.update(path.relative_to(_PACKAGE).as_posix().encode())
            digest.update(path.read_bytes())
    found = [f"gridsim-{digest.hexdigest()[:16]}"]
    found += [f"{name}-{metadata.version(name)}" for name in _LIBRARIES]
    return " ".join(found)


def _differing(one: str, other: str) -> str:
    """Return in which words two marks differ."""
    pairs = zip(one.split(), other.split(), strict=True)
    return ", ".join(f"{here} and {there}" for here, there in pairs if here != there)
