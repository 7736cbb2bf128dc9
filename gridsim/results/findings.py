"""Findings: what studies work out beyond the summary, as plain values that a report can show.

Studies and the report stand on the same floor and do not see each other. Whoever makes a page
(the front door, the command line) fills this record with studies and hands it to the report:

- ``days``: one :class:`DayEffect` for each arm but the reference and each season of
  ``results.SEASONS`` that the period has, from ``ArmResult.profile_kw`` of the profiled homes,
  paired home by home against the reference arm, with an interval for each hour;
- ``groups``: one :class:`GroupEffect` for each arm but the reference, each metric that deserves a
  split (``bill`` at least), each attribute asked about (``income``, ``house``, ``heating``: those
  that ``Results.attributes`` has) and each value of it, paired home by home within the group;
- ``stories``: the day of a few typical homes in sentences, from the log of the followed homes.

All may be empty: the report then shows the same figures without bands, and tells no story.
"""

from dataclasses import dataclass

from gridsim.core.arrays import F8

HOURS = 24


@dataclass(frozen=True, slots=True)
class DayEffect:
    """How the mean day of an arm differs from the reference arm's in one season.

    Parameters
    ----------
    arm, season : str
        Key of the arm; one of ``results.SEASONS``.
    homes : int
        Homes that the profiles are taken over.
    reference_kw, arm_kw : F8
        Mean net load per home by local hour in the reference arm and in this arm,
        shape (24,); nan where the period has no such hour. [kW]
    low_kw, high_kw : F8
        Interval of the paired difference ``arm_kw - reference_kw``, shape (24,). [kW]

    Raises
    ------
    ValueError
        If an array does not have one value for each hour of the day.
    """

    arm: str
    season: str
    homes: int
    reference_kw: F8
    arm_kw: F8
    low_kw: F8
    high_kw: F8

    def __post_init__(self) -> None:
        """Refuse profiles that are not 24 hours long."""
        for name in ("reference_kw", "arm_kw", "low_kw", "high_kw"):
            shape = getattr(self, name).shape
            if shape != (HOURS,):
                raise ValueError(f"DayEffect.{name} must have shape (24,), got {shape}")


@dataclass(frozen=True, slots=True)
class GroupEffect:
    """How a metric changed among the homes that share an attribute.

    Parameters
    ----------
    arm, metric : str
        Key of the arm; name of the metric, which ends in its unit.
    attribute, group : str
        Key of ``Results.attributes``; the value that these homes share, as ``str(value)``.
    homes : int
        Homes in the group.
    reference : float
        Mean of the metric over the group in the reference arm.
    change, low, high : float
        Mean paired difference arm - reference, and its interval.
    """

    arm: str
    metric: str
    attribute: str
    group: str
    homes: int
    reference: float
    change: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class ArmDay:
    """One day of one home in one arm, in sentences.

    Parameters
    ----------
    arm, label : str
        Key of the arm; the arm in words.
    heard, did, came_to : tuple of str
        What reached them of prices and calls; what they wished, did and why; what it came to.
    """

    arm: str
    label: str
    heard: tuple[str, ...]
    did: tuple[str, ...]
    came_to: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HomeDay:
    """One day of one home, arm beside arm.

    Parameters
    ----------
    home : int
        Number of the home.
    date, title : str
        Local date, ``YYYY-MM-DD``; the same in words, with the home.
    why : str
        Why this home and this day are told; empty if somebody asked for them.
    who : tuple of str
        Who lives there and what they own.
    arms : tuple of ArmDay
        In the order of the run.
    """

    home: int
    date: str
    title: str
    why: str
    who: tuple[str, ...]
    arms: tuple[ArmDay, ...]


@dataclass(frozen=True, slots=True)
class Findings:
    """What the report shows besides the summary.

    Parameters
    ----------
    days : tuple of DayEffect
        Before/after day profiles, by arm and season.
    groups : tuple of GroupEffect
        Effects by kind of home.
    stories : tuple of HomeDay
        The day of a few typical homes.
    confidence : float
        Of every interval in here and in the summary's effects, in (0, 1).

    Raises
    ------
    ValueError
        If ``confidence`` does not lie in (0, 1).
    """

    days: tuple[DayEffect, ...] = ()
    groups: tuple[GroupEffect, ...] = ()
    stories: tuple[HomeDay, ...] = ()
    confidence: float = 0.95

    def __post_init__(self) -> None:
        """Refuse an impossible confidence."""
        if not 0.0 < self.confidence < 1.0:
            raise ValueError(f"confidence must lie in (0, 1), got {self.confidence:g}")

    def day(self, arm: str, season: str) -> DayEffect | None:
        """Return the day of an arm in a season, or None if it was not worked out."""
        for effect in self.days:
            if (effect.arm, effect.season) == (arm, season):
                return effect
        return None

    def of_groups(self, arm: str, metric: str, attribute: str) -> tuple[GroupEffect, ...]:
        """Return the effects on a metric by one attribute, in the order they were given."""
        wanted = (arm, metric, attribute)
        return tuple(g for g in self.groups if (g.arm, g.metric, g.attribute) == wanted)
