"""Joining: what the parts of a town leave behind, put together as if the town had been one.

The place of every column is made once, as long as the town, and each part is copied into it when it
comes in: there are never two copies of a town. While parts come in, columns of words are kept as a
byte a home; they are spelled out at the end.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from gridsim.results.results import Audit

Columns = dict[str, npt.NDArray[Any]]

MOST_WORDS = 256
"""Different words of a column that a byte tells apart; more than a kind of home ever has."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """A column of words that is being filled.

    Parameters
    ----------
    codes : array of uint8
        Place of each home's word among the words, shape (n,).
    words : list of str
        Those that came in so far, in the order in which they did.
    widest : list of int
        One number: the letters for which the parts left room.
    """

    codes: npt.NDArray[np.uint8]
    words: list[str]
    widest: list[int]


@dataclass(frozen=True, slots=True)
class Room:
    """Columns of a whole town, filled part after part with :func:`put`.

    Parameters
    ----------
    rows : int
        Homes of the town n.
    plain : dict of str to array
        Numbers and flags, shape (n, ...).
    spoken : dict of str to Spoken
        Words.
    order : tuple of str
        Names of all columns as they came in.
    filled : list of int
        One number: how many homes came in.
    """

    rows: int
    plain: Columns
    spoken: dict[str, Spoken]
    order: tuple[str, ...]
    filled: list[int]


def join_audits(audits: Iterable[Audit]) -> Audit:
    """Return the worst of each error of several audits, held against the tightest tolerance.

    An error that is not a number stays: an audit that failed in one part has failed.

    Raises
    ------
    ValueError
        If there are none.
    """
    found = list(audits)
    if not found:
        raise ValueError("join_audits needs an audit")
    return Audit(
        energy_step=_worst([one.energy_step for one in found]),
        energy_run=_worst([one.energy_run for one in found]),
        stores=_worst([one.stores for one in found]),
        money=_worst([one.money for one in found]),
        tolerance=min(one.tolerance for one in found),
        accounts=_worst([one.accounts for one in found]),
        accounts_tolerance=min(one.accounts_tolerance for one in found),
    )


def join_columns(parts: Sequence[Mapping[str, npt.NDArray[Any]]]) -> Columns:
    """Return the columns of several parts, one part after the other.

    Parameters
    ----------
    parts : sequence of mapping of str to array
        The same columns in each; all columns of a part are of one length, shape (m, ...).

    Raises
    ------
    ValueError
        If there are no parts, or as :func:`put`.
    """
    if not parts:
        raise ValueError("join_columns needs a part")
    room = room_for(parts[0], sum(_rows(part) for part in parts))
    first = 0
    for part in parts:
        first = put(room, part, first)
    return joined(room)


def room_for(part: Mapping[str, npt.NDArray[Any]], rows: int) -> Room:
    """Return room for columns like those of a part, but as long as the town, ``rows`` homes.

    Memory is taken as it is filled, on systems that hand it out by the page.
    """
    worded = {name for name, column in part.items() if column.dtype.kind == "U"}
    return Room(
        rows,
        {
            name: np.empty((rows, *column.shape[1:]), column.dtype)
            for name, column in part.items()
            if name not in worded
        },
        {name: Spoken(np.empty(rows, np.uint8), [], [1]) for name in part if name in worded},
        tuple(part),
        [0],
    )


def put(room: Room, part: Mapping[str, npt.NDArray[Any]], first: int) -> int:
    """Copy a part to its place, and return the number of the home after its last.

    Parameters
    ----------
    room : Room
        Where to; parts may come in any order.
    part : mapping of str to array
        Columns like those that the room was made for, shape (m, ...).
    first : int
        Number of the part's first home.

    Raises
    ------
    ValueError
        If the part has other columns, columns of another type or of unlike length, or lies
        outside the room; if a column has more than ``MOST_WORDS`` words.
    """
    last = first + _rows(part)
    if set(part) != set(room.order):
        other = ", ".join(sorted(set(part) ^ set(room.order)))
        raise ValueError(f"parts differ in their columns: {other}")
    if not 0 <= first <= last <= room.rows:
        raise ValueError(f"homes {first} to {last - 1} are no part of {room.rows} homes")
    for name, column in part.items():
        if name in room.spoken:
            _speak(name, room.spoken[name], column, slice(first, last))
            continue
        place = room.plain[name]
        if (column.dtype, column.shape[1:]) != (place.dtype, place.shape[1:]):
            kinds = [f"{kind.dtype} {kind.shape[1:]}" for kind in (column, place)]
            raise ValueError(f"column {name}: {kinds[0]} in one part, {kinds[1]} in another")
        place[first:last] = column
    room.filled[0] += last - first
    return last


def joined(room: Room) -> Columns:
    """Return the columns of a room that is full, words spelled out, in the order they came in.

    Raises
    ------
    ValueError
        If homes are missing.
    """
    if room.filled[0] != room.rows:
        raise ValueError(f"{room.filled[0]} homes came in for a town of {room.rows}")
    return {
        name: _spelled(room.spoken[name]) if name in room.spoken else room.plain[name]
        for name in room.order
    }


def _worst(errors: list[float]) -> float:
    """Return the largest error; nan where one of them is not a number."""
    return float(np.max(np.asarray(errors, np.float64)))


def _rows(part: Mapping[str, npt.NDArray[Any]]) -> int:
    """Return how many homes a part has, refusing columns of unlike length."""
    lengths = {name: len(column) for name, column in part.items()}
    if len(set(lengths.values())) > 1:
        raise ValueError(f"the columns of a part are of unlike length: {lengths}")
    return next(iter(lengths.values()), 0)


def _speak(name: str, spoken: Spoken, column: npt.NDArray[Any], here: slice) -> None:
    """Write the words of a part as codes; a word that is new becomes the next code."""
    if column.dtype.kind != "U":
        raise ValueError(f"column {name}: {column.dtype} in one part, words in another")
    spoken.widest[0] = max(spoken.widest[0], column.dtype.itemsize // 4)
    codes, left = spoken.codes[here], np.ones(len(column), dtype=np.bool_)
    for code, word in enumerate(spoken.words):
        _mark(codes, left, column == word, code)
    while left.any():
        word = str(column[int(left.argmax())])
        if len(spoken.words) == MOST_WORDS:
            raise ValueError(f"column {name} has more than {MOST_WORDS} different words")
        spoken.words.append(word)
        _mark(codes, left, column == word, len(spoken.words) - 1)


def _mark(
    codes: npt.NDArray[np.uint8], left: npt.NDArray[np.bool_], same: npt.NDArray[np.bool_],
    code: int,
) -> None:  # fmt: skip
    """Give the homes of one word its code and take them off what is left."""
    codes[same] = code
    left &= ~same


def _spelled(spoken: Spoken) -> npt.NDArray[np.str_]:
    """Return a column of words, as wide as the parts had it."""
    return np.array(spoken.words, dtype=f"<U{spoken.widest[0]}")[spoken.codes]
