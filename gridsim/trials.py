"""Field trials from the library: run them, judge them, and leave the page and the JSON."""

from pathlib import Path

from gridsim.report import verdicts as page
from gridsim.results import provenance, verdict_store
from gridsim.results.verdicts import Verdicts
from gridsim.studies.trials import runner, sensitivity, table
from gridsim.studies.trials.runner import Plan

__all__ = ["Plan", "Verdicts", "run", "save", "table"]


def run(rows: str | None = None, plan: Plan | None = None, *, sensitive: bool = False) -> Verdicts:
    """Run published field trials as scenarios and judge them by their accepted bands.

    Parameters
    ----------
    rows : str, optional
        Rows such as ``"T1,T8"``; all by default.
    plan : Plan, optional
        How: quick or not, threads, progress, own parameters.
    sensitive : bool
        Whether to run the rows again, quick, with each parameter of the citizens raised.

    Raises
    ------
    ValueError
        If a row is not in the table.
    """
    how = plan or Plan()
    wanted = table.chosen(rows)
    found = runner.run(wanted, how)
    slopes = sensitivity.slopes(wanted, how) if sensitive else ()
    return Verdicts(found, how.quick, slopes)


def save(verdicts: Verdicts, folder: Path) -> Path:
    """Write ``trials.json`` and ``trials.html``, whole or not at all; return the folder.

    Raises
    ------
    DataError
        If something that is not a folder of trials is in the way, or it cannot be written.
    """
    origin = provenance.origin()
    told = page.page(verdicts, str(origin["version"] or ""))
    return verdict_store.save(folder, verdicts, told, origin)
