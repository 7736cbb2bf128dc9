"""The ``@kernel`` decorator: plain scalar Python that numba compiles and remembers.

The physics is written once as scalar functions. With ``NUMBA_DISABLE_JIT=1`` they run as ordinary
Python, which is how coverage and the textbook reader see them.

The cache folder is keyed by a hash of the sources that kernels are made of and of numba's version:
numba by itself notices a change in the file of a function but not in a file of a function it
calls. A folder that cannot be written leads to compiling in memory, never to an error.
"""

import hashlib
import os
import re
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import numba
import platformdirs
from numba.core import config

_PACKAGE = Path(__file__).resolve().parents[1]


def sources_hash() -> str:
    """Return a short hash of what kernels are made of and of numba's version.

    That is every file with a kernel, what it imports from this package, what these import in
    turn, and the TOML files that they name: nothing else can be frozen into compiled code.
    """
    digest = hashlib.sha256(numba.__version__.encode())
    for path in sorted(_sources()):
        digest.update(path.relative_to(_PACKAGE).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


_MARK = re.compile(r"^@(?:kernel\.)?kernel\b", re.MULTILINE)
_IMPORT = re.compile(r"^\s*(?:from ([\w.]+) )?import (\([^)]*\)|[^\n#]*)", re.MULTILINE)
_WORD = re.compile(r"[\w.]+")
_NUMBERS = re.compile(r"[\w.-]+\.toml")


def _sources() -> set[Path]:
    """Return the files that kernels are made of."""
    texts = {path: path.read_text("utf-8") for path in _PACKAGE.rglob("*.py")}
    numbers = list(_PACKAGE.rglob("*.toml"))
    found: set[Path] = set()
    ahead = [path for path, text in texts.items() if _MARK.search(text)]
    while ahead:
        path = ahead.pop()
        if path in found:
            continue
        found.add(path)
        ahead += [other for other in _imported(texts[path]) if other in texts]
        named = set(_NUMBERS.findall(texts[path]))
        found.update(file for file in numbers if file.name in named)
    return found


def _imported(text: str) -> list[Path]:
    """Return where the modules lie that a text imports from this package, if they are files."""
    places = []
    for origin, names in _IMPORT.findall(text):
        for name in _WORD.findall(names):
            parts = (f"{origin}.{name}" if origin else name).split(".")
            if parts[0] == _PACKAGE.name:
                folder = _PACKAGE.joinpath(*parts[1:])
                places += [folder.with_suffix(".py"), folder.parent.with_suffix(".py")]
    return places


def _writable(folder: Path) -> bool:
    """Tell whether files can be made in the folder, making it if need be."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return True
    except OSError:
        return False


def _cache_folder() -> str | None:
    """Return the folder for compiled kernels, or None when there is nowhere to write."""
    base = os.environ.get("GRIDSIM_CACHE_DIR") or platformdirs.user_cache_dir("gridsim")
    folder = Path(base) / f"kernels-{sources_hash()}"
    return str(folder) if _writable(folder) else None


_FOLDER = _cache_folder()


def cache_folder() -> str | None:
    """Return the folder of compiled kernels, None when there is nowhere to write."""
    return _FOLDER


def kernel(
    function: Callable[..., Any] | None = None, *, signature: Any = None
) -> Callable[..., Any]:
    """Compile a scalar function with numba: no Python objects, no lock, IEEE arithmetic as written.

    ``fastmath`` stays off so that results are the same bits on every CPU target and thread count.

    Parameters
    ----------
    function : callable
        Python function of scalars and arrays.
    signature : optional
        Of numba: what the arguments are turned into. For functions that are called with many
        kinds of integers, each of which would be compiled anew.
    """
    if function is None:
        return partial(kernel, signature=signature)
    wanted = [] if signature is None else [signature]
    before = config.CACHE_DIR
    config.CACHE_DIR = _FOLDER or ""
    try:
        return _compiled(function, wanted, _FOLDER is not None)
    except RuntimeError:  # a function typed at a prompt lies in no file: nothing to key a cache by
        return _compiled(function, wanted, False)
    finally:
        config.CACHE_DIR = before


def _compiled(function: Callable[..., Any], wanted: list[Any], keep: bool) -> Callable[..., Any]:
    """Hand a function to numba."""
    made: Callable[..., Any] = numba.njit(
        *wanted, cache=keep, nogil=True, error_model="numpy", no_cfunc_wrapper=True
    )(function)
    return made
