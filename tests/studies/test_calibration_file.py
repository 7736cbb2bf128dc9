"""A calibration's file is read as it is meant, and all of its mistakes are told at once."""

import json
import tomllib
from pathlib import Path

import numpy as np
import pytest

from gridsim.citizens import parameter_text, parameters
from gridsim.core.errors import DataError, ScenarioError
from gridsim.report import calibrations as page
from gridsim.results import calibration_store as store
from gridsim.studies import calibration_file, calibration_model
from gridsim.studies.trials import table

TINY = 'scenario = "quickstart"\nset = ["population.homes=6", "period.end=2023-01-04"]'
GOOD = f"""
title = "Tiny"
quick = true
[search]
most = 1
step = 0.2
[parameters]
"traits.bother.0" = {{ low = 0.05, high = 5.0, log = true }}
routine.effort = {{ start = 0.2, low = 0.01, high = 0.5 }}
[[targets]]
{TINY}
metric = "effects.tempo.acted_events"
value = 2.0
sigma = 0.5
[[targets]]
row = "T27"
part = "quantity"
sigma = 0.1
"""


def asked(folder: Path, text: str = GOOD) -> Path:
    path = folder / "tiny.toml"
    path.write_text(text)
    return path


def test_a_file_is_read_as_it_is_meant(tmp_path):
    task = calibration_file.read(asked(tmp_path))
    first, second = task.free
    assert (first.name, first.start) == (
        "traits.bother.0",
        parameters.parameters().traits.bother[0],
    )
    assert (second.name, second.start, second.high) == ("routine.effort", 0.2, 0.5)
    assert task.sources[0].sets == ("population.homes=6", "period.end=2023-01-04")
    part = next(p for p in table.chosen("T27")[0].parts if p.key == "quantity")
    assert task.targets[1].value == pytest.approx((part.low + part.high) / 2)
    assert (task.quick, task.search.most, task.base_text) == (True, 1, "")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (("routine.effort", "routine.zeal"), "parameters|routine.zeal: there is no parameter"),
        (('"traits.bother.0"', '"traits.bother"'), "traits.bother: .*low|list"),
        (("low = 0.05, ", ""), "traits.bother.0: low is missing"),
        (("sigma = 0.5", "sigma = 0"), "sigma must be positive"),
        (("sigma = 0.5\n", ""), r"targets\[0\]: sigma is missing"),
        (('row = "T27"', 'row = "T99"'), r"targets\[1\]: there is no row T99"),
        (('part = "quantity"', 'part = "moon"'), r"targets\[1\]: part 'moon' is not one of T27"),
        (("most = 1", "mots = 1"), "search: unknown mots"),
        (("quick = true", "quikc = true"), "quikc: unknown; there are title"),
    ],
)  # fmt: skip
def test_mistakes_are_told_in_the_words_of_the_file(tmp_path, change, words):
    with pytest.raises(ScenarioError, match=words):
        calibration_file.read(asked(tmp_path, GOOD.replace(*change)))


def test_all_mistakes_are_told_at_once(tmp_path):
    text = GOOD.replace("low = 0.05, ", "").replace("most = 1", "most = 0")
    with pytest.raises(ScenarioError) as wrong:
        calibration_file.read(asked(tmp_path, text))
    assert len(wrong.value.problems) == 2
    assert all(str(tmp_path) in problem for problem in wrong.value.problems)


def test_a_file_without_anything_to_do_says_what_is_missing(tmp_path):
    with pytest.raises(ScenarioError, match=r"(?s)parameters: name at least one.*targets: name at"):
        calibration_file.read(asked(tmp_path, 'title = "nothing"'))


def test_a_file_that_is_not_there_or_no_toml_is_told(tmp_path):
    with pytest.raises(DataError, match="cannot be read"):
        calibration_file.read(tmp_path / "none.toml")
    with pytest.raises(DataError, match="no file of parameters"):
        calibration_file.read(asked(tmp_path, f'base = "none.toml"\n{GOOD}'))


def test_a_metric_that_is_not_there_is_told_with_what_there_is(tmp_path):
    task = calibration_file.read(asked(tmp_path, GOOD.replace("acted_events", "zeal")))
    model = calibration_model.model_of(task)
    with pytest.raises(
        ScenarioError, match=r"no 'effects\.tempo\.zeal': at 'zeal' there is demand"
    ):
        model({})


def test_a_tiny_run_is_calibrated_and_leaves_the_package_alone(tmp_path):
    ours = parameter_text.own_text()
    found, text = calibration_model.calibrated(asked(tmp_path))
    assert parameter_text.own_text() == ours
    assert found.jacobian[1].tolist() == [0.0, 0.0]  # the market asks nobody's bother
    assert found.jacobian[0, 0] < 0.0  # the more it bothers, the fewer act
    wanted = 2.0
    assert abs(found.after[0] - wanted) <= abs(found.before[0] - wanted)
    (tmp_path / "new.toml").write_text(text)
    new = parameters.read(tmp_path / "new.toml")
    told = parameters.with_values(parameters.parameters(), found.changes)
    assert new.traits.bother[0] == pytest.approx(told.traits.bother[0], rel=1e-5)
    assert new.routine.effort == pytest.approx(told.routine.effort, rel=1e-5)
    _is_saved(tmp_path, found, text)


def _is_saved(folder: Path, found, text: str) -> None:
    """Assert that a calibration can be saved, and that its page and JSON say what was found."""
    saved = store.save(folder / "out", found, page.page(found, "0"), text, provenance={})
    assert sorted(path.name for path in saved.iterdir()) == [
        store.PAGE,
        store.JSON,
        store.PARAMETERS,
    ]
    said = json.loads((saved / store.JSON).read_text())
    assert said["parameters"]["routine.effort"]["spread_left"] == pytest.approx(found.left[1])
    assert "traits.bother.0" in (saved / store.PAGE).read_text()
    assert "Tiny" in page.lines(found, 60)
    store.check_target(saved)
    (folder / "other").mkdir()
    (folder / "other" / "mine.txt").write_text("mine")
    with pytest.raises(DataError, match="something other than a calibration"):
        store.check_target(folder / "other")


def test_rewriting_keeps_everything_but_the_numbers():
    ours = parameter_text.own_text()
    text = parameter_text.rewritten(ours, {"routine.effort": 0.25, "traits.delay.1": 0.5}, "try  1")
    before, after = tomllib.loads(ours), tomllib.loads(text)
    assert after["routine"].pop("effort") == 0.25
    assert after["traits"].pop("delay") == [before["traits"].pop("delay")[0], 0.5]
    before["routine"].pop("effort")
    assert after == before
    assert f"# try 1; was {parameters.parameters().routine.effort}\neffort = 0.25\n" in text
    assert len(text.splitlines()) == len(ours.splitlines()) + 2


def test_a_number_that_is_not_in_the_file_is_refused():
    with pytest.raises(ValueError, match=r"has no routine\.zeal"):
        parameter_text.rewritten(parameter_text.own_text(), {"routine.zeal": 1.0}, "x")


def test_equal_numbers_give_equal_answers(tmp_path):
    model = calibration_model.model_of(calibration_file.read(asked(tmp_path)))
    values = {"traits.bother.0": 0.3}
    np.testing.assert_array_equal(model(values), model(values))


def test_the_example_of_the_handbook_is_a_calibration(tmp_path):
    handbook = (Path(__file__).resolve().parents[2] / "CONTRIBUTING.md").read_text("utf-8")
    blocks = [part.partition("```")[0] for part in handbook.split("```toml\n")[1:]]
    example = next(block for block in blocks if "[[targets]]" in block)
    task = calibration_file.read(asked(tmp_path, example))
    assert {one.name for one in task.free} == {"routine.effort", "traits.bother.0"}
    assert len(task.targets) == 2
