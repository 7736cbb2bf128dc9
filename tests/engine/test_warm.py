"""Warming up promises that a run finds its kernels compiled, and that no process stays behind."""

import subprocess
import sys

import pytest

import gridsim as gs
from gridsim.core import cache, kernel
from gridsim.engine import compiling, sweep, warm

PARTS = (sweep.draw, sweep.decide, sweep.act)


@pytest.mark.skipif(kernel.config.DISABLE_JIT, reason="nothing is compiled")
@pytest.mark.parametrize("homes", [2, 257])  # one block, and more than one
def test_a_run_compiles_nothing_that_was_not_warmed_up(homes):
    compiling.physics()
    compiling.days()
    before = [list(part._called.signatures) for part in PARTS]
    gs.run(gs.load("quickstart", [f"population.homes={homes}", "period.end=2023-01-04"]))
    assert [list(part._called.signatures) for part in PARTS] == before


@pytest.fixture
def cold(tmp_path, monkeypatch):
    """Return an empty cache folder, where the other process only waits."""
    monkeypatch.setattr(cache, "folder", lambda: str(tmp_path))
    monkeypatch.setattr(warm, "_COMMAND", "input()")
    monkeypatch.setattr(warm.os, "cpu_count", lambda: 2)
    return tmp_path


def test_the_other_process_ends_with_its_block(cold):
    with warm.helping() as helper:
        assert helper is not None
    assert helper.returncode is not None


def test_the_other_process_ends_when_the_block_fails(cold, monkeypatch):
    monkeypatch.setattr(warm, "_COMMAND", "import time; time.sleep(60)")
    block = warm.helping()
    helper = block.__enter__()
    assert helper is not None
    assert not block.__exit__(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert helper.returncode is not None


def test_nobody_helps_where_all_is_compiled(cold):
    warm.done()
    assert not warm.needed()
    with warm.helping() as helper:
        assert helper is None


@pytest.mark.parametrize("processors", [1, None])
def test_nobody_helps_on_one_processor(cold, monkeypatch, processors):
    monkeypatch.setattr(warm.os, "cpu_count", lambda: processors)
    with warm.helping() as helper:
        assert helper is None


def test_nobody_helps_where_nothing_can_be_kept(cold, monkeypatch):
    monkeypatch.setattr(cache, "folder", lambda: None)
    assert warm.needed()
    with warm.helping() as helper:
        assert helper is None
    warm.done()


def test_asking_whether_kernels_are_compiled_imports_nothing_heavy():
    asked = "import sys; from gridsim.engine import warm; warm.needed(); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert not {"numba", "numpy", "pandas", "scipy"} & set(done.stdout.split())
