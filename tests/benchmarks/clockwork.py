"""Where the time of a run goes: CPU seconds of named functions, each without those within it.

Functions are wrapped from outside while a run is measured, so the package knows nothing of it. The
wrapper costs about a microsecond a call; what is wrapped is called once a block and stretch, or
less often.
"""

import contextlib
import functools
import importlib
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

Times = dict[str, float]
"""CPU seconds by part."""


@contextlib.contextmanager
def watching(places: Mapping[str, Sequence[str]]) -> Iterator[Times]:
    """Count the CPU seconds of each part while the block lasts.

    Parameters
    ----------
    places : mapping of str to sequence of str
        Functions of each part as ``"module:name"``; those that do not exist are passed over, and a
        part of which none exists is missing from what is found.
    """
    times: Times = {}
    inner: list[float] = []  # seconds of the functions within each that is running
    undo: list[Callable[[], None]] = []
    try:
        for part, names in places.items():
            for name in names:
                owner, attribute = _find(name)
                if owner is None:
                    continue
                function = getattr(owner, attribute)
                times.setdefault(part, 0.0)
                setattr(owner, attribute, _timed(function, part, times, inner))
                undo.append(functools.partial(setattr, owner, attribute, function))
        yield times
    finally:
        for restore in reversed(undo):
            restore()


def _find(name: str) -> tuple[Any, str]:
    """Return the module or class that holds a function, None if it is not there, and its name."""
    module, _, path = name.partition(":")
    *above, attribute = path.split(".")
    try:
        owner = functools.reduce(getattr, above, importlib.import_module(module))
    except (ImportError, AttributeError):
        return None, attribute
    return (owner if hasattr(owner, attribute) else None), attribute


def _timed(
    function: Callable[..., Any], part: str, times: Times, inner: list[float]
) -> Callable[..., Any]:
    """Return the function with its own seconds added to its part."""

    def counted(*args: Any, **named: Any) -> Any:
        inner.append(0.0)
        began = time.process_time()
        try:
            return function(*args, **named)
        finally:
            spent = time.process_time() - began
            times[part] += spent - inner.pop()
            if inner:
                inner[-1] += spent

    return counted
