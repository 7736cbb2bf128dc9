"""Packing: records of arrays, numbers and words as a parcel holds them, and back.

Only the records that are named here are ever made from a file: nothing in a file is code.
"""

import dataclasses
from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from gridsim.core.errors import DataError
from gridsim.engine.board import News
from gridsim.engine.followed import Log
from gridsim.engine.joining import ArmShare, Share
from gridsim.engine.parts import Part
from gridsim.engine.world import Minds, World
from gridsim.programmes.calls import Call, Control
from gridsim.results.results import Audit, Events
from gridsim.signals.notice import Notice

Arrays = dict[str, npt.NDArray[Any]]

RECORDS: dict[str, type[Any]] = {
    kind.__name__: kind
    for kind in (
        ArmShare, Audit, Call, Control, Events, Log, Minds, News, Notice, Part, Share, World,
    )
}  # fmt: skip
"""Records that can be packed, by name."""

_ARRAY, _MANY, _NAMED, _RECORD, _FIELDS = "array", "many", "named", "record", "fields"


def pack(value: object, arrays: Arrays, name: str) -> object:
    """Return what JSON says of a value, having put its arrays among ``arrays``.

    Parameters
    ----------
    value : object
        Records of :data:`RECORDS`, tuples, lists, mappings by word, arrays, numbers, words, None.
    arrays : dict of str to array
        Added to, under names that begin with ``name``.
    name : str
        Where the value belongs.

    Raises
    ------
    TypeError
        If a value cannot be packed.
    """
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, np.generic):
        return pack(value.item(), arrays, name)
    if isinstance(value, np.ndarray):
        arrays[name] = value
        return {_ARRAY: name}
    if isinstance(value, tuple | list):
        items = [pack(item, arrays, f"{name}.{place}") for place, item in enumerate(value)]
        return {_MANY: items, "tuple": isinstance(value, tuple)}
    if isinstance(value, Mapping):
        return {_NAMED: {key: pack(item, arrays, f"{name}.{key}") for key, item in value.items()}}
    kind = type(value).__name__
    if RECORDS.get(kind) is not type(value):
        raise TypeError(f"{name}: a {kind} cannot be packed")
    fields = dataclasses.fields(value)  # type: ignore[arg-type]
    told = {f.name: pack(getattr(value, f.name), arrays, f"{name}.{f.name}") for f in fields}
    return {_RECORD: kind, _FIELDS: told}


def unpack(told: Any, arrays: Arrays) -> Any:
    """Return the value that :func:`pack` was given.

    Raises
    ------
    DataError
        If it tells of arrays or records that are not there.
    """
    if not isinstance(told, dict):
        return told
    try:
        if _ARRAY in told:
            return arrays[told[_ARRAY]]
        if _MANY in told:
            items = [unpack(item, arrays) for item in told[_MANY]]
            return tuple(items) if told["tuple"] else items
        if _NAMED in told:
            return {key: unpack(item, arrays) for key, item in told[_NAMED].items()}
        fields = {key: unpack(item, arrays) for key, item in told[_FIELDS].items()}
        return RECORDS[told[_RECORD]](**fields)
    except (KeyError, TypeError) as error:
        raise DataError(f"a checkpoint of another version: {error}") from error
