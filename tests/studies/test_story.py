"""A story picks the homes and the day worth telling, and refuses what it cannot know."""

import dataclasses

import numpy as np
import pytest

from gridsim.results.example import example
from gridsim.results.results import NO_LOADS
from gridsim.studies import story

RUN = example(40, 3)
CALLED = "2025-01-14"


def acting() -> int:
    """Return the first home that acts on the called day."""
    return int(RUN.events.home[RUN.events.kind == "heard"].min())


def test_a_day_is_told_arm_beside_arm():
    told = story.tell(RUN, acting(), CALLED)
    assert told.title == f"Home {acting()}, Tuesday 14 January 2025"
    assert [arm.arm for arm in told.arms] == ["flat", "tempo"]
    flat, tempo = told.arms
    assert flat.did == ("Nothing that the log would know of.",)
    assert any("0.7 EUR a kWh on average. They noticed." in line for line in tempo.heard)
    assert tempo.did[0].startswith("06:00: they wanted the washing machine and put it off to 07:00")


def test_what_it_came_to_is_what_the_loads_say():
    home = acting()
    told = story.tell(RUN, home, CALLED).arms[1].came_to
    arm, clock = RUN.arms[1], RUN.clock
    today = clock.local_day == clock.local_day[0] + 1
    kwh = np.maximum(arm.followed_kw[today, home].astype(float), 0.0) * clock.dt_h
    assert f"They bought {kwh.sum():.1f} kWh" in told[0]
    assert f"paid {(kwh * arm.price[today]).sum():.2f} EUR" in told[0]
    assert f"06:00-22:00, they bought {kwh[arm.price[today] == 0.7].sum():.1f} kWh" in told[1]


def test_one_arm_can_be_told_alone():
    assert [arm.arm for arm in story.tell(RUN, 0, CALLED, ["tempo"]).arms] == ["tempo"]


def test_a_home_that_is_not_followed_is_refused_with_those_that_are():
    with pytest.raises(ValueError, match=r"home 30 is not followed; followed are: 0-9.*output"):
        story.tell(RUN, 30, CALLED)


def test_a_run_that_follows_nobody_says_so():
    events = dataclasses.replace(RUN.events, home=np.full_like(RUN.events.home, -1))
    arms = tuple(dataclasses.replace(arm, followed_kw=NO_LOADS) for arm in RUN.arms)
    empty = dataclasses.replace(RUN, events=events, arms=arms)
    with pytest.raises(ValueError, match="followed are: none"):
        story.tell(empty, 0, CALLED)
    assert story.typical(empty) == ()


@pytest.mark.parametrize(
    ("date", "words"),
    [("2024-01-14", "lies outside the run, which goes from 2025-01-13 to 2025-01-15"),
     ("tomorrow", "'tomorrow' is not a date such as 2025-01-13")],
)  # fmt: skip
def test_a_date_that_cannot_be_told_is_refused(date, words):
    with pytest.raises(ValueError, match=words):
        story.tell(RUN, 0, date)


def test_an_arm_that_is_not_there_is_refused_with_those_that_are():
    with pytest.raises(ValueError, match="there is no arm 'white'; there are flat, tempo"):
        story.tell(RUN, 0, CALLED, ["white"])


def test_typical_homes_are_three_on_the_called_day():
    told = story.typical(RUN)
    assert len({day.home for day in told}) == 3
    assert {day.date for day in told} == {CALLED}
    _, strong, unaware = told
    dear = RUN.arms[1].called
    change = (RUN.arms[1].followed_kw - RUN.reference.followed_kw)[dear].sum(axis=0)
    assert strong.home == int(np.argmin(change))
    assert any("They did not notice." in line for line in unaware.arms[1].heard)


def test_a_run_of_one_arm_has_no_typical_homes():
    assert story.typical(example(5, 2, ("flat",))) == ()


def test_homes_outside_the_tariff_are_told_so_and_pay_the_reference():
    arm = RUN.arms[1]
    homes = dict(arm.homes) | {"enrolled": np.zeros(40)}
    run = dataclasses.replace(RUN, arms=(RUN.reference, dataclasses.replace(arm, homes=homes)))
    told = story.tell(run, 0, CALLED).arms[1].heard
    assert told[0] == "A kilowatt-hour cost 0.2 EUR all day."
    assert told[1] == "They kept the tariff of flat (made up)."


def test_information_is_told_on_the_days_that_it_is_given():
    toml = (
        '[[arms.tempo.information]]\nkind = "report"\nstart = 2025-01-01\nend = 2025-01-15\n'
        '[[arms.tempo.information]]\nkind = "display"\n'
    )
    run = dataclasses.replace(RUN, story=dataclasses.replace(RUN.story, scenario_toml=toml))
    both = "They get reports that compare them with neighbours and an in-home display."
    flat, tempo = story.tell(run, 0, CALLED).arms
    assert both in tempo.heard
    assert not any("They get" in line for line in flat.heard)
    assert "They get an in-home display." in story.tell(run, 0, "2025-01-15").arms[1].heard


def test_a_home_that_keeps_its_tariff_is_not_told_as_one_that_did_not_notice():
    unaware = story.typical(RUN)[2].home
    arm = RUN.arms[1]
    enrolled = arm.homes["enrolled"].copy()
    enrolled[unaware] = 0.0
    homes = dict(arm.homes) | {"enrolled": enrolled}
    run = dataclasses.replace(RUN, arms=(RUN.reference, dataclasses.replace(arm, homes=homes)))
    assert story.typical(run)[2].home != unaware
