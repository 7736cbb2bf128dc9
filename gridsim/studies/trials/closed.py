"""T26 and T27: what is known in closed form, from the devices and rules that runs are made of."""

import math
from collections.abc import Mapping

import numpy as np
from scipy.special import ndtri

from gridsim.automation import schedule
from gridsim.automation.schedule import Store
from gridsim.core.arrays import F8, I8
from gridsim.core.chance import question, uniforms
from gridsim.devices import appliance, cycling
from gridsim.grid import two_bus
from gridsim.market import auction
from gridsim.studies.trials import cycling_fleet
from gridsim.studies.trials.measure import exact
from gridsim.studies.trials.records import Measured, Part, Played, Trial

UNITS = 10_000
STEP_H = 15 / 3600
R_K_KW, C_KWH_K, COOL_KW = 2.0, 10.0, 14.0  # figure H003, after Callaway 2009
_SPREAD = question("trials", "fleet")
_STARTS = question("trials", "appliance")
_MOST_STARTS = 8  # of one home in a day: more come once in some ten million days

RUNS_A_DAY, RUN_H, RUNNING_HOMES, SAMPLES = 0.6, 1.2, 1000, 4000  # figure H001
SAMPLE_H = 2.4
"""Two runs never bridge samples that far apart, so that the samples are independent."""


def rebound(spread: float, hours: float = 2.5, seed: int = 1) -> F8:
    """Return the load of a fleet of air conditioners after their set point rises by 0.5 K.

    Parameters
    ----------
    spread : float
        Standard deviation of the logarithm of resistance, capacity and power.
    hours : float
        How long to look. [h]
    seed : int
        Names the units.

    Returns
    -------
    F8
        Electric power per unit in steps of ``STEP_H``, shape (t,). [kW]
    """
    u = uniforms(seed, _SPREAD, np.arange(UNITS), count=4)
    factors = np.exp(spread * ndtri(u[:, :3]))
    load_kw = np.zeros(round(hours / STEP_H))
    cycling_fleet.fill(
        load_kw, R_K_KW * factors[:, 0], C_KWH_K * factors[:, 1], COOL_KW * factors[:, 2],
        u[:, 3].copy(), STEP_H,
    )  # fmt: skip
    return load_kw


def on_minutes() -> float:
    """Return how long the air conditioner of H003 runs in a cycle. [min]"""
    _, _, mean_kw = cycling.step(20.25, 1.0, 20.0, 32.0, R_K_KW, C_KWH_K, -COOL_KW, 0.5, 1.0)
    return float(-60.0 * mean_kw / COOL_KW)


def payback() -> float:
    """Return the energy that comes back over the energy shed, for the house of H005 and H006."""
    cold_c, _, _ = cycling.step(20.0, 0.0, 10.0, 0.0, 5.0, 4.0, 8.0, 2.0, 2.0)
    _, _, mean_kw = cycling.step(cold_c, 1.0, 19.0, 0.0, 5.0, 4.0, 8.0, 2.0, 2.0)
    full_h = 2.0 * mean_kw / 8.0
    return float(full_h * (8.0 - 4.0) / (2.0 * 4.0))


def profit(price: list[float], store: Store) -> float:
    """Return what a battery earns on hourly prices at which it may buy and sell. [currency]"""
    prices, nothing = np.array(price), np.zeros(len(price))
    power = schedule.battery_schedule(prices, prices, nothing, nothing, store=store, dt_h=1.0)
    return -float(power @ prices)


def concurrent(seed: int = 1) -> F8:
    """Return how many appliances of H001 run at moments far apart, shape (SAMPLES,). [kW]"""
    days = math.ceil(SAMPLES * SAMPLE_H / 24) + 1
    homes: I8 = np.arange(RUNNING_HOMES)
    chances = [math.exp(-RUNS_A_DAY) * RUNS_A_DAY**k / math.factorial(k) for k in range(12)]
    starts = []
    for day in range(days):
        u = uniforms(seed, _STARTS, homes, day, 1 + _MOST_STARTS)
        count = np.searchsorted(np.cumsum(chances), u[:, 0])
        ran = np.arange(_MOST_STARTS) < count[:, np.newaxis]
        starts.append(24.0 * (day + u[:, 1:][ran]))
    start_s = 3600.0 * np.sort(np.concatenate(starts))
    moment_s = 3600.0 * (24.0 + SAMPLE_H * np.arange(SAMPLES))
    last = np.searchsorted(start_s, moment_s)
    first = np.searchsorted(start_s, moment_s - 2.0 * 3600.0 * RUN_H)
    run_s = 3600.0 * RUN_H
    return np.array([
        sum(appliance.overlap(s, s + run_s, t, 1e-3) for s in start_s[a:b])
        for t, a, b in zip(moment_s, first, last, strict=True)
    ])  # fmt: skip


def swept_v() -> float:
    """Return the receiving voltage of H020 by sweeping to and fro until nothing moves. [V]"""
    end_v = complex(230.0)
    for _ in range(100):
        end_v = 230.0 - complex(0.10, 0.03) * (7000.0 / end_v).conjugate()
    return abs(end_v)


def _houses(_played: Played) -> Mapping[str, Measured]:
    """Measure T26."""
    load_kw = rebound(0.10)
    return {
        "on": exact(on_minutes()),
        "payback": exact(payback()),
        "rebound": exact(load_kw.max()),
        "when": exact((load_kw.argmax() + 0.5) * STEP_H),
    }


def _machines(_played: Played) -> Mapping[str, Measured]:
    """Measure T27."""
    one = Store(0.0, 1.0, 1.0, 1.0)
    lossy = Store(0.0, 1.0, 1.0, 0.9)
    home = Store(0.0, 10.0, 5.0, math.sqrt(0.9))
    six = [20.0, 60.0, 10.0, 50.0, 30.0, 80.0]
    units = np.array([2.0, 1.0, 3.0, 2.0])
    trade = auction.clear(
        np.array([0.30, 0.25, 0.20, 0.15]), units,
        np.array([0.10, 0.18, 0.22, 0.28]), np.array([2.0, 3.0, 2.0, 1.0]),
    )  # fmt: skip
    running = concurrent()
    return {
        "four": exact(profit([20.0, 10.0, 30.0, 50.0], one)),
        "six": exact(profit(six, one)),
        "lossy": exact(profit(six, lossy)),
        "nightly": exact(profit([0.1579] * 8 + [0.2065] * 16, home)),
        "quantity": exact(trade.quantity),
        "price": exact(0.5 * (trade.low + trade.high)),
        "mean": exact(running.mean()),
        "sd": exact(running.std(ddof=1)),
        "voltage": exact(two_bus.receiving_v(230.0, 0.10, 0.03, 7000.0, 0.0)),
    }


def _near(key: str, name: str, unit: str, value: float, figure: str, rel: float) -> Part:
    """Return a part with a band around a value."""
    room = rel * abs(value)
    return Part(key, name, unit, value - room, value + room, (figure,))


ON_MIN = 60.0 * R_K_KW * C_KWH_K * math.log((20.25 - 32 + 28) / (19.75 - 32 + 28))
"""Closed form of H003. [min]"""

BACK = math.log(20.0 * (2.0 - math.exp(-0.1)) / 20.0) * 20.0 * 4.0 / 8.0
"""Closed form of H006: full power drives the house towards 40 C with 20 h."""

NIGHTLY = 10.0 * math.sqrt(0.9) * 0.2065 - 10.0 / math.sqrt(0.9) * 0.1579
"""Closed form of H015. [EUR]"""

MEAN_KW = RUNNING_HOMES * RUNS_A_DAY / 24 * RUN_H
SD_KW = math.sqrt(MEAN_KW)

T26 = Trial(
    row="T26",
    title="Thermostats: a house in closed form, and a fleet after a common change of set point",
    parts=(
        _near("on", "Time on in a cycle", "min", ON_MIN, "H003", 1e-6),
        _near("payback", "Energy that comes back over energy shed", "1", BACK, "H006", 1e-6),
        _near("rebound", "First rebound, 10 % spread", "kW/unit", 3.64, "H008", 0.03),
        _near("when", "When the first rebound comes", "h", 1.55, "H008", 0.03),
    ),
    read=_houses,
    citizens=False,
    assumed=("The bands of the closed forms lie around their exact values, of which the table of "
             "figures has the first digits.",),
)  # fmt: skip

T27 = Trial(
    row="T27",
    title="Machines and markets: programmes, an auction, appliances without memory, one line",
    parts=(
        _near("four", "Battery on four prices", "EUR", 40.0, "H012", 1e-9),
        _near("six", "Battery on six prices", "EUR", 130.0, "H013", 1e-9),
        _near("lossy", "The same with losses", "EUR", 96.6, "H014", 1e-9),
        _near("nightly", "A home battery, day and night prices", "EUR/day", NIGHTLY, "H015", 1e-9),
        _near("quantity", "Auction: traded", "units", 5.0, "H018", 1e-9),
        _near("price", "Auction: price", "EUR/kWh", 0.20, "H019", 1e-9),
        _near("mean", "Appliances running at once, mean", "kW", MEAN_KW, "H001",
              3.0 * SD_KW / math.sqrt(SAMPLES) / MEAN_KW),
        _near("sd", "Appliances running at once, standard deviation", "kW", SD_KW, "H002",
              3.0 / math.sqrt(2.0 * SAMPLES)),
        _near("voltage", "Voltage at the end of a line", "V", swept_v(), "H020", 1e-6),
    ),
    read=_machines,
    citizens=False,
    assumed=("Mean and spread of the appliances have a band of three standard errors of the "
             "simulation.", "The voltage is compared with the same line solved by iteration."),
)  # fmt: skip
