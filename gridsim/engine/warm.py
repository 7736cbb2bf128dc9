"""Warming up: compile the kernels once after an installation, on two processors if there are.

The kernels of the pass take numba tens of seconds to compile and stay in the cache folder
afterwards. One process compiles how people's days are drawn, this one the rest. Nothing here
changes a result: what is not ready when the pass begins is compiled there.
"""

import os
import subprocess
import sys
from pathlib import Path

import numpy as np

from gridsim.core.arrays import BLOCK
from gridsim.core.kernel import cache_folder
from gridsim.engine import advance, layout
from gridsim.engine.blocks import new_bench
from gridsim.engine.days import Day
from gridsim.engine.homes import Rules
from gridsim.population import diary

_DONE = "compiled"
_COMMAND = "from gridsim.engine import warm; warm.compile_draw()"


def needed() -> bool:
    """Tell whether the kernels still have to be compiled (without a cache: always)."""
    folder = cache_folder()
    return folder is None or not (Path(folder) / _DONE).exists()


def begin() -> "subprocess.Popen[bytes] | None":
    """Start compiling the days' draws in another process; None where that cannot help."""
    if cache_folder() is None or not needed() or (os.cpu_count() or 1) < 2:
        return None
    quiet = subprocess.DEVNULL
    try:
        return subprocess.Popen(
            [sys.executable, "-c", _COMMAND], stdin=quiet, stdout=quiet, stderr=quiet
        )
    except OSError:
        return None


def finish(helper: "subprocess.Popen[bytes] | None") -> None:
    """Compile the rest here, wait for the other process, and remember that it is done."""
    try:
        if needed():
            compile_rest()
        if helper is not None:
            helper.wait()
    finally:
        if helper is not None and helper.poll() is None:
            helper.kill()
            helper.wait()


def done() -> None:
    """Remember that every kernel of the pass lies in the cache folder."""
    folder = cache_folder()
    if folder is not None and needed():
        (Path(folder) / _DONE).touch()


def compile_draw() -> None:
    """Compile ``advance.draw`` for the arrays of a run, by calling it for no home and no step."""
    bench, day = new_bench(1, 96), _no_day()
    advance.draw(
        bench.work,
        bench.returns,
        bench.wishes,
        bench.tile,
        bench.ongoing,
        bench.events,
        day,
        *_nobody(),
        *_who(),
        _row(1),
        _row(1),
    )


def compile_rest() -> None:
    """Compile ``advance.decide`` and ``advance.act`` in the same way."""
    bench, day = new_bench(1, 96), _no_day()
    kinds, _ = _who()
    prices, slots, sky = np.zeros((2, 1, 1)), np.zeros((1, 3), dtype=np.int64), np.zeros((1, 1))
    rules = Rules(*[0.0] * len(Rules._fields))
    homes, count = _nobody()
    advance.decide(
        bench, day, homes, count, 0, kinds, np.zeros((BLOCK, 3, 3)), _row(1), _row(1),
        _row(1), _row(1), _row(1), sky, prices, slots, rules,
    )  # fmt: skip
    net = np.zeros((2, 2, BLOCK), dtype=np.float32)[:, 0]  # strided, as in a run
    advance.act(
        bench, day, homes, count, 0, kinds, _row(1), _row(1), _row(1), _row(1), _row(1), _row(1),
        sky, prices, slots, np.zeros((1, 1)), np.zeros(1, dtype=np.int64), np.zeros((1, BLOCK)),
        np.zeros((1, 1, layout.FLOWS)), net, rules, 0, 0,
    )  # fmt: skip


def _no_day() -> Day:
    """Return a stretch without steps."""
    return Day(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, step_s=900, season=0)


def _row(width: int) -> np.ndarray:
    """Return a row of zeros."""
    return np.zeros(width)


def _nobody() -> tuple[np.ndarray, int]:
    """Return numbers of no homes, and that there are none."""
    return np.zeros(BLOCK, dtype=np.int64), 0


def _who() -> tuple[np.ndarray, np.ndarray]:
    """Return kinds and habits of nobody."""
    return np.zeros((BLOCK, 6), dtype=np.int64), np.zeros((BLOCK, diary.HABITS_WIDTH))
