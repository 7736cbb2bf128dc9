"""Chance promises the published generator, and an answer that depends on nothing asked before."""

import os
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from gridsim.core import chance
from gridsim.core.chance import Crowd

WORD = 2**32
M0, M1, W0, W1 = 0xD2511F53, 0xCD9E8D57, 0x9E3779B9, 0xBB67AE85
OWNS = chance.question("ev", "owns")
words = st.integers(0, WORD - 1)
seeds = st.one_of(st.integers(0, 2**63 - 1), st.sampled_from([0, WORD - 1, WORD, 2**63 - 1]))


def plain(function):
    """Return the kernel as ordinary Python."""
    return getattr(function, "py_func", function)


def rounds(counter, key):
    """Philox-4x32-10 in whole numbers, as the paper writes it: the reference of these tests."""
    for turn in range(10):
        k0, k1 = (key[0] + turn * W0) % WORD, (key[1] + turn * W1) % WORD
        high0, low0 = divmod(M0 * counter[0], WORD)
        high1, low1 = divmod(M1 * counter[2], WORD)
        counter = (high1 ^ counter[1] ^ k0, low1, high0 ^ counter[3] ^ k1, low0)
    return counter


def counter_that_gives(made, key):
    """Return the counter from which Philox makes these words: the rounds, backwards."""
    for turn in reversed(range(10)):
        k0, k1 = (key[0] + turn * W0) % WORD, (key[1] + turn * W1) % WORD
        c0, c2 = made[3] * pow(M0, -1, WORD) % WORD, made[1] * pow(M1, -1, WORD) % WORD
        made = (c0, made[0] ^ (M1 * c2 // WORD) ^ k0, c2, made[2] ^ (M0 * c0 // WORD) ^ k1)
    return made


# Known-answer vectors of Philox-4x32-10, published with Random123 (file kat_vectors).
KNOWN = [
    ((0, 0, 0, 0), (0, 0), (0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8)),
    ((WORD - 1,) * 4, (WORD - 1,) * 2, (0x408F276D, 0x41C83B0E, 0xA20BC7C6, 0x6D5451FD)),
    (
        (0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344),
        (0xA4093822, 0x299F31D0),
        (0xD16CFE09, 0x94FDCCEB, 0x5001E420, 0x24126EA1),
    ),
]


@pytest.mark.parametrize(("counter", "key", "published"), KNOWN)
def test_philox_gives_the_published_words(counter, key, published):
    assert tuple(int(word) for word in chance.philox(*counter, *key)) == published


@pytest.mark.parametrize(("counter", "key", "published"), KNOWN)
def test_plain_python_gives_the_published_words(counter, key, published):
    assert tuple(int(word) for word in plain(chance.philox)(*counter, *key)) == published


@given(seeds, words, words, words, words)
def test_seed_home_day_question_and_draw_are_key_and_counter(seed, asked, home, day, draw):
    made = rounds((home, day, asked, draw), (seed % WORD, seed // WORD))
    assert tuple(chance.four(seed, asked, home, day, draw)) == tuple(
        (word + 0.5) / WORD for word in made
    )


@given(seeds, words, words, words, words)
def test_compiled_and_plain_python_agree(seed, asked, home, day, draw):
    compiled = chance.four(seed, asked, home, day, draw)
    assert tuple(plain(chance.four)(seed, asked, home, day, draw)) == tuple(compiled)


def test_a_run_without_compiling_draws_the_same_bits():
    code = (
        "import numpy as np; from gridsim.core import chance;"
        "print(chance.uniforms(2**63 - 1, 7, np.arange(5), 19000, 6).tobytes().hex())"
    )
    drawn = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, check=True, text=True,
        env=os.environ | {"NUMBA_DISABLE_JIT": "1"},
    ).stdout.strip()  # fmt: skip
    assert drawn == chance.uniforms(2**63 - 1, 7, np.arange(5), 19000, 6).tobytes().hex()


@pytest.mark.parametrize("word", [0, WORD - 1])
def test_the_rarest_words_still_lie_inside_zero_and_one(word):
    home, day, asked, draw = counter_that_gives((word,) * 4, (5, 0))
    assert all(0.0 < u < 1.0 for u in chance.four(5, asked, home, day, draw))
    assert set(chance.four(5, asked, home, day, draw)) == {(word + 0.5) / WORD}


@pytest.mark.parametrize("count", [1, 2, 3, 4, 5, 8, 9])
def test_an_array_of_draws_is_the_turns_one_after_the_other(count):
    drawn = chance.uniforms(3, OWNS, np.array([11]), 40, count)
    turns = [u for turn in range(3) for u in chance.four(3, OWNS, 11, 40, turn)]
    assert drawn[0].tolist() == turns[:count]


@given(
    seed=st.integers(0, 2**63 - 1),
    asked=st.integers(0, 2**32 - 1),
    day=st.integers(-30_000, 30_000),
    homes=st.lists(st.integers(0, 2**40), min_size=1, max_size=20),
)
def test_turns_asked_at_once_are_those_asked_one_by_one(seed, asked, day, homes):
    out, names = np.zeros(4 * chance.ROW), np.array(homes, dtype=np.int64)
    draws, day = np.arange(len(homes)) % 7, np.int64(day)
    chance.turns(out, seed, asked, names, day, draws, len(homes))
    for i, home in enumerate(homes):
        asked_alone = chance.four(seed, asked, np.int64(home), day, draws[i])
        assert tuple(out[i :: chance.ROW]) == asked_alone


def test_draws_are_uniform():
    drawn = chance.uniforms(1, OWNS, np.arange(5_000), 0, 4).ravel()
    assert stats.kstest(drawn, "uniform").pvalue > 0.001


@pytest.mark.parametrize("digit", [8, 16, 24])
def test_low_digits_are_uniform_too(digit):
    drawn = chance.uniforms(2, OWNS, np.arange(5_000), 0, 4).ravel()
    cells = np.bincount((drawn * 2.0**digit % 1.0 * 256).astype(int), minlength=256)
    assert stats.chisquare(cells).pvalue > 0.001


HOMES = np.arange(10_000)
STREAMS = {
    "question": (1, chance.question("ev", "kwh"), HOMES),
    "home": (1, OWNS, HOMES + 1),
    "day": (1, OWNS, HOMES, 1),
    "draw": (1, OWNS, HOMES, 0, 2),
    "turn": (1, OWNS, HOMES, 0, 5),
    "seed": (2, OWNS, HOMES),
    "upper half of the seed": (1 + WORD, OWNS, HOMES),
}


@pytest.fixture(scope="module")
def first():
    """Return the stream that the others are held against."""
    return chance.uniforms(1, OWNS, HOMES)[:, 0]


@pytest.mark.unwatched
@pytest.mark.parametrize("what", STREAMS)
def test_streams_are_independent_of(what, first):
    other = chance.uniforms(*STREAMS[what])[:, -1]
    cells, _, _ = np.histogram2d(first, other, bins=10, range=[[0, 1], [0, 1]])
    assert stats.chisquare(cells.ravel()).pvalue > 0.001
    assert not np.any(first == other)


@pytest.mark.unwatched
@given(seeds, st.integers(1, 40), st.integers(0, 40))
def test_more_homes_leave_the_first_as_they_were(seed, homes, more):
    few = chance.uniforms(seed, OWNS, np.arange(homes), 3, 2)
    assert np.array_equal(chance.uniforms(seed, OWNS, np.arange(homes + more), 3, 2)[:homes], few)


@pytest.mark.unwatched
@given(seeds, st.permutations(range(12)))
def test_the_order_of_the_homes_does_not_matter(seed, order):
    drawn = chance.uniforms(seed, OWNS, np.arange(12), 5, 3)
    assert np.array_equal(chance.uniforms(seed, OWNS, np.array(order), 5, 3), drawn[order])


def test_asking_something_else_in_between_changes_nothing():
    before = chance.uniforms(9, OWNS, np.arange(20), 1)
    chance.uniforms(9, chance.question("ev", "kwh"), np.arange(7), 1, 5)
    assert np.array_equal(chance.uniforms(9, OWNS, np.arange(20), 1), before)


def test_more_draws_leave_the_first_as_they_were():
    few = chance.uniforms(9, OWNS, np.arange(20), 1, 2)
    assert np.array_equal(chance.uniforms(9, OWNS, np.arange(20), 1, 7)[:, :2], few)


def test_the_largest_seed_is_a_seed_like_any_other():
    drawn = chance.uniforms(2**63 - 1, OWNS, np.arange(5_000)).ravel()
    assert stats.kstest(drawn, "uniform").pvalue > 0.001
    assert not np.any(drawn == chance.uniforms(2**63 - 2, OWNS, np.arange(5_000)).ravel())


def test_days_before_1970_have_their_own_draws():
    before, after = (chance.uniforms(1, OWNS, np.arange(50), day) for day in (-4, 4))
    assert not np.any(before == after)


def test_a_crowd_draws_for_its_own_homes_and_seed():
    crowd = Crowd(8, np.array([5, 2, 9]))
    expected = chance.uniforms(8, OWNS, np.array([5, 2, 9]), 30, 2)
    assert np.array_equal(crowd.draw(OWNS, 30, 2), expected)


def test_no_homes_get_no_draws():
    assert chance.uniforms(1, OWNS, np.arange(0), 0, 3).shape == (0, 3)


def test_the_number_of_a_question_never_moves():
    # golden: blake2s-32 of "ev.owns"; moving it would redraw every town
    assert chance.question("ev", "owns") == 0x83BFA1B9


def test_a_question_is_the_path_of_its_names():
    assert chance.question("ev", "owns") == chance.question("ev.owns")
    assert len({chance.question(*name) for name in (("ev",), ("ev", "owns"), ("owns", "ev"))}) == 3


@given(st.lists(st.integers(0, 0xD7FF)))  # of texts, hypothesis asks for all of Unicode first
def test_a_question_is_a_word_of_32_bits(letters):
    assert 0 <= chance.question("".join(map(chr, letters))) < WORD


@given(st.integers(0, 2**63 - 1), st.integers(0, 2**31 - 1), st.integers(0, 40_000))
def test_several_draws_at_once_are_those_asked_for_one_by_one(seed, home, day):
    out = np.empty(20)
    chance.several(out, np.uint64(seed), np.uint64(77), home, day, 3, 16, 5)
    wanted = [u for k in range(5) for u in chance.four(seed, 77, home, day, 3 + 16 * k)]
    assert out.tolist() == wanted


@pytest.mark.unwatched
@given(st.integers(0, 2**63 - 1), st.integers(0, 40_000))
def test_the_first_draw_of_many_homes_is_the_first_of_several(seed, day):
    homes = np.arange(5, 400, 7)
    first = chance.uniforms(seed, 77, homes, day)
    assert np.array_equal(first, chance.uniforms(seed, 77, homes, day, 3)[:, :1])
