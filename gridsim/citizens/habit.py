"""Habit: routines under an everyday price, getting tired of calls, and getting used to words."""

import numpy as np

from gridsim.citizens.parameters import Calls, Routine
from gridsim.core import chance
from gridsim.core.arrays import B1, F8
from gridsim.core.chance import Crowd

_REVIEW = chance.question("citizen", "routine")


def rested(count: F8, days: float, settings: Calls) -> F8:
    """Return what is left of calls counted after some days of rest, shape (n,): an exponential."""
    return count * float(np.exp(-days / settings.rest_days))


def worth(
    saving: F8, engagement: F8, money: F8, bother: F8, *, labelled: bool | B1, settings: Routine
) -> F8:
    """Return what living by a tariff's hours is worth to each home, shape (n,). [euro/day]

    Money saved, weighed as each home weighs it, and the duty that a label such as "peak" appeals
    to, whatever the price behind it.

    Parameters
    ----------
    saving : F8
        What it would save. [euro/day], shape (n,)
    engagement : F8
        Standard-normal trait, shape (n,).
    money, bother : F8
        Weight of money, and bother of doing anything, relative to the median home, shape (n,).
    labelled : bool or B1
        Whether the tariff names dear hours at all, or their own panels name sunny ones.
    settings : Routine
        Effort and duty.
    """
    duty = np.where(labelled, settings.duty + settings.duty_engagement * engagement, 0.0)
    return np.asarray(money * saving + duty - settings.effort * bother)


def reviewed(
    routine: B1 | None, value: F8, known: F8, crowd: Crowd, *, month: int, settings: Routine
) -> B1:
    """Return who lives by the tariff's hours after a month's review, shape (n,).

    Rarely decided and kept by habit: a home thinks again with chance ``1 - inertia`` (everybody
    at the first review). One that thinks lives by the hours if it knows them and finds them worth
    the effort; else it has no routine, even if it had one.

    Parameters
    ----------
    routine : B1 or None
        Who did so far, shape (n,); None at the first review, when everybody thinks.
    value : F8
        What it is worth, net of effort; minus infinity where there is nothing to gain.
        [euro/day], shape (n,)
    known : F8
        Chance of knowing the tariff's hours, 0-1, shape (n,).
    crowd : Crowd
        The homes and the seed.
    month : int
        Number of the month since 1970.
    settings : Routine
        Noise and inertia.
    """
    draw = crowd.draw(_REVIEW, month, 3)
    noise = settings.noise * np.log(draw[:, 0] / (1.0 - draw[:, 0]))
    wants = np.asarray((draw[:, 1] < known) & (value + noise > 0.0))
    if routine is None:
        return wants
    return np.where(draw[:, 2] >= settings.inertia, wants, routine)
