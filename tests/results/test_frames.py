"""Data frames and datasets say the same as the arrays they are made of."""

import dataclasses
import subprocess
import sys

import numpy as np
import pytest

from gridsim.results import frames
from gridsim.results.example import example


def test_frames_hold_the_arrays():
    made = example(6, 2)
    series = frames.series_frame(made)
    town = series[(series["arm"] == "flat") & (series["group"] == "all")]
    np.testing.assert_array_equal(town["net"], made.reference.series.flow("net"))
    assert str(town["time"].iloc[0]) == "2025-01-12 23:00:00+00:00"
    assert str(town["local_time"].iloc[0]) == "2025-01-13 00:00:00"
    homes = frames.homes_frame(made).set_index(["arm", "home"])
    assert homes.loc[("tempo", 4), "bill"] == made.arms[1].homes["bill"][4]
    assert len(frames.events_frame(made)) == len(made.events.time_s)
    assert len(frames.profiles_frame(made)) == 2 * 6 * 4


def test_a_dataset_has_named_axes():
    pytest.importorskip("xarray")
    made = example(6, 2)
    found = frames.to_xarray(made)
    one = found["kw"].sel(group="all", flow="import", arm="tempo")
    np.testing.assert_array_equal(one, made.arms[1].series.flow("import"))
    assert found["bill"].sel(home=3, arm="flat") == made.reference.homes["bill"][3]


def test_a_dataset_refuses_arms_with_other_groups():
    pytest.importorskip("xarray")
    made = example(6, 2)
    series = dataclasses.replace(made.arms[1].series, groups=("all", "a", "b", "c"))
    other = dataclasses.replace(made.arms[1], series=series)
    with pytest.raises(ValueError, match="same groups"):
        frames.to_xarray(dataclasses.replace(made, arms=(made.arms[0], other)))


def test_importing_the_store_and_the_frames_imports_no_pandas_and_no_pyarrow():
    code = (
        "import sys; before = set(sys.modules); import gridsim.results.store,"
        " gridsim.results.frames; new = set(sys.modules) - before;"
        " sys.exit(bool({'pandas', 'pyarrow', 'xarray'} & new))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
