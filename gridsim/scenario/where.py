"""Where a scenario plays."""

from gridsim.scenario.models import Scenario
from gridsim.signals import place
from gridsim.signals.place import Place


def place_of(scenario: Scenario) -> Place:
    """Return the place of a scenario."""
    table = scenario.place
    if table.name is not None:
        return place.find(table.name)
    assert table.latitude is not None  # the model refuses a place without them
    assert table.longitude is not None
    assert table.timezone is not None
    return Place(
        name=f"{table.latitude:g}, {table.longitude:g}",
        latitude=table.latitude,
        longitude=table.longitude,
        elevation_m=table.elevation_m or 0.0,
        timezone=table.timezone,
        country=table.country,
        currency=table.currency or "EUR",
    )
