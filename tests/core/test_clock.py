"""The clock promises local calendars over a uniform axis of UTC, whatever the hands do."""

import dataclasses
import datetime as dt
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gridsim.core import clock
from gridsim.core.clock import make_clock

DAY = dt.timedelta(days=1)
ZONES = [
    "Europe/Paris", "Europe/London", "America/Phoenix", "Australia/Sydney", "Asia/Kolkata",
    "Asia/Kathmandu", "America/Santiago", "Pacific/Auckland", "America/Havana", "UTC",
]  # fmt: skip
dates = st.dates(dt.date(2015, 1, 1), dt.date(2030, 12, 31))


def day_of(date, timezone="Europe/Paris", step_minutes=15, country=None):
    """Return the clock of one local date."""
    date = dt.date.fromisoformat(date)
    return make_clock(date, date + DAY, step_minutes, timezone, country)


def paris(start="2023-06-05", end="2023-06-08", step_minutes=15, country=None):
    return make_clock(
        dt.date.fromisoformat(start), dt.date.fromisoformat(end), step_minutes,
        "Europe/Paris", country,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("date", "timezone", "quarters"),
    [
        ("2023-03-26", "Europe/Paris", 92),
        ("2023-10-29", "Europe/Paris", 100),
        ("2023-06-05", "Europe/Paris", 96),
        ("2023-03-26", "Europe/London", 92),
        ("2023-10-29", "Europe/London", 100),
        ("2023-04-02", "Australia/Sydney", 100),  # autumn in the south
        ("2023-10-01", "Australia/Sydney", 92),
        ("2023-04-02", "Australia/Lord_Howe", 98),  # turns the clock by half an hour
        ("2023-10-01", "Australia/Lord_Howe", 94),
        ("2023-09-03", "America/Santiago", 92),  # has no midnight
        ("2023-11-05", "America/Havana", 100),  # has two
        ("2023-03-26", "America/Phoenix", 96),
        ("2023-03-26", "Asia/Kolkata", 96),
    ],
)
def test_a_day_has_as_many_quarter_hours_as_the_law_gives_it(date, timezone, quarters):
    day = day_of(date, timezone)
    assert day.steps == quarters
    assert set(day.local_day) == {clock.day_number(dt.date.fromisoformat(date))}


def test_the_hour_that_is_skipped_has_no_steps():
    hours = day_of("2023-03-26").local_hour
    assert np.bincount(hours.astype(int), minlength=24).tolist() == [4, 4, 0] + [4] * 21


def test_the_hour_that_comes_twice_has_both():
    hours = day_of("2023-10-29").local_hour
    assert np.bincount(hours.astype(int), minlength=24).tolist() == [4, 4, 8] + [4] * 21


def test_london_skips_another_hour_than_paris():
    hours = day_of("2023-03-26", "Europe/London").local_hour
    assert not np.any((hours >= 1.0) & (hours < 2.0))


def test_a_day_without_midnight_begins_at_one():
    assert day_of("2023-09-03", "America/Santiago").wall_s[0] == 3600


def test_a_day_with_two_midnights_begins_at_the_first():
    day = day_of("2023-11-05", "America/Havana", 60)
    assert day.wall_s[:3].tolist() == [0, 0, 3600]


@pytest.mark.parametrize(
    ("timezone", "offset_s"), [("Asia/Kolkata", 19_800), ("Asia/Kathmandu", 20_700)]
)
def test_zones_off_the_full_hour_start_at_their_own_midnight(timezone, offset_s):
    day = day_of("2023-06-05", timezone, 60)
    assert day.start_s % 86_400 == 86_400 - offset_s
    assert day.local_hour.tolist() == list(range(24))


def test_london_in_winter_keeps_universal_time():
    assert day_of("2023-01-09", "Europe/London").start_s % 86_400 == 0


@pytest.mark.parametrize(("year", "days"), [(2023, 365), (2024, 366)])
def test_a_year_is_as_long_as_the_calendar_says(year, days):
    whole = paris(f"{year}-01-01", f"{year + 1}-01-01", 60)
    assert whole.steps == 24 * days
    assert len(set(whole.local_day)) == days


@given(dates, st.integers(1, 3), st.sampled_from([10, 15, 30]), st.sampled_from(ZONES))
def test_every_column_is_what_the_standard_library_says(start, days, minutes, timezone):
    made = make_clock(start, start + days * DAY, minutes, timezone)
    local = [dt.datetime.fromtimestamp(int(s), ZoneInfo(timezone)) for s in made.time_s]
    midnight = dt.datetime(1970, 1, 1)
    assert made.local_day.tolist() == [(t.replace(tzinfo=None) - midnight).days for t in local]
    assert made.wall_s.tolist() == [t.hour * 3600 + t.minute * 60 + t.second for t in local]
    assert made.weekday.tolist() == [t.weekday() for t in local]
    assert made.month.tolist() == [t.month for t in local]
    assert {t.date() for t in local} == {start + k * DAY for k in range(days)}


@given(dates, st.integers(1, 3), st.integers(1, 3), st.sampled_from(ZONES))
def test_two_periods_in_a_row_are_one(start, first, second, timezone):
    middle = start + first * DAY
    a, b = (
        make_clock(*span, 15, timezone)
        for span in ((start, middle), (middle, middle + second * DAY))
    )
    whole = make_clock(start, middle + second * DAY, 15, timezone)
    assert a.end_s == b.start_s
    for column in ("time_s", "local_day", "wall_s", "holiday"):
        joined = np.concatenate([getattr(a, column), getattr(b, column)])
        assert np.array_equal(getattr(whole, column), joined)


def test_the_axis_is_uniform_across_the_change_of_hands():
    made = paris("2023-10-28", "2023-10-31")
    assert set(np.diff(made.time_s)) == {900}
    assert made.time_s[-1] + 900 == made.end_s


def test_the_steps_are_told_in_universal_time():
    made = paris("2023-06-05", "2023-06-06")
    assert made.times[0] == np.datetime64("2023-06-04T22:00:00")
    assert made.times.dtype == np.dtype("datetime64[s]")


@pytest.mark.parametrize("minutes", [1, 5, 10, 15, 30, 60])
def test_the_length_of_a_step_is_told_in_hours(minutes):
    made = paris(step_minutes=minutes)
    assert made.dt_h == minutes / 60
    assert made.steps * made.dt_h == pytest.approx(72.0)


@given(dates)
def test_day_numbers_count_from_1970(date):
    assert clock.date_of(clock.day_number(date)) == date
    assert clock.day_number(date) == date.toordinal() - dt.date(1970, 1, 1).toordinal()


def test_the_weekday_of_a_monday_is_zero():
    assert set(day_of("2023-06-05").weekday) == {0}
    assert set(day_of("2023-06-11").weekday) == {6}


@pytest.mark.parametrize(
    ("second", "utc"),
    [(0, "2023-03-25T23:00"), (7 * 3600 + 61, "2023-03-26T05:01:01"), (90_000, "2023-03-26T23:00")],
)
def test_a_wall_clock_second_has_a_universal_one(second, utc):
    found = clock.local_s(dt.date(2023, 3, 26), "Europe/Paris", second)
    assert np.datetime64(found, "s") == np.datetime64(utc)


def test_a_wall_clock_second_may_lie_on_the_next_day():
    next_day = clock.local_s(dt.date(2023, 6, 6), "Europe/Paris", 3600)
    assert clock.local_s(dt.date(2023, 6, 5), "Europe/Paris", 25 * 3600) == next_day


@given(st.integers(-2_000, 300_000))
def test_the_step_at_a_second_is_the_first_that_starts_then_or_later(after_s):
    made = paris()
    waiting = [k for k in range(made.steps) if made.time_s[k] >= made.start_s + after_s]
    assert made.step_at(made.start_s + after_s) == (waiting[0] if waiting else made.steps)


def test_a_signal_inside_a_step_counts_from_the_next():
    made = paris()
    assert [made.step_at(made.start_s + s) for s in (0, 1, 899, 900)] == [0, 1, 1, 1]


def test_public_holidays_follow_the_country():
    assert day_of("2023-07-14", country="FR").holiday.all()
    assert not day_of("2023-07-14", country="GB").holiday.any()
    assert day_of("2023-12-26", country="DE").holiday.all()


def test_without_a_country_there_are_no_holidays():
    assert not day_of("2023-12-25").holiday.any()


def test_holidays_are_known_on_both_sides_of_new_year():
    made = paris("2023-12-20", "2024-01-05", 60, "FR")
    off = {str(clock.date_of(day)) for day in made.local_day[made.holiday]}
    assert off == {"2023-12-25", "2024-01-01"}


def test_a_holiday_is_a_whole_local_day():
    assert np.sum(paris("2023-07-13", "2023-07-16", 15, "FR").holiday) == 96


def test_an_unknown_country_is_refused():
    with pytest.raises(ValueError, match="country 'XX'"):
        clock.holidays_of("XX", range(2023, 2024))


@pytest.mark.parametrize("end", ["2023-06-05", "2023-06-04"])
def test_a_period_that_is_empty_is_refused(end):
    with pytest.raises(ValueError, match=r"end .* must be after start"):
        paris("2023-06-05", end)


@pytest.mark.parametrize("minutes", [0, -15, 7, 45, 120])
def test_a_step_that_does_not_divide_the_hour_is_refused(minutes):
    with pytest.raises(ValueError, match=f"must divide 60, got {minutes}"):
        paris(step_minutes=minutes)


def test_a_clock_is_a_value():
    with pytest.raises(dataclasses.FrozenInstanceError):
        paris().steps = 3


@pytest.mark.parametrize("end", [dt.date(2023, 4, 3), dt.date(2023, 4, 5)])
def test_a_step_that_does_not_divide_the_period_is_refused(end):
    with pytest.raises(ValueError, match="step_minutes 60 does not divide the period"):
        make_clock(dt.date(2023, 4, 2), end, 60, "Australia/Lord_Howe")
