"""Calls of an arm: on chosen days, for some hours, an appeal in words or an order to machines."""

from dataclasses import dataclass

import numpy as np

from gridsim.core.arrays import B1, F8
from gridsim.core.clock import Clock
from gridsim.signals import calendar
from gridsim.signals.calendar import Lead
from gridsim.signals.rules import Days, Past, Rule


@dataclass(frozen=True, slots=True)
class Control:
    """What machines are told to do while a call lasts.

    Parameters
    ----------
    setback_k : float
        How far set points are relaxed: heating lower, cooling higher. [K]
    ev_pause : bool
        Whether chargers wait.
    tank_block : bool
        Whether hot-water tanks stay off.
    ev_limit_kw : float
        Most power of a charger. [kW]
    load_limit_kw : float
        Most import of a home, as far as its machines can: first the charger gives way, then the
        tank, then the battery gives. What people use by hand stays. [kW]
    opt_out : float
        Share of the homes that refuse a call, drawn anew for each.

    Raises
    ------
    ValueError
        If a number makes no sense, or nothing is told.
    """

    setback_k: float = 0.0
    ev_pause: bool = False
    tank_block: bool = False
    ev_limit_kw: float = np.inf
    load_limit_kw: float = np.inf
    opt_out: float = 0.0

    def __post_init__(self) -> None:
        """Refuse an order to do nothing, and one to heat more."""
        if not 0 <= self.setback_k < np.inf:
            raise ValueError(f"setback_k must be a number not below 0, got {self.setback_k}")
        for name in ("ev_limit_kw", "load_limit_kw"):
            if not getattr(self, name) >= 0:
                raise ValueError(f"{name} must not be below 0, got {getattr(self, name)}")
        if not 0 <= self.opt_out <= 1:
            raise ValueError(f"opt_out must be a share from 0 to 1, got {self.opt_out}")
        limited = min(self.charge_kw, self.load_limit_kw) < np.inf
        if not (self.setback_k or limited or self.tank_block):
            raise ValueError("a control must tell machines something")

    @property
    def charge_kw(self) -> float:
        """Most power of a charger, 0 where it waits. [kW]"""
        return 0.0 if self.ev_pause else self.ev_limit_kw


@dataclass(frozen=True, slots=True)
class Call:
    """From ``published_s`` on, people are asked to use less in steps ``first`` to ``last - 1``.

    Parameters
    ----------
    published_s : int
        UTC second at which it is told; it may lie before the clock's start. [s]
    first, last : int
        Steps [first, last) of the clock that the plan was laid onto, never empty.
    label : str
        What is called, in a word or two.
    channel : str or None
        How people hear of it; None: as they hear of prices.
    control : Control or None
        What machines do; None is an appeal in words.
    reminder : bool
        Whether people are told once more on the day itself.
    """

    published_s: int
    first: int
    last: int
    label: str
    channel: str | None
    control: Control | None
    reminder: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """A programme of calls.

    Parameters
    ----------
    days : Days
        Which days.
    hours : tuple of (float, float)
        Local hours [from, to) of each called day, from < to <= 24. [h]
    lead : Lead
        When people are told.
    label : str
        What is called.
    channel : str or None
        How people hear of it; None: as they hear of prices.
    control : Control or None
        What machines do; None is an appeal in words.
    reminder : bool
        Whether people are told once more on the day itself.

    Raises
    ------
    ValueError
        If the hours make no sense.
    """

    days: Days
    hours: tuple[tuple[float, float], ...]
    lead: Lead = Lead.DAY_AHEAD
    label: str = "appeal"
    channel: str | None = None
    control: Control | None = None
    reminder: bool = False

    def __post_init__(self) -> None:
        """Refuse hours that overlap or run through midnight."""
        calendar.check_hours(self.hours)


@dataclass(frozen=True, slots=True, eq=False)
class Known:
    """What whoever calls knows of the days of a period; each is None where no rule looks at it.

    Parameters
    ----------
    measure : F8 or None
        Mean temperature or price of each local date of the clock, shape (d,), as it is known when
        the day is chosen. [C or currency/kWh]
    past : Past or None
        The same of the year before.
    price : F8 or None
        Price of each step of the clock, shape (t,). [currency/kWh]
    """

    measure: F8 | None = None
    past: Past | None = None
    price: F8 | None = None


NOTHING = Known()
"""Known to whoever calls by dates or by count."""


def calls(plan: Plan, clock: Clock, known: Known = NOTHING) -> tuple[Call, ...]:
    """Return the calls of a plan, in order of their steps; one for each span of hours.

    Parameters
    ----------
    plan : Plan
        The programme. A rule on the price calls, within its hours, only while the price lies above
        the limit, from the first such step to the last.
    clock : Clock
        The period.
    known : Known
        What its rule looks at.

    Raises
    ------
    ValueError
        If a rule gets nothing to look at.
    """
    days = calendar.chosen(plan.days, clock, known.measure, known.past)
    if plan.days.rule != Rule.ABOVE_PRICE:
        return tuple(
            _call(plan, span.published_s, span.first, span.last)
            for span in calendar.spans(days, plan.hours, plan.lead, clock, label=plan.label)
        )
    if known.price is None:
        raise ValueError("price must hold one number for each step: the hours follow from it")
    found: list[Call] = []
    for day in days:
        found += within(plan, clock, day, known.price, plan.days.value)
    return tuple(found)


def within(plan: Plan, clock: Clock, day: int, values: F8, limit: float) -> tuple[Call, ...]:
    """Return the calls of a day in whose hours a value lies above a limit.

    Parameters
    ----------
    plan : Plan
        The programme: its hours bound the calls, and so do its limits on hours.
    clock : Clock
        The period.
    day : int
        Day number.
    values : F8
        What is compared, on the steps of the clock, shape (t,).
    limit : float
        What it is compared with.

    Notes
    -----
    A call runs from the first step above the limit to the last, in each span of hours. One that
    is longer than ``hours_per_event`` becomes the stretch of that length with the highest sum; of
    a day, the calls with the highest value come first until ``hours_per_day`` is used up.
    """
    limits, dt_h = plan.days.limits, clock.dt_h
    room = _steps(limits.hours_per_day, dt_h)
    spells = []
    for span in calendar.spans((day,), plan.hours, plan.lead, clock, label=plan.label):
        above = np.flatnonzero(values[span.first : span.last] > limit)
        if len(above):
            first, last = span.first + int(above[0]), span.first + int(above[-1]) + 1
            spells.append(_highest(values, first, last, _steps(limits.hours_per_event, dt_h)))
    found = []
    for first, last in sorted(spells, key=lambda spell: -float(values[slice(*spell)].max())):
        begin, end = _highest(values, first, last, room)
        if end > begin:
            told = calendar.told_s(day, plan.hours, plan.lead, clock)
            at_s = clock.start_s + clock.step_s * begin if told is None else told
            found.append(_call(plan, at_s, begin, end))
            room -= end - begin
    return tuple(sorted(found, key=lambda call: call.first))


def in_order(planned: tuple[Call, ...]) -> tuple[Call, ...]:
    """Return calls in order of their steps."""
    return tuple(sorted(planned, key=lambda call: (call.first, call.last)))


def called(planned: tuple[Call, ...], clock: Clock) -> B1:
    """Return the steps of a clock in which something is called, shape (t,).

    Parameters
    ----------
    planned : tuple of Call
        Calls laid onto this clock, or onto a shorter one with the same start and step.
    clock : Clock
        The time axis.
    """
    mask = np.zeros(clock.steps, dtype=bool)
    for call in planned:
        mask[call.first : call.last] = True
    return mask


def _call(plan: Plan, published_s: int, first: int, last: int) -> Call:
    """Return one call of a plan."""
    return Call(published_s, first, last, plan.label, plan.channel, plan.control, plan.reminder)


def _steps(hours: float | None, dt_h: float) -> int:
    """Return the whole steps that fit into a number of hours, all of a day's if there is none."""
    return round(26 / dt_h) if hours is None else int(hours / dt_h + 1e-9)


def _highest(values: F8, first: int, last: int, most: int) -> tuple[int, int]:
    """Return the stretch of at most so many steps with the highest sum, the earliest of equals."""
    if last - first <= most:
        return first, last
    if most <= 0:
        return first, first
    sums = np.convolve(values[first:last], np.ones(most), mode="valid")
    start = first + int(np.argmax(sums))
    return start, start + most
