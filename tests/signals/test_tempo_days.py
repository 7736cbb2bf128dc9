"""The built-in Tempo days are the published ones, and days that nobody knows are named."""

import datetime as dt
import os
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from gridsim.core.clock import date_of, day_number
from gridsim.core.errors import DataError
from gridsim.signals import tempo, tempo_days
from gridsim.signals.tempo import Colour, Colours

NEEDS_DATA = pytest.mark.skipif("GRIDSIM_DATA" not in os.environ, reason="GRIDSIM_DATA is not set")


def number(iso: str) -> int:
    return day_number(dt.date.fromisoformat(iso))


@NEEDS_DATA
def test_the_built_in_days_are_those_of_the_published_calendar() -> None:
    folder = Path(os.environ["GRIDSIM_DATA"]) / "edf_tempo_calendar"
    assert tempo_days.real() == tempo.read_colours(folder / "tempo_2014-09_2023-08.csv")


def test_the_seasons_hold_their_days() -> None:
    real = tempo_days.real()
    assert (real.first_day, real.end_day) == (number("2014-09-01"), number("2023-08-04"))
    dates = [date_of(day) for day in range(real.first_day, real.end_day)]
    seasons = [date.year - (date.month < 9) for date in dates]
    red = Counter(s for s, code in zip(seasons, real.codes, strict=True) if code == Colour.RED)
    white = Counter(s for s, code in zip(seasons, real.codes, strict=True) if code == Colour.WHITE)
    assert red == dict.fromkeys(range(2014, 2023), 22) | {2019: 18}
    assert white == dict.fromkeys(range(2014, 2023), 43) | {2019: 47, 2021: 42}


def test_no_weekend_was_red_and_no_sunday_white() -> None:
    real = tempo_days.real()
    days = np.arange(real.first_day, real.end_day)
    weekday, codes = (days + 3) % 7, real.of(days)
    assert not (weekday[codes == Colour.RED] >= 5).any()
    assert not (weekday[codes == Colour.WHITE] == 6).any()


def test_the_first_red_day_of_the_last_season_is_red() -> None:
    day = number("2022-12-08")
    assert tempo_days.of_days(day, day + 1).codes == bytes([Colour.RED])


def test_own_days_go_on_where_the_built_in_ones_end_and_win_where_both_tell() -> None:
    own = Colours(number("2023-08-03"), bytes([Colour.RED, Colour.WHITE]))
    found = tempo_days.of_days(number("2023-08-02"), number("2023-08-05"), own)
    assert found.codes == bytes([Colour.BLUE, Colour.RED, Colour.WHITE])


def test_own_days_need_not_touch_the_built_in_ones() -> None:
    own = Colours(number("2025-01-01"), bytes([Colour.RED, Colour.BLUE]))
    found = tempo_days.of_days(number("2025-01-01"), number("2025-01-03"), own)
    assert found == own


def test_days_that_nobody_knows_are_named() -> None:
    with pytest.raises(DataError, match=r"of 2 Tempo days from 2023-08-04 to 2023-08-05; built in"):
        tempo_days.of_days(number("2023-08-03"), number("2023-08-06"))
    own = Colours(number("2024-01-01"), bytes([Colour.BLUE]))
    with pytest.raises(DataError, match="the file holds 2024-01-01 to 2024-01-01"):
        tempo_days.of_days(number("2024-01-01"), number("2024-01-03"), own)
