"""Ability promises an estimate of what could move that grows with what a home has and with cold."""

import dataclasses

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gridsim.citizens import ability
from gridsim.citizens.parameters import parameters

SETTINGS = parameters().call
energies = st.floats(0.0, 60.0)


def heat_kwh(outdoor_c, h_out=0.2, cop=1.0):
    return float(ability.heat_kwh(outdoor_c, np.array([h_out]), np.array([cop]))[0])


def movable(runs=2.0, car=6.0, heating=40.0, second=0.0, settings=SETTINGS, dear_h=6.0):
    columns = (np.array([x]) for x in (runs, car, heating, second))
    return float(ability.movable_kwh(*columns, dear_h=dear_h, settings=settings)[0])


def test_a_day_of_heating_is_what_the_home_loses():
    assert heat_kwh(7.0) == pytest.approx(24 * 0.2 * 10)


def test_a_heat_pump_needs_as_much_less_as_it_performs():
    assert heat_kwh(7.0, cop=3.0) == pytest.approx(heat_kwh(7.0) / 3.0)


@given(st.floats(ability.COMFORT_BASE_C, 40.0))
def test_on_a_mild_day_nobody_heats(outdoor_c):
    assert heat_kwh(outdoor_c) == 0.0


def test_a_home_heated_otherwise_has_no_electricity_to_spare():
    assert heat_kwh(-10.0, cop=np.inf) == 0.0


@given(st.floats(-20.0, 30.0), st.floats(0.0, 20.0))
def test_a_colder_day_never_needs_less(outdoor_c, colder):
    assert heat_kwh(outdoor_c - colder) >= heat_kwh(outdoor_c)


def test_a_home_without_anything_can_move_its_small_uses():
    assert movable(0.0, 0.0, 0.0) == SETTINGS.small_kwh


def test_what_moves_is_small_uses_half_of_runs_and_car_and_a_share_of_heat():
    settings = dataclasses.replace(SETTINGS, small_kwh=1.0, heat_share=0.1, second_heat_share=0.5)
    assert movable(settings=settings) == pytest.approx(1.0 + 1.0 + 3.0 + 4.0)
    assert movable(second=1.0, settings=settings) == pytest.approx(1.0 + 1.0 + 3.0 + 20.0)


@given(energies, energies, energies, st.sampled_from([0.0, 1.0]), energies)
def test_having_more_never_leaves_less_to_move(runs, car, heating, second, more):
    before = movable(runs, car, heating, second)
    assert movable(runs + more, car, heating, second) >= before
    assert movable(runs, car + more, heating, second) >= before
    assert movable(runs, car, heating + more, second) >= before


@given(energies, energies, energies)
def test_a_second_heater_never_leaves_less_to_move(runs, car, heating):
    assert movable(runs, car, heating, 1.0) >= movable(runs, car, heating, 0.0)


@given(energies, energies, energies, st.sampled_from([0.0, 1.0]))
def test_nobody_can_move_more_than_there_is(runs, car, heating, second):
    there_is = SETTINGS.small_kwh + runs + car + heating
    assert movable(runs, car, heating, second) <= there_is + 1e-12
