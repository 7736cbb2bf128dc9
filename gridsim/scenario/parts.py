"""Parts of a contract written out in a scenario: taxes, charges, blocks, demand, exports."""

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
from gridsim.scenario.problems import Problem, refusal
from gridsim.scenario.tariffs import DayTypes, Dynamic, Flat, Hours, Months, TimeOfUse

_SOME = AfterValidator(checks.some)
_LIST = Field(strict=False)  # TOML gives lists, the record keeps tuples
_BESIDE = {"standing_year": "standing", "export_price": "export"}

Amount: TypeAlias = Annotated[float, Field(ge=-1_000_000, le=1_000_000)]
Charge: TypeAlias = Annotated[float, Field(ge=0, le=1_000_000)]
Power: TypeAlias = Annotated[float, Field(ge=0, le=100_000)]
Bounds: TypeAlias = Annotated[tuple[Annotated[float, Field(ge=0, le=1_000_000)], ...], _LIST, _SOME]
Feeds: TypeAlias = Annotated[tuple[checks.Feed, ...], _LIST, _SOME]


def _only_prices(table: Flat | TimeOfUse | Dynamic) -> Flat | TimeOfUse | Dynamic:
    """Refuse charges in a table that only says what a kilowatt-hour costs."""
    wrong = [key for key in _BESIDE if getattr(table, key)]
    if wrong:
        raise refusal(
            *(
                Problem((key,), f"stands in {_BESIDE[key]} of the contract, not here", at_key=True)
                for key in wrong
            )
        )
    return table


Prices: TypeAlias = Annotated[
    Annotated[Flat, Tag("flat")]
    | Annotated[TimeOfUse, Tag("time_of_use")]
    | Annotated[Dynamic, Tag("dynamic")],
    Discriminator(checks.kind_of),
    checks.kinds("a table with a kind", "flat", "time_of_use", "dynamic"),
    AfterValidator(_only_prices),
]


def one_price(price: float | None, prices: object | None) -> list[Problem]:
    """Return what is said of a price that is given twice."""
    if price is not None and prices is not None:
        return [Problem(("prices",), "goes with no price: keep one of them", at_key=True)]
    return []


class Taxes(BaseModel):
    """What the state adds."""

    model_config = checks.CONFIG

    vat: checks.Share = 0.0
    """Value-added tax on everything that is paid, a share of the net amount."""
    standing_vat: checks.Share | None = None
    """Another rate for standing charges; the same when left out."""
    per_kwh: checks.Rate = 0.0
    """Excise on each imported kilowatt-hour, before VAT [currency/kWh]."""
    included: bool = False
    """Whether all amounts are quoted with taxes: then none are added."""


class Standing(BaseModel):
    """A charge that does not depend on use."""

    model_config = checks.CONFIG

    name: checks.Text
    """What it is called on a bill."""
    amount: Amount
    """For each day, month or year; negative for a rebate [currency]."""
    per: Literal["day", "month", "year"] = "month"
    """What the amount is for."""


class Adder(BaseModel):
    """Another price on each imported kilowatt-hour; either one price or a table of them."""

    model_config = checks.CONFIG

    name: checks.Text
    """What it is called on a bill."""
    price: checks.Rate | None = None
    """One price at all hours [currency/kWh]; instead of prices."""
    prices: Prices | None = Field(default=None, json_schema_extra={"x-words": "a table"})
    """A table: flat, time_of_use or dynamic; instead of a price."""

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        found = one_price(self.price, self.prices)
        if self.price is None and self.prices is None:
            text = 'is missing: a number, or prices such as { kind = "time_of_use", ... }'
            found = [Problem(("price",), text)]
        if found:
            raise refusal(*found)
        return self


def _list_or_kind(value: object) -> str | None:
    """Return which of the alternatives of a network price a value means to be."""
    return "tuple" if isinstance(value, list | tuple) else checks.kind_of(value)


Network: TypeAlias = Annotated[
    Annotated[tuple[Adder, ...], _LIST, Tag("tuple")]
    | Annotated[Flat, AfterValidator(_only_prices), Tag("flat")]
    | Annotated[TimeOfUse, AfterValidator(_only_prices), Tag("time_of_use")]
    | Annotated[Dynamic, AfterValidator(_only_prices), Tag("dynamic")],
    Discriminator(_list_or_kind),
    checks.kinds(
        "a table with a kind or a list of prices with names",
        "flat", "time_of_use", "dynamic", lists=True,
    ),
]  # fmt: skip


class Carbon(BaseModel):
    """A price on the carbon of each kilowatt-hour: that of a tonne times the place's intensity."""

    model_config = checks.CONFIG

    price_t: Annotated[float, Field(ge=0, le=100_000)]
    """Price of a tonne of CO2 [currency/t]."""
    name: checks.Text = "carbon"
    """What it is called on a bill."""
    billed: bool = True
    """Whether it is paid; false: a signal with which people and machines reckon, without money."""


class Blocks(BaseModel):
    """Another price for the first kilowatt-hours of a billing period than for the next."""

    model_config = checks.CONFIG

    bounds_kwh: Bounds
    """Where one block ends and the next begins, rising; the last has no end [kWh]."""
    prices: Annotated[tuple[checks.Rate, ...], _LIST, _SOME] | None = None
    """Energy price in each block, one more than bounds, for a flat energy price [currency/kWh]."""
    adders: Feeds | None = None
    """What each block adds to the energy price, one more than bounds; instead of prices."""
    per: Literal["day", "month"] = "month"
    """Whether bounds are for a whole billing period, or for each of its days, all together."""
    months: Months = tuple(range(1, 13))
    """Months 1-12 in which they hold; all when left out."""
    name: checks.Text = "block"
    """What it is called on a bill."""

    @model_validator(mode="after")
    def _fits(self) -> Self:
        found = []
        if any(a >= b for a, b in pairwise((0.0, *self.bounds_kwh))):
            text = f"must rise from above 0, got {list(self.bounds_kwh)}"
            found.append(Problem(("bounds_kwh",), text))
        wanted = len(self.bounds_kwh) + 1
        given = [key for key in ("prices", "adders") if getattr(self, key) is not None]
        if len(given) > 1:
            found.append(Problem(("adders",), "goes with no prices: keep one of them", at_key=True))
        if not given:
            found.append(Problem(("prices",), f"is missing: {wanted} prices, or {wanted} adders"))
        for key in given[:1]:
            many = len(getattr(self, key))
            if many != wanted:
                text = f"must hold {wanted} numbers, one more than bounds_kwh, got {many}"
                found.append(Problem((key,), text))
        if found:
            raise refusal(*found)
        return self


class DemandStep(BaseModel):
    """A step of a demand charge: what a month costs up to a power."""

    model_config = checks.CONFIG

    to_kw: Power
    """Upper end of the step [kW]."""
    price_month: Charge
    """Charge for a month [currency]; above the last step the last holds."""


class Demand(BaseModel):
    """A charge for the highest power taken from the grid."""

    model_config = checks.CONFIG

    name: checks.Text
    """What it is called on a bill."""
    price: Charge | None = None
    """For each kilowatt of billed demand [currency/kW]; instead of steps."""
    per: Literal["month", "year"] = "month"
    """What the price is for; of a year's, a twelfth is paid for each month."""
    minutes: Annotated[Literal[5, 10, 15, 30, 60], BeforeValidator(checks.whole)] = 15
    """Length of the interval whose mean power counts [min]."""
    highest: Annotated[int, Field(ge=1, le=1000)] = 1
    """Billed is the mean of so many of the highest intervals."""
    one_a_day: bool = False
    """Whether each day lends at most one of them."""
    hours: Hours = ("00:00-24:00",)
    """Local times at which power counts; all day when left out."""
    days: DayTypes = ("weekday", "saturday", "sunday", "holiday")
    """Kinds of day on which power counts; a holiday counts as a Sunday unless all or "holiday"
    is named."""
    months: Months = tuple(range(1, 13))
    """Months 1-12 in which power counts; all when left out."""
    over: Literal["month", "season", "year"] = "month"
    """What the maximum is taken over: the billing period, the stretch of months, the year."""
    minimum_kw: Power = 0.0
    """Least demand that is billed [kW]."""
    rolling: Annotated[int, Field(ge=1, le=60)] = 1
    """Billed is the mean over so many last monthly demands."""
    steps: Annotated[tuple[DemandStep, ...], _LIST, _SOME] | None = None
    """Charges by step of demand; instead of a price."""

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        found = []
        if self.price is None and self.steps is None:
            text = "is missing: a number, or steps such as [{ to_kw = 2, price_month = 10 }]"
            found.append(Problem(("price",), text))
        if self.price is not None and self.steps is not None:
            found.append(Problem(("steps",), "goes with no price: keep one of them", at_key=True))
        if self.steps is not None and self.per == "year":
            found.append(Problem(("per",), "steps are charges for a month"))
        if self.rolling > 1 and self.over != "month":
            text = f'averages monthly demands; that takes over = "month", not "{self.over}"'
            found.append(Problem(("rolling",), text))
        rows = [(0.0, 0.0), *((step.to_kw, step.price_month) for step in self.steps or ())]
        found += [
            Problem(("steps", number), "must rise, in to_kw and in price_month")
            for number, (a, b) in enumerate(pairwise(rows))
            if a[0] >= b[0] or a[1] > b[1]
        ]
        if found:
            raise refusal(*found)
        return self


class Subscribed(BaseModel):
    """Power that a home has subscribed to, and what happens above it."""

    model_config = checks.CONFIG

    kw: Annotated[float, Field(ge=0.1, le=100_000)]
    """Subscribed power [kW]."""
    price_kw_year: Charge = 0.0
    """For each subscribed kilowatt [currency/kW/year]."""
    overrun_kwh: checks.Rate = 0.0
    """On each kilowatt-hour taken above it [currency/kWh]."""
    trips: bool = False
    """Whether the breaker opens above it."""


class Export(BaseModel):
    """How what is fed into the grid is credited."""

    model_config = checks.CONFIG

    kind: Literal["feed_in", "net_metering", "net_billing"]
    """A price for each kilowatt-hour; kilowatt-hours that cancel imported ones; or a credit in
    money that pays for imports."""
    price: checks.Feed | None = None
    """What a kilowatt-hour fed in earns [currency/kWh]; the energy's when left out."""
    prices: Prices | None = Field(default=None, json_schema_extra={"x-words": "a table"})
    """A table: flat, time_of_use or dynamic; instead of a price."""
    cash_out: checks.Rate = 0.0
    """What is paid at the end of the year for what is left: for each kilowatt-hour with
    net_metering [currency/kWh], for each unit of money with net_billing; 0: it is lost."""
    cash_out_month: Annotated[int, Field(ge=1, le=12)] = 12
    """The last month of the year of settlement."""
    limit_kw: Power | None = None
    """Most power that may be fed in [kW]; no limit when left out."""

    @model_validator(mode="after")
    def _together(self) -> Self:
        found = one_price(self.price, self.prices)
        if self.kind == "net_metering":
            text = "is not paid: net metering keeps kilowatt-hours; cash_out prices what is left"
            keys = [key for key in ("price", "prices") if getattr(self, key) is not None]
            found = [Problem((key,), text, at_key=True) for key in keys]
        elif self.kind == "feed_in" and self.cash_out:
            text = "goes with net_metering or net_billing: a feed-in price leaves nothing over"
            found.append(Problem(("cash_out",), text, at_key=True))
        elif self.kind == "net_billing" and self.cash_out > 1:
            text = "is a share of the money that is left, from 0 to 1 with net_billing"
            found.append(Problem(("cash_out",), f"{text}, got {self.cash_out:g}"))
        if found:
            raise refusal(*found)
        return self
