"""Constants of the plan in docs/more_machines.md: what a part costs, sends and keeps.

    python tests/benchmarks/machines.py [HOMES [WORKERS ...]]

Times are CPU times of this process or, where told so, wall times on a machine that does nothing
else. With numbers of workers, the same town is played by so many local processes, bits compared.
"""

# ruff: noqa: T201 - a script that prints

import hashlib
import pickle
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

from gridsim import front
from gridsim.engine import cluster, letters, party
from gridsim.engine import run as running
from gridsim.engine.blocks import Crew
from gridsim.engine.making import Extras
from gridsim.engine.parts import Part, deal
from gridsim.engine.party import Bill, Party, Role
from gridsim.results.results import Results
from gridsim.scenario import load, resolve
from gridsim.scenario.resolve import Case

TEXT = """
title = "Machines"
seed = 7
[period]
start = 2023-01-09
end = 2023-02-06
[place]
name = "Lyon"
[population]
homes = {homes}
pv = 0.2
battery = 0.1
ev = 0.2
heat_pump = 0.2
[arms.flat]
tariff = "base-2026"
[arms.tempo]
tariff = "tempo-2026"
channel = "app"
"""
WATCHED = "arms.tempo.calls=[{kind='appeal', rule={limit_kva=%d}, hours=['17:00-20:00']}]"
TRIPS = 300


class Echo:
    """An actor that gives back what it gets."""

    def turn(self, sums: object) -> object:
        """Give it back."""
        return sums


def case(homes: int, *sets: str) -> Case:
    return resolve.resolve(load.loads(TEXT.replace("{homes}", str(homes)), "a.toml", sets=sets))


def bits(results: Results) -> str:
    """Return a short hash of what all arms did."""
    digest = hashlib.sha256()
    for arm in results.arms:
        digest.update(arm.series.kw.tobytes())
        for values in arm.homes.values():
            digest.update(np.ascontiguousarray(values).tobytes())
    return digest.hexdigest()[:12]


def a_part(of: Case, part: Part) -> tuple[float, int]:
    """Play a part with one thread; return CPU seconds and the bytes of its share."""
    bill = Bill(of, Extras(), part, tuple(Role(arm) for arm in of.arms))
    crew = Crew(1)
    began = time.process_time()
    played = Party(bill, crew, lambda arm, homes, before: lambda steps: None)
    while played.day():
        pass
    spent = time.process_time() - began
    share = played.share()
    crew.close()
    return spent, len(pickle.dumps(share, protocol=5))


def constants(homes: int) -> None:
    """Print what one part costs."""
    of = case(homes)
    days, arms = of.clock.steps * of.clock.step_s / 86_400, len(of.arms)
    a_part(of, deal(256)[0])  # compiled kernels are loaded
    spent, sent = a_part(of, Part(1, 2, homes, homes))
    half = a_part(of, Part(1, 2, homes, homes // 2))[1]
    each = (sent - half) / (homes - homes // 2)
    print(f"CPU ms per home-year and arm  {1000 * spent / homes / arms * 365 / days:.2f}")
    print(f"bytes of a share, two arms    {each:.0f} per home and {sent - each * homes:,.0f} more,")
    print(f"                              for {of.clock.steps} steps")
    year = case(homes, "period.end=2024-01-09")
    letter = letters.pack(Bill(year, Extras(), deal(homes)[0], ()))
    print(f"bytes of the letter, a year   {len(letter.content):,}")
    with tempfile.TemporaryDirectory() as folder:
        run = front.play(of)
        run.save(Path(folder) / "run")
        for file in ("homes.parquet", "series.parquet"):
            size = (Path(folder) / "run" / file).stat().st_size
            print(f"bytes of {file:<20} {size:,}, {size / homes / arms:.1f} per home and arm")
    watched = case(homes, WATCHED % (2 * homes))
    bill = Bill(watched, Extras(), deal(homes)[0], tuple(Role(arm) for arm in watched.arms))
    crew = Crew(1)
    played = Party(bill, crew, lambda arm, homes, before: lambda steps: None)
    stretches, size = 0, 0
    for place in range(arms):
        over = False
        while not over:
            kw = played.stretch(place)
            assert kw is not None
            stretches, size = stretches + 1, size + kw.nbytes
            over = played.give(place, party.added([kw]))
    crew.close()
    steps = arms * 86_400 // watched.clock.step_s
    print(f"bytes of sums, per part       {size / steps:.0f} a step and arm; {stretches / arms:g} "
          "stretches a day and arm")  # fmt: skip


def trips() -> None:
    """Print how long an actor takes to answer, wall time."""
    with cluster.joined("local:2") as players:
        for size in (0, 64 * 1024):
            actor = players.client.submit(Echo, actor=True).result()
            sums = np.zeros(size // 8)
            actor.turn(sums).result()
            times = []
            for _ in range(TRIPS):
                began = time.perf_counter()
                actor.turn(sums).result()
                times.append(time.perf_counter() - began)
            low, mid = 1000 * np.quantile(times, [0.05, 0.5])
            print(f"actor, there and back         {mid:.2f} ms (5 %: {low:.2f} ms), {size:,} bytes")


def scaling(homes: int, counts: list[int]) -> None:
    """Print bits and wall time of a town of small parts on so many workers."""
    for name, of in (("open loop", case(homes)), ("coupled", case(homes, WATCHED % (2 * homes)))):
        began = time.perf_counter()
        found = bits(running.run(of, part_homes=256))
        print(f"{name}, one thread     {found}"
              f"  {time.perf_counter() - began:.1f} s")  # fmt: skip
        for count in counts:
            with cluster.joined(f"local:{count}") as players:
                players.client.wait_for_workers(count)
                warm = case(256 * count, "period.end=2023-01-10")
                running.run(warm, jobs=players, part_homes=256)
                began = time.perf_counter()
                found = bits(running.run(of, jobs=players, part_homes=256))
                spent = time.perf_counter() - began
            print(f"{name}, {count} workers      {found}  {spent:.1f} s")


if __name__ == "__main__":
    told = [int(word) for word in sys.argv[1:]]
    wanted = told[0] if told else 2048
    constants(wanted)
    trips()
    scaling(1280, told[1:])
