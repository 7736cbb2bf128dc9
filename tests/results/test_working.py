"""A working folder is one run's at a time, says what it is of, and is never taken for a run."""

import json
from pathlib import Path

import pytest

from gridsim.core.errors import DataError
from gridsim.results import folders, store, working
from gridsim.results.example import example

BESIDE = {"scenario.toml": 'title = "x"\n', "parameters.toml": "a = 0.1\n"}


def begun(target: Path) -> Path:
    """Leave an unfinished run with something that was played; return its working folder."""
    with working.begin(target, {"version": "1"}, BESIDE) as work:
        (work.folder / "part-0000-step-00000024.world").write_bytes(b"x")
    return work.folder


def finished(target: Path) -> Path:
    """Leave a finished run."""
    return store.save(example(3, 1), target, {"title": "An example"})


def test_a_folder_in_which_nothing_was_played_goes_away(tmp_path):
    with working.begin(tmp_path / "city", {}, BESIDE) as work:
        assert work.folder == tmp_path / ".running-city"
        assert not work.holds
    assert list(tmp_path.iterdir()) == []


def test_what_is_being_run_is_remembered(tmp_path):
    folder = begun(tmp_path / "city")
    for asked in (tmp_path / "city", folder):
        with working.reopen(asked) as work:
            assert work.target == tmp_path / "city"
            assert work.folder == folder
            assert work.facts["version"] == "1"
            assert (work.folder / "scenario.toml").read_text() == BESIDE["scenario.toml"]


def test_a_second_run_to_one_folder_is_refused_and_the_first_is_unharmed(tmp_path):
    target = tmp_path / "city"
    with working.begin(target, {}, BESIDE) as work:
        (work.folder / "part-0000.share").write_bytes(b"x")
        before = {path.name: path.read_bytes() for path in work.folder.iterdir()}
        for again in (working.begin(target, {"b": 2}, {}), working.reopen(target)):
            with (
                pytest.raises(DataError, match="city: another run is being written there at"),
                again,
            ):
                pytest.fail("two runs in one folder")  # pragma: no cover
        assert {path.name: path.read_bytes() for path in work.folder.iterdir()} == before


def test_a_lock_that_its_holder_has_removed_is_none(tmp_path, monkeypatch):
    lock = working._lock

    def late(handle: int) -> bool:
        (tmp_path / ".running-city" / "lock").unlink()
        return lock(handle)

    monkeypatch.setattr(working, "_lock", late)
    with pytest.raises(DataError, match="city: cannot be written: No such file"):
        begun(tmp_path / "city")


def test_an_unfinished_run_is_not_overwritten(tmp_path):
    folder = begun(tmp_path / "city")
    before = sorted(path.name for path in folder.iterdir())
    with pytest.raises(
        DataError, match=r"an unfinished run was left in .* --resume .*city`, or rem"
    ):
        begun(tmp_path / "city")
    assert sorted(path.name for path in folder.iterdir()) == before


def test_there_is_nothing_to_resume_where_nothing_was_begun_or_all_is_finished(tmp_path):
    with pytest.raises(DataError, match=r"city: there is no unfinished run \(looked for"):
        working.reopen(tmp_path / "city").__enter__()
    finished(tmp_path / "city")
    with pytest.raises(DataError, match="city: this run is finished; there is nothing to resume"):
        working.reopen(tmp_path / "city").__enter__()


def rubbish(target: Path) -> Path:
    """Leave a finished run whose working folder was being removed when it was killed."""
    folder = begun(target)
    finished(target)
    (folder / working.RUN).unlink()
    (folder / "profiles").mkdir()
    return folder


def test_the_rest_of_a_finished_run_is_rubbish(tmp_path):
    target = tmp_path / "city"
    folder = rubbish(target)
    with pytest.raises(DataError, match="is finished"):
        working.reopen(target).__enter__()
    assert not folder.exists()
    rubbish(target)
    with working.begin(target, {}, BESIDE) as work:
        assert not work.holds
        assert not (folder / "profiles").exists()
    assert store.is_run(target)


def test_other_code_does_not_go_on(tmp_path, monkeypatch):
    folder = begun(tmp_path / "city")
    monkeypatch.setattr(working, "state_of_package", lambda: "of tomorrow")
    with pytest.raises(DataError, match=r"was begun by gridsim 1 in another state .* of tomorrow"):
        working.reopen(tmp_path / "city").__enter__()
    assert (folder / "part-0000-step-00000024.world").exists()


@pytest.mark.parametrize("content", ["", "{", "[]", '{"made_by": "gridsim, unfinished"}'])
def test_a_damaged_run_file_is_named(tmp_path, content):
    folder = begun(tmp_path / "city")
    (folder / working.RUN).write_text(content)
    with pytest.raises(DataError, match=r"\.running-city.run\.json: "):
        working.reopen(tmp_path / "city").__enter__()
    assert (folder / "part-0000-step-00000024.world").exists()


@pytest.mark.parametrize("name", BESIDE)
def test_a_file_beside_it_that_changed_is_named(tmp_path, name):
    path = begun(tmp_path / "city") / name
    path.write_text(path.read_text().replace("0.1", "0.2").replace("x", "y"))
    with pytest.raises(DataError, match=f"{name}: has changed since the run was begun"):
        working.reopen(tmp_path / "city").__enter__()
    path.unlink()
    with pytest.raises(DataError, match=f"{name}: cannot be read: No such file"):
        working.reopen(tmp_path / "city").__enter__()


def test_a_folder_that_is_worked_on_is_no_run(tmp_path):
    folder = begun(tmp_path / "city")
    assert not store.is_run(folder)
    with pytest.raises(DataError, match=r"\.running-city"):
        store.load(folder)


def test_what_a_killed_process_was_building_goes_when_its_run_goes_on(tmp_path):
    target = finished(tmp_path / "city")
    folder = begun(target)
    (folder / "lock").write_text("4000001")
    (folder / ".partial-part-0000.share-4000001-0").write_text("half a file")
    mine = [tmp_path / f"{kind}city-4000001-0" for kind in (folders.PARTIAL, folders.REPLACED)]
    others = [tmp_path / ".partial-city-4000002-0", tmp_path / ".partial-cityhall-4000001-0"]
    for path in (*mine, *others):
        path.mkdir()
    with working.reopen(target):
        assert not any(path.exists() for path in mine)
        assert not list(folder.glob(".partial*"))
    assert all(path.exists() for path in others)


def test_an_older_run_that_was_being_replaced_stays_until_the_new_one_stands(tmp_path):
    folder = begun(tmp_path / "city")
    (folder / "lock").write_text("4000001")
    older = tmp_path / ".replaced-city-4000001-0"
    older.mkdir()
    with working.reopen(tmp_path / "city"):
        assert older.exists()


def test_a_reader_that_leaves_is_not_taken_for_a_full_disk(tmp_path):
    with pytest.raises(BrokenPipeError), working.begin(tmp_path / "city", {}, BESIDE):
        raise BrokenPipeError


def test_a_place_that_cannot_be_written_is_told(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(DataError, match="cannot be written: Not a directory"):
        begun(tmp_path / "file" / "city")


def test_a_working_folder_tells_what_it_is_of_in_json(tmp_path):
    folder = begun(tmp_path / "city")
    told = json.loads((folder / "run.json").read_text())
    assert told["made_by"] == "gridsim, unfinished"
    assert set(told["files"]) == set(BESIDE)
