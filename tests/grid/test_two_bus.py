"""One line: figures H020 to H023, the same answer as by iteration, and a limit."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gridsim.grid import two_bus


def swept_v(power_w, var):
    """Solve the same line by sweeping to and fro."""
    end_v = complex(230.0)
    for _ in range(200):
        end_v = 230.0 - complex(0.1, 0.03) * (complex(power_w, var) / end_v).conjugate()
    return abs(end_v)


@pytest.mark.parametrize(
    ("power_w", "var", "volts"), [(7e3, 0, 226.913), (7e3, 2301, 226.606), (-5e3, 0, 232.153)]
)
def test_the_published_voltages(power_w, var, volts):
    found = two_bus.receiving_v(230.0, 0.10, 0.03, power_w, var)
    assert found == pytest.approx(volts, abs=6e-4)


@given(power_w=st.floats(-20e3, 20e3), var=st.floats(-10e3, 10e3))
def test_it_is_what_iteration_finds(power_w, var):
    found = two_bus.receiving_v(230.0, 0.10, 0.03, power_w, var)
    assert found == pytest.approx(swept_v(power_w, var), rel=1e-9)


def test_a_line_carries_no_more_than_its_limit():
    """H023: 132.25 kW without reactance."""
    assert two_bus.receiving_v(230.0, 0.10, 0.0, 132.249e3, 0.0) == pytest.approx(115.0, rel=0.01)
    with pytest.raises(ValueError, match="cannot carry"):
        two_bus.receiving_v(230.0, 0.10, 0.0, 132.251e3, 0.0)
