"""A scenario resolves to the records of the lower floors, with every file it names found."""

import datetime as dt
import os
from collections import Counter
from functools import cache
from pathlib import Path

import numpy as np
import pytest

import gridsim as gs
from gridsim.core.clock import day_number
from gridsim.core.errors import DataError
from gridsim.population.recipe import Overrides
from gridsim.scenario import load, notes, resolve, starter
from gridsim.scenario.models import Scenario
from gridsim.scenario.resolve import Case, Enrolment
from gridsim.signals import tempo
from gridsim.signals.tariff import Flat, TimeOfUse
from gridsim.signals.whole import Whole

BASE = """title = "Test"
[period]
start = {start}
end = {end}
step_minutes = 60
[place]
{place}
[population]
homes = 10
{more}
[arms.flat]
tariff = "base-2026"
[arms.other]
{other}
"""
LYON = 'name = "Lyon"'
POINT = 'latitude = 45.7\nlongitude = 4.9\ntimezone = "Europe/Paris"\n'


def scenario(
    other: str = 'tariff = "hphc-2026"',
    place: str = LYON,
    more: str = "",
    start: str = "2023-01-09",
    end: str = "2023-01-11",
) -> Scenario:
    text = BASE.format(start=start, end=end, place=place, more=more, other=other)
    return load.loads(text)


@cache
def shipped(name: str) -> Case:
    return resolve.resolve(load.load(starter.shipped()[name]))


def test_the_horizon_begins_with_the_period_and_runs_on() -> None:
    case = resolve.resolve(scenario())
    assert case.clock.steps == 48
    assert case.horizon.steps == 96
    assert case.horizon.start_s == case.clock.start_s
    assert len(case.weather.temp_c) == len(case.sky.up) == len(case.carbon_g_kwh) == 96


def test_a_longer_run_starts_like_a_shorter_one() -> None:
    other = 'tariff = "tempo-2026"'
    short = resolve.resolve(scenario(other))
    long = resolve.resolve(scenario(other, end="2023-01-20"))
    steps = short.horizon.steps
    assert (long.weather.temp_c[:steps] == short.weather.temp_c).all()
    prices = [case.arms[1].contract.tariff.price(case.horizon)[:steps] for case in (short, long)]
    assert (prices[0] == prices[1]).all()


def test_tempo_colours_do_not_depend_on_the_start() -> None:
    days = np.arange(day_number(dt.date(2023, 1, 9)), day_number(dt.date(2023, 1, 11)))
    codes = []
    for start in ("2022-12-01", "2023-01-09"):
        arm = resolve.resolve(scenario('tariff = "tempo-2026"', start=start)).arms[1]
        assert isinstance(arm.contract.tariff, tempo.Tempo)
        codes.append(arm.contract.tariff.colours.of(days).tolist())
    assert codes[0] == codes[1]


def test_contracts_carry_what_the_arm_says() -> None:
    arms = resolve.resolve(
        scenario('tariff = { kind = "flat", price = 0.3, standing_year = 9 }\nexport_price = 0.1')
    ).arms
    assert isinstance(arms[0].contract.tariff, Flat)
    assert arms[0].contract.standing_year == pytest.approx(169.92)
    assert arms[1].contract.tariff == Flat(0.3)
    assert (arms[1].contract.standing_year, arms[1].contract.export_price) == (9, 0.1)
    assert arms[1].contract.currency == "EUR"


def test_bands_price_the_hours_they_name() -> None:
    other = """
    [arms.other.tariff]
    kind = "time_of_use"
    bands = [
      { price = 0.3, hours = ["06:30-22:00"], months = [1] },
      { price = 0.2, hours = ["22:00-06:30"], months = [1] },
      { price = 0.1, months = [2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12] },
    ]"""
    case = resolve.resolve(scenario(other, start="2023-01-31", end="2023-02-02"))
    tariff = case.arms[1].contract.tariff
    assert isinstance(tariff, TimeOfUse)
    expected = [0.2] * 7 + [0.3] * 15 + [0.2] * 2 + [0.1] * 24
    assert tariff.price(case.clock).tolist() == expected
    assert any("06:30, inside a step of 60 min" in note for note in case.notes)


def test_arms_override_the_population() -> None:
    other = (
        'tariff = "base-2026"\ndevices = { battery = 0.5, pv = 0.2 }\n'
        "automation = { ev = 0.4, thermostat = 0.3 }"
    )
    arms = resolve.resolve(scenario(other, more="pv = 0.6\nev = 0.1\nev_smart = 0.0")).arms
    assert arms[0].recipe.overrides == Overrides(pv=0.6, ev=0.1, ev_smart=0.0)
    assert arms[1].recipe.overrides == Overrides(
        pv=0.2, ev=0.1, ev_smart=0.4, battery=0.5, thermostat=0.3
    )
    assert arms[1].automation.ev == 0.4
    assert arms[1].automation.battery == "self_consumption"


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ('"everyone"', Enrolment("everyone", 1.0)),
        ('{ kind = "opt_in", share = 0.2 }', Enrolment("opt_in", 0.2)),
        ('{ kind = "opt_out", leave = 0.1 }', Enrolment("opt_out", 0.9)),
    ],
)
def test_enrolment_becomes_the_share_on_the_tariff(said: str, meant: Enrolment) -> None:
    arms = resolve.resolve(scenario(f'tariff = "hphc-2026"\nenrolment = {said}')).arms
    assert arms[1].enrolment == meant


def test_labels_fall_back_on_the_tariff() -> None:
    arms = resolve.resolve(scenario('tariff = "hphc-2026"\nlabel = "Mine"')).arms
    assert "Base" in arms[0].label
    assert arms[1].label == "Mine"


# Notes

NETTING = """[arms.other.tariff]
kind = "contract"
energy = "base-2026"
export = { kind = "net_metering" }
"""


@pytest.mark.parametrize(
    ("other", "note"),
    [
        ('tariff = "base-2026"\nlabel = "Again"', "are the same: all effects are exactly zero"),
        ('tariff = { kind = "flat", price = 0.2 }', "standing charges differ, 169.92 a year"),
        ('tariff = { kind = "flat", price = 0.2 }', "feed-in prices differ, 0.04"),
        (NETTING, "feed-in prices differ, 0.04 in flat and net metering in other"),
        ('tariff = { kind = "flat", price = 19.4 }', "19.4 EUR a kWh; were cents meant"),
    ],
)
def test_what_compares_badly_is_noted(other: str, note: str) -> None:
    assert any(note in said for said in resolve.resolve(scenario(other)).notes)


def test_money_of_another_country_is_noted() -> None:
    notes = resolve.resolve(scenario(place='name = "London"')).notes
    assert any("prices are in EUR, the money of London is GBP" in note for note in notes)


def test_one_arm_is_noted() -> None:
    text = BASE.replace("[arms.other]\n{other}\n", "")
    found = load.loads(text.format(start="2023-01-09", end="2023-01-10", place=LYON, more=""))
    assert any("there is one arm, flat" in note for note in resolve.resolve(found).notes)


def test_made_weather_is_called_synthetic() -> None:
    case = resolve.resolve(scenario())
    assert case.weather.synthetic
    assert "synthetic" in case.notes[0]


def test_a_plain_comparison_has_no_other_note() -> None:
    made_up, dates = shipped("quickstart").notes
    assert "synthetic" in made_up
    assert dates == (
        "arm tempo: tempo-2026 holds from 2026-02-01; its prices are used from 2023-01-02 on all"
        " the same"
    )


# Shipped scenarios


@pytest.mark.parametrize("name", starter.shipped())
def test_shipped_scenarios_resolve_without_data(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GRIDSIM_DATA", raising=False)
    # prices of 2026 in the weather of 2023, and tariffs as they are sold: on purpose
    expected = ("synthetic", notes.ANYWAY, "standing charges differ")
    odd = [note for note in shipped(name).notes if not any(part in note for part in expected)]
    assert not odd or name.startswith("trials/")  # which may lack arms, or pay in another money


def test_the_quickstart_has_days_of_every_colour() -> None:
    case = shipped("quickstart")
    labels = Counter(notice.label for notice in case.arms[1].contract.tariff.notices(case.clock))
    assert labels["red"] >= 1
    assert labels["white"] >= 1
    assert labels["blue"] >= 1


def test_a_tempo_winter_has_all_its_red_days() -> None:
    case = shipped("lyon_tempo_winter")
    tariff = case.arms[1].contract.tariff
    days = np.arange(day_number(dt.date(2022, 11, 1)), day_number(dt.date(2023, 4, 1)))
    assert isinstance(tariff, tempo.Tempo)
    assert (tariff.colours.of(days) == tempo.Colour.RED).sum() == 22


def test_the_half_hourly_prices_fall_below_zero_and_reach_their_cap() -> None:
    case = shipped("agile_halfhourly")
    price = Whole(case.arms[1].contract).price(case.clock)
    local = case.clock.local_day - day_number(dt.date(2026, 1, 1)) + 1
    assert set(local[price < 0]) == {15}
    assert set(local[price > 0.9999]) == {21}
    assert price.max() == pytest.approx(1.0)  # 100 p with VAT
    assert case.clock.wall_s[price > 0.9999].tolist() == [17 * 3600, 17 * 3600 + 1800, 18 * 3600]
    first = case.arms[1].contract.tariff.notices(case.clock)[1]
    assert first.published_s == case.clock.start_s + 16 * 3600


# Files


def weather_csv(folder: Path, days: int) -> Path:
    """Write hourly weather from 2023-01-09 on, warmer by the hour."""
    first = dt.datetime(2023, 1, 8, 23, tzinfo=dt.UTC)
    rows = [
        f"{(first + dt.timedelta(hours=h)).strftime('%Y-%m-%dT%H:%M:%S')},{h / 10},0"
        for h in range(24 * days)
    ]
    file = folder / "w.csv"
    file.write_text("\n".join(["time_utc,temp_c,ghi_w_m2", *rows]) + "\n")
    return file


def test_a_weather_file_that_ends_with_the_period_serves(tmp_path: Path) -> None:
    file = weather_csv(tmp_path, 2)
    case = resolve.resolve(scenario(place=f'{LYON}\nweather = "{file}"'))
    assert not case.weather.synthetic
    assert (case.weather.temp_c[48:72] == case.weather.temp_c[24:48]).all()
    assert (case.weather.temp_c[72:] == case.weather.temp_c[24:48]).all()
    assert any("ends with the period" in note for note in case.notes)


def test_a_weather_file_that_is_too_short_is_refused(tmp_path: Path) -> None:
    file = weather_csv(tmp_path, 1)
    with pytest.raises(DataError, match="missing"):
        resolve.resolve(scenario(place=f'{LYON}\nweather = "{file}"'))


def test_tempo_by_rule_works_on_a_short_weather_file(tmp_path: Path) -> None:
    place = f'{LYON}\nweather = "{weather_csv(tmp_path, 4)}"'
    case = resolve.resolve(scenario('tariff = "tempo-2026"', place=place))
    assert len(case.arms[1].contract.tariff.notices(case.clock)) == 3


def test_a_place_by_coordinates_resolves(tmp_path: Path) -> None:
    place = f'{POINT}weather = "{weather_csv(tmp_path, 4)}"\ncarbon = 50\ncurrency = "CHF"'
    case = resolve.resolve(scenario('tariff = { kind = "flat", price = 0.2 }', place=place))
    assert case.place.latitude == 45.7
    assert case.place.country is None
    assert case.arms[1].contract.currency == "CHF"
    assert (case.carbon_g_kwh == 50).all()


def test_data_without_the_variable_is_told_by_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GRIDSIM_DATA", raising=False)
    with pytest.raises(DataError, match=r"place.weather.*GRIDSIM_DATA.*not set"):
        resolve.resolve(scenario(place=f'{LYON}\nweather = "data:a/b.epw"'))


def test_data_lies_below_the_folder_of_the_variable(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GRIDSIM_DATA", str(tmp_path))
    weather_csv(tmp_path, 4)
    case = resolve.resolve(scenario(place=f'{LYON}\nweather = "data:w.csv"'))
    assert case.weather.temp_c[0] < case.weather.temp_c[40]
    with pytest.raises(DataError, match=r'there is no file .*did you mean "w.csv"'):
        resolve.resolve(scenario(place=f'{LYON}\nweather = "data:ww.csv"'))
    with pytest.raises(DataError, match="nor the folder"):
        resolve.resolve(scenario(place=f'{LYON}\nweather = "data:none/w.csv"'))


def test_a_folder_is_no_weather(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="is a folder"):
        resolve.resolve(scenario(place=f'{LYON}\nweather = "{tmp_path}/"'))


def colours_csv(folder: Path, first: str, codes: list[str]) -> str:
    """Write a file of colours and return the table that names it."""
    start = dt.date.fromisoformat(first)
    rows = [f"{start + dt.timedelta(days=n)},{code}" for n, code in enumerate(codes)]
    (folder / "c.csv").write_text("\n".join(["date,colour", *rows]) + "\n")
    return f'\n[signals]\ntempo_colours = "{folder / "c.csv"}"'


def test_colours_come_from_the_file(tmp_path: Path) -> None:
    table = colours_csv(tmp_path, "2023-01-08", ["BLEU", "ROUGE", "BLANC"])
    case = resolve.resolve(scenario('tariff = "tempo-2026"' + table))
    told = [n.label for n in case.arms[1].contract.tariff.notices(case.clock)]
    assert told == ["blue", "red", "white"]


def test_colours_that_leave_a_day_of_the_period_out_are_refused(tmp_path: Path) -> None:
    for first in ("2023-01-09", "2023-01-06"):
        table = colours_csv(tmp_path, first, ["BLEU", "ROUGE", "BLANC"])
        with pytest.raises(DataError, match="the period needs 2023-01-08 to 2023-01-10"):
            resolve.resolve(scenario('tariff = "tempo-2026"' + table))


def test_the_real_colours_are_built_in_and_need_no_file() -> None:
    real = 'tariff = "tempo-2026"\n[signals]\ntempo_colours = "real"'
    case = resolve.resolve(scenario(real))
    told = [n.label for n in case.arms[1].contract.tariff.notices(case.clock)]
    assert told == ["blue", "blue", "blue"]  # 8 to 10 January 2023 (RTE)


def test_a_period_beyond_the_real_colours_is_refused_before_it_is_run() -> None:
    real = 'tariff = "tempo-2026"\n[signals]\ntempo_colours = "real"'
    late = scenario(real, start="2023-08-03", end="2023-08-05")
    with pytest.raises(DataError, match=r'"real": holds the colours of 2014-09-01 to 2023-08-03'):
        gs.check(late)


def test_colours_that_nobody_reads_are_noted(tmp_path: Path) -> None:
    table = colours_csv(tmp_path, "2023-01-08", ["BLEU"])
    notes = resolve.resolve(scenario('tariff = "hphc-2026"' + table)).notes
    assert any("tempo_colours is read by no arm" in note for note in notes)


@pytest.mark.data
@pytest.mark.skipif("GRIDSIM_DATA" not in os.environ, reason="GRIDSIM_DATA is not set")
def test_the_lyon_winter_runs_on_measured_files() -> None:
    case = resolve.resolve(
        load.load(
            starter.shipped()["lyon_tempo_winter"],
            [
                "place.weather=data:weather_epw_lyon/"
                "FRA_AR_Lyon-Bron.AP.074800_TMYx.2004-2018.epw.gz",
                "signals.tempo_colours=data:edf_tempo_calendar/tempo_2014-09_2023-08.csv",
            ],
        )
    )
    assert not case.weather.synthetic
    labels = Counter(n.label for n in case.arms[1].contract.tariff.notices(case.clock))
    assert labels["red"] == 22


def test_tempo_written_out_is_the_named_one() -> None:
    other = (
        'tariff = { kind = "tempo", blue = { off_peak = 0.1325, peak = 0.1612 },'
        " white = { off_peak = 0.1499, peak = 0.1871 },"
        " red = { off_peak = 0.1575, peak = 0.7060 } }"
    )
    written = resolve.resolve(scenario(other))
    named = resolve.resolve(scenario('tariff = "tempo-2026"'))
    one, two = (case.arms[1].contract.tariff.price(case.clock) for case in (written, named))
    assert (one == two).all()


def test_a_carbon_file_that_ends_with_the_period_serves(tmp_path: Path) -> None:
    rows = [f"2023-01-{9 + h // 24:02d}T{h % 24:02d}:00+01:00,{h}" for h in range(48)]
    (tmp_path / "co2.csv").write_text("\n".join(["time,g_per_kwh", *rows]) + "\n")
    case = resolve.resolve(scenario(place=f'{LYON}\ncarbon = "{tmp_path}/co2.csv"'))
    assert case.carbon_g_kwh[:48].tolist() == list(range(48))
    assert case.carbon_g_kwh[48:].tolist() == [*range(24, 48), *range(24, 48)]
