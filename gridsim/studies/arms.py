"""The summary of a run: every metric of every arm, and what each arm changes, with intervals."""

from collections.abc import Mapping

from gridsim.metrics.effects import Effect
from gridsim.metrics.table import METRICS, Metric
from gridsim.results import assembly
from gridsim.results.results import ArmResult, Results
from gridsim.studies import baselines, causes, paired, town
from gridsim.studies.paired import Compared, Pair

_MADE_UP = "The weather is synthetic, not measured."


def summary(results: Results, metrics: Mapping[str, Metric] = METRICS) -> dict[str, object]:
    """Return what ``summary.json`` says of a run.

    Parameters
    ----------
    results : Results
        What the run left.
    metrics : mapping
        The metrics to report, ``METRICS | {...}`` for more; those without columns are taken from
        the town's series by name.

    Returns
    -------
    dict
        ``title``, ``question``; ``arms.<arm>.<metric>``: means per home over the period and
        numbers of the town; ``effects.<arm>.<metric>`` of every arm but the reference:
        ``estimate``, ``low``, ``high`` of the paired difference, a 95 % bootstrap interval over
        homes, or over groups of homes in a town of more than ``metrics.effects.UNITS``;
        ``causes.<arm>.<cause>``, if the run asks for them (see ``studies.causes``);
        ``baselines.<arm>.<method>``, if an arm calls (see ``studies.baselines``);
        ``audit``, ``provenance``, ``assumptions``. What is not defined is None.
    """
    found = compared(results, metrics)
    told = {
        "title": results.story.title,
        "question": results.story.question,
        "arms": {
            arm: {name: one.other for name, one in by_metric.items()}
            for arm, by_metric in found.items()
        },
        "effects": {
            arm: {name: _told(one.effect) for name, one in by_metric.items()}
            for arm, by_metric in found.items()
            if arm != results.reference.name
        },
        "audit": _audit(results.arms),
        "provenance": results.provenance,
        "assumptions": _assumptions(results),
    }
    more = {"causes": causes.told(results), "baselines": baselines.told(results)}
    plain = assembly.plain(told | {name: table for name, table in more.items() if table})
    return dict(plain) if isinstance(plain, dict) else {}


def effects(
    results: Results, metrics: Mapping[str, Metric] = METRICS
) -> dict[str, dict[str, Effect]]:
    """Return the effect of every arm but the reference on every metric; nan: not defined."""
    found = compared(results, metrics)
    return {
        arm: {name: one.effect for name, one in by_metric.items()}
        for arm, by_metric in found.items()
        if arm != results.reference.name
    }


def compared(
    results: Results, metrics: Mapping[str, Metric] = METRICS
) -> dict[str, dict[str, Compared]]:
    """Return every metric of every arm beside the reference (which stands beside itself)."""
    drawn, seed = paired.draws(results), paired.seed(results)
    found = {}
    for arm in results.arms:
        both = Pair(results.reference, arm, drawn)
        known = paired.compare(both, metrics) | town.compare(both, results.clock, seed)
        found[arm.name] = {name: known[name] for name in metrics if name in known}
    return found


def _told(effect: Effect) -> dict[str, float]:
    """Return an effect as it stands in ``summary.json``."""
    return {"estimate": effect.estimate, "low": effect.low, "high": effect.high}


def _audit(arms: tuple[ArmResult, ...]) -> dict[str, object]:
    """Return whether energy and money closed, with the errors of every arm."""
    return {
        "passed": all(arm.audit.passed for arm in arms),
        "arms": {
            arm.name: {
                "passed": arm.audit.passed,
                "energy_step": arm.audit.energy_step,
                "energy_run": arm.audit.energy_run,
                "stores": arm.audit.stores,
                "money": arm.audit.money,
                "tolerance": arm.audit.tolerance,
                "accounts": arm.audit.accounts,
            }
            for arm in arms
        },
    }


def _assumptions(results: Results) -> list[str]:
    """Return what was taken for granted; that the weather is made is always among it."""
    told = list(results.story.assumptions)
    if results.story.synthetic and not any("synthetic" in line.lower() for line in told):
        told.insert(0, _MADE_UP)
    return told
