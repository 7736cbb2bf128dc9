"""Watching a run: a bar on a terminal, a plain line now and then elsewhere, nothing when quiet."""

import contextlib
import signal
from collections.abc import Callable, Iterator
from types import FrameType
from typing import TYPE_CHECKING

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, ProgressColumn, Task, TextColumn, TimeRemainingColumn
from rich.text import Text

if TYPE_CHECKING:
    from gridsim.engine.run import Progress as Seen
    from gridsim.engine.run import Watcher

EVERY_S = 10.0
"""Seconds between plain lines."""


class _Rate(ProgressColumn):
    """Homes times days per second. (rich asks for a subclass.)"""

    def render(self, task: Task) -> Text:
        """Return the rate over the last while, once there is one."""
        return Text(f"{task.speed:,.0f} homes x days/s" if task.speed else "")


@contextlib.contextmanager
def heeding() -> Iterator[Callable[[], None]]:
    """Remember Ctrl-C, and give a function that raises ``KeyboardInterrupt`` if it was pressed.

    The interrupt is raised at once as usual; but one that comes while a library is being called
    back by compiled code is dropped there, and only the memory of it stops the run.
    """
    pressed: list[int] = []

    def press(number: int, frame: FrameType | None) -> None:
        pressed.append(number)
        raise KeyboardInterrupt

    def stop() -> None:
        if pressed:
            raise KeyboardInterrupt

    before = signal.signal(signal.SIGINT, press)
    try:
        yield stop
    finally:
        signal.signal(signal.SIGINT, before)


def minding(stop: Callable[[], None], watcher: "Watcher | None") -> "Watcher":
    """Return a watcher that first asks whether to stop."""

    def tell(progress: "Seen") -> None:
        stop()
        if watcher is not None:
            watcher(progress)

    return tell


@contextlib.contextmanager
def watching(*, quiet: bool) -> "Iterator[Watcher | None]":
    """Give what a run calls as it goes on."""
    if quiet:
        yield None
        return
    console = Console(stderr=True)
    with _bar(console) if console.is_terminal else _lines() as tell:
        yield tell


@contextlib.contextmanager
def _bar(console: Console) -> "Iterator[Watcher]":
    """Draw a bar with the rate and the time left; it goes away at the end."""
    columns = TextColumn("{task.description}"), BarColumn(), _Rate(), TimeRemainingColumn()
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("preparing", total=None)

        def tell(progress: "Seen") -> None:
            bar.update(
                task, total=progress.total, completed=progress.done, description=progress.arm
            )

        yield tell


@contextlib.contextmanager
def _lines() -> "Iterator[Watcher]":
    """Write a line each time that some seconds have passed."""
    first: list[Seen] = []
    told_s = 0.0

    def tell(progress: "Seen") -> None:
        nonlocal told_s
        if not first:  # what came before was preparation: the rate counts from here
            first.append(progress)
            told_s = progress.elapsed_s
        if progress.elapsed_s - told_s < EVERY_S:
            return
        told_s = progress.elapsed_s
        rate = (progress.done - first[0].done) / (progress.elapsed_s - first[0].elapsed_s)
        share, left_s = progress.done / progress.total, (progress.total - progress.done) / rate
        typer.echo(
            f"{progress.arm}: {share:.0%} done, {rate:,.0f} homes x days per second,"
            f" {left_s:.0f} s left",
            err=True,
        )

    yield tell
