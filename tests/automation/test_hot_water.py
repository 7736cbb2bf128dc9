"""The relay promises to heat a tank only while the contact is closed, if the tank obeys it."""

import pytest

from gridsim.automation import hot_water


@pytest.mark.parametrize(
    ("relay", "off_peak", "heats"),
    [(1.0, 1.0, 1.0), (1.0, 0.0, 0.0), (0.0, 1.0, 1.0), (0.0, 0.0, 1.0)],
)
def test_only_a_tank_with_a_relay_waits_for_the_contact(relay, off_peak, heats):
    assert hot_water.enabled(relay, off_peak) == heats
