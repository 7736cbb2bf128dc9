"""Settlement: one meter series gives one bill, with every line of it."""

import dataclasses

import numpy as np

from gridsim.billing import ledger
from gridsim.billing.lines import Bill, Line
from gridsim.core.arrays import F8
from gridsim.core.clock import Clock
from gridsim.signals.contract import Contract


def settle(contract: Contract, clock: Clock, import_kwh: F8, export_kwh: F8) -> Bill:
    """Return what homes owe under a contract for what their meters counted.

    Parameters
    ----------
    contract : Contract
        What was signed, with its switches.
    clock : Clock
        Time axis of t steps, at least one.
    import_kwh, export_kwh : F8
        Energy taken from and fed into the grid in each step, neither negative, both of shape
        (t, n), or (t,) for a single home. [kWh]

    Raises
    ------
    ValueError
        If shapes do not fit, an energy is negative or unknown, or a tariff gives no price.
    """
    taken, fed = (np.asarray(energy, dtype=np.float64) for energy in (import_kwh, export_kwh))
    for name, energy in (("import_kwh", taken), ("export_kwh", fed)):
        if energy.ndim not in {1, 2} or len(energy) != clock.steps:
            raise ValueError(f"{name} must have shape ({clock.steps}, n), got {energy.shape}")
    if taken.shape != fed.shape:
        raise ValueError(
            f"export_kwh must have the shape of import_kwh {taken.shape}, got {fed.shape}"
        )
    shape = taken.shape[1:]
    taken, fed = taken.reshape(clock.steps, -1), fed.reshape(clock.steps, -1)
    plan = ledger.plan(contract, clock)
    state = ledger.blank(plan, taken.shape[1])
    ledger.check(plan, state, 0, taken, fed)
    found = ledger.absorb(plan, state, 0, taken, fed)
    return Bill(tuple(_shaped(line, shape) for line in found), contract.currency)


def _shaped(line: Line, shape: tuple[int, ...]) -> Line:
    """Return a line with numbers of the shape of the homes."""
    tax = None if line.tax is None else line.tax.reshape(shape)
    return dataclasses.replace(
        line, quantity=line.quantity.reshape(shape), rate=line.rate.reshape(shape),
        amount=line.amount.reshape(shape), tax=tax,
    )  # fmt: skip
