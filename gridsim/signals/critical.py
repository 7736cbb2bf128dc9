"""Critical-peak prices: a tariff that people know, and a price of its own in called hours.

The usual price is that of the base tariff. Who has not heard of a call expects nothing else.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from gridsim.core.arrays import B1, F8
from gridsim.core.clock import Clock
from gridsim.signals import calendar
from gridsim.signals.calendar import Lead
from gridsim.signals.notice import Notice

if TYPE_CHECKING:  # the table of tariffs in that module lists this one
    from gridsim.signals.tariff import Tariff

LABEL = "critical"
"""What a call is announced as."""


@dataclass(frozen=True, slots=True)
class CriticalPeak:
    """A base tariff with another price in the called hours of called days.

    Parameters
    ----------
    base : Tariff
        What holds at all other times.
    rate : float
        Price in called hours, not negative. [currency/kWh]
    days : tuple of int
        Numbers of the called days, rising; see :func:`gridsim.signals.calendar.chosen`.
    hours : tuple of (float, float)
        Called local hours [from, to) of those days, from < to <= 24. [h]
    lead : Lead
        When people are told.

    Raises
    ------
    ValueError
        If the rate is no price, the days do not rise or the hours make no sense.
    """

    base: "Tariff"
    rate: float
    days: tuple[int, ...]
    hours: tuple[tuple[float, float], ...]
    lead: Lead = Lead.DAY_AHEAD

    def __post_init__(self) -> None:
        """Refuse a rate that is no price, days out of order and hours that overlap."""
        if not 0 <= self.rate < np.inf:
            raise ValueError(f"rate must be a number not below 0, got {self.rate}")
        if any(a >= b for a, b in zip(self.days, self.days[1:], strict=False)):
            raise ValueError("days must rise")
        calendar.check_hours(self.hours)

    def price(self, clock: Clock) -> F8:
        """Return the price of each step, shape (t,) [currency/kWh]."""
        return np.where(self.called(clock), self.rate, self.base.price(clock))

    def usual(self, clock: Clock) -> F8:
        """Return what the base tariff makes people expect, shape (t,) [currency/kWh]."""
        return self.base.usual(clock)

    def notices(self, clock: Clock) -> tuple[Notice, ...]:
        """Return what the base tariff announces and each call, in order of publication."""
        found = (*self.base.notices(clock), *self._calls(clock))
        return tuple(sorted(found, key=lambda notice: (notice.published_s, notice.first)))

    def off_peak(self, clock: Clock) -> B1:
        """Return whether the off-peak contact of the base tariff is closed, shape (t,)."""
        return self.base.off_peak(clock)

    def called(self, clock: Clock) -> B1:
        """Return whether a step is called, shape (t,)."""
        called = np.zeros(clock.steps, dtype=np.bool_)
        for call in self._calls(clock):
            called[call.first : call.last] = True
        return called

    def dear(self, clock: Clock) -> B1:
        """Return whether a step is called or among the dearest of the base, shape (t,)."""
        return self.called(clock) | self.base.dear(clock)

    def _calls(self, clock: Clock) -> tuple[Notice, ...]:
        """Return the called hours that the clock touches."""
        return calendar.spans(self.days, self.hours, self.lead, clock, label=LABEL)
