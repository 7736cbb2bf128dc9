"""Each baseline by hand on a small series, and what holds for all: figures G001 to G018."""

import numpy as np
import pytest

from gridsim.programmes import baselines, choosing, nebef
from gridsim.programmes.baselines import panel, scaled
from gridsim.programmes.choosing import Adjustment, Kind, TooFewDays
from gridsim.programmes.history import Event, History
from gridsim.programmes.methods import METHODS, credited_kwh, estimated_kwh

MONDAY = 19359  # 2023-01-02
FIRST, LAST = 17, 20


def past(*days, first=FIRST, last=LAST, event_day=None, start=MONDAY, temp=None, homes=1):
    """Return a history of days, each a load in kW, the last of them called from 17 to 20."""
    kw = np.stack([np.broadcast_to(np.asarray(day, float), 24) for day in days])
    kw = np.repeat(kw[:, :, np.newaxis], homes, axis=2)
    day = start + np.arange(len(days))
    called = np.zeros((len(days), 24), bool)
    place = len(days) - 1 if event_day is None else event_day
    called[place, first:last] = True
    temp = None if temp is None else np.asarray(temp, float)
    return History(day, (day + 3) % 7 >= 5, kw, called, temp, temp), Event(place, first, last)


def day(level, **hours):
    """Return a day at one level but for some hours: ``day(1.0, h13=2.0)``."""
    kw = np.full(24, float(level))
    for hour, value in hours.items():
        kw[int(hour[1:])] = value
    return kw


def weeks(levels, called=1.0):
    """Return days from a Monday on: the work days have these levels, weekends 50 kW; then one."""
    found, left = [], list(levels)
    while left:
        found.append(50.0 if len(found) % 7 >= 5 else left.pop(0))
    while len(found) % 7 >= 5:
        found.append(50.0)
    return [*found, called]


# G001, G002: CAISO 10-in-10


def test_caiso_is_the_mean_of_the_ten_most_recent_work_days():
    # work days of 1, 2, ..., 12 kW; the last ten are 3 to 12: 75 / 10 = 7.5; hours -4 to -2 at 7.5
    here, event = past(*weeks(range(1, 13), called=day(7.5, h17=5, h18=5, h19=5)))
    assert baselines.caiso_10_in_10(here, event)[:, 0].tolist() == [7.5, 7.5, 7.5]
    assert estimated_kwh(here, event, baselines.caiso_10_in_10(here, event)) == 7.5


def test_the_load_point_adjustment_leaves_out_the_hour_before():
    # raw 2.0; hours 13, 14, 15 at 2.1, 2.2, 2.3: factor 2.2 / 2 = 1.1; hour 16 at 9 does not count
    called = day(2.0, h13=2.1, h14=2.2, h15=2.3, h16=9.0, h12=9.0)
    here, event = past(*weeks([2.0] * 10, called))
    assert baselines.caiso_10_in_10(here, event)[0, 0] == pytest.approx(2.0 * 1.1, rel=1e-14)


@pytest.mark.parametrize(("now", "factor"), [(2.6, 1.2), (1.0, 0.8), (2.2, 1.1)])
def test_the_load_point_adjustment_is_capped(now, factor):
    here, event = past(*weeks([2.0] * 10, day(now)))
    assert baselines.caiso_10_in_10(here, event)[0, 0] == pytest.approx(2.0 * factor, rel=1e-14)


def test_caiso_needs_five_work_days_and_says_so():
    here, event = past(1.0, 2.0, 3.0, 4.0, 1.0)
    with pytest.raises(TooFewDays, match=r"caiso_10_in_10 needs 5 like days .* there are 4"):
        baselines.caiso_10_in_10(here, event)


def test_caiso_takes_four_weekend_days():
    # event on the third Sunday: Saturdays and Sundays before it are 10, 20, 30, 40 and that
    # Saturday 50; the four most recent are 20 to 50: 35
    days = [1.0] * 21
    for place, level in zip((5, 6, 12, 13, 19), (10, 20, 30, 40, 50), strict=True):
        days[place] = float(level)
    days[20] = 35.0
    here, event = past(*days)
    assert baselines.caiso_10_in_10(here, event)[0, 0] == pytest.approx(35.0)


def test_days_beyond_45_do_not_count():
    here, event = past(*weeks([1.0] * 5 + [9.0] * 33, called=9.0))
    older = np.flatnonzero(here.day < here.day[-1] - 45)
    assert len(older) > 4
    assert baselines.caiso_10_in_10(here, event)[0, 0] == 9.0


# G003: CAISO for homes


def test_five_in_ten_keeps_the_highest_use_in_the_events_hours():
    # of 1 to 10 the highest five are 6 to 10: 8; cap 1.4 of 8 = 11.2 against 20 in the window
    days = [day(50.0, h13=2, h14=2, h15=2, h17=n, h18=n, h19=n) for n in range(1, 11)]
    here, event = past(*weeks(days, called=day(3.0)))
    found = baselines.caiso_5_in_10(here, event)[:, 0]
    assert found == pytest.approx([8 * 1.4] * 3, rel=1e-14)  # factor 3 / 2 = 1.5, cut to 1.4


def test_the_weather_match_takes_the_four_nearest_days():
    # highs 0 10 20 30 | 2 (the weekend is left out); the event has 21: nearest 20, 22, 18, 25
    levels, highs = [1, 2, 3, 4, 5, 0, 0, 6, 7], [20, 5, 22, 18, 0, 21, 21, 25, 40]
    here, event = past(*levels, (1 + 3 + 4 + 6) / 4, temp=[*highs, 21])
    assert baselines.caiso_weather_match(here, event)[0, 0] == pytest.approx(3.5)


# G004, G005: PJM high 4 of 5


def test_pjm_keeps_four_of_five_and_adds_the_morning():
    # 2 4 6 8 10: drop 2, mean 7; window at 7.5 on the event's day: + 0.5
    here, event = past(*weeks([2, 4, 6, 8, 10], called=day(1.0, h13=7.0, h14=7.5, h15=8.0)))
    assert baselines.pjm_high_4_of_5(here, event)[:, 0] == pytest.approx([7.5] * 3)


def test_pjm_passes_over_a_day_below_a_quarter_of_the_mean():
    # most recent five: 1 8 8 8 10: mean 7, a quarter 1.75: 1 gives place to the older 6;
    # of 6 8 8 8 10 the highest four: 8.5
    here, event = past(*weeks([6, 1, 8, 8, 8, 10], called=8.5))
    assert baselines.pjm_high_4_of_5(here, event)[0, 0] == pytest.approx(8.5)


def test_pjm_keeps_two_of_three_weekend_days():
    # Saturday of the third week: before it 10 20 | 30 40; the most recent three 20 30 40: 35
    days = [1.0] * 20
    for place, level in zip((5, 6, 12, 13), (10, 20, 30, 40), strict=True):
        days[place] = float(level)
    days[19] = 35.0
    here, event = past(*days)
    assert baselines.pjm_high_4_of_5(here, event)[0, 0] == pytest.approx(35.0)


# G006: PJM same day 3 + 2


def test_the_same_day_is_the_mean_of_three_hours_before_and_two_after():
    # event in hours ending 13 to 17: hours ending 9-11 (start 8, 9, 10) and 19-20 (18, 19)
    called = day(99.0, h8=1, h9=2, h10=3, h18=4, h19=5)
    here, event = past(called, first=12, last=17)
    assert baselines.pjm_same_day(here, event)[:, 0].tolist() == [3.0] * 5


# G007: PJM match day


def test_the_match_days_are_the_three_most_alike_outside_the_event():
    # alike by the other hours: 5.0, 5.1, 4.8; the event's hours of these: 1, 2, 6: 3
    days = [day(n, h17=k, h18=k, h19=k) for n, k in ((5, 1), (9, 8), (5.1, 2), (2, 9), (4.8, 6))]
    here, event = past(*weeks(days, called=5.0))
    assert baselines.pjm_match_day(here, event)[:, 0] == pytest.approx([3.0] * 3)


def test_the_match_leaves_out_the_hours_beside_the_event():
    one = day(5.0, h16=99, h20=99, h17=3, h18=3, h19=3)  # unlike in hours that do not count
    other = day(5.5, h17=9, h18=9, h19=9)
    here, event = past(one, one, one, other, 5.0)
    assert baselines.pjm_match_day(here, event)[0, 0] == 3.0


# G008, G009: NYISO


def test_nyiso_is_the_mean_of_the_five_highest_of_ten_without_idle_days():
    # ten most recent 1 (idle: below a quarter of the mean) and 4 to 12; 1 gives place to 3;
    # the five highest 8 9 10 11 12: 10
    here, event = past(*weeks([3, 1, 4, 5, 6, 7, 8, 9, 10, 11, 12], called=99.0))
    assert baselines.nyiso_average(here, event)[0, 0] == pytest.approx(10.0)


def test_the_weather_sensitive_factor_is_of_the_hours_four_and_three_before():
    # base 10; hours 13 and 14 at 11 and 11.4: 1.12; hour 15 does not count
    here, event = past(*weeks([10.0] * 10, called=day(1.0, h13=11.0, h14=11.4, h15=99.0)))
    assert baselines.nyiso_weather(here, event)[0, 0] == pytest.approx(11.2)


# G010: ERCOT


def test_ercot_drops_the_highest_and_the_lowest_of_ten():
    # 1 to 9 and 100: drop 1 and 100; 2 to 9: 44 / 8 = 5.5; hours 14 and 15 at 11: twice
    here, event = past(*weeks([*range(1, 10), 100], called=day(1.0, h14=11.0, h15=11.0)))
    assert baselines.ercot_8_of_10(here, event)[0, 0] == pytest.approx(11.0)


def test_ercot_needs_ten_days():
    here, event = past(*weeks([1.0] * 9))
    with pytest.raises(TooFewDays, match="10 like days"):
        baselines.ercot_8_of_10(here, event)


# G011: ISO-NE


def test_isone_forgets_a_tenth_with_each_day():
    # first five 1 to 5: 3; then 0.9 * 3 + 0.1 * 13 = 4; 0.9 * 4 + 0.1 * 14 = 5; hours 15, 16 at
    # 5.5: + 0.5
    here, event = past(*weeks([1, 2, 3, 4, 5, 13, 14], called=day(0.0, h15=5.0, h16=6.0)))
    assert baselines.isone_90_10(here, event)[:, 0] == pytest.approx([5.5] * 3)


# G013: BGE


def test_two_weeks_are_the_work_days_of_the_fortnight():
    here, event = past(*weeks([99.0] * 5 + [1.0, 2.0, 3.0, 4.0, 5.0] * 2))
    assert baselines.two_weeks(here, event)[0, 0] == pytest.approx(3.0)


# G014, G015: NEBEF


def test_the_rectangle_is_the_smaller_of_the_hours_before_and_after():
    # three hours of event, references of two (bounded): before 4 and 6: 5; after 3 and 4: 3.5
    called = day(9.0, h15=4, h16=6, h17=1, h18=2, h19=6, h20=3, h21=4)
    here, event = past(called)
    found = nebef.double_reference(here, event)
    assert found[:, 0].tolist() == [3.5] * 3
    # effaced slot by slot: 2.5 + 1.5 + 0 (6 kW is more than 3.5): 4, not 3.5 * 3 - 9 = 1.5
    assert credited_kwh(METHODS["nebef_rectangle"], here, event, found) == 4.0
    assert estimated_kwh(here, event, found) == 1.5


def test_the_rectangle_is_corrected_by_what_the_caller_says():
    here, event = past(day(2.0))
    assert nebef.double_reference(here, event, 0.25)[:, 0].tolist() == [2.25] * 3


def test_the_windows_of_the_rectangle_are_as_long_as_a_short_event():
    called = day(9.0, h16=4, h18=5)
    here, event = past(called, first=17, last=18)
    assert nebef.double_reference(here, event)[0, 0] == 4.0
    assert nebef.simple(here, event)[0, 0] == 4.0


def test_the_history_of_ten_days_is_a_mean_or_a_median():
    here, event = past(*weeks([1, 1, 1, 1, 1, 3, 3, 3, 3, 13]))
    assert nebef.days(here, event, median=False)[0, 0] == pytest.approx(3.0)
    assert nebef.days(here, event, median=True)[0, 0] == 2.0


def test_the_history_of_four_weeks_is_of_the_same_weekday():
    days = [50.0] * 29
    for place, level in zip((0, 7, 14, 21), (1.0, 2.0, 3.0, 10.0), strict=True):
        days[place] = level
    here, event = past(*days)
    assert nebef.weeks(here, event, median=False)[0, 0] == 4.0
    assert nebef.weeks(here, event, median=True)[0, 0] == 2.5


# Weather regression, control group


def test_the_regression_finds_the_line_of_the_degrees():
    # 1 kW + 0.2 kW per degree below 18: at 3 degrees 1 + 0.2 * 15 = 4
    temps = [10.0, 12, 8, 6, 14, 9, 9, 11, 7, 13, 5]
    days = [1.0 + 0.2 * (18.0 - t) for t in temps]
    here, event = past(*days, 0.0, start=MONDAY + 7, temp=[*temps, 3.0])
    assert baselines.weather_regression(here, event)[:, 0] == pytest.approx([4.0] * 3)


def test_methods_of_the_weather_need_temperatures():
    here, event = past(*weeks([1.0] * 10))
    for name in ("weather_regression", "caiso_weather_match"):
        with pytest.raises(ValueError, match="temperature"):
            METHODS[name].reckon(here, event)


def test_the_control_group_is_what_others_use_at_the_time():
    here, event = past(*weeks([2.0] * 10), homes=2)
    control = np.full(here.called.shape, 4.0)
    control[event.place] = 6.0
    assert panel(here, event, control).tolist() == [[6.0, 6.0]] * 3
    assert scaled(here, event, control) == pytest.approx(np.full((3, 2), 3.0))  # 6 * 2 / 4


# G016 to G018: what must hold


def test_flat_load_without_response_gives_nothing_by_any_method():
    rng = np.linspace(0.1, 7.3, 11)
    here, event = past(*weeks([1.0] * 30, called=1.0), temp=np.linspace(-3, 25, 43))
    here = History(
        here.day, here.free, np.broadcast_to(rng, (*here.called.shape, 11)), here.called,
        here.high_c, here.mean_c,
    )  # fmt: skip
    for name, method in METHODS.items():
        base = method.reckon(here, event)
        assert np.all(estimated_kwh(here, event, base) == 0.0), name
        assert np.all(credited_kwh(method, here, event, base) == 0.0), name
    control = np.full(here.called.shape, rng.mean())
    assert panel(here, event, control).mean() == pytest.approx(rng.mean())
    assert np.abs(estimated_kwh(here, event, scaled(here, event, control))).max() < 1e-12


def test_a_day_of_thirty_percent_more_shows_a_false_increase_of_8_3_percent():
    here, event = past(*weeks([1.0] * 10, called=1.3))
    base = baselines.caiso_10_in_10(here, event)
    share = estimated_kwh(here, event, base) / (base.sum(axis=0))
    assert 100 * share[0] == pytest.approx(100 * (1.2 - 1.3) / 1.2)
    assert round(100 * float(share[0]), 1) == -8.3


@pytest.mark.parametrize("homes", [1, 3])
def test_a_home_alone_has_the_same_bits_as_among_others(homes):
    rng = np.random.Generator(np.random.PCG64(3))
    kw = rng.gamma(2.0, 1.0, (43, 24, 7))
    here, event = past(*weeks([1.0] * 30), temp=rng.normal(8, 5, 43))
    every = History(here.day, here.free, kw, here.called, here.high_c, here.mean_c)
    some = History(here.day, here.free, kw[:, :, :homes], here.called, here.high_c, here.mean_c)
    for name, method in METHODS.items():
        if name != "weather_regression":  # the product of matrices may add in another order
            alone = method.reckon(some, event)
            assert np.array_equal(method.reckon(every, event)[:, :homes], alone), name


# The pieces


def test_an_adjustment_without_hours_moves_nothing():
    here, event = past(*weeks([2.0] * 10, called=9.0), first=0, last=2)
    assert baselines.caiso_10_in_10(here, event)[:, 0].tolist() == [2.0, 2.0]


def test_a_mean_that_is_not_positive_is_not_multiplied():
    here, event = past(*weeks([-2.0] * 10, called=4.0))
    assert baselines.caiso_10_in_10(here, event)[0, 0] == -2.0


def test_windows_leave_out_what_is_called():
    here, event = past(*weeks([2.0] * 10))
    here.called[event.place, 13] = True
    assert choosing.window(here, event, 4.0, 1.0).tolist() == [14, 15]


@pytest.mark.parametrize("wrong", [(1.0, 4.0, 0.8, 1.2), (4.0, 1.0, 1.1, 1.2), (4.0, -1.0, 0, 2)])
def test_an_adjustment_that_makes_no_sense_is_refused(wrong):
    with pytest.raises(ValueError, match="adjustment"):
        Adjustment(Kind.RATIO, *wrong)
