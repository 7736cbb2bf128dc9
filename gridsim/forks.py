"""Forks: a town played up to a moment, and what becomes of it in one future or another."""

import contextlib
import datetime as dt
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from gridsim import front
from gridsim.core.errors import AuditError, ScenarioError
from gridsim.scenario.models import Scenario

if TYPE_CHECKING:
    from gridsim.core.clock import Clock
    from gridsim.engine.agenda import Agent
    from gridsim.engine.blocks import Crew
    from gridsim.engine.extra import Device
    from gridsim.engine.futures import Moment
    from gridsim.signals.contract import Contract
    from gridsim.signals.tariff import Tariff


@dataclass(frozen=True, slots=True)
class World:
    """How a town stands at one moment of a run, in every arm; a value, whatever is played from it.

    Parameters
    ----------
    scenario : Scenario
        What has been played so far.
    moment : Moment
        The engine's record of it.
    """

    scenario: Scenario
    moment: "Moment"

    @property
    def at(self) -> dt.datetime:
        """The moment, in local time."""
        clock = self.moment.case.clock
        second = clock.start_s + self.moment.step * clock.step_s
        return dt.datetime.fromtimestamp(second, ZoneInfo(clock.timezone))


def world(
    scenario: Scenario | str | os.PathLike[str],
    *,
    at: str | dt.datetime | dt.date | None = None,
    devices: "Mapping[str, Device] | None" = None,
    tariffs: "Mapping[str, Contract | Tariff] | None" = None,
    agents: "Sequence[Agent]" = (),
    jobs: int = 1,
) -> World:
    """Play a scenario up to a moment, and return how its town stands then.

    Parameters
    ----------
    scenario : Scenario or path
        A scenario, its file, or the name of a shipped one.
    at : str, datetime or date, optional
        Local time of a step, such as ``"2023-01-09 18:00"``; the beginning when left out.
    devices, tariffs, agents, jobs
        As for :func:`gridsim.run`.

    Raises
    ------
    ScenarioError, DataError
        If the scenario or a file it names is wrong, or the moment is no step of its period.
    """
    from gridsim.engine import futures  # noqa: PLC0415
    from gridsim.engine.making import Extras  # noqa: PLC0415
    from gridsim.scenario import resolve  # noqa: PLC0415

    asked = scenario if isinstance(scenario, Scenario) else front.load(scenario)
    case = resolve.resolve(asked)
    extras = Extras(dict(devices or {}), front.contracts(case, tariffs or {}), tuple(agents))
    first = World(asked, futures.beginning(case, extras))
    return first if at is None else later(first, at, jobs=jobs)


def later(before: World, at: str | dt.datetime | dt.date, *, jobs: int = 1) -> World:
    """Return the same town at a later moment; arguments and errors as of :func:`world`."""
    from gridsim.engine import futures, run  # noqa: PLC0415

    moment = before.moment
    step = _step(moment.case.clock, at)
    with _crew(jobs) as crew:
        ticks = run.ticking(moment.case, None)
        return World(before.scenario, futures.later(moment, step, crew, ticks))


def fork(
    start: World,
    *futures: Scenario,
    at: str | dt.datetime | dt.date | None = None,
    jobs: int = 1,
) -> tuple[front.Run, ...]:
    """Run several futures from one moment to the end of the period.

    All have the same past, which is part of each run: a future that says what the past said anyway
    is the run from the beginning, to the last bit. What was not kept before the fork (loads by the
    hour, when nothing was called) is not a number there.

    Parameters
    ----------
    start : World
        From :func:`world`; it stays as it is.
    *futures : Scenario
        What is played from there: ``scenario.set(...)`` with other calls, prices from then on or
        machines; the world's own scenario when left out. People, place and period are the same.
    at : str, datetime or date, optional
        Local time up to which the world is played on first.
    jobs : int
        Threads; the results are the same bits for any number.

    Raises
    ------
    ScenarioError, DataError
        If a future is about other people, another period or other arms, settles bills in another
        way, or asks for causes, which only a whole run can tell apart.
    AuditError
        If energy or money does not balance.
    """
    from gridsim.engine import futures as engine  # noqa: PLC0415
    from gridsim.engine import run  # noqa: PLC0415
    from gridsim.scenario import resolve  # noqa: PLC0415
    from gridsim.studies import arms  # noqa: PLC0415

    here = start if at is None else later(start, at, jobs=jobs)
    found = []
    for scenario in futures or (here.scenario,):
        if scenario.output.causes:
            raise ScenarioError(["output.causes: only a whole run tells causes apart"])
        case = resolve.resolve(scenario)
        with _crew(jobs) as crew:
            joiner = engine.future(here.moment, case, crew, run.ticking(case, None))
        results = run.collect(case, joiner)
        for arm in results.arms:
            if not arm.audit.passed:
                raise AuditError(f"arm {arm.name!r}: the audit failed: {arm.audit}")
        found.append(front.Run(results, arms.summary(results)))
    return tuple(found)


def _crew(jobs: int) -> "contextlib.closing[Crew]":
    """Return threads that go when the block ends."""
    from gridsim.engine.blocks import Crew  # noqa: PLC0415

    return contextlib.closing(Crew(jobs))


def _step(clock: "Clock", at: str | dt.datetime | dt.date) -> int:
    """Return the step that begins at a local time.

    Raises
    ------
    ScenarioError
        If it is no time, lies outside the period, or within a step.
    """
    try:
        told = dt.datetime.fromisoformat(at) if isinstance(at, str) else at
    except ValueError:
        raise ScenarioError([f"at: {at!r} is no local time such as 2023-01-09 18:00"]) from None
    if not isinstance(told, dt.datetime):
        told = dt.datetime.combine(told, dt.time())
    if told.tzinfo is None:
        told = told.replace(tzinfo=ZoneInfo(clock.timezone))
    step, rest = divmod(int(told.timestamp()) - clock.start_s, clock.step_s)
    if rest or not 0 <= step <= clock.steps:
        raise ScenarioError([
            f"at: {at} is not the beginning of a step of the period"
            f" (every {clock.step_s // 60} minutes)"
        ])  # fmt: skip
    return step
