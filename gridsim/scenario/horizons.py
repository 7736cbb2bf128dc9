"""What stands for the days after the period, which plans look at, where a file does not reach."""

import numpy as np

from gridsim.core.arrays import I8
from gridsim.core.clock import DAY_S, Clock


def last_day_again(clock: Clock, horizon: Clock) -> I8:
    """Return the step of the period that stands for each step of the horizon, shape (h,)."""
    day = min(DAY_S // clock.step_s, clock.steps)
    step = np.arange(horizon.steps)
    past = step - clock.steps
    return np.where(past < 0, step, clock.steps - day + past % day)
