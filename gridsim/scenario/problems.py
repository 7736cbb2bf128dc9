"""What is wrong in a scenario, in the user's words: where, what, what is allowed or was meant."""

import datetime as dt
import difflib
import types
import typing
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Literal

import annotated_types
from pydantic import BaseModel
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails, PydanticCustomError

from gridsim.scenario.positions import Path

_OWN = "gridsim"
_MANY = 30  # assumed: a longer list helps nobody in a message
# fields whose errors carry the kind as one more step
_TAGGED = ("tariff", "enrolment", "base", "energy", "network", "prices", "calls")


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake.

    Parameters
    ----------
    path : Path
        Where in the scenario.
    text : str
        What is wrong and what is allowed.
    at_key : bool
        Whether the key is wrong rather than the value.
    """

    path: Path
    text: str
    at_key: bool = False


def refusal(*problems: Problem) -> PydanticCustomError:
    """Return the error with which a validator refuses; paths are relative to what it validates."""
    return PydanticCustomError(_OWN, "{text}", {"text": problems[0].text, "problems": problems})


def dotted(path: Path) -> str:
    """Return a path as it is written: ``arms.tempo.tariff.rates[2]``."""
    text = ""
    for part in path:
        if isinstance(part, int):
            text += f"[{part}]"
        else:
            bare = part.replace("-", "").replace("_", "").isalnum() and part.isascii()
            text += ("." if text else "") + (part if bare else f'"{part}"')
    return text


def shown(value: object) -> str:
    """Return a value as it stands in a TOML file, shortened."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return '"' + (value if len(value) <= 40 else value[:37] + "...") + '"'
    if isinstance(value, Mapping):
        return "a table"
    if isinstance(value, list | tuple):
        return f"a list of {len(value)}"
    return str(value)


def one_of(options: Iterable[str]) -> str:
    """Return the allowed words as one phrase."""
    return ", ".join(f'"{option}"' for option in options)


def meant(word: object, options: Iterable[str]) -> str:
    """Return ``; did you mean "x"?`` for the closest option, or nothing."""
    if not isinstance(word, str):
        return ""
    plain = {option.lower(): option for option in options}
    close = difflib.get_close_matches(word.lower(), plain, n=1, cutoff=0.6)
    return f'; did you mean "{plain[close[0]]}"?' if close else ""


def unknown(what: str, value: str, options: Iterable[str]) -> str:
    """Return the sentence for a name that does not exist."""
    known = list(options)
    named = ", ".join(known) if len(known) <= _MANY else 'those of "gridsim list"'
    return f'unknown {what} "{value}"; known: {named}{meant(value, known)}'


def explain(errors: Iterable[ErrorDetails], model: type[BaseModel]) -> list[Problem]:
    """Translate pydantic's errors into problems.

    Parameters
    ----------
    errors : iterable of ErrorDetails
        From ``ValidationError.errors()``.
    model : type
        The model that was validated.
    """
    found: list[Problem] = []
    for error in errors:
        path, owner, field = _walk(error["loc"], model)
        if error["type"] == _OWN:
            found += [
                Problem(path + inner.path, inner.text, inner.at_key)
                for inner in error["ctx"]["problems"]
            ]
        elif error["type"] == "missing":
            allowed = f"; it must be {_wanted(field)}" if field else ""
            found.append(Problem(path, f"is missing{allowed}"))
        elif error["type"] == "extra_forbidden":
            names = list(owner.model_fields) if owner else []
            known = ", ".join(names)
            text = f"unknown key; known here: {known}{meant(path[-1], names)}"
            found.append(Problem(path, text, at_key=True))
        elif error["loc"][-1] == "[key]":
            found.append(Problem(path, _bad_name(path[-1]), at_key=True))
        else:
            found.append(Problem(path, _bad_value(error, field)))
    return found


def _bad_name(name: object) -> str:
    """Return the sentence for an arm whose name cannot be used."""
    return (
        f"{shown(name)} cannot be the name of an arm; allowed are small letters, digits, "
        '"_" and "-"; a name for people goes into label'
    )


def _bad_value(error: ErrorDetails, field: FieldInfo | None) -> str:
    """Return the sentence for a value that is not allowed."""
    value = error["input"]
    if error["type"] in ("union_tag_invalid", "union_tag_not_found"):
        return f"must be {_wanted(field)}, got {shown(value)}"
    if error["type"] == "string_too_short":
        return "must not be empty"
    wanted = _wanted(field) if field else error["msg"].lower()
    return f"must be {wanted}, got {shown(value)}{_hint(value, field)}"


def _hint(value: object, field: FieldInfo | None) -> str:
    """Return what the user probably meant, or nothing."""
    if field is None:
        return ""
    if isinstance(value, str):
        words = typing.get_args(field.annotation) if _is_literal(field.annotation) else ()
        if value.replace(".", "", 1).replace("-", "", 1).isdigit() and not words:
            return "; a number is written without quotes"
        return meant(value, [word for word in words if isinstance(word, str)])
    low, high = _bounds(field)
    if isinstance(value, int | float) and (low, high) == (0, 1) and 1 < value <= 100:
        return f"; {value:g} per cent is written {value / 100:g}"
    return ""


def _wanted(field: FieldInfo | None) -> str:
    """Return what a field takes, in words."""
    if field is None:
        return "something else"
    extra = field.json_schema_extra
    if isinstance(extra, dict) and "x-words" in extra:
        return str(extra["x-words"])
    words = [_words(option, _bounds(field)) for option in _options(field.annotation)]
    return " or ".join(dict.fromkeys(words))


def _words(option: Any, bounds: tuple[float | None, float | None]) -> str:
    """Return one type in words."""
    if _is_literal(option):
        choices = typing.get_args(option)
        words = [f'"{c}"' if isinstance(c, str) else str(c) for c in choices]
        return words[0] if len(words) == 1 else "one of " + ", ".join(words)
    if option is int or option is float:
        noun = "a whole number" if option is int else "a number"
        low, high = bounds
        if low is not None and high is not None:
            return f"{noun} from {low} to {high}"
        return noun if low is None else f"{noun}, {low} or more"
    simple: dict[Any, str] = {
        str: "text in quotes",
        bool: "true or false",
        dt.date: "a date such as 2023-01-31 (no quotes, no time)",
    }
    if option in simple:
        return simple[option]
    return "a list" if typing.get_origin(option) is tuple else "a table"


def _is_literal(annotation: Any) -> bool:
    """Tell whether a type is a choice among words."""
    return typing.get_origin(annotation) is Literal


def _options(annotation: Any) -> list[Any]:
    """Return the members of a union, without None and without annotations."""
    if typing.get_origin(annotation) is Annotated:
        return _options(typing.get_args(annotation)[0])
    if typing.get_origin(annotation) in (typing.Union, types.UnionType):
        inner = [_options(member) for member in typing.get_args(annotation)]
        return [option for group in inner for option in group if option is not type(None)]
    return [annotation]


def _bounds(field: FieldInfo) -> tuple[float | None, float | None]:
    """Return the lowest and highest allowed value."""
    low = high = None
    for part in _metadata(field):
        if isinstance(part, annotated_types.Ge):
            low = part.ge
        elif isinstance(part, annotated_types.Le):
            high = part.le
    return typing.cast("float | None", low), typing.cast("float | None", high)


def _metadata(field: FieldInfo) -> list[Any]:
    """Return the constraints of a field, those inside an optional type too."""
    found = list(field.metadata)
    stack = [field.annotation]
    while stack:
        annotation = stack.pop()
        if typing.get_origin(annotation) is Annotated:
            inner, *parts = typing.get_args(annotation)
            for part in parts:
                found += part.metadata if isinstance(part, FieldInfo) else [part]
            stack.append(inner)
        elif typing.get_origin(annotation) in (typing.Union, types.UnionType):
            stack += typing.get_args(annotation)
    return found


def _walk(
    loc: tuple[str | int, ...], model: type[BaseModel]
) -> tuple[Path, type[BaseModel] | None, FieldInfo | None]:
    """Follow pydantic's location: the path in the file, the innermost model, its field."""
    path: list[str | int] = []
    owner: type[BaseModel] | None = model
    field: FieldInfo | None = None
    options: list[Any] = [model]
    tagged = False
    for part in loc:
        if part == "[key]":
            break
        if tagged and not isinstance(part, int):  # lists have no kinds
            tagged = False
            options = [o for o in options if _tag(o) == part] or options
            owner = _model(options)
            continue
        path.append(part)
        owner = _model(options)
        if owner is not None:
            field = owner.model_fields.get(str(part))
            options = _options(field.annotation) if field else []
            tagged = part in _TAGGED and field is not None
        else:
            field = _inner(options)
            options = _options(field.annotation) if field else []
    return tuple(path), owner, field


def _model(options: list[Any]) -> type[BaseModel] | None:
    """Return the model among the options, if there is one."""
    for option in options:
        if isinstance(option, type) and issubclass(option, BaseModel):
            return option
    return None


def _tag(option: Any) -> str:
    """Return the kind that a model stands for, or the name of a plain type."""
    if isinstance(option, type) and issubclass(option, BaseModel) and "kind" in option.model_fields:
        kinds = typing.get_args(option.model_fields["kind"].annotation)
        return str(kinds[0]) if kinds else ""
    return getattr(option, "__name__", "")


def _inner(options: list[Any]) -> FieldInfo | None:
    """Return what a container among the options holds."""
    for option in options:
        if typing.get_origin(option) in (dict, tuple, list):
            held = [arg for arg in typing.get_args(option) if arg is not Ellipsis]
            return FieldInfo.from_annotation(held[-1])
    return None
