"""Information promises a saving that builds up, fades slowly, and never passes what it leads to."""

import dataclasses
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gridsim.citizens import information
from gridsim.citizens.information import KINDS, YEAR_DAYS, Information
from gridsim.citizens.parameters import parameters

SETTINGS = parameters().information
LEVEL = parameters().level
REPORT = Information("report", 1_000, 2_000)
savings = st.floats(0.0, 0.2)
spans = st.floats(0.0, 400.0)


def target(given_, now_s=1_500, engagement=0.0, usage=1.0, **changed):
    settings = dataclasses.replace(SETTINGS, **changed)
    columns = np.array([engagement]), np.array([usage])
    return float(information.target(given_, now_s, *columns, settings)[0])


def learned(saved, goal, days):
    return float(information.learned(np.array([saved]), np.array([goal]), days, SETTINGS)[0])


def adapted(level, log_price, days):
    return float(information.adapted(np.array([level]), np.array([log_price]), days, LEVEL)[0])


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_of_feedback_has_a_saving_of_its_own(kind):
    found = target((Information(kind, 1_000, 2_000),), engagement=0.0, **{kind: 0.123})
    assert found == pytest.approx(0.123 * math.exp(-0.5 * SETTINGS.engagement**2))


@pytest.mark.parametrize(("now_s", "given_"), [(999, 0), (1_000, 1), (1_999, 1), (2_000, 0)])
def test_feedback_leads_to_a_saving_from_its_start_until_before_its_end(now_s, given_):
    assert (target((REPORT,), now_s) > 0.0) == bool(given_)


def test_without_feedback_there_is_nothing_to_come_to():
    assert target(()) == 0.0


def test_of_two_kinds_the_clearest_counts_and_they_do_not_add():
    display = Information("display", 1_000, 2_000)
    assert target((REPORT, display)) == target((display,)) > target((REPORT,))


def test_the_mean_over_homes_is_the_number_of_the_kind_and_the_engaged_save_more():
    engagement = np.random.default_rng(1).standard_normal(200_000)
    found = information.target((REPORT,), 1_500, engagement, np.ones(200_000), SETTINGS)
    assert found.mean() == pytest.approx(SETTINGS.report, rel=0.01)
    assert np.all(np.diff(found[np.argsort(engagement)]) >= 0.0)


def test_a_report_saves_more_where_more_is_used_than_next_door_and_a_display_does_not():
    display = Information("display", 1_000, 2_000)
    assert target((REPORT,), usage=2.0) == pytest.approx(2.0 * target((REPORT,)))
    assert target((display,), usage=2.0) == target((display,))


@pytest.mark.parametrize("kind", ["", "Display", "rumour"])
def test_a_kind_that_nobody_knows_is_refused(kind):
    with pytest.raises(ValueError, match="kind must be one of bill"):
        Information(kind, 0, 1)


@pytest.mark.parametrize("until_s", [999, 1_000])
def test_feedback_that_ends_before_it_starts_is_refused(until_s):
    with pytest.raises(ValueError, match="until_s must come after from_s"):
        Information("bill", 1_000, until_s)


def test_the_way_to_the_saving_shortens_by_a_factor_e_in_the_days_of_building():
    assert learned(0.0, 0.03, SETTINGS.build_days) == pytest.approx(0.03 * (1.0 - 1.0 / math.e))


def test_a_year_after_it_stopped_the_yearly_loss_is_gone():
    kept = learned(0.03, 0.0, YEAR_DAYS)
    assert kept == pytest.approx(0.03 * (1.0 - SETTINGS.decay_year))


def test_it_is_learned_faster_than_it_is_forgotten():
    built, lost = learned(0.0, 0.03, 60.0), 0.03 - learned(0.03, 0.0, 60.0)
    assert built > 5.0 * lost > 0.0


@given(savings, savings, spans, spans)
def test_two_half_steps_make_one(saved, goal, first, second):
    halves = learned(learned(saved, goal, first), goal, second)
    assert halves == pytest.approx(learned(saved, goal, first + second), abs=1e-12)


@given(savings, savings, spans)
def test_a_saving_stays_between_where_it_was_and_where_it_goes(saved, goal, days):
    low, high = sorted((saved, goal))
    assert low - 1e-15 <= learned(saved, goal, days) <= high + 1e-15


def test_nothing_is_learned_in_no_time():
    assert learned(0.01, 0.03, 0.0) == 0.01
    assert learned(0.03, 0.01, 0.0) == 0.03


def test_a_fainter_feedback_lets_the_saving_fade_down_to_its_own_and_no_further():
    assert learned(0.03, 0.025, 20 * YEAR_DAYS) == 0.025


def test_in_the_end_use_falls_with_the_price_level_to_the_power_of_the_elasticity():
    kept = math.exp(-adapted(0.0, math.log(1.5), 50 * YEAR_DAYS))
    assert kept == pytest.approx(1.5**LEVEL.elasticity)


@pytest.mark.parametrize(("factor", "sign"), [(1.3, 1.0), (0.7, -1.0)])
def test_a_dearer_level_saves_and_a_cheaper_one_adds_use(factor, sign):
    assert sign * adapted(0.0, math.log(factor), 180.0) > 0.001


def test_an_unchanged_level_changes_nothing():
    assert adapted(0.0, 0.0, 1_000.0) == 0.0


def test_the_answer_to_a_level_comes_with_its_years():
    after = adapted(0.0, 1.0, LEVEL.years * YEAR_DAYS)
    assert after == pytest.approx(-LEVEL.elasticity * (1.0 - 1.0 / math.e))
    assert 0.0 < adapted(0.0, 1.0, 182.0) < 0.5 * adapted(0.0, 1.0, 3 * YEAR_DAYS)


@given(st.floats(-0.2, 0.2), st.floats(-1.0, 1.0), spans, spans)
def test_two_spans_of_a_level_are_one(level, log_price, first, second):
    halves = adapted(adapted(level, log_price, first), log_price, second)
    assert halves == pytest.approx(adapted(level, log_price, first + second), abs=1e-12)


def test_when_the_old_level_is_back_the_saving_goes_again():
    raised = adapted(0.0, 0.5, 365.0)
    assert 0.0 < adapted(raised, 0.0, 365.0) < raised
    assert adapted(raised, 0.0, 50 * YEAR_DAYS) == pytest.approx(0.0, abs=1e-9)
