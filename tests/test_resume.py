"""A run that was stopped at any moment goes on to the same bits as one that never was."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from gridsim import cli, front
from gridsim.core.errors import DataError
from gridsim.results import store, working

PLAYERS = Path(__file__).with_name("players.py")
SETS = ["--quiet", "--jobs", "1", "--set", "output.follow=3"]
STORIES = {
    "parts": {
        "words": ["quickstart", *SETS, "--set", "population.homes=600", "--set",
                  "period.end=2023-01-08", "--set", "period.step_minutes=60"],
        "kills": 8,
    },
    "watched": {
        "words": ["watched.toml", *SETS],
        "kills": 6,
    },
    "accounts": {
        "words": ["capacity_tariff", *SETS, "--set", "population.homes=40", "--set",
                  "period.end=2026-01-10"],
        "kills": 6,
    },
}  # fmt: skip
"""What is played and how often it is killed: in three parts; in two that exchange sums, with an
operator that looks at the town's load; with accounts of the month's peak, batteries and chargers.
"""
WATCHED = """
title = "Watched"
seed = 7
[period]
start = 2023-01-09
end = 2023-01-17
step_minutes = 60
[place]
name = "Lyon"
[population]
homes = 300
electric_heat = 0.6
[arms.flat]
tariff = "base-2026"
[arms.watched]
tariff = "base-2026"
channel = "app"
[[arms.watched.calls]]
kind = "control"
rule = { limit_kva = 500, consecutive = 2, hours_per_event = 2 }
hours = ["17:00-22:00"]
setback_k = 2.0
hot_water = "block"
"""


def killed(folder: Path) -> dict[str, Any]:
    """Return what became of runs that were killed 20 times."""
    (folder / "watched.toml").write_text(WATCHED)
    asked = {"seed": 5, "folder": str(folder), "stories": STORIES}
    told = subprocess.run(
        [sys.executable, str(PLAYERS)], input=json.dumps(asked), capture_output=True, text=True,
        cwd=folder, check=False,
    )  # fmt: skip
    assert not told.returncode, told.stderr
    return json.loads(told.stdout)


@pytest.mark.slow
def test_runs_that_are_killed_twenty_times_end_in_the_bits_of_runs_that_never_were(tmp_path):
    found = killed(tmp_path)
    assert sum(len(story["deaths"]) for story in found.values()) == 20
    for name, story in found.items():
        assert story["same"], name
        assert all(story["same"]), name
        assert story["left"] == ["count", "killed", "log", "whole"], name
    deaths = [death for story in found.values() for death in story["deaths"]]
    for kind in ("in the middle of a file", "in the middle of the folder", "finished"):
        assert any(death[kind] for death in deaths), kind
    assert any(death["shares"] for death in found["parts"]["deaths"])
    assert any(death["written"] and not death["finished"] for death in deaths)


SMALL = ["--set", "population.homes=20", "--set", "period.end=2023-01-05", "--jobs", "1"]
PAGE = "the page is not what is tested"


def ask(*words: str | Path) -> tuple[int, str, str]:
    """Run a command here; return its code, standard output and standard error."""
    found = CliRunner().invoke(cli.app, [str(word) for word in words])
    return found.exit_code, found.stdout, found.stderr


def interrupt(*_: object, **__: object) -> None:
    raise KeyboardInterrupt


def stopped(folder: Path, *words: str) -> str:
    """Interrupt a run when all is played but nothing saved; return what it said."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(front.Run, "save", interrupt)
        code, out, err = ask("run", *words, "--checkpoint", "0", "--out", folder)
    assert (code, out) == (130, "")
    return err


@pytest.mark.usefixtures("pageless")
def test_an_interrupted_run_says_how_to_go_on_and_does(tmp_path):
    folder = tmp_path / "mine"
    err = stopped(folder, "quickstart", *SMALL)
    assert f"go on with `gridsim run --resume {folder}`" in err
    assert not folder.exists()
    unfinished = working.place_of(folder)
    assert not store.is_run(unfinished)
    code, _, err = ask("report", unfinished)
    assert code == 4
    assert ".running-mine" in err
    with pytest.raises(DataError, match="running-mine"):
        front.open(unfinished)
    code, _, err = ask("run", "quickstart", *SMALL, "--out", folder)
    assert code == 4
    assert "an unfinished run was left in" in err
    code, out, err = ask("run", "--resume", folder, "--quiet")
    assert (code, out) == (0, f"{folder}\n"), err
    assert store.is_run(folder)
    assert not unfinished.exists()
    code, _, err = ask("run", "--resume", folder)
    assert (code, err) == (4, f"{folder}: this run is finished; there is nothing to resume\n")


@pytest.mark.parametrize("words", [["quickstart"], ["--set", "seed=2"], ["--out", "else"]])
def test_a_run_goes_on_as_it_was_begun(tmp_path, words):
    code, _, err = ask("run", "--resume", tmp_path, *words)
    assert code == 2
    assert "and nothing" in err


def test_a_run_whose_data_changed_does_not_go_on(tmp_path):
    prices = tmp_path / "agile_halfhourly.csv"
    scenarios = Path(__file__).resolve().parents[1] / "scenarios"
    for name in (prices.name, "agile_halfhourly.toml"):
        shutil.copy(scenarios / name, tmp_path)
    stopped(tmp_path / "mine", str(tmp_path / "agile_halfhourly.toml"), "--set",
            "population.homes=5", "--jobs", "1")  # fmt: skip
    kept = sorted(os.listdir(tmp_path / ".running-mine"))
    lines = prices.read_text().splitlines()
    head, _, price = lines[-1].rpartition(",")
    prices.write_text("\n".join([*lines[:-1], f"{head},{float(price) + 1.0}"]) + "\n")
    code, _, err = ask("run", "--resume", tmp_path / "mine")
    assert code == 4
    assert "(a file that it reads has changed): run it anew" in err
    assert sorted(os.listdir(tmp_path / ".running-mine")) == kept


FULL = """
import json, os, shutil, subprocess, sys
from gridsim import cli, front
disk, kept, page = sys.argv[1:]
if subprocess.call(["mount", "-t", "tmpfs", "-o", "size=5500k", "tmpfs", disk]):
    sys.exit(77)
front.Run.report = lambda _: page
sets = ["population.homes=300", "--set", "period.end=2023-01-12"]
words = ["quickstart", "--jobs", "1", "--set", *sets, "--checkpoint", "0", "--out", f"{disk}/city"]
code = cli.app(["run", "--quiet", *words], standalone_mode=False)
left = os.listdir(f"{disk}/.running-city"), os.listdir(disk)
subprocess.check_call(["mount", "-o", "remount,size=64m", disk])
again = cli.app(["run", "--quiet", "--resume", f"{disk}/city"], standalone_mode=False)
shutil.copytree(f"{disk}/city", kept)
print(json.dumps([code, again, *left]))
"""
"""Play on a disk that is soon full, make room and go on; the disk is seen by nobody else."""


@pytest.mark.skipif(sys.platform != "linux", reason="mounts of one's own are Linux")
def test_a_run_on_a_full_disk_stops_with_a_clear_word_and_goes_on_when_there_is_room(tmp_path):
    if not shutil.which("unshare"):
        pytest.skip("there is no unshare to mount a small disk with")
    disk = tmp_path / "disk"
    disk.mkdir()
    command = ["unshare", "--mount", "--map-root-user", sys.executable, "-c", FULL]
    ended = subprocess.run(
        [*command, disk, tmp_path / "city", PAGE], capture_output=True, text=True, check=False
    )
    if ended.returncode == 77 or "unshare" in ended.stderr:
        pytest.skip(f"a small disk cannot be mounted here: {ended.stderr.strip()}")
    assert not ended.returncode, ended.stderr
    code, again, left, beside = json.loads(ended.stdout.splitlines()[-1])
    assert (code, again) == (4, None)
    assert "cannot be written: No space left on device" in ended.stderr
    assert f"go on with `gridsim run --resume {disk}/city`" in ended.stderr
    assert "run.json" in left
    assert any(name.endswith(".world") for name in left)
    assert not any(name.startswith(".partial") for name in left)
    assert beside == [".running-city"]
    assert store.is_run(tmp_path / "city")
