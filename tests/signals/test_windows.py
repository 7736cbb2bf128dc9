"""Windows: hours, kinds of days and months, with holidays as the contract counts them."""

import datetime as dt

import numpy as np
import pytest

from gridsim.core.clock import make_clock
from gridsim.signals.parts import Window
from gridsim.signals.tariff import DayType
from gridsim.signals.windows import days_a_week, within

# Saturday 29 April to Wednesday 3 May 2023; Monday 1 May is a holiday in France
CLOCK = make_clock(dt.date(2023, 4, 29), dt.date(2023, 5, 4), 60, "Europe/Paris", "FR")
WEEKDAY, SATURDAY, SUNDAY, HOLIDAY = DayType


def days(window: Window) -> list[int]:
    """Return the days of the clock on which a window opens."""
    return np.flatnonzero(within(window, CLOCK).reshape(5, 24).any(axis=1)).tolist()


def hours(window: Window) -> list[int]:
    return np.flatnonzero(within(window, CLOCK)[:24]).tolist()


def test_every_step_lies_in_a_window_that_names_nothing():
    assert within(Window(), CLOCK).all()


def test_hours_may_go_through_midnight_of_the_same_date():
    assert hours(Window(((22.0, 2.0), (12.0, 13.0)))) == [0, 1, 12, 22, 23]


@pytest.mark.parametrize(
    ("kinds", "expected"),
    [((), [0, 1, 2, 3, 4]), ((WEEKDAY,), [3, 4]), ((SUNDAY,), [1, 2]), ((SATURDAY,), [0]),
     ((HOLIDAY,), [2]), ((WEEKDAY, HOLIDAY), [2, 3, 4]), ((SUNDAY, HOLIDAY), [1, 2])],
)  # fmt: skip
def test_a_holiday_is_a_sunday_unless_holidays_are_named(kinds, expected):
    assert days(Window(days=kinds)) == expected


def test_months_close_it():
    assert days(Window(months=(5,))) == [2, 3, 4]


@pytest.mark.parametrize(
    ("kinds", "count"), [((), 7), ((WEEKDAY,), 5), ((SATURDAY, SUNDAY), 2), ((HOLIDAY,), 0)]
)
def test_a_week_without_holidays_opens_it_on_so_many_days(kinds, count):
    assert days_a_week(Window(days=kinds)) == count
