"""How good and how fast schedules are: against HiGHS, on days of a household.

Run it to print the table (some seconds)::

    python tests/benchmarks/schedules.py

Prices are the half hours of ``scenarios/agile_halfhourly.csv``, loads and suns are random. The gap
is what a schedule costs more than the optimum, over the cost of the optimum; under negative prices,
where that may be nothing at all, over what the optimum gains. The worst of all days counts. Times
are CPU time of a call from Python, microseconds.
"""

# ruff: noqa: T201 - a script that prints

import csv
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, linprog, milp

from gridsim.automation import schedule
from gridsim.core.arrays import F8

STEPS, DT_H = 48, 0.5
STORE = schedule.Store(2.0, 8.0, 3.0, 0.95, 0.1)
CHARGER_KW = 7.4
_PRICES = Path(__file__).parents[2] / "scenarios" / "agile_halfhourly.csv"


class Day(NamedTuple):
    """A day of a household: prices of import and export [currency/kWh], load less sun [kW]."""

    price_in: F8
    price_out: F8
    net_kw: F8


def days(count: int, below: float = 0.0) -> list[Day]:
    """Return days with real half-hourly prices, ``below`` less than they were, then not below 0."""
    with _PRICES.open(encoding="utf-8") as file:
        wholesale = np.array([float(row["price_mwh"]) for row in csv.DictReader(file)]) / 1000
    hours = DT_H * np.arange(STEPS)
    found = []
    for number in range(count):
        draw = np.random.default_rng(number)
        first = STEPS * (number % (len(wholesale) // STEPS))
        price = np.maximum(wholesale[first : first + STEPS], 0.0) - below
        evening = 1.5 * np.exp(-(((hours - 19.0) / 2.0) ** 2))
        sun = np.maximum(np.sin((hours - 7.0) / 10.0 * np.pi), 0.0) * (np.abs(hours - 12.0) < 5.0)
        net = 0.3 + 0.4 * draw.random(STEPS) + evening - 4.0 * draw.random() * sun
        found.append(Day(1.2 * price + 0.075, price, net))
    return found


def least_cost(day: Day, store: schedule.Store) -> float:
    """Return the cost of a battery's best day, by HiGHS, as a programme with integers.

    No step charges and discharges, or imports and exports, at once. Columns: charge, discharge,
    import, export, energy, whether it charges, whether it imports.
    """
    h, eye, nil = STEPS, np.eye(STEPS), np.zeros((STEPS, STEPS))
    most = store.limit_kw + float(np.abs(day.net_kw).max())
    gain = store.efficiency * DT_H
    start = np.zeros(h)
    start[0] = store.energy_kwh
    kept = eye - np.eye(h, k=-1)
    rows = [
        ([eye, -eye, -eye, eye, nil, nil, nil], -day.net_kw, -day.net_kw),
        ([-gain * eye, DT_H / store.efficiency * eye, nil, nil, kept, nil, nil], start, start),
        ([eye, nil, nil, nil, nil, -store.limit_kw * eye, nil], -np.inf, 0.0),
        ([nil, eye, nil, nil, nil, store.limit_kw * eye, nil], -np.inf, store.limit_kw),
        ([nil, nil, eye, nil, nil, nil, -most * eye], -np.inf, 0.0),
        ([nil, nil, nil, eye, nil, nil, most * eye], -np.inf, most),
    ]
    cost = np.concatenate(
        [np.zeros(2 * h), day.price_in * DT_H, -day.price_out * DT_H, np.zeros(3 * h)]
    )
    cost[5 * h - 1] = -store.end_value
    upper = np.repeat([store.limit_kw, store.limit_kw, most, most, store.capacity_kwh, 1, 1], h)
    made = milp(
        cost,
        constraints=[LinearConstraint(np.hstack(row), low, high) for row, low, high in rows],
        bounds=Bounds(0, upper),
        integrality=np.repeat([0, 0, 0, 0, 0, 1, 1], h),
        options={"mip_rel_gap": 1e-7},
    )
    return float(made.fun)


def cost_of(power_kw: F8, day: Day, store: schedule.Store) -> float:
    """Return what a schedule of a battery costs; what is left in it counts at its value."""
    meter = day.net_kw + power_kw
    paid = np.where(meter > 0.0, meter * day.price_in, meter * day.price_out).sum() * DT_H
    gain = np.where(power_kw > 0.0, store.efficiency, 1.0 / store.efficiency)
    left = store.energy_kwh + float((gain * power_kw).sum()) * DT_H
    return float(paid - store.end_value * left)


def least_charge(price: F8, most_kw: F8, need_kwh: float) -> float:
    """Return the cost of charging as much within power limits, by HiGHS."""
    made = linprog(
        price * DT_H, A_eq=np.full((1, len(price)), DT_H), b_eq=[need_kwh],
        bounds=np.stack([np.zeros(len(price)), most_kw], axis=1),
    )  # fmt: skip
    return float(made.fun)


def microseconds(work: Callable[[], object], times: int = 200) -> float:
    """Return the CPU time of a call. [us]"""
    work()
    began = time.process_time()
    for _ in range(times):
        work()
    return 1e6 * (time.process_time() - began) / times


def batteries(count: int, below: float) -> tuple[float, float]:
    """Return time and worst gap of a battery's days; below zero, over what is gained."""
    worst, given = 0.0, days(count, below)
    for day in given:
        mine = cost_of(_battery(day), day, STORE)
        best = least_cost(day, STORE)
        idle = cost_of(np.zeros(STEPS), day, STORE)
        worst = max(worst, (mine - best) / (abs(best) if below == 0.0 else idle - best))
    return microseconds(lambda: _battery(given[0]), 200 if below == 0.0 else 20), worst


def cars(count: int, below: float) -> tuple[float, float]:
    """Return time and worst gap of charging 10 to 40 kWh before a deadline."""
    worst = 0.0
    for number, day in enumerate(days(count, below)):
        draw = np.random.default_rng(number)
        steps = int(draw.integers(8, STEPS))
        need_kwh = float(min(draw.uniform(10.0, 40.0), 0.95 * steps * DT_H * CHARGER_KW))
        price = day.price_in[:steps]
        power_kw = schedule.cheapest_charge(price, DT_H, need_kwh, CHARGER_KW)
        best = least_charge(price, np.full(steps, CHARGER_KW), need_kwh)
        worst = max(worst, (float(price @ power_kw) * DT_H - best) / abs(best))
    price = days(1)[0].price_in
    return microseconds(lambda: schedule.cheapest_charge(price, DT_H, 30.0, CHARGER_KW)), worst


def schedules(count: int = 12) -> dict[str, dict[str, float]]:
    """Return the time of each kind of schedule [us] and its worst gap to HiGHS, a share."""
    found = {
        "battery, import >= export >= 0": batteries(count, 0.0),
        "battery, negative prices": batteries(count, 0.1),
        "car before a deadline": cars(count, 0.0),
        "car, negative prices": cars(count, 0.1),
    }
    return {name: {"microseconds": us, "gap": gap} for name, (us, gap) in found.items()}


def _battery(day: Day) -> F8:
    """Return a battery's schedule."""
    load, sun = np.maximum(day.net_kw, 0.0), np.maximum(-day.net_kw, 0.0)
    return schedule.battery_schedule(day.price_in, day.price_out, load, sun, store=STORE, dt_h=DT_H)


if __name__ == "__main__":
    for name, row in schedules().items():
        print(f"{name}: {row['microseconds']:.1f} us, worst gap to HiGHS {100 * row['gap']:.4f} %")
