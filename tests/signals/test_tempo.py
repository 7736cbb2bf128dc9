"""Tempo days run from six to six, are told the day before, and fill their season exactly."""

import csv
import datetime as dt
import gzip
import os
from collections import Counter
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gridsim.core import chance
from gridsim.core.clock import Clock, date_of, day_number, holidays_of, local_s, make_clock
from gridsim.core.errors import DataError
from gridsim.signals import tempo
from gridsim.signals.tempo import Colour, Colours, Rates, Tempo

BLUE, WHITE, RED = Colour.BLUE, Colour.WHITE, Colour.RED
NEEDS_DATA = pytest.mark.skipif("GRIDSIM_DATA" not in os.environ, reason="GRIDSIM_DATA is not set")


def number(iso: str) -> int:
    return day_number(dt.date.fromisoformat(iso))


def paris(start: str, days: int = 1, minutes: int = 15) -> Clock:
    first = dt.date.fromisoformat(start)
    return make_clock(first, first + dt.timedelta(days), minutes, "Europe/Paris", "FR")


def plan(first: str, *codes: int) -> Tempo:
    """Return Tempo at the prices of 2026 with the colours of a few days."""
    table = Colours(number(first), bytes(codes))
    return Tempo(Rates(0.1612, 0.1325), Rates(0.1871, 0.1499), Rates(0.7060, 0.1575), table)


def winters(seed: int, first: str, last: str) -> tuple[np.ndarray, np.ndarray]:
    """Return days and minus the temperature: a year's wave and noise that remembers."""
    days = np.arange(number(first), number(last))
    noise = chance.uniforms(seed, chance.question("test", "tempo"), days)[:, 0] * 14 - 7
    for k in range(1, len(noise)):
        noise[k] = 0.8 * noise[k - 1] + 0.6 * noise[k]
    phase = np.array([date_of(int(day)).timetuple().tm_yday for day in days]) - 20
    return days, -(13.5 - 8.0 * np.cos(2 * np.pi * phase / 365.25) + noise)


def check_rules(days: np.ndarray, codes: np.ndarray, holidays: frozenset[int]) -> None:
    """Check where colours may stand (A105)."""
    weekday = (days + 3) % 7
    month = np.array([date_of(int(day)).month for day in days])
    red = codes == RED
    assert not (red & (weekday >= 5)).any()
    assert not (red & np.isin(days, list(holidays))).any()
    assert not (red & (month > 3) & (month < 11)).any()
    assert not ((codes == WHITE) & (weekday == 6)).any()
    runs = "".join("r" if is_red else "." for is_red in red).split(".")
    assert max(map(len, runs)) <= 5


def seasons(days: np.ndarray, codes: np.ndarray) -> dict[int, Counter]:
    """Return the number of days of each colour by the year in which the season begins."""
    found: dict[int, Counter] = {}
    for day, code in zip(days, codes, strict=True):
        date = date_of(int(day))
        found.setdefault(date.year - (date.month < 9), Counter())[int(code)] += 1
    return found


def test_the_quarter_before_six_belongs_to_yesterdays_colour():
    clock = paris("2026-01-13")
    price = plan("2026-01-12", RED, BLUE).price(clock)
    assert clock.wall_s[23] == 5 * 3600 + 45 * 60
    assert price[23] == 0.1575
    assert price[24] == 0.1612


def test_six_prices_follow_colour_and_hour():
    price = plan("2026-01-11", BLUE, WHITE, RED, BLUE).price(paris("2026-01-12", 3, 60))
    assert price[[3, 6, 21, 22]].tolist() == [0.1325, 0.1871, 0.1871, 0.1499]
    assert price[[29, 30, 45, 46, 53]].tolist() == [0.1499, 0.7060, 0.7060, 0.1575, 0.1575]
    assert price[[54, 70]].tolist() == [0.1612, 0.1325]


def test_usual_is_the_blue_price_of_the_hour():
    clock = paris("2026-01-12", 2)
    red, blue = plan("2026-01-11", RED, RED, RED), plan("2026-01-11", BLUE, BLUE, BLUE)
    assert (red.usual(clock) == blue.price(clock)).all()


@pytest.mark.parametrize(
    ("date", "off_peak", "before_six"), [("2026-03-29", 28, 20), ("2026-10-25", 36, 28)]
)
def test_days_of_23_and_25_hours_follow_the_wall_clock(date, off_peak, before_six):
    clock = paris(date)
    yesterday = (dt.date.fromisoformat(date) - dt.timedelta(1)).isoformat()
    tariff = plan(yesterday, WHITE, RED)
    assert np.count_nonzero(tariff.off_peak(clock)) == off_peak
    assert np.count_nonzero(tariff.price(clock) == 0.1499) == before_six
    assert np.count_nonzero(tariff.called(clock)) == 64


def test_called_is_red_by_day_and_dear_is_dearer_than_any_blue_hour():
    clock = paris("2026-01-12", 3, 60)
    tariff = plan("2026-01-11", BLUE, WHITE, RED, BLUE)
    assert tariff.called(clock).nonzero()[0].tolist() == list(range(30, 46))
    assert tariff.dear(clock).nonzero()[0].tolist() == [*range(6, 22), *range(30, 46)]


def test_a_colour_is_told_at_eleven_the_day_before():
    clock = paris("2026-01-13", 1, 60)
    told = plan("2026-01-12", WHITE, RED).notices(clock)
    assert [(n.first, n.last, n.label) for n in told] == [(0, 6, "white"), (6, 24, "red")]
    eleven = [local_s(dt.date(2026, 1, day), "Europe/Paris", 11 * 3600) for day in (11, 12)]
    assert [n.published_s for n in told] == eleven
    assert told[1].published_s == clock.start_s - 13 * 3600


def test_the_announcement_keeps_the_wall_clock_over_the_change():
    told = plan("2026-03-27", BLUE, BLUE, BLUE, BLUE).notices(paris("2026-03-28", 3))
    hours = [n.published_s % 86_400 // 3600 for n in told]
    assert hours == [10, 10, 10, 9]


def test_notices_cover_each_step_once_in_order():
    clock = paris("2026-03-20", 20)
    told = plan("2026-03-19", *([BLUE, WHITE] * 11)).notices(clock)
    assert told[0].first == 0
    assert told[-1].last == clock.steps
    assert all(a.last == b.first for a, b in pairwise(told))
    assert all(a.published_s < b.published_s for a, b in pairwise(told))


def test_every_step_is_told_before_it_starts():
    clock = paris("2026-03-20", 20)
    for told in plan("2026-03-19", *([RED] * 21)).notices(clock):
        assert told.published_s < clock.time_s[told.first]


def test_days_after_the_table_are_blue_and_never_announced():
    clock = paris("2026-01-12", 3, 60)
    tariff = plan("2026-01-11", RED, RED)
    assert (tariff.price(clock)[30:] == tariff.usual(clock)[30:]).all()
    assert tariff.notices(clock)[-1].last == 30
    assert plan("2025-01-01", RED).notices(clock) == ()


def test_a_day_before_the_table_is_missing_data():
    with pytest.raises(DataError, match="begin on 2026-01-12, but 2026-01-11 is needed"):
        plan("2026-01-12", RED).price(paris("2026-01-12"))
    with pytest.raises(DataError, match="2026-01-11"):
        plan("2026-01-12", RED).notices(paris("2026-01-12"))


def test_a_longer_period_starts_like_the_shorter_one():
    tariff = plan("2026-01-11", *([BLUE, RED, WHITE] * 5))
    short, long = paris("2026-01-12", 4), paris("2026-01-12", 9)
    assert (tariff.price(long)[: short.steps] == tariff.price(short)).all()


def test_tempos_that_are_none_are_refused():
    with pytest.raises(ValueError, match=r"^codes"):
        Colours(0, b"")
    with pytest.raises(ValueError, match=r"^codes"):
        Colours(0, bytes([3]))
    with pytest.raises(ValueError, match=r"^peak"):
        Rates(-0.1, 0.1)
    with pytest.raises(ValueError, match=r"^off_peak"):
        Rates(0.1, float("nan"))
    with pytest.raises(ValueError, match=r"^announced_h"):
        Tempo(Rates(1, 1), Rates(1, 1), Rates(1, 1), Colours(0, b"\0"), announced_h=24)


def test_day_means_are_taken_from_six_to_six():
    clock = paris("2026-01-12", 2, 60)
    days, means = tempo.day_means(clock, np.arange(48.0))
    assert days.tolist() == [number(f"2026-01-{day}") for day in (11, 12, 13)]
    assert means.tolist() == [2.5, 17.5, 38.5]


# The rule


@pytest.mark.parametrize("seed", range(12))
def test_every_full_season_has_22_red_and_43_white_days(seed):
    days, score = winters(seed, "2014-09-01", "2024-09-01")
    codes = tempo.rule_calendar(days, score).of(days)
    for year, count in seasons(days, codes).items():
        blue = 301 if year % 4 == 3 else 300
        assert (count[RED], count[WHITE], count[BLUE]) == (22, 43, blue)
    check_rules(days, codes, holidays_of("FR", range(2014, 2025)))


@pytest.mark.parametrize("tension", [-1e6, -3.0, 0.0, 3.0, 1e6])
@pytest.mark.parametrize("slope", [-0.02, 0.0, 0.02])
def test_the_season_is_exact_whatever_the_weather(tension, slope):
    days = np.arange(number("2022-09-01"), number("2023-09-01"))
    score = -13.5 + 6.2 * (tension + slope * np.arange(len(days)))
    codes = tempo.rule_calendar(days, score).of(days)
    assert np.bincount(codes).tolist() == [300, 43, 22]
    check_rules(days, codes, holidays_of("FR", range(2022, 2024)))


@pytest.mark.unwatched
@settings(max_examples=25, deadline=None)
@given(
    start=st.dates(dt.date(2018, 1, 1), dt.date(2022, 1, 1)),
    length=st.integers(1, 500),
    shift=st.floats(-20, 20),
)
def test_part_of_a_season_keeps_the_rules(start, length, shift):
    days, score = winters(5, "2017-09-01", "2024-01-01")
    part = slice(day_number(start) - days[0], day_number(start) - days[0] + length)
    codes = tempo.rule_calendar(days[part], score[part] + shift).of(days[part])
    check_rules(days[part], codes, holidays_of("FR", range(2018, 2025)))
    for count in seasons(days[part], codes).values():
        assert count[RED] <= 22
        assert count[WHITE] <= 43


@pytest.mark.parametrize("cut", [1, 70, 130, 200, 300, 400])
def test_the_rule_has_no_foresight(cut):
    days, score = winters(3, "2021-09-01", "2023-09-01")
    whole = tempo.rule_calendar(days, score).of(days)
    other = np.where(np.arange(len(days)) < cut, score, 30 - score)
    assert (tempo.rule_calendar(days, other).of(days[:cut]) == whole[:cut]).all()
    assert (tempo.rule_calendar(days[:cut], score[:cut]).of(days[:cut]) == whole[:cut]).all()


def test_coloured_days_are_the_tense_ones():
    days, score = winters(1, "2014-09-01", "2024-09-01")
    codes = tempo.rule_calendar(days, score).of(days)
    blue, white, red = (score[codes == colour].mean() for colour in Colour)
    assert blue + 3 < white < red


def test_a_warm_winter_spends_its_red_days_at_the_end_of_march():
    days = np.arange(number("2022-09-01"), number("2023-09-01"))
    codes = tempo.rule_calendar(days, np.full(len(days), -40.0)).of(days)
    red = days[codes == RED]
    assert date_of(int(red[-1])) == dt.date(2023, 3, 31)
    assert date_of(int(red[0])) == dt.date(2023, 3, 2)  # 22 working days before


def test_a_mid_winter_start_has_the_stock_that_is_usually_left():
    days = np.arange(number("2023-02-15"), number("2023-04-01"))
    always = tempo.rule_calendar(days, np.full(len(days), 50.0)).of(days)
    # by hand: 194 red days, 13 in March and half of February's 47 come after 14 February
    assert np.count_nonzero(always == RED) == round(22 * (13 + 47 * 14 / 28) / 194)


def test_the_scale_of_the_score_is_given():
    days, score = winters(2, "2022-09-01", "2023-09-01")
    kelvin = tempo.rule_calendar(days, 10 * (score - 273.15), usual=-2866.5, spread=62.0)
    assert kelvin == tempo.rule_calendar(days, score)


def test_other_holidays_can_be_given():
    days, score = winters(2, "2022-09-01", "2023-09-01")
    no_mondays = frozenset(int(day) for day in days if (day + 3) % 7 == 0)
    codes = tempo.rule_calendar(days, score, holidays=no_mondays).of(days)
    assert np.count_nonzero(codes == RED) == 22
    assert not ((codes == RED) & np.isin(days, list(no_mondays))).any()


def test_calendars_of_nothing_are_refused():
    days = np.arange(3)
    with pytest.raises(ValueError, match=r"^days"):
        tempo.rule_calendar(np.array([1, 3]), np.zeros(2))
    with pytest.raises(ValueError, match=r"^days"):
        tempo.rule_calendar(days[:0], np.zeros(0))
    with pytest.raises(ValueError, match=r"^score"):
        tempo.rule_calendar(days, np.zeros(2))
    with pytest.raises(ValueError, match=r"^score"):
        tempo.rule_calendar(days, np.array([0, np.nan, 0]))
    with pytest.raises(ValueError, match=r"^spread"):
        tempo.rule_calendar(days, np.zeros(3), spread=0.0)


# The file


def write(folder: Path, *rows: str, header: str = "date,colour") -> Path:
    path = folder / "colours.csv"
    path.write_text("\n".join((header, *rows)) + "\n", encoding="utf-8")
    return path


def test_a_file_is_read_in_any_order(tmp_path):
    path = write(tmp_path, "2022-11-02,ROUGE", "2022-11-01,BLEU", "", "2022-11-03, blanc ")
    assert tempo.read_colours(path) == Colours(number("2022-11-01"), bytes([BLUE, RED, WHITE]))


def test_a_byte_order_mark_is_no_matter(tmp_path):
    path = write(tmp_path, "2022-11-02,ROUGE")
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert tempo.read_colours(path).codes == bytes([RED])


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        (["2022-11-01,VERT"], r"colours.csv:2: colour must be BLEU, BLANC or ROUGE, got 'VERT'"),
        (["2022-11-01,BLEU", "01/11/2022,BLEU"], r"colours.csv:3: date must be like 2022-11-01"),
        (["2022-02-30,BLEU"], r"colours.csv:2: date must be like"),
        (["2022-11-01,BLEU", "2022-11-01,BLEU"], r"colours.csv:3: 2022-11-01 stands here twice"),
        (["2022-11-01,BLEU", "2022-11-03,BLEU"], r"colours.csv: 1 days are missing: 2022-11-02$"),
        (["2022-11-01,BLEU", "2023-11-01,BLEU"], r"364 days are missing: .*11-04, \.\.\.$"),
        (["2022-11-01,BLEU,1"], r"colours.csv:2: a row must hold a date and a colour, got 3"),
        ([], r"colours.csv: holds no day"),
    ],
)
def test_a_broken_file_is_refused_with_its_row(tmp_path, rows, message):
    with pytest.raises(DataError, match=message):
        tempo.read_colours(write(tmp_path, *rows))


def test_wrong_columns_are_refused(tmp_path):
    with pytest.raises(DataError, match=r"colours.csv:1: columns must be date,colour, got 'day'"):
        tempo.read_colours(write(tmp_path, header="day"))
    (tmp_path / "empty.csv").touch()
    with pytest.raises(DataError, match="columns must be date,colour"):
        tempo.read_colours(tmp_path / "empty.csv")


def test_a_file_that_is_no_text_is_refused(tmp_path):
    path = write(tmp_path, "2022-11-01,BLEU")
    path.write_bytes(path.read_bytes() + "é".encode("latin-1"))
    with pytest.raises(DataError, match="is not UTF-8 text"):
        tempo.read_colours(path)


def test_a_missing_file_is_refused(tmp_path):
    with pytest.raises(DataError, match=r"nowhere.csv: cannot be read: No such file"):
        tempo.read_colours(tmp_path / "nowhere.csv")


# The real calendar


def real_colours() -> Colours:
    folder = Path(os.environ["GRIDSIM_DATA"]) / "edf_tempo_calendar"
    return tempo.read_colours(folder / "tempo_2014-09_2023-08.csv")


@pytest.mark.data
@NEEDS_DATA
def test_the_real_calendar_keeps_the_rules():
    """The exceptions of 2019/20 and 2021/22 are those of the notes on the data."""
    real = real_colours()
    assert len(real.codes) == 3259
    days = np.arange(real.first_day, real.end_day)
    codes = real.of(days)
    check_rules(days, codes, holidays_of("FR", range(2014, 2024)))
    exact = {y: (c[RED], c[WHITE]) for y, c in seasons(days, codes).items()}
    assert exact.pop(2019) == (18, 47)
    assert exact.pop(2021) == (22, 42)
    assert exact == dict.fromkeys((2014, 2015, 2016, 2017, 2018, 2020, 2022), (22, 43))


@pytest.mark.data
@NEEDS_DATA
def test_the_usual_months_of_colours_are_those_of_the_real_calendar():
    real = real_colours()
    days = np.arange(real.first_day, real.end_day)
    codes = real.of(days)
    place = np.array([(date_of(int(day)).month - 9) % 12 for day in days])
    for colour, months in ((RED, tempo._RED_MONTHS), (WHITE, tempo._WHITE_MONTHS)):
        assert np.bincount(place[codes == colour], minlength=12).tolist() == list(months)


@pytest.mark.unwatched
@pytest.mark.data
@NEEDS_DATA
def test_the_rule_on_the_national_temperature_finds_most_red_days():
    """Four seasons from 2017: temperature alone, without wind, sun and day of the week."""
    file = Path(os.environ["GRIDSIM_DATA"]) / "fr_enduse_profiles" / "Temp_FR_2017_2022.csv.gz"
    sums: dict[int, list[float]] = {}
    with gzip.open(file, "rt") as rows:
        for row in csv.DictReader(rows, delimiter=";"):
            time = dt.datetime.strptime(row["Date"], "%d/%m/%Y %H:%M") - dt.timedelta(hours=6)
            sums.setdefault(day_number(time.date()), []).append(float(row["Temperature"]))
    days = np.arange(number("2017-09-01"), number("2021-09-01"))
    score = np.array([-np.mean(sums[int(day)]) for day in days])
    ruled, real = tempo.rule_calendar(days, score).of(days), real_colours().of(days)
    both = np.count_nonzero((ruled == RED) & (real == RED))
    assert both / np.count_nonzero(ruled == RED) > 0.6
    coloured = np.count_nonzero((ruled != BLUE) & (real != BLUE))
    assert coloured / np.count_nonzero(ruled != BLUE) > 0.75
