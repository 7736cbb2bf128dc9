"""Calibrate: fit parameters to targets, and say which of them the targets fix at all.

The model is run with common random numbers (a scenario's seed names all its chances), so that its
answers move with the parameters and not with luck. They still move in small jumps, because people
decide; so slopes are taken over a step that is a visible part of a parameter's range.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from scipy import optimize

from gridsim.core.arrays import F8
from gridsim.results.calibrations import Calibration, Free, Target

STEP = 0.05
"""Step of slopes, in ranges of a parameter; assumed."""
MOST = 12
"""Most steps of the search; assumed."""

Model = Callable[[Mapping[str, float]], F8]
"""From values of the parameters to what the model gives for each target, shape (m,)."""


@dataclass(frozen=True, slots=True)
class Search:
    """How to search.

    Parameters
    ----------
    step : float
        Step of slopes, in ranges of a parameter, in (0, 0.5].
    most : int
        Most steps of the search.
    prior : float
        Standard deviation of what is believed beforehand about each parameter around its start,
        in ranges; infinite for nothing.

    Raises
    ------
    ValueError
        If a number lies outside what it may be.
    """

    step: float = STEP
    most: int = MOST
    prior: float = float("inf")

    def __post_init__(self) -> None:
        """Refuse steps that lead nowhere."""
        if not 0.0 < self.step <= 0.5:
            raise ValueError(f"search.step must lie in (0, 0.5], got {self.step:g}")
        if self.most < 1:
            raise ValueError(f"search.most must be at least 1, got {self.most}")
        if not self.prior > 0.0:
            raise ValueError(f"search.prior must be positive, got {self.prior:g}")


@dataclass
class _Runs:
    """The model with a memory: no point is run twice."""

    model: Model
    free: Sequence[Free]
    targets: Sequence[Target]
    told: Callable[[int], None]
    seen: dict[bytes, F8] = field(default_factory=dict)

    def at(self, places: F8) -> F8:
        """Return what the model gives at a place of each range, shape (m,).

        Raises
        ------
        ValueError
            If it gives something that is not a number for a target.
        """
        key = np.asarray(places, np.float64).tobytes()
        if key not in self.seen:
            values = {p.name: p.value(float(x)) for p, x in zip(self.free, places, strict=True)}
            found = np.asarray(self.model(values), np.float64)
            for target, value in zip(self.targets, found, strict=True):
                if not np.isfinite(value):
                    raise ValueError(f"{target.name}: the model gives no number here: {values}")
            self.seen[key] = found
            self.told(len(self.seen))
        return self.seen[key]

    def misfit(self, places: F8) -> F8:
        """Return how far each target is missed, in its sigmas, shape (m,)."""
        wanted = np.array([target.value for target in self.targets])
        return np.asarray((self.at(places) - wanted) / self.sigma)

    def slopes(self, places: F8, step: float) -> F8:
        """Return the change of each target in its sigmas per range of a parameter, (m, p)."""
        columns = []
        for one in range(len(places)):
            up, down = places.copy(), places.copy()
            up[one] = min(places[one] + step, 1.0)
            down[one] = max(places[one] - step, 0.0)
            change = self.at(up) - self.at(down)
            columns.append(change / self.sigma / (up[one] - down[one]))
        return np.stack(columns, axis=1)

    @property
    def sigma(self) -> F8:
        """One standard deviation of each target, shape (m,)."""
        return np.array([target.sigma for target in self.targets])


def fit(
    title: str, free: Sequence[Free], targets: Sequence[Target], model: Model, *,
    search: Search | None = None, told: Callable[[int], None] = lambda runs: None,
) -> Calibration:  # fmt: skip
    """Fit parameters to targets by least squares within their ranges.

    Parameters
    ----------
    title : str
        What is calibrated.
    free : sequence of Free
        Parameters that may move, p of them.
    targets : sequence of Target
        What the model should give, m of them.
    model : callable
        From values by name to what it gives, shape (m,); the same for the same values.
    search : Search, optional
        How to search.
    told : callable, optional
        Called after each run of the model with how many there were.

    Returns
    -------
    Calibration
        The fit with its Jacobian; its properties say what is fixed by what.

    Raises
    ------
    ValueError
        If there is nothing to fit or nothing to fit to, or the model gives no number.

    Notes
    -----
    Trust-region reflective steps of ``scipy.optimize.least_squares``, with slopes by central
    differences over ``search.step`` of a range.
    """
    if not free or not targets:
        raise ValueError("a calibration needs parameters and targets")
    how = search or Search()
    runs = _Runs(model, free, targets, told)
    start = np.clip([one.place(one.start) for one in free], 0.0, 1.0)
    before = runs.at(start)
    believed = np.eye(len(free)) / how.prior

    def misfit(places: F8) -> F8:
        return np.concatenate([runs.misfit(places), believed @ (places - start)])

    def slopes(places: F8) -> F8:
        return np.concatenate([runs.slopes(places, how.step), believed])

    inside = np.clip(start, 1e-3, 1.0 - 1e-3)  # the search must not begin on an edge
    found = optimize.least_squares(
        misfit, inside, slopes, bounds=(0.0, 1.0), max_nfev=how.most, x_scale=1.0, xtol=1e-3
    )
    best = np.asarray(found.x if found.cost < _cost(misfit(start)) else start, np.float64)
    return Calibration(
        title, tuple(free), tuple(targets),
        np.array([one.value(float(x)) for one, x in zip(free, best, strict=True)]),
        before, runs.at(best), runs.slopes(best, how.step), len(runs.seen),
        bool(found.status > 0), str(found.message),
    )  # fmt: skip


def _cost(misfit: F8) -> float:
    """Return half the sum of squares."""
    return 0.5 * float(misfit @ misfit)
