"""Who wins and who loses: shares of homes, means by group, and how uneven a burden is."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from gridsim.core.arrays import F8

Labels = npt.NDArray[np.generic]


@dataclass(frozen=True, slots=True)
class Winners:
    """Shares of homes that pay less, about the same and more; together they are 1.

    Parameters
    ----------
    win, same, lose : float
        Shares, 0-1.
    """

    win: float
    same: float
    lose: float


@dataclass(frozen=True, slots=True)
class GroupChange:
    """What happened to the homes of one group.

    Parameters
    ----------
    homes : int
        Homes in the group.
    mean_change : float
        Mean change of the bill; negative is a saving. [currency]
    relative_change : float
        The same over the mean bill of the reference; nan where that is not positive.
    winners : Winners
        Shares that pay less, the same and more.
    """

    homes: int
    mean_change: float
    relative_change: float
    winners: Winners


def winners(change: F8, tolerance: float) -> Winners:
    """Return the shares of homes whose bill falls, stays within the tolerance, and rises.

    Parameters
    ----------
    change : F8
        Bill less the bill of the reference arm, shape (n,). [currency]
    tolerance : float
        A change of at most this size counts as none. [currency]

    Raises
    ------
    ValueError
        If there are no homes or the tolerance is negative.
    """
    if len(change) == 0:
        raise ValueError("winners needs at least one home")
    if not tolerance >= 0:
        raise ValueError(f"tolerance must not be negative, got {tolerance:g}")
    win = float(np.mean(change < -tolerance))
    lose = float(np.mean(change > tolerance))
    return Winners(win, 1.0 - win - lose, lose)


def by_group(
    bill: F8, reference_bill: F8, groups: Labels, tolerance: float = 0.01
) -> dict[str, GroupChange]:
    """Return what happened to the bills of each group of homes, in the order of their names.

    Parameters
    ----------
    bill, reference_bill : F8
        Bills of the same homes in an arm and in the reference arm, shape (n,). [currency]
    groups : array
        Group of each home (income, tenure, kind of home), shape (n,).
    tolerance : float
        A change of at most this size counts as none; a cent by default (assumed). [currency]
    """
    change = np.asarray(bill, np.float64) - reference_bill
    found = {}
    for name in np.unique(groups):
        here = groups == name
        before = float(np.mean(reference_bill[here]))
        mean = float(np.mean(change[here]))
        relative = mean / before if before > 0 else float("nan")
        shares = winners(change[here], tolerance)
        found[str(name)] = GroupChange(int(here.sum()), mean, relative, shares)
    return found


def gini(values: F8) -> float:
    """Return the Gini coefficient: 0 where all are equal, towards 1 where one has everything.

    Half the mean absolute difference of all pairs over the mean, from the sorted values.

    Raises
    ------
    ValueError
        If a value is negative or all are zero: the ratio then says nothing.
    """
    ordered = np.sort(np.asarray(values, np.float64))
    total = float(ordered.sum())
    if len(ordered) == 0 or ordered[0] < 0 or not total > 0:
        raise ValueError("gini needs values that are not negative, and one above zero")
    n = len(ordered)
    rank = np.arange(1, n + 1)
    return float((2.0 * rank - n - 1) @ ordered / (n * total))
