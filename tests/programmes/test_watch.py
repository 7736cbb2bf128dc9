"""An operator forecasts the load from the meters, and looks at nothing later than the decision."""

import datetime as dt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gridsim.core.clock import day_number, make_clock
from gridsim.programmes import watch as watching
from gridsim.programmes.calls import Plan
from gridsim.programmes.watch import Watch
from gridsim.signals.rules import Days, Limits, Rule

CLOCK = make_clock(dt.date(2023, 1, 2), dt.date(2023, 2, 6), 60, "Europe/Paris", "FR")
FIRST = int(CLOCK.local_day[0])  # a Monday
WARM = np.full(CLOCK.steps, 18.0)


def of(rule: Rule, value: float, air_c: np.ndarray = WARM, limits: Limits | None = None) -> Watch:
    days = Days(rule, value, limits=limits or Limits())
    return Watch(Plan(days, ((17, 21),)), None, air_c, np.zeros(35))


def evening(height: np.ndarray) -> np.ndarray:
    """Return a load of 10 kW with an evening of 18:00 to 20:00 so high on each day."""
    inside = (CLOCK.local_hour >= 18) & (CLOCK.local_hour < 20)
    return np.where(inside, height[CLOCK.local_day - FIRST], 10.0)


def test_a_forecast_is_the_mean_of_the_last_three_days_of_its_kind():
    height = np.arange(35.0) * 10
    hat = watching.expected(of(Rule.LIMIT_KVA, 1.0), CLOCK, FIRST + 10, evening(height))
    # by hand: Thursday 12 January, known are days up to Tuesday 10: Friday 6, Monday 9, Tuesday 10
    assert hat[18] == np.mean([40.0, 70.0, 80.0])
    assert hat[12] == 10.0


def test_a_weekend_is_forecast_by_the_weekend_before():
    height = np.where((np.arange(35) + FIRST + 3) % 7 >= 5, 99.0, 20.0)
    hat = watching.expected(of(Rule.LIMIT_KVA, 1.0), CLOCK, FIRST + 12, evening(height))
    assert hat[18] == 99.0


def test_called_days_are_no_example_of_others():
    height = np.full(35, 50.0)
    height[7:9] = 20.0  # people answered on Monday 9 and Tuesday 10
    load = evening(height)
    taken = [FIRST + 7, FIRST + 8]
    assert watching.expected(of(Rule.LIMIT_KVA, 1.0), CLOCK, FIRST + 10, load, taken)[18] == 50.0


def test_degrees_of_heating_move_a_forecast_by_what_they_were_worth():
    rng_c = 10 + 4 * np.sin(np.arange(35.0))
    rng_c[20] = 2.0
    air_c = rng_c[CLOCK.local_day - FIRST]
    load = 20.0 + 3.0 * (15.0 - air_c)
    hat = watching.expected(of(Rule.LIMIT_KVA, 1.0, air_c), CLOCK, FIRST + 20, load)
    np.testing.assert_allclose(hat, 20.0 + 3.0 * 13.0, rtol=1e-6)


def test_a_wrong_forecast_of_the_weather_moves_the_forecast_of_the_load():
    air_c = (10 + 4 * np.sin(np.arange(35.0)))[CLOCK.local_day - FIRST]
    load = 20.0 + 3.0 * (15.0 - air_c)
    right = of(Rule.LIMIT_KVA, 1.0, air_c)
    wrong = Watch(right.plan, None, air_c, np.full(35, -2.0))
    hats = [watching.expected(w, CLOCK, FIRST + 20, load) for w in (right, wrong)]
    np.testing.assert_allclose(hats[1] - hats[0], 6.0, rtol=1e-6)


@pytest.mark.parametrize("rule", [Rule.LIMIT_KVA, Rule.BUSIEST])
@settings(max_examples=20, deadline=None)
@given(day=st.integers(2, 34), seed=st.integers(0, 99))
def test_nothing_later_than_the_decision_is_looked_at(rule, day, seed):
    height = 20 + 30 * np.abs(np.sin(np.arange(35.0) * (seed + 1)))
    load = evening(height)
    watch = of(rule, 45.0 if rule == Rule.LIMIT_KVA else 5.0)
    known = load.copy()
    known[CLOCK.local_day >= FIRST + day - 1] = np.nan  # the day of the decision is not over
    assert watching.decide(watch, CLOCK, FIRST + day, known, []) == watching.decide(
        watch, CLOCK, FIRST + day, load, []
    )


def test_the_limit_is_an_apparent_power():
    load = evening(np.full(35, 95.5))
    for limit, called in ((100.0, 1), (101.0, 0)):  # 95.5 kW are 100.5 kVA
        found = watching.decide(of(Rule.LIMIT_KVA, limit), CLOCK, FIRST + 10, load, [])
        assert len(found) == called


def test_a_call_covers_the_hours_over_the_limit_and_is_told_the_day_before():
    (call,) = watching.decide(
        of(Rule.LIMIT_KVA, 40.0), CLOCK, FIRST + 10, evening(np.full(35, 60.0)), []
    )
    assert (call.first, call.last) == (10 * 24 + 18, 10 * 24 + 20)
    assert call.published_s == CLOCK.start_s + (9 * 24 + 17) * 3600


def test_the_busiest_days_are_those_that_pass_what_was_passed_before():
    height = np.full(35, 30.0)
    height[[5, 12, 19]] = 60.0
    height[26] = 90.0
    watch = of(Rule.BUSIEST, 3.0)
    load = evening(height)
    quiet = watching.decide(watch, CLOCK, FIRST + 15, load, [])
    assert quiet == ()
    rising = evening(np.arange(35.0) + 20)
    (call,) = watching.decide(watch, CLOCK, FIRST + 32, rising, [])
    assert (call.first % 24, call.last % 24) == (17, 21)


def test_nothing_is_called_before_a_day_has_been_seen():
    load = evening(np.full(35, 90.0))
    assert watching.days_of(of(Rule.LIMIT_KVA, 10.0), CLOCK)[0] == FIRST + 1
    assert watching.decide(of(Rule.LIMIT_KVA, 10.0), CLOCK, FIRST + 1, load, []) == ()
    assert watching.decide(of(Rule.LIMIT_KVA, 10.0), CLOCK, FIRST + 2, load, []) != ()


def test_limits_on_days_hold():
    load = evening(np.full(35, 90.0))
    watch = of(Rule.LIMIT_KVA, 10.0, limits=Limits(at_most=1))
    (call,) = watching.decide(watch, CLOCK, FIRST + 4, load, [])
    assert watching.decide(watch, CLOCK, FIRST + 5, load, [call]) == ()


def test_a_day_of_another_length_is_forecast_by_the_wall_clock():
    clock = make_clock(dt.date(2023, 3, 13), dt.date(2023, 3, 28), 60, "Europe/Paris", "FR")
    air_c = np.full(clock.steps, 18.0)
    watch = Watch(Plan(Days(Rule.LIMIT_KVA, 1.0), ((17, 21),)), None, air_c, np.zeros(15))
    load = clock.local_hour.copy()
    hat = watching.expected(watch, clock, day_number(dt.date(2023, 3, 26)), load)
    assert hat.tolist() == [0.0, 1.0, *np.arange(3.0, 24.0)]


def test_rules_that_need_no_watching_are_refused():
    with pytest.raises(ValueError, match="LIMIT_KVA or BUSIEST"):
        of(Rule.EVERY, 1.0)
    with pytest.raises(ValueError, match="homes must be 1 or more"):
        Watch(of(Rule.BUSIEST, 1.0).plan, 0, WARM, np.zeros(35))
