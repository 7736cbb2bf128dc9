"""A tariff prices every step once, by the wall clock, and refuses bands that do not fit."""

import datetime as dt
from dataclasses import dataclass, replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gridsim.core.clock import Clock, make_clock
from gridsim.signals import notice, tariff
from gridsim.signals.tariff import Band, DayType, Flat, Season, TimeOfUse, months

WEEKEND = (DayType.SATURDAY, DayType.SUNDAY)
NIGHT_AND_DAY = TimeOfUse((Band(0.1, ((22, 6),), name="night"), Band(0.2, ((6, 22),), name="day")))


def paris(start: str, days: int = 1, minutes: int = 15, country: str | None = "FR") -> Clock:
    first = dt.date.fromisoformat(start)
    return make_clock(first, first + dt.timedelta(days), minutes, "Europe/Paris", country)


def working_hours() -> TimeOfUse:
    """Return 0.30 on working days from 8 to 20, else 0.15; a holiday is like a Sunday."""
    rest = (*WEEKEND, DayType.HOLIDAY)
    return TimeOfUse(
        (
            Band(0.30, ((8, 20),), (DayType.WEEKDAY,), name="day"),
            Band(0.15, ((20, 8),), (DayType.WEEKDAY,), name="night"),
            Band(0.15, days=rest, name="rest"),
        )
    )


def test_flat_costs_the_same_in_every_step():
    clock = paris("2026-01-01", 3)
    assert Flat(0.194).price(clock).tolist() == [0.194] * 288
    assert Flat(0.194).usual(clock).tolist() == [0.194] * 288


def test_flat_has_no_notice_no_call_nothing_dear_and_a_closed_relay():
    clock = paris("2026-01-01")
    flat = Flat(0.194)
    assert flat.notices(clock) == ()
    assert not flat.called(clock).any()
    assert not flat.dear(clock).any()
    assert flat.off_peak(clock).all()


@pytest.mark.parametrize(
    ("date", "night", "day"),
    [("2026-03-28", 32, 64), ("2026-03-29", 28, 64), ("2026-10-25", 36, 64)],
)
def test_a_day_of_92_or_100_quarter_hours_follows_the_wall_clock(date, night, day):
    price = NIGHT_AND_DAY.price(paris(date))
    assert (np.count_nonzero(price == 0.1), np.count_nonzero(price == 0.2)) == (night, day)


def test_the_day_price_begins_at_six_on_the_wall_after_the_clocks_went_forward():
    clock = paris("2026-03-29")
    first = int(np.argmax(NIGHT_AND_DAY.price(clock) == 0.2))
    assert clock.wall_s[first] == 6 * 3600
    assert first == 5 * 4


def test_a_holiday_that_a_band_names_is_no_weekday():
    clock = paris("2026-05-01")  # a Friday, Labour Day in France
    assert set(working_hours().price(clock)) == {0.15}
    assert set(working_hours().price(paris("2026-05-01", country=None))) == {0.15, 0.30}


def test_a_holiday_that_no_band_names_is_priced_as_its_day_of_the_week():
    plain = TimeOfUse((Band(0.3, days=(DayType.WEEKDAY,)), Band(0.2, days=WEEKEND)))
    assert set(plain.price(paris("2026-05-01"))) == {0.3}
    assert set(plain.price(paris("2026-11-01"))) == {0.2}  # All Saints, a Sunday


def test_saturday_and_sunday_can_differ():
    three = TimeOfUse(
        tuple(Band(0.1 * (1 + day), days=(day,)) for day in (DayType.WEEKDAY, *WEEKEND))
    )
    price = three.price(paris("2026-01-09", 4, 60, None))  # Friday to Monday
    assert price[::24].tolist() == pytest.approx([0.1, 0.2, 0.3, 0.1])


def test_a_band_through_midnight_belongs_to_one_local_date():
    friday_to_monday = paris("2026-01-09", 4, 60, None)
    price = working_hours().price(friday_to_monday).reshape(4, 24)
    assert price[0, 7] == price[0, 21] == 0.15
    assert price[0, 12] == price[3, 12] == 0.30
    weekend_night = TimeOfUse(
        (
            Band(0.5, ((22, 6),), WEEKEND),
            Band(0.2, ((6, 22),), WEEKEND),
            Band(0.1, days=(DayType.WEEKDAY,)),
        )
    )
    price = weekend_night.price(friday_to_monday).reshape(4, 24)
    assert price[0, 23] == 0.1
    assert price[1, 1] == 0.5
    assert price[3, 1] == 0.1


def test_a_season_may_run_over_new_year():
    winter = TimeOfUse(
        (
            Band(0.3, seasons=(Season((11, 15), (3, 15)),)),
            Band(0.1, seasons=(Season((3, 16), (11, 14)),)),
        )
    )
    price = winter.price(make_clock(dt.date(2025, 1, 1), dt.date(2026, 1, 1), 60, "UTC"))
    by_day = price[::24]
    assert by_day[73] == 0.3  # 15 March
    assert by_day[74] == 0.1
    assert by_day[317] == 0.1  # 14 November
    assert by_day[318] == 0.3
    assert by_day[-1] == 0.3


def test_whole_months_hold_the_29th_of_february():
    cold = TimeOfUse(
        (Band(0.3, seasons=months(12, 1, 2)), Band(0.1, seasons=months(*range(3, 12))))
    )
    price = cold.price(paris("2024-02-28", 3, 60))
    assert price[::24].tolist() == [0.3, 0.3, 0.1]


def test_a_price_that_changes_inside_a_step_counts_from_the_next():
    half_past = tariff.daily((0, 6.5), (0.1, 0.2))
    price = half_past.price(paris("2026-01-09", minutes=60))
    assert price[6] == 0.1
    assert price[7] == 0.2


def test_the_relay_is_closed_at_the_cheapest_price_of_each_day():
    clock = paris("2026-01-09", 2, 60, None)  # Friday, Saturday
    closed = working_hours().off_peak(clock).reshape(2, 24)
    assert closed[0].nonzero()[0].tolist() == [*range(8), *range(20, 24)]
    assert closed[1].all()


def test_dear_is_the_highest_price_of_the_season_in_force():
    summer, winter = months(*range(4, 10)), months(10, 11, 12, 1, 2, 3)
    seasonal = TimeOfUse(
        (
            Band(0.40, ((17, 20),), seasons=winter),
            Band(0.20, ((20, 17),), seasons=winter),
            Band(0.15, seasons=summer),
        )
    )
    assert seasonal.dear(paris("2026-01-09", minutes=60)).nonzero()[0].tolist() == [17, 18, 19]
    assert not seasonal.dear(paris("2026-07-09", minutes=60)).any()


def test_a_weekend_without_the_dear_band_is_not_dear():
    dear = working_hours().dear(paris("2026-01-09", 2, 60, None)).reshape(2, 24)
    assert dear[0].nonzero()[0].tolist() == list(range(8, 20))
    assert not dear[1].any()


def test_a_milder_peak_at_the_weekend_is_not_dear():
    two_peaks = TimeOfUse(
        (
            Band(0.1, ((20, 17),)),
            Band(0.3, ((17, 20),), (DayType.WEEKDAY,)),
            Band(0.2, ((17, 20),), WEEKEND),
        )
    )
    dear = two_peaks.dear(paris("2026-01-09", 2, 60, None)).reshape(2, 24)
    assert dear[0].nonzero()[0].tolist() == [17, 18, 19]
    assert not dear[1].any()


def test_everybody_knows_a_time_of_use_price_without_a_notice():
    clock = paris("2026-01-09", 2)
    assert (NIGHT_AND_DAY.usual(clock) == NIGHT_AND_DAY.price(clock)).all()
    assert NIGHT_AND_DAY.notices(clock) == ()
    assert not NIGHT_AND_DAY.called(clock).any()


@given(
    cuts=st.lists(st.integers(1, 95), unique=True, max_size=8),
    day=st.dates(dt.date(2015, 1, 1), dt.date(2030, 1, 1)),
)
def test_bands_that_follow_each_other_price_each_step_by_its_wall_clock_hour(cuts, day):
    starts = tuple(cut / 4 for cut in [0, *sorted(cuts)])
    rates = tuple(float(i) for i in range(len(starts)))
    clock = make_clock(day, day + dt.timedelta(1), 15, "Europe/Paris")
    wanted = [max(i for i, s in enumerate(starts) if s <= h) for h in clock.local_hour]
    assert tariff.daily(starts, rates).price(clock).tolist() == wanted


def test_a_longer_period_starts_like_the_shorter_one():
    short, long = paris("2026-03-20", 10), paris("2026-03-20", 40)
    price = working_hours().price(long)[: short.steps]
    assert (price == working_hours().price(short)).all()


def test_mean_price_is_the_mean_over_time():
    assert tariff.mean_price(NIGHT_AND_DAY, paris("2026-01-09")) == pytest.approx(
        (8 * 0.1 + 16 * 0.2) / 24
    )


@pytest.mark.parametrize("lost", [0, 1, 2])
def test_a_gap_is_refused_with_the_field_first(lost):
    bands = working_hours().bands
    with pytest.raises(ValueError, match=r"^bands: none prices .* on a (weekday|saturday)"):
        TimeOfUse(bands[:lost] + bands[lost + 1 :])


def test_a_gap_is_told_in_words():
    bands = (Band(0.1, ((0, 6.5),)), Band(0.2, ((7, 24),)))
    with pytest.raises(ValueError, match=r"^bands: none prices 06:30-07:00 on a weekday, 1 Jan"):
        TimeOfUse(bands)


def test_a_gap_on_the_leap_day_alone_is_found():
    short_february = Season((2, 1), (2, 28))
    bands = (Band(0.1, seasons=(short_february,)), Band(0.2, seasons=months(1, *range(3, 13))))
    with pytest.raises(ValueError, match="29 February"):
        TimeOfUse(bands)


def test_an_overlap_is_told_with_both_names():
    bands = (*NIGHT_AND_DAY.bands, Band(0.9, ((21, 22),), seasons=months(7)))
    with pytest.raises(ValueError, match=r"^bands: 'day' and band 3 both price 21:00-22:00 .*July"):
        TimeOfUse(bands)


def test_a_holiday_left_out_is_a_gap_once_a_band_names_holidays():
    bands = (
        Band(0.1, ((0, 12),)),
        Band(0.2, ((12, 24),), (DayType.WEEKDAY, *WEEKEND)),
        Band(0.3, ((12, 20),), (DayType.HOLIDAY,)),
    )
    with pytest.raises(ValueError, match="none prices 20:00-24:00 on a holiday, 1 January"):
        TimeOfUse(bands)
    rest = Band(0.3, ((20, 24),), (DayType.HOLIDAY,))
    price = TimeOfUse((*bands, rest)).price(paris("2026-05-01", minutes=60))
    assert price.tolist() == [0.1] * 12 + [0.3] * 12


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"rate": -0.1}, "rate"),
        ({"rate": float("nan")}, "rate"),
        ({"hours": ()}, "hours"),
        ({"hours": ((6, 6),)}, "hours"),
        ({"hours": ((6, 25),)}, "hours"),
        ({"hours": ((24, 6),)}, "hours"),
        ({"seasons": ()}, "seasons"),
        ({"seasons": (Season((2, 30), (3, 1)),)}, "seasons"),
        ({"seasons": (Season((0, 1), (3, 1)),)}, "seasons"),
    ],
)
def test_a_band_that_is_none_is_refused_with_the_field_first(change, field):
    with pytest.raises(ValueError, match=rf"^{field}"):
        replace(Band(0.2), **change)


def test_tariffs_that_are_none_are_refused():
    with pytest.raises(ValueError, match=r"^rate"):
        Flat(float("inf"))
    with pytest.raises(ValueError, match=r"^bands"):
        TimeOfUse(())
    with pytest.raises(ValueError, match=r"^months"):
        months(0, 13)
    with pytest.raises(ValueError, match=r"^rates"):
        tariff.daily((0, 6), (0.1,))
    with pytest.raises(ValueError, match=r"^starts"):
        tariff.daily((1, 6), (0.1, 0.2))
    with pytest.raises(ValueError, match=r"^starts"):
        tariff.daily((0, 24), (0.1, 0.2))


@pytest.mark.parametrize(("first", "last"), [(3, 3), (-1, 2)])
def test_a_notice_about_no_step_is_refused(first, last):
    with pytest.raises(ValueError, match="first"):
        notice.Notice(0, first, last, "red")


@dataclass(frozen=True)
class Spot:
    """A user's own tariff: anything with the six methods is one."""

    series: tuple[float, ...]

    def price(self, clock):
        return np.array(self.series[: clock.steps])

    def usual(self, clock):
        return np.full(clock.steps, np.mean(self.series))

    def notices(self, clock):
        return (notice.Notice(clock.start_s - 3600, 0, clock.steps, "spot"),)

    def off_peak(self, clock):
        return self.price(clock) < self.usual(clock)

    def called(self, clock):
        return np.zeros(clock.steps, dtype=bool)

    def dear(self, clock):
        return self.price(clock) > self.usual(clock)


def test_a_users_own_record_is_a_tariff():
    own: tariff.Tariff = Spot(tuple(float(h) for h in range(24)))
    assert tariff.mean_price(own, paris("2026-01-09", minutes=60)) == 11.5


def test_every_kind_of_tariff_has_a_name():
    wanted = ["critical_peak", "dynamic", "flat", "tempo", "time_of_use"]
    assert sorted(tariff.TARIFFS) == wanted
    assert tariff.TARIFFS["flat"](0.2) == Flat(0.2)
