"""The review: savings come to those who are enrolled, habits stay, and a tiresome machine goes."""

import dataclasses

import numpy as np
import pytest

import gridsim as gs
from gridsim.citizens.parameters import parameters, with_values
from gridsim.core.clock import DAY_S
from gridsim.engine import arm as arms
from gridsim.engine import run as running
from gridsim.engine.blocks import Crew
from gridsim.engine.board import Board
from gridsim.engine.people import ALL, Links
from gridsim.engine.review import MONTH_DAYS, Readings, review
from gridsim.engine.run import Extras
from gridsim.scenario import resolve

MONTH_S = int(MONTH_DAYS * DAY_S)
SETS = [
    "population.homes=80", "period.start=2023-01-02", "period.end=2023-03-20",
    "period.step_minutes=60", "population.pv=0.0", "population.battery=0.0",
    'arms.tempo.information=[{kind="display"}]',
    'arms.tempo.enrolment={kind="opt_in", share=0.5}',
]  # fmt: skip


class Desk:
    """An arm that can be reviewed at any moment."""

    def __init__(self, *sets: str, links: Links = ALL, **changes: float):
        case = resolve.resolve(gs.load("quickstart", [*SETS, *sets]))
        values = {name.replace("__", "."): value for name, value in changes.items()}
        extras = Extras(settings=with_values(parameters(), values))
        arm = running.make_arm(case, case.arms[1], extras, {}, links)
        stage = running.make_stage(case, extras, Crew(1))
        self.people = arm.citizens
        self.minds = arms.first_world(arm, stage).minds
        self.board = Board(case.horizon, arm.contracts, arm.citizens.settings, links)
        self.start_s = case.clock.start_s

    def review(self, minds, days, overrides=0.0):
        homes = len(self.people.town)
        readings = Readings(np.full(homes, overrides), np.zeros((2, homes)))
        now_s = self.start_s + int(days * DAY_S)
        return review(minds, self.people, self.board, now_s, 5.0, readings)


def test_feedback_builds_up_in_those_who_are_enrolled_and_in_nobody_else():
    desk = Desk()
    enrolled = desk.people.enrolled
    assert 10 < enrolled.sum() < 70
    week = desk.review(desk.minds, 7)
    month = desk.review(week, 30)
    assert np.all(month.saved[enrolled] > week.saved[enrolled])
    assert np.all(week.saved[enrolled] > 0.0)
    assert not month.saved[~enrolled].any()


def test_a_price_level_is_learned_by_those_who_pay_it_and_by_nobody_else():
    desk = Desk("arms.tempo.tariff={kind='flat', price=0.30}", level__years=0.1)
    minds = desk.review(desk.review(desk.minds, 7), 40)
    enrolled = desk.people.enrolled
    assert np.all(minds.level[enrolled] > 0.0)
    assert not minds.level[~enrolled].any()


def test_a_cheaper_level_adds_use():
    desk = Desk("arms.tempo.tariff={kind='flat', price=0.10}")
    assert np.all(desk.review(desk.minds, 40).level[desk.people.enrolled] < 0.0)


def test_without_their_links_nothing_is_saved():
    tariff = "arms.tempo.tariff={kind='flat', price=0.30}"
    assert not Desk(links=Links(information=False)).review(Desk().minds, 40).saved.any()
    desk = Desk(tariff, links=Links(curtailment=False))
    assert not desk.review(desk.minds, 40).level.any()


def test_a_machine_is_taken_back_after_as_many_overrides_as_patience_bears():
    desk = Desk()
    patience = parameters().automation.patience
    first = desk.review(desk.minds, 1)
    assert first.machine.all()
    assert desk.review(first, 40, patience - 1.0).machine.all()
    assert not desk.review(first, 40, patience).machine.any()


def test_patience_counts_by_the_month_and_is_new_after_each():
    desk = Desk()
    less = parameters().automation.patience - 1.0
    minds = desk.review(desk.minds, 1)
    for month in range(1, 5):
        minds = desk.review(minds, 1 + 31 * month, less * month)
    assert minds.machine.all()
    assert np.all(minds.overrides == 4.0 * less)


def test_a_machine_that_was_taken_back_stays_so():
    desk = Desk()
    gone = desk.review(desk.review(desk.minds, 1), 40, 10.0)
    assert not desk.review(gone, 75, 10.0).machine.any()


def test_machines_and_routines_are_looked_at_once_a_month():
    desk = Desk()
    first = desk.review(desk.minds, 1)
    day = (MONTH_S - (desk.start_s + DAY_S) % MONTH_S) // DAY_S  # the month's last whole day
    same = desk.review(first, 1 + day - 1, 50.0)
    assert same.routine is first.routine
    assert same.machine.all()
    assert same.looked_s > first.looked_s
    assert not desk.review(first, 1 + day + 1, 50.0).machine.any()


PEAK = (
    "arms.tempo.tariff={kind='time_of_use', bands=[{hours=['07:00-22:00'], price=0.6},"
    " {hours=['22:00-07:00'], price=0.1}]}"
)


def routines(inertia: float) -> tuple[np.ndarray, np.ndarray]:
    """Return who lives by the hours, and who still does a month after all reason has gone."""
    desk = Desk(PEAK, "arms.tempo.enrolment=everyone", routine__inertia=inertia, routine__duty=9.0)
    first = desk.review(desk.minds, 1)
    pointless = dataclasses.replace(
        desk.people.settings.routine, duty=-50.0, inertia=inertia, effort=50.0
    )
    settings = dataclasses.replace(desk.people.settings, routine=pointless)
    desk.people = dataclasses.replace(desk.people, settings=settings)
    return first.routine, desk.review(first, 40).routine


@pytest.mark.parametrize("inertia", [1.0, 0.5, 0.0])
def test_a_routine_outlives_its_reason_by_inertia(inertia):
    before, after = routines(inertia)
    assert before.sum() > 20
    assert not np.any(after & ~before)
    share = after.sum() / before.sum()
    assert share == pytest.approx(inertia, abs=0.25 if 0.0 < inertia < 1.0 else 0.0)


def test_a_tariff_without_hours_gives_nobody_a_routine():
    desk = Desk("arms.tempo.tariff={kind='flat', price=0.30}")
    assert not desk.review(desk.minds, 1).routine.any()
