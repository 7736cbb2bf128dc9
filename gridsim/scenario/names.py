"""The names that a scenario may use for places, tariffs, towns and countries, asked for lazily.

A scenario must be refused within a fraction of a second, so the tariffs are read off the files that
hold them: the records of their room bring numpy and the holiday calendars.
"""

from functools import cache

from gridsim.signals import price_lists


@cache
def places() -> tuple[str, ...]:
    """Return the names of the built-in places."""
    from gridsim.signals import place  # noqa: PLC0415  (kept out of the start-up path)

    return tuple(place.names())


def money(place: str) -> str:
    """Return the ISO code of the money of a built-in place."""
    from gridsim.signals import place as places  # noqa: PLC0415

    return places.find(place).currency


@cache
def tariffs() -> tuple[str, ...]:
    """Return the names of the built-in tariffs."""
    return tuple(price_lists.tables())


@cache
def tariffs_by_country() -> dict[str, tuple[tuple[str, str], ...]]:
    """Return the built-in tariffs of each country: name, and label with currency and dates."""
    found: dict[str, tuple[tuple[str, str], ...]] = {}
    for name, entry in price_lists.tables().items():
        until = entry.get("valid_until")
        dates = f"from {entry['valid_from']}" + (f" to {until}" if until else "")
        told = f"{entry['label']} [{entry['currency']}, {dates}]"
        found[entry["country"]] = (*found.get(entry["country"], ()), (name, told))
    return found


@cache
def plain_tariffs() -> tuple[str, ...]:
    """Return the names of the built-in tariffs that critical prices can be put on."""
    plain = ("flat", "time_of_use")
    return tuple(name for name, entry in price_lists.tables().items() if entry["kind"] in plain)


def currency(tariff: str) -> str:
    """Return the ISO code of the money that a built-in tariff is in."""
    return str(price_lists.tables()[tariff]["currency"])


def quoted_with_taxes(name: str) -> bool:
    """Tell whether the prices of a named tariff have all taxes in them."""
    return bool(price_lists.tables()[name].get("taxes_included", False))


def takes_series(tariff: str) -> bool:
    """Tell whether the prices of a built-in tariff follow a series."""
    return bool(price_lists.tables()[tariff]["kind"] == "dynamic")


def takes_hours(tariff: str) -> bool:
    """Tell whether the off-peak hours of a built-in tariff differ by place."""
    return "off_peak_hours" in price_lists.tables()[tariff]


@cache
def baselines() -> tuple[str, ...]:
    """Return the names of the baselines that a rebate can be settled against."""
    from gridsim.programmes import methods  # noqa: PLC0415

    return tuple(methods.METHODS)


@cache
def towns() -> tuple[str, ...]:
    """Return the names of the population presets."""
    from gridsim.population import presets  # noqa: PLC0415

    return tuple(presets.PRESETS)


@cache
def attributes(*kinds: str) -> tuple[str, ...]:
    """Return the attributes of homes of some kinds: WORD, FLAG, COUNT, NUMBER."""
    from gridsim.population.attributes import ATTRIBUTES  # noqa: PLC0415

    return tuple(name for name, one in ATTRIBUTES.items() if one.kind.name in kinds)


def attribute_kind(name: str) -> str | None:
    """Return the kind of an attribute of homes, None if there is none of the name."""
    from gridsim.population.attributes import ATTRIBUTES  # noqa: PLC0415

    return ATTRIBUTES[name].kind.name if name in ATTRIBUTES else None


def attribute_words(name: str) -> tuple[str, ...]:
    """Return the words that an attribute of homes can be."""
    from gridsim.population.attributes import ATTRIBUTES  # noqa: PLC0415

    return ATTRIBUTES[name].words


@cache
def groupings() -> tuple[str, ...]:
    """Return by what homes can be grouped."""
    known = attributes("WORD", "FLAG", "COUNT", "NUMBER")
    return ("heating", "fuel", *(name for name in known if name != "heating"))


@cache
def groups_of(name: str, bounds: tuple[float, ...]) -> int:
    """Return how many groups an attribute makes, or numbers that are cut at bounds."""
    from gridsim.population.attributes import group_names  # noqa: PLC0415

    return (
        3 if name == "heating" else len(group_names("heating" if name == "fuel" else name, bounds))
    )


@cache
def countries() -> tuple[str, ...]:
    """Return the ISO codes of the countries whose public holidays are known."""
    import holidays  # noqa: PLC0415

    return tuple(sorted(holidays.list_supported_countries()))


@cache
def carbon_countries() -> tuple[str, ...]:
    """Return the ISO codes of the countries with a built-in carbon intensity."""
    from gridsim.signals import carbon  # noqa: PLC0415

    return tuple(carbon.countries())


@cache
def timezones() -> tuple[str, ...]:
    """Return the names of the time zones."""
    import zoneinfo  # noqa: PLC0415

    return tuple(sorted(zoneinfo.available_timezones()))
