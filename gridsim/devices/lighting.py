"""Lighting: people who are awake at home, when daylight does not suffice."""

from gridsim.core.kernel import kernel

DARK_W_M2 = 20.0
BRIGHT_W_M2 = 100.0
"""Global horizontal irradiance below which all light is on, above which only ``DAY_SHARE`` is.

The middle, 60 W/m2, is the switching level of Richardson, Thomson, Infield, Delahunty,
"Domestic lighting: a high-resolution energy demand model", Energy and Buildings 41 (2009)
781-789, doi:10.1016/j.enbuild.2009.02.010; the width is assumed.
"""

DAY_SHARE = 0.1
"""Share of light on by day: rooms without windows. Assumed."""

SECOND_PERSON = 0.53
FURTHER_PERSON = 0.20
"""What the second and each further person add, the first being 1: people share rooms.

Straight lines through the effective occupancy of Richardson et al. 2009 (1, 1.528, 1.694, 1.983,
2.094 for one to five people), linear so that half a step at home counts half.
"""


@kernel
def effective(awake):  # type: ignore[no-untyped-def]
    """Return how many people's worth of light ``awake`` people use together."""
    first = min(awake, 1.0)
    second = min(max(awake - 1.0, 0.0), 1.0)
    further = max(awake - 2.0, 0.0)
    return first + SECOND_PERSON * second + FURTHER_PERSON * further


@kernel
def step(awake, daylight_w_m2, light_kw):  # type: ignore[no-untyped-def]
    """Return the mean power of lighting over one step.

    Parameters
    ----------
    awake : float
        People awake at home, mean over the step.
    daylight_w_m2 : float
        Global horizontal irradiance. [W/m2]
    light_kw : float
        Light of one person awake at home in the dark. [kW]

    Returns
    -------
    float
        Mean power. [kW]
    """
    dark = (BRIGHT_W_M2 - daylight_w_m2) / (BRIGHT_W_M2 - DARK_W_M2)
    lit = max(min(dark, 1.0), DAY_SHARE)
    return light_kw * effective(awake) * lit
