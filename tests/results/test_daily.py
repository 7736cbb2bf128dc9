"""Loads of single homes are streamed to disk by the day, and any reader of parquet opens them."""

import datetime as dt
from collections import namedtuple
from dataclasses import replace

import numpy as np
import pytest

from gridsim.core.clock import make_clock
from gridsim.core.errors import DataError, ScenarioError
from gridsim.population.recipe import Recipe
from gridsim.population.settle import settle
from gridsim.results import daily
from gridsim.scenario import load, resolve, starter

pandas = pytest.importorskip("pandas")
parquet = pytest.importorskip("pyarrow.parquet")

Disk = namedtuple("Disk", "free")

HOMES = 1100
"""More than two row groups."""


def spring(folder, **how):
    """Return a plan over the last weekend of March, whose Sunday has 23 hours."""
    clock = make_clock(dt.date(2023, 3, 25), dt.date(2023, 3, 28), 15, "Europe/Paris", "FR")
    return daily.Plan(folder, clock, **how)


def loads(steps=96, homes=HOMES):
    """Return loads of either sign, unlike in every home and step, shape (steps, homes). [kW]"""
    step, home = np.mgrid[:steps, :homes]
    return (8.0 * np.sin(0.7 * step + 0.013 * home) + 0.001 * home).astype(np.float32)


def kept(path, name):
    """Return the numbers of the homes in a file and their values, shape (n, values)."""
    table = parquet.read_table(path).combine_chunks()
    values = table.column(name).chunk(0).flatten().to_numpy()
    return table.column("home").to_numpy(), values.reshape(len(table), -1)


def case(*sets):
    """Return a case of two arms and two days."""
    return resolve.resolve(
        load.load(starter.shipped()["quickstart"], ["period.end=2023-01-04", *sets])
    )


def test_what_will_not_fit_the_disk_is_refused_before_the_run(tmp_path, monkeypatch):
    large = case("output.profiles=true", "population.homes=100_000")
    wanted = daily.size(large)
    assert wanted == pytest.approx(2.7 * 100_000 * 192 * 2)
    daily.check(large, tmp_path / "not" / "there")
    monkeypatch.setattr(daily.shutil, "disk_usage", lambda place: Disk(wanted - 1))
    with pytest.raises(
        ScenarioError, match=r"output\.profiles: about 0\.1 GB of loads, and the disk"
    ):
        daily.check(large, tmp_path / "not" / "there")
    daily.check(case("population.homes=100_000"), tmp_path)


def test_a_run_that_keeps_no_loads_has_no_plan(tmp_path):
    assert daily.plan(case(), tmp_path) is None
    made = daily.plan(case("output.profiles=true"), tmp_path)
    assert (made.folder, made.per, made.clock.steps) == (tmp_path, 1, 192)
    assert (made.watts, made.flows, made.homes, made.asked) == (False, ("net",), None, ())


def test_a_table_says_how_loads_are_kept(tmp_path):
    told = ("resolution_minutes=60", 'dtype="int16"', 'flows=["import", "export"]')
    made = daily.plan(case(*(f"output.profiles.{one}" for one in told)), tmp_path)
    assert (made.per, made.watts, made.flows) == (4, True, ("import", "export"))
    assert daily.chosen(made, settle(Recipe("france"), 50, 1)) is None


def test_a_sample_is_the_same_homes_in_any_part_and_lies_in_a_larger_one(tmp_path):
    town = settle(Recipe("france"), 600, 1)
    some, more = (
        daily.plan(case(f"output.profiles.sample={n}", "population.homes=600"), tmp_path)
        for n in (20, 200)
    )
    assert len(some.homes) == 20
    assert set(some.homes) < set(more.homes)
    assert 200 < np.mean(more.homes) < 400
    np.testing.assert_array_equal(daily.chosen(some, town), some.homes)
    parts = [town.take(np.arange(first, first + 200)) for first in (0, 200, 400)]
    found = [part.homes[daily.chosen(some, part)] for part in parts]
    np.testing.assert_array_equal(np.concatenate(found), some.homes)
    everyone = daily.plan(case("output.profiles.sample=600", "population.homes=600"), tmp_path)
    assert daily.chosen(everyone, town) is None


def test_a_filter_keeps_the_homes_that_are_all_it_says(tmp_path):
    town = settle(Recipe("france"), 600, 1)
    area = "{ at_least = 40, below = 60 }"
    asked = f'{{ house = "flat", ev = false, persons = [1, 2], area_m2 = {area} }}'
    kept = daily.chosen(daily.plan(case(f"output.profiles.filter={asked}"), tmp_path), town)
    who = town.table()
    wanted = (who["house"] == "flat") & ~who["ev"] & (who["persons"] <= 2)
    wanted &= (who["area_m2"] >= 40) & (who["area_m2"] < 60)
    assert 5 < wanted.sum() < 300
    np.testing.assert_array_equal(kept, np.flatnonzero(wanted))


def test_much_is_told_before_the_run(tmp_path):
    large = case(
        "output.profiles.sample=50_000", "population.homes=100_000", "period.end=2023-12-31"
    )
    assert "output.profiles: about 9.4 GB on the disk" in large.notes
    assert daily.size(large) == pytest.approx(2 * 50_000 * 363 * 96 * 2.7, rel=1e-3)
    assert not any("GB" in note for note in case("output.profiles=true").notes)


def test_kilowatts_come_back_to_the_bit(tmp_path):
    net = loads()
    written = daily.write(spring(tmp_path), "flat", 0, net, first_home=32_768)
    assert written.path == tmp_path / "profiles" / "flat" / "2023-03-25-0032768.parquet"
    homes, kw = kept(written.path, "net_kw")
    np.testing.assert_array_equal(homes, 32_768 + np.arange(HOMES))
    np.testing.assert_array_equal(kw, net.T)


def test_watts_are_whole_and_what_is_clipped_is_counted(tmp_path):
    net = loads()
    net[5, 7], net[6, 8], net[7, 9] = 40.0, -33.0, 32.767
    written = daily.write(spring(tmp_path, watts=True), "flat", 0, net)
    _, w = kept(written.path, "net_w")
    assert w.dtype == np.int16
    assert (w[7, 5], w[8, 6], w[9, 7]) == (32_767, -32_767, 32_767)
    assert written.clipped == 2
    fits = np.abs(net) < 32.767
    assert np.max(np.abs(w.T[fits] / 1000.0 - net[fits])) < 0.000501


def test_a_file_tells_what_it_holds(tmp_path):
    clipping = np.full((96, 3), 50.0, np.float32)
    path = daily.write(spring(tmp_path, watts=True, per=4), "tempo", 0, clipping).path
    told = {k.decode(): v.decode() for k, v in parquet.read_schema(path).metadata.items()}
    assert told == {
        "arm": "tempo", "date": "2023-03-25", "start_utc": "2023-03-24T23:00:00Z",
        "step_s": "3600", "timezone": "Europe/Paris", "unit": "W", "clipped": "72",
    }  # fmt: skip


def test_written_again_a_file_is_the_same_bytes_and_nothing_else_is_left(tmp_path):
    plan, net = spring(tmp_path, watts=True), loads()
    path = daily.write(plan, "flat", 0, net).path
    before = path.read_bytes()
    assert daily.write(plan, "flat", 0, net.copy()).path == path
    assert path.read_bytes() == before
    assert list(path.parent.iterdir()) == [path]


def test_days_of_23_hours_have_92_values(tmp_path):
    plan = spring(tmp_path)
    path = daily.write(plan, "flat", 96, loads(92)).path
    assert path.name.startswith("2023-03-26")
    assert kept(path, "net_kw")[1].shape == (HOMES, 92)
    assert kept(daily.write(replace(plan, per=4), "flat", 96, loads(92)).path, "net_kw")[
        1
    ].shape == (HOMES, 23)


def test_import_less_export_is_the_net_load_at_any_resolution(tmp_path):
    plan = spring(tmp_path, per=4, flows=(daily.NET, daily.IMPORT, daily.EXPORT))
    path = daily.write(plan, "flat", 0, loads()).path
    net, taken, given = (kept(path, daily.column(f, watts=False))[1] for f in plan.flows)
    assert taken.min() >= 0.0
    assert given.min() >= 0.0
    assert np.any((taken > 0.0) & (given > 0.0))  # an hour may hold both
    np.testing.assert_allclose(taken - given, net, atol=1e-5)
    np.testing.assert_allclose(net, loads().reshape(24, 4, -1).mean(axis=1).T, atol=1e-5)


def test_some_homes_of_a_part_are_kept_and_a_part_without_any_has_no_file(tmp_path):
    plan, net, some = spring(tmp_path), loads(), np.array([3, 700, 1099])
    homes, kw = kept(daily.write(plan, "flat", 0, net, first_home=5000, kept=some).path, "net_kw")
    np.testing.assert_array_equal(homes, 5000 + some)
    np.testing.assert_array_equal(kw, net[:, some].T)
    nobody = daily.write(plan, "flat", 0, net, first_home=9000, kept=np.empty(0, np.int64))
    assert nobody == daily.Written(None)
    assert len(list((tmp_path / "profiles" / "flat").iterdir())) == 1


def test_part_of_a_day_is_refused(tmp_path):
    plan = spring(tmp_path)
    for step, steps in ((0, 95), (0, 97), (1, 95), (96, 96)):
        with pytest.raises(ValueError, match="a whole day is wanted"):
            daily.write(plan, "flat", step, loads(steps, 2))


def test_a_place_that_cannot_be_written_is_told_and_nothing_is_left(tmp_path):
    (tmp_path / "profiles").mkdir()
    (tmp_path / "profiles" / "flat").write_text("in the way")
    with pytest.raises(DataError, match="cannot be written"):
        daily.write(spring(tmp_path), "flat", 0, loads(96, 2))
    path = daily.path_of(spring(tmp_path), "tempo", 0, 0)
    path.mkdir(parents=True)
    (path / "full").touch()
    with pytest.raises(DataError, match="cannot be written"):
        daily.write(spring(tmp_path), "tempo", 0, loads(96, 2))
    assert list(path.parent.iterdir()) == [path]


def test_files_can_be_waited_for(tmp_path):
    path = daily.write(spring(tmp_path), "flat", 0, loads(96, 2)).path
    daily.sync([path])
    path.unlink()
    with pytest.raises(DataError, match="cannot be written"):
        daily.sync([path])


@pytest.mark.parametrize("watts", [True, False])
def test_pandas_opens_the_files(tmp_path, watts):
    net = loads()
    path = daily.write(spring(tmp_path, watts=watts), "flat", 0, net).path
    name = daily.column(daily.NET, watts=watts)
    frame = pandas.read_parquet(path, filters=[("home", "==", 700)])
    np.testing.assert_array_equal(frame["home"], [700])
    np.testing.assert_array_equal(frame[name].iloc[0], kept(path, name)[1][700])
    assert pandas.read_parquet(path)[name].map(len).eq(96).all()


@pytest.mark.parametrize("watts", [True, False])
def test_polars_opens_the_files(tmp_path, watts):
    polars = pytest.importorskip("polars")
    path = daily.write(spring(tmp_path, watts=watts), "flat", 0, loads()).path
    name = daily.column(daily.NET, watts=watts)
    frame = polars.read_parquet(path)
    np.testing.assert_array_equal(frame[name].to_numpy(), kept(path, name)[1])
    found = polars.scan_parquet(path).filter(polars.col("home") == 700).collect()
    np.testing.assert_array_equal(found[name].to_numpy()[0], kept(path, name)[1][700])


def test_polars_puts_days_of_unlike_length_together(tmp_path):
    polars = pytest.importorskip("polars")
    plan = spring(tmp_path)
    days = [
        daily.write(plan, "flat", step, loads(steps)).path for step, steps in ((0, 96), (96, 92))
    ]
    lists = polars.col("net_kw").arr.to_list()
    frame = polars.concat([polars.scan_parquet(day).with_columns(lists) for day in days])
    found = frame.filter(polars.col("home") == 700).explode("net_kw").collect()
    wanted = np.concatenate([loads(96)[:, 700], loads(92)[:, 700]])
    np.testing.assert_array_equal(found["net_kw"].to_numpy(), wanted)


@pytest.mark.parametrize("watts", [True, False])
def test_duckdb_opens_days_of_unlike_length_together(tmp_path, watts):
    duckdb = pytest.importorskip("duckdb")
    plan = spring(tmp_path, watts=watts)
    first = daily.write(plan, "flat", 0, loads()).path
    daily.write(plan, "flat", 96, loads(92))
    name = daily.column(daily.NET, watts=watts)
    days = f"'{first.parent.as_posix()}/*.parquet'"
    found = duckdb.sql(f"select home, {name} from {days} where home = 700 order by len({name})")
    rows = found.fetchall()
    assert [len(values) for _, values in rows] == [92, 96]
    np.testing.assert_array_equal(
        np.array(rows[1][1], kept(first, name)[1].dtype), kept(first, name)[1][700]
    )
