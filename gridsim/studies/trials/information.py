"""T17 and T18: feedback without a price: how much it saves, in what order, and how it fades."""

import datetime as dt
import math
from collections.abc import Mapping

import numpy as np

from gridsim.core.arrays import B1, F8
from gridsim.core.clock import Clock, day_number
from gridsim.studies.trials import measure
from gridsim.studies.trials.records import Measured, Part, Played, Trial

REPORTS, LADDER = "t17_reports", "t18_feedback"
KINDS = ("bill", "audit", "daily", "display", "appliance")
"""From what saves least to what saves most, B001-B005."""
STOPPED = dt.date(2011, 1, 1)
AFTER_YEARS = 2
"""Years without reports over which the decay is read: the last half years are compared."""


def half_before(clock: Clock, date: dt.date) -> B1:
    """Return the steps of the half year before a date, shape (t,)."""
    last = day_number(date)
    return np.asarray((clock.local_day >= last - 184) & (clock.local_day < last))


def _stopped(played: Played) -> Mapping[str, Measured]:
    """Measure T17."""
    results = played[REPORTS]
    clock = results.clock
    given = np.asarray(clock.local_day < day_number(STOPPED))
    held = measure.reduction(results, "reports", half_before(clock, STOPPED))
    later = STOPPED.replace(year=STOPPED.year + AFTER_YEARS)
    left = measure.reduction(results, "reports", half_before(clock, later))
    return {
        "saving": measure.reduced(results, "reports", given),
        "decay": Measured(yearly_decay(held, left, AFTER_YEARS), len(measure.numbers(results))),
    }


def yearly_decay(held: F8, left: F8, years: float) -> F8:
    """Return the share of an effect that is lost each year, nan where there was none. [%]"""
    there = (held > 0.0) & (left > 0.0)
    kept = np.divide(left, held, out=np.full(len(held), np.nan), where=there)
    return np.asarray(100.0 * (1.0 - kept ** (1.0 / years)))


def _ladder(played: Played) -> Mapping[str, Measured]:
    """Measure T18."""
    results = played[LADDER]
    year = np.ones(results.clock.steps, dtype=bool)
    found = {kind: measure.reduced(results, kind, year) for kind in KINDS}
    stats = np.stack([found[kind].stat for kind in KINDS])
    return {
        **found,
        "order": Measured(np.diff(stats, axis=0).min(axis=0), found["bill"].homes),
    }


T17 = Trial(
    row="T17",
    title="Home energy reports, and what is left when they stop",
    parts=(
        Part("saving", "Saving while reports come", "%", 1.5, 2.5, ("B012",)),
        Part("decay", "Loss of the saving each year after they stop", "%/yr", 8.0, 25.0, ("B013",)),
    ),
    read=_stopped,
    scenarios=(REPORTS,),
    quick=("population.homes=100",),
)

T18 = Trial(
    row="T18",
    title="The ladder of feedback",
    parts=(
        Part("order", "Smallest step up the ladder", "points", 1e-9, math.inf,
             ("B001", "B002", "B003", "B004", "B005")),
        Part("display", "A display in every home", "%", 2.0, 3.0, ("B008", "B011", "B012")),
    ),
    read=_ladder,
    scenarios=(LADDER,),
    quick=("population.homes=120",),
)  # fmt: skip
