"""A small made-up Results, for documentation, tests and figures: no model stands behind it.

Every number is invented, but all of them agree with each other: flows balance in every step, the
metrics of the homes are the sums of their loads, and the town's series are their means. The homes
of the other arms act as those of the reference do, apart from the called hours.
"""

import datetime as dt
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from gridsim.core.arrays import B1, F8
from gridsim.core.chance import question, uniforms
from gridsim.core.clock import HOUR_S, Clock, make_clock
from gridsim.metrics import flexibility
from gridsim.population.town import INCOMES
from gridsim.results.results import (
    FLOWS,
    SEASONS,
    USES,
    ArmResult,
    Audit,
    Events,
    Results,
    Series,
    Story,
)  # fmt: skip

_FIRST = dt.date(2025, 1, 13)
_NIGHT, _DAY, _EVENING = 0.6, 0.9, 1.8  # relative activity, assumed
_MEAN_KW = dict(
    zip(USES, (0.05, 0.05, 0.04, 0.06, 0.05, 0.06, 0.08, 0.15, 0.6, 0.0, 0.12, 0.0), strict=True)
)  # mean kW of each use, assumed
_MARGINAL_G_KWH = 400.0  # assumed


@dataclass(frozen=True, slots=True)
class _Made:
    """Loads of every home, shape (t, n, flows), with the called hours and prices of the arm."""

    kw: F8
    called: B1
    price: F8
    acts: B1


def example(
    homes: int = 40, days: int = 3, arms: tuple[str, ...] = ("flat", "tempo"), seed: int = 1
) -> Results:
    """Return a made-up Results, the same for the same arguments.

    Parameters
    ----------
    homes : int
        Number of homes n.
    days : int
        Days from Monday 13 January 2025, in half-hours of Europe/Paris.
    arms : tuple of str
        Names; the first is the reference and has no called hours. In the others every third day
        is called from 6 to 22 h, and four homes in ten act.
    seed : int
        Seed of the named streams.
    """
    clock = make_clock(_FIRST, _FIRST + dt.timedelta(days=days), 30, "Europe/Paris", "FR")
    attributes = _attributes(homes, seed)
    temp_c: F8 = 6.0 + 4.0 * np.sin(2 * np.pi * (clock.local_hour - 9) / 24)
    carbon = np.where(clock.local_hour >= 18, 65.0, 40.0)
    base = _reference_uses(clock, attributes, seed)
    made = [_arm(clock, attributes, base, position, seed) for position in range(len(arms))]
    called = {name: one.called for name, one in zip(arms, made, strict=True)}
    dear = {name: one.price >= one.price.max() for name, one in zip(arms, made, strict=True)}
    found = tuple(
        ArmResult(
            name=name,
            label=f"{name} (made up)",
            series=_series(one.kw, attributes["heating"]),
            homes=_homes(one, clock, carbon, called, dear),
            profile_kw=_profile(one.kw[:, :, FLOWS.index("net")], clock),
            price=one.price,
            called=one.called,
            audit=Audit(0.0, 0.0, 0.0, 0.0),
            followed_kw=one.kw[:, :10, FLOWS.index("net")].astype(np.float32),
        )
        for name, one in zip(arms, made, strict=True)
    )
    story = Story(
        title="An example", question="Does a called day move demand?", place="Lyon",
        currency="EUR", weather="made up: a sine a day", synthetic=True,
        scenario_toml=f'title = "An example"\nseed = {seed}\n',
        assumptions=("Every number is made up.",),
    )  # fmt: skip
    provenance: dict[str, object] = {
        "version": "0", "commit": None, "modified": None, "python": "3", "libraries": {},
        "seed": seed, "fingerprint": "example", "homes": homes, "steps": clock.steps,
        "wall_s": 0.0, "cpu_s": 0.0,
    }  # fmt: skip
    events = _events(arms, made, clock)
    return Results(story, clock, attributes, found, events, temp_c, carbon, provenance)


def _day(clock: Clock) -> F8:
    """Return the number of the local day since the first, shape (t,)."""
    return np.asarray(clock.local_day - clock.local_day[0], np.float64)


def _attributes(homes: int, seed: int) -> dict[str, npt.NDArray[np.generic]]:
    """Draw who the homes are."""
    u = uniforms(seed, question("example", "attributes"), np.arange(homes), count=8)
    house = u[:, 0] < 0.55
    heating = np.where(u[:, 1] < 0.4, "electric", np.where(u[:, 1] < 0.55, "heat_pump", "gas"))
    pv_kwp = np.where(house & (u[:, 2] < 0.4), 3.0, 0.0)
    return {
        "home": np.arange(homes),
        "persons": 1 + (4 * u[:, 3]).astype(np.int64),
        "income": np.array(INCOMES)[(5 * u[:, 4]).astype(np.int64)],
        "tenure": np.where(u[:, 5] < 0.6, "owner", "renter"),
        "house": np.where(house, "house", "flat"),
        "heating": heating,
        "ev": u[:, 6] < 0.2,
        "pv_kwp": pv_kwp,
        "battery_kwh": np.where((pv_kwp > 0) & (u[:, 7] < 0.5), 5.0, 0.0),
    }


def _reference_uses(clock: Clock, attributes: dict[str, npt.NDArray[np.generic]], seed: int) -> F8:
    """Return the end uses of the reference arm, shape (t, n, uses), in kW."""
    homes = len(attributes["persons"])
    hour = clock.local_hour
    shape = np.where(hour < 6, _NIGHT, np.where((hour >= 18) & (hour < 22), _EVENING, _DAY))
    jitter = 0.5 + uniforms(
        seed, question("example", "jitter"), np.arange(homes), count=clock.steps
    )
    size = 0.5 + 0.25 * np.asarray(attributes["persons"], np.float64)
    kw = (shape[:, None] * size * jitter.T)[:, :, None] * np.array(list(_MEAN_KW.values()))
    heated = {"resistance": 1.0, "heat pump": 0.35}
    kw[:, :, USES.index("heating")] *= [
        heated.get(str(kind), 0.0) for kind in attributes["heating"]
    ]
    kw[:, :, USES.index("ev")] *= 5.0 * np.asarray(attributes["ev"], np.float64)
    return np.asarray(kw, np.float64)


def _arm(
    clock: Clock,
    attributes: dict[str, npt.NDArray[np.generic]],
    base: F8,
    position: int,
    seed: int,
) -> _Made:
    """Return the loads of one arm: the reference uses, less what is avoided, plus what is moved."""
    homes = base.shape[1]
    third = (_day(clock) % 3 == 1) & (clock.wall_s >= 6 * HOUR_S) & (clock.wall_s < 22 * HOUR_S)
    called = third if position else np.zeros(clock.steps, dtype=np.bool_)
    night = (clock.wall_s < 6 * HOUR_S) | (clock.wall_s >= 22 * HOUR_S)
    price = np.full(clock.steps, 0.20)
    if position:
        price = np.where(called, 0.70, np.where(night, 0.13, 0.16))
    drawn = uniforms(seed, question("example", "acts"), np.arange(homes))[:, 0]
    acts = (drawn < 0.4) & (position > 0)
    uses = base.copy()
    moving = [USES.index(name) for name in ("wet", "heating", "ev")]
    for first, last in flexibility.spans(called):
        cut = 0.4 * base[first:last][:, :, moving] * acts[:, None]
        after = slice(last, min(last + 12, clock.steps))
        uses[first:last][:, :, moving] -= cut
        uses[after][:, :, moving] += 0.5 * cut.sum(axis=0) / 12
    return _Made(_flows(uses, clock, attributes), called, price, acts)


def _flows(uses: F8, clock: Clock, attributes: dict[str, npt.NDArray[np.generic]]) -> F8:
    """Return all flows of all homes, shape (t, n, flows): uses, battery, pv, meter, in kW."""
    sun = np.maximum(0.0, np.sin(np.pi * (clock.local_hour - 8) / 9)) * (clock.local_hour < 17)
    pv = 0.6 * sun[:, None] * np.asarray(attributes["pv_kwp"], np.float64)
    charge = 0.3 * pv * (np.asarray(attributes["battery_kwh"]) > 0)
    day = _day(clock).astype(np.int64)
    evening = ((clock.local_hour >= 18) & (clock.local_hour < 22)).astype(np.float64)
    stored = np.zeros((int(day[-1]) + 1, pv.shape[1]))
    np.add.at(stored, day, charge)
    steps = np.bincount(day, weights=evening)
    battery = charge - 0.9 * evening[:, None] * (stored / steps[:, None])[day]
    net = uses.sum(axis=2) + battery - pv
    meter = [battery, pv, net, np.maximum(net, 0.0), np.maximum(-net, 0.0)]
    return np.concatenate([uses, np.stack(meter, axis=2)], axis=2)


def _series(kw: F8, heating: npt.NDArray[np.generic]) -> Series:
    """Return the means of all homes and of each kind of heating."""
    kinds = [str(kind) for kind in np.unique(heating)]
    masks = [np.ones(len(heating), dtype=np.bool_), *(heating == kind for kind in kinds)]
    means = np.stack([kw[:, mask].mean(axis=1) for mask in masks], axis=1)
    return Series(means, ("all", *kinds), np.array([mask.sum() for mask in masks]))


def _homes(
    made: _Made, clock: Clock, carbon: F8, called: dict[str, B1], dear: dict[str, B1]
) -> dict[str, F8]:
    """Return the metrics of each home over the period, each of shape (n,)."""
    taken = made.kw[:, :, FLOWS.index("import")] * clock.dt_h
    net_kw = made.kw[:, :, FLOWS.index("net")]
    energy = made.kw.sum(axis=0) * clock.dt_h
    uses = energy[:, : len(USES)]
    acts = made.acts.astype(np.float64)
    nothing, standing = np.zeros(len(acts)), 0.5 * (_day(clock)[-1] + 1)
    found = {
        "demand_kwh": uses.sum(axis=1),
        "import_kwh": energy[:, FLOWS.index("import")],
        "export_kwh": energy[:, FLOWS.index("export")],
        "pv_kwh": energy[:, FLOWS.index("pv")],
        "bill": made.price @ taken + standing,
        "bill_energy": made.price @ taken,
        "bill_standing": nothing + standing,
        "bill_capacity": nothing,
        "bill_taxes": nothing,
        "bill_export": nothing,
        "bill_rebate": nothing,
        "co2_kg": carbon @ taken / 1000.0,
        "co2_marginal_kg": _MARGINAL_G_KWH * taken.sum(axis=0) / 1000.0,
        "discomfort_kh": 3.0 * acts * made.called.sum() * clock.dt_h / 16,
        "peak_kw": net_kw.max(axis=0),
        "coincident_kw": net_kw[int(net_kw.mean(axis=1).argmax())],
        "curtailed_kwh": nothing,
        "overrides": nothing,
        "deferred_kwh": 0.1 * acts * len(flexibility.spans(made.called)),
        "enrolled": np.ones(len(acts)),
        "acted_events": acts * len(flexibility.spans(made.called)),
        "heard_events": acts * len(flexibility.spans(made.called)),
    }
    found |= {f"called_kwh.{name}": taken[steps].sum(axis=0) for name, steps in called.items()}
    found |= {f"dear_kwh.{name}": taken[steps].sum(axis=0) for name, steps in dear.items()}
    return found | {f"use_kwh.{use}": uses[:, place] for place, use in enumerate(USES)}


def _profile(net_kw: F8, clock: Clock) -> F8:
    """Return the mean net load of each home by season and local hour, shape (n, 4, 24), in kW."""
    hour = clock.wall_s // HOUR_S
    season = clock.month % 12 // 3
    found = np.full((net_kw.shape[1], len(SEASONS), 24), np.nan)
    for s in range(len(SEASONS)):
        for h in range(24):
            here = (season == s) & (hour == h)
            if here.any():
                found[:, s, h] = net_kw[here].mean(axis=0)
    return found


def _events(arms: tuple[str, ...], made: list[_Made], clock: Clock) -> Events:
    """Return the announcements, and what the first three homes that act did about them."""
    rows: list[tuple[int, int, str, str, str, str, float, int, int]] = []
    for name, one in zip(arms, made, strict=True):
        for first, last in flexibility.spans(one.called):
            start = int(clock.time_s[first])
            before, until = start - 19 * HOUR_S, int(clock.time_s[last - 1]) + clock.step_s
            rows += [
                (before, -1, name, "published", "agenda", "called, mean price", 0.7, start, until),
                *(
                    (before, int(home), name, "heard", "notice", "called", np.nan, start, until)
                    for home in np.flatnonzero(one.acts)[:3]
                ),
                *(
                    (start + HOUR_S, int(home), name, "deferral", "choice",
                     "washing machine starts, h waited", 1.0, start, start + HOUR_S)
                    for home in np.flatnonzero(one.acts)[:3]
                ),
            ]  # fmt: skip
    rows.sort()
    time_s, home, arm, kind, cause, text, value, first_s, last_s = (
        zip(*rows, strict=True) if rows else ((),) * 9
    )
    return Events(
        time_s=np.array(time_s, np.int64),
        home=np.array(home, np.int64),
        arm=np.array(arm, np.str_),
        kind=np.array(kind, np.str_),
        cause=np.array(cause, np.str_),
        text=np.array(text, np.str_),
        value=np.array(value, np.float64),
        from_s=np.array(first_s, np.int64),
        until_s=np.array(last_s, np.int64),
    )
