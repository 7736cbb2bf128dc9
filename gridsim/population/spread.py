"""Spreading uniforms: from a named uniform of each home to the values that a town is made of.

Every draw takes one uniform per home and question, so that a home's answer moves only with its
own distribution: raising a share only adds owners, adding homes changes nobody.
"""

from dataclasses import dataclass

import numpy as np
from scipy.special import ndtri

from gridsim.core.arrays import F8, I8
from gridsim.core.chance import uniforms


@dataclass(frozen=True, slots=True)
class Lot:
    """Homes to be drawn: the seed of the scenario and the numbers of the homes, shape (n,).

    A seed of ``EVEN`` asks for an even sample instead of a random one: each question runs through
    its answers by steps of its own (a Kronecker sequence), so that means over the lot come out
    much closer than by chance. Levels are solved on such a lot.
    """

    seed: int
    homes: I8

    def __len__(self) -> int:
        """Return the number of homes."""
        return len(self.homes)


EVEN = -1
_TURN = 1 << 32
_GOLDEN = 0x9E3779B9
"""2**32 over the golden ratio: steps apart for the several draws of one question."""


def several(lot: Lot, asked: int, count: int) -> F8:
    """Return several answers of each home to a question, uniform in (0, 1), shape (n, count)."""
    if lot.seed != EVEN:
        return uniforms(lot.seed, asked, lot.homes, count=count)
    strides = (asked + np.arange(count, dtype=np.int64) * _GOLDEN) % _TURN
    steps = (strides | 1) * (2 * lot.homes[:, np.newaxis] + 1)
    return np.asarray((steps % (2 * _TURN) + 0.5) / (2.0 * _TURN), dtype=np.float64)


def uniform(lot: Lot, asked: int) -> F8:
    """Return the answer of each home to a question, uniform in (0, 1), shape (n,)."""
    return np.ascontiguousarray(several(lot, asked, 1)[:, 0])


def normal(lot: Lot, asked: int) -> F8:
    """Return the answer of each home to a question, standard normal, shape (n,)."""
    return np.asarray(ndtri(uniform(lot, asked)), dtype=np.float64)


def between(u: F8, ends: F8) -> F8:
    """Spread uniforms evenly over ``[ends[0], ends[1]]``, shape (n,)."""
    return np.asarray(ends[0] + (ends[1] - ends[0]) * u, dtype=np.float64)


def around(z: F8, sigma: float) -> F8:
    """Return lognormal factors of mean 1 from standard normals, shape (n,)."""
    return np.asarray(np.exp(sigma * z - 0.5 * sigma * sigma), dtype=np.float64)


def pick(u: F8, shares: F8) -> I8:
    """Return the category that each uniform falls into, shape (n,).

    Parameters
    ----------
    u : F8
        Uniforms, shape (n,).
    shares : F8
        Shares that sum to 1, shape (k,) for all homes or (n, k) for each.
    """
    edges = np.cumsum(shares, axis=-1)
    if edges.ndim == 1:
        found = np.searchsorted(edges, u, side="right")
    else:
        found = (u[:, np.newaxis] >= edges).sum(axis=1)
    return np.asarray(np.minimum(found, shares.shape[-1] - 1), dtype=np.int64)
