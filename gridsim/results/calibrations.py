"""Calibrations: what was fitted to what, how well, and which targets fix which parameters.

Studies fill these records and the report shows them; the two do not see each other.
"""

from dataclasses import dataclass

import numpy as np

from gridsim.core.arrays import F8

UNIFORM = 1.0 / 12.0**0.5
"""Standard deviation of a parameter of which nothing is known but its range, in ranges."""

IDENTIFIED = 0.5
"""A parameter counts as fixed by the targets when they leave at most this share of the standard
deviation of its range; assumed."""


@dataclass(frozen=True, slots=True)
class Free:
    """A parameter that may move.

    Parameters
    ----------
    name : str
        As in the file of parameters: ``"routine.effort"``.
    start, low, high : float
        Where the search begins; the range, in the parameter's own unit.
    log : bool
        Whether it moves by factors rather than by differences.

    Raises
    ------
    ValueError
        If the start lies outside the range, the range is empty, or a factor would be no number.
    """

    name: str
    start: float
    low: float
    high: float
    log: bool = False

    def __post_init__(self) -> None:
        """Refuse a range that cannot be searched."""
        if not self.low < self.high:
            raise ValueError(f"{self.name}: low {self.low:g} must lie below high {self.high:g}")
        if self.log and self.low <= 0.0:
            raise ValueError(f"{self.name}: a logarithmic range must lie above 0")
        if not self.low <= self.start <= self.high:
            told = f"start {self.start:g} lies outside [{self.low:g}, {self.high:g}]"
            raise ValueError(f"{self.name}: {told}")

    def value(self, place: float) -> float:
        """Return the value at a place of the range, 0 (low) to 1 (high)."""
        if self.log:
            return float(self.low * (self.high / self.low) ** place)
        return float(self.low + (self.high - self.low) * place)

    def place(self, value: float) -> float:
        """Return where a value lies in the range, 0 (low) to 1 (high)."""
        if self.log:
            return float(np.log(value / self.low) / np.log(self.high / self.low))
        return float((value - self.low) / (self.high - self.low))


@dataclass(frozen=True, slots=True)
class Target:
    """A number that the model should give.

    Parameters
    ----------
    name : str
        In words or as a path.
    value, sigma : float
        What it should be, and how far off is one standard deviation.

    Raises
    ------
    ValueError
        If the value is not finite or ``sigma`` not positive.
    """

    name: str
    value: float
    sigma: float

    def __post_init__(self) -> None:
        """Refuse targets that no number can be compared with."""
        if not np.isfinite(self.value):
            raise ValueError(f"{self.name}: the target must be a number, got {self.value}")
        if not 0.0 < self.sigma < np.inf:
            raise ValueError(f"{self.name}: sigma must be positive, got {self.sigma:g}")


@dataclass(frozen=True, slots=True)
class Calibration:
    """A fit, and what it says about the parameters.

    Parameters
    ----------
    title : str
        What was calibrated.
    free : tuple of Free
        Parameters, p of them.
    targets : tuple of Target
        Targets, m of them.
    fitted : F8
        Values in the parameters' own units, shape (p,).
    before, after : F8
        What the model gives at the start and at the fit, shape (m,).
    jacobian : F8
        Change of each target in its sigmas over the whole range of each parameter, taken at the
        fit, shape (m, p).
    evaluations : int
        How often the model was run.
    converged : bool
        Whether the search ended by itself.
    why : str
        How it ended, in words.
    """

    title: str
    free: tuple[Free, ...]
    targets: tuple[Target, ...]
    fitted: F8
    before: F8
    after: F8
    jacobian: F8
    evaluations: int
    converged: bool
    why: str

    @property
    def changes(self) -> dict[str, float]:
        """The fitted values by name."""
        return {one.name: float(v) for one, v in zip(self.free, self.fitted, strict=True)}

    @property
    def singular(self) -> F8:
        """Singular values of the Jacobian, from the largest, shape (min(m, p),)."""
        return np.asarray(np.linalg.svd(self.jacobian, compute_uv=False))

    @property
    def directions(self) -> F8:
        """Combinations of parameters, from the best to the least known, shape (p, p) by row."""
        return np.asarray(np.linalg.svd(self.jacobian, full_matrices=True)[2])

    @property
    def covariance(self) -> F8:
        """Covariance of the parameters in ranges, shape (p, p).

        Nothing but the range is taken to be known beforehand, so a parameter that no target
        moves keeps the variance of its range, 1/12.
        """
        return covariance(self.jacobian)

    @property
    def left(self) -> F8:
        """Share of each parameter's own spread that the targets leave, 0-1, shape (p,)."""
        return np.asarray(np.sqrt(np.diag(self.covariance)) / UNIFORM)

    @property
    def correlation(self) -> F8:
        """Correlation of what is left of each pair of parameters, shape (p, p)."""
        spread = np.sqrt(np.diag(self.covariance))
        return np.asarray(self.covariance / np.outer(spread, spread))

    @property
    def fixes(self) -> F8:
        """How much each parameter's spread grows if a target is left out, shape (m, p).

        0 where the target says nothing about it, 1 where the spread would double.
        """
        spread = np.sqrt(np.diag(self.covariance))
        rest = [np.delete(self.jacobian, row, axis=0) for row in range(len(self.targets))]
        without = np.array([np.sqrt(np.diag(covariance(part))) for part in rest])
        return np.asarray(without / spread - 1.0)

    def at_bound(self, place: int) -> bool:
        """Return whether a parameter ended at an end of its range (within a thousandth)."""
        where = self.free[place].place(float(self.fitted[place]))
        return where < 1e-3 or where > 1.0 - 1e-3


def covariance(jacobian: F8) -> F8:
    """Return the covariance of parameters in ranges, shape (p, p), beside what a range says."""
    p = jacobian.shape[1]
    return np.asarray(np.linalg.inv(jacobian.T @ jacobian + np.eye(p) / UNIFORM**2))
