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
from gridsim.core.arrays import B1, BLOCK, F8, I8, blocks_for
from gridsim.core.chance import Crowd
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
    ahead, gain, worded = first - board.horizon.step_at(now_s), 1.0, minds.words
    if news.tariff == ORDER:
        hears = people.enrolled & minds.machine
        acts = hears & ~_refuses(people, news)
    elif news.tariff == CALL:
        hears, acts = _called(minds, people, news, ahead, board)
        worded = minds.words + hears
    else:
        gain, ratio, dear_h = _worth(board.prices[news.tariff, first:last], board.horizon.dt_h)
        customers = people.enrolled == (news.tariff == ARM)
        hears = customers & _hears(people, news, ratio, ahead, board)
        who = np.flatnonzero(hears) if gain > 0.0 else np.empty(0, dtype=np.int64)
        stake = gain / people.euro * movable(people, outdoor_c, dear_h, who)
        acts = _willing(minds, people, news, who, stake)
    told = hears if gain > 0.0 else np.zeros_like(hears)
    saved = minds.saved
    if news.tariff in (REFERENCE, ARM) and people.offer.links.information and acts.any():
        saved = minds.saved + people.settings.call.habit * acts
    slot = _slot(minds, board.horizon.step_at(now_s))
    after = dataclasses.replace(
        minds,
        acts=_with_row(minds.acts, slot, acts),
        windows=_with_row(minds.windows, slot, np.array([news.tariff, first, last])),
        told=minds.told + 1,
        fatigue=minds.fatigue if news.tariff == ORDER else minds.fatigue + acts,
        acted=minds.acted + acts,
        words=worded,
        heard=minds.heard + told,
        saved=saved,
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
    who = np.flatnonzero(hears)
    glow = choice.glow(people.traits.engagement[who], minds.words[who], settings)
    return hears, _willing(minds, people, news, who, glow)


def _willing(minds: Minds, people: Citizens, news: News, who: I8, stake: F8) -> B1:
    """Tell which homes act, shape (n,): those of ``who`` to whom it is worth the bother.

    Parameters
    ----------
    who : I8
        Places of the homes that have something to decide, shape (m,).
    stake : F8
        What acting is worth to each of them, shape (m,). [euro]
    """
    acts = np.zeros(len(people.town), dtype=np.bool_)
    if len(who):
        crowd = Crowd(people.crowd.seed, people.crowd.homes[who])
        tired = 1.0 + people.settings.call.fatigue * minds.fatigue[who]
        acts[who] = choice.acts(
            stake, people.traits.bother[who] * tired, people.traits.money_weight[who], crowd,
            notice=news.number,
        )  # fmt: skip
    return acts


def _rested(minds: Minds, people: Citizens, now_s: int) -> Minds:
    """Return the minds with what has faded since they were last looked at."""
    days = (now_s - minds.fatigue_s) / DAY_S
    return dataclasses.replace(
        minds,
        fatigue=habit.rested(minds.fatigue, days, people.settings.call),
        words=habit.rested(minds.words, days, people.settings.call),
        fatigue_s=now_s,
    )


def _slot(minds: Minds, step: int) -> int:
    """Return the slot of one more notice, which the notice before it must no longer need."""
    slot = minds.told % at.NOTICES
    if minds.windows[slot, 2] > step:
        raise ValueError(f"more than {at.NOTICES} notices are out at the same time")
    return slot


def mind_rows(minds: Minds, settings: Parameters, known: tuple[Minds, F8] | None = None) -> F8:
    """Lay out what the kernels need to know of people's minds, shape (blocks, MINDS * BLOCK).

    Parameters
    ----------
    minds : Minds
        What people think.
    settings : Parameters
        Of the citizen chain.
    known : tuple, optional
        Minds from which these came, and their rows: only what has changed is worked out anew.
    """
    homes = minds.acts.shape[1]
    if known is None:
        before, rows = None, np.empty((blocks_for(homes), at.MINDS * BLOCK))
    else:
        before, rows = known[0], known[1].copy()
    for slot in range(at.NOTICES):
        if before is None or _rewritten(before, minds, slot):
            _put(rows, at.ACTS + slot * BLOCK, minds.acts[slot])
    if before is None or minds.routine is not before.routine:
        _put(rows, at.ROUTINE, minds.routine if minds.routine is not None else np.zeros(homes))
    if before is None or minds.machine is not before.machine:
        _put(rows, at.MACHINE, minds.machine)
    if before is None or minds.saved is not before.saved or minds.level is not before.level:
        saved = minds.saved + minds.level
        _put(rows, at.THRIFT, np.exp(-saved))
        _put(rows, at.THRIFT_K, settings.comfort.thrift_k * saved)
    if before is None or minds.free_kw is not before.free_kw:
        _put(rows, at.FREE_KW, minds.free_kw)
    return rows


def _rewritten(before: Minds, minds: Minds, slot: int) -> bool:
    """Tell whether a slot has got another notice since."""
    return (slot - before.told) % at.NOTICES < minds.told - before.told


def _put(rows: F8, offset: int, values: np.ndarray) -> None:
    """Write one field of all homes; lanes beyond the last home repeat it, as in ``to_blocks``."""
    whole, rest = divmod(len(values), BLOCK)
    field = rows[:, offset : offset + BLOCK]
    field[:whole] = values[: whole * BLOCK].reshape(whole, BLOCK)
    if rest:
        field[whole, :rest] = values[whole * BLOCK :]
        field[whole, rest:] = values[-1]


def slots_at(minds: Minds, first: int, last: int) -> I8:
    """Return the slot that covers each step of [first, last), -1 for none, shape (last - first, 4).

    Of the reference tariff's notices, of the arm's, of its calls and of its orders.
    """
    found = np.full((last - first, 4), -1, dtype=np.int64)
    for back in range(min(minds.told, at.NOTICES), 0, -1):
        slot = (minds.told - back) % at.NOTICES
        tariff, begin, end = minds.windows[slot].tolist()
        found[max(begin - first, 0) : max(end - first, 0), tariff] = slot
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
