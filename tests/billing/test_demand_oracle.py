"""Charges for power against a slow reckoning with dates, dictionaries and sorted lists."""

import datetime as dt
from collections import defaultdict
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gridsim.billing.lines import LineKind
from gridsim.billing.settle import settle
from gridsim.core.clock import make_clock
from gridsim.signals.contract import Contract
from gridsim.signals.parts import Demand, Parts, Per, Window
from gridsim.signals.tariff import DayType, Flat

ZONE = "Europe/Paris"
CLOCKS = tuple(
    make_clock(dt.date(*first), dt.date(*last), minutes, ZONE)
    for minutes in (15, 30)
    for first, last in (((2026, 3, 20), (2026, 5, 5)), ((2025, 10, 20), (2026, 1, 10)))
)
WINDOWS = (
    Window(),
    Window(((7.5, 12), (22, 2))),
    Window(((17, 20),), (DayType.WEEKDAY,)),
    Window(((0, 24),), (DayType.SATURDAY, DayType.SUNDAY), (3, 4, 12)),
)
rules = st.builds(
    Demand,
    name=st.just("peak"),
    price=st.just(3.0),
    minutes=st.sampled_from((15, 30, 60)),
    highest=st.integers(1, 4),
    one_a_day=st.booleans(),
    window=st.sampled_from(WINDOWS),
    over=st.sampled_from((Per.MONTH, Per.YEAR)),
    minimum_kw=st.sampled_from((0.0, 2.0)),
    rolling=st.integers(1, 3),
)


def reckoned(rule, clock, kwh):
    """Return the billed demand of each calendar month, by date."""
    length_s = max(60 * rule.minutes, clock.step_s)
    intervals = defaultdict(list)
    for k in range(clock.steps):
        second = clock.start_s + k * clock.step_s
        local = dt.datetime.fromtimestamp(second, ZoneInfo(ZONE))
        intervals[second // length_s].append((local, kwh[k]))
    powers = defaultdict(list)
    for found in intervals.values():
        if all(inside(rule.window, local) for local, _ in found):
            local = found[0][0]
            powers[(local.year, local.month)].append(
                (local.date(), sum(energy for _, energy in found) * 3600 / length_s)
            )
    billed, before, since = {}, [], []
    months = dict.fromkeys(
        (day.year, day.month)
        for day in (dt.date(1970, 1, 1) + dt.timedelta(int(d)) for d in np.unique(clock.local_day))
    )
    last = None
    for year, month in months:
        if rule.over == Per.MONTH or year != last:
            since = []
        last = year
        since = since + powers[(year, month)]
        if month in rule.window.months:
            before.insert(0, max(highest(rule, since), rule.minimum_kw))
            billed[(year, month)] = np.mean(before[: rule.rolling])
    return billed


def highest(rule, powers):
    """Return the mean of the highest of (date, power)."""
    kw = [power for _, power in powers]
    if rule.one_a_day:
        days = defaultdict(float)
        for day, power in powers:
            days[day] = max(days[day], power)
        kw = list(days.values())
    best = sorted(kw)[-rule.highest :]
    return np.mean(best) if best else 0.0


def inside(window, local):
    hour = local.hour + local.minute / 60
    if window.days:
        kind = max(local.weekday() - 4, 0)
        if kind not in window.days:
            return False
    return local.month in window.months and any(
        a <= hour < b if a < b else hour >= a or hour < b for a, b in window.hours
    )


@settings(deadline=None, max_examples=25)
@given(rule=rules, clock=st.sampled_from(CLOCKS), seed=st.integers(0, 99))
def test_demands_are_those_of_a_slow_reckoning(rule, clock, seed):
    kwh = np.random.default_rng(seed).random(clock.steps) ** 4 * 8 * clock.dt_h
    owed = settle(Contract(Flat(0.0), parts=Parts(demand=(rule,))), clock, kwh, 0 * kwh)
    lines = [line for line in owed.lines if line.kind == LineKind.DEMAND]
    found = reckoned(rule, clock, kwh)
    assert [float(line.quantity) for line in lines] == pytest.approx(list(found.values()))
