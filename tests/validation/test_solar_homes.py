"""Panels and batteries sized by yearly use give the published shares (rows D001-D007, T20)."""

import tempfile
from functools import cache
from pathlib import Path

import numpy as np
import pytest

import gridsim as gs

SCENARIO = """
title = "A kilowatt of panels for each megawatt-hour"
question = "How much of its own sun does a German home use?"
seed = 1
[period]
start = 2023-01-01
end = 2024-01-01
step_minutes = 60
[place]
name = "Berlin"
weather = "typical"
[population]
homes = 120
preset = "germany"
pv = 1.0
battery = 0.0
electric_heat = 0.0
heat_pump = 0.0
ev = 0.0
pv_kwp_per_mwh = 1.0
battery_kwh_per_mwh = {size}
[arms.panels]
tariff = {{ kind = "flat", price = 0.30, export_price = 0.08 }}
[arms.batteries]
tariff = {{ kind = "flat", price = 0.30, export_price = 0.08 }}
devices = {{ battery = 1.0 }}
"""


@cache
def homes(size):
    """Return the homes of a year with panels, and with batteries of ``size`` kWh per MWh."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "sun.toml")
        file.write_text(SCENARIO.format(size=size), encoding="utf-8")
        found = gs.run(gs.load(file)).homes
    return found[found.arm == "panels"], found[found.arm == "batteries"]


def self_sufficiency(town):
    """Return the share of the demand that is not bought."""
    return 1.0 - town.import_kwh.sum() / town.demand_kwh.sum()


def self_consumption(town):
    """Return the share of the production that is not sold."""
    return 1.0 - town.export_kwh.sum() / town.pv_kwh.sum()


def test_the_expected_use_is_that_of_the_year():
    panels, _ = homes(1.0)
    expected_kwh = 1000.0 * panels.pv_kwp
    assert expected_kwh.sum() == pytest.approx(panels.demand_kwh.sum(), rel=0.05)
    assert np.corrcoef(expected_kwh, panels.demand_kwh)[0, 1] > 0.95


def test_panels_alone_cover_thirty_percent():
    """D007: 30 % (25-32) of the demand, T20 allows 4 points; D004: 30-40 % of the production."""
    panels, _ = homes(1.0)
    assert self_sufficiency(panels) == pytest.approx(0.30, abs=0.04)
    assert 0.30 <= self_consumption(panels) <= 0.40


def test_a_battery_as_large_brings_it_to_more_than_half():
    """D006: 54 % (52-57) of the demand, T20 allows 4 points; D005: 56-70 % of the production."""
    _, batteries = homes(1.0)
    assert self_sufficiency(batteries) == pytest.approx(0.54, abs=0.04)
    assert 0.56 <= self_consumption(batteries) <= 0.70


def test_half_a_battery_adds_what_the_review_found():
    """D001: 13-24 points of self-consumption from 0.5-1 kWh per kWp."""
    panels, batteries = homes(0.5)
    assert 0.13 < self_consumption(batteries) - self_consumption(panels) < 0.24
