"""Calls fall on the days and hours of their plan; a control tells machines something."""

import datetime as dt

import numpy as np
import pytest

from gridsim.core.clock import day_number, make_clock
from gridsim.programmes import calls
from gridsim.programmes.calls import Control, Known, Plan
from gridsim.signals.calendar import Lead
from gridsim.signals.rules import NO_LIMITS, Days, Limits, Rule

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
    found = calls.calls(Plan(Days(Rule.COLDEST, 2), ((18, 20),)), WEEK, Known(mean_c))
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


DEAR = np.zeros(WEEK.steps)
DEAR[96 + 68 : 96 + 70] = 0.3  # Tuesday 17:00 to 17:30
DEAR[96 + 75 : 96 + 82] = 0.5  # 18:45 to 20:30
DEAR[4 * 96 + 30] = 0.4  # Friday 7:30


def by_price(*hours: tuple[float, float], limits: Limits = NO_LIMITS) -> list[tuple[int, int]]:
    days = Days(Rule.ABOVE_PRICE, 0.25, limits=limits)
    known = Known(DEAR.reshape(7, 96).max(axis=1), None, DEAR)
    return [(call.first, call.last) for call in calls.calls(Plan(days, hours), WEEK, known)]


def test_a_price_calls_from_the_first_dear_step_of_a_span_to_the_last():
    assert by_price((17, 21)) == [(96 + 68, 96 + 82)]
    assert by_price((17, 18), (18, 21)) == [(96 + 68, 96 + 70), (96 + 75, 96 + 82)]
    assert by_price((6, 12)) == [(4 * 96 + 30, 4 * 96 + 31)]


def test_a_long_call_becomes_its_dearest_stretch():
    assert by_price((17, 21), limits=Limits(hours_per_event=1.5)) == [(96 + 75, 96 + 81)]
    assert by_price((17, 21), limits=Limits(hours_per_event=24)) == [(96 + 68, 96 + 82)]


def test_the_dearest_calls_of_a_day_use_up_its_hours_first():
    limits = Limits(hours_per_day=2.0)
    assert by_price((17, 18), (18, 21), limits=limits) == [(96 + 68, 96 + 69), (96 + 75, 96 + 82)]
    assert by_price((17, 18), (18, 21), limits=Limits(hours_per_day=1.75)) == [(96 + 75, 96 + 82)]


def test_hours_by_price_need_a_price():
    days = Days(Rule.ABOVE_PRICE, 0.25)
    with pytest.raises(ValueError, match="price must hold"):
        calls.calls(Plan(days, ((17, 21),)), WEEK, Known(np.ones(7)))
