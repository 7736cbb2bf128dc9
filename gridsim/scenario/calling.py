"""From the days of a call or tariff to those that are called: what is looked at, and what is known.

Whoever calls sees the weather forecast of the day before, day-ahead prices, and, for thresholds
that follow the stock of days left, the year before the period.
"""

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from gridsim.core.arrays import F8
from gridsim.core.clock import Clock, date_of, day_number, make_clock
from gridsim.core.errors import DataError
from gridsim.programmes.calls import NOTHING, Known
from gridsim.scenario import files, price_files, programmes
from gridsim.signals import calendar, foreseen, rules, typical_year, weather
from gridsim.signals.place import Place
from gridsim.signals.rules import NO_LIMITS, Days, Forecast, Limits, Past, Rule

if TYPE_CHECKING:  # a scenario is refused before the weather is imported
    from gridsim.scenario.contracts import Seen
    from gridsim.scenario.models import Scenario
    from gridsim.signals.weather import Weather

_RULES = {
    "coldest": Rule.COLDEST,
    "hottest": Rule.HOTTEST,
    "below_c": Rule.BELOW_C,
    "above_c": Rule.ABOVE_C,
    "dearest": Rule.DEAREST,
    "above_price": Rule.ABOVE_PRICE,
    "busiest": Rule.BUSIEST,
    "limit_kva": Rule.LIMIT_KVA,
    "every": Rule.EVERY,
}
_HINDSIGHT = ("coldest", "hottest")
_YEAR = dt.timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Earlier:
    """Where the weather of other years comes from.

    Parameters
    ----------
    scenario : Scenario
        Names the source of its weather.
    here : Place
        Where.
    """

    scenario: "Scenario"
    here: Place

    def weather(self, clock: Clock) -> "Weather":
        """Return the weather of the scenario's source on another clock.

        Raises
        ------
        DataError
            If a file of real time does not reach so far.
        """
        if self.scenario.place.weather == "typical":
            return typical_year.make(self.here.name, clock, self.scenario.seed)
        table = weather.read(files.locate(self.scenario.place.weather, "place.weather"))
        return weather.on_clock(table, clock, self.here)

    def year_before(self, clock: Clock) -> Clock:
        """Return the clock of the 366 days before a period, by the hour."""
        start = date_of(int(clock.local_day[0]))
        return make_clock(start - _YEAR, start, 60, clock.timezone, self.here.country)


def days_of(dates: programmes.Dates | None, rule: programmes.Rule | None) -> Days:
    """Return the choice of days of a table."""
    if rule is None:
        return Days(Rule.DATES, dates=tuple(sorted(day_number(date) for date in dates or ())))
    name = next(name for name in _RULES if getattr(rule, name) is not None)
    limits = Limits(
        rule.at_most,
        rule.per_week,
        rule.consecutive,
        1 + (rule.rest_days or 0),
        rule.hours_per_event,
        rule.hours_per_day,
    )
    said = rule.forecast or ("season" if name in _HINDSIGHT else "day_ahead")
    return Days(
        _RULES[name],
        float(getattr(rule, name)),
        weekdays=rule.weekdays,
        months=tuple(sorted(set(rule.months))),
        limits=limits if limits != Limits() else NO_LIMITS,
        forecast=Forecast[said.upper()],
    )


def known(
    days: Days,
    hours: tuple[tuple[float, float], ...],
    around: "Seen",
    *,
    series: str | None = None,
    price: F8 | None = None,
) -> Known:
    """Return what is known to whoever chooses days.

    Parameters
    ----------
    days : Days
        The rule.
    hours : tuple of (float, float)
        Local hours [from, to) that can be called. [h]
    around : Seen
        Time, weather, chance.
    series : str, optional
        The wholesale price that a rule on the price looks at: a file or ``"synthetic"``.
    price : F8, optional
        Price of the arm's own tariff on the clock, where no series is named. [currency/kWh]

    Raises
    ------
    DataError
        If a file is missing or does not hold the period, or the year before where that is needed.
    """
    by_stock = days.rule in rules.RANKED and days.forecast != Forecast.SEASON
    if days.rule in rules.ON_WEATHER:
        mean_c = around.daily_mean_c()
        if days.forecast == Forecast.DAY_AHEAD:
            mean_c = mean_c + foreseen.error_k(np.unique(around.clock.local_day), around.seed)
        return Known(mean_c, _weather_before(around) if by_stock else None)
    if days.rule not in rules.ON_PRICE:
        return NOTHING
    if series is None:
        if price is None:
            raise ValueError("price must be given where no series is named")
        if by_stock:
            text = "needs rule.series: last year's prices of a tariff are not known"
            raise DataError(f'rule.dearest without foresight {text}; name a file or "synthetic"')
        return Known(_by_day(days, price, hours, around.clock), None, price)
    price = _series(series, around.clock, around)
    before = _prices_before(days, series, hours, around) if by_stock else None
    return Known(_by_day(days, price, hours, around.clock), before, price)


def _weather_before(around: "Seen") -> Past:
    """Return the mean temperatures of the year before the period."""
    earlier = _earlier(around)
    clock = earlier.year_before(around.clock)
    try:
        found = earlier.weather(clock)
    except DataError as short:
        text = "a rule that knows no more than the day before goes by the weather of the last year"
        more = 'longer weather, above_c or below_c, or forecast = "season"'
        raise DataError(f"{text}, which is not there ({short}); what would do: {more}") from short
    return Past(np.unique(clock.local_day), calendar.day_means(clock, found.temp_c))


def _prices_before(
    days: Days, series: str, hours: tuple[tuple[float, float], ...], around: "Seen"
) -> Past:
    """Return the prices of the year before the period, by day."""
    clock = _earlier(around).year_before(around.clock)
    try:
        price = _series(series, clock, around)
    except DataError as short:
        text = "rule.dearest goes by the prices of the last year, which are not there"
        raise DataError(f'{text} ({short}); longer prices, or forecast = "season"') from short
    return Past(np.unique(clock.local_day), _by_day(days, price, hours, clock))


def _series(series: str, clock: Clock, around: "Seen") -> F8:
    """Return a wholesale price on a clock, shape (t,) [currency/kWh]."""
    if series != "synthetic":
        return price_files.read(files.locate(series, "rule.series"), clock)
    from gridsim.signals import dayahead  # noqa: PLC0415  (numba, needed here only)

    outside = _earlier(around).weather(clock)
    return dayahead.make(clock, outside.temp_c, outside.ghi_w_m2, around.seed)


def _by_day(days: Days, price: F8, hours: tuple[tuple[float, float], ...], clock: Clock) -> F8:
    """Return the highest price in the hours of each day, the mean for DEAREST, shape (d,)."""
    hour = clock.local_hour
    inside = np.zeros(clock.steps, dtype=np.bool_)
    for start, end in hours:
        inside |= (hour >= start) & (hour < end)
    place = clock.local_day - clock.local_day[0]
    count = int(place[-1]) + 1
    if days.rule == Rule.DEAREST:
        total = np.bincount(place[inside], weights=price[inside], minlength=count)
        return np.asarray(total / np.maximum(np.bincount(place[inside], minlength=count), 1))
    highest = np.full(count, -np.inf)
    np.maximum.at(highest, place[inside], price[inside])
    return highest


def _earlier(around: "Seen") -> Earlier:
    """Return where the weather of other years comes from."""
    if around.earlier is None:
        raise ValueError("earlier: the rule needs the weather of other years")
    return around.earlier
