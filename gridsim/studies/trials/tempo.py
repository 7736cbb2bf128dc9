"""T14: days of three colours for homes that heat with electricity and have a stove."""

from collections.abc import Mapping

import numpy as np

from gridsim.core.arrays import B1
from gridsim.results.results import Results
from gridsim.studies.trials import measure
from gridsim.studies.trials.records import Measured, Part, Played, Trial

NAME = "t14_tempo"
COLOURS = ("blue", "white", "red")
NOON_H = 12.0


def days_of(results: Results) -> dict[str, B1]:
    """Return the steps of the days of each colour, told by the price at noon, shape (t,) each.

    A day lasts from midnight to midnight; its first six hours have the price of the day before.
    """
    clock = results.clock
    price = results.arm("tempo").price
    first = int(clock.local_day[0])
    at_noon = clock.local_hour == NOON_H
    noon = np.zeros(int(clock.local_day[-1]) - first + 1)
    noon[clock.local_day[at_noon] - first] = price[at_noon]
    levels = np.unique(noon)
    rank = np.searchsorted(levels, noon)[clock.local_day - first]
    return {colour: np.asarray(rank == place) for place, colour in enumerate(COLOURS)}


def _read(played: Played) -> Mapping[str, Measured]:
    """Measure T14 among those who took part."""
    results = played[NAME]
    mine = measure.enrolled(results, "tempo")
    days = days_of(results)
    noon = results.clock.local_hour == NOON_H
    return {
        **{
            f"{colour}_days": measure.exact(float(np.sum(steps & noon)))
            for colour, steps in days.items()
        },
        "white": measure.reduced(results, "tempo", days["white"], mine),
        "red": measure.reduced(results, "tempo", days["red"], mine),
    }


T14 = Trial(
    row="T14",
    title="Tempo: 300 blue, 43 white and 22 red days, electric heat and a stove",
    parts=(
        *(
            Part(f"{colour}_days", f"Days that are {colour}", "days", count, count,
                 ("A105", "A106", "F009"))
            for colour, count in zip(COLOURS, (300.0, 43.0, 22.0), strict=True)
        ),
        Part("white", "Daily use on white days", "%", 8.0, 22.0, ("A102",)),
        Part("red", "Daily use on red days", "%", 38.0, 52.0, ("A103",)),
    ),
    read=_read,
    scenarios=(NAME,),
    quick=("population.homes=900",),
)  # fmt: skip
