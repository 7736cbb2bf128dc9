"""Attention promises that who hears depends on attentiveness, channel and how much a price says."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gridsim.citizens import attention
from gridsim.citizens.parameters import CHANNELS, parameters
from gridsim.core.chance import Crowd

SETTINGS = parameters().attention
HOMES = 4_000
shares = st.floats(0.0, 1.0)
ratios = st.floats(-2.0, 2.0)


def reach(level, channel="text", digital=True, homes=HOMES):
    """How surely homes of one attentiveness hear."""
    return attention.reach(np.full(homes, level), np.full(homes, digital), channel, SETTINGS)


def hears(reached, log_ratio=0.0, ahead_h=12.0, notice=470_000, seed=1, reminder=False):
    """Which homes hear one notice."""
    crowd = Crowd(seed, np.arange(len(reached)))
    told = attention.Told(log_ratio, ahead_h, reminder)
    return attention.hears(reached, crowd, notice, told, SETTINGS)


def certain(share, homes=HOMES):
    return np.full(homes, share)


@pytest.mark.parametrize("channel", CHANNELS)
def test_without_attention_nobody_hears(channel):
    assert not hears(reach(0.0, channel), log_ratio=5.0).any()


@pytest.mark.parametrize("channel", CHANNELS)
def test_full_attention_hears_as_surely_as_the_channel_reaches(channel):
    assert reach(1.0, channel)[0] == getattr(SETTINGS, channel)


def test_channels_rise_from_the_bill_to_the_display():
    bill, letter, text, app, display = (reach(0.6, channel)[0] for channel in CHANNELS)
    assert bill < letter < min(text, app) <= max(text, app) < display


@pytest.mark.parametrize("channel", CHANNELS)
def test_being_offline_dims_the_app_and_nothing_else(channel):
    left = reach(0.5, channel, digital=False)[0] / reach(0.5, channel)[0]
    assert left == pytest.approx(SETTINGS.offline if channel == "app" else 1.0)


@given(shares, shares, st.sampled_from(CHANNELS))
def test_the_attentive_hear_more_surely(one, other, channel):
    low, high = sorted((one, other))
    assert 0.0 <= reach(low, channel, homes=1)[0] <= reach(high, channel, homes=1)[0] <= 1.0


def test_an_unknown_channel_is_refused_with_those_there_are():
    with pytest.raises(ValueError, match="bill, letter, text, app, display, got 'pigeon'"):
        reach(0.5, "pigeon")


@pytest.mark.unwatched
@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_an_ordinary_notice_of_the_day_before_is_heard_by_its_reach(share):
    heard = np.mean([hears(certain(share), notice=k) for k in range(5)])
    assert heard == pytest.approx(share, abs=4.0 * math.sqrt(share * (1 - share) / (5 * HOMES)))


@pytest.mark.unwatched
def test_a_price_e_times_as_high_is_missed_by_a_power_of_those_who_miss():
    missed = 1.0 - np.mean([hears(certain(0.4), log_ratio=1.0, notice=k) for k in range(5)])
    assert missed == pytest.approx(0.6 ** (1.0 + SETTINGS.salience), abs=0.014)


@pytest.mark.unwatched
def test_on_the_same_day_fewer_hear_by_the_given_factor():
    heard = np.mean([hears(certain(0.8), ahead_h=3.0, notice=k) for k in range(5)])
    assert heard == pytest.approx(0.8 * SETTINGS.same_day, abs=0.014)


@pytest.mark.unwatched
@given(shares, ratios, ratios)
def test_a_more_unusual_price_only_adds_hearers(share, one, other):
    plain, loud = sorted((one, other), key=abs)
    reached = certain(share, 60)
    assert np.all(hears(reached, loud) >= hears(reached, plain))


@pytest.mark.unwatched
@given(shares, ratios)
def test_telling_the_day_before_only_adds_hearers(share, log_ratio):
    reached = certain(share, 60)
    late = hears(reached, log_ratio, ahead_h=3.0)
    assert np.all(hears(reached, log_ratio, ahead_h=12.0) >= late)


@pytest.mark.unwatched
@given(shares, shares)
def test_more_reach_only_adds_hearers(one, other):
    low, high = sorted((one, other))
    assert np.all(hears(certain(high, 60)) >= hears(certain(low, 60)))


def test_a_price_cut_is_as_unusual_as_a_rise():
    assert np.array_equal(hears(certain(0.3), -0.7), hears(certain(0.3), 0.7))


def test_another_notice_is_heard_by_others():
    both = hears(certain(0.5), notice=1) & hears(certain(0.5), notice=2)
    assert both.mean() == pytest.approx(0.25, abs=0.03)


def test_more_homes_leave_the_first_hearing_what_they_heard():
    assert np.array_equal(hears(certain(0.5, 900))[:300], hears(certain(0.5, 300)))


def test_full_reach_always_hears_the_day_before():
    assert hears(certain(1.0)).all()


def test_a_notice_at_the_moment_itself_is_heard_by_fewest():
    late, later = (hears(certain(0.8), ahead_h=hours).mean() for hours in (3.0, 0.0))
    assert later == pytest.approx(0.8 * SETTINGS.unannounced, abs=0.03)
    assert later < late


def test_a_tariff_is_told_more_than_once():
    known = attention.knows(np.array([0.3]), 0.0, SETTINGS)[0]
    assert known == pytest.approx(1.0 - 0.7**SETTINGS.told)


def test_those_who_joined_look_out_for_notices():
    sure = np.array([0.0, 0.4, 1.0])
    assert np.array_equal(attention.signed(sure, False, SETTINGS), sure)
    looked = attention.signed(sure, True, SETTINGS)
    assert looked == pytest.approx([0.0, 1.0 - 0.6**SETTINGS.signed, 1.0])


@given(shares, st.floats(0, 3), st.floats(0, 3))
def test_a_wider_spread_is_never_less_known(share, one, other):
    low, high = sorted((one, other))
    few, many = (attention.knows(np.array([share]), wide, SETTINGS)[0] for wide in (low, high))
    assert 0.0 <= few <= many <= 1.0


@pytest.mark.unwatched
def test_a_reminder_is_a_second_chance_to_hear():
    twice = np.mean([hears(certain(0.5), notice=k, reminder=True) for k in range(5)])
    assert twice == pytest.approx(1.0 - 0.5 * (1.0 - 0.5 * SETTINGS.same_day), abs=0.014)
