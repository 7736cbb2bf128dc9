"""Tables have rows in a fixed order, and names that do not collide."""

import dataclasses

import numpy as np
import pytest

from gridsim.results import columns
from gridsim.results.example import example


def test_a_series_has_a_row_for_each_arm_group_and_step():
    made = example(10, 1)
    found = columns.series_columns(made)
    sizes = [len(arm.series.groups) for arm in made.arms]
    assert {len(column) for column in found.values()} == {made.clock.steps * sum(sizes)}
    own = (found["arm"] == "tempo") & (found["group"] == "all")
    np.testing.assert_array_equal(found["import"][own], made.arms[1].series.flow("import"))
    np.testing.assert_array_equal(found["called"][own], made.arms[1].called)


def test_homes_have_a_row_for_each_arm_and_home():
    made = example(10, 1)
    found = columns.homes_columns(made)
    assert found["home"].tolist() == [*range(10), *range(10)]
    np.testing.assert_array_equal(found["bill"][10:], made.arms[1].homes["bill"])
    np.testing.assert_array_equal(found["income"][:10], made.attributes["income"])


def test_a_metric_that_one_arm_lacks_is_nan_there():
    made = example(3, 1)
    other = dataclasses.replace(made.arms[1], homes=made.arms[1].homes | {"extra": np.ones(3)})
    found = columns.homes_columns(dataclasses.replace(made, arms=(made.arms[0], other)))
    assert np.isnan(found["extra"][:3]).all()
    assert found["extra"][3:].tolist() == [1.0, 1.0, 1.0]


@pytest.mark.parametrize("rows", [1, 3, 10, 11])
def test_homes_can_be_laid_out_a_few_at_a_time(rows):
    made = example(10, 1)
    whole = columns.homes_columns(made)
    parts = list(columns.homes_parts(made, rows))
    assert max(len(part["home"]) for part in parts) <= rows
    assert len(parts) == 2 * -(-10 // rows)
    for name, column in whole.items():
        np.testing.assert_array_equal(np.concatenate([part[name] for part in parts]), column)


def test_an_attribute_with_the_name_of_a_metric_is_refused():
    made = example(3, 1)
    clash = dataclasses.replace(made, attributes={"bill": np.ones(3)})
    with pytest.raises(ValueError, match="share the names bill"):
        columns.homes_columns(clash)


def test_profiles_have_a_row_for_each_home_and_season():
    made = example(3, 1)
    found = columns.profile_columns(made)
    assert len(found["kw_00"]) == 2 * 3 * 4
    row = (found["arm"] == "tempo") & (found["position"] == 2) & (found["season"] == "winter")
    assert found["kw_18"][row] == made.arms[1].profile_kw[2, 0, 18]
