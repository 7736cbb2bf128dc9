"""Errors promise one family that is told as a message, with every problem on a line of its own."""

import pytest

from gridsim.core import errors


@pytest.mark.parametrize(
    "error",
    [errors.DataError("file.csv"), errors.AuditError("energy"), errors.ScenarioError(["a", "b"])],
)
def test_all_that_is_told_to_a_user_is_of_one_family(error):
    assert isinstance(error, errors.GridsimError)


def test_a_scenario_error_tells_every_problem():
    error = errors.ScenarioError(["town.toml:3: homes", "town.toml:9: price"])
    assert error.problems == ["town.toml:3: homes", "town.toml:9: price"]
    assert str(error) == "town.toml:3: homes\ntown.toml:9: price"


def test_a_scenario_error_keeps_its_own_list():
    problems = ["a"]
    error = errors.ScenarioError(problems)
    problems.append("b")
    assert error.problems == ["a"]
