"""How a town answers over days: dearer is never more, words wear off, selection shows."""

import itertools

import numpy as np
import pytest

import gridsim as gs
from gridsim.citizens.information import KINDS
from gridsim.citizens.parameters import parameters, with_values
from gridsim.engine import run as engine
from gridsim.engine.run import Extras
from gridsim.results.results import Results
from gridsim.scenario import resolve
from gridsim.studies import estimates

SETS = [
    "population.homes=100", "period.start=2023-01-09", "period.end=2023-01-12",
    "period.step_minutes=60", "population.ev=0.0", "population.pv=0.0", "population.battery=0.0",
    "population.thermostat=0.0", "population.ev_smart=0.0", "output.follow=0",
]  # fmt: skip
FLAT = "{kind='flat', price=0.194, standing_year=169.92, export_price=0.04}"
LASTING = {"level.elasticity": 0.0, "call.habit": 0.0} | {f"information.{k}": 0.0 for k in KINDS}
"""Nothing is saved for good."""


def run(*sets: str, **changes: float) -> Results:
    values = {name.replace("__", "."): value for name, value in changes.items()}
    settings = with_values(parameters(), LASTING | values)
    case = resolve.resolve(gs.load("quickstart", [*SETS, *sets]))
    return engine.run(case, extras=Extras(settings=settings))


def critical(price: float) -> str:
    """Return a tariff of which one winter evening is called at a price."""
    return (
        f"arms.tempo.tariff={{kind='critical_peak', base={FLAT}, price={price},"
        " dates=[2023-01-10], hours=['17:00-21:00']}"
    )


def peak(price: float) -> str:
    """Return a tariff whose every evening has a price."""
    return (
        "arms.tempo.tariff={kind='time_of_use', bands=["
        f"{{price=0.15, hours=['21:00-17:00']}}, {{price={price}, hours=['17:00-21:00']}}]}}"
    )


PRICES = (0.25, 0.4, 0.8, 1.6)


def test_a_higher_called_price_never_raises_the_use_of_any_home_while_it_lasts():
    rising = [run(critical(price)).arms[1].homes["called_kwh.tempo"] for price in PRICES]
    for lower, higher in itertools.pairwise(rising):
        assert np.all(higher <= lower + 1e-9)
        assert higher.sum() < lower.sum()


def test_a_higher_daily_peak_never_raises_small_uses_in_its_hours():
    evening = []
    for price in PRICES:
        arm = run(peak(price), curtail__payback=0.0).arms[1]
        hour = np.arange(72) % 24
        dear = (hour >= 17) & (hour < 21)
        evening.append(sum(arm.series.flow(f)[dear] for f in ("light", "cooking", "small")))
    for lower, higher in itertools.pairwise(evening):
        assert np.all(higher <= lower + 1e-12)
        assert higher.sum() < lower.sum()


@pytest.mark.parametrize("share", [0.4, 1.0])
def test_what_was_not_used_comes_back_later_and_never_more_of_it(share):
    found = run("period.end=2023-01-16", curtail__payback=share)
    flat, tempo = found.arms
    small = ("light", "cooking", "screens", "small")
    less = sum(flat.series.flow(f) - tempo.series.flow(f) for f in small)
    still = np.cumsum(less)
    assert less.min() < -1e-4  # something came back
    assert still.min() >= -1e-12  # but never before, and never more than, what was not used
    saved, back = less[less > 0.0].sum(), -less[less < 0.0].sum()
    assert back <= share * saved * (1.0 + 1e-9)
    total = [sum(arm.homes[f"use_kwh.{f}"] for f in small) for arm in (flat, tempo)]
    assert np.all(total[1] <= total[0] + 1e-9)


WEEKDAYS = [*range(9, 14), *range(16, 21), *range(23, 28)]
DATES = ", ".join([*(f"2023-01-{d:02}" for d in WEEKDAYS), "2023-05-16"])
APPEAL = f"arms.tempo.calls=[{{kind='appeal', dates=[{DATES}], hours=['18:00-20:00']}}]"


def reductions(**changes: float) -> np.ndarray:
    """Return the share of the load that each appeal saves, in a town whose heat does not matter."""
    found = run(
        APPEAL, f"arms.tempo.tariff={FLAT}", "arms.tempo.channel=display", "period.end=2023-05-18",
        "population.homes=150", "population.electric_heat=0.0", "population.heat_pump=0.0",
        "population.hot_water_electric=0.0", **changes,
    )  # fmt: skip
    flat, tempo = found.arms
    called = np.flatnonzero(tempo.called)
    assert len(called) == 2 * (len(WEEKDAYS) + 1)
    before, after = (
        arm.series.flow("net")[called].reshape(-1, 2).sum(axis=1) for arm in (flat, tempo)
    )
    return 1.0 - after / before


def test_appeals_wear_off_from_week_to_week_and_work_again_after_a_rest():
    found = reductions()
    weeks = found[:15].reshape(3, 5).mean(axis=1)
    assert weeks[0] > weeks[1] > weeks[2] > 0.0
    assert weeks[2] < 0.5 * weeks[0]
    assert found[-1] > 2.0 * weeks[2]
    assert found[-1] == pytest.approx(weeks[0], rel=0.5)


def test_without_habituation_the_last_appeal_works_like_the_first():
    weeks = reductions(call__habituation=0.0, call__fatigue=0.0)[:15].reshape(3, 5).mean(axis=1)
    assert weeks[0] > 0.0
    assert weeks[2] == pytest.approx(weeks[0], rel=0.3)


def test_selection_biases_the_naive_estimate_and_not_the_one_by_lot():
    found = run(
        peak(0.25), "arms.tempo.enrolment={kind='opt_in'}", "population.homes=150",
        "output.profiles=true", enrolment__saving=4.0, enrolment__effort=10.0,
        curtail__elasticity=-1.0, routine__duty=20.0,
    )  # fmt: skip
    enrolled = found.arms[1].homes["enrolled"] > 0.0
    trial = estimates.trial(found, "tempo")
    dear = estimates.dear(trial)
    before = trial.before_kw[dear].sum(axis=0)
    bias = before[enrolled].mean() - before[~enrolled].mean()
    offers = [
        estimates.offer(estimates.trial(found, "tempo", repeat=repeat), dear)
        for repeat in range(40)
    ]
    truth = offers[0].on_treated.truth
    naive = np.array([offer.naive.estimate.estimate for offer in offers])
    by_lot = np.array([offer.on_treated.estimate.estimate for offer in offers])
    error = by_lot.std() / np.sqrt(len(offers))
    assert bias > -1.5 * truth > 0.0  # large homes expect to save most, and join
    assert np.mean(naive) == pytest.approx(truth + bias, rel=0.15)
    assert np.mean(naive) > 0.0 > np.mean(by_lot) + 3.0 * error  # savers pass for spenders
    assert np.mean(by_lot) == pytest.approx(truth, abs=3.5 * error)
    assert not any(offer.naive.holds for offer in offers)
    assert sum(offer.on_treated.holds for offer in offers) >= 34  # of 40, at 95 %
