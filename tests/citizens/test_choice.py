"""Choice promises the logit: of taking part in a call, and of the hour at which a run starts."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from gridsim.citizens import choice, habit
from gridsim.citizens.parameters import parameters
from gridsim.core import chance
from gridsim.core.chance import Crowd

HOMES = 4_000
CALLS = parameters().call
STARTS = chance.question("citizen", "starts")
amounts = st.floats(0.0, 5.0)


def acts(stake, bother=0.5, money_weight=2.0, notice=7, homes=HOMES):
    """Who acts among homes that are all alike."""
    alike = (np.full(homes, float(x)) for x in (stake, bother, money_weight))
    return choice.acts(*alike, Crowd(3, np.arange(homes)), notice=notice)


def wait_h(prices, home=0, day=19_000, *, slots=1, delay=0.0, noise=0.0, night=0.0, wish_h=12.0,
           kwh=1.0, money_weight=1.0, seed=4, asked=0):  # fmt: skip
    """Hours that a home waits; every start for which the prices are known is weighed."""
    options = len(prices) - slots + 1
    values, lots = np.empty(options), np.empty(options + choice.TURN)
    return choice.choose_start(
        values, lots, np.asarray(prices, dtype=np.float64), options, slots, kwh, money_weight,
        delay, noise, night, wish_h, seed, home, day, asked,
    )  # fmt: skip


def gumbels(count, home=0, day=19_000, seed=4, asked=0):
    """Return a home's Gumbel draw for each option: the inverse CDF of its uniforms."""
    turns = range(-(-count // 4))
    drawn = [u for k in turns for u in chance.four(seed, STARTS, home, day, asked + 16 * k)]
    return -np.log(-np.log(drawn[:count]))


price_lists = st.lists(st.floats(0.0, 1.0), min_size=1, max_size=12)


@pytest.mark.parametrize("stake", [0.1, 0.5, 1.2])
def test_taking_part_is_a_logit_of_what_it_is_worth(stake):
    share = 1.0 / (1.0 + math.exp(-2.0 * (stake - 0.5)))
    assert acts(stake).mean() == pytest.approx(share, abs=4.0 * math.sqrt(0.25 / HOMES))


@pytest.mark.unwatched
@given(amounts, amounts)
def test_a_higher_stake_only_adds_people(stake, more):
    assert np.all(acts(stake + more, homes=50) >= acts(stake, homes=50))


@pytest.mark.unwatched
@given(amounts, amounts)
def test_more_bother_never_adds_people(bother, more):
    assert np.all(acts(1.0, bother + more, homes=50) <= acts(1.0, bother, homes=50))


@pytest.mark.parametrize(("stake", "all_act"), [(0.51, True), (0.49, False)])
def test_those_who_count_every_cent_only_ask_whether_it_pays(stake, all_act):
    assert set(acts(stake, money_weight=1e6, homes=200)) == {all_act}


@pytest.mark.parametrize("stake", [0.0, -0.3])
def test_nobody_acts_for_nothing(stake):
    assert not acts(stake, bother=-10.0).any()


def test_the_next_call_finds_others_willing():
    both = acts(0.5, notice=1) & acts(0.5, notice=2)
    assert both.mean() == pytest.approx(0.25, abs=0.03)


def test_more_homes_leave_the_first_answers_as_they_were():
    assert np.array_equal(acts(0.5)[:100], acts(0.5, homes=100))


@given(st.integers(1, 24), st.integers(1, 4), st.floats(0, 1), st.floats(0, 1), st.floats(0, 23.9))
def test_at_one_price_and_without_noise_the_wish_is_granted(options, slots, price, delay, wish):
    flat = [price] * (options + slots - 1)
    assert wait_h(flat, slots=slots, delay=max(delay, 1e-6), wish_h=wish) == 0.0


def test_between_equals_the_earliest_is_taken():
    assert wait_h([0.25] * 24) == 0.0
    assert wait_h([0.5, 0.25, 0.25]) == 0.5


@given(st.integers(1, 24), st.floats(0.0, 1.0), st.floats(0.0, 2.0), st.integers(0, 10**6))
def test_at_one_price_only_a_luckier_draw_beats_the_wish(options, delay, noise, home):
    value = noise * gumbels(options, home) - 0.5 * delay * np.arange(options)
    stays = bool(value[0] > np.max(value[1:], initial=-np.inf) + 1e-9)
    waits = bool(value[0] < np.max(value[1:], initial=-np.inf) - 1e-9)
    found = wait_h([0.2] * options, home, delay=delay, noise=noise)
    assert not (stays and found > 0.0)
    assert not (waits and found == 0.0)


@pytest.mark.unwatched
@given(price_lists, st.integers(1, 3), st.floats(0, 0.5), st.floats(0, 1), st.integers(0, 9999))
def test_the_start_of_the_highest_utility_is_chosen(prices, slots, delay, noise, home):
    prices = prices + [0.4] * (slots - 1)
    options = len(prices) - slots + 1
    cost = [1.5 * sum(prices[k : k + slots]) / slots for k in range(options)]
    value = -3.0 * np.array(cost) - 0.5 * delay * np.arange(options)
    value += noise * gumbels(options, home)
    found = wait_h(prices, home, slots=slots, delay=delay, noise=noise, kwh=1.5, money_weight=3.0)
    assert value[round(2 * found)] == pytest.approx(value.max(), abs=1e-9)


@pytest.mark.parametrize("noise", [0.0, 1e-3, 0.5, 20.0])
def test_leaving_logarithms_out_changes_no_choice(noise):
    draw = np.random.default_rng(5)
    for home in range(200):
        prices = draw.uniform(0.0, 0.3, 21).round(2)
        value = -4.0 * prices - 0.1 * np.arange(21) + noise * gumbels(21, home)
        assert (
            wait_h(prices, home, delay=0.2, noise=noise, money_weight=4.0) == 0.5 * value.argmax()
        )


def counts(prices, **named):
    """How many homes choose each start."""
    chosen = [round(2 * wait_h(prices, home, **named)) for home in range(HOMES)]
    return np.bincount(chosen, minlength=len(prices))


@pytest.mark.unwatched
@pytest.mark.parametrize("noise", [0.5, 1.0])
def test_shares_of_the_starts_follow_the_logit_law(noise):
    prices, delay, weight = np.array([0.30, 0.25, 0.10, 0.20, 0.15, 0.30]), 0.2, 4.0
    value = (-weight * prices - 0.5 * delay * np.arange(6)) / noise
    law = np.exp(value) / np.exp(value).sum()
    found = counts(prices, delay=delay, noise=noise, money_weight=weight)
    assert stats.chisquare(found, HOMES * law).pvalue > 0.001


@pytest.mark.unwatched
def test_the_shares_of_two_starts_do_not_depend_on_a_third():
    two, three = counts([0.2, 0.0], noise=0.3), counts([0.2, 0.0, 0.1], noise=0.3)
    assert three[0] / three[1] == pytest.approx(two[0] / two[1], rel=0.15)


@given(price_lists, st.integers(0, 9999), st.floats(0.01, 1.0))
def test_cheaper_hours_hold_those_who_chose_them(prices, home, cut):
    chosen = round(2 * wait_h(prices, home, noise=0.3))
    prices[chosen] -= cut
    assert round(2 * wait_h(prices, home, noise=0.3)) == chosen


@given(price_lists, st.integers(0, 11), st.integers(0, 9999), st.floats(0.01, 1.0))
def test_dearer_hours_move_only_those_who_chose_them(prices, dear, home, rise):
    dear %= len(prices)
    chosen = round(2 * wait_h(prices, home, noise=0.3))
    prices[dear] += rise
    assert chosen == dear or round(2 * wait_h(prices, home, noise=0.3)) == chosen


@pytest.mark.unwatched
@given(price_lists, st.floats(0.0, 1.0), st.floats(0.0, 1.0))
def test_less_patience_never_waits_longer(prices, delay, more):
    assert wait_h(prices, delay=delay + more) <= wait_h(prices, delay=delay)


@pytest.mark.unwatched
@given(price_lists, st.floats(0.0, 10.0), st.floats(0.0, 10.0))
def test_money_weighs_towards_the_cheaper_hour(prices, weight, more):
    chosen = [wait_h(prices, delay=0.1, money_weight=w) for w in (weight, weight + more)]
    before, after = (prices[round(2 * wait)] for wait in chosen)
    assert after <= before + 1e-9


def test_a_long_run_looks_at_all_the_hours_it_lasts():
    assert wait_h([0.1, 0.9, 0.3, 0.3], slots=2) == 1.0
    assert wait_h([0.1, 0.9, 0.3, 0.3], slots=1) == 0.0


def test_twice_the_energy_is_twice_the_reason_to_wait():
    prices = [0.3, 0.1]  # waiting half an hour costs 0.25, and saves 0.2 per kWh
    assert [wait_h(prices, delay=0.5, kwh=kwh) for kwh in (1.0, 1.3)] == [0.0, 0.5]


@pytest.mark.parametrize(
    ("wish_h", "wait"), [(21.0, 0.5), (21.5, 1.0), (22.0, 0.5), (22.5, 0.0), (5.0, 1.0), (5.5, 0.5)]
)
def test_waiting_into_the_night_is_disliked(wish_h, wait):
    # the first half hour is dear; 23:00-06:00 costs more than it can save
    prices = {21.0: [0.9, 0.1, 0.2], 21.5: [0.9, 0.3, 0.1], 5.0: [0.9, 0.1, 0.1]}
    row = prices.get(wish_h, [0.9, 0.1, 0.1])
    assert wait_h(row, night=2.0, wish_h=wish_h) == wait


def test_the_night_ends_at_six_in_the_morning():
    prices = [0.9] * 10 + [0.1] * 10  # cheap from 03:00 on, a wish at 22:00
    assert wait_h(prices, night=2.0, wish_h=22.0) == 8.0


def test_a_wish_in_the_night_itself_is_granted():
    assert wait_h([0.3] * 20, night=2.0, wish_h=23.5) == 0.0


@pytest.mark.parametrize("named", [{"day": 19_001}, {"asked": 1}, {"seed": 5}])
def test_each_day_appliance_and_seed_has_its_own_luck(named):
    flat = [0.2] * 8
    plain, other = (
        [wait_h(flat, home, noise=1.0, **names) for home in range(200)] for names in ({}, named)
    )
    same = np.mean(np.equal(plain, other))
    assert same == pytest.approx(1 / 8, abs=0.1)


def test_appliances_do_not_share_draws_however_many_starts_they_weigh():
    drawn = np.concatenate([gumbels(32, asked=which) for which in range(3)])
    assert len(set(drawn)) == len(drawn)


def glow(engagement=0.0, words=0.0):
    return float(choice.glow(np.array([engagement]), np.array([words]), CALLS)[0])


def test_the_first_call_in_words_has_its_full_glow():
    assert glow() == CALLS.glow


def test_each_call_heard_takes_the_same_share_of_the_glow_that_is_left():
    left = [glow(words=count) for count in (0.0, 1.0, 2.0, 3.0)]
    assert np.divide(left[1:], left[:-1]) == pytest.approx(1.0 - CALLS.habituation)


def test_after_rest_the_glow_is_back():
    heard = habit.rested(np.array([5.0]), 5.0 * CALLS.rest_days, CALLS)
    assert glow(words=5.0) < 0.2 * CALLS.glow
    assert glow(words=float(heard[0])) > 0.97 * CALLS.glow


def test_the_engaged_find_more_in_helping():
    assert glow(1.0) / glow(0.0) == pytest.approx(math.exp(CALLS.glow_engagement))
    assert glow(-1.0) < glow(0.0) < glow(1.0)


@given(st.floats(-4.0, 4.0), st.floats(0.0, 200.0), st.floats(0.0, 50.0))
def test_helping_is_never_worth_less_than_nothing_nor_more_for_hearing_of_it_again(
    engagement, words, more
):
    assert 0.0 <= glow(engagement, words + more) <= glow(engagement, words)
