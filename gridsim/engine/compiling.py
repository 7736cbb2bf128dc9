"""Compiling the kernels of the pass, by calling each for no home and no step."""

import contextlib
import gc
from collections.abc import Iterator

import numpy as np

from gridsim.core.arrays import BLOCK
from gridsim.engine import advance, layout
from gridsim.engine.blocks import new_bench
from gridsim.engine.days import Day
from gridsim.engine.homes import Rules
from gridsim.population import diary


def days() -> None:
    """Compile what draws the days of people and places what can wait."""
    with _unhurried():
        _draw()
        _decide()


def physics() -> None:
    """Compile what the devices do."""
    with _unhurried():
        _act()


@contextlib.contextmanager
def _unhurried() -> Iterator[None]:
    """Collect no garbage meanwhile: the compiler makes little of it and is slowed by the search."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()


def _draw() -> None:
    """Compile ``advance.draw`` for the arrays of a run, by calling it for no home and no step."""
    bench, day = new_bench(1, 96), _no_day()
    advance.draw(
        bench.work,
        bench.returns,
        bench.wishes,
        bench.tile,
        bench.ongoing,
        bench.page,
        day,
        *_nobody(),
        *_who(),
        _row(1),
        _row(1),
    )


def _decide() -> None:
    """Compile ``advance.decide`` in the same way."""
    bench, day = new_bench(1, 96), _no_day()
    kinds, _ = _who()
    prices, slots, sky = _known()
    homes, count = _nobody()
    advance.decide(
        bench, day, homes, count, 0, kinds, np.zeros((BLOCK, 3, 3)), _row(1), _row(1),
        _row(1), _row(1), _row(1), sky, prices, slots, _rules(),
    )  # fmt: skip


def _act() -> None:
    """Compile ``advance.act`` in the same way."""
    bench, day = new_bench(1, 96), _no_day()
    kinds, _ = _who()
    prices, slots, sky = _known()
    homes, count = _nobody()
    net = np.zeros((2, BLOCK), dtype=np.float32)
    advance.act(
        bench, day, homes, count, 0, kinds, _row(1), _row(1), _row(1), _row(1), _row(1), _row(1),
        sky, prices, slots, np.zeros((1, 1)), np.zeros(1, dtype=np.int64), np.zeros((1, BLOCK)),
        np.zeros((1, 1, layout.FLOWS)), net, _rules(), 0, 0,
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


def _known() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return prices, which of them a home has, and weather, of one step."""
    return np.zeros((2, 1, 1)), np.zeros((1, 4), dtype=np.int64), np.zeros((1, 1))


def _rules() -> Rules:
    """Return rules that say nothing."""
    return Rules(*[0.0] * len(Rules._fields))
