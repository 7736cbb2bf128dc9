"""Verdicts on disk: ``trials.json`` and the page beside it, whole or not at all."""

import json
import math
from pathlib import Path

from gridsim.metrics.effects import Effect
from gridsim.results import assembly, folders
from gridsim.results.verdicts import Figure, PartVerdict, RowVerdict, Verdicts

JSON = "trials.json"
PAGE = "trials.html"
FORMAT = 1
"""Version of the layout of ``trials.json``."""
_MADE_BY = "gridsim trials"


def told(verdicts: Verdicts, provenance: dict[str, object]) -> dict[str, object]:
    """Return what ``trials.json`` says; what is not known or without an end is None.

    Parameters
    ----------
    verdicts : Verdicts
        From ``studies.trials.runner``.
    provenance : dict
        Version, commit and the like.
    """
    rows = verdicts.rows
    said = {
        "made_by": _MADE_BY,
        "format": FORMAT,
        "quick": verdicts.quick,
        "rows_inside": sum(row.inside for row in rows),
        "rows_run": len(rows),
        "rows": {row.row: _row(row) for row in rows},
        "sensitivity": [
            {"row": one.row, "part": one.part, "parameter": one.parameter, "factor": one.factor,
             "change": one.change}
            for one in verdicts.slopes
        ],
        "provenance": provenance,
    }  # fmt: skip
    plain = assembly.plain(said)
    return dict(plain) if isinstance(plain, dict) else {}


def save(folder: Path, verdicts: Verdicts, page: str, provenance: dict[str, object]) -> Path:
    """Write ``trials.json`` and ``trials.html`` into a folder of their own; return its path.

    Raises
    ------
    DataError
        If the folder holds something else, or cannot be written.
    """
    check_target(folder)
    said = told(verdicts, provenance)
    text = json.dumps(said, indent=2, ensure_ascii=False, allow_nan=False)

    def fill(built: Path) -> None:
        folders.write(built / PAGE, page.encode())
        folders.write(built / JSON, f"{text}\n".encode())

    return folders.make(folder, fill)


def check_target(folder: Path) -> None:
    """Refuse a place that trials must not take: ask before a long run rather than after.

    Raises
    ------
    DataError
        If the path is a file, or a folder that holds something other than trials.
    """
    folders.check_own(
        folder, JSON, _MADE_BY, wants="trials need", holds="trials; choose another folder"
    )


def _row(row: RowVerdict) -> dict[str, object]:
    """Return a row as it stands in the file."""
    return {
        "title": row.title,
        "inside": row.inside,
        "parts": {part.key: _part(part) for part in row.parts},
        "published": {figure.number: _figure(figure) for figure in row.figures},
        "assumed": list(row.assumed),
        "scenarios": [
            {"name": one.name, "title": one.title, "description": one.description.strip(),
             "homes": one.homes, "days": one.days, "arms": list(one.arms)}
            for one in row.scenarios
        ],
        "cpu_s": row.cpu_s,
    }  # fmt: skip


def _part(part: PartVerdict) -> dict[str, object]:
    """Return a part as it stands in the file."""
    return {
        "name": part.name,
        "unit": part.unit,
        "band": {"low": part.low, "high": part.high if math.isfinite(part.high) else None},
        "simulated": _effect(part.simulated),
        "as_trial": None if part.as_trial is None else _effect(part.as_trial),
        "published": list(part.figures),
        "inside": part.inside,
    }


def _effect(effect: Effect) -> dict[str, float]:
    """Return a value with its interval."""
    return {"value": effect.estimate, "low": effect.low, "high": effect.high}


def _figure(figure: Figure) -> dict[str, object]:
    """Return a published figure, whole."""
    return {
        "topic": figure.topic,
        "quantity": figure.quantity,
        "value": figure.value,
        "low": figure.low,
        "high": figure.high,
        "unit": figure.unit,
        "condition": figure.condition,
        "source": figure.source,
        "status": figure.status,
    }
