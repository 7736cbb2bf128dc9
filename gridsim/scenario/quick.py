"""The notes on a scenario that can be told at once, before any weather is made."""

from gridsim.core import clock
from gridsim.scenario import contracts, notes, signing
from gridsim.scenario.models import Scenario
from gridsim.signals import place, tempo


def notes_on(scenario: Scenario, name: str) -> tuple[str, ...]:
    """Return the notes on a scenario in a built-in place.

    Parameters
    ----------
    scenario : Scenario
        What is asked; it names no file.
    name : str
        The place.
    """
    period, here = scenario.period, place.find(name)
    times = clock.make_clock(
        period.start, period.end, period.step_minutes, here.timezone, here.country
    )
    first = int(times.local_day[0]) - 1
    days = int(times.local_day[-1]) - first + 1
    blue = tempo.Colours(first, bytes(days))  # code 0 each; no note looks at the colour
    seen = contracts.Seen(blue, times, times, None, scenario.seed)
    signed = [
        (arm, signing.of_arm(said, here.currency, seen)) for arm, said in scenario.arms.items()
    ]
    return notes.of(scenario, signed, times, here)
