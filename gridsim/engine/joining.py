"""Joining: what the parts of a town did, put together in the order of the parts."""

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from gridsim.core.arrays import B1, F4, F8, I8
from gridsim.engine.parts import Part
from gridsim.programmes.calls import Call
from gridsim.results.joining import Room, join_audits, joined, put, room_for
from gridsim.results.results import NO_HOMES, NO_LOADS, ArmResult, Audit, Events, Series


@dataclass(frozen=True, slots=True)
class ArmShare:
    """What one arm did in a part of the town; homes stand in the order of their numbers.

    Parameters
    ----------
    name, label : str
        Key of the arm; what distinguishes it, in words.
    groups : tuple of str
        Names of the groups, without ``"all"``.
    kw : F8
        Sums over all homes of the part and over each group, shape (t, 1 + groups, FLOWS). [kW]
    sizes : I8
        How many homes these are, shape (1 + groups,).
    homes : mapping of str to F8
        Metrics of each home, shape (n,) each.
    profile_kw : F8
        Mean days of the profiled homes, shape (m, 4, 24). [kW]
    followed_kw, hourly_kw, loads_kw : F4
        Net load of the followed homes, shape (t, f); of the homes that are kept by the hour, shape
        (slots, h); of every home, shape (t, n): without homes where none is kept. [kW]
    price : F8
        Import price of the arm's tariff, shape (t,). [currency/kWh]
    called : B1
        Steps in which the arm calls, shape (t,).
    audit : Audit
        How well energy and money closed.
    made : tuple of Call
        What operators called because of the load.
    """

    name: str
    label: str
    groups: tuple[str, ...]
    kw: F8
    sizes: I8
    homes: Mapping[str, F8]
    profile_kw: F8
    followed_kw: F4
    hourly_kw: F4
    loads_kw: F4
    price: F8
    called: B1
    audit: Audit
    made: tuple[Call, ...]


@dataclass(frozen=True, slots=True)
class Share:
    """What all arms did in a part of the town.

    Parameters
    ----------
    part : Part
        Which part.
    attributes : mapping of str to array
        Who the homes are, shape (n,) each.
    arms : tuple of ArmShare
        The first is the reference.
    events : Events
        The log of discrete events: of the agenda, and of the part's followed homes.
    loads_of : I8
        Numbers of the homes whose loads are kept where not all are, shape (k,).
    """

    part: Part
    attributes: Mapping[str, npt.NDArray[np.generic]]
    arms: tuple[ArmShare, ...]
    events: Events
    loads_of: I8 = field(default_factory=lambda: NO_HOMES)


class Joiner:
    """Takes shares of a town, adds their sums in the order of the parts, and lets go of the rest.

    Which part was played first changes no bit of what comes out.

    Parameters
    ----------
    homes : int
        Homes of the town.
    """

    def __init__(self, homes: int) -> None:
        self.homes = homes
        self.waiting: dict[int, list[F8]] = {}
        self.shares: dict[int, Share] = {}
        self.kw: list[F8] = []
        self.added = 0
        self.rooms: list[Room] = []

    def add(self, share: Share) -> None:
        """Take the share of a part, in any order."""
        if not self.rooms:
            tables = (share.attributes, *(arm.homes for arm in share.arms))
            self.rooms = [room_for(table, self.homes) for table in tables]
        for room, table in zip(
            self.rooms, (share.attributes, *(arm.homes for arm in share.arms)), strict=True
        ):
            put(room, table, share.part.first)
        number = share.part.number
        self.waiting[number] = [arm.kw for arm in share.arms]
        arms = [dataclasses.replace(arm, kw=_NO_KW, homes={}) for arm in share.arms]
        self.shares[number] = dataclasses.replace(share, arms=tuple(arms), attributes={})
        while self.added in self.waiting:
            following = self.waiting.pop(self.added)
            self.kw = (
                [*(sum_ + kw for sum_, kw in zip(self.kw, following, strict=True))]
                if self.kw
                else following
            )
            self.added += 1

    def arms(self) -> tuple[ArmResult, ...]:
        """Return the results of all arms, once every part was taken."""
        return tuple(self._arm(place) for place in range(len(self.kw)))

    def _arm(self, place: int) -> ArmResult:
        """Return the result of one arm."""
        own = self._own(place)
        sizes = np.sum([arm.sizes for arm in own], axis=0)
        mean = self.kw[place] / np.maximum(sizes, 1)[None, :, None]
        return ArmResult(
            own[0].name,
            own[0].label,
            Series(mean, ("all", *own[0].groups), sizes),
            joined(self.rooms[1 + place]),
            np.concatenate([arm.profile_kw for arm in own]),
            own[0].price,
            own[0].called,
            join_audits([arm.audit for arm in own]),
            beside([arm.followed_kw for arm in own]),
        )

    def _own(self, place: int) -> list[ArmShare]:
        """Return the shares of an arm, in the order of the parts."""
        return [self.shares[number].arms[place] for number in sorted(self.shares)]

    def attributes(self) -> Mapping[str, npt.NDArray[np.generic]]:
        """Return who the homes of the town are."""
        return joined(self.rooms[0])

    def made(self) -> list[tuple[Call, ...]]:
        """Return what operators called in each arm."""
        return [arm.made for arm in self.shares[0].arms]

    def events(self) -> Events:
        """Return the log of discrete events."""
        return self.shares[0].events

    def hourly(self) -> dict[str, F4]:
        """Return the loads that are kept by the hour, by arm."""
        return self._loads("hourly_kw")

    def loads(self) -> dict[str, F4]:
        """Return the loads of every home, by arm."""
        return self._loads("loads_kw")

    def loads_of(self) -> I8:
        """Return the numbers of the homes whose loads are kept; none if they are all."""
        return np.concatenate([self.shares[number].loads_of for number in sorted(self.shares)])

    def _loads(self, kind: str) -> dict[str, F4]:
        """Return one kind of loads by arm, where any are kept."""
        found = {}
        for place in range(len(self.kw)):
            own = self._own(place)
            kw = beside([getattr(arm, kind) for arm in own])
            if kw.size:
                found[own[0].name] = kw
        return found


_NO_KW = np.empty((0, 0, 0))


def beside(loads: Sequence[F4]) -> F4:
    """Return the loads of homes of all parts side by side, shape (t, n)."""
    some = [kw for kw in loads if kw.size]
    if not some:
        return NO_LOADS
    return some[0] if len(some) == 1 else np.concatenate(some, axis=1)
