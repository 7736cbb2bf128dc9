"""The summary as lines of text, for a terminal or a file."""

import textwrap
import unicodedata
from pathlib import Path

from gridsim.report import answer, because, repeats, tables
from gridsim.report.tables import Summary
from gridsim.results.causes import CAUSES
from gridsim.results.findings import HomeDay
from gridsim.results.results import Results

_GAP = "  "
_NARROW = 40
_WRITTEN = (
    "report.html, summary.json, scenario.toml, series.parquet, homes.parquet, events.parquet, "
    "followed.parquet"
)


def summary_text(
    results: Results, summary: Summary, width: int = 80, folder: Path | None = None
) -> str:
    """Return what a run found as plain lines: arms, main effects, audit, files.

    Parameters
    ----------
    results : Results
        What a run left behind.
    summary : mapping
        From ``studies.arms.summary``, or read back from ``summary.json``.
    width : int
        Columns to fill; 40 at least. Columns of the table that do not fit are left out,
        the least needed first.
    folder : Path, optional
        Where the files of the run are.

    Returns
    -------
    str
        Lines without colour or control codes, without a newline at the end.
    """
    width = max(width, _NARROW)
    lines = [*textwrap.wrap(results.story.title, width)]
    lines += textwrap.wrap(results.story.question, width)
    lines += textwrap.wrap(answer.setting(results), width)
    if results.story.synthetic:
        weather = f"The weather is synthetic, not measured: {results.story.weather}."
        lines += textwrap.wrap(weather, width)
    lines += ["", *_arms(results, width)]
    for arm in results.arms[1:]:
        lines += ["", *_effects(results, summary, arm.name, width)]
        lines += _causes(summary, arm.name, width)
        lines += _repeats(results, summary, arm.name, width)
    if len(results.arms) == 1:
        lines += ["", *_values(results, summary, width)]
    lines += ["", *textwrap.wrap(_audit(results), width)]
    if folder is not None:
        because_of = any(arm.causes_kw.size for arm in results.arms)
        written = f"{_WRITTEN}, causes.parquet" if because_of else _WRITTEN
        lines += [f"Files in {folder}:", *textwrap.wrap(written, width, initial_indent=_GAP,
                                                        subsequent_indent=_GAP)]  # fmt: skip
    return "\n".join(_printable(line) for line in lines)


def story_text(day: HomeDay, width: int = 80) -> str:
    """Return the day of a home as plain lines, arm after arm.

    Parameters
    ----------
    day : HomeDay
        From ``studies.story.tell``.
    width : int
        Columns to fill; 40 at least.
    """
    width = max(width, _NARROW)
    lines = [*textwrap.wrap(day.title, width), *textwrap.wrap(day.why, width)]
    lines += textwrap.wrap(" ".join(day.who), width)
    for arm in day.arms:
        lines += ["", *textwrap.wrap(f"{arm.arm}: {arm.label}", width)]
        parts = (("news", arm.heard), ("day", arm.did), ("sum", arm.came_to))
        for name, told in parts:
            for place, sentence in enumerate(told):
                first = f"{_GAP}{name if place == 0 else '':<4}{_GAP}"
                lines += textwrap.wrap(
                    sentence, width, initial_indent=first, subsequent_indent=" " * 10
                )
    return "\n".join(_printable(line) for line in lines)


def _printable(line: str) -> str:
    """Leave out control characters, which a title could bring along to steer the terminal."""
    return "".join(letter for letter in line if unicodedata.category(letter) != "Cc")


def _arms(results: Results, width: int) -> list[str]:
    """List the arms."""
    longest = max(len(arm.name) for arm in results.arms)
    found: list[str] = []
    for position, arm in enumerate(results.arms):
        role = " (reference)" if position == 0 and len(results.arms) > 1 else ""
        hanging = " " * (longest + 4)
        first = f"{_GAP}{arm.name:<{longest}}{_GAP}"
        found += textwrap.wrap(
            f"{arm.label}{role}", width, initial_indent=first, subsequent_indent=hanging
        )
    return ["Arms", *found]


def _effects(results: Results, summary: Summary, arm: str, width: int) -> list[str]:
    """Tabulate what an arm changes."""
    rows = [row for row in tables.rows(results, summary, arm) if row.metric in tables.MAIN]
    rows = [row for row in rows if row.reference or row.value or row.change]
    title = f"{arm} against {results.reference.name}, means per home"
    if not rows:
        return [title, f"{_GAP}The summary holds no effects for this arm."]
    written = [tables.cells(row) for row in rows]
    head = ["", "change", "95 % interval", "in %", "reference"]
    body = [
        [_label(cell.label, cell.unit), cell.change, cell.interval, cell.percent, cell.reference]
        for cell in written
    ]
    return [title, *_aligned([head, *body], width)]


def _causes(summary: Summary, arm: str, width: int) -> list[str]:
    """Tabulate what each cause took away, if the run tells them apart."""
    rows = because.table(summary, arm)
    if not rows:
        return []
    names = (*CAUSES, rows[-1][0])
    short = [
        [name, *(cell.partition(" (")[0] for cell in row[1:])]
        for name, row in zip(names, rows, strict=True)
    ]
    heads = ["", "saved kWh", "dear kWh", "shifted kWh", "peak kW"]
    title = f"{arm}: less than in the reference, because of what, per home"
    return ["", title, *_aligned([heads, *short], width)]


def _repeats(results: Results, summary: Summary, arm: str, width: int) -> list[str]:
    """Tabulate how far effects differ with other seeds, if the question was asked again."""
    rows = repeats.table(results, summary, arm)
    if not rows:
        return []
    title = f"{arm} against {results.reference.name}, {repeats.count(summary)} replicates"
    return ["", title, *_aligned([repeats.HEADS, *rows], width)]


def _values(results: Results, summary: Summary, width: int) -> list[str]:
    """Tabulate the metrics of a single arm."""
    rows = tables.rows(results, summary, results.reference.name)
    written = [tables.cells(row) for row in rows if row.metric in tables.MAIN and row.value]
    body = [[_label(cell.label, cell.unit), cell.value] for cell in written]
    return ["Means per home", *_aligned(body, width)]


def _label(label: str, unit: str) -> str:
    """Join a label and its unit; the title of the table says "per home"."""
    short = unit.removesuffix("per home").strip()
    return f"{label} [{short}]" if short else label


def _aligned(table: list[list[str]], width: int) -> list[str]:
    """Align columns, the first to the left; leave out the last ones that do not fit."""
    if not table:
        return []
    widths = [max(len(line[i]) for line in table) for i in range(len(table[0]))]
    while len(widths) > 2 and sum(widths) + len(_GAP) * len(widths) > width:
        widths.pop()
    room = width - sum(widths[1:]) - len(_GAP) * len(widths)
    widths[0] = min(widths[0], max(room, 8))
    lines = []
    for line in table:
        first = line[0] if len(line[0]) <= widths[0] else line[0][: widths[0] - 1] + "…"
        rest = [cell.rjust(size) for cell, size in zip(line[1:], widths[1:], strict=False)]
        lines.append((_GAP + _GAP.join([first.ljust(widths[0]), *rest])).rstrip())
    return lines


def _audit(results: Results) -> str:
    """Return whether energy and money closed."""
    audits = [arm.audit for arm in results.arms]
    worst = max(max(a.energy_step, a.energy_run, a.stores, a.money) for a in audits)
    allowed = min(a.tolerance for a in audits)
    verdict = "energy and money closed" if all(a.passed for a in audits) else "DID NOT CLOSE"
    return f"Audit: {verdict} (largest relative error {worst:.1e}, allowed {allowed:.0e})."
