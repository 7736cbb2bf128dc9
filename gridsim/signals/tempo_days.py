"""The colours that Tempo days really had, built in as facts; later ones come from a file."""

import datetime as dt
import tomllib
from functools import cache
from importlib import resources

import numpy as np

from gridsim.core.clock import date_of, day_number
from gridsim.core.errors import DataError
from gridsim.signals.tempo import Colour, Colours

_UNKNOWN = 255  # no code of a colour


@cache
def real() -> Colours:
    """Return the real colour of each Tempo day from 1 September 2014 to 3 August 2023.

    References
    ----------
    RTE, eCO2mix, Tempo calendar: published each day for the next.
    """
    text = (resources.files("gridsim.signals") / "data" / "tempo_days.toml").read_text("utf-8")
    table = tomllib.loads(text)
    first, last = day_number(table["first"]), day_number(table["last"])
    codes = np.full(last - first + 1, int(Colour.BLUE), dtype=np.uint8)
    for season in (entry for entry in table.values() if isinstance(entry, dict)):
        codes[_places(season["white"], first)] = int(Colour.WHITE)
        codes[_places(season["red"], first)] = int(Colour.RED)
    return Colours(first, codes.tobytes())


def of_days(first: int, end: int, own: Colours | None = None) -> Colours:
    """Return the colours of the days [first, end): those of ``own``, else the real ones.

    Parameters
    ----------
    first, end : int
        Day numbers.
    own : Colours, optional
        Such as the days of a user's file; where both tell, it wins.

    Raises
    ------
    DataError
        If a day is in neither, naming the days.
    """
    codes = np.full(end - first, _UNKNOWN, dtype=np.uint8)
    for table in (real(), own):
        if table is not None:
            begin, stop = max(first, table.first_day), min(end, table.end_day)
            if begin < stop:
                held = np.frombuffer(table.codes, dtype=np.uint8)
                codes[begin - first : stop - first] = held[
                    begin - table.first_day : stop - table.first_day
                ]
    lacking = np.flatnonzero(codes == _UNKNOWN) + first
    if len(lacking):
        raise DataError(
            f"no colour is known of {len(lacking)} Tempo days from {date_of(lacking[0])} to"
            f" {date_of(lacking[-1])}; built in are {_span(real())}"
            + ("" if own is None else f", the file holds {_span(own)}")
        )
    return Colours(first, codes.tobytes())


def _span(table: Colours) -> str:
    """Return the first and the last day of a table in words."""
    return f"{date_of(table.first_day)} to {date_of(table.end_day - 1)}"


def _places(dates: list[dt.date], first: int) -> list[int]:
    """Return how many days after the first each date comes."""
    return [day_number(date) - first for date in dates]
