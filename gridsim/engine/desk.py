"""The operators' desk: what meters have shown so far, and what was called because of it."""

from dataclasses import dataclass, field

import numpy as np

from gridsim.core.arrays import B1, BLOCK, F8
from gridsim.engine import layout as at
from gridsim.population.town import Town
from gridsim.programmes.calls import Call
from gridsim.programmes.watch import Watch


@dataclass
class Desk:
    """What the operators of one arm see and have done.

    Parameters
    ----------
    watches : tuple of Watch
        Their programmes.
    kw : F8
        Net load that each watches, shape (t, watches); not a number where it has not been
        metered yet. It belongs to the world, so that a run can go on from it. [kW]
    called : F8
        Hours that are counted apart because the arm calls in them, 0 or 1, shape (h,). What an
        operator calls is written here, for every arm: all count their use in these hours. Decided
        the day before, it stands there before any arm plays the day.
    made : list of Call
        What has been called.
    """

    watches: tuple[Watch, ...]
    kw: F8
    called: F8
    made: list[Call] = field(default_factory=list)

    def note(self, calls: tuple[Call, ...]) -> None:
        """Write down what has been called."""
        for call in calls:
            self.called[call.first : call.last] = 1.0
        self.made += calls


def write(kw: F8, watches: tuple[Watch, ...], parts: int, first: int, town_kw: F8) -> None:
    """Write what a stretch gave into the rows of those who watch, in place.

    Parameters
    ----------
    kw : F8
        Net load watched by each, shape (t, watches). [kW]
    watches : tuple of Watch
        Who watches.
    parts : int
        Groups of the sums that together are all homes; the transformers' homes come after them.
    first : int
        First step of the stretch.
    town_kw : F8
        What it gave: sums over the town, shape (steps, groups, FLOWS).
    """
    net = town_kw[:, :, at.F_NET // BLOCK]
    row = parts
    for place, watch in enumerate(watches):
        if watch.homes is None:
            kw[first : first + len(net), place] = net[:, :parts].sum(axis=1)
        else:
            kw[first : first + len(net), place] = net[:, row]
            row += 1


def feeders(town: Town, watches: tuple[Watch, ...]) -> list[B1]:
    """Return which homes hang on each transformer that is watched, shape (n,) each."""
    return [town.homes < watch.homes for watch in watches if watch.homes is not None]


def blank(watches: tuple[Watch, ...], steps: int) -> F8:
    """Return the meters before anything was read, shape (t, watches)."""
    return np.full((steps if watches else 0, len(watches)), np.nan)
