"""Where compiled kernels are kept: a folder for each state of the sources that they are made of.

numba by itself notices a change in the file of a function but not in a file of a function it
calls; so the folder's name is a hash of all of them, and of whatever else compiled code depends on:
the versions of Python, numba, llvmlite and numpy, numba's settings, and the processor. Nothing
heavy is imported here: a command asks at once whether its kernels still have to be compiled.
"""

import contextlib
import hashlib
import os
import platform
import re
import shutil
import sys
import tempfile
import time
from functools import cache
from importlib import metadata
from pathlib import Path

import platformdirs

KEPT = 4
"""Folders of other states that stay however long they have not been used; assumed."""
UNUSED_S = 7 * 86_400.0
"""Others go when no process has begun to use them for so long: a week, assumed. [s]"""

_PACKAGE = Path(__file__).resolve().parents[1]
_NAME = "kernels-"
_GONE = "removed-"
_LIBRARIES = ("numba", "llvmlite", "numpy")
_NO_CODE = ("NUMBA_CACHE", "NUMBA_DISABLE_JIT", "NUMBA_NUM_THREADS", "NUMBA_THREADING")
"""Settings of numba, by their beginnings, that change no compiled code."""
_TELLING = (
    "vendor_id", "cpu family", "model", "flags", "features",
    "cpu implementer", "cpu architecture", "cpu variant", "cpu part",
)  # fmt: skip
"""Beginnings of the lines in which Linux tells what a processor can do."""


def _compiler() -> str:
    """Return the versions of what compiles and its settings."""
    versions = [f"{name} {metadata.version(name)}" for name in _LIBRARIES]
    settings = [
        f"{name}={value}"
        for name, value in sorted(os.environ.items())
        if name.startswith("NUMBA_") and not name.startswith(_NO_CODE)
    ]
    return "\n".join([str(sys.implementation.cache_tag), *versions, *settings])


def _processor() -> str:
    """Return what tells this kind of processor from others that may share the folder."""
    told = [platform.system(), platform.machine(), platform.processor()]
    with contextlib.suppress(OSError), Path("/proc/cpuinfo").open(encoding="utf-8") as lines:
        for line in lines:
            if not line.strip():
                break  # the others are of the same kind
            if line.lower().startswith(_TELLING):
                told.append(line)
    return "\n".join(told)


def sources_hash() -> str:
    """Return a short hash of what kernels are made of and of what compiles them for what.

    That is every file with a kernel, what it imports from this package, what these import in
    turn, and the TOML files that they name: nothing else can be frozen into compiled code.
    """
    return _hash(_sources())


def _hash(sources: frozenset[Path]) -> str:
    """Return a short hash of files, of what compiles them and for what."""
    digest = hashlib.sha256(f"{_compiler()}\n{_processor()}".encode())
    for path in sorted(sources):
        digest.update(path.relative_to(_PACKAGE).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def answers_for(file: str) -> bool:
    """Tell whether a file is one of the sources that the hash is made of."""
    return Path(file).resolve() in _answered()


@cache
def _answered() -> frozenset[Path]:
    """Return the sources as they were when this process first asked."""
    return _sources()


_MARK = re.compile(r"^@(?:kernel\.)?kernel\b", re.MULTILINE)
_IMPORT = re.compile(r"^\s*(?:from ([\w.]+) )?import (\([^)]*\)|[^\n#]*)", re.MULTILINE)
_WORD = re.compile(r"[\w.]+")
_NUMBERS = re.compile(r"[\w.-]+\.toml")


def _sources() -> frozenset[Path]:
    """Return the files that kernels are made of."""
    texts = {str(path): path.read_text("utf-8") for path in _PACKAGE.rglob("*.py")}
    numbers: dict[str, set[str]] = {}
    for file in _PACKAGE.rglob("*.toml"):
        numbers.setdefault(file.name, set()).add(str(file))
    found: set[str] = set()
    ahead = [path for path, text in texts.items() if _MARK.search(text)]
    while ahead:
        path = ahead.pop()
        if path in found:
            continue
        found.add(path)
        text = texts[path]
        ahead += [place for name in _imported(text) for place in _places(name) if place in texts]
        if ".toml" in text:
            found = found.union(*(numbers.get(name, ()) for name in _NUMBERS.findall(text)))
    return frozenset(map(Path, found))


def _imported(text: str) -> set[str]:
    """Return the dotted names that a text imports from this package, and perhaps others."""
    ours = _PACKAGE.name
    return {
        f"{origin}.{name}" if origin else name
        for origin, names in _IMPORT.findall(text)
        if ours in (origin or names)
        for name in _WORD.findall(names)
    }


def _places(name: str) -> list[str]:
    """Return where the module of a dotted name, or of what it lies in, would be a file."""
    first, *parts = name.split(".")
    if first != _PACKAGE.name:
        return []
    rooms = [os.path.join(_PACKAGE, *parts[:depth]) for depth in range(len(parts) + 1)]
    own = [f"{room}.py" for room in rooms[-2:]]
    return own + [os.path.join(room, "__init__.py") for room in rooms]


def _writable(folder: Path) -> bool:
    """Tell whether files can be made in the folder, making it if need be."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return True
    except OSError:
        return False


@cache
def folder() -> str | None:
    """Return the folder of compiled kernels, None when there is nowhere to write."""
    base = _base()
    if base is None:
        return None
    place = base / f"{_NAME}{_hash(_answered())}"
    if not _writable(place):
        return None
    with contextlib.suppress(OSError):
        os.utime(place)  # it is in use
    return str(place)


def _base() -> Path | None:
    """Return the folder of all states, None where there is no home to keep it in."""
    said = os.environ.get("GRIDSIM_CACHE_DIR") or platformdirs.user_cache_dir("gridsim")
    return None if said.startswith("~") else Path(said)


def prune() -> None:
    """Remove the folders of earlier states, but for the last few and all that were used lately.

    A process that still works with a folder that goes compiles in memory what it has not loaded.
    """
    base, own = _base(), folder()
    if base is None or own is None:
        return
    with contextlib.suppress(OSError):
        others = [place for place in base.glob(f"{_NAME}*") if place != Path(own)]
        old = sorted(((place.stat().st_mtime, place) for place in others), reverse=True)[KEPT:]
        for used, place in old:
            if time.time() - used > UNUSED_S:
                place.rename(base / f"{_GONE}{place.name}-{os.getpid()}")
    for place in base.glob(f"{_GONE}*"):
        shutil.rmtree(place, ignore_errors=True)
