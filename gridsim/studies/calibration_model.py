"""The model of a calibration: its targets as runs give them, for values of the parameters."""

from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np

from gridsim.citizens import parameter_text, parameters
from gridsim.core.arrays import F8
from gridsim.core.errors import ScenarioError
from gridsim.engine import run as engine
from gridsim.engine.run import Extras
from gridsim.results.calibrations import Calibration
from gridsim.results.results import Results
from gridsim.scenario import load, resolve, starter
from gridsim.scenario.resolve import Case
from gridsim.studies import arms, calibrate, calibration_file
from gridsim.studies.calibrate import Model
from gridsim.studies.calibration_file import Source, Task
from gridsim.studies.trials import runner, table

Key = tuple[str, tuple[str, ...]]
"""Name of a scenario and its settings."""


def calibrated(
    path: Path, jobs: int = 1, told: Callable[[int], None] = lambda runs: None
) -> tuple[Calibration, str]:
    """Fit what a calibration's file asks for; return the fit and the text of a new parameter file.

    Nothing of the package is changed: what is found is a proposal.

    Parameters
    ----------
    path : Path
        The calibration's file.
    jobs : int
        Threads; the fit is the same for any number.
    told : callable, optional
        Called after each run of the model with how many there were.

    Raises
    ------
    ScenarioError, DataError
        If the file, or a scenario that it names, is wrong.
    """
    task = calibration_file.read(path)
    found = calibrate.fit(
        task.title, task.free, task.targets, model_of(task, jobs), search=task.search, told=told
    )
    text = task.base_text or parameter_text.own_text()
    note = f"calibrated in {path.name}: {task.title}"
    return found, parameter_text.rewritten(text, found.changes, note)


def model_of(task: Task, jobs: int = 1) -> Model:
    """Return the model: each scenario is read and resolved once, and run once for each point.

    Parameters
    ----------
    task : Task
        What is calibrated.
    jobs : int
        Threads; the answers are the same bits for any number.

    Raises
    ------
    ScenarioError, DataError
        If a scenario is not there or wrong.
    """
    cases = _cases(task)

    def model(values: Mapping[str, float]) -> F8:
        extras = Extras(settings=parameters.with_values(task.base, values))
        kept: dict[Key, Results] = {}
        found: dict[Source, float] = {}
        for place, source in enumerate(task.sources):
            needs = _wanted(source, task.quick)
            for key in needs:
                if key not in kept:
                    kept[key] = engine.run(cases[key], extras=extras, jobs=jobs)
            if source not in found:
                alike = [other for other in task.sources if _same_runs(other, source)]
                found |= _answers(alike, {key: kept[key] for key in needs})
            later = {k for rest in task.sources[place + 1 :] for k in _wanted(rest, task.quick)}
            kept = {key: results for key, results in kept.items() if key in later}
        return np.array([found[source] for source in task.sources], np.float64)

    return model


def _cases(task: Task) -> dict[Key, Case]:
    """Return every scenario that the targets need, resolved."""
    found: dict[Key, Case] = {}
    for source in task.sources:
        for key, path in _wanted(source, task.quick).items():
            if key not in found:
                found[key] = resolve.resolve(load.load(path, _sets(source, key)))
    return found


def _wanted(source: Source, quick: bool) -> dict[Key, Path]:
    """Return the files of the scenarios that one target needs."""
    if source.scenario:
        return {(source.scenario, source.sets): _path(source.scenario)}
    trial = table.chosen(source.row)[0]
    shipped = starter.shipped()
    sets = trial.quick if quick else ()
    return {(name, sets): shipped[f"{runner.FOLDER}/{name}"] for name in trial.scenarios}


def _sets(source: Source, key: Key) -> list[str]:
    """Return the settings of a scenario; trials read the loads of their homes."""
    return list(key[1]) if source.scenario else ["output.profiles=true", *key[1]]


def _path(name: str) -> Path:
    """Return the file of a scenario, or of a shipped one by its name."""
    file, shipped = Path(name), starter.shipped()
    if file.exists() or name not in shipped:
        return file
    return shipped[name]


def _same_runs(one: Source, other: Source) -> bool:
    """Return whether two targets are read from the same trial, or the same run."""
    return (one.row, one.scenario, one.sets) == (other.row, other.scenario, other.sets)


def _answers(sources: list[Source], played: Mapping[Key, Results]) -> dict[Source, float]:
    """Return what runs give for targets that are all read from them."""
    first = sources[0]
    if first.scenario:
        summary = arms.summary(played[(first.scenario, first.sets)])
        return {source: _metric(summary, source) for source in sources}
    parts = table.chosen(first.row)[0].read({key[0]: one for key, one in played.items()})
    return {source: float(parts[source.part].stat[0]) for source in sources}


def _metric(summary: Mapping[str, object], source: Source) -> float:
    """Return a number of a summary by its path; an effect gives its estimate.

    Raises
    ------
    ScenarioError
        If there is no such number.
    """
    found: object = summary
    for name in source.metric.split("."):
        there = ", ".join(found) if isinstance(found, dict) else "nothing more"
        if not isinstance(found, dict) or name not in found:
            told = f"{source.scenario}: the summary has no {source.metric!r}: at {name!r} there is"
            raise ScenarioError([f"{told} {there}"])
        found = found[name]
    if isinstance(found, dict) and "estimate" in found:
        found = found["estimate"]
    return float(found) if isinstance(found, int | float) else float("nan")
