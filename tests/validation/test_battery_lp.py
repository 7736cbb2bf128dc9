"""T27: a battery's schedule costs what a linear programme costs, at least 100 times faster."""

import time

import numba
import numpy as np
import pytest
from scipy.optimize import linprog

from gridsim.automation import schedule


def day(seed):
    """Make a winter day of half hours with some sun: prices, load, production."""
    draw = np.random.default_rng(seed)
    hours = np.arange(48) / 2
    price = 0.2 + 0.1 * np.sin((hours - 12) / 24 * 4 * np.pi) + 0.03 * draw.random(48)
    load = 0.4 + 0.8 * np.exp(-(((hours - 19) / 2) ** 2)) + 0.3 * draw.random(48)
    sun = 3.0 * np.maximum(np.sin((hours - 7) / 10 * np.pi), 0) * (abs(hours - 12) < 5)
    return price, 0.5 * price, load, sun * draw.random()


STORE = schedule.Store(2.0, 8.0, 3.0, 0.95)


def programme(price_in, price_out, load, sun):
    """Cost by HiGHS."""
    h, eye, nil = 48, np.eye(48), np.zeros((48, 48))
    meter = np.hstack([eye, -eye, -eye, eye, nil])
    stored = np.hstack([-0.5 * 0.95 * eye, 0.5 / 0.95 * eye, nil, nil, eye - np.eye(h, k=-1)])
    start = np.zeros(h)
    start[0] = STORE.energy_kwh
    made = linprog(
        np.concatenate([np.zeros(2 * h), price_in * 0.5, -price_out * 0.5, np.zeros(h)]),
        A_eq=np.vstack([meter, stored]),
        b_eq=np.concatenate([sun - load, start]),
        bounds=[(0, 3.0)] * 2 * h + [(0, None)] * 2 * h + [(0, 8.0)] * h,
    )
    return float(made.fun)


@pytest.mark.parametrize("seed", range(8))
def test_the_cost_is_that_of_the_programme(seed):
    price_in, price_out, load, sun = day(seed)
    power = schedule.battery_schedule(price_in, price_out, load, sun, store=STORE, dt_h=0.5)
    meter = load - sun + power
    mine = np.where(meter > 0, meter * price_in, meter * price_out).sum() * 0.5
    assert mine == pytest.approx(programme(price_in, price_out, load, sun), rel=1e-3)


@pytest.mark.skipif(bool(numba.config.DISABLE_JIT), reason="speed is a matter of compiled kernels")
def test_the_schedule_is_a_hundred_times_faster():
    given = day(0)

    def fastest(work, times):
        """Shortest wall time of some runs. [s]."""
        spent = []
        for _ in range(times):
            begin = time.perf_counter()
            work()
            spent.append(time.perf_counter() - begin)
        return min(spent)

    mine = fastest(lambda: schedule.battery_schedule(*given, store=STORE, dt_h=0.5), 50)
    assert mine * 100 < fastest(lambda: programme(*given), 5)
