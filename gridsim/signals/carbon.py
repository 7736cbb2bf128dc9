"""Carbon intensity of electricity: what a kWh causes on average, and at the margin.

The mean of the grid says how clean a country's electricity is; the marginal plant says what
shifting a kWh changes. A study of shifting should report both.
"""

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

import numpy as np

from gridsim.core.arrays import F8
from gridsim.core.clock import HOUR_S, Clock
from gridsim.core.errors import DataError
from gridsim.signals import timed_csv

HIGHEST_G_KWH = 3000.0
"""Highest intensity that is believed; assumed: twice that of the worst lignite plants. [g/kWh]"""

COLUMN = "g_per_kwh"
"""Column of a CSV file that holds the intensity, beside ``time`` or ``time_utc``."""


@dataclass(frozen=True, slots=True)
class _Facts:
    """The contents of carbon.toml: (12, 24) means, constants and marginal constants by country."""

    profiles: dict[str, F8]
    constants: dict[str, float]
    marginal: dict[str, float]


def countries() -> tuple[str, ...]:
    """Return the ISO codes of the countries whose intensity is built in."""
    facts = _facts()
    return (*facts.profiles, *facts.constants)


def intensity(source: str | float | Path, clock: Clock) -> F8:
    """Return the mean carbon intensity of electricity for each step.

    Parameters
    ----------
    source : str, float or Path
        ISO code of a country (month and local hour of 2020 for FR, GB, DE; a constant for others),
        a number [g/kWh], or a CSV file with the columns ``time`` (with UTC offsets) or
        ``time_utc``, and ``g_per_kwh``, whose rows cover the period.
    clock : Clock
        The steps of the period.

    Returns
    -------
    F8
        Shape (t,). [gCO2e/kWh]

    Raises
    ------
    ValueError
        If the country is not built in, or the number makes no sense.
    DataError
        If the file is missing or wrong or does not cover the period.
    """
    if isinstance(source, Path):
        return _from_csv(source, clock)
    if isinstance(source, str):
        return _of_country(source, clock)
    if not 0.0 <= source <= HIGHEST_G_KWH:
        raise ValueError(f"carbon must lie in 0 to {HIGHEST_G_KWH:g} g/kWh, got {source:g}")
    return np.full(clock.steps, float(source))


def marginals() -> tuple[str, ...]:
    """Return the countries whose marginal intensity is built in."""
    return tuple(_facts().marginal)


def marginal(country: str) -> float:
    """Return what one more kWh causes in a country. [gCO2e/kWh]

    Raises
    ------
    ValueError
        If the country is not built in.
    """
    known = _facts().marginal
    if country not in known:
        raise ValueError(f"no marginal carbon intensity for {country!r}, there are {_said(known)}")
    return known[country]


def _of_country(country: str, clock: Clock) -> F8:
    """Return the built-in intensity of a country."""
    facts = _facts()
    if country in facts.profiles:
        hour = clock.wall_s // HOUR_S
        return np.asarray(facts.profiles[country][clock.month - 1, hour])
    if country in facts.constants:
        return np.full(clock.steps, facts.constants[country])
    raise ValueError(
        f"no carbon intensity for country {country!r}, there are {_said(countries())};"
        " or give a number [g/kWh] or a CSV file"
    )


def _said(names: dict[str, float] | tuple[str, ...]) -> str:
    """Return names in a row."""
    return ", ".join(sorted(names))


@lru_cache(maxsize=1)
def _facts() -> _Facts:
    """Read the facts that come with the package."""
    text = files("gridsim.signals").joinpath("data", "carbon.toml").read_text(encoding="utf-8")
    raw = tomllib.loads(text)
    return _Facts(
        {code: np.array(row["g_per_kwh"]) for code, row in raw["profiles"].items()},
        {code: float(row["g_per_kwh"]) for code, row in raw["constants"].items()},
        {code: float(row["g_per_kwh"]) for code, row in raw["marginal"].items()},
    )


def _from_csv(path: Path, clock: Clock) -> F8:
    """Return a file's intensity: the mean over each step of rows that are steps themselves."""
    name = str(path)
    table = timed_csv.parse(timed_csv.read_text(path), name, (COLUMN,))
    values = table.columns[COLUMN]
    bad = np.flatnonzero(~((values >= 0.0) & (values <= HIGHEST_G_KWH)))
    if len(bad):
        said = "no number" if np.isnan(values[bad[0]]) else f"{values[bad[0]]:g}"
        raise DataError(
            f"{name}:{table.lines[bad[0]]}: {COLUMN}: {said}, allowed is 0 to {HIGHEST_G_KWH:g}"
        )
    return timed_csv.means(table, COLUMN, clock, name)
