"""Stories: the day of one home, arm beside arm, and the homes and the day worth telling."""

import datetime as dt
import tomllib
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise
from zoneinfo import ZoneInfo

import numpy as np

from gridsim.core.arrays import B1, F8, I8
from gridsim.core.clock import DAY_S, date_of, day_number
from gridsim.results.findings import ArmDay, HomeDay
from gridsim.results.results import ArmResult, Results
from gridsim.studies import portrait, telling
from gridsim.studies.telling import Frame, Note

_MEDIAN = "Of the followed homes whose change in the dear hours is nearest the median, one."
_NEAR = 5
_DEEDS = ("deferral", "set point lowered", "cooling set higher", "second heater lit")
_STRONG = "Of the followed homes, the one that took most out of the dear hours of this day."
_UNAWARE = "Of the followed homes, one that did not notice what was announced."
_NO_CALL = "Of the followed homes, one that did nothing about prices on this day."


def tell(
    results: Results, home: int, date: str | dt.date, arms: Sequence[str] = (), why: str = ""
) -> HomeDay:
    """Return one home's day in sentences.

    Parameters
    ----------
    results : Results
        What a run left behind.
    home : int
        Number of a followed home.
    date : str or date
        Local date, ``YYYY-MM-DD``.
    arms : sequence of str
        Arms to tell of; all when empty.
    why : str
        Why this home and day are told.

    Raises
    ------
    ValueError
        If the home is not followed, the date lies outside the period, or an arm is not there.
    """
    frame = Frame(_date(results, date), ZoneInfo(results.clock.timezone), results.story.currency)
    _check(results, home, arms)
    row = {name: column[_place(results, home)] for name, column in results.attributes.items()}
    told = [arm for arm in results.arms if not arms or arm.name in arms]
    return HomeDay(
        home,
        frame.date.isoformat(),
        f"Home {home}, {telling.day_of(frame.date)}",
        why,
        portrait.who(row),
        tuple(_arm_day(results, arm, home, frame) for arm in told),
    )


def telling_day(results: Results) -> str:
    """Return the date on which there is most to tell, ``YYYY-MM-DD`` (see :func:`typical`)."""
    return date_of(_telling_day(results, _liveliest(results))).isoformat()


def followed(results: Results) -> I8:
    """Return the numbers of the homes whose events are written down, in order."""
    kept = results.reference.followed_kw.shape[1]
    homes = results.events.home
    first = np.asarray(results.attributes["home"], np.int64)[:kept]
    return np.union1d(homes[homes >= 0], first)


def typical(
    results: Results, date: str | dt.date | None = None, arms: Sequence[str] = ()
) -> tuple[HomeDay, ...]:
    """Return the day of up to three typical homes: median answer, strong answer, unaware.

    The arm is the one in which the followed homes act most; the day, if none is given, its most
    called (or, without calls, the one whose prices lie furthest apart). Of the five homes nearest
    the median, and of those that did not notice, the one with most lines in the log is told.
    Without a second arm, or loads of followed homes, there is nothing to tell.

    Parameters
    ----------
    results : Results
        What a run left behind.
    date : str or date, optional
        Local date, ``YYYY-MM-DD``.
    arms : sequence of str
        Arms to tell of; all when empty.

    Raises
    ------
    ValueError
        If the date lies outside the period, or an arm is not there.
    """
    kept = all(arm.followed_kw.size for arm in results.arms)
    if len(results.arms) < 2 or not kept or "home" not in results.attributes:
        return ()
    arm = _liveliest(results)
    day = _telling_day(results, arm) if date is None else day_number(_date(results, date))
    change = _change(results, arm, day)
    chosen = _choose(results, arm, day, change)
    return tuple(tell(results, home, date_of(day), arms, why) for home, why in chosen)


def _date(results: Results, date: str | dt.date) -> dt.date:
    """Return a date of the period."""
    days = results.clock.local_day
    first, last = date_of(int(days[0])), date_of(int(days[-1]))
    try:
        found = date if isinstance(date, dt.date) else dt.date.fromisoformat(date)
    except ValueError:
        raise ValueError(f"date {date!r} is not a date such as {first}") from None
    if not first <= found <= last:
        raise ValueError(f"date {found} lies outside the run, which goes from {first} to {last}")
    return found


def _check(results: Results, home: int, arms: Sequence[str]) -> None:
    """Refuse homes that are not followed and arms that are not there."""
    known = [arm.name for arm in results.arms]
    for name in arms:
        if name not in known:
            raise ValueError(f"there is no arm {name!r}; there are {', '.join(known)}")
    there = followed(results)
    if home not in there:
        which = _ranges(there) if len(there) else "none"
        raise ValueError(
            f"home {home} is not followed; followed are: {which}. A run follows the first"
            " homes, as many as [output] follow says"
        )


def _ranges(numbers: I8) -> str:
    """Write whole numbers that rise as ranges: 0-4, 7."""
    cuts = [0, *(np.flatnonzero(np.diff(numbers) > 1) + 1).tolist(), len(numbers)]
    runs = [(int(numbers[a]), int(numbers[b - 1])) for a, b in pairwise(cuts)]
    return ", ".join(str(a) if a == b else f"{a}-{b}" for a, b in runs)


def _place(results: Results, home: int) -> int:
    """Return where a home stands in the columns of homes."""
    return int(np.flatnonzero(np.asarray(results.attributes["home"]) == home)[0])


def _arm_day(results: Results, arm: ArmResult, home: int, frame: Frame) -> ArmDay:
    """Return one home's day in one arm."""
    place = _place(results, home)
    on_tariff = bool(arm.homes["enrolled"][place]) if "enrolled" in arm.homes else True
    notes = _notes(results, arm.name, home, frame)
    payer = arm if on_tariff else results.reference
    heard = telling.heard(notes, frame, on_tariff=on_tariff)
    if on_tariff:
        heard = (*_feedback(results, arm.name, frame), *heard)
    else:
        heard = (f"They kept the tariff of {results.reference.label}.", *heard)
    today = results.clock.local_day == day_number(frame.date)
    price = telling.prices(payer.price[today], _hours(results, today), frame.currency)
    own = [note for note in notes if note.kind not in ("published", "called")]
    did = telling.did(own, frame)
    return ArmDay(arm.name, arm.label, (price, *heard), did, _came_to(results, arm, place, today))


def _feedback(results: Results, arm: str, frame: Frame) -> tuple[str, ...]:
    """Say what information the homes of an arm get on the day."""
    said = tomllib.loads(results.story.scenario_toml).get("arms", {}).get(arm, {})
    kinds = [
        telling.FEEDBACK.get(str(one.get("kind")), str(one.get("kind")))
        for one in said.get("information", ())
        if one.get("start", frame.date) <= frame.date < one.get("end", frame.date + telling.DAY)
    ]
    return (f"They get {' and '.join(kinds)}.",) if kinds else ()


def _notes(results: Results, arm: str, home: int, frame: Frame) -> list[Note]:
    """Return the lines of a home and of the agenda in an arm, on the wall clock."""
    events = results.events
    here = (events.arm == arm) & ((events.home == home) | (events.home < 0))

    def wall(second: np.int64) -> dt.datetime:
        return dt.datetime.fromtimestamp(int(second), frame.zone)

    return [
        Note(
            wall(events.time_s[i]), wall(events.from_s[i]), wall(events.until_s[i]),
            str(events.kind[i]), str(events.cause[i]), str(events.text[i]), float(events.value[i]),
        )
        for i in np.flatnonzero(here)
    ]  # fmt: skip


def _hours(results: Results, today: B1) -> list[str]:
    """Return the wall-clock time at which each step of a day begins, and the end of the day."""
    wall = results.clock.wall_s[today] // 60
    return [*(f"{minute // 60:02d}:{minute % 60:02d}" for minute in wall.tolist()), "24:00"]


def _came_to(results: Results, arm: ArmResult, place: int, today: B1) -> tuple[str, ...]:
    """Return what the day came to at the meter, beside the reference, where loads are kept."""
    reference = results.reference
    kept = min(reference.followed_kw.shape[1], arm.followed_kw.shape[1])
    if place >= kept:
        return ()
    bought, sent, paid = _day_sums(results, arm, place, today)
    money = results.story.currency
    if arm is reference:
        told = [f"They bought {bought:.1f} kWh and paid {paid:.2f} {money} for it."]
    else:
        before, _, paid_before = _day_sums(results, reference, place, today)
        told = [
            f"They bought {bought:.1f} kWh ({before:.1f} under {reference.label}) and paid"
            f" {paid:.2f} {money} for it ({paid_before:.2f})."
        ]
        dear = _dear(arm.price, today)
        if dear.any():
            spent = _bought(results, arm, place, dear)
            spent_before = _bought(results, reference, place, dear)
            told.append(
                f"In the dearest hours of this tariff, {_spans(results, dear)}, they bought"
                f" {spent:.1f} kWh ({spent_before:.1f})."
            )
    if sent >= 0.05:
        told.append(f"They sent {sent:.1f} kWh to the grid.")
    return tuple(told)


def _day_sums(
    results: Results, arm: ArmResult, place: int, today: B1
) -> tuple[float, float, float]:
    """Return what a home bought and sent [kWh] and paid for what it bought [currency]."""
    on = "enrolled" not in arm.homes or bool(arm.homes["enrolled"][place])
    price = arm.price if on else results.reference.price
    net = arm.followed_kw[:, place].astype(np.float64) * results.clock.dt_h
    bought = np.maximum(net[today], 0.0)
    sent = float(np.maximum(-net[today], 0.0).sum())
    return float(bought.sum()), sent, float((bought * price[today]).sum())


def _bought(results: Results, arm: ArmResult, place: int, steps: B1) -> float:
    """Return what a home bought in some steps. [kWh]"""
    kw = arm.followed_kw[steps, place].astype(np.float64)
    return float(np.maximum(kw, 0.0).sum() * results.clock.dt_h)


def _dear(price: F8, today: B1) -> B1:
    """Return the dearest steps of a day, none if one price holds all day."""
    dearest, least = float(price[today].max()), float(price[today].min())
    if dearest <= least:
        return np.zeros_like(today)
    return today & (price >= dearest)


def _spans(results: Results, steps: B1) -> str:
    """Write steps of one day as spans of the wall clock."""
    places = np.flatnonzero(steps)
    cuts = [0, *(np.flatnonzero(np.diff(places) > 1) + 1).tolist(), len(places)]
    clock = results.clock
    told = []
    for a, b in pairwise(cuts):
        first = int(clock.wall_s[places[a]]) // 60
        last = (int(clock.wall_s[places[b - 1]]) + clock.step_s) // 60
        told.append(f"{first // 60:02d}:{first % 60:02d}-{last // 60:02d}:{last % 60:02d}")
    return " and ".join(told)


def _liveliest(results: Results) -> ArmResult:
    """Return the arm in which the followed homes act most on prices; the first of equals."""
    events = results.events
    acts = np.isin(events.kind, ("acts", *_DEEDS))

    def deeds(arm: ArmResult) -> int:
        return int((acts & (events.arm == arm.name)).sum())

    return max(results.arms[1:] or results.arms, key=deeds)


def _telling_day(results: Results, arm: ArmResult) -> int:
    """Return the day with most called hours, then the widest prices, then the most deferrals."""
    days = results.clock.local_day
    events = results.events
    put_off = (events.arm == arm.name) & (events.kind == "deferral")
    steps = (events.time_s[put_off] - results.clock.start_s) // results.clock.step_s
    busy = np.bincount(np.clip(steps, 0, len(days) - 1), minlength=len(days))

    def worth(day: int) -> tuple[float, float, float]:
        today = days == day
        price = arm.price[today]
        return float(arm.called[today].sum()), float(np.ptp(price)), float(busy[today].sum())

    return int(max(np.unique(days).tolist(), key=worth))


def _change(results: Results, arm: ArmResult, day: int) -> Mapping[int, float]:
    """Return the change of what each followed home buys in the dear hours of a day. [kWh]"""
    today = results.clock.local_day == day
    dear = _dear(arm.price, today)
    steps = dear if dear.any() else today
    kept = min(results.reference.followed_kw.shape[1], arm.followed_kw.shape[1])
    numbers = np.asarray(results.attributes["home"])[:kept].tolist()
    return {
        home: _bought(results, arm, place, steps)
        - _bought(results, results.reference, place, steps)
        for place, home in enumerate(numbers)
    }


def _choose(
    results: Results, arm: ArmResult, day: int, change: Mapping[int, float]
) -> list[tuple[int, str]]:
    """Return up to three homes with the reason for each: median, strong, unaware."""
    events, clock = results.events, results.clock
    begins = int(clock.time_s[clock.local_day == day][0])
    about = (events.arm == arm.name) & (events.from_s < begins + DAY_S) & (events.until_s > begins)
    aware = set(events.home[about & (events.kind == "heard")].tolist())
    calls = bool((about & np.isin(events.kind, ("published", "called"))).any())
    strong = min(change, key=lambda home: (change[home], home))
    left = [home for home in change if home != strong]
    joined = arm.homes.get("enrolled", np.ones(len(results.attributes["home"])))
    could = [home for home in left if joined[_place(results, home)]]
    unaware = [home for home in could if home not in aware] if calls else could
    during = (events.time_s >= begins) & (events.time_s < begins + DAY_S)
    lines = Counter(events.home[during & (events.arm == arm.name)].tolist())
    deeds = Counter(events.home[during & np.isin(events.kind, _DEEDS)].tolist())
    idle = max(unaware, key=lambda home: (-deeds[home], lines[home], -home), default=None)
    middle = float(np.median(list(change.values())))
    near = sorted(
        (home for home in left if home != idle), key=lambda home: abs(change[home] - middle)
    )
    median = max(near[:_NEAR], key=lambda home: (lines[home], -home), default=None)
    told = [(median, _MEDIAN), (strong, _STRONG), (idle, _UNAWARE if calls else _NO_CALL)]
    return [(home, why) for home, why in told if home is not None]
