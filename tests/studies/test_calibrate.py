"""A calibration finds what the targets say, and says what they do not."""

import numpy as np
import pytest

from gridsim.results.calibrations import Free, Target, covariance
from gridsim.studies import calibrate
from gridsim.studies.calibrate import Search

SLOPE, LEVEL, IDLE = (
    Free("slope", 0.5, 0.0, 2.0),
    Free("level", 1.0, 0.1, 10.0, True),
    Free("idle", 3.0, 1.0, 5.0),
)
AT = np.array([0.0, 0.5, 1.0, 2.0])


def line(values):
    """Return a line whose level counts by its logarithm; ``idle`` moves nothing."""
    return np.log(values["level"]) + values["slope"] * AT


def targets(slope: float, level: float, sigma: float = 0.01) -> list[Target]:
    wanted = line({"slope": slope, "level": level})
    return [Target(f"at {x:g}", float(y), sigma) for x, y in zip(AT, wanted, strict=True)]


def test_known_parameters_are_found_again():
    found = calibrate.fit("a line", [SLOPE, LEVEL], targets(1.3, 4.0), line)
    assert found.changes == pytest.approx({"slope": 1.3, "level": 4.0}, rel=1e-4)
    assert found.converged
    np.testing.assert_allclose(found.after, [t.value for t in found.targets], atol=1e-4)
    assert np.all(found.left < 0.1)


def test_a_parameter_that_moves_nothing_is_not_identified():
    found = calibrate.fit("a line", [SLOPE, LEVEL, IDLE], targets(1.3, 4.0), line)
    assert found.changes["idle"] == pytest.approx(3.0)
    assert found.left[2] == pytest.approx(1.0)
    assert found.singular[-1] == pytest.approx(0.0, abs=1e-9)
    assert np.abs(found.directions[-1]).tolist() == pytest.approx([0.0, 0.0, 1.0], abs=1e-9)


def test_two_parameters_of_which_only_the_sum_counts_are_told_as_such():
    one, other = Free("a", 0.4, 0.0, 1.0), Free("b", 0.4, 0.0, 1.0)
    found = calibrate.fit(
        "a sum", [one, other], [Target("sum", 1.0, 0.01)], lambda v: np.array([v["a"] + v["b"]])
    )
    assert found.after[0] == pytest.approx(1.0, abs=1e-6)
    assert found.correlation[0, 1] == pytest.approx(-1.0, abs=0.01)
    assert np.all(found.left > 0.7)  # either alone is still free


def test_the_target_that_fixes_a_parameter_is_named():
    free = [Free("a", 0.4, 0.0, 1.0), Free("b", 0.4, 0.0, 1.0)]
    wanted = [
        Target("only a", 0.7, 0.01),
        Target("only b", 0.2, 0.01),
        Target("a again", 0.7, 0.01),
    ]
    found = calibrate.fit("two", free, wanted, lambda v: np.array([v["a"], v["b"], v["a"]]))
    assert found.fixes[1, 1] > 10.0  # without it, b is as free as its range
    assert found.fixes[1, 0] == pytest.approx(0.0, abs=1e-9)
    assert found.fixes[0, 0] == pytest.approx(2**0.5 - 1.0, rel=0.01)  # said twice


def test_a_fit_stays_inside_the_ranges_and_says_where_it_ends():
    found = calibrate.fit("a line", [SLOPE, LEVEL], targets(2.1, 1.0), line)
    assert found.changes["slope"] <= 2.0
    assert found.at_bound(0)
    assert not found.at_bound(1)


def test_a_fit_is_never_worse_than_its_start():
    found = calibrate.fit(
        "a step", [Free("a", 0.5, 0.0, 1.0)], [Target("t", 0.0, 1.0)],
        lambda v: np.array([0.0 if v["a"] == 0.5 else 1.0]),
    )  # fmt: skip
    assert found.changes == {"a": 0.5}
    assert found.after[0] == 0.0


def test_what_is_believed_beforehand_holds_a_parameter_back():
    loose = calibrate.fit(
        "a line", [SLOPE], targets(2.0, 1.0, 1.0), lambda v: line(v | {"level": 1.0})
    )
    tight = calibrate.fit(
        "a line", [SLOPE], targets(2.0, 1.0, 1.0), lambda v: line(v | {"level": 1.0}),
        search=Search(prior=0.05),
    )  # fmt: skip
    assert 0.5 <= tight.changes["slope"] < loose.changes["slope"]


def test_no_point_is_run_twice_and_each_run_is_told():
    seen, told = [], []

    def model(values):
        seen.append(tuple(values.values()))
        return line(values)

    found = calibrate.fit("a line", [SLOPE, LEVEL], targets(1.3, 4.0), model, told=told.append)
    assert len(seen) == len(set(seen)) == found.evaluations
    assert told == list(range(1, len(seen) + 1))


def test_slopes_are_in_sigmas_per_range():
    found = calibrate.fit(
        "a line", [SLOPE], [Target("at 2", 2.0, 0.5)], lambda v: 2.0 * np.array([v["slope"]])
    )
    assert found.jacobian[0, 0] == pytest.approx(2.0 * 2.0 / 0.5)


def test_without_slopes_a_parameter_keeps_the_variance_of_its_range():
    np.testing.assert_allclose(covariance(np.zeros((3, 2))), np.eye(2) / 12, rtol=1e-12)


def test_logarithmic_ranges_move_by_factors():
    assert LEVEL.value(0.5) == pytest.approx(1.0)
    assert LEVEL.place(LEVEL.value(0.3)) == pytest.approx(0.3)


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: Free("a", 1.0, 2.0, 1.0), "low 2 must lie below high 1"),
        (lambda: Free("a", 5.0, 0.0, 1.0), r"start 5 lies outside \[0, 1\]"),
        (lambda: Free("a", 0.5, 0.0, 1.0, True), "above 0"),
        (lambda: Target("a", float("nan"), 1.0), "must be a number"),
        (lambda: Target("a", 1.0, 0.0), "sigma must be positive"),
        (lambda: Search(step=0.9), "search.step"),
        (lambda: Search(most=0), "search.most"),
        (lambda: Search(prior=0.0), "search.prior"),
        (lambda: calibrate.fit("x", [], targets(1, 1), line), "needs parameters and targets"),
        (lambda: calibrate.fit("x", [SLOPE], [Target("t", 1.0, 1.0)], lambda v: np.array([np.nan])),
         "gives no number"),
    ],
)  # fmt: skip
def test_what_cannot_be_calibrated_is_refused(make, words):
    with pytest.raises(ValueError, match=words):
        make()
