"""Calls of an arm: on chosen days, for some hours, an appeal in words or an order to machines."""

from dataclasses import dataclass

import numpy as np

from gridsim.core.arrays import B1, F8
from gridsim.core.clock import Clock
from gridsim.signals import calendar
from gridsim.signals.calendar import Days, Lead


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


def calls(plan: Plan, clock: Clock, daily_mean_c: F8 | None = None) -> tuple[Call, ...]:
    """Return the calls of a plan, in order of their steps; one for each span of hours.

    Parameters
    ----------
    plan : Plan
        The programme.
    clock : Clock
        The period.
    daily_mean_c : F8, optional
        Mean temperature of each local date of the clock, shape (d,); rules on the weather need
        it. [C]

    Raises
    ------
    ValueError
        If a rule on the weather gets no temperature.
    """
    days = calendar.chosen(plan.days, clock, daily_mean_c)
    spans = calendar.spans(days, plan.hours, plan.lead, clock, label=plan.label)
    return tuple(
        Call(
            span.published_s,
            span.first,
            span.last,
            span.label,
            plan.channel,
            plan.control,
            plan.reminder,
        )
        for span in spans
    )


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
