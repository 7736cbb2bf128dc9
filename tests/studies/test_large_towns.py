"""The intervals of large towns, whose homes are dealt to units that are drawn together.

Here and not among the metrics, which run as plain Python too: drawing takes a minute there.
"""

import numpy as np
import pytest

from gridsim.metrics import effects


def test_dealing_homes_to_units_gives_the_interval_of_drawing_each_home(monkeypatch):
    drawn = np.random.default_rng(4)
    before = drawn.lognormal(1.0, 0.5, 1200)
    after = before - np.where(drawn.random(1200) < 0.1, 0.4 * before, 0.0)
    each = effects.ratio_change(before, after, 3)
    monkeypatch.setattr(effects, "UNITS", 600)
    fewer = effects.ratio_change(before, after, 3)
    assert fewer.estimate == pytest.approx(each.estimate, rel=1e-12)
    wide = each.high - each.low
    assert fewer.high - fewer.low == pytest.approx(wide, rel=0.12)
    assert (fewer.high + fewer.low) / 2 == pytest.approx((each.high + each.low) / 2, abs=wide / 8)


def test_the_interval_of_a_large_town_has_the_width_that_theory_gives():
    change = np.random.default_rng(5).gamma(0.2, 5.0, 100_000)
    found = effects.difference_in_means(np.zeros_like(change), change, 3)
    error = change.std() / np.sqrt(len(change))
    assert found.estimate == pytest.approx(change.mean(), rel=1e-12)
    assert found.high - found.low == pytest.approx(2 * 1.96 * error, rel=0.12)
