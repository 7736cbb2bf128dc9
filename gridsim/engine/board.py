"""The board: what has been published so far, to whom, and when.

There are two rows of prices: 0 for homes that keep the reference tariff, 1 for those that are on
the tariff of the arm. What is not yet published stands at its usual price.
"""

from dataclasses import dataclass

import numpy as np

from gridsim.automation import storage
from gridsim.citizens import curtail
from gridsim.citizens.parameters import Parameters
from gridsim.core.arrays import F8
from gridsim.core.clock import HOUR_S, Clock
from gridsim.engine import layout as at
from gridsim.engine.people import ALL, Links
from gridsim.programmes.calls import Call
from gridsim.signals.contract import Contract
from gridsim.signals.notice import Notice
from gridsim.signals.parts import Crediting
from gridsim.signals.whole import Whole

REFERENCE, ARM, CALL, ORDER = range(4)
_CALLS = 1 << 24
"""Added to the numbers of calls, which no number of a price's notice reaches."""
LEAST = 1e-3
"""Prices below this share of the usual mean count as this share in a logarithm; assumed."""
LEVEL = 0.1
"""The usual mean counts as at least this share of the mean size of usual prices, which matters
where many of them are negative; assumed."""
ROUND_TRIP = 0.81
"""Round-trip efficiency that the battery's price rule reckons with: 0.9 each way, assumed."""


@dataclass(frozen=True, slots=True)
class News:
    """A notice that has just been published.

    Parameters
    ----------
    notice : Notice
        What, and for which steps.
    tariff : int
        ``REFERENCE`` or ``ARM``: whose customers a price is for; ``CALL``: a request in words;
        ``ORDER``: told to machines, not to people.
    number : int
        A number that no other notice of the run shares.
    channel : str or None
        How people hear of it; None: as they hear of prices.
    reminder : bool
        Whether they are told once more on the day itself.
    """

    notice: Notice
    tariff: int
    number: int
    channel: str | None = None
    reminder: bool = False


class Board:
    """What has been published; the actors of the agenda write, people and machines read.

    Parameters
    ----------
    horizon : Clock
        The period and the two days after it.
    contracts : tuple of Contract
        Of the homes that keep the reference tariff, and of those on the arm's.
    settings : Parameters
        Of the citizen chain: what prices, labels and calls are felt to be.
    links : Links
        Which links of the chain are at work.
    """

    def __init__(
        self, horizon: Clock, contracts: tuple[Contract, Contract], settings: Parameters,
        links: Links = ALL,
    ):  # fmt: skip
        self.horizon = horizon
        self.contracts = contracts
        self.settings = settings
        self.links = links
        self.prices = np.zeros((2, horizon.steps, at.PRICES))
        self.usual_mean = [1.0, 1.0]
        self.news: list[News] = []
        self.log: list[tuple[int, int, Notice, float]] = []
        for tariff, contract in enumerate(contracts):
            self._open(tariff, contract)
        self.prices[:, :, at.Q_CALL_SHRINK] = 1.0
        if not links.machine:
            self.prices[ARM, :, at.Q_OFF_PEAK] = self.prices[REFERENCE, :, at.Q_OFF_PEAK]

    def publish(self, now_s: int, notice: Notice, tariff: int = ARM) -> None:
        """Make the price of the notice's steps known from this moment on."""
        steps = slice(max(notice.first, 0), min(notice.last, self.horizon.steps))
        rows = self.prices[tariff]
        rows[steps, at.Q_PUBLISHED] = rows[steps, at.Q_ACTUAL]
        self._refresh(tariff, steps.start, steps.stop)
        number = int((self.horizon.start_s + notice.first * self.horizon.step_s) // HOUR_S)
        self.news.append(News(notice, tariff, 2 * number + tariff))
        mean = float(rows[steps, at.Q_ACTUAL].mean()) if steps.stop > steps.start else np.nan
        self.log.append((now_s, tariff, notice, mean))

    def call(self, now_s: int, call: Call) -> None:
        """Make a call known: an appeal in words, or an order to machines."""
        steps = slice(max(call.first, 0), min(call.last, self.horizon.steps))
        rows = self.prices[ARM]
        kind = CALL if call.control is None else ORDER
        if call.control is not None and self.links.machine:
            rows[steps, at.Q_SETBACK] = call.control.setback_k
            rows[steps, at.Q_EV_PAUSE] = float(call.control.ev_pause)
            rows[steps, at.Q_TANK_BLOCK] = float(call.control.tank_block)
        elif call.control is None:
            words = self.settings.call.words
            rows[steps, at.Q_CALL] = words
            if self.links.curtailment:
                shrink = curtail.shrink(np.array([words]), self.settings.curtail.elasticity)
                rows[steps, at.Q_CALL_SHRINK] = shrink
        number = 2 * int((self.horizon.start_s + call.first * self.horizon.step_s) // HOUR_S)
        notice = Notice(call.published_s, call.first, call.last, call.label)
        self.news.append(News(notice, kind, number + _CALLS, call.channel, call.reminder))
        self.log.append((now_s, kind, notice, np.nan))

    def set_price(self, now_s: int, notice: Notice, price: F8, tariff: int = ARM) -> None:
        """Change the price of steps that have not begun, and publish it.

        Parameters
        ----------
        now_s : int
            UTC second.
        notice : Notice
            Which steps, and a label.
        price : F8
            New import price, shape (last - first,). [currency/kWh]
        tariff : int
            Whose customers it is for.

        Raises
        ------
        ValueError
            If a step has already begun: the past cannot be repriced.
        """
        begins = self.horizon.start_s + notice.first * self.horizon.step_s
        if begins < now_s:
            raise ValueError(f"step {notice.first} has begun: its price can no longer change")
        last = min(notice.last, self.horizon.steps)
        self.prices[tariff, notice.first : last, at.Q_ACTUAL] = price[: last - notice.first]
        self.publish(now_s, notice, tariff)

    def _open(self, tariff: int, contract: Contract) -> None:
        """Put up what a contract says before any notice."""
        rows, whole = self.prices[tariff], Whole(contract)
        actual, usual = whole.price(self.horizon), whole.usual(self.horizon)
        earned = actual if _metered_net(contract) else whole.export_price(self.horizon)
        if not all(np.all(np.isfinite(column)) for column in (actual, usual, earned)):
            raise ValueError(f"tariff {contract.label!r} gives a price that is not a number")
        rows[:, at.Q_ACTUAL] = actual
        rows[:, at.Q_USUAL] = usual
        rows[:, at.Q_PUBLISHED] = usual
        rows[:, at.Q_EXPORT] = earned
        rows[:, at.Q_OFF_PEAK] = whole.off_peak(self.horizon)
        self.usual_mean[tariff] = usual_level(usual)
        self._refresh(tariff, 0, self.horizon.steps)

    def _calls(self, tariff: int) -> bool:
        """Tell whether a tariff calls out single hours, as critical prices and day colours do."""
        return bool(Whole(self.contracts[tariff]).called(self.horizon).any())

    def _refresh(self, tariff: int, first: int, last: int) -> None:
        """Work out what follows from the published prices of the steps [first, last)."""
        rows = self.prices[tariff, first:last]
        mean = self.usual_mean[tariff]
        feels = self.links.curtailment
        for price, log, urge, shrink, felt, words in (
            (
                at.Q_PUBLISHED, at.Q_LOG, at.Q_URGE, at.Q_SHRINK, at.Q_FELT,
                self.settings.call.words if self._calls(tariff) else self.settings.routine.words,
            ),
            (
                at.Q_USUAL, at.Q_LOG_USUAL, at.Q_URGE_USUAL, at.Q_SHRINK_USUAL, at.Q_FELT_USUAL,
                self.settings.routine.words,
            ),
        ):  # fmt: skip
            rows[:, log] = np.log(np.maximum(rows[:, price], LEAST * mean) / mean)
            urgency = curtail.urgency(rows[:, log], words)
            rows[:, felt] = rows[:, price] * np.exp(urgency - rows[:, log])
            rows[:, urge] = urgency if feels else 0.0
            rows[:, shrink] = curtail.shrink(rows[:, urge], self.settings.curtail.elasticity)
        ahead = int(24 * HOUR_S // self.horizon.step_s)
        begin = max(first - ahead + 1, 0)
        seen = self.prices[tariff, begin : last + ahead - 1, at.Q_PUBLISHED]
        fill, hold = storage.fill_and_hold(seen, ROUND_TRIP, ahead)
        self.prices[tariff, begin:last, at.Q_FILL] = fill[: last - begin]
        self.prices[tariff, begin:last, at.Q_HOLD] = hold[: last - begin]


def usual_level(usual: F8) -> float:
    """Return what prices are compared with: their usual mean, kept above 0. [currency/kWh]"""
    return max(float(usual.mean()), LEVEL * float(np.abs(usual).mean()), 1e-6)


def _metered_net(contract: Contract) -> bool:
    """Tell whether an exported kWh cancels an imported one, and so is worth its price."""
    rule = contract.parts.export
    return rule is not None and rule.crediting == Crediting.NET_METERING
