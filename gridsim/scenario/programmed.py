"""From what a scenario says of calls and information to the records of the lower floors."""

from gridsim.citizens.information import Information
from gridsim.core.clock import Clock, day_number, local_s
from gridsim.programmes import calls
from gridsim.scenario import models, programmes
from gridsim.signals import calendar
from gridsim.signals.calendar import Days, Lead, Rule
from gridsim.signals.place import Place
from gridsim.signals.weather import Weather

_RULES = {
    "coldest": Rule.COLDEST,
    "hottest": Rule.HOTTEST,
    "below_c": Rule.BELOW_C,
    "above_c": Rule.ABOVE_C,
    "every": Rule.EVERY,
}


def calls_of(arm: models.Arm, clock: Clock, outside: Weather) -> tuple[calls.Call, ...]:
    """Return the calls of an arm in order of their steps.

    Parameters
    ----------
    arm : Arm
        What the scenario says.
    clock : Clock
        The period.
    outside : Weather
        On the horizon, which starts like the clock.
    """
    mean_c = calendar.day_means(clock, outside.temp_c)
    found = [call for said in arm.calls for call in calls.calls(_plan(said), clock, mean_c)]
    return tuple(sorted(found, key=lambda call: (call.first, call.last)))


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


def days_of(dates: programmes.Dates | None, rule: programmes.Rule | None) -> Days:
    """Return the choice of days of a table."""
    if rule is None:
        return Days(Rule.DATES, dates=tuple(sorted(day_number(date) for date in dates or ())))
    name, value = next(
        (name, getattr(rule, name)) for name in _RULES if getattr(rule, name) is not None
    )
    return Days(
        _RULES[name],
        float(value),
        weekdays=rule.weekdays,
        months=tuple(sorted(set(rule.months))),
        at_most=rule.at_most,
        per_week=rule.per_week,
        consecutive=rule.consecutive,
    )


def lead_of(notice: programmes.Notice) -> Lead:
    """Return when people are told."""
    return Lead[notice.upper()]


def hours_of(spans: tuple[str, ...]) -> tuple[tuple[float, float], ...]:
    """Return spans such as "06:30-22:00" as hours (6.5, 22.0)."""
    return tuple(
        (int(span[:2]) + int(span[3:5]) / 60, int(span[6:8]) + int(span[9:]) / 60) for span in spans
    )


def _plan(said: programmes.Call) -> calls.Plan:
    """Return the plan of one table."""
    control = None
    if said.kind == "control":
        control = calls.Control(
            said.setback_k or 0.0, said.ev is not None, said.hot_water is not None
        )
    return calls.Plan(
        days_of(said.dates, said.rule),
        hours_of(said.hours),
        lead_of(said.notice),
        said.label or said.kind,
        said.channel,
        control,
    )
