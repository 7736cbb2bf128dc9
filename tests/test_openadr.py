"""What an arm publishes is written as OpenADR files, and a scenario that reads them is the same."""

import json
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

import gridsim as gs
from gridsim import cli, cli_openadr
from gridsim.core.errors import DataError
from gridsim.scenario import load, resolve
from gridsim.scenario.resolve import Case
from gridsim.signals.whole import Whole

HEAD = """
title = "Test"
seed = 3
[period]
start = 2023-01-09
end = 2023-01-16
step_minutes = 60
[place]
name = "Lyon"
[population]
homes = 20
electric_heat = 0.6
[arms.flat]
tariff = "base-2026"
[arms.other]
channel = "app"
"""
BOTH = """
tariff = "tempo-2026"
[[arms.other.calls]]
kind = "appeal"
dates = [2023-01-11, 2023-01-13]
hours = ["18:00-20:00"]
label = "save"
[[arms.other.calls]]
kind = "control"
dates = [2023-01-11]
hours = ["17:00-21:00"]
load_limit_kw = 3
"""


def case(arm: str) -> Case:
    return resolve.resolve(load.loads(HEAD + arm, "test.toml"))


def exported(arm: str, folder: Path) -> Path:
    """Return the file of events that the command writes of a scenario."""
    file = folder / "scenario.toml"
    file.write_text(HEAD + arm)
    told = CliRunner().invoke(cli.app, ["openadr", str(file), "--out", str(folder / "out")])
    assert told.exit_code == 0, told.output
    return folder / "out" / cli_openadr.EVENTS


def test_a_scenario_that_reads_what_another_wrote_calls_and_charges_the_same(tmp_path):
    wanted = case(BOTH)
    events = exported(BOTH, tmp_path)
    again = case(
        f'tariff = {{ kind = "dynamic", series = "{only_prices(events)}" }}\n'
        f'calls = [ {{ kind = "openadr", file = "{events}" }} ]\n'
    )
    price, new = (Whole(c.arms[1].contract).price(c.clock) for c in (wanted, again))
    np.testing.assert_allclose(new, price)
    assert [(c.first, c.last, c.label, c.published_s, c.control) for c in again.arms[1].calls] == [
        (c.first, c.last, c.label, c.published_s, c.control) for c in wanted.arms[1].calls
    ]


def only_prices(events: Path) -> Path:
    """Return a file with the import prices of a file of events."""
    mine = [e for e in json.loads(events.read_text()) if e["programID"] == "other-price"]
    file = events.parent / "prices.json"
    file.write_text(json.dumps(mine))
    return file


def test_programs_are_named_beside_the_events(tmp_path):
    events = exported(BOTH, tmp_path)
    programs = json.loads((events.parent / cli_openadr.PROGRAMS).read_text())
    names = {program["programName"] for program in programs}
    assert names == {"other-save", "other-control", "other-price", "other-export"}
    assert {event["programID"] for event in json.loads(events.read_text())} == names


def test_two_programmes_of_one_name_are_two_programs():
    found = cli_openadr.published(of := case(BOTH.replace('label = "save"', 'label = "control"')),
                                  of.arms[1])  # fmt: skip
    assert {"other-control", "other-control-2"} <= {event.program for event in found}


@pytest.mark.usefixtures("pageless")
def test_calls_of_a_run_that_followed_the_load_are_exported(tmp_path):
    file, folder = tmp_path / "s.toml", tmp_path / "run"
    file.write_text(HEAD + 'tariff = "base-2026"\ncalls = [ { kind = "appeal", label = "peak",'
                    ' rule = { limit_kva = 25 }, hours = ["17:00-21:00"] } ]\n')  # fmt: skip
    run = gs.run(file)
    run.save(folder)
    assert run.results.arms[1].called.any()
    told = CliRunner().invoke(cli.app, ["openadr", str(folder), "--out", str(tmp_path / "out")])
    assert told.exit_code == 0, told.output
    events = json.loads((tmp_path / "out" / cli_openadr.EVENTS).read_text())
    peaks = [event for event in events if event["programID"] == "other-peak"]
    starts = np.flatnonzero(np.diff(run.results.arms[1].called.astype(int), prepend=0) > 0)
    assert len(peaks) == len(starts)
    first = peaks[0]["intervals"][0]["intervalPeriod"]["start"]
    assert np.datetime64(first[:-1]) == run.results.clock.times[starts[0]]


def test_a_relative_file_of_events_starts_from_the_scenario(tmp_path):
    events = exported(BOTH, tmp_path)
    events.rename(tmp_path / "events.json")
    file = tmp_path / "reads.toml"
    said = 'tariff = "base-2026"\ncalls = [ { kind = "openadr", file = "events.json" } ]\n'
    file.write_text(HEAD + said.replace("events.json", "./events.json"))
    assert len(resolve.resolve(load.load(file)).arms[1].calls) == 3
    assert "the events of" in gs.load(file)._repr_html_()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[", r"events.json: is no JSON \(line 1"),
        ('[{"programID": "p"}]', r"events.json: events\[0\].intervals: must be a list"),
        ("[]", "events.json: holds no event"),
    ],
)
def test_a_broken_file_is_told_with_its_place(tmp_path, text, told):
    (tmp_path / "events.json").write_text(text)
    said = 'tariff = "base-2026"\ncalls = [ { kind = "openadr", file = "./events.json" } ]\n'
    file = tmp_path / "reads.toml"
    file.write_text(HEAD + said)
    with pytest.raises(DataError, match=told):
        resolve.resolve(load.load(file))


def test_prices_in_other_money_are_refused(tmp_path):
    events = exported(BOTH, tmp_path)
    prices = only_prices(events)
    prices.write_text(prices.read_text().replace("EUR", "USD"))
    with pytest.raises(DataError, match="PRICE is in USD, EUR is wanted"):
        case(f'tariff = {{ kind = "dynamic", series = "{prices}" }}\n')


def test_an_arm_that_is_not_there_is_refused(tmp_path):
    (tmp_path / "s.toml").write_text(HEAD + BOTH)
    args = ["openadr", str(tmp_path / "s.toml"), "--arm", "none", "--out", str(tmp_path / "out")]
    told = CliRunner().invoke(cli.app, args)
    assert told.exit_code == 4
    assert "there is no arm 'none'; there are flat, other" in told.stderr
    assert not (tmp_path / "out").exists()
