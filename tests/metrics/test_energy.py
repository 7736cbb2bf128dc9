"""Energy is power times time, and the shares of own production lie between 0 and 1."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gridsim.metrics import energy

kwh = st.floats(0, 1e6)


def test_four_quarter_hours_of_two_kilowatts_are_two_kilowatt_hours():
    assert energy.energy_kwh(np.full(4, 2.0), 0.25) == pytest.approx(2.0)


def test_energy_keeps_homes_apart():
    power = np.array([[1.0, 0.0], [3.0, 2.0]])
    assert energy.energy_kwh(power, 0.5).tolist() == [2.0, 1.0]


def test_a_step_without_length_is_refused():
    with pytest.raises(ValueError, match="dt_h must be positive"):
        energy.energy_kwh(np.ones(3), 0.0)


def test_self_consumption_by_hand():
    assert energy.self_consumption(np.array(10.0), np.array(4.0)) == pytest.approx(0.6)


def test_self_sufficiency_by_hand():
    assert energy.self_sufficiency(np.array(20.0), np.array(14.0)) == pytest.approx(0.3)


def test_shares_are_not_defined_where_there_is_nothing_to_share():
    shares = energy.self_consumption(np.array([0.0, 5.0]), np.array([0.0, 5.0]))
    assert np.isnan(shares[0])
    assert shares[1] == 0.0
    assert np.isnan(energy.self_sufficiency(np.array(0.0), np.array(0.0)))


def test_a_battery_that_trades_with_the_grid_does_not_make_shares_negative():
    assert energy.self_consumption(np.array(1.0), np.array(3.0)) == 0.0
    assert energy.self_sufficiency(np.array(1.0), np.array(3.0)) == 0.0


@given(pv=kwh.filter(lambda x: x > 1e-6), out=kwh, scale=st.floats(0.1, 10))
def test_shares_lie_in_0_to_1_and_do_not_depend_on_the_unit(pv, out, scale):
    share = energy.self_consumption(np.array(pv), np.array(out))
    assert 0.0 <= share <= 1.0
    scaled = energy.self_consumption(np.array(pv * scale), np.array(out * scale))
    assert scaled == pytest.approx(float(share), abs=1e-9)
