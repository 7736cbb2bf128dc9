"""Dynamic prices are those of the series, told a day ahead; people expect the usual profile."""

import datetime as dt
from pathlib import Path

import numpy as np
import pytest

from gridsim.core.clock import Clock, local_s, make_clock
from gridsim.core.errors import DataError
from gridsim.signals import dayahead, dynamic
from gridsim.signals.dynamic import Surcharge, Terms
from gridsim.signals.tariff import Tariff


def paris(start: str, days: int, minutes: int = 60) -> Clock:
    first = dt.date.fromisoformat(start)
    return make_clock(first, first + dt.timedelta(days), minutes, "Europe/Paris", "FR")


DAYS = paris("2023-01-02", 3)
RISING = np.arange(72) / 1000.0


def test_a_price_is_adder_plus_factor_times_wholesale_and_may_be_negative():
    tariff: Tariff = dynamic.of_series(DAYS, RISING - 0.05, Terms(0.02, 1.2))
    np.testing.assert_allclose(tariff.price(DAYS), 0.02 + 1.2 * (RISING - 0.05))
    assert tariff.price(DAYS).min() < 0


def test_people_expect_the_mean_of_the_hour_in_its_season():
    usual = dynamic.of_series(DAYS, RISING).usual(DAYS)
    np.testing.assert_allclose(usual, np.tile(RISING[24:48], 3))
    two = paris("2023-02-27", 4)  # two days of winter, two of spring
    price = np.repeat([1.0, 2.0, 3.0, 5.0], 24)
    np.testing.assert_allclose(
        dynamic.of_series(two, price).usual(two), np.repeat([1.5, 1.5, 4, 4], 24)
    )


def test_one_notice_a_day_comes_at_13_the_day_before():
    first, *_, last = dynamic.of_series(DAYS, RISING).notices(DAYS)
    assert first.published_s == local_s(dt.date(2023, 1, 1), "Europe/Paris", 13 * 3600)
    assert (first.first, first.last) == (0, 24)
    assert (last.first, last.last) == (48, 72)


def test_prices_may_be_told_at_another_hour():
    (first, *_) = dynamic.of_series(DAYS, RISING, Terms(told_h=16.5)).notices(DAYS)
    assert first.published_s == local_s(dt.date(2023, 1, 1), "Europe/Paris", 16 * 3600 + 1800)


def test_a_surcharge_is_added_at_its_hours_and_a_cap_and_a_floor_bind_what_is_paid():
    day = paris("2023-01-02", 1)
    wholesale = np.full(24, 0.10)
    wholesale[[3, 17, 18]] = [-0.20, 0.30, 0.50]
    terms = Terms(0.0, 2.2, (Surcharge(0.12, ((16, 19),)),), cap=1.0, floor=-0.1)
    price = dynamic.of_series(day, wholesale, terms).price(day)
    expected = np.full(24, 0.22)
    expected[[3, 16, 17, 18]] = [-0.1, 0.34, 0.78, 1.0]
    np.testing.assert_allclose(price, expected)


def test_surcharges_follow_the_wall_clock_and_may_run_through_midnight():
    day = paris("2023-03-26", 1)  # 23 hours
    terms = Terms(surcharges=(Surcharge(1.0, ((23, 4),)),))
    price = dynamic.of_series(day, np.zeros(23), terms).price(day)
    assert price.nonzero()[0].tolist() == [0, 1, 2, 22]  # 0, 1, 3 and 23 by the wall clock


def test_people_expect_what_they_usually_pay_not_the_wholesale_price():
    usual = dynamic.of_series(DAYS, RISING, Terms(cap=0.05)).usual(DAYS)
    paid = np.minimum(RISING, 0.05).reshape(3, 24).mean(axis=0)
    np.testing.assert_allclose(usual, np.tile(paid, 3))


def test_notices_of_days_of_23_and_25_hours_cover_them():
    for date, hours in (("2023-03-26", 23), ("2023-10-29", 25)):
        clock = paris(date, 1)
        (notice,) = dynamic.of_series(clock, np.ones(hours)).notices(clock)
        assert (notice.first, notice.last) == (0, hours)


def test_the_dearest_tenth_is_dear_and_one_price_has_none():
    dear = dynamic.of_series(DAYS, RISING).dear(DAYS)
    assert dear.sum() == 8
    assert dear[-8:].all()
    assert not dynamic.of_series(DAYS, np.ones(72)).dear(DAYS).any()
    assert not dynamic.of_series(DAYS, RISING).called(DAYS).any()
    assert dynamic.of_series(DAYS, RISING).off_peak(DAYS).all()


def test_an_hour_holds_for_all_its_quarters_and_a_part_of_the_clock_has_its_part():
    tariff = dynamic.of_series(DAYS, RISING)
    quarters = paris("2023-01-03", 1, 15)
    np.testing.assert_allclose(tariff.price(quarters), np.repeat(RISING[24:48], 4))


def test_a_day_that_the_series_does_not_hold_is_refused():
    with pytest.raises(DataError, match="2023-01-05"):
        dynamic.of_series(DAYS, RISING).price(paris("2023-01-05", 1))


def test_series_that_are_no_prices_are_refused():
    with pytest.raises(ValueError, match="one finite price"):
        dynamic.of_series(DAYS, RISING[:-1])
    with pytest.raises(ValueError, match="one finite price"):
        dynamic.of_series(DAYS, np.full(72, np.nan))
    with pytest.raises(ValueError, match="factor"):
        Terms(factor=-1.0)
    with pytest.raises(ValueError, match="floor must lie below cap"):
        Terms(cap=0.1, floor=0.2)
    with pytest.raises(ValueError, match="told_h"):
        Terms(told_h=24)
    with pytest.raises(ValueError, match="hours must run"):
        Surcharge(0.1, ((16, 25),))
    with pytest.raises(ValueError, match="amount"):
        Surcharge(np.inf, ((16, 19),))


def file(folder: Path, header: str, values: list[str], minutes: int = 60) -> Path:
    start = dt.datetime(2023, 1, 1, 23, tzinfo=dt.UTC)
    rows = [
        f"{(start + k * dt.timedelta(minutes=minutes)).isoformat()},{value}"
        for k, value in enumerate(values)
    ]
    path = folder / "prices.csv"
    path.write_text("\n".join([f"time,{header}", *rows]))
    return path


def test_a_file_may_be_per_kwh_or_per_mwh_and_half_hourly(tmp_path):
    day = paris("2023-01-02", 1)
    plain = dynamic.read(file(tmp_path, "price", ["0.1"] * 23 + ["-0.05"]), day)
    assert plain[-1] == -0.05
    mega = dynamic.read(file(tmp_path, "price_mwh", ["100"] * 23 + ["-50"]), day)
    np.testing.assert_allclose(mega, plain)
    halves = dynamic.read(file(tmp_path, "price", ["0.1", "0.3"] * 24, 30), day)
    np.testing.assert_allclose(halves, 0.2)


@pytest.mark.parametrize(
    ("header", "values", "told"),
    [
        ("eur", ["1"] * 24, "neither is there"),
        ("price,price_mwh", ["1,2"] * 24, "both are there"),
        ("price", ["0.1"] * 12 + ["x"] * 12, "'x' is not a number"),
        ("price", ["0.1"] * 12 + [""] + ["0.1"] * 11, ":14: price must be a number"),
        ("price", ["0.1"] * 12, "2023-01-02 are missing"),
    ],
)
def test_a_file_that_makes_no_sense_is_refused_with_its_line(tmp_path, header, values, told):
    with pytest.raises(DataError, match=told):
        dynamic.read(file(tmp_path, header, values), paris("2023-01-02", 1))


def made(clock: Clock, temp_c: float = 13.0, ghi: float = 0.0, seed: int = 1) -> np.ndarray:
    return dayahead.make(clock, np.full(clock.steps, temp_c), np.full(clock.steps, ghi), seed)


def test_a_date_has_the_same_made_up_price_in_every_period_that_contains_it():
    month, week = paris("2023-01-01", 31), paris("2023-01-09", 7)
    inside = slice(8 * 24, 15 * 24)
    np.testing.assert_array_equal(made(month)[inside], made(week))
    quarters = made(paris("2023-01-09", 7, 15))
    np.testing.assert_array_equal(quarters[::4], made(week))


def test_cold_and_heat_make_prices_dearer_and_sun_makes_them_cheaper():
    week = paris("2023-01-09", 7)
    assert (made(week, 0.0) > made(week)).all()
    assert (made(week, 35.0) > made(week)).all()
    np.testing.assert_allclose(made(week) - made(week, ghi=1000.0), 0.095)
    assert not np.array_equal(made(week), made(week, seed=2))


def test_evenings_of_working_days_are_dearer_than_nights_and_weekends_cheaper():
    year = paris("2023-01-01", 364)
    price, hour = made(year), year.wall_s // 3600
    work = (year.weekday < 5) & ~year.holiday
    evening = work & (hour >= 17) & (hour < 20)
    assert price[evening].mean() > 1.5 * price[hour < 5].mean()
    assert price[work].mean() > price[~work].mean()


def test_the_made_up_price_resembles_a_market_of_today_in_level_and_spread():
    """Dutch day-ahead prices of 2023 and 2024 had mean 0.087 and standard deviation 0.050."""
    year = paris("2023-01-01", 364)
    angle = 2 * np.pi * (year.local_day - year.local_day[0]) / 365
    sun = np.clip(np.sin((year.local_hour - 6) / 12 * np.pi), 0, None)
    temp = 12.0 - 8.0 * np.cos(angle)
    price = dayahead.make(year, temp, sun * (450 - 350 * np.cos(angle)), 3)
    assert 0.06 < price.mean() < 0.11
    assert 0.025 < price.std() < 0.07
    assert 0 < (price < 0).mean() < 0.08
