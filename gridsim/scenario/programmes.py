"""What a scenario says of calls and of information: on which days, at what times, by what means."""

import datetime as dt
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Annotated, Literal, Self, TypeAlias

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    Discriminator,
    Field,
    Tag,
    model_validator,
)

from gridsim.scenario import checks
from gridsim.scenario.problems import Problem, one_of, refusal, shown

_SOME = AfterValidator(checks.some)
_LIST = Field(strict=False)  # TOML gives lists, the record keeps tuples
_FORESIGHTS = {
    "coldest": ("season", "perfect", "day_ahead"),
    "hottest": ("season", "perfect", "day_ahead"),
    "below_c": ("perfect", "day_ahead"),
    "above_c": ("perfect", "day_ahead"),
    "dearest": ("season", "day_ahead"),
    "above_price": (),  # day-ahead prices are out when calls of the next day are told
    "busiest": ("perfect", "day_ahead"),
    "limit_kva": ("perfect", "day_ahead"),
    "every": (),
}
"""What can be known of a day beforehand, for each choice of days."""
_CHOICES = tuple(_FORESIGHTS)
_ORDERS = ("setback_k", "ev", "ev_limit_kw", "hot_water", "load_limit_kw")

Count: TypeAlias = Annotated[int, Field(ge=1, le=366)]
Degrees: TypeAlias = Annotated[float, Field(ge=-60, le=60)]
Months: TypeAlias = Annotated[tuple[Annotated[int, Field(ge=1, le=12)], ...], _LIST, _SOME]
Dates: TypeAlias = Annotated[tuple[dt.date, ...], _LIST, _SOME]
Notice: TypeAlias = Literal["day_ahead", "same_day", "none"]
Foresight: TypeAlias = Literal["season", "perfect", "day_ahead"]
Length: TypeAlias = Annotated[float, Field(ge=0.1, le=24)]


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
    """Which days are called, and how much at most; exactly one of the first nine keys."""

    model_config = checks.CONFIG

    coldest: Count | None = None
    """The n coldest days of each winter, by daily mean temperature."""
    hottest: Count | None = None
    """The n hottest days of each year, by daily mean temperature."""
    below_c: Degrees | None = None
    """Days whose mean temperature lies below this [C]."""
    above_c: Degrees | None = None
    """Days whose mean temperature lies above this [C]."""
    dearest: Count | None = None
    """The n days of each year whose price is highest in the called hours."""
    above_price: checks.Feed | None = None
    """Called hours in which the price lies above this [currency/kWh], from the first to the last
    such step of each span; in a tariff, whole days on which it ever does."""
    busiest: Count | None = None
    """The n days of each year on which the load that is forecast in the called hours is highest;
    for calls."""
    limit_kva: Annotated[float, Field(ge=0.1, le=10_000_000)] | None = None
    """Called hours in which the load that is forecast passes this limit of a transformer [kVA],
    from the first to the last such step of each span; for calls."""
    every: Count | None = None
    """The first of every k days that can be called."""
    forecast: Foresight | None = None
    """What is known of a day when it is called: the weather forecast of the day before, with its
    error ("day_ahead"); the day as it will be ("perfect"); or the whole season as it will be
    ("season", which no utility knows). "season" when left out of coldest and hottest, else
    "day_ahead"."""
    series: Annotated[str, AfterValidator(checks.series)] | None = None
    """CSV of wholesale prices, or "synthetic", that a rule on the price looks at; the arm's own
    tariff when left out."""
    feeder_homes: Annotated[int, Field(ge=1, le=10_000_000)] | None = None
    """How many of the first homes hang on the transformer of limit_kva or busiest; all of the town
    when left out."""
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
    rest_days: Annotated[int, Field(ge=1, le=60)] | None = None
    """Least days without a call between two called days."""
    hours_per_event: Length | None = None
    """Most hours of one call [h]."""
    hours_per_day: Length | None = None
    """Most hours of all calls of a day [h]."""

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        given = [name for name in _CHOICES if getattr(self, name) is not None]
        if not given:
            text = f"needs one of {', '.join(_CHOICES)}, such as {{ coldest = 10 }}"
            raise refusal(Problem((), text))
        if len(given) > 1:
            text = f"goes with {given[0]} in no rule: keep one"
            raise refusal(*(Problem((name,), text, at_key=True) for name in given[1:]))
        found = [*self._misplaced(given[0])]
        if found:
            raise refusal(*found)
        return self

    def _misplaced(self, choice: str) -> Iterator[Problem]:
        """Yield the keys that say nothing to the choice."""
        if self.series is not None and choice not in ("dearest", "above_price"):
            text = f"is for dearest and above_price; {choice} looks at no price"
            yield Problem(("series",), text, at_key=True)
        if self.feeder_homes is not None and choice not in ("busiest", "limit_kva"):
            text = f"is for busiest and limit_kva; {choice} looks at no load"
            yield Problem(("feeder_homes",), text, at_key=True)
        if self.rest_days is not None and self.consecutive not in (None, 1):
            text = (
                f"leaves no days that follow each other, but consecutive allows {self.consecutive}"
            )
            yield Problem(("rest_days",), text, at_key=True)
        if self.forecast is not None and self.forecast not in _FORESIGHTS[choice]:
            can = one_of(_FORESIGHTS[choice]) if _FORESIGHTS[choice] else ""
            text = f"must be {can} with {choice}" if can else f"says nothing to {choice}"
            yield Problem(("forecast",), f"{text}, got {shown(self.forecast)}")


def beside_rule(value: object) -> object:
    """Refuse keys of a rule that stand beside it."""
    inside = set(Rule.model_fields)
    wrong = [key for key in value if key in inside] if isinstance(value, dict) else []
    if wrong:
        text = f"belongs into the rule: rule = {{ ..., {wrong[0]} = ... }}"
        raise refusal(*(Problem((key,), text, at_key=True) for key in wrong))
    return value


def fitting(rule: Rule | None, hours: Called) -> None:
    """Refuse spans that a rule may not call whole, where it calls whole spans."""
    if rule is None or rule.above_price is not None or rule.limit_kva is not None:
        return
    lengths = [_minutes(span[6:]) - _minutes(span[:5]) for span in hours]
    for name, minutes, what in (
        ("hours_per_event", max(lengths), "one of them lasts"),
        ("hours_per_day", sum(lengths), "together they last"),
    ):
        most = getattr(rule, name)
        if most is not None and minutes > 60 * most:
            text = f"{what} {minutes / 60:g} h, but rule.{name} allows {most:g}"
            raise refusal(Problem(("hours",), f"{text}; this rule calls them whole"))


def settled(rule: Rule | None) -> None:
    """Refuse rules of a tariff whose days are not known before the run."""
    load = [name for name in ("busiest", "limit_kva") if rule and getattr(rule, name) is not None]
    if load:
        text = "is for calls: prices are settled before the run, which alone knows the load"
        raise refusal(Problem(("rule", load[0]), text, at_key=True))
    if rule and rule.series is None:
        price = [name for name in ("dearest", "above_price") if getattr(rule, name) is not None]
        if price:
            text = 'is missing: the prices that the rule looks at, a CSV file or "synthetic"'
            raise refusal(Problem(("rule", "series"), text))


def _minutes(time: str) -> int:
    """Return the minutes of a time such as "18:30"."""
    return 60 * int(time[:2]) + int(time[3:5])


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
    ev_limit_kw: Annotated[float, Field(ge=0, le=100)] | None = None
    """Most power of a charger [kW]; for control."""
    hot_water: Literal["block"] | None = None
    """Hot-water tanks stay off; for control."""
    load_limit_kw: Annotated[float, Field(ge=0, le=1000)] | None = None
    """Most import of a home, as far as its machines can [kW]: chargers give way first, then tanks,
    then batteries give; for control."""
    opt_out: checks.Share | None = None
    """Share of homes whose machines refuse a call, drawn anew for each; for control."""

    _own_keys = model_validator(mode="before")(beside_rule)

    @model_validator(mode="after")
    def _together(self) -> Self:
        one_choice(self.dates, self.rule)
        fitting(self.rule, self.hours)
        orders = [name for name in (*_ORDERS, "opt_out") if getattr(self, name) is not None]
        if self.kind == "appeal" and orders:
            text = 'tells machines something; that takes kind = "control"'
            raise refusal(*(Problem((name,), text, at_key=True) for name in orders))
        if self.kind == "control" and self.reminder:
            text = "is for people; machines need none"
            raise refusal(Problem(("reminder",), text, at_key=True))
        if self.ev is not None and self.ev_limit_kw is not None:
            text = 'says how fast chargers that wait may charge: keep it or ev = "pause"'
            raise refusal(Problem(("ev_limit_kw",), text, at_key=True))
        told = [name for name in _ORDERS if getattr(self, name) is not None]
        if self.kind == "control" and not [n for n in told if n != "setback_k" or self.setback_k]:
            text = (
                'tells machines nothing: it needs setback_k above 0, ev = "pause", ev_limit_kw,'
                ' hot_water = "block" or load_limit_kw'
            )
            raise refusal(Problem(("kind",), text))
        return self


def too_few_homes(homes: int, calls: Iterable["Programme"]) -> Iterator[Problem]:
    """Yield the feeders with more homes than the town, each by its place among the calls."""
    for number, call in enumerate(calls):
        rule = call.rule if isinstance(call, Call) else None
        if rule is not None and (rule.feeder_homes or 0) > homes:
            text = f"must not pass population.homes, which is {homes}, got {rule.feeder_homes}"
            yield Problem((number, "rule", "feeder_homes"), text)


def feeders_of(calls: Iterable["Programme"]) -> int:
    """Return how many feeders are watched by the calls of an arm."""
    rules = [call.rule for call in calls if isinstance(call, Call)]
    return sum(rule is not None and rule.feeder_homes is not None for rule in rules)


class OpenAdr(BaseModel):
    """Calls from a file of OpenADR 3 events, as a server lists them."""

    model_config = checks.CONFIG

    kind: Literal["openadr"]
    file: checks.Text
    """JSON file with a list of events; they are told at their createdDateTime."""
    target: checks.Text | None = None
    """Only events for this target, or for nobody in particular; all when left out."""
    channel: checks.Channel | None = None
    """How people hear of them; as they hear of prices when left out."""
    reminder: bool = False
    """Whether people are told once more on the day itself; for appeals."""
    setback_k: Annotated[float, Field(ge=0, le=10)] | None = None
    """By how much set points are relaxed at SIMPLE levels 2 and 3 [K]."""
    ev: Literal["pause"] | None = None
    """Chargers wait at SIMPLE levels 2 and 3."""
    hot_water: Literal["block"] | None = None
    """Hot-water tanks stay off at SIMPLE levels 2 and 3."""
    opt_out: checks.Share | None = None
    """Share of homes whose machines refuse a call, drawn anew for each."""


Programme: TypeAlias = Annotated[
    Annotated[Call, Tag("appeal")] | Annotated[OpenAdr, Tag("openadr")],
    Discriminator(lambda value: "openadr" if checks.kind_of(value) == "openadr" else "appeal"),
    checks.kinds("a table with a kind", "appeal", "control", "openadr"),
]


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
