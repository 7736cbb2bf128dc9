"""Called days are those of the rule, within its limits, and called hours follow the wall clock."""

import datetime as dt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gridsim.core.clock import Clock, date_of, day_number, local_s, make_clock
from gridsim.signals import calendar
from gridsim.signals.calendar import Lead
from gridsim.signals.rules import Days, Forecast, Limits, Past, Rule


def paris(start: str, days: int, minutes: int = 60) -> Clock:
    first = dt.date.fromisoformat(start)
    return make_clock(first, first + dt.timedelta(days), minutes, "Europe/Paris", "FR")


def dates(found: tuple[int, ...]) -> list[str]:
    return [str(date_of(day)) for day in found]


FORTNIGHT = paris("2023-01-02", 14)  # Monday 2 January to Sunday 15 January
COLD = np.array([5, 3, 1, 4, 2, -9, -8, 0, 6, 7, 8, 9, -5, -4], dtype=np.float64)


def test_named_dates_are_called_and_those_outside_are_not():
    wanted = Days(Rule.DATES, dates=(*(day_number(dt.date(2023, 1, d)) for d in (3, 10)), 30_000))
    assert dates(calendar.chosen(wanted, FORTNIGHT)) == ["2023-01-03", "2023-01-10"]


def test_the_coldest_days_are_the_coldest_by_daily_mean():
    found = calendar.chosen(Days(Rule.COLDEST, 3), FORTNIGHT, COLD)
    assert dates(found) == ["2023-01-07", "2023-01-08", "2023-01-14"]


def test_the_hottest_days_are_the_hottest():
    found = calendar.chosen(Days(Rule.HOTTEST, 2), FORTNIGHT, COLD)
    assert dates(found) == ["2023-01-12", "2023-01-13"]


def test_working_days_leave_out_weekends_and_holidays():
    found = calendar.chosen(Days(Rule.COLDEST, 3, weekdays=True), FORTNIGHT, COLD)
    assert dates(found) == ["2023-01-04", "2023-01-06", "2023-01-09"]
    may = paris("2023-05-01", 5)  # 1 May is a holiday
    every = calendar.chosen(Days(Rule.EVERY, 1, weekdays=True), may)
    assert dates(every) == ["2023-05-02", "2023-05-03", "2023-05-04", "2023-05-05"]


def test_a_threshold_calls_what_lies_beyond_it_and_not_what_lies_on_it():
    assert len(calendar.chosen(Days(Rule.BELOW_C, 0.0), FORTNIGHT, COLD)) == 4
    assert len(calendar.chosen(Days(Rule.ABOVE_C, 6.0), FORTNIGHT, COLD)) == 3


def test_every_third_working_day_starts_with_the_first():
    found = calendar.chosen(Days(Rule.EVERY, 3, weekdays=True), FORTNIGHT)
    assert dates(found) == ["2023-01-02", "2023-01-05", "2023-01-10", "2023-01-13"]


def test_a_week_has_no_more_than_its_limit_and_the_coldest_come_first():
    found = calendar.chosen(Days(Rule.COLDEST, 4, limits=Limits(per_week=1)), FORTNIGHT, COLD)
    assert dates(found) == ["2023-01-07", "2023-01-14"]


def test_no_more_days_follow_each_other_than_the_limit():
    found = calendar.chosen(Days(Rule.BELOW_C, 4.5, limits=Limits(consecutive=2)), FORTNIGHT, COLD)
    assert dates(found) == [f"2023-01-{d:02d}" for d in (3, 4, 6, 7, 9, 14, 15)]


def test_a_limit_on_days_that_follow_each_other_holds_between_days_taken_before():
    cold = np.array([1.0, 2.0, 1.5, 9.0, 9.0])
    found = calendar.chosen(
        Days(Rule.COLDEST, 3, limits=Limits(consecutive=2)), paris("2023-01-02", 5), cold
    )
    assert dates(found) == ["2023-01-02", "2023-01-04", "2023-01-05"]


def test_at_most_so_many_days_are_called_in_a_year_and_a_winter_is_not_cut_at_new_year():
    clock = paris("2022-12-30", 5)
    cold = np.full(5, -5.0)
    assert len(calendar.chosen(Days(Rule.BELOW_C, 0.0, limits=Limits(at_most=2)), clock, cold)) == 2
    assert (
        len(calendar.chosen(Days(Rule.ABOVE_C, -9.0, limits=Limits(at_most=2)), clock, cold)) == 4
    )
    two_winters = paris("2022-06-29", 4)
    assert len(calendar.chosen(Days(Rule.COLDEST, 1), two_winters, np.zeros(4))) == 2


def test_months_bound_the_season():
    clock = paris("2023-01-30", 4)
    found = calendar.chosen(Days(Rule.EVERY, 1, months=(2,)), clock)
    assert dates(found) == ["2023-02-01", "2023-02-02"]


@pytest.mark.unwatched
@given(
    st.sampled_from([Rule.COLDEST, Rule.HOTTEST, Rule.BELOW_C]),
    st.integers(1, 6),
    st.integers(1, 3),
    st.integers(1, 3),
    st.lists(st.floats(-20, 30), min_size=14, max_size=14),
)
def test_all_limits_hold_whatever_the_weather(rule, at_most, per_week, consecutive, temps):
    days = Days(rule, 6, limits=Limits(at_most, per_week, consecutive))
    found = np.array(calendar.chosen(days, FORTNIGHT, np.array(temps)), dtype=np.int64)
    assert len(found) <= at_most
    assert np.bincount((found + 3) // 7 - FORTNIGHT.local_day[0] // 7).max(initial=0) <= per_week
    runs = np.split(found, np.flatnonzero(np.diff(found) > 1) + 1)
    assert max(len(run) for run in runs) <= consecutive


def test_days_apart_leave_days_of_rest_between_them():
    found = calendar.chosen(Days(Rule.BELOW_C, 4.5, limits=Limits(apart=3)), FORTNIGHT, COLD)
    assert dates(found) == ["2023-01-03", "2023-01-06", "2023-01-09", "2023-01-14"]


# Thresholds that follow the stock of days left


def summer(year: int, warm: dict[str, float]) -> tuple[Clock, np.ndarray]:
    """Return a June and July of 20 C but for some days."""
    clock = paris(f"{year}-06-01", 61)
    days = np.unique(clock.local_day)
    mean_c = np.full(len(days), 20.0)
    for date, value in warm.items():
        mean_c[day_number(dt.date.fromisoformat(f"{year}-{date}")) - days[0]] = value
    return clock, mean_c


def last_summer() -> Past:
    clock, mean_c = summer(
        2022, {"06-10": 30.0, "06-20": 28.0, "07-05": 33.0, "07-15": 26.0, "07-25": 31.0}
    )
    return Past(np.unique(clock.local_day), mean_c)


TWO = Days(Rule.HOTTEST, 2, months=(6, 7), forecast=Forecast.PERFECT)


def by_stock(warm: dict[str, float], rule: Days = TWO) -> list[str]:
    clock, mean_c = summer(2023, warm)
    return dates(calendar.chosen(rule, clock, mean_c, last_summer()))


def test_a_day_is_called_that_passes_as_many_of_last_years_days_as_are_left():
    # by hand: two left in June, and 33 and 31 are last year's two hottest: 31 must be passed
    assert by_stock({"06-15": 31.5}) == ["2023-06-15"]
    assert by_stock({"06-15": 30.9}) == []
    # one left on 16 June: 33 must be passed; after 5 July only 31
    assert by_stock({"06-15": 31.5, "06-16": 32.0, "07-10": 31.2}) == ["2023-06-15", "2023-07-10"]


def test_the_end_of_a_season_uses_up_the_stock_but_not_on_mild_days():
    # on 26 July none of last year's heat is ahead: what was among its four hottest, 28 C, will do
    assert by_stock({"07-26": 28.5, "07-27": 28.2}) == ["2023-07-26", "2023-07-27"]
    assert by_stock({"07-26": 27.5, "07-30": 25.0}) == []


def test_the_stock_is_never_overdrawn_and_limits_hold():
    hot = {f"06-{day:02d}": 40.0 for day in range(10, 20)}
    assert by_stock(hot) == ["2023-06-10", "2023-06-11"]
    apart = Days(Rule.HOTTEST, 2, months=(6, 7), limits=Limits(apart=4), forecast=Forecast.PERFECT)
    assert by_stock(hot, apart) == ["2023-06-10", "2023-06-14"]


@pytest.mark.unwatched
@given(st.integers(0, 60), st.lists(st.floats(-20, 45), min_size=61, max_size=61))
def test_a_stock_looks_at_nothing_later_than_the_day(cut, temps):
    clock, _ = summer(2023, {})
    mean_c = np.array(temps)
    other = np.where(np.arange(61) <= cut, mean_c, 99.0)
    last = int(np.unique(clock.local_day)[cut])
    found, changed = (calendar.chosen(TWO, clock, t, last_summer()) for t in (mean_c, other))
    assert [d for d in found if d <= last] == [d for d in changed if d <= last]
    assert len(found) <= 2


def test_a_winter_stock_compares_days_across_new_year():
    past_clock = paris("2021-12-01", 90)
    then = np.full(90, 5.0)
    then[[10, 40]] = [-8.0, -4.0]  # 11 December, 10 January
    past = Past(np.unique(past_clock.local_day), then)
    rule = Days(Rule.COLDEST, 1, months=(12, 1, 2), forecast=Forecast.DAY_AHEAD)
    clock = paris("2022-12-01", 90)
    for place, cold, called in ((5, -7.0, 0), (5, -9.0, 1), (20, -5.0, 1), (45, -3.0, 0)):
        now = np.full(90, 5.0)
        now[place] = cold
        assert len(calendar.chosen(rule, clock, now, past)) == called, place


def test_a_stock_without_a_past_is_refused():
    clock, mean_c = summer(2023, {})
    with pytest.raises(ValueError, match="past must hold the year before"):
        calendar.chosen(TWO, clock, mean_c)
    clock, mean_c = summer(2022, {})
    june = Past(np.unique(clock.local_day)[:30], mean_c[:30])
    with pytest.raises(ValueError, match=r"no day of the months \[7\]"):
        calendar.chosen(TWO, clock, mean_c, june)


def test_rules_on_the_load_are_not_for_calendars():
    with pytest.raises(ValueError, match="while a town runs"):
        calendar.chosen(Days(Rule.LIMIT_KVA, 100.0), FORTNIGHT, COLD)


def test_rules_on_the_weather_need_one_temperature_a_day():
    with pytest.raises(ValueError, match="one number for each of the 14 days"):
        calendar.chosen(Days(Rule.COLDEST, 3), FORTNIGHT)
    with pytest.raises(ValueError, match="14 days"):
        calendar.chosen(Days(Rule.BELOW_C, 3), FORTNIGHT, np.zeros(13))


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (lambda: Days(Rule.DATES), "dates must name"),
        (lambda: Days(Rule.COLDEST, 2.5), "whole number from 1, got 2.5"),
        (lambda: Days(Rule.EVERY, 0), "whole number from 1"),
        (lambda: Days(Rule.BELOW_C, np.nan), "finite"),
        (lambda: Days(Rule.EVERY, 1, months=(13,)), "months"),
        (lambda: Limits(per_week=0), "per_week must be 1 or more"),
        (lambda: Limits(apart=0), "apart must be 1 or more"),
        (lambda: Limits(hours_per_event=25), "hours_per_event"),
        (lambda: Days(Rule.LIMIT_KVA, 0.0), "above 0 kVA"),
        (lambda: calendar.check_hours(()), "empty"),
        (lambda: calendar.check_hours(((22, 6),)), "within a day, got 22-6"),
        (lambda: calendar.check_hours(((8, 10), (9, 11))), "overlap"),
    ],
)
def test_what_makes_no_sense_is_refused(make, told):
    with pytest.raises(ValueError, match=told):
        make()


def test_day_means_are_those_of_local_dates_of_23_and_25_hours():
    clock = paris("2023-03-25", 3)
    assert np.bincount(clock.local_day - clock.local_day[0]).tolist() == [24, 23, 24]
    longer = np.concatenate([np.ones(24), np.full(23, 2.0), np.full(24, 4.0), np.full(48, 99.0)])
    np.testing.assert_allclose(calendar.day_means(clock, longer), [1, 2, 4])


def called(clock: Clock, day: str, hours: tuple[tuple[float, float], ...], lead: Lead):
    number = day_number(dt.date.fromisoformat(day))
    return calendar.spans((number,), hours, lead, clock, label="x")


def test_hours_of_a_plain_day_are_its_steps():
    spans = called(FORTNIGHT, "2023-01-03", ((18, 20), (8, 9)), Lead.DAY_AHEAD)
    assert [(s.first, s.last) for s in spans] == [(32, 33), (42, 44)]


def test_hours_through_a_change_of_clocks_lose_or_gain_one():
    assert len_of(called(paris("2023-03-26", 1), "2023-03-26", ((1, 4),), Lead.NONE)) == 2
    assert len_of(called(paris("2023-10-29", 1), "2023-10-29", ((1, 4),), Lead.NONE)) == 4
    assert called(paris("2023-03-26", 1), "2023-03-26", ((2, 3),), Lead.NONE) == ()


def len_of(spans) -> int:
    (span,) = spans
    return span.last - span.first


def test_it_is_told_at_17_the_day_before_or_three_hours_before_or_at_the_start():
    day = dt.date(2023, 1, 2)  # the first of the clock: told before it starts
    told = {
        lead: [s.published_s for s in called(FORTNIGHT, str(day), ((8, 9), (18, 20)), lead)]
        for lead in Lead
    }
    at = [local_s(day, "Europe/Paris", hour * 3600) for hour in (5, 8, 18)]
    assert told[Lead.DAY_AHEAD] == [at[0] - 12 * 3600] * 2
    assert told[Lead.SAME_DAY] == [at[0]] * 2
    assert told[Lead.NONE] == at[1:]


def test_the_day_before_a_change_of_clocks_is_told_at_17_by_the_wall_clock():
    (span,) = called(paris("2023-03-26", 1), "2023-03-26", ((18, 20),), Lead.DAY_AHEAD)
    assert span.published_s == local_s(dt.date(2023, 3, 25), "Europe/Paris", 17 * 3600)


def test_days_that_the_clock_does_not_touch_are_passed_over():
    assert called(FORTNIGHT, "2023-02-01", ((18, 20),), Lead.NONE) == ()


def test_midnight_can_end_a_call():
    (span,) = called(FORTNIGHT, "2023-01-02", ((22, 24),), Lead.NONE)
    assert (span.first, span.last) == (22, 24)
