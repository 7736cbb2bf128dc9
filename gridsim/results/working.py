"""Working folders: what a run that is not finished leaves behind, so that it can go on.

The run ``runs/city`` is worked on in ``runs/.running-city``, beside its place, and only what is
finished is ever called ``runs/city``. The working folder says in ``run.json`` what is being run; it
is locked while somebody works in it; it goes away once the run folder stands.
"""

import contextlib
import hashlib
import json
import os
import shutil
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gridsim.core.errors import DataError
from gridsim.results import folders, store

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

RUNNING = ".running-"
RUN = "run.json"
PARAMETERS = "parameters.toml"
_LOCK = "lock"
_MADE_BY = "gridsim, unfinished"
_PACKAGE = Path(__file__).resolve().parents[1]


@dataclass(frozen=True, slots=True)
class Working:
    """A run that is being worked on.

    Parameters
    ----------
    target : Path
        Where its run folder will stand.
    folder : Path
        Where it is worked on.
    facts : mapping
        What is being run, from ``run.json``.
    """

    target: Path
    folder: Path
    facts: Mapping[str, Any]

    @property
    def holds(self) -> bool:
        """Whether anything that was played is written down."""
        return any(self.folder.glob("part-*"))


def place_of(target: Path) -> Path:
    """Return the folder in which a run is worked on."""
    whole = Path(target).absolute()
    return whole.with_name(f"{RUNNING}{whole.name}")


def state_of_package() -> str:
    """Return a short hash of all that the package is made of: other code, other bits."""
    digest = hashlib.blake2b(digest_size=12)
    for path in sorted((*_PACKAGE.rglob("*.py"), *_PACKAGE.rglob("*.toml"))):
        digest.update(path.relative_to(_PACKAGE).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


@contextlib.contextmanager
def begin(
    target: Path, facts: Mapping[str, object], beside: Mapping[str, str]
) -> Iterator[Working]:
    """Begin to work on a run, and hold its working folder meanwhile.

    Parameters
    ----------
    target : Path
        Where its run folder will stand.
    facts : mapping
        What is being run, as JSON says it.
    beside : mapping of str to str
        More files to remember, by name.

    Raises
    ------
    DataError
        If somebody else works there, an unfinished run was left there, or it cannot be written.
    """
    folder = place_of(target)
    made = [above for above in folder.parents if not above.exists()]
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise folders.unwritable(target, error) from error
    with _without_empty(made), _held(folder, target):
        if (folder / RUN).exists() and any(folder.glob("part-*")):
            raise DataError(
                f"{target}: an unfinished run was left in {folder}: go on with"
                f" `gridsim run --resume {target}`, or remove that folder"
            )
        sums = {name: _sum(text.encode()) for name, text in beside.items()}
        told = {"made_by": _MADE_BY, "package": state_of_package(), "files": sums, **facts}
        try:
            _clear(folder)
            for name, text in beside.items():
                folders.replace_file(folder / name, text)
            folders.replace_file(folder / RUN, json.dumps(told, indent=2))
        except OSError as error:
            shutil.rmtree(folder, ignore_errors=True)
            raise folders.unwritable(target, error) from error
        with _leaving(Working(Path(target), folder, told)) as working:
            yield working


@contextlib.contextmanager
def _without_empty(made: list[Path]) -> Iterator[None]:
    """Remove folders that were made for a working folder, the inmost first, where nothing is left.

    A folder in which something lies cannot be removed, and stays.
    """
    try:
        yield
    finally:
        with contextlib.suppress(OSError):
            for folder in made:
                folder.rmdir()


@contextlib.contextmanager
def reopen(target: Path) -> Iterator[Working]:
    """Go on with a run that was not finished, and hold its working folder meanwhile.

    Parameters
    ----------
    target : Path
        Where its run folder will stand, or its working folder.

    Raises
    ------
    DataError
        If there is none, somebody else works there, it was begun by other code, or it is damaged.
    """
    asked = Path(target)
    if asked.name.startswith(RUNNING):
        asked = asked.with_name(asked.name.removeprefix(RUNNING))
    folder = place_of(asked)
    if not (folder / RUN).is_file():
        if store.is_run(asked):
            _remove_finished(folder, asked)
            raise DataError(f"{asked}: this run is finished; there is nothing to resume")
        raise DataError(f"{asked}: there is no unfinished run (looked for {folder})")
    with _held(folder, asked):
        facts = _facts(folder / RUN)
        if facts["package"] != state_of_package():
            raise DataError(
                f"{asked}: was begun by gridsim {facts.get('version')} in another state than this"
                f" one ({facts['package']}, not {state_of_package()}): going on would mix the two."
                f" Resume it with that one, or remove {folder} and run it anew"
            )
        _check_files(folder, facts)
        for left in folder.glob(f"{folders.PARTIAL}*"):
            left.unlink(missing_ok=True)
        with _leaving(Working(asked, folder, facts)) as working:
            yield working


def finish(working: Working) -> None:
    """Remove the working folder of a run whose run folder stands.

    What tells of an unfinished run goes first: if this is stopped half-way, the rest is rubbish.
    """
    (working.folder / RUN).unlink(missing_ok=True)
    shutil.rmtree(working.folder, ignore_errors=True)


def _remove_finished(folder: Path, target: Path) -> None:
    """Remove the rest of a working folder whose run is finished, if nobody works there."""
    if not folder.is_dir():
        return
    with contextlib.suppress(DataError), _held(folder, target):
        if not (folder / RUN).exists():
            shutil.rmtree(folder, ignore_errors=True)


def _clear(folder: Path) -> None:
    """Remove what was left in a working folder that one holds."""
    for path in folder.iterdir():
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        elif path.name != _LOCK:
            path.unlink(missing_ok=True)


@contextlib.contextmanager
def _leaving(working: Working) -> Iterator[Working]:
    """Remove a working folder in which nothing was written down when it is left."""
    try:
        yield working
    finally:
        if working.folder.exists() and not working.holds:
            shutil.rmtree(working.folder, ignore_errors=True)


def _facts(path: Path) -> dict[str, Any]:
    """Return what is being run.

    Raises
    ------
    DataError
        If the file is damaged.
    """
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise DataError(f"{path}: cannot be read: {folders.why(error)}") from error
    if not isinstance(found, dict) or found.get("made_by") != _MADE_BY or "package" not in found:
        raise DataError(f"{path}: does not tell of an unfinished run")
    return found


def _check_files(folder: Path, facts: Mapping[str, Any]) -> None:
    """Refuse to go on with files that are not those that were written beside ``run.json``."""
    sums = facts.get("files")
    for name, told in sums.items() if isinstance(sums, dict) else ():
        path = folder / name
        try:
            found = _sum(path.read_bytes())
        except OSError as error:
            raise DataError(f"{path}: cannot be read: {folders.why(error)}") from error
        if found != told:
            raise DataError(f"{path}: has changed since the run was begun: run it anew")


def _sum(content: bytes) -> str:
    """Return a short hash."""
    return hashlib.blake2b(content, digest_size=12).hexdigest()


@contextlib.contextmanager
def _held(folder: Path, target: Path) -> Iterator[None]:
    """Hold the lock of a working folder; the system lets go of it when the process ends.

    The file tells who holds it: what a process that was killed had not put in place can go.
    """
    path = folder / _LOCK
    try:
        lock = path.open("a+b")
    except OSError as error:
        raise folders.unwritable(target, error) from error
    with lock:
        try:
            lock.seek(0)
            # a file that its last holder has removed meanwhile is no lock
            if not _lock(lock.fileno()) or not os.path.samestat(
                os.fstat(lock.fileno()), path.stat()
            ):
                raise DataError(
                    f"{target}: another run is being written there at this moment; wait for it, or"
                    " choose another folder"
                )
            before = lock.read()
            if before.isdigit():
                folders.remove_left(target, int(before))
            lock.truncate(0)
            lock.write(str(os.getpid()).encode())
            lock.flush()
        except OSError as error:
            raise folders.unwritable(target, error) from error
        yield


def _lock(handle: int) -> bool:
    """Take the lock of an open file; tell whether it was free."""
    try:
        if sys.platform == "win32":
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    return True
