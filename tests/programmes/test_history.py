"""A history folds a clock's steps into local days, knows its events and which days are alike."""

import datetime as dt

import numpy as np
import pytest

from gridsim.core.clock import make_clock
from gridsim.programmes.history import Event, History, events, fold, like_days

PARIS = "Europe/Paris"


def hourly(start: dt.date, end: dt.date, step_minutes: int = 60):
    return make_clock(start, end, step_minutes, PARIS, "FR")


def test_days_and_slots_follow_the_wall_clock():
    clock = hourly(dt.date(2023, 1, 2), dt.date(2023, 1, 4), 30)
    kw = np.arange(96.0)[:, np.newaxis]
    called = clock.wall_s // 3600 == 18
    past = fold(clock, kw, called)
    assert past.kw.shape == (2, 48, 1)
    assert past.kw[1, 0, 0] == 48.0
    assert past.slot_h == 0.5
    assert events(past) == (Event(0, 36, 38), Event(1, 36, 38))


def test_the_hour_that_a_day_does_not_have_takes_the_load_before_it():
    clock = hourly(dt.date(2023, 3, 26), dt.date(2023, 3, 27))  # 23 hours: no 02:00
    past = fold(clock, np.arange(23.0)[:, np.newaxis], np.zeros(23, bool))
    assert past.kw[0, :4, 0].tolist() == [0.0, 1.0, 1.0, 2.0]
    assert past.kw[0, 23, 0] == 22.0


def test_the_hour_that_comes_twice_is_the_mean_of_both():
    clock = hourly(dt.date(2023, 10, 29), dt.date(2023, 10, 30))  # 25 hours: 02:00 twice
    past = fold(clock, np.arange(25.0)[:, np.newaxis], np.zeros(25, bool))
    assert past.kw[0, :4, 0].tolist() == [0.0, 1.0, 2.5, 4.0]


def test_weekends_and_holidays_are_alike_and_called_days_are_like_none():
    clock = hourly(dt.date(2023, 5, 1), dt.date(2023, 5, 15))  # 1 and 8 May are holidays
    called = (clock.local_day - clock.local_day[0] == 3) & (clock.wall_s == 18 * 3600)
    past = fold(clock, np.zeros((clock.steps, 1)), called)
    assert past.free.tolist() == [1, 0, 0, 0, 0, 1, 1, 1, 0, 0, 0, 0, 1, 1]
    assert like_days(past, Event(9, 18, 19)).tolist() == [8, 4, 2, 1]  # not 3: it was called
    assert like_days(past, Event(12, 18, 19)).tolist() == [7, 6, 5, 0]
    assert like_days(past, Event(12, 18, 19), reach_days=6).tolist() == [7, 6]


def test_temperatures_are_told_by_day():
    clock = hourly(dt.date(2023, 1, 2), dt.date(2023, 1, 4))
    temp = np.concatenate([np.full(24, 1.0), np.arange(24.0)])
    past = fold(clock, np.zeros((48, 1)), np.zeros(48, bool), temp)
    assert past.high_c.tolist() == [1.0, 23.0]
    assert past.mean_c.tolist() == [1.0, 11.5]


def test_a_history_with_holes_is_refused():
    kw = np.full((1, 24, 1), np.nan)
    with pytest.raises(ValueError, match="must be finite"):
        History(np.array([1]), np.array([False]), kw, np.zeros((1, 24), bool))
    with pytest.raises(ValueError, match="rising"):
        History(np.array([2, 1]), np.zeros(2, bool), np.zeros((2, 24, 1)), np.zeros((2, 24), bool))
    with pytest.raises(ValueError, match="fold needs kw"):
        fold(hourly(dt.date(2023, 1, 2), dt.date(2023, 1, 3)), np.zeros((3, 1)), np.zeros(3, bool))
