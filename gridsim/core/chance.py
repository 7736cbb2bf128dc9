"""Chance with names: every question has its own stream of a counter-based generator.

The generator is Philox-4x32-10 (Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as
1, 2, 3", SC11, doi:10.1145/2063384.2063405). The key is the scenario's seed, the counter is
(home, day, question, draw), so an answer depends on nothing that was asked before it.
"""

import hashlib
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numba import types

from gridsim.core.arrays import F8, I8
from gridsim.core.kernel import kernel

_M0 = np.uint64(0xD2511F53)
_M1 = np.uint64(0xCD9E8D57)
_W0 = np.uint64(0x9E3779B9)
_W1 = np.uint64(0xBB67AE85)
_MASK = np.uint64(0xFFFFFFFF)
_SHIFT = np.uint64(32)
_TO_UNIT = 2.0**-32
_SIGN = np.uint64(0x80000000)
_HALF_RANGE = 2.0**31 + 0.5

ROW = 192
"""Most turns that are asked for at once, see :func:`turns`: three for each of 64 lanes."""


_WORDS = types.UniTuple(types.uint64, 4)


class Four(NamedTuple):
    """Four uniform numbers in the open interval (0, 1): one turn of the generator."""

    a: float
    b: float
    c: float
    d: float


_FOUR = types.NamedUniTuple(types.float64, 4, Four)


@dataclass(frozen=True, slots=True)
class Crowd:
    """The homes that are asked, and the seed of the scenario.

    Parameters
    ----------
    seed : int
        Seed of the scenario.
    homes : I8
        Numbers of the homes, shape (n,).
    """

    seed: int
    homes: I8

    def draw(self, asked: int, day: int = 0, count: int = 1) -> F8:
        """Return uniforms in (0, 1) for each home, shape (n, count)."""
        return uniforms(self.seed, asked, self.homes, day, count)


def question(*names: str) -> int:
    """Return the number of a named question, 32 bits: ``question("ev", "owns")``."""
    text = ".".join(names).encode()
    return int.from_bytes(hashlib.blake2s(text, digest_size=4).digest(), "little")


@kernel(signature=_WORDS(*[types.uint64] * 6))
def philox(c0, c1, c2, c3, k0, k1):  # type: ignore[no-untyped-def]
    """Return the four 32-bit words of Philox-4x32-10 for a counter and a key (as uint64)."""
    c0, c1 = np.uint64(c0) & _MASK, np.uint64(c1) & _MASK
    c2, c3 = np.uint64(c2) & _MASK, np.uint64(c3) & _MASK
    k0, k1 = np.uint64(k0) & _MASK, np.uint64(k1) & _MASK
    for _ in range(10):
        p0 = _M0 * c0
        p1 = _M1 * c2
        c0, c1, c2, c3 = (
            (p1 >> _SHIFT) ^ c1 ^ k0,
            p1 & _MASK,
            (p0 >> _SHIFT) ^ c3 ^ k1,
            p0 & _MASK,
        )
        k0 = (k0 + _W0) & _MASK
        k1 = (k1 + _W1) & _MASK
    return c0, c1, c2, c3


@kernel(signature=_FOUR(types.uint64, types.uint64, types.int64, types.int64, types.int64))
def four(seed, asked, home, day, draw):  # type: ignore[no-untyped-def]
    """Answer a question for a home, a day and a draw with four uniforms in (0, 1).

    Parameters
    ----------
    seed : int
        Seed of the scenario, 0 to 2**63 - 1.
    asked : int
        Number of the question, from :func:`question`.
    home, day, draw : int
        Which home, which day (days since 1970-01-01; 0 for what never changes), which draw.
    """
    k0 = np.uint64(seed) & _MASK
    k1 = np.uint64(seed) >> _SHIFT
    w = philox(np.uint64(home), np.uint64(day), np.uint64(asked), np.uint64(draw), k0, k1)
    return Four(
        (np.float64(w[0]) + 0.5) * _TO_UNIT,
        (np.float64(w[1]) + 0.5) * _TO_UNIT,
        (np.float64(w[2]) + 0.5) * _TO_UNIT,
        (np.float64(w[3]) + 0.5) * _TO_UNIT,
    )


@kernel
def _unit(word):  # type: ignore[no-untyped-def]
    """Return the uniform number of a 32-bit word, as :func:`four` has it.

    The lower 32 bits are read as a number with a sign, which processors turn into a fraction
    several at a time; the sum that puts it right is exact.
    """
    return (np.float64(np.int32(word ^ _SIGN)) + _HALF_RANGE) * _TO_UNIT


_ROWS = types.Array(types.float64, 1, "C")
_NAMES = types.Array(types.int64, 1, "C")


@kernel(
    signature=types.void(
        _ROWS, types.uint64, types.uint64, _NAMES, types.int64, _NAMES, types.int64
    )
)
def turns(out, seed, asked, homes, day, draws, count):  # type: ignore[no-untyped-def]  # noqa: PLR0913, PLR0917
    """Answer a question for many homes and draws: :func:`four` for each, several at a time.

    The ten rounds of :func:`philox` stand here once more, because a loop around a function that
    gives four words is not made parallel; a test compares the two.

    Parameters
    ----------
    out : F8
        Written: ``a`` of each turn from 0 on, ``b`` from ROW on, then ``c`` and ``d``; shape
        (4 * ROW,).
    seed, asked, day : int
        As in :func:`four`.
    homes, draws : I8
        Which home and which draw each turn is for, shape (count,) at least.
    count : int
        How many turns, at most ROW.
    """
    key0, key1 = np.uint64(seed) & _MASK, np.uint64(seed) >> _SHIFT
    date, question = np.uint64(day) & _MASK, np.uint64(asked) & _MASK
    for i in range(count):
        c0, c1, c2, c3 = np.uint64(homes[i]) & _MASK, date, question, np.uint64(draws[i]) & _MASK
        k0, k1 = key0, key1
        for _ in range(10):
            p0 = _M0 * (c0 & _MASK)
            p1 = _M1 * (c2 & _MASK)
            c0, c1, c2, c3 = (p1 >> _SHIFT) ^ c1 ^ k0, p1, (p0 >> _SHIFT) ^ c3 ^ k1, p0
            k0 = (k0 + _W0) & _MASK
            k1 = (k1 + _W1) & _MASK
        out[i] = _unit(c0)
        out[ROW + i] = _unit(c1)
        out[2 * ROW + i] = _unit(c2)
        out[3 * ROW + i] = _unit(c3)


@kernel
def several(out, seed, asked, home, day, draw, apart, count):  # type: ignore[no-untyped-def]  # noqa: PLR0913, PLR0917
    """Fill ``out`` with what :func:`four` gives for draws ``apart`` from each other, one home.

    The rounds of :func:`philox` stand here, and in ``_fill_first``, because a loop around a
    function that gives four words is not made parallel. Words are read with a sign, which is added
    again: processors turn no others into fractions several at a time, and all of it is exact.

    Parameters
    ----------
    out : F8
        Written: the four of each draw one after the other, shape (4 * count,) at least.
    seed, asked, home, day, draw
        As of :func:`four`; ``draw`` is the first.
    apart, count : int
        From one draw to the next; how many.
    """
    key0, key1 = np.uint64(seed) & _MASK, np.uint64(seed) >> _SHIFT
    who, date, question = np.uint64(home) & _MASK, np.uint64(day) & _MASK, np.uint64(asked) & _MASK
    for i in range(count):
        c0, c1, c2, c3 = who, date, question, np.uint64(draw + apart * i) & _MASK
        k0, k1 = key0, key1
        for _ in range(10):
            p0 = _M0 * c0
            p1 = _M1 * c2
            c0, c1, c2, c3 = (
                (p1 >> _SHIFT) ^ c1 ^ k0,
                p1 & _MASK,
                (p0 >> _SHIFT) ^ c3 ^ k1,
                p0 & _MASK,
            )
            k0 = (k0 + _W0) & _MASK
            k1 = (k1 + _W1) & _MASK
        out[4 * i] = (np.float64(np.int32(c0 ^ _SIGN)) + (2.0**31 + 0.5)) * _TO_UNIT
        out[4 * i + 1] = (np.float64(np.int32(c1 ^ _SIGN)) + (2.0**31 + 0.5)) * _TO_UNIT
        out[4 * i + 2] = (np.float64(np.int32(c2 ^ _SIGN)) + (2.0**31 + 0.5)) * _TO_UNIT
        out[4 * i + 3] = (np.float64(np.int32(c3 ^ _SIGN)) + (2.0**31 + 0.5)) * _TO_UNIT


@kernel
def _fill(out, seed, asked, homes, day):  # type: ignore[no-untyped-def]
    """Fill ``out`` (n, m) with the draws 0..m-1 of each home."""
    n, m = out.shape
    for i in range(n):
        for turn in range((m + 3) // 4):
            u = four(seed, asked, homes[i], day, turn)
            out[i, 4 * turn] = u.a
            if 4 * turn + 1 < m:
                out[i, 4 * turn + 1] = u.b
            if 4 * turn + 2 < m:
                out[i, 4 * turn + 2] = u.c
            if 4 * turn + 3 < m:
                out[i, 4 * turn + 3] = u.d


@kernel
def _fill_first(out, seed, asked, homes, day):  # type: ignore[no-untyped-def]
    """Fill ``out`` (n,) with the first draw of each home, several homes at a time.

    Written as :func:`several` is, and for the same reason.
    """
    key0, key1 = np.uint64(seed) & _MASK, np.uint64(seed) >> _SHIFT
    date, question = np.uint64(day) & _MASK, np.uint64(asked) & _MASK
    for i in range(len(out)):
        c0, c1, c2, c3 = np.uint64(homes[i]) & _MASK, date, question, np.uint64(0)
        k0, k1 = key0, key1
        for _ in range(10):
            p0 = _M0 * c0
            p1 = _M1 * c2
            c0, c1, c2, c3 = (
                (p1 >> _SHIFT) ^ c1 ^ k0,
                p1 & _MASK,
                (p0 >> _SHIFT) ^ c3 ^ k1,
                p0 & _MASK,
            )
            k0 = (k0 + _W0) & _MASK
            k1 = (k1 + _W1) & _MASK
        out[i] = (np.float64(np.int32(c0 ^ _SIGN)) + (2.0**31 + 0.5)) * _TO_UNIT


def uniforms(seed: int, asked: int, homes: I8, day: int = 0, count: int = 1) -> F8:
    """Return uniforms in (0, 1) for each home, shape (n, count).

    Parameters
    ----------
    seed : int
        Seed of the scenario.
    asked : int
        Number of the question, from :func:`question`.
    homes : I8
        Numbers of the homes, shape (n,).
    day : int
        Days since 1970-01-01, or 0 for what never changes.
    count : int
        Draws for each home.
    """
    out = np.empty((len(homes), count))
    fill, place = (_fill_first, out[:, 0]) if count == 1 else (_fill, out)
    fill(place, np.uint64(seed), np.uint64(asked), np.asarray(homes, np.int64), np.int64(day))
    return out
