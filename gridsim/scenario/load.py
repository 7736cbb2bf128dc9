"""From a scenario file to a Scenario: read, override, validate, and tell all mistakes at once."""

import copy
import os
import re
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from gridsim.core.errors import ScenarioError
from gridsim.scenario import checks, dump, positions
from gridsim.scenario.models import Scenario
from gridsim.scenario.positions import Positions
from gridsim.scenario.problems import Problem, dotted, explain, meant, shown

_BARE = re.compile(r"[A-Za-z_./~\\][^\n\"']*")
_AT = re.compile(r" \((?:at line (\d+), column (\d+)|at end of document)\)$")
_MOST_BYTES = 10_000_000

Set = tuple[str, positions.Path, Any]
"""An override as written, its path and its value."""


def load(path: str | os.PathLike[str], sets: Sequence[str] = ()) -> Scenario:
    """Return the scenario that a file describes.

    Parameters
    ----------
    path : str or path
        The TOML file. Relative paths in it are relative to its folder.
    sets : sequence of str
        Overrides such as ``"population.homes=500"``; values as in the file, plain words may go
        without quotes.

    Raises
    ------
    ScenarioError
        If the file cannot be read or says anything that is not allowed; ``problems`` holds one
        line for each mistake, ``file:line:column: path: what is wrong, what is allowed``.
    """
    file = Path(path)
    return loads(read(file), name=str(path), base=file.absolute().parent, sets=sets)


def loads(
    text: str, name: str = "scenario", base: Path | None = None, *, sets: Sequence[str] = ()
) -> Scenario:
    """Return the scenario that a text describes; as :func:`load`.

    Parameters
    ----------
    text : str
        The TOML text.
    name : str
        What messages call the file.
    base : Path, optional
        Folder that relative paths start from; they stay as they are without it.
    sets : sequence of str
        Overrides.
    """
    raw = _decode(text, name)
    overrides, wrong = _overrides(sets)
    for written, path, value in overrides:
        said = _put(raw, path, value)
        if said:
            wrong.append(f"--set {written}: {said}")
    if wrong:
        raise ScenarioError(wrong)
    try:
        return Scenario.model_validate(_placed(raw, base))
    except ValidationError as refused:
        found = explain(refused.errors(include_url=False), Scenario)
        raise ScenarioError(_told(found, positions.find(text), overrides, name)) from None


def changed(scenario: Scenario, key: str, value: object) -> Scenario:
    """Return the scenario with the value of one dotted key replaced.

    Raises
    ------
    ScenarioError
        If the key or the value is not allowed.
    """
    raw = copy.deepcopy(dump.plain(scenario))
    try:
        path = positions.split_key(key)
    except ValueError:
        raise ScenarioError([f"{key}: is not a key such as population.homes"]) from None
    said = _put(raw, path, dump.plain_value(value))
    if said:
        raise ScenarioError([said])
    try:
        return Scenario.model_validate(raw)
    except ValidationError as refused:
        found = explain(refused.errors(include_url=False), Scenario)
        raise ScenarioError([f"{dotted(p.path)}: {p.text}" for p in found]) from None


def read(file: Path) -> str:
    """Return the text of a scenario file.

    Raises
    ------
    ScenarioError
        If it cannot be read, or is no UTF-8 text.
    """
    try:
        if file.is_dir():
            raise ScenarioError([f"{file}: is a folder; a scenario is a TOML file"])
        if file.stat().st_size > _MOST_BYTES:
            raise ScenarioError([f"{file}: is larger than 10 MB; a scenario is a short TOML text"])
        data = file.read_bytes()
    except FileNotFoundError:
        raise ScenarioError([f"{file}: there is no such file{_neighbour(file)}"]) from None
    except (OSError, ValueError) as failed:
        reason = getattr(failed, "strerror", None) or str(failed)
        raise ScenarioError([f"{file}: cannot be read: {reason}"]) from None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as failed:
        line = data.count(b"\n", 0, failed.start) + 1
        column = failed.start - data.rfind(b"\n", 0, failed.start)
        text = f"is not UTF-8 text (byte 0x{data[failed.start]:02x}); save the file as UTF-8"
        raise ScenarioError([f"{file}:{line}:{column}: {text}"]) from None


def _neighbour(file: Path) -> str:
    """Return the file in the same folder whose name comes closest, as a hint."""
    if not file.parent.is_dir():
        return f", not even the folder {file.parent}"
    return meant(file.name, [entry.name for entry in file.parent.glob("*.toml")])


def _decode(text: str, name: str) -> dict[str, Any]:
    """Return the text as nested tables, or refuse its grammar."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as failed:
        raise ScenarioError([_grammar(text, str(failed), name)]) from None
    except RecursionError:
        raise ScenarioError([f"{name}:1:1: brackets are nested too deeply"]) from None


def _grammar(text: str, message: str, name: str) -> str:
    """Return tomllib's complaint with its place first, and a hint where there is one."""
    plain = text.replace("\r\n", "\n")
    lines = plain.split("\n")
    found = _AT.search(message)
    what = message[: found.start()] if found else message
    at_end = found is None or found[1] is None
    line = len(lines) if at_end else int(found[1])  # type: ignore[index]
    column = len(lines[-1]) + 1 if at_end else int(found[2])  # type: ignore[index]
    if "overwrite" in what or "twice" in what or "Cannot" in what:
        end = sum(len(lines[n]) + 1 for n in range(line - 1)) + column - 1
        again = positions.find(plain[:end]).again
        if again:
            path, first, later = again[-1]
            what = f"{dotted(path)}: is written twice, first in line {first.line}"
            return f"{name}:{later.line}:{later.column}: {what}; keep one"
    rest = lines[line - 1][column - 1 :].strip() if line <= len(lines) else ""
    return f"{name}:{line}:{column}: is not TOML: {what[:1].lower()}{what[1:]}{_advice(what, rest)}"


def _advice(what: str, rest: str) -> str:
    """Return what most often lies behind a mistake in the grammar."""
    if what == "Invalid value":
        return _advice_on(re.split(r"[\s,\]}#]", rest)[0])
    if what.startswith("Expected newline") and rest.startswith("."):
        return "; a number needs a digit after the point"
    if what.startswith("Expected newline") and rest.startswith(","):
        return "; a number has a decimal point, not a comma, and lines end without one"
    hints = {
        "after a key": "; every line is key = value, [table] or # comment",
        "Illegal character '\\n'": "; a quote is left open",
        "Invalid date": "; a date is written 2023-01-31, and must exist",
    }
    return next((hint for part, hint in hints.items() if part in what), "")


def _advice_on(word: str) -> str:
    """Return what was probably meant by a word that is not a value."""
    if word.lower() in ("true", "false"):
        return f" {word}; write {word.lower()} in small letters"
    if re.fullmatch(r"\.\d+", word):
        return f" {word}; write 0{word}"
    if word[:1].isalpha():
        return f' {word}; text is written in quotes: "{word}"'
    return f" {word}" if word else "; a value is missing"


def _overrides(sets: Sequence[str]) -> tuple[list[Set], list[str]]:
    """Read the overrides; the second part holds what is wrong with them."""
    found: list[Set] = []
    wrong: list[str] = []
    for written in sets:
        key, equals, text = written.partition("=")
        try:
            path = positions.split_key(key.strip())
        except ValueError:
            path = ()
        if not path or not equals:
            wrong.append(f"--set {written}: must be key=value such as population.homes=500")
            continue
        try:
            found.append((written, path, _value_of(text.strip())))
        except tomllib.TOMLDecodeError:
            wrong.append(f"--set {written}: {text.strip()} is not a TOML value; text needs quotes")
    return found, wrong


def _value_of(text: str) -> Any:
    """Return a TOML value; a plain word or a path may go without quotes."""
    try:
        return tomllib.loads(f"value = {text}\n")["value"]
    except tomllib.TOMLDecodeError:
        if _BARE.fullmatch(text):
            return text
        raise


def _put(raw: dict[str, Any], path: positions.Path, value: Any) -> str:
    """Set the value at a path, making tables on the way; return what stands against it."""
    here: Any = raw
    for number, part in enumerate(path[:-1]):
        held = _step_into(here, part)
        if held is None and isinstance(here, dict):
            if path[:number] == ("arms",) and "tariff" not in path[number + 1 :] and raw["arms"]:
                arms = ", ".join(raw["arms"])
                hint = meant(part, raw["arms"])
                return f"{dotted(path[:2])}: there is no such arm; there are {arms}{hint}"
            held = here[part] = {}
        if not isinstance(held, dict | list):
            name = dotted(path[: number + 1])
            return f"{dotted(path)}: {name} is not a table here but {shown(held)}"
        here = held
    last = path[-1]
    if isinstance(here, list):
        if _step_into(here, last) is None:
            return f"{dotted(path)}: there is no entry {last}; the list has {len(here)}, from 0"
        here[int(last)] = value
    else:
        here[last] = value
    return ""


def _step_into(here: Any, part: str | int) -> Any:
    """Return what a table or a list holds under a key, None for nothing."""
    if isinstance(here, dict):
        return here.get(part)
    inside = isinstance(here, list) and str(part).isdecimal() and int(part) < len(here)
    return here[int(part)] if inside else None


def _placed(raw: dict[str, Any], base: Path | None) -> dict[str, Any]:
    """Return the tables with relative paths started from the folder of the file."""
    if base is None:
        return raw
    placed = copy.deepcopy(raw)
    paths = checks.file_keys(placed)
    if isinstance(checks.held(placed, checks.FOLDER), str):
        paths.append(checks.FOLDER)
    for path in paths:
        value = checks.held(placed, path)
        if _is_file(value, path[-1]):
            checks.held(placed, path[:-1])[path[-1]] = str(base / Path(value).expanduser())
    return placed


def _is_file(value: str, key: str | int) -> bool:
    """Tell whether a value names a file by a path that may be relative."""
    if not value or value.startswith("data:"):
        return False
    return key in ("tempo_colours", "tempo_load", "folder") or checks.is_file(value)


def _told(
    found: Sequence[Problem], where: Positions, overrides: Sequence[Set], name: str
) -> list[str]:
    """Return one line for each problem, in the order of the file."""
    lines: list[tuple[tuple[int, int, int], str]] = []
    for number, problem in enumerate(found):
        path = problem.path
        blamed = [written for written, at, _ in overrides if _blame(path, at, where)]
        if blamed:
            lines.append(((0, 0, number), f"--set {blamed[-1]}: {dotted(path)}: {problem.text}"))
            continue
        mark = where.of_key(path) if problem.at_key else where.of_value(path)
        said = f"{name}:{mark.line}:{mark.column}: {dotted(path)}: {problem.text}"
        lines.append(((mark.line, mark.column, number), said))
    return [said for _, said in sorted(lines)]


def _blame(path: positions.Path, at: positions.Path, where: Positions) -> bool:
    """Tell whether an override set what is wrong, or made the table that is (digits stay text)."""
    texts = tuple(str(part) for part in path)
    override = tuple(str(part) for part in at)
    made = bool(texts) and path not in where.keys and override[: len(texts)] == texts
    return made or texts[: len(override)] == override
