"""A price in the loop: set every few minutes from the load, read by machines, told to nobody."""

import dataclasses

import numpy as np
import pytest

import gridsim as gs
from gridsim.citizens.parameters import parameters
from gridsim.core.arrays import BLOCK
from gridsim.engine import arm as arms
from gridsim.engine import layout as at
from gridsim.engine import making
from gridsim.engine.blocks import Crew
from gridsim.engine.board import ARM, Board
from gridsim.scenario import resolve
from gridsim.signals.notice import Notice

HOMES = 24
CASE = resolve.resolve(
    gs.load("quickstart", [f"population.homes={HOMES}", "period.end=2023-01-03", "output.follow=0"])
)
PER_KW = 0.002
"""What a kilowatt of the town adds to the price of the next step. [currency/kWh per kW]"""


def market(env, board):
    """Set the price of each step by the load of the step before, as it begins."""
    clock, usual = board.horizon, board.prices[ARM, :, at.Q_USUAL].copy()
    step = 0
    while True:
        yield env.timeout(clock.step_s)
        step += 1
        price = usual[step] + PER_KW * board.load_kw[step - 1]
        notice = Notice(int(env.now), step, step + 1, "market")
        board.set_price(int(env.now), notice, np.array([price]), heard=False)


def board():
    contracts = (CASE.arms[0].contract, CASE.arms[1].contract)
    return Board(CASE.horizon, contracts, parameters())


def repriced(*, heard, first=10, last=14, at_step=5):
    """Return a board of which some steps were repriced while it ran, and its second of that."""
    made = board()
    now_s = CASE.clock.start_s + at_step * CASE.clock.step_s
    notice = Notice(now_s, first, last, "dear")
    made.set_price(now_s, notice, np.linspace(0.3, 0.6, last - first), heard=heard)
    return made


@pytest.fixture(scope="module")
def played():
    """Return the second arm, played with a market in the loop."""
    stage = dataclasses.replace(making.make_stage(CASE, making.Extras(), Crew(1)), agents=(market,))
    return arms.play(making.make_arm(CASE, CASE.arms[1], making.Extras(), {}), stage)


def test_a_price_that_nobody_is_told_of_stands_for_machines_as_if_it_were_told():
    told, untold = repriced(heard=True), repriced(heard=False)
    assert np.array_equal(told.prices, untold.prices)
    assert told.prices[ARM, 10:14, at.Q_ACTUAL] == pytest.approx([0.3, 0.4, 0.5, 0.6])


def test_it_takes_up_no_notice_and_no_line_of_the_log():
    made = repriced(heard=False)
    assert made.news == []
    assert made.log == []


def test_the_past_is_not_repriced():
    with pytest.raises(ValueError, match="has begun"):
        repriced(heard=False, first=4, last=6)


def test_a_window_brought_up_to_date_is_the_window_asked_for_anew():
    made = board()
    window = made.window(2, 90)
    for step in (5, 20, 60):
        now_s = CASE.clock.start_s + step * CASE.clock.step_s
        notice = Notice(now_s, step, step + 3, "dear")
        made.set_price(now_s, notice, np.array([0.5, 0.1, 0.4]), heard=False)
        window = made.window(2, 90, window)
        assert np.array_equal(window, made.prices[:, 2:90])


def test_each_price_follows_from_the_load_of_the_step_before(played):
    steps = CASE.clock.steps
    usual = board().prices[ARM, :steps, at.Q_USUAL]
    net_kw = played.recorder.kw[:, : played.recorder.parts, at.F_NET // BLOCK].sum(axis=1)
    paid = played.board.prices[ARM, 1:steps, at.Q_ACTUAL]
    assert paid == pytest.approx(usual[1:] + PER_KW * net_kw[:-1], rel=1e-12)


def test_more_prices_than_notices_fit_and_bills_go_by_them(played):
    steps, dt_h = CASE.clock.steps, CASE.clock.dt_h
    assert steps > 8 * at.NOTICES > played.after.minds.told
    kw = played.recorder.kw[:, : played.recorder.parts].sum(axis=1)
    rows = played.board.prices[ARM, :steps]
    paid = kw[:, at.F_IMPORT // BLOCK] * rows[:, at.Q_ACTUAL] * dt_h
    earned = kw[:, at.F_EXPORT // BLOCK] * rows[:, at.Q_EXPORT] * dt_h
    costs = played.after.meters[0, at.M_COST : at.M_COST + HOMES]
    assert costs.sum() == pytest.approx((paid - earned).sum(), rel=1e-9)
