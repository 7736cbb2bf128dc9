"""Tiles promise exact overlap: energy is kept, and a stay that is over leaves exactly nothing."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gridsim.core.arrays import BLOCK
from gridsim.engine import layout as at
from gridsim.engine import tile as tiles

ROWS, STEP_S = 96, 900
AWAKE, SMALL = tiles.column(at.W_AWAKE), tiles.column(at.W_SMALL)
seconds = st.floats(0.0, 86_400.0)


def empty():
    """Return a clear tile."""
    return np.zeros((ROWS + 1, at.DRAWN * tiles.LANES), dtype=np.float32)


def settled(tile, first=0):
    """Return the work rows after a tile is laid into rows full of something else."""
    work = np.full((ROWS + 1, at.WORK * BLOCK), 7.0, dtype=np.float32)
    tiles.settle(work, tile, np.zeros(at.STAYS * tiles.LANES), first, STEP_S)
    return work


@given(seconds, seconds, st.floats(0.1, 3.0))
def test_a_use_keeps_its_energy(a_s, b_s, kw):
    tile, (low, high) = empty(), sorted((a_s, b_s))
    tiles.spread(tile, SMALL + 3, low, high, kw, STEP_S)
    found = settled(tile)[:ROWS, at.W_SMALL + 3].astype(np.float64)
    assert found.sum() * STEP_S == pytest.approx(kw * (high - low), rel=1e-6, abs=1e-6)
    assert found.max() <= kw * 1.000001


@given(seconds, seconds)
def test_a_stay_that_is_over_leaves_exactly_nothing(a_s, b_s):
    tile, (low, high) = empty(), sorted((round(a_s), round(b_s)))
    tiles.stay(tile, AWAKE + 5, 1.0 * low, 1.0 * high, 1.0, STEP_S)
    found = settled(tile)[:ROWS, at.W_AWAKE + 5]
    starts = np.arange(ROWS) * STEP_S
    covered = np.clip(np.minimum(high, starts + STEP_S) - np.maximum(low, starts), 0, STEP_S)
    np.testing.assert_array_equal(found, (covered / STEP_S).astype(np.float32))


def test_a_tile_is_clear_again_and_touches_no_other_home():
    tile = empty()
    tiles.stay(tile, AWAKE, 0.0, 86_400.0, 2.0, STEP_S)
    work = settled(tile, first=tiles.LANES)
    assert not tile.any()
    assert (work[:ROWS, at.W_AWAKE + tiles.LANES] == 2.0).all()
    assert (work[:ROWS, at.W_AWAKE : at.W_AWAKE + tiles.LANES] == 7.0).all()
    assert (work[:ROWS, at.W_AWAKE + 2 * tiles.LANES : at.W_SCREENS] == 7.0).all()
