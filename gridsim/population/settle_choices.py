"""Who has what: each choice is a logit whose level is solved so that the mean share comes out.

The choices are drawn one after the other, each from a uniform of its own, so that a later one may
lean on an earlier one (batteries on panels) and none moves when another is asked.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import numpy as np
from scipy.optimize import brentq
from scipy.special import expit

from gridsim.core.arrays import B1, F8, I8
from gridsim.core.chance import question
from gridsim.population import presets
from gridsim.population.presets import CHOICES, FEATURES, Preset
from gridsim.population.recipe import Overrides, Recipe
from gridsim.population.settle_homes import Dwelling, dwellings
from gridsim.population.settle_people import Who, households, reference
from gridsim.population.spread import Lot, pick, uniform
from gridsim.population.town import FUELS

(
    HEAT_PUMP,
    ELECTRIC_HEAT,
    SECOND_HEATER,
    AIR_CONDITIONING,
    HOT_WATER_ELECTRIC,
    PV,
    BATTERY,
    EV,
    EV_SMART,
    THERMOSTAT,
    WASH,
    DISH,
    DRYER,
    ELECTRIC_HOB,
) = range(len(CHOICES))

_QUESTIONS = tuple(question("choice", name) for name in CHOICES)
_FUEL = question("choice", "fuel")
_ELECTRIC, _PUMP = FUELS.index("electric"), FUELS.index("heat_pump")

_RARE = 1e-6
"""Least chance of a cell of the stock, so that odds can be scaled at all."""
_SMOOTH = 1e-5
"""Share of the stock (a few hundred homes) that the mean of a type weighs in each cell."""
_FAR = 60.0
"""Log-odds that count as never and as always."""

ShiftOf = Callable[[int, F8, B1, int], float]


@dataclass(frozen=True, slots=True)
class Owned:
    """What homes have: ``has`` of shape (n, 14) by choice, ``fuel`` of shape (n,) by ``FUELS``."""

    has: B1
    fuel: I8


@dataclass(frozen=True, slots=True)
class _Cells:
    """Chances by cell of the stock (cells,) and, of the fuels that are not electric, (cells, 7)."""

    heat_pump: F8
    electric: F8
    fuels: F8


def choices(name: str, shifts: tuple[float, ...], lot: Lot, dwelling: Dwelling, who: Who) -> Owned:
    """Draw what the homes of a preset have, with the levels of :func:`levels`."""
    return _draw(name, lot, dwelling, who, lambda k, *_: shifts[k])


@cache
def levels(recipe: Recipe) -> tuple[float, ...]:
    """Return the log-odds to add to each choice so that the shares of the recipe come out.

    They are solved on the fixed sample of the preset, so that they know nothing of the town. A
    choice that the recipe leaves alone keeps the level of the bare preset, so that nothing but
    what was asked for differs between two recipes (and what leans on it: batteries on panels,
    hot water on heating).
    """
    preset = presets.read(recipe.preset)
    lot = reference()
    dwelling = dwellings(preset, lot)
    who = households(recipe.preset, lot, dwelling)
    bare = Recipe(recipe.preset)
    kept = None if recipe == bare else levels(bare)
    wanted = _wanted(preset, recipe.overrides)
    found: list[float] = []

    def solve(choice: int, odds: F8, among: B1, whole: int) -> float:
        share = wanted[choice]
        if share is not None:
            found.append(_level(odds[among], share * whole))
        elif kept is not None:
            found.append(kept[choice])
        else:
            found.append(_level(odds[among], float(preset.shares[choice]) * whole))
        return found[-1]

    _draw(recipe.preset, lot, dwelling, who, solve)
    return tuple(found)


def _wanted(preset: Preset, overrides: Overrides) -> list[float | None]:
    """Return the share asked of each choice, None where the preset's stands.

    Resistance heating that leaves no room for the preset's heat pumps pushes them out.
    """
    wanted: list[float | None] = [getattr(overrides, name, None) for name in CHOICES]
    electric = wanted[ELECTRIC_HEAT]
    if wanted[HEAT_PUMP] is None and electric is not None:
        room = 1.0 - electric
        if room < preset.shares[HEAT_PUMP]:
            wanted[HEAT_PUMP] = room
    return wanted


def _level(odds: F8, wanted: float) -> float:
    """Return the shift of log-odds at which the chances add up to ``wanted`` homes."""
    if wanted <= 0.0 or len(odds) == 0:
        return -np.inf
    if wanted >= len(odds):
        return np.inf
    return float(brentq(lambda shift: float(expit(odds + shift).sum()) - wanted, -_FAR, _FAR))


def _draw(name: str, lot: Lot, dwelling: Dwelling, who: Who, shift_of: ShiftOf) -> Owned:
    """Draw the choices in order; ``shift_of(choice, odds, among, whole)`` gives each level."""
    preset = presets.read(name)
    cells = _cells(name)
    has = np.zeros((len(lot), len(CHOICES)), dtype=bool)
    features = _who_features(dwelling, who)
    start = {HEAT_PUMP: cells.heat_pump, ELECTRIC_HEAT: cells.electric}
    fuel = np.full(len(lot), _ELECTRIC)
    for choice in range(len(CHOICES)):
        base = start[choice][dwelling.cell] if choice in start else 0.0
        odds = base + _lean(preset.odds[choice], features)
        among, whole = _among(choice, has)
        chance = expit(odds + shift_of(choice, odds, among, whole))
        has[:, choice] = among & (uniform(lot, _QUESTIONS[choice]) < chance)
        if choice == ELECTRIC_HEAT:
            fuel = _fuels(lot, dwelling, has, cells.fuels)
            _add_fuels(features, fuel)
        if choice == PV:
            features[FEATURES.index("pv")] = has[:, PV].astype(np.float64)
    return Owned(has, fuel)


def _among(choice: int, has: B1) -> tuple[B1, int]:
    """Return who may have it, and how many homes its share is counted over."""
    everybody = np.ones(len(has), dtype=bool)
    if choice == ELECTRIC_HEAT:
        return ~has[:, HEAT_PUMP], len(has)
    if choice == SECOND_HEATER:
        electric = has[:, HEAT_PUMP] | has[:, ELECTRIC_HEAT]
        return electric, int(electric.sum())
    if choice == EV_SMART:
        return has[:, EV], int(has[:, EV].sum())
    return everybody, len(has)


def _who_features(dwelling: Dwelling, who: Who) -> F8:
    """Return what is known of the homes before they choose, shape (13, n)."""
    features = np.zeros((len(FEATURES), len(who.persons)))
    for name, values in (
        ("house", dwelling.house),
        ("owner", dwelling.owner),
        ("income", who.income - 2.0),
        ("persons", who.persons - 2.0),
        ("retired", who.retired),
        ("insulated", dwelling.insulated),
    ):
        features[FEATURES.index(name)] = values
    return features


def _add_fuels(features: F8, fuel: I8) -> None:
    """Put what heats the homes among their features."""
    for row, name in enumerate(FEATURES):
        if name in FUELS:
            features[row] = fuel == FUELS.index(name)


def _lean(odds: F8, features: F8) -> F8:
    """Return log-odds times features, shape (n,), summed in a fixed order (no BLAS: same bits)."""
    total = np.zeros(features.shape[1])
    for row in np.flatnonzero(odds):
        total += odds[row] * features[row]
    return total


def _fuels(lot: Lot, dwelling: Dwelling, has: B1, shares: F8) -> I8:
    """Return what heats each home, the electric ones decided before."""
    other = pick(uniform(lot, _FUEL), shares[dwelling.cell])
    fuel = np.where(has[:, ELECTRIC_HEAT], _ELECTRIC, other)
    return np.where(has[:, HEAT_PUMP], _PUMP, fuel)


@cache
def _cells(name: str) -> _Cells:
    """Return log-odds of heat pumps, of resistance without a heat pump, and the other fuels."""
    stock = presets.read(name).stock
    by_type = stock.sum(axis=(1, 2, 3), keepdims=True)
    smooth = stock + _SMOOTH * by_type / by_type.sum(axis=-1, keepdims=True)
    cells = smooth.reshape(-1, len(FUELS))
    total = cells.sum(axis=1)
    pump = cells[:, _PUMP] / total
    electric = cells[:, _ELECTRIC] / (total - cells[:, _PUMP])
    others = cells.copy()
    others[:, [_PUMP, _ELECTRIC]] = 0.0
    others = others / others.sum(axis=1, keepdims=True)
    return _Cells(_logit(pump), _logit(electric), others)


def _logit(chance: F8) -> F8:
    """Return the log-odds of chances, kept finite."""
    inside = np.clip(chance, _RARE, 1.0 - _RARE)
    return np.asarray(np.log(inside / (1.0 - inside)), dtype=np.float64)
