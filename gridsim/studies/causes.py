"""Why it changed: the effect of an arm told apart by cause, with intervals over homes."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from gridsim.metrics import effects
from gridsim.metrics.effects import Effect
from gridsim.results.causes import CAUSES, column, shifted_kwh
from gridsim.results.results import FLOWS, USES, ArmResult, Results
from gridsim.studies import paired


@dataclass(frozen=True, slots=True)
class Part:
    """A number of a cause, and what it means.

    Parameters
    ----------
    unit, meaning : str
        Unit; definition in a sentence.
    quantity : str
        Of ``results.causes.QUANTITIES``; empty for what is not made of columns of homes.
    """

    unit: str
    meaning: str
    quantity: str = ""


PARTS: dict[str, Part] = {
    "saved_kwh": Part("kWh", "Electricity of all end uses that the cause saved.", "kwh"),
    "shifted_kwh": Part(
        "kWh", "The cause's part of what was shifted: half of the absolute change of the town's"
        " net load, step by step; without an interval.",
    ),
    "import_kwh": Part("kWh", "Import that the cause avoided.", "import_kwh"),
    "dear_kwh": Part(
        "kWh", "Import that the cause took out of the dearest hours of the arm's tariff.",
        "dear_kwh",
    ),
    "peak_kw": Part("kW", "What the cause took off the town's highest load.", "peak_kw"),
}  # fmt: skip
"""Every number of a cause, mean per home; positive is less than in the reference arm."""


def causes(results: Results) -> dict[str, dict[str, dict[str, Effect]]]:
    """Return what each cause took away in each arm: ``[arm][cause][number]``.

    Over the causes, every number adds up to the reference arm less the arm.

    Parameters
    ----------
    results : Results
        What a run left behind; empty without ``[output] causes = true``.
    """
    drawn = paired.draws(results)
    return {
        arm.name: {
            cause: _of(results, arm, place, drawn) for place, cause in enumerate(CAUSES)
        }
        for arm in results.arms[1:]
        if arm.causes_kw.size
    }  # fmt: skip


def by_use(results: Results, arm: str) -> dict[str, dict[str, float]]:
    """Return what each cause saved in each end use, mean per home: ``[cause][use]``. [kWh]

    Raises
    ------
    KeyError
        If no arm has the name.
    """
    homes = results.arm(arm).homes
    return {
        cause: {
            use: float(homes[name].mean())
            for use in USES
            if (name := f"{column(cause, 'kwh')}.{use}") in homes
        }
        for cause in CAUSES
    }


def told(results: Results) -> dict[str, object]:
    """Return the causes as they stand in ``summary.json``."""
    found: Mapping[str, Mapping[str, Mapping[str, Effect]]] = causes(results)
    return {
        arm: {
            cause: {
                name: {"estimate": part.estimate, "low": part.low, "high": part.high}
                for name, part in parts.items()
            }
            | {"saved_by_use_kwh": by_use(results, arm)[cause]}
            for cause, parts in by_cause.items()
        }
        for arm, by_cause in found.items()
    }


def _of(results: Results, arm: ArmResult, place: int, drawn: np.ndarray) -> dict[str, Effect]:
    """Return every number of one cause."""
    shifted = shifted_kwh(arm.causes_kw, FLOWS.index("net"), results.clock.dt_h)
    found = {}
    for name, part in PARTS.items():
        own = arm.homes.get(column(CAUSES[place], part.quantity)) if part.quantity else None
        if own is not None:
            sums = effects.sums(drawn, np.stack([own, np.ones(len(own))], axis=1))
            found[name] = effects.interval(effects.ratio(sums[:, 0], sums[:, 1]), len(own))
        elif not part.quantity:
            found[name] = Effect(float(shifted[place]), np.nan, np.nan)
    return found
