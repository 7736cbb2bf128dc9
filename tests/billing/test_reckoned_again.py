"""Bills against a second reckoning: plain loops over dates and hours, sharing no code with it."""

import calendar
import datetime as dt
from collections import defaultdict
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gridsim.billing.settle import settle
from gridsim.core.clock import make_clock
from gridsim.signals.contract import Contract
from gridsim.signals.parts import (
    Adder,
    Blocks,
    Demand,
    Fixed,
    Parts,
    Per,
    Subscribed,
    Taxes,
    Window,
)  # fmt: skip
from gridsim.signals.tariff import daily

PARIS = ZoneInfo("Europe/Paris")
START, MONTHS = dt.date(2024, 2, 1), 4  # a leap day, and the hour that clocks skip
END = dt.date(2024, 6, 1)
STEPS = {minutes: make_clock(START, END, minutes, "Europe/Paris", None) for minutes in (15, 30, 60)}


def local_hours(minutes):
    """Return the local moment at which each step begins, reckoned from UTC."""
    begin = dt.datetime.combine(START, dt.time(), PARIS).astimezone(dt.UTC)
    end = dt.datetime.combine(END, dt.time(), PARIS).astimezone(dt.UTC)
    count = int((end - begin) / dt.timedelta(minutes=minutes))
    return [(begin + k * dt.timedelta(minutes=minutes)).astimezone(PARIS) for k in range(count)]


def band_price(tariff, moment):
    """Return the price of a daily tariff by looking through its bands."""
    hour = moment.hour + moment.minute / 60
    for band in tariff.bands:
        if any(a <= hour < b for a, b in band.hours):
            return band.rate
    raise AssertionError(moment)


def billed_kw(rule, moments, kwh, minutes, earlier):
    """Return the demand of a month, and the months' demands so far."""
    intervals = defaultdict(float)
    counts = defaultdict(int)
    start, stop = rule.window.hours[0]
    for moment, energy in zip(moments, kwh, strict=True):
        if start <= moment.hour + moment.minute / 60 < stop:
            quarter = (moment.hour * 60 + moment.minute) // rule.minutes
            key = (moment.date(), moment.utcoffset(), quarter)
            intervals[key] += energy
            counts[key] += 1
    whole = rule.minutes // minutes
    powers = [
        (key[0], energy * 60 / rule.minutes)
        for key, energy in intervals.items()
        if counts[key] == whole
    ]
    if rule.one_a_day:
        best = defaultdict(float)
        for date, power in powers:
            best[date] = max(best[date], power)
        powers = list(best.items())
    highest = sorted((power for _, power in powers), reverse=True)[: rule.highest]
    earlier.append(max(sum(highest) / len(highest), rule.minimum_kw))
    last = earlier[-rule.rolling :]
    return sum(last) / len(last)


def reckon(contract, minutes, import_kwh, export_kwh):
    """Return the total of a bill, month by month, by loops."""
    moments = local_hours(minutes)
    assert len(moments) == len(import_kwh)
    parts, taxes = contract.parts, contract.parts.taxes
    by_rule = [[] for _ in parts.demand]
    total = 0.0
    for month in range(START.month, START.month + MONTHS):
        here = [k for k, moment in enumerate(moments) if moment.month == month]
        days = calendar.monthrange(2024, month)[1]
        taken = sum(import_kwh[k] for k in here)
        variable = sum(import_kwh[k] * band_price(contract.tariff, moments[k]) for k in here)
        for adder in parts.adders:
            variable += sum(import_kwh[k] * band_price(adder.tariff, moments[k]) for k in here)
        for blocks in parts.blocks:
            allowance = days if blocks.per == Per.DAY else 1
            variable += block_cost(blocks, taken, allowance) * (month in blocks.months)
        power = 0.0
        for rule, earlier in zip(parts.demand, by_rule, strict=True):
            kw = billed_kw(
                rule, [moments[k] for k in here], [import_kwh[k] for k in here], minutes, earlier
            )
            power += kw * (rule.price / 12 if rule.per == Per.YEAR else rule.price)
        fixed = contract.standing_year * days / 366
        if parts.subscribed is not None:
            fixed_power, over = subscribed_cost(parts.subscribed, import_kwh, here, minutes)
            power += fixed_power * days / 366 + over
        for charge in parts.fixed:
            fixed += charge.amount * {Per.DAY: days, Per.MONTH: 1, Per.YEAR: days / 366}[charge.per]
        if not taxes.included:
            variable = (variable + taxes.per_kwh * taken) * (1 + taxes.vat)
            power *= 1 + taxes.vat
            fixed *= 1 + taxes.fixed_vat
        total += variable + power + fixed - contract.export_price * sum(export_kwh[k] for k in here)
    return total


def block_cost(blocks, kwh, allowance):
    """Return what blocks add for a month, a day's bounds counting for each of its days."""
    cost, lower = 0.0, 0.0
    for bound, adder in zip((*blocks.bounds_kwh, float("inf")), blocks.adders, strict=True):
        cost += max(min(kwh, allowance * bound) - lower, 0.0) * adder
        lower = allowance * bound
    return cost


def subscribed_cost(power, import_kwh, here, minutes):
    """Return the yearly charge of subscribed power, and what a month's overruns cost."""
    most = power.kw * minutes / 60
    over = sum(max(import_kwh[k] - most, 0.0) for k in here)
    return power.kw * power.price_kw_year, power.overrun_kwh * over


PRICES = st.integers(-5, 60).map(lambda cents: cents / 100)
POSITIVE = st.integers(0, 60).map(lambda cents: cents / 100)


@st.composite
def dailies(draw):
    starts = sorted({0, *draw(st.lists(st.integers(1, 23), max_size=3))})
    rates = [draw(POSITIVE) for _ in starts]
    return daily(tuple(float(start) for start in starts), tuple(rates))


DEMANDS = st.builds(
    Demand,
    st.just("peak"),
    POSITIVE.map(lambda price: 20 * price),
    per=st.sampled_from([Per.MONTH, Per.YEAR]),
    minutes=st.sampled_from([15, 30, 60]),
    highest=st.integers(1, 4),
    one_a_day=st.booleans(),
    window=st.sampled_from([Window(), Window(((16.0, 21.0),)), Window(((7.0, 20.0),))]),
    minimum_kw=st.sampled_from([0.0, 2.5]),
    rolling=st.integers(1, 3),
)
BLOCKS = st.builds(
    lambda bounds, adders, per, months: Blocks(
        bounds, adders[: len(bounds) + 1], per, months
    ),
    st.sampled_from([(100.0,), (8.0, 20.0), (150.0, 400.0)]),
    st.tuples(PRICES, PRICES, PRICES),
    st.sampled_from([Per.DAY, Per.MONTH]),
    st.sampled_from([tuple(range(1, 13)), (2, 3), (5,)]),
)  # fmt: skip
PARTS = st.builds(
    Parts,
    st.builds(
        Taxes, POSITIVE, st.one_of(st.none(), st.just(0.055)), POSITIVE, included=st.booleans()
    ),
    st.lists(st.builds(Adder, st.just("network"), dailies()), max_size=2).map(tuple),
    st.lists(
        st.builds(Fixed, st.just("fee"), PRICES, st.sampled_from([Per.DAY, Per.MONTH, Per.YEAR])),
        max_size=2,
    ).map(tuple),
    st.lists(BLOCKS, max_size=2).map(tuple),
    st.lists(DEMANDS, max_size=2).map(tuple),
    st.one_of(st.none(), st.just(Subscribed(3.0, 12.0, 0.8))),
)


@settings(max_examples=25, deadline=None)
@given(
    tariff=dailies(), parts=PARTS, minutes=st.sampled_from([15, 30, 60]),
    standing=st.integers(0, 300), seed=st.integers(0, 2**20),
)  # fmt: skip
def test_a_bill_is_what_plain_loops_make_of_it(tariff, parts, minutes, standing, seed):
    if any(rule.minutes < minutes for rule in parts.demand):
        minutes = 15
    drawn = np.random.default_rng(seed)
    clock = STEPS[minutes]
    net = drawn.gamma(0.5, 1.2, clock.steps) * minutes / 60 - 0.3 * drawn.random(clock.steps)
    taken, fed = np.maximum(net, 0.0), np.maximum(-net, 0.0)
    contract = Contract(tariff, float(standing), 0.04, parts=parts)
    found = float(settle(contract, clock, taken, fed).total)
    assert found == pytest.approx(reckon(contract, minutes, taken, fed), rel=1e-9, abs=1e-6)
