"""The files of named tariffs as tables, without numpy: a scenario must be refused quickly.

Every file holds the tariffs of a country, ``[name-year]`` each, and a table ``[sources]``: a source
that begins with ``@key`` stands for the text of that key, so that a list of ten prices from one
page names the page once.
"""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Any

COUNTRIES: Mapping[str, str] = MappingProxyType(
    {
        "france": "France",
        "germany": "Germany",
        "uk": "United Kingdom",
        "spain": "Spain",
        "belgium": "Belgium",
        "norway": "Norway",
        "ireland": "Ireland",
        "ontario": "Ontario",
        "california": "California",
        "japan": "Japan",
    }
)
"""Name for people by file, in the order in which tariffs are listed."""

_KEY = "@"


@cache
def tables() -> Mapping[str, Mapping[str, Any]]:
    """Return the table of each named tariff, with its ``country`` (for people) beside its keys.

    Raises
    ------
    ValueError
        If two files name the same tariff, or a source is not among those of its file.
    """
    found: dict[str, Mapping[str, Any]] = {}
    for file, country in COUNTRIES.items():
        read = tomllib.loads(
            resources.files("gridsim.signals")
            .joinpath("data", "tariffs", f"{file}.toml")
            .read_text("utf-8")
        )
        sources = read.pop("sources", {})
        twice = sorted(set(found) & set(read))
        if twice:
            raise ValueError(f"{file}.toml: {twice[0]} is named twice")
        for name, entry in read.items():
            found[name] = told(entry, sources) | {"country": country}
    return MappingProxyType(found)


def told(entry: Any, sources: Mapping[str, str]) -> Any:
    """Return a table with every short source written out.

    Raises
    ------
    ValueError
        If a source is not among those that there are.
    """
    if isinstance(entry, list):
        return [told(one, sources) for one in entry]
    if not isinstance(entry, dict):
        return entry
    whole = {key: told(value, sources) for key, value in entry.items()}
    said = whole.get("source")
    if isinstance(said, str) and said.startswith(_KEY):
        key, colon, more = said.removeprefix(_KEY).partition(":")
        if key not in sources:
            raise ValueError(f"source {said!r} is not among {', '.join(sorted(sources))}")
        whole["source"] = sources[key] + (f";{more}" if colon else "")
    return whole
