"""A run: from a case to results, arm after arm, the same people and chances in each."""

import dataclasses
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from gridsim.core.errors import AuditError, DataError
from gridsim.engine import outcome, parts, rebating, recorder, replays
from gridsim.engine.cast import Tick
from gridsim.engine.cluster import Cluster
from gridsim.engine.joining import Joiner
from gridsim.engine.keeping import Keeper
from gridsim.engine.making import Extras, make_arm, make_stage
from gridsim.engine.party import Role, Ticks
from gridsim.engine.troupe import Troupe
from gridsim.results import daily
from gridsim.results.provenance import provenance
from gridsim.results.results import Results, Story
from gridsim.scenario import dump
from gridsim.scenario.resolve import Case

__all__ = ["Extras", "Progress", "make_arm", "make_stage", "run"]


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is.

    Parameters
    ----------
    arm : str
        Which arm is being played.
    done, total : float
        Homes times days done and to do, over all arms.
    elapsed_s : float
        Seconds since the run began, or went on.
    before : float
        What of ``done`` had been done before it was stopped and went on.
    """

    arm: str
    done: float
    total: float
    elapsed_s: float
    before: float = 0.0

    @property
    def rate(self) -> float:
        """Homes times days per second so far."""
        return (self.done - self.before) / self.elapsed_s if self.elapsed_s > 0.0 else 0.0

    @property
    def left_s(self) -> float:
        """Seconds left at this rate; infinite before anything is done."""
        return (self.total - self.done) / self.rate if self.rate > 0.0 else float("inf")


Watcher = Callable[[Progress], None]


def run(
    case: Case, *, extras: Extras | None = None, jobs: int | Cluster = 1,
    progress: Watcher | None = None, part_homes: int = parts.MOST, keeper: Keeper | None = None,
) -> Results:  # fmt: skip
    """Play every arm of a case.

    Parameters
    ----------
    case : Case
        A scenario, resolved.
    extras : Extras, optional
        A library user's own devices, contracts and agents.
    jobs : int or Cluster
        Threads, or the cluster whose workers play; the results are the same bits for any number.
    progress : callable, optional
        Called after each stretch of each arm.
    part_homes : int
        Most homes of a part of the town. Smaller parts need less memory; sums over the town may
        differ in their last digits.
    keeper : Keeper, optional
        Who writes down how far the run is, and goes on from what was written down before.

    Raises
    ------
    AuditError
        If energy or money does not balance.
    ValueError
        If the extras name an arm that is not there.
    """
    added = extras or Extras()
    for name in added.contracts:
        if name not in [a.name for a in case.arms]:
            raise ValueError(f"contracts: there is no arm {name!r}")
    if keeper is None or not isinstance(jobs, int):  # workers send their loads, and write none
        recorder.check_profiles(case)
    else:
        daily.check(case, keeper.folder)
    rebating.check(case)
    wall, cpu = time.perf_counter(), time.process_time()
    cluster, threads = (None, jobs) if isinstance(jobs, int) else (jobs, 1)
    if cluster is not None:
        keeper = _kept_with(keeper, case)
    troupe = Troupe(case, added, threads, _ticks(case, progress), part_homes, keeper, cluster)
    joiner = troupe.play(tuple(Role(arm) for arm in case.arms))
    results = _collect(case, joiner)
    again = dataclasses.replace(troupe, case=replays.as_played(case, joiner.made()))
    results = replays.with_causes(again.case, results, again.replay)
    spent = {"wall_s": time.perf_counter() - wall, "cpu_s": time.process_time() - cpu}
    results = dataclasses.replace(results, provenance={**results.provenance, **spent})
    if added.settings is not None:
        results = outcome.with_own_parameters(results)
    for arm in results.arms:
        if not arm.audit.passed:
            raise AuditError(f"arm {arm.name!r}: the audit failed: {arm.audit}")
    return results


def _kept_with(keeper: Keeper | None, case: Case) -> Keeper | None:
    """Return who writes down how far a run on a cluster is.

    Nobody where loads of single homes are kept: they come back with the shares of the workers, and
    those that threads have written cannot be told apart from them.
    """
    if keeper is None or case.scenario.output.kept is None:
        return keeper
    if (keeper.folder / daily.FOLDER).exists():
        raise DataError(
            f"{keeper.folder}: the run keeps loads and was begun with threads: go on without a"
            " cluster"
        )
    return None


def _ticks(case: Case, progress: Watcher | None) -> Ticks:
    """Return what gives each arm that is played its tick, in any thread."""
    per_step = case.clock.step_s / 86_400.0
    days = case.clock.steps * per_step
    homes = case.scenario.population.homes
    total = days * homes * (len(case.arms) + replays.count(case))
    began, lock = time.perf_counter(), threading.Lock()
    done, earlier = 0.0, 0.0

    def next_tick(name: str, count: int, before: bool) -> Tick:
        def tick(steps: int) -> None:
            nonlocal done, earlier
            with lock:
                done += steps * count * per_step
                earlier += steps * count * per_step * before
                if progress is not None:
                    elapsed_s = time.perf_counter() - began
                    progress(Progress(name, done, total, elapsed_s, earlier))

        return tick

    return next_tick


def _collect(case: Case, joiner: Joiner) -> Results:
    """Return the results of all arms."""
    scenario, steps = case.scenario, case.clock.steps
    story = Story(
        scenario.title, scenario.question, case.place.name, case.arms[0].contract.currency,
        case.weather.label, case.weather.synthetic, dump.dump(scenario),
        (*case.notes, *outcome.ASSUMPTIONS),
    )  # fmt: skip
    return Results(
        story,
        case.clock,
        joiner.attributes(),
        joiner.arms(),
        joiner.events(),
        case.sky.air_c[:steps].copy(),
        case.carbon_g_kwh[:steps].copy(),
        provenance(
            scenario.seed, dump.fingerprint(scenario), scenario.population.homes, steps,
            wall_s=0.0, cpu_s=0.0,
        ),
        joiner.loads(),
        joiner.hourly(),
        joiner.loads_of(),
    )  # fmt: skip
