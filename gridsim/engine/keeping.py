"""Keeping: what a run writes down while it goes on, so that it can be stopped at any moment.

The folder of a run that is not finished lies beside its place (``results.working``). For every part
of the town it holds either its share, once the part has been played to the end, or its last two
checkpoints, each at the end of a local day. A checkpoint is written beside its place and renamed;
one that is damaged is passed over for the one before, and a part without any is played anew: the
bits are the same whichever way it was.
"""

import dataclasses
import hashlib
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import numpy as np

from gridsim.core.errors import DataError
from gridsim.engine import packing
from gridsim.engine.arm import Game
from gridsim.engine.followed import Log
from gridsim.engine.joining import Share
from gridsim.engine.parts import Part
from gridsim.engine.party import Party
from gridsim.results import daily, parcels
from gridsim.scenario import dump
from gridsim.scenario.resolve import Case
from gridsim.signals.whole import Whole

EVERY_S = 60.0
"""Seconds between two checkpoints of a part: little is lost, and writing them costs little."""
KEPT = 2
"""Checkpoints of a part that are kept."""

Stood = list[dict[str, Any]]
"""How the arms of a party stood when they were written down."""
Teller = Callable[[str], None]
"""Is told in words what was found and passed over."""


@dataclass(frozen=True, slots=True)
class Keeper:
    """Where and how often a run writes down how far it is.

    Parameters
    ----------
    folder : Path
        Of the run that is not finished.
    every_s : float
        Seconds between two checkpoints of a part, by a clock that never jumps.
    tell : callable
        Is told what was found and passed over.
    """

    folder: Path
    every_s: float = EVERY_S
    tell: Teller = lambda text: None

    def minded(self, parties: Sequence[Party]) -> "Minded":
        """Return parties that are written down every so often, brought to where they stood.

        Parts that exchange sums are written down together, and brought to the same day.
        """
        for step in self._steps(parties):
            found = self._read(parties, step)
            if found:
                for party, stood in zip(parties, found, strict=True):
                    restore(party, stood)
                break
        return Minded(self, tuple(parties), time.monotonic())

    def share(self, part: Part) -> Share | None:
        """Return the share of a part that has been played to the end, None if it has not."""
        path = self.folder / f"{_name(part)}.share"
        if not path.exists():
            return None
        try:
            return cast("Share", _unpacked(path, part, "share"))
        except DataError as error:
            self.tell(f"{error}; the part is played anew")
            return None

    def finish(self, share: Share) -> None:
        """Write down the share of a part, and let go of its checkpoints."""
        arrays: packing.Arrays = {}
        told = packing.pack(share, arrays, "share")
        facts = {"part": _told(share.part), "share": told}
        parcels.write(self.folder / f"{_name(share.part)}.share", arrays, facts)
        for path in self.checkpoints(share.part):
            path.unlink(missing_ok=True)

    def checkpoints(self, part: Part) -> list[Path]:
        """Return the checkpoints of a part, the oldest first."""
        return sorted(self.folder.glob(f"{_name(part)}-step-*.world"))

    def write(self, party: Party) -> None:
        """Write down how a party stands."""
        sync_loads(party)
        arrays, facts = stand(party)
        parcels.write(self._path(party.bill.part, party.step), arrays, facts)

    def make_room(self, party: Party) -> None:
        """Remove all checkpoints of a party but the last ones.

        Those of a later step go too: they were damaged, and passed over when the run went on.
        """
        written = self.checkpoints(party.bill.part)
        until = written.index(self._path(party.bill.part, party.step)) + 1
        for path in (*written[: max(until - KEPT, 0)], *written[until:]):
            path.unlink(missing_ok=True)

    def _steps(self, parties: Sequence[Party]) -> list[int]:
        """Return the steps before which every party was written down, the last first."""
        steps = [
            {int(path.stem.rpartition("-")[2]) for path in self.checkpoints(party.bill.part)}
            for party in parties
        ]
        return sorted(set.intersection(*steps), reverse=True)

    def _read(self, parties: Sequence[Party], step: int) -> list[Stood]:
        """Return what was written down of each party before a step, nothing if one is damaged."""
        try:
            return [
                _unpacked(self._path(party.bill.part, step), party.bill.part, "games")
                for party in parties
            ]
        except DataError as error:
            self.tell(f"{error}; going on from an earlier checkpoint, or from the beginning")
            return []

    def _path(self, part: Part, step: int) -> Path:
        """Return the file of a checkpoint."""
        return self.folder / f"{_name(part)}-step-{step:08d}.world"


@dataclass
class Minded:
    """Parties that are written down every so often while they are played.

    Parameters
    ----------
    keeper : Keeper
        Where and how often.
    parties : tuple of Party
        Who is played.
    kept_s : float
        When they were last written down, by a clock that never jumps.
    """

    keeper: Keeper
    parties: tuple[Party, ...]
    kept_s: float

    def day_over(self) -> None:
        """Write the parties down if it is time to."""
        if time.monotonic() - self.kept_s >= self.keeper.every_s:
            for party in self.parties:
                self.keeper.write(party)
            for party in self.parties:  # not before: what they share must stay until it is new
                self.keeper.make_room(party)
            self.kept_s = time.monotonic()


def _name(part: Part) -> str:
    """Return the name of the files of a part."""
    return f"part-{part.number:04d}"


def _told(part: Part) -> list[int]:
    """Return which part it is, as JSON says it."""
    return [part.number, part.of, part.first, part.count]


def _unpacked(path: Path, part: Part, name: str) -> Any:
    """Return what a file holds of a part.

    Raises
    ------
    DataError
        If it is missing or damaged, or of another version or another part.
    """
    arrays, facts = parcels.read(path)
    if facts.get("part") != _told(part):
        raise DataError(f"{path}: is of a town that was dealt into other parts")
    try:
        return packing.unpack(facts.get(name), arrays)
    except DataError as error:
        raise DataError(f"{path}: {error}") from error


def sync_loads(party: Party) -> None:
    """Wait until the loads that were written are on the disk: what comes next counts on them."""
    for game in party.games:
        daily.sync(game.recorder.written)
        game.recorder.written.clear()


def stand(party: Party) -> tuple[packing.Arrays, dict[str, object]]:
    """Return how a party stands at the end of a local day, as a parcel holds it."""
    arrays: packing.Arrays = {}
    games = [_stand(game) for game in party.games]
    part = _told(party.bill.part)
    return arrays, {"part": part, "step": party.step, "games": packing.pack(games, arrays, "arm")}


def _stand(game: Game) -> dict[str, object]:
    """Return how an arm stands, and what was written down of it."""
    recorder = game.recorder
    log = recorder.log
    compact = dataclasses.replace(
        log,
        lines=[np.concatenate(log.lines)] if log.lines else [],
        net=[np.concatenate(log.net)] if log.net else [],
    )
    return {
        "world": game.here,
        "kw": recorder.kw[: game.here.step],
        "log": compact,
        "loads": [np.concatenate(recorder.loads)] if recorder.loads else [],
        "peak_kw": recorder.peak_kw,
        "coincident_kw": recorder.coincident_kw,
    }


def restore(party: Party, stood: Stood) -> None:
    """Bring a party to where it stood when it was written down."""
    for game, told in zip(party.games, stood, strict=True):
        game.go_on(told["world"])
        recorder, log = game.recorder, told["log"]
        recorder.kw[: len(told["kw"])] = told["kw"]
        recorder.log = Log(log.follow, log.lines, log.heard, log.routines, log.net)
        recorder.loads = told["loads"]
        recorder.peak_kw, recorder.coincident_kw = told["peak_kw"], told["coincident_kw"]
    party.went_before()


def digest(case: Case) -> str:
    """Return a short hash of all that a case is made of beside its homes: files may change."""
    found = hashlib.blake2b(dump.fingerprint(case.scenario).encode(), digest_size=12)
    for column in (*_columns(case.sky), case.carbon_g_kwh):
        found.update(np.ascontiguousarray(column).tobytes())
    for arm in case.arms:
        tariff = Whole(arm.contract)
        for notice in tariff.notices(case.horizon):
            found.update(repr(notice).encode())
        found.update(np.ascontiguousarray(tariff.price(case.horizon)).tobytes())
        found.update(repr(arm.calls).encode())
    return found.hexdigest()


def _columns(record: object) -> list[np.ndarray]:
    """Return the arrays of a record."""
    values = (getattr(record, field.name) for field in dataclasses.fields(record))  # type: ignore[arg-type]
    return [value for value in values if isinstance(value, np.ndarray)]
