"""The times of a meter file: from what is written to seconds in UTC, in the clock of the file."""

import datetime as dt
import re
from dataclasses import dataclass
from zoneinfo import ZoneInfo

import numpy as np

from gridsim.billing.meter_columns import Stamp
from gridsim.billing.mistakes import Mistakes
from gridsim.core.arrays import I8
from gridsim.core.clock import HOUR_S

UNREAD = np.iinfo(np.int64).min
"""Second of a row whose time cannot be read."""
_ISO = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.0+)?)?( ?Z|[+-]\d\d:?\d\d)?")
_DAY = re.compile(r"(\d\d?)([/.])(\d\d?)\2(\d{4})[T ](\d\d?):(\d\d)(?::(\d\d))?")
_LIKE = "2022-11-01T00:30+01:00"
_OFFSET = re.compile(r"[+-]\d\d:\d\d")
_SECOND = dt.timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Frame:
    """The clock that a file keeps.

    Parameters
    ----------
    timezone : str
        Where the home is, an IANA name; times without an offset are its wall clock.
    stamp : Stamp
        Which end of its interval a row's time names.
    offset_s : int or None
        Distance of times without an offset from UTC, where they do not follow the wall clock. [s]
    """

    timezone: str
    stamp: Stamp
    offset_s: int | None = None


def seconds(texts: list[str], lines: I8, frame: Frame, mistakes: Mistakes) -> I8:
    """Return the UTC second that each text names, shape (rows,); UNREAD where it is wrong.

    Parameters
    ----------
    texts : list of str
        As they stand in the file.
    lines : I8
        The line of each.
    frame : Frame
        The clock of times without an offset.
    mistakes : Mistakes
        Takes what cannot be read, times that the wall clock never shows, and offsets that do not
        belong to the place.
    """
    day_first = _day_first(texts)
    moments = [_moment(text, day_first) for text in texts]
    for text, moment, line in zip(texts, moments, lines, strict=True):
        if moment is None:
            mistakes.add(int(line), _why(text, day_first))
    read = [moment for moment in moments if moment is not None]
    aware = [moment for moment in read if moment.tzinfo is not None]
    if aware and len(aware) < len(read):
        at = next(k for k, m in enumerate(moments) if m is not None and m.tzinfo is None)
        mistakes.add(
            int(lines[at]), f"{texts[at].strip()!r} has no UTC offset, other rows have one"
        )
        return np.full(len(texts), UNREAD, dtype=np.int64)
    if aware:
        _check_offsets(moments, lines, frame, mistakes)
    elif frame.offset_s is None:
        return _on_the_wall(moments, lines, frame, mistakes)
    zone = dt.timezone(dt.timedelta(seconds=frame.offset_s or 0))
    return _stamps([m if m is None or m.tzinfo else m.replace(tzinfo=zone) for m in moments])


def has_offsets(texts: list[str]) -> bool:
    """Tell whether the first time that can be read has a UTC offset."""
    found = (_moment(text, day_first=None) for text in texts)
    first = next((moment for moment in found if moment is not None), None)
    return first is not None and first.tzinfo is not None


def odd_offset(texts: list[str], frame: Frame) -> list[str]:
    """Return a note where all times have one offset that the place does not keep, and not UTC."""
    found = (
        _moment(text, day_first=None) for text in (texts[0], texts[len(texts) // 2], texts[-1])
    )
    read = [moment for moment in found if moment is not None and moment.tzinfo is not None]
    offsets = {moment.utcoffset() for moment in read}
    zone = ZoneInfo(frame.timezone)
    there = {moment.astimezone(zone).utcoffset() for moment in read}
    if len(offsets) != 1 or there <= offsets or offsets == {dt.timedelta(0)}:
        return []
    said = read[0].strftime("%z")
    return [
        f"all times say {said[:3]}:{said[3:]} and are taken at their word, whatever the clock of"
        f" {frame.timezone} showed"
    ]


def is_moment(text: str) -> bool:
    """Tell whether a text could be a time."""
    return bool(_ISO.fullmatch(text.strip()) or _DAY.fullmatch(text.strip()))


def offset_s(text: str) -> int:
    """Return the seconds that ``+01:00`` lies before UTC; ``utc`` is 0.

    Raises
    ------
    ValueError
        If it is neither.
    """
    if text.casefold() == "utc":
        return 0
    if not _OFFSET.fullmatch(text) or int(text[1:3]) > 14 or int(text[4:]) > 59:
        raise ValueError(f"clock must be utc or an offset such as +01:00, got {text!r}")
    size = int(text[1:3]) * 3600 + int(text[4:]) * 60
    return -size if text[0] == "-" else size


def _day_first(texts: list[str]) -> bool | None:
    """Return whether dates with a slash begin with the day; None if the file does not show it."""
    found = [match for match in map(_DAY.match, (text.strip() for text in texts)) if match]
    if any(match[2] == "." for match in found):
        return True
    first = max((int(match[1]) for match in found), default=0)
    second = max((int(match[3]) for match in found), default=0)
    return None if (first > 12) == (second > 12) else first > 12


def _moment(text: str, day_first: bool | None) -> dt.datetime | None:
    """Return the moment that a text names, None if it names none."""
    text = text.strip()
    try:
        if _ISO.fullmatch(text):
            return dt.datetime.fromisoformat(text.replace(" Z", "Z"))
        match = _DAY.fullmatch(text)
        if match is None or day_first is None:
            return None
        day, month = (match[1], match[3]) if day_first else (match[3], match[1])
        return dt.datetime(
            int(match[4]), int(month), int(day), int(match[5]), int(match[6]), int(match[7] or 0)
        )
    except ValueError:
        return None


def _why(text: str, day_first: bool | None) -> str:
    """Return why a text names no moment."""
    told = text.strip()[:40]
    if not told:
        return "the time is missing"
    if day_first is None and _DAY.fullmatch(told):
        return f"{told!r} could be day/month or month/day; write times like {_LIKE}"
    if re.fullmatch(r"\d{4}-\d\d-\d\d", told):
        return f"{told!r} is a date without a time of day; rows must be an hour long or shorter"
    return f"{told!r} is not a time; write times like {_LIKE}"


def _stamps(moments: list[dt.datetime | None]) -> I8:
    """Return the UTC seconds of moments with an offset."""
    found = [UNREAD if moment is None else int(moment.timestamp()) for moment in moments]
    return np.array(found, dtype=np.int64)


def _check_offsets(
    moments: list[dt.datetime | None], lines: I8, frame: Frame, mistakes: Mistakes
) -> None:
    """Refuse offsets that change without the clock of the place; one and the same may be any."""
    offsets = {moment.utcoffset() for moment in moments if moment is not None}
    if len(offsets) <= 1:
        return
    zone = ZoneInfo(frame.timezone)
    by_hour: dict[int, dt.timedelta | None] = {}
    for moment, line in zip(moments, lines, strict=True):
        if moment is None:
            continue
        hour = int(moment.timestamp()) // HOUR_S
        if hour not in by_hour:
            by_hour[hour] = moment.astimezone(zone).utcoffset()
        if moment.utcoffset() == by_hour[hour]:
            continue
        there = {(moment - early).astimezone(zone).utcoffset() for early in (_SECOND, 0 * _SECOND)}
        if moment.utcoffset() not in there:
            mistakes.add(
                int(line),
                f"{moment.isoformat()} has another UTC offset than the clock of {frame.timezone}"
                f" then shows ({moment.astimezone(zone).isoformat()})",
            )


def _on_the_wall(
    moments: list[dt.datetime | None], lines: I8, frame: Frame, mistakes: Mistakes
) -> I8:
    """Return the UTC seconds of wall-clock times; an hour that comes twice is told by its order."""
    zone = ZoneInfo(frame.timezone)
    found: list[int] = []
    before = UNREAD
    for moment, line in zip(moments, lines, strict=True):
        if moment is None:
            found.append(UNREAD)
            continue
        asked = moment - _SECOND if frame.stamp == Stamp.END else moment
        if not (_shown(moment, zone) or _shown(asked, zone)):
            mistakes.add(
                int(line),
                f"{moment:%Y-%m-%d %H:%M} is a time that the clock of {frame.timezone} skips that"
                " night",
            )
            mistakes.advise(
                "A file that does not follow daylight saving time: say which clock it keeps, as in"
                " --clock +01:00 or --clock utc."
            )
            found.append(UNREAD)
            continue
        both = [int(moment.replace(tzinfo=zone, fold=fold).timestamp()) for fold in (0, 1)]
        second = both[0] if both[0] > before or both[1] < both[0] else both[1]
        found.append(second)
        before = max(before, second)
    return np.array(found, dtype=np.int64)


def _shown(moment: dt.datetime, zone: ZoneInfo) -> bool:
    """Tell whether the wall clock of a place ever shows a time."""
    there = moment.replace(tzinfo=zone).astimezone(dt.UTC).astimezone(zone)
    return there.replace(tzinfo=None) == moment
