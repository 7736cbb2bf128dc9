"""What the benchmark measures, each in a process of its own.

``python measures.py NAME '{"homes": 2048}'`` prints what one measure finds as JSON; ``table.py``
calls it so. Times are CPU seconds of the process unless their key ends in ``wall_s``.
"""

# ruff: noqa: T201 - a script that prints

import dataclasses
import json
import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path

import numpy as np
import towns

YEAR_DAYS = 365.0
PARTS = {
    "set up": ["gridsim.engine.party:make_stage", "gridsim.engine.party:make_arm"],
    "draw": ["gridsim.engine.sweep:draw"],
    "decide": ["gridsim.engine.sweep:decide"],
    "act": ["gridsim.engine.sweep:act"],
    "hear": ["gridsim.engine.arm:Game._take_in"],
    "record": [
        "gridsim.engine.recorder:Recorder.write", "gridsim.engine.recorder:keep_loads",
        "gridsim.engine.party:Party.share", "gridsim.engine.joining:Joiner.add",
        "gridsim.engine.run:collect",
    ],
}  # fmt: skip
"""Functions of each part of a run; what is left is the rest."""


def calibrate() -> dict[str, float]:
    """Time two workloads that have nothing to do with gridsim: how fast is this machine now?"""
    import numba

    @numba.njit(error_model="numpy")
    def relax(rows, gains, steps):
        for step in range(steps):
            for field in range(rows.shape[0]):
                row = rows[field]
                gain = gains[(step + field) % gains.shape[0]]
                for lane in range(row.shape[0]):
                    row[lane] += gain * (20.0 - row[lane]) if row[lane] < 19.0 else -gain
        return rows.sum()

    rng = np.random.default_rng(1)
    rows, gains = rng.uniform(0, 20, (24, 256)), rng.uniform(0.01, 0.1, 97)
    relax(rows, gains, 1)
    values = rng.normal(size=1_000_000)
    return {
        "numba_ns": 1e9 * _best(lambda: relax(rows, gains, 2000)) / (2000 * rows.size),
        "numpy_ns": 1e9 * _best(lambda: np.exp(np.sort(values)).sum()) / values.size,
    }


def cost(case: str, homes: int, days: int, minutes: int = 15, first_day: int = 0) -> dict:
    """Return CPU ms per home-year and arm by part, and of setting up per home and arm."""
    import clockwork

    from gridsim.engine import run as running

    _run(_case(case, 300, 3, minutes=minutes, first_day=first_day))  # loads the kernels
    made = _case(case, homes, days, minutes=minutes, first_day=first_day)
    arms = len(made.arms)
    with clockwork.watching(PARTS) as parts:
        began = time.process_time()
        running.run(made)
        total = time.process_time() - began
    of_run = sum(parts.values())
    setting = parts.pop("set up", 0.0)
    years = homes * days / YEAR_DAYS * arms
    found = {part.replace(" ", "_"): 1000 * spent / years for part, spent in parts.items()}
    return {
        "ms": 1000 * (total - setting) / years,
        **found,
        "rest": 1000 * (total - of_run) / years,
        "ns_step": 1e9 * (total - setting) / (homes * made.clock.steps * arms),
        "set_up_us_home": 1e6 * setting / (homes * arms),
        "peak_bytes": _peak_bytes(),
    }


def memory(case: str, homes: int, days: int) -> dict:
    """Return the peak memory of a process that does nothing but one run."""
    made = _case(case, homes, days)
    _run(made)
    return {"peak_bytes": _peak_bytes(), "arms": len(made.arms)}


def threads(homes: int, days: int) -> dict:
    """Return wall and CPU seconds of the same run with one and with two threads."""
    made = _case("tempo", homes, days)
    _run(_case("tempo", 300, 3))
    found: dict[str, list[float]] = {}
    for jobs in (1, 2, 1, 2):
        wall, cpu = time.perf_counter(), time.process_time()
        _run(made, jobs=jobs)
        found.setdefault(f"wall_s_{jobs}", []).append(time.perf_counter() - wall)
        found.setdefault(f"cpu_s_{jobs}", []).append(time.process_time() - cpu)
    return {name: min(several) for name, several in found.items()}


def loop(homes: int, days: int, minutes: int) -> dict:
    """Return CPU seconds with a price that is made anew in every step, and without.

    Homes are those of the case ``loop``: chargers, thermostats and batteries follow the price.
    """
    from gridsim.engine.run import Extras
    from gridsim.signals.notice import Notice

    made = _case("loop", homes, days, minutes=minutes)
    price = np.random.default_rng(1).uniform(0.1, 0.3, made.clock.steps)

    def market(env, board):
        for step in range(made.clock.steps):
            now_s = int(env.now)
            told = Notice(now_s, step, step + 1, "cleared")
            load_kw = board.load_kw[step - 1] if step else 0.0
            paid = price[step : step + 1] + 1e-6 * load_kw
            board.set_price(now_s, told, paid, heard=False)
            yield env.timeout(60 * minutes)

    _run(_case("loop", 300, 2, minutes=minutes))
    return {
        "open_s": _spent(lambda: _run(made)),
        "loop_s": _spent(lambda: _run(made, extras=Extras(agents=(market,)))),
    }


def outside() -> dict:
    """Return seconds to make weather, sun, PV columns and tariffs of a year."""
    wall, cpu = time.perf_counter(), time.process_time()
    made = _case("all", 1, 365)
    first = {"first_wall_s": time.perf_counter() - wall, "first_s": time.process_time() - cpu}
    from gridsim.engine import making
    from gridsim.engine.blocks import Crew

    stage = _spent(lambda: making.make_stage(made, making.Extras(), Crew(1)))
    again = _spent(lambda: _case("all", 1, 365, first_day=365))
    return {**first, "stage_s": stage, "again_s": again}


def schedules() -> dict:
    """Return microseconds for a car's and a battery's cheapest day at 15 minutes, and gaps.

    Gaps and the time under negative prices are those of ``schedules.py``: half hours, HiGHS.
    """
    import schedules as against

    from gridsim.automation import schedule

    rng = np.random.default_rng(1)
    price = 0.2 + 0.1 * np.sin(np.arange(96) / 15.0) + rng.normal(0, 0.02, 96)
    net_kw = rng.normal(0.5, 1.5, 96)
    store = schedule.Store(2.0, 10.0, 5.0, 0.95)
    out = 0.5 * price

    def car() -> None:
        for _ in range(1000):
            schedule.cheapest_charge(price[:56], 0.25, 20.0, 7.4)

    def battery() -> None:
        for _ in range(1000):
            schedule._schedule(price, out, net_kw, *store, 0.25)

    car(), battery()
    held = {
        "battery": "battery, import >= export >= 0",
        "battery_negative": "battery, negative prices",
        "car": "car before a deadline",
        "car_negative": "car, negative prices",
    }
    told = against.schedules()
    return {
        "car_us": 1000 * _best(car),
        "battery_us": 1000 * _best(battery),
        "battery_negative_us": told[held["battery_negative"]]["microseconds"],
        **{f"{name}_gap": 100.0 * told[kind]["gap"] for name, kind in held.items()},
    }


def compiling() -> dict:
    """Return seconds to compile every kernel of the pass, as the first run does."""
    wall, cpu = time.perf_counter(), time.process_time()
    from gridsim.engine import warm

    with warm.helping() as helper:
        warm.finish(helper)
    beside = resource.getrusage(resource.RUSAGE_CHILDREN)
    own, other = time.process_time() - cpu, beside.ru_utime + beside.ru_stime
    return {
        "wall_s": time.perf_counter() - wall,
        "cpu_s": own + other,
        "longer_s": max(own, other),  # of the two processes
    }


def recording(homes: int, days: int) -> dict:
    """Return MB/s of net loads (float32 in memory) written by the day, and what reading takes.

    Kilowatts as they are, and whole watts in 16 bits; a home's year is that of its days in the
    files of its part of the town, as many homes as are written here.
    """
    from gridsim.results import loads

    small = _run(_case("flat", 1024, days, profiles=True))
    few = small.loads["flat"]
    many = np.ascontiguousarray(np.tile(few, (1, homes // few.shape[1])))
    results = dataclasses.replace(
        small, loads={"flat": many}, attributes={"home": np.arange(many.shape[1])}
    )
    watts = small.story.scenario_toml.replace("profiles = true", 'profiles = { dtype = "int16" }')
    whole = dataclasses.replace(small.story, scenario_toml=watts)
    found = {}
    for key, made in (("", results), ("watts_", dataclasses.replace(results, story=whole))):
        with tempfile.TemporaryDirectory() as folder:
            wall, cpu = time.perf_counter(), time.process_time()
            files = loads.write(Path(folder), made)
            wall_s, cpu_s = time.perf_counter() - wall, time.process_time() - cpu
            size = sum(file.stat().st_size for file in files)
            reading = _best(lambda at=Path(folder): loads.of_home(at, "flat", homes // 2))
        found |= {
            f"{key}mb_cpu_s": many.nbytes / 1e6 / cpu_s,
            f"{key}mb_wall_s": many.nbytes / 1e6 / wall_s,
            f"{key}share": size / many.nbytes,
            f"{key}home_year_s": reading * YEAR_DAYS / days,
        }
    return found


def _case(case: str, homes: int, days: int, **more):
    """Return a case of the benchmark, resolved."""
    from gridsim.scenario import load, resolve

    return resolve.resolve(load.loads(towns.text(case, homes, days, **more), "benchmark.toml"))


def _run(made, **more):
    """Play a case."""
    from gridsim.engine import run as running

    return running.run(made, **more)


def _spent(work: Callable[[], object]) -> float:
    """Return the CPU seconds of a piece of work."""
    began = time.process_time()
    work()
    return time.process_time() - began


def _best(work: Callable[[], object], times: int = 7) -> float:
    """Return the least CPU seconds of several goes."""
    return min(_spent(work) for _ in range(times))


def _peak_bytes() -> int:
    """Return the most memory that this process ever held."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else 1024 * peak


MEASURES = {
    one.__name__: one
    for one in (calibrate, cost, memory, threads, loop, outside, schedules, compiling, recording)
}


def main(words: Iterable[str]) -> None:
    """Print what one measure finds."""
    name, told = words
    if name == "compiling":
        with tempfile.TemporaryDirectory() as folder:
            os.environ["GRIDSIM_CACHE_DIR"] = folder
            print(json.dumps(compiling()))
    else:
        print(json.dumps(MEASURES[name](**json.loads(told))))


if __name__ == "__main__":
    main(sys.argv[1:])
