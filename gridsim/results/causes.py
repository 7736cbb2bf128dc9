"""Causes: what each link of the chain took away, from replays that switch the links on in turn.

An arm is replayed with no link at work, then with one after the other, with the same people and
chances; the last replay is the arm itself. What a link changes is the difference between two
successive replays, and so the links add up to the whole change, whatever they are. The reference
arm is replayed in the same way, because its people answer too (to its tariff, with their panels):
a cause is what the link changes in the arm less what it changes in the reference.

The order matters: where two links would do the same (a machine moves a run that its owner would
have put off anyway), the earlier one has it. ``CAUSES`` is that order: first what people hear, then
what they give up, then what they move by hand, then machines, then devices and their own panels.
"""

import dataclasses
from collections.abc import Sequence

import numpy as np

from gridsim.core.arrays import F8
from gridsim.results.results import USES, ArmResult

CAUSES = ("information", "curtailment", "choice", "machine", "production")
"""Links in the order in which they are switched on."""

NAMES = {
    "information": "feedback, advice, habits that last",
    "curtailment": "uses given up, set points moved by hand",
    "choice": "times chosen by hand",
    "machine": "machines that follow prices or orders",
    "production": "devices of the arm, living by own panels",
}
"""The causes in words."""

QUANTITIES = {
    "kwh": "demand_kwh",
    "import_kwh": "import_kwh",
    "dear_kwh": "dear_kwh.{arm}",
    "peak_kw": "coincident_kw",
}
"""Columns ``cause_<cause>_<quantity>`` of a home, and the metric of a home that each splits; the
dearest hours are those of the arm's tariff, the peak is the town's."""


def column(cause: str, quantity: str) -> str:
    """Return the name of a column of homes: ``cause_choice_kwh``."""
    return f"cause_{cause}_{quantity}"


def split(reference: Sequence[ArmResult], other: Sequence[ArmResult]) -> ArmResult:
    """Return an arm with what each cause took away, by home and by step; positive is less.

    Parameters
    ----------
    reference : sequence of ArmResult
        The reference arm with no link at work, with the first, the first two, ..., all.
    other : sequence of ArmResult
        The arm with the first link at work, the first two, ..., all. With none at work it is the
        bare reference arm.

    Returns
    -------
    ArmResult
        The last of ``other`` with the columns of :func:`column` for each quantity and
        ``cause_<cause>_kwh.<use>`` for each end use that a cause changes, each shape (n,); they
        add up over the causes to the reference less the arm. ``causes_kw`` is the same by step,
        mean per home, shape (t, causes, flows).

    Raises
    ------
    ValueError
        If there are not as many replays as links.
    """
    links = len(CAUSES)
    if len(reference) != links + 1 or len(other) != links:
        told = f"{len(reference)} and {len(other)} replays for {links} links"
        raise ValueError(f"{told}: there must be one more of the reference than links")
    arm = other[-1]
    chain = [reference[0], *other]
    found: dict[str, F8] = {}
    for quantity, metric in QUANTITIES.items():
        name = metric.format(arm=arm.name)
        if all(name in played.homes for played in (*reference, *chain)):
            parts = _taken([a.homes[name] for a in reference], [a.homes[name] for a in chain])
            found |= {column(c, quantity): part for c, part in zip(CAUSES, parts, strict=True)}
    for use in USES:
        name = f"use_kwh.{use}"
        parts = _taken([a.homes[name] for a in reference], [a.homes[name] for a in chain])
        found |= {
            f"{column(cause, 'kwh')}.{use}": part
            for cause, part in zip(CAUSES, parts, strict=True)
            if np.any(part != 0.0)
        }
    by_step = _taken([_town(a) for a in reference], [_town(a) for a in chain])
    homes = {**arm.homes, **found}
    return dataclasses.replace(arm, homes=homes, causes_kw=np.stack(by_step, axis=1))


def shifted_kwh(causes_kw: F8, net: int, dt_h: float) -> F8:
    """Return each cause's part of what was shifted: half of the absolute change, by step.

    Where the load fell, a cause counts for what it took away, where it rose, for what it added;
    so the parts add up to half of the sum of the absolute changes. A cause that works against the
    others has a negative part.

    Parameters
    ----------
    causes_kw : F8
        What each cause took away, shape (t, causes, flows). [kW]
    net : int
        Place of the net load among the flows.
    dt_h : float
        Length of a step. [h]

    Returns
    -------
    F8
        Shape (causes,). [kWh]
    """
    parts = causes_kw[:, :, net]
    direction = np.sign(parts.sum(axis=1))
    return np.asarray(0.5 * dt_h * (direction @ parts))


def _taken(reference: Sequence[F8], other: Sequence[F8]) -> list[F8]:
    """Return what each link takes away in the arm beyond what it takes away in the reference."""
    pairs = zip(reference[1:], reference[:-1], other[1:], other[:-1], strict=True)
    return [(after - before) - (now - then) for after, before, now, then in pairs]


def _town(arm: ArmResult) -> F8:
    """Return the mean flows of all homes, shape (t, flows). [kW]"""
    return arm.series.kw[:, 0]
