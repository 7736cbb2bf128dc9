"""The numbers behind people promise a source each, or the word "assumed", and to be used."""

import ast
import dataclasses
import re
import tomllib
from importlib.resources import files
from pathlib import Path

import pytest

import gridsim
from gridsim.citizens.parameters import CHANNELS, Parameters, parameters

TEXT = files("gridsim.citizens").joinpath("parameters.toml").read_text("utf-8")
SOURCE = re.compile(r"\bassumed\b|[A-Z][\w'’-]{3,}( et al\.)? (19|20)\d\d\b")
SHARES = [
    "attention.bill", "attention.letter", "attention.text", "attention.app", "attention.display",
    "attention.same_day", "attention.offline", "willingness.heat_share",
    "willingness.second_heat_share", "routine.inertia", "curtail.light", "curtail.screens",
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
    table, name = path.split(".")
    return getattr(getattr(parameters(), table), name)


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
    read = {table: dict(row) for table, row in tomllib.loads(TEXT).items()}
    assert dataclasses.asdict(parameters()) == read


def test_everybody_reads_the_same_numbers():
    assert parameters() is parameters()


@pytest.mark.parametrize("path", SHARES)
def test_shares_lie_in_zero_to_one(path):
    assert 0.0 <= value(path) <= 1.0


def test_the_elasticity_is_negative_and_every_other_number_is_not():
    assert [path for path in COMMENTS if value(path) < 0.0] == ["curtail.elasticity"]


def test_a_second_heater_is_lit_above_the_usual_price():
    assert parameters().comfort.second_heat_ratio > 1.0


def test_each_channel_has_its_factor():
    assert set(CHANNELS) <= {field.name for field in dataclasses.fields(parameters().attention)}


def test_no_number_stands_idle():
    package = Path(gridsim.__file__).parent
    read = set(CHANNELS)
    for path in package.rglob("*.py"):
        if path.name != "parameters.py":
            tree = ast.parse(path.read_text("utf-8"))
            read |= {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    links = [getattr(parameters(), link.name) for link in dataclasses.fields(Parameters)]
    names = {field.name for link in links for field in dataclasses.fields(link)}
    assert names - read == set()
