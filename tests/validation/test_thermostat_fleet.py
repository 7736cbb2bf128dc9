"""T26: a fleet of air conditioners rebounds after a common change of set point as published."""

import numba
import numpy as np
import pytest

from gridsim.core.kernel import kernel
from gridsim.devices import cycling

UNITS = 10_000
STEP_H = 15 / 3600
COP = 2.5

pytestmark = pytest.mark.skipif(
    bool(numba.config.DISABLE_JIT), reason="2.4 million steps are for compiled kernels"
)


@kernel
def fleet(load, resistance, capacity, cooling, phase, step_h):  # type: ignore[no-untyped-def]
    """Fill ``load`` (t,) with electric power per unit after the set point rises by 0.5 K."""
    units = len(resistance)
    for i in range(units):
        r, c, p = resistance[i], capacity[i], -cooling[i]
        # a uniform moment of this unit's own cycle: hundreds of cycles after a common start
        temp, on, _ = cycling.step(20.25, 1.0, 20.0, 32.0, r, c, p, 0.5, 20.0 + 400.0 * phase[i])
        for k in range(len(load)):
            temp, on, mean = cycling.step(temp, on, 20.5, 32.0, r, c, p, 0.5, step_h)
            load[k] -= mean / 2.5 / units


def rebound(spread, seed=1, hours=2.5):
    """Load per unit after the change. [kW]."""
    draw = np.random.default_rng(seed)
    factors = np.exp(spread * draw.standard_normal((3, UNITS)))
    load = np.zeros(round(hours / STEP_H))
    fleet(load, 2 * factors[0], 10 * factors[1], 14 * factors[2], draw.random(UNITS), STEP_H)
    return load


def test_equal_units_rebound_together_without_damping():
    load = rebound(0.0, hours=4.0)
    period = round(1.49 / STEP_H)
    first, second = load[: 2 * period].max(), load[-period:].max()
    assert first == pytest.approx(4.05, rel=0.03)  # figure H007
    assert second == pytest.approx(first, rel=0.01)


def test_the_first_rebound_of_a_mixed_fleet_is_published():
    load = rebound(0.10)
    assert load[:4].max() < 0.2
    assert load.max() == pytest.approx(3.64, rel=0.03)  # figure H008
    assert load.argmax() * STEP_H == pytest.approx(1.55, abs=0.05)


def test_more_mixed_fleets_rebound_less():
    load = rebound(0.20)
    assert load.max() == pytest.approx(2.93, rel=0.03)  # figure H009
    assert 1.4 < load.argmax() * STEP_H < 1.7
