"""What is not wrong in a scenario, but what its reader should know."""

import datetime as dt
import math
from collections.abc import Iterator, Sequence

from gridsim.core.clock import DAY_S, HOUR_S, Clock
from gridsim.scenario import composed
from gridsim.scenario import tariffs as tables
from gridsim.scenario.composed import Said
from gridsim.scenario.contracts import SYNTHETIC
from gridsim.scenario.models import Arm, Period, Scenario
from gridsim.scenario.output import bytes_kept
from gridsim.scenario.programmes import Call
from gridsim.signals import presets
from gridsim.signals.contract import Contract
from gridsim.signals.critical import CriticalPeak
from gridsim.signals.dynamic import Dynamic
from gridsim.signals.parts import Crediting, Per
from gridsim.signals.place import Place
from gridsim.signals.scaled import Scaled
from gridsim.signals.tariff import Flat, Tariff, TimeOfUse
from gridsim.signals.tempo import Tempo
from gridsim.signals.whole import Whole

ANYWAY = "its prices are used"
"""What a note on prices outside their dates says."""

_DEAR = 5.0  # assumed: no household pays more a kWh in euros, pounds or dollars
_MUCH = 1e9  # assumed: bytes of which a user wants to know before
_LARGE_MONEY = ("EUR", "GBP", "USD", "CHF")

Contracts = Sequence[tuple[str, Contract]]
"""Names of the arms with what their homes sign."""


def of(scenario: Scenario, contracts: Contracts, horizon: Clock, here: Place) -> tuple[str, ...]:
    """Return the notes on a scenario, one sentence each."""
    return (
        *_comparisons(scenario, contracts),
        *_moments(contracts, horizon),
        *_days(scenario, contracts),
        *_validity(scenario),
        *_money(contracts, here),
        *_recorded(scenario, horizon),
    )


def _recorded(scenario: Scenario, horizon: Clock) -> Iterator[str]:
    """Yield how much the loads of single homes will take on the disk, if that is a lot."""
    period = scenario.period
    steps = (period.end - period.start).days * DAY_S // horizon.step_s
    homes = scenario.population.homes
    size = bytes_kept(scenario.output, homes, steps, horizon.step_s) * len(scenario.arms)
    if size > _MUCH:
        most = ", at most" if getattr(scenario.output.kept, "filter", None) else ""
        yield f"output.profiles: about {size / 1e9:.1f} GB on the disk{most}"


def _days(scenario: Scenario, contracts: Contracts) -> Iterator[str]:
    """Yield what is odd about called days, and which prices are made up."""
    for name, contract in contracts:
        arm = scenario.arms[name]
        critical = [one for one in _tariffs(contract) if isinstance(one, CriticalPeak)]
        if critical and not any(one.days for one in critical):
            yield f"arm {name}: no day of the period is critical: its tariff is that of its base"
        if any(_made_up(said) for _, said in composed.within(arm.tariff)):
            yield f"arm {name}: its wholesale price is synthetic, made of hour, weather and chance"
        if arm.export_price is not None and _nets(contract):
            yield f"arm {name}: its export_price is of no account: net metering keeps kWh"
        yield from (f"arm {name}: {lost}" for lost in _outside(arm, scenario.period))


def _nets(contract: Contract) -> bool:
    """Tell whether exports are kept as kilowatt-hours, whatever the contract is switched to."""
    rules = [one.parts.export for one in (contract, *(later for _, later in contract.later))]
    return all(rule is not None and rule.crediting == Crediting.NET_METERING for rule in rules)


def _made_up(said: Said) -> bool:
    """Tell whether a table or a name stands for prices that are made up."""
    if isinstance(said, tables.Dynamic):
        return said.series == SYNTHETIC
    if isinstance(said, tables.Named) and said.series not in (None, SYNTHETIC):
        return False
    name = composed.name_of(said)
    return bool(name) and presets.preset(name).needs_prices


def _validity(scenario: Scenario) -> Iterator[str]:
    """Yield which prices do not hold in the whole of the period, each once."""
    period = scenario.period
    last = period.end - dt.timedelta(days=1)
    found: dict[str, list[str]] = {}
    for name, arm in scenario.arms.items():
        for text in dict.fromkeys(_expired(arm.tariff, period.start, last)):
            found.setdefault(text, []).append(name)
    for text, arms in found.items():
        yield f"{'arm' if len(arms) == 1 else 'arms'} {', '.join(arms)}: {text}"


def _expired(said: Said, first: dt.date, last: dt.date) -> Iterator[str]:
    """Yield which prices of a tariff hold later than from its first day or not to its last."""
    if isinstance(said, composed.Switch):
        starts = [first, *(step.start for step in said.steps if step.start is not None)]
        ends = [*(start - dt.timedelta(days=1) for start in starts[1:]), last]
        for step, start, end in zip(said.steps, starts, ends, strict=True):
            yield from _expired(step.tariff, start, end)
        return
    for _, one in composed.within(said):
        name = composed.name_of(one)
        table = presets.preset(name) if name else one
        what = name or f"the table of kind {getattr(one, 'kind', '')}"
        since, until = getattr(table, "valid_from", None), getattr(table, "valid_until", None)
        if since is not None and first < since:
            yield f"{what} holds from {since}; {ANYWAY} from {first} on all the same"
        elif until is not None and last > until:
            yield f"{what} holds until {until}; {ANYWAY} until {last} all the same"


def _tariffs(contract: Contract) -> Iterator[Tariff]:
    """Yield every tariff of a contract and of what it is switched to, from the outside in."""
    for one in (contract, *(later for _, later in contract.later)):
        stack = [one.tariff, *(adder.tariff for adder in one.parts.adders)]
        if one.parts.export is not None and one.parts.export.tariff is not None:
            stack.append(one.parts.export.tariff)
        while stack:
            tariff = stack.pop(0)
            yield tariff
            if isinstance(tariff, CriticalPeak):
                stack.append(tariff.base)
            elif isinstance(tariff, Scaled):
                stack.append(tariff.tariff)


def _outside(arm: Arm, period: Period) -> Iterator[str]:
    """Yield which dates of an arm lie outside the period."""
    named = [call.dates for call in arm.calls if isinstance(call, Call)]
    named += [rebate.dates for rebate in arm.rebates]
    named += [
        said.dates
        for _, said in composed.within(arm.tariff)
        if isinstance(said, tables.CriticalPeak)
    ]
    for dates in named:
        lost = [date for date in dates or () if not period.start <= date < period.end]
        if dates and lost:
            yield (
                f"{len(lost)} of its {len(dates)} called dates lie outside the period, the first"
                f" {lost[0]}"
            )
    for told in arm.information:
        start, end = told.start or period.start, told.end or period.end
        if start >= period.end or end <= period.start:
            yield f"its {told.kind} information lies outside the period"


def uncalled(name: str, said: int, found: int) -> tuple[str, ...]:
    """Return the note that an arm's programmes of calls call on no day of the period."""
    if not said or found:
        return ()
    return (f"arm {name}: no day of the period is called",)


def _comparisons(scenario: Scenario, contracts: Contracts) -> Iterator[str]:
    """Yield what makes arms compare badly."""
    reference, *others = scenario.arms
    if not others:
        yield f"there is one arm, {reference}, so there are no effects"
    for name in others:
        if _same(scenario.arms[reference], scenario.arms[name]):
            yield f"arms {reference} and {name} are the same: all effects are exactly zero"
    standing = [(name, f"{_standing_year(one):.2f} a year") for name, one in contracts]
    yield from _differing("standing charges", standing)
    yield from _differing("feed-in prices", [(name, _fed_in(one)) for name, one in contracts])
    if scenario.signals.tempo_colours is not None and not any(
        isinstance(tariff, Tempo) for _, contract in contracts for tariff in _tariffs(contract)
    ):
        yield "signals.tempo_colours is read by no arm: none has a Tempo tariff"


def _differing(what: str, said: Sequence[tuple[str, str]]) -> Iterator[str]:
    """Yield what arms have that the first has otherwise, arms of one value together."""
    (reference, first), *others = said
    values: dict[str, list[str]] = {}
    for name, value in others:
        if value != first:
            values.setdefault(value, []).append(name)
    for value, names in values.items():
        yield (
            f"{what} differ, {first} in {reference} and {value} in {', '.join(names)}: bills differ"
            " by that too"
        )


def _fed_in(contract: Contract) -> str:
    """Return in words what exports bring."""
    rule = contract.parts.export
    if rule is None:
        return f"{contract.export_price:g}"
    if rule.crediting == Crediting.NET_METERING:
        return "net metering"
    price = f"{contract.export_price:g}" if rule.tariff is None else "prices of their own"
    return f"net billing at {price}" if rule.crediting == Crediting.NET_BILLING else price


def _standing_year(contract: Contract) -> float:
    """Return all charges of a year that do not depend on use, with their tax. [currency/year]"""
    times = {Per.DAY: 365, Per.MONTH: 12, Per.YEAR: 1}
    quoted = contract.standing_year + sum(
        times[one.per] * one.amount for one in contract.parts.fixed
    )
    taxes = contract.parts.taxes
    return quoted if taxes.included else quoted * (1.0 + taxes.fixed_vat)


def _same(one: Arm, other: Arm) -> bool:
    """Tell whether two arms differ in nothing but their label."""
    return one.model_copy(update={"label": other.label}) == other


def _moments(contracts: Contracts, horizon: Clock) -> Iterator[str]:
    """Yield the signals that fall inside a step: they count from the next one."""
    minutes = horizon.step_s // 60
    for name, contract in contracts:
        bands = [
            band
            for tariff in _tariffs(contract)
            if isinstance(tariff, TimeOfUse)
            for band in tariff.bands
        ]
        edges = {hour for band in bands for span in band.hours for hour in span}
        inside = sorted(hour for hour in edges if round(hour * HOUR_S) % horizon.step_s)
        if inside:
            times = ", ".join(f"{int(h):02d}:{round(h % 1 * 60):02d}" for h in inside)
            yield (
                f"arm {name}: the price changes at {times}, inside a step of {minutes} min;"
                " it counts from the next step"
            )
        yield from (f"arm {name}: {coarse}" for coarse in _coarse(contract, minutes))
        late = [
            notice
            for notice in Whole(contract).notices(horizon)
            if (notice.published_s - horizon.start_s) % horizon.step_s
        ]
        if late:
            yield (
                f"arm {name}: {len(late)} announcements fall inside a step of {minutes} min; each"
                " counts from the next step"
            )


def _coarse(contract: Contract, minutes: int) -> Iterator[str]:
    """Yield which demand charges are metered over shorter intervals than the steps tell."""
    for one in (contract, *(later for _, later in contract.later)):
        for demand in one.parts.demand:
            if demand.minutes % minutes:
                yield (
                    f"demand charge {demand.name!r} is for means over {demand.minutes} min; with"
                    f" steps of {minutes} min the means over"
                    f" {math.lcm(demand.minutes, minutes)} min count"
                )


def _money(contracts: Contracts, here: Place) -> Iterator[str]:
    """Yield what looks wrong about money."""
    for name, contract in contracts:
        if contract.currency != here.currency:
            yield (
                f"arm {name}: its prices are in {contract.currency}, the money of {here.name} is"
                f" {here.currency}; nothing is converted"
            )
        rate = max(_highest(tariff) for tariff in _tariffs(contract))
        if rate > _DEAR and contract.currency in _LARGE_MONEY:
            yield (
                f"arm {name}: {rate:g} {contract.currency} a kWh; were cents meant? Prices are in"
                " the full unit"
            )


def _highest(tariff: Tariff) -> float:
    """Return the highest price of a tariff that has rates to look at, else 0."""
    if isinstance(tariff, CriticalPeak):
        return tariff.rate
    if isinstance(tariff, Dynamic):
        return float(tariff.series.columns["price"].max())
    if isinstance(tariff, TimeOfUse):
        return max(band.rate for band in tariff.bands)
    if isinstance(tariff, Tempo):
        return max(tariff.blue.peak, tariff.white.peak, tariff.red.peak)
    return tariff.rate if isinstance(tariff, Flat) else 0.0
