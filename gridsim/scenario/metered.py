"""The contract of an arm on the clock of a real meter, without playing the scenario."""

import numpy as np

from gridsim.core.clock import Clock
from gridsim.core.errors import DataError
from gridsim.scenario import contracts, signing
from gridsim.scenario.models import Scenario
from gridsim.scenario.where import place_of
from gridsim.signals import tempo, tempo_days
from gridsim.signals.contract import Contract
from gridsim.signals.tempo import Colours


def contract(scenario: Scenario, arm: str, clock: Clock, own: Colours | None = None) -> Contract:
    """Return the contract that the homes of an arm sign, for the days of a meter.

    Parameters
    ----------
    scenario : Scenario
        Where it is written; its period is of no account.
    arm : str
        Name of the arm.
    clock : Clock
        Of the meter.
    own : Colours, optional
        Tempo days besides the real ones.

    Raises
    ------
    DataError
        If colours are not known, a series of prices does not hold the clock, or the tariff's days
        or prices follow from the weather, of which a meter tells nothing.
    """
    said = scenario.arms[arm]
    colours = None
    if signing.needs_colours(said.tariff):
        days = tempo.tempo_day(clock)
        colours = tempo_days.of_days(int(np.min(days)), int(np.max(days)) + 1, own)
    seen = contracts.Seen(colours, clock, clock, None, scenario.seed)
    try:
        return signing.of_arm(said, place_of(scenario).currency, seen)
    except ValueError as lacking:
        raise DataError(
            f"arms.{arm}.tariff: a meter tells nothing of weather or carbon, and this tariff asks"
            f" for them ({lacking}); name its days, or a CSV of its prices"
        ) from lacking
