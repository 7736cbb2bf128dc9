"""Replicates are the runs of the seeds that follow, to the bit, and their spread adds up."""

import numpy as np
import pytest

from gridsim import front
from gridsim.engine.keeping import Keeper
from gridsim.engine.run import Progress
from gridsim.report import repeats
from gridsim.results import replicates
from gridsim.results.replicates import Answer
from gridsim.scenario import load, resolve
from gridsim.scenario.models import Scenario

TEXT = """
title = "Test"
seed = 7
replicates = 3
[period]
start = 2023-01-16
end = 2023-01-17
[place]
name = "Lyon"
[population]
homes = 30
[arms.flat]
tariff = { kind = "flat", price = 0.194 }
[arms.tempo]
tariff = "tempo-2026"
channel = "app"
"""


def scenario(*sets: str) -> Scenario:
    return load.loads(TEXT, "test.toml", sets=sets)


@pytest.fixture(scope="module")
def run() -> front.Run:
    return front.run(scenario(), jobs=2)


def test_each_replicate_is_the_run_of_its_seed(run: front.Run) -> None:
    table = run.replicates.set_index(["replicate", "arm", "metric"])
    assert sorted(set(table["seed"])) == [7, 8, 9]
    other = front.run(scenario("seed=9", "replicates=1"))
    for metric, row in other.effects.loc["tempo"].iterrows():
        told = table.loc[2, "tempo", metric]
        np.testing.assert_equal([told["value"], told["effect"]], [row["value"], row["estimate"]])


def test_the_spread_is_that_of_the_effects(run: front.Run) -> None:
    told = run.summary["replicates"]
    assert (told["count"], told["first_seed"]) == (3, 7)
    rows = run.replicates.query("arm == 'tempo' and metric == 'bill'")["effect"]
    bill = told["effects"]["tempo"]["bill"]
    assert bill["defined"] == 3
    assert bill["mean"] == pytest.approx(rows.mean())
    assert bill["sd"] == pytest.approx(rows.std())
    assert bill["p50"] == pytest.approx(rows.median())
    assert rows.nunique() == 3


def test_what_was_answered_before_a_stop_is_not_asked_again(run: front.Run, tmp_path) -> None:
    told: list[str] = []
    seen: list[Progress] = []
    keeper = Keeper(tmp_path, tell=told.append)

    def stop_late(progress: Progress) -> None:
        seen.append(progress)
        if progress.arm.startswith("replicates") and progress.done >= progress.total / 2 + 1:
            raise KeyboardInterrupt

    case = resolve.resolve(scenario())
    with pytest.raises(KeyboardInterrupt):
        front.play(case, None, keeper=keeper, progress=stop_late)
    assert [path.name for path in tmp_path.glob("replicate-*")] == ["replicate-8.answer"]
    seen.clear()
    whole = front.play(case, None, keeper=keeper, progress=seen.append)
    assert seen[-1].before == seen[-1].total / 2
    assert whole.replicates.equals(run.replicates)
    damaged = tmp_path / "replicate-9.answer"
    content = bytearray(damaged.read_bytes())
    content[len(content) // 2] ^= 1
    damaged.write_bytes(content)
    again = front.play(case, None, keeper=keeper)
    assert again.replicates.equals(run.replicates)
    assert [text for text in told if "replicate-9.answer" in text and "anew" in text]


@pytest.mark.usefixtures("pageless")
def test_a_folder_keeps_them(run: front.Run, tmp_path) -> None:
    again = front.open(run.save(tmp_path / "run"))
    assert (tmp_path / "run" / replicates.FILE).exists()
    assert again.replicates.equals(run.replicates)
    assert again.summary["replicates"] == run.summary["replicates"]


@pytest.mark.usefixtures("blind")
def test_a_short_table_tells_of_them(run: front.Run) -> None:
    rows = repeats.table(run.results, run.summary, "tempo")
    assert any(row[0].startswith("Bill") for row in rows)
    assert "3 replicates" in run.report()
    assert repeats.table(run.results, {}, "tempo") == []


def test_effects_that_are_not_defined_are_left_out() -> None:
    found = replicates.told(
        [
            Answer(1, {"a": {"x": 1.0}, "b": {"x": 3.0}}, {"b": {"x": 2.0}}),
            Answer(2, {"a": {"x": 1.0}, "b": {"x": 3.0}}, {"b": {"x": float("nan")}}),
        ]
    )
    spread = found["effects"]["b"]["x"]
    assert spread["defined"] == 1
    assert (spread["mean"], spread["p05"]) == (2.0, 2.0)
    assert spread["sd"] is None


def test_without_replicates_there_are_none() -> None:
    with pytest.raises(ValueError, match="replicates = 50"):
        _ = front.run(scenario("replicates=1")).replicates
