"""The page and the lines of a calibration: what was fitted, and what the targets fix."""

import textwrap

from gridsim.report import words
from gridsim.report.page import template
from gridsim.results.calibrations import IDENTIFIED, Calibration

_PARTS = 4


def page(found: Calibration, version: str) -> str:
    """Return a calibration as one HTML text that needs nothing else.

    Parameters
    ----------
    found : Calibration
        From ``studies.calibrate``.
    version : str
        Of gridsim.
    """
    names = [one.name for one in found.free]
    return template("calibrations.html.j2").render(
        title=found.title,
        lead=lead(found),
        names=names,
        parameters=parameters(found),
        targets=targets(found),
        correlation=[
            [name, *(words.signed(v, 2) for v in row)]
            for name, row in zip(names, found.correlation.tolist(), strict=True)
        ],
        jacobian=_by_target(found, found.jacobian.tolist(), 2),
        fixes=_by_target(found, (100.0 * found.fixes).tolist(), 0),
        directions=directions(found),
        runs=found.evaluations,
        why=found.why,
        version=version,
    )


def lines(found: Calibration, width: int = 80) -> str:
    """Return a calibration as plain lines for a terminal."""
    told = [*textwrap.wrap(f"{found.title}. {lead(found)}", width), ""]
    for name, start, fitted, _, left, verdict in parameters(found):
        told += textwrap.wrap(
            f"{name}: {start} -> {fitted}; {left} % of its spread is left: {verdict}",
            width, initial_indent="  ", subsequent_indent="      ",
        )  # fmt: skip
    told.append("")
    for name, wanted, before, after, missed in targets(found):
        told += textwrap.wrap(
            f"{name}: wanted {wanted}, {before} before, {after} now, {missed} sigmas off",
            width, initial_indent="  ", subsequent_indent="      ",
        )  # fmt: skip
    return "\n".join(told)


def lead(found: Calibration) -> str:
    """Return in a sentence how many parameters the targets fix."""
    pairs = zip(found.free, found.left, strict=True)
    fixed = [one.name for one, left in pairs if left <= IDENTIFIED]
    which = f": {', '.join(fixed)}" if fixed else ""
    ended = "" if found.converged else " The search stopped before it had settled."
    return f"{len(fixed)} of {len(found.free)} parameters are fixed by the targets{which}.{ended}"


def parameters(found: Calibration) -> list[list[str]]:
    """Return name, start, fitted, range, spread left [%] and verdict of each parameter."""
    rows = []
    for place, free in enumerate(found.free):
        left = float(found.left[place])
        verdict = "fixed by the targets" if left <= IDENTIFIED else "not fixed: keep its source"
        verdict += ", at the edge of its range" if found.at_bound(place) else ""
        value = float(found.fitted[place])
        span = f"{words.figures(free.low)} to {words.figures(free.high)}"
        span += ", by factors" if free.log else ""
        percent = words.number(100.0 * left, 0)
        rows.append(
            [free.name, words.figures(free.start), words.figures(value), span, percent, verdict]
        )
    return rows


def targets(found: Calibration) -> list[list[str]]:
    """Return name, wanted with its sigma, before, after, and sigmas missed of each target."""
    rows = []
    for target, before, after in zip(found.targets, found.before, found.after, strict=True):
        decimals = min(words.decimals_of(target.sigma, 2), 6)
        wanted = f"{words.number(target.value, decimals)} ± {words.number(target.sigma, decimals)}"
        missed = words.signed((float(after) - target.value) / target.sigma, 1)
        numbers = [words.number(float(value), decimals) for value in (before, after)]
        rows.append([target.name, wanted, *numbers, missed])
    return rows


def directions(found: Calibration) -> list[tuple[str, str]]:
    """Return each combination of parameters and its singular value, best known first."""
    told = []
    singular = found.singular.tolist()
    for place, row in enumerate(found.directions.tolist()):
        strongest = sorted(zip(row, found.free, strict=True), key=lambda pair: -abs(pair[0]))
        parts = [f"{words.signed(weight, 2)} {free.name}" for weight, free in strongest[:_PARTS]]
        value = singular[place] if place < len(singular) else 0.0
        told.append((words.figures(value, 2), ", ".join(parts)))
    return told


def _by_target(found: Calibration, rows: list[list[float]], decimals: int) -> list[list[str]]:
    """Return a table with a row for each target and a column for each parameter."""
    return [
        [target.name, *(words.signed(value, decimals) for value in row)]
        for target, row in zip(found.targets, rows, strict=True)
    ]
