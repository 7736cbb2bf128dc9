"""Choosing the days that a baseline is a mean of, and moving the mean to the day of the event."""

from dataclasses import dataclass
from enum import IntEnum

import numpy as np

from gridsim.core.arrays import B1, F8, I8
from gridsim.programmes.history import Event, History


class TooFewDays(ValueError):  # noqa: N818  (it says what is the matter)
    """A history has fewer like days than a method needs."""


class Kind(IntEnum):
    """How a baseline is moved to the day of the event."""

    RATIO = 0
    ADD = 1


@dataclass(frozen=True, slots=True)
class Adjustment:
    """A same-day adjustment: what was used shortly before the event, beside the baseline of then.

    Parameters
    ----------
    kind : Kind
        A factor on the baseline, or kW added to it.
    from_h, to_h : float
        Window before the start of the event, ``from_h > to_h >= 0``. [h]
    low, high : float
        Bounds of the factor; no bounds on what is added.

    Raises
    ------
    ValueError
        If the window or the bounds make no sense.
    """

    kind: Kind
    from_h: float
    to_h: float
    low: float = 0.0
    high: float = np.inf

    def __post_init__(self) -> None:
        """Refuse a window without hours and bounds without room."""
        if not self.from_h > self.to_h >= 0:
            raise ValueError(f"adjustment.from_h must pass to_h, got {self.from_h}, {self.to_h}")
        if not 0 <= self.low <= 1 <= self.high:
            raise ValueError(f"adjustment bounds must hold 1, got {self.low} to {self.high}")


def needed(found: int, least: int, name: str) -> None:
    """Refuse a history with too few days.

    Raises
    ------
    TooFewDays
        Naming the method, what it needs and what there is.
    """
    if found < least:
        raise TooFewDays(
            f"{name} needs {least} like days without calls before the event, there are {found}"
        )


def event_kw(history: History, event: Event, days: I8) -> F8:
    """Return the mean load of days in the slots of an event, shape (c, n). [kW]"""
    here = history.kw[days, event.first : event.last]
    return np.asarray(here.mean(axis=1, dtype=np.float64))


def recent(use: F8, want: int, low: float | None = None) -> B1:
    """Return the ``want`` most recent days of each home, shape (c, n).

    A day whose use lies below ``low`` times the mean of those chosen is left out and the next
    older day takes its place, until no such day is among them.

    Parameters
    ----------
    use : F8
        Use of each day in the event's hours, the most recent first, shape (c, n). [kW]
    want : int
        Days wanted; fewer where there are no more.
    low : float, optional
        Share of the mean below which a day does not count; no day is left out without it.
    """
    barred = np.zeros(use.shape, dtype=bool)
    while True:
        free = ~barred
        taken = free & (np.cumsum(free, axis=0) <= want)
        if low is None:
            return taken
        mean = _mean(use, taken)
        idle = taken & (use < low * mean) & (mean > 0.0)
        if not idle.any():
            return taken
        barred |= idle


def highest(use: F8, among: B1, want: int) -> B1:
    """Return the ``want`` days of highest use among those of each home, shape (c, n).

    Of equal days the more recent counts.
    """
    order = np.argsort(np.where(among, -use, np.inf), axis=0, kind="stable")
    rank = np.empty_like(order)
    np.put_along_axis(rank, order, np.arange(len(use))[:, np.newaxis], axis=0)
    return np.asarray(among & (rank < want))


def middle(use: F8, among: B1) -> B1:
    """Return the days of each home without the one of highest and the one of lowest use."""
    top = highest(use, among, 1)
    return np.asarray(among & ~top & ~highest(-use, among & ~top, 1))


def mean_of(history: History, days: I8, taken: B1, first: int, last: int) -> F8:
    """Return the mean over the days taken, in slots [first, last) of the day, shape (k, n). [kW]

    Reckoned from the first day on, so that equal days give their own value to the last bit.
    """
    start = np.asarray(history.kw[days[0], first:last], dtype=np.float64)
    total = np.zeros_like(start)
    for place, chosen in zip(days, taken, strict=True):
        total += (history.kw[place, first:last] - start) * chosen
    return np.asarray(start + total / np.maximum(taken.sum(axis=0), 1))


def window(history: History, event: Event, from_h: float, to_h: float) -> I8:
    """Return the slots that lie ``from_h`` to ``to_h`` before an event on its day, shape (w,).

    Hours before midnight, and hours in which something is called, are left out: it may be empty.
    """
    first = event.first - round(from_h / history.slot_h)
    slots = np.arange(max(first, 0), max(event.first - round(to_h / history.slot_h), 0))
    return np.asarray(slots[~history.called[event.place, slots]])


def after(history: History, event: Event, from_h: float, to_h: float) -> I8:
    """Return the slots that lie ``from_h`` to ``to_h`` after an event on its day, shape (w,).

    Hours after midnight, and hours in which something is called, are left out.
    """
    first = event.last + round(from_h / history.slot_h)
    last = event.last + round(to_h / history.slot_h)
    slots = np.arange(first, max(first, min(last, history.slots)))
    return np.asarray(slots[~history.called[event.place, slots]])


def level(history: History, event: Event, slots: I8, name: str) -> F8:
    """Return the mean load of slots of the event's day, shape (n,); some are needed. [kW]"""
    if not len(slots):
        raise TooFewDays(f"{name} needs hours without calls beside the event on its day")
    here = history.kw[event.place, slots]
    first = np.asarray(here[0], dtype=np.float64)
    return np.asarray(first + (here - first).mean(axis=0))


def flat(history: History, event: Event, level_kw: F8) -> F8:
    """Return one level for all slots of an event, shape (k, n). [kW]"""
    return np.repeat(level_kw[np.newaxis], event.last - event.first, axis=0)


def adjusted(history: History, event: Event, days: I8, taken: B1, rule: Adjustment | None) -> F8:
    """Return the mean over the days taken, moved to the day of the event, shape (k, n). [kW]

    Without a slot in the window (an event soon after midnight), or where the mean in it is not
    positive and a ratio is asked for, nothing is moved.

    Parameters
    ----------
    history : History
        The loads.
    event : Event
        What is called.
    days : I8
        Places of like days, shape (c,).
    taken : B1
        Which of them count for each home, shape (c, n).
    rule : Adjustment or None
        How to move it; None: not at all.
    """
    raw = mean_of(history, days, taken, event.first, event.last)
    if rule is None:
        return raw
    slots = window(history, event, rule.from_h, rule.to_h)
    if not len(slots):
        return raw
    begin = int(slots[0])
    then = mean_of(history, days, taken, begin, int(slots[-1]) + 1)[slots - begin].mean(axis=0)
    now = history.kw[event.place, slots].mean(axis=0, dtype=np.float64)
    if rule.kind == Kind.ADD:
        return np.asarray(raw + (now - then))
    factor = np.where(then > 0.0, now / np.where(then > 0.0, then, 1.0), 1.0)
    return np.asarray(raw * np.clip(factor, rule.low, rule.high))


def _mean(use: F8, taken: B1) -> F8:
    """Return the mean over the days taken of each home, shape (n,)."""
    return np.asarray((use * taken).sum(axis=0) / np.maximum(taken.sum(axis=0), 1))
