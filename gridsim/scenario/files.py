"""From what a scenario says of a file to the file itself."""

import os
from pathlib import Path

from gridsim.core.errors import DataError
from gridsim.scenario.problems import meant

VARIABLE = "GRIDSIM_DATA"
_PREFIX = "data:"


def locate(text: str, key: str) -> Path:
    """Return the file that a scenario names.

    Parameters
    ----------
    text : str
        A path, or ``data:`` and a path below the folder that ``GRIDSIM_DATA`` names.
    key : str
        Where the scenario says so, for messages: ``place.weather``.

    Raises
    ------
    DataError
        If there is no such file, or the variable is not set.
    """
    if not text.startswith(_PREFIX):
        path = Path(text)
    else:
        folder = os.environ.get(VARIABLE)
        if not folder:
            raise DataError(
                f'{key}: "{text}" needs the environment variable {VARIABLE}, the folder that holds'
                " the data; it is not set"
            )
        path = Path(folder) / text.removeprefix(_PREFIX)
    if path.is_dir():
        raise DataError(f"{key}: {path} is a folder; a file is wanted")
    if not path.exists():
        near = [entry.name for entry in path.parent.iterdir()] if path.parent.is_dir() else []
        where = "" if path.parent.is_dir() else f", nor the folder {path.parent}"
        raise DataError(f"{key}: there is no file {path}{where}{meant(path.name, near)}")
    return path
