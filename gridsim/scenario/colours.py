"""The colours of Tempo days for a scenario: real ones, those of a file, or of the rule."""

import datetime as dt

import numpy as np

from gridsim.core.arrays import F8, I8
from gridsim.core.clock import Clock, date_of, day_number, make_clock
from gridsim.core.errors import DataError
from gridsim.scenario import checks, files, signing
from gridsim.scenario.models import Scenario
from gridsim.signals import foreseen, net_load, tempo, tempo_days, typical_year, weather
from gridsim.signals.place import Place
from gridsim.signals.weather import Weather

_SEASON_MONTH = 9  # a Tempo season begins on 1 September (EDF, Tempo)
_YEAR_DAYS = 365


def find(scenario: Scenario, here: Place, horizon: Clock, outside: Weather) -> tempo.Colours | None:
    """Return the colours of the days, None if no arm of the scenario needs any.

    Parameters
    ----------
    scenario : Scenario
        Names the file of colours, or none.
    here : Place
        Where; the rule looks at its temperature.
    horizon : Clock
        The period and what plans see beyond.
    outside : Weather
        The weather on the horizon.

    Raises
    ------
    DataError
        If the file cannot be read, or it or what is built in does not hold each day of the period.
    """
    if not any(signing.needs_colours(arm.tariff) for arm in scenario.arms.values()):
        return None
    if scenario.signals.tempo_load is not None:
        return _by_load(scenario, here, horizon)
    if scenario.signals.tempo_colours is None:
        return _by_rule(scenario, here, horizon, outside)
    name, found = _told(scenario.signals.tempo_colours)
    first, last = day_number(scenario.period.start) - 1, day_number(scenario.period.end) - 1
    if first < found.first_day or last >= found.end_day:
        raise DataError(
            f"{name}: holds the colours of {date_of(found.first_day)} to"
            f" {date_of(found.end_day - 1)}, but the period needs {date_of(first)} to"
            f" {date_of(last)} (a Tempo day runs from 06:00 to 06:00)"
        )
    return found


def _by_load(scenario: Scenario, here: Place, horizon: Clock) -> tempo.Colours:
    """Return the colours that the rule gives by the net load, as the grid operator forecast it."""
    path = files.locate(scenario.signals.tempo_load or "", "signals.tempo_load")
    start = scenario.period.start
    opening = dt.date(start.year - (start.month < _SEASON_MONTH), _SEASON_MONTH, 1)
    first = opening.replace(year=opening.year - 1) - dt.timedelta(days=1)
    last = min(date_of(int(horizon.local_day[-1]) + 1), scenario.period.end + dt.timedelta(days=1))
    days, load_mw = net_load.read(path, make_clock(first, last, 60, here.timezone, here.country))
    begin = int(np.searchsorted(days, day_number(opening)))
    tension = net_load.normalised(load_mw[begin:], load_mw[:begin])
    return tempo.rule_calendar(days[begin:], tension, usual=0.0, spread=1.0)


def _told(said: str) -> tuple[str, tempo.Colours]:
    """Return the days that are built in, or those of a file, with a name for messages."""
    if said == checks.REAL:
        return f'signals.tempo_colours = "{said}"', tempo_days.real()
    path = files.locate(said, "signals.tempo_colours")
    return str(path), tempo.read_colours(path)


def _by_rule(scenario: Scenario, here: Place, horizon: Clock, outside: Weather) -> tempo.Colours:
    """Return the colours that the rule gives, the colder the tenser.

    The rule starts on 1 September, so that the colours of a day do not depend on where the period
    starts. How cold a year usually is comes from the year that follows: this is climate, known
    beforehand, and for a typical year it is the same in every year.
    """
    start = scenario.period.start
    opening = dt.date(start.year - (start.month < _SEASON_MONTH), _SEASON_MONTH, 1)
    last = max(date_of(int(horizon.local_day[-1]) + 1), opening.replace(year=opening.year + 1))
    season = make_clock(opening, last, 60, here.timezone, here.country)
    try:
        seen = _seen(scenario, here, season)
    except DataError:  # a file of real time that does not reach so far: the rule starts with it
        days, mean_c = tempo.day_means(horizon, outside.temp_c)
        return tempo.rule_calendar(days, -_foreseen(scenario, days, mean_c))
    days, mean_c = tempo.day_means(season, seen.temp_c)
    year_c = mean_c[days >= day_number(opening)][:_YEAR_DAYS]
    return tempo.rule_calendar(
        days, -_foreseen(scenario, days, mean_c),
        usual=-float(np.mean(year_c)), spread=float(np.std(year_c)),
    )  # fmt: skip


def _foreseen(scenario: Scenario, days: I8, mean_c: F8) -> F8:
    """Return the temperatures that whoever chooses the colours knows, shape (d,). [C]"""
    if scenario.signals.tempo_forecast != "day_ahead":
        return mean_c
    return mean_c + foreseen.error_k(days, scenario.seed)


def _seen(scenario: Scenario, here: Place, season: Clock) -> Weather:
    """Return the weather of the scenario's source on another clock."""
    if scenario.place.weather == "typical":
        return typical_year.make(here.name, season, scenario.seed)
    table = weather.read(files.locate(scenario.place.weather, "place.weather"))
    return weather.on_clock(table, season, here)
