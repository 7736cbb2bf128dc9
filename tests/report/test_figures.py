"""Figures: each takes results and an axis, labels it with units, and says so where it has nothing.

No figure may fail, warn or stay empty because a run lacks panels, calls, a second arm or an hour.
"""

import dataclasses
from functools import cache

import numpy as np
import pytest
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from gridsim.report import canvas, figures, spans, uses
from gridsim.results.example import example
from gridsim.results.findings import DayEffect, Findings, GroupEffect
from gridsim.results.results import FLOWS, ArmResult, Results

DRAWN = (
    figures.bills, figures.calls, figures.carbon, figures.day, figures.day_change,
    figures.duration, figures.heat, figures.heat_change, figures.parts, figures.peak_day,
    figures.pv_where, figures.temperature,
)  # fmt: skip
WORDS_WITHOUT_UNIT = ("Local date (Europe/Paris)", "Month", "Arm", "Income")


def with_flow(results: Results, flow: str, value: float) -> Results:
    """Return results in which a flow is the same in every arm, group and step."""
    arms = []
    for arm in results.arms:
        kw = arm.series.kw.copy()
        kw[:, :, FLOWS.index(flow)] = value
        arms.append(dataclasses.replace(arm, series=dataclasses.replace(arm.series, kw=kw)))
    return dataclasses.replace(results, arms=tuple(arms))


def quiet(arm: ArmResult) -> ArmResult:
    """Return an arm whose tariff never calls."""
    return dataclasses.replace(arm, called=np.zeros_like(arm.called))


def effect_of(results: Results) -> DayEffect:
    """Return a made-up day effect of the second arm in winter."""
    flat = np.ones(24)
    return DayEffect("tempo", "winter", len(results.attributes["home"]), flat, 2 * flat,
                     0.5 * flat, 1.5 * flat)  # fmt: skip


@cache
def degenerate() -> dict[str, Results]:
    """Return results that lack something each."""
    plain = example(12, 3)
    return {
        "plain": plain,
        "three arms": example(12, 3, ("flat", "tempo", "tou")),
        "one arm": example(12, 3, ("flat",)),
        "one day": example(12, 1),
        "one home": example(1, 2),
        "no panels": with_flow(plain, "pv", 0.0),
        "nothing known": with_flow(with_flow(plain, "net", np.nan), "pv", np.nan),
        "nobody": dataclasses.replace(plain, attributes={}),
        "no calls": dataclasses.replace(plain, arms=tuple(quiet(a) for a in plain.arms)),
        "same arms": dataclasses.replace(plain, arms=(plain.arms[0], plain.arms[0])),
    }


@pytest.mark.parametrize("draw", DRAWN, ids=lambda f: f.__name__)
@pytest.mark.parametrize("case", degenerate())
def test_every_figure_gives_back_labelled_axes(draw, case):
    ax = draw(degenerate()[case])
    assert isinstance(ax, Axes)
    for label in (ax.get_xlabel(), ax.get_ylabel()):
        assert ("[" in label and "]" in label) or label in WORDS_WITHOUT_UNIT
    assert not ax.get_title()
    assert ax.has_data() or canvas.said(ax)


@pytest.mark.parametrize("draw", DRAWN, ids=lambda f: f.__name__)
def test_every_figure_draws_where_it_is_told_to(draw):
    own = Figure().add_subplot()
    assert draw(example(8, 2), ax=own) is own


@pytest.mark.parametrize(
    ("case", "draw", "words"),
    [
        ("no panels", figures.pv_where, "No home has panels"),
        ("one arm", figures.heat_change, "one arm"),
        ("one arm", figures.day_change, "one arm"),
        ("one arm", figures.bills, "one arm"),
        ("no calls", figures.calls, "No tariff calls"),
        ("same arms", figures.heat_change, "same in both arms"),
        ("same arms", figures.bills, "Every bill is the same"),
        ("nobody", figures.bills, "no attribute income"),
        ("plain", figures.parts, "energy and standing charges alone"),
        ("nothing known", figures.duration, "no load"),
        ("nothing known", figures.peak_day, "no peak day"),
    ],
)
def test_a_figure_says_in_a_sentence_what_is_not_there(case, draw, words):
    assert words in canvas.said(draw(degenerate()[case]))


def test_a_season_outside_the_period_is_said():
    assert canvas.said(figures.day(example(4, 1), season="summer")) == "The period has no summer."


def test_the_band_lies_around_the_reference_day_plus_the_interval():
    results = example(6, 2)
    ax = figures.day(results, Findings(days=(effect_of(results),)))
    heights = ax.collections[0].get_paths()[0].vertices[:, 1]
    assert heights.min() == pytest.approx(1.5)
    assert heights.max() == pytest.approx(2.5)
    assert ax.lines[0].get_ydata().max() == pytest.approx(1.0)


def test_the_band_of_the_change_is_its_interval():
    results = example(6, 2)
    ax = figures.day_change(results, Findings(days=(effect_of(results),)))
    heights = ax.collections[0].get_paths()[0].vertices[:, 1]
    assert (heights.min(), heights.max()) == pytest.approx((0.5, 1.5))


def test_an_arm_keeps_its_colour_in_every_figure():
    results = example(6, 3)
    for draw in (figures.day, figures.duration):
        colours = [line.get_color() for line in draw(results).lines]
        assert colours == [canvas.arm_colour(0), canvas.arm_colour(1)]


def test_the_difference_map_is_centred_on_no_change():
    image = figures.heat_change(example(20, 3)).images[0]
    low, high = image.get_clim()
    assert low == -high < 0


def test_maps_of_all_arms_share_their_colours():
    results = example(20, 3)
    limits = [figures.heat(results, arm.name).images[0].get_clim() for arm in results.arms]
    assert limits[0] == limits[1]


def test_arms_stand_beside_each_other_at_the_same_height_on_the_peak_day():
    results = example(20, 3)
    both = [figures.peak_day(results, arm.name) for arm in results.arms]
    assert both[0].get_ylim() == both[1].get_ylim()
    assert both[0].get_xlabel() == both[1].get_xlabel()


def test_the_ways_of_production_add_up_to_it():
    results = example(30, 2)
    for arm in results.arms:
        made = float(arm.series.flow("pv").sum()) * results.clock.dt_h
        assert sum(uses.pv_ways(arm, results.clock.dt_h)) == pytest.approx(made)


def test_every_end_use_belongs_to_one_family():
    columns = [use for _, family, _ in uses.FAMILIES for use in family]
    assert sorted(columns) == sorted(FLOWS[: FLOWS.index("battery")])


def test_the_duration_curve_never_rises():
    for line in figures.duration(example(10, 2)).lines:
        assert np.all(np.diff(line.get_ydata()) <= 0)


def test_a_share_outside_its_range_is_refused():
    with pytest.raises(ValueError, match=r"share must lie in \(0, 1\], got 0"):
        figures.duration(example(4, 1), 0.0)


def test_a_group_is_marked_with_its_mean_change():
    results = example(30, 2)
    group = GroupEffect("tempo", "bill", "house", "flat", 9, 10.0, 7.0, 6.0, 9.0)
    ax = figures.bills(results, "house", findings=Findings(groups=(group,)))
    marks = ax.containers[0].lines[0]
    assert list(marks.get_xdata()) == [7.0]


def test_a_called_day_from_six_to_six_is_one_day():
    results = example(4, 4)
    clock = results.clock
    hour = (clock.time_s - clock.time_s[0]) // 3600
    days = spans.called_days((hour >= 30) & (hour < 54), clock)
    assert np.unique(clock.local_day[days]) == clock.local_day[0] + 1


def test_a_mean_day_passes_over_what_is_not_known():
    clock = example(4, 2).clock
    values = np.where(clock.local_day == clock.local_day[0], 1.0, np.nan)
    values[clock.wall_s < 3600] = np.nan
    day = spans.mean_day(values, clock, np.ones(clock.steps, dtype=bool))
    assert np.isnan(day[0])
    assert day[1:] == pytest.approx(1.0)


def test_a_picture_is_the_same_bytes_twice():
    results = example(10, 2)
    with canvas.look():
        first, second = (canvas.svg_uri(figures.bills(results)) for _ in range(2))
    assert first == second


def test_a_label_with_dollars_is_not_taken_for_a_formula():
    results = example(6, 2)
    named = tuple(dataclasses.replace(arm, label=r"$\frac 0.2$ a $") for arm in results.arms)
    with canvas.look():
        assert canvas.svg_uri(figures.day(dataclasses.replace(results, arms=named)))


def billed(results: Results, **parts: float) -> Results:
    """Return results in which every home of the second arm owes these parts."""
    homes = dict(results.arms[1].homes)
    homes |= {f"bill_{name}": np.full_like(homes["bill"], owed) for name, owed in parts.items()}
    arms = (results.arms[0], dataclasses.replace(results.arms[1], homes=homes))
    return dataclasses.replace(results, arms=arms)


def test_the_parts_of_a_bill_end_at_the_bill_and_credits_lie_below_nothing():
    made = billed(example(8, 2), energy=50.0, standing=10.0, capacity=20.0, taxes=5.0, export=-15.0,
                  rebate=-4.0)  # fmt: skip
    with canvas.look():
        ax = figures.parts(made)
        assert canvas.svg_uri(ax)
    bars = [container[1] for container in ax.containers]
    assert [bar.get_width() for bar in bars] == [50.0, 10.0, 20.0, 5.0, -15.0, -4.0]
    assert [bar.get_x() for bar in bars] == [0.0, 50.0, 60.0, 80.0, 0.0, -15.0]
    assert ax.lines[1].get_xdata()[0] == pytest.approx(66.0)
    _, labels = ax.get_legend_handles_labels()
    assert labels[2] == "power"
