"""Series are split by any attribute of homes; groups are the same for a part of the town."""

import numpy as np
import pytest

from gridsim.engine import grouping
from gridsim.population.recipe import Recipe
from gridsim.population.settle import settle
from gridsim.scenario.output import MOST_GROUPS, Output

AREAS = {"attribute": "area_m2", "bounds": [50.0, 90.0]}


def grouped(groups, homes=600):
    return grouping.grouped(settle(Recipe("france"), homes, 5), Output(groups=groups))


@pytest.mark.parametrize(
    "groups",
    ["heating", "fuel", "persons", "tenure", "pv", AREAS, ["house", "pv", "tenure"]],
    ids=str,
)
def test_every_home_is_in_one_group(groups):
    names, members = grouped(groups)
    assert len(names) == len(members) == len(set(names)) <= MOST_GROUPS
    np.testing.assert_array_equal(np.sum(members, axis=0), 1)
    assert sum(bool(group.any()) for group in members) > 1


def test_without_groups_all_homes_are_one_part_without_a_name():
    names, (everyone,) = grouped("none")
    assert names == ()
    assert everyone.all()


def test_heating_is_the_kinds_that_the_model_knows_and_fuel_the_words_of_the_table():
    assert grouped("heating")[0] == ("not_electric", "resistance", "heat_pump")
    assert grouped("fuel")[0][:3] == ("electric", "heat_pump", "gas")
    kinds, fuels = grouped("heating")[1], grouped("fuel")[1]
    np.testing.assert_array_equal(kinds[2], fuels[1])


def test_groups_that_are_crossed_are_in_both():
    names, members = grouped(["house", AREAS])
    assert names[:2] == ("flat/area_m2_below_50", "flat/area_m2_50_to_90")
    houses, areas = grouped("house")[1], grouped(AREAS)[1]
    crossed = [house & area for house in houses for area in areas]
    np.testing.assert_array_equal(members, crossed)


def test_a_part_of_the_town_has_the_groups_of_the_whole():
    town, output = settle(Recipe("france"), 600, 5), Output(groups=["heating", "ev"])
    names, members = grouping.grouped(town, output)
    parts = [grouping.grouped(town.take(np.arange(a, a + 200)), output) for a in (0, 200, 400)]
    assert [part[0] for part in parts] == [names] * 3
    np.testing.assert_array_equal(np.concatenate([part[1] for part in parts], axis=1), members)
