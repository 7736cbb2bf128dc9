"""Fetching saves a whole file that reads back, or says why it cannot; never half a file."""

import datetime as dt

import numpy as np
import pandas as pd
import pytest
import requests
from pvlib import iotools

from gridsim.core.clock import make_clock
from gridsim.core.errors import DataError
from gridsim.signals import fetch, weather
from gridsim.signals.place import Place

BRON = Place("Bron", 45.73, 4.94, 198, "Europe/Paris", "FR", "EUR")


def answer(hours=8760):
    """Make what pvlib gives: temperature is month + hour / 100, sun from 9 to 15 h UTC."""
    index = pd.date_range("1990-01-01", periods=hours, freq="h", tz="UTC")
    lit = (index.hour >= 9) & (index.hour < 15)
    data = pd.DataFrame(
        {
            "temp_air": index.month + index.hour / 100,
            "relative_humidity": 70.0,
            "ghi": np.where(lit, 200.0, 0.0),
            "dni": np.where(lit, 80.0, 0.0),
            "dhi": np.where(lit, 150.0, 0.0),
            "wind_speed": 2.0,
        },
        index=index,
    )
    return data, {"inputs": {"location": {"elevation": 212.0}}}


def serve(monkeypatch, result):
    """Let PVGIS answer with a result, or raise it."""

    def get(latitude, longitude, **options):
        assert options["timeout"] == fetch.TIMEOUT_S
        if isinstance(result, Exception):
            raise result
        return result

    monkeypatch.setattr(iotools, "get_pvgis_tmy", get)


def test_what_is_fetched_reads_back(monkeypatch, tmp_path):
    serve(monkeypatch, answer())
    path = fetch.fetch(45.73, 4.94, tmp_path / "deep" / "bron.epw")
    table = weather.read(path)
    clock = make_clock(dt.date(2023, 6, 5), dt.date(2023, 6, 6), 60, "UTC")
    found = weather.on_clock(table, clock, BRON)
    assert np.flatnonzero(found.ghi_w_m2).tolist() == [9, 10, 11, 12, 13, 14]
    assert found.temp_c[12] == pytest.approx(6.125, abs=0.006)
    assert found.wind_m_s == pytest.approx(2.0)
    assert ",45.73,4.94,0.0,212" in path.read_text(encoding="utf-8").splitlines()[0]


def test_older_pvlib_answers_in_four_parts(monkeypatch, tmp_path):
    data, meta = answer()
    serve(monkeypatch, (data, [], {}, meta))
    assert weather.read(fetch.fetch(45.73, 4.94, tmp_path / "a.epw")).typical


def test_an_unknown_elevation_does_no_harm(monkeypatch, tmp_path):
    serve(monkeypatch, (answer()[0], {}))
    path = fetch.fetch(45.73, 4.94, tmp_path / "a.epw")
    assert path.read_text(encoding="utf-8").splitlines()[0].endswith(",0.0,0")


def test_an_old_file_is_replaced_and_nothing_else_is_left(monkeypatch, tmp_path):
    path = tmp_path / "a.epw"
    path.write_text("old", encoding="utf-8")
    serve(monkeypatch, answer())
    fetch.fetch(45.73, 4.94, path)
    assert [entry.name for entry in tmp_path.iterdir()] == ["a.epw"]
    assert path.read_text(encoding="utf-8").startswith("LOCATION")


@pytest.mark.parametrize(
    ("failure", "message"),
    [
        (requests.ConnectionError("no route"), "cannot be reached .ConnectionError.: fetching"),
        (requests.Timeout("slow"), "cannot be reached .Timeout."),
        (requests.HTTPError("Location over the sea"), "has no typical year .*over the sea"),
        (OSError("no network"), "cannot be reached"),
        (ValueError("not JSON"), "cannot be understood"),
        (KeyError("outputs"), "cannot be understood"),
    ],
)
def test_a_failure_is_told_and_leaves_the_old_file(monkeypatch, tmp_path, failure, message):
    path = tmp_path / "a.epw"
    path.write_text("old", encoding="utf-8")
    serve(monkeypatch, failure)
    with pytest.raises(DataError, match=message):
        fetch.fetch(45.73, 4.94, path)
    assert path.read_text(encoding="utf-8") == "old"
    assert len(list(tmp_path.iterdir())) == 1


def test_an_answer_of_nonsense_is_refused(monkeypatch, tmp_path):
    data, meta = answer()
    cold = data.assign(temp_air=-200.0)
    for bad, message in (
        (data.iloc[:100], "100 hours instead of 8760"),
        (data.drop(columns="dhi"), "no column 'dhi'"),
        (cold, "temp_c -200 in hour 0 .* allowed is -90 to 60"),
    ):
        serve(monkeypatch, (bad, meta))
        with pytest.raises(DataError, match=message):
            fetch.fetch(45.73, 4.94, tmp_path / "a.epw")
    assert not list(tmp_path.iterdir())


def test_a_place_off_the_earth_is_refused_before_asking(tmp_path):
    with pytest.raises(ValueError, match="latitude must lie in -90 to 90"):
        fetch.fetch(100.0, 0.0, tmp_path / "a.epw")


def test_a_file_that_cannot_be_written_is_told(monkeypatch, tmp_path):
    serve(monkeypatch, answer())
    (tmp_path / "wall").write_text("", encoding="utf-8")
    with pytest.raises(DataError, match="cannot be written"):
        fetch.fetch(45.73, 4.94, tmp_path / "wall" / "a.epw")


def test_a_disk_that_fills_up_leaves_the_old_file(monkeypatch, tmp_path):
    def full(_handle):
        raise OSError(28, "No space left on device")

    path = tmp_path / "a.epw"
    path.write_text("old", encoding="utf-8")
    serve(monkeypatch, answer())
    monkeypatch.setattr(fetch.os, "fsync", full)
    with pytest.raises(DataError, match=r"cannot be written \(No space left"):
        fetch.fetch(45.73, 4.94, path)
    assert [entry.name for entry in tmp_path.iterdir()] == ["a.epw"]
    assert path.read_text(encoding="utf-8") == "old"
