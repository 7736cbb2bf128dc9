"""Watching a run: a line now and then, told from what was really done, and nothing when quiet."""

import contextlib
import io
import signal

import pytest
from rich.console import Console

from gridsim import watch
from gridsim.engine.run import Progress


def told(capsys: pytest.CaptureFixture[str], seen: list[tuple[float, float]]) -> list[str]:
    """Return the lines for moments of (seconds, homes times days done of 1000)."""
    with watch.watching(quiet=False) as tell:
        assert tell is not None
        for elapsed_s, done in seen:
            tell(Progress("tempo", done, 1000.0, elapsed_s))
    return capsys.readouterr().err.splitlines()


def test_a_quiet_run_is_not_watched() -> None:
    with watch.watching(quiet=True) as tell:
        assert tell is None


def test_a_short_run_says_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert told(capsys, [(1.0, 100.0), (9.0, 900.0), (10.0, 1000.0)]) == []


def test_a_long_run_tells_how_far_how_fast_and_how_long(capsys: pytest.CaptureFixture[str]) -> None:
    lines = told(capsys, [(0.0, 0.0), (5.0, 100.0), (10.0, 250.0), (15.0, 300.0)])
    assert lines == ["tempo: 25% done, 25 homes x days per second, 30 s left"]


def test_preparation_does_not_count_against_the_rate(capsys: pytest.CaptureFixture[str]) -> None:
    lines = told(capsys, [(60.0, 0.0), (70.0, 500.0)])
    assert lines == ["tempo: 50% done, 50 homes x days per second, 10 s left"]


def test_on_a_terminal_a_bar_names_the_arm() -> None:
    console = Console(file=io.StringIO(), force_terminal=True, width=100)
    with watch._bar(console) as tell:
        tell(Progress("tempo", 500.0, 1000.0, 10.0))
    assert "tempo" in console.file.getvalue()  # type: ignore[attr-defined]


def test_an_interrupt_that_was_swallowed_stops_the_run_at_its_next_step():
    with watch.heeding() as stop:
        stop()  # nothing has been pressed
        with contextlib.suppress(KeyboardInterrupt):  # as compiled code does
            signal.raise_signal(signal.SIGINT)
        with pytest.raises(KeyboardInterrupt):
            watch.minding(stop, None)(None)
