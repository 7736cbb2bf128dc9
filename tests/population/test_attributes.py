"""Homes are grouped and chosen by the columns of their table, in its words, whole or in parts."""

import numpy as np
import pytest

from gridsim.population import attributes
from gridsim.population.attributes import ATTRIBUTES, Asked, Kind
from gridsim.population.recipe import Recipe
from gridsim.population.settle import settle


def town(homes=700):
    return settle(Recipe("france"), homes, 3)


def test_every_column_of_the_table_is_an_attribute_and_says_the_same():
    found, columns = town(), town().table()
    assert set(columns) - {"home"} == set(ATTRIBUTES) - {"pv", "battery"}
    for name in set(columns) - {"home"}:
        values = np.asarray(ATTRIBUTES[name].values(found))
        if ATTRIBUTES[name].kind == Kind.WORD:
            values = np.array(ATTRIBUTES[name].words)[values.astype(np.int64)]
        np.testing.assert_array_equal(values, columns[name], err_msg=name)


@pytest.mark.parametrize("name", [n for n, one in ATTRIBUTES.items() if one.words])
def test_the_groups_of_an_attribute_are_its_words(name):
    found = town()
    words, place = attributes.group_names(name), attributes.group_of(found, name)
    assert place.min() >= 0
    assert place.max() < len(words) == len(set(words))
    column = found.table().get(name, ATTRIBUTES[name].values(found))
    named = {str(column[place == number][0]): word for number, word in enumerate(words)
             if (place == number).any()}  # fmt: skip
    for value, word in named.items():
        assert word in (value, f"{name}_{value}", {"True": name, "False": f"no_{name}"}.get(value))


def test_numbers_are_cut_at_bounds_the_upper_one_belonging_to_the_next():
    found = town()
    assert attributes.group_names("persons", (2.0, 4.0)) == (
        "persons_below_2", "persons_2_to_4", "persons_from_4",
    )  # fmt: skip
    place = attributes.group_of(found, "persons", (2.0, 4.0))
    np.testing.assert_array_equal(
        place, (found.people.persons >= 2) * 1 + (found.people.persons >= 4)
    )
    assert attributes.group_names("area_m2", (80.5,)) == ("area_m2_below_80.5", "area_m2_from_80.5")


def test_homes_are_chosen_by_all_that_is_asked():
    found = town()
    columns = found.table()
    gas = float(ATTRIBUTES["heating"].words.index("gas"))
    asked = (
        Asked("heating", (gas,)),
        Asked("area_m2", at_least=60.0, below=100.0),
        Asked("house", (1.0,)),
    )
    area = columns["area_m2"]
    wanted = (
        (columns["heating"] == "gas") & (area >= 60) & (area < 100) & (columns["house"] == "house")
    )
    assert 0 < wanted.sum() < 200
    np.testing.assert_array_equal(attributes.matches(found, asked), wanted)
    assert attributes.matches(found, ()).all()


def test_parts_of_a_town_are_chosen_and_grouped_as_in_the_whole():
    found, asked = town(), (Asked("persons", (1.0, 2.0)),)
    parts = [found.take(np.arange(first, min(first + 256, 700))) for first in range(0, 700, 256)]
    for one in (
        lambda part: attributes.matches(part, asked),
        lambda part: attributes.group_of(part, "era"),
    ):
        np.testing.assert_array_equal(np.concatenate([one(part) for part in parts]), one(found))
