"""Randomised arms that hold different homes: differences between them, as field trials have them.

Chance decided who is in which arm, so the difference in means is the effect without bias, and
homes that differ are noise. Sides are always treated less control: what is saved is negative.
"""

import numpy as np

from gridsim.core.arrays import F8, I8
from gridsim.metrics.estimate import Estimate, delta, means, ratio


def difference(
    control: F8, treated: F8, *, control_homes: I8 | None = None, treated_homes: I8 | None = None
) -> Estimate:
    """Return the difference in means between two randomised arms.

    Parameters
    ----------
    control, treated : F8
        A number of each row (a home, or a home on a day), shapes (m,) and (k,).
    control_homes, treated_homes : I8, optional
        To which home each row belongs, shapes (m,) and (k,); by default each row is a home.

    Raises
    ------
    ValueError
        If an arm has fewer than two homes or a number is not finite.
    """
    before, after = means(control, control_homes), means(treated, treated_homes)
    value = float(after.mean[0] - before.mean[0])
    return delta(value, [(np.array([-1.0]), before), (np.array([1.0]), after)])


def relative_difference(
    control: F8, treated: F8, *, control_homes: I8 | None = None, treated_homes: I8 | None = None
) -> Estimate:
    """Return the difference in means as a share of the control's mean: -0.1 is a tenth less.

    Arguments as those of :func:`difference`.

    Raises
    ------
    ValueError
        If the control's mean is not positive, or as :func:`difference`.
    """
    before, after = means(control, control_homes), means(treated, treated_homes)
    base, other = float(before.mean[0]), float(after.mean[0])
    if not base > 0:
        raise ValueError(f"a relative difference needs a positive control mean, got {base:g}")
    slopes = np.array([-other / base**2]), np.array([1.0 / base])
    return delta(other / base - 1.0, [(slopes[0], before), (slopes[1], after)])


def share_difference(control: tuple[F8, F8], treated: tuple[F8, F8]) -> Estimate:
    """Return by how much a share differs between two arms, such as that of peak energy.

    Parameters
    ----------
    control, treated : tuple of F8
        Part and whole of each home, each of shape (m,) or (k,): energy in the peak hours and in
        all hours. [kWh]

    Raises
    ------
    ValueError
        If an arm takes nothing, has fewer than two homes, or a number is not finite.
    """
    before, before_slope, before_means = ratio(*control)
    after, after_slope, after_means = ratio(*treated)
    return delta(after - before, [(-before_slope, before_means), (after_slope, after_means)])
