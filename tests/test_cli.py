"""The command line: what each command answers, where it says it, and with which code it leaves."""

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

import gridsim as gs
from gridsim import cli
from gridsim.core.errors import AuditError

INVALID = Path(__file__).resolve().parents[1] / "scenarios" / "invalid"
SMALL = ["--set", "population.homes=20", "--set", "period.end=2023-01-04", "--jobs", "1"]


def ask(*words: str | Path) -> tuple[int, str, str]:
    """Run a command here; return its code, standard output and standard error."""
    found = CliRunner().invoke(cli.app, [str(word) for word in words])
    return found.exit_code, found.stdout, found.stderr


def start(*words: str | Path, cwd: Path | None = None) -> "subprocess.Popen[str]":
    """Start a command in a process of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "gridsim", *(str(word) for word in words)],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=cwd,
    )  # fmt: skip


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str, str]:
    """Return where a small run was made, and what it said on standard output and error."""
    here = tmp_path_factory.mktemp("runs")
    with contextlib.chdir(here):
        code, out, err = ask("run", "quickstart", *SMALL)
    assert code == 0, err
    return here, out, err


@pytest.fixture(scope="module")
def folder(ran: tuple[Path, str, str]) -> Path:
    """Return the folder of a small run."""
    (found,) = (ran[0] / "runs").iterdir()
    return found


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Work in an empty folder."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_help_comes_fast_and_imports_nothing_heavy() -> None:
    heavy = ("numpy", "numba", "pandas", "matplotlib", "pydantic", "pvlib", "rich.console")
    code = (
        "import sys; from gridsim import cli; sys.argv = ['gridsim', '--help']\n"
        "try: cli.main()\n"
        f"except SystemExit: print([m for m in {heavy} if m in sys.modules])"
    )
    began = time.perf_counter()
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout.strip().endswith("[]")
    assert time.perf_counter() - began < 5.0  # 0.15 s on an idle machine; 0.3 s is promised


def test_the_version_is_told() -> None:
    assert ask("--version") == (0, f"gridsim {gs.__version__}\n", "")


def test_a_run_leaves_a_folder_and_says_what_it_found(ran: tuple[Path, str, str]) -> None:
    here, out, err = ran
    assert "Electricity used" in out
    assert "the weather of Lyon is synthetic" in err
    report = out.strip().splitlines()[-1].removeprefix("The page to look at: ")
    assert report.startswith("runs/quickstart-2")
    assert (here / report).is_file()


@pytest.mark.usefixtures("pageless")
def test_a_quiet_run_prints_its_folder_and_nothing_else(folder: Path, tmp_path: Path) -> None:
    old = shutil.copytree(folder, tmp_path / "run")
    code, out, err = ask("run", "quickstart", *SMALL, "--out", old, "--quiet")
    assert (code, out, err) == (0, f"{old}\n", "")


@pytest.mark.usefixtures("pageless")
def test_the_folder_of_the_scenario_is_used(here: Path) -> None:
    code, out, _ = ask(
        "run", "quickstart", *SMALL, "--quiet", "--set", f"output.folder={here}/mine"
    )
    assert (code, out) == (0, "mine\n")
    assert (here / "mine" / "summary.json").is_file()


def test_settings_reach_the_run(folder: Path) -> None:
    resolved = tomllib.loads((folder / "scenario.toml").read_text())
    assert resolved["population"]["homes"] == 20
    assert resolved["period"]["end"].isoformat() == "2023-01-04"


def test_a_folder_of_somebody_else_is_refused_before_the_run(tmp_path: Path) -> None:
    (tmp_path / "diary.txt").write_text("mine")
    code, out, err = ask("run", "quickstart", *SMALL, "--out", tmp_path)
    assert (code, out) == (4, "")
    assert err == f"{tmp_path}: holds something other than a run; choose another folder\n"


def test_a_file_in_the_way_is_told_before_the_run(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    code, _, err = ask("run", "quickstart", "--out", tmp_path / "file" / "run")
    assert code == 4
    assert "is a file" in err


def test_a_failed_audit_has_its_own_code(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise AuditError("arm 'tempo': the audit failed")

    monkeypatch.setattr("gridsim.front.play", fail)
    code, _, err = ask("run", "quickstart", *SMALL)
    assert code == 5
    assert "the audit failed" in err
    assert not list(here.iterdir())


@pytest.mark.parametrize("command", ["run", "check", "show"])
def test_every_mistake_is_told_at_once_with_its_place(command: str) -> None:
    file = INVALID / "many_mistakes.toml"
    code, out, err = ask(command, file)
    assert (code, out) == (3, "")
    assert len(err.splitlines()) == 5
    assert all(line.startswith(f"{file}:") for line in err.splitlines())


def test_check_says_who_where_and_when() -> None:
    code, out, _ = ask("check", "quickstart")
    assert code == 0
    assert "500 homes (france), Lyon" in out
    assert out.endswith("quickstart: nothing is wrong\n")


def test_missing_data_has_its_own_code(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GRIDSIM_DATA", raising=False)
    code, _, err = ask("check", "quickstart", "--set", "place.weather=data:lyon.epw")
    assert code == 4
    assert "GRIDSIM_DATA" in err


@pytest.mark.parametrize(
    ("words", "part"),
    [
        (["run"], "FILE"),
        (["nonsense"], "nonsense"),
        (["check", "quickstart", "--set", "homes"], "must be key=value"),
        (["run", "quickstart", "--jobs", "0"], "--jobs"),
        (["weather", "fetch", "91", "0"], "LAT"),
        (["weather", "fetch", "45", "-181"], "LON"),
    ],
)
def test_wrong_usage_says_what_is_wrong(words: list[str], part: str) -> None:
    code, out, err = ask(*words)
    assert (code, out) == (2, "")
    assert part in err


def test_a_setting_that_is_wrong_is_named_as_it_was_written() -> None:
    code, _, err = ask("check", "quickstart", "--set", "population.homes=many")
    assert code == 3
    assert err.startswith("--set population.homes=many: population.homes: ")


def test_show_prints_a_scenario_that_says_the_same(here: Path) -> None:
    code, out, _ = ask("show", "ev_evening", "--set", "population.homes=7")
    (here / "shown.toml").write_text(out)
    assert code == 0
    assert gs.load("shown.toml") == gs.load("ev_evening", ["population.homes=7"])


@pytest.mark.parametrize("source", [[], ["--from", "solar_neighbourhood"]])
def test_a_new_scenario_is_right(here: Path, source: list[str]) -> None:
    code, out, _ = ask("new", "my_street", *source)
    assert code == 0
    assert "gridsim check my_street.toml" in out
    assert ask("check", "my_street.toml")[0] == 0
    assert gs.load("my_street.toml").title == "my street"


def test_a_new_scenario_never_replaces_a_file(here: Path) -> None:
    (here / "mine.toml").write_text("precious")
    code, _, err = ask("new", "mine")
    assert code == 2
    assert "exists already" in err
    assert (here / "mine.toml").read_text() == "precious"


def test_a_new_scenario_from_nowhere_says_what_there_is(here: Path) -> None:
    code, _, err = ask("new", "mine", "--from", "quickstat")
    assert code == 3
    assert "quickstart" in err
    assert not list(here.iterdir())


def test_a_new_scenario_in_a_folder_that_is_not_there(here: Path) -> None:
    code, _, err = ask("new", "no/such/folder/mine")
    assert code == 4
    assert "No such file" in err


def test_the_schema_is_json() -> None:
    code, out, _ = ask("schema")
    assert code == 0
    assert "population" in json.loads(out)["properties"]


def test_the_list_names_what_a_scenario_may_name() -> None:
    code, out, _ = ask("list")
    assert code == 0
    assert {"france", "Lyon", "tempo-2026", "quickstart"} <= set(out.split())


def test_a_report_is_made_again_as_it_was(folder: Path) -> None:
    page = folder / "report.html"
    before = page.read_text(encoding="utf-8")
    page.unlink()
    code, out, _ = ask("report", folder)
    assert (code, out) == (0, f"{page}\n")
    assert page.read_text(encoding="utf-8") == before


def test_a_report_of_something_else_is_refused(tmp_path: Path) -> None:
    code, _, err = ask("report", tmp_path)
    assert code == 4
    assert str(tmp_path) in err
    assert not list(tmp_path.iterdir())


def test_weather_is_fetched_south_and_west_too(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = []

    def fetch(latitude: float, longitude: float, path: Path) -> Path:
        seen.append((latitude, longitude))
        return path

    monkeypatch.setattr("gridsim.signals.fetch.fetch", fetch)
    assert ask("weather", "fetch", "-33.5", "-70.25") == (0, "pvgis_-33.5_-70.25.epw\n", "")
    assert seen == [(-33.5, -70.25)]


def test_a_reader_that_leaves_early_is_no_mistake() -> None:
    with start("list") as listing:
        assert listing.stdout is not None
        assert listing.stderr is not None
        listing.stdout.close()
        assert listing.wait(timeout=60) in (0, 1)
        assert listing.stderr.read() == ""


@pytest.mark.skipif(os.name != "posix", reason="signals are POSIX")
def test_an_interrupted_run_leaves_nothing(tmp_path: Path) -> None:
    words = ["run", "quickstart", "--set", "population.homes=20000", "--out", "out/run"]
    with start(*words, cwd=tmp_path) as running:
        assert running.stderr is not None
        assert "synthetic" in running.stderr.readline()
        time.sleep(0.3)
        running.send_signal(signal.SIGINT)
        err = running.stderr.read()
    assert running.returncode == 130
    assert "interrupted" in err
    assert "Traceback" not in err
    assert not list(tmp_path.iterdir())


def test_trials_leave_a_page_and_a_table_whatever_they_find(here: Path) -> None:
    code, out, err = ask("trials", "--only", "t26,T27", "--out", here / "found")
    assert code == 0, err
    assert "2 of 2 rows inside their band" in out
    told = json.loads((here / "found" / "trials.json").read_text())
    assert told["rows"]["T26"]["inside"] is True
    assert (here / "found" / "trials.html").is_file()


def test_trials_refuse_rows_that_are_not_there_and_folders_of_others(here: Path) -> None:
    code, _, err = ask("trials", "--only", "T99")
    assert code == 2
    assert "T99" in err
    (here / "mine").mkdir()
    (here / "mine" / "notes.txt").write_text("mine")
    code, _, err = ask("trials", "--only", "T26", "--out", here / "mine")
    assert code == 4
    assert "something other than trials" in err


def test_a_story_is_told_of_a_followed_home(folder: Path) -> None:
    code, out, err = ask("story", folder, "--home", 3, "--date", "2023-01-03", "--arm", "tempo")
    assert (code, err) == (0, "")
    assert out.startswith("Home 3, Tuesday 3 January 2023\n")
    assert "tempo: Tempo, told by app" in out
    assert "flat: One price" not in out


def test_a_story_without_a_home_is_about_typical_ones(folder: Path) -> None:
    code, out, _ = ask("story", folder)
    assert code == 0
    assert out.count("\nOf the followed homes") == 3


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--home", "99"], "home 99 is not followed; followed are: 0-19"),
        (["--home", "3", "--date", "2023-02-01"], "goes from 2023-01-02 to 2023-01-03"),
        (["--home", "3", "--arm", "white"], "there are flat, tempo"),
    ],
)
def test_a_story_that_cannot_be_told_says_why(folder: Path, words: list[str], said: str) -> None:
    code, out, err = ask("story", folder, *words)
    assert (code, out) == (2, "")
    assert said in " ".join(err.replace("│", " ").split())


def test_a_story_needs_a_run_folder(here: Path) -> None:
    code, _, err = ask("story", here / "nowhere")
    assert code == 4
    assert "no such run folder" in err


@pytest.mark.usefixtures("pageless")
def test_a_calibration_leaves_a_folder_whose_parameters_a_run_can_use(here: Path) -> None:
    (here / "try.toml").write_text(
        'title = "A try"\n[search]\nmost = 1\n[parameters]\n'
        '"routine.effort" = { start = 0.1, low = 0.05, high = 0.2 }\n'
        '[[targets]]\nscenario = "quickstart"\n'
        'set = ["population.homes=4", "period.end=2023-01-03"]\n'
        'metric = "arms.flat.demand_kwh"\nvalue = 20\nsigma = 2\n'
    )
    code, out, err = ask("calibrate", "try.toml", "--jobs", 1)
    assert code == 0, err
    assert "0 of 1 parameters are fixed" in out  # one price: nothing to live by
    own = here / "runs" / "calibration-try" / "parameters.toml"
    code, out, err = ask("run", "quickstart", *SMALL, "--parameters", own, "--out", "own")
    assert code == 0, err
    said = json.loads((here / "own" / "summary.json").read_text())
    assert said["provenance"]["parameters"] == "own"
    assert any("parameters of the caller's own" in line for line in said["assumptions"])


def test_a_calibration_that_is_wrong_is_told_before_anything_runs(here: Path) -> None:
    (here / "wrong.toml").write_text("[parameters]\nmoon = { low = 1 }\n")
    code, out, err = ask("calibrate", "wrong.toml")
    assert (code, out) == (3, "")
    assert "wrong.toml: moon: high is missing" in err
    assert "targets: name at least one" in err
    code, _, err = ask("run", "quickstart", "--parameters", here / "wrong.toml")
    assert code == 4
    assert "no file of parameters" in err
