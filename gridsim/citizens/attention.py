"""Attention: does a home know the price or the call at this moment?"""

from dataclasses import dataclass

import numpy as np

from gridsim.citizens.parameters import CHANNELS, Attention
from gridsim.core import chance
from gridsim.core.arrays import B1, F8
from gridsim.core.chance import Crowd

_HEARS = chance.question("citizen", "hears")
DAY_BEFORE_H = 6.0
"""Hours of warning from which a notice counts as told the day before. [h], assumed"""
_ROUNDING = 1e-9
"""More than rounding can move a chance by."""


@dataclass(frozen=True, slots=True)
class Told:
    """How a notice is told.

    Parameters
    ----------
    log_ratio : float
        ln of the called price over the usual one; what a call in words carries instead.
    ahead_h : float
        Hours from the notice to what it is about: a day before is ``DAY_BEFORE_H`` or more.
    reminder : bool
        Whether it is told once more on the day itself: a second chance to hear.
    """

    log_ratio: float
    ahead_h: float
    reminder: bool = False


def reach(attention: F8, digital: B1, channel: str, settings: Attention) -> F8:
    """Return how surely each home hears an ordinary notice, 0-1, shape (n,).

    Parameters
    ----------
    attention : F8
        Attentiveness of each home, 0-1, shape (n,).
    digital : B1
        Whether each home is online, shape (n,).
    channel : str
        One of ``CHANNELS``.
    settings : Attention
        Numbers of the channels.

    Raises
    ------
    ValueError
        If the channel is not known.
    """
    if channel not in CHANNELS:
        raise ValueError(f"channel must be one of {', '.join(CHANNELS)}, got {channel!r}")
    factor = float(getattr(settings, channel))
    online = np.where(digital, 1.0, settings.offline) if channel == "app" else 1.0
    return np.clip(attention * factor * online, 0.0, 1.0)


def signed(reached: F8, chose: bool, settings: Attention) -> F8:
    """Return how surely those hear who joined of their own will, shape (n,): they look out for it.

    Parameters
    ----------
    reached : F8
        Result of :func:`reach`, shape (n,).
    chose : bool
        Whether they joined of their own will.
    settings : Attention
        Numbers of the channels.
    """
    return np.asarray(1.0 - (1.0 - reached) ** settings.signed) if chose else reached


def hears(reached: F8, crowd: Crowd, notice: int, told: Told, settings: Attention) -> B1:
    """Tell which homes hear one notice, shape (n,).

    An unusual price is noticed more surely: the chance of missing it is the chance of missing an
    ordinary one to the power ``1 + salience * abs(ln(price ratio))``.

    Parameters
    ----------
    reached : F8
        Result of :func:`reach`, shape (n,).
    crowd : Crowd
        The homes and the seed.
    notice : int
        A number for the notice that no other notice shares (its first hour).
    told : Told
        How it is told.
    settings : Attention
        Numbers of the channels.
    """
    late = settings.same_day if told.ahead_h > 0.0 else settings.unannounced
    sure = reached * (1.0 if told.ahead_h >= DAY_BEFORE_H else late)
    again = reached * settings.same_day if told.reminder else 0.0
    sure = 1.0 - (1.0 - sure) * (1.0 - again)
    return _surer(crowd.draw(_HEARS, notice)[:, 0], sure, _power(told.log_ratio, settings))


def knows(reached: F8, log_spread: float, settings: Attention) -> F8:
    """Return how surely each home knows the hours of its tariff, 0-1, shape (n,).

    A tariff is told more than once: in the offer, before it begins, and with the first bills.

    Parameters
    ----------
    reached : F8
        Result of :func:`reach`, shape (n,).
    log_spread : float
        ln of the tariff's dearest over its cheapest price: a wide spread is talked about.
    settings : Attention
        Numbers of the channels.
    """
    once = _unusual(reached, log_spread, settings)
    return np.asarray(1.0 - (1.0 - once) ** settings.told)


def _unusual(sure: F8, log_ratio: float, settings: Attention) -> F8:
    """Return the chance of noticing something as unusual as ``log_ratio``, shape (n,)."""
    return np.asarray(1.0 - (1.0 - sure) ** _power(log_ratio, settings))


def _power(log_ratio: float, settings: Attention) -> float:
    """Return to which power the chance is raised of missing something so unusual, at least 1."""
    return 1.0 + settings.salience * abs(log_ratio)


def _surer(lot: F8, sure: F8, power: float) -> B1:
    """Tell where ``lot < 1 - (1 - sure) ** power``, shape (n,), with few powers taken.

    The chance lies between ``sure`` and ``power * sure`` (Bernoulli's inequality), so most lots
    are decided without it.
    """
    surely = lot < sure - _ROUNDING
    open_ = np.flatnonzero((lot < power * sure + _ROUNDING) & ~surely)
    surely[open_] = lot[open_] < 1.0 - (1.0 - sure[open_]) ** power
    return surely
