"""Kernels promise to notice every change of the sources, and to work where nothing can be kept."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import gridsim
from gridsim.core import cache, kernel

HERE = Path(gridsim.__file__).parent
CALLEE = '''"""Called."""
from gridsim.core.kernel import kernel

@kernel
def rate(kwh):
    """Return a price."""
    return {rate} * kwh
'''
CALLER = '''"""Calls."""
from gridsim.core.kernel import kernel
from gridsim.callee import rate

@kernel
def bill(kwh):
    """Return a bill."""
    return 1.0 + rate(kwh)
'''
ASK = """
from gridsim import caller
from gridsim.core import cache
print(cache.sources_hash(), caller.bill(1.0), sep="\\n")
"""


@pytest.fixture
def copy(tmp_path):
    """Return the core of the package copied elsewhere, with two kernels in two files."""
    package = tmp_path / "gridsim"
    shutil.copytree(HERE / "core", package / "core", ignore=shutil.ignore_patterns("__pycache__"))
    (package / "__init__.py").write_text('"""A copy."""\n')
    (package / "callee.py").write_text(CALLEE.format(rate=2.0))
    (package / "caller.py").write_text(CALLER)
    return package


def asking(package, kept):
    """Return a fresh interpreter that tells the hash and the bill."""
    env = {name: value for name, value in os.environ.items() if name != "NUMBA_DISABLE_JIT"}
    env |= {"PYTHONPATH": str(package.parent), "GRIDSIM_CACHE_DIR": str(kept)}
    return subprocess.Popen(
        [sys.executable, "-W", "error", "-c", ASK], env=env, cwd=package.parent, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip


def told(asked):
    """Return the hash and the bill that an interpreter found."""
    out, wrong = asked.communicate()
    assert asked.returncode == 0, wrong
    found, bill = out.split()
    return found, float(bill)


def ask(package, kept):
    """Return the hash and the bill that a fresh interpreter finds."""
    return told(asking(package, kept))


def test_a_change_in_a_called_file_is_noticed(copy, tmp_path):
    before, bill = ask(copy, tmp_path / "cache")
    assert bill == 3.0
    (copy / "callee.py").write_text(CALLEE.format(rate=5.0))
    after, bill = ask(copy, tmp_path / "cache")
    assert bill == 6.0
    assert after != before


def test_compiled_kernels_are_kept_in_the_folder_of_their_sources(copy, tmp_path):
    found, _ = ask(copy, tmp_path / "cache")
    kept = {path.name.split("-")[0] for path in tmp_path.glob(f"cache/kernels-{found}/**/*.nbc")}
    assert kept == {"callee.rate", "caller.bill"}
    assert not list(copy.rglob("*.nb?"))


def test_first_runs_at_the_same_time_do_not_disturb_each_other(copy, tmp_path):
    both = [asking(copy, tmp_path / "cache") for _ in range(2)]
    assert [told(one)[1] for one in both] == [3.0, 3.0]
    assert ask(copy, tmp_path / "cache")[1] == 3.0
    assert not list(tmp_path.glob("cache/**/tmp*"))


def test_a_folder_that_cannot_be_written_leads_to_compiling_in_memory(copy, tmp_path):
    (tmp_path / "cache").write_text("a file, not a folder")
    assert ask(copy, tmp_path / "cache")[1] == 3.0
    assert not list(tmp_path.rglob("*.nb?"))


KERNEL = """\
from {name}.core import arrays
from {name}.room import (
    numbers,
)

@kernel
def one(x):
    return x
"""


@pytest.fixture
def package(tmp_path, monkeypatch):
    """Return a package with a kernel, what it is made of, and a file that it does not know."""
    folder = tmp_path / "made"
    for room in ("core", "room", "page"):
        (folder / room).mkdir(parents=True)
    (folder / "room" / "a.py").write_text(KERNEL.format(name="made"))
    (folder / "core" / "arrays.py").write_text("BLOCK = 256\n")
    (folder / "room" / "numbers.py").write_text('FILE = "numbers.toml"\nimport made.core.deep\n')
    (folder / "core" / "deep.py").write_text("X = 1\n")
    (folder / "room" / "numbers.toml").write_text("share = 0.1\n")
    (folder / "page" / "page.py").write_text("from made.room import a\n")
    (folder / "page" / "page.toml").write_text("share = 0.1\n")
    monkeypatch.setattr(cache, "_PACKAGE", folder)
    return folder


MADE_OF = ["room/a.py", "core/arrays.py", "room/numbers.py", "core/deep.py", "room/numbers.toml"]


@pytest.mark.parametrize("file", MADE_OF)
def test_the_hash_follows_all_that_a_kernel_is_made_of(package, file):
    before = cache.sources_hash()
    with (package / file).open("a") as more:
        more.write("# changed\n")
    assert cache.sources_hash() != before


@pytest.mark.parametrize("file", ["page/page.py", "page/page.toml"])
def test_the_hash_leaves_out_what_no_kernel_knows(package, file):
    before = cache.sources_hash()
    with (package / file).open("a") as more:
        more.write("# changed\n")
    assert cache.sources_hash() == before


def test_the_hash_follows_the_name_of_a_file(package):
    before = cache.sources_hash()
    (package / "room" / "a.py").rename(package / "room" / "c.py")
    assert cache.sources_hash() != before


def test_the_hash_follows_the_version_of_the_compiler(package, monkeypatch):
    before = cache.sources_hash()
    monkeypatch.setattr(cache, "_compiler", lambda: "0.0.0")
    assert cache.sources_hash() != before


def test_the_same_sources_have_the_same_hash(package):
    before = cache.sources_hash()
    (package / "notes.txt").write_text("not a source")
    assert cache.sources_hash() == before
    assert len(before) == 16


def test_a_kernel_leaves_the_settings_of_the_compiler_as_they_were():
    before = kernel.config.CACHE_DIR
    kernel.kernel(lambda x: x)
    assert before == kernel.config.CACHE_DIR


def ratio(a, b):
    return a / b


@pytest.mark.skipif(kernel.config.DISABLE_JIT, reason="plain Python divides as Python does")
def test_a_kernel_divides_by_zero_as_numbers_do():
    assert kernel.kernel(ratio)(1.0, 0.0) == float("inf")


COMPILED = pytest.mark.skipif(kernel.config.DISABLE_JIT, reason="nothing is compiled")


@COMPILED
def test_a_kernel_keeps_arithmetic_as_written_and_lets_other_threads_run():
    made = kernel.kernel(ratio)
    for options in (made._within.targetoptions, made._called.targetoptions):
        assert options["nogil"]
        assert not options.get("fastmath", False)


def half(x):
    return x / 2.0


halved = kernel.kernel(half)


def quarter(x):
    return halved(x) / 2.0


@COMPILED
def test_what_only_python_needs_is_compiled_when_python_calls():
    quartered = kernel.kernel(quarter)
    assert quartered(4.0) == 1.0
    assert not halved._called.signatures
    assert not quartered._within.signatures
    assert halved(4.0) == 2.0
    assert len(halved._called.signatures) == 1


def test_a_kernel_keeps_the_name_and_the_words_of_its_function():
    made = kernel.kernel(ratio)
    assert (made.__name__, made.__doc__) == ("ratio", ratio.__doc__)
