"""Checks of JSON against JSON Schema that several tests share."""

from __future__ import annotations

from typing import Any, Callable, Iterator, Mapping

from jsonschema import Draft202012Validator, FormatChecker
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012


def validator(schema: Mapping[str, Any], **others: Mapping[str, Any]) -> Draft202012Validator:
    """A validator that checks formats too. ``others`` are schemas by the name that a ``$ref`` uses."""
    registry = Registry().with_resources((name, Resource.from_contents(other, default_specification=DRAFT202012)) for name, other in others.items())
    return Draft202012Validator(schema, registry=registry, format_checker=FormatChecker())


def faults(checker: Draft202012Validator, value: Any) -> list[str]:
    """Each fault with its place."""
    return [f"{fault.json_path}: {fault.message[:120]}" for fault in checker.iter_errors(value)]


def unknown(schema: Mapping[str, Any], value: Any, lookup: Callable[[str], Mapping[str, Any]], path: str = "$") -> Iterator[str]:
    """Places of properties that the schema does not name. ``lookup`` gives the schema that a ``$ref`` means.

    Schemas that forbid nothing accept a misspelt property without a word; this does not.
    """
    parts = list(_parts(schema, lookup))
    known = {name: part for one in parts for name, part in one.get("properties", {}).items()}
    for one in parts:
        if isinstance(value, list) and "items" in one:
            for number, item in enumerate(value):
                yield from unknown(one["items"], item, lookup, f"{path}[{number}]")
    if isinstance(value, dict) and not any("additionalProperties" in one for one in parts):
        for name, item in value.items():
            if name in known:
                yield from unknown(known[name], item, lookup, f"{path}.{name}")
            else:
                yield f"{path}.{name}"


def _parts(schema: Mapping[str, Any], lookup: Callable[[str], Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    """The schema and all that it draws in; later ones may say more about a property than earlier ones."""
    for inner in schema.get("allOf", ()):
        yield from _parts(inner, lookup)
    if "$ref" in schema:
        yield from _parts(lookup(schema["$ref"]), lookup)
    yield schema
