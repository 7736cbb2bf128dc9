"""A run folder keeps longer steps and fewer end uses if asked; what it keeps still adds up."""

import datetime as dt
from dataclasses import replace

import numpy as np
import pytest

from gridsim.core.clock import make_clock
from gridsim.results import store, tables, thinned
from gridsim.results.example import example
from gridsim.results.results import FLOWS, USES
from gridsim.scenario import output

SUMMARY = {"arms": {}, "effects": {}}


def made(toml=""):
    """Return an example of three days in half-hours, with an output."""
    found = example(12, 3)
    hourly = {arm.name: np.arange(144 * 5, dtype=np.float32).reshape(144, 5) for arm in found.arms}
    story = replace(found.story, scenario_toml=f"{found.story.scenario_toml}[output]\n{toml}\n")
    return replace(found, story=story, hourly=hourly)


def test_without_being_asked_nothing_is_lost():
    for said in ("", "uses = true", "resolution_minutes = 30"):
        found = made(said)
        assert thinned.thinned(found) is found
    assert thinned.flows(output.Output()) == FLOWS


def test_longer_steps_hold_the_means_and_come_back_from_the_folder(tmp_path):
    whole = made("resolution_minutes = 60")
    folder = store.save(whole, tmp_path / "run", SUMMARY)
    found = store.load(folder)
    assert (found.clock.step_s, found.clock.steps) == (3600, 72)
    np.testing.assert_array_equal(found.clock.time_s, whole.clock.time_s[::2])
    np.testing.assert_array_equal(found.clock.local_day, whole.clock.local_day[::2])
    for arm, before in zip(found.arms, whole.arms, strict=True):
        kw = before.series.kw.reshape(72, 2, -1, len(FLOWS)).mean(axis=1)
        np.testing.assert_allclose(arm.series.kw, kw, rtol=1e-12)
        np.testing.assert_array_equal(arm.called, before.called.reshape(72, 2).any(axis=1))
        np.testing.assert_allclose(arm.price, before.price.reshape(72, 2).mean(axis=1))
        np.testing.assert_allclose(
            arm.followed_kw[0], before.followed_kw[:2].mean(axis=0), rtol=1e-6
        )
        np.testing.assert_array_equal(found.hourly[arm.name][:, 0], 5.0 * np.arange(72) * 2 + 2.5)
    assert tables.read(folder / "series.parquet")["net"].shape == (2 * 4 * 72,)


@pytest.mark.parametrize(
    ("said", "kept"), [('["ev", "heating"]', {"ev", "heating"}), ("false", set())]
)
def test_end_uses_that_are_not_kept_are_summed_as_other(tmp_path, said, kept):
    whole = made(f"uses = {said}")
    folder = store.save(whole, tmp_path / "run", SUMMARY)
    columns = tables.read(folder / "series.parquet")
    assert {use for use in USES if use in columns} == kept | {"other"}
    found = store.load(folder)
    for arm, before in zip(found.arms, whole.arms, strict=True):
        uses = [arm.series.flow(use) for use in USES]
        np.testing.assert_allclose(sum(uses), sum(before.series.flow(use) for use in USES))
        for flow in (*kept, "pv", "battery", "net", "import", "export"):
            np.testing.assert_array_equal(arm.series.flow(flow), before.series.flow(flow))
        assert not arm.series.flow("cooking").any()
        assert arm.series.flow("other").any()
    again = store.load(store.save(found, tmp_path / "again", SUMMARY))
    np.testing.assert_allclose(again.reference.series.kw, found.reference.series.kw)


def test_days_that_longer_steps_do_not_divide_are_refused():
    clock = make_clock(dt.date(2023, 9, 30), dt.date(2023, 10, 3), 30, "Australia/Lord_Howe")
    for said in ({"resolution_minutes": 60}, {"profiles": {"resolution_minutes": 60}}):
        (told,) = output.uneven(output.Output(**said), clock.local_day, clock.step_s)
        assert "resolution_minutes: 2023-10-01 has 47 steps, which 2 do not divide" in told
    assert not list(output.uneven(output.Output(resolution_minutes=30), clock.local_day, 1800))
