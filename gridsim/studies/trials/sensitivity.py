"""How each row answers to each parameter of the citizens: one at a time, raised by a fifth."""

from collections.abc import Sequence
from dataclasses import replace

from gridsim.citizens.parameters import Parameters, parameters, values, with_values
from gridsim.engine.run import Progress, Watcher
from gridsim.results.verdicts import RowVerdict, Slope
from gridsim.studies.trials import runner
from gridsim.studies.trials.records import Trial
from gridsim.studies.trials.runner import Plan

FACTOR = 1.2
"""What a parameter is multiplied with. Assumed: large against noise, small against the range."""


def slopes(trials: Sequence[Trial], plan: Plan | None = None) -> tuple[Slope, ...]:
    """Return by how much each part of each row moves with each parameter.

    Rows are run quick, whatever the plan says, once as they are and once for each parameter; the
    same people and chances stand behind both, so that what differs is the parameter's doing. Rows
    in which no citizen decides are left out, and so are exchange rates and numbers that are zero.

    Parameters
    ----------
    trials : sequence of Trial
        Rows.
    plan : Plan, optional
        Threads, progress, own parameters.

    Returns
    -------
    tuple of Slope
        In the order of parameters, rows and parts.
    """
    asked = [trial for trial in trials if trial.citizens]
    if not asked:
        return ()
    how = replace(plan or Plan(), quick=True)
    settings = how.settings or parameters()
    numbers = names(settings)
    found = []
    before = _values(runner.run(asked, replace(how, progress=_part(how.progress, 0, numbers))))
    for place, name in enumerate(numbers):
        watcher = _part(how.progress, 1 + place, numbers)
        other = replace(how, settings=raised(settings, name), progress=watcher)
        after = _values(runner.run(asked, other))
        found += [
            Slope(row, part, name, FACTOR, after[row, part] - value)
            for (row, part), value in before.items()
        ]
    return tuple(found)


def names(settings: Parameters) -> tuple[str, ...]:
    """Return every number that can be raised, by name; those of a tuple with their place."""
    found = []
    for name, value in values(settings).items():
        parts = value if isinstance(value, tuple) else (value,)
        for place, part in enumerate(parts):
            if part and not name.startswith("money."):
                found.append(f"{name}.{place}" if isinstance(value, tuple) else name)
    return tuple(found)


def raised(settings: Parameters, name: str, factor: float = FACTOR) -> Parameters:
    """Return the parameters with one number multiplied; shares stay below 1."""
    plain, place = name, ""
    known = values(settings)
    if name not in known:
        plain, _, place = name.rpartition(".")
    value = known[plain]
    number = value[int(place)] if isinstance(value, tuple) else value
    more = number * factor
    if 0.0 < number < 1.0 <= more:  # a share may not pass 1; a number that is none loses a little
        more = 1.0 - (1.0 - number) / factor
    return with_values(settings, {name: more})


def _values(rows: Sequence[RowVerdict]) -> dict[tuple[str, str], float]:
    """Return the simulated value of every part of every row."""
    return {(row.row, part.key): part.simulated.estimate for row in rows for part in row.parts}


def _part(watcher: Watcher | None, place: int, numbers: tuple[str, ...]) -> Watcher | None:
    """Return a watcher that sees one run of all rows as a part of the whole study."""
    if watcher is None:
        return None
    tell, runs = watcher, 1 + len(numbers)
    label = numbers[place - 1] if place else "as it is"

    def watch(progress: Progress) -> None:
        done = place * progress.total + progress.done
        name = f"{label}: {progress.arm}"
        tell(Progress(name, done, runs * progress.total, progress.elapsed_s))

    return watch
