"""The review: what people look at when no call is out: their bills, their habits, their machines.

Every week what feedback and the price level have come to save; every month who lives by the hours
of the tariff they have, and whose machine has been too uncomfortable.
"""

import dataclasses
from dataclasses import dataclass

import numpy as np

from gridsim.citizens import ability, attention, habit, information
from gridsim.core.arrays import B1, F8
from gridsim.core.clock import DAY_S, Clock
from gridsim.engine import felt
from gridsim.engine import layout as at
from gridsim.engine.board import Board, level_of
from gridsim.engine.people import Citizens, movable
from gridsim.engine.world import Minds

MONTH_DAYS = 30.4375
_OWN_USE = 0.3
"""Share of their production that people with panels use themselves, as they reckon; D004."""
_MOST_SUN = 0.9
"""Most that living under their own panels is felt to take off the price level, a share; assumed."""
SUN_FROM_H, SUN_TO_H = 9.0, 17.0
"""Local hours in which roofs feed in; assumed, for export prices that follow the hour."""


@dataclass(frozen=True, slots=True)
class Readings:
    """What people read off their machines and bills.

    Parameters
    ----------
    overrides : F8
        Times that each home has overruled a machine since the start, shape (n,).
    blocks : F8
        What blocks have added to each kWh of a home on average, under the reference contract and
        under the arm's, shape (2, n). [currency/kWh]
    """

    overrides: F8
    blocks: F8


def review(
    minds: Minds, people: Citizens, board: Board, now_s: int, outdoor_c: float, readings: Readings
) -> Minds:
    """Return the minds after a week's look at bills, and at a month's end at habits.

    What feedback and the price level have come to save; each month also who lives by the hours of
    the tariff they have, and who has taken back a machine that made it uncomfortable too often.

    Parameters
    ----------
    minds : Minds
        How they stood before.
    people : Citizens
        Who they are.
    board : Board
        For prices.
    now_s : int
        UTC second.
    outdoor_c : float
        Mean of the last 24 hours. [C]
    readings : Readings
        Overruled machines, and what blocks cost.
    """
    links, settings = people.offer.links, people.settings
    days = (now_s - minds.looked_s) / DAY_S
    goal = np.where(
        people.enrolled,
        information.target(
            people.offer.feedback,
            now_s,
            people.traits.engagement,
            people.town.people.usage,
            settings.information,
        ),
        0.0,
    )
    saved = information.learned(minds.saved, goal, days, settings.information)
    log_price = _log_price(people, board, now_s, readings.blocks)
    level = information.adapted(minds.level, log_price, days, settings.level)
    after = dataclasses.replace(
        minds,
        saved=saved if links.information else np.zeros_like(saved),
        level=level if links.curtailment else np.zeros_like(level),
        looked_s=now_s,
    )
    month = int(now_s / (MONTH_DAYS * DAY_S))
    if minds.routine is not None and month == minds.month:
        return after
    taken_back = readings.overrides - minds.overrides
    return dataclasses.replace(
        after,
        month=month,
        routine=_routine(minds, people, board, month, outdoor_c),
        machine=minds.machine & (taken_back < settings.automation.patience),
        overrides=readings.overrides,
    )


def _routine(minds: Minds, people: Citizens, board: Board, month: int, outdoor_c: float) -> B1:
    """Return who lives by the hours of the tariff they have."""
    settings, who, stakes = people.settings, people.traits, people.stakes
    value, known = np.full(len(people.town), -np.inf), np.zeros(len(people.town))
    money = who.money_weight / settings.traits.money_weight[0]
    bother = who.bother / settings.traits.bother[0]
    for tariff, customers in enumerate((~people.enrolled, people.enrolled)):
        if not customers.any():
            continue
        usual, log = (board.prices[tariff, :, col] for col in (at.Q_USUAL, at.Q_LOG_USUAL))
        spread = float(usual.max() - usual.min()) / people.euro
        dear_h = 24.0 * float((log > 0.0).mean())
        could = movable(people, outdoor_c, dear_h)
        earned = level_of(board.prices[tariff, sunny_steps(board.horizon), at.Q_EXPORT])
        sun = max(float(usual.mean()) - earned, 0.0) / people.euro
        sunny = stakes.solar & people.offer.links.production
        saving = np.maximum(spread, np.where(sunny, sun, 0.0)) * could
        clear = np.log(max(float(usual.max() / max(usual.min(), 1e-3 * usual.max())), 1.0))
        sure = attention.knows(people.reached, float(clear), settings.attention)
        sure = np.where(sunny | (people.offer.chose & customers), 1.0, sure)
        worth = habit.worth(
            saving,
            who.engagement,
            money,
            bother,
            labelled=(spread > 0.0) | sunny,
            settings=settings.routine,
        )
        value = np.where(customers, np.where(saving > 0.0, worth, -np.inf), value)
        known = np.where(customers, sure, known)
    return habit.reviewed(
        minds.routine, value, known, people.crowd, month=month, settings=settings.routine
    )


def _log_price(people: Citizens, board: Board, now_s: int, blocks: F8) -> F8:
    """Return ln of the price level of the last month over the one people were used to, (n,).

    Blocks count with what they add to each kWh on average, not with the price of the last kWh:
    people answer to the average price of a stepped tariff, which their bill tells them, and not
    to the marginal one (Ito 2014, "Do consumers respond to marginal or average price?", American
    Economic Review 104(2), doi:10.1257/aer.104.2.537).
    """
    horizon = board.horizon
    last = horizon.step_at(now_s)
    first = max(last - int(MONTH_DAYS * DAY_S) // horizon.step_s, 0)
    if last <= first:
        return np.zeros(len(people.town))
    each = blocks if blocks.any() else blocks[:, :1]  # without blocks all pay alike
    paid = board.prices[:, first:last, at.Q_ACTUAL].mean(axis=1)[:, None] + each
    if paid.min() <= 0.0:
        return np.zeros(len(people.town))
    sunny = first + np.flatnonzero(sunny_steps(horizon)[first:last])
    earned = level_of(board.prices[1, sunny, at.Q_EXPORT]) if len(sunny) else paid[1]
    own = np.minimum(_OWN_USE * (1.0 - earned / paid[1]), _MOST_SUN)
    log = np.log(paid[1] / paid[0]) * people.enrolled
    return np.asarray(log + np.log1p(-own) * people.stakes.fresh)


def sunny_steps(horizon: Clock) -> B1:
    """Return the steps in which roofs feed in, as people reckon, shape (t,)."""
    return np.asarray((horizon.local_hour >= SUN_FROM_H) & (horizon.local_hour < SUN_TO_H))


def expected_saving(people: Citizens, board: Board, outdoor_c: float) -> F8:
    """Return what each home expects to save in a year with the arm's tariff, shape (n,). [euro]

    The difference of the mean prices on what they believe to use, and what moving would bring
    where the prices differ by the hour; at the prices that are usual. Standing charges, charges
    for power at a typical peak and blocks count as ``felt.yearly`` has them.

    Parameters
    ----------
    people : Citizens
        Who they are, whoever is enrolled.
    board : Board
        Of the arm.
    outdoor_c : float
        Mean outdoor temperature of the period. [C]
    """
    usual = board.prices[:, :, at.Q_USUAL]
    paid = usual - board.beside.added
    mean = float(paid[0].mean() - paid[1].mean())
    spread = float(np.ptp(usual[1]) - np.ptp(usual[0]))
    dear_h = 24.0 * float((board.prices[1, :, at.Q_LOG_USUAL] > 0.0).mean())
    kwh = ability.yearly_kwh(people.town.people.persons.astype(np.float64))
    moved = 365.0 * movable(people, outdoor_c, dear_h)
    before, after = (felt.yearly(contract, kwh) for contract in board.contracts)
    return np.asarray((mean * kwh + spread * moved + before - after) / people.euro)
