"""How fast a run is: CPU milliseconds per home-year by part, threads, memory, compiling.

Run it to print the table (about a minute; --cold compiles the kernels anew, half a minute more)::

    python tests/benchmarks/speed.py [homes] [--cold]

Figures are CPU time of this process, so that other work on the machine disturbs them little; the
thread ratio is wall time of one run against another in the same process.
"""

# ruff: noqa: T201 - a script that prints

import dataclasses
import datetime as dt
import os
import resource
import sys
import tempfile
import time

if "--cold" in sys.argv:
    os.environ["GRIDSIM_CACHE_DIR"] = tempfile.mkdtemp()

from gridsim.engine import arm as arms
from gridsim.engine import run as running
from gridsim.engine import sweep, warm
from gridsim.engine.blocks import Crew
from gridsim.scenario import load, resolve

_TEXT = """
title = "Speed"
seed = 1
[period]
start = 2023-01-01
end = 2023-07-02
[place]
name = "Lyon"
[population]
homes = 2048
preset = "france"
pv = 0.3
battery = 0.15
ev = 0.3
heat_pump = 0.2
air_conditioning = 0.3
[arms.flat]
tariff = { kind = "flat", price = 0.194 }
[arms.tempo]
tariff = "tempo-2026"
channel = "app"
[output]
follow = 0
"""
_PARTS = ("draw", "decide", "act")


def timed(parts: dict[str, float]) -> None:
    """Count the CPU seconds of each kernel of the pass."""
    for name in _PARTS:
        kernel = getattr(sweep, name)

        def counted(*args: object, kernel=kernel, name=name) -> None:
            before = time.process_time()
            kernel(*args)
            parts[name] = parts.get(name, 0.0) + time.process_time() - before

        setattr(sweep, name, counted)


def main(homes: int) -> None:
    """Print the table."""
    began = time.perf_counter()
    with warm.helping() as helper:
        warm.finish(helper)
    print(f"kernels ready after {time.perf_counter() - began:.1f} s")
    scenario = load.loads(_TEXT, "speed.toml").set("population.homes", homes)
    began = time.perf_counter()
    case = resolve.resolve(scenario)
    print(f"weather, sun, prices resolved in {time.perf_counter() - began:.2f} s")
    extras = running.Extras()
    stage = running.make_stage(case, extras, Crew(1))
    began = time.process_time()
    made = [running.make_arm(case, arm, extras, {}) for arm in case.arms]
    print(f"town settled and laid out twice in {time.process_time() - began:.2f} s CPU")
    arms.play(made[1], stage, until=200)  # whatever is loaded at first
    days = (case.scenario.period.end - case.scenario.period.start) // dt.timedelta(days=1)
    years = homes * days / 365.0
    for several in (*([arm] for arm in made), made):
        parts: dict[str, float] = {}
        kernels = [getattr(sweep, name) for name in _PARTS]
        timed(parts)
        began = time.process_time()
        games = [arms.Game(arm, stage) for arm in several]
        while arms.play_day(games, stage.crew):
            pass
        total = (time.process_time() - began) / len(several)
        for name, kernel in zip(_PARTS, kernels, strict=True):
            setattr(sweep, name, kernel)
        of_each = {name: spent / len(several) for name, spent in parts.items()}
        told = ", ".join(f"{name} {1000 * of_each[name] / years:.2f}" for name in _PARTS)
        rest = total - sum(of_each.values())
        print(
            f"{' and '.join(arm.name for arm in several)}: {1000 * total / years:.2f} ms CPU per"
            f" home-year and arm ({told}, other {1000 * rest / years:.2f});"
            f" {1e9 * total / (homes * case.clock.steps):.0f} ns per home-step;"
            f" {years / total:.0f} home-years per CPU-second"
        )
    walls = []
    for jobs in (1, 2):
        crew = Crew(jobs)
        began = time.perf_counter()
        arms.play(made[0], dataclasses.replace(stage, crew=crew))
        walls.append(time.perf_counter() - began)
        crew.close()
    print(f"two threads: {walls[0] / walls[1]:.2f} x one")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    print(f"peak memory of the process {peak / 2**20:.0f} MiB with {homes} homes, two arms")


if __name__ == "__main__":
    numbers = [int(word) for word in sys.argv[1:] if word.isdigit()]
    main(numbers[0] if numbers else 2048)
