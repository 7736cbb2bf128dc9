"""Words and numbers: how metrics, groups and quantities are named and written for a reader."""

import math
import textwrap
from collections.abc import Iterable
from dataclasses import dataclass

from gridsim.core import clock as clocks
from gridsim.core.clock import Clock

DASH = "–"


@dataclass(frozen=True, slots=True)
class Metric:
    """How a metric is written.

    Parameters
    ----------
    label, unit : str
        In words; the unit without "per home" written out, "{currency}" for money.
    share : bool
        Whether it is a share (0-1) that is written in percent.
    """

    label: str
    unit: str
    share: bool = False


METRICS = {
    "demand_kwh": Metric("Electricity used", "kWh per home"),
    "import_kwh": Metric("Bought from the grid", "kWh per home"),
    "export_kwh": Metric("Sent to the grid", "kWh per home"),
    "pv_kwh": Metric("Produced by panels", "kWh per home"),
    "bill": Metric("Bill", "{currency} per home"),
    "bill_energy": Metric("Bill: energy, with its taxes", "{currency} per home"),
    "bill_standing": Metric("Bill: standing charges", "{currency} per home"),
    "bill_capacity": Metric("Bill: power", "{currency} per home"),
    "bill_taxes": Metric("Bill: taxes on both", "{currency} per home"),
    "bill_export": Metric("Bill: exports", "{currency} per home"),
    "bill_rebate": Metric("Bill: rebates", "{currency} per home"),
    "billed_kw": Metric("Power billed", "kW per home"),
    "trips": Metric("Trips of the breaker", "per home"),
    "co2_kg": Metric("CO₂, average intensity", "kg per home"),
    "co2_marginal_kg": Metric("CO₂, marginal intensity", "kg per home"),
    "peak_kw": Metric("Highest load of the town", "kW per home"),
    "load_factor": Metric("Load factor", "%", share=True),
    "event_reduction": Metric("Reduction in called hours", "%", share=True),
    "peak_reduction": Metric("Reduction in the dearest hours", "%", share=True),
    "shifted_kwh": Metric("Moved to other hours", "kWh per home"),
    "rebound": Metric("Rebound within 24 h", "%", share=True),
    "self_consumption": Metric("Self-consumption", "%", share=True),
    "self_sufficiency": Metric("Self-sufficiency", "%", share=True),
    "discomfort_kh": Metric("Discomfort", "K h per home"),
    "overrides": Metric("Overrides", "per home"),
    "deferred_kwh": Metric("Deferred runs", "kWh per home"),
    "acted_events": Metric("Events acted on", "per home"),
    "heard_events": Metric("Events heard of", "per home"),
    "enrolled": Metric("Homes on the arm's tariff", "%", share=True),
}  # fmt: skip
"""Metrics in the order in which a reader meets them."""

_UNITS = (
    ("_kwh", "kWh per home"),
    ("_kw", "kW per home"),
    ("_kg", "kg per home"),
    ("_kh", "K h per home"),
    ("_h", "h"),
    ("_c", "°C"),
    ("_share", "%"),
)
_PREFIXES = {
    "called_kwh": "Bought in the called hours of",
    "dear_kwh": "Bought in the dearest hours of",
    "use_kwh": "Used:",
}
_ORDER = (
    ("lowest", "low", "middle", "high", "highest"),
    ("flat", "house"),
    ("electric", "heat_pump", "gas", "oil", "district", "wood", "other", "not_electric"),
    ("renter", "owner"),
    ("False", "True"),
)
"""Orders that mean something; any other group of values is sorted."""

_ATTRIBUTES = {
    "income": "income",
    "house": "kind of home",
    "heating": "heating",
    "tenure": "tenure",
    "hot_water": "hot water",
    "ev": "electric car",
}
_YES_NO = {"True": "yes", "False": "no"}


def metric(name: str, currency: str) -> Metric:
    """Return how a metric is written; an unknown one goes by its own name and suffix."""
    known = METRICS.get(name)
    if known is not None:
        return Metric(known.label, known.unit.format(currency=currency), known.share)
    stem, dot, what = name.partition(".")
    label = f"{_PREFIXES.get(stem, stem)} {what}" if dot else name
    unit = next((unit for end, unit in _UNITS if stem.endswith(end)), "")
    return Metric(label.replace("_", " "), unit, unit == "%")


def rank(name: str) -> tuple[int, str]:
    """Return where a metric stands in the order of reading."""
    known = list(METRICS)
    return (known.index(name) if name in METRICS else len(known), name)


def attribute(name: str) -> str:
    """Return the name of an attribute of homes in words."""
    return _ATTRIBUTES.get(name, name.replace("_", " "))


def group(value: str) -> str:
    """Return a value of an attribute in words."""
    return _YES_NO.get(value, value.replace("_", " "))


def in_order(values: Iterable[str]) -> list[str]:
    """Return the distinct values of an attribute in an order that means something."""
    found = set(values)
    for order in _ORDER:
        if found <= set(order):
            return [value for value in order if value in found]
    numbers = all(_is_number(value) for value in found)
    return sorted(found, key=float) if numbers else sorted(found)


def wrapped(text: str, width: int) -> str:
    """Break a text into lines of at most ``width`` characters where it has spaces."""
    return "\n".join(textwrap.wrap(text, width)) or text


def number(value: float, decimals: int) -> str:
    """Write a number with a true minus sign and thousands apart."""
    if not math.isfinite(value):
        return DASH
    text = f"{value:,.{decimals}f}" if value else "0"
    return text.replace("-", "−" if float(text.replace(",", "")) else "")


def signed(value: float, decimals: int) -> str:
    """Write a change, with its sign."""
    text = number(value, decimals)
    bare = text.lstrip("−").replace(",", "")
    return text if text.startswith("−") or text == DASH or float(bare) == 0 else f"+{text}"


def figures(value: float, count: int = 3) -> str:
    """Write a number to a count of significant figures, whole numbers in full."""
    return number(value, decimals_of(value, count))


def decimals_of(value: float, count: int) -> int:
    """Return the decimals that show ``count`` significant figures of a value, 0 to 6."""
    if not math.isfinite(value) or value == 0:
        return 0
    return min(max(count - 1 - math.floor(math.log10(abs(value))), 0), 6)


def decimals_for(low: float, high: float, estimate: float) -> int:
    """Return the decimals that an interval deserves: two figures of its width."""
    width = high - low
    if not width > 0:
        return decimals_of(estimate, 3)
    return min(decimals_of(width, 2), decimals_of(max(abs(low), abs(high)), 4))


def period(clock: Clock) -> str:
    """Write the local dates that a clock covers."""
    if not clock.steps:
        return "an empty period"
    first = clocks.date_of(int(clock.local_day[0]))
    last = clocks.date_of(int(clock.local_day[-1]))
    begins = f"{first.day} {first:%B %Y}"
    return begins if first == last else f"{begins} to {last.day} {last:%B %Y}"


def _is_number(text: str) -> bool:
    """Return whether a text is a number."""
    try:
        float(text)
    except ValueError:
        return False
    return True
