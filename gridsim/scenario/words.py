"""A scenario in words: what it asks, and what differs between its arms."""

import datetime as dt
import html
from collections.abc import Iterator

from gridsim.scenario.composed import Contract, Said, Switch
from gridsim.scenario.models import Arm, Automation, OptIn, OptOut, Scenario
from gridsim.scenario.programmes import Call, OpenAdr, Rule
from gridsim.scenario.rebates import Rebate
from gridsim.scenario.tariffs import CriticalPeak, Dynamic, Flat, Named, Tempo, TimeOfUse

_CHANNELS = {
    "bill": "only on the bill",
    "letter": "by letter",
    "text": "by text message",
    "app": "by an app",
    "display": "on an in-home display",
}
_FEEDBACK = {
    "bill": "informative bills",
    "audit": "advice",
    "daily": "daily figures",
    "display": "a live display",
    "appliance": "figures for each appliance",
    "report": "home reports",
}
_FOLLOWS = {
    "self_consumption": "own production",
    "price": "the price",
    "peak": "the peak load of their home",
}
_TANKS = {
    True: "obey the off-peak contact",
    False: "ignore the off-peak contact",
    "price": "follow the price",
}
_DEVICES = {
    "pv": "panels",
    "battery": "home batteries",
    "ev": "electric cars",
    "heat_pump": "heat pumps",
    "electric_heat": "electric heating",
    "air_conditioning": "air conditioning",
    "second_heater": "second heaters",
    "hot_water_electric": "electric hot water",
}

_RULES = {
    "coldest": "the {n} coldest {days}",
    "hottest": "the {n} hottest {days}",
    "below_c": "{days} below {n:g} C",
    "above_c": "{days} above {n:g} C",
    "dearest": "the {n} dearest {days}",
    "above_price": "{days} while the price lies above {n:g}",
    "busiest": "the {n} {days} of the highest forecast load{homes}",
    "limit_kva": "{days} while the forecast load{homes} passes {n:g} kVA",
    "every": "one of every {n} {days}",
}


def describe(scenario: Scenario) -> str:
    """Return who, where and when, and what differs between the arms, in a few lines."""
    reference, *others = scenario.arms
    lines = [summary(scenario), f"{reference} (reference): {_arm(scenario.arms[reference])}"]
    for name in others:
        found = differences(scenario.arms[reference], scenario.arms[name])
        same = "the same as the reference, so its effects are exactly zero"
        lines.append(f"{name}: {'; '.join(found) or same}")
    return "\n".join(lines)


def summary(scenario: Scenario) -> str:
    """Return who, where and when in one sentence."""
    period, place = scenario.period, scenario.place
    homes = scenario.population.homes
    where = place.name or f"{place.latitude:g}, {place.longitude:g}"
    days = (period.end - period.start).days
    return (
        f"{homes:,} {'home' if homes == 1 else 'homes'} ({scenario.population.preset}), {where}, "
        f"{period.start} to {period.end} ({days} {'day' if days == 1 else 'days'}), "
        f"steps of {period.step_minutes} min"
    )


def differences(reference: Arm, arm: Arm) -> list[str]:
    """Return what an arm changes against the reference, one phrase each; empty if nothing."""
    return list(_changes(reference, arm))


def tariff_words(arm: Arm) -> str:
    """Return the tariff of an arm in a few words."""
    return _tariff(arm.tariff)


def _tariff(tariff: Said) -> str:
    """Return a tariff in a few words."""
    if isinstance(tariff, Switch):
        return ", ".join(_from(step.start) + _tariff(step.tariff) for step in tariff.steps)
    if isinstance(tariff, Contract):
        return _tariff(tariff.energy) + "".join(f", {part}" for part in _parts(tariff))
    return _named(tariff) if isinstance(tariff, Named) else _energy(tariff)


def _named(tariff: Named) -> str:
    """Return a named tariff and what it is given, in a few words."""
    hours = f", off-peak at {' and '.join(tariff.off_peak)}" if tariff.off_peak else ""
    series = ", by the file's wholesale price" if tariff.series not in (None, "synthetic") else ""
    return f"{tariff.name}{hours}{series}"


def _from(start: dt.date | None) -> str:
    """Return from when a tariff holds, nothing for the first."""
    return "" if start is None else f"from {start} "


def _parts(tariff: Contract) -> Iterator[str]:
    """Yield the parts of a contract besides its energy price, a few words each."""
    named = (
        ("taxes", tariff.taxes is not None),
        ("standing charges", bool(tariff.standing)),
        ("network prices", bool(tariff.network)),
        ("levies", bool(tariff.levies)),
    )
    yield from (words for words, there in named if there)
    if tariff.carbon is not None:
        signal = "" if tariff.carbon.billed else ", told and not billed"
        yield f"carbon at {tariff.carbon.price_t:g} a tonne{signal}"
    for block in tariff.blocks:
        yield f"blocks of {' / '.join(f'{bound:g}' for bound in block.bounds_kwh)} kWh"
    yield from (f'demand charge "{demand.name}"' for demand in tariff.demand)
    if tariff.subscribed is not None:
        yield f"{tariff.subscribed.kw:g} kW subscribed"
    if tariff.export is not None:
        yield tariff.export.kind.replace("_", "-")


def _energy(tariff: str | Flat | TimeOfUse | Tempo | CriticalPeak | Dynamic) -> str:
    """Return an energy price in a few words."""
    if isinstance(tariff, Flat):
        return f"one price, {tariff.price:.4f} per kWh"
    if isinstance(tariff, TimeOfUse):
        prices = sorted({band.price for band in tariff.bands})
        return "time of use, " + " / ".join(f"{price:.4f}" for price in prices) + " per kWh"
    if isinstance(tariff, Tempo):
        prices = [tariff.blue.off_peak, tariff.red.peak]
        return f"day colours, {min(prices):.4f} to {max(prices):.4f} per kWh"
    if isinstance(tariff, CriticalPeak):
        when = _days(tariff.dates, tariff.rule)
        hours = " and ".join(tariff.hours)
        return f"{_energy(tariff.base)}, but {tariff.price:.4f} at {hours} on {when}"
    if isinstance(tariff, Dynamic):
        series = "a made-up" if tariff.series == "synthetic" else "the file's"
        more = "".join(
            f", {extra.price:+.4f} at {' and '.join(extra.hours)}" for extra in tariff.surcharges
        )
        bounds = (("at most", tariff.cap), ("at least", tariff.floor))
        more += "".join(f", {word} {price:.4f}" for word, price in bounds if price is not None)
        price = f"{tariff.adder:.4f} + {tariff.factor:g} x {series} wholesale price per kWh"
        return f"dynamic, {price}{more}"
    return tariff


def enrolment_words(arm: Arm) -> str:
    """Return who gets the tariff of an arm in a few words."""
    if isinstance(arm.enrolment, OptIn):
        if arm.enrolment.share is None:
            return "offered, who takes it is up to the people"
        return f"offered, {arm.enrolment.share:.0%} of homes take it"
    if isinstance(arm.enrolment, OptOut):
        if arm.enrolment.leave is None:
            return "everyone is moved, who leaves is up to the people"
        return f"everyone is moved, {arm.enrolment.leave:.0%} of homes leave"
    return "everyone"


def call_words(call: Call | OpenAdr) -> str:
    """Return a programme of calls in a few words."""
    if isinstance(call, OpenAdr):
        return f"the events of {call.file}"
    orders = []
    if call.setback_k:
        orders.append(f"thermostats set back by {call.setback_k:g} K")
    if call.ev:
        orders.append("chargers paused")
    if call.ev_limit_kw is not None:
        orders.append(f"chargers held to {call.ev_limit_kw:g} kW")
    if call.hot_water:
        orders.append("hot-water tanks blocked")
    if call.load_limit_kw is not None:
        orders.append(f"machines held to {call.load_limit_kw:g} kW a home")
    if call.opt_out:
        orders.append(f"{call.opt_out:.0%} of homes opting out")
    what = ", ".join(orders) or "appeals in words"
    channel = "" if call.channel is None else f", told {_CHANNELS[call.channel]}"
    return f"{what} at {' and '.join(call.hours)} on {_days(call.dates, call.rule)}{channel}"


def rebate_words(rebate: Rebate) -> str:
    """Return a peak-time rebate in a few words."""
    days = _days(rebate.dates, rebate.rule)
    games = f", {rebate.gaming:.0%} of homes game it" if rebate.gaming else ""
    return (
        f"a rebate of {rebate.price:g} per kWh below {rebate.baseline} at"
        f" {' and '.join(rebate.hours)} on {days}{games}"
    )


def html_of(scenario: Scenario) -> str:
    """Return the scenario for a notebook: title, question, facts and a table of arms."""
    head, *arms = describe(scenario).split("\n")
    rows = (line.partition(": ") for line in arms)
    cells = "".join(
        f'<tr><th style="text-align:left">{html.escape(name)}</th>'
        f'<td style="text-align:left">{html.escape(text)}</td></tr>'
        for name, _, text in rows
    )
    question = f"<p><em>{html.escape(scenario.question)}</em></p>" if scenario.question else ""
    title = html.escape(scenario.title)
    return f"<div><h4>{title}</h4>{question}<p>{html.escape(head)}</p><table>{cells}</table></div>"


def _arm(arm: Arm) -> str:
    """Return an arm on its own in a line."""
    parts = [tariff_words(arm), f"prices heard {_CHANNELS[arm.channel]}"]
    plain = Arm(tariff=arm.tariff)
    parts += [*_programmes(plain, arm), *_machines(plain, arm)]
    return "; ".join(parts)


def _changes(reference: Arm, arm: Arm) -> Iterator[str]:
    """Yield the phrases of :func:`differences`."""
    if arm.tariff != reference.tariff:
        yield f"{tariff_words(arm)} instead of {tariff_words(reference)}"
    if arm.channel != reference.channel:
        before, after = _CHANNELS[reference.channel], _CHANNELS[arm.channel]
        yield f"prices heard {after} instead of {before}"
    if arm.enrolment != reference.enrolment:
        yield f"enrolment: {enrolment_words(arm)}"
    yield from _programmes(reference, arm)
    yield from _machines(reference, arm)


def _programmes(reference: Arm, arm: Arm) -> Iterator[str]:
    """Yield what differs in calls and information."""
    if arm.calls != reference.calls:
        yield from (call_words(call) for call in arm.calls if call not in reference.calls)
        if not arm.calls:
            yield "no calls"
    yield from (rebate_words(said) for said in arm.rebates if said not in reference.rebates)
    if reference.rebates and not arm.rebates:
        yield "no rebates"
    if arm.information != reference.information:
        kinds = ", ".join(_FEEDBACK[said.kind] for said in arm.information)
        yield f"feedback: {kinds or 'none'}"


def _machines(reference: Arm, arm: Arm) -> Iterator[str]:
    """Yield what differs in export price, devices and automation."""
    if arm.rates_factor != reference.rates_factor:
        yield f"rates times {_number(arm.rates_factor)}"
    if arm.export_price != reference.export_price:
        yield f"feed-in price {_number(arm.export_price)} per kWh"
    for name, words in _DEVICES.items():
        share = getattr(arm.devices, name)
        if share != getattr(reference.devices, name):
            yield f"{words} in {_share(share)} of homes"
    yield from _automation(reference.automation, arm.automation)


def _automation(reference: Automation, arm: Automation) -> Iterator[str]:
    """Yield what differs in automation."""
    if arm.ev != reference.ev:
        yield f"{_share(arm.ev)} of chargers follow the price"
    if arm.thermostat != reference.thermostat:
        yield f"{_share(arm.thermostat)} of electric heating follows the price"
    if arm.timer != reference.timer:
        share = arm.timer or 0.0
        yield f"timers start the washing by price in {_share(share)} of homes"
    if arm.battery != reference.battery:
        yield f"batteries follow {_FOLLOWS[arm.battery]}"
    if arm.hot_water != reference.hot_water:
        yield f"hot-water tanks {_TANKS[arm.hot_water]}"
    if arm.curtail != reference.curtail:
        yield f"panels {'hold back' if arm.curtail else 'feed in'} what earns less than nothing"


def _days(dates: tuple[dt.date, ...] | None, rule: Rule | None) -> str:
    """Return the choice of days in a few words."""
    if rule is None:
        many = dates or ()
        return str(many[0]) if len(many) == 1 else f"{len(many)} days"
    days = "working days" if rule.weekdays else "days"
    homes = "" if rule.feeder_homes is None else f" of {rule.feeder_homes} homes"
    name = next(name for name in _RULES if getattr(rule, name) is not None)
    return _RULES[name].format(n=getattr(rule, name), days=days, homes=homes)


def _share(share: float | None) -> str:
    """Return a share as per cent, or where it comes from."""
    return "the population's share" if share is None else f"{100 * share:g} %"


def _number(price: float | None) -> str:
    """Return a price, or where it comes from."""
    return "of the tariff" if price is None else f"{price:.4f}"
