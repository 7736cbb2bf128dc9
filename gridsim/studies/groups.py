"""For whom: effects among the homes that share an attribute, and who wins and loses."""

import numpy as np
import numpy.typing as npt

from gridsim.core.arrays import F8
from gridsim.metrics import fairness
from gridsim.metrics.fairness import GroupChange
from gridsim.metrics.table import METRICS
from gridsim.population.town import INCOMES
from gridsim.results import kinds
from gridsim.results.findings import GroupEffect
from gridsim.results.results import Results
from gridsim.studies import paired
from gridsim.studies.paired import Pair

MOST_GROUPS = 24
"""Most values of an attribute that make groups; more of them are measurements, not kinds."""

_ORDERS = {"income": INCOMES}


def effects_by(
    results: Results, attribute: str, metrics: tuple[str, ...] = ("bill",)
) -> tuple[GroupEffect, ...]:
    """Return the effects of every arm but the reference among each group of homes.

    Parameters
    ----------
    results : Results
        What the run left.
    attribute : str
        Key of ``Results.attributes``.
    metrics : tuple of str
        Names of metrics made of columns of homes; one that is not defined in a group is left
        out there.

    Raises
    ------
    KeyError
        If the attribute or a metric is not known.
    ValueError
        If the attribute has more than ``MOST_GROUPS`` values.
    """
    table = {name: METRICS[name] for name in metrics}
    values, codes = kinds.unique(results.attributes[attribute])
    texts = values.astype(np.str_)
    drawn = paired.draws(results)
    found = []
    for arm in results.arms[1:]:
        for group in group_names(attribute, values):
            here = (texts == group)[codes]
            known = paired.compare(Pair(results.reference, arm, drawn), table, here)
            homes = int(here.sum())
            found += [
                GroupEffect(
                    arm.name, name, attribute, group, homes, one.reference,
                    one.effect.estimate, one.effect.low, one.effect.high,
                )
                for name, one in known.items()
                if np.isfinite(one.effect.estimate)
            ]  # fmt: skip
    return tuple(found)


def winners(
    results: Results, arm: str, attribute: str, tolerance: float = 0.01
) -> dict[str, GroupChange]:
    """Return how many homes of each group pay less, the same and more than in the reference.

    Parameters
    ----------
    results : Results
        What the run left.
    arm : str
        Name of the arm.
    attribute : str
        Key of ``Results.attributes``.
    tolerance : float
        A change of at most this size counts as none; a cent by default (assumed). [currency]

    Raises
    ------
    KeyError
        If the arm or the attribute is not known.
    ValueError
        If the attribute has more than ``MOST_GROUPS`` values.
    """
    bill, before = results.arm(arm).homes["bill"], results.reference.homes["bill"]
    return changes(results, attribute, bill, before, tolerance=tolerance)


def changes(
    results: Results, attribute: str, bill: F8, before: F8, *, tolerance: float = 0.01
) -> dict[str, GroupChange]:
    """Return what happened to bills of the homes of a run, group by group.

    Parameters
    ----------
    results : Results
        Whose homes they are.
    attribute : str
        Key of ``Results.attributes``.
    bill, before : F8
        What each home pays, and paid before, shape (n,). [currency]
    tolerance : float
        A change of at most this size counts as none; a cent by default (assumed). [currency]

    Raises
    ------
    KeyError, ValueError
        As :func:`winners`.
    """
    values, codes = kinds.unique(results.attributes[attribute])
    names, texts = group_names(attribute, values), values.astype(np.str_).tolist()
    found = fairness.by_group(bill, before, codes, tolerance)
    return {name: found[str(texts.index(name))] for name in names}


def group_names(attribute: str, values: npt.NDArray[np.generic]) -> tuple[str, ...]:
    """Return the groups that an attribute makes: rising, or from the lowest income up.

    Raises
    ------
    ValueError
        If there are more than ``MOST_GROUPS``.
    """
    names = [str(value) for value in kinds.unique(values)[0]]
    if len(names) > MOST_GROUPS:
        raise ValueError(f"{attribute} has {len(names)} values, more than {MOST_GROUPS} groups")
    order = _ORDERS.get(attribute, ())
    known = [name for name in order if name in names]
    return (*known, *(name for name in names if name not in known))
