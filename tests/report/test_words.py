"""Numbers as a reader meets them: true signs, and no more decimals than an interval deserves."""

import math

import pytest

from gridsim.metrics import table
from gridsim.report import words


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [(-1234.5, 1, "−1,234.5"), (0.0, 3, "0"), (-0.001, 2, "0.00"), (math.nan, 1, "–"), (2, 0, "2")],
)
def test_numbers_are_written_with_true_signs(value, decimals, text):
    assert words.number(value, decimals) == text


@pytest.mark.parametrize(
    ("value", "text"), [(1.0, "+1.0"), (-1.0, "−1.0"), (0.0, "0"), (math.nan, "–")]
)
def test_changes_are_written_with_their_sign(value, text):
    assert words.signed(value, 1) == text


@pytest.mark.parametrize(
    ("low", "high", "decimals"), [(-300.0, 10.0, 0), (-1.0, 1.0, 1), (0.010, 0.012, 4)]
)
def test_an_interval_shows_two_figures_of_its_width(low, high, decimals):
    assert words.decimals_for(low, high, 0.5 * (low + high)) == decimals


def test_an_estimate_without_an_interval_shows_three_figures():
    assert words.decimals_for(math.nan, math.nan, 1.234) == 2


def test_every_metric_of_the_table_has_words_and_a_unit():
    for name in table.METRICS:
        known = words.metric(name, "EUR")
        assert known.label != name
        assert known.unit


def test_the_unit_of_a_metric_is_that_of_the_table():
    for name, entry in table.METRICS.items():
        unit = words.metric(name, "EUR").unit
        expected = {"1": ("%", "per home"), "currency": ("EUR per home",)}
        assert unit in expected.get(entry.unit, (f"{entry.unit} per home",))


def test_an_unknown_metric_goes_by_its_name_and_suffix():
    known = words.metric("use_kwh.hot_water", "EUR")
    assert (known.label, known.unit) == ("Used: hot water", "kWh per home")


def test_groups_come_in_an_order_that_means_something():
    assert words.in_order(["highest", "low", "lowest"]) == ["lowest", "low", "highest"]
    assert words.in_order(["10", "9"]) == ["9", "10"]
    assert words.in_order(["b", "a"]) == ["a", "b"]
