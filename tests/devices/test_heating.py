"""Heating promises what each machine takes at the meter for the heat it gives."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gridsim.devices import heat_pump, heating


def electric(heat, kind, out=0.0, limit=6.0, sink=45.0, fan=0.04):
    """Electricity for this module's machine. [kW]."""
    if kind == heating.HEAT_PUMP:
        return heating.pumped_kw(heat, out, limit, sink)
    return heating.direct_kw(heat, kind, fan)


def test_resistance_takes_what_it_gives():
    assert electric(3.0, heating.RESISTANCE) == 3.0


def test_a_boiler_takes_its_pump_and_only_while_it_heats():
    assert electric(3.0, heating.NOT_ELECTRIC) == 0.04
    assert electric(0.0, heating.NOT_ELECTRIC) == 0.0


def test_a_heat_pump_takes_heat_over_cop():
    cop = heat_pump.cop(0.0, heat_pump.sink(0.0, 45.0))
    assert electric(3.0, heating.HEAT_PUMP) == pytest.approx(3.0 / cop)


def test_beyond_its_capacity_the_backup_gives_the_rest():
    most = heat_pump.capacity(6.0, -10.0)
    base = electric(most, heating.HEAT_PUMP, out=-10.0)
    assert electric(most + 1.5, heating.HEAT_PUMP, out=-10.0) == pytest.approx(base + 1.5)


def test_the_limit_has_the_backup_only_for_heat_pumps():
    assert heating.limit(heating.HEAT_PUMP, 7.0, 6.0, 3.0) == 9.0
    assert heating.limit(heating.RESISTANCE, -10.0, 6.0, 3.0) == 6.0


@given(st.floats(0, 20), st.sampled_from([0, 1, 2]), st.floats(-25, 30))
def test_no_machine_takes_more_than_its_heat_except_the_boilers_pump(heat, kind, out):
    used = electric(heat, kind, out)
    assert 0.0 <= used <= max(heat, 0.04) + 1e-12


def test_no_heat_takes_no_electricity():
    assert [electric(0.0, kind) for kind in (0, 1, 2)] == [0.0, 0.0, 0.0]


def test_cooling_takes_cold_over_its_efficiency():
    assert heating.cooling_kw(-3.3, 35.0) == pytest.approx(1.0)
    assert heating.cooling_kw(2.0, 35.0) == 0.0
