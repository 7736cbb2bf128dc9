"""Parts of a town: neighbours that are played together, from the first day to the last.

A block never looks into another, and arms exchange nothing within a town but the sums that their
operators read. So a large town is played part after part, which takes the memory of a part, or
many parts at once, on threads or on other machines; the sums of the parts are added in their order.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from gridsim.core.arrays import B1, BLOCK, I8, blocks_for
from gridsim.population.town import Town

MOST = 65_536
"""Most homes of a part: 256 blocks, enough for the arrays of a day to be worth a call."""
NATURAL = 1024
"""First homes of a town that stand in the order of their numbers: those that are followed, and
those whose loads are kept."""


@dataclass(frozen=True, slots=True)
class Part:
    """Neighbours that are played together.

    Parameters
    ----------
    number, of : int
        Which part, from 0; how many there are.
    first, count : int
        Number of its first home; how many homes it has.
    """

    number: int
    of: int
    first: int
    count: int

    def share(self, homes: int) -> int:
        """Return how many of the first homes of the town belong to the part."""
        return min(max(homes - self.first, 0), self.count)


def deal(homes: int, most: int = MOST) -> tuple[Part, ...]:
    """Return the parts of a town: the fewest, all as large, in whole blocks.

    Parameters
    ----------
    homes : int
        Homes of the town, at least 1.
    most : int
        Most homes of a part, at least a block's.

    Raises
    ------
    ValueError
        If ``most`` is less than a block.
    """
    if most < BLOCK:
        raise ValueError(f"a part holds at least {BLOCK} homes, got {most}")
    blocks = blocks_for(homes)
    size = -(-blocks // -(-blocks // (most // BLOCK))) * BLOCK
    firsts = range(0, homes, size)
    return tuple(
        Part(number, len(firsts), first, min(size, homes - first))
        for number, first in enumerate(firsts)
    )


def whole(homes: int) -> Part:
    """Return a town as one part."""
    return Part(0, 1, 0, homes)


def order(town: Town, groups: Sequence[B1], natural: int) -> I8:
    """Return in which order the homes of a part are laid out in blocks, shape (n,).

    Homes of one group that own the same stand together, so that most blocks are all alike and
    what they do not have is left out for a whole block. Nobody's chances depend on it.

    Parameters
    ----------
    town : Town
        The homes of the part, in the order of their numbers.
    groups : sequence of B1
        Members of the groups whose loads are kept apart, shape (n,) each.
    natural : int
        How many of the first homes stay where they are.
    """
    owned = [
        town.producers.battery_kwh > 0.0, town.heating.cool_kw > 0.0, town.hot_water.kind > 0,
        town.producers.pv_kwp > 0.0, town.car.owns,
    ]  # fmt: skip
    natural = min(natural, len(town))
    rest = np.lexsort([column[natural:] for column in (*owned, *groups)])
    return np.concatenate([np.arange(natural), natural + rest]).astype(np.int64)
