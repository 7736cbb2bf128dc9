"""The table of metrics: every entry says what it is, in which unit, and its name ends in it."""

import numpy as np
import pytest

from gridsim.metrics.table import METRICS

SUFFIX = {"kWh": "_kwh", "kW": "_kw", "kg": "_kg", "K h": "_kh"}


@pytest.mark.parametrize("name", METRICS)
def test_a_metric_has_a_meaning_and_ends_in_its_unit(name):
    metric = METRICS[name]
    assert metric.meaning.endswith(".")
    assert metric.function.__doc__
    assert name.endswith(SUFFIX.get(metric.unit, ""))


@pytest.mark.parametrize("name", [name for name in METRICS if METRICS[name].columns])
def test_a_metric_of_columns_takes_arrays_and_keeps_their_shape(name):
    metric = METRICS[name]
    count = len(metric.columns) * (2 if metric.paired else 1)
    found = metric.function(*[np.array([1.0, 2.0, 3.0])] * count)
    assert found.shape == (3,)


def test_every_metric_of_the_house_is_there():
    house = (
        "demand_kwh import_kwh export_kwh pv_kwh peak_kw load_factor self_consumption"
        " self_sufficiency bill co2_kg discomfort_kh shifted_kwh event_reduction peak_reduction"
        " rebound overrides"
    )
    assert set(house.split()) <= set(METRICS)
