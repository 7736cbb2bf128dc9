"""What a run writes down lets it go on to the same bits, and what is damaged is passed over."""

import dataclasses
import errno
import os
import random
import time
from pathlib import Path

import numpy as np
import pytest

from gridsim.core.arrays import BLOCK
from gridsim.core.errors import DataError
from gridsim.engine import keeping
from gridsim.engine import run as running
from gridsim.engine.keeping import Keeper
from gridsim.results.results import Results
from gridsim.scenario import load, resolve
from gridsim.scenario.resolve import Case

TEXT = """
title = "Test"
seed = 7
[period]
start = 2023-01-09
end = 2023-01-16
step_minutes = 60
[place]
name = "Lyon"
[population]
homes = 270
electric_heat = 0.6
[output]
follow = 3
[arms.flat]
tariff = "base-2026"
[arms.tempo]
tariff = "tempo-2026"
"""
PART = "part-0000"


class Stopped(BaseException):
    """The run was stopped."""


@pytest.fixture(scope="module")
def case() -> Case:
    return resolve.resolve(load.loads(TEXT, "test.toml"))


@pytest.fixture(scope="module")
def whole(case: Case) -> Results:
    """Return what came of a run that nobody stopped and nobody wrote down."""
    return play(case, None)


def play(case: Case, keeper: Keeper | None, part_homes: int = BLOCK) -> Results:
    return running.run(case, keeper=keeper, part_homes=part_homes)


def stop(case: Case, keeper: Keeper, days: int) -> None:
    """Play the first part until so many days are over in both arms, and stop in the next one."""

    def tell(progress: running.Progress) -> None:
        if progress.done > 2 * BLOCK * (days + 1e-6):
            raise Stopped

    with pytest.raises(Stopped):
        running.run(case, keeper=keeper, part_homes=BLOCK, progress=tell)


def same(first: Results, second: Results) -> None:
    """Assert that two runs found the same, to the last bit."""
    np.testing.assert_equal(
        *(dataclasses.asdict(dataclasses.replace(one, provenance={})) for one in (first, second))
    )


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_writing_down_changes_nothing_and_leaves_a_share_of_each_part(tmp_path, case, whole):
    same(whole, play(case, Keeper(tmp_path, 0.0)))
    assert names(tmp_path) == ["part-0000.share", "part-0001.share"]


def test_at_most_the_last_two_days_are_kept_and_a_run_goes_on_from_the_last(tmp_path, case, whole):
    stop(case, Keeper(tmp_path, 0.0), 4)
    assert names(tmp_path) == [f"{PART}-step-{24 * day:08d}.world" for day in (3, 4)]
    seen: list[running.Progress] = []
    keeper = Keeper(tmp_path, 1e9)
    same(whole, running.run(case, keeper=keeper, part_homes=BLOCK, progress=seen.append))
    assert seen[-1].before == 2 * 4 * BLOCK
    assert seen[-1].done == seen[-1].total


def test_parts_that_were_played_are_not_played_again(tmp_path, case, whole):
    play(case, Keeper(tmp_path, 0.0))
    seen: list[running.Progress] = []
    same(whole, running.run(case, keeper=Keeper(tmp_path), part_homes=BLOCK, progress=seen.append))
    assert seen[-1].before == seen[-1].total


@pytest.mark.parametrize("place", [b"PK\x03\x04", b"\x93NUMPY", 0.3, b"parcel.json", b"PK\x05\x06"])
def test_a_damaged_checkpoint_is_named_and_the_one_before_is_taken(tmp_path, case, whole, place):
    stop(case, Keeper(tmp_path, 0.0), 3)
    path = tmp_path / f"{PART}-step-{24 * 3:08d}.world"
    content = bytearray(path.read_bytes())
    content[int(place * len(content)) if isinstance(place, float) else content.index(place)] ^= 1
    path.write_bytes(content)
    said: list[str] = []
    same(whole, play(case, Keeper(tmp_path, 1e9, said.append)))
    assert len(said) == 1
    assert said[0].startswith(f"{path}: ")
    assert said[0].endswith("going on from an earlier checkpoint, or from the beginning")


def test_with_all_checkpoints_damaged_the_part_is_played_anew_and_written_down(
    tmp_path, case, whole
):
    stop(case, Keeper(tmp_path, 0.0), 4)
    damaged = names(tmp_path)
    for name in damaged:
        (tmp_path / name).write_bytes(b"")
    said: list[str] = []
    stop(case, Keeper(tmp_path, 0.0, said.append), 2)
    assert len(said) == len(damaged)
    assert names(tmp_path) == [f"{PART}-step-{24 * day:08d}.world" for day in (1, 2)]
    same(whole, play(case, Keeper(tmp_path)))


def test_a_damaged_share_is_named_and_its_part_played_anew(tmp_path, case, whole):
    play(case, Keeper(tmp_path, 0.0))
    path = tmp_path / f"{PART}.share"
    path.write_bytes(path.read_bytes()[:-1])
    said: list[str] = []
    same(whole, play(case, Keeper(tmp_path, 1e9, said.append)))
    assert said == [f"{path}: is no parcel of gridsim, or was cut short; the part is played anew"]


def test_a_town_that_was_dealt_into_other_parts_does_not_go_on(tmp_path, case):
    stop(case, Keeper(tmp_path, 0.0), 2)
    said: list[str] = []
    found = play(case, Keeper(tmp_path, 1e9, said.append), 2 * BLOCK)
    assert len(said) == 2
    assert all("is of a town that was dealt into other parts" in text for text in said)
    same(play(case, None, 2 * BLOCK), found)


def test_a_checkpoint_of_another_version_is_named(tmp_path, case, whole):
    stop(case, Keeper(tmp_path, 0.0), 2)
    for path in list(tmp_path.iterdir()):
        arrays, facts = keeping.parcels.read(path)
        facts["games"]["many"][0]["named"]["world"]["record"] = "Earth"
        keeping.parcels.write(path, arrays, facts)
    said: list[str] = []
    same(whole, play(case, Keeper(tmp_path, 1e9, said.append)))
    assert "00000048.world: a checkpoint of another version: 'Earth'" in said[0]


def test_clocks_that_jump_change_nothing(tmp_path, case, whole, monkeypatch):
    chance = random.Random(3)
    monkeypatch.setattr(time, "time", lambda: chance.uniform(-1e9, 4e9))
    stop(case, Keeper(tmp_path, 0.0), 3)
    assert len(names(tmp_path)) == 2
    same(whole, play(case, Keeper(tmp_path, 0.0)))


def test_a_full_disk_is_told_and_the_run_goes_on_when_there_is_room(
    tmp_path, case, whole, monkeypatch
):
    left, sync = [9], os.fsync

    def full(handle: int) -> None:
        left[0] -= 1
        if left[0] <= 0:
            raise OSError(errno.ENOSPC, "No space left on device")
        sync(handle)

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(DataError, match=r"part-0000-step-.*: cannot be written: No space left"):
        play(case, Keeper(tmp_path, 0.0))
    monkeypatch.undo()
    kept = names(tmp_path)
    assert len(kept) >= 2
    assert all(name.endswith(".world") for name in kept)
    same(whole, play(case, Keeper(tmp_path, 1e9)))


def test_another_case_has_another_digest(case):
    other = resolve.resolve(load.loads(TEXT, "test.toml", sets=["seed=8"]))
    dearer = dataclasses.replace(case, carbon_g_kwh=case.carbon_g_kwh + 1.0)
    again = resolve.resolve(load.loads(TEXT, "test.toml"))
    assert keeping.digest(again) == keeping.digest(case)
    assert len({keeping.digest(one) for one in (case, other, dearer)}) == 3
