"""Replicates: every number of the runs with other seeds, and how far each effect differs."""

import io
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from gridsim.core.arrays import F8
from gridsim.results import assembly, tables
from gridsim.results.columns import Columns

if TYPE_CHECKING:
    import pandas as pd

FILE = "replicates.parquet"
"""Its file in a run folder."""

SHARES = (0.05, 0.25, 0.5, 0.75, 0.95)
"""Quantiles that are told."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What one replicate found.

    Parameters
    ----------
    seed : int
        Its seed.
    values, effects : mapping of str to mapping of str to float
        By arm and metric; effects against the reference arm, which has none; nan: not defined.
    """

    seed: int
    values: Mapping[str, Mapping[str, float]]
    effects: Mapping[str, Mapping[str, float]]


def columns(answers: Sequence[Answer]) -> Columns:
    """Return a row for each replicate, arm and metric: value and effect, nan where undefined."""
    rows = [
        (place, answer.seed, arm, metric, value, answer.effects.get(arm, {}).get(metric, math.nan))
        for place, answer in enumerate(answers)
        for arm, by_metric in answer.values.items()
        for metric, value in by_metric.items()
    ]
    places, seeds, arms, metrics, values, effects = zip(*rows, strict=True)
    return {
        "replicate": np.array(places, dtype=np.int64),
        "seed": np.array(seeds, dtype=np.int64),
        "arm": np.array(arms),
        "metric": np.array(metrics),
        "value": np.array(values, dtype=np.float64),
        "effect": np.array(effects, dtype=np.float64),
    }


def told(answers: Sequence[Answer]) -> dict[str, object]:
    """Return what ``summary.json`` says of replicates.

    Returns
    -------
    dict
        ``count``; ``first_seed``; ``effects.<arm>.<metric>``: over the replicates in which the
        effect is defined, ``defined`` (how many), ``mean``, ``sd`` (of a sample), and the
        quantiles ``p05`` to ``p95``; None where too few are.
    """
    found = {
        "count": len(answers),
        "first_seed": answers[0].seed,
        "effects": {
            arm: {
                metric: spread(np.array([a.effects[arm].get(metric, math.nan) for a in answers]))
                for metric in by_metric
            }
            for arm, by_metric in answers[0].effects.items()
        },
    }
    plain = assembly.plain(found)
    return dict(plain) if isinstance(plain, dict) else {}


def spread(values: F8) -> dict[str, float]:
    """Return how far the values of replicates differ, shape (replicates,), nan left out."""
    known = values[np.isfinite(values)]
    names = [f"p{100 * share:02.0f}" for share in SHARES]
    if not known.size:
        return {"defined": 0, "mean": math.nan, "sd": math.nan} | dict.fromkeys(names, math.nan)
    return {
        "defined": int(known.size),
        "mean": float(known.mean()),
        "sd": float(known.std(ddof=1)) if known.size > 1 else math.nan,
        **dict(zip(names, map(float, np.quantile(known, SHARES)), strict=True)),
    }


def files(found: Columns | None) -> dict[str, bytes]:
    """Return what a run folder keeps of replicates, by its name; nothing without any."""
    if found is None:
        return {}
    out = io.BytesIO()
    tables.write(out, [found])
    return {FILE: out.getvalue()}


def frame(found: Columns) -> "pd.DataFrame":
    """Return columns as a data frame."""
    import pandas as pd  # noqa: PLC0415  (heavy, and not needed to run)

    return pd.DataFrame(found)


def read(folder: Path) -> Columns | None:
    """Return the columns of a run folder, None if its question was asked once.

    Raises
    ------
    DataError
        If the file is damaged.
    """
    path = folder / FILE
    return tables.read(path) if path.exists() else None
