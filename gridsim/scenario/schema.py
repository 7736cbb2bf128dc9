"""The JSON Schema of a scenario file, for editors that complete and check TOML."""

from typing import Any

from gridsim.scenario.models import Scenario


def schema() -> dict[str, Any]:
    """Return the JSON Schema, draft 2020-12, with the description of every field."""
    made = Scenario.model_json_schema()
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **_clean(made)}


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
