"""Running trials: each scenario once, each row read from its results and judged by its bands."""

import time
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from gridsim.citizens.parameters import Parameters
from gridsim.core.clock import DAY_S
from gridsim.engine import run as engine
from gridsim.engine.run import Progress, Watcher
from gridsim.results.results import Results
from gridsim.results.verdicts import PartVerdict, RowVerdict, Told
from gridsim.scenario import load, resolve, starter
from gridsim.scenario.models import Scenario
from gridsim.studies.trials import measure, published
from gridsim.studies.trials.records import Measured, Part, Trial

FOLDER = "trials"
"""Folder of the shipped scenarios that trials use."""

ASSUMED = "Assumed:"
"""Word in a scenario's description from which on it tells what is assumed."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How trials are run.

    Parameters
    ----------
    quick : bool
        Whether to cut the scenarios down.
    jobs : int
        Threads; the verdicts are the same for any number.
    progress : Watcher, optional
        Called as the runs go on, with the homes and days of all of them as the total.
    settings : Parameters, optional
        Numbers of the citizens; the one set by default.
    """

    quick: bool = False
    jobs: int = 1
    progress: Watcher | None = None
    settings: Parameters | None = None


def run(trials: Sequence[Trial], plan: Plan | None = None) -> tuple[RowVerdict, ...]:
    """Run trials and judge them.

    A scenario that more than one trial uses is played once, and forgotten after the last of them.

    Parameters
    ----------
    trials : sequence of Trial
        Rows, in the order of the answer.
    plan : Plan, optional
        How.

    Raises
    ------
    ScenarioError, DataError, AuditError
        If a scenario is wrong, or energy or money does not balance.
    KeyError
        If a trial does not measure one of its parts.
    """
    how = plan or Plan()
    asked = {trial.row: scenarios(trial, quick=how.quick) for trial in trials}
    ahead = {key: scenario for wanted in asked.values() for key, scenario in wanted.items()}
    teller = _Teller(how.progress, sum(_size(scenario) for scenario in ahead.values()))
    extras = engine.Extras(settings=how.settings)
    kept: dict[tuple[str, tuple[str, ...]], Results] = {}
    found = []
    for place, trial in enumerate(trials):
        began = time.process_time()
        for key, scenario in asked[trial.row].items():
            if key not in kept:
                case = resolve.resolve(scenario)
                watcher = teller.of(f"{trial.row} {key[0]}", _size(scenario))
                kept[key] = engine.run(case, extras=extras, jobs=how.jobs, progress=watcher)
        mine = {key[0]: kept[key] for key in asked[trial.row]}
        row = judge(trial, mine)
        found.append(replace(row, cpu_s=time.process_time() - began))
        later = {key for rest in trials[place + 1 :] for key in asked[rest.row]}
        kept = {key: results for key, results in kept.items() if key in later}
    return tuple(found)


def scenarios(trial: Trial, *, quick: bool) -> dict[tuple[str, tuple[str, ...]], Scenario]:
    """Return the scenarios of a trial by their name and the settings that cut them down."""
    sets = trial.quick if quick else ()
    shipped = starter.shipped()
    return {
        (name, sets): load.load(shipped[f"{FOLDER}/{name}"], ["output.profiles=true", *sets])
        for name in trial.scenarios
    }


def judge(trial: Trial, played: Mapping[str, Results]) -> RowVerdict:
    """Read a trial from the results of its scenarios and compare it with its bands.

    Raises
    ------
    KeyError
        If the trial does not measure one of its parts.
    """
    measured = trial.read(played)
    numbers = tuple(number for part in trial.parts for number in part.figures)
    told = tuple(_told(name, results) for name, results in played.items())
    said = [line for one in told for line in _assumptions(one.description)]
    return RowVerdict(
        row=trial.row,
        title=trial.title,
        parts=tuple(_verdict(part, measured[part.key]) for part in trial.parts),
        figures=published.find(numbers),
        scenarios=told,
        assumed=(*dict.fromkeys(said), *trial.assumed),
        cpu_s=0.0,
    )


@dataclass(frozen=True, slots=True)
class _Teller:
    """Tells of many runs as if they were one."""

    watcher: Watcher | None
    total: float
    done: list[float] = field(default_factory=list)
    began: float = field(default_factory=time.perf_counter)

    def of(self, name: str, size: float) -> Watcher | None:
        """Return what the next run calls as it goes on."""
        if self.watcher is None:
            return None
        before, tell = sum(self.done), self.watcher
        self.done.append(size)

        def watch(progress: Progress) -> None:
            done = before + size * progress.done / progress.total
            elapsed_s = time.perf_counter() - self.began
            tell(Progress(f"{name}, {progress.arm}", done, self.total, elapsed_s))

        return watch


def _size(scenario: Scenario) -> float:
    """Return homes times days of all arms."""
    days = (scenario.period.end - scenario.period.start).days
    return float(scenario.population.homes * days * len(scenario.arms))


def _verdict(part: Part, measured: Measured) -> PartVerdict:
    """Return a part with what was measured of it."""
    return PartVerdict(
        key=part.key,
        name=part.name,
        unit=part.unit,
        low=part.low,
        high=part.high,
        simulated=measure.truth(measured.stat, measured.homes),
        as_trial=measured.as_trial,
        figures=part.figures,
    )


def _told(name: str, results: Results) -> Told:
    """Return a scenario in words."""
    said = tomllib.loads(results.story.scenario_toml)
    clock = results.clock
    return Told(
        name=f"{FOLDER}/{name}",
        title=results.story.title,
        description=str(said.get("description", "")),
        homes=int(said["population"]["homes"]),
        days=round(clock.steps * clock.step_s / DAY_S),
        arms=tuple(arm.name for arm in results.arms),
    )


def _assumptions(description: str) -> list[str]:
    """Return what a description says is assumed."""
    _, mark, rest = description.partition(ASSUMED)
    return [" ".join(rest.split())] if mark else []
