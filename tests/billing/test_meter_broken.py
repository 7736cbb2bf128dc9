"""A meter file that is wrong is refused with its lines: all mistakes at once, none guessed away."""

import datetime as dt
import gzip
import re
import tempfile
from collections.abc import Callable
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gridsim.billing import meter
from gridsim.billing.meter import Reading
from gridsim.billing.meter_columns import Unit, Wanted
from gridsim.billing.meter_gaps import Gaps
from gridsim.core.errors import DataError

PARIS = Reading(timezone="Europe/Paris")
META = (
    "Identifiant PRM;Type de donnees;Date de debut;Date de fin;Grandeur physique;"
    "Grandeur metier;Etape metier;Unite;Pas en minutes\n"
    "XXXXXXXXXXXXX;{kind};01/01/2023;{end};Energie active;{way};Comptage Brut;{unit};{step}\n"
    "Horodate;Valeur\n"
)


def linky(kind: str = "Courbe de charge", **said: str) -> str:
    """Return the lines above the rows of an export of Enedis."""
    usual = {"end": "02/01/2023", "way": "Consommation", "unit": "W", "step": ""}
    return META.format(kind=kind, **(usual | said))


def times(start: str, count: int, minutes: int = 30) -> list[str]:
    """Return so many times in Paris with their UTC offset."""
    zone = ZoneInfo("Europe/Paris")
    begin = dt.datetime.fromisoformat(start).replace(tzinfo=zone).timestamp()
    return [
        dt.datetime.fromtimestamp(begin + 60 * minutes * k, zone).isoformat() for k in range(count)
    ]


def plain(rows: list[str], header: str = "time,kwh") -> str:
    return "\n".join([header, *rows])


def day(change: Callable[[list[str]], object] | None = None, header: str = "time,kwh") -> str:
    """Return a day of half hours, line 2 for 00:00, after something was done to its rows."""
    rows = [f"{t},0.25" for t in times("2023-01-02T00:00", 48)]
    if change is not None:
        change(rows)
    return plain(rows, header)


def edit(place: int, text: str) -> Callable[[list[str]], object]:
    return lambda rows: rows.__setitem__(place, text)


def wall(date: str, *hours: str) -> str:
    return plain([f"{date} {hour},1" for hour in hours])


T10 = times("2023-01-02T05:00", 1)[0]  # line 12 of a day
JUNE = times("2023-06-01T00:00", 48, 60)
NIGHT = [f"{t},{int(6 <= k % 24 < 20)},{int(not 6 <= k % 24 < 20)}" for k, t in enumerate(JUNE)]
SOLAR = [f"{t},{int(not 6 <= k % 24 < 20)},{int(6 <= k % 24 < 20)}" for k, t in enumerate(JUNE)]

BROKEN: dict[str, tuple[str | bytes, Reading | None, str]] = {
    "empty": ("", PARIS, "meter.csv: the file is empty"),
    "blank": ("\n \n", PARIS, "meter.csv: the file is empty"),
    "only a mark": (b"\xff\xfe", PARIS, "meter.csv: the file is empty"),
    "a spreadsheet": (b"PK\x03\x04abc", PARIS, "a spreadsheet or a zip archive; save"),
    "bytes": (bytes(range(256)) * 4, PARIS, "meter.csv"),
    "half an archive": (
        gzip.compress(day().encode())[:-20], PARIS, "the gzip file is cut off or damaged: half a"
    ),
    "half of UTF-16": (day().encode("utf-16")[:-1], PARIS, "not utf-16 text .* half a file"),
    "no header": (
        "\n".join(day().splitlines()[1:]), PARIS, r"csv:1: a header line is missing: .*time_utc,kwh"
    ),
    "no column of time": (day(header="when,kwh"), PARIS, "csv:1: no column of time is named"),
    "one column": ("time\n2023-01-01 00:00\n", PARIS, "csv:1: .* no ';', ',' or tab"),
    "no rows": ("time,kwh\n", PARIS, "a header in line 1, but not one row"),
    "one row": (plain([f"{T10},1"]), PARIS, "at least two are needed"),
    "a column twice": (day(header="time,kwh,kwh"), PARIS, "csv:1: column 'kwh' stands there twice"),
    "no values": (day(header="time,price"), PARIS, "csv:1: one column of imports is needed, none"),
    "two imports": (
        plain([f"{T10},1,2"], "time,import_a,import_b"), PARIS, "2 columns could be it; .*--import"
    ),
    "a named column is not there": (
        day(), Reading("Europe/Paris", wanted=Wanted(exports="solar")), "'solar' .--export"
    ),
    "one column for both": (
        day(), Reading("Europe/Paris", wanted=Wanted(None, None, "kwh", "kwh")), "exports both"
    ),
    "no unit": (day(header="time,value"), PARIS, "csv:1: the unit of column 'value' is not known"),
    "apparent power": (
        linky(unit="VA") + "2023-01-01T00:30:00+01:00;5", None, "'va' is neither power nor energy"
    ),
    "no clock": (
        wall("2023-01-02", "00:00", "01:00"), None, "csv:2: .* no UTC offset, .*--timezone Europe"
    ),
    "UTC without a place": (
        plain(["2023-01-02T00:00,1"], "time_utc,kwh"), None, "not where the home is: say --timezone"
    ),
    "a gap": (
        day(lambda rows: rows.__delitem__(slice(10, 13))), PARIS,
        r"csv:12: 3 rows are missing .* 2023-01-02 05:00 to 2023-01-02 06:30\n.*--gaps zero",
    ),
    "an empty cell": (day(edit(10, f"{T10},")), PARIS, "csv:12: a row is missing or empty here"),
    "a row twice": (
        day(lambda rows: rows.insert(11, rows[10])), PARIS,
        "csv:13: repeats line 12, same time and same value",
    ),
    "a row contradicted": (
        day(lambda rows: rows.insert(11, f"{T10},0.5")), PARIS,
        r"csv:13: contradicts line 12: the same time with other values \(0.25 and 0.5\)",
    ),
    "rows out of order": (
        day(lambda rows: rows.append(rows.pop(10))), PARIS, "csv:49: lies before the rows above"
    ),
    "rows backwards": (day(lambda rows: rows.reverse()), PARIS, "csv:3: rows run backwards"),
    "a time in the hole of spring": (
        wall("2023-03-26", "01:00", "01:30", "02:00", "02:30", "03:00"), PARIS,
        r"csv:4: 2023-03-26 02:00 is a time that the clock of Europe/Paris skips.*\n"
        r".*csv:5: 2023-03-26 02:30 .*\n.*--clock \+01:00",
    ),
    "the hour of autumn once": (
        wall("2023-10-29", "01:00", "02:00", "03:00", "04:00"), PARIS,
        r"csv:4: a row is missing .*; the hour that comes twice that night stands there once",
    ),
    "the hour of autumn interleaved": (
        wall("2023-10-29", "01:30", "02:00", "02:00", "02:30", "02:30", "03:00"), PARIS,
        "csv:6: repeats line 5",
    ),
    "offsets of nowhere": (
        day(edit(10, "2023-01-02T09:00:00+05:00,0.25")), PARIS,
        "csv:12: 2023-01-02T09:00:00.05:00 has another UTC offset than the clock of Europe/Paris",
    ),
    "summer time in winter": (
        day(edit(10, "2023-01-02T06:00:00+02:00,0.25")), PARIS, "csv:12: .* another UTC offset"
    ),
    "some offsets": (
        day(edit(10, "2023-01-02T05:00,0.25")), PARIS, "csv:12: .* has no UTC offset, other rows"
    ),
    "negative": (
        day(edit(10, f"{T10},-0.5")), PARIS, "csv:12: kwh: -0.5 is negative; what is fed in needs"
    ),
    "absurd": (
        day(edit(10, f"{T10},80")), PARIS, r"csv:12: 80 kWh in 30 min are 160 kW; .*\n.*\(--unit\)"
    ),
    "a wrong unit": (
        day(), Reading("Europe/Paris", wanted=Wanted(unit=Unit.KW), most_kw=0.2),
        "csv:2: 0.125 kWh in 30 min are 0.25 kW",
    ),
    "text in a number": (day(edit(10, f"{T10},abc")), PARIS, "csv:12: kwh: 'abc' is not a number"),
    "thousands": (
        plain([f"{t};1.234,5" for t in times("2023-01-01T00:00", 3)], "time;wh"), PARIS,
        "csv:2: wh: '1.234,5' is not a number",
    ),
    "infinite": (day(edit(10, f"{T10},inf")), PARIS, "csv:12: kwh: 'inf' is not a number"),
    "two decimal marks": (
        plain(["2023-01-01 00:00;0.5", "2023-01-01 01:00;0,5"], "time;kwh"), PARIS,
        "csv:3: kwh: '0,5' has the decimal mark ',', above it is '.'",
    ),
    "a decimal comma between commas": (
        day(edit(10, f"{T10},0,25")), PARIS, "csv:12: 3 cells, the header has 2; .*decimal comma"
    ),
    "a time that is none": (
        day(edit(10, "2023-01-32T05:00,0.25")), PARIS, "csv:12: '2023-01-32T05:00' is not a time"
    ),
    "dates without a time": (
        plain(["2023-01-01,1", "2023-01-02,1"], "date,kwh"), PARIS, "csv:2: .* without a time"
    ),
    "day or month": (
        wall("01/02/2023", "00:00", "01:00"), PARIS, "csv:2: .* could be day/month or month/day"
    ),
    "days": (
        plain([f"{t},8" for t in times("2023-01-01T00:00", 5, 1440)]), PARIS, "are 1440 min apart"
    ),
    "steps of 35 minutes": (
        plain([f"{t},1" for t in times("2023-01-01T00:00", 5, 35)]), PARIS, "must divide an hour"
    ),
    "mixed steps": (
        plain([f"{t},1" for t in times("2023-01-01T00:00", 20) + times("2023-01-01T10:00", 9, 60)]),
        PARIS, "csv:23: from here to line 30 rows are 60 min apart, elsewhere 30 min; .* split it",
    ),
    "a row off the grid": (
        day(lambda rows: rows.insert(11, f"{T10.replace('05:00:00', '05:14:10')},0.1")), PARIS,
        "csv:13: 2023-01-02 05:14 lies 850 s after the row above, but rows are 30 min apart",
    ),
    "another step than it says": (
        linky(step="60") + "\n".join(f"{t};5" for t in times("2023-01-01T00:30", 48)), None,
        "says that rows are 60 min long, but they are 30 min apart",
    ),
    "readings of a register": (
        plain([f"{t},{12_345 + k / 4}" for k, t in enumerate(times("2023-01-01T00:00", 48))]),
        PARIS, "csv:2: the imports only ever rise, over 48 rows: these are readings of a register",
    ),
    "a young register": (
        plain([f"{t},{k / 4}" for k, t in enumerate(times("2023-01-01T00:00", 200))]), PARIS,
        "readings of a register",
    ),
    "time and value swapped": (
        plain([f"0.25,{t}" for t in times("2023-01-01T00:00", 3)]), PARIS,
        "csv:2: column 'kwh' holds times and column 'time' holds '0.25': the columns look swapped",
    ),
    "imports and exports swapped": (
        plain(NIGHT, "time,import_kwh,export_kwh"), PARIS, "csv:2: at night the home feeds in and"
    ),
    "half a row": (
        day() + "\n2023-01-0", PARIS, "csv:50: 1 cells, the header has 2; the last row is cut off"
    ),
    "half of what the header says": (
        linky(end="01/02/2023") + "\n".join(f"{t};5" for t in times("2023-01-01T00:30", 48)), None,
        r"csv:51: the rows end on 2023-01-02, the header says 2023-02-01: half a file\?",
    ),
    "what was fed in": (
        linky(way="Production") + "2023-01-01T00:30:00+01:00;5", None, "csv:2: .*'production'"
    ),
    "daily maxima": (
        linky("Puissance maximale quotidienne") + "2023-01-01T00:30:00+01:00;5", None,
        "csv:2: the rows are of 'puissance_maximale_quotidienne'",
    ),
    "two series": (
        "Grandeur métier;Horodate;Valeur\nCONS;2023-01-01 00:30;5\nPROD;2023-01-01 00:30;5", None,
        "csv:3: Grandeur métier is 'PROD', in the rows above 'CONS'",
    ),
    "a quote that never ends": (day(edit(10, f'"{T10},0.25')), PARIS, "cannot be cut into cells"),
    "no numbers at all": (
        plain([f"{t}," for t in times("2023-01-01T00:00", 3)]),
        Reading("Europe/Paris", gaps=Gaps.ZERO), "a column holds no number at all",
    ),
    "a gap and no other week": (
        day(edit(10, f"{T10},")), Reading("Europe/Paris", gaps=Gaps.SAME_WEEK),
        "no week tells what 2023-01-02 05:00 was like",
    ),
    "a period that is not there": (
        day(), Reading("Europe/Paris", first=dt.date(2024, 1, 1)), "no row of the period"
    ),
}  # fmt: skip


def refused(folder: Path, content: str | bytes, how: Reading | None) -> str:
    path = folder / "meter.csv"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    with pytest.raises(DataError) as refusal:
        meter.read(path, how)
    return str(refusal.value)


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_file_is_refused_with_its_message(tmp_path: Path, name: str) -> None:
    content, how, message = BROKEN[name]
    found = refused(tmp_path, content, how)
    assert re.search(message, found), found


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"nothing\.csv: there is no such file"):
        meter.read(tmp_path / "nothing.csv", PARIS)


def test_the_files_are_whole_before_they_are_broken(tmp_path: Path) -> None:
    path = tmp_path / "meter.csv"
    for content, how in (
        (day(), PARIS),
        (linky() + "\n".join(f"{t};5" for t in times("2023-01-01T00:30", 48)), None),
        (plain(SOLAR, "time,import_kwh,export_kwh"), PARIS),
    ):
        path.write_text(content, "utf-8")
        assert meter.read(path, how).filled == ()


def test_mistakes_of_all_kinds_are_told_at_once_and_the_rest_counted(tmp_path: Path) -> None:
    def spoil(rows: list[str]) -> None:
        for place in range(12, 30):
            rows[place] = rows[place].replace("0.25", "-1")
        rows[5] = rows[5].replace("0.25", "abc")
        rows[8] = rows[8].replace("0.25", "500")
        del rows[2:4]

    found = refused(tmp_path, day(spoil), PARIS).splitlines()
    told = [line.split("meter.csv", 1)[-1] for line in found]
    assert told[0].startswith(":4: 2 rows are missing")
    assert told[1] == ":5: kwh: 'abc' is not a number"
    assert told[2].startswith(":8: 500 kWh in 30 min are 1000 kW")
    assert [line.split(":")[1] for line in told[3:10]] == ["12", "13", "14", "15", "16", "17", "18"]
    assert told[10] == ": and 11 more mistakes"
    assert "--gaps" in "".join(found[11:])
    assert "--unit" in "".join(found[11:])


def test_a_swap_that_the_user_names_is_believed(tmp_path: Path) -> None:
    path = tmp_path / "meter.csv"
    path.write_text(plain(NIGHT, "time,import_kwh,export_kwh"), "utf-8")
    named = Wanted(imports="import_kwh", exports="export_kwh")
    assert meter.read(path, Reading("Europe/Paris", wanted=named)).export_kwh[0] == 1


@settings(max_examples=60)
@given(place=st.integers(1, 46), count=st.integers(1, 3), twice=st.booleans())
def test_no_row_can_be_lost_or_repeated_without_a_word(place: int, count: int, twice: bool) -> None:
    rows = day().splitlines()
    last = min(place + 1 + count, 48)
    some = rows[place + 1 : last]
    rows[place + 1 : last] = some * 2 if twice else []
    with tempfile.TemporaryDirectory() as folder:
        assert refused(Path(folder), "\n".join(rows), PARIS)


@settings(max_examples=150)
@given(
    place=st.integers(0, 1400),
    length=st.integers(0, 40),
    junk=st.sampled_from([b"", b";", b",", b'"', b"\n", b"\0", b"\xff", b"-", b"9", b"T", b"\x85"]),
    encoding=st.sampled_from(["utf-8", "utf-16", "latin-1"]),
)
def test_a_spoiled_file_is_read_or_refused_but_never_crashes(
    place: int, length: int, junk: bytes, encoding: str
) -> None:
    raw = bytearray(day().encode(encoding))
    raw[place : place + length] = junk
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "meter.csv"
        path.write_bytes(bytes(raw))
        try:
            found = meter.read(path, PARIS)
        except DataError:
            return
        assert found.import_kwh.min() >= 0
        assert found.clock.steps in (47, 48)
