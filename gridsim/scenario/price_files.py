"""Files of prices: CSV, or OpenADR 3 events in JSON."""

from pathlib import Path

from gridsim.core.arrays import F8
from gridsim.core.clock import Clock
from gridsim.core.errors import DataError
from gridsim.programmes import openadr, openadr_use
from gridsim.signals import dynamic


def read(path: Path, clock: Clock, currency: str | None = None) -> F8:
    """Return the price of a file on a clock, shape (t,) [currency/kWh].

    Parameters
    ----------
    path : Path
        A CSV file (see :func:`gridsim.signals.dynamic.read`), or a ``.json`` file of OpenADR 3
        events with PRICE payloads.
    clock : Clock
        Time axis; the price of a step is the mean over it.
    currency : str, optional
        What events that name a currency must be in.

    Raises
    ------
    DataError
        If the file cannot be read or does not hold the clock.
    """
    if path.suffix.lower() != ".json":
        return dynamic.read(path, clock)
    events = openadr.read(path)
    try:
        return openadr_use.prices_of(events, clock, currency=currency)
    except DataError as wrong:
        raise DataError(f"{path}: {wrong}") from wrong
