"""From what a scenario says of calls and information to the records of the lower floors."""

from gridsim.citizens.information import Information
from gridsim.core.clock import local_s
from gridsim.programmes import calls
from gridsim.scenario import contracts, models, programmes
from gridsim.signals.place import Place


def calls_of(arm: models.Arm, seen: contracts.Seen) -> tuple[calls.Call, ...]:
    """Return the calls of an arm, in order of their steps."""
    if not arm.calls:
        return ()
    found = [
        call
        for said in arm.calls
        for call in calls.calls(_plan(said), seen.clock, seen.daily_mean_c())
    ]
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


def _plan(said: programmes.Call) -> calls.Plan:
    """Return the plan of one table."""
    control = None
    if said.kind == "control":
        control = calls.Control(
            said.setback_k or 0.0, said.ev is not None, said.hot_water is not None
        )
    return calls.Plan(
        contracts.days_of(said.dates, said.rule),
        contracts.hours_of(said.hours),
        contracts.lead_of(said.notice),
        said.label or said.kind,
        said.channel,
        control,
        said.reminder,
    )
