"""Elasticities of a run: the regression of a trial beside that on the same homes in both arms.

Prices are those of the arm that a home is in, whether or not it enrolled: what is estimated is the
answer to a price that is offered. The truth is the slope of the same regression when every home is
compared with itself in the other arm at the same time; where homes have effects of their own, they
have one in each arm, so that both leave out what a home does on all days alike. Rows without a
positive energy (a home away, or exporting) have no logarithm and are left out, in the truth from
both arms.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from gridsim.core.arrays import B1, F4, F8, I8
from gridsim.core.clock import HOUR_S
from gridsim.metrics import panel
from gridsim.metrics.regression import Codes
from gridsim.studies.lots import Beside, Trial

Within = Literal["home", "day"]
"""What has a constant of its own in a regression."""

HEATING_C = 15.5
"""Below it a day has heating degrees: the British convention. [C]"""

COOLING_C = 18.3
"""Above it a day has cooling degrees: 65 F, the convention of the United States. [C]"""


@dataclass(frozen=True, slots=True)
class _Rows:
    """Home-periods, m of them.

    Parameters
    ----------
    home, period : I8
        Which home and period, shape (m,).
    copy : I8
        Which home in which arm, shape (m,).
    kwh : F8
        Quantities, in any unit of energy, shape (m, q).
    price : F8
        Price, or ratio of prices, shape (m,).
    """

    home: I8
    period: I8
    copy: I8
    kwh: F8
    price: F8


def substitution(trial: Trial, within: tuple[Within, ...] = ("day",)) -> Beside:
    """Return the elasticity of substitution between peak and off-peak, a row a home and day.

    The peak is made of the wall-clock times at which the arm is ever at its dearest, on all days
    and in both arms.

    Parameters
    ----------
    trial : Trial
        Who is seen in which arm.
    within : tuple
        Fixed effects. With ``("day",)`` homes are compared with each other, which the lot makes
        fair; ``("home", "day")`` is surer but needs prices that change from day to day.

    Raises
    ------
    ValueError
        If prices do not differ, or as :func:`panel.substitution`.
    """
    at_peak = _peak_times(trial)
    cuts = _cuts(trial.clock.local_day)
    loads = [[_sums(kw, cuts, at) for at in (at_peak, ~at_peak)] for kw in _both(trial)]
    prices = [_mean(p, cuts, at_peak) / _mean(p, cuts, ~at_peak) for p in _prices(trial)]
    seen, pairs = _seen(trial, loads, prices), _pairs(loads, prices)
    found = panel.substitution(
        seen.kwh[:, 0], seen.kwh[:, 1], seen.price, seen.home,
        effects=_effects(seen, within), controls=_weather(trial, seen, within),
    )  # fmt: skip
    truth = panel.substitution(
        pairs.kwh[:, 0], pairs.kwh[:, 1], pairs.price, pairs.home, effects=_twice(pairs, within)
    )
    return Beside(found, truth.estimate)


def own_price(trial: Trial, within: tuple[Within, ...] = ("day",)) -> Beside:
    """Return the own-price elasticity of daily energy.

    The price of a day is the mean over its steps by what the reference takes in them, so that
    moving use does not move the price that explains it. Without day effects, heating and cooling
    degrees are controls.

    Parameters
    ----------
    trial, within
        As in :func:`substitution`.

    Raises
    ------
    ValueError
        If prices do not differ, or as :func:`panel.own_price`.
    """
    cuts = _cuts(trial.clock.local_day)
    usual = trial.reference.series.flow("import")
    loads = [[_sums(kw, cuts)] for kw in _both(trial)]
    prices = [
        np.add.reduceat(price * usual, cuts) / np.add.reduceat(usual, cuts)
        for price in _prices(trial)
    ]
    seen, pairs = _seen(trial, loads, prices), _pairs(loads, prices)
    found = panel.own_price(
        seen.kwh[:, 0], seen.price, seen.home,
        effects=_effects(seen, within), controls=_weather(trial, seen, within),
    )  # fmt: skip
    truth = panel.own_price(pairs.kwh[:, 0], pairs.price, pairs.home, effects=_twice(pairs, within))
    return Beside(found, truth.estimate)


def hourly_own_price(trial: Trial) -> Beside:
    """Return the own-price elasticity of hourly energy under prices that change by the hour.

    Every home has an effect of its own for each hour of the day, and every hour of the period
    has one for all homes.

    Raises
    ------
    ValueError
        If the arm's prices do not change from day to day, or as :func:`panel.own_price`.
    """
    cuts = _cuts(trial.clock.time_s // HOUR_S)
    hour = trial.clock.wall_s[cuts] // HOUR_S
    loads = [[_sums(kw, cuts)] for kw in _both(trial)]
    prices = [_mean(price, cuts) for price in _prices(trial)]
    seen, pairs = _seen(trial, loads, prices), _pairs(loads, prices)
    found = panel.hourly_own_price(
        seen.kwh[:, 0], seen.price, seen.home, hour[seen.period], effects=(seen.period,)
    )
    truth = panel.hourly_own_price(
        pairs.kwh[:, 0], pairs.price, pairs.copy, hour[pairs.period], effects=(_cells(pairs),)
    )
    return Beside(found, truth.estimate)


def _peak_times(trial: Trial) -> B1:
    """Return the steps at wall-clock times at which the arm is ever at its dearest."""
    price, wall_s = trial.arm.price, trial.clock.wall_s
    found = np.isin(wall_s, wall_s[price >= price.max()])
    if found.all():
        raise ValueError(f"every hour of {trial.arm.name} is among the dearest: there is no peak")
    return found


def _seen(trial: Trial, loads: list[list[F8]], prices: list[F8]) -> _Rows:
    """Return the rows of a trial: control homes in the reference, treated homes in the arm."""
    kwh = [np.where(trial.treated, other, first) for first, other in zip(*loads, strict=True)]
    price = np.where(trial.treated, prices[1][:, None], prices[0][:, None])
    return _positive(_flat(kwh, price))


def _pairs(loads: list[list[F8]], prices: list[F8]) -> _Rows:
    """Return every home in both arms, less the home-periods that are not positive in both."""
    first, other = (
        _flat(kwh, np.repeat(price[:, None], kwh[0].shape[1], axis=1))
        for kwh, price in zip(loads, prices, strict=True)
    )
    known = np.all((first.kwh > 0) & (other.kwh > 0), axis=1)
    first, other = _some(first, known), _some(other, known)
    return _Rows(
        np.tile(first.home, 2),
        np.tile(first.period, 2),
        np.concatenate([first.copy, other.copy + loads[0][0].shape[1]]),
        np.concatenate([first.kwh, other.kwh]),
        np.concatenate([first.price, other.price]),
    )


def _flat(kwh: list[F8], price: F8) -> _Rows:
    """Return tables of periods and homes, shape (p, n), as rows."""
    period, home = (codes.reshape(-1) for codes in np.indices(price.shape))
    quantity = np.stack([one.reshape(-1) for one in kwh], axis=1)
    return _Rows(home, period, home, quantity, price.reshape(-1))


def _positive(rows: _Rows) -> _Rows:
    """Return the rows whose energies have logarithms."""
    return _some(rows, np.all(rows.kwh > 0, axis=1))


def _some(rows: _Rows, mask: B1) -> _Rows:
    """Return some of the rows."""
    return _Rows(
        rows.home[mask], rows.period[mask], rows.copy[mask], rows.kwh[mask], rows.price[mask]
    )


def _effects(rows: _Rows, within: tuple[Within, ...]) -> tuple[Codes, ...]:
    """Return the codes of the fixed effects."""
    codes: dict[Within, Codes] = {"home": rows.home, "day": rows.period}
    return tuple(codes[one] for one in within)


def _twice(rows: _Rows, within: tuple[Within, ...]) -> tuple[Codes, ...]:
    """Return the codes of the fixed effects where every home is there in both arms."""
    return (_cells(rows), rows.copy) if "home" in within else (_cells(rows),)


def _weather(trial: Trial, rows: _Rows, within: tuple[Within, ...]) -> F8 | None:
    """Return heating and cooling degrees of each row, where days have no effect of their own."""
    if "day" in within:
        return None
    temp_c = _mean(trial.temp_c, _cuts(trial.clock.local_day))
    degrees = np.stack([np.maximum(HEATING_C - temp_c, 0), np.maximum(temp_c - COOLING_C, 0)], 1)
    varies = np.ptp(degrees, axis=0) > 0
    return degrees[rows.period][:, varies] if varies.any() else None


def _cells(rows: _Rows) -> I8:
    """Return a code for each home and period."""
    return np.asarray(rows.home * (rows.period.max(initial=0) + 1) + rows.period)


def _both(trial: Trial) -> tuple[F4, F4]:
    """Return the loads in the reference and in the arm."""
    return trial.before_kw, trial.after_kw


def _prices(trial: Trial) -> tuple[F8, F8]:
    """Return the prices of the reference and of the arm."""
    return trial.reference.price, trial.arm.price


def _cuts(codes: I8) -> I8:
    """Return the first step of each run of equal codes."""
    return np.concatenate([[0], np.flatnonzero(np.diff(codes)) + 1])


def _sums(kw: F4, cuts: I8, at: B1 | None = None) -> F8:
    """Return the sums of loads over periods, in some steps only, shape (p, n).

    In kW times steps: every use of it is a logarithm whose constant takes the unit up.
    """
    chosen = kw if at is None else kw * at[:, None]
    return np.asarray(np.add.reduceat(chosen, cuts, axis=0, dtype=np.float64))


def _mean(values: F8, cuts: I8, at: B1 | None = None) -> F8:
    """Return the means of a series over periods, in some steps only, shape (p,)."""
    weight = np.ones(len(values)) if at is None else at.astype(np.float64)
    return np.asarray(np.add.reduceat(values * weight, cuts) / np.add.reduceat(weight, cuts))
