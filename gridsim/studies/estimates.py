"""Estimate and truth side by side: what a field trial would report of a run, and what is so.

>>> trial = estimates.trial(run, "tempo")            # doctest: +SKIP
>>> estimates.peak(trial).share.estimate             # doctest: +SKIP
>>> estimates.offer(trial).on_treated.truth          # doctest: +SKIP

Changes are arm less reference: what is saved is negative. Reductions of events are positive.
Elasticities and what concerns single homes stand in :mod:`gridsim.studies.elasticities` and
:mod:`gridsim.studies.people`, and here by name.
"""

from dataclasses import dataclass

import numpy as np

from gridsim.core.arrays import B1, F4, F8
from gridsim.core.clock import DAY_S
from gridsim.metrics import decay as fading
from gridsim.metrics import estimate, panel, randomised, reductions
from gridsim.metrics.decay import Decay
from gridsim.metrics.reductions import Reduction
from gridsim.studies.elasticities import hourly_own_price, own_price, substitution
from gridsim.studies.lots import Beside, Trial, lot, trial
from gridsim.studies.people import (
    Individuals,
    Offer,
    Types,
    daily_c,
    kinds,
    offer,
    offer_of,
    responses,
)

__all__ = [
    "Beside",
    "Change",
    "Fading",
    "Individuals",
    "Offer",
    "Trial",
    "Types",
    "change",
    "change_of",
    "dear",
    "decay",
    "diff_in_diff",
    "events",
    "hourly_own_price",
    "kinds",
    "lot",
    "mean_event",
    "offer",
    "offer_of",
    "own_days",
    "own_price",
    "peak",
    "peak_share",
    "responses",
    "substitution",
    "trial",
]

_YEAR_S = 365.25 * DAY_S


@dataclass(frozen=True, slots=True)
class Change:
    """How much a number of homes changes.

    Parameters
    ----------
    value : Beside
        Mean per home, in the unit of the number (kWh, or kW in events).
    share : Beside
        The same as a share of the reference.
    """

    value: Beside
    share: Beside


@dataclass(frozen=True, slots=True)
class Fading:
    """How an effect decays, as estimated and as it is."""

    estimate: Decay
    truth: Decay


def change_of(before: F8, after: F8, treated: B1) -> Change:
    """Return the change of a number of homes, from a trial and in truth.

    For numbers that a run keeps without loads, such as ``homes["dear_kwh.tempo"]``.

    Parameters
    ----------
    before, after : F8
        The number of each home in the reference and in the arm, shape (n,).
    treated : B1
        Homes that are seen in the arm, shape (n,), as from :func:`lot`.

    Raises
    ------
    ValueError
        If fewer than two homes are on a side, or the reference is not positive on average.
    """
    control, seen = before[~treated], after[treated]
    moved = float(np.mean(after - before))
    return Change(
        Beside(randomised.difference(control, seen), moved),
        Beside(randomised.relative_difference(control, seen), moved / float(np.mean(before))),
    )


def change(trial: Trial, steps: B1 | None = None) -> Change:
    """Return the change of energy per home: difference in means of randomised arms. [kWh]

    Parameters
    ----------
    trial : Trial
        Who is seen in which arm.
    steps : B1, optional
        Steps to look at, shape (t,); all by default.

    Raises
    ------
    ValueError
        As :func:`change_of`.
    """
    before, after = (_energy(trial, kw, steps) for kw in (trial.before_kw, trial.after_kw))
    return change_of(before, after, trial.treated)


def peak(trial: Trial, steps: B1 | None = None) -> Change:
    """Return the change of energy in the peak; ``steps`` are the dear ones by default. [kWh]

    Raises
    ------
    ValueError
        If the price never changes and no steps are given, or as :func:`change`.
    """
    return change(trial, dear(trial) if steps is None else steps)


def peak_share(trial: Trial, steps: B1 | None = None) -> Beside:
    """Return the change of the share of energy that falls into the peak; as :func:`peak`."""
    here = dear(trial) if steps is None else steps
    part, whole = (
        [_energy(trial, kw, at) for kw in (trial.before_kw, trial.after_kw)] for at in (here, None)
    )
    mask = trial.treated
    found = randomised.share_difference(
        (part[0][~mask], whole[0][~mask]), (part[1][mask], whole[1][mask])
    )
    shares = [estimate.share(part[arm], whole[arm]).estimate for arm in (0, 1)]
    return Beside(found, shares[1] - shares[0])


def diff_in_diff(trial: Trial, under: B1, before: B1) -> Beside:
    """Return the change of mean load from one set of steps to another, beyond the control's. [kW]

    Parameters
    ----------
    trial : Trial
        Who is seen in which arm.
    under, before : B1
        Steps with and without what is tested, each of shape (t,).

    Raises
    ------
    ValueError
        If there are no such steps, or fewer than two homes on a side.
    """
    if not (under.any() and before.any()):
        raise ValueError("diff_in_diff needs steps before and steps under treatment")
    first, last = (
        [kw[at].mean(axis=0, dtype=np.float64) for kw in (trial.before_kw, trial.after_kw)]
        for at in (before, under)
    )
    mask, homes = trial.treated, np.arange(len(trial.treated))
    seen = [np.where(mask, both[1], both[0]) for both in (first, last)]
    found = panel.diff_in_diff(
        np.concatenate(seen),
        np.concatenate([np.zeros_like(mask), mask]),
        np.tile(homes, 2),
        np.repeat([0, 1], len(homes)),
    )
    return Beside(found, float(np.mean((last[1] - last[0]) - (first[1] - first[0]))))


def events(trial: Trial) -> tuple[Change, ...]:
    """Return the reduction in each event against the control, positive where less is taken. [kW]

    Raises
    ------
    ValueError
        If the arm calls nothing, or fewer than two homes are on a side.
    """
    before, after = _in_events(trial)
    mask = trial.treated
    found = reductions.against_control(before[:, ~mask], after[:, mask])
    return tuple(_beside(*one) for one in zip(found, before, after, strict=True))


def mean_event(trial: Trial) -> Change:
    """Return the mean reduction over all events against the control; as :func:`events`. [kW]"""
    before, after = _in_events(trial)
    found = reductions.mean_against_control(before[:, ~trial.treated], after[:, trial.treated])
    return _beside(found, before.mean(axis=0), after.mean(axis=0))


def own_days(trial: Trial) -> tuple[Change, ...]:
    """Return the reduction of the treated homes in each event against their own similar days. [kW]

    The truth is that of the treated homes, for nobody else is looked at.

    Raises
    ------
    ValueError
        If the arm calls nothing, or an event has no similar day.
    """
    called, mask = trial.arm.called, trial.treated
    baseline = reductions.similar_means(trial.treated_kw, called, trial.clock, daily_c(trial))
    before, after = (loads[:, mask] for loads in _in_events(trial))
    found = reductions.against_own_days(baseline, after)
    return tuple(_beside(*one) for one in zip(found, before, after, strict=True))


def decay(trial: Trial, since_s: int, days: int = 91) -> Fading:
    """Return how the relative change of energy fades from an instant on.

    Parameters
    ----------
    trial : Trial
        Who is seen in which arm.
    since_s : int
        UTC second from which years are counted: when the cause ended. [s]
    days : int
        Length of the periods whose changes are fitted; the last one may be left out if it is
        not whole.

    Raises
    ------
    ValueError
        If fewer than three periods fit in, or as :func:`metrics.decay.fit`.
    """
    periods = (trial.clock.time_s - since_s) // (days * DAY_S)
    whole = (trial.clock.end_s - since_s) // (days * DAY_S)
    if whole < 3:
        raise ValueError(f"decay needs three periods of {days} days, there are {max(whole, 0)}")
    found = [change(trial, periods == number).share for number in range(whole)]
    years = np.array([(number + 0.5) * days * DAY_S / _YEAR_S for number in range(whole)])
    seen = np.array([one.estimate.estimate for one in found])
    errors = np.array([one.estimate.error for one in found])
    truth = np.array([one.truth for one in found])
    return Fading(fading.fit(years, seen, errors), fading.fit(years, truth))


def dear(trial: Trial) -> B1:
    """Return the steps at which the arm's price is the highest of the period, shape (t,).

    Raises
    ------
    ValueError
        If the price never changes.
    """
    price = trial.arm.price
    if not price.max() > price.min():
        raise ValueError(f"the price of {trial.arm.name} never changes: say which steps to look at")
    return np.asarray(price >= price.max())


def _energy(trial: Trial, kw: F4, steps: B1 | None) -> F8:
    """Return the energy of each home in some steps, shape (n,). [kWh]"""
    chosen = kw if steps is None else kw[steps]
    return np.asarray(chosen.sum(axis=0, dtype=np.float64) * trial.clock.dt_h)


def _in_events(trial: Trial) -> tuple[F8, F8]:
    """Return the mean load of every home in each event in both arms, (events, n) each. [kW]"""
    before, after = (
        reductions.event_means(kw, trial.arm.called) for kw in (trial.before_kw, trial.after_kw)
    )
    return before, after


def _beside(found: Reduction, before: F8, after: F8) -> Change:
    """Return a reduction beside that of the same homes in both arms."""
    less = float(np.mean(before - after))
    return Change(Beside(found.kw, less), Beside(found.share, less / float(np.mean(before))))
