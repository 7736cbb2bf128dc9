"""A run folder gives back every array as it was, and is whole or not there."""

import dataclasses
import errno
import json
import math
import tracemalloc
from pathlib import Path

import numpy as np
import pytest
from pyarrow import parquet

from gridsim.core.errors import DataError
from gridsim.results import assembly, columns, folders, store, tables
from gridsim.results.example import example
from gridsim.results.results import Audit, Results

SUMMARY = {"title": "An example", "arms": {"flat": {"bill": 1.0}}, "effects": {}}


def kept(folder: Path, results: Results | None = None) -> Path:
    """Save a small run and return its folder."""
    return store.save(results or example(6, 2), folder, SUMMARY)


def same(first: object, second: object) -> None:
    """Assert that two records are the same, arrays to the last bit and type."""
    if isinstance(first, np.ndarray):
        assert isinstance(second, np.ndarray)
        assert first.dtype.kind == second.dtype.kind
        np.testing.assert_array_equal(first, second)
    elif dataclasses.is_dataclass(first):
        for field in dataclasses.fields(first):
            same(getattr(first, field.name), getattr(second, field.name))
    elif isinstance(first, dict):
        assert list(first) == list(second)
        for key, value in first.items():
            same(value, second[key])
    elif isinstance(first, tuple):
        assert len(first) == len(second)
        for one, other in zip(first, second, strict=True):
            same(one, other)
    else:
        assert first == second


@pytest.mark.parametrize("arms", [("flat",), ("flat", "tempo", "third")])
def test_loading_gives_back_what_was_saved(tmp_path, arms):
    made = example(7, 4, arms)
    same(made, store.load(kept(tmp_path / "run", made)))


def test_hourly_loads_come_back_to_the_bit(tmp_path):
    made = example(7, 4)
    kw = {arm.name: np.arange(96 * 5, dtype=np.float32).reshape(96, 5) for arm in made.arms}
    made = dataclasses.replace(made, hourly=kw)
    folder = kept(tmp_path / "run", made)
    same(made, store.load(folder))
    (folder / "hourly.parquet").write_bytes(b"no table")
    with pytest.raises(DataError, match=r"hourly\.parquet: cannot be read"):
        store.load(folder)


def test_a_day_of_23_hours_and_one_of_25_come_back(tmp_path):
    made = example(3, 300)
    assert made.clock.steps == 300 * 48
    assert len(set(np.bincount(made.clock.local_day - made.clock.local_day[0]))) == 3
    same(made.clock, store.load(kept(tmp_path / "run", made)).clock)


def test_fewer_profiles_than_homes_come_back(tmp_path):
    made = example(7, 2)
    few = tuple(
        dataclasses.replace(arm, profile_kw=arm.profile_kw[:count])
        for arm, count in zip(made.arms, (2, 0), strict=True)
    )
    made = dataclasses.replace(made, arms=few)
    same(made, store.load(kept(tmp_path / "run", made)))


def test_an_audit_that_is_not_a_number_comes_back(tmp_path):
    made = example(3, 1, ("flat",))
    arm = dataclasses.replace(made.reference, audit=Audit(math.nan, 0.0, 0.0, 1e-12))
    back = store.load(kept(tmp_path / "run", dataclasses.replace(made, arms=(arm,))))
    assert math.isnan(back.reference.audit.energy_step)
    assert back.reference.audit.money == 1e-12


def test_many_homes_are_written_and_read_in_pieces(tmp_path, monkeypatch):
    monkeypatch.setattr(columns.homes_parts, "__defaults__", (3,))
    made = example(7, 2, ("flat", "tempo"))
    path = kept(tmp_path / "run", made) / store.HOMES
    with parquet.ParquetFile(path) as file:
        rows = [file.metadata.row_group(place).num_rows for place in range(file.num_row_groups)]
    assert rows == [3, 3, 1, 3, 3, 1]
    same(made, store.load(path.parent))


def test_a_large_town_is_written_without_a_copy_and_read_without_a_second_one(tmp_path):
    made, drawn = example(6, 1), np.random.default_rng(1)
    count = 60_000
    columns_of = {f"m{place}": drawn.random(count).round(2) for place in range(40)}
    arms = tuple(dataclasses.replace(arm, homes=columns_of) for arm in made.arms)
    who = {"home": np.arange(count), "income": np.full(count, "highest")}
    made = dataclasses.replace(made, arms=arms, attributes=who)
    whole = 2 * 40 * 8 * count
    tracemalloc.start()
    folder = kept(tmp_path / "run", made)
    _, writing = tracemalloc.get_traced_memory()
    tracemalloc.reset_peak()
    found = store.load(folder)
    _, reading = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    same(found.arms[1].homes, columns_of)
    assert writing < 0.2 * whole
    assert reading < 1.3 * whole


def test_arms_whose_names_share_a_beginning_keep_their_own_columns(tmp_path):
    made = example(7, 2, ("flat", "flat.b"))
    same(made, store.load(kept(tmp_path / "run", made)))


def test_what_was_read_may_be_changed(tmp_path):
    found = store.load(kept(tmp_path / "run", example(7, 2, ("flat",))))
    for column in (*found.attributes.values(), *found.reference.homes.values()):
        assert column.flags.writeable


def test_the_summary_is_json_without_nan(tmp_path):
    folder = store.save(example(3, 1), tmp_path / "run", {"arms": {"flat": {"a": math.nan}}})
    text = (folder / "summary.json").read_text()
    assert "NaN" not in text
    assert json.loads(text)["arms"]["flat"]["a"] is None


def test_the_folder_holds_the_files_that_are_promised(tmp_path):
    folder = store.save(
        example(3, 1), tmp_path / "run", SUMMARY, {"report.html": "<p>", "figures/a.svg": b"x"}
    )
    found = {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}
    assert found == {*store.FILES, "report.html", "figures/a.svg"}
    assert sorted(path.name for path in tmp_path.iterdir()) == ["run"]


@pytest.mark.parametrize("name", ["../out", "/out", "summary.json", ""])
def test_extra_files_stay_inside_and_replace_nothing(tmp_path, name):
    with pytest.raises(ValueError, match="inside the run folder"):
        store.save(example(3, 1), tmp_path / "run", SUMMARY, {name: "x"})
    assert not list(tmp_path.iterdir())


def test_an_older_run_is_replaced_as_a_whole(tmp_path):
    folder = kept(tmp_path / "run")
    (folder / "stale.html").write_text("old")
    newer = example(9, 1)
    same(newer, store.load(kept(folder, newer)))
    assert not (folder / "stale.html").exists()
    assert [path.name for path in tmp_path.iterdir()] == ["run"]


def test_an_empty_folder_may_be_filled(tmp_path):
    (tmp_path / "run").mkdir()
    assert store.is_run(kept(tmp_path / "run"))


def test_a_folder_with_something_else_is_left_alone(tmp_path):
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(DataError, match="something other than a run"):
        kept(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


def test_a_folder_with_somebody_elses_summary_is_left_alone(tmp_path):
    (tmp_path / "summary.json").write_text('{"made_by": "somebody else"}')
    with pytest.raises(DataError, match="something other than a run"):
        kept(tmp_path)


def test_a_file_in_the_way_is_left_alone(tmp_path):
    (tmp_path / "run").write_text("mine")
    with pytest.raises(DataError, match="is a file"):
        kept(tmp_path / "run")


def test_a_place_that_cannot_be_written_is_told(tmp_path):
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(DataError, match=r"run: cannot be written: .*file\)"):
        kept(tmp_path / "file" / "run")


def test_a_full_disk_leaves_the_older_run_and_nothing_else(tmp_path, monkeypatch):
    folder = kept(tmp_path / "run")

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(tables, "write", full)
    with pytest.raises(DataError, match="No space left on device"):
        kept(folder, example(9, 1))
    assert [path.name for path in tmp_path.iterdir()] == ["run"]
    assert len(store.load(folder).attributes["home"]) == 6


@pytest.mark.parametrize("stop", [KeyboardInterrupt, TypeError])
def test_an_interrupted_save_leaves_nothing(tmp_path, monkeypatch, stop):
    def stopped(*_: object) -> None:
        raise stop

    monkeypatch.setattr(assembly, "described", stopped)
    with pytest.raises(stop):
        kept(tmp_path / "run")
    assert not list(tmp_path.iterdir())


def test_a_rename_that_fails_puts_the_older_run_back(tmp_path, monkeypatch):
    folder = kept(tmp_path / "run")
    rename = Path.rename

    def refuse(self: Path, target: Path) -> Path:
        if self.name.startswith(folders.PARTIAL):
            raise OSError(errno.EIO, "Input/output error")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", refuse)
    with pytest.raises(DataError, match="Input/output error"):
        kept(folder, example(9, 1))
    assert [path.name for path in tmp_path.iterdir()] == ["run"]
    assert len(store.load(folder).attributes["home"]) == 6


def test_what_a_killed_run_leaves_is_known_and_never_loaded(tmp_path):
    folder = kept(tmp_path / "run")
    left = folder.rename(tmp_path / f"{folders.PARTIAL}run-1-0")
    assert store.leftovers(tmp_path) == [left]
    assert not store.is_run(left)
    with pytest.raises(DataError, match="did not finish"):
        store.load(left)


def test_a_run_lost_between_two_renames_is_pointed_to(tmp_path):
    kept(tmp_path / "run").rename(tmp_path / f"{folders.REPLACED}run-1-0")
    with pytest.raises(DataError, match=r"left its last version in .*\.replaced-run-1-0"):
        store.load(tmp_path / "run")


def test_two_runs_at_once_do_not_share_a_folder_under_construction(tmp_path):
    first = folders.new_beside(tmp_path / "run", folders.PARTIAL)
    second = folders.new_beside(tmp_path / "run", folders.PARTIAL)
    assert first != second


@pytest.mark.parametrize("name", store.FILES)
def test_a_missing_file_is_named(tmp_path, name):
    folder = kept(tmp_path / "run")
    (folder / name).unlink()
    with pytest.raises(DataError, match=name):
        store.load(folder)


@pytest.mark.parametrize("name", [n for n in store.FILES if n != store.SCENARIO])
def test_a_file_cut_short_is_named(tmp_path, name):
    path = kept(tmp_path / "run") / name
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    with pytest.raises(DataError, match=name):
        store.load(path.parent)


def test_a_flipped_bit_is_noticed(tmp_path):
    path = kept(tmp_path / "run") / store.SERIES
    content = bytearray(path.read_bytes())
    content[len(content) // 3] ^= 0x10
    path.write_bytes(bytes(content))
    with pytest.raises(DataError, match=store.SERIES):
        store.load(path.parent)


def test_files_of_two_runs_do_not_mix(tmp_path):
    one, other = kept(tmp_path / "one"), kept(tmp_path / "other", example(6, 5))
    (one / store.SERIES).write_bytes((other / store.SERIES).read_bytes())
    with pytest.raises(DataError, match="do not belong together"):
        store.load(one)


def test_a_summary_of_another_layout_is_refused(tmp_path):
    folder = kept(tmp_path / "run")
    path = folder / store.SUMMARY
    path.write_text(path.read_text().replace(f'"format": {store.FORMAT}', '"format": 99'))
    with pytest.raises(DataError, match="not a layout this version reads"):
        store.load(folder)


def test_a_value_that_json_does_not_know_is_refused():
    with pytest.raises(TypeError, match=r"object has no place in summary\.json"):
        assembly.plain({"x": object()})
