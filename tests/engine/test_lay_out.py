"""The kernels see of each home what the town says of it."""

import numpy as np

import gridsim as gs
from gridsim.core.arrays import BLOCK, from_blocks
from gridsim.devices import heat_pump
from gridsim.engine import layout as at
from gridsim.engine import run as engine
from gridsim.engine.lanes import TANK_ROOM_C
from gridsim.engine.run import Extras
from gridsim.population.town import HEAT_PUMP
from gridsim.scenario import resolve


def test_tanks_with_a_heat_pump_have_its_efficiency_and_no_other_tank_has():
    case = resolve.resolve(gs.load("quickstart", ["population.homes=300"]))
    arm = engine.make_arm(case, case.arms[0], Extras(), {})
    tank = arm.citizens.town.hot_water
    found = 1.0 / from_blocks(arm.homes.param, at.TANK_PER_COP // BLOCK, 300)
    pumped = tank.kind == HEAT_PUMP
    assert 0 < pumped.sum() < 300
    wanted = [heat_pump.cop(TANK_ROOM_C, float(c)) for c in tank.set_c[pumped]]
    np.testing.assert_allclose(found[pumped], wanted, rtol=1e-14)
    assert np.all(found[~pumped] == 1.0)
