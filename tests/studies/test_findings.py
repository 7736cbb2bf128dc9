"""Findings hold what the report asks for, and leave out what the run does not have."""

import dataclasses

from gridsim.results.example import example
from gridsim.studies.findings import findings


def test_findings_of_two_seasons_and_two_arms():
    found = findings(example(20, 60, ("flat", "tempo", "third")))
    days = {(day.arm, day.season) for day in found.days}
    assert days == {(a, s) for a in ("tempo", "third") for s in ("winter", "spring")}
    assert found.of_groups("tempo", "bill", "income")
    assert found.of_groups("third", "demand_kwh", "heating")


def test_a_run_without_profiles_and_attributes_has_no_findings():
    made = example(5, 2)
    bare = tuple(dataclasses.replace(a, profile_kw=a.profile_kw[:0]) for a in made.arms)
    found = findings(dataclasses.replace(made, arms=bare, attributes={}))
    assert found.days == ()
    assert found.groups == ()


def test_one_arm_alone_has_no_findings():
    found = findings(example(5, 2, ("flat",)))
    assert found.days == found.groups == ()
