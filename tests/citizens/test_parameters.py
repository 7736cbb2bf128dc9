"""The numbers behind people promise a source each, or the word "assumed", and to be used."""

import ast
import dataclasses
import re
import tomllib
from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest

import gridsim
from gridsim.citizens.information import KINDS
from gridsim.citizens.parameters import CHANNELS, Parameters, parameters, values, with_values

TEXT = files("gridsim.citizens").joinpath("parameters.toml").read_text("utf-8")
SOURCE = re.compile(
    r"\bassumed\b|\b[A-G]\d\d\d\b|\brecalled\b|[A-Z][\w'’-]{3,}( et al\.)? (19|20)\d\d\b"
)
SHARES = [
    "attention.bill", "attention.letter", "attention.text", "attention.app", "attention.display",
    "attention.same_day", "attention.offline", "attention.unannounced",
    "call.heat_share", "call.second_heat_share", "call.habituation", "routine.inertia",
    "curtail.light", "curtail.screens",
    "curtail.cooking", "curtail.small", "curtail.payback", "comfort.second_heat_part",
]  # fmt: skip


def comments_above(text):
    """Return the comment that stands above each number, by its path."""
    found, table, comment, fresh = {}, "", "", False
    for line in text.splitlines():
        if line.startswith("["):
            table, comment = line.strip("[]"), ""
        elif line.startswith("#"):
            comment = f"{comment} {line}" if fresh else line
        elif "=" in line:
            found[f"{table}.{line.split('=')[0].strip()}"] = comment
        fresh = line.startswith("#")
    return found


COMMENTS = comments_above(TEXT)


def value(path):
    return values(parameters())[path]


@pytest.mark.parametrize("path", COMMENTS)
def test_a_number_has_a_source_above_it_or_is_assumed(path):
    assert SOURCE.search(COMMENTS[path])


def test_every_number_of_the_file_is_looked_at():
    read = {f"{table}.{name}" for table, row in tomllib.loads(TEXT).items() for name in row}
    assert read == set(COMMENTS)


@pytest.mark.parametrize("comment", ["", "# Dislike of waiting.", "# In 2020 units of utility."])
def test_a_comment_without_a_source_would_be_seen(comment):
    found = comments_above(f"[choice]\n{comment}\nnoise = 1\n")
    assert not SOURCE.search(found["choice.noise"])


def test_the_records_hold_what_the_file_says():
    for table, row in tomllib.loads(TEXT).items():
        for name, number in row.items():
            found = value(f"{table}.{name}")
            assert (list(found) if isinstance(number, list) else found) == number


def test_a_number_can_be_changed_by_its_name_without_touching_the_rest():
    changed = with_values(parameters(), {"routine.effort": 0.5, "traits.bother.0": 2.0})
    before, after = values(parameters()), values(changed)
    assert (after["routine.effort"], after["traits.bother"][0]) == (0.5, 2.0)
    moved = {name for name in before if before[name] != after[name]}
    assert moved == {"routine.effort", "traits.bother"}


@pytest.mark.parametrize("name", ["routine.efort", "rutine.effort", "effort"])
def test_a_number_that_is_not_there_cannot_be_changed(name):
    with pytest.raises(ValueError, match=f"there is no parameter '{name}'"):
        with_values(parameters(), {name: 1.0})


def test_everybody_reads_the_same_numbers():
    assert parameters() is parameters()


@pytest.mark.parametrize("path", SHARES)
def test_shares_lie_in_zero_to_one(path):
    assert 0.0 <= value(path) <= 1.0


def test_elasticities_are_negative_and_every_other_number_is_not():
    numbers = {path: np.atleast_1d(value(path)).min() for path in COMMENTS}
    negative = [path for path, least in numbers.items() if least < 0.0]
    assert negative == ["curtail.elasticity", "level.elasticity"]


def test_a_second_heater_is_lit_when_it_is_urgent():
    assert parameters().comfort.second_heat_urgency > 0.0


def test_each_channel_has_its_factor():
    assert set(CHANNELS) <= {field.name for field in dataclasses.fields(parameters().attention)}


@pytest.mark.unwatched
def test_no_number_stands_idle():
    package = Path(gridsim.__file__).parent
    read = set(CHANNELS)
    for path in package.rglob("*.py"):
        if path.name != "parameters.py":
            tree = ast.parse(path.read_text("utf-8"))
            read |= {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    links = [field.name for field in dataclasses.fields(Parameters) if field.name != "money"]
    records = [getattr(parameters(), link) for link in links]
    names = {field.name for record in records for field in dataclasses.fields(record)}
    assert names - read - set(KINDS) == set()
