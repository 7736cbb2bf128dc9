"""A building promises the exact solution of its two nodes, whatever the step."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.linalg import expm

from gridsim.devices import building

HOUSE = (0.6, 9.0, 0.45, 0.16)  # c_air, c_mass [kWh/K], h_am, h_out [kW/K]


def once(c_air, c_mass, h_am, h_out, dt):
    """Numbers of the step of one building."""
    made = building.steps(
        np.array([c_air]), np.array([c_mass]), np.array([h_am]), np.array([h_out]), dt
    )
    return tuple(float(value[0]) for value in made)


@given(st.floats(0.05, 3), st.floats(0.5, 40), st.floats(0, 3), st.floats(0, 1), st.floats(0.01, 6))
def test_the_closed_form_is_the_matrix_exponential(c_air, c_mass, h_am, h_out, dt):
    rates = np.zeros((5, 5))  # air, mass, and three constant inputs: outside, q_air, q_mass
    rates[0] = [-(h_am + h_out) / c_air, h_am / c_air, h_out / c_air, 1 / c_air, 0]
    rates[1] = [h_am / c_mass, -h_am / c_mass, 0, 0, 1 / c_mass]
    oracle = expm(rates * dt)
    made = building.Step(*once(c_air, c_mass, h_am, h_out, dt))
    mine = [
        [made.aa, made.am, made.out_a, made.air_a, made.mass_a],
        [made.ma, made.mm, made.out_m, made.air_m, made.mass_m],
    ]
    assert np.allclose(mine, oracle[:2], rtol=1e-9, atol=1e-10)


def test_one_hour_and_sixty_minutes_give_the_same_temperatures():
    hour, minute = once(*HOUSE, 1.0), once(*HOUSE, 1 / 60)
    whole = building.step(19.0, 20.0, -3.0, 4.0, 1.0, *hour)
    air, mass = 19.0, 20.0
    for _ in range(60):
        air, mass = building.step(air, mass, -3.0, 4.0, 1.0, *minute)
    assert (air, mass) == pytest.approx(whole, abs=1e-9)


@given(st.floats(-20, 40))
def test_a_house_at_the_outside_temperature_stays_there(temp):
    assert building.step(temp, temp, temp, 0.0, 0.0, *once(*HOUSE, 0.25)) == pytest.approx(
        (temp, temp), abs=1e-9
    )


def test_the_lasting_temperature_is_heat_over_conductance():
    air, mass = building.step(0.0, 0.0, 0.0, 3.2, 0.0, *once(*HOUSE, 5000.0))
    assert (air, mass) == pytest.approx((20.0, 20.0), abs=1e-6)


def test_without_a_way_out_all_heat_stays_in_the_house():
    c_air, c_mass, h_am, _ = HOUSE
    air, mass = building.step(20.0, 20.0, -9.0, 2.0, 1.0, *once(c_air, c_mass, h_am, 0.0, 3.0))
    assert c_air * (air - 20) + c_mass * (mass - 20) == pytest.approx(9.0)


def test_the_mass_follows_the_sun_more_than_the_air_follows():
    numbers = once(*HOUSE, 0.25)
    dark = building.free(20.0, 20.0, 20.0, 0.0, 0.0, *numbers)
    sunny = building.free(20.0, 20.0, 20.0, 0.0, 2.0, *numbers)
    stored_air, stored_mass = 0.6 * (sunny[0] - dark[0]), 9.0 * (sunny[1] - dark[1])
    assert stored_mass > stored_air
    assert stored_air + stored_mass == pytest.approx(0.5, rel=0.02)  # little is lost in 15 min


@given(st.floats(0, 19), st.floats(-15, 19), st.sampled_from([1 / 12, 0.25, 1.0]))
def test_the_need_brings_the_air_to_the_set_point(start, outside, dt):
    numbers = once(*HOUSE, dt)
    air, mass = building.free(start, start, outside, 0.2, 0.1, *numbers)
    made = building.Step(*numbers)
    heat = building.need(air, 20.0, 1.0 / made.air_a, 1e6)
    assert building.warm(air, mass, heat, made.air_a, made.air_m)[0] == pytest.approx(20.0)


def test_warming_afterwards_equals_heating_within():
    numbers = once(*HOUSE, 0.5)
    made = building.Step(*numbers)
    free = building.step(18.0, 19.0, 2.0, 0.3, 0.1, *numbers)
    after = building.warm(*free, 5.0, made.air_a, made.air_m)
    assert after == pytest.approx(building.step(18.0, 19.0, 2.0, 5.3, 0.1, *numbers), abs=1e-12)


def test_the_need_is_clipped_to_the_machine_and_never_negative():
    assert building.need(10.0, 20.0, 2.0, 6.0) == 6.0
    assert building.need(25.0, 20.0, 2.0, 6.0) == 0.0


def test_cooling_is_the_mirror_of_heating():
    assert building.need_cold(25.0, 24.0, 2.0, 6.0) == -building.need(23.0, 24.0, 2.0, 6.0)
    assert building.need_cold(40.0, 24.0, 2.0, 6.0) == -6.0
    assert building.need_cold(20.0, 24.0, 2.0, 6.0) == 0.0


def test_holding_the_set_point_settles_to_the_steady_need():
    numbers = once(*HOUSE, 0.25)
    made = building.Step(*numbers)
    air = mass = 15.0
    for _ in range(4000):
        free_air, free_mass = building.free(air, mass, 0.0, 0.0, 0.0, *numbers)
        heat = building.need(free_air, 20.0, 1.0 / made.air_a, 50.0)
        air, mass = building.warm(free_air, free_mass, heat, made.air_a, made.air_m)
    assert heat == pytest.approx(20.0 * 0.16, rel=1e-6)


def test_a_one_node_house_cools_to_the_published_temperature():
    numbers = once(4.0, 1.0, 0.0, 0.2, 2.0)  # R 5 K/kW, C 4 kWh/K, heating off for 2 h
    assert building.step(20.0, 20.0, 0.0, 0.0, 0.0, *numbers)[0] == pytest.approx(
        18.097, abs=5e-4
    )  # figure H005


def test_a_one_node_house_recovers_in_the_published_time():
    start = 20 * math.exp(-0.1)
    recovery_h = 20 * math.log((40 - start) / 20)
    numbers = once(4.0, 1.0, 0.0, 0.2, recovery_h)
    assert recovery_h == pytest.approx(1.818, abs=5e-4)  # figure H006
    assert building.step(start, start, 0.0, 8.0, 0.0, *numbers)[0] == pytest.approx(20.0)
    assert (8.0 - 4.0) * recovery_h / 8.0 == pytest.approx(0.909, abs=5e-4)


def test_a_house_does_not_know_its_neighbour():
    two = building.steps(*(np.array([value, 2 * value]) for value in HOUSE), 0.25)
    assert tuple(float(value[0]) for value in two) == once(*HOUSE, 0.25)


@pytest.mark.parametrize(
    ("house", "dt", "message"),
    [
        ((0.0, 9.0, 0.4, 0.1), 1.0, "c_air"),
        ((0.5, -1.0, 0.4, 0.1), 1.0, "c_mass"),
        ((0.5, 9.0, -0.4, 0.1), 1.0, "h_am"),
        ((0.5, 9.0, 0.4, -0.1), 1.0, "h_out"),
        ((0.5, 9.0, 0.4, 0.1), 0.0, "dt_h"),
    ],
)
def test_nonsense_is_refused_by_name(house, dt, message):
    with pytest.raises(ValueError, match=message):
        once(*house, dt)
