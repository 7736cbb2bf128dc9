"""A calibration's file: which parameters may move, to meet which targets.

Every mistake in it is told at once, before anything is run.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from gridsim.citizens import parameters
from gridsim.citizens.parameters import Parameters
from gridsim.core.errors import DataError, ScenarioError
from gridsim.results.calibrations import Free, Target
from gridsim.studies.calibrate import Search
from gridsim.studies.trials import table
from gridsim.studies.trials.records import Part

BAND_SIGMAS = 2.0
"""Half the width of an accepted band, in standard deviations of its target; assumed."""
_KEYS = ("title", "quick", "base", "parameters", "targets", "search")
_FREE = ("start", "low", "high", "log")
_TRIAL = ("row", "part", "value", "sigma")
_RUN = ("scenario", "set", "metric", "value", "sigma")


@dataclass(frozen=True, slots=True)
class Source:
    """Where the model's answer for a target comes from: a trial's part, or a run's metric.

    Parameters
    ----------
    row, part : str
        A row of the trials and one of its parts; empty for a metric.
    scenario : str
        File or name of a scenario; empty for a trial.
    sets : tuple of str
        Settings for it, as for ``gridsim run --set``.
    metric : str
        Path in its summary such as ``"effects.tempo.peak_reduction"``.
    """

    row: str = ""
    part: str = ""
    scenario: str = ""
    sets: tuple[str, ...] = ()
    metric: str = ""


@dataclass(frozen=True, slots=True)
class Task:
    """What is to be calibrated.

    Parameters
    ----------
    title : str
        What it is about.
    quick : bool
        Whether trials are cut down, as by ``gridsim trials --quick``.
    base : Parameters
        The numbers that stand where nothing moves.
    base_text : str
        The file that they are from; empty for the package's own.
    free : tuple of Free
        Parameters that may move.
    targets : tuple of Target
        What the model should give.
    sources : tuple of Source
        Where each comes from, in the order of the targets.
    search : Search
        How to search.
    """

    title: str
    quick: bool
    base: Parameters
    base_text: str
    free: tuple[Free, ...]
    targets: tuple[Target, ...]
    sources: tuple[Source, ...]
    search: Search


def read(path: Path) -> Task:
    """Return what a calibration's file asks for.

    Raises
    ------
    DataError
        If the file, or the file of parameters that it names, cannot be read.
    ScenarioError
        If it is wrong; ``problems`` holds every mistake.
    """
    try:
        found = tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise DataError(f"{path}: cannot be read: {error}") from error
    problems = [f"{name}: unknown; there are {', '.join(_KEYS)}" for name in set(found) - {*_KEYS}]
    base, base_text = _base(path, found.get("base"))
    free = _all(_free, _leaves(found.get("parameters", {})), base, problems)
    wanted = found.get("targets", [])
    listed = {f"targets[{n}]": one for n, one in enumerate(wanted)} if _is_list(wanted) else {}
    targets = _all(_target, listed, base, problems)
    search = _made(lambda: Search(**_known(found.get("search", {}))), "search", problems)
    problems += ["parameters: name at least one"] * (not found.get("parameters"))
    problems += ["targets: name at least one, as [[targets]]"] * (not listed)
    if problems or search is None:
        raise ScenarioError([f"{path}: {problem}" for problem in sorted(problems)])
    return Task(
        str(found.get("title", path.stem)), bool(found.get("quick", False)), base, base_text,
        tuple(free), tuple(target for target, _ in targets),
        tuple(source for _, source in targets), search,
    )  # fmt: skip


def _base(path: Path, named: object) -> tuple[Parameters, str]:
    """Return the parameters to begin with, and the text of their file if it is not ours."""
    if named is None:
        return parameters.parameters(), ""
    file = path.parent / str(named)
    try:
        return parameters.read(file), file.read_text("utf-8")
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise DataError(f"{file}: no file of parameters: {error}") from error


def _all(make: Any, listed: Mapping[str, Any], base: Parameters, problems: list[str]) -> list[Any]:
    """Make a record of each entry; what is wrong with it joins the problems."""
    made = [_made(lambda n=n, o=o: make(n, o, base), n, problems) for n, o in listed.items()]
    return [one for one in made if one is not None]


def _made(make: Any, name: str, problems: list[str]) -> Any:
    """Make a record, or note why it cannot be made."""
    try:
        return make()
    except (ValueError, TypeError, KeyError) as error:
        text = str(error.args[0]) if error.args else str(error)
        problems.append(text if text.startswith(name) else f"{name}: {text}")
        return None


def _free(name: str, said: Mapping[str, Any], base: Parameters) -> Free:
    """Return a parameter that may move; it starts at its present value if nothing is said."""
    _refuse_unknown(said, _FREE)
    for need in ("low", "high"):
        if need not in said:
            raise ValueError(f"{need} is missing: a range is needed")
    start = float(said["start"]) if "start" in said else _present(base, name)
    parameters.with_values(base, {name: start})
    return Free(name, start, float(said["low"]), float(said["high"]), bool(said.get("log", False)))


def _present(base: Parameters, name: str) -> float:
    """Return the value that a parameter has."""
    known = parameters.values(base)
    stem, _, place = name.rpartition(".")
    whole = known.get(stem) if place.isdigit() else None
    if isinstance(whole, tuple) and int(place) < len(whole):
        return float(whole[int(place)])
    value = known.get(name)
    if isinstance(value, tuple):
        raise ValueError(f"a list: name one of its numbers, as in {name}.0")  # noqa: TRY004
    if value is None:
        raise ValueError("there is no such parameter")
    return float(value)


def _target(name: str, said: Mapping[str, Any], base: Parameters) -> tuple[Target, Source]:
    """Return a target and where it comes from."""
    del base
    if "row" in said:
        _refuse_unknown(said, _TRIAL)
        part = _part(str(said["row"]), said.get("part"))
        value = said.get("value", (part.low + part.high) / 2.0)
        sigma = said.get("sigma", (part.high - part.low) / 2.0 / BAND_SIGMAS)
        row = str(said["row"]).upper()
        label = f"{row}: {part.name} [{part.unit}]"
        return Target(label, float(value), float(sigma)), Source(row=row, part=part.key)
    _refuse_unknown(said, _RUN)
    for need in ("scenario", "metric", "value", "sigma"):
        if need not in said:
            raise ValueError(f"{need} is missing: a target is a row of the trials, or a metric")
    sets = tuple(str(one) for one in said.get("set", ()))
    source = Source(scenario=str(said["scenario"]), sets=sets, metric=str(said["metric"]))
    label = f"{source.scenario}: {source.metric}"
    return Target(label, float(said["value"]), float(said["sigma"])), source


def _part(row: str, key: object) -> Part:
    """Return a part of a row of the trials; a row of one part needs no name for it."""
    parts = {part.key: part for part in table.chosen(row)[0].parts}
    if key is None and len(parts) == 1:
        return next(iter(parts.values()))
    if key not in parts:
        raise ValueError(f"part {key!r} is not one of {row}: {', '.join(parts)}")
    return parts[str(key)]


def _leaves(said: object, above: str = "") -> dict[str, Any]:
    """Return the tables that hold a range by their dotted names, however they are nested."""
    if not isinstance(said, Mapping):
        return {}
    found: dict[str, Any] = {}
    for name, value in said.items():
        path = f"{above}{name}"
        nested = (
            isinstance(value, Mapping)
            and value
            and all(isinstance(inner, Mapping) for inner in value.values())
        )
        found |= _leaves(value, f"{path}.") if nested else {path: value}
    return found


def _refuse_unknown(said: object, known: tuple[str, ...]) -> None:
    """Refuse keys that mean nothing."""
    if not isinstance(said, Mapping):
        raise TypeError(f"must be a table with {', '.join(known)}")
    lost = sorted(set(said) - set(known))
    if lost:
        raise ValueError(f"unknown {', '.join(lost)}; there are {', '.join(known)}")


def _known(said: Mapping[str, Any]) -> dict[str, Any]:
    """Return the settings of the search, refusing unknown ones."""
    _refuse_unknown(said, tuple(field.name for field in fields(Search)))
    return dict(said)


def _is_list(value: object) -> bool:
    """Return whether a value is a list of tables."""
    return isinstance(value, list) and all(isinstance(one, Mapping) for one in value)
