"""T19: a price that rises for good: the answer of half a year, and that of two years."""

import math
from collections.abc import Mapping

import numpy as np

from gridsim.core.arrays import B1, F8
from gridsim.core.clock import Clock
from gridsim.results.results import Results
from gridsim.studies.trials import measure
from gridsim.studies.trials.records import Measured, Part, Played, Trial

NAME = "t19_level"


def months(clock: Clock, first: int, last: int) -> B1:
    """Return the steps from one month of the period to another (exclusive), shape (t,)."""
    number = clock.local_day.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
    since = number - number[0]
    return np.asarray((since >= first) & (since < last))


def elasticity(results: Results, hours: B1) -> F8:
    """Return the change of the logarithm of use over that of the price, as a statistic."""
    before, after = (measure.kwh(results, arm, hours) for arm in ("before", "dearer"))
    rise = float(results.arm("dearer").price[0] / results.reference.price[0])
    return np.asarray(np.log(measure.ratio(results, after, before)) / math.log(rise))


def _read(played: Played) -> Mapping[str, Measured]:
    """Measure T19."""
    results = played[NAME]
    homes = len(measure.numbers(results))
    return {
        "half": Measured(elasticity(results, months(results.clock, 0, 6)), homes),
        "two": Measured(elasticity(results, months(results.clock, 22, 26)), homes),
    }


T19 = Trial(
    row="T19",
    title="A lasting rise of the price by a tenth",
    parts=(
        Part("half", "Elasticity in the first six months", "1", -0.13, -0.05, ("C007",)),
        Part("two", "Elasticity after two years", "1", -0.34, -0.20, ("C008", "C009")),
    ),
    read=_read,
    scenarios=(NAME,),
    quick=("population.homes=150",),
)
