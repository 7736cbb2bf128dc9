"""A run folder: what a run leaves behind, written whole or not at all and read back."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from gridsim.core.errors import DataError
from gridsim.results import assembly, columns, daily, folders, hourly, loads, tables, thinned
from gridsim.results.results import Results

SUMMARY = "summary.json"
SCENARIO = "scenario.toml"
SERIES = "series.parquet"
HOMES = "homes.parquet"
EVENTS = "events.parquet"
PROFILES = "profiles.parquet"
FOLLOWED = "followed.parquet"
CAUSES = "causes.parquet"
FILES = (SUMMARY, SCENARIO, SERIES, HOMES, EVENTS, PROFILES, FOLLOWED)
"""Files of every run folder; ``CAUSES`` and ``hourly.FILE`` are there if the run has them."""

FORMAT = 2
"""Version of the layout of a run folder."""

_MADE_BY = "gridsim"
_OURS = (*FILES, CAUSES, hourly.FILE)
_TABLES: tuple[tuple[str, Callable[[Results], columns.Columns]], ...] = (
    (SERIES, columns.series_columns),
    (HOMES, columns.homes_columns),
    (EVENTS, columns.event_columns),
    (PROFILES, columns.profile_columns),
    (FOLLOWED, columns.followed_columns),
)


def save(
    results: Results,
    folder: Path,
    summary: Mapping[str, object],
    extra: Mapping[str, str | bytes] | None = None,
    *,
    written: Path | None = None,
) -> Path:
    """Write a run folder, whole or not at all, and return its path.

    Parameters
    ----------
    results : Results
        What to keep.
    folder : Path
        Where; an older run folder there is replaced as a whole, with all that it holds.
    summary : mapping
        From ``studies.arms.summary``; goes to ``summary.json``, numbers that are not finite as
        null.
    extra : mapping of str to str or bytes, optional
        More files by their path inside the folder: ``{"report.html": text}``.
    written : Path, optional
        Folder of loads that were written day by day (see ``daily``); they stay there as well.

    Raises
    ------
    DataError
        If something that is not a run folder is in the way, or the folder cannot be written.
    ValueError
        If an extra file would leave the folder or replace one of :data:`FILES`.
    """
    more = _checked(extra or {})
    check_target(Path(folder).resolve())

    def fill(built: Path) -> None:
        if written is not None and written.is_dir():
            folders.link(written, built / daily.FOLDER)
        _fill(built, results, summary, more)

    return folders.make(folder, fill)


def check_target(folder: Path) -> None:
    """Refuse a folder that a run must not replace: ask before a long run rather than after.

    Raises
    ------
    DataError
        If the path is a file, or a folder that holds something other than a run.
    """
    try:
        if not folder.exists():
            return
        if not folder.is_dir():
            raise DataError(f"{folder}: is a file; a run needs a folder")
        empty = not any(folder.iterdir())
    except OSError as error:
        raise folders.unwritable(folder, error) from error
    if not empty and not is_run(folder):
        raise DataError(f"{folder}: holds something other than a run; choose another folder")


def is_run(folder: Path) -> bool:
    """Tell whether a folder is a finished run folder, by the mark in its ``summary.json``."""
    if folder.name.startswith((folders.PARTIAL, folders.REPLACED)):
        return False
    try:
        found = json.loads((folder / SUMMARY).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return isinstance(found, dict) and found.get("made_by") == _MADE_BY


def load(folder: Path) -> Results:
    """Return the results that :func:`save` wrote, every array as it was.

    Raises
    ------
    DataError
        If the folder or one of its files is missing, damaged or not of a finished run.
    """
    found = load_summary(folder)
    run = found.get("run")
    if not isinstance(run, dict) or run.get("format") != FORMAT:
        raise DataError(f"{folder / SUMMARY}: not a layout this version reads (wants {FORMAT})")
    read = (tables.read(folder / name) for name, _ in _TABLES)
    series, homes, events, profiles, followed = read
    causes = tables.read(folder / CAUSES) if (folder / CAUSES).exists() else {}
    try:
        toml = (folder / SCENARIO).read_text(encoding="utf-8")
    except (OSError, ValueError) as error:
        raise DataError(f"{folder / SCENARIO}: cannot be read: {folders.why(error)}") from error
    parts = assembly.Parts(series, homes, events, profiles, followed, causes, toml)
    try:
        results = assembly.assembled(run, found["provenance"], parts)
        return replace(results, hourly=hourly.read(folder / hourly.FILE, results))
    except (KeyError, IndexError, TypeError, ValueError) as error:
        raise DataError(f"{folder}: its files do not belong together: {error}") from error


def load_summary(folder: Path) -> dict[str, Any]:
    """Return the ``summary.json`` of a finished run as it is.

    Raises
    ------
    DataError
        If there is none, it is damaged or not of a finished run.
    """
    if not folder.is_dir():
        older = sorted(folder.parent.glob(f"{folders.REPLACED}{folder.name}-*"))
        hint = f"; an interrupted save left its last version in {older[-1]}" if older else ""
        raise DataError(f"{folder}: no such run folder{hint}")
    path = folder / SUMMARY
    if folder.name.startswith(folders.PARTIAL):
        raise DataError(f"{folder}: left over from a run that did not finish")
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise DataError(f"{path}: cannot be read: {folders.why(error)}") from error
    if not isinstance(found, dict) or found.get("made_by") != _MADE_BY:
        raise DataError(f"{path}: not the summary of a gridsim run")
    return found


def leftovers(parent: Path) -> list[Path]:
    """Return the folders that runs which were killed left unfinished in a folder."""
    return sorted(path for path in parent.glob(f"{folders.PARTIAL}*") if path.is_dir())


def _checked(extra: Mapping[str, str | bytes]) -> dict[str, bytes]:
    """Return the extra files as bytes, refusing names that would do harm."""
    found = {}
    for name, content in extra.items():
        path = Path(name)
        if path.is_absolute() or ".." in path.parts or name in _OURS or not path.parts:
            raise ValueError(f"extra file {name!r} must be a new path inside the run folder")
        found[name] = content.encode() if isinstance(content, str) else content
    return found


def _parts(
    name: str, make: Callable[[Results], columns.Columns], results: Results
) -> Iterable[columns.Columns]:
    """Return the rows of a table, in one piece or several."""
    if name == HOMES:
        return columns.homes_parts(results)
    if name == SERIES:
        return [columns.series_columns(results, thinned.flows_of(results))]
    return [make(results)]


def _fill(
    built: Path, results: Results, summary: Mapping[str, object], extra: Mapping[str, bytes]
) -> None:
    """Write every file and make sure that it is on the disk; the summary comes last."""
    folders.write(built / SCENARIO, results.story.scenario_toml.encode())
    homes_kept, results = loads.write(built, results), thinned.thinned(results)
    because = any(arm.causes_kw.size for arm in results.arms)
    for name, make in (*_TABLES, *([(CAUSES, columns.causes_columns)] if because else [])):
        with (built / name).open("xb") as out:
            tables.write(out, _parts(name, make, results))
            folders.sync(out)
    for path in (*hourly.write(built, results), *homes_kept):
        with path.open("rb+") as out:
            folders.sync(out)
    for name, content in extra.items():
        (built / name).parent.mkdir(parents=True, exist_ok=True)
        folders.write(built / name, content)
    whole = {
        "made_by": _MADE_BY,
        **loads.telling(summary, built),
        "provenance": results.provenance,
        "run": {"format": FORMAT, **assembly.described(results)},
    }
    text = json.dumps(assembly.plain(whole), indent=2, ensure_ascii=False, allow_nan=False)
    folders.write(built / SUMMARY, f"{text}\n".encode())
