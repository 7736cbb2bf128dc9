"""Futures: a town at one moment, and what becomes of it under one scenario or another."""

import dataclasses
from dataclasses import dataclass

from gridsim.core.errors import ScenarioError
from gridsim.engine import keeping, parts
from gridsim.engine.blocks import Crew
from gridsim.engine.joining import Joiner
from gridsim.engine.making import Extras
from gridsim.engine.party import Bill, Party, Role, Ticks, lockstep
from gridsim.scenario import dump
from gridsim.scenario.resolve import Case

_SAME = ("seed", "period", "place", "population")


@dataclass(frozen=True, slots=True)
class Moment:
    """A town at one moment of a run: all arms, how they stand and what was written down of them.

    A value: whatever is played from it, it stays as it is.

    Parameters
    ----------
    case : Case
        The scenario that has been played so far.
    extras : Extras
        What a library user adds.
    step : int
        The step that comes next.
    parts : tuple
        How each part of the town stands, as a checkpoint has it.
    """

    case: Case
    extras: Extras
    step: int
    parts: tuple[keeping.Stood, ...] = ()


def beginning(case: Case, extras: Extras) -> Moment:
    """Return a town before its first step."""
    return Moment(case, extras, 0)


def later(moment: Moment, step: int, crew: Crew, ticks: Ticks) -> Moment:
    """Return the town some steps on.

    Parameters
    ----------
    moment : Moment
        From where.
    step : int
        The step that comes next then.
    crew : Crew
        Threads.
    ticks : callable
        Gives each arm its tick.

    Raises
    ------
    ScenarioError
        If the step lies before the moment or after the period.
    """
    steps = moment.case.clock.steps
    if not moment.step <= step <= steps:
        raise ScenarioError([
            f"at: lies outside what is left of the period (steps {moment.step} to {steps},"
            f" this is {step})"
        ])  # fmt: skip
    if step == moment.step:
        return moment
    parties = _played(moment, moment.case, step, (crew, ticks))
    return dataclasses.replace(
        moment, step=step, parts=tuple(keeping.standing(party) for party in parties)
    )


def future(moment: Moment, case: Case, crew: Crew, ticks: Ticks) -> Joiner:
    """Play a town from a moment to the end of the period under a scenario.

    Parameters
    ----------
    moment : Moment
        From where; it stays as it is.
    case : Case
        What is played: the same people and period, other tariffs, calls or automation.
    crew, ticks
        As for :func:`later`.

    Raises
    ------
    ScenarioError
        If the case is about other people, another period or other arms, or settles bills in
        another way than what has been played so far.
    """
    _check_same(moment.case, case)
    joiner = Joiner(case.scenario.population.homes)
    for party in _played(moment, case, case.clock.steps, (crew, ticks)):
        joiner.add(party.share())
    return joiner


def _played(moment: Moment, case: Case, until: int, means: tuple[Crew, Ticks]) -> list[Party]:
    """Return all parts of a town, played from a moment up to a step."""
    roles = tuple(Role(arm) for arm in case.arms)
    dealt = parts.deal(case.scenario.population.homes)
    crews = [Crew(means[0].jobs, means[0].room // len(dealt)) for _ in dealt]
    parties = []
    try:
        for number, (part, crew) in enumerate(zip(dealt, crews, strict=True)):
            party = Party(Bill(case, moment.extras, part, roles, until=until), crew, means[1])
            if moment.parts:
                _bring(party, moment.parts[number])
            parties.append(party)
        if any(party.coupled for party in parties):
            while lockstep(parties):
                pass
        else:
            for party in parties:
                while party.day():
                    pass
    finally:
        for crew in crews:
            crew.close()
    return parties


def _bring(party: Party, stood: keeping.Stood) -> None:
    """Bring a party to where a town stood, refusing what cannot go on from there."""
    for game, told in zip(party.games, stood, strict=True):
        was = [account.shape for account in told["world"].accounts]
        if was != [account.shape for account in game.here.accounts]:
            raise ScenarioError(
                [
                    f"arms.{game.arm.name}.tariff: bills are settled in another way than before the"
                    " fork (blocks, charges for power, credits): run it from the beginning"
                ]
            )
    keeping.restore(party, stood)


def _check_same(before: Case, after: Case) -> None:
    """Refuse a future of other people, another time or other arms."""
    one, other = (dump.plain(case.scenario) for case in (before, after))
    wrong = [f"{key}: differs from that of the world: futures have one past" for key in _SAME
             if one.get(key) != other.get(key)]  # fmt: skip
    names = [[arm.name for arm in case.arms] for case in (before, after)]
    if names[0] != names[1]:
        wrong.append(f"arms: {', '.join(names[1])}; those of the world are {', '.join(names[0])}")
    if wrong:
        raise ScenarioError(wrong)
