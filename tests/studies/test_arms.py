"""The summary: every metric of every arm, exact where nothing differs, null where undefined."""

import dataclasses
import json
import time

import numpy as np
import pytest

from gridsim.metrics import effects
from gridsim.metrics.table import METRICS, Metric, mean
from gridsim.results.example import example
from gridsim.results.results import Audit, Results
from gridsim.studies import arms


def twins() -> Results:
    """Return a run whose second arm does exactly what the first does."""
    made = example(30, 5)
    called = made.arms[1].called
    first = made.reference
    homes = dict(first.homes) | {"called_kwh.twin": first.homes["called_kwh.tempo"]}
    homes |= {"dear_kwh.twin": first.homes["dear_kwh.tempo"]}
    first = dataclasses.replace(first, homes=homes)
    twin = dataclasses.replace(first, name="twin", called=called)
    return dataclasses.replace(made, arms=(first, twin))


def test_the_summary_has_the_keys_that_are_promised():
    found = arms.summary(example(12, 4))
    assert list(found) == [
        "title", "question", "arms", "effects", "audit", "provenance", "assumptions",
    ]  # fmt: skip
    assert list(found["arms"]) == ["flat", "tempo"]
    assert list(found["effects"]) == ["tempo"]
    assert list(found["arms"]["flat"]) == list(METRICS)
    assert set(found["effects"]["tempo"]["bill"]) == {"estimate", "low", "high"}


def test_the_summary_is_json_as_it_stands():
    found = arms.summary(example(12, 1))
    assert json.loads(json.dumps(found, allow_nan=False)) == found


def test_means_are_per_home():
    made = example(12, 4)
    found = arms.summary(made)["arms"]["tempo"]
    assert found["bill"] == pytest.approx(made.arms[1].homes["bill"].mean())
    assert found["peak_kw"] == pytest.approx(made.arms[1].series.flow("net").max())
    homes = made.arms[1].homes
    share = 1 - homes["export_kwh"].sum() / homes["pv_kwh"].sum()
    assert found["self_consumption"] == pytest.approx(share)


def test_an_effect_is_the_difference_of_the_arms():
    found = arms.summary(example(30, 5))
    for name, told in found["effects"]["tempo"].items():
        if METRICS[name].paired or name in ("shifted_kwh", "rebound"):
            assert told["estimate"] == found["arms"]["tempo"][name]
        elif name in ("billed_kw", "trips"):  # no arm of the example charges for power
            assert told["estimate"] is found["arms"]["tempo"][name] is None
        else:
            change = found["arms"]["tempo"][name] - found["arms"]["flat"][name]
            assert told["estimate"] == pytest.approx(change, abs=1e-12)


def test_estimates_lie_within_their_intervals():
    found = arms.effects(example(40, 10))["tempo"]
    known = [effect for name, effect in found.items() if name not in ("billed_kw", "trips")]
    for effect in known:
        assert effect.low <= effect.estimate <= effect.high


def test_called_hours_are_reduced_by_what_the_homes_did():
    made = example(30, 5)
    before = made.reference.homes["called_kwh.tempo"].sum()
    after = made.arms[1].homes["called_kwh.tempo"].sum()
    found = arms.effects(made)["tempo"]["event_reduction"]
    assert found.estimate == pytest.approx(1 - after / before)
    assert 0 < found.low < found.high


def test_arms_whose_homes_do_the_same_differ_by_exactly_nothing():
    found = arms.effects(twins())["twin"]
    undefined = {name for name, effect in found.items() if np.isnan(effect.estimate)}
    assert undefined == {"rebound", "billed_kw", "trips"}
    for name in set(found) - undefined:
        assert found[name] == effects.Effect(0.0, 0.0, 0.0), name


def test_the_rebound_is_half_where_half_comes_back():
    found = arms.effects(example(30, 12))["tempo"]["rebound"]
    assert found.estimate == pytest.approx(0.5, abs=0.1)


def test_without_panels_self_consumption_is_null():
    made = example(10, 1)
    homes = [dict(arm.homes) | {"pv_kwh": np.zeros(10)} for arm in made.arms]
    dark = [dataclasses.replace(a, homes=h) for a, h in zip(made.arms, homes, strict=True)]
    found = arms.summary(dataclasses.replace(made, arms=tuple(dark)))
    assert found["arms"]["flat"]["self_consumption"] is None
    assert found["effects"]["tempo"]["self_consumption"]["estimate"] is None


def test_without_called_hours_there_is_no_reduction_and_no_rebound():
    found = arms.summary(example(10, 1))["arms"]["tempo"]
    assert found["event_reduction"] is None
    assert found["rebound"] is None


def test_a_peak_without_coincident_loads_has_no_interval():
    made = example(10, 4)
    homes = [{k: v for k, v in a.homes.items() if k != "coincident_kw"} for a in made.arms]
    bare = [dataclasses.replace(a, homes=h) for a, h in zip(made.arms, homes, strict=True)]
    found = arms.summary(dataclasses.replace(made, arms=tuple(bare)))["effects"]["tempo"]
    assert found["peak_kw"]["estimate"] == pytest.approx(
        made.arms[1].series.flow("net").max() - made.reference.series.flow("net").max()
    )
    assert found["peak_kw"]["low"] is None


def test_without_profiles_shifts_are_null():
    made = example(10, 4)
    bare = [dataclasses.replace(a, profile_kw=a.profile_kw[:0]) for a in made.arms]
    found = arms.summary(dataclasses.replace(made, arms=tuple(bare)))
    assert found["arms"]["tempo"]["shifted_kwh"] is None


def test_one_arm_alone_has_no_effects():
    found = arms.summary(example(10, 2, ("flat",)))
    assert found["effects"] == {}
    assert found["arms"]["flat"]["demand_kwh"] > 0


def test_a_single_home_has_effects_without_intervals():
    found = arms.summary(example(1, 4))["effects"]["tempo"]["bill"]
    assert found["estimate"] is not None
    assert found["low"] is None


def test_a_metric_of_ones_own_is_one_line():
    half = Metric("currency", "Half the bill.", lambda bill: mean(bill) / 2, ("bill",))
    found = arms.summary(example(10, 2), METRICS | {"half_bill": half})["arms"]["flat"]
    assert found["half_bill"] == pytest.approx(found["bill"] / 2)


def test_a_failed_audit_shows():
    made = example(5, 1, ("flat",))
    worse = dataclasses.replace(made.reference, audit=Audit(0.0, 1e-3, 0.0, float("nan")))
    found = arms.summary(dataclasses.replace(made, arms=(worse,)))["audit"]
    assert found["passed"] is False
    assert found["arms"]["flat"]["energy_run"] == 1e-3
    assert found["arms"]["flat"]["money"] is None


def test_synthetic_weather_is_always_told():
    made = example(5, 1)
    assert any("synthetic" in line for line in arms.summary(made)["assumptions"])
    measured = dataclasses.replace(made, story=dataclasses.replace(made.story, synthetic=False))
    assert arms.summary(measured)["assumptions"] == list(made.story.assumptions)


def test_a_winter_of_two_thousand_homes_is_summed_up_quickly():
    made = example(2000, 1)
    arms.summary(made)
    start = time.perf_counter()
    arms.summary(made)
    assert time.perf_counter() - start < 3.0


def test_what_one_arm_alone_is_billed_for_is_told_of_it():
    plain = example(30, 5)
    kw = np.linspace(1.0, 2.0, 30)
    billed = dataclasses.replace(plain.arms[1], homes=dict(plain.arms[1].homes) | {"billed_kw": kw})
    found = arms.summary(dataclasses.replace(plain, arms=(plain.arms[0], billed)))
    assert found["arms"]["tempo"]["billed_kw"] == pytest.approx(1.5)
    assert found["arms"]["flat"]["billed_kw"] is None
    assert found["effects"]["tempo"]["billed_kw"]["estimate"] is None
