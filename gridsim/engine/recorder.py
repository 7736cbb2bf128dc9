"""The recorder: what is written down while a run goes on, and turned into results at its end."""

from dataclasses import dataclass, field

import numpy as np

from gridsim.core.arrays import BLOCK, F4, F8
from gridsim.engine import layout as at
from gridsim.engine.blocks import Sums
from gridsim.engine.followed import Log


@dataclass
class Recorder:
    """Collects the sums of each step and the log of the followed homes of one arm.

    Parameters
    ----------
    kw : F8
        Each flow summed over each group, shape (t, groups, FLOWS). [kW]
    parts : int
        Groups that together are all homes.
    keep : bool
        Whether to keep the net load of every home.
    log : Log
        What the followed homes heard and did.
    loads : list of F4
        Net load of every home, (steps, n) each, if they are kept. [kW]
    peak_kw : float
        Highest net load of the town so far. [kW]
    coincident_kw : F4 or None
        Net load of each home at that moment, shape (n,). [kW]
    """

    kw: F8
    parts: int
    log: Log
    keep: bool = False
    loads: list[F4] = field(default_factory=list)
    peak_kw: float = -np.inf
    coincident_kw: F4 | None = None

    def write(self, first: int, sums: Sums) -> None:
        """Write down what a stretch gave."""
        self.kw[first : first + len(sums.kw)] = sums.kw
        self.log.watch(sums.log, sums.net)
        if sums.net.shape[1]:
            town = sums.kw[:, : self.parts, at.F_NET // BLOCK].sum(axis=1)
            highest = int(np.argmax(town))
            if town[highest] > self.peak_kw:
                self.peak_kw = float(town[highest])
                self.coincident_kw = sums.net[highest].copy()
            if self.keep:
                self.loads.append(sums.net)


def empty(steps: int, groups: int, parts: int, *, keep: bool, follow: int) -> Recorder:
    """Return a recorder for so many steps and groups, of which ``parts`` are all homes."""
    return Recorder(np.full((steps, groups, at.FLOWS), np.nan), parts, Log(follow), keep)
