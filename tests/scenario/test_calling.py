"""Whoever calls sees the forecast of the day before, day-ahead prices and the year before."""

import csv
import datetime as dt
from pathlib import Path

import numpy as np
import pytest

from gridsim.core.clock import date_of, local_s
from gridsim.core.errors import DataError
from gridsim.programmes.calls import Control
from gridsim.scenario import load, resolve, words
from gridsim.scenario.resolve import Case
from gridsim.signals import calendar

HEAD = """
title = "Test"
seed = 3
[period]
start = 2023-01-02
end = 2023-02-13
step_minutes = 60
[place]
name = "Lyon"
[population]
homes = 5
[arms.flat]
tariff = "base-2026"
[arms.other]
"""
CALL = (
    'tariff = {tariff}\ncalls = [ {{ kind = "appeal", rule = {{ {rule} }}, hours = {hours} }} ]\n'
)


def case(rule: str, tariff: str = '"base-2026"', hours: str = '["17:00-21:00"]') -> Case:
    return resolve.resolve(
        load.loads(HEAD + CALL.format(tariff=tariff, rule=rule, hours=hours), "test.toml")
    )


def days(of: Case) -> list[int]:
    return [int(of.clock.local_day[call.first]) for call in of.arms[1].calls]


def means(of: Case) -> np.ndarray:
    return calendar.day_means(of.clock, of.weather.temp_c)


def test_a_threshold_looks_at_the_forecast_unless_foresight_is_asked_for():
    perfect, ahead = (case(f'below_c = 2, forecast = "{f}"') for f in ("perfect", "day_ahead"))
    first = int(perfect.clock.local_day[0])
    assert days(perfect) == [first + k for k in np.flatnonzero(means(perfect) < 2)]
    assert days(ahead) == days(case("below_c = 2"))
    assert days(ahead) != days(perfect)
    wrong = set(days(ahead)) ^ set(days(perfect))
    assert all(abs(means(perfect)[day - first] - 2) < 3.5 for day in wrong)  # 3.5 errors


def test_the_coldest_keep_their_hindsight_under_its_name():
    plain, named = case("coldest = 4"), case('coldest = 4, forecast = "season"')
    assert days(plain) == days(named)
    first = int(plain.clock.local_day[0])
    assert sorted(np.argsort(means(plain), kind="stable")[:4] + first) == days(plain)


def test_without_hindsight_the_coldest_days_are_told_by_last_year():
    ahead = case('coldest = 6, forecast = "day_ahead"')
    found = days(ahead)
    assert 0 < len(found) <= 6
    first = int(ahead.clock.local_day[0])
    called = means(ahead)[np.array(found) - first]
    assert called.mean() < means(ahead).mean() - 2


def dynamic(folder: Path, first: str, length: int) -> str:
    """Return the path of a price file that peaks on one evening in three."""
    file = folder / "prices.csv"
    start = dt.datetime.fromisoformat(first)
    with file.open("w", newline="") as out:
        rows = csv.writer(out)
        rows.writerow(["time_utc", "price"])
        for hour in range(24 * length):
            at = start + dt.timedelta(hours=hour)
            dear = at.hour in (17, 18) and at.toordinal() % 3 == 0
            rows.writerow([at.isoformat(), 0.1 + (0.2 + at.day / 1000) * dear])
    return str(file)


def test_dear_hours_of_the_own_tariff_are_called(tmp_path):
    file = dynamic(tmp_path, "2022-12-31", 60)
    of = case("above_price = 0.25", f'{{ kind = "dynamic", series = "{file}" }}')
    assert {date_of(day).toordinal() % 3 for day in days(of)} == {0}
    assert {(of.clock.local_hour[c.first], c.last - c.first) for c in of.arms[1].calls} == {(18, 2)}


def test_prices_of_the_next_day_are_out_when_its_calls_are_told(tmp_path):
    file = dynamic(tmp_path, "2022-12-31", 60)
    of = case("above_price = 0.25", f'{{ kind = "dynamic", series = "{file}" }}')
    prices = of.arms[1].contract.tariff.notices(of.clock)
    for call in of.arms[1].calls:
        told = next(n.published_s for n in prices if n.first <= call.first < n.last)
        assert told < call.published_s


def test_the_dearest_days_of_a_wholesale_series(tmp_path):
    file = dynamic(tmp_path, "2022-12-31", 60)
    of = case(f'dearest = 3, series = "{file}", forecast = "season"')
    assert [str(date_of(day)) for day in days(of)] == ["2023-01-23", "2023-01-26", "2023-01-29"]


def test_the_dearest_days_without_foresight_go_by_last_years_prices(tmp_path):
    file = dynamic(tmp_path, "2021-12-31", 420)
    of = case(f'dearest = 5, series = "{file}", months = [1, 2]')
    assert 0 < len(days(of)) <= 5
    with pytest.raises(DataError, match="prices of the last year, which are not there"):
        case(f'dearest = 5, series = "{dynamic(tmp_path, "2022-12-31", 60)}"')
    with pytest.raises(DataError, match=r"needs rule\.series"):
        case("dearest = 5")


def test_a_made_up_series_has_a_last_year():
    of = case('dearest = 5, series = "synthetic"')
    assert len(days(of)) <= 5
    assert days(of) == days(case('dearest = 5, series = "synthetic"'))


def test_rest_and_limits_of_a_table_reach_the_calendar():
    found = days(case("every = 1, rest_days = 2"))
    assert set(np.diff(found)) == {3}
    of = case(
        'above_price = 0.2, series = "synthetic", hours_per_event = 1, hours_per_day = 1',
        hours='["06:00-12:00", "17:00-23:00"]',
    )
    lengths = {call.last - call.first for call in of.arms[1].calls}
    assert lengths <= {1}
    assert len(days(of)) == len(set(days(of)))


def test_a_tariff_can_call_by_a_wholesale_price():
    tariff = (
        '{ kind = "critical_peak", base = "base-2026", price = 0.9, hours = ["17:00-20:00"],'
        ' rule = { above_price = 0.17, series = "synthetic", at_most = 3 } }'
    )
    of = resolve.resolve(load.loads(f"{HEAD}tariff = {tariff}\n", "test.toml"))
    assert 0 < len(of.arms[1].contract.tariff.days) <= 3


def test_programmes_that_follow_the_load_are_watches_and_not_calls():
    of = case("limit_kva = 90, feeder_homes = 3")
    (watch,) = of.arms[1].watches
    assert (watch.homes, watch.plan.days.value, of.arms[1].calls) == (3, 90.0, ())
    assert not any("no day of the period is called" in note for note in of.notes)
    assert len(watch.error_k) == len(np.unique(of.clock.local_day))
    assert np.any(watch.error_k != 0.0)
    (perfect,) = case('busiest = 4, forecast = "perfect"').arms[1].watches
    assert not perfect.error_k.any()
    assert local_s(dt.date(2023, 1, 2), "Europe/Paris") == of.clock.start_s


def test_every_order_of_a_table_reaches_the_machines():
    said = (
        'tariff = "base-2026"\ncalls = [ { kind = "control", dates = [2023-01-10],'
        ' hours = ["17:00-20:00"], setback_k = 1, ev_limit_kw = 2.3, hot_water = "block",'
        " load_limit_kw = 4, opt_out = 0.1 } ]\n"
    )
    (call,) = resolve.resolve(load.loads(HEAD + said, "test.toml")).arms[1].calls
    assert call.control == Control(1.0, False, True, 2.3, 4.0, 0.1)


@pytest.mark.parametrize("rule", ["limit_kva = 90, feeder_homes = 3", "above_price = 0.2"])
def test_calls_are_said_in_words(rule):
    text = words.describe(case(rule, '"tempo-2026"').scenario)
    wanted = "of 3 homes passes 90 kVA" if "kva" in rule else "while the price lies above 0.2"
    assert wanted in text
