"""The command ``gridsim run``: a scenario played, watched, kept on the way and left as a folder."""

import contextlib
import datetime as dt
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from gridsim import tariffs
from gridsim.core.errors import AuditError, DataError
from gridsim.saying import say, telling

# Everything heavy is imported inside the command: --help must answer within 0.3 s.
if TYPE_CHECKING:
    from gridsim.engine.making import Extras
    from gridsim.engine.warm import Helper
    from gridsim.results.working import Working
    from gridsim.scenario.models import Scenario
    from gridsim.scenario.resolve import Case

KEEP_S = 60.0
"""Seconds between two checkpoints."""


def _settings(given: list[str] | None) -> list[str]:
    """Refuse settings that set nothing."""
    for text in given or []:
        if "=" not in text:
            raise typer.BadParameter(f"{text!r} must be key=value, as in population.homes=500")
    return list(given or [])


File = Annotated[
    str, typer.Argument(metavar="FILE", help="A scenario file, or the name of a shipped scenario.")
]
Sets = Annotated[
    list[str] | None,
    typer.Option(
        "--set", metavar="KEY=VALUE", callback=_settings,
        help="Change one value on the way, as TOML: --set population.homes=100. May be repeated.",
    ),
]  # fmt: skip


def run(
    file: Annotated[
        str | None,
        typer.Argument(metavar="[FILE]", help="A scenario file, or a shipped scenario's name."),
    ] = None,
    sets: Sets = None,
    out: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR",
            help="Run folder; an older run there is replaced, anything else is refused. "
            "[default: the scenario's output.folder, else runs/<scenario>-<date>-<time>]",
        ),
    ] = None,
    jobs: Annotated[
        int | None,
        typer.Option(
            min=1, help="Threads; results are the same bits for any number. [default: all CPUs]"
        ),
    ] = None,
    cluster: Annotated[
        str | None,
        typer.Option(
            metavar="ADDRESS",
            help="Dask workers play, to the same bits: local, local:3 (processes of this machine) "
            "or tcp://host:port of a scheduler. Needs the extra cluster.",
        ),
    ] = None,
    quiet: Annotated[
        bool, typer.Option("--quiet", help="Print the path of the run folder and nothing else.")
    ] = False,
    parameters: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="People answer by this file, not by the package's own."),
    ] = None,
    resume: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Go on with the run of this folder that was stopped."),
    ] = None,
    checkpoint: Annotated[
        float,
        typer.Option(
            metavar="SECONDS", min=0.0,
            help="How often a run writes down how far it is, at the end of a simulated day.",
        ),
    ] = KEEP_S,
) -> None:  # fmt: skip
    """Run a scenario and leave a run folder with the report."""
    from gridsim.engine import warm

    with telling("nothing is left half-written"), warm.helping() as helper:
        how = How(jobs or tariffs.cpus(), cluster, quiet, checkpoint, helper)
        if resume is not None:
            if file or sets or out or parameters:
                raise typer.BadParameter("--resume takes the run as it was begun, and nothing else")
            _resume(resume, how)
        elif file is None:
            raise typer.BadParameter("give a scenario FILE, or --resume DIR")
        else:
            _begin(file, sets, (out, parameters), how)


@dataclass(frozen=True, slots=True)
class How:
    """How a run is played.

    Parameters
    ----------
    jobs : int
        Threads.
    cluster : str or None
        Address of the cluster whose workers play in place of threads.
    quiet : bool
        Whether nothing but the path of the run folder is told.
    every_s : float
        Seconds between two checkpoints.
    helper : Popen or None
        Who compiles kernels meanwhile.
    """

    jobs: int
    cluster: str | None
    quiet: bool
    every_s: float
    helper: "Helper | None"


def _begin(
    file: str, sets: list[str] | None, places: tuple[Path | None, Path | None], how: How
) -> None:
    """Begin a run: of a file, with settings, into a folder, with parameters of one's own."""
    from gridsim import front
    from gridsim.results import provenance, working
    from gridsim.scenario import dump, resolve

    out, parameters = places
    scenario = front.load(file, sets or [])
    target = _folder(scenario, file, out)
    own = front.own_parameters(parameters)
    case = resolve.resolve(scenario)
    _tell_notes(case, how)
    beside = {"scenario.toml": dump.dump(scenario)}
    if parameters is not None:
        beside[working.PARAMETERS] = parameters.read_text(encoding="utf-8")
    facts = {"version": provenance.version("gridsim"), "case": _digest(case), "file": file}
    with working.begin(target, facts, beside) as work:
        _play(case, own, work, how)


def _resume(folder: Path, how: How) -> None:
    """Go on with a run that was stopped."""
    from gridsim import front
    from gridsim.results import working
    from gridsim.scenario import load, resolve

    with working.reopen(folder) as work:
        scenario = load.load(work.folder / "scenario.toml")
        parameters = work.folder / working.PARAMETERS
        own = front.own_parameters(parameters if parameters.exists() else None)
        case = resolve.resolve(scenario)
        _tell_notes(case, how)
        if _digest(case) != work.facts.get("case"):
            raise DataError(
                f"{folder}: weather, prices or calls are no longer what the run was begun with"
                " (a file that it reads has changed): run it anew"
            )
        _play(case, own, work, how)


def _digest(case: "Case") -> str:
    """Return a short hash of what a case is made of."""
    from gridsim.engine import keeping

    return keeping.digest(case)


def _tell_notes(case: "Case", how: How) -> None:
    """Tell what a reader of the scenario should know."""
    from gridsim.engine import warm

    if how.quiet:
        return
    for note in case.notes:
        say(f"note: {note}")
    if warm.needed():
        say("The first run compiles its kernels, which takes up to a minute, once.")


def _play(case: "Case", own: "Extras | None", work: "Working", how: How) -> None:
    """Play a case, save it, and tell the answer."""
    from gridsim import front, watch
    from gridsim.engine import cluster
    from gridsim.engine.keeping import Keeper
    from gridsim.report import terminal
    from gridsim.results import daily, working

    keeper = Keeper(work.folder, how.every_s, lambda text: say(f"note: {text}"))
    with _hinting(work), watch.heeding() as stop, watch.watching(quiet=how.quiet) as watcher:
        with cluster.players(how.cluster, how.jobs) as players:
            done = front.play(
                case, own, jobs=players, progress=watch.minding(stop, watcher), helper=how.helper,
                keeper=keeper,
            )  # fmt: skip
        stop()
        saved = done.save(work.target, loads=work.folder / daily.FOLDER)
    working.finish(work)
    if how.quiet:
        typer.echo(short(saved))
        return
    width = min(shutil.get_terminal_size().columns, 100)
    typer.echo(terminal.summary_text(done.results, done.summary, width, Path(short(saved))))
    typer.echo(f"The page to look at: {short(saved / front.REPORT)}")


@contextlib.contextmanager
def _hinting(work: "Working") -> Iterator[None]:
    """Tell how to go on with a run that stops with something written down."""
    try:
        yield
    except BaseException as stopped:
        if work.holds and not isinstance(stopped, AuditError):
            say(f"what was played is kept: go on with `gridsim run --resume {short(work.target)}`")
        raise


def _folder(scenario: "Scenario", file: str, out: Path | None) -> Path:
    """Return where the run goes, refused before it starts rather than after."""
    from gridsim.results import store

    told = out or scenario.output.folder
    now = dt.datetime.now().strftime("%Y-%m-%d-%H%M%S")
    folder = Path(told) if told else _free(Path("runs") / f"{Path(file).stem}-{now}")
    store.check_target(folder)
    above = next(parent for parent in folder.absolute().parents if parent.exists())
    if not above.is_dir():
        raise DataError(f"{folder}: cannot be written: {above} is a file")
    if not os.access(above, os.W_OK | os.X_OK):
        raise DataError(f"{folder}: cannot be written: no permission in {above}")
    return folder


def _free(folder: Path) -> Path:
    """Return the folder, with a number added if there is one of that name, or soon will be."""
    from gridsim.results import working

    number, free = 1, folder
    while free.exists() or working.place_of(free).exists():
        number += 1
        free = folder.with_name(f"{folder.name}-{number}")
    return free


def short(path: Path) -> str:
    """Return a path as seen from here, when it lies below."""
    here = Path.cwd()
    return str(path.relative_to(here)) if path.is_relative_to(here) else str(path)
