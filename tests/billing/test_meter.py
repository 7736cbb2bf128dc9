"""Meter files are read as they are written: clocks, units, separators, gaps by a named rule."""

import datetime as dt
import gzip
import os
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from gridsim.billing import meter
from gridsim.billing.meter import Meter, Reading
from gridsim.billing.meter_columns import Stamp, Unit, Wanted
from gridsim.billing.meter_gaps import Gaps
from gridsim.core.clock import date_of
from gridsim.core.errors import DataError

NEEDS_DATA = pytest.mark.skipif("GRIDSIM_DATA" not in os.environ, reason="GRIDSIM_DATA is not set")
PARIS = Reading(timezone="Europe/Paris")
LINKY = (
    "\ufeffIdentifiant PRM;Type de donnees;Date de debut;Date de fin;Grandeur physique;"
    "Grandeur metier;Etape metier;Unite;Pas en minutes\n"
    "XXXXXXXXXXXXX;Courbe de charge;01/01/2023;02/01/2023;Energie active;Consommation;"
    "Comptage Brut;W;\n"
    "Horodate;Valeur\n"
)


def write(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "meter.csv"
    path.write_bytes(text.encode(encoding))
    return path


def read(folder: Path, text: str, how: Reading | None = PARIS, encoding: str = "utf-8") -> Meter:
    return meter.read(write(folder, text, encoding), how)


def rows(start: str, count: int, minutes: int = 30, zone: str = "Europe/Paris") -> list[str]:
    """Return so many times with their UTC offset."""
    begin = dt.datetime.fromisoformat(start).replace(tzinfo=ZoneInfo(zone)).timestamp()
    return [
        dt.datetime.fromtimestamp(begin + 60 * minutes * k, ZoneInfo(zone)).isoformat()
        for k in range(count)
    ]


def table(times: list[str], values: list[object], header: str = "time,kwh") -> str:
    mark = next(sign for sign in ";\t," if sign in header)
    return header + "\n" + "\n".join(f"{t}{mark}{v}" for t, v in zip(times, values, strict=True))


def test_a_linky_file_is_read_as_mean_power_of_the_half_hour_that_ends(tmp_path: Path) -> None:
    times = rows("2023-01-01T00:30", 48)
    found = read(tmp_path, LINKY + "\n".join(f"{t};{100 * k}" for k, t in enumerate(times)), None)
    assert found.clock.timezone == "Europe/Paris"
    assert (found.clock.step_s, found.clock.steps) == (1800, 48)
    assert date_of(found.clock.local_day[0]) == dt.date(2023, 1, 1)
    assert found.clock.wall_s[0] == 0
    assert found.import_kwh[3] == pytest.approx(0.300 / 2)
    assert found.export_kwh.sum() == 0
    assert found.layout.stamp == Stamp.END
    assert found.notes == ()


def test_a_linky_file_of_one_table_says_its_unit_and_step_in_every_row(tmp_path: Path) -> None:
    head = (
        "Identifiant PRM;Date de début;Date de fin;Grandeur physique;Grandeur métier;Etape métier;"
        "Unité;Horodate;Valeur;Nature;Pas;Indice de vraisemblance;Etat complémentaire\n"
    )
    part = "1;2023-01-01 00:00:00;2023-01-02 00:00:00;EA;CONS;BRUT;Wh"
    text = head + "\n".join(
        f"{part};2023-01-01 {h:02d}:{m:02d}:00;250;B;PT15M;0;0"
        for h, m in [(0, 15), (0, 30), (0, 45), (1, 0)]
    )
    found = read(tmp_path, text, None)
    assert found.layout.values[0][1] == Unit.WH
    assert found.import_kwh.tolist() == [0.25] * 4
    assert found.clock.wall_s.tolist() == [0, 900, 1800, 2700]


def test_the_two_names_alone_are_watts_and_that_is_said(tmp_path: Path) -> None:
    found = read(tmp_path, table(rows("2023-01-01T00:30", 4), [500] * 4, "Horodate;Valeur"), None)
    assert found.import_kwh.tolist() == [0.25] * 4
    assert "watts are taken" in found.notes[0]


@NEEDS_DATA
def test_the_example_of_a_linky_is_read_whole() -> None:
    folder = Path(os.environ["GRIDSIM_DATA"]) / "linky_example_fr_2022_2023"
    path = folder / "linky_halfhourly_W.csv.gz"
    found = meter.read(path)
    with gzip.open(path, "rt", encoding="utf-8-sig") as file:
        watts = [int(line.split(";")[1]) for line in file.read().splitlines()[3:]]
    assert found.clock.steps == len(watts) == 17_520
    assert found.import_kwh.sum() == pytest.approx(sum(watts) / 2000)
    assert found.import_kwh[-1] == watts[-1] / 2000
    assert np.unique(found.clock.local_day, return_counts=True)[1].tolist().count(48) == 363


@pytest.mark.parametrize(
    ("encoding", "mark", "point"),
    [
        ("utf-8", ";", ","),
        ("utf-8-sig", ";", "."),
        ("latin-1", ";", ","),
        ("cp1252", "\t", ","),
        ("utf-16", "\t", "."),
        ("utf-16-le", ",", "."),
    ],
)
def test_encodings_separators_and_decimal_marks_do_not_matter(
    tmp_path: Path, encoding: str, mark: str, point: str
) -> None:
    times = rows("2023-01-01T00:00", 4)
    lines = [f"time{mark}Énergie soutirée (kWh)"]
    lines += [f"{t}{mark}0{point}{k}25" for k, t in enumerate(times)]
    found = read(tmp_path, "\r\n".join(lines), PARIS, encoding)
    assert found.import_kwh.tolist() == [0.025, 0.125, 0.225, 0.325]


def test_a_decimal_comma_between_commas_needs_quotes(tmp_path: Path) -> None:
    times = rows("2023-01-01T00:00", 3)
    found = read(tmp_path, "time,kwh\n" + "\n".join(f'{t},"0,5"' for t in times))
    assert found.import_kwh.tolist() == [0.5] * 3


def test_gzip_is_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "meter.csv.gz"
    path.write_bytes(gzip.compress(table(rows("2023-01-01T00:00", 3), [1, 2, 3]).encode()))
    assert meter.read(path, PARIS).import_kwh.tolist() == [1, 2, 3]


@pytest.mark.parametrize(
    ("header", "value", "kwh"),
    [
        ("time,kwh", 2, 2),
        ("time,Wh", 2000, 2),
        ("time,power_kw", 4, 2),
        ("time;import (W)", 4000, 2),
    ],
)
def test_units_come_from_the_column(tmp_path: Path, header: str, value: int, kwh: int) -> None:
    found = read(tmp_path, table(rows("2023-01-01T00:00", 2), [value] * 2, header))
    assert found.import_kwh.tolist() == [kwh] * 2


def test_a_unit_that_is_said_wins(tmp_path: Path) -> None:
    how = Reading("Europe/Paris", wanted=Wanted(unit=Unit.W))
    found = read(tmp_path, table(rows("2023-01-01T00:00", 2, 60), [500] * 2, "time,value"), how)
    assert found.import_kwh.tolist() == [0.5] * 2


def test_exports_have_a_column_of_their_own(tmp_path: Path) -> None:
    times = rows("2023-06-01T12:00", 3, 15)
    text = "start,import_kwh,export_kwh\n" + "\n".join(f"{t},0,{k}" for k, t in enumerate(times))
    found = read(tmp_path, text)
    assert found.export_kwh.tolist() == [0, 1, 2]
    assert found.clock.step_s == 900


def test_columns_can_be_named(tmp_path: Path) -> None:
    times = rows("2023-06-01T12:00", 2)
    text = "time,house_kwh,solar_kwh\n" + "\n".join(f"{t},1,2" for t in times)
    how = Reading("Europe/Paris", wanted=Wanted(imports="solar_kwh", exports="House_kWh"))
    found = read(tmp_path, text, how)
    assert (found.import_kwh[0], found.export_kwh[0]) == (2, 1)


def test_an_end_is_the_end_and_a_start_the_start(tmp_path: Path) -> None:
    times = rows("2023-01-01T01:00", 3, 60)
    starts = {
        header: read(tmp_path, table(times, [1] * 3, header)).clock.wall_s[0] // 3600
        for header in ("time,kwh", "start,kwh", "end,kwh", "time_end,kwh")
    }
    assert starts == {"time,kwh": 1, "start,kwh": 1, "end,kwh": 0, "time_end,kwh": 0}
    how = Reading("Europe/Paris", wanted=Wanted(stamp=Stamp.END))
    assert read(tmp_path, table(times, [1] * 3), how).clock.wall_s[0] == 0


def test_times_that_look_like_the_other_end_are_told(tmp_path: Path) -> None:
    text = LINKY + "\n".join(f"{t};100" for t in rows("2023-01-01T00:00", 48))
    assert "--stamp start?" in read(tmp_path, text, None).notes[0]
    ends = table(rows("2023-01-01T00:30", 48), [1] * 48)
    assert "--stamp end?" in read(tmp_path, ends).notes[0]


def test_start_and_end_may_both_stand_there(tmp_path: Path) -> None:
    text = "start;end;kwh\n2023-01-01 00:00;2023-01-01 01:00;1\n2023-01-01 01:00;2023-01-01 02:00;1"
    assert read(tmp_path, text).clock.wall_s.tolist() == [0, 3600]


def test_date_and_time_may_stand_apart_and_begin_with_the_day(tmp_path: Path) -> None:
    text = "Date;Heure;kWh\n31/01/2023;22:00;1\n31/01/2023;23:00;2\n01/02/2023;00:00;3"
    found = read(tmp_path, text)
    assert [date_of(day) for day in found.clock.local_day] == [
        dt.date(2023, 1, 31), dt.date(2023, 1, 31), dt.date(2023, 2, 1),
    ]  # fmt: skip


def test_the_month_comes_first_where_the_file_shows_it(tmp_path: Path) -> None:
    text = "time,kwh\n01/31/2023 22:00,1\n01/31/2023 23:00,2\n02/01/2023 00:00,3"
    assert date_of(read(tmp_path, text).clock.local_day[-1]) == dt.date(2023, 2, 1)


def test_utc_needs_a_place_and_prices_follow_its_clock(tmp_path: Path) -> None:
    text = "time_utc,kwh\n2023-07-01T22:00,1\n2023-07-01T23:00,1"
    found = read(tmp_path, text)
    assert (date_of(found.clock.local_day[0]), found.clock.wall_s[0]) == (dt.date(2023, 7, 2), 0)


def test_a_usual_place_is_taken_for_times_with_an_offset_and_told(tmp_path: Path) -> None:
    how = Reading(usual_timezone="Europe/Paris")
    found = read(tmp_path, table(rows("2023-07-01T00:00", 2), [1, 1]), how)
    assert found.clock.timezone == "Europe/Paris"
    assert "--timezone names another" in found.notes[0]


def test_a_file_may_keep_winter_time_all_year(tmp_path: Path) -> None:
    how = Reading("Europe/Paris", clock="+01:00")
    times = [f"2023-03-26 {h:02d}:00" for h in range(5)]
    found = read(tmp_path, table(times, list(range(5))), how)
    assert (found.clock.wall_s // 3600).tolist() == [0, 1, 3, 4, 5]
    assert found.import_kwh.tolist() == [0, 1, 2, 3, 4]


def test_one_offset_all_year_is_taken_at_its_word_and_told(tmp_path: Path) -> None:
    text = table([f"2023-07-01T{h:02d}:00+01:00" for h in range(4)], [1] * 4)
    found = read(tmp_path, text)
    assert found.clock.wall_s[0] == 3600
    assert "all times say +01:00" in found.notes[0]
    utc = read(tmp_path, text.replace("+01:00", "Z"))
    assert (utc.clock.wall_s[0], utc.notes) == (7200, ())


WALL = {
    "2023-03-26": ["00:00", "00:30", "01:00", "01:30", "03:00", "03:30"],
    "2023-10-29": ["01:00", "01:30", "02:00", "02:30", "02:00", "02:30", "03:00", "03:30"],
}


@pytest.mark.parametrize("date", WALL)
def test_the_nights_of_the_clock_change_are_read_from_the_wall(tmp_path: Path, date: str) -> None:
    times = [f"{date} {wall}" for wall in WALL[date]]
    values = list(range(len(times)))
    wall = read(tmp_path, table(times, values))
    aware = read(tmp_path, table(rows(f"{date}T{WALL[date][0]}", len(times)), values))
    assert wall.import_kwh.tolist() == aware.import_kwh.tolist() == values
    assert wall.clock.time_s.tolist() == aware.clock.time_s.tolist()


@pytest.mark.parametrize("ending", ["02:00", "03:00"])
def test_the_half_hour_before_the_clocks_go_forward_may_end_at_two_or_at_three(
    tmp_path: Path, ending: str
) -> None:
    times = [f"2023-03-26 {wall}" for wall in ("01:00", "01:30", ending, "03:30", "04:00")]
    found = read(tmp_path, table(times, [1, 2, 3, 4, 5], "end,kwh"))
    assert (found.clock.wall_s / 3600).tolist() == [0.5, 1.0, 1.5, 3.0, 3.5]


HOLE = table(rows("2023-01-02T00:00", 4, 60) + rows("2023-01-02T06:00", 2, 60), [1, 1, 1, 2, 5, 5])


@pytest.mark.parametrize(("rule", "filled"), [(Gaps.ZERO, [0, 0]), (Gaps.INTERPOLATE, [3, 4])])
def test_a_gap_is_filled_by_the_rule_that_was_asked_for(
    tmp_path: Path, rule: Gaps, filled: list[float]
) -> None:
    found = read(tmp_path, HOLE, Reading("Europe/Paris", gaps=rule))
    assert found.import_kwh[4:6].tolist() == filled
    assert [(gap.first, gap.last, gap.import_kwh) for gap in found.filled] == [(4, 6, sum(filled))]
    assert found.import_kwh[[3, 6]].tolist() == [2, 5]


def test_the_same_week_is_the_mean_of_a_week_before_and_after_by_the_wall(tmp_path: Path) -> None:
    times = rows("2023-03-12T00:00", 24 * 22 - 1, 60)  # the clocks go forward on the 26th
    values = [float(dt.datetime.fromisoformat(t).hour) for t in times]
    values[24 * 7 + 5] = 9.0  # 05:00 on the 19th
    keep = [k for k, t in enumerate(times) if not t.startswith("2023-03-26T05:00")]
    text = table([times[k] for k in keep], [values[k] for k in keep])
    found = read(tmp_path, text, Reading("Europe/Paris", gaps=Gaps.SAME_WEEK))
    gap = found.filled[0]
    assert (gap.last - gap.first, found.clock.wall_s[gap.first]) == (1, 5 * 3600)
    assert found.import_kwh[gap.first] == pytest.approx((9.0 + 5.0) / 2)


def test_an_empty_cell_is_a_gap_of_that_column_only(tmp_path: Path) -> None:
    times = rows("2023-06-01T12:00", 3)
    text = "time,import_kwh,export_kwh\n" + "\n".join(
        f"{t},{v}" for t, v in zip(times, ["1,2", ",2", "3,NaN"], strict=True)
    )
    found = read(tmp_path, text, Reading("Europe/Paris", gaps=Gaps.ZERO))
    assert found.import_kwh.tolist() == [1, 0, 3]
    assert found.export_kwh.tolist() == [2, 2, 0]
    assert [(gap.first, gap.last) for gap in found.filled] == [(1, 3)]


def test_a_part_of_a_file_can_be_billed_and_the_rest_may_have_gaps(tmp_path: Path) -> None:
    how = Reading("Europe/Paris", first=dt.date(2023, 1, 2), end=dt.date(2023, 1, 3))
    times = rows("2023-01-01T00:00", 72, 60)
    found = read(tmp_path, table(times[:5] + times[9:], [1] * 68), how)
    assert found.clock.steps == 24
    assert {date_of(day) for day in found.clock.local_day} == {dt.date(2023, 1, 2)}
    with pytest.raises(DataError, match="4 rows are missing"):
        read(tmp_path, table(times[:5] + times[9:], [1] * 68))


def test_the_first_and_the_last_date_asked_for_must_be_there(tmp_path: Path) -> None:
    how = Reading("Europe/Paris", first=dt.date(2022, 12, 31), end=dt.date(2023, 1, 3))
    with pytest.raises(DataError, match=r"24 rows are missing .* from 2022-12-31 00:00"):
        read(tmp_path, table(rows("2023-01-01T00:00", 48, 60), [1] * 48), how)


def test_a_file_with_hardly_any_use_asks_for_its_unit(tmp_path: Path) -> None:
    found = read(tmp_path, table(rows("2023-01-01T00:00", 24, 60), [0.3] * 24, "time,w"))
    assert "0.3 W on average" in found.notes[0]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("timezone", "Paris/Europe"),
        ("clock", "winter"),
        ("clock", "+25:00"),
        ("most_kw", 0.0),
        ("end", dt.date(2022, 1, 1)),
    ],
)
def test_a_reading_that_makes_no_sense_is_refused(field: str, value: object) -> None:
    with pytest.raises(ValueError, match=r"timezone|clock|most_kw|period"):
        Reading(**{"first": dt.date(2023, 1, 1), field: value})  # type: ignore[arg-type]
