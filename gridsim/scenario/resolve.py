"""From a scenario to the records of the lower floors: all that the engine needs to run it."""

import datetime as dt
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from gridsim.citizens.information import Information
from gridsim.core.arrays import F8
from gridsim.core.clock import Clock, make_clock
from gridsim.core.errors import DataError, ScenarioError
from gridsim.population.recipe import Overrides, Recipe, Sizes
from gridsim.programmes.calls import Call
from gridsim.programmes.rebates import Rebate
from gridsim.programmes.watch import Watch
from gridsim.scenario import (
    calling,
    checks,
    colours,
    contracts,
    files,
    horizons,
    models,
    notes,
    output,
    programmed,
    signing,
)
from gridsim.scenario.models import Scenario
from gridsim.scenario.where import place_of
from gridsim.signals import carbon, sun, typical_year, weather
from gridsim.signals.contract import Contract
from gridsim.signals.place import Place
from gridsim.signals.sun import Sky
from gridsim.signals.weather import Weather

BEYOND_DAYS = 2
"""Days after the period for which prices and weather are known too, for plans that look ahead."""


@dataclass(frozen=True, slots=True)
class Enrolment:
    """Who gets the tariff of an arm.

    Parameters
    ----------
    kind : str
        How people come to it.
    share : float or None
        Share of homes that are meant to end up on it, 1 for everyone; None leaves it to them.
    """

    kind: Literal["everyone", "opt_in", "opt_out"]
    share: float | None


@dataclass(frozen=True, slots=True)
class Automation:
    """What machines do for the people of an arm.

    Parameters
    ----------
    ev, thermostat : float or None
        Share of chargers, of homes with a thermostat, that follow prices; in the recipe too.
    battery : str
        What home batteries follow.
    hot_water : bool or str
        Whether tanks obey the off-peak contact; "price": they follow the price instead.
    timer : float or None
        Share of homes whose washing machines and the like start by timers that follow prices.
    curtail : bool
        Whether panels hold back what would be fed in at a price below zero.
    """

    ev: float | None
    battery: Literal["self_consumption", "price", "peak"]
    hot_water: Literal["price"] | bool
    thermostat: float | None
    timer: float | None = None
    curtail: bool = False


@dataclass(frozen=True, slots=True)
class ArmCase:
    """An arm, resolved.

    Parameters
    ----------
    name, label : str
        Its key in the scenario; what distinguishes it, in words.
    contract : Contract
        What enrolled homes have signed.
    channel : str
        How people hear of prices.
    enrolment : Enrolment
        Who gets the contract; the others keep that of the first arm.
    recipe : Recipe
        What its town is settled from.
    automation : Automation
        What machines do.
    calls : tuple of Call
        What enrolled homes are called to do, in order of steps, on the clock of the period.
    information : tuple of Information
        Feedback that enrolled homes are given.
    rebates : tuple of Rebate
        What enrolled homes are paid for using less than a baseline in called hours.
    watches : tuple of Watch
        Programmes that call by the load, which only the run knows.
    """

    name: str
    label: str
    contract: Contract
    channel: checks.Channel
    enrolment: Enrolment
    recipe: Recipe
    automation: Automation
    calls: tuple[Call, ...] = ()
    information: tuple[Information, ...] = ()
    watches: tuple[Watch, ...] = ()
    rebates: tuple[Rebate, ...] = ()


@dataclass(frozen=True, slots=True)
class Case:
    """A scenario with everything it names found, read and laid onto the clock.

    Nine fields, one past the house's measure: the engine reads each of them, and a box around
    three of them would be a box for the sake of the number.

    Parameters
    ----------
    scenario : Scenario
        As the user wrote it.
    clock, horizon : Clock
        The period, t steps; the same and ``BEYOND_DAYS`` more, h steps.
    place : Place
        Where.
    weather, sky : Weather, Sky
        On the horizon, shape (h,).
    carbon_g_kwh : F8
        Average carbon intensity on the horizon, shape (h,). [g/kWh]
    arms : tuple of ArmCase
        The first is the reference.
    notes : tuple of str
        What a reader should know that is not wrong.
    """

    scenario: Scenario
    clock: Clock
    horizon: Clock
    place: Place
    weather: Weather
    sky: Sky
    carbon_g_kwh: F8
    arms: tuple[ArmCase, ...]
    notes: tuple[str, ...]


def resolve(scenario: Scenario) -> Case:
    """Return the case of a scenario.

    Raises
    ------
    DataError
        If a file that the scenario names is missing or makes no sense.
    """
    here = place_of(scenario)
    clock, horizon = _clocks(scenario, here)
    outside, told = _weather(scenario, here, clock, horizon)
    days = colours.find(scenario, here, horizon, outside)
    intensity = _carbon(scenario, here, clock, horizon)
    earlier = calling.Earlier(scenario, here)
    seen = contracts.Seen(days, clock, horizon, outside, scenario.seed, intensity, earlier)
    arms = tuple(_arm(scenario, name, here, seen) for name in scenario.arms)
    case = Case(
        scenario=scenario,
        clock=clock,
        horizon=horizon,
        place=here,
        weather=outside,
        sky=sun.sky(outside, horizon, here),
        carbon_g_kwh=intensity,
        arms=arms,
        notes=told,
    )
    contracts_of = [(arm.name, arm.contract) for arm in arms]
    silent = [
        note
        for arm in arms
        for note in notes.uncalled(
            arm.name,
            len(scenario.arms[arm.name].calls) + len(scenario.arms[arm.name].rebates),
            len(arm.calls) + len(arm.watches) + sum(len(rebate.calls) for rebate in arm.rebates),
        )
    ]
    found = notes.of(scenario, contracts_of, horizon, here)
    return replace(case, notes=(*told, *found, *silent))


def recipe_of(scenario: Scenario, arm: models.Arm) -> Recipe:
    """Return what the town of an arm is settled from: the population, then what the arm changes."""
    population = scenario.population
    shares = {name: getattr(population, name) for name in Overrides.__dataclass_fields__}
    changed = {name: getattr(arm.devices, name) for name in type(arm.devices).model_fields}
    changed |= {"ev_smart": arm.automation.ev, "thermostat": arm.automation.thermostat}
    shares |= {name: share for name, share in changed.items() if share is not None}
    sizes = Sizes(population.pv_kwp_per_mwh, population.battery_kwh_per_mwh)
    return Recipe(population.preset, Overrides(**shares), sizes)


def _clocks(scenario: Scenario, here: Place) -> tuple[Clock, Clock]:
    """Return the clock of the period and that of the horizon."""
    period = scenario.period
    beyond = period.end + dt.timedelta(days=BEYOND_DAYS)
    try:
        first, second = (
            make_clock(period.start, end, period.step_minutes, here.timezone, here.country)
            for end in (period.end, beyond)
        )
    except ValueError as error:
        raise ScenarioError([f"period: {error}"]) from error
    uneven = list(output.uneven(scenario.output, first.local_day, first.step_s))
    if uneven:
        raise ScenarioError(uneven)
    return first, second


def _weather(
    scenario: Scenario, here: Place, clock: Clock, horizon: Clock
) -> tuple[Weather, tuple[str, ...]]:
    """Return the weather on the horizon, and what to say of it."""
    if scenario.place.weather == "typical":
        made = typical_year.make(here.name, horizon, scenario.seed)
        return made, (f"the weather of {here.name} is synthetic: {made.label}",)
    table = weather.read(files.locate(scenario.place.weather, "place.weather"))
    try:
        return weather.on_clock(table, horizon, here), ()
    except DataError:
        if table.typical:
            raise
    inside = weather.on_clock(table, clock, here)
    told = "the weather file ends with the period; plans that look further see its last day again"
    return _lengthened(inside, clock, horizon), (told,)


def _lengthened(inside: Weather, clock: Clock, horizon: Clock) -> Weather:
    """Return the weather with its last day repeated to the end of the horizon."""
    step = horizons.last_day_again(clock, horizon)
    return Weather(
        inside.temp_c[step],
        inside.ghi_w_m2[step],
        inside.dni_w_m2[step],
        inside.dhi_w_m2[step],
        inside.wind_m_s[step],
        inside.label,
        inside.synthetic,
    )


def _carbon(scenario: Scenario, here: Place, clock: Clock, horizon: Clock) -> F8:
    """Return the carbon intensity on the horizon, shape (h,). [g/kWh]"""
    said = scenario.place.carbon
    if said is None:
        said = here.country or ""  # the model refuses a place with neither
    if not (isinstance(said, str) and checks.is_file(said)):
        return carbon.intensity(said, horizon)
    file = files.locate(said, "place.carbon")
    try:
        return carbon.intensity(file, horizon)
    except DataError:  # a file that ends with the period serves; what lies beyond is never counted
        inside = carbon.intensity(file, clock)
    return np.asarray(inside[horizons.last_day_again(clock, horizon)])


def _arm(scenario: Scenario, name: str, here: Place, seen: contracts.Seen) -> ArmCase:
    """Return one arm, resolved."""
    arm = scenario.arms[name]
    contract = signing.of_arm(arm, here.currency, seen)
    return ArmCase(
        name=name,
        label=arm.label or contract.label,
        contract=contract,
        channel=arm.channel,
        enrolment=_enrolment(arm.enrolment),
        recipe=recipe_of(scenario, arm),
        automation=Automation(
            arm.automation.ev,
            arm.automation.battery,
            arm.automation.hot_water,
            arm.automation.thermostat,
            arm.automation.timer,
            arm.automation.curtail,
        ),
        calls=programmed.calls_of(arm, seen, contract),
        watches=programmed.watches_of(arm, seen),
        rebates=programmed.rebates_of(arm, seen),
        information=programmed.information_of(arm, scenario.period, here),
    )


def _enrolment(said: models.Enrolment) -> Enrolment:
    """Return who gets the tariff."""
    if isinstance(said, models.OptIn):
        return Enrolment("opt_in", said.share)
    if isinstance(said, models.OptOut):
        return Enrolment("opt_out", None if said.leave is None else 1.0 - said.leave)
    return Enrolment("everyone", 1.0)
