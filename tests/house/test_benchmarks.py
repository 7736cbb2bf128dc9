"""The benchmark promises to measure what is there, each part without those within it."""

import importlib
import json
import time
from pathlib import Path

import pytest

from gridsim.scenario import load

FOLDER = Path(__file__).resolve().parents[1] / "benchmarks"


@pytest.fixture
def module(monkeypatch):
    """Return a way to import a file of the benchmarks."""
    monkeypatch.syspath_prepend(str(FOLDER))
    return importlib.import_module


def test_every_function_whose_time_is_told_exists(module):
    find = module("clockwork")._find
    names = [name for some in module("measures").PARTS.values() for name in some]
    assert [name for name in names if find(name)[0] is None] == []


def test_every_scenario_of_the_benchmark_is_one(module):
    towns = module("towns")
    for case, arms in towns.CASES.items():
        read = load.loads(towns.text(case, 10, 7, minutes=5, profiles=True), "town.toml")
        assert tuple(read.arms) == tuple(arms)


def busy(seconds):
    began = time.process_time()
    while time.process_time() - began < seconds:
        pass


class Work:
    """A function that calls another."""

    @staticmethod
    def whole():
        busy(0.02)
        Work.part()

    @staticmethod
    def part():
        busy(0.03)


def test_the_time_of_a_part_is_without_that_of_the_parts_within_it(module, monkeypatch):
    clockwork = module("clockwork")
    monkeypatch.setattr(clockwork, "_find", lambda name: (Work, name))
    with clockwork.watching({"whole": ["whole"], "part": ["part"]}) as times:
        Work.whole()
        Work.part()
    assert times["whole"] == pytest.approx(0.02, rel=0.3)
    assert times["part"] == pytest.approx(0.06, rel=0.3)


def test_recorded_figures_are_lines_of_the_table(module):
    lines = set(module("figures").LINES)
    kept = json.loads((FOLDER / "recorded.json").read_text("utf-8"))
    assert kept
    for entry in kept:
        assert entry["commit"]
        assert lines >= set(entry["figures"])


def test_the_table_compares_with_the_record_of_a_commit(module):
    table = module("table")
    kept = json.loads((FOLDER / "recorded.json").read_text("utf-8"))
    first = table._chosen(kept, kept[0]["commit"])
    twice = {name: 2.0 * value for name, value in first["figures"].items()}
    told = table._table({**first, "figures": twice}, first)
    row = next(row for row in told if row.startswith("large against small"))
    assert row.split()[3:6] == ["2.29", "1.14", "2"]
