"""Players that are killed: a process that does nothing but start runs and kill them with -9.

It is started once, loads everything, and forks a child for each start of ``gridsim run``, so that a
start costs a hundredth of that of a new process. A child dies in one of two ways: by SIGKILL from
here, after some time; or by SIGKILL from itself before or after one of the calls by which a run
changes what is on the disk.

    python players.py <<< '{"seed": 1, "folder": "f", "stories": {"a": {"words": [], "kills": 5}}}'
"""

import gc
import json
import os
import random
import shutil
import signal
import sys
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pandas  # noqa: F401
import pyarrow.parquet  # noqa: F401

from gridsim import cli, front
from gridsim.core.arrays import BLOCK
from gridsim.engine import run as engine
from gridsim.metrics import effects
from gridsim.report import page, terminal  # noqa: F401
from gridsim.results import working
from gridsim.scenario import resolve
from gridsim.studies import arms

CALLS = ("mkdir", "fsync", "rename", "replace", "unlink", "rmdir")
"""What a run changes the disk by; ``pathlib`` and ``shutil`` call these."""
OFTEN = ["--checkpoint", "0"]
"""A checkpoint after each simulated day."""
TINY = ["population.homes=20", "period.end=2023-01-03"]
"""Settings of a run that loads all that the children need."""
BUILT = ".partial-killed"
"""How the name of the run folder begins while it is written."""
LATE = 30
"""Half calls, more or less, until it stands and what was kept for it is removed."""
Death = tuple[bool, int]
"""How many half calls it takes until a child kills itself, -1: it does not; and whether they are
counted from when its run folder is begun."""
NEVER: Death = False, -1


def counted(dies: Death) -> list[int]:
    """Count half calls from now on, and die when it is time; return the count, as it goes on."""
    late, dies_at = dies
    seen = [0]

    def pass_by() -> None:
        if seen[0] == dies_at:
            os.kill(os.getpid(), signal.SIGKILL)
        seen[0] += 1

    def watched(call: Callable[..., Any]) -> Callable[..., Any]:
        def counting(*args: Any, **named: Any) -> Any:
            if late and not seen[0] and BUILT not in str(args[0]):
                return call(*args, **named)
            pass_by()
            found = call(*args, **named)
            pass_by()
            return found

        return counting

    for name in CALLS:
        setattr(os, name, watched(getattr(os, name)))
    return seen


def play(words: list[str], dies: Death, count: Path | None, log: Path) -> None:
    """Play in a child that never returns."""
    handle = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.dup2(handle, 1)
    os.dup2(handle, 2)
    seen = counted(dies)
    engine.run.__kwdefaults__["part_homes"] = BLOCK
    effects.draws.__defaults__ = (30,)  # resamples: what is compared are bits
    front.Run.report = lambda _: "the page is not what is tested"  # seconds of drawing
    code = 70
    try:
        code = cli.app(["run", *words], standalone_mode=False) or 0
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        if count is not None:
            count.write_text(str(seen[0]))
        os._exit(code)


def start(words: list[str], log: Path, dies: Death = NEVER, count: Path | None = None) -> int:
    """Fork a player and return its number."""
    child = os.fork()
    if not child:
        play(words, dies, count, log)
    return child


def left(target: Path) -> dict[str, Any]:
    """Return what a run that was killed left behind."""
    work = working.place_of(target)
    names = sorted(path.name for path in work.iterdir()) if work.exists() else []
    return {
        "written": sum(name.startswith("part-") for name in names),
        "shares": sum(name.endswith(".share") for name in names),
        "in the middle of a file": any(name.startswith(".partial-part") for name in names),
        "in the middle of the folder": any(target.parent.glob(f".partial-{target.name}-*")),
        "finished": target.exists(),
        "begun": (work / working.RUN).is_file(),
    }


def told(folder: Path) -> dict[str, Any]:
    """Return all that a run folder says but when it was made and how long that took."""
    found = {
        path.name: path.read_bytes().hex()
        for path in folder.iterdir()
        if path.suffix in {".parquet", ".toml"}
    }
    summary = json.loads((folder / "summary.json").read_text())
    for name in ("wall_s", "cpu_s", "created"):
        summary["provenance"].pop(name, None)
    return {**found, "summary": summary}


def suffer(story: dict[str, Any], folder: Path, chance: random.Random) -> dict[str, Any]:
    """Play a story once without a stop, then with many; return what became of it.

    A run that comes to its end before it is killed is compared, removed and begun anew.
    """
    words, log = story["words"], folder / "log"
    whole, target = folder / "whole", folder / "killed"
    began = time.monotonic()
    child = start([*words, "--out", str(whole), *OFTEN], log, count=folder / "count")
    if os.waitpid(child, 0)[1]:
        raise RuntimeError(log.read_text())
    took_s = time.monotonic() - began
    calls, same = int((folder / "count").read_text()), []
    deaths: list[dict[str, Any]] = []
    while len(deaths) < story["kills"] or working.place_of(target).exists() or not target.exists():
        begun = (working.place_of(target) / working.RUN).is_file()
        how = ["--resume", str(target)] if begun else [*words, "--out", str(target)]
        enough = len(deaths) >= story["kills"]
        turn = -1 if enough else len(deaths) % 3
        how_long = chance.randrange(LATE if turn == 2 else calls)
        child = start([*how, *OFTEN], log, (turn == 2, how_long) if turn > 0 else NEVER)
        if turn == 0:
            time.sleep(chance.uniform(0.0, took_s))
            os.kill(child, signal.SIGKILL)
        status = os.waitpid(child, 0)[1]
        if os.WIFSIGNALED(status):
            deaths.append(left(target))
        elif status:
            raise RuntimeError(log.read_text())
        else:
            same.append(told(target) == told(whole))
            if not enough:
                shutil.rmtree(target)
    return {"deaths": deaths, "same": same, "left": sorted(os.listdir(folder)), "calls": calls}


def main() -> None:
    """Do what standard input asks for."""
    asked = json.load(sys.stdin)
    chance, folder = random.Random(asked["seed"]), Path(asked["folder"])
    results = engine.run(resolve.resolve(front.load("quickstart", TINY)))
    arms.summary(results)
    for story in asked["stories"].values():  # weather and sun are kept for the children
        words = story["words"]
        sets = [word for before, word in pairwise(words) if before == "--set"]
        resolve.resolve(front.load(words[0], sets))
    gc.freeze()  # what is shared with the children is not looked at again
    found = {}
    for name, story in asked["stories"].items():
        (folder / name).mkdir()
        found[name] = suffer(story, folder / name, chance)
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    main()
