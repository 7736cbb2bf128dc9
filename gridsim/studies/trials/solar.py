"""T20: homes with panels, with batteries, and with runs moved into the sun."""

from collections.abc import Mapping

from gridsim.core.arrays import F8
from gridsim.results.results import Results
from gridsim.studies.trials import measure
from gridsim.studies.trials.records import Measured, Part, Played, Trial

FULL, HALF, SHIFT = "t20_solar", "t20_half", "t20_shift"


def self_sufficiency(results: Results, arm: str) -> F8:
    """Return the share of the demand that is not bought, as a statistic. [%]"""
    homes = results.arm(arm).homes
    own = homes["demand_kwh"] - homes["import_kwh"]
    return 100.0 * measure.ratio(results, own, homes["demand_kwh"])


def self_consumption(results: Results, arm: str) -> F8:
    """Return the share of the production that is not fed in, as a statistic. [%]"""
    homes = results.arm(arm).homes
    return 100.0 * measure.ratio(results, homes["pv_kwh"] - homes["export_kwh"], homes["pv_kwh"])


def _read(played: Played) -> Mapping[str, Measured]:
    """Measure T20."""
    full, half = played[FULL], played[HALF]
    n = len(measure.numbers(full))
    moved = self_consumption(played[SHIFT], "shifting") - self_consumption(played[SHIFT], "panels")
    small = self_consumption(half, "battery") - self_consumption(half, "panels")
    return {
        "panels": Measured(self_sufficiency(full, "panels"), n),
        "battery": Measured(self_sufficiency(full, "battery"), n),
        "more": Measured(small, n),
        "shifting": Measured(moved, n),
    }


T20 = Trial(
    row="T20",
    title="Panels and batteries sized by the use of the home",
    parts=(
        Part("battery", "Self-sufficiency with panels and battery", "%", 50.0, 58.0, ("D006",)),
        Part("panels", "Self-sufficiency with panels alone", "%", 26.0, 34.0, ("D007",)),
        Part("more", "Self-consumption that half a kWh of battery for each kWp adds", "points",
             13.0, 24.0, ("D001",)),
        Part("shifting", "Self-consumption that shifting adds", "points", 2.0, 15.0, ("D002",)),
    ),
    read=_read,
    scenarios=(FULL, HALF, SHIFT),
    quick=("population.homes=50", "period.step_minutes=60"),
)  # fmt: skip
