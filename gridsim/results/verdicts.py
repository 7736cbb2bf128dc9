"""Verdicts: what published trials found, what the simulation of them found, and whether it fits.

Studies fill these records and the report shows them; the two do not see each other.
"""

import math
from dataclasses import dataclass

from gridsim.metrics.effects import Effect


@dataclass(frozen=True, slots=True)
class Figure:
    """A published figure.

    Parameters
    ----------
    number : str
        Its number in the table of published figures, such as ``"A031"``.
    topic, quantity : str
        The trial; what was measured.
    value, low, high : float or None
        As published; None where the text gives none.
    unit, condition, source : str
        Unit; under what conditions; citation.
    status : str
        ``VERIFIED`` (read in a public text), ``RECALLED-...`` (from memory, with how sure) or
        ``DERIVED`` (closed form, programme or simulation).
    """

    number: str
    topic: str
    quantity: str
    value: float | None
    low: float | None
    high: float | None
    unit: str
    condition: str
    source: str
    status: str


@dataclass(frozen=True, slots=True)
class PartVerdict:
    """One number of a trial: the accepted band, and what was simulated.

    Parameters
    ----------
    key, name, unit : str
        Short name for machines; in words; unit of the band and of the value.
    low, high : float
        Accepted band, both ends included.
    simulated : Effect
        The true effect in the simulation: the same homes in two worlds, with its interval.
    as_trial : Effect or None
        The estimate that the trial's own way of estimating gives on the simulated homes.
    figures : tuple of str
        Numbers of the published figures that the band rests on.
    """

    key: str
    name: str
    unit: str
    low: float
    high: float
    simulated: Effect
    as_trial: Effect | None
    figures: tuple[str, ...]

    @property
    def inside(self) -> bool:
        """Whether the simulated value lies in the band (an unknown one does not)."""
        value = self.simulated.estimate
        return math.isfinite(value) and self.low <= value <= self.high


@dataclass(frozen=True, slots=True)
class Told:
    """A scenario that a trial was simulated with, in words.

    Parameters
    ----------
    name, title, description : str
        Its name as ``gridsim run`` takes it; title and description as in the file.
    homes, days : int
        Homes and days that were simulated, in each arm.
    arms : tuple of str
        Its arms.
    """

    name: str
    title: str
    description: str
    homes: int
    days: int
    arms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RowVerdict:
    """A trial: every part, the figures behind it, and what was taken for granted.

    Parameters
    ----------
    row, title : str
        Its row in the table of trials, such as ``"T1"``; what it is.
    parts : tuple of PartVerdict
        What had to be right.
    figures : tuple of Figure
        Published figures.
    scenarios : tuple of Told
        What was simulated; none for closed forms.
    assumed : tuple of str
        What was taken for granted.
    cpu_s : float
        Processor time of its simulation; runs shared with an earlier row count there. [s]
    """

    row: str
    title: str
    parts: tuple[PartVerdict, ...]
    figures: tuple[Figure, ...]
    scenarios: tuple[Told, ...]
    assumed: tuple[str, ...]
    cpu_s: float

    @property
    def inside(self) -> bool:
        """Whether every part lies in its band."""
        return bool(self.parts) and all(part.inside for part in self.parts)


@dataclass(frozen=True, slots=True)
class Slope:
    """How a part answers to a parameter of the citizens.

    Parameters
    ----------
    row, part, parameter : str
        Row and key of the part; dotted name of the parameter.
    factor : float
        What the parameter was multiplied with.
    change : float
        Simulated value with the changed parameter less that without, in the unit of the part.
    """

    row: str
    part: str
    parameter: str
    factor: float
    change: float


@dataclass(frozen=True, slots=True)
class Verdicts:
    """All rows that were run.

    Parameters
    ----------
    rows : tuple of RowVerdict
        In the order of the table.
    quick : bool
        Whether towns and periods were cut down.
    slopes : tuple of Slope
        Sensitivity to parameters, if it was asked for.
    """

    rows: tuple[RowVerdict, ...]
    quick: bool
    slopes: tuple[Slope, ...] = ()
