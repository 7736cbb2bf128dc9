"""Peak-time rebates: a price for each kWh below a baseline, and those who know how it is made."""

from dataclasses import dataclass

import numpy as np

from gridsim.core.arrays import B1, F4, F8
from gridsim.core.clock import Clock
from gridsim.programmes import calls, history, methods
from gridsim.programmes.calls import Call
from gridsim.programmes.choosing import TooFewDays
from gridsim.programmes.methods import Method

CHUNK = 2048
"""Homes that are settled at a time: what bounds the memory."""


@dataclass(frozen=True, slots=True)
class Rebate:
    """In called hours a home earns ``price`` for each kWh that its meter shows below a baseline.

    Parameters
    ----------
    price : float
        Paid for a credited kWh, above 0. [currency/kWh]
    method : Method
        The baseline.
    calls : tuple of Call
        When, and how people are told.
    gaming : float
        Share of the homes on the tariff that raise the baseline once a call is told, 0-1.

    Raises
    ------
    ValueError
        If the price is not above 0, or the share does not lie in 0-1.
    """

    price: float
    method: Method
    calls: tuple[Call, ...]
    gaming: float = 0.0

    def __post_init__(self) -> None:
        """Refuse a rebate that pays nothing, and shares that are none."""
        if not 0.0 < self.price < np.inf:
            raise ValueError(f"rebate.price must be above 0, got {self.price}")
        if not 0.0 <= self.gaming <= 1.0:
            raise ValueError(f"rebate.gaming must lie in 0-1, got {self.gaming}")


@dataclass(frozen=True, slots=True)
class Settled:
    """What a rebate came to.

    Parameters
    ----------
    credit_kwh : F8
        Credited to each home over all events, shape (n,). [kWh]
    events : F8
        Credited to all homes together in each event, shape (e,). [kWh]
    missed : int
        Events without a credit for anybody: too few days before them for the method.
    """

    credit_kwh: F8
    events: F8
    missed: int


def settle(rebate: Rebate, clock: Clock, kw: F8 | F4, called: B1, temp_c: F8) -> Settled:
    """Return what homes are credited with, floored at 0 in each event.

    Parameters
    ----------
    rebate : Rebate
        What is promised; its calls are laid onto ``clock``.
    clock : Clock
        Of the metered loads, t steps.
    kw : F8 or F4
        Net load of each home, shape (t, n). [kW]
    called : B1
        Steps in which anything is called, which no baseline looks at, shape (t,).
    temp_c : F8
        Outdoor temperature, shape (t,). [C]
    """
    own = calls.called(rebate.calls, clock)
    nobody = history.fold(clock, np.zeros((clock.steps, 0)), own)
    events = history.events(nobody)
    credit = np.zeros(kw.shape[1])
    by_event = np.zeros(len(events))
    missed: set[int] = set()
    for first in range(0, kw.shape[1], CHUNK):
        past = history.fold(clock, kw[:, first : first + CHUNK], called | own, temp_c)
        for place, event in enumerate(events):
            try:
                base = rebate.method.reckon(past, event)
            except TooFewDays:
                missed.add(place)
                continue
            found = methods.credited_kwh(rebate.method, past, event, base)
            credit[first : first + CHUNK] += found
            by_event[place] += float(found.sum())
    return Settled(credit, by_event, len(missed))


def gamed(rebate: Rebate, call: Call, clock: Clock, called: B1) -> tuple[tuple[int, int], ...]:
    """Return the spans of steps in which more use raises the baseline of a call.

    The adjustment hours on its day; and, if the day before is like it and nothing is called then,
    its own hours on that day, which is among those that the method chooses from.

    Parameters
    ----------
    rebate : Rebate
        Whose baseline.
    call : Call
        One of its calls.
    clock : Clock
        Time axis.
    called : B1
        Steps in which anything is called, shape (t,).
    """
    day = int(clock.local_day[call.first])
    today = clock.local_day == day
    start_s = int(clock.wall_s[call.first])
    marked = np.zeros(clock.steps, dtype=bool)
    if rebate.method.window_h is not None:
        from_h, to_h = rebate.method.window_h
        marked |= today & (clock.wall_s >= start_s - 3600 * from_h) & (
            clock.wall_s < start_s - 3600 * to_h
        )  # fmt: skip
    eve = clock.local_day == day - 1
    if rebate.method.days and eve.any() and not called[eve].any() and _free(clock, day) == _free(
        clock, day - 1
    ):  # fmt: skip
        last_s = int(clock.wall_s[call.last - 1])
        marked |= eve & (clock.wall_s >= start_s) & (clock.wall_s <= last_s)
    marked &= ~called
    edges = np.flatnonzero(np.diff(np.concatenate(([False], marked, [False])).astype(np.int8)))
    return tuple((int(first), int(last)) for first, last in edges.reshape(-1, 2))


def _free(clock: Clock, day: int) -> bool:
    """Tell whether a day is a weekend or a public holiday."""
    return (day + 3) % 7 >= 5 or bool(clock.holiday[clock.local_day == day].any())
