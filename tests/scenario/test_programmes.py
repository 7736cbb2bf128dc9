"""Calls, information, enrolment and the newer tariffs resolve to records, and are told in words."""

import datetime as dt
from pathlib import Path

import numpy as np
import pytest

from gridsim import front
from gridsim.citizens.information import KINDS, Information
from gridsim.core.clock import date_of, day_number, local_s
from gridsim.core.errors import DataError, ScenarioError
from gridsim.programmes.calls import Control
from gridsim.scenario import dump, load, resolve, words
from gridsim.scenario.models import Scenario
from gridsim.scenario.resolve import ArmCase, Enrolment
from gridsim.signals.critical import CriticalPeak
from gridsim.signals.dynamic import Dynamic
from gridsim.signals.tariff import Flat

HEAD = """title = "Test"
[period]
start = 2023-01-09
end = 2023-01-23
step_minutes = 60
[place]
name = "Lyon"
[population]
homes = 10
[arms.flat]
tariff = "base-2026"
[arms.other]
"""
PLAIN = 'tariff = "base-2026"\n'
EVERYTHING = """tariff = "base-2026"
enrolment = { kind = "opt_in" }
automation = { timer = 0.25 }
information = [ { kind = "report" }, { kind = "daily", start = 2023-01-10, end = 2023-01-12 } ]
[[arms.other.calls]]
kind = "appeal"
dates = [2023-01-17]
hours = ["18:00-20:00"]
channel = "text"
[[arms.other.calls]]
kind = "control"
rule = { coldest = 2, weekdays = true, per_week = 1 }
hours = ["08:00-10:00", "18:00-20:00"]
notice = "same_day"
label = "cold evening"
setback_k = 2
ev = "pause"
"""
CRITICAL = """[arms.other.tariff]
kind = "critical_peak"
base = "hphc-2026"
price = 0.9
rule = { coldest = 2 }
hours = ["17:00-20:00"]
"""


def scenario(arm: str) -> Scenario:
    return load.loads(HEAD + arm)


def other(arm: str) -> ArmCase:
    return resolve.resolve(scenario(arm)).arms[1]


def second(date: str, hour: int = 0) -> int:
    return local_s(dt.date.fromisoformat(date), "Europe/Paris", 3600 * hour)


def test_calls_stand_in_order_on_the_clock_with_channel_and_orders() -> None:
    found = other(EVERYTHING).calls
    assert len(found) == 5
    assert [call.first for call in found] == sorted(call.first for call in found)
    (appeal,) = (call for call in found if call.control is None)
    assert (appeal.label, appeal.channel) == ("appeal", "text")
    assert (appeal.first, appeal.last) == (8 * 24 + 18, 8 * 24 + 20)
    assert appeal.published_s == second("2023-01-16", 17)
    control = next(call for call in found if call.control is not None)
    assert control.control == Control(2.0, ev_pause=True)
    assert (control.label, control.channel) == ("cold evening", None)


def test_a_rule_on_the_weather_calls_the_coldest_working_day_of_each_week() -> None:
    case = resolve.resolve(scenario(EVERYTHING))
    days = {call.first // 24 for call in case.arms[1].calls if call.control is not None}
    mean_c = case.weather.temp_c[: 14 * 24].reshape(14, 24).mean(axis=1)
    coldest = [int(np.argmin(mean_c[:5])), 7 + int(np.argmin(mean_c[7:12]))]
    assert sorted(days) == coldest


def test_hours_may_be_written_as_numbers() -> None:
    numbers = EVERYTHING.replace('hours = ["18:00-20:00"]', "hours = [[18, 20]]")
    assert scenario(numbers) == scenario(EVERYTHING)
    half = PLAIN + 'calls = [{ kind = "appeal", dates = [2023-01-17], hours = [[7.5, 9]] }]'
    assert scenario(half).arms["other"].calls[0].hours == ("07:30-09:00",)
    with pytest.raises(ScenarioError, match=r"calls\[0\].hours\[0\]"):
        scenario(half.replace("[[7.5, 9]]", "[[7.5, 9, 10]]"))


def test_information_lasts_as_long_as_the_period_unless_dates_are_said() -> None:
    assert other(EVERYTHING).information == (
        Information("report", second("2023-01-09"), second("2023-01-23")),
        Information("daily", second("2023-01-10"), second("2023-01-12")),
    )


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_information_can_be_written(kind: str) -> None:
    (found,) = other(f'{PLAIN}information = [{{ kind = "{kind}" }}]').information
    assert found.kind == kind


def test_information_of_an_unknown_kind_or_of_no_time_is_refused_by_the_record() -> None:
    with pytest.raises(ValueError, match="kind must be one of bill"):
        Information("rumour", 0, 1)
    with pytest.raises(ValueError, match="until_s"):
        Information("bill", 5, 5)


def test_enrolment_without_a_share_is_left_to_the_people() -> None:
    assert other(EVERYTHING).enrolment == Enrolment("opt_in", None)
    assert other(PLAIN + 'enrolment = { kind = "opt_out" }').enrolment == Enrolment("opt_out", None)
    leave = other(PLAIN + 'enrolment = { kind = "opt_out", leave = 0.25 }').enrolment
    assert leave == Enrolment("opt_out", 0.75)


def test_timers_reach_the_arm() -> None:
    assert other(EVERYTHING).automation.timer == 0.25
    assert other(PLAIN).automation.timer is None


@pytest.mark.parametrize(
    "arm",
    [
        EVERYTHING,
        CRITICAL,
        CRITICAL.replace('"hphc-2026"', '{ kind = "flat", price = 0.2 }'),
        CRITICAL.replace("rule = { coldest = 2 }", "dates = [2023-01-17]"),
        'tariff = { kind = "dynamic", adder = 0.1, factor = 1.2 }',
        'tariff = "smud-cpp-2012"',
    ],
)
def test_a_dump_is_the_same_scenario(arm: str) -> None:
    said = scenario(arm)
    again = load.loads(dump.dump(said))
    assert again == said
    assert dump.fingerprint(again) == dump.fingerprint(said)


def test_a_critical_price_stands_on_its_base_and_has_its_standing_charge() -> None:
    arm = other(CRITICAL)
    tariff = arm.contract.tariff
    assert isinstance(tariff, CriticalPeak)
    assert len(tariff.days) == 2
    assert arm.contract.standing_year == 169.92
    assert arm.contract.label == "Critical peak price"
    assert "hphc" not in arm.contract.label
    assert "F007" in arm.contract.source
    flat = other(CRITICAL.replace('"hphc-2026"', '{ kind = "flat", price = 0.2 }'))
    assert isinstance(flat.contract.tariff, CriticalPeak)
    assert flat.contract.tariff.base == Flat(0.2)
    assert flat.contract.standing_year == 0


def test_named_critical_tariffs_call_on_the_hottest_working_days_of_summer() -> None:
    summer = load.loads(
        HEAD.replace("2023-01-09", "2023-06-01").replace("2023-01-23", "2023-10-01")
        + 'tariff = "smud-cpp-2012"'
    )
    case = resolve.resolve(summer)
    tariff = case.arms[1].contract.tariff
    assert isinstance(tariff, CriticalPeak)
    assert len(tariff.days) == 12
    assert all(date_of(day).weekday() < 5 for day in tariff.days)
    price = tariff.price(case.clock)
    assert (price == 0.75).sum() == 12 * 3
    assert case.arms[1].contract.currency == "USD"


def test_a_made_up_price_is_called_so_and_covers_the_days_beyond() -> None:
    case = resolve.resolve(scenario('tariff = { kind = "dynamic", adder = 0.1, factor = 1.2 }'))
    tariff = case.arms[1].contract.tariff
    assert isinstance(tariff, Dynamic)
    assert np.isfinite(tariff.price(case.horizon)).all()
    assert "synthetic" in case.arms[1].contract.source
    assert any("its wholesale price is synthetic" in note for note in case.notes)


def written(folder: Path, days: int) -> Path:
    start = dt.datetime(2023, 1, 8, 23, tzinfo=dt.UTC)
    rows = [f"{(start + dt.timedelta(hours=k)).isoformat()},{k}" for k in range(24 * days)]
    (folder / "p.csv").write_text("time,price_mwh\n" + "\n".join(rows))
    file = folder / "s.toml"
    file.write_text(HEAD + 'tariff = { kind = "dynamic", series = "p.csv" }')
    return file


def test_a_price_file_lies_beside_the_scenario_and_may_end_with_the_period(tmp_path: Path) -> None:
    said = load.load(written(tmp_path, 14))
    assert said.arms["other"].model_dump()["tariff"]["series"] == str(tmp_path / "p.csv")
    case = resolve.resolve(said)
    price = case.arms[1].contract.tariff.price(case.horizon)
    np.testing.assert_allclose(price[:336], np.arange(336) / 1000)
    np.testing.assert_allclose(price[336:360], price[312:336])
    elsewhere = said.set("arms.other.tariff.series", "/else/where/p.csv")
    assert dump.fingerprint(elsewhere) == dump.fingerprint(said)


def test_a_price_file_that_is_too_short_or_missing_is_refused(tmp_path: Path) -> None:
    said = load.load(written(tmp_path, 13))
    with pytest.raises(DataError, match="rows for 2023-01-22 are missing"):
        resolve.resolve(said)
    (tmp_path / "p.csv").unlink()
    with pytest.raises(DataError, match=r"arms.other.tariff.series: there is no file"):
        front.check(said)


def test_what_is_odd_about_days_is_told() -> None:
    arm = (
        CRITICAL.replace("coldest = 2", "below_c = -50")
        + """[[arms.other.calls]]
kind = "appeal"
dates = [2023-02-01, 2023-01-10]
hours = ["18:00-20:00"]
[[arms.other.information]]
kind = "bill"
start = 2022-01-01
end = 2022-02-01
"""
    )
    told = "\n".join(front.check(scenario(arm)))
    assert "no day of the period is critical" in told
    assert "1 of its 2 called dates lie outside the period, the first 2023-02-01" in told
    assert "its bill information lies outside the period" in told
    never = PLAIN + 'calls = [{ kind = "appeal", dates = [2023-02-01], hours = ["18:00-20:00"] }]'
    assert "no day of the period is called" in "\n".join(front.check(scenario(never)))


def test_arms_are_told_by_their_calls_information_and_enrolment() -> None:
    told = words.describe(scenario(EVERYTHING)).split("\n")[2]
    assert "offered, who takes it is up to the people" in told
    assert "appeals in words at 18:00-20:00 on 2023-01-17, told by text message" in told
    assert (
        "thermostats set back by 2 K, chargers paused at 08:00-10:00 and 18:00-20:00 on the 2"
        " coldest working days" in told
    )
    assert "feedback: home reports, daily figures" in told
    assert "timers start the washing by price in 25 % of homes" in told


def test_tariffs_are_told_in_words() -> None:
    assert words.tariff_words(scenario(CRITICAL).arms["other"]) == (
        "hphc-2026, but 0.9000 at 17:00-20:00 on the 2 coldest days"
    )
    dynamic = scenario('tariff = { kind = "dynamic", adder = 0.1, factor = 1.2 }')
    assert words.tariff_words(dynamic.arms["other"]) == (
        "dynamic, 0.1000 + 1.2 x a made-up wholesale price per kWh"
    )


def test_a_price_in_cents_is_noticed_under_critical_and_dynamic_tariffs_too() -> None:
    cents = CRITICAL.replace("price = 0.9", "price = 90")
    assert any("were cents meant" in note for note in front.check(scenario(cents)))
    dear = 'tariff = { kind = "dynamic", adder = 10 }'
    assert any("were cents meant" in note for note in front.check(scenario(dear)))


def test_overrides_reach_into_calls() -> None:
    said = load.loads(HEAD + EVERYTHING, sets=["arms.other.calls.1.setback_k=3.5"])
    assert said.arms["other"].calls[1].setback_k == 3.5
    assert day_number(said.arms["other"].calls[0].dates[0]) == 19374  # type: ignore[index]


def test_a_mistake_in_a_table_of_its_own_is_told_with_its_line() -> None:
    wrong = HEAD + EVERYTHING.replace('"same_day"', '"today"')
    line = wrong.split("\n").index('notice = "today"') + 1
    with pytest.raises(ScenarioError, match=rf"scenario:{line}:10: arms.other.calls\[1\].notice"):
        load.loads(wrong)
