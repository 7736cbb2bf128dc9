"""A calibration on disk: the numbers, the page, and a file of parameters, whole or not at all."""

import json
from pathlib import Path

from gridsim.results import assembly, folders
from gridsim.results.calibrations import IDENTIFIED, Calibration

JSON = "calibration.json"
PAGE = "calibration.html"
PARAMETERS = "parameters.toml"
FORMAT = 1
"""Version of the layout of ``calibration.json``."""
_MADE_BY = "gridsim calibrate"


def told(found: Calibration, provenance: dict[str, object]) -> dict[str, object]:
    """Return what ``calibration.json`` says.

    Parameters
    ----------
    found : Calibration
        From ``studies.calibrate``.
    provenance : dict
        Version, commit and the like.
    """
    names = [one.name for one in found.free]
    said = {
        "made_by": _MADE_BY,
        "format": FORMAT,
        "title": found.title,
        "converged": found.converged,
        "why": found.why,
        "evaluations": found.evaluations,
        "parameters": {name: _parameter(found, place) for place, name in enumerate(names)},
        "targets": [_target(found, place) for place in range(len(found.targets))],
        "identifiability": {
            "singular_values": found.singular,
            "directions": [dict(zip(names, row, strict=True)) for row in found.directions],
            "correlation": {
                name: dict(zip(names, row, strict=True))
                for name, row in zip(names, found.correlation, strict=True)
            },
            "jacobian": [dict(zip(names, row, strict=True)) for row in found.jacobian],
            "fixes": [dict(zip(names, row, strict=True)) for row in found.fixes],
        },
        "provenance": provenance,
    }
    plain = assembly.plain(said)
    return dict(plain) if isinstance(plain, dict) else {}


def save(
    folder: Path, found: Calibration, page: str, parameters: str, *, provenance: dict[str, object]
) -> Path:
    """Write numbers, page and parameters into a folder of their own; return its path.

    Parameters
    ----------
    folder : Path
        Where; an older calibration there is replaced as a whole.
    found : Calibration
        The fit.
    page, parameters : str
        The page; the new file of parameters.
    provenance : dict
        Version, commit and the like.

    Raises
    ------
    DataError
        If the folder holds something else, or cannot be written.
    """
    check_target(folder)
    text = json.dumps(told(found, provenance), indent=2, ensure_ascii=False, allow_nan=False)

    def fill(built: Path) -> None:
        folders.write(built / PARAMETERS, parameters.encode())
        folders.write(built / PAGE, page.encode())
        folders.write(built / JSON, f"{text}\n".encode())

    return folders.make(folder, fill)


def check_target(folder: Path) -> None:
    """Refuse a place that a calibration must not take: ask before the runs rather than after.

    Raises
    ------
    DataError
        If the path is a file, or a folder that holds something other than a calibration.
    """
    folders.check_own(
        folder, JSON, _MADE_BY, wants="a calibration needs", holds="a calibration; choose another"
    )


def _parameter(found: Calibration, place: int) -> dict[str, object]:
    """Return a parameter as it stands in the file."""
    free = found.free[place]
    return {
        "start": free.start,
        "low": free.low,
        "high": free.high,
        "log": free.log,
        "fitted": found.fitted[place],
        "spread_left": found.left[place],
        "identified": bool(found.left[place] <= IDENTIFIED),
        "at_bound": found.at_bound(place),
    }


def _target(found: Calibration, place: int) -> dict[str, object]:
    """Return a target as it stands in the file."""
    target = found.targets[place]
    return {
        "name": target.name,
        "value": target.value,
        "sigma": target.sigma,
        "before": found.before[place],
        "after": found.after[place],
        "missed_sigmas": (found.after[place] - target.value) / target.sigma,
    }
