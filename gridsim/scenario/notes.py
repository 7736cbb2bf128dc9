"""What is not wrong in a scenario, but what its reader should know."""

from collections.abc import Iterator, Sequence

from gridsim.core.clock import HOUR_S, Clock
from gridsim.scenario import tariffs as tables
from gridsim.scenario.models import Arm, Period, Scenario
from gridsim.scenario.programmes import Call
from gridsim.signals.contract import Contract
from gridsim.signals.critical import CriticalPeak
from gridsim.signals.dynamic import Dynamic
from gridsim.signals.place import Place
from gridsim.signals.tariff import Flat, Tariff, TimeOfUse
from gridsim.signals.tempo import Tempo

_DEAR = 5.0  # assumed: no household pays more a kWh in euros, pounds or dollars
_LARGE_MONEY = ("EUR", "GBP", "USD", "CHF")

Contracts = Sequence[tuple[str, Contract]]
"""Names of the arms with what their homes sign."""


def of(scenario: Scenario, contracts: Contracts, horizon: Clock, here: Place) -> tuple[str, ...]:
    """Return the notes on a scenario, one sentence each."""
    return (
        *_comparisons(scenario, contracts),
        *_moments(contracts, horizon),
        *_days(scenario, contracts),
        *_money(contracts, here),
    )


def _days(scenario: Scenario, contracts: Contracts) -> Iterator[str]:
    """Yield what is odd about called days, and which prices are made up."""
    for name, contract in contracts:
        arm, tariff = scenario.arms[name], contract.tariff
        if isinstance(tariff, CriticalPeak) and not tariff.days:
            yield f"arm {name}: no day of the period is critical: its tariff is that of its base"
        if isinstance(arm.tariff, tables.Dynamic) and arm.tariff.series == "synthetic":
            yield f"arm {name}: its wholesale price is synthetic, made of hour, weather and chance"
        yield from (f"arm {name}: {lost}" for lost in _outside(arm, scenario.period))


def _outside(arm: Arm, period: Period) -> Iterator[str]:
    """Yield which dates of an arm lie outside the period."""
    named = [call.dates for call in arm.calls if isinstance(call, Call)]
    if isinstance(arm.tariff, tables.CriticalPeak):
        named.append(arm.tariff.dates)
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
    first = contracts[0][1]
    for name, contract in contracts[1:]:
        if contract.standing_year != first.standing_year:
            yield (
                f"standing charges differ, {first.standing_year:g} a year in {reference} and"
                f" {contract.standing_year:g} in {name}: bills differ by that too"
            )
        if contract.export_price != first.export_price:
            yield (
                f"feed-in prices differ, {first.export_price:g} in {reference} and"
                f" {contract.export_price:g} in {name}: bills differ by that too"
            )
    if scenario.signals.tempo_colours is not None and not any(
        isinstance(contract.tariff, Tempo) for _, contract in contracts
    ):
        yield "signals.tempo_colours is read by no arm: none has a Tempo tariff"


def _same(one: Arm, other: Arm) -> bool:
    """Tell whether two arms differ in nothing but their label."""
    return one.model_copy(update={"label": other.label}) == other


def _moments(contracts: Contracts, horizon: Clock) -> Iterator[str]:
    """Yield the signals that fall inside a step: they count from the next one."""
    minutes = horizon.step_s // 60
    for name, contract in contracts:
        tariff = contract.tariff
        if isinstance(tariff, CriticalPeak):
            tariff = tariff.base
        if isinstance(tariff, TimeOfUse):
            edges = {hour for band in tariff.bands for span in band.hours for hour in span}
            inside = sorted(hour for hour in edges if round(hour * HOUR_S) % horizon.step_s)
            if inside:
                times = ", ".join(f"{int(h):02d}:{round(h % 1 * 60):02d}" for h in inside)
                yield (
                    f"arm {name}: the price changes at {times}, inside a step of {minutes} min;"
                    " it counts from the next step"
                )
        late = [
            notice
            for notice in contract.tariff.notices(horizon)
            if (notice.published_s - horizon.start_s) % horizon.step_s
        ]
        if late:
            yield (
                f"arm {name}: {len(late)} announcements fall inside a step of {minutes} min; each"
                " counts from the next step"
            )


def _money(contracts: Contracts, here: Place) -> Iterator[str]:
    """Yield what looks wrong about money."""
    for name, contract in contracts:
        if contract.currency != here.currency:
            yield (
                f"arm {name}: its prices are in {contract.currency}, the money of {here.name} is"
                f" {here.currency}; nothing is converted"
            )
        rate = _highest(contract.tariff)
        if rate > _DEAR and contract.currency in _LARGE_MONEY:
            yield (
                f"arm {name}: {rate:g} {contract.currency} a kWh; were cents meant? Prices are in"
                " the full unit"
            )


def _highest(tariff: Tariff) -> float:
    """Return the highest price of a tariff that has rates to look at, else 0."""
    if isinstance(tariff, CriticalPeak):
        return max(tariff.rate, _highest(tariff.base))
    if isinstance(tariff, Dynamic):
        return float(tariff.series.columns["price"].max())
    if isinstance(tariff, TimeOfUse):
        return max(band.rate for band in tariff.bands)
    if isinstance(tariff, Tempo):
        return max(tariff.blue.peak, tariff.white.peak, tariff.red.peak)
    return tariff.rate if isinstance(tariff, Flat) else 0.0
