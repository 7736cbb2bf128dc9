"""T1, T2, T3, T6: how much less is taken when it is dear, every day or on call."""

import math
from collections.abc import Mapping

import numpy as np

from gridsim.core.arrays import B1, F8
from gridsim.results.results import Results
from gridsim.studies.trials import measure
from gridsim.studies.trials.records import Measured, Part, Played, Trial

SETTINGS = ("t01_summer", "t01_winter")
RATIOS = (2, 4, 8)
KINDS = ("tou", "cpp")
DEFAULT, IRISH = "t03_ontario", "t06_ireland"
IRISH_TARIFFS = ("a", "b", "c", "d")
DISPLAY_WEIGHT = 0.25
"""Share of the Irish homes with a display: one of four kinds of stimulus (A042)."""


def dear(results: Results, arm: str) -> B1:
    """Return the steps at which the price of an arm is the highest, shape (t,)."""
    price = results.arm(arm).price
    return np.asarray(price >= price.max() * (1.0 - 1e-12))


def at_ratio(played: Played, ratio: int, *, tech: bool) -> Measured:
    """Return the mean peak reduction of participants over settings and kinds of price. [%]"""
    ending = "_auto" if tech else ""
    found = []
    for name in SETTINGS:
        results = played[name]
        for kind in KINDS:
            arm = f"{kind}{ratio}{ending}"
            mine = measure.enrolled(results, arm)
            found.append(measure.reduced(results, arm, dear(results, arm), mine))
    return measure.pooled(found)


def slope(by_ratio: Mapping[int, F8]) -> F8:
    """Return the slope of reductions on the logarithm of the ratio of prices, by least squares."""
    x = np.log(np.array(list(by_ratio)))
    centred = x - x.mean()
    stats = np.stack(list(by_ratio.values()))
    return np.asarray(centred @ stats / float(centred @ centred))


def _ratios(played: Played, *, tech: bool) -> dict[int, Measured]:
    """Return the reductions at every ratio."""
    return {ratio: at_ratio(played, ratio, tech=tech) for ratio in RATIOS}


def _alone(played: Played) -> Mapping[str, Measured]:
    """Measure T1."""
    found = _ratios(played, tech=False)
    low, middle, high = (found[ratio].stat for ratio in RATIOS)
    homes = found[2].homes
    steps = np.minimum(middle - low, high - middle)
    return {
        **{f"ratio_{ratio}": one for ratio, one in found.items()},
        "monotone": Measured(steps, homes),
    }


def _automated(played: Played) -> Mapping[str, Measured]:
    """Measure T2."""
    found, bare = _ratios(played, tech=True), _ratios(played, tech=False)
    with_tech, without = (
        slope({ratio: one.stat for ratio, one in each.items()}) for each in (found, bare)
    )
    ratio = np.divide(
        with_tech, without, out=np.full(len(without), np.nan), where=np.abs(without) > 1e-9
    )
    return {
        **{f"ratio_{ratio}": one for ratio, one in found.items()},
        "slopes": Measured(ratio, found[2].homes),
    }


def _default(played: Played) -> Mapping[str, Measured]:
    """Measure T3: all that were moved, whether or not they left."""
    results = played[DEFAULT]
    always = np.ones(results.clock.steps, dtype=bool)
    return {
        "peak": measure.reduced(results, "tou", dear(results, "tou")),
        "total": measure.reduced(results, "tou", always),
    }


def _irish(played: Played) -> Mapping[str, Measured]:
    """Measure T6 among those who took part."""
    results = played[IRISH]
    peak = measure.weekday_hours(results.clock, 17.0, 19.0)
    always = np.ones(results.clock.steps, dtype=bool)

    def pooled(hours: B1, stimuli: Mapping[str, float], tariffs: tuple[str, ...]) -> Measured:
        arms = [(f"{t}_{s}", w) for t in tariffs for s, w in stimuli.items()]
        found = [
            measure.reduced(results, arm, hours, measure.enrolled(results, arm)) for arm, _ in arms
        ]
        mean = measure.pooled(found, [weight for _, weight in arms])
        return Measured(mean.stat, found[0].homes, mean.as_trial)

    both = {"bill": 1.0 - DISPLAY_WEIGHT, "display": DISPLAY_WEIGHT}
    cheap, costly = (pooled(peak, both, (tariff,)) for tariff in ("a", "d"))
    return {
        "total": pooled(always, both, IRISH_TARIFFS),
        "peak": pooled(peak, both, IRISH_TARIFFS),
        "display": pooled(peak, {"display": 1.0}, IRISH_TARIFFS),
        "flatness": Measured(costly.stat - cheap.stat, costly.homes),
    }


def _within(key: str, name: str, value: float, room: float, figures: tuple[str, ...]) -> Part:
    """Return a part in percent with a band around a value."""
    return Part(key, name, "%", value - room, value + room, figures)


_CURVE = {2: "A029", 4: "A031", 8: "A034"}

T1 = Trial(
    row="T1",
    title="Price ratios 2, 4 and 8, opt-in, price alone",
    parts=(
        *(
            _within(f"ratio_{ratio}", f"Peak reduction at {ratio} to 1", value, 2.5,
                    ("A021", _CURVE[ratio]))
            for ratio, value in zip(RATIOS, (5.6, 10.1, 14.6), strict=True)
        ),
        Part("monotone", "Smaller of the two steps from ratio to ratio", "points", 1e-9, math.inf,
             ("A021",)),
    ),
    read=_alone,
    scenarios=SETTINGS,
    quick=("population.homes=400",),
)  # fmt: skip

T2 = Trial(
    row="T2",
    title="The same with machines that follow the price",
    parts=(
        *(
            _within(f"ratio_{ratio}", f"Peak reduction at {ratio} to 1", value, 4.0,
                    ("A022", _CURVE[ratio]))
            for ratio, value in zip(RATIOS, (8.8, 16.5, 24.2), strict=True)
        ),
        Part("slopes", "Slope on ln(ratio) with machines over without", "1", 1.4, 2.2,
             ("A021", "A022")),
    ),
    read=_automated,
    scenarios=SETTINGS,
    quick=("population.homes=400",),
)  # fmt: skip

T3 = Trial(
    row="T3",
    title="Default time of use at 1.8 to 1, Ontario",
    parts=(
        Part("peak", "On-peak reduction, all that were moved", "%", 1.5, 4.0,
             ("A027", "A070", "A071")),
        Part("total", "Total saving", "%", -1.0, 1.0, ("A071",)),
    ),
    read=_default,
    scenarios=(DEFAULT,),
    quick=("population.homes=300",),
)  # fmt: skip

T6 = Trial(
    row="T6",
    title="Irish trial: time of use with information",
    parts=(
        _within("total", "Total saving", 2.5, 1.0, ("A036",)),
        _within("peak", "Reduction from 17 to 19 on working days", 8.8, 2.0, ("A037", "A041")),
        _within("display", "The same with a display", 11.3, 2.0, ("A038", "A042")),
        Part("flatness", "Dearest tariff less cheapest, same hours", "points", -5.0, 5.0,
             ("A037", "A043")),
    ),
    read=_irish,
    scenarios=(IRISH,),
    quick=("population.homes=200",),
)  # fmt: skip
