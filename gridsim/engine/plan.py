"""The plan: what people take in and decide when something is published, link by link.

A decision is a function of who they are, what they have heard, what they could do, and chance
(law 3). This file only brings the links of ``citizens`` together; it adds none of its own.
"""

import dataclasses
from dataclasses import dataclass

import numpy as np

from gridsim.citizens import ability, attention, choice, habit
from gridsim.citizens.parameters import Parameters
from gridsim.core.arrays import B1, F8, I8, to_blocks
from gridsim.core.chance import Crowd
from gridsim.core.clock import DAY_S, HOUR_S
from gridsim.engine import layout as at
from gridsim.engine.board import ARM, Board, News
from gridsim.engine.world import Minds
from gridsim.population.town import HEAT_PUMP, NOT_ELECTRIC, Town

_QUARTER_DAYS = 91


@dataclass(frozen=True, slots=True)
class Heard:
    """Who heard and who acts on one notice, for the log of events.

    Parameters
    ----------
    news : News
        What was published.
    hears, acts : B1
        Shape (n,).
    matters : bool
        Whether there was anything to decide: a price that differs from the usual.
    """

    news: News
    hears: B1
    acts: B1
    matters: bool


@dataclass(frozen=True, slots=True)
class Citizens:
    """What decides how the people of an arm answer, fixed for the run.

    Parameters
    ----------
    town : Town
        Who they are.
    crowd : Crowd
        Their numbers and the seed.
    reached : F8
        How surely an ordinary notice reaches each home, shape (n,).
    enrolled : B1
        Who is on the arm's tariff, shape (n,).
    runs_kwh, car_kwh, cop : F8
        Daily energy of deferrable runs and car [kWh]; heat per electricity, shape (n,).
    settings : Parameters
        The one set of parameters.
    """

    town: Town
    crowd: Crowd
    reached: F8
    enrolled: B1
    runs_kwh: F8
    car_kwh: F8
    cop: F8
    settings: Parameters


def citizens_of(
    town: Town, seed: int, channel: str, enrolled: B1, settings: Parameters
) -> Citizens:
    """Return how the people of an arm answer."""
    goods = town.appliances
    runs = (
        goods.wash * goods.wash_kwh * goods.wash_week
        + goods.dish * goods.dish_kwh * goods.dish_week
        + goods.dryer * goods.dryer_kwh * goods.dryer_week
    ) / 7.0
    kinds = (town.heating.kind == NOT_ELECTRIC, town.heating.kind == HEAT_PUMP)
    cop = np.select(kinds, (np.inf, 3.0), 1.0)  # assumed: people think of three to one
    reached = attention.reach(
        town.traits.attention, town.people.digital, channel, settings.attention
    )
    return Citizens(
        town, Crowd(seed, town.homes), reached, enrolled, runs,
        town.car.owns * town.car.km_day * town.car.kwh_km, cop, settings,
    )  # fmt: skip


def hear(
    minds: Minds, people: Citizens, news: News, board: Board, *, outdoor_c: float, now_s: int
) -> tuple[Minds, Heard]:
    """Return what people make of one notice: attention, ability, willingness.

    Parameters
    ----------
    minds : Minds
        How they stood before.
    people : Citizens
        Who they are.
    news : News
        What has been published.
    board : Board
        For prices, known and usual.
    outdoor_c : float
        Mean of the last 24 hours. [C]
    now_s : int
        UTC second.

    Raises
    ------
    ValueError
        If more notices are out at once than there are slots.
    """
    first, last = _window(news, board)
    rows = board.prices[news.tariff, first:last]
    gain, ratio = _worth(rows)
    settings = people.settings.willingness
    fatigue = habit.rested(minds.fatigue, (now_s - minds.fatigue_s) / DAY_S, settings)
    customers = people.enrolled == (news.tariff == ARM)
    begins = board.horizon.start_s + first * board.horizon.step_s
    heard = customers & attention.hears(
        people.reached, people.crowd, news.number,
        log_ratio=ratio, day_ahead=begins - now_s > 6 * HOUR_S,
        settings=people.settings.attention,
    )  # fmt: skip
    acts = heard & choice.acts(
        gain * _movable(people, outdoor_c),
        people.town.traits.bother * (1.0 + settings.fatigue * fatigue),
        people.town.traits.money_weight, people.crowd, notice=news.number,
    )  # fmt: skip
    slot = minds.told % at.NOTICES
    if minds.windows[slot, 2] > board.horizon.step_at(now_s):
        raise ValueError(f"more than {at.NOTICES} notices are out at the same time")
    after = dataclasses.replace(
        minds,
        acts=_with_row(minds.acts, slot, acts.astype(np.float64)),
        windows=_with_row(minds.windows, slot, np.array([news.tariff, first, last])),
        told=minds.told + 1,
        fatigue=fatigue + acts,
        fatigue_s=now_s,
        acted=minds.acted + acts,
    )
    return after, Heard(news, heard, acts, gain > 0.0)


def review(minds: Minds, people: Citizens, board: Board, now_s: int, outdoor_c: float) -> Minds:
    """Return the routines after a review: who lives by the hours of the tariff they have."""
    saving = np.zeros(len(people.town))
    movable = _movable(people, outdoor_c)
    solar = people.town.producers.pv_kwp > 0.0
    for tariff, customers in enumerate((~people.enrolled, people.enrolled)):
        usual = board.prices[tariff, :, at.Q_USUAL]
        export = float(board.prices[tariff, 0, at.Q_EXPORT])
        spread = float(usual.max() - usual.min())
        own = np.where(solar, max(float(usual.mean()) - export, 0.0), 0.0)
        saving = np.where(customers, np.maximum(spread, own) * movable, saving)
    routine = habit.reviewed(
        minds.routine, saving, people.reached, people.crowd,
        quarter=now_s // (_QUARTER_DAYS * DAY_S), settings=people.settings.routine,
    )  # fmt: skip
    return dataclasses.replace(minds, routine=routine)


def mind_rows(minds: Minds) -> F8:
    """Lay out what the kernels need to know of people's minds, shape (blocks, MINDS * BLOCK)."""
    routine = minds.routine if minds.routine is not None else np.zeros(minds.acts.shape[1])
    return to_blocks([*minds.acts, np.asarray(routine, np.float64)])


def slots_at(minds: Minds, steps: I8) -> I8:
    """Return the slot that covers each step for each tariff, -1 for none, shape (len(steps), 2)."""
    found = np.full((len(steps), 2), -1, dtype=np.int64)
    order = [(minds.told - 1 - back) % at.NOTICES for back in range(min(minds.told, at.NOTICES))]
    for slot in reversed(order):
        tariff, first, last = minds.windows[slot]
        begin, end = np.searchsorted(steps, (first, last))
        found[begin:end, tariff] = slot
    return found


def _movable(people: Citizens, outdoor_c: float) -> F8:
    """Return what each home could move out of the dear hours of a day, shape (n,). [kWh]"""
    heating = ability.heat_kwh(outdoor_c, people.town.envelope.h_out_kw_k, people.cop)
    second = (people.town.heating.second_kw > 0.0).astype(np.float64)
    settings = people.settings.willingness
    return ability.movable_kwh(people.runs_kwh, people.car_kwh, heating, second, settings)


def _window(news: News, board: Board) -> tuple[int, int]:
    """Return the notice's steps, cut to the horizon."""
    return max(news.notice.first, 0), min(news.notice.last, board.horizon.steps)


def _worth(rows: F8) -> tuple[float, float]:
    """Return what a moved kWh saves [currency/kWh] and ln of the called price over the usual."""
    if not len(rows):
        return 0.0, 0.0
    published, usual = rows[:, at.Q_PUBLISHED], rows[:, at.Q_USUAL]
    dearest = int(np.argmax(published - usual))
    gain = float(published[dearest] - usual[dearest])
    ratio = float(rows[dearest, at.Q_LOG] - rows[dearest, at.Q_LOG_USUAL])
    return max(gain, 0.0), ratio


def _with_row(table: np.ndarray, row: int, values: np.ndarray) -> np.ndarray:
    """Return a copy of the table with one row replaced."""
    fresh = table.copy()
    fresh[row] = values
    return fresh
