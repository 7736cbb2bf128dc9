"""The made-up Results agree with themselves: flows balance, homes are the sums of their loads."""

import numpy as np
import pytest

from gridsim.results.example import example
from gridsim.results.results import FLOWS, USES


def test_the_flows_of_every_group_balance():
    for arm in example(20, 4).arms:
        flow = {name: arm.series.kw[:, :, FLOWS.index(name)] for name in FLOWS}
        uses = sum(flow[use] for use in USES)
        np.testing.assert_allclose(flow["net"], uses + flow["battery"] - flow["pv"], atol=1e-12)
        np.testing.assert_allclose(flow["net"], flow["import"] - flow["export"], atol=1e-12)


def test_the_homes_add_up_to_the_town():
    made = example(20, 4)
    for arm in made.arms:
        taken = arm.series.flow("import").sum() * made.clock.dt_h
        assert arm.homes["import_kwh"].mean() == pytest.approx(taken)
        assert arm.homes["coincident_kw"].mean() == pytest.approx(arm.series.flow("net").max())
        uses = sum(arm.homes[f"use_kwh.{use}"] for use in USES)
        np.testing.assert_allclose(uses, arm.homes["demand_kwh"])


def test_groups_add_up_to_the_town():
    series = example(30, 2).reference.series
    parts = (series.kw[:, 1:] * series.sizes[1:, None]).sum(axis=1) / series.sizes[0]
    np.testing.assert_allclose(parts, series.kw[:, 0], atol=1e-12)


def test_the_same_arguments_make_the_same_results():
    first, second = example(5, 2), example(5, 2)
    assert np.array_equal(first.arms[1].series.kw, second.arms[1].series.kw)


def test_homes_that_do_not_act_are_the_same_in_both_arms():
    made = example(20, 4)
    still = made.arms[1].homes["acted_events"] == 0
    assert 0 < still.sum() < 20
    before, after = (arm.homes["demand_kwh"][still] for arm in made.arms)
    assert np.array_equal(before, after)
