"""The table of trials: every row that gridsim simulates, in the order of the published list."""

from gridsim.studies.trials import (
    baselines,
    calls,
    cars,
    closed,
    enrol,
    information,
    level,
    load,
    price,
    solar,
    tempo,
)
from gridsim.studies.trials.records import Trial

TRIALS: dict[str, Trial] = {
    trial.row: trial
    for trial in (
        price.T1, price.T2, price.T3, price.T6, calls.T8, enrol.T10, tempo.T14,
        information.T17, information.T18, level.T19, solar.T20, load.T21, cars.T24,
        closed.T26, closed.T27, baselines.T28,
    )
}  # fmt: skip
"""Trials by row."""


def chosen(rows: str | None) -> tuple[Trial, ...]:
    """Return the trials of a list such as ``"T1,T8"``, all without one, in the table's order.

    Raises
    ------
    ValueError
        If a row is not in the table.
    """
    if rows is None:
        return tuple(TRIALS.values())
    asked = [row.strip().upper() for row in rows.split(",") if row.strip()]
    lost = [row for row in asked if row not in TRIALS]
    if lost or not asked:
        named = f"there is no row {', '.join(lost)}" if lost else "no row is named"
        raise ValueError(f"{named}; there are {', '.join(TRIALS)}")
    return tuple(trial for row, trial in TRIALS.items() if row in asked)
