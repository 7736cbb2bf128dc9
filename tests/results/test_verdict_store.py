"""Trials on disk: whole or not there, never in place of something else, read as JSON."""

import json
import math

import pytest

from gridsim.core.errors import DataError
from gridsim.metrics.effects import Effect
from gridsim.results import verdict_store
from gridsim.results.verdicts import PartVerdict, RowVerdict, Verdicts


def made(value=5.0, high=8.0):
    """Return verdicts on one row."""
    part = PartVerdict("peak", "peak", "%", 3.0, high, Effect(value, 4.0, 6.0), None, ("A031",))
    return Verdicts((RowVerdict("T1", "title", (part,), (), (), (), 0.1),), False)


def test_the_file_says_whether_rows_and_parts_are_inside(tmp_path):
    folder = verdict_store.save(tmp_path / "trials", made(), "<html>", {"version": "1"})
    told = json.loads((folder / "trials.json").read_text())
    row = told["rows"]["T1"]
    assert row["inside"] is True
    assert row["parts"]["peak"]["inside"] is True
    assert row["parts"]["peak"]["simulated"] == {"value": 5.0, "low": 4.0, "high": 6.0}
    assert (told["rows_inside"], told["rows_run"]) == (1, 1)
    assert (folder / "trials.html").read_text() == "<html>"


def test_what_is_unknown_or_without_end_is_null(tmp_path):
    folder = verdict_store.save(tmp_path / "t", made(math.nan, math.inf), "", {})
    part = json.loads((folder / "trials.json").read_text())["rows"]["T1"]["parts"]["peak"]
    assert part["simulated"]["value"] is None
    assert part["band"] == {"low": 3.0, "high": None}
    assert part["inside"] is False


def test_older_trials_are_replaced(tmp_path):
    verdict_store.save(tmp_path / "t", made(5.0), "a", {})
    verdict_store.save(tmp_path / "t", made(9.0), "b", {})
    assert (tmp_path / "t" / "trials.html").read_text() == "b"
    assert [path.name for path in tmp_path.iterdir()] == ["t"]


def test_a_folder_of_something_else_is_left_alone(tmp_path):
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(DataError, match="something other than trials"):
        verdict_store.save(tmp_path, made(), "", {})
    with pytest.raises(DataError, match="is a file"):
        verdict_store.save(tmp_path / "notes.txt", made(), "", {})
    assert (tmp_path / "notes.txt").read_text() == "mine"


def test_an_interrupted_save_leaves_nothing(tmp_path, monkeypatch):
    def stopped(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(verdict_store.folders, "write", stopped)
    with pytest.raises(KeyboardInterrupt):
        verdict_store.save(tmp_path / "t", made(), "", {})
    assert list(tmp_path.iterdir()) == []
