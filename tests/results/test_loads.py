"""What a run keeps of single homes is read back: a home's whole period, or all homes of a day."""

import datetime as dt
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from gridsim.core.clock import make_clock
from gridsim.core.errors import DataError
from gridsim.results import daily, loads, store
from gridsim.results.example import example

CUTS = (0, 96, 188, 284)
"""Steps at which the days of the last weekend of March begin and the Monday ends."""


def kept(folder, homes=1200, parts=(0, 600, 1150), **how):
    """Write three days of a town in parts, and return the loads, shape (284, homes). [kW]"""
    clock = make_clock(dt.date(2023, 3, 25), dt.date(2023, 3, 28), 15, "Europe/Paris", "FR")
    plan = daily.Plan(folder, clock, **how)
    step, home = np.mgrid[: clock.steps, :homes]
    net = (6.0 * np.sin(0.31 * step + 0.7 * home) + 0.001 * home).astype(np.float32)
    for first, last in pairwise(CUTS):
        for a, b in zip(parts, (*parts[1:], homes), strict=True):
            daily.write(plan, "flat", first, net[first:last, a:b], first_home=a)
    return clock, net


@pytest.mark.parametrize("home", [0, 511, 512, 599, 600, 1149, 1150, 1199])
def test_a_home_is_found_on_every_day_in_whichever_part_and_row_group(tmp_path, home):
    clock, net = kept(tmp_path)
    found = loads.of_home(tmp_path, "flat", home)
    assert list(found.homes) == [home]
    np.testing.assert_array_equal(found.time_s, clock.time_s)
    np.testing.assert_array_equal(found.kw["net"][:, 0], net[:, home])


def test_a_day_of_23_hours_is_read_whole(tmp_path):
    clock, net = kept(tmp_path)
    found = loads.of_day(tmp_path, "flat", "2023-03-26")
    np.testing.assert_array_equal(found.homes, np.arange(1200))
    np.testing.assert_array_equal(found.time_s, clock.time_s[96:188])
    np.testing.assert_array_equal(found.kw["net"], net[96:188])


def test_watts_come_back_as_kilowatts_and_longer_steps_with_their_times(tmp_path):
    clock, net = kept(tmp_path, watts=True, per=4, flows=("import", "export"))
    found = loads.of_home(tmp_path, "flat", 420)
    np.testing.assert_array_equal(found.time_s, clock.time_s[::4])
    bought = np.maximum(net[:, 420], 0.0).reshape(-1, 4).mean(axis=1)
    np.testing.assert_allclose(found.kw["import"][:, 0], bought, atol=0.000501)
    assert list(found.kw) == ["import", "export"]


def test_what_is_not_there_is_told(tmp_path):
    kept(tmp_path)
    with pytest.raises(DataError, match="no loads of home 1200 are kept"):
        loads.of_home(tmp_path, "flat", 1200)
    with pytest.raises(DataError, match="no loads of arm 'flat' on 2023-04-01"):
        loads.of_day(tmp_path, "flat", "2023-04-01")
    with pytest.raises(DataError, match=r"a run keeps them with \[output\] profiles"):
        loads.of_home(tmp_path, "tempo", 0)


def test_a_file_that_is_damaged_is_told(tmp_path):
    kept(tmp_path)
    path = tmp_path / "profiles" / "flat" / "2023-03-26-0000600.parquet"
    content = bytearray(path.read_bytes())
    content[2000] ^= 255
    path.write_bytes(content)
    with pytest.raises(DataError, match=r"2023-03-26-0000600\.parquet: cannot be read"):
        loads.of_day(tmp_path, "flat", "2023-03-26")
    assert len(loads.of_home(tmp_path, "flat", 3).time_s) == CUTS[-1]


def in_memory(toml="", homes=40):
    """Return an example that holds the loads of its homes in memory."""
    made = example(homes, 2)
    step, home = np.mgrid[: made.clock.steps, :homes]
    net = {
        arm.name: (np.sin(step + home) + n).astype(np.float32) for n, arm in enumerate(made.arms)
    }
    story = replace(made.story, scenario_toml=made.story.scenario_toml + toml)
    return replace(made, loads=net, story=story)


def test_loads_in_memory_are_saved_as_the_scenario_says(tmp_path):
    made = in_memory('[output.profiles]\ndtype = "int16"\nresolution_minutes = 60\n')
    paths = loads.write(tmp_path, made)
    assert [path.name for path in paths] == 2 * [
        "2025-01-13-0000000.parquet",
        "2025-01-14-0000000.parquet",
    ]
    found = loads.of_day(tmp_path, "tempo", "2025-01-14").kw["net"]
    wanted = made.loads["tempo"][48:].reshape(24, 2, 40).mean(axis=1)
    np.testing.assert_allclose(found, wanted, atol=0.000501)


def test_powers_that_were_clipped_are_told_in_the_summary(tmp_path):
    made = in_memory('[output.profiles]\ndtype = "int16"\n')
    made.loads["tempo"][3, 5:7] = -40.0
    folder = store.save(made, tmp_path / "run", {"assumptions": ["One."]})
    one, clipped = store.load_summary(folder)["assumptions"]
    assert (one, clipped[:9]) == ("One.", "2 powers ")
    exact = replace(made, story=replace(made.story, scenario_toml=""))
    folder = store.save(exact, tmp_path / "exact", {"assumptions": ["One."]})
    assert store.load_summary(folder)["assumptions"] == ["One."]


def test_a_frame_from_memory_is_that_from_the_folder(tmp_path):
    made = in_memory("[output]\nprofiles = true\n")
    loads.write(tmp_path, made)
    bare = replace(made, loads={})
    for kept, folder in ((made, None), (bare, tmp_path)):
        frame = loads.home_frame(kept, folder, 7)
        assert list(frame) == ["flat", "tempo"]
        assert str(frame.index[0]) == "2025-01-12 23:00:00+00:00"
        np.testing.assert_array_equal(frame["tempo"], made.loads["tempo"][:, 7])
        day = loads.day_frame(kept, folder, "2025-01-14", "flat")
        np.testing.assert_array_equal(day.to_numpy(), made.loads["flat"][48:].T)
        assert list(day.index) == list(range(40))
        assert str(day.columns[0]) == "2025-01-13 23:00:00+00:00"


def test_a_sample_in_memory_is_saved_by_its_numbers(tmp_path):
    few = np.array([3, 17, 39])
    made = in_memory("[output.profiles]\nsample = 3\n")
    made = replace(made, loads={n: kw[:, few] for n, kw in made.loads.items()}, loads_of=few)
    loads.write(tmp_path, made)
    assert list(loads.of_day(tmp_path, "flat", "2025-01-13").homes) == [3, 17, 39]
    for folder, kept in ((None, made), (tmp_path, replace(made, loads={}))):
        frame = loads.home_frame(kept, folder, 17)
        np.testing.assert_array_equal(frame["flat"], made.loads["flat"][:, 1])
        with pytest.raises(DataError, match="no loads of home 4 are kept"):
            loads.home_frame(kept, folder, 4)


def test_what_a_run_did_not_keep_is_told_without_a_folder():
    with pytest.raises(DataError, match="holds no loads of homes"):
        loads.home_frame(example(3, 1), None, 0)
    made = in_memory()
    with pytest.raises(
        DataError, match="2025-02-01 lies outside the run, 2025-01-13 to 2025-01-14"
    ):
        loads.day_frame(made, None, "2025-02-01", "flat")
    with pytest.raises(DataError, match="'heating' is not kept, only net, import, export"):
        loads.home_frame(made, None, 0, "heating")


def test_loads_of_older_runs_are_read(tmp_path):
    import pyarrow as pa
    from pyarrow import parquet

    below = tmp_path / "profiles" / "flat"
    below.mkdir(parents=True)
    kw = np.arange(3 * 48, dtype=np.float32)
    column = pa.FixedSizeListArray.from_arrays(pa.array(kw), 48)
    table = pa.table({"home": pa.array(np.arange(3)), "net_kw": column})
    told = {"start_utc": "2025-01-12T23:00:00", "step_s": "1800", "unit": "kW"}
    parquet.write_table(table.replace_schema_metadata(told), below / "2025-01-13.parquet")
    found = loads.of_home(tmp_path, "flat", 2)
    np.testing.assert_array_equal(found.kw["net"][:, 0], kw[96:])
    assert found.time_s[0] == np.datetime64("2025-01-12T23:00:00", "s").astype(np.int64)
