"""Places: where homes stand, with their clock, country and currency."""

import tomllib
from dataclasses import dataclass
from difflib import get_close_matches
from importlib.resources import files
from types import MappingProxyType
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

LOWEST_M, HIGHEST_M = -450.0, 9000.0
"""Elevations that exist on land: the Dead Sea and the highest summit, rounded outwards. [m]"""


@dataclass(frozen=True, slots=True)
class Place:
    """A point on the Earth and the customs of its country.

    Parameters
    ----------
    name : str
        What people call it.
    latitude, longitude : float
        Degrees, north and east positive.
    elevation_m : float
        Above sea level. [m]
    timezone : str
        IANA name, such as "Europe/Paris".
    country : str or None
        ISO 3166 code whose public holidays count; None has none.
    currency : str
        ISO 4217 code.

    Raises
    ------
    ValueError
        If a field makes no sense.
    """

    name: str
    latitude: float
    longitude: float
    elevation_m: float = 0.0
    timezone: str = "UTC"
    country: str | None = None
    currency: str = "EUR"

    def __post_init__(self) -> None:
        """Refuse what is not on the Earth."""
        if not -90.0 <= self.latitude <= 90.0:
            raise ValueError(f"place.latitude must lie in -90 to 90, got {self.latitude:g}")
        if not -180.0 <= self.longitude <= 180.0:
            raise ValueError(f"place.longitude must lie in -180 to 180, got {self.longitude:g}")
        if not LOWEST_M <= self.elevation_m <= HIGHEST_M:
            raise ValueError(
                f"place.elevation_m must lie in {LOWEST_M:g} to {HIGHEST_M:g},"
                f" got {self.elevation_m:g}"
            )
        try:
            ZoneInfo(self.timezone)
        except (ZoneInfoNotFoundError, ValueError, OSError) as unknown:
            raise ValueError(
                f"place.timezone must be an IANA name such as Europe/Paris, got {self.timezone!r}"
            ) from unknown


def _load() -> dict[str, Place]:
    """Read the places that come with the package."""
    text = files("gridsim.signals").joinpath("data", "places.toml").read_text(encoding="utf-8")
    rows = tomllib.loads(text)["places"]
    return {row["name"].casefold(): Place(**row) for row in rows}


BUILT_IN = MappingProxyType(_load())
"""The places that come with the package, by their name in small letters."""


def names() -> tuple[str, ...]:
    """Return the names of the built-in places."""
    return tuple(place.name for place in BUILT_IN.values())


def find(name: str) -> Place:
    """Return a built-in place by its name, in whatever case.

    Raises
    ------
    ValueError
        If there is no such place; the message lists those there are.
    """
    found = BUILT_IN.get(name.strip().casefold())
    if found is not None:
        return found
    near = get_close_matches(name.strip().casefold(), BUILT_IN, n=1)
    hint = f"; did you mean {BUILT_IN[near[0]].name!r}?" if near else ""
    raise ValueError(f"no built-in place {name!r}, there are {', '.join(names())}{hint}")
