"""Two arms side by side: the same homes in both, and what differs, with intervals.

Whatever is drawn again by the bootstrap, a home comes with all that it did in both arms. The sums
of the arm are taken as those of the reference plus those of what differs, so that arms whose
homes do the same differ by exactly 0.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from gridsim.core.arrays import B1, F8
from gridsim.metrics import effects
from gridsim.metrics.effects import Effect
from gridsim.metrics.table import Metric
from gridsim.results.results import ArmResult, Results

NOTHING = Effect(math.nan, math.nan, math.nan)
"""The effect on a metric that is not defined."""


@dataclass(frozen=True, slots=True)
class Pair:
    """An arm beside the reference arm.

    Parameters
    ----------
    reference, other : ArmResult
        The two arms; may be one and the same.
    drawn : F8
        Draws of the bootstrap over homes, from ``metrics.effects.draws``.
    """

    reference: ArmResult
    other: ArmResult
    drawn: F8


@dataclass(frozen=True, slots=True)
class Compared:
    """A metric in two arms.

    Parameters
    ----------
    reference, other : float
        Its value in the reference arm and in the other; nan where it is not defined.
    effect : Effect
        The difference; for a metric that compares by itself (a reduction), its value.
    """

    reference: float
    other: float
    effect: Effect


def pair(results: Results, arm: str) -> Pair:
    """Return an arm beside the reference, with the draws that belong to the scenario's seed.

    Raises
    ------
    KeyError
        If no arm has the name.
    """
    return Pair(results.reference, results.arm(arm), draws(results))


def draws(results: Results) -> F8:
    """Return the draws of the bootstrap over the homes of a run."""
    homes = len(next(iter(results.reference.homes.values())))
    return effects.draws(homes, seed(results))


def seed(results: Results) -> int:
    """Return the seed of the scenario; 0 if the provenance does not tell."""
    told = results.provenance.get("seed", 0)
    return told if isinstance(told, int) else 0


def compare(
    both: Pair, metrics: Mapping[str, Metric], among: B1 | None = None
) -> dict[str, Compared]:
    """Return the metrics that are made of columns of homes, in both arms, with intervals.

    Parameters
    ----------
    both : Pair
        The two arms.
    metrics : mapping
        Those of them that have no columns are left out.
    among : B1, optional
        Homes to look at, shape (n,); all by default.
    """
    wanted = {name: metric for name, metric in metrics.items() if metric.columns}
    arm = both.other.name
    columns = dict.fromkeys(c.format(arm=arm) for one in wanted.values() for c in one.columns)
    known = [name for name in columns if name in both.reference.homes and name in both.other.homes]
    before, after = means(both, known, among)
    homes = len(next(iter(both.reference.homes.values()))) if among is None else int(among.sum())
    found = {}
    for name, metric in wanted.items():
        needs = [column.format(arm=arm) for column in metric.columns]
        if all(need in known for need in needs):
            first = [before[need] for need in needs]
            found[name] = _compared(metric, first, [after[need] for need in needs], homes)
        else:
            reference = _alone(metric, both.reference, needs, among)
            found[name] = Compared(reference, _alone(metric, both.other, needs, among), NOTHING)
    return found


def means(
    both: Pair, columns: list[str], among: B1 | None = None
) -> tuple[dict[str, F8], dict[str, F8]]:
    """Return the means per home of columns in both arms, as they are and in each resample.

    Parameters
    ----------
    both : Pair
        The two arms.
    columns : list of str
        Metrics of a home that both arms have.
    among : B1, optional
        Homes to look at, shape (n,); all by default.

    Returns
    -------
    before, after : dict of str to F8
        Each of shape (resamples + 1,), in the reference and in the other arm.
    """
    some = next(iter(both.reference.homes.values()))
    mask = np.ones(len(some)) if among is None else among.astype(np.float64)
    units = both.drawn.shape[1]
    stacked = [effects.deal(mask, units)]
    for name in columns:
        first = both.reference.homes[name] * mask
        change = both.other.homes[name] * mask - first
        stacked += [effects.deal(first, units), effects.deal(change, units)]
    sums = effects.sums(both.drawn, np.stack(stacked, axis=1))
    before, after = {}, {}
    for place, name in enumerate(columns):
        total, more = sums[:, 1 + 2 * place], sums[:, 2 + 2 * place]
        before[name] = effects.ratio(total, sums[:, 0])
        after[name] = effects.ratio(total + more, sums[:, 0])
    return before, after


def _compared(metric: Metric, before: list[F8], after: list[F8], homes: int) -> Compared:
    """Return a metric of columns in both arms."""
    if metric.paired:
        old, new = metric.function(*before, *before), metric.function(*before, *after)
        change = new
    else:
        old, new = metric.function(*before), metric.function(*after)
        change = new - old
    return Compared(float(old[0]), float(new[0]), effects.interval(change, homes))


def _alone(metric: Metric, arm: ArmResult, columns: list[str], among: B1 | None) -> float:
    """Return a metric of one arm, for which the other lacks columns; nan where it lacks them too.

    Arms need not be billed for the same things: one may charge for power where the other does not.
    """
    if metric.paired or not all(name in arm.homes for name in columns):
        return math.nan
    kept = slice(None) if among is None else among
    means = [np.atleast_1d(np.mean(arm.homes[name][kept])) for name in columns]
    return float(metric.function(*means)[0])
