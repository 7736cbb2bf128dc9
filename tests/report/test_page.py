"""The page: one file that needs nothing else, says what was found, and trusts no title."""

import dataclasses
import re
from html.parser import HTMLParser

import numpy as np
import pytest

from gridsim.report import notebook, page
from gridsim.results.example import example
from gridsim.results.findings import ArmDay, DayEffect, Findings, GroupEffect, HomeDay
from gridsim.results.results import Audit, Results

HOSTILE = '<script>alert("1")</script>'
SECTIONS = (
    "answer", "arms", "effects", "days", "heat", "calls", "pv", "peak", "duration", "bills",
    "carbon", "assumptions", "audit", "provenance", "repeat",
)  # fmt: skip


class Outline(HTMLParser):
    """What a page is made of: tags with their attributes, ids, and text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.text += f"{data} "

    def named(self, tag):
        return [attrs for name, attrs in self.tags if name == tag]


def summary_of(results: Results) -> dict[str, object]:
    """Return a made-up summary."""
    means = {"demand_kwh": 100.0, "bill": 20.0, "load_factor": 0.4, "rebound": None}
    effect = {
        "demand_kwh": {"estimate": -2.0, "low": -3.0, "high": -1.0},
        "bill": {"estimate": 1.5, "low": None, "high": None},
        "load_factor": {"estimate": 0.01, "low": -0.02, "high": 0.04},
        "rebound": {"estimate": None, "low": None, "high": None},
    }
    return {
        "arms": {arm.name: means for arm in results.arms},
        "effects": {arm.name: effect for arm in results.arms[1:]},
    }


def findings_of(results: Results) -> Findings:
    """Return made-up findings."""
    day = DayEffect("tempo", "winter", 8, np.ones(24), np.ones(24), -np.ones(24), np.ones(24))
    group = GroupEffect("tempo", "bill", "income", "lowest", 3, 20.0, 1.0, 0.5, 1.5)
    return Findings(days=(day,), groups=(group,))


def made(results: Results) -> str:
    """Return the page of results."""
    return page.page(results, summary_of(results), findings_of(results))


@pytest.fixture(scope="module")
def results():
    return example(12, 3)


@pytest.fixture(scope="module")
def text(results):
    return made(results)


def test_nothing_is_loaded_from_elsewhere(text):
    outline = Outline(text)
    assert not re.findall(r"https?://|//[a-z]+\.[a-z]", re.sub(r"data:[^\"]*", "", text))
    assert not outline.named("script")
    assert not outline.named("link")
    assert not outline.named("iframe")
    assert all(image["src"].startswith("data:image/") for image in outline.named("img"))
    assert "url(" not in text
    assert "@import" not in text


def test_every_section_is_there_in_order(text):
    ids = [attrs["id"] for attrs in Outline(text).named("section")]
    assert ids == list(SECTIONS)


def test_every_picture_is_described_in_words(text):
    images = Outline(text).named("img")
    assert len(images) >= 12
    assert all(len(image["alt"]) > 20 for image in images)


def test_the_page_is_the_same_bytes_twice(results, text):
    assert made(results) == text


@pytest.mark.usefixtures("blind")
def test_a_hostile_title_is_shown_and_not_run(results):
    story = dataclasses.replace(
        results.story, title=HOSTILE, question=HOSTILE, weather=HOSTILE, place=HOSTILE,
        scenario_toml=f"# {HOSTILE}", assumptions=(HOSTILE,),
    )  # fmt: skip
    arms = tuple(dataclasses.replace(arm, label=HOSTILE) for arm in results.arms)
    hostile = dataclasses.replace(results, story=story, arms=arms, provenance={HOSTILE: HOSTILE})
    outline = Outline(made(hostile))
    assert not outline.named("script")
    assert HOSTILE in outline.text
    assert "<script" not in notebook.results_html(hostile, summary_of(hostile))


def test_changes_come_with_their_intervals(text):
    said = Outline(text).text.replace("\u00a0", " ")
    told = (
        "Electricity used changed by −2.0 kWh per home (95 % interval −3.0 to −1.0), or −2.0 % of"
    )
    assert told in said
    assert "The bill changed by +1.50 EUR per home (no 95 % interval)" in said


def test_shares_change_in_points(text):
    said = re.sub(r"\s+", " ", Outline(text).text)
    assert "Load factor % +1.0 −2.0 to +4.0 – 40.00 40.00" in said


def test_synthetic_weather_is_said_before_the_answer(text):
    assert 0 < text.index("Synthetic weather.") < text.index('id="answer"')


@pytest.mark.usefixtures("blind")
def test_measured_weather_brings_no_warning(results):
    story = dataclasses.replace(results.story, synthetic=False, weather="an EPW file")
    assert "ynthetic" not in made(dataclasses.replace(results, story=story))


@pytest.mark.usefixtures("blind")
def test_a_failed_audit_is_said_before_the_answer(results):
    broken = dataclasses.replace(results.arms[1], audit=Audit(1e-3, 0.0, 0.0, 0.0))
    text = made(dataclasses.replace(results, arms=(results.arms[0], broken)))
    assert 0 < text.index("The audit failed.") < text.index('id="answer"')


@pytest.mark.usefixtures("blind")
def test_a_single_arm_gets_values_and_no_effects():
    alone = example(6, 1, ("flat",))
    text = page.page(alone, summary_of(alone))
    said = Outline(text).text
    assert "nothing to compare it with" in said
    assert "Electricity used" in said
    assert [attrs["id"] for attrs in Outline(text).named("section")] == list(SECTIONS)


@pytest.mark.usefixtures("blind")
def test_an_empty_summary_still_makes_a_page(results):
    assert "The summary holds no effects for this arm." in page.page(results, {})


def test_groups_are_named_and_ordered(text):
    said = re.sub(r"\s+", " ", Outline(text).text)
    assert "by income: change and 95 % interval" in said
    assert "lowest 3 +1.0 (+0.5 to +1.5)" in said


def test_a_page_is_small_enough_to_send(text):
    assert len(text.encode()) < 3_000_000


def test_a_notebook_gets_the_main_effects(results):
    fragment = notebook.results_html(results, summary_of(results))
    assert "−3.0 to −1.0" in fragment
    assert "<html" not in fragment


@pytest.mark.usefixtures("blind")
def test_stories_stand_on_the_page_and_are_escaped():
    results = example(8, 2)
    arms = tuple(ArmDay(a.name, a.label, (HOSTILE,), ("They slept.",), ()) for a in results.arms)
    day = HomeDay(3, "2025-01-14", "Home 3, Tuesday", "Because.", ("Two people.",), arms)
    text = page.page(results, summary_of(results), Findings(stories=(day,)))
    outline = Outline(text)
    assert [tag["id"] for tag in outline.named("section") if tag["id"] == "stories"] == ["stories"]
    assert outline.text.count("They slept.") == 2
    assert HOSTILE not in text
    assert 'id="stories"' not in page.page(results, summary_of(results))


@pytest.mark.usefixtures("blind")
def test_what_a_bill_is_made_of_is_shown_where_there_is_more_than_energy():
    plain = example(12, 2)
    homes = dict(plain.arms[1].homes)
    homes |= {"bill_capacity": homes["bill_standing"] + 1.0}
    arms = (plain.arms[0], dataclasses.replace(plain.arms[1], homes=homes))
    told = dataclasses.replace(plain, arms=arms)
    said = "What the mean bill is made of"
    assert said not in page.page(plain, summary_of(plain))
    assert said in page.page(told, summary_of(told))
