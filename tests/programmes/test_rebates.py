"""A rebate pays for what lies below its baseline, event by event, and never less than nothing."""

import datetime as dt

import numpy as np
import pytest

from gridsim.core.clock import make_clock
from gridsim.programmes import rebates
from gridsim.programmes.calls import Call
from gridsim.programmes.methods import METHODS
from gridsim.programmes.rebates import Rebate

CLOCK = make_clock(dt.date(2023, 1, 2), dt.date(2023, 1, 28), 60, "America/New_York", "US")
TEMP = np.zeros(CLOCK.steps)


def call(date, first=17, last=20):
    day = (date - dt.date(2023, 1, 2)).days
    return Call(
        CLOCK.start_s + (24 * day - 7) * 3600, 24 * day + first, 24 * day + last, "", None, None
    )


def rebate(*calls, name="bge_two_weeks", price=0.5, gaming=0.0):
    return Rebate(price, METHODS[name], tuple(calls), gaming)


def load(*levels):
    return np.repeat(np.array(levels, float)[np.newaxis], CLOCK.steps, axis=0)


NOBODY = np.zeros(CLOCK.steps, bool)
TUESDAY, THURSDAY = dt.date(2023, 1, 17), dt.date(2023, 1, 19)


def test_what_lies_below_is_credited_and_what_lies_above_is_forgiven():
    promised = rebate(call(TUESDAY), call(THURSDAY))
    kw = load(2.0, 2.0, 2.0)
    first, second = (slice(c.first, c.last) for c in promised.calls)
    kw[first] = [1.5, 2.5, 2.0]  # 3 h: 1.5 kWh less, 1.5 kWh more, the same
    kw[second] = [2.0, 1.0, 2.0]
    done = rebates.settle(promised, CLOCK, kw, NOBODY, TEMP)
    assert done.credit_kwh == pytest.approx([1.5, 3.0, 0.0])
    assert done.events == pytest.approx([1.5, 3.0])
    assert done.missed == 0


def test_days_on_which_anything_is_called_are_no_history():
    promised = rebate(call(THURSDAY))
    kw = load(2.0)
    wednesday = CLOCK.local_day == CLOCK.local_day[promised.calls[0].first] - 1
    kw[wednesday] = 50.0
    raised = rebates.settle(promised, CLOCK, kw, NOBODY, TEMP).credit_kwh
    called = wednesday & (CLOCK.wall_s == 12 * 3600)
    assert raised[0] > 10.0
    assert rebates.settle(promised, CLOCK, kw, called, TEMP).credit_kwh[0] == 0.0


def test_a_call_without_enough_days_before_it_credits_nobody():
    promised = rebate(call(dt.date(2023, 1, 4)), call(TUESDAY), name="caiso_10_in_10")
    kw = load(2.0)
    for one in promised.calls:
        kw[one.first : one.last] = 1.9
    done = rebates.settle(promised, CLOCK, kw, NOBODY, TEMP)
    assert done.missed == 1
    assert done.events[0] == 0.0
    assert done.events[1] == pytest.approx(0.3)


def test_homes_are_settled_alike_in_any_number(monkeypatch):
    promised = rebate(call(TUESDAY), name="pjm_high_4_of_5")
    rng = np.random.Generator(np.random.PCG64(1))
    kw = rng.gamma(2.0, 1.0, (CLOCK.steps, 7))
    whole = rebates.settle(promised, CLOCK, kw, NOBODY, TEMP)
    monkeypatch.setattr(rebates, "CHUNK", 3)
    parts = rebates.settle(promised, CLOCK, kw, NOBODY, TEMP)
    assert np.array_equal(whole.credit_kwh, parts.credit_kwh)
    assert parts.events == pytest.approx(whole.events)


def test_the_hours_to_game_are_those_that_the_method_looks_at():
    promised = rebate(call(THURSDAY), name="caiso_10_in_10", gaming=1.0)
    day = 24 * (THURSDAY - dt.date(2023, 1, 2)).days
    found = rebates.gamed(promised, promised.calls[0], CLOCK, NOBODY)
    assert found == ((day - 24 + 17, day - 24 + 20), (day + 13, day + 16))


def test_a_day_before_that_is_called_or_unlike_is_not_gamed():
    day = 24 * (THURSDAY - dt.date(2023, 1, 2)).days
    promised = rebate(call(THURSDAY), name="caiso_10_in_10")
    called = NOBODY.copy()
    called[day - 12] = True
    assert rebates.gamed(promised, promised.calls[0], CLOCK, called) == ((day + 13, day + 16),)
    tuesday = rebate(call(TUESDAY), name="caiso_10_in_10")  # Monday 16 January is a holiday
    assert len(rebates.gamed(tuesday, tuesday.calls[0], CLOCK, NOBODY)) == 1


def test_a_method_without_a_window_and_without_days_has_nothing_to_game():
    promised = rebate(call(THURSDAY), name="bge_two_weeks")
    assert len(rebates.gamed(promised, promised.calls[0], CLOCK, NOBODY)) == 1  # the day before
    flat = rebate(call(THURSDAY), name="nebef_simple")
    day = 24 * (THURSDAY - dt.date(2023, 1, 2)).days
    assert rebates.gamed(flat, flat.calls[0], CLOCK, NOBODY) == ((day + 15, day + 17),)


@pytest.mark.parametrize("wrong", [{"price": 0.0}, {"price": np.inf}, {"gaming": 1.5}])
def test_a_rebate_that_makes_no_sense_is_refused(wrong):
    with pytest.raises(ValueError, match=r"rebate\."):
        rebate(**wrong)
