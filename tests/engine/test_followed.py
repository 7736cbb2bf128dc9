"""The log of followed homes says why: by what a home had to go by at that moment."""

import numpy as np
import pytest

import gridsim as gs
from gridsim.engine import diary, followed
from gridsim.engine.followed import Reasons

NOTHING = Reasons(False, False, False, False, (), ())
ACTS = Reasons(False, False, False, False, ((1000, 90_000, "choice"),), ())
USED = Reasons(False, False, False, False, (), ((0, True), (50_000, False)))
SUN = Reasons(False, False, False, True, (), ((0, True),))
SMART = Reasons(True, True, False, False, ((1000, 90_000, "choice"),), ())


def why(kind: int, second: int, value: float, known: Reasons, *, sunny: bool = False) -> str:
    line = followed.in_words(second, 3, kind, value)
    return followed.cause_of(line, kind, known, sunny=sunny)


@pytest.mark.parametrize(
    ("known", "cause"),
    [(ACTS, "choice"), (USED, "habit"), (SUN, "production"), (NOTHING, "choice")],
)
def test_a_run_is_put_off_for_a_notice_a_habit_or_the_sun(known, cause):
    assert why(diary.START, 43_200, 2.0, known, sunny=True) == cause


def test_a_run_that_does_not_wait_was_wished_so():
    assert why(diary.START, 43_200, 0.0, ACTS) == "wish"


def test_a_habit_counts_from_its_review_to_the_next():
    assert why(diary.SET_LOWER, 49_000, 1.0, USED) == "habit"
    assert why(diary.SET_LOWER, 51_000, 1.0, USED) == "choice"


def test_machines_that_follow_prices_are_the_cause_of_what_they_move():
    assert why(diary.CHARGES, 43_200, 7.0, SMART) == "machine"
    assert why(diary.SET_LOWER, 43_200, 1.0, SMART) == "machine"
    assert why(diary.STOVE, 43_200, 0.0, SMART) == "choice"


def test_a_request_in_words_and_an_order_to_machines_are_causes_of_their_own():
    asked = Reasons(False, False, False, False, ((1000, 90_000, "appeal"),), ((0, True),))
    told = Reasons(True, True, False, False, ((1000, 90_000, "order"),), ())
    assert why(diary.SET_LOWER, 43_200, 1.0, asked) == "appeal"
    assert why(diary.CHARGES, 43_200, 7.0, told) == "order"
    assert why(diary.CHARGES, 99_000, 7.0, told) == "machine"
    assert why(diary.STOVE, 43_200, 0.0, told) == "choice"


def test_a_timer_puts_runs_off_by_itself():
    timed = Reasons(False, False, True, True, ((1000, 90_000, "choice"),), ((0, True),))
    assert why(diary.START, 43_200, 2.0, timed, sunny=True) == "machine"
    assert why(diary.START, 43_200, 0.0, timed) == "wish"
    told = Reasons(False, False, True, False, ((1000, 90_000, "order"),), ())
    assert why(diary.START, 43_200, 2.0, told) == "machine"  # nobody orders a washing machine


def test_a_boost_is_for_comfort_whatever_else_is_known():
    assert why(diary.BOOST, 43_200, 0.0, SMART) == "comfort"


def test_a_deferral_is_about_the_time_from_wish_to_start():
    line = followed.in_words(10_000, 3, diary.START, 1.5)
    assert (line.kind, line.from_s, line.until_s) == ("deferral", 10_000 - 5400, 10_000)


@pytest.fixture(scope="module")
def run() -> gs.Run:
    sets = ["population.homes=40", "period.start=2023-01-14", "period.end=2023-01-17"]
    return gs.run(gs.load("quickstart", [*sets, "output.follow=40"]))


def test_every_cause_of_a_run_is_one_that_is_known(run):
    doings = run.events[~run.events.kind.isin(["published", "heard", "acts", "lets it be"])]
    assert set(doings.cause) <= {
        "activity", "trip", "choice", "appeal", "order", "habit", "machine", "production",
        "comfort", "wish",
    }  # fmt: skip


def test_only_homes_that_heard_act_and_choose(run):
    events = run.events[run.events.arm == "tempo"]
    heard = set(events[events.kind == "heard"].home)
    chose = events[(events.cause == "choice") & (events.kind == "deferral")]
    assert set(chose.home) <= set(events[events.kind == "acts"].home) <= heard


def test_under_one_price_only_homes_with_panels_have_a_reason_to_move_anything(run):
    flat = run.events[(run.events.arm == "flat") & (run.events.kind != "plug-in")]
    assert not (flat.cause == "choice").any()
    solar = run.homes[(run.homes.arm == "flat") & (run.homes.pv_kwp > 0.0)].home
    assert set(flat[flat.cause.isin(["habit", "production"])].home) <= set(solar)


def test_notices_say_which_hours_they_are_about(run):
    told = run.events[(run.events.kind == "published") & (run.events.arm == "tempo")]
    assert ((told.until - told["from"]).dt.total_seconds() > 3600).all()
    assert (told.time <= told.until).all()


def test_loads_of_followed_homes_are_those_of_the_meter(run):
    for arm in run.results.arms:
        kwh = np.maximum(arm.followed_kw.astype(float), 0.0).sum(axis=0) * run.results.clock.dt_h
        np.testing.assert_allclose(kwh, arm.homes["import_kwh"], rtol=1e-5)


def test_every_followed_home_and_day_can_be_told(run):
    for home in range(40):
        told = run.story(home, "2023-01-15")
        assert [arm.arm for arm in told.arms] == ["flat", "tempo"]
        assert all(arm.heard and arm.did and arm.came_to for arm in told.arms)
    assert len(run.stories()) == 3
