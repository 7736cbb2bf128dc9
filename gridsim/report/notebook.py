"""A short fragment of HTML that stands for results in a notebook."""

from gridsim.report import answer, page, tables
from gridsim.report.tables import Summary
from gridsim.results.results import Results


def results_html(results: Results, summary: Summary) -> str:
    """Return title, setting and main effects as an HTML fragment, for ``_repr_html_``.

    Parameters
    ----------
    results : Results
        What a run left behind.
    summary : mapping
        From ``studies.arms.summary``, or read back from ``summary.json``.

    Returns
    -------
    str
        HTML with nothing but text, everything from the scenario escaped.
    """
    shown = results.arms[1:] or results.arms
    written = {
        arm.label: [
            tables.cells(row)
            for row in tables.rows(results, summary, arm.name)
            if row.metric in tables.MAIN and (row.reference or row.value or row.change)
        ]
        for arm in shown
    }
    return page.template("fragment.html.j2").render(
        story=results.story,
        setting=answer.setting(results),
        reference=results.reference.label,
        compared=len(results.arms) > 1,
        written=written,
        passed=all(arm.audit.passed for arm in results.arms),
    )
