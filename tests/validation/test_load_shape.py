"""Homes without electric heat: level, shape and diversity against measured and published figures.

The published figures are rows E001-E037 of the validation table; the measured homes are 33 homes of
Low Carbon London, 2013 (the driver is tests/benchmarks/load_shape.py, which prints all of it). The
model was calibrated on most of these figures: the tests guard the fit, they are no blind check, and
their tolerances were set around it.
"""

import importlib.util
import os
import sys
from functools import cache
from pathlib import Path

import numpy as np
import pytest

_DRIVER = Path(__file__).parents[1] / "benchmarks" / "load_shape.py"


def _driver():
    """Return the module of the benchmark."""
    spec = importlib.util.spec_from_file_location("load_shape", _DRIVER)
    module = importlib.util.module_from_spec(spec)
    sys.modules["load_shape"] = module
    spec.loader.exec_module(module)
    return module


load_shape = _driver()


@cache
def british():
    """Return 400 British homes and their year."""
    return load_shape.run("uk", 400)


@cache
def german():
    """Return 1,200 German homes of each size from one to four persons, and their year."""
    return load_shape.each_size("germany", 1200)


@cache
def french():
    """Return 400 French homes and their year."""
    return load_shape.run("france", 400)


@cache
def measured():
    """Return the figures of the measured homes and their winter weekday."""
    folder = os.environ.get("GRIDSIM_DATA")
    if not folder:
        pytest.skip("GRIDSIM_DATA does not name a folder with lcl_homes_2013")
    power_kw = load_shape.london(Path(folder))
    return load_shape.figures(power_kw), load_shape.winter_weekday(power_kw)


@cache
def simulated():
    """Return the same figures of the British homes."""
    power_kw = british()[1].power_kw
    return load_shape.figures(power_kw), load_shape.winter_weekday(power_kw)


def test_the_median_british_home_uses_what_the_regulator_says():
    """E005: 2,700 kWh a year."""
    total = british()[1].energy_kwh.sum(axis=1)
    assert np.median(total) == pytest.approx(2700, rel=0.05)


@pytest.mark.parametrize(("persons", "kwh"), [(1, 1900), (2, 2890), (3, 3720), (4, 4085)])
def test_german_use_grows_with_the_household(persons, kwh):
    """E007, hot water by E010: 400 kWh a person where it is electric."""
    found = load_shape.by_size(*german(), hot_water_kwh=400.0)
    assert found[persons] == pytest.approx(kwh, rel=0.05)


def test_use_grows_with_household_size_to_a_power_of_about_a_half():
    """E011: ratios 1.52, 1.96 and 2.15 for two, three and four persons."""
    found = load_shape.by_size(*german(), hot_water_kwh=400.0)
    ratios = [found[n] / found[1] for n in (2, 3, 4)]
    assert ratios == pytest.approx([1.52, 1.96, 2.15], rel=0.07)


def test_french_appliances_use_what_the_panel_measured():
    """E002: 2,228 kWh of specific electricity, which leaves out cooking and the boiler's pump."""
    energy = french()[1].energy_kwh.mean(axis=0)
    specific = energy.sum() - energy[load_shape.COOK] - energy[load_shape.PUMP]
    assert specific == pytest.approx(2228, rel=0.05)


def test_people_are_at_home_two_thirds_of_the_day():
    """Klepeis et al. 2001: 69 % of the day in one's residence; tolerance assumed."""
    town, year = french()
    share = year.counts[:, 0].sum() / town.people.persons.sum() / 24
    assert 0.64 < share < 0.73


def test_demand_per_home_falls_with_one_over_the_root_of_their_number():
    """E031, E036: mu + k / sqrt(n)."""
    (mu, k), explained = load_shape.law(british()[1].power_kw)
    assert explained > 0.97
    assert mu > 0.5
    assert 1.5 < k < 3.5


def test_the_load_factor_of_a_hundred_homes_is_that_of_the_textbook():
    """E037: 0.35-0.45 at 30 minutes (recalled, medium)."""
    power_kw = british()[1].power_kw
    factor = power_kw.mean() / load_shape.admd(power_kw, 100)
    assert 0.35 < factor < 0.45


@pytest.mark.xfail(
    strict=True,
    reason="T21 is missed: about 0.85 kW. The 33 London homes themselves have 0.98 kW, and the "
    "model is calibrated on them; no one level of use has met both figures",
)
def test_the_demand_of_many_homes_is_that_of_the_north_east():
    """E031 (T21): 1.5 kW a home from 100 homes on, CLNR-L217."""
    assert load_shape.admd(british()[1].power_kw, 100) == pytest.approx(1.5, abs=0.2)


@pytest.mark.data
@pytest.mark.parametrize(
    ("name", "rel"),
    [
        ("mean [kWh/day]", 0.10),
        ("median home [kWh/day]", 0.10),
        ("sd/mean between homes", 0.25),
        ("half-hours above 1 kW [%]", 0.25),
        ("half-hours above 2 kW [%]", 0.25),
        ("sd/mean of a home's half-hours", 0.15),
        ("ADMD of 1 [kW]", 0.15),
        ("ADMD of 5 [kW]", 0.15),
        ("ADMD of 20 [kW]", 0.15),
        ("ADMD of 33 [kW]", 0.15),
    ],
)
def test_british_homes_agree_with_measured_ones(name, rel):
    assert simulated()[0][name] == pytest.approx(measured()[0][name], rel=rel)


@pytest.mark.data
def test_half_hours_above_five_kilowatts_are_rare():
    above = "half-hours above 5 kW [%]"
    assert simulated()[0][above] < 0.05
    assert measured()[0][above] < 0.05


@pytest.mark.data
def test_the_winter_weekday_has_the_measured_shape():
    ours, theirs = simulated()[1], measured()[1]
    assert np.corrcoef(ours, theirs)[0, 1] > 0.94
    assert np.abs(ours - theirs).max() < 0.18
    assert abs(int(ours.argmax()) - int(theirs.argmax())) <= 3


@pytest.mark.data
@pytest.mark.parametrize(
    ("use", "least"), [("LIGHT", 0.9), ("SCREENS", 0.8), ("COOK", 0.75), ("SMALL", 0.7)]
)
def test_french_uses_follow_the_french_hours(use, least):
    measured()
    column = getattr(load_shape, use)
    hours = french()[1].use_kw[:, column].reshape(24, 2).sum(axis=1)
    theirs = load_shape.french_shape(Path(os.environ["GRIDSIM_DATA"]), load_shape.FRENCH[column])
    assert np.corrcoef(hours, theirs)[0, 1] > least
