"""A load history by local days and hours, its called hours, and which days are alike."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from gridsim.core.arrays import B1, F4, F8, I8
from gridsim.core.clock import DAY_S, Clock


@dataclass(frozen=True, slots=True)
class History:
    """Loads of homes (or of one aggregate) by local day and time of day.

    Parameters
    ----------
    day : I8
        Day numbers, rising, shape (d,).
    free : B1
        Whether a day is a weekend or a public holiday, shape (d,).
    kw : F8 or F4
        Mean net load by day and slot of the local day, shape (d, s, n). [kW]
    called : B1
        Slots in which something is called, shape (d, s).
    high_c : F8 or None
        Highest temperature of each day, shape (d,). [C]
    mean_c : F8 or None
        Mean temperature of each day, shape (d,). [C]

    Raises
    ------
    ValueError
        If shapes do not fit, the days do not rise, or a load is not finite.
    """

    day: I8
    free: B1
    kw: F8 | F4
    called: B1
    high_c: F8 | None = None
    mean_c: F8 | None = None

    def __post_init__(self) -> None:
        """Refuse a history with holes."""
        days = len(self.day)
        if self.kw.ndim != 3 or self.called.shape != self.kw.shape[:2] or len(self.free) != days:
            raise ValueError("history.kw must have shape (d, s, n), called (d, s), free (d,)")
        if self.kw.shape[0] != days or np.any(np.diff(self.day) <= 0):
            raise ValueError("history.day must hold a rising number for each day of kw")
        if not np.isfinite(self.kw).all():
            raise ValueError("history.kw must be finite: fill gaps of a meter by a policy first")
        for name in ("high_c", "mean_c"):
            temp = getattr(self, name)
            if temp is not None and temp.shape != (days,):
                raise ValueError(f"history.{name} must have shape ({days},), got {temp.shape}")

    @property
    def slots(self) -> int:
        """Slots of a local day."""
        return int(self.kw.shape[1])

    @property
    def slot_h(self) -> float:
        """Length of a slot. [h]"""
        return 24.0 / self.slots

    @property
    def eventful(self) -> B1:
        """Whether anything is called on a day, shape (d,)."""
        return np.asarray(self.called.any(axis=1))


@dataclass(frozen=True, slots=True)
class Event:
    """Called slots that follow each other on one day of a history.

    Parameters
    ----------
    place : int
        Place of the day in the history.
    first, last : int
        Slots [first, last) of the day.
    """

    place: int
    first: int
    last: int


def fold(clock: Clock, kw: F8 | F4, called: B1, temp_c: F8 | None = None) -> History:
    """Return loads on a clock as a history by local days.

    In the night in which clocks go forward, the hour that the day does not have is given the load
    of the last slot before it; when they go back, an hour that comes twice is the mean of both. A
    first or last day of which the clock holds a part only is left out.

    Parameters
    ----------
    clock : Clock
        Time axis, t steps.
    kw : F8 or F4
        Mean net load, shape (t, n). [kW]
    called : B1
        Steps in which something is called, shape (t,).
    temp_c : F8, optional
        Outdoor temperature, shape (t,). [C]

    Raises
    ------
    ValueError
        If shapes do not fit, or the clock holds no whole day.
    """
    if kw.shape[:1] != (clock.steps,) or kw.ndim != 2 or called.shape != (clock.steps,):
        raise ValueError(f"fold needs kw ({clock.steps}, n) and called ({clock.steps},)")
    slots = DAY_S // clock.step_s
    days, starts = np.unique(clock.local_day, return_index=True)
    bounds = [*(int(start) for start in starts), clock.steps]
    whole = [
        place for place, (begin, end) in enumerate(pairwise(bounds)) if _whole(clock, begin, end)
    ]
    if not whole:
        raise ValueError("a history needs one whole local day at least")
    folded = np.empty((len(whole), slots, kw.shape[1]), dtype=kw.dtype)
    marked = np.zeros((len(whole), slots), dtype=bool)
    temps = np.zeros((len(whole), 2))
    for row, place in enumerate(whole):
        here = slice(bounds[place], bounds[place + 1])
        slot = clock.wall_s[here] // clock.step_s
        _fill_day(folded[row], slot, kw[here])
        np.logical_or.at(marked[row], slot, called[here])
        if temp_c is not None:
            temps[row] = temp_c[here].max(), temp_c[here].mean()
    some = starts[whole]
    free = ((days[whole] + 3) % 7 >= 5) | clock.holiday[some]
    known = temp_c is not None
    return History(
        days[whole], free, folded, marked, temps[:, 0] if known else None,
        temps[:, 1] if known else None,
    )  # fmt: skip


def events(history: History) -> tuple[Event, ...]:
    """Return the events of a history: each run of called slots of a day, in order."""
    found = []
    for place in np.flatnonzero(history.eventful):
        marked = np.concatenate(([False], history.called[place], [False]))
        edges = np.flatnonzero(marked[1:] != marked[:-1]).reshape(-1, 2)
        found += [Event(int(place), int(first), int(last)) for first, last in edges]
    return tuple(found)


def like_days(history: History, event: Event, reach_days: int | None = None) -> I8:
    """Return the places of earlier days like that of an event, the most recent first, shape (c,).

    Alike are work days to a work day, and weekends and public holidays to a weekend or a holiday;
    days on which anything was called are left out.

    Parameters
    ----------
    history : History
        The loads.
    event : Event
        Whose day is asked about.
    reach_days : int, optional
        How many days to look back; without end when left out.
    """
    day = history.day[event.place]
    alike = (history.free == history.free[event.place]) & ~history.eventful
    alike &= history.day < day
    if reach_days is not None:
        alike &= history.day >= day - reach_days
    return np.flatnonzero(alike)[::-1]


def actual(history: History, event: Event) -> F8:
    """Return the metered load of an event, shape (k, n). [kW]"""
    return np.asarray(history.kw[event.place, event.first : event.last], dtype=np.float64)


def _whole(clock: Clock, begin: int, end: int) -> bool:
    """Tell whether steps [begin, end) are a whole local day."""
    late = int(clock.wall_s[end - 1]) + clock.step_s
    return int(clock.wall_s[begin]) < clock.step_s and late >= DAY_S


def _fill_day(day_kw: F8 | F4, slot: I8, kw: F8 | F4) -> None:
    """Write the steps of a local day into its slots."""
    if len(slot) == len(day_kw) and slot[0] == 0 and np.all(np.diff(slot) == 1):
        day_kw[:] = kw
        return
    came = np.bincount(slot, minlength=len(day_kw))
    sums = np.zeros(day_kw.shape)
    np.add.at(sums, slot, kw)
    for place, count in enumerate(came):
        day_kw[place] = sums[place] / count if count else day_kw[max(place - 1, 0)]
