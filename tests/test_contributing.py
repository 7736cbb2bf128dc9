"""The worked example of CONTRIBUTING.md runs as it stands and does what its text says."""

import re
import runpy
from pathlib import Path
from typing import Any

import pytest

from gridsim.front import Run

PAGE = Path(__file__).resolve().parents[1] / "CONTRIBUTING.md"


@pytest.fixture(scope="module")
def names(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Return the names that the program of the page leaves behind."""
    blocks = re.findall(r"^```python\n(.*?)^```", PAGE.read_text(encoding="utf-8"), re.M | re.S)
    program = tmp_path_factory.mktemp("example") / "worked_example.py"
    program.write_text("\n\n".join(blocks), encoding="utf-8")
    return runpy.run_path(str(program))


@pytest.fixture(scope="module")
def run(names: dict[str, Any]) -> Run:
    found = names["run"]
    assert isinstance(found, Run)
    return found


def test_every_fourth_home_heats_its_aquarium(run: Run) -> None:
    homes = run.homes[run.homes.arm == "flat"]
    used = homes["use_kwh.other"].to_numpy()
    assert (used[::4] > 0.0).all()
    assert (used[1::4] == 0.0).all()


def test_the_aquarium_uses_what_it_loses_and_stores(run: Run) -> None:
    first = run.homes[(run.homes.arm == "flat") & (run.homes.home == 0)]
    warming_kwh = 100.0 * 4186.0 / 3.6e6 * (25.0 - 22.0)
    holding_kwh = 0.0001 * 100.0 * 5.0 * 96.0
    assert first["use_kwh.other"].item() == pytest.approx(warming_kwh + holding_kwh, rel=0.02)


def test_the_own_tariff_is_that_of_its_arm_alone(run: Run) -> None:
    price = {arm.name: arm.price for arm in run.results.arms}
    assert set(price["flat"]) == {0.1940}
    assert set(price["tempo"]) == {0.23, 0.80}


def test_the_call_is_published_at_noon_and_only_in_the_other_arm(run: Run) -> None:
    called = run.events[run.events.text.str.startswith("evening call")]
    assert set(called.arm) == {"tempo"}
    told = called[called.kind == "published"].time.dt.tz_convert("Europe/Paris")
    assert [(when.day, when.hour) for when in told] == [(3, 12)]


def test_the_called_hours_cost_what_the_agent_said(run: Run) -> None:
    tempo = run.results.arm("tempo")
    dear = tempo.price == 0.80
    hours = run.results.clock.local_hour[dear]
    assert dear.sum() == 8
    assert hours.min() == 18.0
    assert hours.max() == 19.75
