"""Reductions in events: known reductions come back, against a control group and own days."""

import datetime as dt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gridsim.core.clock import make_clock
from gridsim.metrics import reductions

CLOCK = make_clock(dt.date(2025, 1, 13), dt.date(2025, 2, 10), 60, "Europe/Paris", "FR")
HOURS = CLOCK.local_hour.astype(int)
LEVEL = np.arange(1.0, 5.0)


def day(month: int, number: int) -> np.ndarray:
    """Return the steps of a local date."""
    return CLOCK.local_day == (dt.date(2025, month, number) - dt.date(1970, 1, 1)).days


def called_on(*days: np.ndarray) -> np.ndarray:
    return np.any(days, axis=0) & (HOURS >= 18) & (HOURS < 20)


def loads(less: np.ndarray, called: np.ndarray) -> np.ndarray:
    """Return homes that take their level, twice it in the evening, and less where called."""
    base = np.where(HOURS >= 18, 2.0, 1.0)[:, None] * LEVEL
    return base - called[:, None] * less


def daily(temps: dict[int, float]) -> np.ndarray:
    """Return a daily temperature of 5 C but on some January days."""
    found = np.full(CLOCK.steps, 5.0)
    for number, temp in temps.items():
        found[day(1, number)] = temp
    return found


def test_each_event_against_control_by_hand():
    control = np.array([[2.0, 4.0], [4.0, 4.0]])
    treated = np.array([[1.0, 2.0, 3.0], [4.0, 4.0, 4.0]])
    first, second = reductions.against_control(control, treated)
    assert first.kw.estimate == pytest.approx(1.0)
    assert first.kw.error == pytest.approx(np.sqrt(2 / 2 + 1 / 3))
    assert first.share.estimate == pytest.approx(1 / 3)
    assert (second.kw.estimate, second.kw.error) == (0.0, 0.0)
    both = reductions.mean_against_control(control, treated)
    assert both.kw.estimate == pytest.approx(0.5)
    assert both.share.estimate == pytest.approx(1 / 7)


def test_means_of_events_are_taken_over_each_run_of_called_steps():
    called = called_on(day(1, 14), day(1, 16))
    found = reductions.event_means(loads(np.full(4, 0.5), called), called)
    assert found == pytest.approx(np.tile(2 * LEVEL - 0.5, (2, 1)))


def test_own_days_give_back_what_was_avoided():
    called = called_on(day(1, 14), day(1, 16))
    load = loads(0.25 * LEVEL, called)
    baseline = reductions.similar_means(load, called, CLOCK, daily({}))
    first, _ = reductions.against_own_days(baseline, reductions.event_means(load, called))
    assert first.kw.estimate == pytest.approx(0.25 * LEVEL.mean())
    assert (first.share.estimate, first.share.error) == pytest.approx((0.125, 0.0))


def test_the_baseline_takes_days_of_one_kind_and_temperature_and_none_that_are_called():
    called = called_on(day(1, 14), day(1, 15))
    temps = {14: -8.0, 15: -8.0, 18: -8.0, 22: -7.0, 24: -6.5}  # the 18th is a Saturday
    load = loads(np.zeros(4), called)
    load[day(1, 22)] += 1.0
    load[day(1, 24)] += 3.0
    for count, more in ((1, 1.0), (2, 2.0)):
        found = reductions.similar_means(load, called, CLOCK, daily(temps), count=count)
        assert found == pytest.approx(np.tile(2 * LEVEL + more, (2, 1)))
    spoilt = reductions.similar_means(load, called, CLOCK, daily(temps), count=1, busy=day(1, 22))
    assert spoilt[0] == pytest.approx(2 * LEVEL + 3.0)


@given(st.floats(0.01, 100.0))
def test_reductions_scale_and_shares_do_not(scale):
    control, treated = np.array([[2.0, 4.0, 3.0]]), np.array([[1.0, 2.0, 3.0]])
    (plain,), (other,) = (
        reductions.against_control(by * control, by * treated) for by in (1.0, scale)
    )
    assert other.kw.estimate == pytest.approx(scale * plain.kw.estimate)
    assert other.kw.high == pytest.approx(scale * plain.kw.high)
    assert other.share.low == pytest.approx(plain.share.low)


def test_what_makes_no_event_is_refused():
    load, never = loads(np.zeros(4), np.zeros(CLOCK.steps)), np.zeros(CLOCK.steps, bool)
    with pytest.raises(ValueError, match="nothing is called"):
        reductions.event_means(load, never)
    with pytest.raises(ValueError, match="called has 3 steps"):
        reductions.event_means(load, never[:3])
    with pytest.raises(ValueError, match="no similar day"):
        reductions.similar_means(load, called_on(day(1, 14)), CLOCK, daily({}), busy=~never)
    with pytest.raises(ValueError, match="2 events against 1"):
        reductions.against_control(np.ones((1, 2)), np.ones((2, 2)))
    with pytest.raises(ValueError, match="2 events against 1"):
        reductions.mean_against_control(np.ones((1, 2)), np.ones((2, 2)))
    with pytest.raises(ValueError, match="loads against"):
        reductions.against_own_days(np.ones((1, 2)), np.ones((2, 2)))
