"""Warming up: compile the kernels once after an installation, on two processors if there are.

The kernels of the pass take numba some twenty seconds to compile and stay in the cache folder
afterwards. Another process compiles what plans charging, draws people's days and places runs; this
one reads the scenario and compiles what the devices do, which takes about as long. Nothing heavy is
imported here, so the other can begin before a scenario is read. Nothing here changes a result: what
is not ready when the pass begins is compiled there.
"""

import contextlib
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from gridsim.core import cache

Helper = subprocess.Popen[bytes]
"""The process that compiles beside this one."""

_DONE = "compiled"
_COMMAND = "from gridsim.engine import compiling; compiling.beside()"


def needed() -> bool:
    """Tell whether the kernels still have to be compiled (without a cache: always)."""
    folder = cache.folder()
    return folder is None or not (Path(folder) / _DONE).exists()


@contextlib.contextmanager
def helping() -> Iterator[Helper | None]:
    """Compile in another process meanwhile; None where that cannot help or is not needed.

    The process ends with the block at the latest.
    """
    helper = _begin()
    try:
        yield helper
    finally:
        if helper is not None and helper.poll() is None:
            helper.kill()
            helper.wait()


def _begin() -> Helper | None:
    """Start the other process."""
    if cache.folder() is None or not needed() or (os.cpu_count() or 1) < 2:
        return None
    quiet = subprocess.DEVNULL
    try:
        return subprocess.Popen(
            [sys.executable, "-c", _COMMAND], stdin=quiet, stdout=quiet, stderr=quiet
        )
    except OSError:
        return None


def finish(helper: Helper | None) -> None:
    """Compile what the other process does not, wait for it, then compile what it did not."""
    if not needed():
        return
    from gridsim.engine import compiling  # noqa: PLC0415

    compiling.physics()
    if helper is not None:
        helper.wait()
    compiling.days()


def done() -> None:
    """Remember that every kernel of the pass lies in the cache folder, and remove old folders."""
    folder = cache.folder()
    if folder is not None and needed():
        with contextlib.suppress(OSError):
            (Path(folder) / _DONE).touch()
        cache.prune()
