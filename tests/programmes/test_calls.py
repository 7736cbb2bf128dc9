"""Calls fall on the days and hours of their plan; a control tells machines something."""

import datetime as dt

import numpy as np
import pytest

from gridsim.core.clock import day_number, make_clock
from gridsim.programmes import calls
from gridsim.programmes.calls import Control, Plan
from gridsim.signals.calendar import Lead
from gridsim.signals.rules import Days, Limits, Rule

WEEK = make_clock(dt.date(2023, 1, 9), dt.date(2023, 1, 16), 15, "Europe/Paris", "FR")
TUESDAY = Days(Rule.DATES, dates=(day_number(dt.date(2023, 1, 10)),))


def test_a_plan_becomes_one_call_for_each_span_of_hours_in_order():
    plan = Plan(TUESDAY, ((18, 20), (8, 9.5)), label="save", channel="text")
    first, second = calls.calls(plan, WEEK)
    assert (first.first, first.last) == (96 + 32, 96 + 38)
    assert (second.first, second.last) == (96 + 72, 96 + 80)
    assert (first.label, first.channel, first.control) == ("save", "text", None)


def test_a_call_is_told_before_it_starts_unless_there_is_no_notice():
    for lead in Lead:
        (call,) = calls.calls(Plan(TUESDAY, ((18, 20),), lead), WEEK)
        starts = WEEK.start_s + call.first * WEEK.step_s
        assert (call.published_s < starts) == (lead is not Lead.NONE)


def test_the_coldest_days_are_called():
    mean_c = np.array([5.0, 1.0, 3.0, -2.0, 4.0, 6.0, 7.0])
    found = calls.calls(Plan(Days(Rule.COLDEST, 2), ((18, 20),)), WEEK, mean_c)
    assert [call.first // 96 for call in found] == [1, 3]


def test_a_control_goes_with_every_call_of_its_plan():
    order = Control(setback_k=2.0, ev_pause=True)
    plan = Plan(Days(Rule.EVERY, 1), ((18, 20),), control=order)
    assert [call.control for call in calls.calls(plan, WEEK)] == [order] * 7


@pytest.mark.parametrize("setback_k", [-1.0, np.nan, np.inf])
def test_a_setback_that_is_none_is_refused(setback_k):
    with pytest.raises(ValueError, match="setback_k"):
        Control(setback_k)


def test_an_order_to_do_nothing_is_refused():
    with pytest.raises(ValueError, match="must tell machines something"):
        Control()


def test_hours_through_midnight_are_refused():
    with pytest.raises(ValueError, match="within a day"):
        Plan(TUESDAY, ((22, 6),))
