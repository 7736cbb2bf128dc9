"""A field trial within a run: a lot decides in which arm each home is seen.

A run knows every home in every arm. A trial sees each home in one: the lot gives it the reference
or the arm, and all that is estimated comes from what was seen. The truth comes from both arms of
the same homes, so the two can stand side by side.
"""

from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np

from gridsim.core import chance
from gridsim.core.arrays import B1, F4, F8, I8
from gridsim.core.clock import Clock
from gridsim.metrics.estimate import Estimate
from gridsim.results.results import NO_LOADS, ArmResult, Results
from gridsim.studies import paired

SHARE = 0.5
"""Share of homes that are treated: halves are surest for a given number of homes."""

_ASKED = chance.question("studies", "lot")


class Ran(Protocol):
    """What holds results: a ``Run``."""

    @property
    def results(self) -> Results:
        """The arrays of every arm."""
        ...


@dataclass(frozen=True, slots=True)
class Beside:
    """What a trial estimates beside what is true of these homes in this model.

    Parameters
    ----------
    estimate : Estimate
        From homes that are seen in one arm each.
    truth : float
        From the same homes in both arms.
    """

    estimate: Estimate
    truth: float

    @property
    def holds(self) -> bool:
        """Whether the interval holds the truth."""
        return self.estimate.holds(self.truth)


@dataclass(frozen=True, slots=True)
class Trial:
    """An arm and the reference, and which homes are seen in which.

    Parameters
    ----------
    clock : Clock
        The time axis, t steps.
    temp_c : F8
        Outdoor temperature, shape (t,). [C]
    reference, arm : ArmResult
        The two arms; numbers of homes are those of the n homes of the trial.
    before_kw, after_kw : F4
        Net load of each home in the reference and in the arm, shape (t, n). [kW]
    treated : B1
        Homes that are seen in the arm; the others are seen in the reference, shape (n,).
    """

    clock: Clock
    temp_c: F8
    reference: ArmResult
    arm: ArmResult
    before_kw: F4
    after_kw: F4
    treated: B1

    @property
    def control_kw(self) -> F4:
        """Load of the control homes as it is seen, shape (t, m). [kW]"""
        return self.before_kw[:, ~self.treated]

    @property
    def treated_kw(self) -> F4:
        """Load of the treated homes as it is seen, shape (t, k). [kW]"""
        return self.after_kw[:, self.treated]


def trial(run: Results | Ran, arm: str, share: float = SHARE, repeat: int = 0) -> Trial:
    """Return the trial that a run of an arm would have been.

    Parameters
    ----------
    run : Results or Run
        What the run left, with the load of every home (``[output] profiles = true``) or of some:
        those are then the homes of the trial, and the truth is theirs.
    arm : str
        Name of the arm.
    share : float
        Share of homes that are treated, in (0, 1).
    repeat : int
        Which lot: the same number always treats the same homes.

    Raises
    ------
    KeyError
        If no arm has the name.
    ValueError
        If the run keeps no loads, the arm is the reference, or as :func:`lot`.
    """
    found = results_of(run)
    other, reference = found.arm(arm), found.reference
    if other is reference:
        raise ValueError(f"{arm} is the reference: a trial needs another arm")
    if not {arm, reference.name} <= set(found.loads):
        raise ValueError("a trial needs loads of homes: set [output] profiles = true, or a sample")
    before, after = found.loads[reference.name], found.loads[arm]
    homes = numbers(found)
    if len(found.loads_of):
        places = np.searchsorted(homes, found.loads_of)
        homes = homes[places]
        reference, other = _among(reference, places), _among(other, places)
    treated = lot(homes, paired.seed(found), share, repeat)
    return Trial(found.clock, found.temp_c, reference, other, before, after, treated)


def lot(homes: I8, seed: int, share: float = SHARE, repeat: int = 0) -> B1:
    """Return which homes are treated, shape (n,).

    Parameters
    ----------
    homes : I8
        Numbers of the homes, shape (n,).
    seed : int
        Seed of the scenario.
    share : float
        Chance of each home to be treated, in (0, 1).
    repeat : int
        Which lot.

    Raises
    ------
    ValueError
        If the share does not lie in (0, 1).
    """
    if not 0 < share < 1:
        raise ValueError(f"share must lie in (0, 1), got {share:g}")
    return np.asarray(tickets(homes, seed, repeat) < share)


def tickets(homes: I8, seed: int, repeat: int = 0) -> F8:
    """Return a number in (0, 1) for each home, shape (n,): the lot that it drew."""
    return chance.uniforms(seed, _ASKED, homes, repeat)[:, 0]


def numbers(results: Results) -> I8:
    """Return the numbers of the homes of a run, shape (n,)."""
    some = next(iter(results.reference.homes.values()))
    return np.asarray(results.attributes.get("home", np.arange(len(some))), np.int64)


def results_of(run: Results | Ran) -> Results:
    """Return the results themselves."""
    return run if isinstance(run, Results) else run.results


def _among(arm: ArmResult, places: I8) -> ArmResult:
    """Return an arm with the numbers of some of its homes; its series stay those of the town."""
    return replace(
        arm,
        homes={name: values[places] for name, values in arm.homes.items()},
        profile_kw=arm.profile_kw[places[places < len(arm.profile_kw)]],
        followed_kw=NO_LOADS,
    )
