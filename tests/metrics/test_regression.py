"""Least squares: by hand, against plain dummies, with known covariances, and refusals."""

from functools import cache

import numba
import numpy as np
import pytest
from scipy.special import ndtri

from gridsim.core.chance import question, uniforms
from gridsim.metrics import regression

compiled = pytest.mark.skipif(
    bool(numba.config.DISABLE_JIT), reason="many draws: minutes without the compiler"
)


@cache
def normal(rows: int, columns: int = 1, repeat: int = 0) -> np.ndarray:
    """Return standard normals from a named stream."""
    return ndtri(uniforms(5, question("test", "regression"), np.arange(rows), repeat, columns))


def dummies(codes: np.ndarray) -> np.ndarray:
    return (codes[:, None] == np.unique(codes)).astype(float)


def test_a_line_by_hand():
    found = regression.fit(np.array([1.0, 2.0, 4.0]), np.array([0.0, 1.0, 2.0]))
    # slope 3/2, residuals 1/6, -1/3, 1/6; HC1 = n/(n-k) * sum((x - mean)^2 e^2) / sum((x-mean)^2)^2
    assert found.slopes[0] == pytest.approx(1.5)
    assert found.covariance[0, 0] == pytest.approx(3 / 1 * (2 / 36) / 4)
    assert (found.freedom, found.rows, found.clusters) == (1, 3, 3)


def test_one_dummy_gives_the_difference_in_means_with_unequal_variances():
    y, on = normal(40)[:, 0], np.repeat([0.0, 1.0], 20)
    found = regression.fit(y + 2 * on, on)
    parts = [np.var(y[on == side]) / 20 for side in (0, 1)]  # HC1 has n/(n-2) = 40/38
    assert found.slopes[0] == pytest.approx(2 + y[20:].mean() - y[:20].mean())
    assert found.covariance[0, 0] == pytest.approx(sum(parts) * 40 / 38)


def test_fixed_effects_are_columns_of_dummies():
    drawn = normal(60, 3)
    homes, days = np.arange(60) % 9, np.arange(60) // 9
    y = drawn[:, 0] + homes + 0.3 * days**2
    found = regression.fit(y, drawn[:, 1:], effects=(homes, days))
    full = np.column_stack([drawn[:, 1:], dummies(homes), dummies(days)[:, 1:]])
    inverse = np.linalg.inv(full.T @ full)
    slopes = inverse @ full.T @ y
    scores = full * (y - full @ slopes)[:, None]
    covariance = 60 / (60 - full.shape[1]) * inverse @ scores.T @ scores @ inverse
    assert found.slopes == pytest.approx(slopes[:2])
    assert found.covariance == pytest.approx(covariance[:2, :2])
    assert found.freedom == 60 - full.shape[1]


def test_clustered_errors_by_hand():
    y, x = np.array([1.0, 2.0, 2.0, 5.0]), np.array([0.0, 0.0, 1.0, 1.0])
    found = regression.fit(y, x, clusters=np.array([1, 2, 3, 3]))
    # residuals -1/2, 1/2, -3/2, 3/2; x less its mean -1/2, -1/2, 1/2, 1/2; squares sum to 1
    # scores of the clusters 1/4, -1/4, 0; small sample 3/2 * 3/2
    assert found.slopes[0] == pytest.approx(2.0)
    assert found.covariance[0, 0] == pytest.approx(9 / 4 * 2 / 16)
    assert (found.freedom, found.clusters) == (2, 3)


def test_doubled_rows_change_no_clustered_error_but_by_the_small_sample():
    drawn, homes = normal(40, 2), np.arange(40) % 10
    once = regression.fit(drawn[:, 0], drawn[:, 1], effects=(homes,), clusters=homes)
    twice = np.concatenate([np.arange(40), np.arange(40)])
    doubled = regression.fit(
        drawn[twice, 0], drawn[twice, 1], effects=(homes[twice],), clusters=homes[twice]
    )
    ratio = (79 / 78) / (39 / 38)  # home effects lie within homes and cost nothing
    assert doubled.slopes == pytest.approx(once.slopes)
    assert doubled.covariance == pytest.approx(once.covariance * ratio)


def test_names_and_order_of_homes_do_not_matter():
    drawn, homes = normal(30, 2), np.arange(30) % 6
    names = np.array(list("fbdace"))[homes]
    order = np.argsort(normal(30, 1, 3)[:, 0])
    one = regression.fit(drawn[:, 0], drawn[:, 1], effects=(homes,), clusters=homes)
    two = regression.fit(
        drawn[order, 0], drawn[order, 1], effects=(names[order],), clusters=names[order]
    )
    assert two.slopes == pytest.approx(one.slopes)
    assert two.covariance == pytest.approx(one.covariance)


@compiled
def test_clustered_intervals_hold_no_effect_in_95_of_100_trials():
    homes, inside = np.repeat(np.arange(30), 6), 0
    for repeat in range(300):
        own, rest = normal(60, 1, repeat)[:, 0], normal(180, 1, 1000 + repeat)[:, 0]
        treated = (np.arange(30) % 2).astype(float)[homes]
        y = own[homes] + 0.5 * rest
        inside += regression.fit(y, treated, clusters=homes).slope().holds(0.0)
    assert 0.91 < inside / 300 < 0.985


@pytest.mark.parametrize(
    ("y", "x", "told"),
    [
        (np.ones(4), np.ones(3), "regressors for"),
        (np.array([1.0, np.nan, 2.0]), np.arange(3.0), "finite"),
        (np.arange(2.0), np.arange(2.0), "too few"),
        (np.arange(4.0), np.full(4, 3.3), "regressor 0 does not vary"),
        (np.arange(5.0), np.stack([np.arange(5.0), 2 * np.arange(5.0) + 1], axis=1), "told apart"),
    ],
)
def test_what_cannot_be_fitted_is_refused(y, x, told):
    with pytest.raises(ValueError, match=told):
        regression.fit(y, x)


def test_what_home_effects_take_away_is_refused():
    homes = np.repeat(np.arange(4), 3)
    with pytest.raises(ValueError, match="regressor 0 does not vary within the fixed effects"):
        regression.fit(normal(12)[:, 0], (homes % 2).astype(float), effects=(homes,))
    with pytest.raises(ValueError, match="effects has shape"):
        regression.fit(normal(12)[:, 0], normal(12, 1, 1)[:, 0], effects=(homes[:5],))
    with pytest.raises(ValueError, match="too few"):
        regression.fit(normal(12)[:, 0], normal(12, 1, 1)[:, 0], clusters=np.zeros(12))


def test_fixed_effects_that_hang_together_by_a_thread_are_refused():
    homes = np.repeat(np.arange(400), 4)  # each shares one day with the next: a chain
    drawn, days = normal(1600, 2, 2), homes + np.tile([0, 1, 0, 1], 400)
    with pytest.raises(ValueError, match="did not come to rest"):
        regression.fit(drawn[:, 0], drawn[:, 1] + 0.1 * days, effects=(homes, days))
