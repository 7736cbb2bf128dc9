"""Blocks promise to hold every home once, in order, and sane numbers in the lanes beyond."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gridsim.core import arrays
from gridsim.core.arrays import BLOCK

sizes = st.one_of(st.integers(1, 3 * BLOCK), st.sampled_from([BLOCK - 1, BLOCK, BLOCK + 1]))


def fields_of(homes, fields):
    """Columns in which every number tells its field and its home."""
    return [1e6 * (field + 1) + np.arange(homes, dtype=np.float64) for field in range(fields)]


@given(sizes, st.integers(1, 4))
def test_what_is_laid_out_comes_back(homes, fields):
    columns = fields_of(homes, fields)
    rows = arrays.to_blocks(columns)
    for field, column in enumerate(columns):
        assert np.array_equal(arrays.from_blocks(rows, field, homes), column)


@given(sizes)
def test_blocks_are_just_enough(homes):
    blocks = arrays.blocks_for(homes)
    assert (blocks - 1) * BLOCK < homes <= blocks * BLOCK


def test_no_homes_need_no_block():
    assert arrays.blocks_for(0) == 0


def test_a_block_holds_its_fields_one_after_the_other():
    rows = arrays.to_blocks(fields_of(2 * BLOCK, 3))
    assert rows.shape == (2, 3 * BLOCK)
    assert rows[1, 2 * BLOCK] == 3e6 + BLOCK


def test_spare_lanes_repeat_the_last_home():
    rows = arrays.to_blocks(fields_of(BLOCK + 2, 2))
    assert set(rows[1, 1:BLOCK]) == {1e6 + BLOCK + 1}
    assert set(rows[1, BLOCK + 1 :]) == {2e6 + BLOCK + 1}


def test_more_homes_leave_the_first_lanes_alone():
    few, many = arrays.to_blocks(fields_of(BLOCK, 2)), arrays.to_blocks(fields_of(3 * BLOCK, 2))
    assert np.array_equal(few[0], many[0])


@pytest.mark.parametrize("kind", [np.bool_, np.int64])
def test_flags_and_whole_numbers_become_floats(kind):
    rows = arrays.to_blocks([np.array([0, 1, 1], dtype=kind)])
    assert rows.dtype == np.float64
    assert rows[0, :3].tolist() == [0.0, 1.0, 1.0]


def test_a_field_read_back_is_a_copy():
    rows = arrays.to_blocks(fields_of(5, 1))
    arrays.from_blocks(rows, 0, 5)[:] = -1.0
    assert rows.min() > 0.0


def test_rows_lie_in_one_piece():
    assert arrays.to_blocks(fields_of(BLOCK + 1, 3)).flags.c_contiguous
