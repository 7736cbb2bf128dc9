"""The JSON Schema of a scenario file, for editors that complete and check TOML."""

import ast
import inspect
from itertools import pairwise
from types import ModuleType
from typing import Any

from gridsim.scenario import (
    composed,
    models,
    output,
    parts,
    programmes,
    published,
    rebates,
    tariffs,
)

DRAFT = "https://json-schema.org/draft/2020-12/schema"


def schema() -> dict[str, Any]:
    """Return the JSON Schema, draft 2020-12, with the description of every field."""
    made = models.Scenario.model_json_schema()
    words: dict[tuple[str, str], str] = {}
    for module in (models, output, published, composed, parts, tariffs, programmes, rebates):
        words |= _descriptions(module)
    for table in (made, *made["$defs"].values()):
        for key, field in table.get("properties", {}).items():
            if (table["title"], key) in words:
                field["description"] = words[table["title"], key]
    return {"$schema": DRAFT, **_clean(made)}


def _descriptions(module: ModuleType) -> dict[tuple[str, str], str]:
    """Return the text that stands below each field, by class and field.

    pydantic can do this itself, but then reads all sources at import, 50 ms on each command.
    """
    found = {}
    for node in ast.parse(inspect.getsource(module)).body:
        body = node.body if isinstance(node, ast.ClassDef) else []
        for field, below in pairwise(body):
            if (
                isinstance(field, ast.AnnAssign)
                and isinstance(field.target, ast.Name)
                and isinstance(below, ast.Expr)
                and isinstance(below.value, ast.Constant)
            ):
                assert isinstance(node, ast.ClassDef)
                found[node.name, field.target.id] = " ".join(str(below.value.value).split())
    return found


def _clean(part: Any) -> Any:
    """Return the schema without what only messages need and without the null of left-out keys."""
    if isinstance(part, list):
        return [_clean(item) for item in part]
    if not isinstance(part, dict):
        return part
    found = {key: _clean(held) for key, held in part.items() if key != "x-words"}
    if found.get("default", ...) is None:
        del found["default"]
    kept = [option for option in found.get("anyOf", []) if option != {"type": "null"}]
    if not kept:
        return found
    found["anyOf"] = kept
    return found if len(kept) > 1 else {**found.pop("anyOf")[0], **found}
