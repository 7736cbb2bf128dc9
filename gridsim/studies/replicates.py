"""Replicates: ask again with other seeds, on threads or on a cluster, and keep the summaries.

Each answer is written down beside the checkpoints of the run, if there are any, as soon as it is
there: a run that is stopped and goes on asks only for those that are missing.
"""

import dataclasses
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

from gridsim.core.errors import DataError
from gridsim.engine import parts
from gridsim.engine import run as engine
from gridsim.engine.cluster import Cluster
from gridsim.engine.keeping import Keeper
from gridsim.engine.making import Extras
from gridsim.engine.run import Progress, Watcher
from gridsim.results import parcels
from gridsim.results.replicates import Answer
from gridsim.results.results import Results
from gridsim.scenario import replicates, resolve
from gridsim.scenario.resolve import Case
from gridsim.studies import arms


def answer(results: Results) -> Answer:
    """Return what a run found, as a replicate among others."""
    found = arms.compared(results)
    return Answer(
        int(str(results.provenance["seed"])),
        {arm: {name: one.other for name, one in told.items()} for arm, told in found.items()},
        {
            arm: {name: one.effect.estimate for name, one in told.items()}
            for arm, told in found.items()
            if arm != results.reference.name
        },
    )


def ask(
    results: Results, case: Case, extras: Extras | None, *, jobs: int | Cluster = 1,
    progress: Watcher | None = None, keeper: Keeper | None = None,
) -> list[Answer]:  # fmt: skip
    """Ask again with the seeds that follow; return what was found by seed, the first included.

    A town of one part is played by a thread, as many at once as there are; a larger one by all
    threads together. On a cluster a replicate is a task of its own. However it is spread, a
    replicate is the run of its seed, to the bit.

    Parameters
    ----------
    results : Results
        Of the run with the first seed.
    case : Case
        What was run.
    extras : Extras, optional
        What a library user adds.
    jobs : int or Cluster
        Threads, or the cluster whose workers play.
    progress : callable, optional
        Called with the progress of all replicates together.
    keeper : Keeper, optional
        Where answers are written down, and found if the run was stopped.
    """
    count = case.scenario.replicates
    whole = case.clock.steps * case.clock.step_s / 86_400.0 * case.scenario.population.homes
    others = list(replicates.others(case.scenario))
    found = {place: kept for place, one in enumerate(others) if (kept := _kept(keeper, one.seed))}
    watch = _Watch(progress, count, whole * len(case.arms), len(found))
    missing = [place for place in range(count - 1) if place not in found]
    cases = (resolve.resolve(others[place]) for place in missing)
    if not missing:
        answers: Iterator[tuple[int, Answer]] = iter(())
    elif not isinstance(jobs, int):
        answers = watch.counted(jobs.each(_of, ((case, extras) for case in cases)))
    else:
        single = case.scenario.population.homes <= parts.MOST
        at_once = min(jobs, len(missing)) if single else 1
        play = partial(_play, extras=extras, jobs=max(jobs // at_once, 1), watch=watch)
        answers = enumerate(_spread(play, cases, at_once))
    for place, one in answers:
        _keep(keeper, one)
        found[missing[place]] = one
    return [answer(results), *(found[place] for place in range(count - 1))]


def _path(keeper: Keeper, seed: int) -> Path:
    """Return the file of an answer."""
    return keeper.folder / f"replicate-{seed}.answer"


def _keep(keeper: Keeper | None, one: Answer) -> None:
    """Write an answer down."""
    if keeper is not None:
        parcels.write(_path(keeper, one.seed), {}, dataclasses.asdict(one))


def _kept(keeper: Keeper | None, seed: int) -> Answer | None:
    """Return the answer of a seed if it was written down; one that is damaged is passed over."""
    if keeper is None or not _path(keeper, seed).exists():
        return None
    try:
        return Answer(**parcels.read(_path(keeper, seed))[1])
    except DataError as error:
        keeper.tell(f"{error}; the replicate is played anew")
        return None


class _Watch:
    """How far all replicates are together, told from any thread.

    Parameters
    ----------
    progress : callable or None
        Who watches.
    count : int
        Replicates, the first included, which is done.
    each : float
        Homes times days of one, over all arms.
    before : int
        How many had been played before the run was stopped and went on.
    """

    def __init__(self, progress: Watcher | None, count: int, each: float, before: int = 0) -> None:
        self.progress, self.count, self.each = progress, count, each
        self.before = before * each
        self.began, self.lock = time.perf_counter(), threading.Lock()
        self.done: dict[int, float] = {}

    def tell(self, place: int, done: float) -> None:
        """Tell how far a replicate is."""
        with self.lock:
            self.done[place] = done
            spent_s = time.perf_counter() - self.began
            if self.progress is not None:
                total = self.each * (self.count - 1)
                name = f"replicates, {self.count} in all"
                done = self.before + sum(self.done.values())
                self.progress(Progress(name, done, total, spent_s, self.before))

    def counted(self, found: Iterator[tuple[int, Answer]]) -> Iterator[tuple[int, Answer]]:
        """Pass on what is found, and tell of it."""
        for place, one in found:
            self.tell(place, self.each)
            yield place, one


def _spread(
    play: Callable[[int, Case], Answer], cases: Iterator[Case], at_once: int
) -> Iterator[Answer]:
    """Give the answers in order, some played at once; no more cases are kept than are played."""
    with ThreadPoolExecutor(at_once) as pool:
        playing = []
        try:
            for place, case in enumerate(cases):
                playing.append(pool.submit(play, place, case))
                if len(playing) > at_once:
                    yield playing.pop(0).result()
            while playing:
                yield playing.pop(0).result()
        except BaseException:
            for waiting in playing:
                waiting.cancel()
            raise


def _play(place: int, case: Case, *, extras: Extras | None, jobs: int, watch: _Watch) -> Answer:
    """Play a replicate with threads."""
    results = engine.run(
        case, extras=extras, jobs=jobs, progress=lambda seen: watch.tell(place, seen.done)
    )
    return answer(results)


def _of(item: tuple[Case, Extras | None]) -> Answer:
    """Play a replicate where it was sent to."""
    case, extras = item
    return answer(engine.run(case, extras=extras))
