"""The followed homes: what they heard, wished and did, line by line, and why.

The kernels log what happens. Why it happens is worked out here from what the home had to go by at
that moment: a machine of its own, a notice that it acts on, its own panels, a routine.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np

from gridsim.core.arrays import B1, F4, F8
from gridsim.core.clock import Clock
from gridsim.engine import diary
from gridsim.engine.board import ARM, CALL, REFERENCE, News
from gridsim.engine.plan import Heard
from gridsim.population.town import Town
from gridsim.signals.notice import Notice

CHOICE, HABIT, MACHINE, PRODUCTION = "choice", "habit", "machine", "production"
APPEAL, ORDER, COMFORT, WISH = "appeal", "order", "comfort", "wish"
"""Causes: acting on a price that was announced, a routine, a machine that follows prices, one's own
panels, a request in words, a machine that was told to, what a body wants, and no reason but that
somebody wanted it so."""

LOADS = 200
"""Most followed homes whose load is kept: 28 MB for a year of quarter-hours in one arm."""
SUNNY = 0.1
"""Production over peak power from which a run is said to follow the panels; assumed."""

_APPLIANCES = ("washing machine", "dishwasher", "dryer")
_KINDS: dict[int, tuple[str, str, str]] = {
    **{
        diary.WISH + i: ("wish", "activity", f"{name}: wants to run, kWh")
        for i, name in enumerate(_APPLIANCES)
    },
    diary.LEAVES: ("departure", "trip", "car leaves, km of the trip"),
    diary.BACK: ("return", "trip", "car is back, km driven"),
    diary.PLUGS: ("plug-in", HABIT, "plugs in, state of charge"),
    diary.CHARGES: ("charging starts", WISH, "kW"),
    diary.CHARGED: ("charging ends", WISH, "kW"),
    diary.BOOST: ("override", COMFORT, "hot water ran cold: boost of the tank against the relay"),
    diary.BOOST_END: ("override ends", COMFORT, "hot water is warm"),
    diary.STOVE: ("second heater lit", CHOICE, ""),
    diary.STOVE_OUT: ("second heater out", CHOICE, ""),
    diary.SET_LOWER: ("set point lowered", CHOICE, "K"),
    diary.SET_BACK: ("set point back", CHOICE, ""),
    diary.COOL_HIGHER: ("cooling set higher", CHOICE, "K"),
    diary.COOL_BACK: ("cooling set back", CHOICE, ""),
    diary.SNAP: ("thermostat overruled", COMFORT, "too cold"),
    diary.SNAP_END: ("thermostat left alone", COMFORT, ""),
}  # fmt: skip
_CHARGING = (diary.CHARGES, diary.CHARGED)
_SETS = (diary.SET_LOWER, diary.SET_BACK, diary.COOL_HIGHER, diary.COOL_BACK)
_MACHINES = (*_CHARGING, *_SETS)
_FIRST = (ORDER, APPEAL, CHOICE)
_BY_NOTICE = {REFERENCE: CHOICE, ARM: CHOICE, CALL: APPEAL}
_BY_PRICE = (diary.STOVE, diary.STOVE_OUT, *_SETS)


@dataclass(frozen=True, slots=True)
class Line:
    """One event in words; ``home`` is -1 for the agenda.

    Parameters
    ----------
    time_s : int
        UTC second.
    home : int
        Number of the home.
    kind, cause, text : str
        What happened, why, and in words.
    value : float
        A number that goes with it: ``text`` says which.
    from_s, until_s : int
        What it is about: the steps of a notice, the wait of a run that is put off; the moment
        itself for all else. [s UTC]
    """

    time_s: int
    home: int
    kind: str
    cause: str
    text: str
    value: float
    from_s: int
    until_s: int


@dataclass(frozen=True, slots=True)
class Scene:
    """What the lines of an arm's log are read with.

    Parameters
    ----------
    town : Town
        Who the homes are.
    charger, thermostat, timer : B1
        Whose machines follow prices in this arm, shape (n,).
    channel : str
        How they hear of prices.
    clock : Clock
        The period: what belongs to other times is left out.
    sun : F8
        Production of a panel over its peak power, shape (t,).
    """

    town: Town
    charger: B1
    thermostat: B1
    timer: B1
    channel: str
    clock: Clock
    sun: F8


@dataclass
class Log:
    """What is written down of the followed homes while an arm is played.

    Parameters
    ----------
    follow : int
        How many of the first homes are followed.
    lines : list of F8
        Lines of the kernels: second, home, kind, value; (lines, 4) each.
    heard : list of tuple
        UTC second, news, who heard, who acts (None where there was nothing to decide).
    routines : list of tuple
        UTC second of a review, and who lives by the hours of the tariff from then on.
    net : list of F4
        Net load, (steps, homes) each. [kW]
    """

    follow: int
    lines: list[F8] = field(default_factory=list)
    heard: list[tuple[int, News, B1, B1 | None]] = field(default_factory=list)
    routines: list[tuple[int, B1]] = field(default_factory=list)
    net: list[F4] = field(default_factory=list)

    def hear(self, now_s: int, heard: Heard) -> None:
        """Write down who heard a notice and who acts on it."""
        acts = heard.acts[: self.follow].copy() if heard.matters else None
        self.heard.append((now_s, heard.news, heard.hears[: self.follow].copy(), acts))

    def review(self, now_s: int, routine: B1 | None) -> None:
        """Write down who has a routine after a review."""
        if routine is not None:
            self.routines.append((now_s, routine[: self.follow].copy()))

    def watch(self, lines: F8, net: F4) -> None:
        """Write down a stretch: lines of the kernels, and the loads of the followed homes. [kW]"""
        if len(lines):
            self.lines.append(lines)
        if net.shape[1] and self.follow:
            self.net.append(net[:, : min(self.follow, LOADS)].copy())


@dataclass(frozen=True, slots=True)
class Reasons:
    """What one home has to go by in an arm.

    Parameters
    ----------
    charger, thermostat, timer, panels : bool
        Whether machines of theirs follow prices; whether they have panels.
    acted : tuple of tuple
        Spans [from, until) of the notices that they (or machines that are told) act on, and what
        kind of cause each is. [s UTC]
    routine : tuple of tuple
        UTC second and whether they live by the tariff's hours from then on.
    """

    charger: bool
    thermostat: bool
    timer: bool
    panels: bool
    acted: tuple[tuple[int, int, str], ...]
    routine: tuple[tuple[int, bool], ...]

    def choosing(self, from_s: float, until_s: float) -> str:
        """Return the cause that lies in a notice that they act on and that touches a span."""
        touch = (why for first, last, why in self.acted if first <= until_s and from_s < last)
        return min(touch, key=_FIRST.index, default="")

    def used_to(self, second: float) -> bool:
        """Return whether they live by the tariff's hours at a moment."""
        return next((on for since, on in reversed(self.routine) if since <= second), False)


def reasons_of(log: Log, scene: Scene) -> list[Reasons]:
    """Return what each followed home has to go by."""
    spans = [
        (*_span(scene.clock, news.notice), _BY_NOTICE.get(news.tariff, ORDER), acts)
        for _, news, _, acts in log.heard
        if acts is not None
    ]
    return [
        Reasons(
            bool(scene.charger[place]),
            bool(scene.thermostat[place]),
            bool(scene.timer[place]),
            bool(scene.town.producers.pv_kwp[place] > 0.0),
            tuple((first, last, why) for first, last, why, acts in spans if acts[place]),
            tuple((second, bool(on[place])) for second, on in log.routines),
        )
        for place in range(min(log.follow, len(scene.town)))
    ]


def lines_of(log: Log, published: list[tuple[int, int, Notice, float]], scene: Scene) -> list[Line]:
    """Return every event of an arm in words, in order of time.

    Parameters
    ----------
    log : Log
        What was written down.
    published : list of tuple
        UTC second, tariff, notice and mean price of what the agenda published.
    scene : Scene
        What they are read with.
    """
    clock = scene.clock
    told = list(_published(published, clock))
    told += _heard(log, scene)
    told += _routines(log, scene.town)
    reasons = dict(zip(scene.town.homes.tolist(), reasons_of(log, scene), strict=False))
    for lines in log.lines:
        for second, home, kind, value in lines:
            line = in_words(int(second), int(home), int(kind), float(value))
            sunny = _sunny(scene.sun, clock, int(second))
            cause = cause_of(line, int(kind), reasons[int(home)], sunny=sunny)
            told.append(_because(line, cause))
    inside = [line for line in told if clock.start_s <= line.time_s < clock.end_s or line.home < 0]
    return sorted(inside, key=lambda line: (line.time_s, line.home))


def in_words(second: int, home: int, kind: int, value: float) -> Line:
    """Return a line of the kernels' log in words, with the cause that is known without asking."""
    if diary.START <= kind < diary.START + len(_APPLIANCES):
        name = _APPLIANCES[kind - diary.START]
        waits = value > 0.0
        what, cause = ("deferral", CHOICE) if waits else ("start", WISH)
        from_s = round(second - 3600.0 * value)
        text = f"{name} starts, h waited"
        return Line(second, home, what, cause, text, value, from_s, second)
    what, cause, text = _KINDS[kind]
    return Line(second, home, what, cause, text, value, second, second)


def cause_of(line: Line, kind: int, known: Reasons, *, sunny: bool) -> str:
    """Return the cause of what a home did, from what it had to go by."""
    if line.kind != "deferral" and kind not in _CHARGING + _BY_PRICE:
        return line.cause
    by_machine = known.charger if kind in _CHARGING else known.thermostat
    by_machine = known.timer if line.kind == "deferral" else by_machine and kind in _MACHINES
    chosen = known.choosing(line.from_s - 1, line.until_s)
    if by_machine:
        return ORDER if chosen == ORDER and kind in _MACHINES else MACHINE
    if chosen in (CHOICE, APPEAL):
        return chosen
    if line.kind == "deferral" and known.panels and sunny:
        return PRODUCTION
    return HABIT if known.used_to(line.from_s) else line.cause


def _published(published: list[tuple[int, int, Notice, float]], clock: Clock) -> Iterable[Line]:
    """Return what the agenda published; notices of the reference tariff say so."""
    for second, tariff, notice, price in published:
        text = f"{notice.label}, mean price"
        text += "" if tariff == ARM else " (homes that keep the reference tariff)"
        kind, text = (
            ("called", notice.label) if tariff not in (REFERENCE, ARM) else ("published", text)
        )
        span = _second(clock, notice.first), _second(clock, notice.last)
        yield Line(second, -1, kind, "agenda", text, price, *span)


def _heard(log: Log, scene: Scene) -> list[Line]:
    """Return who heard of what, and what they made of it."""
    told = []
    for second, news, hears, acts in log.heard:
        notice, channel = news.notice, news.channel or scene.channel
        span = _span(scene.clock, notice)
        told_to_machines = news.tariff not in _BY_NOTICE
        for place in np.flatnonzero(hears):
            home, nothing = int(scene.town.homes[place]), float("nan")
            if told_to_machines:
                obeys = acts is None or acts[place]
                what = ("ordered", ORDER) if obeys else ("opts out", CHOICE)
                told.append(Line(second, home, *what, notice.label, nothing, *span))
                continue
            told.append(Line(second, home, "heard", channel, notice.label, nothing, *span))
            if acts is not None:
                kind, cause = (
                    ("acts", "worth it") if acts[place] else ("lets it be", "not worth it")
                )
                told.append(Line(second, home, kind, cause, notice.label, nothing, *span))
    return told


def _routines(log: Log, town: Town) -> list[Line]:
    """Return when homes begin and stop to live by the hours of their tariff."""
    told = []
    before = np.zeros(log.follow, dtype=bool)
    for second, routine in log.routines:
        for place in np.flatnonzero(routine != before[: len(routine)]):
            kind = "routine begins" if routine[place] else "routine ends"
            home = int(town.homes[place])
            cause = PRODUCTION if town.producers.pv_kwp[place] > 0.0 else HABIT
            told.append(Line(second, home, kind, cause, "", float("nan"), second, second))
        before = routine
    return told


def _because(line: Line, cause: str) -> Line:
    """Return a line with its cause, and no other change."""
    if cause == line.cause:
        return line
    return Line(
        line.time_s, line.home, line.kind, cause, line.text, line.value, line.from_s, line.until_s
    )


def _sunny(sun: F8, clock: Clock, second: int) -> bool:
    """Return whether panels produce at a moment of the period."""
    step = min(max((second - clock.start_s) // clock.step_s, 0), len(sun) - 1)
    return bool(sun[step] > SUNNY)


def _span(clock: Clock, notice: Notice) -> tuple[int, int]:
    """Return the UTC seconds that a notice is about."""
    return _second(clock, notice.first), _second(clock, notice.last)


def _second(clock: Clock, step: int) -> int:
    """Return the UTC second at which a step of the horizon begins."""
    return clock.start_s + step * clock.step_s
