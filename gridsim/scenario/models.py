"""The scenario file as frozen records: each field, its default, what it allows, what it means.

The descriptions are what editors show (``gridsim schema``). Checks that need more than one field
stand below the fields; each refuses with the path of the culprit.
"""

import datetime as dt
from dataclasses import replace
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

from gridsim.scenario import checks, composed, names
from gridsim.scenario import output as recording
from gridsim.scenario.composed import Tariff
from gridsim.scenario.output import Output
from gridsim.scenario.problems import Problem, meant, refusal, shown
from gridsim.scenario.programmes import Information, Programme, feeders_of, too_few_homes
from gridsim.scenario.published import Signals
from gridsim.scenario.rebates import Rebate


class Period(BaseModel):
    """When: local dates, the end not included."""

    model_config = checks.CONFIG

    start: dt.date
    """First local date."""
    end: dt.date
    """The local date after the last (exclusive)."""
    step_minutes: Annotated[Literal[1, 5, 10, 15, 30, 60], BeforeValidator(checks.whole)] = 15
    """Length of a metering step [min]."""

    @model_validator(mode="after")
    def _order(self) -> Self:
        found = [
            Problem((name,), f"must lie from {checks.EARLIEST} to {checks.LATEST}, got {date}")
            for name, date in (("start", self.start), ("end", self.end))
            if not checks.EARLIEST <= date <= checks.LATEST
        ]
        if self.end <= self.start:
            text = f"must be after period.start, which is {self.start}, got {self.end}"
            found.append(Problem(("end",), f"{text}; the end is the day after the last day"))
        if found:
            raise refusal(*found)
        return self


class Place(BaseModel):
    """Where: a built-in place by name, or coordinates; with its weather and carbon intensity."""

    model_config = checks.CONFIG

    name: Annotated[str, checks.known("place", names.places)] | None = None
    """A built-in place; ``gridsim list`` names them."""
    latitude: Annotated[float, Field(ge=-90, le=90)] | None = None
    """Degrees north; instead of a name."""
    longitude: Annotated[float, Field(ge=-180, le=180)] | None = None
    """Degrees east; instead of a name."""
    timezone: Annotated[str, AfterValidator(checks.zone)] | None = None
    """IANA time zone such as Europe/Paris; instead of a name."""
    elevation_m: Annotated[float, Field(ge=-450, le=9000)] | None = None
    """Height above the sea [m]; instead of a name; 0 when left out."""
    country: Annotated[str, AfterValidator(checks.country)] | None = None
    """ISO code whose public holidays count; instead of a name; none when left out."""
    currency: checks.Currency | None = Field(default=None, json_schema_extra=checks.CODE)
    """ISO code of the money; instead of a name; EUR when left out."""
    weather: Annotated[str, AfterValidator(checks.weather)] = "typical"
    """The built-in synthetic year of the place ("typical"), or an EPW, TMY3 or CSV file."""
    carbon: Annotated[str | float | None, BeforeValidator(checks.carbon)] = None
    """Carbon intensity of the grid: a country such as "FR", a CSV file, or g/kWh."""

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        own = ("latitude", "longitude", "timezone", "elevation_m", "country", "currency")
        given = [name for name in own if getattr(self, name) is not None]
        if self.name is not None:
            found = [
                Problem((key,), "goes with coordinates, not with place.name: keep one", at_key=True)
                for key in given
            ]
        elif not given:
            text = "is missing: a built-in place, or latitude, longitude and timezone"
            found = [Problem(("name",), f"{text}; built in: {', '.join(names.places())}")]
        else:
            found = [
                Problem((key,), "is missing: a place without a name needs it")
                for key in own[:3]
                if key not in given
            ]
            if self.weather == "typical":
                text = '"typical" exists for built-in places only; here a weather file is wanted'
                found.append(Problem(("weather",), text))
            if self.carbon is None and self.country not in names.carbon_countries():
                known = ", ".join(names.carbon_countries())
                text = "is missing: a number in g/kWh, a CSV file, or a country that is built in"
                found.append(Problem(("carbon",), f"{text} ({known})"))
        if found:
            raise refusal(*found)
        return self


class Population(BaseModel):
    """Who: how many homes, from which preset; each share left out is the preset's."""

    model_config = checks.CONFIG

    homes: Annotated[int, Field(ge=1, le=10_000_000)]
    """Number of homes."""
    preset: Annotated[str, checks.known("population preset", names.towns)] = "france"
    """Joint shares of dwellings, persons and devices; ``gridsim list`` names them."""
    pv: checks.Share | None = None
    """Share of homes with photovoltaic panels."""
    battery: checks.Share | None = None
    """Share of homes with a home battery."""
    ev: checks.Share | None = None
    """Share of homes with an electric car that charges at home."""
    heat_pump: checks.Share | None = None
    """Share of homes heated by a heat pump."""
    electric_heat: checks.Share | None = None
    """Share of homes heated by resistance heaters."""
    air_conditioning: checks.Share | None = None
    """Share of homes with air conditioning."""
    second_heater: checks.Share | None = None
    """Share of electrically heated homes with a second heater such as a wood stove."""
    hot_water_electric: checks.Share | None = None
    """Share of homes with an electric hot-water tank."""
    ev_smart: checks.Share | None = None
    """Share of those chargers that can follow prices."""
    thermostat: checks.Share | None = None
    """Share of homes whose thermostat can follow prices."""
    pv_kwp_per_mwh: checks.PerMwh | None = None
    """Panels by expected yearly use without car [kWp/MWh], instead of by roof; the roof's
    direction stays."""
    battery_kwh_per_mwh: checks.PerMwh | None = None
    """Battery by expected yearly use without car [kWh/MWh], instead of by panels."""

    @model_validator(mode="after")
    def _heat(self) -> Self:
        both = (self.heat_pump or 0.0) + (self.electric_heat or 0.0)
        if both > 1 + 1e-12:
            text = f"with heat_pump makes {both:g} of the homes; together they must not pass 1"
            raise refusal(Problem(("electric_heat",), text))
        return self


def _everyone(value: str) -> str:
    """Refuse any word but the one."""
    if value != "everyone":
        options = ("everyone", "opt_in", "opt_out")
        hint = f", got {shown(value)}{meant(value, options)}"
        text = 'must be "everyone" or a table such as { kind = "opt_in", share = 0.2 }'
        raise refusal(Problem((), text + hint))
    return value


class OptIn(BaseModel):
    """The tariff is offered; some of the homes take it."""

    model_config = checks.CONFIG

    kind: Literal["opt_in"]
    share: checks.Share | None = None
    """Share of homes that take the offer; how many do is up to the people when left out."""


class OptOut(BaseModel):
    """Everyone is moved to the tariff; some of the homes leave it."""

    model_config = checks.CONFIG

    kind: Literal["opt_out"]
    leave: checks.Share | None = None
    """Share of homes that leave; how many do is up to the people when left out."""


Enrolment: TypeAlias = Annotated[
    Annotated[Annotated[str, AfterValidator(_everyone)], Tag("name")]
    | Annotated[OptIn, Tag("opt_in")]
    | Annotated[OptOut, Tag("opt_out")],
    Discriminator(checks.kind_of),
    checks.kinds('"everyone" or a table with a kind', "opt_in", "opt_out"),
]


class Devices(BaseModel):
    """Shares of homes with a device in this arm; each share left out is the population's."""

    model_config = checks.CONFIG

    pv: checks.Share | None = None
    """Share of homes with photovoltaic panels."""
    battery: checks.Share | None = None
    """Share of homes with a home battery."""
    ev: checks.Share | None = None
    """Share of homes with an electric car that charges at home."""
    heat_pump: checks.Share | None = None
    """Share of homes heated by a heat pump."""
    electric_heat: checks.Share | None = None
    """Share of homes heated by resistance heaters."""
    air_conditioning: checks.Share | None = None
    """Share of homes with air conditioning."""
    second_heater: checks.Share | None = None
    """Share of electrically heated homes with a second heater such as a wood stove."""
    hot_water_electric: checks.Share | None = None
    """Share of homes with an electric hot-water tank."""


def _relay(value: object) -> object:
    """Refuse what no relay of a tank can follow."""
    if isinstance(value, bool) or value == "price":
        return value
    raise refusal(Problem((), f'must be true, false or "price", got {shown(value)}'))


class Automation(BaseModel):
    """What machines do for the people of this arm."""

    model_config = checks.CONFIG

    ev: checks.Share | None = None
    """Share of home chargers that follow the price; the population's when left out."""
    battery: Literal["self_consumption", "price", "peak"] = "self_consumption"
    """What home batteries follow: the home's own production, prices too, or its peak load."""
    hot_water: Annotated[Literal["price"] | bool, BeforeValidator(_relay)] = True
    """Whether tanks obey the off-peak contact of the tariff; "price": all follow the price."""
    thermostat: checks.Share | None = None
    """Share of homes whose thermostat follows prices; the population's when left out."""
    timer: checks.Share | None = None
    """Share of homes whose washing machines and the like start by timers that follow prices."""
    curtail: bool = False
    """Whether panels hold back what would be fed in at a price below zero."""


class Arm(BaseModel):
    """One of the worlds that are compared: a tariff, how people hear of it, what they own."""

    model_config = checks.CONFIG

    tariff: Tariff = Field(json_schema_extra={"x-words": "the name of a tariff or a table"})
    """A name, or a table: flat, time_of_use, tempo, critical_peak, dynamic, contract or switch."""
    label: str = ""
    """What distinguishes this arm, in words for the report."""
    channel: checks.Channel = "bill"
    """How people hear of prices."""
    enrolment: Enrolment = "everyone"
    """Who gets the tariff; homes outside keep that of the first arm."""
    export_price: checks.Feed | None = None
    """What a kilowatt-hour fed in earns [currency/kWh]; the tariff's when left out."""
    rates_factor: Annotated[float, Field(gt=0, le=100)] = 1.0
    """What every rate of the tariff is multiplied by; ``gridsim tariff neutral`` finds it."""
    calls: Annotated[tuple[Programme, ...], Field(strict=False)] = ()
    """Appeals in words and orders to machines, heard by the homes that have the tariff."""
    rebates: Annotated[tuple[Rebate, ...], Field(strict=False)] = ()
    """Peak-time rebates, paid against a baseline to the homes that have the tariff."""
    information: Annotated[tuple[Information, ...], Field(strict=False)] = ()
    """Feedback on their own use, given to the homes that have the tariff."""
    devices: Devices = Devices()
    """What differs in devices."""
    automation: Automation = Automation()
    """What machines do."""


def _too_much_heat(population: Population, devices: Devices) -> list[tuple[str, float]]:
    """Return which key takes the two kinds of electric heating past all homes, and to what."""
    given = {
        key: getattr(devices, key)
        if getattr(devices, key) is not None
        else getattr(population, key)
        for key in ("heat_pump", "electric_heat")
    }
    both = sum(share or 0.0 for share in given.values())
    culprit = "electric_heat" if devices.electric_heat is not None else "heat_pump"
    changed = devices.electric_heat is not None or devices.heat_pump is not None
    return [(culprit, both)] if both > 1 + 1e-12 and changed else []


def _money(place: Place) -> str:
    """Return the currency of a place."""
    if place.name is None:
        return place.currency or "EUR"
    return names.money(place.name)


def _misfits(scenario: "Scenario") -> list[Problem]:
    """Return what is wrong with tariffs in this place and for this period."""
    dates, money = (scenario.period.start, scenario.period.end), _money(scenario.place)
    return [
        replace(problem, path=("arms", name, "tariff", *problem.path))
        for name, arm in scenario.arms.items()
        for problem in composed.misfits(arm.tariff, dates, money)
    ]


def _informed_for_no_time(period: Period, arms: dict[str, Arm]) -> list[Problem]:
    """Return what is said of information that ends before it starts once the period fills in."""
    found = []
    for name, arm in arms.items():
        for number, said in enumerate(arm.information):
            start, end = said.start or period.start, said.end or period.end
            if end <= start:
                key = "end" if said.end is not None else "start"
                text = f"leaves no day: it would be given from {start} to {end}, the end excluded"
                found.append(Problem(("arms", name, "information", number, key), text))
    return found


class Scenario(BaseModel):
    """One question: a population, a place, a period, and arms that differ in what is under test."""

    model_config = checks.CONFIG

    title: checks.Text
    """What the scenario is about, in a line."""
    question: str = ""
    """The question it answers."""
    description: str = ""
    """Anything a reader should know."""
    seed: Annotated[int, Field(ge=0, le=2**63 - 1)] = 1
    """Names the chances: the same seed gives the same homes, weather and choices."""
    replicates: Annotated[int, Field(ge=1, le=10_000), BeforeValidator(checks.whole)] = 1
    """How many times to ask, with the seeds that follow; how far the answers differ is told."""
    period: Period
    """When."""
    place: Place
    """Where."""
    population: Population
    """Who."""
    signals: Signals = Signals()
    """What is published besides the tariffs."""
    arms: Annotated[dict[checks.ArmName, Arm], AfterValidator(checks.an_arm)] = Field(
        json_schema_extra={"x-words": "one table for each arm, such as [arms.flat]"}
    )
    """The worlds that are compared; the first is the reference."""
    output: Output = Output()
    """What the run keeps."""

    @model_validator(mode="after")
    def _together(self) -> Self:
        first = next(iter(self.arms))
        found = [
            Problem(
                ("arms", name, "devices", key),
                f"heat_pump and electric_heat make {both:g}"
                " of the homes together; they must not pass 1",
            )
            for name, arm in self.arms.items()
            for key, both in _too_much_heat(self.population, arm.devices)
        ]
        if self.arms[first].enrolment != "everyone":
            text = 'must be "everyone" in the first arm: it is the tariff that the others leave'
            found.append(Problem(("arms", first, "enrolment"), text))
        found += _informed_for_no_time(self.period, self.arms)
        found += [
            Problem(("arms", name, "calls", *problem.path), problem.text)
            for name, arm in self.arms.items()
            for problem in too_few_homes(self.population.homes, arm.calls)
        ]
        if self.seed + self.replicates > 2**63:
            text = f"with seed {self.seed} needs seeds past {2**63 - 1}, the last one"
            found.append(Problem(("replicates",), f"{text}, got {self.replicates}"))
        found += _misfits(self)
        feeders = max(feeders_of(arm.calls) for arm in self.arms.values())
        found += recording.misfits(self.output, self.period.step_minutes, feeders)
        if found:
            raise refusal(*found)
        return self

    def set(self, key: str, value: object) -> "Scenario":
        """Return the scenario with one value changed: ``s.set("population.homes", 500)``.

        Raises
        ------
        ScenarioError
            If the key or the value is not allowed.
        """
        from gridsim.scenario import load  # noqa: PLC0415  (load builds on these records)

        return load.changed(self, key, value)

    def _repr_html_(self) -> str:
        """Return the scenario for a notebook."""
        from gridsim.scenario import words  # noqa: PLC0415

        return words.html_of(self)
