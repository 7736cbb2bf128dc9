"""Effects by kind of home: each group by itself, in an order that a reader expects."""

import dataclasses

import numpy as np
import pytest

from gridsim.population.town import INCOMES
from gridsim.results.example import example
from gridsim.studies import arms, groups


def test_incomes_come_from_the_lowest_up():
    assert groups.group_names("income", np.array(INCOMES)[[4, 2, 0]]) == (
        "lowest", "middle", "highest",
    )  # fmt: skip


def test_other_groups_come_by_name():
    assert groups.group_names("ev", np.array([True, False])) == ("False", "True")


def test_a_group_is_compared_by_itself():
    made = example(40, 5)
    found = groups.effects_by(made, "house")
    assert [effect.group for effect in found] == ["flat", "house"]
    for effect in found:
        here = made.attributes["house"] == effect.group
        change = (made.arms[1].homes["bill"] - made.reference.homes["bill"])[here]
        assert effect.homes == here.sum()
        assert effect.change == pytest.approx(change.mean())
        assert effect.reference == pytest.approx(made.reference.homes["bill"][here].mean())
        assert effect.low <= effect.change <= effect.high


def test_groups_make_up_the_town():
    made = example(40, 5)
    found = groups.effects_by(made, "income")
    total = sum(effect.homes * effect.change for effect in found) / 40
    assert total == pytest.approx(arms.effects(made)["tempo"]["bill"].estimate)


def test_one_group_of_all_homes_is_the_town():
    made = example(40, 5)
    made = dataclasses.replace(made, attributes={"all": np.full(40, "x")})
    (found,) = groups.effects_by(made, "all", ("event_reduction",))
    town = arms.effects(made)["tempo"]["event_reduction"]
    assert (found.change, found.low, found.high) == pytest.approx(
        (town.estimate, town.low, town.high)
    )


def test_a_metric_that_is_not_defined_in_a_group_is_left_out():
    assert groups.effects_by(example(20, 1), "house", ("event_reduction",)) == ()


def test_measurements_make_no_groups():
    made = example(40, 1)
    made = dataclasses.replace(made, attributes={"area_m2": np.arange(40.0)})
    with pytest.raises(ValueError, match="area_m2 has 40 values"):
        groups.effects_by(made, "area_m2")


def test_winners_and_losers_by_tenure():
    made = example(40, 5)
    cheaper = dict(made.reference.homes) | {"bill": made.reference.homes["bill"] - 1.0}
    better = dataclasses.replace(made.arms[1], homes=cheaper)
    found = groups.winners(
        dataclasses.replace(made, arms=(made.reference, better)), "tempo", "tenure"
    )
    assert set(found) == {"owner", "renter"}
    assert all(change.winners.win == 1.0 for change in found.values())
    assert found["owner"].mean_change == pytest.approx(-1.0)
