"""Tables in words: what differs between arms, and effects in the order and units of a reader."""

import dataclasses

import numpy as np
import pytest

from gridsim.report import answer, tables
from gridsim.results.example import example
from gridsim.results.findings import DayEffect, Findings, GroupEffect


def written(toml: str) -> dict[str, list[str]]:
    """Return what differs between the arms of a scenario."""
    results = example(4, 1)
    story = dataclasses.replace(results.story, scenario_toml=toml)
    return dict(tables.arms_table(dataclasses.replace(results, story=story)))


def row(**numbers: float) -> tables.Row:
    """Return a row about bills."""
    known = {"reference": 20.0, "value": 21.0, "change": 1.0, "low": 0.5, "high": 1.5}
    return tables.Row("bill", "Bill", "EUR per home", **(known | numbers))


def test_only_lines_that_differ_are_told():
    found = written(
        '[arms.flat]\ntariff = "base"\nchannel = "bill"\nautomation = { ev = 0.1, heat = true }\n'
        '[arms.tempo]\ntariff = "tempo"\nchannel = "bill"\nautomation = { ev = 0.8, heat = true }\n'
    )
    assert found["tariff"] == ["base", "tempo"]
    assert found["automation.ev"] == ["0.1", "0.8"]
    assert "channel" not in found
    assert "automation.heat" not in found


def test_a_tariff_written_out_stands_beside_one_that_is_named():
    found = written(
        '[arms.flat]\ntariff = { kind = "flat", price = 0.2 }\n[arms.tempo]\ntariff = "tempo"\n'
    )
    assert found["tariff"] == ["flat, price 0.2", "tempo"]


def test_what_goes_without_saying_is_not_told():
    tariff = (
        'kind = "contract", months = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12],'
        ' hours = ["00:00-24:00"],'
        " blocks = [], trips = false, limit_kw = inf, minimum_kw = 0.0, price = 0.0, kw = 3"
    )
    found = written(f'[arms.flat]\ntariff = {{ {tariff} }}\n[arms.tempo]\ntariff = "tempo"\n')
    assert found["tariff"] == ["contract, price 0, kw 3", "tempo"]


def test_a_scenario_that_is_not_toml_is_passed_over():
    assert "Import price, range" in written("not = [toml")


def test_called_hours_and_prices_come_from_the_arms():
    results = example(4, 3)
    found = dict(tables.arms_table(results))
    assert found["Called hours"] == ["none", "16.0 h"]
    assert found["Import price, range"] == ["0.2000 EUR/kWh", "0.1300 to 0.7000 EUR/kWh"]


def test_shares_come_in_percent_and_unknown_numbers_as_dashes():
    summary = {
        "arms": {"flat": {"load_factor": 0.5}, "tempo": {"load_factor": 0.25}},
        "effects": {"tempo": {"load_factor": {"estimate": -0.25, "low": None, "high": None}}},
    }
    found = tables.rows(example(4, 1), summary, "tempo")
    assert (found[0].reference, found[0].change) == (50.0, -25.0)
    cells = tables.cells(found[0])
    assert (cells.interval, cells.percent) == ("–", "–")


def test_metrics_come_in_the_order_of_reading():
    names = ("use_kwh.ev", "bill", "demand_kwh")
    summary = {"arms": {"flat": dict.fromkeys(names, 1.0), "tempo": dict.fromkeys(names, 1.0)}}
    found = tables.rows(example(4, 1), summary, "tempo")
    assert [one.metric for one in found] == ["demand_kwh", "bill", "use_kwh.ev"]


def test_a_percentage_of_nothing_is_not_written():
    assert tables.cells(row(reference=0.0)).percent == "–"
    assert tables.cells(row(reference=0.001)).percent == "–"
    assert tables.cells(row()).percent == "+5.0 %"


def test_equal_arms_are_said_not_to_have_changed():
    nothing = {"estimate": 0.0, "low": 0.0, "high": 0.0}
    summary = {
        "arms": {"flat": {"bill": 20.0}, "tempo": {"bill": 20.0}},
        "effects": {"tempo": {"bill": nothing}},
    }
    told = answer.sentences(example(4, 1), summary, "tempo", 0.95)
    assert told == ["The bill did not change, from 20.0 EUR per home."]


def test_a_day_that_is_not_24_hours_long_is_refused():
    day = np.zeros(24)
    with pytest.raises(ValueError, match=r"DayEffect.low_kw must have shape \(24,\), got \(23,\)"):
        DayEffect("tempo", "winter", 3, day, day, np.zeros(23), day)


def test_an_impossible_confidence_is_refused():
    with pytest.raises(ValueError, match="confidence must lie in"):
        Findings(confidence=95.0)


def test_findings_are_found_by_what_they_are_about():
    day = DayEffect("tempo", "winter", 3, *(np.zeros(24) for _ in range(4)))
    group = GroupEffect("tempo", "bill", "house", "flat", 9, 10.0, 7.0, 6.0, 9.0)
    known = Findings(days=(day,), groups=(group,))
    assert known.day("tempo", "winter") is day
    assert known.day("tempo", "summer") is None
    assert known.of_groups("tempo", "bill", "house") == (group,)
    assert known.of_groups("tempo", "bill", "income") == ()
