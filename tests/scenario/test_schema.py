"""Editors get a JSON Schema that describes every key and takes what the loader takes."""

import json
from typing import Any

from gridsim.scenario.schema import schema


def objects() -> list[dict[str, Any]]:
    """Return the tables of the schema."""
    found = schema()
    return [found, *(part for part in found["$defs"].values() if "properties" in part)]


def test_it_is_json() -> None:
    assert json.loads(json.dumps(schema())) == schema()


def test_every_key_is_described() -> None:
    bare = [
        f"{table['title']}.{key}"
        for table in objects()
        for key, field in table["properties"].items()
        if key != "kind" and "description" not in field
    ]
    assert bare == []


def test_unknown_keys_are_refused() -> None:
    assert all(table["additionalProperties"] is False for table in objects())


def test_what_may_be_left_out_is_never_null() -> None:
    assert '"null"' not in json.dumps(schema())


def test_bounds_and_words_are_there() -> None:
    found = schema()["$defs"]
    assert found["Population"]["properties"]["pv"]["maximum"] == 1
    assert found["Arm"]["properties"]["channel"]["enum"][0] == "bill"
    assert "x-words" not in json.dumps(schema())
