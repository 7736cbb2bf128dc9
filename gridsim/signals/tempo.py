"""Tempo: a price for blue, white and red days, each told the day before (EDF, France).

A Tempo day runs from 06:00 to 06:00 local time, peak hours 06:00-22:00, off-peak hours 22:00-06:00;
a season runs from 1 September to 31 August with 22 red and 43 white days (validation figure A105).
The colours come from a file, or from a rule that an announcer could really follow.
"""

import calendar
import csv
import datetime as dt
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path

import numpy as np

from gridsim.core.arrays import B1, F8, I8
from gridsim.core.clock import HOUR_S, Clock, date_of, day_number, holidays_of, local_s
from gridsim.core.errors import DataError
from gridsim.signals.notice import Notice

TEMPO_DAY_S = 6 * HOUR_S  # a Tempo day, and its peak hours, begin at 06:00 (A105)
OFF_PEAK_S = 22 * HOUR_S  # off-peak hours begin at 22:00 (A105)
RED_DAYS, WHITE_DAYS = 22, 43  # in a season (A105)


class Colour(IntEnum):
    """Colours of a Tempo day, the codes of :class:`Colours`."""

    BLUE = 0
    WHITE = 1
    RED = 2


_FRENCH = {"BLEU": Colour.BLUE, "BLANC": Colour.WHITE, "ROUGE": Colour.RED}


@dataclass(frozen=True, slots=True)
class Colours:
    """The colour of each day from a first day on; never changes once made.

    Parameters
    ----------
    first_day : int
        Day number of the first Tempo day (days since 1970-01-01).
    codes : bytes
        One :class:`Colour` for each day, in order.
    """

    first_day: int
    codes: bytes

    def __post_init__(self) -> None:
        """Refuse an empty table and codes that are no colours."""
        if not self.codes or max(self.codes) > Colour.RED:
            raise ValueError("codes must hold at least one day, each 0 blue, 1 white or 2 red")

    @property
    def end_day(self) -> int:
        """Day number after the last."""
        return self.first_day + len(self.codes)

    def of(self, days: I8) -> I8:
        """Return the colour of each day, the shape of ``days``; days after the table are blue.

        Raises
        ------
        DataError
            If a day lies before the table.
        """
        if len(days) and int(days.min()) < self.first_day:
            raise DataError(
                f"Tempo colours begin on {date_of(self.first_day)}, but {date_of(int(days.min()))}"
                " is needed (the hours before 06:00 belong to the Tempo day before)"
            )
        table = np.frombuffer(self.codes, dtype=np.uint8).astype(np.int64)
        inside = days < self.end_day
        return np.where(inside, table[np.where(inside, days - self.first_day, 0)], Colour.BLUE)


@dataclass(frozen=True, slots=True)
class Rates:
    """Prices of a day of one colour [currency/kWh].

    Parameters
    ----------
    peak, off_peak : float
        From 06:00 to 22:00, and from 22:00 to 06:00.
    """

    peak: float
    off_peak: float

    def __post_init__(self) -> None:
        """Refuse rates that are no prices."""
        for name, rate in (("peak", self.peak), ("off_peak", self.off_peak)):
            if not 0 <= rate < np.inf:
                raise ValueError(f"{name} must be a number not below 0, got {rate}")


@dataclass(frozen=True, slots=True)
class Tempo:
    """Six prices: by the colour of the day, peak and off-peak.

    Parameters
    ----------
    blue, white, red : Rates
        Prices of the days of each colour. [currency/kWh]
    colours : Colours
        The colour of each day. Days after its end are blue and are never announced.
    announced_h : float
        Local hour of the day before at which the colour is told. 11 is assumed (the grid
        operator publishes at about 10:30). [h]
    """

    blue: Rates
    white: Rates
    red: Rates
    colours: Colours
    announced_h: float = 11.0

    def __post_init__(self) -> None:
        """Refuse an hour that the day before does not have."""
        if not 0 <= self.announced_h < 24:
            raise ValueError(f"announced_h must lie in [0, 24), got {self.announced_h}")

    def price(self, clock: Clock) -> F8:
        """Return the price of each step, shape (t,) [currency/kWh].

        Raises
        ------
        DataError
            If the clock begins before the colours do.
        """
        colour = self.colours.of(tempo_day(clock))
        price: F8 = self._rates()[colour, _peak(clock).astype(np.int64)]
        return price

    def usual(self, clock: Clock) -> F8:
        """Return what each step costs on a blue day, shape (t,) [currency/kWh]."""
        usual: F8 = self._rates()[Colour.BLUE, _peak(clock).astype(np.int64)]
        return usual

    def notices(self, clock: Clock) -> tuple[Notice, ...]:
        """Return the announcement of each Tempo day that the clock touches and the table holds.

        Raises
        ------
        DataError
            If the clock begins before the colours do.
        """
        of_step = tempo_day(clock)
        days = np.arange(of_step[0], min(int(of_step[-1]) + 1, self.colours.end_day))
        codes = self.colours.of(days)
        bounds = np.searchsorted(of_step, np.append(days, days[-1:] + 1))
        second = round(self.announced_h * HOUR_S)
        return tuple(
            Notice(
                local_s(date_of(day - 1), clock.timezone, second),
                int(first), int(last), Colour(code).name.lower(),
            )
            for day, code, first, last in zip(days, codes, bounds, bounds[1:], strict=False)
        )  # fmt: skip

    def off_peak(self, clock: Clock) -> B1:
        """Return whether the off-peak contact is closed (22:00-06:00), shape (t,)."""
        return ~_peak(clock)

    def called(self, clock: Clock) -> B1:
        """Return whether a step is a peak hour of a red day, shape (t,)."""
        called: B1 = _peak(clock) & (self.colours.of(tempo_day(clock)) == Colour.RED)
        return called

    def dear(self, clock: Clock) -> B1:
        """Return whether a step costs more than any hour of a blue day, shape (t,).

        At the prices of 2025 and 2026 these are the peak hours of white and red days.
        """
        dear: B1 = self.price(clock) > max(self.blue.peak, self.blue.off_peak)
        return dear

    def _rates(self) -> F8:
        """Return the prices by colour and (off-peak, peak), shape (3, 2)."""
        days = (self.blue, self.white, self.red)
        return np.array([(day.off_peak, day.peak) for day in days], dtype=np.float64)


def tempo_day(clock: Clock) -> I8:
    """Return the day number of the Tempo day of each step, shape (t,): it turns at 06:00."""
    return clock.local_day - (clock.wall_s < TEMPO_DAY_S)


def day_means(clock: Clock, values: F8) -> tuple[I8, F8]:
    """Return the Tempo days that a clock touches, and the mean of ``values`` over each.

    The first and the last day may hold a few hours only.

    Parameters
    ----------
    clock : Clock
        Time axis.
    values : F8
        Anything, shape (t,), such as the outdoor temperature.

    Returns
    -------
    days, means : I8, F8
        Day numbers and means, both shape (days,): ready for :func:`rule_calendar`.
    """
    of_step = tempo_day(clock)
    place = of_step - of_step[0]
    means = np.bincount(place, weights=values) / np.bincount(place)
    return np.arange(of_step[0], of_step[-1] + 1), means


def read_colours(path: Path) -> Colours:
    """Read the colours from a CSV file with the columns ``date`` and ``colour``.

    Dates are ISO (2022-11-01), one row a day in any order, colours BLEU, BLANC or ROUGE.

    Raises
    ------
    DataError
        If the file cannot be read, or a row makes no sense, or a day is missing or told twice;
        the message names the file, the row and what is allowed.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as failed:
        raise DataError(f"{path}: cannot be read: {failed.strerror}") from failed
    except UnicodeDecodeError as failed:
        raise DataError(f"{path}: is not UTF-8 text (byte {failed.start})") from failed
    rows = csv.reader(text.splitlines())
    header = [name.strip() for name in next(rows, [])]
    if header != ["date", "colour"]:
        raise DataError(f"{path}:1: columns must be date,colour, got {','.join(header)!r}")
    found: dict[int, Colour] = {}
    for row in rows:
        if row:
            day, colour = _read_row(row, f"{path}:{rows.line_num}")
            if day in found:
                raise DataError(f"{path}:{rows.line_num}: {date_of(day)} stands here twice")
            found[day] = colour
    return _table(found, path)


def rule_calendar(
    days: I8,
    score: F8,
    *,
    usual: float = -13.5,
    spread: float = 6.2,
    holidays: frozenset[int] | None = None,
) -> Colours:
    """Choose the colours of days as the grid operator does: from the day, the date and the stock.

    A day is red when its score passes a threshold that falls with the date and with the red days
    still in stock, else white when it passes a second threshold that falls with the date and with
    all coloured days in stock. Red days lie between 1 November and 31 March, never on a weekend
    or a public holiday (so at most 5 follow each other); white days never on a Sunday. What is
    left when only as many days remain is used up, so every full season has exactly 22 red and 43
    white days. Nothing later than the day itself is looked at: the announcer of the day before is
    taken to know the day's own score, nothing more.

    Parameters
    ----------
    days : I8
        Numbers of consecutive days, shape (days,). If the first is not 1 September, the season
        begins with the stock that is usually left on that date (2014-2023).
    score : F8
        How tense each day is, higher for tenser: such as minus its mean temperature, see
        :func:`day_means`. Shape (days,).
    usual, spread : float
        Mean and standard deviation of the score over the years, known beforehand. The defaults
        are those of minus the French national daily mean temperature, March 2017 to March 2022
        (RTE, 13.5 and 6.2 C).
    holidays : frozenset of int, optional
        Day numbers of public holidays; those of France unless given.

    Raises
    ------
    ValueError
        If the days do not follow each other, the score is not one finite number a day, or the
        spread is not positive.

    References
    ----------
    RTE, "Methode de choix des jours Tempo", 2016 (validation figures A105, A106): thresholds on
    the standardised net load of the day. That minus the temperature may stand for it is assumed.
    """
    _check_days(days, score, spread)
    if holidays is None:
        holidays = holidays_of("FR", range(date_of(days[0]).year, date_of(days[-1]).year + 2))
    tension = (np.asarray(score, dtype=np.float64) - usual) / spread
    codes: list[Colour] = []
    while len(codes) < len(days):
        first = int(days[len(codes)])
        codes += _season(first, tension[len(codes) :], holidays)
    return Colours(int(days[0]), bytes(codes))


def _season(first: int, tension: F8, holidays: frozenset[int]) -> list[Colour]:
    """Return the colours from a day to the end of its season, as far as there is a tension."""
    opening, closing = _season_of(first)
    span = np.arange(first, closing)
    weekday = (span + 3) % 7
    date = [date_of(int(day)) for day in span]
    cold = np.array([d.month >= 11 or d.month <= 3 for d in date])
    may_red = cold & (weekday < 5) & ~np.isin(span, list(holidays))
    may_white = weekday != 6
    red_left = np.cumsum(may_red[::-1])[::-1]
    white_left = np.cumsum(may_white[::-1])[::-1]
    red, white = _stock(first)
    red = min(red, int(red_left[0]))
    codes = []
    for k, z in enumerate(tension[: len(span)]):
        day = span[k] - opening + 1
        # RTE, "Methode de choix des jours Tempo", 2016; coefficients as public software quotes it
        over_red = z > 3.15 - 0.010 * day - 0.031 * red
        over_white = z > 4.00 - 0.015 * day - 0.026 * (red + white)
        last_red = red_left[k] <= red
        last_white = white_left[k] <= white  # red days are long past by then
        if may_red[k] and red > 0 and (over_red or last_red):
            colour, red = Colour.RED, red - 1
        elif may_white[k] and white > 0 and (over_white or last_white):
            colour, white = Colour.WHITE, white - 1
        else:
            colour = Colour.BLUE
        codes.append(colour)
    return codes


# Red and white days by month, September to August, 1 September 2014 to 3 August 2023 (RTE)
_RED_MONTHS = (0, 0, 3, 32, 99, 47, 13, 0, 0, 0, 0, 0)
_WHITE_MONTHS = (0, 0, 35, 96, 89, 74, 64, 20, 3, 9, 0, 0)


def _stock(day: int) -> tuple[int, int]:
    """Return the red and white days that are usually left in the morning of a day."""
    date = date_of(day)
    month = (date.month - 9) % 12
    passed = (date.day - 1) / calendar.monthrange(date.year, date.month)[1]
    left = [
        stock * (1 - (sum(used[:month]) + passed * used[month]) / sum(used))
        for stock, used in ((RED_DAYS, _RED_MONTHS), (WHITE_DAYS, _WHITE_MONTHS))
    ]
    return round(left[0]), round(left[1])


def _season_of(day: int) -> tuple[int, int]:
    """Return the first day of a day's season and the first of the next."""
    date = date_of(day)
    year = date.year if date.month >= 9 else date.year - 1
    return day_number(dt.date(year, 9, 1)), day_number(dt.date(year + 1, 9, 1))


def _check_days(days: I8, score: F8, spread: float) -> None:
    """Refuse days and scores that no calendar can be made of."""
    if len(days) == 0 or (np.diff(days) != 1).any():
        raise ValueError("days must hold at least one day and follow each other")
    if np.shape(score) != np.shape(days) or not np.isfinite(score).all():
        raise ValueError("score must hold one finite number for each day")
    if not 0 < spread < np.inf:
        raise ValueError(f"spread must be positive, got {spread}")


def _peak(clock: Clock) -> B1:
    """Return whether a step lies in the peak hours, shape (t,)."""
    peak: B1 = (clock.wall_s >= TEMPO_DAY_S) & (clock.wall_s < OFF_PEAK_S)
    return peak


def _read_row(row: list[str], where: str) -> tuple[int, Colour]:
    """Return the day and the colour of a row of the file."""
    if len(row) != 2:
        raise DataError(f"{where}: a row must hold a date and a colour, got {len(row)} values")
    try:
        day = day_number(dt.date.fromisoformat(row[0].strip()))
    except ValueError as failed:
        raise DataError(f"{where}: date must be like 2022-11-01, got {row[0]!r}") from failed
    colour = _FRENCH.get(row[1].strip().upper())
    if colour is None:
        raise DataError(f"{where}: colour must be BLEU, BLANC or ROUGE, got {row[1]!r}")
    return day, colour


def _table(found: dict[int, Colour], path: Path) -> Colours:
    """Return the days in order, refusing a file with none or with one left out."""
    if not found:
        raise DataError(f"{path}: holds no day")
    days = range(min(found), max(found) + 1)
    missing = [str(date_of(day)) for day in days if day not in found]
    if len(found) != len(days):
        some = ", ".join(missing[:3]) + (", ..." if len(missing) > 3 else "")
        raise DataError(f"{path}: {len(days) - len(found)} days are missing: {some}")
    return Colours(days[0], bytes(found[day] for day in days))
