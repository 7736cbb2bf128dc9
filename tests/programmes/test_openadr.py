"""OpenADR 3 events are read by the official names, refused by their place, and written back."""

import datetime as dt
import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gridsim.core.clock import Clock, make_clock
from gridsim.core.errors import DataError
from gridsim.programmes import calls, openadr, openadr_use
from gridsim.programmes.calls import Call, Control
from gridsim.programmes.openadr import Descriptor, Event, Interval, Payload
from gridsim.programmes.openadr_use import Reading
from gridsim.signals.notice import Notice

DAY = make_clock(dt.date(2026, 7, 1), dt.date(2026, 7, 2), 15, "America/Los_Angeles", "US")
NOON_UTC = int(dt.datetime(2026, 7, 1, 12, tzinfo=dt.UTC).timestamp())


def event(**changes) -> dict:
    """Return an event like those of the specification's own examples."""
    found = {
        "objectType": "EVENT",
        "programID": "ResTOU",
        "eventName": "heat of 1 July",
        "createdDateTime": "2026-06-30T17:00:00-07:00",
        "intervalPeriod": {"start": "2026-07-01T16:00:00-07:00", "duration": "PT1H"},
        "intervals": [
            {"id": 0, "payloads": [{"type": "SIMPLE", "values": [1]}]},
            {"id": 1, "payloads": [{"type": "SIMPLE", "values": [2]}]},
        ],
    }
    return {key: value for key, value in (found | changes).items() if value is not None}


def read(*found: dict) -> tuple[Event, ...]:
    return openadr.parse(json.dumps(list(found)))


def step(hour: float) -> int:
    return round(4 * hour)


def test_intervals_follow_each_other_from_the_start_of_the_event():
    (found,) = read(event())
    four = int(dt.datetime(2026, 7, 1, 23, tzinfo=dt.UTC).timestamp())
    assert [(one.start_s, one.end_s) for one in found.intervals] == [
        (four, four + 3600),
        (four + 3600, four + 7200),
    ]


def test_an_interval_may_have_a_start_and_a_length_of_its_own():
    own = {"start": "2026-07-01T20:00:00-07:00", "duration": "PT30M"}
    intervals = event()["intervals"]
    intervals[1]["intervalPeriod"] = own
    (found,) = read(event(intervals=intervals))
    assert found.intervals[1].end_s - found.intervals[1].start_s == 1800
    assert found.intervals[1].start_s - found.intervals[0].start_s == 4 * 3600


def test_a_single_event_without_a_list_is_read_too():
    assert openadr.parse(json.dumps(event())) == read(event())


def test_targets_of_both_versions_are_read():
    old = [{"type": "GROUP", "values": ["north", "south"]}]
    assert read(event(targets=old))[0].targets == ("north", "south")
    assert read(event(targets=["north"]))[0].targets == ("north",)


def test_levels_become_appeals_and_what_the_reader_says():
    order = Control(setback_k=2.0)
    appeal, control = openadr_use.calls_of(read(event()), DAY, Reading("text", True, order))
    assert (appeal.first, appeal.last, appeal.control) == (step(16), step(17), None)
    assert (control.first, control.last, control.control) == (step(17), step(18), order)
    assert (appeal.label, appeal.channel, appeal.reminder) == ("heat of 1 July", "text", True)
    assert not control.reminder
    told = int(dt.datetime(2026, 7, 1, 0, tzinfo=dt.UTC).timestamp())
    assert {appeal.published_s, control.published_s} == {told}
    plain = openadr_use.calls_of(read(event()), DAY, Reading())
    assert [call.control for call in plain] == [None, None]


def test_level_nought_calls_nothing_and_an_alert_calls_people():
    quiet = [{"id": 0, "payloads": [{"type": "SIMPLE", "values": [0]}]}]
    assert openadr_use.calls_of(read(event(intervals=quiet)), DAY, Reading()) == ()
    flex = [{"id": 0, "payloads": [{"type": "ALERT_FLEX_ALERT", "values": ["Save from 4 to 9"]}]}]
    (call,) = openadr_use.calls_of(read(event(intervals=flex)), DAY, Reading())
    assert call.control is None


@pytest.mark.parametrize(("units", "limit"), [(None, 4.0), ("KW", 4.0), ("KVA", 3.8)])
def test_a_limit_on_import_is_an_order(units, limit):
    said = [{"id": 0, "payloads": [{"type": "IMPORT_CAPACITY_LIMIT", "values": [4]}]}]
    names = {"objectType": "EVENT_PAYLOAD_DESCRIPTOR", "payloadType": "IMPORT_CAPACITY_LIMIT"}
    descriptors = [names | ({} if units is None else {"units": units})]
    found = read(event(intervals=said, payloadDescriptors=descriptors))
    (call,) = openadr_use.calls_of(found, DAY, Reading())
    assert call.control.load_limit_kw == pytest.approx(limit)


def test_only_events_for_the_target_are_taken():
    other = event(targets=["south"], programID="other")
    found = read(event(targets=["north"]), other)
    assert len(openadr_use.calls_of(found, DAY, Reading(target="north"))) == 2
    with pytest.raises(DataError, match="calls nobody for target 'west'"):
        openadr_use.calls_of(found, DAY, Reading(target="west"))


def test_an_event_that_nobody_announced_is_told_when_it_starts():
    (call, _) = openadr_use.calls_of(read(event(createdDateTime=None)), DAY, Reading())
    assert call.published_s == DAY.start_s + call.first * DAY.step_s


def prices(values: list[float], kind: str = "PRICE", **descriptor: str) -> dict:
    intervals = [
        {"id": k, "payloads": [{"type": kind, "values": [value]}]} for k, value in enumerate(values)
    ]
    said = {"payloadType": kind} | descriptor
    period = {"start": "2026-07-01T00:00:00-07:00", "duration": "PT1H"}
    return event(intervals=intervals, payloadDescriptors=[said], intervalPeriod=period)


def test_prices_are_means_over_the_steps():
    values = [0.1 + 0.01 * hour for hour in range(24)]
    found = openadr_use.prices_of(read(prices(values, currency="USD")), DAY, currency="USD")
    np.testing.assert_allclose(found, np.repeat(values, 4))
    half = make_clock(dt.date(2026, 7, 1), dt.date(2026, 7, 2), 60, "America/Los_Angeles", "US")
    quarter = openadr.parse(
        openadr_use.to_json(openadr_use.events_of_prices(np.arange(96.0), (), DAY, "p", "USD"))
    )
    np.testing.assert_allclose(
        openadr_use.prices_of(quarter, half), np.arange(96.0).reshape(24, 4).mean(axis=1)
    )


def test_prices_per_megawatt_hour_are_a_thousandth():
    found = openadr_use.prices_of(read(prices([80.0] * 24, units="MWH")), DAY)
    np.testing.assert_allclose(found, 0.08)


def test_prices_that_are_missing_or_in_other_money_are_refused():
    with pytest.raises(DataError, match=r"PRICE: nothing is said for 4 steps, first 2026-07-02T06"):
        openadr_use.prices_of(read(prices([0.1] * 23)), DAY)
    with pytest.raises(DataError, match=r"events\[0\].payloadDescriptors: PRICE is in USD"):
        openadr_use.prices_of(read(prices([0.1] * 24, currency="USD")), DAY, currency="EUR")
    with pytest.raises(DataError, match="calls nobody"):
        openadr_use.calls_of(read(prices([0.1] * 24)), DAY, Reading())


def one(payload: dict) -> dict:
    return event(intervals=[{"id": 0, "payloads": [payload]}])


def period(**changes: str) -> dict:
    said = {"start": "2026-07-01T16:00:00-07:00", "duration": "PT1H"} | changes
    return event(intervalPeriod=said)


@pytest.mark.parametrize(
    ("found", "told"),
    [
        (
            one({"type": "SIMPEL", "values": [1]}),
            r"payloads\[0\].type: must be one of SIMPLE",
        ),
        (one({"type": "CHARGE_STATE_SETPOINT", "values": [50]}), "model has no answer to it"),
        (one({"type": "SIMPLE", "values": [4]}), r"values\[0\]: must be 0, 1, 2 or 3"),
        (one({"type": "SIMPLE", "values": []}), "values: must be a list of one value"),
        (one({"type": "PRICE", "values": ["0.17"]}), r"values\[0\]: must be a number, got '0.17'"),
        (one({"type": "PRICE", "values": [True]}), "must be a number, got True"),
        (one({"type": "GHG", "values": [-1]}), "must not be below 0"),
        (one({"type": "SIMPLE", "value": [1]}), r"payloads\[0\].value: is no field here"),
        (event(intervals=[]), r"events\[0\].intervals: must be a list of at least one"),
        (event(intervals=[{"id": 0, "payloads": []}]), r"intervals\[0\].payloads: must be"),
        (event(intervals=[{"payloads": []}]), r"intervals\[0\].id: must be a whole number"),
        (event(programID=None), r"events\[0\].programID: must be a text"),
        (event(objectType="REPORT"), "objectType: must be EVENT, got 'REPORT'"),
        (event(priority=-1), "priority: must be a whole number not below 0"),
        (event(intervalPeriod=None), r"intervals\[0\]: has no start"),
        (period(duration="1 hour"), r"events\[0\].intervalPeriod.duration: must be a duration"),
        (period(duration="P1M"), "years and months have no fixed length, got 'P1M'"),
        (period(duration="P9999Y"), "no fixed length"),
        (period(duration="PT"), "must be a duration"),
        (period(duration="P2000D"), "at most 366 days"),
        (period(duration="PT0S"), r"intervals\[0\]: has no duration"),
        (period(randomizeStart="PT10M"), "randomizeStart: starts are not drawn by chance"),
        (period(start="2026-07-01T16:00:00"), "start: needs its offset from UTC"),
        (period(start="0001-01-01T00:00:00Z"), "stands for now"),
        (period(start="1 July"), "start: must be an ISO 8601 time"),
        (event(starts="x"), r"events\[0\].starts: is no field here"),
        (prices([0.1], units="KW"), r"payloadDescriptors\[0\].units: must be one of KWH, MWH"),
        (prices([0.1], currency="euro"), "currency: must be an ISO code"),
    ],
)
def test_what_is_wrong_is_told_by_its_place(found, told):
    with pytest.raises(DataError, match=told):
        read(found)


def test_the_place_counts_events_intervals_and_payloads():
    wrong = event()
    wrong["intervals"][1]["payloads"].append({"type": "SIMPLE", "values": [9]})
    with pytest.raises(DataError, match=r"^events\[2\].intervals\[1\].payloads\[1\].values\[0\]"):
        read(event(), event(programID="b"), wrong)


def test_overlaps_are_refused_but_for_other_programs_and_targets():
    with pytest.raises(DataError, match=r"events\[1\]: SIMPLE at .* overlaps one of events\[0\]"):
        read(event(), event())
    assert len(read(event(), event(programID="b"), event(targets=["north"]))) == 3
    twice = event()
    twice["intervals"][0]["payloads"] *= 2
    with pytest.raises(DataError, match="overlaps"):
        read(twice)


@pytest.mark.parametrize(
    ("text", "told"),
    [("{", "is no JSON"), ("[]", "holds no event"), ("[1]", "must be an object, got int"),
     ('[{"a": NaN}]', "NaN is no number of JSON")],
)  # fmt: skip
def test_what_is_no_json_or_no_event_is_refused(text, told):
    with pytest.raises(DataError, match=told):
        openadr.parse(text)


def test_a_file_is_named_when_it_is_wrong(tmp_path):
    file = tmp_path / "events.json"
    file.write_text(json.dumps([period(duration="x")]))
    with pytest.raises(DataError, match=r"events.json: events\[0\].intervalPeriod.duration"):
        openadr.read(file)
    with pytest.raises(DataError, match="there is no such file"):
        openadr.read(tmp_path / "none.json")


KINDS = st.sampled_from([Payload.SIMPLE, Payload.PRICE, Payload.EXPORT_PRICE, Payload.GHG])


@st.composite
def events(draw) -> tuple[Event, ...]:
    found, at = [], NOON_UTC
    for number in range(draw(st.integers(1, 4))):
        kind, intervals = draw(KINDS), []
        for _ in range(draw(st.integers(1, 5))):
            at += draw(st.integers(0, 5000))
            end = at + draw(st.integers(1, 200_000))
            value = (
                float(draw(st.integers(0, 3)))
                if kind == Payload.SIMPLE
                else draw(st.floats(0 if kind == Payload.GHG else -1e3, 1e3))
            )
            intervals.append(Interval(at, end, kind, value))
            at = end
        targets = tuple(draw(st.lists(st.text(min_size=1), max_size=2)))
        created = draw(st.none() | st.integers(NOON_UTC - 9**7, NOON_UTC))
        descriptors = (Descriptor(kind, None, "EUR"),) if kind == Payload.PRICE else ()
        name, priority = draw(st.none() | st.text(min_size=1)), draw(st.none() | st.integers(0, 9))
        found.append(
            Event(f"p{number}", tuple(intervals), name, created, priority, targets, descriptors)
        )
    return tuple(found)


@given(events())
def test_what_is_written_is_read_again(wanted):
    assert openadr.parse(openadr_use.to_json(wanted)) == wanted


def laid(clock: Clock) -> tuple[Call, ...]:
    day = clock.start_s
    return (
        Call(day - 7 * 3600, 64, 72, "appeal", "text", None),
        Call(day - 7 * 3600, 76, 80, "limit", None, Control(load_limit_kw=3.5)),
    )


def test_calls_become_events_and_calls_again():
    wanted = laid(DAY)
    found = openadr.parse(openadr_use.to_json(openadr_use.events_of_calls(wanted, DAY, "p")))
    again = openadr_use.calls_of(found, DAY, Reading())
    assert [(c.published_s, c.first, c.last, c.label, c.control) for c in again] == [
        (c.published_s, c.first, c.last, c.label, c.control) for c in wanted
    ]
    np.testing.assert_array_equal(calls.called(again, DAY), calls.called(wanted, DAY))


def test_published_prices_become_events_that_were_created_when_they_were_told():
    price = np.repeat([0.1, 0.5, 0.1], 32)
    notices = (Notice(DAY.start_s - 3600, 32, 64, "critical"),)
    found = openadr_use.events_of_prices(price, notices, DAY, "p", "USD")
    assert [(e.name, e.created_s) for e in found] == [
        (None, None), ("critical", DAY.start_s - 3600), (None, None),
    ]  # fmt: skip
    np.testing.assert_array_equal(openadr_use.prices_of(found, DAY, currency="USD"), price)
    assert found[0].descriptors == (Descriptor(Payload.PRICE, "KWH", "USD"),)


def test_programs_are_written_by_name():
    (program,) = json.loads(openadr_use.programs_json(["tou"]))
    assert program == {"objectType": "PROGRAM", "id": "tou", "programName": "tou"}
