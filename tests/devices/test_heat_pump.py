"""A heat pump promises Staffell's efficiency, less in the field, and less heat in the cold."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gridsim.devices import heat_pump


@pytest.mark.parametrize(("lift", "published"), [(30, 3.747), (40, 2.978), (50, 2.335)])
def test_the_bench_curve_is_staffells(lift, published):
    assert heat_pump.bench_cop(float(lift)) == pytest.approx(published, abs=5e-4)  # figure E054


def test_lifts_outside_the_fit_are_taken_at_its_ends():
    assert heat_pump.bench_cop(5.0) == heat_pump.bench_cop(15.0)
    assert heat_pump.bench_cop(90.0) == heat_pump.bench_cop(60.0)


def test_the_field_takes_its_share():
    assert heat_pump.cop(10.0, 40.0) == pytest.approx(0.85 * 3.747, abs=1e-3)


def test_the_heating_curve_passes_its_two_points():
    assert heat_pump.sink(-5.0, 50.0) == pytest.approx(50.0)
    assert heat_pump.sink(15.0, 50.0) == pytest.approx(27.0)
    assert heat_pump.sink(25.0, 50.0) == pytest.approx(27.0)


@given(st.floats(-30, 35), st.floats(27, 70))
def test_the_colder_the_hotter_the_water(out, sink):
    assert heat_pump.sink(out - 1.0, sink) >= heat_pump.sink(out, sink)


def test_defrosting_costs_most_just_above_freezing_and_nothing_outside():
    assert heat_pump.defrost(1.0) == pytest.approx(0.9)
    assert [heat_pump.defrost(t) for t in (-20.0, -7.0, 5.0, 15.0)] == [1.0] * 4


@given(st.floats(-30, 45), st.floats(25, 75))
def test_a_heat_pump_always_beats_resistance(out, sink):
    assert heat_pump.cop(out, sink) > 1.0


def test_the_mean_efficiency_of_a_winter_is_that_of_field_trials():
    temps = [-5.0, 0.0, 2.0, 5.0, 7.0, 10.0, 12.0]
    heat = [18.0 - t for t in temps]
    power = [
        q / heat_pump.cop(t, heat_pump.sink(t, 45.0)) for q, t in zip(heat, temps, strict=True)
    ]
    assert 2.4 < sum(heat) / sum(power) < 3.4  # British and German field trials: 2.5-3.3


def test_capacity_is_rated_at_seven_degrees_and_falls_with_the_cold():
    assert heat_pump.capacity(8.0, 7.0) == 8.0
    assert heat_pump.capacity(8.0, -7.0) == pytest.approx(8.0 * 0.65)
    assert heat_pump.capacity(8.0, -40.0) == pytest.approx(8.0 * heat_pump.CAPACITY_LEAST)
    assert heat_pump.capacity(8.0, 40.0) == pytest.approx(8.0 * heat_pump.CAPACITY_MOST)


def test_cooling_gets_harder_as_it_gets_hotter():
    cops = [heat_pump.cooling_cop(t) for t in (20.0, 25.0, 30.0, 35.0, 40.0, 60.0)]
    assert cops == sorted(cops, reverse=True)
    assert cops[3] == pytest.approx(3.3)
    assert cops[-1] == heat_pump.COOLING_LEAST
