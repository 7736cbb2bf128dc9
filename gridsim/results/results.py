"""Results: the arrays of every arm, the homes they belong to, and where they came from."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from gridsim.core.arrays import B1, F4, F8, I8
from gridsim.core.clock import Clock
from gridsim.scenario.output import USES as KEPT_USES

USES = KEPT_USES
"""End uses, all positive; ``wet`` is washing machine, dishwasher, dryer; ``other`` a user's own."""

FLOWS = (*USES, "battery", "pv", "net", "import", "export")
"""Columns of a series: end uses, battery (charging positive), pv (production positive), meter."""

SEASONS = ("winter", "spring", "summer", "autumn")
"""December-February, March-May, June-August, September-November."""


NO_LOADS: F4 = np.empty((0, 0), dtype=np.float32)
"""The loads of no followed home."""

NO_HOMES: I8 = np.empty(0, dtype=np.int64)
"""Numbers of no homes."""

NO_CAUSES: F8 = np.empty((0, 0, 0))
"""The causes of a run that did not ask for them."""


@dataclass(frozen=True, slots=True)
class Series:
    """Mean power of groups of homes, step by step.

    Parameters
    ----------
    kw : F8
        Mean power per home of the group, shape (t, groups, len(FLOWS)). [kW]
    groups : tuple of str
        Names; the first is ``"all"``.
    sizes : I8
        Homes in each group, shape (groups,).
    """

    kw: F8
    groups: tuple[str, ...]
    sizes: I8

    def flow(self, name: str, group: str = "all") -> F8:
        """Return one flow of one group, shape (t,). [kW]"""
        return self.kw[:, self.groups.index(group), FLOWS.index(name)]


@dataclass(frozen=True, slots=True)
class Audit:
    """How well energy and money closed, as relative errors, and the sums behind them.

    Parameters
    ----------
    energy_step, energy_run, stores, money : float
        Largest relative error of any step's balance; of the run's balance; of the stores of
        batteries, cars and tanks; of bills against metered energy times price.
    tolerance : float
        What is allowed.
    accounts : float
        Largest relative difference between the energy that was posted to an account and that of
        its meter; 0 where no accounts are kept. They are posted in float32, whose numbers are
        exact to 6e-8.
    accounts_tolerance : float
        What is allowed of it.
    """

    energy_step: float
    energy_run: float
    stores: float
    money: float
    tolerance: float = 1e-9
    accounts: float = 0.0
    accounts_tolerance: float = 1e-6

    @property
    def passed(self) -> bool:
        """Whether every error lies within its tolerance (a nan does not)."""
        worst = (self.energy_step, self.energy_run, self.stores, self.money)
        closed = all(error <= self.tolerance for error in worst)
        return closed and self.accounts <= self.accounts_tolerance


@dataclass(frozen=True, slots=True)
class ArmResult:
    """What one arm did.

    Parameters
    ----------
    name, label : str
        Key of the arm in the scenario; what distinguishes it, in words.
    series : Series
        Mean power by step, group and flow.
    homes : mapping of str to F8
        Metrics of each home over the period, each of shape (n,).
    profile_kw : F8
        Mean net load of each profiled home by season and local hour, shape (m, 4, 24), m <= n:
        the first m homes; nan where the period has no such hour. [kW]
    price : F8
        Import price of the arm's tariff, shape (t,). [currency/kWh]
    called : B1
        Steps in which the arm's tariff calls (a critical or red hour), shape (t,).
    audit : Audit
        How well energy and money closed.
    followed_kw : F4
        Net load of the first followed homes, shape (t, m); (0, 0) if none is kept. [kW]
    causes_kw : F8
        What each of ``results.causes.CAUSES`` took away, mean per home, shape (t, causes,
        FLOWS); (0, 0, 0) if the run did not ask. [kW]
    """

    name: str
    label: str
    series: Series
    homes: Mapping[str, F8]
    profile_kw: F8
    price: F8
    called: B1
    audit: Audit
    followed_kw: F4 = field(default_factory=lambda: NO_LOADS)
    causes_kw: F8 = field(default_factory=lambda: NO_CAUSES)


@dataclass(frozen=True, slots=True)
class Events:
    """The log of discrete events: the agenda's, and those of the followed homes.

    Parameters
    ----------
    time_s : I8
        UTC second, shape (e,).
    home : I8
        Number of the home, -1 for the agenda, shape (e,).
    arm, kind, cause, text : array of str
        Which arm; what happened; why; in words, each of shape (e,).
    value : F8
        A number that goes with it (kWh, share, degrees: ``text`` says which), shape (e,).
    from_s, until_s : I8
        What it is about: the span of a notice, the wait of a run that is put off; the moment
        itself for all else. UTC seconds, shape (e,).
    """

    time_s: I8
    home: I8
    arm: npt.NDArray[np.str_]
    kind: npt.NDArray[np.str_]
    cause: npt.NDArray[np.str_]
    text: npt.NDArray[np.str_]
    value: F8
    from_s: I8
    until_s: I8


@dataclass(frozen=True, slots=True)
class Story:
    """What a scenario asks, in words, and what was taken for granted.

    Parameters
    ----------
    title, question : str
        From the scenario; the question may be empty.
    place, currency : str
        Name of the place; ISO code of the money.
    weather : str
        Where the weather came from.
    synthetic : bool
        Whether the weather is made, not measured: every output says so.
    scenario_toml : str
        The resolved scenario.
    assumptions : tuple of str
        Sentences for the report.
    """

    title: str
    question: str
    place: str
    currency: str
    weather: str
    synthetic: bool
    scenario_toml: str
    assumptions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Results:
    """Everything that a run leaves behind.

    Parameters
    ----------
    story : Story
        The question in words.
    clock : Clock
        The time axis, t steps.
    attributes : mapping of str to array
        Who the homes are (persons, income, heating, ...), each of shape (n,).
    arms : tuple of ArmResult
        The first is the reference.
    events : Events
        The log of discrete events.
    temp_c : F8
        Outdoor temperature, shape (t,). [C]
    carbon_g_kwh : F8
        Average carbon intensity of the grid, shape (t,). [g/kWh]
    provenance : mapping
        Version, commit, seed, fingerprint, libraries, seconds, homes, steps.
    loads : mapping of str to F4
        Net load of every home by arm, shape (t, n) each, if the scenario asks for profiles. [kW]
    hourly : mapping of str to F4
        Mean net load of the first homes by arm, shape (slots, m) each, in any run with called
        hours: hour by hour, or finer where calls begin within an hour. [kW]
    loads_of : I8
        Numbers of the homes of ``loads`` where only some are kept; empty if they are all.
    """

    story: Story
    clock: Clock
    attributes: Mapping[str, npt.NDArray[np.generic]]
    arms: tuple[ArmResult, ...]
    events: Events
    temp_c: F8
    carbon_g_kwh: F8
    provenance: Mapping[str, object]
    loads: Mapping[str, F4] = field(default_factory=dict)
    hourly: Mapping[str, F4] = field(default_factory=dict)
    loads_of: I8 = field(default_factory=lambda: NO_HOMES)

    @property
    def reference(self) -> ArmResult:
        """The arm that the others are compared with."""
        return self.arms[0]

    def arm(self, name: str) -> ArmResult:
        """Return the arm of that name.

        Raises
        ------
        KeyError
            If no arm has the name.
        """
        for arm in self.arms:
            if arm.name == name:
                return arm
        raise KeyError(f"no arm {name!r}; there are {', '.join(a.name for a in self.arms)}")
