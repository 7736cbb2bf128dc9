"""Who was offered and who took part: effects on all, on those who took part, and by kind.

Who enrols is not drawn by lot, so those who take part differ from those who do not even without
the programme. The offer is drawn by lot: everything here but :func:`naive` rests on that alone.
Sides are treated less control: what is saved is negative.

References
----------
Imbens, Angrist, "Identification and estimation of local average treatment effects", Econometrica
62 (1994), doi:10.2307/2951620; Fowlie, Wolfram, Baylis, Spurlock, Todd-Blick, Cappers, "Default
effects and follow-on behaviour: evidence from an electricity pricing program", Review of Economic
Studies 88 (2021), doi:10.1093/restud/rdab018.
"""

from dataclasses import dataclass

import numpy as np

from gridsim.core.arrays import B1, F8
from gridsim.metrics import randomised
from gridsim.metrics.estimate import Estimate, Means, delta, interval, mean, means


@dataclass(frozen=True, slots=True)
class Kinds:
    """What kinds of people answer, from an opt-in and an opt-out arm of one programme.

    Parameters
    ----------
    always_share, complacent_share, never_share : Estimate
        Shares of those who enrol when asked (always takers), of those who stay only if they are
        put there (complacents), and of those who leave even then (never takers); they add to 1.
    always, complacent : Estimate
        Effect on each; never takers have none, for nothing reaches them.
    relative : Estimate
        Effect on complacents over that on always takers.
    """

    always_share: Estimate
    complacent_share: Estimate
    never_share: Estimate
    always: Estimate
    complacent: Estimate
    relative: Estimate


def intention_to_treat(control: F8, offered: F8) -> Estimate:
    """Return the effect of the offer on all who got it, whether or not they took it.

    Parameters
    ----------
    control, offered : F8
        A number of each home (one row a home), shapes (m,) and (k,).

    Raises
    ------
    ValueError
        As :func:`randomised.difference`.
    """
    return randomised.difference(control, offered)


def treatment_on_treated(
    control: F8, offered: F8, enrolled: B1, *, control_enrolled: B1 | None = None
) -> Estimate:
    """Return the effect on those who enrolled because of the offer (the Wald estimator).

    The effect of the offer over the share that it made enrol: two-stage least squares with the
    offer as instrument for enrolment. Right if the offer does nothing to those who do not enrol.
    The interval is that of the delta method.

    Parameters
    ----------
    control, offered : F8
        A number of each home, shapes (m,) and (k,).
    enrolled : B1
        Whether each home that was offered enrolled, shape (k,).
    control_enrolled : B1, optional
        Whether each control home got in all the same, shape (m,); by default none.

    Raises
    ------
    ValueError
        If the offer made nobody enrol, or as :func:`intention_to_treat`.
    """
    others = np.zeros(len(control)) if control_enrolled is None else control_enrolled
    before, after = _joint(control, others), _joint(offered, enrolled)
    effect, took = after.mean - before.mean
    if not took > 0:
        raise ValueError(f"the offer raised enrolment by {took:g}: nobody to see an effect on")
    value = float(effect / took)
    slope = np.array([1.0, -value]) / took
    return delta(value, [(-slope, before), (slope, after)])


def naive(values: F8, enrolled: B1) -> Estimate:
    """Return the difference between those who take part and those who do not.

    Not the effect: it holds what made them enrol as well (selection bias). For contrast.

    Parameters
    ----------
    values : F8
        A number of each home of one arm, shape (k,).
    enrolled : B1
        Whether it takes part, shape (k,).

    Raises
    ------
    ValueError
        If fewer than two homes take part or fewer than two do not.
    """
    known, mask = np.asarray(values, np.float64), np.asarray(enrolled, np.bool_)
    if known.shape != mask.shape:
        raise ValueError(f"enrolled has shape {mask.shape}, the values {known.shape}")
    return randomised.difference(known[~mask], known[mask])


def kinds(control: F8, opt_in: F8, opt_out: F8, *, enrolled_in: B1, enrolled_out: B1) -> Kinds:
    """Return what always takers and complacents do, from two ways of offering one programme.

    The opt-in arm shows the always takers; what the opt-out arm shows beyond it is due to those
    who are in it only there. Right if always takers answer alike however they came in.

    Parameters
    ----------
    control, opt_in, opt_out : F8
        A number of each home of three randomised arms, shapes (m,), (k,), (l,).
    enrolled_in, enrolled_out : B1
        Whether each home of the opt-in and opt-out arm takes part, shapes (k,), (l,).

    Raises
    ------
    ValueError
        If nobody opts in, or no more take part in the opt-out arm, or as
        :func:`intention_to_treat`.
    """
    zero = means(control)
    first, second = _joint(opt_in, enrolled_in), _joint(opt_out, enrolled_out)
    always = treatment_on_treated(control, opt_in, enrolled_in)
    more, wider = second.mean - first.mean
    if not wider > 0:
        raise ValueError("the opt-out arm must hold more enrolled homes than the opt-in arm")
    value = float(more / wider)
    slope = np.array([1.0, -value]) / wider
    return Kinds(
        mean(np.asarray(enrolled_in, np.float64)),
        delta(float(wider), [(np.array([0.0, -1.0]), first), (np.array([0.0, 1.0]), second)]),
        mean(1.0 - np.asarray(enrolled_out, np.float64)),
        always,
        delta(value, [(-slope, first), (slope, second)]),
        _relative(zero, first, second),
    )


def _relative(zero: Means, first: Means, second: Means) -> Estimate:
    """Return the complacents' effect over the always takers'; nan if these have none.

    With y, e the means and shares enrolled: ((y2 - y1) / (e2 - e1)) / ((y1 - y0) / e1).
    """
    base, (y1, e1), (y2, e2) = float(zero.mean[0]), first.mean, second.mean
    if y1 == base:
        return interval(np.nan, np.nan, 1.0)
    value = float((y2 - y1) / (e2 - e1) * e1 / (y1 - base))
    upper, wide, low = (e1 / (y1 - base)) / (e2 - e1), e2 - e1, y1 - base
    return delta(
        value,
        [
            (np.array([value / low]), zero),
            (np.array([-upper - value / low, value / wide + value / e1]), first),
            (np.array([upper, -value / wide]), second),
        ],
    )


def _joint(values: F8, enrolled: F8 | B1) -> Means:
    """Return the means of a number and of enrolment, with their covariance."""
    if np.shape(values) != np.shape(enrolled):
        raise ValueError(f"enrolled has shape {np.shape(enrolled)}, the values {np.shape(values)}")
    return means(np.stack([values, np.asarray(enrolled, np.float64)], axis=1))
