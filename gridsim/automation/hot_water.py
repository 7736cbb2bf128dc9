"""The off-peak relay of a storage water heater: a contact in the meter, no attention needed."""

from gridsim.core.kernel import kernel


@kernel
def enabled(relay, off_peak):  # type: ignore[no-untyped-def]
    """Return 1 when the element may heat: no relay fitted, or the contact is closed.

    Parameters
    ----------
    relay, off_peak : float
        Whether the tank obeys the relay, and whether the tariff's contact is closed, 0 or 1.
    """
    return max(1.0 - relay, off_peak)
