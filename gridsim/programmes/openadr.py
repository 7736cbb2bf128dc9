"""OpenADR 3 events as a file: what is read, told by its place in the file when it is wrong.

A file holds what a server answers to ``GET /events``: a list of event objects, or a single one, in
the field names of OpenADR 3.0 and 3.1 (OpenADR Alliance, "OpenADR 3.0 Definition", v3.0.1, and the
enumerations of 3.1.0). A name that is no field of an object is refused, and so is a payload that
the model has no answer to. Objects of 3.0 list targets as maps, those of 3.1 as words; both are
read, words are written.
"""

import datetime as dt
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from itertools import pairwise
from pathlib import Path
from typing import Any

from gridsim.core.errors import DataError
from gridsim.signals import timed_csv


class Payload(IntEnum):
    """Payload types of event intervals that the model has an answer to; names are OpenADR's."""

    SIMPLE = 0
    PRICE = 1
    EXPORT_PRICE = 2
    GHG = 3
    IMPORT_CAPACITY_LIMIT = 4
    ALERT_FLEX_ALERT = 5
    ALERT_GRID_EMERGENCY = 6
    ALERT_POSSIBLE_OUTAGE = 7


ALERTS = (Payload.ALERT_FLEX_ALERT, Payload.ALERT_GRID_EMERGENCY, Payload.ALERT_POSSIBLE_OUTAGE)
"""Payloads whose value is a text for people."""
PRICES = (Payload.PRICE, Payload.EXPORT_PRICE)
"""Payloads whose value is money per energy."""
_UNITS = {
    Payload.SIMPLE: (),
    Payload.PRICE: ("KWH", "MWH"),
    Payload.EXPORT_PRICE: ("KWH", "MWH"),
    Payload.GHG: ("GHG",),
    Payload.IMPORT_CAPACITY_LIMIT: ("KW", "KVA"),
} | dict.fromkeys(ALERTS, ())
_OTHERS = """
PRICE_ALTERNATE CHARGE_STATE_SETPOINT DISPATCH_SETPOINT DISPATCH_SETPOINT_RELATIVE
DISPATCH_INSTRUCTION CONTROL_SETPOINT CONTROL_LEVEL_OFFSET CONTROL_LEVEL_OFFSET_PERCENT CURVE OLS
IMPORT_CAPACITY_SUBSCRIPTION IMPORT_CAPACITY_RESERVATION IMPORT_CAPACITY_RESERVATION_FEE
IMPORT_CAPACITY_AVAILABLE IMPORT_CAPACITY_AVAILABLE_PRICE EXPORT_CAPACITY_SUBSCRIPTION
EXPORT_CAPACITY_RESERVATION EXPORT_CAPACITY_RESERVATION_FEE EXPORT_CAPACITY_AVAILABLE
EXPORT_CAPACITY_AVAILABLE_PRICE EXPORT_CAPACITY_LIMIT ALERT_BLACK_START ALERT_FIRE ALERT_FREEZING
ALERT_WIND ALERT_TSUNAMI ALERT_AIR_QUALITY ALERT_OTHER CTA2045_REBOOT CTA2045_SET_OVERRIDE_STATUS
"""
_FIELDS = """
id createdDateTime modificationDateTime objectType programID eventName duration priority targets
reportDescriptors payloadDescriptors intervalPeriod intervals
"""
_EVENT = frozenset(_FIELDS.split())
_PERIOD = frozenset(("start", "duration", "randomizeStart"))
_DURATION = re.compile(r"P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?")
_SCALES = (604_800, 86_400, 3600, 60, 1)
_LONGEST_S = 366 * 86_400


@dataclass(frozen=True, slots=True)
class Descriptor:
    """In what unit and currency the values of a payload are.

    Parameters
    ----------
    payload : Payload
        Of which values.
    units : str or None
        ``"KWH"`` or ``"MWH"`` for prices, ``"KW"`` or ``"KVA"`` for a limit, ``"GHG"``.
    currency : str or None
        ISO 4217 code, for prices.
    """

    payload: Payload
    units: str | None = None
    currency: str | None = None


@dataclass(frozen=True, slots=True)
class Interval:
    """A span of time and what holds in it.

    Parameters
    ----------
    start_s, end_s : int
        UTC seconds [start, end). [s]
    payload : Payload
        What kind of value.
    value : float or str
        The value, a text for alerts, in the unit of the event's descriptor.
    """

    start_s: int
    end_s: int
    payload: Payload
    value: float | str


@dataclass(frozen=True, slots=True)
class Event:
    """One event: what a server tells its customers.

    Parameters
    ----------
    program : str
        ``programID``.
    intervals : tuple of Interval
        In the order of the file; payloads of one interval follow each other.
    name : str or None
        ``eventName``.
    created_s : int or None
        UTC second of ``createdDateTime``, which counts as the moment it is told. [s]
    priority : int or None
        A lower number comes first.
    targets : tuple of str
        Whom it is for; nobody in particular if empty.
    descriptors : tuple of Descriptor
        Units and currencies.
    """

    program: str
    intervals: tuple[Interval, ...]
    name: str | None = None
    created_s: int | None = None
    priority: int | None = None
    targets: tuple[str, ...] = ()
    descriptors: tuple[Descriptor, ...] = ()

    def described(self, payload: Payload) -> Descriptor:
        """Return in what unit and currency a payload is; the plain one if nothing is said."""
        found = [one for one in self.descriptors if one.payload == payload]
        return found[0] if found else Descriptor(payload)


def read(path: Path) -> tuple[Event, ...]:
    """Return the events of a file.

    Parameters
    ----------
    path : Path
        JSON file; it may be compressed with gzip.

    Raises
    ------
    DataError
        Naming the file, the place in it such as ``events[3].intervals[0].payloads[0].values``,
        what is wrong and what is allowed.
    """
    try:
        return parse(timed_csv.read_text(path))
    except DataError as wrong:
        said = str(wrong)
        raise DataError(said if said.startswith(str(path)) else f"{path}: {said}") from wrong


def parse(text: str) -> tuple[Event, ...]:
    """Return the events of a text of JSON.

    Raises
    ------
    DataError
        Naming the place in the text and what is wrong.
    """
    try:
        found = json.loads(text, parse_constant=_no_number)
    except json.JSONDecodeError as broken:
        where = f"line {broken.lineno}, column {broken.colno}"
        raise DataError(f"is no JSON ({where}: {broken.msg})") from broken
    listed = found if isinstance(found, list) else [found]
    if not listed:
        raise DataError("holds no event")
    events = tuple(_event(one, f"events[{k}]") for k, one in enumerate(listed))
    _check_overlaps(events)
    return events


def _event(found: Any, at: str) -> Event:
    """Return an event object."""
    table = _object(found, at, _EVENT)
    if table.get("objectType", "EVENT") != "EVENT":
        raise DataError(f"{at}.objectType: must be EVENT, got {table['objectType']!r}")
    descriptors = tuple(
        _descriptor(one, f"{at}.payloadDescriptors[{k}]")
        for k, one in enumerate(_list(table.get("payloadDescriptors"), f"{at}.payloadDescriptors"))
    )
    created = table.get("createdDateTime")
    return Event(
        _text(table, "programID", at),
        _intervals(table, at),
        None if table.get("eventName") is None else _text(table, "eventName", at),
        None if created is None else _second(created, f"{at}.createdDateTime"),
        _whole(table.get("priority"), f"{at}.priority"),
        tuple(_targets(table.get("targets"), f"{at}.targets")),
        descriptors,
    )


def _intervals(table: Mapping[str, Any], at: str) -> tuple[Interval, ...]:
    """Return the intervals of an event; one without a start begins where the one before ends."""
    listed = table.get("intervals")
    if not isinstance(listed, list) or not listed:
        raise DataError(f"{at}.intervals: must be a list of at least one interval")
    start_s, length_s = _period(table.get("intervalPeriod"), f"{at}.intervalPeriod")
    found: list[Interval] = []
    for k, one in enumerate(listed):
        here = f"{at}.intervals[{k}]"
        said = _object(one, here, frozenset(("id", "intervalPeriod", "payloads")))
        if type(said.get("id")) is not int:
            raise DataError(f"{here}.id: must be a whole number, got {said.get('id')!r}")
        own_s, own_length_s = _period(said.get("intervalPeriod"), f"{here}.intervalPeriod")
        begin_s = own_s if own_s is not None else start_s
        lasts_s = own_length_s or length_s
        if begin_s is None:
            raise DataError(f"{here}: has no start, and neither has {at}.intervalPeriod")
        if lasts_s is None:
            raise DataError(f"{here}: has no duration, and neither has {at}.intervalPeriod")
        payloads = _list(said.get("payloads"), f"{here}.payloads")
        if not payloads:
            raise DataError(f"{here}.payloads: must be a list of at least one payload")
        for j, payload in enumerate(payloads):
            kind, value = _payload(payload, f"{here}.payloads[{j}]")
            found.append(Interval(begin_s, begin_s + lasts_s, kind, value))
        start_s = begin_s + lasts_s
    return tuple(found)


def _period(found: Any, at: str) -> tuple[int | None, int | None]:
    """Return the start and the length of an interval period, None for what it does not say."""
    if found is None:
        return None, None
    table = _object(found, at, _PERIOD)
    if table.get("start") is None:
        raise DataError(f"{at}.start: is missing")
    random_s = _length(table.get("randomizeStart"), f"{at}.randomizeStart")
    if random_s:
        raise DataError(f"{at}.randomizeStart: starts are not drawn by chance here; leave it out")
    length_s = _length(table.get("duration"), f"{at}.duration")
    return _second(table["start"], f"{at}.start"), length_s or None


def _payload(found: Any, at: str) -> tuple[Payload, float | str]:
    """Return the kind and the value of a payload."""
    table = _object(found, at, frozenset(("type", "values")))
    kind = _kind(table.get("type"), f"{at}.type")
    values = table.get("values")
    if not isinstance(values, list) or len(values) != 1:
        raise DataError(f"{at}.values: must be a list of one value, got {values!r}")
    value = values[0]
    if kind in ALERTS:
        if not isinstance(value, str) or not value:
            raise DataError(f"{at}.values[0]: must be a text, got {value!r}")
        return kind, value
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise DataError(f"{at}.values[0]: must be a number, got {value!r}")
    if kind == Payload.SIMPLE and value not in (0, 1, 2, 3):
        raise DataError(f"{at}.values[0]: must be 0, 1, 2 or 3 for SIMPLE, got {value!r}")
    if kind in (Payload.GHG, Payload.IMPORT_CAPACITY_LIMIT) and value < 0:
        raise DataError(f"{at}.values[0]: must not be below 0, got {value!r}")
    return kind, float(value)


def _kind(word: Any, at: str) -> Payload:
    """Return the payload type of a word."""
    if isinstance(word, str) and word in Payload.__members__:
        return Payload[word]
    taken = ", ".join(Payload.__members__)
    if isinstance(word, str) and word in _OTHERS.split():
        raise DataError(f"{at}: {word} is OpenADR's, but the model has no answer to it; it answers"
                        f" to {taken}")  # fmt: skip
    raise DataError(f"{at}: must be one of {taken}, got {word!r}")


def _descriptor(found: Any, at: str) -> Descriptor:
    """Return a payload descriptor."""
    fields = frozenset(("objectType", "payloadType", "units", "currency"))
    table = _object(found, at, fields)
    kind = _kind(table.get("payloadType"), f"{at}.payloadType")
    units, currency = table.get("units"), table.get("currency")
    if units is not None and units not in _UNITS[kind]:
        can = f"one of {', '.join(_UNITS[kind])}" if _UNITS[kind] else "left out"
        raise DataError(f"{at}.units: must be {can} for {kind.name}, got {units!r}")
    if currency is not None and not (
        isinstance(currency, str) and re.fullmatch("[A-Z]{3}", currency)
    ):
        raise DataError(f"{at}.currency: must be an ISO code such as EUR, got {currency!r}")
    return Descriptor(kind, units, currency)


def _targets(found: Any, at: str) -> list[str]:
    """Return whom an event is for: words, or maps of a type and values as 3.0 has them."""
    words = []
    for k, one in enumerate(_list(found, at)):
        if isinstance(one, str):
            words.append(one)
        else:
            table = _object(one, f"{at}[{k}]", frozenset(("type", "values")))
            words += [str(value) for value in _list(table.get("values"), f"{at}[{k}].values")]
    return words


def _second(found: Any, at: str) -> int:
    """Return the UTC second of a time with its offset."""
    try:
        when = dt.datetime.fromisoformat(found)
    except (TypeError, ValueError):
        form = "an ISO 8601 time such as 2026-07-01T17:00:00Z"
        raise DataError(f"{at}: must be {form}, got {found!r}") from None
    if when.tzinfo is None:
        raise DataError(
            f"{at}: needs its offset from UTC, such as 2026-07-01T17:00:00Z, got {found!r}"
        )
    if when.year < 1971:
        raise DataError(f"{at}: {found!r} stands for now, and a file has no now; write the time")
    if when.microsecond:
        raise DataError(f"{at}: must be a whole second, got {found!r}")
    return int(when.timestamp())


def _length(found: Any, at: str) -> int | None:
    """Return the seconds of an ISO 8601 duration, None for none."""
    if found is None:
        return None
    match = _DURATION.fullmatch(found) if isinstance(found, str) else None
    if match is None or not any(match.groups()):
        form = "a duration in weeks, days, hours, minutes and whole seconds such as PT1H30M"
        more = "; years and months have no fixed length" if re.search(r"\d[YM]", str(found)) else ""
        raise DataError(f"{at}: must be {form}{more}, got {found!r}")
    parts = zip(match.groups(), _SCALES, strict=True)
    seconds = sum(int(count or 0) * scale for count, scale in parts)
    if seconds > _LONGEST_S:
        raise DataError(f"{at}: must be at most 366 days, got {found!r}")
    return seconds


def _check_overlaps(events: tuple[Event, ...]) -> None:
    """Refuse two values of one payload for the same program, targets and time."""
    spans = sorted(
        (event.program, event.targets, one.payload, one.start_s, one.end_s, f"events[{k}]")
        for k, event in enumerate(events)
        for one in event.intervals
    )
    for before, after in pairwise(spans):
        if before[:3] == after[:3] and after[3] < before[4]:
            when = dt.datetime.fromtimestamp(after[3], dt.UTC).isoformat()
            text = f"{after[5]}: {after[2].name} at {when} overlaps one of {before[5]}"
            raise DataError(f"{text}; a file may say one value for each time, program and target")


def _object(found: Any, at: str, fields: frozenset[str]) -> Mapping[str, Any]:
    """Return an object whose fields are known."""
    if not isinstance(found, dict):
        raise DataError(f"{at}: must be an object, got {type(found).__name__}")
    wrong = sorted(set(found) - fields)
    if wrong:
        raise DataError(f"{at}.{wrong[0]}: is no field here; known: {', '.join(sorted(fields))}")
    return found


def _list(found: Any, at: str) -> list[Any]:
    """Return a list, empty for nothing."""
    if found is None:
        return []
    if not isinstance(found, list):
        raise DataError(f"{at}: must be a list, got {type(found).__name__}")
    return found


def _text(table: Mapping[str, Any], key: str, at: str) -> str:
    """Return a text that must be there."""
    value = table.get(key)
    if not isinstance(value, str) or not value:
        raise DataError(f"{at}.{key}: must be a text, got {value!r}")
    return value


def _whole(found: Any, at: str) -> int | None:
    """Return a whole number not below 0, None for none."""
    if found is None or (type(found) is int and found >= 0):
        return found
    raise DataError(f"{at}: must be a whole number not below 0, got {found!r}")


def _no_number(word: str) -> float:
    """Refuse NaN and Infinity, which JSON does not have."""
    raise DataError(f"{word} is no number of JSON")
