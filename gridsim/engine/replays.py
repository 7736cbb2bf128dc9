"""Replays: the arms once more, with the links of people's answer switched on one after the other.

See ``results.causes`` for what comes of them and why their order matters.
"""

import dataclasses
from collections.abc import Callable, Sequence

from gridsim.core.errors import AuditError
from gridsim.engine.people import Links
from gridsim.programmes import calls
from gridsim.programmes.calls import Call
from gridsim.results import causes
from gridsim.results.causes import CAUSES
from gridsim.results.results import ArmResult, Results
from gridsim.scenario.resolve import ArmCase, Case

Player = Callable[[ArmCase, Links], ArmResult]
"""Plays an arm with some links at work."""


def first_links(count: int) -> Links:
    """Return the first links of ``CAUSES`` at work, and no other."""
    return Links(**{name: place < count for place, name in enumerate(CAUSES)})


def count(case: Case) -> int:
    """Return how many times arms are played besides the run itself."""
    if not case.scenario.output.causes or len(case.arms) < 2:
        return 0
    return 1 + len(case.arms) * (len(CAUSES) - 1)


def as_played(case: Case, made: Sequence[tuple[Call, ...]]) -> Case:
    """Return a case with what operators called in each arm in place of the operators."""
    arms = tuple(
        dataclasses.replace(arm, calls=calls.in_order((*arm.calls, *more)), watches=())
        for arm, more in zip(case.arms, made, strict=True)
    )
    return dataclasses.replace(case, arms=arms)


def with_causes(case: Case, results: Results, play: Player) -> Results:
    """Return results whose arms tell causes apart.

    Parameters
    ----------
    case : Case
        The scenario, resolved.
    results : Results
        Of its run with every link at work.
    play : Player
        Plays an arm anew.

    Raises
    ------
    AuditError
        If energy or money does not balance in a replay.
    """
    if not count(case):
        return results
    links = range(1, len(CAUSES))
    bare = _checked(play(case.arms[0], first_links(0)))
    told = []
    first: list[ArmResult] = []
    for arm_case, arm in zip(case.arms, results.arms, strict=True):
        chain = [*(_checked(play(arm_case, first_links(k))) for k in links), arm]
        if not first:
            first = [bare, *chain]
            told.append(arm)
        else:
            told.append(causes.split(first, chain))
    return dataclasses.replace(results, arms=tuple(told))


def _checked(arm: ArmResult) -> ArmResult:
    """Return a replay whose energy and money balance."""
    if not arm.audit.passed:
        raise AuditError(f"arm {arm.name!r}, replayed: the audit failed: {arm.audit}")
    return arm
