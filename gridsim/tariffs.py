"""Designing a tariff: ``gridsim tariff neutral`` and what stands behind it."""

import json
import os
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from gridsim.core.errors import DataError, ScenarioError
from gridsim.saying import say, telling

# Everything heavy is imported inside the functions: --help must answer within 0.3 s.
if TYPE_CHECKING:
    from gridsim.engine.run import Watcher
    from gridsim.scenario.models import Scenario
    from gridsim.studies.neutral import Neutral, Outcome

app = typer.Typer(help="Designing tariffs.", no_args_is_help=True, rich_markup_mode=None)


_SPAN = (
    "The factor holds for the period of the scenario: rates that are neutral over a winter are not"
    " over a year."
)


@app.callback()
def _front() -> None:
    """Make a lone command a named one."""


@app.command("neutral")
def _neutral(
    file: Annotated[
        str, typer.Argument(metavar="FILE", help="A scenario file, or a shipped scenario's name.")
    ],
    arm: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="Scale this arm. [default: the second]"),
    ] = None,
    sets: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="KEY=VALUE", help="Change one value on the way, as TOML."),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Write the scenario with the scaled rates there."),
    ] = None,
    jobs: Annotated[int | None, typer.Option(min=1, help="Threads. [default: all CPUs]")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")] = False,
) -> None:
    """Scale a tariff until the reference population pays the same in total; tell who gains.

    The loads of the first arm are billed under the tariff of the other, and its rates scaled until
    the bills sum to the same; then people react to the scaled rates. Winners and losers are told
    before and after.
    """
    with telling("nothing is left half-written"):
        from gridsim import front, watch
        from gridsim.results import folders
        from gridsim.scenario import dump

        scenario = front.load(file, sets or [])
        name = _arm(scenario, arm)
        if out is not None and out.is_dir():
            raise DataError(f"{out}: is a folder; a file is wanted")
        if out is not None and not out.parent.is_dir():
            raise DataError(f"{out}: cannot be written: there is no folder {out.parent}")
        with watch.heeding() as stop, watch.watching(quiet=as_json) as watcher:
            minding = watch.minding(stop, watcher)
            found, scaled = neutral(scenario, name, jobs=jobs or cpus(), progress=minding)
            stop()
        if out is not None:
            folders.replace_file(out, dump.dump(scaled))
            say(f"{out}: written; next: gridsim run {out}")
        typer.echo(json.dumps(asdict(found), indent=2) if as_json else _told(found))


def neutral(
    scenario: "Scenario", arm: str, *, jobs: int = 1, progress: "Watcher | None" = None
) -> "tuple[Neutral, Scenario]":
    """Scale the tariff of an arm until the reference population pays the same in total.

    Parameters
    ----------
    scenario : Scenario
        Its first arm is the reference.
    arm : str
        The arm whose rates are scaled; everyone is billed under them, whoever would enrol.
    jobs : int
        Threads.
    progress : callable, optional
        As that of :func:`gridsim.run`.

    Returns
    -------
    Neutral
        The factor, and who wins and loses before anyone reacts and after.
    Scenario
        With ``rates_factor`` of the arm set.

    Raises
    ------
    ScenarioError
        If there is no such arm, it is the reference, or the loads do not fit in memory.
    DataError
        If no factor does it.
    """
    from gridsim import front
    from gridsim.scenario import resolve
    from gridsim.signals.scaled import scaled as rescaled
    from gridsim.studies import neutral as study

    first = _arm(scenario, arm) and next(iter(scenario.arms))
    alone = scenario.model_copy(update={"arms": {first: scenario.arms[first]}})
    case = resolve.resolve(scenario)
    signed = {one.name: one.contract for one in case.arms}
    still = front.run(alone.set("output.profiles", True), jobs=jobs, progress=progress).results
    by, reference, as_written = study.neutral_factor(
        (signed[first], signed[arm]), case.clock, still.loads[first]
    )
    total = by * scenario.arms[arm].rates_factor
    scaled = scenario.set(f"arms.{arm}.rates_factor", total)
    both = {name: scaled.arms[name] for name in (first, arm)}
    moved = front.run(
        scaled.model_copy(update={"arms": both}), jobs=jobs, progress=progress
    ).results
    unmoved = study.bills(rescaled(signed[arm], by), case.clock, still.loads[first])
    found = study.Neutral(
        arm,
        still.story.currency,
        total,
        float(reference.sum()),
        float(as_written.sum()),
        study.outcome(still, unmoved, reference),
        study.outcome(moved, moved.arm(arm).homes["bill"], moved.reference.homes["bill"]),
    )
    return found, scaled


def _arm(scenario: "Scenario", arm: str | None) -> str:
    """Return the arm to scale; refuse what is none."""
    first, *others = scenario.arms
    name = arm or next(iter(others), None)
    if name is None:
        raise ScenarioError(["arms: there is one arm; a second one is needed, to be scaled"])
    if name not in others:
        told = "is the reference" if name == first else "is not there"
        raise ScenarioError([f"arms.{name}: {told}; can be scaled: {', '.join(others)}"])
    return name


def _told(found: "Neutral") -> str:
    """Return what was found, for a terminal."""
    money = found.currency
    homes = sum(group.homes for group in found.before.groups["income"].values())
    lines = [
        f"Rates of {found.arm} x {found.factor:.6f} are revenue-neutral.",
        "",
        f"{'':32}{'all homes':>16}{'a home':>12}",
        _row(f"reference [{money}]", found.reference, homes),
        _row("the tariff as written", found.as_written, homes),
        _row("scaled, nobody reacts", found.before.revenue, homes),
        _row("scaled, people react", found.after.revenue, homes),
    ]
    for title, outcome in (
        ("Change of bills before anyone reacts", found.before),
        ("Change of bills once people have reacted", found.after),
    ):
        lines += ["", *_groups(title, outcome)]
    return "\n".join([*lines, "", _SPAN])


def _row(label: str, total: float, homes: int) -> str:
    """Return a line with a total and its mean."""
    return f"{label:32}{total:16,.2f}{total / homes:12,.2f}"


def _groups(title: str, outcome: "Outcome") -> list[str]:
    """Return a table of winners and losers."""
    lines = [f"{title:44}{'homes':>7}{'change':>10}{'pay less':>10}{'pay more':>10}"]
    shares = outcome.winners
    homes = sum(group.homes for group in outcome.groups["income"].values())
    write: Callable[..., str] = "{:44}{:7d}{:10.2f}{:10.0%}{:10.0%}".format
    lines.append(write("everyone", homes, outcome.change, shares.win, shares.lose))
    for attribute, groups in outcome.groups.items():
        lines += [
            write(
                f"  {attribute}: {name}",
                one.homes,
                one.mean_change,
                one.winners.win,
                one.winners.lose,
            )
            for name, one in groups.items()
        ]
    return lines


def cpus() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
