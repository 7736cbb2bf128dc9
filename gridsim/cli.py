"""The command line: one command is one function, and a user's mistake is one clear message.

Exit codes: 0 done, 2 wrong usage, 3 the scenario is invalid, 4 data is missing or corrupt (or a
folder cannot be written), 5 the audit of energy and money failed, 130 interrupted. What a command
answers goes to standard output; progress, notes and mistakes go to standard error.
"""

import gc
import os
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from gridsim import cli_bill, cli_openadr, cli_run, tariffs
from gridsim.cli_run import File, Sets
from gridsim.cli_run import short as _short
from gridsim.saying import Exit
from gridsim.saying import say as _say
from gridsim.saying import telling as _telling

# Everything heavy is imported inside the commands: --help must answer within 0.3 s.
if TYPE_CHECKING:
    from gridsim.scenario.models import Scenario

app = typer.Typer(
    help="How households change their demand and production, for whom, and how sure we are.",
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
weather = typer.Typer(help="Weather files.", no_args_is_help=True, rich_markup_mode=None)
app.add_typer(weather, name="weather")
app.command()(cli_run.run)
app.command()(cli_bill.bill)
app.command()(cli_openadr.openadr)
app.add_typer(tariffs.app, name="tariff")


def main() -> None:
    """Run the command line and leave with its exit code."""
    code: Any = 0
    try:
        app()
    except SystemExit as done:
        code = done.code
    except KeyboardInterrupt:
        _say("interrupted")
        code = Exit.INTERRUPTED
    try:
        sys.stdout.flush()
    except BrokenPipeError:  # whoever read us has seen enough, as in "gridsim list | head"
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    gc.freeze()  # the last search for garbage would take a second after a run
    sys.exit(code)


def _version(wanted: bool) -> None:
    """Print the version and leave."""
    if wanted:
        import gridsim

        typer.echo(f"gridsim {gridsim.__version__}")
        raise typer.Exit


Told = Annotated[
    bool, typer.Option("--version", callback=_version, is_eager=True, help="Tell the version.")
]


@app.callback()
def _front(version: Told = False) -> None:
    """Take the options that come before a command."""


@app.command()
def check(file: File, sets: Sets = None) -> None:
    """Tell everything that is wrong with a scenario."""
    with _telling():
        scenario = _load(file, sets)
        from gridsim import front
        from gridsim.scenario import words

        notes = front.check(scenario)
        typer.echo(words.describe(scenario))
        for note in notes:
            typer.echo(f"note: {note}")
        typer.echo(f"{file}: nothing is wrong")


@app.command()
def show(file: File, sets: Sets = None) -> None:
    """Print a scenario with every default written out."""
    with _telling():
        scenario = _load(file, sets)
        from gridsim.scenario import dump

        typer.echo(dump.dump(scenario), nl=False)


@app.command()
def new(
    name: Annotated[str, typer.Argument(metavar="NAME", help="File to write; .toml is added.")],
    source: Annotated[
        str | None,
        typer.Option("--from", metavar="SCENARIO", help="Start from a shipped scenario or a file."),
    ] = None,
) -> None:
    """Write a commented scenario to start from."""
    path = Path(name if name.endswith(".toml") else f"{name}.toml")
    with _telling("nothing is left half-written"):
        from gridsim.results import folders
        from gridsim.scenario import starter

        if path.exists():
            raise typer.BadParameter(f"{path} exists already; choose another name")
        text = starter.starter(path.stem.replace("_", " ").strip() or path.stem, source)
        folders.replace_file(path, text)
        typer.echo(f"{path}: written; next: gridsim check {path}")


@app.command()
def schema() -> None:
    """Print the JSON Schema of scenario files, for editors."""
    import json

    from gridsim.scenario import schema as schemas

    typer.echo(json.dumps(schemas.schema(), indent=2))


@app.command("list")
def list_names() -> None:
    """List towns, places, tariffs and shipped scenarios."""
    from gridsim.scenario import starter

    with _telling():
        for line in starter.listing():
            typer.echo(line)


@app.command()
def report(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A run folder.")],
) -> None:
    """Make the report of a run folder again."""
    with _telling("nothing is left half-written"):
        from gridsim import front
        from gridsim.results import folders

        path = folder / front.REPORT
        folders.replace_file(path, front.open(folder).report())
        typer.echo(_short(path))


@app.command()
def trials(
    quick: Annotated[
        bool, typer.Option("--quick", help="Smaller towns, wider intervals, within a minute.")
    ] = False,
    out: Annotated[
        Path, typer.Option(metavar="DIR", help="Folder of the page and the JSON.")
    ] = Path("runs/trials"),
    only: Annotated[
        str | None, typer.Option(metavar="ROWS", help="Rows such as T1,T8. [default: all]")
    ] = None,
    jobs: Annotated[int | None, typer.Option(min=1, help="Threads. [default: all CPUs]")] = None,
    parameters: Annotated[
        Path | None, typer.Option(metavar="FILE", help="People answer by this file.")
    ] = None,
    sensitive: Annotated[
        bool, typer.Option("--sensitivity", help="Raise each parameter in turn: half an hour.")
    ] = False,
) -> None:
    """Run published field trials and compare: is the response right?"""
    with _telling("nothing is left half-written"):
        from gridsim import front, watch
        from gridsim import trials as field
        from gridsim.report import verdicts as page
        from gridsim.results import verdict_store

        try:
            field.table.chosen(only)
        except ValueError as unknown:
            raise typer.BadParameter(f"--only: {unknown}") from None
        verdict_store.check_target(out)
        with watch.heeding() as stop, watch.watching(quiet=False) as watcher:
            minding = watch.minding(stop, watcher)
            own = front.own_parameters(parameters)
            plan = field.Plan(quick, jobs or tariffs.cpus(), minding, own.settings if own else None)
            found = field.run(only, plan, sensitive=sensitive)
            stop()
            saved = field.save(found, out)
        typer.echo(page.table_text(found, min(shutil.get_terminal_size().columns, 120)))
        typer.echo(f"The page to look at: {_short(saved / verdict_store.PAGE)}")


@app.command()
def calibrate(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="Which parameters may move, for which targets.")
    ],
    out: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Folder of the result. [default: runs/calibration-FILE]"),
    ] = None,
    jobs: Annotated[int | None, typer.Option(min=1, help="Threads. [default: all CPUs]")] = None,
) -> None:
    """Fit citizen parameters to targets, and tell which targets fix which of them."""
    with _telling("nothing is left half-written"):
        from gridsim.report import calibrations as page
        from gridsim.results import calibration_store, provenance
        from gridsim.studies import calibration_model

        folder = out or Path("runs") / f"calibration-{file.stem}"
        calibration_store.check_target(folder)
        found, text = calibration_model.calibrated(
            file, jobs or tariffs.cpus(), lambda runs: _say(f"run {runs} of the model is done")
        )
        origin = provenance.origin()
        told = page.page(found, str(origin["version"] or ""))
        saved = calibration_store.save(folder, found, told, text, provenance=origin)
        typer.echo(page.lines(found, min(shutil.get_terminal_size().columns, 100)))
        typer.echo(f"The page to look at: {_short(saved / calibration_store.PAGE)}")


@app.command()
def story(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A run folder.")],
    home: Annotated[
        int | None,
        typer.Option(metavar="NUMBER", help="A followed home. [default: three typical ones]"),
    ] = None,
    date: Annotated[
        str | None,
        typer.Option(metavar="YYYY-MM-DD", help="A day of the run. [default: the most telling]"),
    ] = None,
    arm: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help="Tell of this arm only. May be repeated."),
    ] = None,
) -> None:
    """Tell the day of a home in sentences: what they heard, did and why."""
    with _telling():
        from gridsim import front
        from gridsim.report import terminal

        found = front.open(folder)
        try:
            days = (
                found.stories(date, arm or ())
                if home is None
                else (found.story(home, date, arm or ()),)
            )
        except ValueError as wrong:
            raise typer.BadParameter(str(wrong)) from None
        width = min(shutil.get_terminal_size().columns, 100)
        if not days:
            raise typer.BadParameter("the run has one arm, or follows no homes: nothing to tell")
        typer.echo("\n\n".join(terminal.story_text(day, width) for day in days))


# A southern latitude begins like an option, hence the settings.
@weather.command(context_settings={"ignore_unknown_options": True})
def fetch(
    latitude: Annotated[
        float, typer.Argument(metavar="LAT", min=-90, max=90, help="Degrees, north positive.")
    ],
    longitude: Annotated[
        float, typer.Argument(metavar="LON", min=-180, max=180, help="Degrees, east positive.")
    ],
    out: Annotated[
        Path | None, typer.Option(metavar="FILE", help="[default: pvgis_LAT_LON.epw]")
    ] = None,
) -> None:
    """Save a typical year of weather from PVGIS (needs the internet)."""
    with _telling("nothing is left half-written"):
        from gridsim.signals import fetch as fetching

        path = out or Path(f"pvgis_{latitude:g}_{longitude:g}.epw")
        typer.echo(str(fetching.fetch(latitude, longitude, path)))


def _load(file: str, sets: list[str] | None) -> "Scenario":
    """Return the scenario of a file or of a shipped name."""
    from gridsim import front

    return front.load(file, sets or [])
