"""Weather as a file holds it: rows of equal length with their own clock, before any step."""

from dataclasses import dataclass

import numpy as np

from gridsim.core.arrays import F8, I8
from gridsim.core.errors import DataError

LIMITS = {
    "temp_c": (-90.0, 60.0),  # lowest and highest air temperatures measured: -89.2, 56.7 (WMO)
    "ghi_w_m2": (-10.0, 1600.0),  # night offsets of instruments; cloud-edge peaks pass 1361
    "dni_w_m2": (-10.0, 1500.0),
    "dhi_w_m2": (-10.0, 1000.0),
    "wind_m_s": (0.0, 115.0),  # strongest gust measured 113 (WMO)
}
"""Lowest and highest value that is believed, by column."""

LEAP_DAYS = 366
_MONTH_STARTS = np.array([0, 31, 60, 91, 121, 152, 182, 213, 244, 274, 305, 335])


@dataclass(frozen=True, slots=True)
class Series:
    """Columns of a weather table, shape (n,); None for a column the file does not have.

    Parameters
    ----------
    temp_c : F8
        Air temperature. [C]
    ghi_w_m2 : F8
        Mean global horizontal irradiance over the row. [W/m2]
    dni_w_m2, dhi_w_m2 : F8 or None
        Mean beam-normal and diffuse horizontal irradiance over the row. [W/m2]
    wind_m_s : F8 or None
        Wind speed. [m/s]
    """

    temp_c: F8
    ghi_w_m2: F8
    dni_w_m2: F8 | None
    dhi_w_m2: F8 | None
    wind_m_s: F8 | None


@dataclass(frozen=True, slots=True)
class Table:
    """A weather file, checked.

    Parameters
    ----------
    label : str
        What to call it in results.
    typical : bool
        True: 366 x 24 rows of no particular year in local standard time. False: rows of real time.
    step_s : int
        Length of a row. [s]
    offset_s : int
        Local standard time minus UTC of a typical year. [s]
    point_s : int
        Seconds after the start of its row at which a temperature holds. [s]
    start_s : I8
        UTC second at which each row starts, rising, gaps allowed; empty for a typical year.
    series : Series
        The columns.
    site : tuple of float or None
        Latitude and longitude as the file states them. [degrees]
    """

    label: str
    typical: bool
    step_s: int
    offset_s: int
    point_s: int
    start_s: I8
    series: Series
    site: tuple[float, float] | None


def leap_day(month: I8, day: I8) -> I8:
    """Return the day of a leap year, 0 to 365, of a month 1-12 and a day of the month."""
    return np.asarray(_MONTH_STARTS[month - 1] + day - 1, dtype=np.int64)


def leap_day_of(local_day: I8) -> I8:
    """Return the day of a leap year, 0 to 365, of days since 1970-01-01."""
    dates = local_day.astype("datetime64[D]")
    months = dates.astype("datetime64[M]")
    month = months.astype(np.int64) % 12 + 1
    return leap_day(month, (dates - months).astype(np.int64) + 1)


def first_row_s(table: Table) -> int:
    """Return a UTC second at which a row starts; all others lie whole rows away."""
    return -table.offset_s if table.typical else int(table.start_s[0])


def rows_at(table: Table, start_s: I8) -> tuple[I8, I8]:
    """Return the row for each wanted start, and the places in ``start_s`` that the file lacks.

    A place that is lacking gets the nearest row, so that the edges of a period have neighbours.
    """
    if table.typical:
        wall = start_s + table.offset_s
        day = wall // 86_400
        hour = (wall - 86_400 * day) // 3600
        return leap_day_of(day) * 24 + hour, np.zeros(0, dtype=np.int64)
    right = np.searchsorted(table.start_s, start_s)
    high = np.minimum(right, len(table.start_s) - 1)
    low = np.maximum(right - 1, 0)
    nearer = start_s - table.start_s[low] < table.start_s[high] - start_s
    row = np.where(nearer, low, high)
    return row.astype(np.int64), np.flatnonzero(table.start_s[row] != start_s)


def check_limits(name: str, column: str, values: F8, lines: I8) -> None:
    """Refuse the first value that is not a number or not believed.

    Parameters
    ----------
    name : str
        File, for the message.
    column : str
        Key of ``LIMITS``.
    values : F8
        Shape (n,).
    lines : I8
        Line of the file that each value stands on, shape (n,).

    Raises
    ------
    DataError
        Naming file, line, column, value and what is allowed.
    """
    low, high = LIMITS[column]
    bad = np.flatnonzero(~((values >= low) & (values <= high)))
    if len(bad):
        value = values[bad[0]]
        said = "no number" if np.isnan(value) else f"{value:g}"
        more = f" ({len(bad)} such rows)" if len(bad) > 1 else ""
        raise DataError(
            f"{name}:{lines[bad[0]]}: {column}: {said}, allowed is {low:g} to {high:g}{more}"
        )
