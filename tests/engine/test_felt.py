"""What charges for power are felt to cost: in the hours in which the peak may fall, never paid."""

import numpy as np
import pytest

import gridsim as gs
from gridsim.citizens.parameters import parameters
from gridsim.engine import felt
from gridsim.engine import layout as at
from gridsim.engine import run as running
from gridsim.engine.board import ARM, REFERENCE, Board
from gridsim.engine.review import Readings, expected_saving, review
from gridsim.engine.world import first_world
from gridsim.scenario import resolve
from gridsim.signals.contract import Contract
from gridsim.signals.notice import Notice
from gridsim.signals.parts import Blocks, Demand, Fixed, Parts, Per, Subscribed, Taxes, Window
from gridsim.signals.tariff import DayType, Flat, daily

CASE = resolve.resolve(
    gs.load("quickstart", ["period.start=2023-01-02", "period.end=2023-01-16",
                           "period.step_minutes=60", "population.homes=60"])
)  # fmt: skip
HORIZON = CASE.horizon
EVENING = Window(((16.0, 20.0),), (DayType.WEEKDAY,))
MONTH_DAYS = 365.2425 / 12.0


def contract(*demand: Demand, price: float = 0.2, **parts: object) -> Contract:
    return Contract(Flat(price), parts=Parts(demand=demand, **parts))  # type: ignore[arg-type]


def by_step(*demand: Demand, **parts: object) -> np.ndarray:
    return felt.by_step(contract(*demand, **parts), HORIZON)


def test_a_charge_is_spread_over_the_hours_of_a_month_in_its_window():
    found = by_step(Demand("peak", 9.0, window=EVENING))
    assert found[17] == pytest.approx(9.0 / (4.0 * MONTH_DAYS * 5 / 7))
    assert np.flatnonzero(found[:24]).tolist() == [16, 17, 18, 19]
    assert not found[5 * 24 : 7 * 24].any()  # the weekend


def test_over_a_whole_mean_month_of_its_window_the_felt_price_adds_up_to_the_charge():
    found = by_step(Demand("peak", 9.0, window=EVENING))[: 14 * 24]
    assert found.sum() / 14.0 * MONTH_DAYS == pytest.approx(9.0)


def test_where_any_hour_counts_the_peak_is_looked_for_while_people_are_up():
    found = by_step(Demand("peak", 5.1))
    assert np.flatnonzero(found[:24]).tolist() == list(range(6, 23))
    assert found[6] == pytest.approx(5.1 / (17.0 * MONTH_DAYS))


def test_a_window_of_the_night_is_felt_at_night():
    found = by_step(Demand("night", 5.0, window=Window(((23.0, 6.0),))))
    assert np.flatnonzero(found[:24]).tolist() == [0, 1, 2, 3, 4, 5, 23]


@pytest.mark.parametrize(
    "other",
    [Demand("peak", 9.0, minutes=60), Demand("peak", 9.0, highest=3, one_a_day=True),
     Demand("peak", 9.0, over=Per.YEAR), Demand("peak", 108.0, Per.YEAR),
     Demand("peak", 9.0, rolling=12)],
)  # fmt: skip
def test_how_the_peak_is_measured_does_not_change_what_is_felt(other):
    assert np.allclose(by_step(other), by_step(Demand("peak", 9.0)))


def test_taxes_are_felt_too_unless_they_are_within_the_price():
    plain = by_step(Demand("peak", 9.0))
    assert np.allclose(by_step(Demand("peak", 9.0), taxes=Taxes(vat=0.21)), 1.21 * plain)
    within = by_step(Demand("peak", 9.0), taxes=Taxes(vat=0.21, included=True))
    assert np.array_equal(within, plain)


def test_steps_are_felt_as_the_slope_between_their_middles():
    steps = ((2.0, 100.0), (5.0, 200.0), (10.0, 400.0), (15.0, 600.0))
    per_kw = (400.0 - 200.0) / (7.5 - 3.5)
    found = by_step(Demand("step", steps=steps))
    assert found[12] == pytest.approx(per_kw / (17.0 * MONTH_DAYS))
    assert not by_step(Demand("step", steps=((2.0, 100.0),))).any()


def test_a_charge_is_felt_from_the_day_it_holds():
    later = contract(Demand("peak", 9.0))
    switched = Contract(Flat(0.2), later=((int(HORIZON.local_day[48]), later),))
    found = felt.by_step(switched, HORIZON)
    assert not found[:48].any()
    assert found[48 + 12] > 0.0


def board(new: Contract, old: Contract = CASE.arms[0].contract) -> Board:
    return Board(HORIZON, (old, new), parameters())


def test_the_board_shows_the_felt_price_and_bills_the_other():
    made = board(contract(Demand("peak", 9.0, window=EVENING)))
    rows, added = made.prices[ARM], made.beside.added[ARM]
    assert np.all(rows[:, at.Q_ACTUAL] == 0.2)
    assert np.array_equal(rows[:, at.Q_USUAL], 0.2 + added)
    assert np.array_equal(rows[:, at.Q_PUBLISHED], rows[:, at.Q_USUAL])
    assert rows[17, at.Q_URGE_USUAL] > 0.0 > rows[12, at.Q_URGE_USUAL]


def test_a_notice_that_changes_no_price_says_nothing_new_under_a_charge_for_power():
    made = board(Contract(daily((0.0, 7.0), (0.1, 0.3)), parts=Parts(demand=(Demand("p", 7.3),))))
    made.publish(CASE.clock.start_s, Notice(CASE.clock.start_s, 24, 48, "tomorrow"))
    rows = made.prices[ARM]
    assert np.array_equal(rows[:, at.Q_PUBLISHED], rows[:, at.Q_USUAL])


def told(adder: float) -> Board:
    made = board(contract(Demand("peak", 9.0)))
    made.feel(CASE.clock.start_s, Notice(CASE.clock.start_s, 40, 44, "rebate"), adder)
    return made


def test_a_rebate_is_felt_once_it_is_told_in_its_hours_and_paid_in_none():
    made = told(0.5)
    more = made.prices[ARM, :, at.Q_PUBLISHED] - made.prices[ARM, :, at.Q_USUAL]
    assert np.flatnonzero(more).tolist() == [40, 41, 42, 43]
    assert more[40] == pytest.approx(0.5)
    assert np.all(made.prices[ARM, :, at.Q_ACTUAL] == 0.2)
    words = made.settings.call.words
    rows = made.prices[ARM, 40]
    assert rows[at.Q_URGE] == pytest.approx(rows[at.Q_LOG] + words)
    assert [news.notice.label for news in made.news] == ["rebate"]
    before = board(contract(Demand("peak", 9.0))).prices[REFERENCE]
    assert np.array_equal(made.prices[REFERENCE], before)


def test_a_rebate_does_not_tell_a_price_that_is_not_out_yet():
    contracts = CASE.arms[1].contract
    made = board(contracts)
    dearer = made.prices[ARM, :, at.Q_ACTUAL] != made.prices[ARM, :, at.Q_USUAL]
    first = int(np.flatnonzero(dearer)[0])
    notice = Notice(CASE.clock.start_s, first, first + 1, "rebate")
    made.feel(CASE.clock.start_s, notice, 0.5)
    usual, actual = (made.prices[ARM, first, name] for name in (at.Q_USUAL, at.Q_ACTUAL))
    assert made.prices[ARM, first, at.Q_PUBLISHED] == usual + 0.5
    made.publish(CASE.clock.start_s, notice)
    assert made.prices[ARM, first, at.Q_PUBLISHED] == actual + 0.5
    assert len({news.number for news in made.news}) == 2


def test_a_year_under_a_charge_for_power_counts_a_typical_peak():
    kwh = np.array([3500.0, 14_000.0])
    assert felt.peak_kw(kwh) == pytest.approx([4.0, 8.0])
    plain = Contract(Flat(0.2), 100.0, parts=Parts(
        Taxes(vat=0.2, standing_vat=0.1), demand=(Demand("peak", 36.0, Per.YEAR),),
        fixed=(Fixed("meter", 2.0),), subscribed=Subscribed(6.0, 10.0),
    ))  # fmt: skip
    expected = (100.0 + 24.0) * 1.1 + (60.0 + 36.0 * np.array([4.0, 8.0])) * 1.2
    assert felt.yearly(plain, kwh) == pytest.approx(expected)


def test_a_year_of_even_use_goes_through_the_blocks_of_each_period():
    parts = Parts(blocks=(Blocks((100.0,), (0.0, 0.1)),))
    found = felt.yearly(Contract(Flat(0.2), parts=parts), np.array([1200.0, 2400.0]))
    assert found == pytest.approx([0.0, 12 * 100.0 * 0.1])


def citizens():
    return running.make_arm(CASE, CASE.arms[1], running.Extras(), {}).citizens


def test_what_a_charge_for_power_costs_lowers_the_saving_that_is_expected():
    people = citizens()
    free = expected_saving(people, board(contract()), 5.0)
    charged = expected_saving(people, board(contract(Demand("p", 0.0, minimum_kw=2.0))), 5.0)
    assert np.array_equal(free, charged)
    # an even charge over the waking day moves little, so that its cost is what is left
    dear = expected_saving(people, board(contract(Demand("peak", 2.0))), 5.0)
    assert np.all(dear < free)


def test_people_answer_to_what_blocks_cost_on_average():
    people = citizens()
    made = board(contract(price=0.2), contract(price=0.2))
    homes = len(people.town)
    minds = first_world(people.town, 1, CASE.clock.start_s, masks=0).minds
    blocks = np.zeros((2, homes))
    blocks[1, : homes // 2] = 0.05
    later_s, none = CASE.clock.start_s + 7 * 86_400, np.zeros(homes)
    after = review(minds, people, made, later_s, 5.0, Readings(none, blocks))
    assert np.all(after.level[: homes // 2] > 0.0)
    assert not after.level[homes // 2 :].any()
    both = review(minds, people, made, later_s, 5.0, Readings(none, np.full((2, homes), 0.05)))
    assert not both.level.any()
