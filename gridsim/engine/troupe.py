"""The troupe: the parts of a town, dealt to threads and joined again."""

from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass

from gridsim.engine import parts
from gridsim.engine.blocks import KEEP_BYTES, Crew
from gridsim.engine.cluster import Cluster
from gridsim.engine.joining import Joiner, Share
from gridsim.engine.making import Extras
from gridsim.engine.party import Bill, Party, Role, Ticks, lockstep
from gridsim.engine.people import Links
from gridsim.results.results import ArmResult
from gridsim.scenario.resolve import ArmCase, Case


@dataclass(frozen=True, slots=True)
class Troupe:
    """Those who play a case: the parts of its town, and the threads that they are dealt to.

    Parameters
    ----------
    case : Case
        The scenario, resolved.
    extras : Extras
        What a library user adds.
    jobs : int
        Threads.
    ticks : callable
        Gives each arm its tick.
    part_homes : int
        Most homes of a part.
    cluster : Cluster or None
        Whose workers play the parts; None: threads of this process.
    """

    case: Case
    extras: Extras
    jobs: int
    ticks: Ticks
    part_homes: int
    cluster: Cluster | None = None

    def play(self, roles: tuple[Role, ...], *, bare: bool = False) -> Joiner:
        """Play arms side by side in every part of the town, to the end.

        Parameters
        ----------
        roles : tuple of Role
            Which arms, and with which links at work.
        bare : bool
            Whether nothing of single homes is kept beside their metrics.
        """
        dealt = parts.deal(self.case.scenario.population.homes, self.part_homes)
        bills = [Bill(self.case, self.extras, part, roles, bare) for part in dealt]
        joiner = Joiner(self.case.scenario.population.homes)
        if self.cluster is not None:
            for share in self.cluster.shares(bills, self.ticks, coupled=self._coupled(roles)):
                joiner.add(share)
        elif self._coupled(roles):
            self._together(bills, joiner)
        elif len(bills) > 1 and self.jobs > 1:
            self._at_once(bills, joiner)
        else:
            for bill in bills:
                joiner.add(self._alone(bill, self.jobs))
        return joiner

    def replay(self, arm: ArmCase, links: Links) -> ArmResult:
        """Play an arm once more, with some links at work."""
        return self.play((Role(arm, links),), bare=True).arms()[0]

    def _coupled(self, roles: tuple[Role, ...]) -> bool:
        """Tell whether the parts of the town exchange sums while they are played."""
        return bool(self.extras.agents) or any(role.case.watches for role in roles)

    def _alone(self, bill: Bill, jobs: int) -> Share:
        """Play a part on its own, and return what came of it."""
        crew = Crew(jobs)
        try:
            party = Party(bill, crew, self.ticks)
            while party.day():
                pass
            return party.share()
        finally:
            crew.close()

    def _at_once(self, bills: list[Bill], joiner: Joiner) -> None:
        """Play as many parts at a time as there are threads."""
        with ThreadPoolExecutor(self.jobs) as pool:
            playing = {pool.submit(self._alone, bill, 1) for bill in bills}
            try:
                for done in as_completed(playing):
                    playing.discard(done)  # or every share is kept beside what was joined
                    joiner.add(done.result())
            except BaseException:
                for waiting in playing:
                    waiting.cancel()
                raise

    def _together(self, bills: list[Bill], joiner: Joiner) -> None:
        """Play all parts at once, a stretch at a time."""
        crews = [Crew(self.jobs, KEEP_BYTES // len(bills)) for _ in bills]
        try:
            parties = [
                Party(bill, crew, self.ticks) for bill, crew in zip(bills, crews, strict=True)
            ]
            while lockstep(parties):
                pass
            for party in parties:
                joiner.add(party.share())
        finally:
            for crew in crews:
                crew.close()
