"""Kinds of a column are those that sorting finds, whatever the column is made of."""

import numpy as np
import pytest

from gridsim.results import kinds

COLUMNS = {
    "words": np.array(["gas", "oil", "gas", "", "a longer word", "oil"]),
    "one word": np.array(["flat"] * 4),
    "no homes": np.array([], dtype="<U5"),
    "many words": np.array([f"w{n % 50}" for n in range(300)]),
    "flags": np.array([True, False, True]),
    "numbers": np.array([3, 1, 3, 2]),
    "measures": np.array([0.5, -1.0, 0.5]),
}


@pytest.mark.parametrize("name", COLUMNS)
def test_kinds_are_those_that_sorting_finds(name):
    values = COLUMNS[name]
    found, codes = kinds.unique(values)
    wanted, places = np.unique(values, return_inverse=True)
    assert found.dtype == wanted.dtype
    np.testing.assert_array_equal(found, wanted)
    np.testing.assert_array_equal(codes, places)


def test_few_kinds_are_those_of_words_alone_and_not_of_many():
    known = [name for name, values in COLUMNS.items() if kinds.few(values) is not None]
    assert known == ["words", "one word", "no homes"]
    most = np.array([f"{n:02d}" for n in range(kinds.MOST)])
    found = kinds.few(most)
    assert found is not None
    assert len(found[0]) == kinds.MOST
