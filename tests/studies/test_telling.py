"""A home's day is told in plain sentences from a log made by hand."""

import datetime as dt
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from gridsim.studies import portrait, telling
from gridsim.studies.telling import Frame, Note

PARIS = ZoneInfo("Europe/Paris")
FRAME = Frame(dt.date(2023, 1, 17), PARIS, "EUR")


def at(hour: float, day: int = 17) -> dt.datetime:
    return dt.datetime(2023, 1, day, tzinfo=PARIS) + dt.timedelta(hours=hour)


def note(kind, hour, *, day=17, cause="", text="", value=float("nan"), about=None):
    first, last = about or (at(hour, day), at(hour, day))
    return Note(at(hour, day), first, last, kind, cause, text, value)


RED = (at(6), at(30))


def test_a_run_that_is_put_off_says_from_when_to_when_and_why():
    put_off = note(
        "deferral", 22.5, cause="choice", text="washing machine starts, h waited",
        value=2.833, about=(at(19 + 40 / 60), at(22.5)),
    )  # fmt: skip
    assert telling.did([put_off], FRAME) == (
        "19:40: they wanted the washing machine and put it off to 22:30, "
        "because they knew that these hours would be dear.",
    )


def test_a_run_put_off_over_midnight_is_told_on_both_days():
    put_off = note("deferral", 2, day=18, cause="habit", text="dishwasher starts, h waited",
                   value=3.0, about=(at(23), at(26)))  # fmt: skip
    assert "put it off to 02:00 the next day, as they always do" in telling.did([put_off], FRAME)[0]
    later = Frame(dt.date(2023, 1, 18), PARIS, "EUR")
    assert telling.did([put_off], later)[0].startswith("23:00 the day before: they wanted")
    assert telling.did([put_off], Frame(dt.date(2023, 1, 19), PARIS, "EUR")) == (
        "Nothing that the log would know of.",
    )


def test_a_run_at_once_has_no_reason_but_the_wish():
    now = note("start", 14, cause="wish", text="dryer starts, h waited", value=0.0)
    assert telling.did([now], FRAME) == ("14:00: the dryer ran when they wanted it.",)


def test_what_begins_and_ends_is_told_as_a_span():
    notes = [
        note("set point lowered", 6, cause="habit", text="K", value=1.25),
        note("second heater lit", 18, cause="choice"),
        note("second heater out", 21.5, cause="choice"),
        note("set point back", 22, cause="habit"),
        note("charging starts", 23, cause="machine", text="kW", value=3.7),
    ]
    assert telling.did(notes, FRAME) == (
        "The rooms were kept 1.2 K cooler from 06:00 to 22:00,"
        " as they always do under this tariff.",
        "The stove burned from 18:00 to 21:30, because they knew that these hours would be dear.",
        "The car charged from 23:00 on at 3.7 kW, which a machine of theirs does by itself.",
    )


def test_warm_rooms_and_people_who_overrule_a_thermostat_are_told():
    notes = [
        note("cooling set higher", 14, cause="order", text="K", value=2.0),
        note("cooling set back", 18, cause="order"),
        note("thermostat overruled", 19, cause="comfort", text="too cold"),
        note("thermostat left alone", 21, cause="comfort"),
    ]
    assert telling.did(notes, FRAME) == (
        "The rooms were left 2.0 K warmer from 14:00 to 18:00, because their machine had been told"
        " to.",
        "It was too cold for them, and they turned the heating up from 19:00 to 21:00.",
    )


def test_a_span_of_the_night_before_is_told_where_it_reaches_into_the_day():
    notes = [note("override", 23, day=16), note("override ends", 1)]
    assert telling.did(notes, FRAME) == (
        "The hot water ran cold and was heated against the relay"
        " from 23:00 the day before to 01:00.",
    )
    assert telling.did([*notes[:1], note("override ends", 23.5, day=16)], FRAME) == (
        "Nothing that the log would know of.",
    )


def test_a_car_is_back_before_it_charges_although_the_log_knows_steps_only():
    notes = [
        note("charging starts", 18.0, cause="wish", text="kW", value=7.4),
        note("plug-in", 18.0, value=0.4),
        note("return", 18.2, value=20.0),
        note("charging ends", 20.0),
    ]
    assert telling.did(notes, FRAME) == (
        "18:12: the car came back and was plugged in, 40 % full.",
        "The car charged from 18:12 to 20:00 at 7.4 kW.",
    )


def test_what_was_announced_is_told_with_what_they_made_of_it():
    told = note("published", 11, day=16, cause="agenda", text="red, mean price", value=0.523,
                about=RED)  # fmt: skip
    words = "Announced at 11:00 the day before: red, from 06:00 to 06:00 the next day, 0.523 EUR"
    deaf = telling.heard([told], FRAME, on_tariff=True)
    assert deaf == (f"{words} a kWh on average. They did not notice.",)
    heard = [told, note("heard", 11, day=16, text="red", about=RED)]
    assert telling.heard(heard, FRAME, on_tariff=True)[0].endswith("They noticed.")
    acts = [*heard, note("acts", 11, day=16, text="red", about=RED)]
    assert telling.heard(acts, FRAME, on_tariff=True)[0].endswith("noticed and meant to act on it.")
    lets = [*heard, note("lets it be", 11, day=16, text="red", about=RED)]
    assert telling.heard(lets, FRAME, on_tariff=True)[0].endswith("not worth the bother.")


def test_a_call_reaches_people_in_words_or_machines_as_an_order():
    call = note("called", 17, day=16, cause="agenda", text="save power", about=(at(18), at(20)))
    words = "Announced at 17:00 the day before: save power, from 18:00 to 20:00."
    assert telling.heard([call], FRAME, on_tariff=True) == (f"{words} It did not reach them.",)
    heard = note("heard", 17, day=16, cause="text", text="save power", about=(at(18), at(20)))
    acts = note("acts", 17, day=16, text="save power", about=(at(18), at(20)))
    assert telling.heard([call, heard, acts], FRAME, on_tariff=True) == (
        f"{words} They noticed in a text message and meant to act on it.",
    )
    told = note("ordered", 17, day=16, cause="order", text="save power", about=(at(18), at(20)))
    assert telling.heard([call, told], FRAME, on_tariff=True) == (
        f"{words} Machines of theirs were told to follow.",
    )
    assert telling.did([told], FRAME) == ("Nothing that the log would know of.",)


def test_notices_of_a_tariff_that_is_not_theirs_are_not_told():
    told = note("published", 11, day=16, text="red, mean price", value=0.5, about=RED)
    other = note("published", 11, day=16, value=0.5, about=RED,
                 text="red, mean price (homes that keep the reference tariff)")  # fmt: skip
    assert telling.heard([told], FRAME, on_tariff=False) == ("Nothing was announced.",)
    assert telling.heard([other], FRAME, on_tariff=True) == ("Nothing was announced.",)
    assert "red" in telling.heard([other], FRAME, on_tariff=False)[0]


def test_a_notice_about_another_day_is_not_told():
    old = note(
        "published", 11, day=14, text="red, mean price", value=0.5, about=(at(6, 15), at(6, 16))
    )
    assert telling.heard([old], FRAME, on_tariff=True) == ("Nothing was announced.",)


def test_a_routine_is_told_while_it_lasts():
    begins = note("routine begins", 0, day=2, cause="habit")
    ends = note("routine ends", 0, day=10, cause="habit")
    assert "live by the hours" in telling.heard([begins], FRAME, on_tariff=True)[0]
    solar = note("routine begins", 0, day=2, cause="production")
    assert "their own panels" in telling.heard([solar], FRAME, on_tariff=True)[0]
    assert telling.heard([begins, ends], FRAME, on_tariff=True) == ("Nothing was announced.",)


def test_a_kind_that_nobody_has_words_for_is_told_as_it_stands():
    odd = note("walks away", 9, cause="comfort", text="of load control")
    assert telling.did([odd], FRAME) == (
        "09:00: walks away: of load control, because they were not comfortable.",
    )


def test_who_lives_there_is_told_from_what_the_table_knows():
    home = {
        "persons": 3, "workers": 1, "children": 2, "retired": 0, "house": "house",
        "area_m2": 101.7, "era": "before 1919", "tenure": "owner", "income": "low",
        "heating": "district", "second_heater": True, "hot_water": "electric",
        "hot_water_relay": True, "dishwasher": True, "dryer": False, "ev": True,
        "ev_smart": False, "pv_kwp": 3.0, "battery_kwh": 0.0, "thermostat": False,
    }  # fmt: skip
    assert portrait.who(home) == (
        "3 people (1 at work, 2 children) in a house of 102 m², built before 1919, which they own;"
        " low fifth of incomes.",
        "Heated by district heat and a second heater, a stove; hot water from an electric tank"
        " behind an off-peak relay.",
        "They own a dishwasher, an electric car and 3.0 kWp of panels.",
    )
    assert portrait.who({"persons": np.int64(1)}) == ("1 person.",)


@pytest.mark.parametrize(
    ("price", "said"),
    [
        ([0.2, 0.2, 0.2], "A kilowatt-hour cost 0.2 EUR all day."),
        ([0.1, 0.3, 0.3], "A kilowatt-hour cost 0.1 from a to b, 0.3 from b to d (EUR)."),
    ],
)
def test_prices_are_told_in_bands(price, said):
    assert telling.prices(np.array(price), ["a", "b", "c", "d"], "EUR") == said


def test_many_prices_are_told_by_their_range():
    hours = [f"{hour:02d}:00" for hour in range(25)]
    said = telling.prices(np.arange(24.0), hours, "NOK")
    assert said == "A kilowatt-hour cost between 0 and 23 NOK, most from 23:00 to 24:00."
