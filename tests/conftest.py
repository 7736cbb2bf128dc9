"""Settings of the test run: no deadline, since the first call of a kernel compiles it."""

import sys
from collections.abc import Generator

import pytest
from hypothesis import settings

settings.register_profile("gridsim", deadline=None, derandomize=True)
settings.load_profile("gridsim")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put slow tests first: one that began last would keep a single process busy at the end."""
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, None, None]:
    """Count no lines for coverage while a test runs that says so."""
    if item.get_closest_marker("unwatched") is None:
        return (yield)
    watcher = sys.gettrace()
    sys.settrace(None)
    try:
        return (yield)
    finally:
        sys.settrace(watcher)


@pytest.fixture
def pageless(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave the drawing of a run's page away, which takes seconds."""
    monkeypatch.setattr("gridsim.front.Run.report", lambda _: "no page")


@pytest.fixture
def blind(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave the pictures of a page unpainted, where a test reads the words alone."""
    monkeypatch.setattr("gridsim.report.canvas.svg_uri", lambda ax: f"data:{ax.get_xlabel()}")
