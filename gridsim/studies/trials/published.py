"""The published figures that trials are compared with, each with its citation and status."""

import csv
from functools import lru_cache
from importlib import resources

from gridsim.results.verdicts import Figure


@lru_cache(maxsize=1)
def figures() -> dict[str, Figure]:
    """Return every figure that a row uses, by its number."""
    file = resources.files("gridsim.studies.trials").joinpath("published.csv")
    lines = file.read_text(encoding="utf-8").splitlines()
    return {row["id"]: _figure(row) for row in csv.DictReader(lines)}


def find(numbers: tuple[str, ...]) -> tuple[Figure, ...]:
    """Return figures by their numbers, each once, in the order given.

    Raises
    ------
    KeyError
        If there is no figure of a number.
    """
    return tuple(figures()[number] for number in dict.fromkeys(numbers))


def _figure(row: dict[str, str]) -> Figure:
    """Return the figure of a row of the file."""
    value, low, high = (float(row[name]) if row[name] else None for name in _NUMBERS)
    words = (row[name] for name in ("unit", "condition", "source", "status"))
    return Figure(row["id"], row["topic"], row["quantity"], value, low, high, *words)


_NUMBERS = ("value", "low", "high")
