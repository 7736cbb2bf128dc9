"""Information without price, and the price level: what people come to save, and keep for a while.

Two stocks of saving per home, each the logarithm of a share of use. Feedback builds one up towards
what its kind can do for this home; when it stops, it fades slowly. A lasting change of the price
level moves the other, as slowly as people learn (Deryugina, MacKay, Reif 2020).
"""

from dataclasses import dataclass

import numpy as np

from gridsim.citizens.parameters import Information as Settings
from gridsim.citizens.parameters import Level
from gridsim.core.arrays import F8

KINDS = ("bill", "audit", "daily", "display", "appliance", "report")
"""Kinds of feedback: informative bills, advice on the home, daily figures on a portal or by
message, a live display, figures for each appliance, a home report that compares with neighbours."""
YEAR_DAYS = 365.25


@dataclass(frozen=True, slots=True)
class Information:
    """Feedback that the homes of an arm get for a while.

    Parameters
    ----------
    kind : str
        One of ``KINDS``.
    from_s, until_s : int
        UTC seconds from which, and until which, it is given. [s]

    Raises
    ------
    ValueError
        If the kind is unknown, or it ends before it starts.
    """

    kind: str
    from_s: int
    until_s: int

    def __post_init__(self) -> None:
        """Refuse kinds that nobody knows and times that run backwards."""
        if self.kind not in KINDS:
            raise ValueError(f"kind must be one of {', '.join(KINDS)}, got {self.kind!r}")
        if self.until_s <= self.from_s:
            raise ValueError(f"until_s must come after from_s, {self.from_s}, got {self.until_s}")


def target(
    given: tuple[Information, ...], now_s: int, engagement: F8, usage: F8, settings: Settings
) -> F8:
    """Return the saving that the feedback of this moment leads to in the end, shape (n,).

    Of several kinds at once the clearest counts. The engaged save more; the mean over homes is
    the number of the kind. A report compares homes with their neighbours: those that use more
    than homes like theirs save more (Allcott 2011: 6.3 % in the highest tenth, 0.3 in the lowest).

    Parameters
    ----------
    given : tuple of Information
        All feedback of the arm.
    now_s : int
        UTC second.
    engagement : F8
        Standard-normal trait, shape (n,).
    usage : F8
        Use over that of homes like theirs, of mean 1, shape (n,).
    settings : Information
        Savings by kind, and their spread.
    """
    now = [one.kind for one in given if one.from_s <= now_s < one.until_s]
    if not now:
        return np.zeros_like(engagement)
    spread = settings.engagement
    keen = np.exp(spread * engagement - 0.5 * spread * spread)
    against = {"report": usage}
    each = [getattr(settings, kind) * against.get(kind, 1.0) * keen for kind in now]
    return np.asarray(np.max(each, axis=0))


def learned(saved: F8, goal: F8, days: float, settings: Settings) -> F8:
    """Return the stock of saving after some days, shape (n,): it builds up fast and fades slowly.

    Parameters
    ----------
    saved, goal : F8
        Stock, and what feedback leads to, shape (n,).
    days : float
        Days since the stock was last looked at.
    settings : Information
        Speeds.
    """
    nearer = 1.0 - float(np.exp(-days / settings.build_days))
    kept = float((1.0 - settings.decay_year) ** (days / YEAR_DAYS))
    built = saved + (goal - saved) * nearer
    return np.where(goal > saved, built, np.maximum(saved * kept, goal))


def adapted(level: F8, log_price: F8, days: float, settings: Level) -> F8:
    """Return the saving under the price level after some days, shape (n,); negative when cheaper.

    Parameters
    ----------
    level : F8
        Saving so far, the logarithm of a share of use, shape (n,).
    log_price : F8
        ln of the price level over the one that people were used to, shape (n,).
    days : float
        Days since it was last looked at.
    settings : Level
        Elasticity in the end, and years.
    """
    nearer = 1.0 - float(np.exp(-days / (settings.years * YEAR_DAYS)))
    return np.asarray(level + (-settings.elasticity * log_price - level) * nearer)
