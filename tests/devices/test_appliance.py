"""Runs promise the same energy whatever the step, exact to the second."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gridsim.devices import appliance


@pytest.mark.parametrize(
    ("start", "end", "share"),
    [(0, 900, 1.0), (450, 2000, 0.5), (-100, 90, 0.1), (300, 600, 1 / 3), (900, 1000, 0.0)],
)
def test_share_by_hand(start, end, share):
    assert appliance.overlap(start, end, 0.0, 900.0) == pytest.approx(share)


@given(st.integers(0, 80_000), st.integers(0, 6_000), st.sampled_from([60, 300, 900, 1800, 3600]))
def test_shares_of_all_steps_add_up_to_the_run(start, length, step):
    shares = [
        appliance.overlap(start, start + length, float(t), float(step))
        for t in range(start - start % step, start + length + step, step)
    ]
    assert sum(shares) * step == pytest.approx(length)
    assert all(0.0 <= share <= 1.0 for share in shares)


def test_a_run_that_ends_before_it_starts_takes_nothing():
    assert appliance.overlap(500, 400, 0.0, 900.0) == 0.0
