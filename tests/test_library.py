"""The front door: load, change, run, look, save and open again, in a few lines each."""

import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import gridsim as gs
from gridsim import figures as wrapped
from gridsim.report import figures as drawn
from gridsim.results.results import Results
from gridsim.scenario import load as loading
from gridsim.scenario import resolve

SMALL = ["population.homes=30", "period.end=2023-01-04"]
README = Path(__file__).resolve().parents[1] / "README.md"


@pytest.fixture(scope="module")
def scenario() -> gs.Scenario:
    return gs.load("quickstart", SMALL)


@pytest.fixture(scope="module")
def run(scenario: gs.Scenario) -> gs.Run:
    return gs.run(scenario)


def test_importing_the_front_door_imports_nothing_heavy() -> None:
    heavy = ("numpy", "numba", "pandas", "matplotlib", "pydantic", "pvlib", "simpy")
    code = f"import sys, gridsim; print([m for m in {heavy} if m in sys.modules])"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "[]"


def test_every_name_of_the_front_door_is_there() -> None:
    for name in gs.__all__:
        assert getattr(gs, name) is not None
    assert set(gs.__all__) <= set(dir(gs))


def test_a_name_that_is_not_there_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        _ = gs.nonsense


def test_a_scenario_is_changed_by_key(scenario: gs.Scenario) -> None:
    more = scenario.set("population.homes", 500)
    assert (more.population.homes, scenario.population.homes) == (500, 30)
    with pytest.raises(gs.ScenarioError, match=r"population\.homes"):
        scenario.set("population.homes", -1)


def test_a_folder_does_not_hide_the_shipped_scenario_of_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "quickstart").mkdir()
    monkeypatch.chdir(tmp_path)
    assert gs.load("quickstart").title == "Tempo in Lyon: two winter weeks"


def test_a_name_that_is_neither_file_nor_shipped_says_what_is_shipped() -> None:
    with pytest.raises(gs.ScenarioError, match=r"nor a shipped scenario .*quickstart"):
        gs.load("quickstrat")


def test_tables_hold_every_arm_and_home(run: gs.Run) -> None:
    assert run.homes.groupby("arm").size().to_dict() == {"flat": 30, "tempo": 30}
    assert set(run.series.arm) == set(run.events.arm) == {"flat", "tempo"}
    assert len(run.series[(run.series.arm == "flat") & (run.series.group == "all")]) == 2 * 96


def test_effects_are_the_difference_of_the_arms_within_their_interval(run: gs.Run) -> None:
    effect = run.effects.loc[("tempo", "demand_kwh")]
    assert effect.estimate == pytest.approx(effect.value - effect.reference)
    assert effect.low <= effect.estimate <= effect.high
    bill = run.homes.pivot_table("bill", "home", "arm")
    assert run.effects.loc[("tempo", "bill"), "estimate"] == pytest.approx(
        (bill.tempo - bill.flat).mean()
    )


def test_the_summary_names_audit_and_provenance(run: gs.Run) -> None:
    assert run.summary["audit"]["passed"] is True
    assert run.summary["provenance"]["homes"] == 30


def test_a_run_shows_itself_in_a_notebook(run: gs.Run, scenario: gs.Scenario) -> None:
    assert "Electricity used" in run._repr_html_()
    assert "two winter weeks" in scenario._repr_html_()
    assert repr(run).startswith("<Run 'Tempo in Lyon")


def test_titles_are_escaped_in_a_notebook(run: gs.Run) -> None:
    import dataclasses

    story = dataclasses.replace(run.results.story, title="<script>alert(1)</script>")
    odd = gs.Run(dataclasses.replace(run.results, story=story), run.summary)
    assert "<script>" not in odd._repr_html_()


def test_a_dataset_has_named_axes(run: gs.Run) -> None:
    assert dict(run.to_xarray().sizes)["home"] == 30


def test_a_saved_run_opens_as_it_was(run: gs.Run, tmp_path: Path) -> None:
    again = gs.open(run.save(tmp_path / "run"))
    assert again.effects.equals(run.effects)
    assert again.homes.equals(run.homes)
    assert again.series.equals(run.series)
    assert again.events.equals(run.events)
    assert again.report() == (tmp_path / "run" / "report.html").read_text(encoding="utf-8")


@pytest.mark.usefixtures("pageless")
def test_the_saved_scenario_gives_the_same_numbers(run: gs.Run, tmp_path: Path) -> None:
    folder = run.save(tmp_path / "run")
    assert gs.run(folder / "scenario.toml").summary["arms"] == run.summary["arms"]


def test_a_folder_of_somebody_else_is_left_alone(run: gs.Run, tmp_path: Path) -> None:
    (tmp_path / "diary.txt").write_text("mine")
    with pytest.raises(gs.DataError, match="something other than a run"):
        run.save(tmp_path)
    assert (tmp_path / "diary.txt").read_text() == "mine"


def test_every_figure_of_the_report_takes_a_run() -> None:
    assert sorted(wrapped.__all__) == sorted(drawn.__all__)
    assert all(callable(getattr(gs.figures, name)) for name in wrapped.__all__)


def test_a_figure_draws_on_the_axes_given_and_gives_them_back(run: gs.Run) -> None:
    from matplotlib.figure import Figure

    ax = Figure().add_subplot()
    assert gs.figures.day(run, ax=ax) is ax
    assert gs.figures.duration(run.results, ax=ax) is ax


def test_a_run_brings_its_intervals_into_the_figure(run: gs.Run) -> None:
    bands = len(gs.figures.day(run).collections)
    assert bands > len(gs.figures.day(run.results).collections)


def test_a_bare_tariff_keeps_the_charges_of_its_arm(scenario: gs.Scenario) -> None:
    from gridsim.front import contracts
    from gridsim.signals.tariff import Flat

    case = resolve.resolve(scenario)
    made = contracts(case, {"tempo": Flat(0.3)})["tempo"]
    signed = case.arms[1].contract
    assert made.tariff == Flat(0.3)
    assert (made.standing_year, made.export_price) == (signed.standing_year, signed.export_price)


def test_a_tariff_for_no_arm_is_refused(scenario: gs.Scenario) -> None:
    from gridsim.signals.tariff import Flat

    with pytest.raises(ValueError, match="there is no arm 'temp'; there are flat, tempo"):
        gs.run(scenario, tariffs={"temp": Flat(0.3)})


def test_the_same_price_in_both_arms_has_no_effect(scenario: gs.Scenario) -> None:
    from gridsim.signals.tariff import Flat

    same = gs.Contract(Flat(0.2))
    one = scenario.set("arms.tempo.channel", "bill")
    effects = gs.run(one, tariffs={"flat": same, "tempo": same}).effects
    assert np.nan_to_num(effects.estimate.to_numpy()).tolist() == [0.0] * len(effects)


def test_progress_is_told_from_nothing_to_all(scenario: gs.Scenario) -> None:
    seen = []
    found = gs.run(scenario, jobs=2, progress=seen.append)
    assert isinstance(found.results, Results)
    shares = [each.done / each.total for each in seen]
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    assert {each.arm for each in seen} == {"flat", "tempo"}


def test_checking_built_in_weather_says_what_running_says(scenario: gs.Scenario) -> None:
    odd = scenario.set("arms.tempo.export_price", 0.0)
    notes = gs.check(odd)
    assert any("feed-in prices differ" in note for note in notes)
    assert set(notes) <= set(resolve.resolve(odd).notes)


def test_checking_reads_the_files_that_are_named(scenario: gs.Scenario, tmp_path: Path) -> None:
    broken = tmp_path / "weather.epw"
    broken.write_text("LOCATION,nowhere\n")
    with pytest.raises(gs.DataError, match=r"weather\.epw"):
        gs.check(scenario.set("place.weather", str(broken)))
    with pytest.raises(gs.DataError, match="there is no file"):
        gs.check(scenario.set("place.weather", str(tmp_path / "lost.epw")))


def test_the_scenario_in_the_readme_is_right() -> None:
    texts = re.findall(r"^```toml\n(.*?)^```", README.read_text(encoding="utf-8"), re.M | re.S)
    assert list(loading.loads(texts[0]).arms) == ["flat", "tempo"]
    assert list(loading.loads("\n".join(texts)).arms) == ["flat", "tempo", "capacity"]


def test_the_program_in_the_readme_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    blocks = re.findall(r"^```python\n(.*?)^```", README.read_text(encoding="utf-8"), re.M | re.S)
    assert blocks
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {}
    for block in blocks:
        exec(compile(block, str(README), "exec"), names)
    assert list(tmp_path.glob("runs/*/report.html"))


def test_a_trial_within_a_run_has_the_truth_of_the_run(scenario: gs.Scenario) -> None:
    run = gs.run(scenario.set("output.profiles", True))
    arm = run.results.arms[1].name
    found = gs.estimates.change(gs.estimates.trial(run, arm))
    effects = run.effects["estimate"].loc[arm]
    net_kwh = effects["import_kwh"] - effects["export_kwh"]
    assert found.value.truth == pytest.approx(net_kwh, rel=1e-4, abs=1e-4)
    assert found.value.estimate.low < found.value.estimate.high
