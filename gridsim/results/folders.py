"""Folders that are whole or not there: built beside their place, then renamed.

A folder under construction is called ``.partial-<name>-...``; a process that is killed may
leave one behind, and it is never taken for a finished one. While a folder is replaced, the old one
is called ``.replaced-<name>-...`` for the moment between two renames: at no time are both lost.
"""

import glob
import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from gridsim.core.errors import DataError

PARTIAL = ".partial-"
REPLACED = ".replaced-"


def make(folder: Path, fill: Callable[[Path], None]) -> Path:
    """Let ``fill`` write into a new folder, put it in place of an older one, and return its path.

    Whether the older one may be replaced is for the caller to ask.

    Parameters
    ----------
    folder : Path
        Where it is to stand.
    fill : callable
        Writes every file into the folder that it is given.

    Raises
    ------
    DataError
        If the folder cannot be written; nothing is left then, and an older one stands as it was.
    """
    target = Path(folder).resolve()
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        built = new_beside(target, PARTIAL)
    except OSError as error:
        raise unwritable(folder, error) from error
    try:
        fill(built)
        sync_folder(built)
        _put(built, target)
    except OSError as error:
        shutil.rmtree(built, ignore_errors=True)
        raise unwritable(folder, error) from error
    except BaseException:
        shutil.rmtree(built, ignore_errors=True)
        raise
    return target


def replace_file(path: Path, text: str) -> None:
    """Write a file of text beside its place and rename it: whole or not at all.

    Raises
    ------
    OSError
        If it cannot be written.
    """
    replace(path, lambda out: _write_all(out, text.encode()))


def replace(path: Path, fill: Callable[[BinaryIO], None]) -> None:
    """Let ``fill`` write a file beside its place, wait for the disk and rename it.

    Under construction it is called ``.partial-<name>-...``; a process that is killed may leave one
    behind.

    Raises
    ------
    OSError
        If it cannot be written; nothing is left then, and an older file stands as it was.
    """
    out = _new_file_beside(path)
    beside = Path(out.name)
    try:
        with out:
            fill(out)
            sync(out)
        beside.replace(path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def _write_all(out: BinaryIO, content: bytes) -> None:
    """Write everything into an open file."""
    out.write(content)


def _new_file_beside(path: Path) -> BinaryIO:
    """Open a new file beside a path; its name carries the process and a number."""
    number = 0
    while True:
        try:
            return _beside(path, PARTIAL, os.getpid(), number).open("xb")
        except FileExistsError:
            number += 1


def _beside(path: Path, prefix: str, process: int, number: int) -> Path:
    """Return what a process calls something beside a path while it is under construction."""
    return path.with_name(f"{prefix}{path.name}-{process}-{number}")


def remove_left(target: Path, process: int) -> None:
    """Remove what a process that is no more left beside a target, if it left anything.

    That is what it built and had not put in place, and the older folder that it was replacing, if
    the new one stands.

    Parameters
    ----------
    target : Path
        What was being written.
    process : int
        Number of the process.
    """
    whole = Path(target).resolve()
    prefixes = (PARTIAL, REPLACED) if whole.exists() else (PARTIAL,)
    for prefix in prefixes:
        for left in whole.parent.glob(f"{glob.escape(prefix + whole.name)}-{process}-*"):
            shutil.rmtree(left, ignore_errors=True)


def new_beside(target: Path, prefix: str) -> Path:
    """Make a new folder beside the target; its name carries the process and a number."""
    number = 0
    while True:
        path = _beside(target, prefix, os.getpid(), number)
        try:
            path.mkdir()
        except FileExistsError:
            number += 1
        else:
            return path


def write(path: Path, content: bytes) -> None:
    """Write a file and wait until it is on the disk."""
    with path.open("xb") as out:
        out.write(content)
        sync(out)


def link(source: Path, target: Path) -> None:
    """Give the files below a folder a second name each below another, or copy them.

    Raises
    ------
    OSError
        If they can be neither linked nor copied.
    """
    for path in sorted(source.rglob("*")):
        place = target / path.relative_to(source)
        if path.is_dir():
            continue
        place.parent.mkdir(parents=True, exist_ok=True)
        try:
            os.link(path, place)
        except OSError:
            shutil.copyfile(path, place)
    for path in (target, *target.rglob("*")):
        if path.is_dir():
            sync_folder(path)


def sync(out: BinaryIO) -> None:
    """Wait until what was written to an open file is on the disk."""
    out.flush()
    os.fsync(out.fileno())


def sync_folder(folder: Path) -> None:
    """Wait until the names in a folder are on the disk, where the system can do that."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def unwritable(folder: Path, error: OSError) -> DataError:
    """Return what to tell about a folder that cannot be written."""
    place = f" ({error.filename})" if error.filename else ""
    return DataError(f"{folder}: cannot be written: {why(error)}{place}")


def why(error: Exception) -> str:
    """Return the reason that the system gives, without the path that the message names anyway."""
    return getattr(error, "strerror", None) or str(error)


def _put(built: Path, target: Path) -> None:
    """Rename the finished folder into place; put an older run back if that fails."""
    if not target.exists():
        built.rename(target)
    elif not any(target.iterdir()):
        target.rmdir()
        built.rename(target)
    else:
        old = new_beside(target, REPLACED)
        target.replace(old)  # a folder may take the place of an empty one
        try:
            built.rename(target)
        except BaseException:
            old.rename(target)
            raise
        shutil.rmtree(old, ignore_errors=True)
    sync_folder(target.parent)


def check_own(folder: Path, file: str, made_by: str, *, wants: str, holds: str) -> None:
    """Refuse a folder that may not be replaced: a file, or what another program or person left.

    Parameters
    ----------
    folder : Path
        Where something is to be written.
    file : str
        JSON file in it whose ``made_by`` tells whose it is.
    made_by : str
        What that must say.
    wants, holds : str
        Words for the message: who needs a folder, and what the folder should hold.

    Raises
    ------
    DataError
        If the path is a file, or a folder that holds something else.
    """
    try:
        if not folder.exists():
            return
        if not folder.is_dir():
            raise DataError(f"{folder}: is a file; {wants} a folder")
        empty = not any(folder.iterdir())
    except OSError as error:
        raise unwritable(folder, error) from error
    if not empty and not _made_by(folder / file, made_by):
        raise DataError(f"{folder}: holds something other than {holds}")


def _made_by(file: Path, name: str) -> bool:
    """Tell whether a JSON file says that it was made by a program of this name."""
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return isinstance(found, dict) and found.get("made_by") == name
