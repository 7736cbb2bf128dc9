"""The terminal summary: plain lines that fit the width and name every arm."""

import dataclasses
from pathlib import Path

import pytest

from gridsim.report import terminal
from gridsim.results.example import example
from gridsim.results.findings import ArmDay, HomeDay
from gridsim.results.results import Audit

EFFECT = {"bill": {"estimate": 1.25, "low": -0.5, "high": 3.0}}
THREE = ("flat", "tempo", "tou")
SUMMARY = {
    "arms": {name: {"bill": 20.0} for name in THREE},
    "effects": dict.fromkeys(THREE[1:], EFFECT),
}


def test_every_arm_is_named_with_its_label():
    results = example(6, 1, THREE)
    text = terminal.summary_text(results, SUMMARY)
    for arm in results.arms:
        assert arm.name in text
        assert arm.label in text
    assert "tempo against flat" in text
    assert "tou against flat" in text


@pytest.mark.parametrize("width", [40, 60, 80, 120])
def test_no_line_is_wider_than_asked(width):
    text = terminal.summary_text(example(6, 1, THREE), SUMMARY, width)
    assert max(len(line) for line in text.splitlines()) <= width


def test_an_effect_stands_beside_its_interval():
    line = next(
        line
        for line in terminal.summary_text(example(6, 1), SUMMARY).splitlines()
        if "Bill" in line
    )
    assert line.split() == [
        "Bill", "[EUR]", "+1.2", "−0.5", "to", "+3.0", "+6.2", "%", "20.00"
    ]  # fmt: skip


def test_the_folder_is_told():
    folder = Path("runs") / "one"
    text = terminal.summary_text(example(6, 1), SUMMARY, folder=folder)
    assert str(folder) in text
    assert "report.html" in text


def test_a_failed_audit_is_told():
    results = example(6, 1)
    broken = dataclasses.replace(results.arms[1], audit=Audit(1e-3, 0.0, 0.0, 0.0))
    arms = (results.arms[0], broken)
    assert "DID NOT CLOSE" in terminal.summary_text(
        dataclasses.replace(results, arms=arms), SUMMARY
    )


def test_synthetic_weather_is_told():
    assert "The weather is synthetic" in terminal.summary_text(example(6, 1), SUMMARY)


def test_a_title_cannot_steer_the_terminal():
    results = example(6, 1)
    story = dataclasses.replace(results.story, title="\x1b[31mred\x07")
    assert "\x1b" not in terminal.summary_text(dataclasses.replace(results, story=story), SUMMARY)


def test_a_single_arm_is_shown_by_its_values():
    text = terminal.summary_text(example(6, 1, ("flat",)), SUMMARY)
    assert "Means per home" in text
    assert "20.00" in text


def test_an_empty_summary_is_said():
    assert "no effects" in terminal.summary_text(example(6, 1), {})


def test_a_story_fits_the_terminal_and_obeys_no_control_codes():
    arm = ArmDay("flat", "One price", ("News of \x1b[31m" + "prices " * 20,), ("They slept.",), ())
    day = HomeDay(3, "2025-01-14", "Home 3, Tuesday", "Why.", ("Two people.",), (arm,))
    text = terminal.story_text(day, 60)
    assert max(len(line) for line in text.splitlines()) <= 60
    assert "\x1b" not in text
    assert "  day   They slept." in text.splitlines()
