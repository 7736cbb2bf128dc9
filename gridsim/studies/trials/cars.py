"""T24: electric cars that charge on coming home, read from the loads and from the log of trips."""

from collections.abc import Mapping

import numpy as np

from gridsim.core.arrays import F8
from gridsim.core.clock import DAY_S
from gridsim.results.results import Results
from gridsim.studies.trials import measure
from gridsim.studies.trials.records import Measured, Part, Played, Trial

NAME = "t24_ev_fleet"
WARM_DAYS = 7
"""Days left out at the start, in which batteries forget how they began. Assumed."""
SOCKET_KW = 3.7
"""Charger that stands for the published 3.5 kW. [kW]"""
_FAR_S = 10**11  # past any second of a run: keeps the homes apart in one sorted list


def fleet_kw(results: Results) -> F8:
    """Return what each car draws after the warm-up: the difference of the arms, (t, n). [kW]"""
    after = ~measure.days_of(results.clock, 0, WARM_DAYS)
    return np.asarray(results.loads["cars"][after] - results.loads["no_cars"][after], np.float64)


def per_car(results: Results, kind: str) -> tuple[F8, F8]:
    """Return how many events of a kind each car has after the warm-up, and their sum, (n,)."""
    log, homes = results.events, results.attributes["home"]
    began_s = results.clock.start_s + WARM_DAYS * DAY_S
    mine = (log.arm == "cars") & (log.kind == kind) & (log.time_s >= began_s)
    count = np.bincount(log.home[mine], minlength=len(homes))
    total = np.bincount(log.home[mine], weights=log.value[mine], minlength=len(homes))
    return count.astype(np.float64), np.asarray(total, np.float64)


def sessions(results: Results) -> tuple[F8, F8]:
    """Return the sessions of each car, and how long they last from plugging in to leaving, (n,).

    One that has not ended with the period is left out. [h]
    """
    log, homes = results.events, len(results.attributes["home"])
    began_s = results.clock.start_s + WARM_DAYS * DAY_S
    ours = (log.arm == "cars") & (log.time_s >= began_s)
    plug, leave = (ours & (log.kind == kind) for kind in ("plug-in", "departure"))
    plugs = np.sort(log.home[plug] * _FAR_S + log.time_s[plug])
    leaves = np.sort(log.home[leave] * _FAR_S + log.time_s[leave])
    place = np.searchsorted(leaves, plugs)
    ended = place < len(leaves)
    until = leaves[np.minimum(place, len(leaves) - 1)]
    ended &= until // _FAR_S == plugs // _FAR_S
    hours = (until - plugs)[ended] / 3600.0
    home = plugs[ended] // _FAR_S
    count = np.bincount(home, minlength=homes).astype(np.float64)
    total = np.bincount(home, weights=hours, minlength=homes)
    return count, np.asarray(total, np.float64)


def diversified(results: Results, kw: F8) -> Measured:
    """Return the highest mean load of the cars on a socket of ``SOCKET_KW``. [kW/car]

    The interval holds the step of the peak and draws the cars again.
    """
    here = np.abs(results.attributes["charger_kw"].astype(np.float64) - SOCKET_KW) < 0.05
    top = int(np.argmax(kw[:, here].mean(axis=1)))
    return Measured(
        measure.ratio(results, kw[top] * here, here.astype(np.float64)), int(here.sum())
    )


def busiest_hour(results: Results, kw: F8) -> float:
    """Return the local hour at which the mean day of the fleet is highest. [h]"""
    hour = results.clock.local_hour[~measure.days_of(results.clock, 0, WARM_DAYS)]
    hours, place = np.unique(hour, return_inverse=True)
    mean = np.bincount(place, weights=kw.mean(axis=1)) / np.bincount(place)
    return float(hours[mean.argmax()])


def _read(played: Played) -> Mapping[str, Measured]:
    """Measure T24."""
    results = played[NAME]
    kw = fleet_kw(results)
    days = len(kw) * results.clock.dt_h / 24.0
    cars = np.ones(kw.shape[1])
    _, km = per_car(results, "return")
    plugged, soc = per_car(results, "plug-in")
    count, hours = sessions(results)
    n = kw.shape[1]
    return {
        "km": Measured(measure.ratio(results, km / days, cars), n),
        "kwh": Measured(measure.ratio(results, 24.0 * kw.mean(axis=0), cars), n),
        "sessions": Measured(measure.ratio(results, 7.0 * plugged / days, cars), n),
        "plugged": Measured(measure.ratio(results, hours, count), n),
        "soc": Measured(measure.ratio(results, soc, plugged), n),
        "peak": diversified(results, kw),
        "hour": measure.exact(busiest_hour(results, kw)),
    }


T24 = Trial(
    row="T24",
    title="A fleet of electric cars that charge on coming home",
    parts=(
        Part("km", "Distance", "km/day", 0.9 * 43.0, 1.1 * 43.0, ("E040",)),
        Part("kwh", "Charged at home", "kWh/day", 0.9 * 8.0, 1.1 * 8.0, ("E041",)),
        Part("sessions", "Sessions", "1/week", 2.5, 4.0, ("E043", "E046")),
        Part("plugged", "Plugged in, each session", "h", 12.0, float("inf"), ("E046",)),
        Part("soc", "State of charge when plugged in", "1", 0.5, 1.0, ("E046",)),
        Part("peak", "Diversified peak", "kW/car", 0.8, 1.2, ("E049",)),
        Part("hour", "Hour of the peak of the mean day", "h", 18.0, 22.0, ("E051",)),
    ),
    read=_read,
    scenarios=(NAME,),
    quick=("population.homes=500", "output.follow=500"),
    citizens=False,
)
