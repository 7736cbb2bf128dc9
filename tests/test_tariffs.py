"""``gridsim tariff neutral`` as a user meets it."""

import json

import pytest
from typer.testing import CliRunner

import gridsim as gs
from gridsim.cli import app

SMALL = ["--set", "population.homes=20", "--set", "period.end=2023-01-04"]


def invoke(*words):
    return CliRunner().invoke(app, ["tariff", "neutral", *words])


def test_the_scaled_scenario_is_written_and_can_be_run(tmp_path):
    path = tmp_path / "neutral.toml"
    done = invoke("quickstart", *SMALL, "--out", str(path), "--json")
    assert done.exit_code == 0, done.output
    told = json.loads(done.stdout)
    assert gs.load(path).arms["tempo"].rates_factor == told["factor"]
    assert told["before"]["revenue"] == pytest.approx(told["reference"])
    assert set(told["before"]["groups"]) == {"income", "heating", "house"}


def test_the_table_says_who_pays_less_and_who_more():
    done = invoke("quickstart", *SMALL, "--jobs", "1")
    assert done.exit_code == 0, done.output
    for words in ("revenue-neutral", "nobody reacts", "pay more", "income: lowest", "over a year"):
        assert words in done.stdout


def test_a_folder_is_no_file_to_write(tmp_path):
    done = invoke("quickstart", *SMALL, "--out", str(tmp_path))
    assert done.exit_code == 4
    assert "is a folder" in done.stderr


def test_the_reference_cannot_be_scaled():
    done = invoke("quickstart", *SMALL, "--arm", "flat")
    assert done.exit_code == 3
    assert "arms.flat: is the reference" in done.stderr


def test_a_folder_that_is_not_there_is_told_before_anything_runs(tmp_path):
    done = invoke("quickstart", *SMALL, "--out", str(tmp_path / "none" / "neutral.toml"))
    assert done.exit_code == 4
    assert "there is no folder" in done.stderr
    assert done.stdout == ""
