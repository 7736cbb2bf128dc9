"""What a scenario says of what its run keeps: groups, end uses, loads of single homes.

Groups and filters go by the columns of ``homes.parquet``. ``heating`` as a group is the three kinds
that the model knows (not electric, resistance, heat pump); ``fuel`` is the words of the column.
"""

import math
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Annotated, Any, Literal, Self, TypeAlias, TypeVar

from pydantic import BaseModel, BeforeValidator, Field, ValidationError, model_validator

from gridsim.scenario import checks, names
from gridsim.scenario.problems import Problem, explain, meant, one_of, refusal, shown, unknown

if TYPE_CHECKING:
    from gridsim.core.arrays import I8
    from gridsim.population.attributes import Asked

HEATING, FUEL = "heating", "fuel"
PLAIN = (HEATING, "income", "house", "none")
"""Groups that need no look at the attributes."""
MOST_GROUPS = 15
"""Most groups; a row of sums more is for the homes that have an arm's tariff."""
USES = (
    "cold", "standby", "light", "cooking", "screens", "small",
    "wet", "hot_water", "heating", "cooling", "ev", "other",
)  # fmt: skip
"""End uses, in the order in which series keep them."""
BYTES = {"int16": 1.3, "float32": 2.7}
"""On the disk for each value of a home: measured on 8,192 homes of France in January."""

Minutes: TypeAlias = Annotated[Literal[1, 5, 10, 15, 30, 60], BeforeValidator(checks.whole)]
Flow: TypeAlias = Literal["net", "import", "export"]
Number: TypeAlias = int | float
Table = TypeVar("Table", bound=BaseModel)


class Cut(BaseModel):
    """Groups by an attribute; numbers are cut at bounds."""

    model_config = checks.CONFIG

    attribute: str
    """A column of homes.parquet, "fuel", "pv" or "battery"."""
    bounds: Annotated[tuple[float, ...], Field(strict=False)] = ()
    """Where numbers are cut, rising: [50, 80] makes below 50, 50 to 80 and from 80 on."""

    @model_validator(mode="after")
    def _fitting(self) -> Self:
        if self.attribute not in names.groupings():
            text = unknown("attribute", self.attribute, names.groupings())
            raise refusal(Problem(("attribute",), text))
        counted = self.attribute in names.attributes("COUNT", "NUMBER")
        if self.bounds and not counted:
            text = f"is for numbers; {self.attribute} has words of its own"
            raise refusal(Problem(("bounds",), text, at_key=True))
        if self.attribute in names.attributes("NUMBER") and not self.bounds:
            text = f"is missing: {self.attribute} is a measurement, to be cut at such as [50, 80]"
            raise refusal(Problem(("bounds",), text))
        if any(not low < high for low, high in pairwise(self.bounds)):
            raise refusal(Problem(("bounds",), "must rise from bound to bound"))
        return self


class Limits(BaseModel):
    """Within what limits a number must lie."""

    model_config = checks.CONFIG

    at_least: float | None = None
    """Lowest value."""
    below: float | None = None
    """Value that it must not reach."""


Wanted: TypeAlias = bool | str | Number | Limits | tuple[str | Number, ...]
"""What an attribute must be."""


def _read(model: type[Table], value: object, path: tuple[str | int, ...] = ()) -> Table:
    """Return a table as its record, what is wrong told by the path from here."""
    try:
        return model.model_validate(value)
    except ValidationError as refused:
        found = explain(refused.errors(include_url=False), model)
        raise refusal(*(replace(one, path=(*path, *one.path)) for one in found)) from None


def _groups(value: object) -> object:
    """Return groups as a word, a table, or several that are crossed."""
    if isinstance(value, list | tuple):
        if not value:
            raise refusal(Problem((), 'is empty; "none" makes no groups'))
        return tuple(_group(one, (place,)) for place, one in enumerate(value))
    return _group(value, (), whole=True)


def _group(value: object, path: tuple[str | int, ...], *, whole: bool = False) -> str | Cut:
    """Return one attribute to group by; ``whole`` if it may be the word for no groups."""
    if isinstance(value, Cut):
        return value
    if isinstance(value, Mapping):
        return _read(Cut, value, path)
    if not isinstance(value, str):
        text = 'must be the name of an attribute such as "tenure", a table or a list'
        raise refusal(Problem(path, f"{text}, got {shown(value)}"))
    if whole and value in PLAIN:
        return value
    if value not in names.groupings():
        known = (*names.groupings(), *(["none"] if whole else []))
        text = f"must be one of {one_of(known)}, got {shown(value)}{meant(value, known)}"
        raise refusal(Problem(path, text))
    if value in names.attributes("NUMBER"):
        text = f'is a measurement: write {{ attribute = "{value}", bounds = [...] }}'
        raise refusal(Problem(path, text))
    return value


def _uses(value: object) -> object:
    """Return which end uses are kept: all, none or a list."""
    if isinstance(value, bool):
        return value
    if not isinstance(value, list | tuple):
        raise refusal(Problem((), f"must be true, false or a list of end uses, got {shown(value)}"))
    for place, use in enumerate(value):
        if use not in USES:
            text = f"must be one of {one_of(USES)}, got {shown(use)}{meant(use, USES)}"
            raise refusal(Problem((place,), text))
    return tuple(use for use in USES if use in value)


def _profiles(value: object) -> object:
    """Return whose loads are kept: nobody's, everybody's, or what a table says."""
    if isinstance(value, bool | Profiles):
        return value
    if not isinstance(value, Mapping):
        text = "must be true, false or a table such as { sample = 500 }"
        raise refusal(Problem((), f"{text}, got {shown(value)}"))
    return _read(Profiles, value)


def _filter(value: object) -> object:
    """Return what homes must be, each attribute looked at."""
    if not isinstance(value, Mapping):
        text = 'must be a table such as { heating = "heat_pump", pv = true }'
        raise refusal(Problem((), f"{text}, got {shown(value)}"))
    if not value:
        raise refusal(Problem((), "is empty: name at least one attribute"))
    return {name: _wanted(str(name), held) for name, held in value.items()}


def _wanted(name: str, value: object) -> object:
    """Return what one attribute must be, refusing what it can never be."""
    here, kind = (name,), names.attribute_kind(name)
    if kind is None:
        known = names.attributes("WORD", "FLAG", "COUNT", "NUMBER")
        raise refusal(Problem(here, unknown("attribute", name, known), at_key=True))
    if isinstance(value, Mapping | Limits):
        if kind in ("WORD", "FLAG"):
            raise refusal(Problem(here, f"must be {_allowed(name, kind)}, got limits"))
        return value if isinstance(value, Limits) else _read(Limits, value, here)
    items = value if isinstance(value, list | tuple) else (value,)
    for one in items:
        fits = {
            "WORD": isinstance(one, str) and one in names.attribute_words(name),
            "FLAG": isinstance(one, bool) and not isinstance(value, list | tuple),
        }.get(kind, isinstance(one, int | float) and not isinstance(one, bool))
        if not fits:
            hint = meant(one, names.attribute_words(name)) if kind == "WORD" else ""
            text = f"must be {_allowed(name, kind)}, got {shown(one)}{hint}"
            raise refusal(Problem(here, text))
    if not items:
        raise refusal(Problem(here, "is an empty list: no home could match"))
    return tuple(value) if isinstance(value, list | tuple) else value


def _allowed(name: str, kind: str) -> str:
    """Return in words what an attribute can be."""
    if kind == "WORD":
        return f"one of {one_of(names.attribute_words(name))}, or a list of them"
    if kind == "FLAG":
        return "true or false"
    return "a number, a list of them or limits such as { at_least = 2, below = 4 }"


class Profiles(BaseModel):
    """Whose loads are kept home by home, and how finely: a file for each arm and day."""

    model_config = checks.CONFIG

    homes: Literal["all"] | None = None
    """Every home; so it is too when neither sample nor filter is there."""
    sample: Annotated[int, Field(ge=1, le=10_000_000)] | None = None
    """So many homes, drawn once and the same in every arm; all if the town has fewer."""
    filter: Annotated[dict[str, Wanted], BeforeValidator(_filter)] | None = None
    """Only homes whose attributes in the first arm are these, such as heating = "heat_pump"."""
    flows: Annotated[tuple[Flow, ...], Field(strict=False)] = ("net",)
    """What of each home: net (import less export), import, export."""
    resolution_minutes: Minutes | None = None
    """Length of the steps that are kept, mean power [min]; that of the run when left out."""
    dtype: Literal["float32", "int16"] = "float32"
    """Kilowatts as computed, or whole watts to 32 767: half the size, larger powers are clipped."""

    @model_validator(mode="after")
    def _one_choice(self) -> Self:
        given = [key for key in ("homes", "sample", "filter") if getattr(self, key) is not None]
        if len(given) > 1:
            text = f"does not go with {given[0]}: keep one of homes, sample and filter"
            raise refusal(Problem((given[1],), text, at_key=True))
        if not self.flows or len(set(self.flows)) < len(self.flows):
            raise refusal(Problem(("flows",), "needs at least one flow, and each once"))
        return self


Group: TypeAlias = str | Cut


class Output(BaseModel):
    """What the run keeps."""

    model_config = checks.CONFIG

    follow: Annotated[int, Field(ge=0, le=100_000)] = 20
    """Homes whose events are written to events.parquet."""
    groups: Annotated[Group | tuple[Group, ...], BeforeValidator(_groups)] = HEATING
    """By what the time series are split: an attribute of homes, a list of them to cross, none."""
    uses: Annotated[bool | tuple[str, ...], BeforeValidator(_uses)] = True
    """Which end uses the series keep; the others are summed as "other", false sums all of them."""
    resolution_minutes: Minutes | None = None
    """Length of the steps that are kept, mean power [min]; that of the run when left out."""
    profiles: Annotated[bool | Profiles, BeforeValidator(_profiles)] = False
    """Whose time series to keep home by home: nobody's, everybody's (large), or a table."""
    causes: bool = False
    """Whether to tell causes apart; each arm is replayed link by link (about five times longer)."""
    folder: checks.Text | None = None
    """Folder of the run; named after the scenario and the moment when left out."""

    @property
    def kept(self) -> Profiles | None:
        """Whose loads are kept home by home; None for nobody's."""
        if isinstance(self.profiles, Profiles):
            return self.profiles
        return Profiles() if self.profiles else None

    @property
    def cuts(self) -> tuple[Cut, ...]:
        """By what the series are split; several are crossed, none leaves the town whole."""
        if self.groups == "none":
            return ()
        said = self.groups if isinstance(self.groups, tuple) else (self.groups,)
        return tuple(one if isinstance(one, Cut) else Cut(attribute=one) for one in said)


def misfits(output: Output, step_minutes: int, feeders: int) -> Iterator[Problem]:
    """Yield what is wrong with an output for steps of a length and so many watched feeders."""
    kept = output.profiles if isinstance(output.profiles, Profiles) else None
    asked: list[tuple[tuple[str, ...], int | None]] = [(("output",), output.resolution_minutes)]
    if kept is not None:
        asked.append((("output", "profiles"), kept.resolution_minutes))
    for path, minutes in asked:
        if minutes is not None and minutes % step_minutes:
            text = f"must be a multiple of period.step_minutes, which is {step_minutes}"
            yield Problem((*path, "resolution_minutes"), f"{text}, got {minutes}")
    if output.groups in PLAIN:
        return
    made = math.prod(names.groups_of(cut.attribute, cut.bounds) for cut in output.cuts)
    most = MOST_GROUPS - feeders
    if made > most:
        text = f"makes {made} groups, at most {most} are kept"
        yield Problem(("output", "groups"), text)


def uneven(output: Output, local_day: "I8", step_s: int) -> Iterator[str]:
    """Yield which longer steps do not divide every local day, where clocks jump by half an hour.

    Parameters
    ----------
    output : Output
        What is kept.
    local_day : I8
        Number of the local day of each step, shape (t,).
    step_s : int
        Length of a step. [s]
    """
    kept = output.kept
    asked = {
        "output": output.resolution_minutes,
        "output.profiles": kept.resolution_minutes if kept is not None else None,
    }
    for path, minutes in asked.items():
        per = (minutes or 0) * 60 // step_s
        if per > 1:
            days, steps = _lengths(local_day)
            odd = [place for place, length in enumerate(steps) if length % per]
            if odd:
                text = f"{days[odd[0]]} has {steps[odd[0]]} steps, which {per} do not divide"
                yield f"{path}.resolution_minutes: {text}; shorter steps would"


def _lengths(local_day: "I8") -> tuple[list[str], list[int]]:
    """Return the dates of the local days, and how many steps each has."""
    import numpy as np  # noqa: PLC0415

    days, steps = np.unique(local_day, return_counts=True)
    return [str(date) for date in days.astype("datetime64[D]")], steps.tolist()


def asked_of(profiles: Profiles) -> "tuple[Asked, ...]":
    """Return what a filter asks of homes, words as their codes; nothing without a filter."""
    from gridsim.population.attributes import ATTRIBUTES, Asked  # noqa: PLC0415

    found = []
    for name, wanted in (profiles.filter or {}).items():
        if isinstance(wanted, Limits):
            low = -math.inf if wanted.at_least is None else wanted.at_least
            found.append(Asked(name, (), low, math.inf if wanted.below is None else wanted.below))
            continue
        words = ATTRIBUTES[name].words
        items: Iterable[Any] = wanted if isinstance(wanted, tuple) else (wanted,)
        codes = (float(words.index(one) if isinstance(one, str) else one) for one in items)
        found.append(Asked(name, tuple(codes)))
    return tuple(found)


def bytes_kept(output: Output, homes: int, steps: int, step_s: int) -> float:
    """Return about how much the loads of single homes of an arm take on the disk, at most. [bytes]

    Of a filter nobody knows beforehand how many homes it leaves: it counts as all.

    Parameters
    ----------
    output : Output
        What is kept.
    homes, steps, step_s : int
        Homes of the town; steps of the period, and the length of one [s].
    """
    kept = output.kept
    if kept is None:
        return 0.0
    longer = (kept.resolution_minutes or 0) * 60 / step_s
    values = min(homes, kept.sample or homes) * steps / max(longer, 1.0)
    return BYTES[kept.dtype] * values * len(kept.flows)


def of_toml(text: str) -> Output:
    """Return what a resolved scenario says of its output; the defaults where it says nothing."""
    return Output.model_validate(tomllib.loads(text).get("output", {}))
