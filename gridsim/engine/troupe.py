"""The troupe: the parts of a town, dealt to threads and joined again."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass

from gridsim.engine import parts
from gridsim.engine.blocks import KEEP_BYTES, Crew
from gridsim.engine.cluster import Cluster
from gridsim.engine.joining import Joiner, Share
from gridsim.engine.keeping import Keeper, Minded, sync_loads
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
    keeper : Keeper or None
        Who writes down how far the run is; None: nobody does.
    cluster : Cluster or None
        Whose workers play the parts; None: threads of this process.
    """

    case: Case
    extras: Extras
    jobs: int
    ticks: Ticks
    part_homes: int
    keeper: Keeper | None = None
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
        joiner = Joiner(self.case.scenario.population.homes)
        folder = None if self.keeper is None or bare else self.keeper.folder
        bills = [Bill(self.case, self.extras, part, roles, bare, folder) for part in dealt]
        coupled = self._coupled(roles)
        if self.keeper is not None and not (coupled or bare):
            bills = [bill for bill in bills if not self._was_played(bill, joiner)]
        if self.cluster is not None:
            for share in self.cluster.shares(bills, self.ticks, coupled=coupled):
                if self.keeper is not None and not (coupled or bare):
                    self.keeper.finish(share)
                joiner.add(share)
        elif coupled:
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
            minded = self._minded([party])
            while party.day():
                if minded is not None:
                    minded.day_over()
            share = party.share()
            sync_loads(party)
            if minded is not None and bill.part.of > 1:
                minded.keeper.finish(share)
            return share
        finally:
            crew.close()

    def _minded(self, parties: Sequence[Party]) -> Minded | None:
        """Return parties that are written down now and then, brought to where they stood."""
        if self.keeper is None or parties[0].bill.bare:
            return None
        return self.keeper.minded(parties)

    def _was_played(self, bill: Bill, joiner: Joiner) -> bool:
        """Tell whether a part was played to the end before, and then take what came of it."""
        share = self.keeper.share(bill.part) if self.keeper is not None else None
        if share is None:
            return False
        for role in bill.roles:
            self.ticks(role.case.name, bill.part.count, True)(bill.case.clock.steps)
        joiner.add(share)
        return True

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
            minded = self._minded(parties)
            while lockstep(parties):
                if minded is not None:
                    minded.day_over()
            for party in parties:
                joiner.add(party.share())
        finally:
            for crew in crews:
                crew.close()
