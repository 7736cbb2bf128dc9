"""Weather on the steps of a clock: temperature, sun and wind, from a file or a made-up year.

A typical year knows months, days and hours of local standard time; it is laid onto whatever dates
the period has. Temperature runs straight between its stamps. Irradiance goes to the steps through
the clear-sky index (what was measured over what a clear sky would have given), which runs straight
between the middles of the rows; then each row is scaled so that its energy is kept, and night is
exactly zero. Every step depends only on its own row and the two beside it, so a part of a period
gives the same numbers as the whole.
"""

import math
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from gridsim.core.arrays import F8, I8
from gridsim.core.clock import DAY_S, Clock
from gridsim.core.errors import DataError
from gridsim.signals import sun_path, timed_csv, weather_files
from gridsim.signals.place import Place
from gridsim.signals.sun_path import SAMPLE_S, SunPath
from gridsim.signals.weather_table import Table, first_row_s, rows_at

CALM_M_S = 3.0
"""Wind where a file has none; assumed, a usual yearly mean in western Europe. [m/s]"""

FARTHEST_KM = 300.0
"""How far the site of a file may lie from the place; assumed: the sun is then 15 minutes off."""

_BESIDE = 2  # rows kept on each side of the period
_DIM_W_M2 = (
    10.0  # assumed: below this clear sky the index of a row is noise, its neighbour's serves
)
_BRIGHTEST = 2.0  # assumed: highest clear-sky index that is carried to a neighbouring row
_LOW_SUN = math.sin(math.radians(10.0))  # pvlib.irradiance.dni: zeniths of 80 degrees and more
_LOW_SUN_EXCESS = 1.1  # may exceed the clear-sky beam by this factor at most (same source)


@dataclass(frozen=True, slots=True)
class Weather:
    """The weather of a period on the steps of its clock.

    Parameters
    ----------
    temp_c : F8
        Mean air temperature of each step, shape (t,). [C]
    ghi_w_m2, dni_w_m2, dhi_w_m2 : F8
        Mean global horizontal, beam-normal and diffuse horizontal irradiance, shape (t,). [W/m2]
    wind_m_s : F8
        Mean wind speed, shape (t,). [m/s]
    label : str
        Where it comes from, as results say it.
    synthetic : bool
        True when no instrument ever saw it.
    """

    temp_c: F8
    ghi_w_m2: F8
    dni_w_m2: F8
    dhi_w_m2: F8
    wind_m_s: F8
    label: str
    synthetic: bool


@dataclass(frozen=True, slots=True)
class _Grid:
    """Rows of a table that cover a clock with some beside, and the fine grid under them.

    ``row`` (m,) numbers of rows; ``start_s`` UTC second of the first; ``fine_s`` length of a fine
    step, which divides rows and clock steps alike; ``per_row`` fine steps in a row; ``skip`` fine
    steps between the first inner row (after those beside) and the start of the clock.
    """

    row: I8
    start_s: int
    fine_s: int
    per_row: int
    skip: int


def read(path: Path) -> Table:
    """Read an EPW, TMY3 or CSV weather file; see :mod:`gridsim.signals.weather_files`.

    Raises
    ------
    DataError
        Naming file, line, column, what is wrong and what is allowed.
    """
    return weather_files.read(path)


def on_clock(table: Table, clock: Clock, place: Place, *, synthetic: bool = False) -> Weather:
    """Bring a weather table to the steps of a clock.

    Parameters
    ----------
    table : Table
        What a file holds.
    clock : Clock
        The steps of the period.
    place : Place
        Where the sun is seen from.
    synthetic : bool
        Whether the table was made up.

    Returns
    -------
    Weather
        Horizontal beam, diffuse and global irradiance agree in every step. A step has at most
        what its rows have: energy is lost only in a row with sunshine during which the sun never
        rises.

    Raises
    ------
    DataError
        If a file of real time lacks rows of the period, naming the dates; if a file's site lies
        more than 300 km from the place.
    """
    _check_site(table, place)
    grid = _cover(table, clock)
    inner = len(grid.row) - 2 * _BESIDE
    path = sun_path.samples(grid.start_s, grid.fine_s, len(grid.row) * grid.per_row, place)
    ghi, diffuse = _irradiance(table, grid, path)
    first = grid.start_s + _BESIDE * table.step_s
    middle = first + grid.fine_s * np.arange(inner * grid.per_row, dtype=np.int64)
    temp = _straight(table.series.temp_c, table, grid, middle)
    if table.series.wind_m_s is None:
        wind = np.full(clock.steps, CALM_M_S)
    else:
        wind = _to_steps(_straight(table.series.wind_m_s, table, grid, middle), grid, clock)
    ghi = _to_steps(ghi, grid, clock)
    dni, dhi = _beam(ghi, np.minimum(_to_steps(diffuse, grid, clock), ghi), clock, place)
    return Weather(_to_steps(temp, grid, clock), ghi, dni, dhi, wind, table.label, synthetic)


def _check_site(table: Table, place: Place) -> None:
    """Refuse a file from somewhere else: its days would begin and end at other hours."""
    if table.site is None:
        return
    far_km = _distance_km(table.site, (place.latitude, place.longitude))
    if far_km > FARTHEST_KM:
        raise DataError(
            f"{table.label}: this weather is of {table.site[0]:.2f}, {table.site[1]:.2f},"
            f" {far_km:.0f} km from {place.name} ({place.latitude:.2f}, {place.longitude:.2f});"
            f" allowed is {FARTHEST_KM:g} km"
        )


def _distance_km(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Return the distance along a great circle (haversine) on a sphere of 6,371 km."""
    lat1, lon1, lat2, lon2 = map(math.radians, (*one, *other))
    half = math.sin((lat2 - lat1) / 2) ** 2
    half += math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 2 * 6371.0 * math.asin(math.sqrt(min(half, 1.0)))


def _cover(table: Table, clock: Clock) -> _Grid:
    """Find the rows under a clock, refuse gaps, and choose the fine grid."""
    length, phase = table.step_s, first_row_s(table) % table.step_s
    first = (clock.start_s - phase) // length
    last = -((phase - clock.end_s) // length)
    start_s = phase + (first - _BESIDE) * length
    count = last - first + 2 * _BESIDE
    wanted = start_s + length * np.arange(count, dtype=np.int64)
    row, lacking = rows_at(table, wanted)
    lacking = lacking[(lacking >= _BESIDE) & (lacking < count - _BESIDE)]
    if len(lacking):
        at = np.clip((wanted[lacking] - clock.start_s) // clock.step_s, 0, clock.steps - 1)
        raise DataError(
            f"{table.label}: the weather of {timed_csv.missing_dates(clock.local_day[at])}"
            f" is missing ({len(lacking)} rows of {length} s)"
        )
    fine_s = math.gcd(length, clock.step_s, SAMPLE_S, clock.start_s - start_s)
    skip = (clock.start_s - start_s) // fine_s - _BESIDE * length // fine_s
    return _Grid(row, start_s, fine_s, length // fine_s, skip)


def _irradiance(table: Table, grid: _Grid, path: SunPath) -> tuple[F8, F8]:
    """Return global and diffuse horizontal irradiance of the inner rows on the fine grid."""
    shape = (len(grid.row), grid.per_row)
    clear = path.clear_ghi_w_m2.reshape(shape)
    up = np.maximum(path.up, 0.0).reshape(shape)
    ghi = table.series.ghi_w_m2[grid.row]
    index = _clear_index(ghi, clear.mean(axis=1))
    inner = slice(_BESIDE, -_BESIDE)
    drawn = _between(index, grid.per_row) * clear[inner]
    flat = drawn.mean(axis=1) <= 0.0
    drawn[flat] = up[inner][flat]  # sun without a clear sky to speak of: follow its height
    mean = drawn.mean(axis=1)
    scale = np.divide(ghi[inner], mean, out=np.zeros_like(mean), where=mean > 0.0)
    on_fine = drawn * scale[:, None]
    share = _diffuse_share(table, grid, up)[inner]
    high = up[inner]
    beam = on_fine * (1.0 - share[:, None])
    extra = path.extra_w_m2.reshape(shape)[inner]
    clear_beam = path.clear_dni_w_m2.reshape(shape)[inner]
    most = np.where(high < _LOW_SUN, _LOW_SUN_EXCESS * clear_beam, extra) * high
    diffuse = on_fine - np.minimum(beam, most)
    return on_fine.reshape(-1), diffuse.reshape(-1)


def _clear_index(ghi: F8, clear: F8) -> F8:
    """Return the clear-sky index of each row; a dim row takes that of a bright neighbour."""
    bright = clear > _DIM_W_M2
    index = np.divide(ghi, clear, out=np.zeros_like(ghi), where=bright)
    index = np.minimum(index, _BRIGHTEST)
    after = np.append(index[1:], 0.0)
    before = np.append(0.0, index[:-1])
    return np.where(bright, index, np.where(after > 0.0, after, before))


def _between(index: F8, per_row: int) -> F8:
    """Draw straight lines between the middles of rows, shape (m - 4, per_row)."""
    along = (np.arange(per_row) + 0.5) / per_row
    to_before = np.maximum(0.5 - along, 0.0)
    to_after = np.maximum(along - 0.5, 0.0)
    lines: F8 = (
        index[_BESIDE - 1 : -_BESIDE - 1, None] * to_before
        + index[_BESIDE:-_BESIDE, None] * (1.0 - to_before - to_after)
        + index[_BESIDE + 1 : len(index) - _BESIDE + 1, None] * to_after
    )
    return lines


def _diffuse_share(table: Table, grid: _Grid, up: F8) -> F8:
    """Return the diffuse share of each row: as the file has it, else by Erbs' decomposition.

    Erbs, Klein, Duffie 1982, doi:10.1016/0038-092X(82)90302-4.
    """
    ghi = table.series.ghi_w_m2[grid.row]
    if table.series.dhi_w_m2 is not None:
        diffuse = table.series.dhi_w_m2[grid.row]
    elif table.series.dni_w_m2 is not None:
        diffuse = ghi - table.series.dni_w_m2[grid.row] * up.mean(axis=1)
    else:
        diffuse = _erbs(ghi, grid, table.step_s, up)
    share = np.divide(diffuse, ghi, out=np.ones_like(ghi), where=ghi > 0.0)
    return np.clip(share, 0.0, 1.0)


def _erbs(ghi: F8, grid: _Grid, step_s: int, up: F8) -> F8:
    """Return the diffuse irradiance of rows whose sun stands at its mean height while it is up."""
    from pvlib import irradiance  # noqa: PLC0415  (a second of import time the CLI must not pay)

    lit = np.maximum((up > 0.0).sum(axis=1), 1)
    zenith = np.degrees(np.arccos(np.minimum(up.sum(axis=1) / lit, 1.0)))
    day = (grid.start_s + step_s * np.arange(len(grid.row), dtype=np.int64)) // DAY_S
    dates = day.astype("datetime64[D]")
    day_of_year = (dates - dates.astype("datetime64[Y]")).astype(np.int64) + 1
    parts = irradiance.erbs(ghi, zenith, day_of_year)
    return np.nan_to_num(np.asarray(parts["dhi"], dtype=np.float64))


def _straight(column: F8, table: Table, grid: _Grid, fine_start_s: I8) -> F8:
    """Return a column at the middles of fine steps, on straight lines between its stamps."""
    values = column[grid.row]
    # twice the seconds, so that the middle of a step of odd length is a whole number
    twice = 2 * (fine_start_s - grid.start_s - table.point_s) + grid.fine_s
    left = twice // (2 * table.step_s)
    part = (twice - 2 * table.step_s * left) / (2 * table.step_s)
    drawn: F8 = values[left] * (1.0 - part) + values[left + 1] * part
    return drawn


def _to_steps(fine: F8, grid: _Grid, clock: Clock) -> F8:
    """Return the means over the steps of the clock of values on the fine grid."""
    per_step = clock.step_s // grid.fine_s
    part = fine[grid.skip : grid.skip + clock.steps * per_step]
    if per_step == 1:
        return part.copy()
    return np.asarray(part.reshape(clock.steps, per_step).mean(axis=1))


def _beam(ghi: F8, dhi: F8, clock: Clock, place: Place) -> tuple[F8, F8]:
    """Return the beam that closes the balance in each step's direction, and the diffuse rest."""
    sun = sun_path.directions(clock.start_s, clock.step_s, clock.steps, place)
    up = np.maximum(sun.up, 0.0)
    level = np.maximum(ghi - dhi, 0.0)
    dni = np.divide(level, up, out=np.zeros_like(up), where=up > 0.0)
    dni = np.minimum(dni, sun.extra_w_m2)
    return dni, np.maximum(ghi - dni * up, 0.0)
