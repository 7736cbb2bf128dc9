"""The recorder: what is written down while a run goes on, and turned into results at its end."""

from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from gridsim.core.arrays import B1, BLOCK, F4, F8
from gridsim.core.clock import HOUR_S, Clock
from gridsim.core.errors import ScenarioError
from gridsim.engine import layout as at
from gridsim.engine.blocks import Sums
from gridsim.engine.followed import LOADS, Log
from gridsim.engine.world import NO_KEPT
from gridsim.scenario.resolve import Case

KEPT_HOMES = 1000
"""First homes whose loads are kept by the hour when anything is called."""
PROFILE_BYTES = 4 * 2**30
"""Most memory for the loads of every home."""


@dataclass
class Recorder:
    """Collects the sums of each step and the log of the followed homes of one arm.

    Parameters
    ----------
    kw : F8
        Each flow summed over each group, shape (t, groups, FLOWS). [kW]
    parts, homes : int
        Groups that together are all homes; how many homes that is.
    keep : bool
        Whether to keep the net load of every home.
    log : Log
        What the followed homes heard and did.
    loads : list of F4
        Net load of every home, (steps, n) each, if they are kept. [kW]
    written : list of Path
        Files of loads that were written and may not be on the disk yet.
    coincide : bool
        Whether to keep the load of each home at the moment of the town's peak: the homes are the
        whole town.
    peak_kw : float
        Highest net load of the town so far. [kW]
    coincident_kw : F4 or None
        Net load of each home at that moment, shape (n,). [kW]
    """

    kw: F8
    parts: int
    homes: int
    log: Log
    keep: bool = False
    loads: list[F4] = field(default_factory=list)
    written: list[Path] = field(default_factory=list)
    coincide: bool = True
    peak_kw: float = -np.inf
    coincident_kw: F4 | None = None

    def write(self, first: int, sums: Sums) -> None:
        """Write down what a stretch gave."""
        self.kw[first : first + len(sums.kw)] = sums.kw
        self.log.watch(sums.log, sums.loads(min(self.log.follow, LOADS, self.homes)))
        if self.coincide:
            town = sums.kw[:, : self.parts, at.F_NET // BLOCK].sum(axis=1)
            highest = int(np.argmax(town))
            if town[highest] > self.peak_kw:
                self.peak_kw = float(town[highest])
                self.coincident_kw = sums.loads_at(highest, self.homes)
        if self.keep:
            self.loads.append(sums.loads(self.homes))


def empty(
    steps: int, groups: tuple[int, int], homes: int, *, keep: bool, follow: int, coincide: bool
) -> Recorder:
    """Return a recorder for so many steps, groups, those of them that are all homes, and homes."""
    kw = np.full((steps, groups[0], at.FLOWS), np.nan)
    return Recorder(kw, groups[1], homes, Log(follow), keep, coincide=coincide)


@dataclass(frozen=True, slots=True)
class Slots:
    """Of which homes the load is kept all through a run, and how finely.

    Parameters
    ----------
    homes : int
        The first homes of the town.
    steps : int
        Steps of a slot: an hour's, or less where calls begin or end within an hour.
    """

    homes: int
    steps: int


def kept_homes(case: Case) -> int:
    """Return of how many homes the load is kept: of all where a rebate is settled from them.

    Of fewer where any step may be called, and so every step is kept.
    """
    homes = case.scenario.population.homes
    if any(arm.rebates for arm in case.arms):
        return homes
    watched = any(arm.watches for arm in case.arms)
    return min(homes, KEPT_HOMES // 4 if watched else KEPT_HOMES)


def slots_for(clock: Clock, called: B1, homes: int, *, cut: bool = False) -> Slots | None:
    """Return the coarsest slots that no call cuts; None where nothing is called.

    Parameters
    ----------
    clock : Clock
        The period, t steps.
    called : B1
        Steps in which any arm calls, shape (t or more,).
    homes : int
        Of how many homes to keep the load.
    cut : bool
        Whether any step may be called while the run goes on: every step is a slot then.
    """
    if cut:
        return Slots(homes, 1)
    if not called[: clock.steps].any():
        return None
    edges = np.flatnonzero(np.diff(called[: clock.steps])) + 1
    for slot_s in (HOUR_S, HOUR_S // 2, HOUR_S // 4, HOUR_S // 12):
        steps, rest = divmod(slot_s, clock.step_s)
        if steps < 1 or rest or clock.steps % steps:
            continue
        if not (edges % steps).any() and not (clock.wall_s[::steps] % slot_s).any():
            return Slots(homes, steps)
    return Slots(homes, 1)


def room(slots: Slots | None, clock: Clock, homes: int) -> F4:
    """Return room for the kept loads of a town, zero, shape (slots, m)."""
    if slots is None:
        return NO_KEPT
    return np.zeros((clock.steps // slots.steps, min(slots.homes, homes)), dtype=np.float32)


def keep_loads(kept: F4, slots: Slots, first: int, net: F4) -> None:
    """Add the loads of a stretch to their slots, step by step, in place.

    Parameters
    ----------
    kept : F4
        Sums so far, shape (slots, m). [kW]
    slots : Slots
        What is kept.
    first : int
        First step of the stretch.
    net : F4
        Net load of the first homes, shape (steps, at least m). [kW]
    """
    for step, row in enumerate(net, start=first):
        kept[step // slots.steps] += row[: kept.shape[1]]


def check_profiles(case: Case) -> None:
    """Refuse to keep the loads of more homes than fit in memory."""
    homes = case.scenario.population.homes
    if case.scenario.output.kept is None:
        return
    size = 4 * homes * case.clock.steps * len(case.arms)
    if size > PROFILE_BYTES:
        raise ScenarioError(
            [
                f"output.profiles: {size / 2**30:.1f} GiB of loads, at most"
                f" {PROFILE_BYTES / 2**30:.0f} are kept: fewer homes, days or longer steps"
            ]
        )
