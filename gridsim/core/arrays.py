"""Array types, and the layout of a town in blocks of 256 homes.

A field of a block is a row of ``BLOCK`` lanes; all fields of a block lie one after the other in
one flat row, so that a kernel sees a single base pointer (DEPENDENCIES: this is what lets the loop
over homes vectorise).
"""

from typing import TypeAlias

import numpy as np
import numpy.typing as npt

F8: TypeAlias = npt.NDArray[np.float64]
F4: TypeAlias = npt.NDArray[np.float32]
I8: TypeAlias = npt.NDArray[np.int64]
B1: TypeAlias = npt.NDArray[np.bool_]

BLOCK = 256
"""Homes in a block: the unit of vectorising, threading, checkpointing and sharding."""


def blocks_for(homes: int) -> int:
    """Return how many blocks hold ``homes`` homes."""
    return -(-homes // BLOCK)


def to_blocks(columns: list[F8]) -> F8:
    """Lay columns of shape (n,) out as blocks, shape (blocks, len(columns) * BLOCK).

    Lanes beyond the last home repeat the last home, so that every lane holds sane numbers;
    they are left out of every sum.
    """
    homes = len(columns[0])
    lanes = blocks_for(homes) * BLOCK
    where = np.minimum(np.arange(lanes), homes - 1)
    laid = np.stack([np.asarray(column, dtype=np.float64)[where] for column in columns])
    split = laid.reshape(len(columns), -1, BLOCK).transpose(1, 0, 2)
    return np.ascontiguousarray(split.reshape(split.shape[0], -1))


def from_blocks(rows: F8, field: int, homes: int) -> F8:
    """Return one field of all homes, shape (n,), from rows of shape (blocks, fields * BLOCK)."""
    part = rows[:, field * BLOCK : (field + 1) * BLOCK]
    return np.ascontiguousarray(part).reshape(-1)[:homes].copy()
