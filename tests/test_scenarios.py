"""Every scenario that is shipped says what it asks and runs for a day with a few homes."""

import os

import pytest

import gridsim as gs
from gridsim.scenario import starter

SHIPPED = starter.shipped()


def test_the_scenarios_that_the_readme_names_are_there() -> None:
    named = {
        "quickstart",
        "lyon_tempo_winter",
        "time_of_use_year",
        "solar_neighbourhood",
        "ev_evening",
    }
    assert named <= set(SHIPPED)


@pytest.mark.parametrize("name", SHIPPED)
def test_it_runs_for_a_day(name: str) -> None:
    scenario = gs.load(name)
    start = scenario.period.start
    day = scenario.set("population.homes", 12).set("period.end", start.replace(day=start.day + 1))
    run = gs.run(day)
    assert [arm.name for arm in run.results.arms] == list(scenario.arms)
    assert all(arm.audit.passed for arm in run.results.arms)
    assert (run.homes.demand_kwh > 0.0).all()


@pytest.mark.parametrize("name", SHIPPED)
def test_it_asks_a_question_and_compares_arms(name: str) -> None:
    scenario = gs.load(name)
    assert scenario.question.endswith("?")
    assert len(scenario.arms) >= 2 or name.startswith("trials/")  # a stock alone may be judged
    assert all(arm.label for arm in scenario.arms.values())


@pytest.mark.data
@pytest.mark.skipif("GRIDSIM_DATA" not in os.environ, reason="GRIDSIM_DATA names no folder")
def test_the_winter_runs_on_measured_weather_and_real_colours() -> None:
    weather = "data:weather_epw_lyon/FRA_AR_Lyon-Bron.AP.074800_TMYx.2004-2018.epw.gz"
    sets = [
        f"place.weather={weather}",
        "signals.tempo_colours=data:edf_tempo_calendar/tempo_2014-09_2023-08.csv",
        "population.homes=12",
        "period.start=2022-12-07",
        "period.end=2022-12-10",
    ]
    run = gs.run(gs.load("lyon_tempo_winter", sets))
    assert not run.results.story.synthetic
    assert run.results.arm("tempo").called.any()
