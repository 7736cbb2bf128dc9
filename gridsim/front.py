"""The front door of the library: load a scenario, check it, run it, open a run of old.

Heavy rooms are imported inside the functions, so that a scenario is refused in a fraction of a
second.
"""

import datetime as dt
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from gridsim.core.errors import DataError, ScenarioError
from gridsim.scenario import checks, dump, files, starter
from gridsim.scenario import load as loading
from gridsim.scenario.models import Scenario
from gridsim.scenario.problems import dotted

if TYPE_CHECKING:
    import pandas as pd
    import xarray as xr

    from gridsim.engine.agenda import Agent
    from gridsim.engine.cluster import Cluster
    from gridsim.engine.extra import Device
    from gridsim.engine.keeping import Keeper
    from gridsim.engine.making import Extras
    from gridsim.engine.run import Watcher
    from gridsim.engine.warm import Helper
    from gridsim.results.columns import Columns
    from gridsim.results.findings import Findings, HomeDay
    from gridsim.results.results import Results
    from gridsim.scenario.resolve import Case
    from gridsim.signals.contract import Contract
    from gridsim.signals.tariff import Tariff

REPORT = "report.html"
"""The report's file in a run folder."""

_OURS = ("made_by", "run")  # of summary.json: how the folder is laid out, not what the run found


@dataclass(frozen=True, eq=False)
class Run:
    """A run and all that can be asked of it. (No slots: the tables are made once, when asked for.)

    Parameters
    ----------
    results : Results
        The arrays of every arm.
    summary : mapping
        What ``summary.json`` says: ``arms``, ``effects``, ``audit``, ``provenance``,
        ``assumptions``.
    folder : Path, optional
        The run folder that it was opened from.
    repeated : mapping of str to array, optional
        A row for each replicate, arm and metric, if the scenario asks for replicates.
    """

    results: "Results"
    summary: Mapping[str, object]
    folder: Path | None = None
    repeated: "Columns | None" = None

    @cached_property
    def findings(self) -> "Findings":
        """Mean days with bands, and effects by kind of home, for figures and the report."""
        from gridsim.studies import findings  # noqa: PLC0415

        return findings.findings(self.results)

    @cached_property
    def effects(self) -> "pd.DataFrame":
        """A row for each arm and metric: value in the reference and the arm, effect, interval."""
        from gridsim.results import frames  # noqa: PLC0415

        return frames.effects_frame(self.summary, self.results.reference.name)

    @cached_property
    def replicates(self) -> "pd.DataFrame":
        """A row for each replicate, arm and metric: value, and effect against the reference."""
        if self.repeated is None:
            raise ValueError("this run has no replicates; ask for them with replicates = 50")
        from gridsim.results import replicates  # noqa: PLC0415

        return replicates.frame(self.repeated)

    @cached_property
    def series(self) -> "pd.DataFrame":
        """Mean power per home by arm, group and step [kW]; time is in UTC."""
        from gridsim.results import frames  # noqa: PLC0415

        return frames.series_frame(self.results)

    @cached_property
    def homes(self) -> "pd.DataFrame":
        """A row for each arm and home: who they are and what they did."""
        from gridsim.results import frames  # noqa: PLC0415

        return frames.homes_frame(self.results)

    @cached_property
    def events(self) -> "pd.DataFrame":
        """The log: what was published, and what the followed homes heard and did."""
        from gridsim.results import frames  # noqa: PLC0415

        return frames.events_frame(self.results)

    def profile(self, home: int, flow: str = "net") -> "pd.DataFrame":
        """Return the load of a home that is kept (``[output] profiles``), a column for each arm.

        ``flow`` is "net", or "import" or "export" where they are kept. [kW]; time is in UTC.

        Raises
        ------
        DataError
            If the run kept no such load.
        """
        from gridsim.results import loads  # noqa: PLC0415

        return loads.home_frame(self.results, self.folder, home, flow)

    def profiles(self, date: "str | dt.date", arm: str, flow: str = "net") -> "pd.DataFrame":
        """Return the loads of an arm on a local date, a row for each home; as :meth:`profile`."""
        from gridsim.results import loads  # noqa: PLC0415

        return loads.day_frame(self.results, self.folder, str(date), arm, flow=flow)

    def story(
        self, home: int, date: "str | dt.date | None" = None, arms: Sequence[str] = ()
    ) -> "HomeDay":
        """Return the day of a followed home in sentences, arm beside arm.

        Parameters
        ----------
        home : int
            Number of a followed home (``[output] follow``).
        date : str or date, optional
            Local date; the day on which there is most to tell when left out.
        arms : sequence of str
            Arms to tell of; all when empty.

        Raises
        ------
        ValueError
            If the home is not followed, the date lies outside the run, or an arm is not there.
        """
        from gridsim.studies import story  # noqa: PLC0415

        day = story.telling_day(self.results) if date is None else date
        return story.tell(self.results, home, day, arms)

    def stories(
        self, date: "str | dt.date | None" = None, arms: Sequence[str] = ()
    ) -> "tuple[HomeDay, ...]":
        """Return the day of up to three typical homes: median answer, strong answer, unaware.

        Arguments and errors as those of :meth:`story`.
        """
        from gridsim.studies import story  # noqa: PLC0415

        return story.typical(self.results, date, arms)

    def to_xarray(self) -> "xr.Dataset":
        """Return series and metrics with named axes; needs the extra ``xarray``."""
        from gridsim.results import frames  # noqa: PLC0415

        return frames.to_xarray(self.results)

    def report(self) -> str:
        """Return the report, one self-contained HTML text."""
        from gridsim.report import page  # noqa: PLC0415

        return page.page(self.results, self.summary, self.findings)

    def save(self, folder: str | os.PathLike[str], *, loads: Path | None = None) -> Path:
        """Write a run folder, report included, whole or not at all; return its path.

        Parameters
        ----------
        folder : path
            Where; an older run there is replaced.
        loads : Path, optional
            Folder of loads of single homes that were written day by day; the run folder holds
            them too.

        Raises
        ------
        DataError
            If something that is not a run folder is in the way, or it cannot be written.
        """
        from gridsim.results import replicates, store  # noqa: PLC0415

        store.check_target(Path(folder))
        beside = {REPORT: self.report().encode(), **replicates.files(self.repeated)}
        return store.save(self.results, Path(folder), self.summary, beside, written=loads)

    def __repr__(self) -> str:
        """Return the title and the arms."""
        arms = ", ".join(arm.name for arm in self.results.arms)
        return f"<Run {self.results.story.title!r}: {arms}>"

    def _repr_html_(self) -> str:
        """Return the answer for a notebook: what was asked, and the main effects."""
        from gridsim.report import notebook  # noqa: PLC0415

        return notebook.results_html(self.results, self.summary)


def load(path: str | os.PathLike[str], sets: Sequence[str] = ()) -> Scenario:
    """Return the scenario of a file, or of a shipped scenario by its name.

    Parameters
    ----------
    path : str or path
        A TOML file, or a name such as ``"quickstart"``.
    sets : sequence of str
        Overrides such as ``"population.homes=500"``.

    Raises
    ------
    ScenarioError
        If it is wrong; ``problems`` holds every mistake.
    """
    return loading.load(find(path), sets)


def find(path: str | os.PathLike[str]) -> Path:
    """Return the file of a scenario; a bare name without a file means a shipped scenario."""
    file = Path(path)
    if file.suffix == ".toml" or file.is_file():
        return file
    shipped = starter.shipped()
    if str(path) in shipped:
        return shipped[str(path)]
    if file.exists():
        return file  # a folder: the reader says so
    names = ", ".join(shipped)
    raise ScenarioError([f"{path}: there is no such file, nor a shipped scenario ({names})"])


def check(scenario: Scenario) -> tuple[str, ...]:
    """Return what a reader of the scenario should know, having read every file that it names.

    Raises
    ------
    DataError
        If a file is missing or makes no sense.
    """
    from gridsim.scenario import signing  # noqa: PLC0415

    tables = dump.plain(scenario)
    named = [(path, checks.held(tables, path)) for path in checks.file_keys(tables)]
    paths = [
        files.locate(value, dotted(path))
        for path, value in named
        if path[-1] in ("tempo_colours", "tempo_load") or checks.is_file(value)
    ]
    seen = any(arm.calls or signing.needs_outside(arm.tariff) for arm in scenario.arms.values())
    seen = seen or scenario.signals.tempo_colours is not None
    if not paths and not seen and scenario.place.name is not None:
        from gridsim.scenario import quick  # noqa: PLC0415

        return quick.notes_on(scenario, scenario.place.name)
    from gridsim.scenario import resolve  # noqa: PLC0415

    return resolve.resolve(scenario).notes


def run(  # noqa: PLR0913  (the one door of the library: each way to run has a name of its own)
    scenario: Scenario | str | os.PathLike[str],
    *,
    devices: "Mapping[str, Device] | None" = None,
    tariffs: "Mapping[str, Contract | Tariff] | None" = None,
    agents: "Sequence[Agent]" = (),
    jobs: int = 1,
    cluster: str | None = None,
    progress: "Watcher | None" = None,
) -> Run:
    """Run a scenario.

    Parameters
    ----------
    scenario : Scenario or path
        What to run: a scenario, its file, or the name of a shipped one.
    devices : mapping of str to Device, optional
        Own devices by name; every arm has them.
    tariffs : mapping of str to Contract or Tariff, optional
        Own contracts by arm, in place of the scenario's; a bare tariff keeps the standing charge
        and the feed-in price of the arm.
    agents : sequence of Agent, optional
        Own SimPy agents; every arm but the reference plays them.
    jobs : int
        Threads; the results are the same bits for any number.
    cluster : str, optional
        Workers that play in place of threads, to the same bits: ``"local:3"`` (processes of this
        machine) or where a dask scheduler runs, such as ``"tcp://10.0.0.1:8786"``; needs the extra
        ``cluster``. In a script, stand below ``if __name__ == "__main__":`` for local ones.
    progress : callable, optional
        Called with a ``Progress`` after each stretch of each arm.

    Raises
    ------
    ScenarioError, DataError, AuditError
        If the scenario or a file it names is wrong; if energy or money does not balance.
    ValueError
        If ``tariffs`` names an arm that is not there.
    """
    from gridsim.engine import warm  # noqa: PLC0415

    with warm.helping() as helper:
        from gridsim.engine import cluster as clusters  # noqa: PLC0415
        from gridsim.engine.making import Extras  # noqa: PLC0415
        from gridsim.scenario import resolve  # noqa: PLC0415

        asked = scenario if isinstance(scenario, Scenario) else load(scenario)
        case = resolve.resolve(asked)
        extras = Extras(dict(devices or {}), contracts(case, tariffs or {}), tuple(agents))
        with clusters.players(cluster, jobs) as players:
            return play(case, extras, jobs=players, progress=progress, helper=helper)


def play(
    case: "Case", extras: "Extras | None" = None, *, jobs: "int | Cluster" = 1,
    progress: "Watcher | None" = None, helper: "Helper | None" = None,
    keeper: "Keeper | None" = None,
) -> Run:  # fmt: skip
    """Run a case, which is a scenario resolved, beside a helper of ``warm``; as :func:`run`."""
    from gridsim.engine import run as engine  # noqa: PLC0415
    from gridsim.engine import warm  # noqa: PLC0415
    from gridsim.results import replicates as repeats  # noqa: PLC0415
    from gridsim.studies import arms, replicates  # noqa: PLC0415

    warm.finish(helper)
    results = engine.run(case, extras=extras, jobs=jobs, progress=progress, keeper=keeper)
    warm.done()
    told = arms.summary(results)
    if case.scenario.replicates == 1:
        return Run(results, told)
    answers = replicates.ask(results, case, extras, jobs=jobs, progress=progress, keeper=keeper)
    told |= {"replicates": repeats.told(answers)}
    return Run(results, told, repeated=repeats.columns(answers))


def own_parameters(file: Path | None) -> "Extras | None":
    """Return what a run needs to have people answer by a file of one's own; None for no file.

    Raises
    ------
    DataError
        If it is no file of parameters.
    """
    if file is None:
        return None
    from gridsim.citizens import parameters  # noqa: PLC0415
    from gridsim.engine.making import Extras  # noqa: PLC0415

    try:
        return Extras(settings=parameters.read(file))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise DataError(f"{file}: no file of parameters: {error}") from error


def open(folder: str | os.PathLike[str]) -> Run:
    """Return the run that a run folder holds.

    Raises
    ------
    DataError
        If the folder is not there, not a run folder, or damaged.
    """
    from gridsim.results import replicates, store  # noqa: PLC0415

    told = store.load_summary(Path(folder))
    kept = {name: value for name, value in told.items() if name not in _OURS}
    return Run(store.load(Path(folder)), kept, Path(folder), replicates.read(Path(folder)))


def causes(run: Run) -> "pd.DataFrame":
    """Return why things changed: a row for each arm, cause and number, with its interval.

    Over the causes, every number adds up to the reference arm less the arm; positive is less. What
    they are and why their order matters stands in ``results.causes``.

    Parameters
    ----------
    run : Run
        Of a scenario with ``[output] causes = true``.

    Raises
    ------
    ValueError
        If the run did not tell causes apart.
    """
    from gridsim.results import frames  # noqa: PLC0415
    from gridsim.studies import causes as studies  # noqa: PLC0415

    found = studies.causes(run.results)
    if not any(found.values()):
        raise ValueError("this run tells no causes; ask for them with [output] causes = true")
    return frames.causes_frame(found)


def contracts(case: "Case", tariffs: "Mapping[str, Contract | Tariff]") -> "dict[str, Contract]":
    """Return whole contracts: a bare tariff takes the place of that of its arm's contract."""
    from gridsim.signals.contract import Contract  # noqa: PLC0415

    known = {arm.name: arm.contract for arm in case.arms}
    lost = [name for name in tariffs if name not in known]
    if lost:
        raise ValueError(f"tariffs: there is no arm {lost[0]!r}; there are {', '.join(known)}")
    return {
        name: given
        if isinstance(given, Contract)
        else replace(known[name], tariff=given, source="the caller")
        for name, given in tariffs.items()
    }
