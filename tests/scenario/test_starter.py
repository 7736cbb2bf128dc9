"""A new scenario starts from a text that is right, teaches every key, and can be a shipped one."""

import re
import tomllib
from pathlib import Path

import pytest
from pydantic import BaseModel

from gridsim.core.errors import ScenarioError
from gridsim.scenario import composed, load, models, starter

SHIPPED = (
    "agile_halfhourly",
    "capacity_tariff",
    "city_million",
    "critical_peak_summer",
    "ecowatt_appeal",
    "ev_evening",
    "lyon_tempo_winter",
    "negative_prices",
    "peak_time_rebate",
    "quickstart",
    "rtp_automation",
    "solar_neighbourhood",
    "tempo_second_heater",
    "time_of_use_year",
    "watt_et_moi",
)
RECORDS = (
    models.Scenario, models.Period, models.Place, models.Population, models.Signals,
    models.Arm, models.Devices, models.Automation, models.Output, composed.Contract,
)  # fmt: skip


def test_the_starter_is_right_and_carries_the_title() -> None:
    found = load.loads(starter.starter('My "own" street \\ é'))
    assert found.title == 'My "own" street \\ é'
    assert list(found.arms) == ["flat", "peak"]


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.__name__)
def test_the_starter_teaches_every_key(record: type[BaseModel]) -> None:
    text = starter.starter("x")
    shared = set(models.Devices.model_fields) if record is models.Devices else set()
    for key in set(record.model_fields) - shared - {"arms", "devices", "automation"}:
        told = re.search(rf"^(# )?(\[.*)?{key}\b", text, re.MULTILINE)
        assert told or (key.startswith("valid_") and key in text), key


def test_what_the_starter_leaves_out_is_right_too() -> None:
    text = re.sub(r"^# (?=\[|[a-z_]+ = )", "", starter.starter("x"), flags=re.MULTILINE)
    own = ("latitude", "longitude", "timezone", "elevation_m", "country", "currency")
    lines = [line for line in text.split("\n") if not line.startswith(own)]
    dropped = [line for line in lines if not line.startswith("tariff = {")]
    found = load.loads("\n".join(dropped))
    assert found.arms["peak"].automation.thermostat == 0.3
    whole = found.arms["whole"].tariff
    assert isinstance(whole, composed.Contract)
    left = set(type(whole).model_fields) - whole.model_fields_set
    assert left == {"valid_from", "valid_until", "currency"}
    assert found.output.folder == "runs/first"


def test_the_shipped_scenarios_are_found() -> None:
    found = tuple(starter.shipped())
    assert tuple(name for name in found if not name.startswith("trials/")) == SHIPPED
    assert "trials/t24_ev_fleet" in found


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_scenario_starts_a_new_one(name: str) -> None:
    before = load.load(starter.shipped()[name])
    text = starter.starter("Mine", name)
    assert load.loads(text) == before.set("title", "Mine")
    assert text.count("#") == starter.shipped()[name].read_text().count("#")


def test_a_file_starts_a_new_one_and_its_files_stay_the_same(tmp_path: Path) -> None:
    file = tmp_path / "old.toml"
    text = starter.shipped()["quickstart"].read_text().replace('"typical"', '"w.epw"')
    file.write_text(text)
    made = tomllib.loads(starter.starter("Mine", str(file)))
    assert made["place"]["weather"] == str(tmp_path / "w.epw")
    assert made["title"] == "Mine"


def test_an_unknown_source_is_refused_with_a_hint() -> None:
    with pytest.raises(ScenarioError, match=r'unknown scenario "quikstart".*"quickstart"'):
        starter.starter("x", "quikstart")
    with pytest.raises(ScenarioError, match="there is no such file"):
        starter.starter("x", "none.toml")
