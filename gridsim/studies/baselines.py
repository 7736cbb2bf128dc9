"""Baselines beside the truth: what each method would have credited and paid in an arm that calls.

>>> found = baselines.scores(run, "rebate")              # doctest: +SKIP
>>> found["caiso_10_in_10"].bias.estimate                # doctest: +SKIP

A method sees what an operator sees: the metered loads of the arm. The truth is the load of the same
homes in the same hours of the reference arm, less that of the arm; so the reference must not call
in these hours, and what else differs between the arms counts as reduced too. Reductions are
positive. All energies are means per home and event.
"""

import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from gridsim.core.arrays import B1, F4, F8
from gridsim.metrics import effects
from gridsim.metrics.effects import Effect
from gridsim.programmes import history as histories
from gridsim.programmes.baselines import panel, scaled
from gridsim.programmes.choosing import TooFewDays
from gridsim.programmes.history import Event, History, actual
from gridsim.programmes.methods import METHODS, Method, credited_kwh, estimated_kwh
from gridsim.results import hourly
from gridsim.results.results import Results
from gridsim.studies import lots, paired
from gridsim.studies import scores as scored
from gridsim.studies.lots import Ran
from gridsim.studies.scores import Credits, Errors, Score, nothing

if TYPE_CHECKING:
    import pandas as pd

PANELS = {"control_group": "Randomised control group", "control_scaled": "Control group, to scale"}
"""Methods that look at other homes: a lot gives half of the homes to a control group."""
HOMES = 400
"""Most homes that a summary looks at: the first ones that are on the arm's tariff."""
EVENTS = 30
"""Most events that a summary looks at, spread evenly over those of the period."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What is known of an arm that calls.

    Parameters
    ----------
    before, after : History
        Loads of its homes in the reference arm and in the arm.
    events : tuple of Event
        Its calls.
    unheard : B1 or None
        Homes that heard none of them, shape (n,).
    treated : B1
        Homes that are not in the control group, shape (n,).
    price : float
        Paid for a credited kWh; nan without a rebate. [currency/kWh]
    seed : int
        Of the scenario.
    """

    before: History
    after: History
    events: tuple[Event, ...]
    unheard: B1 | None
    treated: B1
    price: float
    seed: int


def callers(results: Results) -> tuple[str, ...]:
    """Return the arms of which baselines can be held against the truth.

    They call, their loads are kept, and the reference arm calls in none of the hours.
    """
    quiet = results.reference
    if quiet.name not in results.hourly:
        return ()
    return tuple(
        arm.name
        for arm in results.arms[1:]
        if arm.called.any() and arm.name in results.hourly and not (arm.called & quiet.called).any()
    )


def seen(
    run: Results | Ran, arm: str, price: float | None = None, *, homes: int = HOMES,
    events: int = EVENTS,
) -> Seen:  # fmt: skip
    """Return what baselines of an arm are reckoned from.

    Parameters
    ----------
    run : Results or Run
        What a run left.
    arm : str
        An arm that calls.
    price : float, optional
        Paid for a credited kWh; that of the arm's rebate, or of the run's first, when left out.
        [currency/kWh]
    homes, events : int
        Most homes and events to look at.

    Raises
    ------
    KeyError
        If no arm has the name.
    ValueError
        If it is not one of :func:`callers`, or no home is on its tariff.
    """
    results = lots.results_of(run)
    other = results.arm(arm)
    if arm not in callers(results):
        known = ", ".join(callers(results)) or "none"
        raise ValueError(f"{arm} does not call in hours in which the reference is quiet: {known}")
    kept = results.hourly[arm].shape[1]
    among = np.flatnonzero(other.homes["enrolled"][:kept] > 0.0)[:homes]
    if not len(among):
        raise ValueError(f"no home whose load is kept is on the tariff of {arm}")
    clock = hourly.clock_of(results)
    per = results.clock.steps // clock.steps
    temp_c = results.temp_c.reshape(-1, per).mean(axis=1)
    called = other.called[::per]

    def of(name: str) -> History:
        kw: F4 = results.hourly[name][:, among]
        return histories.fold(clock, kw, called, temp_c)

    after = of(arm)
    heard = other.homes.get("heard_events")
    return Seen(
        of(results.reference.name), after, _spread(histories.events(after), events),
        None if heard is None else heard[among] == 0.0,
        lots.lot(lots.numbers(results)[among], paired.seed(results)),
        price_of(results, arm) if price is None else price, paired.seed(results),
    )  # fmt: skip


def scores(run: Results | Ran, arm: str, price: float | None = None) -> dict[str, Score]:
    """Return how every method does in an arm, by its name; arguments and errors as :func:`seen`."""
    here = seen(run, arm, price)
    others = here.before.kw[:, :, ~here.treated]
    control = others.mean(axis=2, dtype=np.float64) if others.size else np.empty(0)
    whole = Looked(here.before, here.after, _together(here.after), here.unheard)
    found = {name: _score(method, whole, here) for name, method in METHODS.items()}
    if control.size and np.isfinite(control).all() and here.treated.any():
        part = _only(whole, here.treated)
        for name, reckon in (("control_group", panel), ("control_scaled", scaled)):
            by = Method(
                PANELS[name],
                lambda past, event, reckon=reckon: reckon(past, event, control),  # type: ignore[misc]
                ("G003", "G015"),
            )
            found[name] = _score(by, part, here)
    return found


def price_of(results: Results, arm: str) -> float:
    """Return what a rebate of an arm, or of the run's first that has one, pays; nan for none."""
    try:
        arms = tomllib.loads(results.story.scenario_toml).get("arms", {})
    except tomllib.TOMLDecodeError:
        return np.nan
    rebates = [*arms.get(arm, {}).get("rebates", [])]
    rebates += [rebate for said in arms.values() for rebate in said.get("rebates", [])]
    return float(rebates[0]["price"]) if rebates else np.nan


def told(results: Results, price: float | None = None) -> dict[str, dict[str, dict[str, object]]]:
    """Return the baselines as they stand in ``summary.json``: ``[arm][method][number]``."""
    return {
        arm: {name: scored.told(score) for name, score in scores(results, arm, price).items()}
        for arm in callers(results)
        if (results.arm(arm).homes["enrolled"][: results.hourly[arm].shape[1]] > 0.0).any()
    }


def baselines(run: Results | Ran, price: float | None = None) -> "pd.DataFrame":
    """Return how baselines do in every arm that calls: a row for each arm and method.

    Energies are means per home and event [kWh], money is per home over the events; what each
    column means stands in ``studies.scores``.

    Parameters
    ----------
    run : Results or Run
        With an arm that calls in hours in which the reference does not.
    price : float, optional
        Paid for a credited kWh; that of the arm's rebate when left out. [currency/kWh]

    Raises
    ------
    ValueError
        If no arm does.
    """
    import pandas as pd  # noqa: PLC0415

    found = told(lots.results_of(run), price)
    rows = {
        (arm, method): {
            name: value["estimate"] if isinstance(value, dict) else value
            for name, value in score.items()
        }
        for arm, by_method in found.items()
        for method, score in by_method.items()
    }
    if not rows:
        raise ValueError("no arm of this run calls in hours in which its reference is quiet")
    frame = pd.DataFrame.from_dict(rows, orient="index")
    frame.index = frame.index.set_names(["arm", "method"])
    return frame


@dataclass(frozen=True, slots=True)
class Looked:
    """Homes that a method is applied to: loads before and after, their mean, who heard nothing."""

    before: History
    after: History
    mean: History
    unheard: B1 | None


@dataclass(frozen=True, slots=True)
class Found:
    """What a method gave, event by event, shape (e, n) or (e,) for the group. [kWh]"""

    reference: F8
    truth: F8
    estimate: F8
    quiet: F8
    credited: F8
    group: F8


def _score(method: Method, looked: Looked, here: Seen) -> Score:
    """Return how a method does."""
    homes = looked.after.kw.shape[2]
    rows = []
    for event in here.events:
        try:
            rows.append(_event(method, looked, event))
        except TooFewDays:
            continue
    missed = len(here.events) - len(rows)
    if not rows:
        return nothing(method.label, homes, missed)
    found = Found(*(np.stack(column) for column in zip(*rows, strict=True)))
    drawn = effects.draws(homes, here.seed)
    error = found.estimate - found.truth
    apart = found.group - found.truth.mean(axis=1)
    return Score(
        method.label,
        homes,
        len(rows),
        missed,
        float(found.reference.mean()),
        float(found.truth.mean()),
        _mean(found.estimate, drawn),
        _mean(error, drawn),
        Errors(
            float((found.estimate - found.truth - found.quiet).mean()),
            float(error.std()),
            float(np.sqrt((error**2).mean())),
            float(apart.mean()),
            float(np.sqrt((apart**2).mean())),
        ),
        _credits(found, looked, here.price),
    )


def _event(method: Method, looked: Looked, event: Event) -> tuple[F8, ...]:
    """Return what a method gives for one event, in the order of :class:`Found`."""
    before, after = looked.before, looked.after
    slot_h = after.slot_h
    base = method.reckon(after, event)
    quiet = method.reckon(before, event)
    used = np.asarray(actual(before, event).sum(axis=0) * slot_h)
    truth = used - actual(after, event).sum(axis=0) * slot_h
    mean = looked.mean
    return (
        used,
        truth,
        estimated_kwh(after, event, base),
        estimated_kwh(before, event, quiet),
        credited_kwh(method, after, event, base),
        estimated_kwh(mean, event, method.reckon(mean, event))[0],
    )


def _credits(found: Found, looked: Looked, price: float) -> Credits:
    """Return what would be credited, and what of it for nothing."""
    credited, events = found.credited, len(found.credited)
    unheard = looked.unheard
    return Credits(
        float(credited.mean()),
        float((credited * (found.truth <= 0.0)).mean()),
        float((credited * (found.truth == 0.0)).mean()),
        np.nan if unheard is None else float((credited * unheard).mean()),
        float(credited.mean()) * events * price,
        float(np.maximum(found.truth, 0.0).mean()) * events * price,
    )


def _mean(kwh: F8, drawn: F8) -> Effect:
    """Return the mean over homes and events, with its interval over homes."""
    own = kwh.mean(axis=0)
    sums = effects.sums(drawn, np.stack([own, np.ones(len(own))], axis=1))
    return effects.interval(effects.ratio(sums[:, 0], sums[:, 1]), len(own))


def _together(past: History) -> History:
    """Return the mean load of the homes of a history."""
    kw = past.kw.mean(axis=2, keepdims=True, dtype=np.float64)
    return History(past.day, past.free, kw, past.called, past.high_c, past.mean_c)


def _only(looked: Looked, among: B1) -> Looked:
    """Return some of the homes."""

    def part(past: History) -> History:
        kw = past.kw[:, :, among]
        return History(past.day, past.free, kw, past.called, past.high_c, past.mean_c)

    unheard = None if looked.unheard is None else looked.unheard[among]
    after = part(looked.after)
    return Looked(part(looked.before), after, _together(after), unheard)


def _spread(events: tuple[Event, ...], most: int) -> tuple[Event, ...]:
    """Return at most so many events, evenly from the first to the last."""
    if len(events) <= most:
        return events
    return tuple(events[place] for place in np.linspace(0, len(events) - 1, most).astype(int))
