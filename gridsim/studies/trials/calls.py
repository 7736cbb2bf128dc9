"""T8: the same people asked in words or by a price, call after call, and again after a rest."""

from collections.abc import Mapping

import numpy as np

from gridsim.core.arrays import B1, F8
from gridsim.results.results import Results
from gridsim.studies.trials import measure
from gridsim.studies.trials.records import Measured, Part, Played, Trial

NAME = "t08_kyoto"
PRICES = ("price65", "price85", "price105")
SUMMER, WINTER = (13.0, 16.0), (18.0, 21.0)
EARLY, SPENT = 3, 10
"""First events; events after which words are spent (A124, A125)."""
HALF = 5
"""First and last events of a season whose means are compared for prices. Assumed."""


def event_days(results: Results, hours: tuple[float, float]) -> list[B1]:
    """Return the called steps of each event of a season, first to last, shape (t,) each.

    Days are those of the summer's price arms, and for winter those on which the arm with appeals
    is called; an event is what is called on one local date within the hours.
    """
    clock = results.clock
    inside = (clock.local_hour >= hours[0]) & (clock.local_hour < hours[1])
    arm = PRICES[0] if hours == SUMMER else "appeal"
    called = results.arm(arm).called & inside
    days = np.unique(clock.local_day[called])
    return [np.asarray(called & (clock.local_day == day)) for day in days]


def in_events(results: Results, arm: str, events: list[B1]) -> Measured:
    """Return the reduction of participants over some events together. [%]"""
    hours = np.any(events, axis=0)
    return measure.reduced(results, arm, hours, measure.enrolled(results, arm))


def _read(played: Played) -> Mapping[str, Measured]:
    """Measure T8."""
    results = played[NAME]
    summer, winter = event_days(results, SUMMER), event_days(results, WINTER)

    def prices(events: list[B1]) -> Measured:
        found = measure.pooled([in_events(results, arm, events) for arm in PRICES])
        return Measured(found.stat, int(measure.enrolled(results, PRICES[0]).sum()), found.as_trial)

    whole, first, last = prices(summer), prices(summer[:HALF]), prices(summer[-HALF:])
    return {
        "first": in_events(results, "appeal", summer[:EARLY]),
        "spent": in_events(results, "appeal", summer[SPENT:]),
        "again": in_events(results, "appeal", winter[:EARLY]),
        "price": whole,
        "loss": Measured(_loss(first.stat, last.stat), first.homes),
    }


def _loss(first: F8, last: F8) -> F8:
    """Return by how much an effect has fallen, as a share of what it was. [%]"""
    there = np.abs(first) > 1e-9
    lost = np.divide(first - last, first, out=np.full(len(first), np.nan), where=there)
    return np.asarray(100.0 * lost)


T8 = Trial(
    row="T8",
    title="Repeated events: appeals fade and recover, prices do not fade",
    parts=(
        Part("first", "Appeals, first three events", "%", 5.0, 11.0, ("A124",)),
        Part("spent", "Appeals, events after the tenth", "%", -4.0, 4.0, ("A125",)),
        Part("again", "Appeals, first three events after months of rest", "%", 5.0, 11.0,
             ("A124", "A125")),
        Part("price", "Prices of 65, 85 and 105 yen, all events", "%", 11.0, 21.0, ("A126",)),
        Part("loss", "Prices: loss from the first five events to the last", "%", -100.0, 20.0,
             ("A126",)),
    ),
    read=_read,
    scenarios=(NAME,),
    quick=("population.homes=350",),
    assumed=("Prices were published as 14-18 %; the band has the 3 points of the appeals' band on "
             "either side. The effect after months of rest has the band of the first events.",),
)  # fmt: skip
