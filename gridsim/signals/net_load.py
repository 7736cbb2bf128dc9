"""How tense a day of a national grid is: its net load beside that of the year before.

The grid operator of France normalises the net load of a Tempo day, from 06:00 to 06:00, before it
compares it with the thresholds of :func:`gridsim.signals.tempo.rule_calendar`:

    z = (C - q40) / ((q80 - q40) * exp(0.1176 * (t30 - 8.3042)))

with the 40 % and 80 % quantiles of the net load and the 30 % quantile of the temperature of a
reference period (RTE, "Methode de choix des jours Tempo", 2016, as public software quotes it: a
colder reference makes the same load less extreme). That the reference is the year before the season
is assumed. Net load is load less wind and sun; where a file holds the load alone, the days of much
wind are taken to be as tense as the others.
"""

from pathlib import Path

import numpy as np

from gridsim.core.arrays import F8, I8
from gridsim.core.clock import Clock
from gridsim.core.errors import DataError
from gridsim.signals import tempo, timed_csv

LOAD = "load_mw"
"""Column of a file: the net load of the country as it was forecast the day before. [MW]"""
_LOW, _HIGH, _COLD = 0.4, 0.8, 0.3  # quantiles of the reference (RTE 2016)
_PER_K, _USUAL_C = 0.1176, 8.3042  # what its temperature is worth [1/K], and usually is [C]


def normalised(load_mw: F8, past_mw: F8, past_c: F8 | None = None) -> F8:
    """Return the normalised net load of days, shape as given.

    Parameters
    ----------
    load_mw : F8
        Mean net load of each Tempo day, as it is forecast, shape (d,). [MW]
    past_mw : F8
        The same of the days of the reference, shape (p,). [MW]
    past_c : F8, optional
        Mean temperature of the days of the reference, shape (p,); without it the reference is
        taken to be as warm as usual. [C]

    Raises
    ------
    ValueError
        If the reference has fewer than 300 days, or days without a spread.
    """
    if len(past_mw) < 300 or not np.isfinite(past_mw).all():
        raise ValueError(f"past_mw must hold about a year of finite loads, got {len(past_mw)} days")
    low, high = np.quantile(past_mw, [_LOW, _HIGH])
    if not high > low:
        raise ValueError("past_mw must differ from day to day")
    warm = 0.0 if past_c is None else float(np.quantile(past_c, _COLD)) - _USUAL_C
    return np.asarray((load_mw - low) / ((high - low) * np.exp(_PER_K * warm)))


def read(path: Path, clock: Clock) -> tuple[I8, F8]:
    """Return Tempo days and their mean net load from a file, shape (d,). [MW]

    Parameters
    ----------
    path : Path
        CSV with a ``time`` or ``time_utc`` column (see :mod:`gridsim.signals.timed_csv`) and the
        column ``load_mw``.
    clock : Clock
        Time axis whose Tempo days are wanted; those that it only touches are left out.

    Raises
    ------
    DataError
        If the file cannot be read, lacks the column, or does not hold the clock.
    """
    table = timed_csv.parse(timed_csv.read_text(path), str(path), (LOAD,))
    values = table.columns[LOAD]
    lacking = np.flatnonzero(~np.isfinite(values) | (values <= 0))
    if len(lacking):
        raise DataError(f"{path}:{table.lines[lacking[0]]}: {LOAD} must be a number above 0")
    days, means = tempo.day_means(clock, timed_csv.means(table, LOAD, clock, str(path)))
    return days[1:-1], means[1:-1]
