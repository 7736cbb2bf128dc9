"""Tariffs written out in a scenario: one price, time of use, day colours, calls, or a series."""

import datetime as dt
from typing import Annotated, Literal, Self, TypeAlias

from pydantic import AfterValidator, BaseModel, Discriminator, Field, Tag, model_validator

from gridsim.scenario import checks, names
from gridsim.scenario.problems import Problem, refusal
from gridsim.scenario.programmes import (
    Called,
    Dates,
    Notice,
    Rule,
    beside_rule,
    fitting,
    one_choice,
    settled,
)

_SOME = AfterValidator(checks.some)
_LIST = Field(strict=False)  # TOML gives lists, the record keeps tuples

Hours: TypeAlias = Annotated[tuple[Annotated[str, AfterValidator(checks.span)], ...], _LIST, _SOME]
DayTypes: TypeAlias = Annotated[tuple[checks.DayType, ...], _LIST, _SOME]
Months: TypeAlias = Annotated[tuple[Annotated[int, Field(ge=1, le=12)], ...], _LIST, _SOME]


class Flat(BaseModel):
    """One price at all hours."""

    model_config = checks.CONFIG

    kind: Literal["flat"]
    price: checks.Rate
    """Price [currency/kWh]."""
    standing_year: checks.Charge = 0.0
    """Standing charge [currency/year]."""
    export_price: checks.Feed = 0.0
    """What a kilowatt-hour fed in earns [currency/kWh]."""
    valid_from: dt.date | None = None
    """First local date of these prices; for a note when the period starts before it."""
    valid_until: dt.date | None = None
    """Last local date of these prices; for a note when the period ends after it."""

    _dates = model_validator(mode="after")(checks.valid)


class Band(BaseModel):
    """One price and the local times at which it holds."""

    model_config = checks.CONFIG

    price: checks.Rate
    """Price [currency/kWh]."""
    hours: Hours = ("00:00-24:00",)
    """Local times of day such as ["22:00-06:00"], without the end; all day when left out."""
    days: DayTypes = ("weekday", "saturday", "sunday")
    """Kinds of day. If no band names "holiday", a public holiday counts as its day of the week."""
    months: Months = tuple(range(1, 13))
    """Months 1-12; all when left out."""


class TimeOfUse(BaseModel):
    """Prices by local time, kind of day and month."""

    model_config = checks.CONFIG

    kind: Literal["time_of_use"]
    bands: Annotated[tuple[Band, ...], _LIST, _SOME]
    """Bands that together price every hour of every kind of day exactly once."""
    standing_year: checks.Charge = 0.0
    """Standing charge [currency/year]."""
    export_price: checks.Feed = 0.0
    """What a kilowatt-hour fed in earns [currency/kWh]."""
    valid_from: dt.date | None = None
    """First local date of these prices; for a note when the period starts before it."""
    valid_until: dt.date | None = None
    """Last local date of these prices; for a note when the period ends after it."""

    _dates = model_validator(mode="after")(checks.valid)

    @model_validator(mode="after")
    def _covers(self) -> Self:
        from gridsim.scenario import contracts  # noqa: PLC0415  (numpy, needed here only)

        try:
            contracts.time_of_use(self)
        except ValueError as gap:
            text = str(gap).removeprefix("bands: ")
            raise refusal(Problem(("bands",), f"{text}; every hour needs one price")) from gap
        return self


class Colour(BaseModel):
    """The two prices of one Tempo colour."""

    model_config = checks.CONFIG

    off_peak: checks.Rate
    """Price from 22:00 to 06:00 [currency/kWh]."""
    peak: checks.Rate
    """Price from 06:00 to 22:00 [currency/kWh]."""


class Tempo(BaseModel):
    """Day colours: 300 blue, 43 white, 22 red days a season, told the day before."""

    model_config = checks.CONFIG

    kind: Literal["tempo"]
    blue: Colour
    """Prices of the 300 blue days."""
    white: Colour
    """Prices of the 43 white days."""
    red: Colour
    """Prices of the 22 red days, November to March, never at weekends."""
    standing_year: checks.Charge = 0.0
    """Standing charge [currency/year]."""
    export_price: checks.Feed = 0.0
    """What a kilowatt-hour fed in earns [currency/kWh]."""
    valid_from: dt.date | None = None
    """First local date of these prices; for a note when the period starts before it."""
    valid_until: dt.date | None = None
    """Last local date of these prices; for a note when the period ends after it."""

    _dates = model_validator(mode="after")(checks.valid)


Base: TypeAlias = Annotated[
    Annotated[Annotated[str, checks.known("base tariff", names.plain_tariffs)], Tag("name")]
    | Annotated[Flat, Tag("flat")]
    | Annotated[TimeOfUse, Tag("time_of_use")],
    Discriminator(checks.kind_of),
    checks.kinds("the name of a tariff or a table with a kind", "flat", "time_of_use"),
]


class CriticalPeak(BaseModel):
    """A base tariff, and another price in the called hours of called days."""

    model_config = checks.CONFIG

    kind: Literal["critical_peak"]
    base: Base = Field(json_schema_extra={"x-words": "the name of a tariff or a table"})
    """What holds otherwise, with its standing charge and feed-in price: flat or time_of_use."""
    price: checks.Rate
    """Price in called hours [currency/kWh]."""
    dates: Dates | None = None
    """The called local dates; instead of a rule."""
    rule: Rule | None = None
    """How the called days are chosen; instead of dates."""
    hours: Called
    """Called local times such as ["16:00-19:00"], within a day."""
    notice: Notice = "day_ahead"
    """When it is told: at 17:00 the day before, three hours before, or only at its start."""
    valid_from: dt.date | None = None
    """First local date of these prices; for a note when the period starts before it."""
    valid_until: dt.date | None = None
    """Last local date of these prices; for a note when the period ends after it."""

    _dates = model_validator(mode="after")(checks.valid)
    _own_keys = model_validator(mode="before")(beside_rule)

    @model_validator(mode="after")
    def _together(self) -> Self:
        one_choice(self.dates, self.rule)
        fitting(self.rule, self.hours)
        settled(self.rule)
        return self


class Surcharge(BaseModel):
    """An amount on each kilowatt-hour at some hours of every day."""

    model_config = checks.CONFIG

    price: checks.Feed
    """Added in these hours; may be negative [currency/kWh]."""
    hours: Hours
    """Local times of day such as ["16:00-19:00"], without the end."""


class Dynamic(BaseModel):
    """Another price each hour or half hour: adder + factor * wholesale, told the day before."""

    model_config = checks.CONFIG

    kind: Literal["dynamic"]
    series: Annotated[str, AfterValidator(checks.series)] = "synthetic"
    """CSV of wholesale prices (time, price or price_mwh), or the made-up day-ahead "synthetic"."""
    adder: checks.Feed = 0.0
    """Added to every kilowatt-hour: network, levies, margin [currency/kWh]."""
    factor: Annotated[float, Field(ge=0, le=100)] = 1.0
    """What the wholesale price is multiplied by: losses, VAT."""
    surcharges: Annotated[tuple[Surcharge, ...], _LIST] = ()
    """What is added at some hours."""
    cap: checks.Feed | None = None
    """Highest price that is paid, everything added [currency/kWh]; no bound when left out."""
    floor: checks.Feed | None = None
    """Lowest price that is paid, everything added [currency/kWh]; no bound when left out."""
    told: Annotated[str, AfterValidator(checks.moment)] = "13:00"
    """Local time at which the prices of the next date are told."""
    standing_year: checks.Charge = 0.0
    """Standing charge [currency/year]."""
    export_price: checks.Feed = 0.0
    """What a kilowatt-hour fed in earns [currency/kWh]."""
    valid_from: dt.date | None = None
    """First local date of these prices; for a note when the period starts before it."""
    valid_until: dt.date | None = None
    """Last local date of these prices; for a note when the period ends after it."""

    _dates = model_validator(mode="after")(checks.valid)

    @model_validator(mode="after")
    def _bounds(self) -> Self:
        if self.cap is not None and self.floor is not None and self.floor >= self.cap:
            text = f"must lie below cap, which is {self.cap:g}, got {self.floor:g}"
            raise refusal(Problem(("floor",), text))
        return self


def _hours_left(values: tuple[str, ...]) -> tuple[str, ...]:
    """Refuse off-peak hours that overlap or leave nothing of the day."""
    minutes = [0] * (24 * 60)
    for value in values:
        start, end = (int(time[:2]) * 60 + int(time[3:]) for time in value.split("-"))
        inside = range(start, end) if start < end else (*range(start, 24 * 60), *range(end))
        for minute in inside:
            minutes[minute] += 1
    if max(minutes) > 1:
        at = minutes.index(max(minutes))
        raise refusal(Problem((), f"overlap at {at // 60:02d}:{at % 60:02d}"))
    if min(minutes) == 1:
        raise refusal(Problem((), "leave no hour of the day for the other price"))
    return values


class Named(BaseModel):
    """A named tariff, and what it leaves to the market or to the place."""

    model_config = checks.CONFIG

    kind: Literal["named"]
    name: Annotated[str, checks.known("tariff", names.tariffs)]
    """Which one; ``gridsim list`` names them."""
    series: Annotated[str, AfterValidator(checks.series)] | None = None
    """CSV of wholesale prices (time, price or price_mwh) or "synthetic", for a dynamic tariff;
    synthetic when left out."""
    off_peak: Annotated[Hours, AfterValidator(_hours_left)] | None = None
    """Local off-peak hours such as ["01:00-07:00", "12:30-14:30"], where they differ by place."""

    @model_validator(mode="after")
    def _takes(self) -> Self:
        found = []
        if self.series is not None and not names.takes_series(self.name):
            text = f"is for dynamic tariffs; {self.name} has prices of its own"
            found.append(Problem(("series",), text, at_key=True))
        if self.off_peak is not None and not names.takes_hours(self.name):
            text = f"is for tariffs whose hours differ by place; those of {self.name} are fixed"
            found.append(Problem(("off_peak",), text, at_key=True))
        if found:
            raise refusal(*found)
        return self
