"""The table of metrics: every number of a summary, its unit, and what it means.

A metric with columns is a function of the means per home of these columns; it is reported for
every arm, and its effect has an interval from drawing the homes again. To add one, write its
function and its line here.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from gridsim.core.arrays import F8
from gridsim.metrics import energy, flexibility, peak


@dataclass(frozen=True, slots=True)
class Metric:
    """A number of the summary.

    Parameters
    ----------
    unit : str
        Unit of the number; "1" for shares and ratios.
    meaning : str
        Definition in a sentence.
    function : callable
        Takes the means per home of the columns, arrays of one shape, and returns an array of
        that shape, nan where the metric is not defined. With ``paired`` it takes the means of
        the reference arm first, then those of the arm.
    columns : tuple of str
        Metrics of a home that it needs; ``{arm}`` stands for the name of the arm. Empty for a
        metric of the town's series, which studies work out.
    paired : bool
        Whether the number compares the arm with the reference.
    """

    unit: str
    meaning: str
    function: Callable[..., F8]
    columns: tuple[str, ...] = ()
    paired: bool = False


def mean(value: F8) -> F8:
    """Return the mean per home as it is."""
    return np.asarray(value, np.float64)


METRICS: dict[str, Metric] = {
    "demand_kwh": Metric(
        "kWh", "Electricity of all end uses, mean per home.", mean, ("demand_kwh",)
    ),
    "import_kwh": Metric("kWh", "Energy from the grid, mean per home.", mean, ("import_kwh",)),
    "export_kwh": Metric("kWh", "Energy to the grid, mean per home.", mean, ("export_kwh",)),
    "pv_kwh": Metric("kWh", "Energy that panels produce, mean per home.", mean, ("pv_kwh",)),
    "curtailed_kwh": Metric(
        "kWh", "Energy that panels could have produced but held back, mean per home.", mean,
        ("curtailed_kwh",),
    ),
    "peak_kw": Metric(
        "kW", "Highest net load of the town in a step, over its number of homes.", peak.highest_kw
    ),
    "load_factor": Metric(
        "1", "Mean net load of the town over the highest.", peak.load_factor
    ),
    "self_consumption": Metric(
        "1", "Share of the town's own production that does not leave through its homes' meters.",
        energy.self_consumption, ("pv_kwh", "export_kwh"),
    ),
    "self_sufficiency": Metric(
        "1", "Share of the town's demand that does not come through its homes' meters.",
        energy.self_sufficiency, ("demand_kwh", "import_kwh"),
    ),
    "bill": Metric(
        "currency", "What is paid for the period, standing charges and export included, mean per"
        " home.", mean, ("bill",),
    ),
    "bill_energy": Metric(
        "currency", "Part of the bill that is paid per kWh, with its taxes, mean per home.", mean,
        ("bill_energy",),
    ),
    "bill_standing": Metric(
        "currency", "Part of the bill that does not depend on use, without taxes, mean per home.",
        mean, ("bill_standing",),
    ),
    "bill_capacity": Metric(
        "currency", "Part of the bill that is paid for power, by demand or subscription, without"
        " taxes, mean per home.", mean, ("bill_capacity",),
    ),
    "bill_taxes": Metric(
        "currency", "Taxes on standing charges and on power, mean per home.", mean, ("bill_taxes",)
    ),
    "bill_export": Metric(
        "currency", "Credits for exports, negative, mean per home; bill_energy, bill_standing,"
        " bill_capacity, bill_taxes, bill_export and bill_rebate together are the bill.", mean,
        ("bill_export",),
    ),
    "bill_rebate": Metric(
        "currency", "What peak-time rebates pay back, negative, mean per home: the utility's cost"
        " of them.", mean, ("bill_rebate",),
    ),
    "billed_kw": Metric(
        "kW", "Demand that is billed, mean over billing periods and charges for it, mean per home;"
        " for arms that charge for demand.", mean, ("billed_kw",),
    ),
    "trips": Metric(
        "1", "Times that power went above the subscribed and a breaker would have opened, mean per"
        " home; for arms whose breakers do.", mean, ("trips",),
    ),
    "co2_kg": Metric(
        "kg", "Carbon dioxide of imports at the average intensity, mean per home.", mean,
        ("co2_kg",),
    ),
    "co2_marginal_kg": Metric(
        "kg", "Imports at the marginal intensity, mean per home; only differences between arms mean"
        " something.", mean, ("co2_marginal_kg",),
    ),
    "discomfort_kh": Metric(
        "K h", "Degree-hours away from the wanted temperature while somebody is home, mean per"
        " home.", mean, ("discomfort_kh",),
    ),
    "shifted_kwh": Metric(
        "kWh", "Energy moved between the hours of the mean day of a season against the reference"
        " arm, mean per profiled home; a lower bound.", flexibility.shifted_kwh,
    ),
    "event_reduction": Metric(
        "1", "Share of the reference arm's import that is not taken in the called hours of the"
        " arm's tariff.", flexibility.reduction, ("called_kwh.{arm}",), paired=True,
    ),
    "peak_reduction": Metric(
        "1", "Share of the reference arm's import that is not taken in the dearest hours of the"
        " arm's tariff.", flexibility.reduction, ("dear_kwh.{arm}",), paired=True,
    ),
    "rebound": Metric(
        "1", "Import that comes back within 24 h after called hours over import avoided in them;"
        " its interval is over events.", flexibility.rebound,
    ),
    "overrides": Metric(
        "1", "Times that people overruled a machine, mean per home.", mean, ("overrides",)
    ),
    "deferred_kwh": Metric(
        "kWh", "Energy of runs that were put off, mean per home.", mean, ("deferred_kwh",)
    ),
    "acted_events": Metric(
        "1", "Called events in which a home took part, mean per home.", mean, ("acted_events",)
    ),
    "heard_events": Metric(
        "1", "Called events of which a home heard, mean per home.", mean, ("heard_events",)
    ),
    "enrolled": Metric("1", "Share of homes on the arm's tariff.", mean, ("enrolled",)),
}  # fmt: skip
"""Every metric of a summary, by name."""
