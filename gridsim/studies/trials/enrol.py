"""T10: who joins, who leaves, and whether those who only stayed answer like those who chose."""

from collections.abc import Mapping

import numpy as np

from gridsim.core.arrays import F8
from gridsim.results.results import Results
from gridsim.studies.trials import measure
from gridsim.studies.trials.records import Measured, Part, Played, Trial

NAME = "t10_sacramento"


def saved_kwh(results: Results, arm: str) -> F8:
    """Return what each home saves in the called hours of an arm, shape (n,). [kWh]"""
    called = results.arm(arm).called
    return measure.kwh(results, results.reference.name, called) - measure.kwh(results, arm, called)


def _read(played: Played) -> Mapping[str, Measured]:
    """Measure T10."""
    results = played[NAME]
    joined, stayed = (
        measure.enrolled(results, arm).astype(np.float64) for arm in ("offered", "default")
    )
    complacent = stayed * (1.0 - joined)
    n, everyone = len(joined), np.ones(len(joined))
    chose = measure.ratio(results, saved_kwh(results, "offered") * joined, joined)
    only_stayed = measure.ratio(results, saved_kwh(results, "default") * complacent, complacent)
    share = np.divide(
        only_stayed, chose, out=np.full(len(chose), np.nan), where=np.abs(chose) > 1e-9
    )
    return {
        "join": Measured(100.0 * measure.ratio(results, joined, everyone), n),
        "leave": Measured(100.0 * measure.ratio(results, 1.0 - stayed, everyone), n),
        "response": Measured(share, n),
    }


T10 = Trial(
    row="T10",
    title="Enrolment: an offer, a default, and what each brings",
    parts=(
        Part("join", "Take the offer", "%", 15.0, 25.0, ("A080", "A130", "A131")),
        Part("leave", "Leave the default", "%", 0.0, 10.0, ("A081",)),
        Part("response", "Response of complacents over that of choosers", "1", 0.2, 0.6,
             ("A086", "A087")),
    ),
    read=_read,
    scenarios=(NAME,),
    quick=("population.homes=500",),
)  # fmt: skip
