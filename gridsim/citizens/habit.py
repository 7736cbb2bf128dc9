"""Habit: routines under an everyday price, and getting tired of being called."""

import numpy as np

from gridsim.citizens.parameters import Routine, Willingness
from gridsim.core import chance
from gridsim.core.arrays import B1, F8
from gridsim.core.chance import Crowd

_REVIEW = chance.question("citizen", "routine")


def rested(fatigue: F8, days: float, settings: Willingness) -> F8:
    """Return the tiredness after some days of rest, shape (n,): it fades exponentially."""
    return fatigue * float(np.exp(-days / settings.rest_days))


def reviewed(
    routine: B1 | None, saving: F8, reached: F8, crowd: Crowd, *, quarter: int, settings: Routine
) -> B1:
    """Return who lives by the tariff's hours after a quarter's review, shape (n,).

    Rarely decided and kept by habit: a home thinks again with chance ``1 - inertia`` (everybody
    at the first review). One that thinks lives by the hours if it knows them and finds them worth
    the effort; else it has no routine, even if it had one.

    Parameters
    ----------
    routine : B1 or None
        Who did so far, shape (n,); None at the first review, when everybody thinks.
    saving : F8
        What living by the hours would save. [currency/day], shape (n,)
    reached : F8
        Chance of knowing the tariff's hours, 0-1, shape (n,).
    crowd : Crowd
        The homes and the seed.
    quarter : int
        Number of the quarter since 1970.
    settings : Routine
        Effort, noise and inertia.
    """
    draw = crowd.draw(_REVIEW, quarter, 3)
    noise = settings.noise * np.log(draw[:, 0] / (1.0 - draw[:, 0]))
    wants = (draw[:, 1] < reached) & (saving - settings.effort + noise > 0.0) & (saving > 0.0)
    if routine is None:
        return wants
    return np.where(draw[:, 2] >= settings.inertia, wants, routine)
