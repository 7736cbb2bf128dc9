"""The board: an appeal is words for people, an order is for machines, and neither is the other."""

import numpy as np
import pytest

import gridsim as gs
from gridsim.citizens import curtail
from gridsim.citizens.parameters import parameters
from gridsim.engine import layout as at
from gridsim.engine.board import ARM, CALL, ORDER, REFERENCE, Board
from gridsim.engine.people import ALL, Links
from gridsim.programmes.calls import Call, Control
from gridsim.scenario import resolve

CASE = resolve.resolve(gs.load("quickstart", ["period.end=2023-01-04", "period.step_minutes=60"]))
ORDERED = (at.Q_SETBACK, at.Q_EV_LIMIT, at.Q_TANK_BLOCK)
WORDS = (at.Q_CALL, at.Q_CALL_SHRINK)
EVENING = slice(18, 20)


def board(links: Links = ALL) -> Board:
    contracts = (CASE.arms[0].contract, CASE.arms[1].contract)
    return Board(CASE.horizon, contracts, parameters(), links)


def call(control: Control | None = None, first: int = 18, last: int = 20) -> Call:
    return Call(CASE.clock.start_s - 3_600, first, last, "help", "text", control)


def told(control: Control | None, links: Links = ALL) -> Board:
    """Return a board on which one call has been made."""
    made = board(links)
    made.call(CASE.clock.start_s, call(control))
    return made


def changed(made: Board) -> np.ndarray:
    """Return which numbers differ from a board without calls, shape (2, t, PRICES)."""
    return made.prices != board(made.links).prices


def test_an_appeal_writes_words_in_its_steps_and_nothing_else():
    found = told(None)
    where = changed(found)
    assert sorted(set(np.nonzero(where)[2])) == sorted(WORDS)
    assert sorted(set(np.nonzero(where)[1])) == [18, 19]
    assert set(np.nonzero(where)[0]) == {ARM}
    words = parameters().call.words
    assert np.all(found.prices[ARM, EVENING, at.Q_CALL] == words)
    shrink = float(curtail.shrink(np.array([words]), parameters().curtail.elasticity)[0])
    assert np.all(found.prices[ARM, EVENING, at.Q_CALL_SHRINK] == shrink)
    assert shrink < 1.0


def test_an_order_tells_machines_and_says_no_word():
    found = told(Control(setback_k=2.0, ev_pause=True, tank_block=True))
    where = changed(found)
    assert sorted(set(np.nonzero(where)[2])) == sorted(ORDERED)
    assert sorted(set(np.nonzero(where)[1])) == [18, 19]
    assert set(np.nonzero(where)[0]) == {ARM}
    assert found.prices[ARM, 18, list(ORDERED)].tolist() == [2.0, 0.0, 1.0]


@pytest.mark.parametrize(
    ("control", "column"),
    [(Control(1.5), at.Q_SETBACK), (Control(ev_pause=True), at.Q_EV_LIMIT),
     (Control(tank_block=True), at.Q_TANK_BLOCK), (Control(ev_limit_kw=2.0), at.Q_EV_LIMIT),
     (Control(load_limit_kw=3.0), at.Q_LOAD_LIMIT)],
)  # fmt: skip
def test_an_order_moves_only_the_machine_it_names(control, column):
    assert set(np.nonzero(changed(told(control)))[2]) == {column}


def test_a_call_is_news_of_its_kind_with_its_channel_and_its_label():
    for control, kind in ((None, CALL), (Control(1.0), ORDER)):
        (news,) = told(control).news
        assert (news.tariff, news.channel, news.notice.label) == (kind, "text", "help")
        assert (news.notice.first, news.notice.last) == (18, 20)


def test_no_call_has_the_number_of_a_price():
    made = board()
    for notice in CASE.arms[1].contract.tariff.notices(CASE.horizon):
        for tariff in (REFERENCE, ARM):
            made.publish(CASE.clock.start_s, notice, tariff)
    for first in range(24):
        made.call(CASE.clock.start_s, call(first=first, last=first + 1))
    numbers = [news.number for news in made.news]
    assert len(made.news) > 30
    assert len(set(numbers)) == len(numbers)


def test_without_machines_an_order_is_heard_by_nobody():
    assert not changed(told(Control(2.0, True, True), Links(machine=False))).any()


def test_without_curtailment_an_appeal_moves_times_but_shrinks_nothing():
    found = told(None, Links(curtailment=False))
    assert set(np.nonzero(changed(found))[2]) == {at.Q_CALL}


def test_a_call_that_runs_past_the_end_counts_up_to_it():
    made, end = board(), CASE.horizon.steps
    made.call(CASE.clock.start_s, call(Control(2.0), first=end - 2, last=end + 3))
    assert np.flatnonzero(made.prices[ARM, :, at.Q_SETBACK]).tolist() == [end - 2, end - 1]


def test_the_past_cannot_be_repriced():
    made = board()
    made.call(CASE.clock.start_s, call())
    notice = made.news[0].notice
    with pytest.raises(ValueError, match="has begun"):
        made.set_price(CASE.clock.start_s + 19 * 3_600, notice, np.array([1.0, 1.0]))
    made.set_price(CASE.clock.start_s, notice, np.array([1.0, 2.0]))
    assert made.prices[ARM, EVENING, at.Q_PUBLISHED].tolist() == [1.0, 2.0]
