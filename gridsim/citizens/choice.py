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
    prices, options, slots, kwh, money_weight, delay, noise, night, wish_h, seed, home, day, asked
):
    """Return how long to wait before starting a run. [h]

    Random utility over starting times: ``-money_weight * cost - delay * hours - night + Gumbel``.

    Parameters
    ----------
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
        Local hour of the wish. [h]
    seed, home, day, asked : int
        Name of the stream; ``asked`` numbers the appliance.
    """
    best = -math.inf
    chosen = 0
    spare = chance.four(seed, _STARTS, home, day, asked)
    for option in range(options):
        turn = option % 4
        if turn == 0:
            spare = chance.four(seed, _STARTS, home, day, asked + 16 * (option // 4))
        u = spare.a if turn == 0 else spare.b if turn == 1 else spare.c if turn == 2 else spare.d
        cost = 0.0
        for slot in range(slots):
            cost += prices[option + slot]
        cost *= kwh / slots
        hour = (wish_h + SLOT_H * option) % 24.0
        dark = night if hour >= NIGHT_FROM_H or hour < NIGHT_TO_H else 0.0
        dark = dark if option > 0 else 0.0
        value = -money_weight * cost - delay * SLOT_H * option - dark
        value -= noise * math.log(-math.log(u))
        chosen = option if value > best else chosen
        best = max(best, value)
    return SLOT_H * chosen
