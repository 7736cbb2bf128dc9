"""What a scenario says of calls and of information: on which days, at what times, by what means."""

import datetime as dt
from itertools import pairwise
from typing import Annotated, Literal, Self, TypeAlias

from pydantic import AfterValidator, BaseModel, BeforeValidator, Field, model_validator

from gridsim.scenario import checks
from gridsim.scenario.problems import Problem, refusal, shown

_SOME = AfterValidator(checks.some)
_LIST = Field(strict=False)  # TOML gives lists, the record keeps tuples
_CHOICES = ("coldest", "hottest", "below_c", "above_c", "every")

Count: TypeAlias = Annotated[int, Field(ge=1, le=366)]
Degrees: TypeAlias = Annotated[float, Field(ge=-60, le=60)]
Months: TypeAlias = Annotated[tuple[Annotated[int, Field(ge=1, le=12)], ...], _LIST, _SOME]
Dates: TypeAlias = Annotated[tuple[dt.date, ...], _LIST, _SOME]
Notice: TypeAlias = Literal["day_ahead", "same_day", "none"]


def _called(value: str) -> str:
    """Refuse what is not a span within a day."""
    checks.span(value)
    if value[:5] > value[6:]:
        text = "must not run through midnight: called hours belong to one date"
        raise refusal(Problem((), f"{text}, got {shown(value)}"))
    return value


def _apart(values: tuple[str, ...]) -> tuple[str, ...]:
    """Refuse hours that overlap."""
    for one, other in pairwise(sorted(values)):
        if other[:5] < one[6:]:
            raise refusal(Problem((), f"{shown(one)} and {shown(other)} overlap"))
    return values


def _clock_pairs(value: object) -> object:
    """Return hours that are written as numbers, [18, 20.5], as times, "18:00-20:30"."""
    if not isinstance(value, list):
        return value
    return [_times(part) if isinstance(part, list) else part for part in value]


def _times(pair: list[object]) -> object:
    """Return a pair of hours as a span of times, anything else as it is."""
    numbers = [n for n in pair if isinstance(n, int | float) and not isinstance(n, bool)]
    if len(numbers) != 2 or len(pair) != 2 or not all(0 <= n <= 24 for n in numbers):
        return pair
    minutes = [round(n * 60) for n in numbers]
    start, end = (f"{m // 60:02d}:{m % 60:02d}" for m in minutes)
    return f"{start}-{end}"


Called: TypeAlias = Annotated[
    tuple[Annotated[str, AfterValidator(_called)], ...],
    _LIST,
    _SOME,
    AfterValidator(_apart),
    BeforeValidator(_clock_pairs),
]


class Rule(BaseModel):
    """Which days are called, by the weather or by count; exactly one of the first five keys."""

    model_config = checks.CONFIG

    coldest: Count | None = None
    """The n coldest days of each winter, by daily mean temperature."""
    hottest: Count | None = None
    """The n hottest days of each year, by daily mean temperature."""
    below_c: Degrees | None = None
    """Days whose mean temperature lies below this [C]."""
    above_c: Degrees | None = None
    """Days whose mean temperature lies above this [C]."""
    every: Count | None = None
    """The first of every k days that can be called."""
    weekdays: bool = False
    """Whether only Monday to Friday without public holidays can be called."""
    months: Months = tuple(range(1, 13))
    """Months 1-12 whose days can be called."""
    at_most: Count | None = None
    """Most days in a year, for cold days in a winter from July to June."""
    per_week: Annotated[int, Field(ge=1, le=7)] | None = None
    """Most days from a Monday to the Sunday after it."""
    consecutive: Count | None = None
    """Most days that follow each other."""

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        given = [name for name in _CHOICES if getattr(self, name) is not None]
        if not given:
            text = f"needs one of {', '.join(_CHOICES)}, such as {{ coldest = 10 }}"
            raise refusal(Problem((), text))
        if len(given) > 1:
            text = f"goes with {given[0]} in no rule: keep one"
            raise refusal(*(Problem((name,), text, at_key=True) for name in given[1:]))
        return self


def beside_rule(value: object) -> object:
    """Refuse keys of a rule that stand beside it."""
    inside = set(Rule.model_fields)
    wrong = [key for key in value if key in inside] if isinstance(value, dict) else []
    if wrong:
        text = f"belongs into the rule: rule = {{ ..., {wrong[0]} = ... }}"
        raise refusal(*(Problem((key,), text, at_key=True) for key in wrong))
    return value


def one_choice(dates: Dates | None, rule: Rule | None) -> None:
    """Refuse days that are chosen twice or not at all, and dates that are named twice."""
    if dates is None and rule is None:
        text = "is missing: dates such as [2023-01-17], or a rule such as { coldest = 10 }"
        raise refusal(Problem(("dates",), text))
    if dates is not None and rule is not None:
        raise refusal(Problem(("rule",), "goes with no dates: keep one of them", at_key=True))
    twice = sorted({date for date in dates or () if (dates or ()).count(date) > 1})
    if twice:
        raise refusal(Problem(("dates",), f"names {twice[0]} twice"))


class Call(BaseModel):
    """A programme of calls: an appeal in words, or an order to machines."""

    model_config = checks.CONFIG

    kind: Literal["appeal", "control"]
    """Whether people are asked, or machines are told."""
    dates: Dates | None = None
    """The called local dates; instead of a rule."""
    rule: Rule | None = None
    """How the called days are chosen; instead of dates."""
    hours: Called
    """Called local times such as ["18:00-20:00"], within a day."""
    notice: Notice = "day_ahead"
    """When it is told: at 17:00 the day before, three hours before, or only at its start."""
    channel: checks.Channel | None = None
    """How people hear of it; as they hear of prices when left out."""
    label: checks.Text | None = None
    """What it is called; its kind when left out."""
    reminder: bool = False
    """Whether people are told once more on the day itself; for appeals."""
    setback_k: Annotated[float, Field(ge=0, le=10)] | None = None
    """By how much heating and cooling set points are relaxed [K]; for control."""
    ev: Literal["pause"] | None = None
    """Chargers wait; for control."""
    hot_water: Literal["block"] | None = None
    """Hot-water tanks stay off; for control."""

    _own_keys = model_validator(mode="before")(beside_rule)

    @model_validator(mode="after")
    def _together(self) -> Self:
        one_choice(self.dates, self.rule)
        orders = [
            name for name in ("setback_k", "ev", "hot_water") if getattr(self, name) is not None
        ]
        if self.kind == "appeal" and orders:
            text = 'tells machines something; that takes kind = "control"'
            raise refusal(*(Problem((name,), text, at_key=True) for name in orders))
        if self.kind == "control" and self.reminder:
            text = "is for people; machines need none"
            raise refusal(Problem(("reminder",), text, at_key=True))
        if self.kind == "control" and not (self.setback_k or self.ev or self.hot_water):
            text = (
                "tells machines nothing: it needs setback_k above 0,"
                ' ev = "pause" or hot_water = "block"'
            )
            raise refusal(Problem(("kind",), text))
        return self


class Information(BaseModel):
    """Feedback on their own use that people of an arm are given."""

    model_config = checks.CONFIG

    kind: Literal["bill", "audit", "daily", "display", "appliance", "report"]
    """Informative bills, advice, daily figures, a live display, each appliance, or home reports."""
    start: dt.date | None = None
    """First local date on which it is given; that of the period when left out."""
    end: dt.date | None = None
    """The local date after the last; that of the period when left out."""

    @model_validator(mode="after")
    def _order(self) -> Self:
        for name in ("start", "end"):
            date = getattr(self, name)
            if date is not None and not checks.EARLIEST <= date <= checks.LATEST:
                text = f"must lie from {checks.EARLIEST} to {checks.LATEST}, got {date}"
                raise refusal(Problem((name,), text))
        if self.start is not None and self.end is not None and self.end <= self.start:
            text = f"must be after start, which is {self.start}, got {self.end}"
            raise refusal(Problem(("end",), f"{text}; the end is the day after the last day"))
        return self
