"""Kernels promise to notice every change of the sources, and to work where nothing can be kept."""

import os
import platform
import shutil
import subprocess
import sys
import time
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
print(cache.sources_hash(), caller.bill({kwh}), sep="\\n")
"""


def copied(folder):
    """Return the core of the package copied elsewhere, with two kernels in two files."""
    package = folder / "gridsim"
    shutil.copytree(HERE / "core", package / "core", ignore=shutil.ignore_patterns("__pycache__"))
    (package / "__init__.py").write_text('"""A copy."""\n')
    (package / "callee.py").write_text(CALLEE.format(rate=2.0))
    (package / "caller.py").write_text(CALLER)
    return package


@pytest.fixture
def copy(tmp_path):
    """Return a package that nobody has run."""
    return copied(tmp_path)


def asking(package, kept, kwh="1.0"):
    """Return a fresh interpreter that tells the hash and the bill."""
    env = {name: value for name, value in os.environ.items() if name != "NUMBA_DISABLE_JIT"}
    env |= {"PYTHONPATH": str(package.parent), "GRIDSIM_CACHE_DIR": str(kept)}
    env |= {"PYTHONDONTWRITEBYTECODE": "1"}  # Python's own cache goes by size and time
    return subprocess.Popen(
        [sys.executable, "-W", "error", "-c", ASK.format(kwh=kwh)], env=env, cwd=package.parent,
        text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
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


def kept_in(folder):
    """Return the compiled kernels that a cache folder holds."""
    return sorted(folder.glob("kernels-*/*.kernel"))


@pytest.fixture(scope="module")
def ran(tmp_path_factory):
    """Return a package that was run, the folder of its kernels, and its hash."""
    folder = tmp_path_factory.mktemp("ran")
    package, kept = copied(folder), folder / "cache"
    found, bill = ask(package, kept)
    assert bill == 3.0
    return package, kept, found


def test_a_change_in_a_called_file_is_noticed(ran, tmp_path):
    package, kept, before = ran
    shutil.copytree(kept, tmp_path / "cache")
    callee = package / "callee.py"
    written = callee.stat().st_mtime_ns
    try:
        callee.write_text(CALLEE.format(rate=5.0))
        os.utime(callee, ns=(written, written))  # neither size nor time tell of the change
        after, bill = ask(package, tmp_path / "cache")
    finally:
        callee.write_text(CALLEE.format(rate=2.0))
        os.utime(callee, ns=(written, written))
    assert bill == 6.0
    assert after != before


def test_compiled_kernels_are_kept_in_the_folder_of_their_sources(ran):
    package, folder, found = ran
    kept = kept_in(folder)
    assert {path.parent.name for path in kept} == {f"kernels-{found}"}
    names = {path.name.rpartition("-")[0] for path in kept}
    assert names == {"gridsim.callee.rate.within", "gridsim.caller.bill.called"}
    assert not list(package.rglob("*.nb?")) + list(package.rglob("*.kernel"))


def test_the_same_sources_elsewhere_are_not_compiled_again(ran, tmp_path):
    package, kept, _ = ran
    shutil.copytree(kept, tmp_path / "cache")
    before = [(path, path.stat().st_mtime_ns) for path in kept_in(tmp_path / "cache")]
    other = tmp_path / "other" / "gridsim"
    shutil.copytree(package, other, copy_function=shutil.copyfile)  # times of change are new
    assert ask(other, tmp_path / "cache")[1] == 3.0
    assert [(path, path.stat().st_mtime_ns) for path in kept_in(tmp_path / "cache")] == before


def test_what_was_kept_is_taken_in_by_what_was_not(copy, tmp_path):
    ask(copy, tmp_path / "cache")
    inner, outer = kept_in(tmp_path / "cache")
    outer.unlink()
    before = inner.stat().st_mtime_ns
    assert ask(copy, tmp_path / "cache")[1] == 3.0
    assert kept_in(tmp_path / "cache") == [inner, outer]
    assert inner.stat().st_mtime_ns == before


def test_first_runs_at_the_same_time_do_not_disturb_each_other(copy, tmp_path):
    some = [asking(copy, tmp_path / "cache", kwh) for kwh in ("1.0", "1.0", "1")]
    assert [told(one)[1] for one in some] == [3.0, 3.0, 3.0]
    assert ask(copy, tmp_path / "cache")[1] == 3.0
    assert len(kept_in(tmp_path / "cache")) == 4  # two kernels for two kinds of numbers
    assert not list(tmp_path.glob("cache/**/*.tmp"))


def test_files_that_are_not_whole_are_compiled_again(ran, tmp_path):
    package, kept, _ = ran
    shutil.copytree(kept, tmp_path / "cache")
    first, second = kept_in(tmp_path / "cache")
    whole = len(first.read_bytes()), len(second.read_bytes())
    first.write_bytes(b"")
    second.write_bytes(second.read_bytes()[:-100])
    assert ask(package, tmp_path / "cache")[1] == 3.0
    assert (len(first.read_bytes()), len(second.read_bytes())) == pytest.approx(whole, rel=0.01)


def test_where_nothing_can_be_written_kernels_are_compiled_in_memory(copy, tmp_path):
    before = sorted(copy.rglob("*"))
    for path in [copy, *before]:
        path.chmod(path.stat().st_mode & ~0o222)
    (tmp_path / "cache").write_text("a file, not a folder")
    assert ask(copy, tmp_path / "cache")[1] == 3.0
    assert sorted(path for path in copy.rglob("*") if "__pycache__" not in path.parts) == before
    assert not list(tmp_path.rglob("*.kernel"))


@pytest.fixture
def folders(tmp_path, monkeypatch):
    """Return a way to make folders of earlier states, by their age in days; the newest is ours."""
    monkeypatch.setattr(cache, "_base", lambda: tmp_path)
    monkeypatch.setattr(cache, "folder", lambda: str(tmp_path / "kernels-own"))

    def make(*days):
        for name, age in [("own", 0), *((f"{age}", age) for age in days)]:
            (tmp_path / f"kernels-{name}").mkdir()
            (tmp_path / f"kernels-{name}" / "a.kernel").touch()
            then = time.time() - 86_400.0 * age
            os.utime(tmp_path / f"kernels-{name}", (then, then))

    def left():
        return sorted(path.name.partition("-")[2] for path in tmp_path.iterdir())

    return make, left


def test_folders_of_earlier_sources_go_when_they_were_not_used_for_a_week(folders):
    make, left = folders
    make(1, 2, 3, 4, 5, 6.9, 7.1, 100)
    cache.prune()
    assert left() == ["1", "2", "3", "4", "5", "6.9", "own"]


def test_the_last_few_folders_stay_however_old_they_are(folders):
    make, left = folders
    make(50, 60, 70, 80, 90, 100)
    cache.prune()
    assert left() == ["50", "60", "70", "80", "own"]


def test_what_an_earlier_pruning_left_is_removed(folders, tmp_path):
    make, left = folders
    make()
    (tmp_path / "removed-kernels-old-1").mkdir()
    cache.prune()
    assert left() == ["own"]


def test_using_a_folder_makes_it_young(tmp_path, monkeypatch):
    monkeypatch.setattr(cache, "_base", lambda: tmp_path)
    place = Path(cache.folder.__wrapped__())
    os.utime(place, (0, 0))
    assert cache.folder.__wrapped__() == str(place)
    assert time.time() - place.stat().st_mtime < 3600.0


def test_without_a_home_there_is_no_folder(monkeypatch):
    monkeypatch.delenv("GRIDSIM_CACHE_DIR", raising=False)
    monkeypatch.setattr(cache.platformdirs, "user_cache_dir", lambda name: f"~/.cache/{name}")
    assert cache.folder.__wrapped__() is None


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
    (folder / "room" / "__init__.py").write_text("")
    (folder / "room" / "numbers.toml").write_text("share = 0.1\n")
    (folder / "page" / "page.py").write_text("from made.room import a\n")
    (folder / "page" / "page.toml").write_text("share = 0.1\n")
    monkeypatch.setattr(cache, "_PACKAGE", folder)
    return folder


MADE_OF = [
    "room/a.py", "core/arrays.py", "room/numbers.py", "core/deep.py", "room/numbers.toml",
    "room/__init__.py",
]  # fmt: skip


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


def test_the_hash_follows_the_processor(package, monkeypatch):
    before = cache.sources_hash()
    monkeypatch.setattr(cache, "_processor", lambda: "another")
    assert cache.sources_hash() != before


@pytest.mark.parametrize(("name", "follows"), [("NUMBA_OPT", True), ("NUMBA_NUM_THREADS", False)])
def test_the_hash_follows_settings_that_change_compiled_code(package, monkeypatch, name, follows):
    before = cache.sources_hash()
    monkeypatch.setenv(name, "1")
    assert (cache.sources_hash() != before) == follows


def test_a_processor_is_known_by_what_it_can_do():
    assert cache._processor() == cache._processor()
    assert platform.machine() in cache._processor()


def test_the_same_sources_have_the_same_hash(package):
    before = cache.sources_hash()
    (package / "notes.txt").write_text("not a source")
    assert cache.sources_hash() == before
    assert len(before) == 16


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


@COMPILED
def test_kernels_of_other_packages_are_not_kept():
    made = kernel.kernel(ratio)
    assert made(1.0, 2.0) == 0.5
    assert made._called._cache.cache_path is None


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


def twice(x):
    return 2.0 * halved(x) + inlined(x)


inlined = kernel.kernel(quarter, inline=True)


@COMPILED
def test_preparing_compiles_what_kernels_call_and_calls_nothing():
    made = kernel.kernel(half)
    kernel.prepare(made, 4.0)
    assert len(made._within.signatures) == 1
    assert not made._called.signatures
    kernel.prepare(half, 4.0)  # where nothing is compiled, kernels are functions


@COMPILED
def test_a_kernel_taken_in_by_its_text_does_the_same():
    assert kernel.kernel(twice)(4.0) == 5.0
    assert not inlined._called.signatures


def test_a_kernel_keeps_the_name_and_the_words_of_its_function():
    made = kernel.kernel(ratio)
    assert (made.__name__, made.__doc__) == ("ratio", ratio.__doc__)
