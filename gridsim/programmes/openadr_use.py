"""OpenADR events in use: as calls and as series of prices, and calls and prices as events."""

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

import numpy as np

from gridsim.core.arrays import F8
from gridsim.core.clock import Clock
from gridsim.core.errors import DataError
from gridsim.programmes.calls import Call, Control, in_order
from gridsim.programmes.openadr import ALERTS, Descriptor, Event, Interval, Payload
from gridsim.programmes.watch import POWER_FACTOR
from gridsim.signals.notice import Notice

_PER = {None: 1.0, "KWH": 1.0, "MWH": 1e-3}
_ORDER_LEVEL = 2  # SIMPLE levels from here on go to machines, if the reader says what they mean


@dataclass(frozen=True, slots=True)
class Reading:
    """How a customer reads events.

    Parameters
    ----------
    channel : str or None
        How people hear of them; None: as they hear of prices.
    reminder : bool
        Whether people are told once more on the day itself.
    control : Control or None
        What machines do at SIMPLE levels 2 and 3; None makes appeals of them.
    target : str or None
        Only events for this target or for nobody in particular; None: all.
    """

    channel: str | None = None
    reminder: bool = False
    control: Control | None = None
    target: str | None = None


def calls_of(events: Sequence[Event], clock: Clock, reading: Reading) -> tuple[Call, ...]:
    """Return the calls of events that touch a clock, in order of their steps.

    SIMPLE 0 calls nothing, 1 is an appeal, 2 and 3 are what the reading says; a limit on import is
    an order; alerts are appeals. Events without a time of creation are told when they start.

    Raises
    ------
    DataError
        If no event calls anything.
    """
    mine = [event for event in events if _for(event, reading.target)]
    calling = [
        (event, one) for event in mine for one in event.intervals if _calls(one) or _quiet(one)
    ]
    if not calling:
        kinds = "SIMPLE, IMPORT_CAPACITY_LIMIT or an alert"
        whom = "" if reading.target is None else f" for target {reading.target!r}"
        raise DataError(f"calls nobody{whom}: no interval has {kinds}")
    found = []
    for event, one in calling:
        first, last = clock.step_at(one.start_s), clock.step_at(one.end_s)
        if _calls(one) and first < last and not _said_by_limit(event, one, reading):
            told_s = one.start_s if event.created_s is None else min(event.created_s, one.start_s)
            call = Call(
                told_s, first, last, event.name or event.program, reading.channel,
                _order(event, one, reading), reading.reminder,
            )  # fmt: skip
            found.append(call if call.control is None else replace(call, reminder=False))
    return in_order(tuple(found))


def prices_of(
    events: Sequence[Event], clock: Clock, payload: Payload = Payload.PRICE,
    currency: str | None = None,
) -> F8:  # fmt: skip
    """Return the price on a clock, the mean over each step, shape (t,) [currency/kWh].

    Parameters
    ----------
    events : sequence of Event
        What was read.
    clock : Clock
        Time axis.
    payload : Payload
        PRICE, EXPORT_PRICE or GHG (then in g/kWh).
    currency : str, optional
        What the money must be; events that name none are taken to be in it.

    Raises
    ------
    DataError
        If a step has no price throughout, or one is in another currency.
    """
    total, covered = np.zeros(clock.steps), np.zeros(clock.steps)
    for k, event in enumerate(events):
        said = event.described(payload)
        mine = [one for one in event.intervals if one.payload == payload]
        if mine and None not in (said.currency, currency) and said.currency != currency:
            at = f"events[{k}].payloadDescriptors"
            raise DataError(f"{at}: {payload.name} is in {said.currency}, {currency} is wanted")
        for one in mine:
            share = _shares(one, clock)
            total += float(one.value) * _PER.get(said.units, 1.0) * share
            covered += share
    lacking = np.flatnonzero(covered < 1.0 - 1e-9)
    if len(lacking):
        when = dt.datetime.fromtimestamp(int(clock.time_s[lacking[0]]), dt.UTC).isoformat()
        raise DataError(f"{payload.name}: nothing is said for {len(lacking)} steps, first {when}")
    return total


def events_of_calls(
    calls: Sequence[Call], clock: Clock, program: str, targets: tuple[str, ...] = ()
) -> tuple[Event, ...]:
    """Return an event for each call: SIMPLE 1 for appeals, 2 for orders, with a limit on import."""
    return tuple(_event_of(call, clock, program, targets) for call in calls)


def events_of_prices(
    price: F8, notices: Sequence[Notice], clock: Clock, program: str, currency: str,
    payload: Payload = Payload.PRICE,
) -> tuple[Event, ...]:  # fmt: skip
    """Return prices as events: one for each notice, one for each stretch that none is about.

    Parameters
    ----------
    price : F8
        Price of each step, shape (t,). [currency/kWh]
    notices : sequence of Notice
        When which steps were told, on this clock.
    clock : Clock
        Time axis of t steps.
    program : str
        ``programID``.
    currency : str
        ISO 4217 code.
    payload : Payload
        PRICE or EXPORT_PRICE.
    """
    owner = np.full(clock.steps, -1)
    told = sorted(notices, key=lambda notice: notice.published_s)
    for number, notice in enumerate(told):
        owner[notice.first : notice.last] = number
    edges = [0, *(np.flatnonzero(np.diff(owner)) + 1).tolist(), clock.steps]
    descriptor = Descriptor(payload, "KWH", currency)
    found = []
    for first, last in pairwise(edges):
        about = told[owner[first]] if owner[first] >= 0 else None
        found.append(
            Event(
                program,
                tuple(_runs(price, first, last, clock, payload)),
                None if about is None else about.label,
                None if about is None else about.published_s,
                descriptors=(descriptor,),
            )
        )
    return tuple(found)


def to_json(events: Sequence[Event]) -> str:
    """Return events as the JSON text that :func:`gridsim.programmes.openadr.parse` reads."""
    return json.dumps([_plain(event) for event in events], indent=1, ensure_ascii=False) + "\n"


def programs_json(programs: Sequence[str]) -> str:
    """Return programs, each by its name, as JSON text."""
    return json.dumps(
        [{"objectType": "PROGRAM", "id": name, "programName": name} for name in programs], indent=1
    ) + "\n"  # fmt: skip


def _plain(event: Event) -> dict[str, Any]:
    """Return an event as an object of JSON, without the fields that say nothing."""
    found: dict[str, Any] = {"objectType": "EVENT", "programID": event.program}
    if event.created_s is not None:
        found["createdDateTime"] = _time(event.created_s)
    if event.name is not None:
        found["eventName"] = event.name
    if event.priority is not None:
        found["priority"] = event.priority
    if event.targets:
        found["targets"] = list(event.targets)
    if event.descriptors:
        found["payloadDescriptors"] = [_described(one) for one in event.descriptors]
    found["intervals"] = [
        {
            "id": number,
            "intervalPeriod": {"start": _time(one.start_s), "duration": _lasting(one)},
            "payloads": [{"type": one.payload.name, "values": [_number(one)]}],
        }
        for number, one in enumerate(event.intervals)
    ]
    return found


def _described(one: Descriptor) -> dict[str, str]:
    """Return a descriptor as an object of JSON."""
    found = {"objectType": "EVENT_PAYLOAD_DESCRIPTOR", "payloadType": one.payload.name}
    if one.units is not None:
        found["units"] = one.units
    if one.currency is not None:
        found["currency"] = one.currency
    return found


def _number(one: Interval) -> float | int | str:
    """Return the value of an interval; SIMPLE is a whole number."""
    return int(one.value) if one.payload == Payload.SIMPLE else one.value


def _time(second: int) -> str:
    """Return a UTC second as ISO 8601."""
    return dt.datetime.fromtimestamp(second, dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _lasting(one: Interval) -> str:
    """Return the length of an interval as an ISO 8601 duration."""
    minutes, seconds = divmod(one.end_s - one.start_s, 60)
    hours, minutes = divmod(minutes, 60)
    days, hours = divmod(hours, 24)
    clock = "".join(f"{n}{unit}" for n, unit in ((hours, "H"), (minutes, "M"), (seconds, "S")) if n)
    return f"P{f'{days}D' if days else ''}{f'T{clock}' if clock else ''}"


def _event_of(call: Call, clock: Clock, program: str, targets: tuple[str, ...]) -> Event:
    """Return the event of one call."""
    start_s, end_s = (clock.start_s + clock.step_s * step for step in (call.first, call.last))
    level = 1 if call.control is None else _ORDER_LEVEL
    intervals = [Interval(start_s, end_s, Payload.SIMPLE, float(level))]
    descriptors = []
    if call.control is not None and call.control.load_limit_kw < np.inf:
        limit = Payload.IMPORT_CAPACITY_LIMIT
        intervals.append(Interval(start_s, end_s, limit, call.control.load_limit_kw))
        descriptors.append(Descriptor(limit, "KW"))
    return Event(
        program, tuple(intervals), call.label, call.published_s, None, targets, tuple(descriptors)
    )


def _runs(price: F8, first: int, last: int, clock: Clock, payload: Payload) -> list[Interval]:
    """Return the stretches of equal price between two steps."""
    edges = [first, *(np.flatnonzero(np.diff(price[first:last])) + 1 + first).tolist(), last]
    return [
        Interval(
            clock.start_s + clock.step_s * begin, clock.start_s + clock.step_s * end,
            payload, float(price[begin]),
        )
        for begin, end in pairwise(edges)
    ]  # fmt: skip


def _shares(one: Interval, clock: Clock) -> F8:
    """Return how much of each step an interval covers, shape (t,)."""
    begins = clock.time_s
    inside = np.minimum(begins + clock.step_s, one.end_s) - np.maximum(begins, one.start_s)
    return np.asarray(np.maximum(inside, 0) / clock.step_s)


def _order(event: Event, one: Interval, reading: Reading) -> Control | None:
    """Return what an interval tells machines."""
    if one.payload == Payload.IMPORT_CAPACITY_LIMIT:
        factor = POWER_FACTOR if event.described(one.payload).units == "KVA" else 1.0
        return Control(load_limit_kw=float(one.value) * factor)
    if one.payload == Payload.SIMPLE and float(one.value) >= _ORDER_LEVEL:
        return reading.control
    return None


def _calls(one: Interval) -> bool:
    """Tell whether an interval calls anything."""
    calling = (Payload.IMPORT_CAPACITY_LIMIT, *ALERTS)
    return one.payload in calling or (one.payload == Payload.SIMPLE and float(one.value) > 0)


def _said_by_limit(event: Event, one: Interval, reading: Reading) -> bool:
    """Tell whether a level of orders only repeats that there is a limit at the same time."""
    if one.payload != Payload.SIMPLE or float(one.value) < _ORDER_LEVEL or reading.control:
        return False
    limit = Payload.IMPORT_CAPACITY_LIMIT
    return any(o.payload == limit and o.start_s == one.start_s for o in event.intervals)


def _quiet(one: Interval) -> bool:
    """Tell whether an interval says that nothing is called."""
    return one.payload == Payload.SIMPLE and float(one.value) == 0


def _for(event: Event, target: str | None) -> bool:
    """Tell whether an event is for a target."""
    return target is None or not event.targets or target in event.targets
