"""A cluster promises the bits of one machine, whatever its workers do, and says what is missing."""

import contextlib
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from typer.testing import CliRunner

from gridsim import cli
from gridsim.core.errors import DataError
from gridsim.engine import cluster, letters, wings
from gridsim.engine import run as running
from gridsim.engine.cluster import Cluster
from gridsim.engine.making import Extras
from gridsim.engine.run import Progress
from gridsim.results.results import Results
from gridsim.scenario import load, resolve
from gridsim.scenario.resolve import Case

dask = pytest.importorskip("dask", reason="the extra cluster is not installed")
distributed = pytest.importorskip("distributed", reason="the extra cluster is not installed")

pytestmark = [
    pytest.mark.filterwarnings("ignore::ResourceWarning"),  # dask's loops, when workers die
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]

TEXT = """
title = "Test"
seed = 7
[period]
start = 2023-01-16
end = 2023-01-18
[place]
name = "Lyon"
[population]
homes = 1200
pv = 0.3
battery = 0.3
ev = 0.4
heat_pump = 0.2
[arms.flat]
tariff = { kind = "flat", price = 0.194 }
[arms.other]
tariff = "tempo-2026"
channel = "app"
"""
WATCHED = "arms.other.calls=[{kind='appeal', rule={limit_kva=500}, hours=['17:00-20:00']}]"
PART = 256


def case(*sets: str) -> Case:
    return resolve.resolve(load.loads(TEXT, "test.toml", sets=sets))


def play(of: Case, jobs: int | Cluster, progress: Callable[[Progress], None] | None = None) -> Any:
    return running.run(of, jobs=jobs, part_homes=PART, progress=progress)


def same(one: Results, other: Results) -> None:
    """Assert that two results agree to the last bit."""
    for name, values in one.attributes.items():
        np.testing.assert_array_equal(values, other.attributes[name], name)
    for first, second in zip(one.arms, other.arms, strict=True):
        np.testing.assert_array_equal(first.series.kw, second.series.kw)
        np.testing.assert_array_equal(first.followed_kw, second.followed_kw)
        np.testing.assert_array_equal(first.profile_kw, second.profile_kw)
        for name, values in first.homes.items():
            np.testing.assert_array_equal(values, second.homes[name], name)
    np.testing.assert_array_equal(one.events.text, other.events.text)


@contextlib.contextmanager
def workers(count: int, protocol: str = "inproc://") -> Iterator[Cluster]:
    """Give workers within this process, which begin at once."""
    with distributed.LocalCluster(
        n_workers=count,
        threads_per_worker=1,
        processes=False,
        dashboard_address=":0",
        protocol=protocol,
    ) as local:
        client = distributed.Client(local, set_as_default=False)
        try:
            with client.as_current():
                yield Cluster(client, "test")
        finally:
            cluster.leave(client)


@pytest.fixture(scope="module")
def open_loop() -> Results:
    return play(case(), 1)


@pytest.fixture(scope="module")
def coupled() -> Results:
    found: Results = play(case(WATCHED), 1)
    assert found.arms[1].called.any()
    return found


@pytest.mark.parametrize("count", [1, 2, 3, 5])
def test_any_number_of_workers_gives_the_bits_of_one_machine(
    count: int, open_loop: Results
) -> None:
    seen: list[Progress] = []
    with workers(count) as players:
        same(play(case(), players, seen.append), open_loop)
    assert seen[-1].done == pytest.approx(seen[-1].total)


@pytest.mark.parametrize("count", [1, 2, 3, 5])
def test_parts_that_exchange_sums_give_the_bits_of_one_machine(
    count: int, coupled: Results
) -> None:
    seen: list[Progress] = []
    with workers(count) as players:
        same(play(case(WATCHED), players, seen.append), coupled)
    assert seen[-1].done == pytest.approx(seen[-1].total)


@pytest.mark.slow
def test_a_worker_that_is_killed_is_replaced_and_the_bits_stay(
    open_loop: Results, coupled: Results
) -> None:
    with workers(1, protocol="tcp://") as players, contextlib.ExitStack() as stack:
        address = players.client.scheduler.address
        asked = ["-m", "distributed.cli.dask_worker", address, "--no-nanny", "--nthreads", "1"]
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        others = [
            stack.enter_context(subprocess.Popen([sys.executable, *asked], **quiet)) for _ in "ab"
        ]
        for other in others:
            stack.callback(other.kill)
        players.client.wait_for_workers(3)
        doomed = others.copy()

        def kill(progress: Progress) -> None:
            if len(doomed) > left and 0.0 < progress.done < progress.total:
                doomed.pop().kill()

        left = 1
        same(play(case(), players, kill), open_loop)
        left = 0
        same(play(case(WATCHED), players, kill), coupled)
        assert not doomed


def test_a_scheduler_that_is_lost_ends_the_run() -> None:
    quick = dask.config.set({"distributed.comm.timeouts.connect": "1s"})
    with quick, workers(1) as players:

        def lose(progress: Progress) -> None:
            players.client.cluster.sync(players.client.cluster.scheduler.close)

        with pytest.raises(DataError, match="cluster test: the scheduler was lost"):
            play(case(), players, lose)


def test_workers_that_are_lost_again_and_again_end_the_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wings, "_answer", lambda waiting, seat: None)
    with workers(1) as players, pytest.raises(DataError, match="workers were lost 6 times"):
        play(case(WATCHED), players)


def test_what_goes_wrong_in_a_users_agent_is_told_as_it_is() -> None:
    def clumsy(env: Any, board: Any) -> Any:
        yield env.timeout(3600)
        raise ZeroDivisionError("mine")

    with workers(1) as players, pytest.raises(ZeroDivisionError, match="mine"):
        running.run(case(), extras=Extras(agents=(clumsy,)), jobs=players, part_homes=PART)


def test_replicas_of_work_come_back_with_their_places() -> None:
    with workers(2) as players:
        assert dict(players.each(abs, [-3, 4, -5])) == {0: 3, 1: 4, 2: 5}


def test_a_scheduler_that_cannot_be_reached_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "ANSWER_S", 0.3)
    told = r"cluster tcp://127.0.0.1:9: no dask scheduler answers there within 0.3 s"
    with pytest.raises(DataError, match=told), cluster.joined("tcp://127.0.0.1:9"):
        pass


def test_the_command_line_tells_it_too(tmp_path: Path) -> None:
    asked = ["run", "quickstart", "--set", "population.homes=20", "--cluster", "tcp://nobody"]
    found = CliRunner().invoke(cli.app, [*asked, "--quiet", "--out", str(tmp_path / "run")])
    assert found.exit_code == 4
    assert "cluster tcp://nobody: no dask scheduler answers there within" in found.stderr
    assert not (tmp_path / "run").exists()


@pytest.mark.parametrize("address", ["", "local:0", "local:x", "10.0.0.1:8786", "tcp://", "slurm"])
def test_an_address_without_sense_is_told(address: str) -> None:
    with pytest.raises(DataError, match="wanted are local, local:3"), cluster.joined(address):
        pass


def test_without_dask_it_is_told_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    told = r'cluster local: it needs the extra "cluster": pip install "gridsim\[cluster\]"'
    with pytest.raises(DataError, match=told), cluster.joined("local"):
        pass


def test_a_worker_of_another_version_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    letter = letters.pack((1, "two"))
    assert letters.unpack(letter) == (1, "two")
    other = letter.mark.replace("numpy-", "numpy-0.")
    with pytest.raises(DataError, match=r"another version of gridsim .*: numpy-0\..* and numpy-"):
        letters.unpack(letters.Letter(other, letter.content))
