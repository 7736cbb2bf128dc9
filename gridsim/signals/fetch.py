"""Fetching a typical year of weather from PVGIS, for those who are online.

PVGIS (European Commission, Joint Research Centre) picks each month from the year that is most
like the others. Its rows stand at full hours of UTC. What comes is written as an EPW file of time
zone 0, which :func:`gridsim.signals.weather.read` and other tools understand: the irradiance of a
row is taken as the mean of the hour that it begins, temperature and wind as those of its instant,
which EPW writes at the end of the hour before.
"""

import math
import os
import tempfile
from pathlib import Path
from typing import Any

import numpy as np

from gridsim.core.errors import DataError
from gridsim.signals.weather_table import LIMITS

TIMEOUT_S = 60
"""How long an answer is waited for. [s]"""

_HOURS = 8760
_COLUMNS = {
    "temp_c": "temp_air",
    "ghi_w_m2": "ghi",
    "dni_w_m2": "dni",
    "dhi_w_m2": "dhi",
    "wind_m_s": "wind_speed",
}
# values that EPW files give to columns 7-10, 11-13 and so on when nothing was measured
# (EnergyPlus Auxiliary Programs, EPW data dictionary)
_NO_DEW_POINT, _NO_HUMIDITY, _NO_PRESSURE = "99.9", "999", "999999"
_NO_RADIATION = "9999,9999,9999"
_NO_LIGHT = "999999,999999,999999,9999"
_NO_REST = "99,99,9999,99999,9,999999999,999,.999,999,99,999,999,99"


def fetch(latitude: float, longitude: float, path: Path) -> Path:
    """Save a PVGIS typical year as an EPW file; the file appears whole or not at all.

    Parameters
    ----------
    latitude, longitude : float
        Degrees, north and east positive.
    path : Path
        File to write; an existing one is replaced.

    Returns
    -------
    Path
        The file written.

    Raises
    ------
    ValueError
        If the place is not on the Earth.
    DataError
        If PVGIS cannot be reached, has nothing there, or answers nonsense; if the file cannot be
        written.
    """
    if not (-90.0 <= latitude <= 90.0 and -180.0 <= longitude <= 180.0):
        raise ValueError(
            f"latitude must lie in -90 to 90 and longitude in -180 to 180,"
            f" got {latitude:g}, {longitude:g}"
        )
    data, elevation_m = _ask(latitude, longitude)
    text = _epw(data, latitude, longitude, elevation_m)
    _write(Path(path), text)
    return Path(path)


def _ask(latitude: float, longitude: float) -> tuple[Any, float]:
    """Return PVGIS's table, checked, and the elevation it states."""
    import requests  # noqa: PLC0415  (comes with pvlib; needed by nobody who is offline)
    from pvlib import iotools  # noqa: PLC0415  (a second of import time the CLI must not pay)

    where = f"latitude {latitude:g}, longitude {longitude:g}"
    try:
        answer = iotools.get_pvgis_tmy(latitude, longitude, timeout=TIMEOUT_S)
    except requests.HTTPError as refused:
        raise DataError(f"PVGIS has no typical year for {where}: {refused}") from refused
    except (requests.RequestException, OSError) as offline:
        raise DataError(
            f"PVGIS cannot be reached ({type(offline).__name__}): fetching weather needs the"
            " internet; without it use a built-in place or an EPW, TMY3 or CSV file"
        ) from offline
    except (ValueError, KeyError, TypeError) as odd:
        raise DataError(f"PVGIS gave an answer for {where} that cannot be understood") from odd
    data, meta = answer[0], answer[-1]  # older pvlib gives four parts
    _check(data, where)
    return data, _elevation_m(meta)


def _check(data: Any, where: str) -> None:
    """Refuse an answer that is not a year of sane hours."""
    lacking = [theirs for theirs in _COLUMNS.values() if theirs not in data]
    if lacking or len(data) != _HOURS:
        what = f"no column {lacking[0]!r}" if lacking else f"{len(data)} hours instead of {_HOURS}"
        raise DataError(f"PVGIS gave {what} for {where}")
    for column, theirs in _COLUMNS.items():
        low, high = LIMITS[column]
        values = data[theirs].to_numpy(dtype=np.float64)
        bad = np.flatnonzero(~((values >= low) & (values <= high)))
        if len(bad):
            raise DataError(
                f"PVGIS gave {column} {values[bad[0]]:g} in hour {bad[0]} for {where},"
                f" allowed is {low:g} to {high:g}"
            )


def _elevation_m(meta: Any) -> float:
    """Return the elevation PVGIS states, 0 when it states none."""
    try:
        elevation = float(meta["inputs"]["location"]["elevation"])
    except (KeyError, TypeError, ValueError):
        return 0.0
    return elevation if math.isfinite(elevation) else 0.0


def _epw(data: Any, latitude: float, longitude: float, elevation_m: float) -> str:
    """Return the text of an EPW file."""
    lines = [
        f"LOCATION,PVGIS {latitude:g} {longitude:g},-,-,PVGIS-TMY,-,"
        f"{latitude:g},{longitude:g},0.0,{elevation_m:g}",
        "DESIGN CONDITIONS,0",
        "TYPICAL/EXTREME PERIODS,0",
        "GROUND TEMPERATURES,0",
        "HOLIDAYS/DAYLIGHT SAVINGS,No,0,0,0",
        "COMMENTS 1,Typical year of PVGIS (European Commission Joint Research Centre)",
        "COMMENTS 2,UTC; missing columns hold the codes of the EPW data dictionary",
        "DATA PERIODS,1,1,Data,Sunday,1/1,12/31",
    ]
    columns = {column: data[theirs].to_numpy(np.float64) for column, theirs in _COLUMNS.items()}
    for column in ("temp_c", "wind_m_s"):
        columns[column] = np.roll(columns[column], -1)
    for when, temp, ghi, dni, dhi, wind in zip(data.index, *columns.values(), strict=True):
        lines.append(
            f"{when.year},{when.month},{when.day},{when.hour + 1},60,PVGIS,{temp:.2f},"
            f"{_NO_DEW_POINT},{_NO_HUMIDITY},{_NO_PRESSURE},{_NO_RADIATION},"
            f"{ghi:.1f},{dni:.1f},{dhi:.1f},{_NO_LIGHT},999,{wind:.2f},{_NO_REST}"
        )
    return "\n".join(lines) + "\n"


def _write(path: Path, text: str) -> None:
    """Write beside the file, then rename: there is never half a file."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, beside = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            Path(beside).replace(path)
        except BaseException:
            Path(beside).unlink(missing_ok=True)
            raise
    except OSError as unwritable:
        raise DataError(f"{path}: cannot be written ({unwritable.strerror})") from unwritable
