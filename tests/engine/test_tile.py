"""Tiles promise exact overlap: energy is kept, and a stay that is over leaves exactly nothing."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gridsim.core.arrays import BLOCK
from gridsim.core.chance import ROW
from gridsim.engine import layout as at
from gridsim.engine import tile as tiles
from gridsim.engine.days import Day
from gridsim.population import sheet
from gridsim.population.sheet import new_sheet

ROWS, STEP_S = 96, 900
DAY = Day(0, 0, 0, 0, 0, 0, 200_000, 0, 0, ROWS, 0, STEP_S, 0)
AWAKE, SMALL = tiles.column(at.W_AWAKE), tiles.column(at.W_SMALL)
seconds = st.floats(0.0, 86_400.0)


def empty():
    """Return a clear tile."""
    return np.zeros((ROWS + 1) * tiles.WIDTH, dtype=np.float32)


def settled(tile, first=0):
    """Return the work rows after a tile is laid into rows full of something else."""
    work = np.full((ROWS + 1, at.WORK * BLOCK), 7.0, dtype=np.float32)
    tiles.settle(work, tile, np.zeros(at.STAYS * tiles.LANES), first, STEP_S)
    return work


@given(seconds, seconds, st.floats(0.1, 3.0))
def test_a_use_keeps_its_energy(a_s, b_s, kw):
    tile, (low, high) = empty(), sorted((a_s, b_s))
    page = new_sheet()
    sheet.put(page, sheet.SMALL_USES, 3, low, high, kw)
    tiles.lay_uses(tile, page, sheet.Written(0, 0, 0, 1, 0), DAY)
    found = settled(tile)[:ROWS, at.W_SMALL + 3].astype(np.float64)
    assert found.sum() * STEP_S == pytest.approx(kw * (high - low), rel=1e-6, abs=1e-6)
    assert found.max() <= kw * 1.000001


@given(seconds, seconds)
def test_a_stay_that_is_over_leaves_exactly_nothing(a_s, b_s):
    tile, (low, high) = empty(), sorted((round(a_s), round(b_s)))
    tiles.stay(tile, AWAKE + 5, 1.0 * low, 1.0 * high, 1.0, DAY)
    found = settled(tile)[:ROWS, at.W_AWAKE + 5]
    starts = np.arange(ROWS) * STEP_S
    covered = np.clip(np.minimum(high, starts + STEP_S) - np.maximum(low, starts), 0, STEP_S)
    np.testing.assert_array_equal(found, (covered / STEP_S).astype(np.float32))


def test_a_tile_is_clear_again_and_touches_no_other_home():
    tile = empty()
    tiles.stay(tile, AWAKE, 0.0, 86_400.0, 2.0, DAY)
    work = settled(tile, first=tiles.LANES)
    assert not tile.any()
    assert (work[:ROWS, at.W_AWAKE + tiles.LANES] == 2.0).all()
    assert (work[:ROWS, at.W_AWAKE : at.W_AWAKE + tiles.LANES] == 7.0).all()
    assert (work[:ROWS, at.W_AWAKE + 2 * tiles.LANES : at.W_SCREENS] == 7.0).all()


@given(st.lists(st.tuples(st.floats(-9e4, 2e5), st.floats(0.0, 5e4), st.floats(0.01, 2.0))))
def test_stays_of_a_sheet_are_laid_as_each_alone(stays):
    """Members one after the other, with stays that begin or end outside the steps, or are none."""
    page, members = new_sheet(), min(len(stays), 192)
    alone, laid = empty(), empty()
    for i, (a_s, length_s, level) in enumerate(stays[:members]):
        place = sheet.ON * ROW + i
        page.numbers[sheet.START + place] = a_s
        page.numbers[sheet.END + place] = a_s + length_s
        page.numbers[sheet.LEVEL + place] = level
        page.names[sheet.OF_LANE + i] = i % tiles.LANES
        tiles.stay(
            alone, tiles.column(at.W_SCREENS) + i % tiles.LANES, a_s, a_s + length_s, level, DAY
        )
    tiles.lay_stays(laid, page, members, DAY)
    np.testing.assert_array_equal(laid, alone)


def test_the_clock_that_jumps_shifts_what_comes_after():
    """At 02:00 the clock jumps an hour ahead: a use at 03:30 lies 2.5 hours after midnight."""
    jump = DAY._replace(change_s=7200, jump_s=3600)
    tile, page = empty(), new_sheet()
    sheet.put(page, sheet.SMALL_USES, 0, 12_600.0, 13_500.0, 1.0)
    tiles.lay_uses(tile, page, sheet.Written(0, 0, 0, 1, 0), jump)
    found = settled(tile)[:ROWS, at.W_SMALL]
    assert found[10] == 1.0
    assert found.sum() == 1.0
