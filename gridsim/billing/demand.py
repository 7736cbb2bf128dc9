"""Demand charges: the highest mean powers of a meter, and what is billed for them.

Powers are means over whole intervals that lie within the window. Where the meter's steps are
longer than the interval, or do not divide it, they are means over the shortest stretch of whole
steps that holds whole intervals, and the line says so.
"""

import math
from dataclasses import dataclass

import numpy as np

from gridsim.billing.channels import add, in_order
from gridsim.billing.lines import Line, LineKind
from gridsim.billing.periods import Cover, month_of
from gridsim.core.arrays import F8, I8
from gridsim.core.clock import DAY_S, Clock
from gridsim.signals.parts import ALL_MONTHS, Demand, Per
from gridsim.signals.windows import within

NONE_YET = -1.0
"""Stands for a power that was not measured yet; powers are not negative."""
_NEVER = -1  # the stretch of months that are none of the window's


@dataclass(frozen=True, slots=True)
class Account:
    """How a demand is measured.

    Parameters
    ----------
    rule : Demand
        What is charged.
    span : int
        Steps of an interval.
    place : I8
        Place of each step within its interval, shape (t,); -1 where it does not count.
    day : I8
        Local day number of each step, shape (t,).
    hours : float
        Length of an interval. [h]
    row : int
        First of its rows of the state: energy of the open interval [kWh], the day that is open,
        that day's highest power, the highest powers, earlier demands, newest first [kW].
    """

    rule: Demand
    span: int
    place: I8
    day: I8
    hours: float
    row: int

    @property
    def rows(self) -> slice:
        """All its rows."""
        return slice(self.row, self.after)

    @property
    def tops(self) -> slice:
        """Rows with the highest powers, rising."""
        first = self.row + 3
        return slice(first, first + self.rule.highest)

    @property
    def past(self) -> slice:
        """Rows with earlier demands, newest first."""
        return slice(self.tops.stop, self.after)

    @property
    def after(self) -> int:
        """Row after its own."""
        return self.row + 3 + self.rule.highest + self.rule.rolling - 1


def open_account(rule: Demand, clock: Clock, row: int) -> Account:
    """Return the account of a demand charge whose rows begin at ``row``."""
    length_s = math.lcm(60 * rule.minutes, clock.step_s)
    span = length_s // clock.step_s
    offset = clock.local_day * DAY_S + clock.wall_s - clock.time_s
    second = clock.time_s + offset % length_s
    number = second // length_s - second[0] // length_s
    whole = np.bincount(number, within(rule.window, clock)) == span
    place = np.where(whole[number], second % length_s // clock.step_s, -1)
    return Account(rule, span, place, clock.local_day, span * clock.dt_h, row)


def start(account: Account, state: F8) -> None:
    """Set the account's rows to nothing measured, in place."""
    state[account.rows] = NONE_YET
    state[account.row] = 0.0


def absorb(account: Account, state: F8, first: int, energy_kwh: F8) -> None:
    """Measure the energy of steps of one period from ``first`` on, (k, n), in place. [kWh]"""
    place = account.place[first : first + len(energy_kwh)]
    counts = place >= 0
    place, energy_kwh = place[counts], energy_kwh[counts]
    if not len(place):
        return
    sums = energy_kwh
    if account.span > 1:
        number = np.cumsum(place == 0) - (place[0] == 0)
        sums = np.zeros((int(number[-1]) + 1, state.shape[1]))
        sums[0] = state[account.row] if place[0] else 0.0
        add(sums, number, energy_kwh)
    day = account.day[first : first + len(counts)][counts]
    ended = place == account.span - 1
    state[account.row] = 0.0 if ended[-1] else sums[-1]
    kw = sums[: int(ended.sum())] / account.hours
    if not len(kw):
        return
    if account.rule.one_a_day:
        _by_day(account, state, kw, day[ended])
    else:
        _keep(state[account.tops], kw)


def lines(account: Account, state: F8, covered: Cover) -> list[Line]:
    """Return what is owed for a period, none where it lies outside the window's months."""
    rule = account.rule
    months = covered.month_count(rule.window.months)
    if not months:
        return []
    kw, days = billed_kw(account, state), (covered.first_day, covered.last_day)
    rate = np.full(kw.shape, months * month_price(rule))
    amount, notes = kw * rate, _notes(account)
    if rule.steps:
        amount, rate = months * step_charge(rule, kw), np.full(kw.shape, np.nan)
        notes = ["charged by the step it falls in", *notes]
    note = "; ".join(notes)
    return [Line(LineKind.DEMAND, rule.name, *days, kw, "kW", rate, amount, note)]


def close(account: Account, state: F8, covered: Cover) -> None:
    """End a period, in place: note its demand, and forget the highest powers when it is time.

    A period that a switch ends within a month leaves that to the next one.
    """
    rule = account.rule
    here, following = int(covered.month[-1]), month_of(covered.last_day)
    if here == following:
        return
    if rule.rolling > 1 and covered.month_count(rule.window.months):
        newest = floored_kw(account, state)
        past = state[account.past]
        past[1:] = past[:-1].copy()
        past[0] = newest
    _keep(state[account.tops], state[account.row + 2][None])
    state[account.row + 1 : account.row + 3] = NONE_YET
    if rule.over == Per.MONTH or _stretch(rule, here) != _stretch(rule, following):
        state[account.tops] = NONE_YET


def floored_kw(account: Account, state: F8) -> F8:
    """Return the demand of the open period, before any mean over periods, shape (n,). [kW]"""
    return np.maximum(_mean(with_open_day(account, state)), account.rule.minimum_kw)


def with_open_day(account: Account, state: F8) -> F8:
    """Return the highest powers with that of the open day among them, (highest, n), rising."""
    tops = state[account.tops].copy()
    _keep(tops, state[account.row + 2][None])
    return tops


def billed_kw(account: Account, state: F8) -> F8:
    """Return the demand that is billed for the open period, shape (n,). [kW]"""
    newest = floored_kw(account, state)
    return _mean(np.concatenate([newest[None], state[account.past]]))


def month_price(rule: Demand) -> float:
    """Return what a kW costs for a month. [currency/kW]"""
    return rule.price / 12.0 if rule.per == Per.YEAR else rule.price


def step_charge(rule: Demand, kw: F8) -> F8:
    """Return the month's charge of the step that demands fall in, upper ends inside. [currency]"""
    upper, charge = np.array(rule.steps).T
    found: F8 = charge[np.minimum(np.searchsorted(upper, kw), len(upper) - 1)]
    return found


def season_months(rule: Demand, month: int) -> int:
    """Return the months for which a running maximum still counts, this one included.

    Parameters
    ----------
    rule : Demand
        What is charged, over a season or a year.
    month : int
        Months since January 1970.
    """
    count = 1
    while _stretch(rule, month + count) == _stretch(rule, month):
        count += 1
    return sum((month + k) % 12 + 1 in rule.window.months for k in range(count))


def _by_day(account: Account, state: F8, kw: F8, day: I8) -> None:
    """Let each day lend its highest power; the last day stays open."""
    open_day, highest = state[account.row + 1], state[account.row + 2]
    bounds = np.flatnonzero(np.diff(day, prepend=NONE_YET))
    for a, b in zip(bounds, [*bounds[1:], len(day)], strict=True):
        turned = open_day != day[a]
        _keep(state[account.tops], np.where(turned, highest, NONE_YET)[None])
        highest[turned] = NONE_YET
        np.maximum(highest, kw[a:b].max(axis=0), out=highest)
        open_day[:] = day[a]


def _keep(tops: F8, kw: F8) -> None:
    """Keep the highest of powers that were kept and others, (m, n), rising, in place."""
    count = len(tops)
    if count == 1:
        np.maximum(tops[0], kw.max(axis=0), out=tops[0])
        return
    both = np.concatenate([tops, kw])
    tops[...] = np.sort(np.partition(both, len(both) - count, axis=0)[-count:], axis=0)


def _mean(kw: F8) -> F8:
    """Return the mean of what was measured, 0 where nothing was, shape (n,). [kW]"""
    there = kw > NONE_YET
    count = there.sum(axis=0)
    mean: F8 = in_order(np.where(there, kw, 0.0)) / np.maximum(count, 1)
    return mean


def _stretch(rule: Demand, month: int) -> int:
    """Return what tells apart the stretches over which a maximum is taken."""
    months = rule.window.months
    if rule.over == Per.YEAR or len(set(months)) == len(ALL_MONTHS):
        return month // 12
    if month % 12 + 1 not in months:
        return _NEVER
    while (month - 1) % 12 + 1 in months:
        month -= 1
    return month


def _notes(account: Account) -> list[str]:
    """Return what a line must say about how a demand came about."""
    rule, found = account.rule, []
    minutes = round(60 * account.hours)
    if minutes != rule.minutes:
        found.append(f"powers are means over {minutes} min, not {rule.minutes} min")
    if rule.highest > 1:
        days = " days" if rule.one_a_day else ""
        found.append(f"the mean of the {rule.highest} highest{days}")
    if rule.rolling > 1:
        found.append(f"the mean over the last {rule.rolling} demands, as far as there are")
    if rule.minimum_kw:
        found.append(f"at least {rule.minimum_kw:g} kW")
    return found
