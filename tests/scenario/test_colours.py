"""Colours of Tempo days by rule: from the temperature, its forecast, or the forecast net load."""

import datetime as dt
from pathlib import Path

import numpy as np
import pytest

from gridsim.core.clock import day_number
from gridsim.core.errors import DataError
from gridsim.scenario import load, resolve

HEAD = """
title = "Test"
seed = 3
[period]
start = 2022-11-01
end = 2023-04-01
step_minutes = 60
[place]
name = "Lyon"
[population]
homes = 5
[signals]
{signals}
[arms.tempo]
tariff = "tempo-2026"
"""
WINTER = np.arange(day_number(dt.date(2022, 11, 1)), day_number(dt.date(2023, 4, 1)))


def codes(signals: str) -> list[int]:
    case = resolve.resolve(load.loads(HEAD.format(signals=signals), "test.toml"))
    return case.arms[0].contract.tariff.colours.of(WINTER).tolist()


def write(folder: Path, start: str, hours: int) -> str:
    """Write a load that is highest in January, with a wave of a week."""
    first = dt.datetime.fromisoformat(f"{start}T00:00+00:00")
    rows = []
    for hour in range(hours):
        at = first + dt.timedelta(hours=hour)
        year = np.cos(2 * np.pi * (at.timetuple().tm_yday - 15) / 365)
        week = 0.3 * np.cos(2 * np.pi * hour / (24 * 11))
        rows.append(f"{at.isoformat()},{50_000 + 12_000 * (year + week):.0f}")
    (folder / "load.csv").write_text("time,load_mw\n" + "\n".join(rows) + "\n")
    return f'tempo_load = "{folder}/load.csv"'


def test_the_temperature_is_known_perfectly_unless_a_forecast_is_asked_for():
    plain = codes("")
    assert codes('tempo_forecast = "perfect"') == plain
    ahead = codes('tempo_forecast = "day_ahead"')
    assert ahead != plain
    assert np.bincount(ahead)[2] == 22
    moved = np.count_nonzero((np.array(ahead) == 2) != (np.array(plain) == 2))
    assert moved <= 22


def test_the_rule_goes_by_the_net_load_if_there_is_one(tmp_path):
    found = codes(write(tmp_path, "2021-08-30", 24 * 640))
    assert np.bincount(found)[2] == 22
    assert found != codes("")
    file = tmp_path / "load.csv"
    rows = [line.split(",") for line in file.read_text().split()[1:]]
    twice = "\n".join(f"{time},{2 * int(load)}" for time, load in rows)
    file.write_text(f"time,load_mw\n{twice}\n")
    assert codes(f'tempo_load = "{file}"') == found  # a country of twice the size


def test_a_load_that_lacks_the_year_before_is_refused(tmp_path):
    with pytest.raises(DataError, match=r"load.csv: rows for 2021-08-31 to .* are missing"):
        codes(write(tmp_path, "2022-08-30", 24 * 300))
