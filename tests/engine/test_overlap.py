"""What a kernel writes through one argument it never reads through another, and it keeps none.

The compiler is told so (``core.pipeline``).
"""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import gridsim

PACKAGE = Path(gridsim.__file__).parent
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


def given_back(text: str) -> Iterator[str]:
    """Give the kernels that return an array that they were given, or a part of one, by name."""
    for function in ast.walk(ast.parse(text)):
        marks = getattr(function, "decorator_list", [])
        if not isinstance(function, ast.FunctionDef) or not any(
            ast.unparse(mark).startswith("kernel") for mark in marks
        ):
            continue
        given = {one.arg for one in function.args.args}
        arrays = given & {
            one.value.id
            for one in ast.walk(function)
            if isinstance(one, ast.Subscript) and isinstance(one.value, ast.Name)
        }
        for found in ast.walk(function):
            if isinstance(found, ast.Return) and found.value is not None:
                values = found.value.elts if isinstance(found.value, ast.Tuple) else [found.value]
                for value in values:
                    part = isinstance(value, ast.Subscript) and isinstance(value.slice, ast.Slice)
                    if part or (isinstance(value, ast.Name) and value.id in arrays):
                        yield function.name


def test_no_kernel_gives_an_array_back() -> None:
    texts = [path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.py")]
    assert [name for text in texts for name in given_back(text)] == []


def test_an_array_that_is_given_back_is_seen() -> None:
    text = """
@kernel
def part(rows, i):
    return 1.0, rows[i : i + 4]
@kernel(inline=True)
def whole(rows):
    rows[0] = 1.0
    return rows
@kernel
def number(rows):
    return rows[0], float(rows[1:].shape[0])
"""
    assert list(given_back(text)) == ["part", "whole"]


def test_nothing_is_written_that_is_read_by_another_name(tmp_path) -> None:
    (tmp_path / "town.toml").write_text(TOWN, encoding="utf-8")
    assert python(str(SCRIPT), str(tmp_path / "town.toml")) == ""


def test_what_overlaps_is_seen() -> None:
    assert python("-c", SEEN) == "1\n"
