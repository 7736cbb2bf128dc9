"""From what a scenario says of calls and information to the records of the lower floors."""

import numpy as np

from gridsim.citizens.information import Information
from gridsim.core.clock import local_s
from gridsim.core.errors import DataError
from gridsim.programmes import calls, openadr, openadr_use
from gridsim.programmes.methods import METHODS
from gridsim.programmes.openadr_use import Reading
from gridsim.programmes.rebates import Rebate
from gridsim.programmes.watch import Watch
from gridsim.scenario import calling, contracts, files, models, programmes
from gridsim.signals import foreseen, rules
from gridsim.signals.contract import Contract
from gridsim.signals.place import Place
from gridsim.signals.rules import Forecast
from gridsim.signals.whole import Whole


def calls_of(arm: models.Arm, seen: contracts.Seen, contract: Contract) -> tuple[calls.Call, ...]:
    """Return the calls of an arm that are settled before the run, in order of their steps."""
    found: list[calls.Call] = []
    for said in arm.calls:
        if isinstance(said, programmes.OpenAdr):
            found += _from_events(said, seen)
        elif (plan := _plan(said)).days.rule not in rules.ON_LOAD:
            found += _planned(plan, said, seen, contract)
    return calls.in_order(tuple(found))


def watches_of(arm: models.Arm, seen: contracts.Seen) -> tuple[Watch, ...]:
    """Return the programmes of an arm that call by the load, which only the run knows."""
    return tuple(
        _watch(plan, said, seen)
        for plan, said in (
            (_plan(said), said) for said in arm.calls if isinstance(said, programmes.Call)
        )
        if plan.days.rule in rules.ON_LOAD
    )


def rebates_of(arm: models.Arm, seen: contracts.Seen) -> tuple[Rebate, ...]:
    """Return the peak-time rebates of an arm, their calls laid onto the period."""
    found = []
    for said in arm.rebates:
        days, hours = calling.days_of(said.dates, said.rule), contracts.hours_of(said.hours)
        lead = contracts.lead_of(said.notice)
        plan = calls.Plan(days, hours, lead, said.label, said.channel)
        series = None if said.rule is None else said.rule.series
        known = calling.known(days, hours, seen, series=series, price=None)
        told = calls.in_order(calls.calls(plan, seen.clock, known))
        found.append(Rebate(said.price, METHODS[said.baseline], told, said.gaming))
    return tuple(found)


def information_of(arm: models.Arm, period: models.Period, here: Place) -> tuple[Information, ...]:
    """Return the feedback of an arm; it lasts as long as the period where no dates are said."""
    return tuple(
        Information(
            said.kind,
            local_s(said.start or period.start, here.timezone),
            local_s(said.end or period.end, here.timezone),
        )
        for said in arm.information
    )


def _planned(
    plan: calls.Plan, said: programmes.Call, seen: contracts.Seen, contract: Contract
) -> tuple[calls.Call, ...]:
    """Return the calls of one table."""
    series = None if said.rule is None else said.rule.series
    own = plan.days.rule in rules.ON_PRICE and series is None
    price = Whole(contract).price(seen.clock) if own else None
    known = calling.known(plan.days, plan.hours, seen, series=series, price=price)
    return calls.calls(plan, seen.clock, known)


def _from_events(said: programmes.OpenAdr, seen: contracts.Seen) -> tuple[calls.Call, ...]:
    """Return the calls of a file of events."""
    file = files.locate(said.file, "calls.file")
    tells = said.setback_k or said.ev is not None or said.hot_water is not None
    control = calls.Control(
        said.setback_k or 0.0,
        said.ev is not None,
        said.hot_water is not None,
        opt_out=said.opt_out or 0.0,
    ) if tells else None  # fmt: skip
    reading = Reading(said.channel, said.reminder, control, said.target)
    try:
        return openadr_use.calls_of(openadr.read(file), seen.clock, reading)
    except DataError as wrong:
        told = str(wrong)
        raise DataError(told if told.startswith(str(file)) else f"{file}: {told}") from wrong


def _watch(plan: calls.Plan, said: programmes.Call, seen: contracts.Seen) -> Watch:
    """Return what an operator watches."""
    days = np.unique(seen.clock.local_day)
    error_k = np.zeros(len(days))
    if plan.days.forecast == Forecast.DAY_AHEAD:
        error_k = foreseen.error_k(days, seen.seed)
    homes = None if said.rule is None else said.rule.feeder_homes
    return Watch(plan, homes, seen.weather().temp_c, error_k)


def _plan(said: programmes.Call) -> calls.Plan:
    """Return the plan of one table."""
    control = None
    if said.kind == "control":
        control = calls.Control(
            said.setback_k or 0.0,
            said.ev is not None,
            said.hot_water is not None,
            np.inf if said.ev_limit_kw is None else said.ev_limit_kw,
            np.inf if said.load_limit_kw is None else said.load_limit_kw,
            said.opt_out or 0.0,
        )
    return calls.Plan(
        calling.days_of(said.dates, said.rule),
        contracts.hours_of(said.hours),
        contracts.lead_of(said.notice),
        said.label or said.kind,
        said.channel,
        control,
        said.reminder,
    )
