"""Where compiled kernels are kept: a folder for each state of the sources that they are made of.

numba by itself notices a change in the file of a function but not in a file of a function it
calls; so the folder's name is a hash of all of them and of numba's version. Nothing heavy is
imported here: a command asks at once whether its kernels still have to be compiled.
"""

import hashlib
import os
import re
import tempfile
from functools import cache
from importlib import metadata
from pathlib import Path

import platformdirs

_PACKAGE = Path(__file__).resolve().parents[1]


def _compiler() -> str:
    """Return the version of numba."""
    return metadata.version("numba")


def sources_hash() -> str:
    """Return a short hash of what kernels are made of and of numba's version.

    That is every file with a kernel, what it imports from this package, what these import in
    turn, and the TOML files that they name: nothing else can be frozen into compiled code.
    """
    digest = hashlib.sha256(_compiler().encode())
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


@cache
def folder() -> str | None:
    """Return the folder of compiled kernels, None when there is nowhere to write."""
    base = os.environ.get("GRIDSIM_CACHE_DIR") or platformdirs.user_cache_dir("gridsim")
    place = Path(base) / f"kernels-{sources_hash()}"
    return str(place) if _writable(place) else None
