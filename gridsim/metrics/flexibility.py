"""What moved: energy avoided in called hours, energy that came back, energy moved between hours."""

import numpy as np

from gridsim.core.arrays import B1, F8, I8
from gridsim.core.clock import HOUR_S, Clock

RETURN_H = 24.0
"""How long after the end of an event energy counts as having come back. [h]"""


def spans(called: B1) -> list[tuple[int, int]]:
    """Return the first step and the step after the last of each run of True, in order."""
    padded = np.concatenate(([False], np.asarray(called, np.bool_), [False]))
    edges = np.flatnonzero(padded[1:] != padded[:-1])
    return [(int(first), int(last)) for first, last in edges.reshape(-1, 2)]


def season_hours(clock: Clock) -> I8:
    """Return season x hour of each step, 0-95, shape (t,): 24 * season + local hour.

    Seasons count from winter (December to February).
    """
    return (clock.month % 12 // 3) * 24 + clock.wall_s // HOUR_S


def reduction(reference_kwh: F8, other_kwh: F8) -> F8:
    """Return the share of the reference arm's energy that is not taken in the same hours.

    The hours are the called ones (``event_reduction``) or the dearest ones (``peak_reduction``)
    of the arm's tariff, counted alike in both arms. Negative where more is taken.

    Parameters
    ----------
    reference_kwh, other_kwh : F8
        Energy in these hours in the reference arm and in the other arm, numbers or arrays of
        one shape. [kWh]

    Returns
    -------
    F8
        Share; nan where the reference takes nothing.
    """
    before = np.asarray(reference_kwh, np.float64)
    less = before - np.asarray(other_kwh, np.float64)
    share = np.full(np.broadcast_shapes(before.shape, less.shape), np.nan)
    np.divide(less, before, out=share, where=before > 0)
    return share


def shifted_kwh(reference_kw: F8, other_kw: F8, clock: Clock) -> F8:
    """Return the energy that each home moved between the hours of the day.

    In each season, the energy that went missing from some hours of the mean day and turned up in
    others: the smaller of the sum of the rises and the sum of the falls. So a saving alone, however
    uneven, moves nothing.

    It is a lower bound. Moves within an hour, between seasons, between home and another place,
    and moves that cancel in the mean day (later on called days, earlier on others) do not show;
    a rise that would have happened anyway is taken for a return.

    Parameters
    ----------
    reference_kw, other_kw : F8
        Mean net load of each home by season and local hour, shape (m, 4, 24); nan where the
        period has no such hour. [kW]
    clock : Clock
        The time axis, for the number of hours of each kind.

    Returns
    -------
    F8
        Energy moved in the period, shape (m,). [kWh]
    """
    counts = np.bincount(season_hours(clock), minlength=96).reshape(4, 24)
    change_kwh = np.nan_to_num(other_kw - reference_kw) * (counts * clock.dt_h)
    rises = np.maximum(change_kwh, 0.0).sum(axis=2)
    falls = np.maximum(-change_kwh, 0.0).sum(axis=2)
    return np.asarray(np.minimum(rises, falls).sum(axis=1))


def returned(reference_kw: F8, other_kw: F8, called: B1, clock: Clock) -> tuple[F8, F8]:
    """Return the energy avoided in each event, and what of it came back within 24 h.

    Both come from the same town in two arms. Energy comes back where the arm takes more than the
    reference in the 24 h after an event (or up to the next event, or the end), over and above what
    it takes more or less at the same season and local hour when no event is near: a tariff that
    also differs on ordinary days would otherwise pass for a return. A net fall counts as negative.

    Parameters
    ----------
    reference_kw, other_kw : F8
        Mean import in both arms, shape (t,). [kW]
    called : B1
        Steps in which the other arm's tariff calls, shape (t,).
    clock : Clock
        The time axis.

    Returns
    -------
    avoided_kwh, back_kwh : F8
        Of each event, shape (events,); an event is a run of called steps. [kWh]
    """
    more_kw = other_kw - reference_kw
    reach = round(RETURN_H / clock.dt_h)
    found = spans(called)
    after = []
    for number, (_, last) in enumerate(found):
        until = found[number + 1][0] if number + 1 < len(found) else clock.steps
        after.append((last, min(last + reach, until)))
    ordinary = ~np.asarray(called, np.bool_)
    for first, last in after:
        ordinary[first:last] = False
    extra_kw = more_kw - _usual(more_kw, ordinary, clock)
    avoided = [-more_kw[first:last].sum() for first, last in found]
    back = [extra_kw[first:last].sum() for first, last in after]
    return np.array(avoided) * clock.dt_h, np.array(back) * clock.dt_h


def rebound(avoided_kwh: F8, back_kwh: F8) -> F8:
    """Return the energy that comes back within 24 h over the energy avoided, of all events.

    Parameters
    ----------
    avoided_kwh, back_kwh : F8
        Sums over events from :func:`returned`, numbers or arrays of one shape. [kWh]

    Returns
    -------
    F8
        Ratio; nan where nothing is avoided. Above 1 the events cost energy.
    """
    avoided = np.asarray(avoided_kwh, np.float64)
    ratio = np.full(np.broadcast_shapes(avoided.shape, np.shape(back_kwh)), np.nan)
    np.divide(back_kwh, avoided, out=ratio, where=avoided > 0)
    return ratio


def _usual(power_kw: F8, ordinary: B1, clock: Clock) -> F8:
    """Return the median of the ordinary steps of the same season and hour, 0 without any.

    A median, so that a few days after or before an event do not pass for a habit.
    """
    kind = season_hours(clock)
    usual = np.zeros(96)
    for one in np.unique(kind[ordinary]):
        usual[one] = np.median(power_kw[ordinary & (kind == one)])
    return usual[kind]
