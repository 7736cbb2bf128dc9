"""Telling: one home's day from the log of events, in plain sentences.

Nothing here looks at a model: what is told is what the log, the table of homes and the loads say.
"""

import datetime as dt
import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from zoneinfo import ZoneInfo

import numpy as np

from gridsim.core.arrays import F8

DAY = dt.timedelta(days=1)
WHY = {
    "choice": "because they knew that these hours would be dear",
    "habit": "as they always do under this tariff",
    "machine": "which a machine of theirs does by itself",
    "production": "to run on their own panels",
    "information": "because of what they had been told about their use",
    "comfort": "because they were not comfortable",
    "appeal": "because they had been asked to",
    "order": "because their machine had been told to",
}
"""Causes of the log as the end of a sentence; a cause that is not here is written as it is."""

_CHARGES = "charging starts"
_SPANS = {
    _CHARGES: ("charging ends", "the car charged {span}{number}"),
    "override": ("override ends", "the hot water ran cold and was heated against the relay {span}"),
    "second heater lit": ("second heater out", "the stove burned {span}"),
    "cooling set higher": ("cooling set back", "the rooms were left{number} warmer {span}"),
    "thermostat overruled": (
        "thermostat left alone",
        "it was too cold for them, and they turned the heating up {span}",
    ),
    "set point lowered": ("set point back", "the rooms were kept{number} cooler {span}"),
}
_NUMBERS = {
    _CHARGES: " at {:.1f} kW",
    "set point lowered": " {:.1f} K",
    "cooling set higher": " {:.1f} K",
}
_QUIET = (
    "published",
    "called",
    "heard",
    "acts",
    "lets it be",
    "wish",
    "routine begins",
    "routine ends",
    "ordered",
    "opts out",
)
_CHANNELS = {
    "bill": " on the bill", "letter": " in a letter", "text": " in a text message",
    "app": " in an app", "display": " on the display",
}  # fmt: skip
FEEDBACK = {
    "bill": "a clearer bill", "audit": "advice for their home", "daily": "figures of each day",
    "display": "an in-home display", "appliance": "figures of each appliance",
    "report": "reports that compare them with neighbours",
}  # fmt: skip
"""Kinds of information in words."""
_ANSWERS = ("acts", "lets it be", "ordered", "opts out")
_DEAF = "They did not notice"
_MOST_BANDS = 5
_NEAR = dt.timedelta(hours=1)
_PLUGGED = "back and plugged in"


@dataclass(frozen=True, slots=True)
class Note:
    """One line of the log, with times of the wall clock.

    Parameters
    ----------
    at, first, last : datetime
        When it happened; the span that it is about, the moment itself if it has none.
    kind, cause, text : str
        As in the log.
    value : float
        As in the log.
    """

    at: dt.datetime
    first: dt.datetime
    last: dt.datetime
    kind: str
    cause: str
    text: str
    value: float


@dataclass(frozen=True, slots=True)
class Frame:
    """The day that is told.

    Parameters
    ----------
    date : date
        Local date.
    zone : ZoneInfo
        Time zone of the place.
    currency : str
        ISO code of the money.
    """

    date: dt.date
    zone: ZoneInfo
    currency: str

    @property
    def begins(self) -> dt.datetime:
        """Local midnight at which the day begins."""
        return dt.datetime.combine(self.date, dt.time(), self.zone)

    @property
    def ends(self) -> dt.datetime:
        """Local midnight at which the day ends."""
        return dt.datetime.combine(self.date + DAY, dt.time(), self.zone)

    def holds(self, moment: dt.datetime) -> bool:
        """Return whether a moment lies in the day."""
        return self.begins <= moment < self.ends

    def touches(self, note: Note) -> bool:
        """Return whether what a note is about touches the day."""
        return note.first < self.ends and note.last > self.begins

    def clock(self, moment: dt.datetime) -> str:
        """Write a moment as a time of the wall clock, with the day if it is another one."""
        local = moment.astimezone(self.zone)
        time = f"{local:%H:%M}"
        away = (local.date() - self.date).days
        if away == 0:
            return time
        near = {-1: "the day before", 1: "the next day"}.get(away)
        return f"{time} {near}" if near else f"{time} on {day_of(local.date())}"


def day_of(date: dt.date) -> str:
    """Write a date: Tuesday 17 January 2023."""
    return f"{date:%A} {date.day} {date:%B %Y}"


def heard(notes: Sequence[Note], frame: Frame, *, on_tariff: bool) -> tuple[str, ...]:
    """Return what reached a home of what was published about the day.

    Parameters
    ----------
    notes : sequence of Note
        The home's lines and those of the agenda, in order of time.
    frame : Frame
        Which day.
    on_tariff : bool
        Whether the home is on the arm's tariff: notices are for one or the other.
    """
    about = [note for note in notes if frame.touches(note)]
    met = {(n.first, n.text): n for n in about if n.kind == "heard"}
    answers = {(n.first, n.text): n.kind for n in about if n.kind in _ANSWERS}
    told = []
    for note in about:
        label, _, rest = note.text.partition(", mean price")
        if note.kind not in ("published", "called") or ("reference" in rest) == on_tariff:
            continue
        key = (note.first, label)
        told.append(_one_notice(note, label, frame, heard_at=met.get(key), answer=answers.get(key)))
    told += _routine(notes, frame)
    return tuple(told) or ("Nothing was announced.",)


def did(notes: Sequence[Note], frame: Frame) -> tuple[str, ...]:
    """Return what a home wished and did on the day, and why, in order of time.

    Parameters
    ----------
    notes : sequence of Note
        The home's lines, in order of time.
    frame : Frame
        Which day.
    """
    told: list[tuple[dt.datetime, str]] = []
    notes = _home_again(notes)
    for note in notes:
        if note.kind in ("start", "deferral"):
            if frame.holds(note.first) or frame.holds(note.at):
                told.append((note.first, _run(note, frame)))
        elif note.kind in _SPANS or note.kind in {end for end, _ in _SPANS.values()}:
            continue
        elif note.kind not in _QUIET and frame.holds(note.at):
            told.append((note.at, _moment(note, frame)))
    told += _spans(notes, frame)
    told.sort(key=lambda pair: pair[0])
    return tuple(_sentence(text) for _, text in told) or ("Nothing that the log would know of.",)


def prices(price: F8, hours: Sequence[str], currency: str) -> str:
    """Return the prices of the day in a sentence.

    Parameters
    ----------
    price : F8
        Import price of each step of the day, shape (steps,). [currency/kWh]
    hours : sequence of str
        Time of the wall clock at which each step begins, and the end of the last.
    currency : str
        ISO code.
    """
    edges = [0, *(np.flatnonzero(np.diff(price)) + 1).tolist(), len(price)]
    bands = [(float(price[a]), hours[a], hours[b]) for a, b in pairwise(edges)]
    if len(bands) == 1:
        return f"A kilowatt-hour cost {bands[0][0]:.4g} {currency} all day."
    if len(bands) <= _MOST_BANDS:
        each = ", ".join(f"{rate:.4g} from {first} to {last}" for rate, first, last in bands)
        return f"A kilowatt-hour cost {each} ({currency})."
    dear = max(bands)
    low = min(bands)
    return (
        f"A kilowatt-hour cost between {low[0]:.4g} and {dear[0]:.4g} {currency}, "
        f"most from {dear[1]} to {dear[2]}."
    )


def _one_notice(
    note: Note, label: str, frame: Frame, *, heard_at: Note | None, answer: str | None
) -> str:
    """Say what was announced, whether they noticed, and what they made of it."""
    span = f"from {frame.clock(note.first)} to {frame.clock(note.last)}"
    told = f"{label}, {span}" if label else span
    mean = (
        f", {note.value:.3g} {frame.currency} a kWh on average" if note.value == note.value else ""
    )
    text = f"Announced at {frame.clock(note.at)}: {told}{mean}."
    if answer == "ordered":
        return f"{text} Machines of theirs were told to follow."
    if answer == "opts out":
        return f"{text} Machines of theirs were told to follow; they said no this time."
    if heard_at is None:
        return f"{text} {'It did not reach them' if note.kind == 'called' else _DEAF}."
    tail = {"acts": " and meant to act on it", "lets it be": " and found it not worth the bother"}
    by = _CHANNELS.get(heard_at.cause, "")
    return f"{text} They noticed{by}{tail.get(answer or '', '')}."


def _routine(notes: Sequence[Note], frame: Frame) -> list[str]:
    """Say whether they live by the tariff's hours."""
    known = [n for n in notes if n.kind in ("routine begins", "routine ends") and n.at < frame.ends]
    if not known or known[-1].kind == "routine ends":
        return []
    if known[-1].cause == "production":
        return ["They live by what their own panels are about to produce."]
    return ["They live by the hours of the tariff, without being told each time."]


def _run(note: Note, frame: Frame) -> str:
    """Say when a machine ran, and why then."""
    name = note.text.partition(" starts")[0]
    if note.kind == "start":
        return f"{frame.clock(note.at)}: the {name} ran when they wanted it"
    why = WHY.get(note.cause, f"({note.cause})")
    wanted = f"{frame.clock(note.first)}: they wanted the {name}"
    return f"{wanted} and put it off to {frame.clock(note.at)}, {why}"


def _moment(note: Note, frame: Frame) -> str:
    """Say what happened at a moment."""
    time = frame.clock(note.at)
    if note.kind == "departure":
        return f"{time}: the car left for {note.value:.0f} km"
    if note.kind == "return":
        return f"{time}: the car came back"
    if note.kind == _PLUGGED:
        return f"{time}: {note.text}"
    if note.kind == "plug-in":
        return f"{time}: they plugged the car in, {100 * note.value:.0f} % full"
    value = f" {note.value:.3g}" if math.isfinite(note.value) and note.value else ""
    text = ": ".join(part for part in (note.kind, note.text) if part)
    why = WHY.get(note.cause, f"({note.cause})")
    return f"{time}: {text}{value}, {why}"


def _home_again(notes: Sequence[Note]) -> list[Note]:
    """Join a return with what follows at once: the log knows a plug-in by its step only."""
    back = [note for note in notes if note.kind == "return"]
    found = []
    for note in notes:
        after = [b.at for b in back if _belongs(note, b) and note.kind in ("plug-in", _CHARGES)]
        found.append(replace(note, at=max(note.at, after[0])) if after else note)
    plugs = {note.at: note for note in found if note.kind == "plug-in"}
    joined = [
        _plugged(n, plugs[n.at]) if n.kind == "return" and n.at in plugs else n for n in found
    ]
    there = {note.at for note in joined if note.kind == _PLUGGED}
    return [note for note in joined if not (note.kind == "plug-in" and note.at in there)]


def _belongs(note: Note, back: Note) -> bool:
    """Return whether a note lies so near a return that it belongs to it."""
    return -_NEAR <= note.at - back.at < dt.timedelta()


def _plugged(back: Note, plug: Note) -> Note:
    """Return one note for a return and its plug-in."""
    text = f"the car came back and was plugged in, {100 * plug.value:.0f} % full"
    return replace(back, kind=_PLUGGED, text=text)


def _spans(notes: Sequence[Note], frame: Frame) -> list[tuple[dt.datetime, str]]:
    """Say what went on for a while: charging, boosts, the stove, cooler rooms."""
    found = []
    for begin, (end, form) in _SPANS.items():
        own = [note for note in notes if note.kind in (begin, end)]
        for place, note in enumerate(own):
            if note.kind != begin:
                continue
            after = own[place + 1].at if place + 1 < len(own) else frame.ends + DAY
            if note.at >= frame.ends or after <= frame.begins:
                continue
            number = _NUMBERS.get(begin, "").format(note.value) if note.value > 0.0 else ""
            over = f"from {frame.clock(note.at)} to {frame.clock(after)}"
            span = over if after <= frame.ends + DAY / 2 else f"from {frame.clock(note.at)} on"
            text = form.format(span=span, number=number)
            why = f", {WHY[note.cause]}" if note.cause in WHY and note.cause != "comfort" else ""
            found.append((max(note.at, frame.begins), text[0].upper() + text[1:] + why))
    return found


def _sentence(text: str) -> str:
    """Close a sentence."""
    return text if text.endswith(".") else f"{text}."
