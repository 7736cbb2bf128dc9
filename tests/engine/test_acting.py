"""A step is the same for a home whatever stands in its block, and however many are taken at once.

What a block has none of is left out, and devices are carried through several steps one after the
other; neither may change a bit of what a home does.
"""

import dataclasses
import math

import numpy as np
import pytest

import gridsim as gs
from gridsim.core.arrays import BLOCK
from gridsim.engine import advance, days, plan
from gridsim.engine import layout as at
from gridsim.engine import run as engine
from gridsim.engine.blocks import Crew, new_bench
from gridsim.engine.cast import first_world
from gridsim.engine.homes import rules_of
from gridsim.engine.run import Extras
from gridsim.scenario import resolve

STEPS = 96
DEAR, CALLED, SUBSCRIBED = slice(68, 84), slice(72, 80), slice(88, 96)
SOME = (np.arange(BLOCK) % 3 > 0).astype(np.float64)
"""Members of the first of two groups."""
SETS = (
    "population.homes=256", "population.ev=0.4", "population.pv=0.4", "population.battery=0.3",
    "population.air_conditioning=0.4", "population.heat_pump=0.3", "period.start=2023-03-27",
    "period.end=2023-03-28",
)  # fmt: skip


@dataclasses.dataclass
class Play:
    """What one block is given, and how it stands."""

    homes: np.ndarray
    kinds: np.ndarray
    km_day: np.ndarray
    param: np.ndarray
    minds: np.ndarray
    weights: np.ndarray
    work: np.ndarray
    returns: np.ndarray
    state: np.ndarray
    meters: np.ndarray
    net: np.ndarray
    sums: np.ndarray


@pytest.fixture(scope="module")
def town():
    """Homes, their sky, and a day with a dear evening, a call and a subscribed power at night."""
    case = resolve.resolve(gs.load("quickstart", list(SETS)))
    stage = engine.make_stage(case, Extras(), Crew(1))
    return case, stage, engine.make_arm(case, case.arms[-1], Extras(), {})


def prices(sky_steps):
    found = np.zeros((2, sky_steps, at.PRICES))
    found[:, :, [at.Q_PUBLISHED, at.Q_USUAL, at.Q_ACTUAL, at.Q_FELT, at.Q_FELT_USUAL]] = 0.2
    found[:, :, [at.Q_SHRINK, at.Q_SHRINK_USUAL, at.Q_OFF_PEAK, at.Q_CALL_SHRINK]] = 1.0
    found[:, :, [at.Q_EV_LIMIT, at.Q_LOAD_LIMIT, at.Q_SUBSCRIBED, at.Q_FEED_LIMIT]] = math.inf
    found[1, DEAR, at.Q_PUBLISHED], found[1, DEAR, at.Q_SHRINK] = 0.6, 0.8
    found[1, DEAR, at.Q_URGE], found[1, DEAR, at.Q_LOG] = 1.1, 1.1
    found[:, 28:60, at.Q_OFF_PEAK] = 0.0
    found[1, CALLED, at.Q_SETBACK], found[1, CALLED, at.Q_LOAD_LIMIT] = 1.0, 4.0
    found[:, SUBSCRIBED, at.Q_SUBSCRIBED] = 3.0
    return found


def slots(steps):
    found = np.full((steps, 4), -1)
    found[DEAR, 1], found[CALLED, 3] = 0, 1
    return found


def start(town):
    """Return the town's only block on its first morning, with a day of people drawn at random."""
    _, stage, arm = town
    rng = np.random.default_rng(5)
    world, homes = first_world(arm, stage), arm.homes
    minds = plan.mind_rows(world.minds, arm.citizens.settings)[0]
    minds[: 2 * BLOCK] = rng.random(2 * BLOCK) < 0.6
    minds[at.MACHINE : at.MACHINE + BLOCK] = 1.0
    work = rng.random((STEPS, at.WORK, BLOCK), dtype=np.float32) * 2.0
    work[:, at.W_OTHER // BLOCK] = 0.0
    work[:, at.W_CAR_HOME // BLOCK] = 1.0
    work[:, [at.W_DRAW // BLOCK]] *= 4.0
    away = np.flatnonzero(homes.param[0][at.CAR : at.CAR + BLOCK] > 0)
    returns = np.zeros((BLOCK + 1, 4))
    returns[0, 0] = len(away)
    returns[1 : len(away) + 1, 0] = away
    returns[1 : len(away) + 1, 1] = rng.integers(30, 80, len(away))
    returns[1 : len(away) + 1, 2] = rng.random(len(away)) * 90.0
    return Play(
        homes.numbers[0].copy(), homes.kinds[0].copy(), homes.km_day[0].copy(),
        homes.param[0].copy(), minds, np.stack([SOME, 1.0 - SOME]), work.reshape(STEPS, -1),
        returns, world.state[0].copy(), world.meters[0].copy(),
        np.zeros((STEPS, BLOCK), np.float32), np.zeros((STEPS, 2, at.FLOWS)),
    )  # fmt: skip


def act(town, block, first=0, last=STEPS, followed=0):
    """Carry a block through some steps of the day."""
    case, stage, arm = town
    whole = days.days_between(case.horizon, 0, STEPS, 1)[0]
    day = whole._replace(first=first, last=last)
    bench = new_bench(STEPS, 200)._replace(work=block.work[first:], returns=block.returns)
    horizon = len(stage.outside.sky)
    rules = rules_of(arm.citizens.settings, arm.citizens.offer.links, 0.25, own=False)
    advance.act(
        bench, day, block.homes, BLOCK, followed, block.kinds, block.km_day, block.state,
        block.meters, np.zeros(0), block.param, block.minds, stage.outside.sky, prices(horizon),
        slots(horizon), stage.outside.masks, stage.outside.hours, block.weights,
        block.sums[first:], block.net[first:], rules, 0, first,
    )  # fmt: skip
    return block


def rows(flat):
    return flat.reshape(*flat.shape[:-1], -1, BLOCK)


def chosen(block, lanes):
    """Return a block of some of a block's homes only, over and over."""
    again = np.resize(lanes, BLOCK)

    def some(flat):
        return np.ascontiguousarray(rows(flat)[..., again]).reshape(flat.shape)

    returns = np.zeros_like(block.returns)
    count = 0
    for line in block.returns[1 : int(block.returns[0, 0]) + 1]:
        for lane in np.flatnonzero(again == line[0]):
            count += 1
            returns[count] = lane, *line[1:]
    returns[0, 0] = count
    return dataclasses.replace(
        block, homes=block.homes[again], kinds=block.kinds[again], km_day=block.km_day[again],
        param=some(block.param), minds=some(block.minds), weights=np.eye(2, 1) * np.ones(BLOCK),
        work=some(block.work), returns=returns, state=some(block.state), meters=some(block.meters),
        net=block.net.copy(), sums=block.sums.copy(),
    )  # fmt: skip


def owners(block, *fields):
    """Return which homes have none of what stands in some fields."""
    return np.flatnonzero(~np.any([rows(block.param)[f // BLOCK] > 0 for f in fields], axis=0))


LACKING = {
    "no car": (at.CAR,),
    "no tank": (at.ELEMENT_KW,),
    "no cooling": (at.COOL_KW,),
    "no second heater": (at.SECOND_KW,),
    "nothing that gives": (at.KWP, at.BATTERY_KWH),
    "nothing at all": (at.CAR, at.ELEMENT_KW, at.COOL_KW, at.SECOND_KW, at.KWP, at.BATTERY_KWH),
    "no heat pump": (at.BACKUP_KW,),
}


@pytest.mark.parametrize("fields", LACKING.values(), ids=LACKING.keys())
def test_homes_that_lack_something_do_the_same_among_their_like(town, fields):
    mixed = start(town)
    lanes = owners(mixed, *fields)
    assert 0 < len(lanes) < BLOCK
    alike = chosen(mixed, lanes)
    act(town, mixed)
    act(town, alike)
    for name in ("state", "meters", "net"):
        of_mixed, of_alike = rows(getattr(mixed, name)), rows(getattr(alike, name))
        np.testing.assert_array_equal(of_mixed[..., lanes], of_alike[..., : len(lanes)])


@pytest.mark.parametrize("cut", [1, 33, 70, 77, 95])
def test_a_day_in_two_stretches_is_the_day(town, cut):
    whole, halves = act(town, start(town)), start(town)
    act(town, halves, 0, cut)
    act(town, halves, cut, STEPS)
    for name in ("state", "meters", "net", "sums"):
        np.testing.assert_array_equal(getattr(whole, name), getattr(halves, name))


def test_followed_homes_do_the_same_as_others(town):
    plain, followed = act(town, start(town)), act(town, start(town), followed=3)
    followed.state[at.WATCHED : at.WATCHED + BLOCK] = 0.0
    for name in ("state", "meters", "net", "sums"):
        np.testing.assert_array_equal(getattr(plain, name), getattr(followed, name))


def test_the_day_of_these_tests_has_everything_in_it(town):
    block = act(town, start(town))
    met = rows(block.meters)
    for meter in (
        at.M_OVERRIDES, at.M_COOLING, at.M_HEATING, at.M_HOT_WATER, at.M_EV, at.M_PV, at.M_EXPORT,
        at.M_BATTERY_IN, at.M_DISCOMFORT,
    ):  # fmt: skip
        assert met[meter // BLOCK].sum() > 0.0, meter
    assert rows(block.state)[at.OWED_KWH // BLOCK].max() > 0.0


def test_sums_are_those_of_the_homes_net_loads(town):
    block = act(town, start(town))
    alone = act(town, chosen(start(town), np.arange(BLOCK)))
    net = block.sums[:, :, at.F_NET // BLOCK]
    wanted = block.net.astype(np.float64) @ block.weights.T
    np.testing.assert_allclose(net, wanted, rtol=1e-5)
    uses = block.sums[:, :, : at.USES].sum(axis=2)
    given = block.sums[:, :, at.F_PV // BLOCK] - block.sums[:, :, at.F_BATTERY // BLOCK]
    np.testing.assert_allclose(net, uses - given, atol=1e-9)
    np.testing.assert_allclose(alone.sums[:, 0], block.sums.sum(axis=1), rtol=1e-12)
    assert not alone.sums[:, 1].any()
