"""What a kernel writes through one argument it never reads through another: compilers rely on it."""

import subprocess
import sys
from pathlib import Path

SCRIPT = Path(__file__).with_name("overlaps.py")
TOWN = """
title = "Test"
seed = 7
[period]
start = 2023-01-17
end = 2023-01-18
step_minutes = 60
[place]
name = "Lyon"
[population]
homes = 12
pv = 0.5
battery = 0.5
ev = 0.6
heat_pump = 0.3
air_conditioning = 0.5
[arms.flat]
tariff = { kind = "flat", price = 0.194 }
[arms.tempo]
tariff = "tempo-2026"
channel = "app"
automation = { ev = 0.5, thermostat = 0.5, timer = 0.5, battery = "price" }
calls = [{ kind = "control", dates = [2023-01-17], hours = ["18:00-20:00"], load_limit_kw = 3.0 }]
"""


SEEN = """
import numpy as np, overlaps
row = np.zeros(4)
overlaps.kernel(lambda a, b: a.__setitem__(1, b[0] + 1.0))(row[:3], row[1:])  # b is written too
overlaps.kernel(lambda a, b: a[0] + b[0])(row[:3], row[1:])  # nobody writes
overlaps.kernel(lambda a, b: a.__setitem__(1, b[0] + 1.0))(row[:2], row[2:])  # apart
print(sum(overlaps.WRITTEN.values()))
"""


def python(*args: str) -> str:
    done = subprocess.run(
        [sys.executable, *args], capture_output=True, text=True, check=False, cwd=SCRIPT.parent
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


def test_nothing_is_written_that_is_read_by_another_name(tmp_path) -> None:
    (tmp_path / "town.toml").write_text(TOWN, encoding="utf-8")
    assert python(str(SCRIPT), str(tmp_path / "town.toml")) == ""


def test_what_overlaps_is_seen() -> None:
    assert python("-c", SEEN) == "1\n"
