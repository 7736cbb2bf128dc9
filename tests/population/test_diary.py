"""The diary: what a home does in a day is physical, continuous, and depends on names alone."""

from functools import cache
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gridsim.core.chance import four, question
from gridsim.core.clock import DAY_S
from gridsim.core.kernel import kernel
from gridsim.devices import appliance
from gridsim.population import diary, people, sheet, small_uses
from gridsim.population import habits as columns
from gridsim.population.habits import DINNER_S, WATER, customs, habits
from gridsim.population.recipe import Recipe
from gridsim.population.settle import settle

MONDAY = 15_712  # 7 January 2013
FAMILY = np.array([0, 1, 4, 4, -1, -1])
CHANNEL, START, END, LEVEL = range(4)


@cache
def french_row():
    """Return the habits of a French home."""
    return habits(settle(Recipe("france"), 1, 1))[0]


def some_habits(**changed):
    """Return the habits of a French home, with some numbers changed."""
    row = french_row().copy()
    row[WATER] = 1.0
    for name, value in changed.items():
        row[getattr(columns, name)] = value
    return row


@cache
def page():
    """Return a sheet to write on, over and over."""
    return sheet.new_sheet()


def written(homes, day, *, weekend=0, kinds=FAMILY, row=None, seed=1):
    """Write a day of homes; return how much of the sheet is written, and the wishes."""
    row = some_habits() if row is None else row
    date = people.date_of(seed, day, weekend)
    n = len(homes)
    wishes = np.empty((n, 3))
    kinds, rows = np.tile(kinds, (n, 1)), np.tile(row, (n, 1))
    done = diary.write_day(page(), wishes, date, np.array(homes), n, kinds, rows)
    return done, wishes


def day_of(home, day, **who):
    """Return the rows of a day."""
    return sheet.rows_of(page(), 0, written([home], day, **who)[0])


def wishes_of(home, day, row, *, weekend=0):
    """Return when the washing machine, the dishwasher and the dryer are wished on a day."""
    return written([home], day, weekend=weekend, row=row)[1][0]


def at(rows, channel, second):
    """Return the level of a channel at a second."""
    here = (rows[:, CHANNEL] == channel) & (rows[:, START] <= second) & (second < rows[:, END])
    return rows[here, LEVEL].sum()


@given(
    seed=st.integers(0, 2**63 - 1),
    home=st.integers(0, 10**6),
    day=st.integers(11_000, 30_000),
    weekend=st.integers(0, 1),
    kinds=st.lists(st.integers(0, 4), min_size=1, max_size=6),
)
@settings(max_examples=200, deadline=None)
def test_rows_lie_inside_the_day(seed, home, day, weekend, kinds):
    who = np.array(kinds + [-1] * (6 - len(kinds)))
    rows = day_of(home, day, weekend=weekend, kinds=who, seed=seed)
    assert (rows[:, START] >= 0).all()
    assert (rows[:, END] <= DAY_S).all()
    assert (rows[:, END] > rows[:, START]).all()
    assert (rows[:, LEVEL] > 0).all()


@given(
    home=st.integers(0, 10**6),
    day=st.integers(11_000, 30_000),
    weekend=st.integers(0, 1),
    second=st.floats(0, DAY_S, exclude_max=True),
    kinds=st.lists(st.integers(0, 4), min_size=1, max_size=6),
)
@settings(max_examples=300, deadline=None)
def test_nobody_is_awake_who_is_not_there(home, day, weekend, second, kinds):
    who = np.array(kinds + [-1] * (6 - len(kinds)))
    rows = day_of(home, day, weekend=weekend, kinds=who)
    present = at(rows, diary.PRESENT, second)
    assert 0 <= at(rows, diary.AWAKE, second) <= present <= len(kinds)


@pytest.mark.parametrize("channel", [diary.PRESENT, diary.AWAKE])
def test_nobody_comes_or_goes_at_midnight(channel):
    """A public holiday before or after changes nothing: weekend flags are drawn at random."""
    flags = np.random.default_rng(0).integers(0, 2, 60)
    row = some_habits()
    for home in range(30):
        days = [day_of(home, MONDAY + k, weekend=flags[k], row=row) for k in range(60)]
        for k in range(59):
            last = at(days[k], channel, DAY_S - 1e-3)
            assert at(days[k + 1], channel, 0.0) == last


def test_screens_stay_on_across_midnight():
    """The season turns by less than a thousandth from one day to the next."""
    row = some_habits()
    on = 0
    for home in range(60):
        days = [day_of(home, MONDAY + k, row=row) for k in range(30)]
        for today, tomorrow in pairwise(days):
            last = at(today, diary.SCREENS, DAY_S - 1e-3)
            assert at(tomorrow, diary.SCREENS, 0.0) == pytest.approx(last, rel=2e-3)
            on += last > 0
    assert on > 100


def test_small_uses_do_not_drop_at_midnight():
    """Mean power in the ten minutes before and after, over 8,000 home-days, within noise."""
    row = some_habits(SMALL_STARTS=60.0)
    before, after = 0.0, 0.0
    for day in range(MONDAY, MONDAY + 250):
        done, _ = written(range(sheet.LANES), day, row=row)
        for channel, begin, count in sheet.places(done):
            if channel == diary.SMALL:
                start_s, end_s, level = (
                    page().numbers[field + begin : field + begin + count]
                    for field in (sheet.USE_START, sheet.USE_END, sheet.USE_LEVEL)
                )
                late_s = end_s - np.maximum(start_s, DAY_S - 600.0)
                before += level @ np.maximum(late_s, 0.0)
                after += level @ np.maximum(np.minimum(end_s, 600.0) - start_s, 0.0)
    assert after == pytest.approx(before, rel=0.3)


def test_a_late_use_runs_on_after_midnight():
    row = some_habits(SMALL_STARTS=400.0)
    carried = 0
    for home in range(40):
        for day in range(MONDAY, MONDAY + 20):
            today = day_of(home, day, row=row)
            cut = today[(today[:, CHANNEL] == diary.SMALL) & (today[:, END] == DAY_S)]
            tomorrow = day_of(home, day + 1, row=row)
            begun = tomorrow[(tomorrow[:, CHANNEL] == diary.SMALL) & (tomorrow[:, START] == 0.0)]
            assert sorted(cut[:, LEVEL]) == sorted(begun[:, LEVEL])
            carried += len(cut)
    assert carried > 20


@given(home=st.integers(0, 10**6), day=st.integers(11_000, 30_000))
@settings(max_examples=50, deadline=None)
def test_energy_does_not_depend_on_the_step(home, day):
    rows = day_of(home, day)
    for channel in range(diary.CHANNELS):
        mine = rows[rows[:, CHANNEL] == channel]
        exact = (mine[:, LEVEL] * (mine[:, END] - mine[:, START])).sum()
        for step_s in (60.0, 900.0, 3600.0):
            power = np.zeros(int(DAY_S / step_s))
            spread(rows, channel, power, step_s)
            assert power.sum() * step_s == pytest.approx(exact, rel=1e-9, abs=1e-6)


def test_the_power_of_an_appliance_is_physical():
    for home in range(200):
        rows = day_of(home, MONDAY, row=some_habits())
        for channel, most in ((diary.SMALL, 2.2), (diary.COOKING, 2.0), (diary.DRAW, 480.0)):
            assert rows[rows[:, CHANNEL] == channel, LEVEL].max(initial=0.0) <= most


def test_small_uses_start_while_somebody_is_awake():
    for home in range(100):
        rows = day_of(home, MONDAY)
        small = rows[(rows[:, CHANNEL] == diary.SMALL) & (rows[:, START] > 0.0)]
        assert all(at(rows, diary.AWAKE, start) > 0 for start in small[:, START])


def test_an_empty_home_uses_nothing():
    days = np.arange(MONDAY, MONDAY + 364)
    home = 5
    empty = [day for day in days if people.inhabited(people.date_of(1, day, 0), home) == (0.0, 0.0)]
    assert empty
    for day in empty:
        assert len(day_of(home, day)) == 0
        assert (wishes_of(home, day, some_habits()) == -1).all()


def test_a_day_is_the_same_whatever_was_asked_before():
    row = some_habits()
    alone = day_of(17, MONDAY + 3, row=row)
    for home in range(20):
        for day in range(MONDAY, MONDAY + 5):
            day_of(home, day, row=row)
    np.testing.assert_array_equal(day_of(17, MONDAY + 3, row=row), alone)


def test_more_persons_leave_the_first_ones_as_they_were():
    one = day_of(3, MONDAY, kinds=np.array([0, -1, -1, -1, -1, -1]))
    two = day_of(3, MONDAY, kinds=np.array([0, 3, -1, -1, -1, -1]))
    present = one[one[:, CHANNEL] == diary.PRESENT]
    assert {tuple(row) for row in present} <= {tuple(row) for row in two}


def test_a_person_draws_about_forty_five_litres_a_day():
    """45 litres at 40 C are 535 kWh a year, 800 with a tank's loss of 1-2 kWh a day (E024)."""
    litres = 0.0
    pair = np.array([0, 2, -1, -1, -1, -1])
    for home in range(100):
        for day in range(MONDAY, MONDAY + 28):
            rows = day_of(home, day, kinds=pair, weekend=int((day + 3) % 7 >= 5))
            draw = rows[rows[:, CHANNEL] == diary.DRAW]
            litres += (draw[:, LEVEL] * (draw[:, END] - draw[:, START])).sum() / 3600
    assert 40 < litres / (2 * 28 * 100) < 50


def test_appliances_run_as_often_as_wanted():
    row = some_habits(WASH_WEEK=3.0, DISH_WEEK=4.0, DRYER_WEEK=1.5, WASH_H=1.8)
    runs = np.zeros(3)
    for home in range(100):
        for day in range(MONDAY, MONDAY + 364):
            weekend = int((day + 3) % 7 >= 5)
            runs += wishes_of(home, day, row, weekend=weekend) >= 0
    weekly = runs / 52 / 100
    assert weekly[:2] == pytest.approx([3.0, 4.0], rel=0.08)  # fewer while away
    assert weekly[2] == pytest.approx(1.5, rel=0.15)


def test_wishes_come_while_somebody_is_awake_and_the_dryer_after_the_wash():
    row = some_habits(WASH_WEEK=7.0, DISH_WEEK=7.0, DRYER_WEEK=7.0, WASH_H=1.8)
    for home in range(100):
        rows = day_of(home, MONDAY, row=row)
        wash_s, dish_s, dryer_s = wishes_of(home, MONDAY, row)
        for wish_s in (wash_s, dish_s):
            assert wish_s < 0 or at(rows, diary.AWAKE, wish_s) > 0
        assert dryer_s < 0 or dryer_s >= wash_s + 1.8 * 3600


def test_a_home_without_machines_wishes_nothing():
    row = some_habits(WASH_WEEK=0.0, DISH_WEEK=0.0, DRYER_WEEK=0.0)
    for home in range(50):
        assert (wishes_of(home, MONDAY, row) == -1).all()


def test_habits_do_not_depend_on_the_number_of_homes():
    few = habits(settle(Recipe("france"), 5, 1), seed=1)
    many = habits(settle(Recipe("france"), 20, 1), seed=1)
    np.testing.assert_array_equal(many[:5], few)


def test_british_homes_dine_before_french_ones():
    town = settle(Recipe("france"), 5, 1)
    assert (habits(town, 1, "uk")[:, DINNER_S] < habits(town, 1, "france")[:, DINNER_S]).all()


def test_unknown_customs_are_refused_with_what_is_allowed():
    town = settle(Recipe("france"), 1, 1)
    with pytest.raises(ValueError, match=r"country must be one of .*, got 'mars'"):
        habits(town, 1, "mars")
    assert "france" in customs()


def test_a_home_is_the_same_whoever_shares_its_sheet():
    row = some_habits(WASH_WEEK=7.0, DISH_WEEK=7.0, DRYER_WEEK=7.0)
    crowd = list(range(40, 40 + sheet.LANES))
    for day in range(MONDAY, MONDAY + 28):
        done, wishes = written(crowd, day, row=row)
        together = [sheet.rows_of(page(), lane, done) for lane in range(sheet.LANES)]
        for lane in range(0, sheet.LANES, 5):
            np.testing.assert_array_equal(day_of(crowd[lane], day, row=row), together[lane])
            np.testing.assert_array_equal(wishes_of(crowd[lane], day, row), wishes[lane])


def test_a_sheet_holds_as_many_persons_and_uses_as_there_can_be():
    row = some_habits(SMALL_STARTS=1e4)
    six = np.array([0, 1, 2, 3, 4, 4])
    done, _ = written(range(sheet.LANES), MONDAY, kinds=six, row=row)
    at_home = sum(
        people.inhabited(people.date_of(1, MONDAY, 0), home) != (0.0, 0.0)
        for home in range(sheet.LANES)
    )
    assert done.members == 6 * at_home > 180
    assert done.pairs == sheet.MOST_AT_ONCE // 2 * at_home
    for lane in range(sheet.LANES):
        alone = day_of(lane, MONDAY, kinds=six, row=row)
        written(range(sheet.LANES), MONDAY, kinds=six, row=row)
        np.testing.assert_array_equal(sheet.rows_of(page(), lane, done), alone)


@given(
    home=st.integers(0, 10**6),
    day=st.integers(11_000, 30_000),
    second=st.floats(0.0, 1.2 * DAY_S),
)
@settings(max_examples=300, deadline=None)
def test_slots_never_say_other_than_the_stays(home, day, second):
    """A slot all through which somebody is up, one in which nobody is, or it is left open."""
    written([home], day)
    names, slot = page().names, sheet.slot_of(second)
    up = sheet.somebody_up(page(), 0, second)
    assert up or not names[sheet.HOME_WHOLE] >> slot & 1
    assert not up or names[sheet.HOME_PART] >> slot & 1


def spread(rows, channel, power, step_s):
    """Add the rows of a channel to ``power`` (steps of a day,) as means over the steps."""
    for _, start_s, end_s, level in rows[rows[:, CHANNEL] == channel]:
        add(power, start_s, end_s, level, step_s)


@kernel
def add(power, start_s, end_s, level, step_s):
    """Add one use to ``power`` by exact overlap."""
    for k in range(int(start_s // step_s), min(int(end_s // step_s) + 1, len(power))):
        power[k] += level * appliance.overlap(start_s, end_s, k * step_s, step_s)


_START_OF = question("test", "start")
_NUMBER_OF = question("test", "number")


@kernel
def fill(power, homes, days, starts_day, length_s, step_s, nodes):  # noqa: PLR0917
    """Add runs of 1 kW of many homes over many days, by the diary's own draws and overlap."""
    for home in range(homes):
        for day in range(days):
            number = small_uses.poisson(starts_day, four(3, _NUMBER_OF, home, day, 0).a)
            for k in range(number):
                share = four(3, _START_OF, home, day, k).a
                start_s = day * 86400.0 + small_uses.pick(nodes, share)
                add(power, start_s, start_s + length_s, 1.0, step_s)


def test_independent_uses_add_up_to_an_infinite_server_queue():
    """H001-H002 (T27): 1,000 homes, 0.6 starts a day of 1.2 h and 1 kW: mean 30, sd 5.477 kW.

    The mean of D days has a standard error of 5.477 sqrt(1.2 / (24 D)), the standard deviation one
    of 5.477 sqrt(0.8 / (24 D)) / sqrt(2), from the triangular autocorrelation of constant lengths.
    """
    days, step_s = 60, 36.0
    power = np.zeros(int(days * DAY_S / step_s))
    fill(power, 1000, days, 0.6, 1.2 * 3600, step_s, small_uses.quantiles([1.0] * 24))
    settled = power[int(DAY_S / step_s) :]
    hours = 24.0 * (days - 1)
    assert settled.mean() == pytest.approx(30.0, abs=3 * 5.477 * np.sqrt(1.2 / hours))
    assert settled.std() == pytest.approx(5.477, abs=3 * 5.477 * np.sqrt(0.8 / hours / 2))


def test_poisson_numbers_have_the_mean_and_variance_of_their_law():
    shares = (np.arange(20_000) + 0.5) / 20_000
    numbers = np.array([small_uses.poisson(5.0, share) for share in shares])
    assert numbers.mean() == pytest.approx(5.0, rel=0.01)
    assert numbers.var() == pytest.approx(5.0, rel=0.02)
