"""Tables in words: effects, arms, groups, audit and provenance, ready for a page or a terminal."""

import math
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from gridsim.metrics import table as metric_table
from gridsim.report import words
from gridsim.results.findings import Findings, GroupEffect
from gridsim.results.results import ArmResult, Results

Summary = Mapping[str, object]
"""What ``studies.arms.summary`` gives and ``summary.json`` holds."""

MAIN = (
    "demand_kwh", "import_kwh", "export_kwh", "pv_kwh", "bill", "co2_kg", "peak_kw",
    "event_reduction", "peak_reduction", "shifted_kwh", "rebound", "self_consumption",
    "self_sufficiency", "discomfort_kh", "overrides",
)  # fmt: skip
"""Metrics of the main table; the others follow in a second one."""

BILL_PARTS = (
    "bill_energy", "bill_standing", "bill_capacity", "bill_taxes", "bill_export", "bill_rebate",
)  # fmt: skip
"""Parts of a bill; those that no arm has are left out."""

_NAN = float("nan")
_EVERY_DAY = ["weekday", "saturday", "sunday"]
_MOST_PERCENT = 1000.0


@dataclass(frozen=True, slots=True)
class Row:
    """An effect as numbers, nan where there is none.

    Parameters
    ----------
    metric, label, unit : str
        Key; in words; shares come in percent and their change in points.
    reference, value : float
        In the reference arm and in this arm.
    change, low, high : float
        Paired difference and its interval.
    paired : bool
        Whether the metric itself compares with the reference, so that its value is the change.
    """

    metric: str
    label: str
    unit: str
    reference: float
    value: float
    change: float
    low: float
    high: float
    paired: bool = False

    @property
    def percent(self) -> float:
        """Change over the reference [%]; nan for shares and where the reference is 0."""
        if self.unit == "%" or self.paired or not self.reference:
            return _NAN
        return 100.0 * self.change / abs(self.reference)

    @property
    def decimals(self) -> int:
        """Decimals that the interval deserves."""
        return words.decimals_for(self.low, self.high, self.change)

    @property
    def known(self) -> bool:
        """Whether there is an estimate."""
        return math.isfinite(self.change)

    @property
    def still(self) -> bool:
        """Whether the arms are the same in this."""
        return self.change == 0 and not (self.low < 0 or self.high > 0)


@dataclass(frozen=True, slots=True)
class Cells:
    """A row of an effects table, written out.

    Parameters
    ----------
    label, unit, reference, value, change, interval, percent : str
        Cells from left to right.
    """

    label: str
    unit: str
    reference: str
    value: str
    change: str
    interval: str
    percent: str


def rows(results: Results, summary: Summary, arm: str) -> list[Row]:
    """Return the effects of an arm, in the order of reading; those of the summary alone.

    Parameters
    ----------
    results : Results
        What a run left behind.
    summary : mapping
        ``arms.<arm>.<metric>`` and ``effects.<arm>.<metric>.{estimate, low, high}``; None and
        missing numbers count as unknown.
    arm : str
        Key of the arm.
    """
    before = part(summary, "arms", results.reference.name)
    after = part(summary, "arms", arm)
    effects = part(summary, "effects", arm)
    names = sorted(set(before) | set(after) | set(effects), key=words.rank)
    found = [
        _row(name, results.story.currency, (before, after), part(effects, name)) for name in names
    ]
    told = [row for row in found if math.isfinite(row.value) or row.known]
    return [row for row in told if row.metric not in BILL_PARTS or row.reference or row.value]


def cells(row: Row) -> Cells:
    """Write a row out; a change that is its own value stands under change alone."""
    plain = words.decimals_of(row.reference or row.value, 4)
    plain = min(max(plain, row.decimals if row.known else 0), 4)
    return Cells(
        label=row.label,
        unit=row.unit,
        reference=words.DASH if row.paired else words.number(row.reference, plain),
        value=words.DASH if row.paired else words.number(row.value, plain),
        change=words.signed(row.change, row.decimals),
        interval=interval(row.low, row.high, row.decimals),
        percent=percent(row),
    )


def interval(low: float, high: float, decimals: int) -> str:
    """Write an interval, or a dash where there is none."""
    if not (math.isfinite(low) and math.isfinite(high)):
        return words.DASH
    return f"{words.signed(low, decimals)} to {words.signed(high, decimals)}"


def percent(row: Row) -> str:
    """Write a change in percent of the reference; past tenfold, a percentage says nothing."""
    share = row.percent
    if not math.isfinite(share) or abs(share) > _MOST_PERCENT:
        return words.DASH
    return f"{words.signed(share, 1 if abs(share) < 100 else 0)} %"


def arms_table(results: Results) -> list[tuple[str, list[str]]]:
    """Return what differs between arms: a name and one cell for each arm, in their order."""
    found = [("Name in the scenario", [arm.name for arm in results.arms])]
    found += _written(results)
    money = f"{results.story.currency}/kWh"
    found += [
        ("Import price, range", [_range(arm, money) for arm in results.arms]),
        ("Import price, mean over time", [_mean_price(arm, money) for arm in results.arms]),
        ("Called hours", [_called(arm, results.clock.dt_h) for arm in results.arms]),
        ("Homes on the arm's tariff", [_enrolled(arm) for arm in results.arms]),
    ]
    return [row for row in found if any(cell != words.DASH for cell in row[1])]


def groups_table(
    findings: Findings, arm: str, attribute: str, currency: str
) -> tuple[list[str], list[list[str]]]:
    """Return head and rows of the effects on an arm's groups, bills first; empty without any."""
    mine = [g for g in findings.groups if (g.arm, g.attribute) == (arm, attribute)]
    names = words.in_order(g.group for g in mine)
    metrics = sorted({g.metric for g in mine}, key=lambda name: (name != "bill", words.rank(name)))
    by_place = {(g.group, g.metric): g for g in mine}
    head = [words.attribute(attribute).capitalize(), "Homes"]
    head += [_heading(name, currency) for name in metrics]
    sizes = {g.group: g.homes for g in mine}
    body = [
        [words.group(name), f"{sizes[name]:,}"]
        + [_group_cell(by_place.get((name, metric)), currency) for metric in metrics]
        for name in names
    ]
    return head, body


def audit_table(results: Results) -> list[list[str]]:
    """Return the relative errors of every arm's balances."""
    return [
        [arm.label]
        + [f"{error:.1e}" for error in _errors(arm)]
        + [f"{arm.audit.tolerance:.0e}", "closed" if arm.audit.passed else "did not close"]
        for arm in results.arms
    ]


def provenance_table(results: Results) -> list[tuple[str, str]]:
    """Return where the results come from, flattened to names and texts."""
    return [
        (name.replace("_", " "), _text(value))
        for name, value in results.provenance.items()
        if _text(value)
    ]


def definitions(listed: Sequence[Row]) -> list[tuple[str, str]]:
    """Return what the metrics of some rows mean, as far as the table of metrics knows them."""
    known = metric_table.METRICS
    return [(row.label, known[row.metric].meaning) for row in listed if row.metric in known]


def number_of(value: object) -> float:
    """Return a number as such, nan for anything else."""
    return float(value) if isinstance(value, int | float) else _NAN


def _row(
    name: str,
    currency: str,
    both: tuple[Mapping[str, object], Mapping[str, object]],
    effect: Mapping[str, object],
) -> Row:
    """Return one row; shares in percent."""
    known = words.metric(name, currency)
    scale = 100.0 if known.share else 1.0
    reference, value = (number_of(side.get(name)) * scale for side in both)
    change, low, high = (number_of(effect.get(key)) * scale for key in ("estimate", "low", "high"))
    table = metric_table.METRICS.get(name)
    compares = (table is not None and table.paired) or not math.isfinite(reference)
    return Row(name, known.label, known.unit, reference, value, change, low, high, compares)


def part(tree: Mapping[str, object], *path: str) -> Mapping[str, object]:
    """Return a branch of the summary, empty where there is none."""
    for key in path:
        branch = tree.get(key)
        if not isinstance(branch, Mapping):
            return {}
        tree = branch
    return tree


def _written(results: Results) -> list[tuple[str, list[str]]]:
    """Return the lines of the scenario in which the arms differ."""
    try:
        written = tomllib.loads(results.story.scenario_toml)
    except tomllib.TOMLDecodeError:
        return []
    arms = [part(written, "arms", arm.name) for arm in results.arms]
    lines = _lines(arms)
    return [(key, line) for key, line in lines if key != "label" and len(set(line)) > 1]


def _lines(sides: Sequence[Mapping[str, object]], stem: str = "") -> list[tuple[str, list[str]]]:
    """Return settings by dotted name, a cell for each side; tables only where all are tables."""
    found: list[tuple[str, list[str]]] = []
    for key in dict.fromkeys(key for side in sides for key in side):
        values = [side.get(key) for side in sides]
        if all(isinstance(value, Mapping | None) for value in values):
            found += _lines([part(side, key) for side in sides], f"{stem}{key}.")
        else:
            cells = [words.DASH if value is None else _text(value) for value in values]
            found.append((f"{stem}{key}", cells))
    return found


def _text(value: object) -> str:
    """Write a setting."""
    if isinstance(value, Mapping):
        told = ((key, one) for key, one in value.items() if not _goes_without_saying(key, one))
        return ", ".join(str(one) if key == "kind" else f"{key} {_text(one)}" for key, one in told)
    if isinstance(value, list | tuple):
        return ", ".join(_text(one) for one in value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.6g}"
    return "unknown" if value is None else str(value)


def _goes_without_saying(key: str, value: object) -> bool:
    """Tell whether a setting is nothing, or all there is, so that a table need not show it."""
    if isinstance(value, float | int) and not isinstance(value, bool):
        return math.isinf(value) or (not value and "price" not in key)
    return value in (False, "", [], ["00:00-24:00"], list(range(1, 13)), _EVERY_DAY)


def _range(arm: ArmResult, money: str) -> str:
    """Write the lowest and the highest price of an arm."""
    known = arm.price[np.isfinite(arm.price)]
    if not len(known):
        return words.DASH
    low, high = float(known.min()), float(known.max())
    if low == high:
        return f"{words.number(low, 4)} {money}"
    return f"{words.number(low, 4)} to {words.number(high, 4)} {money}"


def _mean_price(arm: ArmResult, money: str) -> str:
    """Write the mean price of an arm over time."""
    known = arm.price[np.isfinite(arm.price)]
    return f"{words.number(float(known.mean()), 4)} {money}" if len(known) else words.DASH


def _called(arm: ArmResult, dt_h: float) -> str:
    """Write the hours in which an arm's tariff calls."""
    called_h = float(arm.called.sum()) * dt_h
    return f"{words.figures(called_h)} h" if called_h else "none"


def _enrolled(arm: ArmResult) -> str:
    """Write the share of homes on an arm's own tariff."""
    if "enrolled" not in arm.homes or not len(arm.homes["enrolled"]):
        return words.DASH
    return f"{words.figures(100 * float(np.mean(arm.homes['enrolled'])))} %"


def _heading(name: str, currency: str) -> str:
    """Write the heading of a metric's changes by group."""
    known = words.metric(name, currency)
    paired = name in metric_table.METRICS and metric_table.METRICS[name].paired
    return f"{known.label} [{known.unit}]" if paired else f"Change: {known.label} [{known.unit}]"


def _group_cell(effect: GroupEffect | None, currency: str) -> str:
    """Write the change of a group and its interval."""
    if effect is None:
        return words.DASH
    scale = 100.0 if words.metric(effect.metric, currency).share else 1.0
    change, low, high = scale * effect.change, scale * effect.low, scale * effect.high
    decimals = words.decimals_for(low, high, change)
    return f"{words.signed(change, decimals)} ({interval(low, high, decimals)})"


def _errors(arm: ArmResult) -> tuple[float, float, float, float]:
    """Return the four relative errors of an arm."""
    audit = arm.audit
    return audit.energy_step, audit.energy_run, audit.stores, audit.money
