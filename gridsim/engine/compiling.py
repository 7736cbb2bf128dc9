"""Compiling the kernels of the pass, by calling each for no home and no step."""

import contextlib
import gc
from collections.abc import Iterator

import numpy as np

from gridsim.core.arrays import BLOCK
from gridsim.core.kernel import kernel, prepare
from gridsim.engine import cars, layout, sweep
from gridsim.engine.blocks import new_bench, new_drawn
from gridsim.engine.days import Day
from gridsim.engine.homes import Rules
from gridsim.population import diary


def beside() -> None:
    """Compile what the process does that compiles beside the one that runs."""
    with _unhurried():
        _plan_cars()
    days()


def days() -> None:
    """Compile what draws the days of people, and what places runs that can wait."""
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


@kernel
def plans(bench, day, fixed, state, minds, told):  # type: ignore[no-untyped-def]
    """Call what plans charging as ``advance.act`` does, for no home.

    A fifth of the physics is there. Compiled first, by the process that has less to do at the
    start, it is found by the other.
    """
    dt_h = day.step_s / 3600.0
    cars.replan(
        bench.ahead, bench.room, day, fixed.numbers[0], fixed.lanes[0], day.first, fixed.kinds[0],
        fixed.km_day[0], state[0], fixed.param[0], minds[0], told.prices, told.slots, dt_h,
        day.season,
    )  # fmt: skip
    cars.keep_pace(
        bench.ahead, bench.room, day, fixed.numbers[0], fixed.lanes[0], day.first, fixed.kinds[0],
        fixed.km_day[0], state[0], fixed.param[0], minds[0], told.prices, told.slots, dt_h,
    )  # fmt: skip


def _plan_cars() -> None:
    """Compile what plans charging."""
    told, moving = _told(), _moving()
    prepare(plans, new_bench(1, 96), _no_day(), _nobody(), moving.state, told.minds, told)


def _draw() -> None:
    """Compile ``sweep.draw`` for the arrays of a run, by calling it for no block."""
    sweep.draw(new_bench(1, 96), new_drawn(1, 1), _no_day(), 0, 0, _nobody())


def _decide() -> None:
    """Compile ``sweep.decide`` in the same way."""
    sweep.decide(
        new_bench(1, 96), new_drawn(1, 1), _no_day(), 0, 0, 0, 0, _nobody(), _moving(), _told(),
        _air(), _rules(),
    )  # fmt: skip


def _act() -> None:
    """Compile ``sweep.act`` in the same way."""
    sweep.act(
        new_bench(1, 96), new_drawn(1, 1), _no_day(), 0, 0, 0, 0, _nobody(), _moving(), _told(),
        _air(), _rules(), np.zeros((1, 1, 1, layout.FLOWS)),
        np.zeros((1, 1, BLOCK), dtype=np.float32), 0, np.zeros(0),
    )  # fmt: skip


def _no_day() -> Day:
    """Return a stretch without steps."""
    return Day(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, step_s=900, season=0)


def _rows(*shape: int) -> np.ndarray:
    """Return zeros."""
    return np.zeros(shape)


def _nobody() -> sweep.Fixed:
    """Return what homes are, of nobody."""
    numbers, lanes = np.zeros((1, BLOCK), dtype=np.int64), np.zeros(1, dtype=np.int64)
    kinds = np.zeros((1, BLOCK, 6), dtype=np.int64)
    return sweep.Fixed(
        numbers, lanes, kinds, _rows(1, BLOCK, diary.HABITS_WIDTH), _rows(1, BLOCK, 3, 3),
        _rows(1, BLOCK), _rows(1, 1), _rows(1, 1, BLOCK),
    )  # fmt: skip


def _moving() -> sweep.Moving:
    """Return how homes stand, of nobody."""
    return sweep.Moving(_rows(1, 1), _rows(1, 1), _rows(1, 1))


def _told() -> sweep.Told:
    """Return minds, prices and slots of one step."""
    return sweep.Told(_rows(1, 1), _rows(2, 1, 1), np.zeros((1, 4), dtype=np.int64))


def _air() -> sweep.Air:
    """Return weather, hours counted apart and hours of one step."""
    return sweep.Air(_rows(1, 1), _rows(1, 1), np.zeros(1, dtype=np.int64))


def _rules() -> Rules:
    """Return rules that say nothing."""
    return Rules(*[0.0] * len(Rules._fields))
