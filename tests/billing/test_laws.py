"""Laws that hold for any contract and any meter: nothing is lost, nothing depends on neighbours."""

import dataclasses
import datetime as dt
import itertools
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gridsim.billing import ledger, periods
from gridsim.billing.lines import SHARES, LineKind, revenue
from gridsim.billing.settle import settle
from gridsim.core.clock import Clock, make_clock
from gridsim.signals import dynamic
from gridsim.signals.contract import Contract
from gridsim.signals.parts import (
    Adder,
    Blocks,
    Crediting,
    Demand,
    Export,
    Fixed,
    Parts,
    Per,
    Subscribed,
    Taxes,
    Window,
)  # fmt: skip
from gridsim.signals.tariff import Flat, TimeOfUse, daily
from gridsim.signals.whole import Whole

CLOCK = make_clock(dt.date(2026, 2, 20), dt.date(2026, 5, 10), 60, "Europe/Paris", "FR")
WHOLESALE = np.random.default_rng(3).normal(0.08, 0.08, CLOCK.steps)
TARIFFS = (
    Flat(0.2),
    daily((0, 7, 22), (0.1, 0.25, 0.1)),
    dynamic.of_series(CLOCK, WHOLESALE + 0.05),
)
TAXES = (Taxes(), Taxes(0.2, 0.055, 0.02), Taxes(0.2, 0.055, 0.02, included=True))
BLOCKS = (
    Blocks((80.0, 200.0), (0.0, 0.05, 0.1)),
    Blocks((6.0,), (-0.01, 0.03), per=Per.DAY),
    Blocks((50.0,), (0.0, 0.04), months=(3, 4)),
)
MONTHLY = (
    Demand("hours", 3.0, minutes=60),
    Demand("steps", minutes=60, highest=3, one_a_day=True, steps=((2.0, 10.0), (4.0, 20.0))),
    Demand("mornings", 2.0, minutes=60, highest=2, window=Window(((6, 10),), months=(4, 5))),
)
LASTING = (
    Demand("rolling", 40.0, Per.YEAR, minutes=60, minimum_kw=2.5, rolling=3),
    Demand("season", 1.0, minutes=60, window=Window(months=(3, 4)), over=Per.SEASON),
    Demand("year", 1.0, minutes=60, highest=3, one_a_day=True, over=Per.YEAR),
)
FEEDING = (None, Export(tariff=TARIFFS[1]), Export(tariff=TARIFFS[2]))
KEEPING = tuple(
    Export(how, cash_out=share, cash_out_month=month)
    for how in (Crediting.NET_METERING, Crediting.NET_BILLING)
    for share in (0.0, 0.5)
    for month in (3, 12)
)


@st.composite
def contracts(draw, *, forgetful=False):
    """Return a contract of any parts; a forgetful one carries nothing into the next period."""
    some = lambda of: tuple(draw(st.lists(st.sampled_from(of), max_size=2, unique=True)))  # noqa: E731
    exports = FEEDING if forgetful else FEEDING + KEEPING
    parts = Parts(
        taxes=draw(st.sampled_from(TAXES)),
        adders=tuple(Adder("grid", tariff) for tariff in some(TARIFFS[:2])),
        fixed=some((Fixed("monthly", 4.0), Fixed("daily", -0.1, Per.DAY))),
        blocks=some(BLOCKS),
        demand=some(MONTHLY if forgetful else MONTHLY + LASTING),
        subscribed=draw(st.sampled_from((None, Subscribed(2.0, 12.0, 0.3)))),
        export=draw(st.sampled_from(exports)),
        months=draw(st.sampled_from((1, 2))),
    )
    tariff = draw(st.sampled_from(TARIFFS))
    return Contract(tariff, draw(st.sampled_from((0.0, 150.0))), 0.05, parts=parts)


def meters(seed, homes=3, clock=CLOCK):
    """Return imports and exports of some homes, most of them small, shape (t, homes)."""
    drawn = np.random.default_rng(seed).random((2, clock.steps, homes))
    return 3.0 * drawn[0] ** 4, 2.0 * drawn[1] ** 6


def part_of(clock, first, last):
    """Return the steps [first, last) of a clock."""
    steps = slice(first, last)
    return Clock(
        clock.start_s + first * clock.step_s, clock.step_s, last - first, clock.timezone,
        clock.local_day[steps], clock.wall_s[steps], clock.holiday[steps],
    )  # fmt: skip


seeds = st.integers(0, 2**16)
quickly = settings(deadline=None, max_examples=25)


@quickly
@given(contract=contracts(), seed=seeds)
def test_the_lines_make_the_bill(contract, seed):
    owed = settle(contract, CLOCK, *meters(seed))
    total = np.sum([line.amount for line in owed.lines], axis=0)
    assert owed.total == pytest.approx(total, rel=1e-12, abs=1e-9)
    for line in owed.lines:
        said = np.isclose(line.amount, line.quantity * line.rate, rtol=1e-12, atol=0.0)
        assert (said | np.isnan(line.rate)).all(), line
        assert line.note or not np.isnan(line.rate).any()


@quickly
@given(contract=contracts(), seed=seeds)
def test_what_homes_pay_is_what_is_received(contract, seed):
    owed = settle(contract, CLOCK, *meters(seed, homes=5))
    paid = math.fsum(math.fsum(line.amount) for line in owed.lines)
    assert revenue(owed) == pytest.approx(paid, rel=1e-12, abs=1e-9)


@quickly
@given(contract=contracts(), seed=seeds, homes=st.sampled_from([2, 7, 70]))
def test_a_home_pays_the_same_beside_any_others(contract, seed, homes):
    taken, fed = meters(seed, homes)
    together = settle(contract, CLOCK, taken, fed)
    alone = settle(contract, CLOCK, taken[:, -1], fed[:, -1])
    for one, many in zip(alone.lines, together.lines, strict=True):
        assert one.name == many.name
        assert one.amount == many.amount[-1]
    assert alone.total == together.total[-1]


@quickly
@given(contract=contracts(), seed=seeds, cuts=st.sets(st.integers(1, CLOCK.steps - 1), max_size=8))
def test_posting_in_pieces_gives_the_same_bits(contract, seed, cuts):
    taken, fed = meters(seed)
    plan = ledger.plan(contract, CLOCK)
    whole, pieces = ledger.blank(plan, 3), ledger.blank(plan, 3)
    ledger.post(plan, whole, 0, taken, fed)
    bounds = [0, *sorted(cuts), CLOCK.steps]
    for a, b in itertools.pairwise(bounds):
        ledger.post(plan, pieces, a, taken[a:b], fed[a:b])
    assert pieces.tobytes() == whole.tobytes()
    assert (ledger.amounts(plan, pieces).total == settle(contract, CLOCK, taken, fed).total).all()


@quickly
@given(contract=contracts(forgetful=True), seed=seeds, place=st.integers(0, 5))
def test_a_cut_at_the_end_of_a_period_changes_no_total(contract, seed, place):
    taken, fed = meters(seed)
    ends = [period.last for period in periods.periods(contract, CLOCK)[:-1]]
    cut = ends[place % len(ends)]
    halves = [
        settle(contract, part_of(CLOCK, a, b), taken[a:b], fed[a:b]).total
        for a, b in ((0, cut), (cut, CLOCK.steps))
    ]
    whole = settle(contract, CLOCK, taken, fed).total
    assert halves[0] + halves[1] == pytest.approx(whole, rel=1e-12, abs=1e-9)


@quickly
@given(contract=contracts(), seed=seeds, place=st.integers(0, 5))
def test_a_switch_to_the_same_at_the_end_of_a_period_changes_no_total(contract, seed, place):
    """But for what exports have left over, which a switch settles."""
    taken, fed = meters(seed)
    if contract.parts.export in KEEPING:
        fed = 0.0 * fed
    ends = [period.last for period in periods.periods(contract, CLOCK)[:-1]]
    day = int(CLOCK.local_day[ends[place % len(ends)]])
    switched = dataclasses.replace(contract, later=((day, contract),))
    assert settle(switched, CLOCK, taken, fed).total == pytest.approx(
        settle(contract, CLOCK, taken, fed).total, rel=1e-12, abs=1e-9
    )


@quickly
@given(contract=contracts(), seed=seeds, rate=st.floats(0, 2))
def test_equal_rates_at_all_times_are_one_price(contract, seed, rate):
    taken, fed = meters(seed)
    rule = contract.parts.export
    if rule is not None and rule.crediting == Crediting.NET_METERING:
        fed = 0.0 * fed  # what tells registers apart also keeps their kWh apart
    banded = TimeOfUse(daily((0, 7, 13, 22), (rate,) * 4).bands)
    one, many = (
        settle(dataclasses.replace(contract, tariff=tariff), CLOCK, taken, fed).total
        for tariff in (Flat(rate), banded)
    )
    assert many == pytest.approx(one, rel=1e-12, abs=1e-9)


@quickly
@given(contract=contracts(), seed=seeds)
def test_the_price_that_is_shown_is_the_price_that_is_paid(contract, seed):
    """Without blocks, charges for power and kept exports."""
    taken, fed = meters(seed)
    day = int(CLOCK.local_day[900])
    simple = dataclasses.replace(
        contract.parts, blocks=(), demand=(), subscribed=None, export=FEEDING[seed % 3]
    )
    first, then = dataclasses.replace(contract, parts=simple), Contract(TARIFFS[2], 9.0, 0.01)
    signed = dataclasses.replace(first, later=((day, then),))
    owed, shown = settle(signed, CLOCK, taken, fed), Whole(signed)
    assert owed.energy == pytest.approx(shown.price(CLOCK) @ taken, rel=1e-9, abs=1e-9)
    assert owed.export == pytest.approx(-(shown.export_price(CLOCK) @ fed), rel=1e-9, abs=1e-9)


@quickly
@given(contract=contracts(), seed=seeds)
def test_more_use_costs_more_where_all_prices_are_above_zero(contract, seed):
    taken, fed = meters(seed)
    fed = 0.0 * fed
    sure = dataclasses.replace(contract, tariff=Flat(0.2))
    more = settle(sure, CLOCK, 1.5 * taken, fed).total
    assert (more >= settle(sure, CLOCK, taken, fed).total).all()


def test_every_kind_of_line_belongs_to_one_share_of_a_bill():
    assert sorted(kind for kinds in SHARES for kind in kinds) == sorted(LineKind)


def test_periods_leave_no_gap():
    contract = Contract(Flat(0.2), parts=Parts(months=2, export=KEEPING[0]))
    found = periods.periods(contract, CLOCK)
    assert [period.first for period in found] == [0, *(period.last for period in found[:-1])]
    assert found[-1].last == CLOCK.steps
    dates = [str(dt.date(1970, 1, 1) + dt.timedelta(int(CLOCK.local_day[p.first]))) for p in found]
    assert dates == ["2026-02-20", "2026-03-01", "2026-04-01", "2026-05-01"]  # settled in March
    assert [period.settles for period in found] == [False, True, False, False]
