"""The plan: what people take in and decide when something is published, link by link.

A decision is a function of who they are, what they have heard, what they could do, and chance
(law 3). This file only brings the links of ``citizens`` together; it adds none of its own.
"""

import dataclasses
from dataclasses import dataclass

import numpy as np

from gridsim.citizens import attention, choice, habit
from gridsim.citizens.parameters import Parameters
from gridsim.core import chance
from gridsim.core.arrays import B1, F8, I8, to_blocks
from gridsim.core.clock import DAY_S
from gridsim.engine import layout as at
from gridsim.engine.board import ARM, CALL, ORDER, REFERENCE, Board, News
from gridsim.engine.people import Citizens, movable
from gridsim.engine.world import Minds

_OPT_OUT = chance.question("citizen", "opt_out")


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
        Whether there was anything to decide: a price that differs from the usual, or a call.
    """

    news: News
    hears: B1
    acts: B1
    matters: bool


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
        What has been published: a price, a call in words, or an order to machines.
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
    minds = _rested(minds, people, now_s)
    if news.tariff == ORDER:
        hears = people.enrolled & minds.machine
        acts = hears & ~_refuses(people, news)
        gain, worded = 1.0, np.zeros(len(acts))
    elif news.tariff == CALL:
        hears, acts = _called(minds, people, news, (first - board.horizon.step_at(now_s)), board)
        gain, worded = 1.0, hears.astype(np.float64)
    else:
        rows = board.prices[news.tariff, first:last]
        gain, ratio, dear_h = _worth(rows, board.horizon.dt_h)
        customers = people.enrolled == (news.tariff == ARM)
        hears = customers & _hears(people, news, ratio, first - board.horizon.step_at(now_s), board)
        acts = hears & choice.acts(
            gain / people.euro * movable(people, outdoor_c, dear_h),
            _bother(minds, people), people.traits.money_weight, people.crowd, notice=news.number,
        )  # fmt: skip
        worded = np.zeros(len(acts))
    priced = acts & (gain > 0.0) if news.tariff in (REFERENCE, ARM) else np.zeros_like(acts)
    after = _noted(minds, people, news, acts, board, now_s)
    after = dataclasses.replace(
        after,
        words=minds.words + worded,
        heard=minds.heard + hears * (gain > 0.0),
        saved=minds.saved + people.settings.call.habit * priced * people.offer.links.information,
    )
    return after, Heard(news, hears, acts, gain > 0.0)


def _hears(people: Citizens, news: News, ratio: float, ahead: int, board: Board) -> B1:
    """Tell which homes hear a notice that is ``ahead`` steps before what it is about."""
    reached = people.reached
    if news.channel is not None and news.channel != people.offer.channel:
        reached = attention.reach(
            people.traits.attention, people.town.people.digital, news.channel,
            people.settings.attention,
        )  # fmt: skip
        reached = attention.signed(reached, people.offer.chose, people.settings.attention)
    told = attention.Told(ratio, ahead * board.horizon.dt_h, news.reminder)
    return attention.hears(reached, people.crowd, news.number, told, people.settings.attention)


def _refuses(people: Citizens, news: News) -> B1:
    """Tell which homes opt out of an order, each call with chances of its own, shape (n,)."""
    lot = people.crowd.draw(_OPT_OUT, news.number)[:, 0]
    return np.asarray(lot < news.opt_out)


def _called(minds: Minds, people: Citizens, news: News, ahead: int, board: Board) -> tuple[B1, B1]:
    """Tell which homes hear a call in words, and which follow it."""
    settings = people.settings.call
    hears = people.enrolled & _hears(people, news, settings.words, ahead, board)
    glow = choice.glow(people.traits.engagement, minds.words, settings)
    acts = choice.acts(
        glow, _bother(minds, people), people.traits.money_weight, people.crowd, notice=news.number
    )
    return hears, hears & acts


def _bother(minds: Minds, people: Citizens) -> F8:
    """Return what one more event costs each home in bother, shape (n,). [euro]"""
    return np.asarray(people.traits.bother * (1.0 + people.settings.call.fatigue * minds.fatigue))


def _rested(minds: Minds, people: Citizens, now_s: int) -> Minds:
    """Return the minds with what has faded since they were last looked at."""
    days = (now_s - minds.fatigue_s) / DAY_S
    return dataclasses.replace(
        minds,
        fatigue=habit.rested(minds.fatigue, days, people.settings.call),
        words=habit.rested(minds.words, days, people.settings.call),
        fatigue_s=now_s,
    )


def _noted(minds: Minds, people: Citizens, news: News, acts: B1, board: Board, now_s: int) -> Minds:
    """Return the minds with one more notice in its slot."""
    first, last = _window(news, board)
    slot = minds.told % at.NOTICES
    if minds.windows[slot, 2] > board.horizon.step_at(now_s):
        raise ValueError(f"more than {at.NOTICES} notices are out at the same time")
    return dataclasses.replace(
        minds,
        acts=_with_row(minds.acts, slot, acts.astype(np.float64)),
        windows=_with_row(minds.windows, slot, np.array([news.tariff, first, last])),
        told=minds.told + 1,
        fatigue=minds.fatigue + acts * (news.tariff != ORDER),
        acted=minds.acted + acts,
    )


def mind_rows(minds: Minds, settings: Parameters) -> F8:
    """Lay out what the kernels need to know of people's minds, shape (blocks, MINDS * BLOCK)."""
    routine = minds.routine if minds.routine is not None else np.zeros(minds.acts.shape[1])
    saved = minds.saved + minds.level
    return to_blocks(
        [
            *minds.acts, np.asarray(routine, np.float64), minds.machine.astype(np.float64),
            np.exp(-saved), settings.comfort.thrift_k * saved, minds.free_kw,
        ]
    )  # fmt: skip


def slots_at(minds: Minds, steps: I8) -> I8:
    """Return the slot that covers each step, -1 for none, shape (len(steps), 4).

    Of the reference tariff's notices, of the arm's, of its calls and of its orders.
    """
    found = np.full((len(steps), 4), -1, dtype=np.int64)
    order = [(minds.told - 1 - back) % at.NOTICES for back in range(min(minds.told, at.NOTICES))]
    for slot in reversed(order):
        tariff, first, last = minds.windows[slot]
        begin, end = np.searchsorted(steps, (first, last))
        found[begin:end, tariff] = slot
    return found


def _window(news: News, board: Board) -> tuple[int, int]:
    """Return the notice's steps, cut to the horizon."""
    return max(news.notice.first, 0), min(news.notice.last, board.horizon.steps)


def _worth(rows: F8, dt_h: float) -> tuple[float, float, float]:
    """Return what a moved kWh saves [currency/kWh], ln of called over usual price, dear hours."""
    if not len(rows):
        return 0.0, 0.0, 0.0
    published, usual = rows[:, at.Q_PUBLISHED], rows[:, at.Q_USUAL]
    dearest = int(np.argmax(published - usual))
    gain = float(published[dearest] - usual[dearest])
    ratio = float(rows[dearest, at.Q_LOG] - rows[dearest, at.Q_LOG_USUAL])
    return max(gain, 0.0), ratio, dt_h * float((published > usual).sum())


def _with_row(table: np.ndarray, row: int, values: np.ndarray) -> np.ndarray:
    """Return a copy of the table with one row replaced."""
    fresh = table.copy()
    fresh[row] = values
    return fresh
