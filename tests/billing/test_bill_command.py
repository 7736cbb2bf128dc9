"""``gridsim bill``: a meter file under named tariffs, checked by hand and in plain Python."""

import csv
import datetime as dt
import gzip
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

import gridsim as gs
from gridsim import bills, cli
from gridsim.billing import compare, meter
from gridsim.billing.lines import PER_KWH, Bill, Line, LineKind
from gridsim.core.errors import DataError
from gridsim.signals import presets
from gridsim.signals.contract import Contract
from gridsim.signals.tariff import Flat

NEEDS_DATA = pytest.mark.skipif("GRIDSIM_DATA" not in os.environ, reason="GRIDSIM_DATA is not set")
CENT = 1e-6


def data(*parts: str) -> Path:
    return Path(os.environ["GRIDSIM_DATA"]).joinpath(*parts)


def ask(*words: str | Path) -> tuple[int, str, str]:
    """Run a command here; return its code, standard output and standard error."""
    found = CliRunner().invoke(cli.app, ["bill", *(str(word) for word in words)])
    return found.exit_code, found.stdout, found.stderr


def told(*words: str | Path) -> dict:
    code, out, err = ask(*words, "--json")
    assert code == 0, err
    return json.loads(out)


def words(text: str) -> str:
    """Return what typer put into a frame as plain words."""
    return re.sub(r"[\s│╭╮╰╯─]+", " ", text)


def example() -> list[tuple[dt.datetime, float]]:
    """Return begin of each half hour, wall clock, and kWh of the Linky, by plain Python."""
    path = data("linky_example_fr_2022_2023", "linky_halfhourly_W.csv.gz")
    with gzip.open(path, "rt", encoding="utf-8-sig") as file:
        pairs = [line.strip().split(";") for line in file.read().splitlines()[3:]]
    half = dt.timedelta(minutes=30)
    winter, summer = dt.timedelta(hours=1), dt.timedelta(hours=2)
    forward = dt.datetime(2023, 3, 26, 1, tzinfo=dt.UTC)
    back = dt.datetime(2022, 10, 30, 1, tzinfo=dt.UTC)
    found = []
    for stamp, watts in pairs:
        begin = dt.datetime.fromisoformat(stamp).astimezone(dt.UTC) - half
        offset = winter if back <= begin < forward else summer
        found.append(((begin + offset).replace(tzinfo=None), int(watts) / 2000))
    return found


@pytest.fixture(scope="module")
def linky() -> Path:
    return data("linky_example_fr_2022_2023", "linky_halfhourly_W.csv.gz")


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """Return two winter days of hours at 1 kWh, 4 and 5 January 2023."""
    first = dt.datetime(2023, 1, 4)
    rows = [f"{first + dt.timedelta(hours=k):%Y-%m-%d %H:%M},1" for k in range(48)]
    path = tmp_path / "small.csv"
    path.write_text("time,kwh\n" + "\n".join(rows), "utf-8")
    return path


@NEEDS_DATA
def test_one_price_is_kwh_times_the_price_and_the_year_of_standing(linky: Path) -> None:
    found = told(linky, "--tariff", "base-2026")
    kwh = sum(kwh for _, kwh in example())
    one = found["tariffs"]["base-2026"]
    assert found["meter"]["import_kwh"] == pytest.approx(kwh, abs=CENT)
    assert one["energy"] == pytest.approx(kwh * 0.1940, abs=CENT)
    year = presets.named("base-2026").standing_year
    assert one["standing"] + one["taxes"] == pytest.approx(year, abs=CENT)  # 365 days
    assert one["total"] == pytest.approx(one["energy"] + year, abs=CENT)


@NEEDS_DATA
def test_tempo_is_split_by_the_real_colours(linky: Path) -> None:
    with data("edf_tempo_calendar", "tempo_2014-09_2023-08.csv").open(encoding="utf-8") as file:
        colour = {row["date"]: row["colour"] for row in csv.DictReader(file)}
    names = {"BLEU": "blue", "BLANC": "white", "ROUGE": "red"}
    split: dict[str, float] = {}
    for wall, kwh in example():
        day = (wall - dt.timedelta(hours=6)).date()
        hours = "peak" if 6 <= wall.hour < 22 else "off-peak"
        register = f"{names[colour[str(day)]]} {hours}"
        split[register] = split.get(register, 0.0) + kwh
    one = told(linky, "--tariff", "tempo-2026")["tariffs"]["tempo-2026"]
    lines = {line["name"]: line for line in one["lines"] if line["kind"] == "energy"}
    assert {name: line["quantity"] for name, line in lines.items()} == pytest.approx(split)
    price = {  # EDF, 1 February 2026
        "blue peak": 0.1612, "blue off-peak": 0.1325, "white peak": 0.1871,
        "white off-peak": 0.1499, "red peak": 0.7060, "red off-peak": 0.1575,
    }  # fmt: skip
    assert {name: line["rate"] for name, line in lines.items()} == price
    owed = sum(split[name] * price[name] for name in price)
    assert one["energy"] == pytest.approx(owed, abs=CENT)
    assert len(split) == 6


@NEEDS_DATA
def test_local_off_peak_hours_move_kwh_of_peak_and_off_peak_but_not_of_tempo(linky: Path) -> None:
    asked = ("--tariff", "hphc-2026", "--tariff", "tempo-2026")
    usual = told(linky, *asked)["tariffs"]
    moved = told(linky, *asked, "--off-peak", "01:30-07:30,12:30-14:30")["tariffs"]
    cheap = sum(
        kwh
        for wall, kwh in example()
        if 1.5 <= wall.hour + wall.minute / 60 < 7.5 or 12.5 <= wall.hour + wall.minute / 60 < 14.5
    )
    lines = {line["name"]: line["quantity"] for line in moved["hphc-2026"]["lines"]}
    assert lines["off-peak"] == pytest.approx(cheap, abs=CENT)
    assert moved["tempo-2026"]["lines"] == usual["tempo-2026"]["lines"]
    again = told(linky, *asked, "--off-peak", "01:30-07:30", "--off-peak", "12:30-14:30")["tariffs"]
    assert again == moved


@NEEDS_DATA
def test_shares_are_sums_of_lines_and_add_up_to_the_total(linky: Path) -> None:
    counted = meter.read(linky)
    names = [name for name in presets.names() if presets.preset(name).country == "France"]
    found = gs.bill(counted, names, local=gs.Local(called=()))
    per_kwh = {kind.name.lower() for kind in PER_KWH}
    told_of = [bills.document(found, by_month=by_month) for by_month in (False, True)]
    for one in (one for document in told_of for one in document["tariffs"].values()):
        shares = [one[share] for share in ("energy", "standing", "taxes", "capacity", "export")]
        assert sum(shares) == pytest.approx(one["total"], abs=5 * CENT)
        lines = one["lines"]
        assert sum(line["amount"] for line in lines) == pytest.approx(one["total"], abs=1e-4)
        energy = sum(line["amount"] for line in lines if line["kind"] in per_kwh)
        assert energy == pytest.approx(one["energy"], abs=1e-4)
        for line in (line for line in lines if line["rate"] is not None):
            owed = line["quantity"] * line["rate"]
            assert line["amount"] == pytest.approx(owed, abs=0.01)


def test_a_small_bill_by_hand_with_a_day_before_the_first_six_o_clock(small: Path) -> None:
    found = told(small, "--tariff", "tempo-2026", "--timezone", "Europe/Paris")
    lines = {line["name"]: line["quantity"] for line in found["tariffs"]["tempo-2026"]["lines"]}
    # 3, 4 and 5 January 2023 were blue (RTE): two days of 16 peak and 8 off-peak hours
    assert lines["blue peak"] == 32
    assert lines["blue off-peak"] == 16
    assert found["tariffs"]["tempo-2026"]["energy"] == pytest.approx(32 * 0.1612 + 16 * 0.1325)


def test_colours_of_a_file_go_before_the_built_in_ones(small: Path, tmp_path: Path) -> None:
    colours = tmp_path / "colours.csv"
    colours.write_text("date,colour\n2023-01-04,ROUGE\n", "utf-8")
    found = told(
        small, "--tariff", "tempo-2026", "--timezone", "Europe/Paris", "--colours", colours
    )
    lines = {line["name"]: line["quantity"] for line in found["tariffs"]["tempo-2026"]["lines"]}
    assert (lines["red peak"], lines["red off-peak"]) == (16, 8)
    assert (lines["blue peak"], lines["blue off-peak"]) == (16, 8)


def test_days_without_a_colour_are_named(tmp_path: Path) -> None:
    path = tmp_path / "late.csv"
    path.write_text("time,kwh\n2024-01-01 00:00,1\n2024-01-01 01:00,1\n", "utf-8")
    code, _, err = ask(path, "--tariff", "tempo-2026", "--timezone", "Europe/Paris")
    assert code == 4
    assert "no colour is known of 1 Tempo days from 2023-12-31 to 2023-12-31" in err
    assert "--colours" in err


def test_what_was_filled_is_counted_and_told(small: Path) -> None:
    lines = small.read_text("utf-8").splitlines()
    del lines[10:12]
    small.write_text("\n".join(lines), "utf-8")
    asked = (small, "--tariff", "base-2026", "--timezone", "Europe/Paris")
    code, _, err = ask(*asked)
    assert (code, "small.csv:11: 2 rows are missing" in err) == (4, True)
    code, out, _ = ask(*asked, "--gaps", "interpolate")
    assert code == 0
    assert "filled: 2 rows in 1 gaps (interpolate), 2.000 kWh taken" in out
    assert told(*asked, "--gaps", "interpolate")["meter"]["filled"] == {
        "policy": "interpolate", "steps": 2, "import_kwh": 2.0, "export_kwh": 0.0,
        "spans": [
            {
                "from": "2023-01-04T09:00+01:00", "until": "2023-01-04T11:00+01:00",
                "import_kwh": 2.0, "export_kwh": 0.0,
            }
        ],
    }  # fmt: skip


def test_exports_are_a_credit(tmp_path: Path) -> None:
    path = tmp_path / "solar.csv"
    path.write_text(
        "time_utc;import_kwh;export_kwh\n2026-06-01T10:00;0,5;2\n2026-06-01T11:00;0;3\n", "utf-8"
    )
    found = told(path, "--tariff", "base-2026")["tariffs"]["base-2026"]
    price = presets.named("base-2026").export_price
    assert found["export"] == pytest.approx(-5 * price)
    assert found["energy"] == pytest.approx(0.5 * 0.1940)


def test_the_answer_for_people_tells_shares_lines_and_dates(small: Path) -> None:
    code, out, err = ask(
        small, "--tariff", "base-2026", "--tariff", "hphc-2026", "--timezone", "Europe/Paris"
    )
    assert (code, err) == (0, "")
    assert "48.000 kWh taken" in out
    assert "the rows are of 2023-01-04 to 2023-01-05, the prices of other dates" in out
    assert re.search(r"tariff +energy +standing +taxes +total +more than cheapest", out)
    assert re.search(r"base-2026 +9\.31 ", out)  # 48 kWh x 0.1940
    assert re.search(r"  off-peak +16\.000 +kWh +x 0\.15790 +2\.53", out)
    assert "off-peak hours differ by place" in out


def test_months_can_be_told_one_by_one(tmp_path: Path) -> None:
    path = tmp_path / "turn.csv"
    first = dt.datetime(2023, 1, 31)
    rows = [f"{first + dt.timedelta(hours=k):%Y-%m-%d %H:%M},1" for k in range(48)]
    path.write_text("time,kwh\n" + "\n".join(rows), "utf-8")
    asked = (path, "--tariff", "base-2026", "--timezone", "Europe/Paris", "--by-month")
    lines = told(*asked)["tariffs"]["base-2026"]["lines"]
    energy = [(ln["from"], ln["until"], ln["quantity"]) for ln in lines if ln["kind"] == "energy"]
    assert energy == [("2023-01-31", "2023-02-01", 24.0), ("2023-02-01", "2023-02-02", 24.0)]
    assert "2023-02-01 to 2023-02-01 energy" in ask(*asked)[1]


@pytest.mark.parametrize(
    ("words_", "message"),
    [
        (("--tariff", "tempo-2027"), "'tempo-2027'; did you mean 'tempo-2026'?"),
        (("--tariff", "own.toml"), "own.toml is a scenario; say which arm is meant"),
        ((), "--tariff"),
        (("--tariff", "base-2026", "--gaps", "guess"), "--gaps must be one of refuse, zero"),
        (("--tariff", "base-2026", "--unit", "kva"), "--unit must be one of w, kw, wh, kwh"),
        (("--tariff", "base-2026", "--stamp", "middle"), "--stamp must be one of start, end"),
        (("--tariff", "hphc-2026", "--off-peak", "22-6"), "--off-peak must be like 22:00-06:00"),
        (("--tariff", "hphc-2026", "--off-peak", "22:00-25:00"), "--off-peak must be like 22:00"),
        (("--tariff", "hphc-2026", "--off-peak", "01:00-05:00,04:00-06:00"), "must not overlap"),
        (("--tariff", "base-2026", "--timezone", "Europe/Lyon"), "timezone must be an IANA name"),
        (("--tariff", "base-2026", "--from", "yesterday"), "--from must be a date such as"),
        (("--tariff", "base-2026", "--from", "2023-02-01", "--until", "2023-01-01"), "must end"),
        (("--tariff", "base-2026", "--holidays", "ZZ"), "no holiday calendar for country 'ZZ'"),
    ],
)
def test_wrong_usage_is_told_and_leaves_with_two(
    small: Path, words_: tuple[str, ...], message: str
) -> None:
    timezone = () if "--timezone" in words_ else ("--timezone", "Europe/Paris")
    code, out, err = ask(small, *timezone, *words_)
    assert (code, out) == (2, "")
    assert message in words(err)


def test_a_file_that_is_not_there_leaves_with_four(tmp_path: Path) -> None:
    code, out, err = ask(tmp_path / "none.csv", "--tariff", "base-2026")
    assert (code, out) == (4, "")
    assert "none.csv: there is no such file" in err


def test_a_tariff_with_called_days_needs_them(small: Path, tmp_path: Path) -> None:
    path = tmp_path / "july.csv"
    rows = [f"2012-07-10 {h:02d}:00,1" for h in range(24)]
    path.write_text("time,kwh\n" + "\n".join(rows), "utf-8")
    asked = (path, "--tariff", "smud-cpp-2012", "--timezone", "America/Los_Angeles")
    code, _, err = ask(*asked)
    assert (code, "--called" in err) == (4, True)
    chosen = presets.preset("smud-cpp-2012")
    hours = sum(end - start for start, end in chosen.body.calls.hours)
    lines = told(*asked, "--called", "2012-07-10")["tariffs"]["smud-cpp-2012"]["lines"]
    critical = [line for line in lines if line["rate"] == chosen.value("critical")]
    assert [line["quantity"] for line in critical] == [hours]
    none = told(*asked, "--called", "none")["tariffs"]["smud-cpp-2012"]["lines"]
    assert all(line["rate"] != chosen.value("critical") for line in none)
    winter = told(small, "--tariff", "smud-cpp-2012", "--timezone", "America/Los_Angeles")
    assert winter["tariffs"]["smud-cpp-2012"]["total"] > 0  # calls are for summer months


def test_a_tariff_from_elsewhere_is_told(small: Path) -> None:
    found = told(small, "--tariff", "base-2026", "--timezone", "Europe/London")
    assert any("sold in France" in note for note in found["notes"])
    found = told(small, "--tariff", "base-2026", "--timezone", "Europe/Berlin")
    assert not any("sold in France" in note for note in found["notes"])  # the clock is the same


def test_called_days_that_the_meter_does_not_hold_are_told(small: Path) -> None:
    asked = ("--timezone", "Europe/Paris", "--called", "2023-01-05,2022-07-01")
    found = told(small, "--tariff", "zen-flex-2026", *asked)
    assert "called days that the meter does not hold: 2022-07-01" in found["notes"]
    found = told(small, "--tariff", "base-2026", *asked)
    assert "--called has no bearing: no tariff calls days" in found["notes"]


def test_off_peak_hours_that_no_tariff_takes_are_told(small: Path) -> None:
    asked = ("--timezone", "Europe/Paris", "--off-peak", "22:10-06:10")
    found = told(small, "--tariff", "base-2026", *asked)
    assert any("no bearing" in note for note in found["notes"])
    found = told(small, "--tariff", "hphc-2026", *asked)
    assert any("begin or end within a row of 60 min" in note for note in found["notes"])


def test_the_library_gives_the_same_bill_and_takes_contracts_of_its_own(small: Path) -> None:
    own = Contract(Flat(0.25), standing_year=365.0, label="mine")
    reading = gs.Reading(timezone="Europe/Paris")
    found = gs.bill(small, ["base-2026", own], reading=reading)
    assert [one.name for one in found.tariffs] == ["base-2026", "mine"]
    assert float(found.tariffs[1].bill.total) == pytest.approx(48 * 0.25 + 2.0)
    by_command = told(small, "--tariff", "base-2026", "--timezone", "Europe/Paris")
    assert bills.document(found)["tariffs"]["base-2026"]["total"] == pytest.approx(
        by_command["tariffs"]["base-2026"]["total"]
    )
    again = gs.bill(meter.read(small, reading), ["base-2026"], local=gs.Local())
    assert float(again.tariffs[0].bill.total) == float(found.tariffs[0].bill.total)
    assert "mine: mine [EUR]" in bills.text(found)


SCENARIO = """title = "Own tariffs"
[period]
start = 2026-01-01
end = 2026-01-03
[place]
name = "Lyon"
[population]
homes = 10
[arms.blocks]
rates_factor = 1.0
[arms.blocks.tariff]
kind = "contract"
energy = { kind = "flat", price = 0.10, standing_year = 73 }
taxes = { vat = 0.20 }
blocks = [ { bounds_kwh = [30], prices = [0.10, 0.30] } ]
demand = [ { name = "peak", price = 4, minutes = 60 } ]
[arms.called.tariff]
kind = "critical_peak"
price = 1.0
hours = ["08:00-10:00"]
base = "base-2026"
dates = [2023-01-05]
[arms.cold.tariff]
kind = "critical_peak"
price = 1.0
hours = ["08:00-10:00"]
base = "base-2026"
rule = { coldest = 2 }
"""


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """Return a scenario with tariffs of its own."""
    path = tmp_path / "own.toml"
    path.write_text(SCENARIO, "utf-8")
    return path


def test_what_an_arm_of_a_scenario_signs_can_be_billed(small: Path, own: Path) -> None:
    one = told(small, "--tariff", f"{own}:blocks", "--timezone", "Europe/Paris")
    found = one["tariffs"][f"{own}:blocks"]
    bound = 30 * 2 / 31  # two days of January
    owed = 1.2 * (bound * 0.10 + (48 - bound) * 0.30)
    assert found["energy"] == pytest.approx(owed, abs=CENT)
    assert found["capacity"] == pytest.approx(4.0 * 2 / 31, abs=CENT)  # at 1 kW
    assert found["standing"] == pytest.approx(2 * 73 / 365, abs=CENT)
    assert found["taxes"] == pytest.approx(0.2 * (found["capacity"] + 0.4), abs=CENT)


def test_dates_of_an_arm_are_called_and_its_weather_is_asked_for(small: Path, own: Path) -> None:
    zone = ("--timezone", "Europe/Paris")
    one = told(small, "--tariff", f"{own}:called", *zone)["tariffs"][f"{own}:called"]
    assert one["energy"] == pytest.approx(46 * 0.1940 + 2 * 1.0)
    code, _, err = ask(small, "--tariff", f"{own}:cold", *zone)
    assert (code, "arms.cold.tariff: a meter tells nothing of weather" in err) == (4, True)
    code, _, err = ask(small, "--tariff", f"{own}:hot", *zone)
    assert (code, "has no arm 'hot'; it has blocks, called, cold" in words(err)) == (2, True)
    own.write_text(SCENARIO.replace("2026-01-03", "2025-01-03"), "utf-8")
    assert ask(small, "--tariff", f"{own}:called", *zone)[0] == 3


@pytest.fixture
def prices(tmp_path: Path) -> Path:
    """Return a file of wholesale prices, 0.1 per kWh in every hour around the small meter."""
    path = tmp_path / "prices.csv"
    first = dt.datetime(2023, 1, 3)
    rows = [f"{first + dt.timedelta(hours=k):%Y-%m-%dT%H:%M},0.1" for k in range(96)]
    path.write_text("time_utc,price\n" + "\n".join(rows), "utf-8")
    return path


def test_the_level_of_wholesale_prices_is_told_in_the_money_of_the_tariff(
    small: Path, prices: Path
) -> None:
    asked = (small, "--timezone", "Europe/Oslo", "--prices", prices)
    notes = told(*asked, "--tariff", "norway-elvia-spot-2026")["notes"]
    taken = "prices.csv is taken to hold NOK: 0.1000 NOK/kWh on average, 0.1000 to 0.1000"
    assert taken in notes
    assert taken not in told(*asked, "--tariff", "norway-elvia-norgespris-2026")["notes"]


def test_a_tariff_that_follows_the_market_needs_its_prices(small: Path, prices: Path) -> None:
    asked = (small, "--tariff", "germany-dynamic-2026", "--timezone", "Europe/Berlin")
    code, _, err = ask(*asked)
    assert (code, "--prices" in err) == (4, True)
    found = told(*asked, "--prices", prices)["tariffs"]["germany-dynamic-2026"]
    assert found["energy"] > 48 * 0.1


@pytest.mark.parametrize("name", presets.names())
def test_every_named_tariff_bills_a_meter_and_its_lines_are_its_total(
    small: Path, prices: Path, name: str
) -> None:
    zone, _ = compare.PLACES[presets.preset(name).country]
    reading = gs.Reading(timezone=zone)
    found = gs.bill(small, [name], reading=reading, local=gs.Local(called=(), prices=prices))
    (one,) = found.tariffs
    total = sum(float(line.amount) for line in compare.merged(one.bill))
    assert total == pytest.approx(float(one.bill.total), abs=1e-9)
    told_of = bills.document(found)["tariffs"][name]
    shares = [told_of[share] for share in ("energy", "standing", "taxes", "capacity", "export")]
    assert sum(shares) == pytest.approx(told_of["total"], abs=5 * CENT)
    assert name in bills.text(found)


def line(amount: float, rate: float, **more: object) -> Line:
    given = {"first_day": 0, "last_day": 31, "unit": "kWh", "quantity": amount / rate} | more
    kind = given.pop("kind", LineKind.ENERGY)
    quantity = np.asarray(given.pop("quantity"))
    return Line(
        kind, "energy", given["first_day"], given["last_day"], quantity, given["unit"],
        np.asarray(rate), np.asarray(amount),
    )  # fmt: skip


def test_lines_of_periods_are_put_together_and_keep_their_rate_where_it_is_one() -> None:
    months = (line(2.0, 0.2), line(4.0, 0.2, first_day=31, last_day=59))
    (one,) = compare.merged(Bill(months, "EUR"))
    assert (float(one.quantity), float(one.rate), float(one.amount)) == (30.0, 0.2, 6.0)
    assert (one.first_day, one.last_day) == (0, 59)
    (mean,) = compare.merged(Bill((line(2.0, 0.2), line(4.0, 0.4)), "EUR"))
    assert (float(mean.quantity), float(mean.rate)) == (20.0, 0.3)


def test_powers_of_periods_are_a_sum_and_say_so() -> None:
    powers = [line(8.0, 4.0, unit="kW"), line(12.0, 4.0, unit="kW")]
    (one,) = compare.merged(Bill(tuple(powers), "EUR"))
    assert (float(one.quantity), one.unit, float(one.rate)) == (5.0, "kW in 2 periods", 4.0)
    (alone,) = compare.merged(Bill(tuple(powers[:1]), "EUR"))
    assert alone.unit == "kW"


def test_a_bill_asks_for_nothing_heavy(small: Path) -> None:
    heavy = (
        "numba",
        "pandas",
        "matplotlib",
        "pvlib",
        "simpy",
        "scipy",
        "gridsim.engine",
    )
    code = (
        "import sys; from gridsim import cli\n"
        f"sys.argv = ['gridsim', 'bill', {str(small)!r}, '--tariff', 'tempo-2026',"
        " '--timezone', 'Europe/Paris']\n"
        "try: cli.main()\n"
        f"except SystemExit: print([m for m in {heavy} if m in sys.modules])"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout.strip().endswith("[]")


def test_a_broken_file_tells_all_its_lines_on_standard_error(small: Path) -> None:
    text = small.read_text("utf-8").replace("05:00,1", "05:00,abc").replace("07:00,1", "07:00,-1")
    small.write_text(text, "utf-8")
    code, out, err = ask(small, "--tariff", "base-2026", "--timezone", "Europe/Paris")
    assert (code, out) == (4, "")
    assert [ln.split("small.csv:")[1].split(":")[0] for ln in err.splitlines()] == [
        "7", "9", "31", "33",
    ]  # fmt: skip
    with pytest.raises(DataError, match="'abc' is not a number"):
        gs.bill(small, ["base-2026"], reading=gs.Reading(timezone="Europe/Paris"))
