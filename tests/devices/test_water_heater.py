"""A tank promises exact cooling, a thermostat with a dead band, and heat that balances."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gridsim.devices import water_heater

LITRES, LOSS, ROOM, INLET, SET = 200.0, 0.0015, 19.0, 12.0, 60.0
STORE = LITRES * water_heater.KWH_PER_L_K


def step(temp, heating=0.0, draw=0.0, enabled=1.0, *, element=2.0, cop=1.0, dt=0.25, loss=LOSS):
    """Step the tank of this module: temp_c, heating, power_kw, boost."""
    once = water_heater.coefficients(np.array([LITRES]), np.array([loss]), dt)
    decay, rise = float(once.decay[0]), float(once.rise_k_kw[0])
    after, contact, heat_kw, boost = water_heater.step(
        temp, heating, draw, enabled, 1.0 / LITRES, element * cop, decay, rise, 1.0 / rise, SET,
        ROOM, INLET,
    )  # fmt: skip
    return after, contact, heat_kw / cop, boost


def parts(before, after, draw, power, cop=1.0, dt=0.25):
    """Balance of a step of this module's tank."""
    rise = float(water_heater.coefficients(np.array([LITRES]), np.array([LOSS]), dt).rise_k_kw[0])
    return water_heater.balance(
        before, after, draw, power * cop, LITRES, 1.0 / LITRES, ROOM, INLET, rise, LOSS, dt
    )


def test_heating_200_litres_from_15_to_60_takes_the_published_energy():
    heat_kwh = STORE * (60 - 15)
    assert heat_kwh == pytest.approx(10.47, abs=0.006)  # figure E025


def test_an_idle_tank_cools_along_the_exponential():
    temp, _, power, _ = step(55.0, enabled=0.0, dt=10.0)
    assert temp == pytest.approx(ROOM + 36.0 * math.exp(-LOSS * 10 / STORE))
    assert power == 0.0


def test_a_tank_without_loss_keeps_its_heat_and_takes_power_in_a_straight_line():
    temp, _, _, _ = step(30.0, heating=1.0, loss=0.0)
    assert temp == pytest.approx(30 + 2.0 * 0.25 / STORE)


def test_the_thermostat_waits_for_the_dead_band():
    assert step(SET - 4.9)[2] == 0.0
    assert step(SET - 5.1)[2] == 2.0
    assert step(SET - 4.9, heating=1.0)[2] > 0.0


def test_the_element_stops_at_the_set_point_and_opens_the_contact():
    temp, heating, power, _ = step(SET - 0.5, heating=1.0)
    assert temp == pytest.approx(SET)
    assert heating == 0.0
    assert 0 < power < 2.0


def test_the_contact_stays_closed_while_the_relay_is_open():
    _, heating, power, _ = step(SET - 2.0, heating=1.0, enabled=0.0)
    assert (heating, power) == (1.0, 0.0)


def test_a_cold_tank_is_boosted_although_the_relay_is_open():
    temp, _, power, boost = step(22.0, enabled=0.0, dt=1.0)
    assert (power, boost) == (2.0, 1.0)
    assert temp > 22.0


def test_a_tank_that_still_runs_warm_waits_for_its_relay():
    assert step(water_heater.COMFORT_C + 0.1, enabled=0.0)[2:] == (0.0, 0.0)


def test_a_boost_ends_just_above_comfort_not_at_the_set_point():
    temp = step(25.9, enabled=0.0, dt=5.0)[0]
    assert temp == pytest.approx(water_heater.COMFORT_C + water_heater.BOOST_K)


def test_nothing_is_heated_without_an_element():
    temp, _, power, boost = step(20.0, enabled=0.0, element=0.0)
    assert (power, boost) == (0.0, 0.0)
    assert temp < 20.0


def test_a_heat_pump_gives_more_heat_than_it_takes():
    by_element = step(40.0, element=1.5, cop=1.0)
    by_pump = step(40.0, element=0.5, cop=3.0)
    assert by_pump[0] == pytest.approx(by_element[0])
    assert by_pump[2] == pytest.approx(by_element[2] / 3)


def test_a_draw_at_the_tap_takes_the_same_heat_from_a_hot_and_a_warm_tank():
    drawn = [parts(t, t, 50.0, 0.0)[2] for t in (30.0, 45.0, 60.0)]
    assert drawn[0] == pytest.approx(drawn[1]) == drawn[2]
    assert drawn[0] == pytest.approx(50 * water_heater.KWH_PER_L_K * 28)


def test_a_tank_never_gives_more_than_it_holds():
    temp = step(55.0, draw=10_000.0, enabled=0.0, element=0.0)[0]
    assert temp == pytest.approx(INLET, abs=0.2)


@given(
    st.floats(5, 80), st.floats(0, 300), st.booleans(), st.booleans(), st.floats(1, 3),
    st.sampled_from([1 / 60, 0.25, 1.0]),
)  # fmt: skip
def test_heat_balances_to_the_last_digit(temp, draw, heating, enabled, cop, dt):
    after, _, power, _ = step(temp, float(heating), draw, float(enabled), cop=cop, dt=dt)
    stored, loss, drawn = parts(temp, after, draw, power, cop, dt)
    assert power * cop * dt == pytest.approx(stored + loss + drawn, abs=1e-10)


@given(st.floats(10, 80), st.booleans(), st.booleans())
def test_power_never_leaves_its_limits(temp, heating, enabled):
    after, _, power, _ = step(temp, float(heating), 20.0, float(enabled))
    assert 0.0 <= power <= 2.0
    assert after <= max(SET, temp) + 1e-9


def test_two_half_steps_make_one():
    first = step(40.0, 1.0, dt=0.25)
    second = step(first[0], first[1], dt=0.25)
    whole = step(40.0, 1.0, dt=0.5)
    assert second[0] == pytest.approx(whole[0], abs=1e-9)
    assert (first[2] + second[2]) / 2 == pytest.approx(whole[2], abs=1e-9)


def test_a_tank_far_from_its_room_does_not_know_its_neighbour():
    both = water_heater.coefficients(np.array([200.0, 100.0]), np.array([LOSS, 0.002]), 0.5)
    alone = water_heater.coefficients(np.array([200.0]), np.array([LOSS]), 0.5)
    assert both.decay[0] == alone.decay[0]
    assert both.rise_k_kw[0] == alone.rise_k_kw[0]


@pytest.mark.parametrize(
    ("litres", "loss", "dt", "message"),
    [(0.0, 0.001, 1.0, "litres"), (100.0, -0.1, 1.0, "loss_kw_k"), (100.0, 0.001, 0.0, "dt_h")],
)
def test_nonsense_is_refused_by_name(litres, loss, dt, message):
    with pytest.raises(ValueError, match=message):
        water_heater.coefficients(np.array([litres]), np.array([loss]), dt)
