"""Saying: what went wrong in one clear message, and the exit code that goes with it."""

import contextlib
from collections.abc import Iterator
from enum import IntEnum

import typer

from gridsim.core.errors import AuditError, DataError, GridsimError, ScenarioError


class Exit(IntEnum):
    """How a command ends."""

    USAGE = 2
    SCENARIO = 3
    DATA = 4
    AUDIT = 5
    INTERRUPTED = 130


@contextlib.contextmanager
def telling(left: str = "") -> Iterator[None]:
    """Turn what a user can mend into one message and an exit code."""
    try:
        yield
    except ScenarioError as wrong:
        say(str(wrong))
        raise typer.Exit(Exit.SCENARIO) from None
    except AuditError as failed:
        say(f"{failed}\nThis is a mistake in gridsim, not in the scenario: please report it.")
        raise typer.Exit(Exit.AUDIT) from None
    except (DataError, GridsimError) as lacking:
        say(str(lacking))
        raise typer.Exit(Exit.DATA) from None
    except BrokenPipeError:
        raise
    except OSError as failed:
        place = f"{failed.filename}: " if failed.filename else ""
        say(f"{place}{failed.strerror or failed}")
        raise typer.Exit(Exit.DATA) from None
    except KeyboardInterrupt:
        say(f"interrupted; {left}" if left else "interrupted")
        raise typer.Exit(Exit.INTERRUPTED) from None


def say(text: str) -> None:
    """Tell the user something that is not the answer."""
    typer.echo(text, err=True)
