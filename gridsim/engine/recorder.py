"""The recorder: what is written down while a run goes on, and turned into results at its end."""

from dataclasses import dataclass, field

import numpy as np

from gridsim.core.arrays import BLOCK, F4, F8, I8
from gridsim.core.clock import Clock
from gridsim.engine import diary
from gridsim.engine import layout as at
from gridsim.engine.blocks import Sums
from gridsim.engine.plan import Heard

_APPLIANCES = ("washing machine", "dishwasher", "dryer")
_KINDS: dict[int, tuple[str, str, str]] = {
    **{
        diary.WISH + i: ("wish", "activity", f"{name}: wants to run, kWh")
        for i, name in enumerate(_APPLIANCES)
    },
    diary.LEAVES: ("departure", "trip", "car leaves, km of the trip"),
    diary.BACK: ("return", "trip", "car is back, km driven"),
    diary.PLUGS: ("plug-in", "habit", "plugs in, state of charge"),
    diary.CHARGES: ("charging starts", "charger", "kW"),
    diary.CHARGED: ("charging ends", "charger", "kW"),
    diary.BOOST: ("override", "hot water ran cold", "boost of the tank against the relay"),
    diary.BOOST_END: ("override ends", "hot water is warm", ""),
    diary.STOVE: ("second heater lit", "price", ""),
    diary.STOVE_OUT: ("second heater out", "price or nobody up", ""),
    diary.SET_LOWER: ("set point lowered", "price", ""),
    diary.SET_BACK: ("set point back", "price", ""),
}  # fmt: skip


@dataclass
class Recorder:
    """Collects the sums of each step and the lines of the log of one arm.

    Parameters
    ----------
    kw : F8
        Each flow summed over each group, shape (t, groups, FLOWS). [kW]
    lines : list of F8
        Log lines of the followed homes, (lines, 4) each.
    parts : int
        Groups that together are all homes.
    keep : bool
        Whether to keep the net load of every home.
    lines : list of F8
        Log lines of the followed homes, (lines, 4) each.
    heard : list of tuple
        UTC second, and who heard and acted, for each notice.
    loads : list of F4
        Net load of every home, (steps, n) each, if they are kept. [kW]
    peak_kw : float
        Highest net load of the town so far. [kW]
    coincident_kw : F4 or None
        Net load of each home at that moment, shape (n,). [kW]
    """

    kw: F8
    parts: int
    keep: bool = False
    lines: list[F8] = field(default_factory=list)
    heard: list[tuple[int, Heard]] = field(default_factory=list)
    loads: list[F4] = field(default_factory=list)
    peak_kw: float = -np.inf
    coincident_kw: F4 | None = None

    def write(self, first: int, sums: Sums) -> None:
        """Write down what a stretch gave."""
        self.kw[first : first + len(sums.kw)] = sums.kw
        if len(sums.log):
            self.lines.append(sums.log)
        if sums.net.shape[1]:
            town = sums.kw[:, : self.parts, at.F_NET // BLOCK].sum(axis=1)
            highest = int(np.argmax(town))
            if town[highest] > self.peak_kw:
                self.peak_kw = float(town[highest])
                self.coincident_kw = sums.net[highest].copy()
            if self.keep:
                self.loads.append(sums.net)


def empty(steps: int, groups: int, parts: int, *, keep: bool) -> Recorder:
    """Return a recorder for so many steps and groups, of which ``parts`` are all homes."""
    return Recorder(np.full((steps, groups, at.FLOWS), np.nan), parts, keep)


@dataclass(frozen=True, slots=True)
class Line:
    """One event in words; ``home`` is -1 for the agenda."""

    time_s: int
    home: int
    kind: str
    cause: str
    text: str
    value: float


def lines_of(
    recorder: Recorder, published: list[tuple[int, str, str, float]], followed: I8, clock: Clock
) -> list[Line]:
    """Return every event of an arm in words, in order of time.

    Parameters
    ----------
    recorder : Recorder
        What was written down.
    published : list of tuple
        UTC second, kind, label and mean price of what the agenda published.
    followed : I8
        Numbers of the followed homes.
    clock : Clock
        The period: what belongs to other times is left out.
    """
    told = [
        Line(second, -1, kind, "agenda", f"{label}, mean price", price)
        for second, kind, label, price in published
    ]
    for second, heard in recorder.heard:
        label = heard.news.notice.label
        for place, home in enumerate(followed):
            if heard.hears[place] and not heard.matters:
                told.append(Line(second, int(home), "heard", "notice", label, float("nan")))
            elif heard.hears[place]:
                acts = bool(heard.acts[place])
                told.append(Line(second, int(home), "heard", "notice", label, float("nan")))
                kind, cause = ("acts", "worth it") if acts else ("lets it be", "not worth it")
                told.append(Line(second, int(home), kind, cause, label, float("nan")))
    for lines in recorder.lines:
        told.extend(_in_words(int(s), int(h), int(k), float(v)) for s, h, k, v in lines)
    inside = [line for line in told if clock.start_s <= line.time_s < clock.end_s or line.home < 0]
    return sorted(inside, key=lambda line: (line.time_s, line.home))


def _in_words(second: int, home: int, kind: int, value: float) -> Line:
    """Return a line of the kernels' log in words."""
    if diary.START <= kind < diary.START + len(_APPLIANCES):
        name = _APPLIANCES[kind - diary.START]
        waits = value > 0.0
        what = "deferral" if waits else "start"
        cause = "price" if waits else "wish"
        return Line(second, home, what, cause, f"{name} starts, h waited", value)
    what, cause, text = _KINDS[kind]
    return Line(second, home, what, cause, text, value)
