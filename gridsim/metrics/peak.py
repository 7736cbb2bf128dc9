"""How high: peaks and when they are, how fast load rises, how peaks of many homes thin out."""

from dataclasses import dataclass

import numpy as np

from gridsim.core.arrays import F8, I8


@dataclass(frozen=True, slots=True)
class Peak:
    """The highest load and the step in which it is first reached.

    Parameters
    ----------
    kw : float
        Highest mean power of a step. [kW]
    step : int
        Number of the step, from 0.
    """

    kw: float
    step: int


@dataclass(frozen=True, slots=True)
class Diversity:
    """Peak per home of ``n`` homes together: ``mu_kw + k_kw / sqrt(n)``.

    Parameters
    ----------
    mu_kw : float
        What remains of the peak per home in a very large group: after-diversity maximum demand.
        [kW]
    k_kw : float
        How much a single home adds to it. [kW]
    """

    mu_kw: float
    k_kw: float

    def at(self, homes: float) -> float:
        """Return the peak per home of a group of that many homes, in kW."""
        return self.mu_kw + self.k_kw / float(np.sqrt(homes))


def peak(load_kw: F8) -> Peak:
    """Return the highest load of a series, shape (t,), and when it is first reached.

    Raises
    ------
    ValueError
        If there is no step.
    """
    if len(load_kw) == 0:
        raise ValueError("peak needs at least one step")
    step = int(np.argmax(load_kw))
    return Peak(float(load_kw[step]), step)


def highest_kw(load_kw: F8) -> F8:
    """Return the highest mean power of a step, of series along the first axis, in kW."""
    return np.asarray(np.max(load_kw, axis=0))


def load_factor(mean_kw: F8, peak_kw: F8) -> F8:
    """Return the mean net load over the highest.

    Parameters
    ----------
    mean_kw, peak_kw : F8
        Mean and highest net load of a period, numbers or arrays of one shape. [kW]

    Returns
    -------
    F8
        Ratio, at most 1 and negative where more is exported than imported; nan where the peak is
        not positive: the ratio then says nothing.
    """
    mean, highest = np.asarray(mean_kw, np.float64), np.asarray(peak_kw, np.float64)
    ratio = np.full(np.broadcast_shapes(mean.shape, highest.shape), np.nan)
    np.divide(mean, highest, out=ratio, where=highest > 0)
    return ratio


def ramp(load_kw: F8, steps: int) -> float:
    """Return the largest rise of the load, shape (t,), from one step to ``steps`` later, in kW.

    Negative if the load only falls.

    Raises
    ------
    ValueError
        If ``steps`` is not between 1 and t - 1.
    """
    if not 1 <= steps < len(load_kw):
        raise ValueError(f"steps must lie between 1 and {len(load_kw) - 1}, got {steps}")
    return float(np.max(load_kw[steps:] - load_kw[:-steps]))


def load_duration(load_kw: F8) -> F8:
    """Return the loads of a series from the highest to the lowest, shape (t,), in kW."""
    return np.sort(load_kw)[::-1]


def group_peaks(load_kw: F8, homes: int) -> F8:
    """Return the peak per home of each whole group of so many homes in a row.

    Parameters
    ----------
    load_kw : F8
        Mean power of each home, shape (t, n); homes must stand in no particular order. [kW]
    homes : int
        Homes in a group, 1 to n; homes that fill no group are left out.

    Returns
    -------
    F8
        Peak of each group over its number of homes, shape (n // homes,). [kW]

    Raises
    ------
    ValueError
        If no group can be filled.
    """
    steps, n = load_kw.shape
    if not 1 <= homes <= n:
        raise ValueError(f"homes must lie between 1 and {n}, got {homes}")
    groups = n // homes
    together = load_kw[:, : groups * homes].reshape(steps, groups, homes).mean(axis=2)
    return np.asarray(together.max(axis=0))


def diversity(homes: I8, peak_kw: F8) -> Diversity:
    """Fit ``mu + k / sqrt(n)`` to peaks per home by least squares.

    The sum of n independent loads has a standard deviation that grows as sqrt(n), so a high
    quantile of the mean load per home falls to its limit as 1/sqrt(n).

    Parameters
    ----------
    homes : I8
        Sizes n of the groups, shape (m,).
    peak_kw : F8
        Peak per home of each group, shape (m,). [kW]

    Raises
    ------
    ValueError
        If there are fewer than two sizes.

    References
    ----------
    Rusck, "The simultaneous demand in distribution network supplying domestic consumers",
    ASEA Journal 29 (1956); CLNR-L217, "After diversity maximum demand report" (2015).
    """
    if len(np.unique(homes)) < 2:
        raise ValueError("diversity needs groups of at least two sizes")
    thinning = 1.0 / np.sqrt(np.asarray(homes, np.float64))
    k_kw, mu_kw = np.polyfit(thinning, peak_kw, 1)
    return Diversity(float(mu_kw), float(k_kw))
