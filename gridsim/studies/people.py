"""Who took part and who answers, in a run: estimates of a trial beside what is true."""

from dataclasses import dataclass

import numpy as np

from gridsim.core.arrays import B1, F8, I8
from gridsim.metrics import offers, reductions
from gridsim.metrics import responses as single
from gridsim.metrics.estimate import Estimate
from gridsim.metrics.offers import Kinds
from gridsim.metrics.responses import Responses
from gridsim.results.results import Results
from gridsim.studies import lots, paired
from gridsim.studies.lots import Beside, Ran, Trial

PLACEBO = 3
"""Of the days without an event, one in so many is a placebo; the others are its similar days."""


@dataclass(frozen=True, slots=True)
class Offer:
    """What an offer does. [kWh per home]

    Parameters
    ----------
    invited : Beside
        Effect on all who were invited (intention to treat).
    on_treated : Beside
        Effect on those who enrolled (treatment on the treated), with the offer as instrument.
    naive : Beside
        Those who enrolled against those who did not, beside the same truth: what lies between
        is selection; nan where one of them are fewer than two.
    """

    invited: Beside
    on_treated: Beside
    naive: Beside


@dataclass(frozen=True, slots=True)
class Types:
    """Kinds of people as estimated, and the true effects on them. [kWh per home]

    Parameters
    ----------
    estimate : Kinds
        From three randomised arms.
    always, complacent : float
        True effect on those who enrol when asked, and on those who stay only if put there.
    """

    estimate: Kinds
    always: float
    complacent: float


@dataclass(frozen=True, slots=True)
class Individuals:
    """The response of each treated home. [kW]

    Parameters
    ----------
    homes : I8
        Places of the treated homes, shape (k,).
    estimate : Responses
        From their own similar days and placebo days.
    truth : F8
        Mean over events of what they take less than in the reference, shape (k,).
    """

    homes: I8
    estimate: Responses
    truth: F8


def offer_of(before: F8, after: F8, treated: B1, enrolled: B1) -> Offer:
    """Return the effects of an offer on a number of homes.

    For numbers that a run keeps without loads, such as ``homes["dear_kwh.tempo"]``.

    Parameters
    ----------
    before, after : F8
        The number of each home in the reference and in the arm, shape (n,).
    treated : B1
        Homes that are offered, shape (n,), as from ``lots.lot``.
    enrolled : B1
        Homes that enrol if offered, shape (n,).

    Raises
    ------
    ValueError
        If nobody enrols, or fewer than two homes are on a side.
    """
    control, seen, took = before[~treated], after[treated], enrolled[treated]
    moved = after - before
    truth = float(np.mean(moved[enrolled])) if enrolled.any() else 0.0
    return Offer(
        Beside(offers.intention_to_treat(control, seen), float(np.mean(moved))),
        Beside(offers.treatment_on_treated(control, seen, took), truth),
        Beside(_naive(seen, took), truth),
    )


def offer(trial: Trial, steps: B1 | None = None) -> Offer:
    """Return the effects of an arm's offer on energy per home. [kWh]

    Parameters
    ----------
    trial : Trial
        Who is offered what.
    steps : B1, optional
        Steps to look at, shape (t,); all by default.

    Raises
    ------
    ValueError
        As :func:`offer_of`.
    """
    here = np.ones(trial.clock.steps, np.bool_) if steps is None else steps
    before, after = (
        kw[here].sum(axis=0, dtype=np.float64) * trial.clock.dt_h
        for kw in (trial.before_kw, trial.after_kw)
    )
    return offer_of(before, after, trial.treated, trial.arm.homes["enrolled"] > 0)


def kinds(
    run: Results | Ran, opt_in: str, opt_out: str, *, metric: str = "demand_kwh", repeat: int = 0
) -> Types:
    """Return what kinds of people do, from an opt-in arm and an opt-out arm of one programme.

    A lot gives a third of the homes to each of the reference, the opt-in and the opt-out arm.

    Parameters
    ----------
    run : Results or Run
        What the run left; it needs no loads.
    opt_in, opt_out : str
        Names of the two arms.
    metric : str
        Which number of homes, such as ``"called_kwh.critical"``.
    repeat : int
        Which lot.

    Raises
    ------
    KeyError
        If there is no such arm or number.
    ValueError
        As :func:`metrics.offers.kinds`.
    """
    found = lots.results_of(run)
    arms = found.reference, found.arm(opt_in), found.arm(opt_out)
    ticket = lots.tickets(lots.numbers(found), paired.seed(found), repeat)
    third = np.floor(3 * ticket)
    values = [arm.homes[metric] for arm in arms]
    enters, stays = (arm.homes["enrolled"] > 0 for arm in arms[1:])
    seen = [value[third == place] for place, value in enumerate(values)]
    estimated = offers.kinds(*seen, enrolled_in=enters[third == 1], enrolled_out=stays[third == 2])
    more = stays & ~enters
    return Types(
        estimated,
        float(np.mean((values[1] - values[0])[enters])),
        float(np.mean((values[2] - values[0])[more])) if more.any() else float("nan"),
    )


def responses(trial: Trial, false_discovery: float = single.FALSE_DISCOVERY) -> Individuals:
    """Return the response of each treated home to the events, beside the true one. [kW]

    Its load in events is held against its own similar days; the same on placebo days, at the
    hours of the events, tells the noise.

    Parameters
    ----------
    trial : Trial
        Who is seen in which arm.
    false_discovery : float
        Expected share of false responders among those called so, in (0, 1).

    Raises
    ------
    ValueError
        If nothing is called, or there are too few days without events.
    """
    called, clock, load = trial.arm.called, trial.clock, trial.treated_kw
    temp_c, placebo = daily_c(trial), _placebo(trial)
    events = reductions.event_means(load, called)
    before = reductions.event_means(trial.before_kw[:, trial.treated], called)
    less = reductions.similar_means(load, called, clock, temp_c) - events
    nothing = reductions.similar_means(load, placebo, clock, temp_c, busy=called)
    found = single.individual(
        less, nothing - reductions.event_means(load, placebo), false_discovery
    )
    return Individuals(np.flatnonzero(trial.treated), found, (before - events).mean(axis=0))


def daily_c(trial: Trial) -> F8:
    """Return the mean outdoor temperature of the local day of each step, shape (t,). [C]"""
    _, day = np.unique(trial.clock.local_day, return_inverse=True)
    return np.asarray((np.bincount(day, trial.temp_c) / np.bincount(day))[day])


def _naive(seen: F8, took: B1) -> Estimate:
    """Return the naive difference, nan where nearly all or nearly none take part."""
    if 1 < took.sum() < len(took) - 1:
        return offers.naive(seen, took)
    return Estimate(np.nan, np.nan, np.nan, np.nan)


def _placebo(trial: Trial) -> B1:
    """Return the hours of events on some of the days without any, shape (t,)."""
    clock, called = trial.clock, trial.arm.called
    quiet = np.setdiff1d(clock.local_day, clock.local_day[called])[::PLACEBO]
    return np.isin(clock.local_day, quiet) & np.isin(clock.wall_s, clock.wall_s[called])
