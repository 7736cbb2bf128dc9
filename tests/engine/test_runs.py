"""Runs promise their energy to the steps they overlap, and prices as homes believe them."""

import numpy as np
import pytest

from gridsim.core.arrays import BLOCK
from gridsim.engine import diary, runs
from gridsim.engine import layout as at
from gridsim.engine.days import Day

STEPS, START_S, LANE = 30, 1_700_000_000, 7


def stretch(first=0, last=STEPS):
    """Return a stretch of quarter hours."""
    return Day(1, 19_000, 0, 0, 0, START_S, 10**9, 0, first, last, START_S, 900, 0)


@pytest.mark.parametrize(
    ("from_s", "until_s"),
    [(0, 900), (450, 1350), (100.5, 200.25), (-5000, 400), (26_000, 40_000), (900, 4500)],
)
@pytest.mark.parametrize("first", [0, 3])
def test_a_run_is_spread_over_the_steps_it_overlaps(from_s, until_s, first):
    work = np.zeros((STEPS + 1, 4), dtype=np.float32)
    runs.spread(work, 2, START_S + from_s, START_S + until_s, 2.0, stretch(first))
    begins = 900.0 * np.arange(first, STEPS)
    shared_s = np.minimum(until_s, begins + 900.0) - np.maximum(from_s, begins)
    wanted = 2.0 * np.maximum(shared_s, 0.0) / 900.0
    assert work[: STEPS - first, 2] == pytest.approx(wanted, abs=1e-6)
    assert not work[:, [0, 1, 3]].any()


def known(seed=3):
    """Return prices, notices, minds and views of them, all of them made up."""
    draw = np.random.default_rng(seed)
    prices = draw.uniform(-0.1, 0.4, (2, STEPS, at.PRICES))
    prices[1, :, at.Q_CALL] = np.where(np.arange(STEPS) > 20, 0.7, 0.0)
    slots = np.full((STEPS, 4), -1)
    slots[5:15, 1], slots[10:20, 0], slots[18:28, 2] = 3, 4, 5
    minds = (draw.random(at.MINDS * BLOCK) < 0.5).astype(np.float64)
    views = np.zeros(runs._VIEWS * STEPS)
    runs.lay_out(views, STEPS, 0, prices, slots, np.zeros((STEPS, at.SKY)))
    return prices, slots, minds, views


@pytest.mark.parametrize("tariff", [0, 1])
@pytest.mark.parametrize("lane", range(8))
def test_homes_weigh_the_prices_that_they_believe(tariff, lane):
    prices, slots, minds, views = known()
    seen = np.zeros(12)
    runs.felt(seen, views, STEPS, 0.0, 1 / 900, 12, tariff, minds, lane)
    middles = 2 * np.arange(12) + 1
    wanted = [
        diary.believed(prices, minds, slots, lane, tariff, int(step), 0.0)[0] for step in middles
    ]
    assert seen == pytest.approx(wanted, rel=1e-12)


def test_a_home_attends_where_it_acts_on_a_notice_or_a_call_of_the_steps():
    _, _, minds, views = known()
    minds[:] = 0.0
    minds[3 * BLOCK + LANE] = minds[5 * BLOCK + LANE] = 1.0
    attends = [runs.attends(views, STEPS, k, k + 1, 1, minds, LANE) for k in range(STEPS)]
    assert attends == [5 <= k < 15 or 20 < k < 28 for k in range(STEPS)]
    assert not runs.attends(views, STEPS, 0, STEPS, 1, minds, LANE + 1)


def test_only_runs_that_are_wished_or_go_on_are_due():
    day, queue = stretch(4, 12), np.zeros(3 * BLOCK)
    begin, end = START_S + 4 * 900.0, START_S + 12 * 900.0
    wishes, owned = np.full((BLOCK, 3), -1.0), np.zeros((BLOCK, 3, 3))
    owned[:, :, :2] = 1.0
    state = np.zeros(at.STATES * BLOCK)
    wishes[10, 0], wishes[10, 1], wishes[11, 2] = 4 * 900.0, 12 * 900.0, 5000.0
    owned[11, 2, 0] = 0.0  # wished for by habit, but not owned
    state[at.RUN_FROM + 2 * BLOCK + 12] = begin - 3600.0  # over when the stretch begins
    state[at.RUN_FROM + 3 * BLOCK + 13] = begin - 3599.0
    found = runs.due(queue, day, begin, end, 200, wishes, owned, state)
    assert queue[:found].tolist() == [4 * 10, 4 * 13 + 1]
