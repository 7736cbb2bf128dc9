"""Windows: which steps of a clock lie in the hours, kinds of days and months that count."""

import numpy as np

from gridsim.core.arrays import B1, F8
from gridsim.core.clock import Clock
from gridsim.signals.parts import Window
from gridsim.signals.tariff import DayType

_DAYS_A_WEEK = {DayType.WEEKDAY: 5, DayType.SATURDAY: 1, DayType.SUNDAY: 1}


def within(window: Window, clock: Clock) -> B1:
    """Return whether each step starts inside a window, shape (t,).

    Parameters
    ----------
    window : Window
        Local hours, kinds of days, months.
    clock : Clock
        Time axis.
    """
    inside: B1 = in_hours(window, clock.local_hour) & np.isin(clock.month, window.months)
    if window.days:
        kind = np.maximum(clock.weekday - 4, DayType.WEEKDAY)
        free = DayType.HOLIDAY if DayType.HOLIDAY in window.days else DayType.SUNDAY
        kind = np.where(clock.holiday, free, kind)
        inside &= np.isin(kind, [int(day) for day in window.days])
    return inside


def in_hours(window: Window, local_hour: F8) -> B1:
    """Return which local hours of a day lie in a window's, the shape of ``local_hour``."""
    found = np.zeros(np.shape(local_hour), dtype=np.bool_)
    for start, end in window.hours:
        after, before = local_hour >= start, local_hour < end
        found |= (after & before) if start < end else (after | before)
    return found


def days_a_week(window: Window) -> int:
    """Return on how many days of a week without holidays a window opens."""
    return sum(_DAYS_A_WEEK.get(day, 0) for day in window.days) if window.days else 7
