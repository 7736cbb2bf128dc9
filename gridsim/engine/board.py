"""The board: what has been published so far, to whom, and when.

There are two rows of prices: 0 for homes that keep the reference tariff, 1 for those that are on
the tariff of the arm. What is not yet published stands at its usual price.
"""

from dataclasses import dataclass

import numpy as np

from gridsim.automation import hot_water, storage
from gridsim.citizens import curtail
from gridsim.citizens.parameters import Parameters
from gridsim.core.arrays import B1, F8, I8
from gridsim.core.clock import HOUR_S, Clock
from gridsim.engine import felt, limits
from gridsim.engine import layout as at
from gridsim.engine.people import ALL, Links
from gridsim.programmes.calls import Call, Control
from gridsim.signals.contract import Contract
from gridsim.signals.notice import Notice
from gridsim.signals.parts import Crediting
from gridsim.signals.whole import Whole

REFERENCE, ARM, CALL, ORDER = range(4)
_CALLS, _REBATES = 1 << 24, 1 << 25
"""Added to the numbers of calls and of rebates, which no number of a price's notice reaches."""
LEAST = 1e-3
"""Prices below this share of the usual mean count as this share in a logarithm; assumed."""
LEVEL = 0.1
"""The usual mean counts as at least this share of the mean size of usual prices, which matters
where many of them are negative; assumed."""
ROUND_TRIP = 0.81
"""Round-trip efficiency that the battery's price rule reckons with: 0.9 each way, assumed."""


_PUBLISHED = (at.Q_PUBLISHED, at.Q_LOG, at.Q_URGE, at.Q_SHRINK, at.Q_FELT)
_USUAL = (at.Q_USUAL, at.Q_LOG_USUAL, at.Q_URGE_USUAL, at.Q_SHRINK_USUAL, at.Q_FELT_USUAL)
"""Columns of a price, and of what follows from it."""


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
    opt_out : float
        Share of the homes that refuse an order.
    """

    notice: Notice
    tariff: int
    number: int
    channel: str | None = None
    reminder: bool = False
    opt_out: float = 0.0


@dataclass(frozen=True, slots=True)
class Beside:
    """What the board remembers of each tariff beside its prices; the arrays are written.

    Parameters
    ----------
    level : F8
        What prices are compared with, shape (2,). [currency/kWh]
    calls : B1
        Whether it calls out single hours, as critical prices and day colours do, shape (2,).
    added, told : F8
        What a kWh is felt to cost more than is paid for it: always, by charges for power, and
        once it was told, by rebates, shape (2, t). [currency/kWh]
    known : B1
        Steps whose price has been published, shape (2, t).
    tanks_follow : bool
        Whether the relays of tanks follow the price, and not the contact of the tariff.
    load_kw : F8
        Net load of the town in the steps that are over, not a number in those to come, (t,). [kW]
    touched : I8
        First step of what has changed since a window was asked for, and the step after it.
    """

    level: F8
    calls: B1
    added: F8
    told: F8
    known: B1
    tanks_follow: bool
    load_kw: F8
    touched: I8


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
    tanks_follow : bool
        Whether the relays of tanks follow the price, and not the contact of the tariff.
    """

    def __init__(
        self, horizon: Clock, contracts: tuple[Contract, Contract], settings: Parameters,
        links: Links = ALL, *, tanks_follow: bool = False,
    ):  # fmt: skip
        self.horizon = horizon
        self.contracts = contracts
        self.settings = settings
        self.links = links
        self.prices = np.zeros((2, horizon.steps, at.PRICES))
        self.beside = Beside(
            np.ones(2), np.zeros(2, dtype=np.bool_), np.zeros((2, horizon.steps)),
            np.zeros((2, horizon.steps)), np.zeros((2, horizon.steps), dtype=np.bool_),
            tanks_follow, np.full(horizon.steps, np.nan), np.array([horizon.steps, 0]),
        )  # fmt: skip
        self.news: list[News] = []
        self.log: list[tuple[int, int, Notice, float]] = []
        self.prices[:, :, [at.Q_EV_LIMIT, at.Q_LOAD_LIMIT]] = np.inf
        for tariff, contract in enumerate(contracts):
            self._open(tariff, contract)
        self.prices[:, :, at.Q_CALL_SHRINK] = 1.0
        if not links.machine:
            self.prices[ARM, :, at.Q_OFF_PEAK] = self.prices[REFERENCE, :, at.Q_OFF_PEAK]

    @property
    def load_kw(self) -> F8:
        """Net load of the town in the steps that are over, not a number later, shape (t,). [kW]"""
        return self.beside.load_kw

    def publish(self, now_s: int, notice: Notice, tariff: int = ARM) -> None:
        """Make the price of the notice's steps known from this moment on."""
        steps = self._steps(notice)
        self._know(now_s, tariff, steps)
        self.news.append(News(notice, tariff, self._number(notice, tariff)))
        paid = self.prices[tariff, steps, at.Q_ACTUAL]
        mean = float(paid.mean()) if steps.stop > steps.start else np.nan
        self.log.append((now_s, tariff, notice, mean))

    def feel(
        self, now_s: int, notice: Notice, adder: float, tariff: int = ARM, *,
        channel: str | None = None,
    ) -> None:  # fmt: skip
        """Make a kWh felt to cost more than is paid for it, as a rebate for using less does.

        Parameters
        ----------
        now_s : int
            UTC second.
        notice : Notice
            Which steps, and a label.
        adder : float
            What each kWh of these steps is felt to cost more. [currency/kWh]
        tariff : int
            Whose customers are told.
        channel : str, optional
            How people hear of it; as they hear of prices when left out.
        """
        steps = self._steps(notice)
        self.beside.told[tariff, steps] = adder
        self._show(now_s, tariff, steps)
        self.news.append(News(notice, tariff, self._number(notice, tariff) + _REBATES, channel))
        self.log.append((now_s, tariff, notice, adder))

    def game(self, now_s: int, first: int, last: int) -> None:
        """Let those who game a rebate raise their use in steps [first, last) not yet begun."""
        if self.links.curtailment:
            begin = max(first, self.horizon.step_at(now_s))
            self.prices[ARM, begin:last, at.Q_GAME] = 1.0
            self._touch(begin, last)

    def call(self, now_s: int, call: Call) -> None:
        """Make a call known: an appeal in words, or an order to machines."""
        notice = Notice(call.published_s, call.first, call.last, call.label)
        steps, rows = self._steps(notice), self.prices[ARM]
        self._touch(steps.start, steps.stop)
        kind = CALL if call.control is None else ORDER
        if call.control is not None and self.links.machine:
            self._tell(call.control, steps)
        elif call.control is None:
            words = self.settings.call.words
            rows[steps, at.Q_CALL] = words
            if self.links.curtailment:
                shrink = curtail.shrink(np.array([words]), self.settings.curtail.elasticity)
                rows[steps, at.Q_CALL_SHRINK] = shrink
        number = self._number(notice, REFERENCE) + _CALLS
        refused = 0.0 if call.control is None else call.control.opt_out
        self.news.append(News(notice, kind, number, call.channel, call.reminder, refused))
        self.log.append((now_s, kind, notice, np.nan))

    def _tell(self, control: Control, steps: slice) -> None:
        """Tell machines; where another order stands already, the stricter holds."""
        rows = self.prices[ARM, steps]
        for column, told, stricter in (
            (at.Q_SETBACK, control.setback_k, np.maximum),
            (at.Q_TANK_BLOCK, float(control.tank_block), np.maximum),
            (at.Q_EV_LIMIT, control.charge_kw, np.minimum),
            (at.Q_LOAD_LIMIT, control.load_limit_kw, np.minimum),
        ):
            rows[:, column] = stricter(rows[:, column], told)

    def set_price(
        self, now_s: int, notice: Notice, price: F8, tariff: int = ARM, *, heard: bool = True
    ) -> None:
        """Change the price of steps that have not begun, and publish it.

        A market or an operator that sets a price every few minutes tells machines, not people:
        with ``heard=False`` nobody is told of it, it takes up no notice and is not logged, and
        costs some tens of microseconds.

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
        heard : bool
            Whether people are told, or only machines read it.

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
        if heard:
            self.publish(now_s, notice, tariff)
        else:
            self._know(now_s, tariff, self._steps(notice))

    def window(self, first: int, last: int, before: F8 | None = None) -> F8:
        """Return the prices of the steps [first, last) as they stand, shape (2, t, PRICES).

        Parameters
        ----------
        first, last : int
            Which steps.
        before : F8, optional
            The window that was last asked for, of the same steps, and that nobody needs any more:
            what has changed since is written into it.
        """
        touched = self.beside.touched
        low, high = max(int(touched[0]), first), min(int(touched[1]), last)
        touched[:] = self.horizon.steps, 0
        if before is None:
            return self.prices[:, first:last].copy()
        if high > low:
            before[:, low - first : high - first] = self.prices[:, low:high]
        return before

    def _open(self, tariff: int, contract: Contract) -> None:
        """Put up what a contract says before any notice."""
        rows, whole = self.prices[tariff], Whole(contract)
        actual, usual = whole.price(self.horizon), whole.usual(self.horizon)
        earned = actual if _metered_net(contract) else whole.export_price(self.horizon)
        if not all(np.all(np.isfinite(column)) for column in (actual, usual, earned)):
            raise ValueError(f"tariff {contract.label!r} gives a price that is not a number")
        self.beside.added[tariff] = felt.by_step(contract, self.horizon)
        usual = usual + self.beside.added[tariff]
        rows[:, at.Q_ADDED] = self.beside.added[tariff]
        rows[:, at.Q_ACTUAL] = actual
        rows[:, at.Q_USUAL] = usual
        rows[:, at.Q_PUBLISHED] = usual
        rows[:, at.Q_EXPORT] = earned
        rows[:, at.Q_OFF_PEAK] = whole.off_peak(self.horizon)
        rows[:, at.Q_COUNTS : at.Q_FEED_LIMIT + 1] = limits.columns(contract, self.horizon)
        self.beside.level[tariff] = usual_level(usual)
        self.beside.calls[tariff] = whole.called(self.horizon).any()
        self._refresh(tariff, 0, self.horizon.steps, _USUAL)
        self._refresh(tariff, 0, self.horizon.steps, _PUBLISHED)
        self._follow(tariff, 0, self.horizon.steps, since=0)

    def _steps(self, notice: Notice) -> slice:
        """Return the steps of a notice that lie on the horizon."""
        return slice(max(notice.first, 0), min(notice.last, self.horizon.steps))

    def _number(self, notice: Notice, tariff: int) -> int:
        """Return the number of a notice: its first hour, and whose customers it is for."""
        begins_s = self.horizon.start_s + notice.first * self.horizon.step_s
        return 2 * int(begins_s // HOUR_S) + tariff

    def _know(self, now_s: int, tariff: int, steps: slice) -> None:
        """Make the price of some steps known."""
        self.beside.known[tariff, steps] = True
        self._show(now_s, tariff, steps)

    def _show(self, now_s: int, tariff: int, steps: slice) -> None:
        """Put up the price of some steps as it is now known and felt."""
        if steps.stop <= steps.start:
            return
        rows, beside = self.prices[tariff, steps], self.beside
        known = rows[:, at.Q_ACTUAL] + beside.added[tariff, steps]
        price = np.where(beside.known[tariff, steps], known, rows[:, at.Q_USUAL])
        rows[:, at.Q_PUBLISHED] = price + beside.told[tariff, steps]
        self._refresh(tariff, steps.start, steps.stop, _PUBLISHED)
        self._follow(tariff, steps.start, steps.stop, since=self.horizon.step_at(now_s))

    def _touch(self, first: int, last: int) -> None:
        """Remember that what stands at some steps has changed."""
        touched = self.beside.touched
        touched[:] = min(touched[0], first), max(touched[1], last)

    def _refresh(self, tariff: int, first: int, last: int, columns: tuple[int, ...]) -> None:
        """Work out how the prices of the steps [first, last) are felt: published, or usual."""
        price, log, urge, shrink, dear = columns
        rows, mean = self.prices[tariff, first:last], self.beside.level[tariff]
        words: float | F8 = self.settings.routine.words
        if columns == _PUBLISHED:
            told = self.beside.told[tariff, first:last]
            if self.beside.calls[tariff]:
                words = self.settings.call.words
            elif told.any():
                words = np.where(told != 0.0, self.settings.call.words, words)
        paid = rows[:, price]
        ratio = np.log(np.maximum(paid, LEAST * mean) / mean)
        urgency = curtail.urgency(ratio, words)
        rows[:, log] = ratio
        rows[:, dear] = paid * np.exp(urgency - ratio)
        urges = urgency if self.links.curtailment else np.zeros_like(urgency)
        rows[:, urge] = urges
        rows[:, shrink] = curtail.shrink(urges, self.settings.curtail.elasticity)

    def _follow(self, tariff: int, first: int, last: int, *, since: int) -> None:
        """Work out what machines do that follow the published prices of the steps [first, last).

        Batteries look a day ahead: from ``since`` on what they do may change before ``first``.
        """
        if self.beside.tanks_follow:
            self._switch_tanks(tariff, first, last)
        ahead = int(24 * HOUR_S // self.horizon.step_s)
        begin = max(first - ahead + 1, since, 0)
        self._touch(min(begin, first), last)
        if begin < last:
            rows = self.prices[tariff, begin : last + ahead - 1]
            fill, hold = storage.fill_and_hold(
                rows[:, at.Q_PUBLISHED], ROUND_TRIP, ahead, last - begin
            )
            rows[: last - begin, at.Q_FILL] = fill
            rows[: last - begin, at.Q_HOLD] = hold

    def _switch_tanks(self, tariff: int, first: int, last: int) -> None:
        """Close the relays of tanks in the cheapest hours of the local days of some steps."""
        if first >= last:
            return
        days = self.horizon.local_day
        a, b = np.searchsorted(days, (days[first], days[last - 1] + 1))
        rows = self.prices[tariff, a:b]
        self._touch(int(a), int(b))
        rows[:, at.Q_OFF_PEAK] = hot_water.cheap(
            rows[:, at.Q_PUBLISHED], days[a:b], self.horizon.dt_h
        )


def level_of(column: F8) -> float:
    """Return the mean of a column; of one that never changes, its value to the last bit."""
    return float(column[0] + (column - column[0]).mean())


def usual_level(usual: F8) -> float:
    """Return what prices are compared with: their usual mean, kept above 0. [currency/kWh]"""
    return max(float(usual.mean()), LEVEL * float(np.abs(usual).mean()), 1e-6)


def _metered_net(contract: Contract) -> bool:
    """Tell whether an exported kWh cancels an imported one, and so is worth its price."""
    rule = contract.parts.export
    return rule is not None and rule.crediting == Crediting.NET_METERING
