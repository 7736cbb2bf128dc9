"""How an effect fades: exponential decay fitted to the effect of each period.

References
----------
Allcott, Rogers, "The short-run and long-run effects of behavioral interventions", American
Economic Review 104 (2014), doi:10.1257/aer.104.10.3003, for effects that outlast their cause.
"""

import math
from dataclasses import dataclass

import numpy as np
from scipy.optimize import least_squares

from gridsim.core.arrays import F8
from gridsim.metrics.estimate import Estimate, interval


@dataclass(frozen=True, slots=True)
class Decay:
    """``effect = start * exp(-rate * years)``, each with its interval.

    Parameters
    ----------
    start : Estimate
        Effect at year 0, in the unit of the effects.
    rate : Estimate
        How fast it fades, 0 if it lasts, negative if it grows. [1/year]
    persistence : Estimate
        Share of it that is left after a year: ``exp(-rate)``.
    """

    start: Estimate
    rate: Estimate
    persistence: Estimate


def fit(years: F8, effect: F8, error: F8 | None = None) -> Decay:
    """Fit exponential decay to effects by weighted least squares.

    Effects, not their logarithms, are fitted, so that a period whose effect comes out with the
    other sign by chance is information like any other.

    Parameters
    ----------
    years : F8
        Middle of each period, counted from the end of the cause, shape (m,). [year]
    effect : F8
        Effect in each period, shape (m,).
    error : F8, optional
        Standard errors, above 0, shape (m,). With them the intervals rest on these errors;
        without, on the scatter about the curve.

    Raises
    ------
    ValueError
        If there are fewer than three periods, no effect to speak of, errors that are not
        positive, or no rate fits.
    """
    when, seen = np.asarray(years, np.float64), np.asarray(effect, np.float64)
    sure = np.ones_like(seen) if error is None else np.asarray(error, np.float64)
    if when.shape != seen.shape or sure.shape != seen.shape or len(np.unique(when)) < 3:
        raise ValueError("decay needs effects of at least three periods, with as many errors")
    if not (np.all(sure > 0) and np.all(np.isfinite(seen)) and np.any(seen != 0)):
        raise ValueError("decay needs finite effects that are not all 0, and errors above 0")
    scale = float(np.abs(seen).max())
    first = seen[int(np.argmin(when))] / scale
    weight = scale / sure

    def off(guess: F8) -> F8:
        with np.errstate(over="ignore"):  # far from the answer: the next guess is nearer
            return np.asarray((guess[0] * np.exp(-guess[1] * when) - seen / scale) * weight)

    span = float(np.ptp(when))
    found = least_squares(off, [first or 1.0, 0.0], x_scale=[1.0, 1.0 / span], method="lm")
    moments = found.jac.T @ found.jac
    if not found.success or np.linalg.cond(moments) > 1e14:
        raise ValueError("no rate of decay fits these effects")
    freedom = len(seen) - 2
    spread = np.linalg.inv(moments) * (2.0 * found.cost / freedom if error is None else 1.0)
    degrees = freedom if error is None else math.inf
    start, rate = (
        interval(float(value), math.sqrt(float(spread[place, place])), degrees)
        for place, value in enumerate(found.x)
    )
    return Decay(_times(start, scale), rate, _left(rate))


def _times(one: Estimate, scale: float) -> Estimate:
    """Return an estimate in another unit."""
    return Estimate(one.estimate * scale, one.error * scale, one.low * scale, one.high * scale)


def _left(rate: Estimate) -> Estimate:
    """Return the share that is left after a year; infinite where a rate is beyond all numbers."""
    with np.errstate(over="ignore"):
        low, left, high = np.exp([-rate.high, -rate.estimate, -rate.low]).tolist()
    return Estimate(left, left * rate.error, low, high)
