"""Baselines: what a home would have used, as the rules of a market or a utility reckon it.

Each method is a pure function of a load history and an event and gives kW by slot of the event,
shape (k, n), vectorised over homes. No method sees what is called elsewhere or what people decided.
Where the rules were not at hand the docstring says "recalled", with the number of the figure in the
table of published figures. What holds for all of them:

- days on which anything was called are never among the days that a mean is taken over;
- with fewer like days than a method needs it raises :class:`TooFewDays` and never guesses. Rules
  that then fall back on event days are not followed;
- hours before midnight are not in an adjustment window: an event soon after midnight has none.
"""

from dataclasses import dataclass

import numpy as np

from gridsim.core.arrays import F8
from gridsim.programmes import choosing
from gridsim.programmes.choosing import Adjustment, Kind, TooFewDays
from gridsim.programmes.history import Event, History, like_days

CAISO_DAYS, PJM_DAYS = 45, 45
"""How far back days are looked for: G001, G004."""
LOW = 0.25
"""Share of the mean use below which a day does not count: G004, G007."""
CAISO = Adjustment(Kind.RATIO, 4.0, 1.0, 0.8, 1.2)
"""Load point adjustment: the hours -4, -3, -2, within 20 %. G002, recalled (high)."""
CAISO_HOME = Adjustment(Kind.RATIO, 4.0, 1.0, 0.6, 1.4)
"""The same within 40 %, for homes. G003, recalled (medium)."""
PJM = Adjustment(Kind.ADD, 4.0, 1.0)
"""Symmetric additive: the three hours that end one hour before. G005, recalled (high)."""
NYISO = Adjustment(Kind.RATIO, 4.0, 2.0, 0.8, 1.2)
"""Weather-sensitive: the hours -4 and -3, within 20 %. G009, recalled (high)."""
ERCOT = Adjustment(Kind.RATIO, 3.0, 1.0)
"""Day-of factor over two hours that end one hour before. G010, recalled (medium)."""
ISO_NE = Adjustment(Kind.ADD, 2.0, 0.0)
"""Day-of addition over two hours; that they end with the start is assumed. G011."""
HEAT_BASE_C, COOL_BASE_C = 18.0, 22.0
"""Daily means from which degrees count in the weather regression. [C], assumed"""


@dataclass(frozen=True, slots=True)
class Picks:
    """Which like days a baseline is a mean of: those of highest use among the most recent.

    Parameters
    ----------
    name : str
        Of the method, for messages.
    work, free : tuple of int
        How many days to keep, of how many, and how many are needed at least; for work days, and
        for weekends and holidays.
    reach_days : int or None
        How far back to look; None: without end.
    low : float or None
        Share of the mean use below which a day gives place to an older one; None: none does.
    """

    name: str
    work: tuple[int, int, int]
    free: tuple[int, int, int]
    reach_days: int | None = None
    low: float | None = None


def picked(history: History, event: Event, picks: Picks, rule: Adjustment | None) -> F8:
    """Return the mean of the days of highest use in the event's hours, adjusted, (k, n). [kW]

    Parameters
    ----------
    history : History
        The loads.
    event : Event
        What is called.
    picks : Picks
        Which days.
    rule : Adjustment or None
        Same-day adjustment.

    Raises
    ------
    TooFewDays
        If there are too few like days.
    """
    keep, want, least = picks.free if history.free[event.place] else picks.work
    days = like_days(history, event, picks.reach_days)
    choosing.needed(len(days), least, picks.name)
    use = choosing.event_kw(history, event, days)
    taken = choosing.highest(use, choosing.recent(use, want, picks.low), keep)
    return choosing.adjusted(history, event, days, taken, rule)


def caiso_10_in_10(history: History, event: Event) -> F8:
    """Return the CAISO 10-in-10 baseline with its load point adjustment, shape (k, n). [kW]

    Recalled (G001, G002, RECALLED-high; CAISO tariff 4.13.4): the mean of the 10 most recent like
    days within 45 days, of weekends and holidays the 4 most recent; at least 5 and 4. The factor
    of the hours -4 to -2 lies within 0.8 and 1.2.
    """
    picks = Picks("caiso_10_in_10", (10, 10, 5), (4, 4, 4), CAISO_DAYS)
    return picked(history, event, picks, CAISO)


def caiso_5_in_10(history: History, event: Event) -> F8:
    """Return the CAISO baseline for homes, the highest 5 of 10, within 40 %, shape (k, n). [kW]

    Recalled (G003, RECALLED-medium; Baseline Accuracy Work Group 2017): on weekends and holidays
    the highest 3 of 5. The window of the adjustment is that of G002: the proposal's own is not in
    the figure.
    """
    picks = Picks("caiso_5_in_10", (5, 10, 5), (3, 5, 3), CAISO_DAYS)
    return picked(history, event, picks, CAISO_HOME)


def caiso_weather_match(history: History, event: Event) -> F8:
    """Return the CAISO weather match, the 4 days of nearest highest temperature, (k, n). [kW]

    Recalled (G003, RECALLED-medium), within 40 %; the same number of days is taken on weekends,
    and days are looked for within 45 days as in G001.
    """
    high_c = _temp(history.high_c, "caiso_weather_match")
    days = like_days(history, event, CAISO_DAYS)
    choosing.needed(len(days), 4, "caiso_weather_match")
    apart = np.abs(high_c[days] - high_c[event.place])
    days = days[np.argsort(apart, kind="stable")[:4]]
    taken = np.ones((4, history.kw.shape[2]), dtype=bool)
    return choosing.adjusted(history, event, days, taken, CAISO_HOME)


def pjm_high_4_of_5(history: History, event: Event) -> F8:
    """Return the PJM high-4-of-5 baseline with its additive adjustment, shape (k, n). [kW]

    Recalled (G004, G005, RECALLED-high; Manual 11): of the 5 most recent work days within 45 days
    the 4 of highest use in the event's hours, of weekends and holidays the 2 highest of 3. A day
    below a quarter of their mean gives place to the next older one. What is added is the mean
    difference over the three hours that end one hour before the event.
    """
    picks = Picks("pjm_high_4_of_5", (4, 5, 4), (2, 3, 2), PJM_DAYS, LOW)
    return picked(history, event, picks, PJM)


def pjm_match_day(history: History, event: Event) -> F8:
    """Return the PJM match day baseline, shape (k, n): G007, read in a public text. [kW]

    The mean of the 3 days without calls whose load was most like that of the event's day outside
    the event and the hours before and after it; by least squared difference, of like days within
    45 days (both assumed: the text says "most similar").
    """
    days = like_days(history, event, PJM_DAYS)
    choosing.needed(len(days), 3, "pjm_match_day")
    hour = round(1.0 / history.slot_h)
    seen = ~history.called[event.place]
    seen[max(event.first - hour, 0) : event.last + hour] = False
    if not seen.any():
        raise TooFewDays("pjm_match_day needs hours without calls on the event's day")
    apart = np.stack([
        ((history.kw[day, seen] - history.kw[event.place, seen]) ** 2).mean(0, np.float64)
        for day in days
    ])  # fmt: skip
    taken = choosing.highest(-apart, np.ones(apart.shape, dtype=bool), 3)
    return choosing.mean_of(history, days, taken, event.first, event.last)


def pjm_same_day(history: History, event: Event) -> F8:
    """Return the PJM same-day (3+2) baseline, shape (k, n): G006, read in a public text. [kW]

    The mean of three hours before the event, leaving out the last, and of two hours after it,
    leaving out the first: an event in the hours ending 13 to 17 has the mean of those ending 9 to
    11 and 19 to 20. Every hour weighs the same.
    """
    slots = np.concatenate(
        [choosing.window(history, event, 4.0, 1.0), choosing.after(history, event, 1.0, 3.0)]
    )
    return choosing.flat(history, event, choosing.level(history, event, slots, "pjm_same_day"))


def nyiso_average(history: History, event: Event, rule: Adjustment | None = None) -> F8:
    """Return the NYISO average day baseline, shape (k, n). [kW]

    Recalled (G008, RECALLED-high): of the last 10 like days without low-use days the 5 of highest
    use in the event's hours, of weekends and holidays the 2 highest of 3. The manual, recalled less
    surely, also passes over the day right before the event; the figure does not say so, nor is it
    done here.
    """
    picks = Picks("nyiso_average", (5, 10, 5), (2, 3, 2), None, LOW)
    return picked(history, event, picks, rule)


def nyiso_weather(history: History, event: Event) -> F8:
    """Return the NYISO weather-sensitive baseline: the average day times a factor. [kW]

    Recalled (G009, RECALLED-high): the factor of the hours -4 and -3, within 20 %.
    """
    return nyiso_average(history, event, NYISO)


def ercot_8_of_10(history: History, event: Event) -> F8:
    """Return the ERCOT middle-8-of-10 baseline, shape (k, n). [kW]

    Recalled (G010, RECALLED-medium): of the 10 most recent like days the day of highest and that
    of lowest use are dropped; a factor over two hours that end one hour before the event. Taken as
    said: use of the whole day orders the days. All 10 days are needed.
    """
    days = like_days(history, event)[:10]
    choosing.needed(len(days), 10, "ercot_8_of_10")
    daily = np.asarray(history.kw[days].mean(axis=1, dtype=np.float64))
    taken = choosing.middle(daily, np.ones(daily.shape, dtype=bool))
    return choosing.adjusted(history, event, days, taken, ERCOT)


def isone_90_10(history: History, event: Event) -> F8:
    """Return the ISO-NE 90/10 baseline with its additive adjustment, shape (k, n). [kW]

    Recalled (G011, RECALLED-high): the mean of the first 5 like days of the history, then nine
    tenths of itself and a tenth of each like day after them; the mean difference of the two hours
    before the event is added.
    """
    days = like_days(history, event)[::-1]
    choosing.needed(len(days), 5, "isone_90_10")
    start = history.kw[days[0]].astype(np.float64)
    base = start + (history.kw[days[:5]] - start).mean(axis=0)
    for day in days[5:]:
        base += 0.1 * (history.kw[day] - base)
    slots = choosing.window(history, event, ISO_NE.from_h, ISO_NE.to_h)
    raw = base[event.first : event.last]
    if not len(slots):
        return np.asarray(raw)
    return np.asarray(raw + (history.kw[event.place, slots] - base[slots]).mean(axis=0))


def two_weeks(history: History, event: Event) -> F8:
    """Return the mean of the comparable days of the two weeks before, shape (k, n). [kW]

    As the rebate of Baltimore Gas and Electric was told to its customers (G013, read in a
    newspaper); comparable is taken as like days without calls, without adjustment.
    """
    days = like_days(history, event, 14)
    choosing.needed(len(days), 1, "bge_two_weeks")
    taken = np.ones((len(days), history.kw.shape[2]), dtype=bool)
    return choosing.adjusted(history, event, days, taken, None)


def weather_regression(history: History, event: Event) -> F8:
    """Return a regression on degrees, slot by slot and home by home, shape (k, n). [kW]

    Least squares over the like days within 45 days on heating and cooling degrees of the daily
    mean (``HEAT_BASE_C``, ``COOL_BASE_C``); 8 days are needed (assumed). No market's own: the
    variables are chosen here.
    """
    mean_c = _temp(history.mean_c, "weather_regression")
    days = like_days(history, event, CAISO_DAYS)
    choosing.needed(len(days), 8, "weather_regression")
    degrees = np.stack([np.maximum(HEAT_BASE_C - mean_c, 0.0),
                        np.maximum(mean_c - COOL_BASE_C, 0.0)], axis=1)  # fmt: skip
    centre = degrees[days].mean(axis=0)
    taken = np.ones((len(days), history.kw.shape[2]), dtype=bool)
    raw = choosing.mean_of(history, days, taken, event.first, event.last)
    apart = history.kw[days, event.first : event.last] - raw
    slope = np.linalg.pinv(degrees[days] - centre) @ apart.reshape(len(days), -1)
    return np.asarray(raw + ((degrees[event.place] - centre) @ slope).reshape(raw.shape))


def panel(history: History, event: Event, control_kw: F8) -> F8:
    """Return the randomised control group's baseline, shape (k, n). [kW]

    The mean load of the homes of the control group in the same slots, the same for every home:
    meant for a group, and for a single home no better than any other home. G003, G015, recalled
    (medium).

    Parameters
    ----------
    history : History
        Loads of the homes that are called.
    event : Event
        What is called.
    control_kw : F8
        Mean load of the control homes, by day and slot, shape (d, s). [kW]
    """
    here = control_kw[event.place, event.first : event.last]
    return np.repeat(here[:, np.newaxis], history.kw.shape[2], axis=1)


def scaled(history: History, event: Event, control_kw: F8) -> F8:
    """Return the control group's load to the measure of each home, shape (k, n). [kW]

    :func:`panel` times what the home used over what the control group used in the event's hours of
    the 10 most recent like days, at least 5: how to bring a panel to the size of a site is assumed.
    """
    days = like_days(history, event, CAISO_DAYS)[:10]
    choosing.needed(len(days), 5, "control_scaled")
    own = choosing.event_kw(history, event, days).mean(axis=0)
    theirs = float(control_kw[days, event.first : event.last].mean())
    factor = own / theirs if theirs > 0.0 else np.ones_like(own)
    return np.asarray(panel(history, event, control_kw) * factor)


def _temp(temp_c: F8 | None, name: str) -> F8:
    """Return temperatures, or say that a method needs them."""
    if temp_c is None:
        raise ValueError(f"{name} needs the temperature of each day")
    return temp_c
