"""The score of a baseline: how far it is off, what it credits, and how that is told."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from gridsim.metrics.effects import Effect


@dataclass(frozen=True, slots=True)
class Errors:
    """How far a baseline is off. [kWh per home and event]

    Parameters
    ----------
    behaviour_kwh : float
        The part of the bias that comes of what people did to the days and hours that the method
        looks at: gaming, heating ahead, habits. The rest is the method's own.
    sd_kwh, rmse_kwh : float
        Standard deviation and root mean square of the error of single homes in single events.
    group_bias_kwh, group_rmse_kwh : float
        Of the method applied to the mean load of all these homes.
    """

    behaviour_kwh: float
    sd_kwh: float
    rmse_kwh: float
    group_bias_kwh: float
    group_rmse_kwh: float


@dataclass(frozen=True, slots=True)
class Credits:
    """What would be credited, home by home. [kWh per home and event]

    Parameters
    ----------
    kwh : float
        Credited; what lies below a baseline counts, what lies above it is forgiven.
    false_kwh : float
        Credited where a home did not use less than in the reference arm.
    unmoved_kwh : float
        Credited where a home used the same to the last bit: it heard nothing or let it be.
    unheard_kwh : float
        Credited to homes that heard none of the calls of the period; nan if that is not known.
    paid, earned : float
        At the rebate's price, per home over the events: what is credited, and what was truly
        reduced; nan without a price. [currency]
    """

    kwh: float
    false_kwh: float
    unmoved_kwh: float
    unheard_kwh: float
    paid: float
    earned: float


@dataclass(frozen=True, slots=True)
class Score:
    """One method in one arm.

    Parameters
    ----------
    label : str
        The method in words.
    homes, events, missed : int
        Homes; events that could be reckoned; events with too few days before them.
    reference_kwh, true_kwh : float
        Use in the reference arm; true reduction. [kWh per home and event]
    estimate, bias : Effect
        What the method finds, and how much that is above the truth, with intervals over homes.
    errors : Errors
        How far it is off.
    credits : Credits
        What would be credited.
    """

    label: str
    homes: int
    events: int
    missed: int
    reference_kwh: float
    true_kwh: float
    estimate: Effect
    bias: Effect
    errors: Errors
    credits: Credits


def nothing(label: str, homes: int, missed: int) -> Score:
    """Return the score of a method that could not be applied to any event."""
    none = Effect(np.nan, np.nan, np.nan)
    return Score(
        label, homes, 0, missed, np.nan, np.nan, none, none, Errors(*[np.nan] * 5),
        Credits(*[np.nan] * 6),
    )  # fmt: skip


def told(score: Score) -> dict[str, object]:
    """Return a score as it stands in ``summary.json``."""
    errors, credits_ = score.errors, score.credits
    return {
        "label": score.label,
        "homes": score.homes,
        "events": score.events,
        "missed": score.missed,
        "reference_kwh": score.reference_kwh,
        "true_kwh": score.true_kwh,
        "estimate_kwh": _ends(score.estimate),
        "bias_kwh": _ends(score.bias),
        "behaviour_kwh": errors.behaviour_kwh,
        "sd_kwh": errors.sd_kwh,
        "rmse_kwh": errors.rmse_kwh,
        "group_bias_kwh": errors.group_bias_kwh,
        "group_rmse_kwh": errors.group_rmse_kwh,
        "credited_kwh": credits_.kwh,
        "false_kwh": credits_.false_kwh,
        "unmoved_kwh": credits_.unmoved_kwh,
        "unheard_kwh": credits_.unheard_kwh,
        "paid": credits_.paid,
        "earned": credits_.earned,
    }


def _ends(effect: Effect) -> Mapping[str, float]:
    """Return an effect as it stands in ``summary.json``."""
    return {"estimate": effect.estimate, "low": effect.low, "high": effect.high}
