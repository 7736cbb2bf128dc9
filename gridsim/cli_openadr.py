"""The command ``gridsim openadr``: what an arm publishes, as files of OpenADR 3."""

import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from gridsim.core.errors import DataError
from gridsim.saying import say, telling

# Everything heavy is imported inside the command: --help must answer within 0.3 s.
if TYPE_CHECKING:
    from gridsim.programmes.calls import Call
    from gridsim.programmes.openadr import Event
    from gridsim.results.results import Results
    from gridsim.scenario.resolve import ArmCase, Case

PROGRAMS, EVENTS = "programs.json", "events.json"
"""Names of the two files."""
_SUMMARY = "summary.json"


def openadr(
    source: Annotated[
        str,
        typer.Argument(metavar="SOURCE", help="A run folder, a scenario file or a shipped name."),
    ],
    arm: Annotated[
        str | None, typer.Option(metavar="NAME", help="Whose calls and prices. [default: the last]")
    ] = None,
    out: Annotated[
        Path, typer.Option(metavar="DIR", help="Folder for programs.json and events.json.")
    ] = Path("openadr"),
    sets: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="KEY=VALUE", help="Change one value of a scenario, as TOML."),
    ] = None,
) -> None:
    """Write the calls and prices of an arm as OpenADR 3 programs and events.

    Calls that follow the load are known only after a run; name its folder.
    """
    with telling("nothing is left half-written"):
        from gridsim import front
        from gridsim.programmes import openadr_use
        from gridsim.results import folders
        from gridsim.scenario import resolve

        folder = Path(source)
        done = (folder / _SUMMARY).is_file()
        if done and sets:
            raise DataError("--set: changes a scenario; a run has been played as it was")
        scenario = front.load(folder / "scenario.toml" if done else source, sets or [])
        case = resolve.resolve(scenario)
        of = _arm(case, arm)
        results = front.open(folder).results if done else None
        if of.watches and results is None:
            say(f"arm {of.name}: calls that follow the load are left out: only a run knows them")
        found = published(case, of, results)
        out.mkdir(parents=True, exist_ok=True)
        programs = list(dict.fromkeys(event.program for event in found))
        folders.replace_file(out / PROGRAMS, openadr_use.programs_json(programs))
        folders.replace_file(out / EVENTS, openadr_use.to_json(found))
        typer.echo(f"{out / EVENTS}: {len(found)} events of {len(programs)} programs")


def published(case: "Case", arm: "ArmCase", results: "Results | None" = None) -> "list[Event]":
    """Return the calls and prices of an arm as events, program after program.

    Parameters
    ----------
    case : Case
        A scenario, resolved.
    arm : ArmCase
        One of its arms.
    results : Results, optional
        Of its run: the calls that followed the load.
    """
    from gridsim.programmes import openadr_use
    from gridsim.programmes.openadr import Payload
    from gridsim.signals.whole import Whole

    found: list[Event] = []
    groups: dict[str, list[Call]] = {}
    kinds: dict[str, object] = {}
    for call in (*arm.calls, *_watched(case, arm, results)):
        name, number = _slug(f"{arm.name}-{call.label}"), 1
        kind = (call.channel, call.control)
        while kinds.setdefault(name, kind) != kind:
            number += 1
            name = _slug(f"{arm.name}-{call.label}-{number}")
        groups.setdefault(name, []).append(call)
    for name, calls in groups.items():
        found += openadr_use.events_of_calls(calls, case.clock, name)
    whole, money = Whole(arm.contract), arm.contract.currency
    notices = whole.notices(case.clock)
    price = whole.price(case.clock)
    found += openadr_use.events_of_prices(
        price, notices, case.clock, _slug(f"{arm.name}-price"), money
    )
    exported = whole.export_price(case.clock)
    if exported.any():
        found += openadr_use.events_of_prices(
            exported, (), case.clock, _slug(f"{arm.name}-export"), money, Payload.EXPORT_PRICE
        )
    return found


def _watched(case: "Case", arm: "ArmCase", results: "Results | None") -> "list[Call]":
    """Return what operators called in a run, from its log of events."""
    from gridsim.programmes.calls import Call

    if results is None:
        return []
    found, log = [], results.events
    settled = {(call.first, call.label) for call in arm.calls}
    for watch in arm.watches:
        plan = watch.plan
        mine = (log.home < 0) & (log.arm == arm.name) & (log.kind == "called")
        for row in (mine & (log.text == plan.label)).nonzero()[0]:
            first = case.clock.step_at(int(log.from_s[row]))
            if (first, plan.label) not in settled:
                last = case.clock.step_at(int(log.until_s[row]))
                found.append(
                    Call(
                        int(log.time_s[row]), first, last, plan.label, plan.channel, plan.control,
                        plan.reminder,
                    )
                )  # fmt: skip
                settled.add((first, plan.label))
    return found


def _arm(case: "Case", name: str | None) -> "ArmCase":
    """Return an arm by its name, the last if none is named."""
    if name is None:
        return case.arms[-1]
    found = {arm.name: arm for arm in case.arms}
    if name not in found:
        raise DataError(f"--arm: there is no arm {name!r}; there are {', '.join(found)}")
    return found[name]


def _slug(name: str) -> str:
    """Return a name as an OpenADR objectID: letters, digits, - and _, at most 128."""
    return re.sub(r"[^a-zA-Z0-9_-]+", "-", name)[:128]
