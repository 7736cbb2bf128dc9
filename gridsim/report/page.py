"""The page: one self-contained HTML file that shows a run to a reader."""

from dataclasses import dataclass
from importlib import resources

import jinja2
from markupsafe import Markup

from gridsim.report import answer, because, credits, panels, repeats, tables, words
from gridsim.report.tables import Cells, Row, Summary
from gridsim.results.causes import NAMES
from gridsim.results.findings import Findings
from gridsim.results.results import ArmResult, Results

_GROUPED = ("income", "house", "heating", "tenure")


@dataclass(frozen=True, slots=True)
class GroupTable:
    """Effects among the groups of one attribute.

    Parameters
    ----------
    name : str
        The attribute in words.
    head : list of str
        Headings.
    body : list of list of str
        Cells.
    """

    name: str
    head: list[str]
    body: list[list[str]]


@dataclass(frozen=True, slots=True)
class Reckoned:
    """What baselines make of an arm.

    Parameters
    ----------
    sentence : str
        What was truly reduced.
    body : list of list of str
        A row for each method.
    picture : Panel
        The same as a figure.
    """

    sentence: str
    body: list[list[str]]
    picture: panels.Panel


@dataclass(frozen=True, slots=True)
class Told:
    """What the page tells of one arm.

    Parameters
    ----------
    label : str
        The arm in words.
    sentences : list of str
        What it changed.
    main, more : list of Cells
        Effects that most readers want; all others.
    groups : list of GroupTable
        Effects by kind of home.
    repeats : list of list of str
        How far effects differ with other seeds; empty if the question was asked once.
    causes : list of list of str
        What each cause took away; empty if the run does not tell causes apart.
    picture : Panel or None
        The same as a figure.
    baselines : Reckoned or None
        What baselines find and credit; None if nothing is called.
    """

    label: str
    sentences: list[str]
    main: list[Cells]
    more: list[Cells]
    groups: list[GroupTable]
    repeats: list[list[str]]
    causes: list[list[str]]
    picture: panels.Panel | None
    baselines: Reckoned | None


def page(results: Results, summary: Summary, findings: Findings | None = None) -> str:
    """Return the report as one HTML text that needs nothing else: no network, no files.

    Parameters
    ----------
    results : Results
        What a run left behind.
    summary : mapping
        From ``studies.arms.summary``, or read back from ``summary.json``.
    findings : Findings, optional
        From ``studies.findings.findings``; without it there are no bands and no group tables.

    Returns
    -------
    str
        HTML; the same text for the same arguments.
    """
    known = findings if findings is not None else Findings()
    every = tables.rows(results, summary, results.arms[-1].name)
    return template("page.html.j2").render(
        story=results.story,
        setting=answer.setting(results),
        arms=results.arms,
        sure=f"{100 * known.confidence:g} %",
        told=[told(results, summary, known, arm) for arm in results.arms[1:]],
        alone=[tables.cells(row) for row in every] if len(results.arms) == 1 else [],
        arms_table=tables.arms_table(results),
        panels=panels.sections(results, known),
        stories=known.stories,
        repeats=repeats.count(summary),
        repeat_heads=repeats.HEADS,
        cause_heads=because.heads(),
        baseline_heads=credits.heads(results.story.currency),
        definitions=tables.definitions(every),
        audit=tables.audit_table(results),
        passed=all(arm.audit.passed for arm in results.arms),
        provenance=tables.provenance_table(results),
        version=results.provenance.get("version", ""),
    )


def told(results: Results, summary: Summary, findings: Findings, arm: ArmResult) -> Told:
    """Return what the page tells of one arm against the reference."""
    every = tables.rows(results, summary, arm.name)
    grouped = [(name, _groups(results, findings, arm, name)) for name in _GROUPED]
    return Told(
        label=arm.label,
        sentences=answer.sentences(results, summary, arm.name, findings.confidence),
        main=[tables.cells(row) for row in every if _is_main(row)],
        more=[tables.cells(row) for row in every if not _is_main(row)],
        groups=[GroupTable(words.attribute(name), *table) for name, table in grouped if table[1]],
        repeats=repeats.table(results, summary, arm.name),
        causes=because.table(summary, arm.name),
        picture=_picture(results, summary, arm) if because.told(summary, arm.name) else None,
        baselines=_reckoned(results, summary, arm) if credits.of(summary, arm.name) else None,
    )


def template(name: str) -> jinja2.Template:
    """Return a template of this room, with everything escaped that is put into it."""
    text = resources.files("gridsim.report").joinpath(name).read_text(encoding="utf-8")
    environment = jinja2.Environment(
        autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return environment.from_string(text, globals={"style": style()})


def style() -> Markup:
    """Return the style sheet that all pages share."""
    text = resources.files("gridsim.report").joinpath("style.css").read_text(encoding="utf-8")
    return Markup(text.rstrip())


def _picture(results: Results, summary: Summary, arm: ArmResult) -> panels.Panel:
    """Return the causes of an arm as a figure."""
    names = ", ".join(NAMES.values())
    return panels.panel(
        lambda: because.causes(results, summary, arm.name),
        f"{arm.label}: what each cause took away from {results.reference.label}. Parts to the left "
        "of 0 work against the others.",
        f"Stacked bars of kWh per home by cause under {arm.label}: {names}.",
    )


def _reckoned(results: Results, summary: Summary, arm: ArmResult) -> Reckoned:
    """Return what baselines make of an arm."""
    picture = panels.panel(
        lambda: credits.baselines(results, summary, arm.name),
        f"{arm.label}: the dashed line is what these homes used less than in "
        f"{results.reference.label}. Where only reductions count, chance alone earns credits: a "
        "ring to the right of its dot.",
        f"Dots of the reduction in kWh per home and call that each baseline finds under {arm.label}"
        ", rings of what it credits, and a line at the true reduction.",
    )
    sentence = credits.sentence(summary, arm.name)
    return Reckoned(sentence, credits.table(summary, arm.name), picture)


def _is_main(row: Row) -> bool:
    """Return whether a row belongs into the main table: wanted, and not zero in both arms."""
    return row.metric in tables.MAIN and bool(row.reference or row.value or row.change)


def _groups(
    results: Results, findings: Findings, arm: ArmResult, name: str
) -> tuple[list[str], list[list[str]]]:
    """Return the table of effects by one attribute."""
    return tables.groups_table(findings, arm.name, name, results.story.currency)
