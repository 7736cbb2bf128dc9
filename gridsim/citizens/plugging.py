"""Plugging in: whether a driver who comes home connects the car."""

from gridsim.core.kernel import kernel

WIDTH = 0.15
"""Half the width of the range of states of charge in which drivers differ from day to day. Assumed,
so that sessions start above half full on average (figure E046)."""

HABIT = 0.10
"""Chance of plugging in with a battery that is nearly full. Assumed: with ``WIDTH`` it gives about
three sessions a week at 43 km a day (E043, E046)."""


@kernel
def plug_in(soc, threshold, u):  # type: ignore[no-untyped-def]
    """Return 1 if the car is plugged in on coming home, 0 if not.

    The chance falls in a straight line from 1 at ``threshold - WIDTH`` to ``HABIT`` at
    ``threshold + WIDTH``.

    Parameters
    ----------
    soc : float
        State of charge on arrival, 0-1.
    threshold : float
        State of charge around which this driver plugs in, 0-1.
    u : float
        Uniform draw in (0, 1) of this home and day.
    """
    chance = min(max((threshold + WIDTH - soc) / (2.0 * WIDTH), HABIT), 1.0)
    return 1.0 if u < chance else 0.0
