"""Whether an answer is what the document says: the part of JSON Schema that the document uses, and not a keyword more."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any

_KNOWN = {
    "type", "properties", "required", "additionalProperties", "items", "enum", "format", "pattern", "$ref", "anyOf", "title",
    "description", "minimum", "maximum",
}  # fmt: skip
_TYPES: dict[str, Any] = {
    "object": dict, "array": list, "string": str, "boolean": bool, "integer": int, "number": (int, float), "null": type(None),
}  # fmt: skip


def violations(value: Any, schema: dict[str, Any], document: dict[str, Any], place: str = "$") -> list[str]:
    """Where ``value`` is not what ``schema`` says; empty where it is."""
    unknown = set(schema) - _KNOWN
    assert not unknown, f"{place}: the check does not know {unknown}"
    if "$ref" in schema:
        name = schema["$ref"].removeprefix("#/components/schemas/")
        return violations(value, document["components"]["schemas"][name], document, place)
    if "anyOf" in schema:
        tried = [violations(value, each, document, place) for each in schema["anyOf"]]
        return [] if any(not found for found in tried) else min(tried, key=len)
    found = _typed(value, schema, place)
    if found:
        return found
    if isinstance(value, dict):
        found += _object(value, schema, document, place)
    if isinstance(value, list):
        for number, each in enumerate(value):
            found += violations(each, schema["items"], document, f"{place}[{number}]")
    return found


def _typed(value: Any, schema: dict[str, Any], place: str) -> list[str]:
    kinds = schema.get("type", [])
    kinds = [kinds] if isinstance(kinds, str) else kinds
    right = any(isinstance(value, _TYPES[kind]) and (kind == "boolean") == isinstance(value, bool) for kind in kinds)
    if kinds and not right:
        return [f"{place}: {value!r} is not {kinds}"]
    if "enum" in schema and value not in schema["enum"]:
        return [f"{place}: {value!r} is none of {schema['enum']}"]
    if isinstance(value, str):
        if "pattern" in schema and not re.search(schema["pattern"], value):
            return [f"{place}: {value!r} is not like {schema['pattern']}"]
        if schema.get("format") == "date":
            date.fromisoformat(value)
        if schema.get("format") == "date-time":
            assert datetime.fromisoformat(value).tzinfo is not None
    return []


def _object(value: dict[str, Any], schema: dict[str, Any], document: dict[str, Any], place: str) -> list[str]:
    properties = schema.get("properties", {})
    found = [f"{place}: {name} is missing" for name in schema.get("required", []) if name not in value]
    if schema.get("additionalProperties") is False:
        found += [f"{place}: {name} is not described" for name in value if name not in properties]
    for name, each in value.items():
        if name in properties:
            found += violations(each, properties[name], document, f"{place}.{name}")
    return found


def of_answer(document: dict[str, Any], path: str, method: str, status: int) -> dict[str, Any]:
    """The schema of an answer; a status that is not described is a fault of the document."""
    responses = document["paths"][path][method]["responses"]
    assert str(status) in responses, f"{method} {path} answered {status}, which is not described"
    schema: dict[str, Any] = responses[str(status)]["content"]["application/json"]["schema"]
    return schema
