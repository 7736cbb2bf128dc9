"""Causes add up to the whole change, home by home and step by step, whatever the links do."""

import dataclasses

import numpy as np
import pytest

from gridsim.metrics.effects import Effect
from gridsim.report import because, canvas, page, terminal
from gridsim.results import causes as results_causes
from gridsim.results import store
from gridsim.results.causes import CAUSES, column
from gridsim.results.example import example
from gridsim.results.results import FLOWS, ArmResult, Results, Series
from gridsim.studies import arms, causes

MADE = example(30, 3)
SHARES = (0.1, 0.35, 0.3, 0.9, 1.0)  # how far each replay is on the way; choice works against


def between(first: ArmResult, last: ArmResult, share: float, bend: float = 0.0) -> ArmResult:
    """Return an arm on the way from one to another, bent by a load of its own."""
    bent = ("demand_kwh", "import_kwh", "use_kwh.small", "coincident_kw", "dear_kwh.tempo")
    homes = {
        name: value + share * (last.homes[name] - value) + bend * (1.0 - share) * (name in bent)
        for name, value in first.homes.items()
    }
    kw = first.series.kw + share * (last.series.kw - first.series.kw) + bend * (1.0 - share)
    series = Series(kw, first.series.groups, first.series.sizes)
    return dataclasses.replace(last, homes=homes, series=series)


def told() -> Results:
    """Return a run whose second arm is split by cause; the reference answers, too."""
    flat, tempo = MADE.arms
    bare = between(flat, flat, 0.0, bend=0.03)
    reference = [bare, *(between(bare, flat, s) for s in (0.0, 0.5, 0.5, 0.5)), flat]
    other = [*(between(bare, tempo, s) for s in SHARES[:-1]), tempo]
    return dataclasses.replace(MADE, arms=(flat, results_causes.split(reference, other)))


RUN = told()
SUMMARY = arms.summary(RUN)


@pytest.mark.parametrize("quantity", ["kwh", "import_kwh", "dear_kwh", "peak_kw"])
def test_causes_of_a_home_add_up_to_what_it_did_less(quantity):
    name = results_causes.QUANTITIES[quantity].format(arm="tempo")
    flat, tempo = RUN.arms
    whole = flat.homes[name] - tempo.homes[name]
    parts = sum(tempo.homes[column(cause, quantity)] for cause in CAUSES)
    np.testing.assert_allclose(parts, whole, rtol=1e-9, atol=1e-9 * np.abs(flat.homes[name]).max())


def test_causes_of_end_uses_add_up_to_the_cause():
    homes = RUN.arms[1].homes
    for cause in CAUSES:
        uses = [v for name, v in homes.items() if name.startswith(f"{column(cause, 'kwh')}.")]
        np.testing.assert_allclose(sum(uses), homes[column(cause, "kwh")], atol=1e-9)


def test_causes_of_a_step_add_up_to_the_difference_of_the_series():
    flat, tempo = RUN.arms
    whole = flat.series.kw[:, 0] - tempo.series.kw[:, 0]
    np.testing.assert_allclose(tempo.causes_kw.sum(axis=1), whole, atol=1e-12)


def test_what_was_shifted_adds_up_to_half_of_the_absolute_change():
    flat, tempo = RUN.arms
    change = flat.series.flow("net") - tempo.series.flow("net")
    whole = 0.5 * np.abs(change).sum() * RUN.clock.dt_h
    found = causes.causes(RUN)["tempo"]
    parts = [found[cause]["shifted_kwh"].estimate for cause in CAUSES]
    assert sum(parts) == pytest.approx(whole, rel=1e-9)
    assert parts[CAUSES.index("choice")] < 0.0 < parts[CAUSES.index("machine")]


def test_shifted_energy_by_hand():
    kw = np.zeros((2, 5, 1))
    kw[0, 2:4, 0] = 3.0, -1.0  # the load falls by 2 kW: choice 3, machine against it
    kw[1, 2, 0] = -2.0  # and rises by 2 kW later, all by choice
    assert results_causes.shifted_kwh(kw, 0, 0.5).tolist() == [0.0, 0.0, 1.25, -0.25, 0.0]


def test_a_link_that_works_alike_in_both_arms_is_no_cause():
    flat = MADE.reference
    bare = between(flat, flat, 0.0, bend=0.05)
    half = between(bare, flat, 0.5)
    reference = [bare, bare, half, half, half, flat]
    same = results_causes.split(reference, reference[1:])
    assert not any(np.any(same.homes[column(c, "kwh")]) for c in CAUSES)
    assert not same.causes_kw.any()


def test_too_few_replays_are_refused():
    flat = MADE.reference
    with pytest.raises(ValueError, match="2 and 5 replays for 5 links"):
        results_causes.split([flat] * 2, [flat] * 5)


def test_the_summary_decomposes_the_effect():
    effect = SUMMARY["effects"]["tempo"]["demand_kwh"]["estimate"]
    parts = [SUMMARY["causes"]["tempo"][cause]["saved_kwh"]["estimate"] for cause in CAUSES]
    assert -sum(parts) == pytest.approx(effect, rel=1e-9)
    found = causes.causes(RUN)["tempo"]["machine"]["saved_kwh"]
    assert isinstance(found, Effect)
    assert found.low <= found.estimate <= found.high


def test_savings_by_use_add_up_to_the_saving():
    for cause, parts in causes.by_use(RUN, "tempo").items():
        saved = SUMMARY["causes"]["tempo"][cause]["saved_kwh"]["estimate"]
        assert sum(parts.values()) == pytest.approx(saved, abs=1e-9)


def test_a_run_that_did_not_ask_has_no_causes(tmp_path):
    summary = arms.summary(MADE)
    assert "causes" not in summary
    assert not because.table(summary, "tempo")
    folder = store.save(MADE, tmp_path / "run", summary)
    assert not (folder / store.CAUSES).exists()


def test_causes_come_back_from_a_folder(tmp_path):
    folder = store.save(RUN, tmp_path / "run", SUMMARY)
    back = store.load(folder).arms[1]
    np.testing.assert_array_equal(back.causes_kw, RUN.arms[1].causes_kw)
    assert back.causes_kw.shape == (RUN.clock.steps, len(CAUSES), len(FLOWS))
    assert list(back.homes) == list(RUN.arms[1].homes)


@pytest.mark.usefixtures("blind")
def test_page_and_terminal_show_every_cause_and_their_sum():
    text = page.page(RUN, SUMMARY)
    lines = terminal.summary_text(RUN, SUMMARY, 100)
    assert all(name in text for name in (*results_causes.NAMES.values(), "together"))
    assert all(f"\n  {name} " in lines for name in (*CAUSES, "together"))
    assert 'id="causes"' in text
    assert 'id="causes"' not in page.page(MADE, arms.summary(MADE))


def test_a_bar_is_as_long_as_its_causes():
    with canvas.look():
        ax = because.causes(RUN, SUMMARY, "tempo")
        assert canvas.svg_uri(ax)
    widths = [bar.get_width() for bars in ax.containers for bar in bars]
    saved = [SUMMARY["causes"]["tempo"][c]["saved_kwh"]["estimate"] for c in CAUSES]
    assert widths[::3] == pytest.approx(saved)
