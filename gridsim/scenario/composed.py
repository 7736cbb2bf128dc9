"""Tariffs that are put together: a contract of parts, and a switch to another on a date."""

import datetime as dt
from collections.abc import Iterator
from itertools import pairwise
from typing import Annotated, Literal, Self, TypeAlias

from pydantic import BaseModel, BeforeValidator, Discriminator, Field, Tag, model_validator

from gridsim.scenario import checks, names
from gridsim.scenario.parts import (
    Adder,
    Blocks,
    Carbon,
    Demand,
    Export,
    Network,
    Standing,
    Subscribed,
    Taxes,
)
from gridsim.scenario.positions import Path
from gridsim.scenario.problems import Problem, refusal
from gridsim.scenario.tariffs import CriticalPeak, Dynamic, Flat, Named, Tempo, TimeOfUse

_LIST = Field(strict=False)  # TOML gives lists, the record keeps tuples
_NAMED = "the name of a tariff or a table with a kind"
_KINDS = ("flat", "time_of_use", "tempo", "critical_peak", "dynamic", "named")

Months: TypeAlias = Annotated[Literal[1, 2, 3, 4, 6, 12], BeforeValidator(checks.whole)]
Energy: TypeAlias = Annotated[
    Annotated[Annotated[str, checks.known("tariff", names.tariffs)], Tag("name")]
    | Annotated[Flat, Tag("flat")]
    | Annotated[TimeOfUse, Tag("time_of_use")]
    | Annotated[Tempo, Tag("tempo")]
    | Annotated[CriticalPeak, Tag("critical_peak")]
    | Annotated[Dynamic, Tag("dynamic")]
    | Annotated[Named, Tag("named")],
    Discriminator(checks.kind_of),
    checks.kinds(_NAMED, *_KINDS),
]


class Contract(BaseModel):
    """An energy price and everything else that a bill holds.

    A named energy price brings parts of its own: lists add to them, other parts replace them.
    """

    model_config = checks.CONFIG

    kind: Literal["contract"]
    energy: Energy = Field(json_schema_extra={"x-words": "the name of a tariff or a table"})
    """The price of energy: a named tariff or a table, with its standing charge."""
    taxes: Taxes | None = None
    """What the state adds."""
    standing: Annotated[tuple[Standing, ...], _LIST] = ()
    """Charges that do not depend on use."""
    network: Network | None = Field(
        default=None, json_schema_extra={"x-words": "a table or a list of prices with names"}
    )
    """What the network asks for each kilowatt-hour: a table (flat, time_of_use, dynamic) or a list
    of prices with names."""
    levies: Annotated[tuple[Adder, ...], _LIST] = ()
    """What is levied on each kilowatt-hour."""
    carbon: Carbon | None = None
    """A price on carbon."""
    blocks: Annotated[tuple[Blocks, ...], _LIST] = ()
    """Prices that depend on how much is used in a billing period."""
    demand: Annotated[tuple[Demand, ...], _LIST] = ()
    """Charges for the highest power."""
    subscribed: Subscribed | None = None
    """Subscribed power."""
    export: Export | None = None
    """How exports are credited; the energy's feed-in price for each when left out."""
    billing_months: Months | None = None
    """Length of a billing period in calendar months, from January on; 1 when left out."""
    currency: checks.Currency | None = Field(default=None, json_schema_extra=checks.CODE)
    """ISO code of the money that the numbers mean; the place's when left out."""
    valid_from: dt.date | None = None
    """First local date of these prices; for a note when the period starts before it."""
    valid_until: dt.date | None = None
    """Last local date of these prices; for a note when the period ends after it."""

    _dates = model_validator(mode="after")(checks.valid)

    @model_validator(mode="after")
    def _together(self) -> Self:
        found = list(_block_problems(self))
        network = self.network if isinstance(self.network, tuple) else ()
        lists = (("standing", self.standing), ("network", network), ("levies", self.levies))
        for key, listed in (*lists, ("demand", self.demand)):
            said = [part.name for part in listed]
            found += [
                Problem((key, at, "name"), f'"{name}" stands there twice; a bill tells by names')
                for at, name in enumerate(said)
                if name in said[:at]
            ]
        own = money(self.energy, "")
        if own and self.currency not in (None, own):
            text = f"must be that of the named tariff, {own}, got {self.currency}"
            found.append(Problem(("currency",), text))
        name = name_of(self.energy)
        if name and self.taxes and not self.taxes.included and names.quoted_with_taxes(name):
            text = f"would come on top of the prices of {name}, which are quoted with taxes"
            found.append(Problem(("taxes",), f"{text}: leave them out, or say included = true"))
        if found:
            raise refusal(*found)
        return self


Plain: TypeAlias = Annotated[
    Annotated[Annotated[str, checks.known("tariff", names.tariffs)], Tag("name")]
    | Annotated[Flat, Tag("flat")]
    | Annotated[TimeOfUse, Tag("time_of_use")]
    | Annotated[Tempo, Tag("tempo")]
    | Annotated[CriticalPeak, Tag("critical_peak")]
    | Annotated[Dynamic, Tag("dynamic")]
    | Annotated[Named, Tag("named")]
    | Annotated[Contract, Tag("contract")],
    Discriminator(checks.kind_of),
    checks.kinds(_NAMED, *_KINDS, "contract"),
]


class Step(BaseModel):
    """A tariff and the date from which it holds."""

    model_config = checks.CONFIG

    start: dt.date | None = None
    """First local date of the tariff; left out in the first step, and only there."""
    tariff: Plain = Field(json_schema_extra={"x-words": "the name of a tariff or a table"})
    """A named tariff, or a table of any kind but switch."""


class Switch(BaseModel):
    """Another tariff from a date on; a switch ends a billing period."""

    model_config = checks.CONFIG

    kind: Literal["switch"]
    steps: Annotated[tuple[Step, ...], _LIST]
    """Tariffs in the order in which they hold."""

    @model_validator(mode="after")
    def _order(self) -> Self:
        found = []
        if len(self.steps) < 2:
            text = f"needs two tariffs or more, got {len(self.steps)}"
            found.append(Problem(("steps",), text))
        for number, step in enumerate(self.steps):
            if number and step.start is None:
                text = "is missing: the first local date of this tariff"
                found.append(Problem(("steps", number, "start"), text))
            if not number and step.start is not None:
                text = "stands in later steps only: the first holds from the beginning"
                found.append(Problem(("steps", 0, "start"), text, at_key=True))
        for number, (one, other) in enumerate(pairwise(self.steps[1:]), 2):
            if one.start and other.start and other.start <= one.start:
                text = f"must come after {one.start}, the step before, got {other.start}"
                found.append(Problem(("steps", number, "start"), text))
        if found:
            raise refusal(*found)
        return self


Tariff: TypeAlias = Annotated[
    Annotated[Annotated[str, checks.known("tariff", names.tariffs)], Tag("name")]
    | Annotated[Flat, Tag("flat")]
    | Annotated[TimeOfUse, Tag("time_of_use")]
    | Annotated[Tempo, Tag("tempo")]
    | Annotated[CriticalPeak, Tag("critical_peak")]
    | Annotated[Dynamic, Tag("dynamic")]
    | Annotated[Named, Tag("named")]
    | Annotated[Contract, Tag("contract")]
    | Annotated[Switch, Tag("switch")],
    Discriminator(checks.kind_of),
    checks.kinds(_NAMED, *_KINDS, "contract", "switch"),
]

Said: TypeAlias = (
    str | Flat | TimeOfUse | Tempo | CriticalPeak | Dynamic | Named | Contract | Switch
)
"""Whatever an arm may say of its tariff."""


def name_of(said: Said) -> str:
    """Return the name of a named tariff, nothing for one that is written out."""
    if isinstance(said, Named):
        return said.name
    return said if isinstance(said, str) else ""


def money(said: Said, place: str) -> str:
    """Return the currency of a tariff, in a place whose own is given."""
    name = name_of(said)
    if name:
        return names.currency(name)
    if isinstance(said, Switch):
        return money(said.steps[0].tariff, place)
    if isinstance(said, Contract):
        return said.currency or money(said.energy, place)
    return money(said.base, place) if isinstance(said, CriticalPeak) else place


def within(said: Said) -> Iterator[tuple[Path, Said]]:
    """Yield a tariff and all the tables and names it is made of, with where they stand in it."""
    yield (), said
    if isinstance(said, Switch):
        for number, step in enumerate(said.steps):
            for path, inner in within(step.tariff):
                yield ("steps", number, "tariff", *path), inner
    if isinstance(said, CriticalPeak):
        yield ("base",), said.base
    if isinstance(said, Contract):
        for path, inner in within(said.energy):
            yield ("energy", *path), inner
        yield from _priced(said)


def misfits(said: Said, period: tuple[dt.date, dt.date], place: str) -> Iterator[Problem]:
    """Yield what is wrong with a tariff for a period and in a place, paths from the tariff on.

    Parameters
    ----------
    said : str or model
        The tariff of an arm.
    period : (date, date)
        First local date, and the local date after the last.
    place : str
        Currency of the place.
    """
    if not isinstance(said, Switch):
        return
    first = money(said.steps[0].tariff, place)
    for number, step in enumerate(said.steps):
        if step.start is not None and not period[0] < step.start < period[1]:
            text = f"must lie after {period[0]}, the first day of the period, and before its end"
            yield Problem(("steps", number, "start"), f"{text}, {period[1]}, got {step.start}")
        other = money(step.tariff, place)
        if other != first:
            text = f"is in {other}, the first step in {first}; a switch stays in one currency"
            yield Problem(("steps", number, "tariff"), text)


def _priced(said: Contract) -> Iterator[tuple[Path, Said]]:
    """Yield the tables of a contract besides its energy price."""
    if said.network is not None and not isinstance(said.network, tuple):
        yield ("network",), said.network
    network = said.network if isinstance(said.network, tuple) else ()
    for key, listed in (("network", network), ("levies", said.levies)):
        for number, part in enumerate(listed):
            if part.prices is not None:
                yield (key, number, "prices"), part.prices
    if said.export is not None and said.export.prices is not None:
        yield ("export", "prices"), said.export.prices


def _block_problems(said: Contract) -> Iterator[Problem]:
    """Yield what is wrong with prices of blocks beside the energy price."""
    taken: set[int] = set()
    for number, block in enumerate(said.blocks):
        if block.prices is None:
            continue
        if not isinstance(said.energy, Flat):
            text = 'goes with energy = { kind = "flat", ... }; with another, use adders'
            yield Problem(("blocks", number, "prices"), text, at_key=True)
        twice = sorted(taken & set(block.months))
        if twice:
            text = f"names month {twice[0]}, which other blocks with prices have"
            yield Problem(("blocks", number, "months"), text)
        taken |= set(block.months)
