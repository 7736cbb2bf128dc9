"""A user's own device: a scalar kernel that joins the pass, and the homes that own one."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from gridsim.core.arrays import BLOCK, F4, F8, to_blocks
from gridsim.core.kernel import kernel
from gridsim.engine import layout as at
from gridsim.engine.days import Day
from gridsim.population.town import Town


@dataclass(frozen=True, slots=True)
class Device:
    """A user's own device.

    Parameters
    ----------
    step : callable
        A ``@kernel`` function ``step(state, size, awake, present, outdoor_c, hour, dt_h) ->
        (state, power_kw)`` of scalars: its state, the size of this home's device, persons awake
        and at home (mean over the step), outdoor temperature [C], hours since local midnight [h]
        and the length of the step [h]. Load is positive.
    size : callable
        ``size(town) -> F8`` of shape (n,): 0 for homes that have none.
    start : float
        State at the start of a run.
    """

    step: Callable[..., Any]
    size: Callable[[Town], F8]
    start: float = 0.0


@dataclass(frozen=True, slots=True)
class Fleet:
    """A device and its size in every home, shape (blocks, BLOCK)."""

    device: Device
    sizes: F8

    def first_state(self) -> F8:
        """Return the state of every home's device at the start, shape (blocks, BLOCK)."""
        return np.full_like(self.sizes, self.device.start)


def fleet(name: str, device: Device, town: Town) -> Fleet:
    """Return the device with its size in every home of a town.

    Raises
    ------
    ValueError
        If the sizes are not one finite number for each home.
    """
    sizes = np.asarray(device.size(town), dtype=np.float64)
    if sizes.shape != (len(town),) or not np.all(np.isfinite(sizes)):
        raise ValueError(
            f"device {name!r}: size must give {len(town)} finite numbers, got shape {sizes.shape}"
        )
    return Fleet(device, to_blocks([sizes]))


@kernel
def _loop(step, work, sky, sizes, state, first, last, midnight_s, start_s, step_s):  # type: ignore[no-untyped-def]
    """Run one device over the homes of a block and add its power to the work rows."""
    dt_h = step_s / 3600.0
    for k in range(first, last):
        hour = (start_s + k * step_s - midnight_s) / 3600.0
        row = work[k - first]
        for i in range(BLOCK):
            if sizes[i] != 0.0:
                state[i], power_kw = step(
                    state[i], sizes[i], 1.0 * row[at.W_AWAKE + i], 1.0 * row[at.W_PRESENT + i],
                    sky[k, at.X_AIR], hour, dt_h,
                )  # fmt: skip
                row[at.W_OTHER + i] += power_kw


def run(owned: Fleet, work: F4, sky: F8, day: Day, state: F8, block: int) -> None:
    """Run one device over a stretch for one block: writes its state and the work rows."""
    _loop(
        owned.device.step, work, sky, owned.sizes[block], state, day.first, day.last,
        day.midnight_s, day.start_s, day.step_s,
    )  # fmt: skip
