"""Shelves: what numba made of a function is put into a file and found there by the next process.

numba can do that by itself, with three gaps. It finds files by the path and the time of a source,
so a copy or a fresh checkout of the same sources is compiled again. Two processes that compile a
function for different arguments may write each other's file. And a file that a power cut left
half-written ends the program. Here the folder answers for the state of the sources (see
:mod:`gridsim.core.cache`); a file is named for function, arguments and processor, is renamed into
place when it is whole, and carries a checksum: what does not agree with it is not there.
"""

import contextlib
import hashlib
import os
import pickle
import tempfile
from pathlib import Path
from typing import Any

from numba.core.serialize import dumps

from gridsim.core.pipeline import rebuilt

_SUFFIX = ".kernel"
_DIGEST = 32  # bytes of a SHA-256


class Shelf:
    """Where the compiled forms of one function are kept; asked by its numba dispatcher.

    The names of the methods are numba's.

    Parameters
    ----------
    folder : Path
        The folder of this state of the sources.
    name : str
        Of the function and the way it is compiled, as no other of the package.
    """

    def __init__(self, folder: Path, name: str) -> None:
        self.cache_path = str(folder)
        self._folder = folder
        self._name = name

    def load_overload(self, sig: Any, target_context: Any) -> Any:
        """Return what was compiled for these arguments, None if it is not here."""
        whole = _read(self._place(sig, target_context.codegen()))
        if whole is None:
            return None
        target_context.refresh()
        kept, parts = pickle.loads(whole)
        return rebuilt(target_context, parts) if kept == sig else None

    def save_overload(self, sig: Any, data: Any) -> None:
        """Keep what was compiled for these arguments; where that cannot be, do without."""
        if data.library.has_dynamic_globals or any(not one.can_cache for one in data.lifted):
            return
        parts = data._replace(type_annotation="")._reduce()  # words for people: slow to write
        with contextlib.suppress(OSError):
            _write(self._place(sig, data.codegen), dumps((sig, parts)))

    def flush(self) -> None:
        """Forget nothing: a change of the sources has another folder."""

    def _place(self, sig: Any, codegen: Any) -> Path:
        """Return the file for these arguments on this processor."""
        told = repr((sig, codegen.magic_tuple())).encode()
        return self._folder / f"{self._name}-{hashlib.sha256(told).hexdigest()[:16]}{_SUFFIX}"


def _read(place: Path) -> bytes | None:
    """Return what a file holds, None if there is none or it is not whole."""
    try:
        found = place.read_bytes()
    except OSError:
        return None
    told, held = found[:_DIGEST], found[_DIGEST:]
    return held if hashlib.sha256(held).digest() == told else None


def _write(place: Path, held: bytes) -> None:
    """Write a file with its checksum beside its place and rename it."""
    with tempfile.NamedTemporaryFile(dir=place.parent, suffix=".tmp", delete=False) as beside:
        try:
            beside.write(hashlib.sha256(held).digest() + held)
            beside.close()
            os.replace(beside.name, place)
        except OSError:
            with contextlib.suppress(OSError):
                os.unlink(beside.name)
            raise
