"""Choice: is a call worth the bother, and when to start what can wait."""

import math

import numpy as np

from gridsim.citizens.parameters import Calls
from gridsim.core import chance
from gridsim.core.arrays import B1, F8
from gridsim.core.chance import Crowd
from gridsim.core.kernel import kernel

_ACTS = chance.question("citizen", "acts")
_STARTS = chance.question("citizen", "starts")
SLOT_H = 0.5
"""People think of starting times in half hours. [h]"""
NIGHT_FROM_H, NIGHT_TO_H = 23.0, 6.0
"""Hours in which a noisy machine disturbs. [h], assumed"""
TURN = 16
"""Lots that are drawn at once: four draws, as many as a processor makes side by side."""
_PER_DAY = 1.0 / 24.0
_BINS = 1024
_MARGIN = 1e-9
"""More than rounding can move a value by, relative."""


def _gumbel_bounds() -> F8:
    """Return the Gumbel variate at the edges of ``_BINS`` bins of the uniform draw."""
    edges = np.arange(_BINS + 1) / _BINS
    edges[0], edges[-1] = 2.0**-33, 1.0 - 2.0**-33  # the least and the greatest draw there is
    return np.asarray(-np.log(-np.log(edges)))


_GUMBEL = _gumbel_bounds()


def acts(stake: F8, bother: F8, money_weight: F8, crowd: Crowd, *, notice: int) -> B1:
    """Tell which homes find a call worth the bother, shape (n,).

    A logit of ``money_weight * (stake - bother)``: one decision to take part comes before the
    choices per use, and the price mainly moves how many take part.

    Parameters
    ----------
    stake : F8
        What acting would save, or what helping is worth to them. [euro], shape (n,)
    bother : F8
        What the bother of this event is worth, grown by tiredness. [euro], shape (n,)
    money_weight : F8
        Utility of money. [1/euro], shape (n,)
    crowd : Crowd
        The homes and the seed.
    notice : int
        Number of the notice.
    """
    draw = crowd.draw(_ACTS, notice)[:, 0]
    noise = np.log(draw / (1.0 - draw))
    return np.asarray((money_weight * (stake - bother) + noise > 0.0) & (stake > 0.0))


def glow(engagement: F8, words: F8, settings: Calls) -> F8:
    """Return what following a call in words is worth to each home, shape (n,). [euro]

    The warm glow of helping wears off with each call heard lately and comes back with rest
    (Ito, Ida, Tanaka 2018: habituation and dishabituation of moral suasion).

    Parameters
    ----------
    engagement : F8
        Standard-normal trait, shape (n,).
    words : F8
        Calls in words heard lately, fading with rest, shape (n,).
    settings : Calls
        Numbers of calls.
    """
    fresh = (1.0 - settings.habituation) ** words
    return np.asarray(settings.glow * np.exp(settings.glow_engagement * engagement) * fresh)


@kernel
def choose_start(  # type: ignore[no-untyped-def]
    values, lots, prices, options, slots, kwh, money_weight, delay, noise, night, wish_h, seed,
    home, day, asked,
):  # fmt: skip
    """Return how long to wait before starting a run. [h]

    Random utility over starting times: ``-money_weight * cost - delay * hours - night + Gumbel``.
    The Gumbel noise is the inverse CDF of a uniform draw. Two logarithms for each option would be
    most of the work, so they are worked out only where a table of bounds leaves it open which
    option is best.

    Parameters
    ----------
    values, lots : F8
        Scratch, shapes (options,) and (options + TURN,) at least.
    prices : F8
        Marginal price to this home in the half hours from the wish on, shape (h,). [currency/kWh]
    options : int
        How many starts to weigh: now, in half an hour, ...
    slots : int
        Half hours that a run lasts; ``options + slots - 1 <= h``.
    kwh : float
        Energy of the run. [kWh]
    money_weight, delay : float
        Utility of money [1/currency] and dislike of waiting [1/h].
    noise, night : float
        Scale of the Gumbel noise; dislike of running at night.
    wish_h : float
        Local hour of the wish, 0-24. [h]
    seed, home, day, asked : int
        Name of the stream; ``asked`` numbers the appliance.
    """
    value_starts(values, prices, options, slots, kwh / slots, money_weight, delay, night, wish_h)
    turns = TURN // 4 * ((options + TURN - 1) // TURN)
    chance.several(lots, seed, _STARTS, home, day, asked, 16, turns)
    floor = -math.inf
    for option in range(options):
        floor = max(floor, values[option] + noise * _GUMBEL[int(lots[option] * _BINS)])
    floor -= _MARGIN * (1.0 + abs(floor))
    best, chosen = -math.inf, 0
    for option in range(options):
        if values[option] + noise * _GUMBEL[int(lots[option] * _BINS) + 1] >= floor:
            value = values[option] - noise * math.log(-math.log(lots[option]))
            chosen = option if value > best else chosen
            best = max(best, value)
    return SLOT_H * chosen


@kernel
def value_starts(  # type: ignore[no-untyped-def]
    values, prices, options, slots, kwh, money_weight, delay, night, wish_h
):
    """Fill ``values`` with what each start is worth, without noise; ``kwh`` is that of a half hour.

    The dislike of the night is left out for the first option: it is then already.
    """
    for option in range(options):
        values[option] = prices[option]
    for slot in range(1, slots):
        then = prices[slot:]
        for option in range(options):
            values[option] += then[option]
    for option in range(options):
        later_h = SLOT_H * np.float64(np.int32(option))  # 32 bits: several at a time
        hour = wish_h + later_h
        hour -= 24.0 * math.floor(hour * _PER_DAY)
        dark = night if ((hour >= NIGHT_FROM_H) | (hour < NIGHT_TO_H)) & (option > 0) else 0.0
        values[option] = -money_weight * (values[option] * kwh) - delay * later_h - dark
