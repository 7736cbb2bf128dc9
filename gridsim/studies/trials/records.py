"""What a trial is made of: its row, the bands it must meet, its scenarios, and how it is read."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from gridsim.core.arrays import F8
from gridsim.metrics.effects import Effect
from gridsim.results.results import Results

Played = Mapping[str, Results]
"""Results by the name of the scenario, as a trial names it."""


@dataclass(frozen=True, slots=True)
class Part:
    """One number that has to come out right.

    Parameters
    ----------
    key, name, unit : str
        Short name; in words; unit.
    low, high : float
        Accepted band, both ends included.
    figures : tuple of str
        Published figures that it rests on.
    """

    key: str
    name: str
    unit: str
    low: float
    high: float
    figures: tuple[str, ...]

    def __post_init__(self) -> None:
        """Refuse a band without room."""
        if not self.low <= self.high:
            raise ValueError(f"part.low must not pass part.high, got {self.low} and {self.high}")


@dataclass(frozen=True, slots=True)
class Measured:
    """What a simulation gave for a part.

    Parameters
    ----------
    stat : F8
        The value in the homes as they are, then in each resample, shape (resamples + 1,); one
        number alone, shape (1,), has no interval.
    homes : int
        Homes that were drawn again.
    as_trial : Effect, optional
        What the trial's own estimator gives.
    """

    stat: F8
    homes: int
    as_trial: Effect | None = None


Reading = Callable[[Played], Mapping[str, Measured]]
"""From the results of a trial's scenarios to the measured value of each part, by its key."""


@dataclass(frozen=True, slots=True)
class Trial:
    """A row of the table.

    Parameters
    ----------
    row, title : str
        ``"T1"``; what it is.
    parts : tuple of Part
        What has to come out right.
    read : Reading
        How the parts are measured.
    scenarios : tuple of str
        Files of ``scenarios/trials``, by name; none for closed forms.
    quick : tuple of str
        Settings that cut the scenarios down, as for ``gridsim run --set``.
    assumed : tuple of str
        What is taken for granted besides what the scenarios say.
    citizens : bool
        Whether people decide anything in it, so that it depends on their parameters.
    """

    row: str
    title: str
    parts: tuple[Part, ...]
    read: Reading
    scenarios: tuple[str, ...] = ()
    quick: tuple[str, ...] = ()
    assumed: tuple[str, ...] = ()
    citizens: bool = True
