"""Parts that are joined are the town that they were cut from, to the last bit."""

import itertools
import math
import tracemalloc

import numpy as np
import pytest

from gridsim.population.recipe import Recipe
from gridsim.population.settle import settle
from gridsim.results import joining
from gridsim.results.results import Audit


def cut(columns: dict[str, np.ndarray], *places: int) -> list[dict[str, np.ndarray]]:
    """Cut columns at some places."""
    ends = [0, *places, len(next(iter(columns.values())))]
    return [
        {name: column[first:last] for name, column in columns.items()}
        for first, last in itertools.pairwise(ends)
    ]


def whole() -> dict[str, np.ndarray]:
    """Return columns of all kinds."""
    return {
        "kwh": np.linspace(0.0, 1.0, 10),
        "words": np.array(list("abacabadab")),
        "flag": np.arange(10) % 3 == 0,
        "profile": np.arange(80, dtype=np.float32).reshape(10, 4, 2),
        "number": np.arange(10),
    }


def same(found: dict[str, np.ndarray], columns: dict[str, np.ndarray]) -> None:
    """Assert that columns are the same, in order, type and bits."""
    assert list(found) == list(columns)
    for name, column in columns.items():
        assert found[name].dtype == column.dtype
        np.testing.assert_array_equal(found[name], column)


@pytest.mark.parametrize("places", [(), (4,), (1, 2, 9), (5, 5), (0,)])
def test_parts_of_any_length_make_the_whole(places):
    same(joining.join_columns(cut(whole(), *places)), whole())


def test_the_parts_of_a_settled_town_make_its_table():
    parts = [settle(Recipe("france"), 40, 3, first).table() for first in (0, 40, 80)]
    same(joining.join_columns(parts), settle(Recipe("france"), 120, 3).table())


def test_parts_may_come_in_in_any_order():
    parts = cut(whole(), 3, 7)
    room = joining.room_for(parts[2], 10)
    for number, first in ((1, 3), (2, 7), (0, 0)):
        assert joining.put(room, parts[number], first) == first + len(parts[number]["kwh"])
    same(joining.joined(room), whole())


def test_the_widest_word_decides_how_words_are_spelled():
    parts = [{"w": np.array(["ab"])}, {"w": np.array(["abcde"])}]
    found = joining.join_columns(parts)["w"]
    assert found.tolist() == ["ab", "abcde"]
    assert found.dtype == "<U5"


def test_there_are_never_two_copies_of_the_columns():
    count, parts = 200_000, 20
    row = {f"m{place}": np.ones(count // parts) for place in range(20)}
    row["word"] = np.full(count // parts, "a long enough word")
    whole_bytes = count * 20 * 8 + count * (1 + 4 * 18)
    tracemalloc.start()
    room = joining.room_for(row, count)
    for number in range(parts):
        joining.put(room, row, number * count // parts)
    found = joining.joined(room)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(found["word"]) == count
    assert most < 1.05 * whole_bytes


@pytest.mark.parametrize(
    ("second", "message"),
    [
        ({"a": np.ones(2)}, "differ in their columns: b"),
        ({"a": np.ones(2), "b": np.ones(3)}, "unlike length"),
        ({"a": np.ones(2, np.float32), "b": np.array(["x", "y"])}, r"a: float32 \(\) in one part"),
        ({"a": np.ones(2), "b": np.ones(2)}, "b: float64 in one part, words in another"),
        ({"a": np.ones((2, 2)), "b": np.array(["x", "y"])}, r"a: float64 \(2,\) in one part"),
    ],
)
def test_parts_that_do_not_fit_are_refused(second, message):
    first = {"a": np.ones(2), "b": np.array(["x", "y"])}
    with pytest.raises(ValueError, match=message):
        joining.join_columns([first, second])


def test_a_part_outside_the_town_is_refused():
    part = {"a": np.ones(4)}
    room = joining.room_for(part, 6)
    with pytest.raises(ValueError, match="homes 4 to 7 are no part of 6 homes"):
        joining.put(room, part, 4)
    with pytest.raises(ValueError, match="no part of"):
        joining.put(room, part, -1)


def test_a_town_with_a_part_missing_is_not_joined():
    room = joining.room_for(whole(), 12)
    joining.put(room, whole(), 2)
    with pytest.raises(ValueError, match="10 homes came in for a town of 12"):
        joining.joined(room)


def test_more_words_than_a_byte_holds_are_refused():
    many = {"w": np.array([f"w{n}" for n in range(257)])}
    with pytest.raises(ValueError, match="w has more than 256 different words"):
        joining.join_columns([many])
    assert len(joining.join_columns(cut(many, 256)[:1])["w"]) == 256


def test_nothing_cannot_be_joined():
    with pytest.raises(ValueError, match="needs a part"):
        joining.join_columns([])
    with pytest.raises(ValueError, match="needs an audit"):
        joining.join_audits([])


def test_the_worst_of_each_error_is_kept():
    one = Audit(1e-12, 4e-11, 0.0, 3e-13, accounts=2e-7)
    other = Audit(5e-12, 1e-11, 2e-10, 0.0, accounts=1e-8, accounts_tolerance=1e-7)
    found = joining.join_audits([one, other])
    assert found == Audit(5e-12, 4e-11, 2e-10, 3e-13, 1e-9, 2e-7, 1e-7)
    assert joining.join_audits([one]) == one


@pytest.mark.parametrize("place", ["energy_step", "energy_run", "stores", "money", "accounts"])
def test_a_part_whose_audit_fails_fails_the_town(place):
    good = {"energy_step": 0.0, "energy_run": 0.0, "stores": 0.0, "money": 0.0}
    for bad in (math.nan, 1e-3):
        found = joining.join_audits([Audit(**good), Audit(**(good | {place: bad})), Audit(**good)])
        assert not found.passed
