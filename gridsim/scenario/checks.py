"""What the fields of a scenario share: settings, types, and the checks of single values."""

import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Annotated, Any, Literal, TypeAlias, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
)
from pydantic.config import JsonDict

from gridsim.scenario import names
from gridsim.scenario.positions import Path
from gridsim.scenario.problems import Problem, meant, one_of, refusal, shown, unknown

CONFIG = ConfigDict(frozen=True, extra="forbid", strict=True, allow_inf_nan=False, defer_build=True)
EARLIEST, LATEST = dt.date(1971, 1, 1), dt.date(2100, 1, 1)
FILES = (("place", "weather"), ("place", "carbon"), ("signals", "tempo_colours"),
         ("signals", "tempo_load"))  # fmt: skip
"""Tables and keys that may name a file."""
REAL = "real"
"""In the place of a file of Tempo colours: the days that are built in."""
SERIES = "series"
"""Key of a tariff that may name a file."""
FOLDER = ("output", "folder")
"""Table and key that name the folder of the run."""
Table = TypeVar("Table", bound=BaseModel)
_TIME = r"((?:[01][0-9]|2[0-3]):[0-5][0-9]|24:00)"
_SPAN = re.compile(f"{_TIME}-{_TIME}")
_MOMENT = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")

Share: TypeAlias = Annotated[float, Field(ge=0, le=1)]
PerMwh: TypeAlias = Annotated[float, Field(ge=0.01, le=20)]
Rate: TypeAlias = Annotated[float, Field(ge=0, le=1000)]
Feed: TypeAlias = Annotated[float, Field(ge=-1000, le=1000)]
Charge: TypeAlias = Annotated[float, Field(ge=0)]
Text: TypeAlias = Annotated[str, StringConstraints(min_length=1)]
ArmName: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[a-z0-9_-]+$")]
Currency: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]
CODE: JsonDict = {"x-words": 'an ISO code of three letters such as "EUR"'}
"""What messages call a currency."""
Channel: TypeAlias = Literal["bill", "letter", "text", "app", "display"]
DayType: TypeAlias = Literal["weekday", "saturday", "sunday", "holiday"]


def known(what: str, options: Callable[[], tuple[str, ...]]) -> AfterValidator:
    """Return the check that a name is one of those that exist."""

    def check(value: str) -> str:
        if value not in options():
            raise refusal(Problem((), unknown(what, value, options())))
        return value

    return AfterValidator(check)


def span(value: str) -> str:
    """Refuse what is not a span of the day."""
    found = _SPAN.fullmatch(value)
    if found is None or found[1] == found[2] or found[1] == "24:00" or found[2] == "00:00":
        text = 'must be a part of the day such as "06:00-22:00" or "22:00-06:00", up to 24:00'
        raise refusal(Problem((), f"{text}, got {shown(value)}"))
    return value


def moment(value: str) -> str:
    """Refuse what is not a time of day."""
    if _MOMENT.fullmatch(value) is None:
        text = f'must be a time of day such as "13:00", to 23:59, got {shown(value)}'
        raise refusal(Problem((), text))
    return value


def zone(value: str) -> str:
    """Refuse an unknown time zone, naming only the closest: there are 600."""
    if value not in names.timezones():
        hint = meant(value, names.timezones())
        text = f'unknown time zone "{value}"; an IANA name such as "Europe/Paris" is wanted{hint}'
        raise refusal(Problem((), text))
    return value


def some(values: tuple[Any, ...]) -> tuple[Any, ...]:
    """Refuse an empty list."""
    if not values:
        raise refusal(Problem((), "needs at least one entry, got an empty list"))
    return values


def an_arm(arms: dict[str, Any]) -> dict[str, Any]:
    """Refuse a scenario without arms."""
    if not arms:
        raise refusal(Problem((), "needs at least one arm: a table such as [arms.flat]"))
    return arms


def whole(value: object) -> object:
    """Refuse what only equals a whole number: 15.0 and true are not steps."""
    if value is not None and type(value) is not int:
        raise refusal(Problem((), f"must be a whole number, got {shown(value)}"))
    return value


def valid(table: Table) -> Table:
    """Refuse a table of prices that end before they hold."""
    first, last = getattr(table, "valid_from", None), getattr(table, "valid_until", None)
    if first is not None and last is not None and last < first:
        text = f"must not lie before valid_from, which is {first}, got {last}"
        raise refusal(Problem(("valid_until",), text))
    return table


def weather(value: str) -> str:
    """Refuse a bare word that is not the one there is: a file has a dot or a folder in its name."""
    if value != "typical" and not is_file(value):
        hint = meant(value, ["typical"])
        text = f'must be "typical" or a weather file, got {shown(value)}{hint}'
        raise refusal(Problem((), text))
    return value


def is_file(value: str) -> bool:
    """Tell whether a text names a file rather than something built in."""
    return any(sign in value for sign in "./:\\")


def series(value: str) -> str:
    """Refuse a bare word that is not the one there is."""
    if value != "synthetic" and not is_file(value):
        hint = meant(value, ["synthetic"])
        text = f'must be "synthetic" or a CSV file of prices, got {shown(value)}{hint}'
        raise refusal(Problem((), text))
    return value


def file_keys(tables: Mapping[str, Any]) -> list[Path]:
    """Return the paths of the keys of a scenario's tables that may name a file and are texts."""
    arms = tables.get("arms")
    named = arms if isinstance(arms, Mapping) else {}
    series = [
        ("arms", name, "tariff", *path)
        for name in named
        for path in _series(held(tables, ("arms", name, "tariff")))
    ] + [
        ("arms", name, "calls", *path)
        for name in named
        for path in _series(held(tables, ("arms", name, "calls")), (SERIES, "file"))
    ]
    told = [(path, held(tables, path)) for path in (*FILES, *series)]
    return [path for path, value in told if isinstance(value, str) and value != REAL]


def _series(here: Any, keys: tuple[str, ...] = (SERIES,)) -> Iterator[Path]:
    """Yield where the tables and lists of a tariff or of calls hold a series."""
    if isinstance(here, Mapping):
        for key, value in here.items():
            yield from ((key, *path) for path in ([()] if key in keys else _series(value, keys)))
    elif isinstance(here, list):
        for number, value in enumerate(here):
            yield from ((number, *path) for path in _series(value, keys))


def held(tables: Mapping[str, Any], path: Path) -> Any:
    """Return what nested tables and lists hold under a path, None for nothing."""
    here: Any = tables
    for part in path:
        if isinstance(part, int):
            here = here[part] if isinstance(here, list) and part < len(here) else None
        else:
            here = here.get(part) if isinstance(here, Mapping) else None
    return here


def country(value: str) -> str:
    """Refuse a country whose holidays are not known."""
    if value not in names.countries():
        close = f'; did you mean "{value.upper()}"?' if value.upper() in names.countries() else ""
        text = f'unknown country "{value}"; a two-letter ISO code such as "FR" is wanted{close}'
        raise refusal(Problem((), text))
    return value


def carbon(value: object) -> object:
    """Refuse what is neither a country code, a file nor a number of grams."""
    if isinstance(value, str):
        if not is_file(value) and value not in names.carbon_countries():
            text = unknown("country", value, names.carbon_countries())
            raise refusal(Problem((), f"{text} (a file or a number in g/kWh will do too)"))
        return value
    number = isinstance(value, int | float) and not isinstance(value, bool)
    if value is not None and not (number and 0 <= value <= 3000):  # type: ignore[operator]
        text = 'must be a number from 0 to 3000 in g/kWh, a country such as "FR" or a file'
        raise refusal(Problem((), f"{text}, got {shown(value)}"))
    return value


def kind_of(value: Any) -> str | None:
    """Return which of the alternatives a value means to be."""
    if isinstance(value, str):
        return "name"
    kind = value.get("kind") if isinstance(value, dict) else getattr(value, "kind", None)
    return kind if isinstance(kind, str) else None


def kinds(what: str, *kinds: str, lists: bool = False) -> BeforeValidator:
    """Return the check that a value is a name, a table of a known kind or, if so, a list."""

    def check(value: object) -> object:
        if isinstance(value, str | BaseModel) or (lists and isinstance(value, list | tuple)):
            return value
        if not isinstance(value, dict):
            raise refusal(Problem((), f"must be {what}, got {shown(value)}"))
        if "kind" not in value:
            text = f"is missing; it must be one of {one_of(kinds)}"
            raise refusal(Problem(("kind",), text))
        if value["kind"] not in kinds:
            kind = value["kind"]
            text = f"must be one of {one_of(kinds)}, got {shown(kind)}{meant(kind, kinds)}"
            raise refusal(Problem(("kind",), text))
        return value

    return BeforeValidator(check)
