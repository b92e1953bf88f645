"""The description of the JSON API: an OpenAPI 3.1 document made from the fields of the model, so that it cannot drift.

OpenAPI 3.1 uses JSON Schema 2020-12 (https://spec.openapis.org/oas/v3.1.1). Schemas name every field and forbid none besides:
a reader written today must bear the fields that are added tomorrow.
"""

from __future__ import annotations

from dataclasses import fields as parts_of
from typing import TYPE_CHECKING, Any, Iterable, Iterator

from ..derive import FACETS, Facet
from ..fields import CASE_STUDY, PUBLICATION, RECORD, SOURCE, SURVEY, Field
from ..site import Site
from ..vocabulary import Term
from .plain import LICENCE, SCHEMA_VERSION, TAGGED, TITLE

if TYPE_CHECKING:
    from .api import Collection

ROOT = "api/v1"
Schema = dict[str, Any]

TEXT: Schema = {"type": "string"}
ADDRESS: Schema = {"type": "string", "format": "uri"}
COUNT: Schema = {"type": "integer", "minimum": 0}
ID: Schema = {"type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$"}

# The JSON Schema of each kind of value. Numbers stay text, so that 25.50 is not turned into 25.5 on the way.
KIND_SCHEMAS: dict[str, Schema] = {
    "text": TEXT,
    "id": ID,
    "year": {"type": "string", "pattern": r"^\d{4}$"},
    "year-month": {"type": "string", "pattern": r"^\d{4}(-\d{2})?$"},
    "date": {"type": "string", "format": "date"},
    "any-date": {"type": "string", "pattern": r"^\d{4}(-\d{2}(-\d{2})?)?$"},
    "url": ADDRESS,
    "number": {"type": "string", "pattern": r"^-?\d+(\.\d+)?$"},
    "postcode": {"type": "string", "pattern": r"^[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}$"},
    "flag": {"type": "boolean"},
}


def document(site: Site, collections: Iterable["Collection"]) -> dict[str, Any]:
    """The whole OpenAPI document."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": f"{TITLE}: JSON API",
            "version": SCHEMA_VERSION,
            "summary": "UK health justice partnerships, with sources for every fact.",
            "description": "Files, read with GET and without a key. Within v1 no field is removed, renamed or given another meaning; fields may be added.",
            "license": {"name": LICENCE["name"], "url": LICENCE["url"]},
            "contact": {"name": TITLE, "url": f"{site.address}contribute/"},
        },
        "servers": [{"url": f"{site.address}{ROOT}", "description": "The published site"}],
        "security": [],
        "tags": [{"name": "collections", "description": "Results of one kind, whole and one by one."}, {"name": "facets", "description": "Records by one value of one field."}],
        "paths": dict(_paths(collections)),
        "components": {"schemas": _schemas(site), "responses": {"Refused": {"description": "The host has no such file, or refuses the request. The body is the host's own page."}}},
    }


# --- paths ------------------------------------------------------------------------------------------------------


def facet_about(facet: Facet) -> str:
    return f"{facet.plural}, with the number of records under each."


def _paths(collections: Iterable["Collection"]) -> Iterator[tuple[str, Schema]]:
    yield "/index.json", _path("index", "collections", "What the API holds", _list_of("IndexEntry"))
    for one in collections:
        yield f"/{one.name}.json", _path(f"list-{one.name}", "collections", one.about, _list_of(one.schema))
        if one.key:
            yield f"/{one.name}/{{{one.key}}}.json", _path(f"get-{one.name}", "collections", f"One of {one.name}", _ref(one.schema), one.key, ID if one.name != "vocabularies" else TEXT)
    for facet in FACETS:
        yield f"/{facet.name}.json", _path(f"list-{facet.name}", "facets", facet_about(facet), _list_of("FacetTerm"))
        yield f"/{facet.name}/{{tag}}.json", _path(f"records-by-{facet.name}", "facets", f"The records under one value: {facet.singular.lower()}", _list_of("Summary"), "tag", _ref(tags(facet.vocabulary)))


def _path(id: str, tag: str, summary: str, result: Schema, parameter: str = "", parameter_schema: Schema = TEXT) -> Schema:
    """One address with its one answer: the envelope around ``result``."""
    answer = {"allOf": [_ref("Envelope"), {"type": "object", "properties": {"result": result}}]}
    operation = {
        "operationId": id, "tags": [tag], "summary": summary,
        "responses": {"200": {"description": "The file", "content": {"application/json": {"schema": answer}}}, "4XX": {"$ref": "#/components/responses/Refused"}},
    }
    if parameter:
        operation["parameters"] = [{"name": parameter, "in": "path", "required": True, "schema": parameter_schema}]
    return {"get": operation}


# --- schemas ----------------------------------------------------------------------------------------------------


def _ref(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


def _list_of(name: str) -> Schema:
    return {"type": "array", "items": _ref(name)}


def tags(vocabulary: str) -> str:
    """The name of the schema that lists a vocabulary's tags."""
    return f"{vocabulary}-tag"


def _object(properties: dict[str, Schema], required: Iterable[str] | None = None) -> Schema:
    """An object; all its properties are required unless said otherwise."""
    return {"type": "object", "properties": properties, "required": sorted(properties if required is None else required)}


def of_field(field: Field) -> Schema:
    """The schema of a field of the model, with its meaning and example."""
    one = dict(of_fields(field.parts) if field.kind == "group" else _ref(tags(field.vocabulary)) if field.kind == "term" else KIND_SCHEMAS[field.kind])
    if field.example and "…" not in field.example:  # a shortened example is for people only
        one["examples"] = [field.example == "true" if field.kind == "flag" else field.example]
    return {"type": "array", "items": one, "description": field.meaning} if field.many else {**one, "description": field.meaning}


def of_fields(fields: Iterable[Field], **derived: Schema) -> Schema:
    """The schema of a group of fields. ``derived`` are fields that are always there; a flag is always there too."""
    fields = tuple(fields)
    required = {field.name for field in fields if field.required or (field.kind == "flag" and not field.many)} | set(derived)
    return _object({**{field.name: of_field(field) for field in fields}, **derived}, required)


def _schemas(site: Site) -> dict[str, Schema]:
    """Every schema by name."""
    record = _record()
    members = {"members": {"type": "array", "items": ID, "description": "Ids of the records that belong to it directly."}}
    case_study = of_fields(CASE_STUDY, url=ADDRESS, text={**TEXT, "description": "Markdown. A mark such as [^s1] names a source by its id."}, sources={"type": "array", "items": of_fields(SOURCE)})
    return {
        "Envelope": _envelope(),
        "IndexEntry": _object({"name": TEXT, "about": TEXT, "total": COUNT, "api_url": ADDRESS}, ("name", "about", "api_url")),
        "Record": record,
        "Programme": {**record, "properties": {**record["properties"], **members}, "required": sorted([*record["required"], *members])},
        "Publication": of_fields(PUBLICATION, url=ADDRESS),
        "CaseStudy": case_study,
        "Survey": of_fields(SURVEY, url=ADDRESS),
        "Vocabulary": _object({"name": TEXT, "title": TEXT, "about": TEXT, "terms": {"type": "array", "items": _term()}}),
        "FacetTerm": _object({"tag": TEXT, "label": TEXT, "definition": TEXT, "count": COUNT, "url": ADDRESS, "api_url": ADDRESS}, ("tag", "label", "count", "url", "api_url")),
        "Summary": _object({"id": ID, "name": TEXT, "status": _ref(tags("statuses")), "place": TEXT, "url": ADDRESS, "api_url": ADDRESS}),
        **{tags(name): {"type": "string", "enum": list(site.vocabularies[name].terms)} for name in sorted(_vocabularies_used())},
    }


def _envelope() -> Schema:
    return _object({
        "schema_version": {**TEXT, "const": SCHEMA_VERSION},
        "generated_at": {"type": "string", "format": "date", "description": "The date of the data: the newest review or change."},
        "licence": _object({"name": TEXT, "id": TEXT, "url": ADDRESS}),
        "attribution": {**TEXT, "description": "The words to write beside what you reuse."},
        "total": {**COUNT, "description": "How many results there are; 1 for a single one."},
        "result": {"description": "The result, or the list of results.", "type": ["array", "object"]},
    })


def _record() -> Schema:
    """A record's own fields and what ``plain.record`` adds to them."""
    many = {field.name: field.many for field in RECORD}
    ids = {"type": "array", "items": ID}
    words = {name: {"type": "array", "items": TEXT} if many[name] else TEXT for name in TAGGED}
    derived = {
        "url": ADDRESS,
        "last_changed": {"type": "string", "format": "date", "description": "The day of its present wording, which is its version."},
        "labels": {**_object(words, ()), "description": "The words of the tags, by field."},
        "predecessors": ids, "successors": ids,
        "provenance": {"type": "object", "additionalProperties": {"type": "array", "items": TEXT, "minItems": 1}, "description": "For each filled field the ids of the sources behind it."},
        "publications": {**ids, "description": "Ids of the publications about it."},
    }
    schema = of_fields(RECORD, **derived)
    return {**schema, "properties": {**schema["properties"], "case_study": {**ADDRESS, "description": "The page of its case study."}}}


def _term() -> Schema:
    """A term of a vocabulary, made from its type."""
    lists = {"synonyms", "formerly"}
    of = {one.name: {"type": "array", "items": TEXT} if one.name in lists else {"type": "boolean"} if one.type == "bool" else TEXT for one in parts_of(Term)}
    return _object(of, ("tag", "label", "gives_advice"))


def _vocabularies_used() -> set[str]:
    """Names of the vocabularies that a field or a facet draws on."""
    found, waiting = {facet.vocabulary for facet in FACETS}, [*RECORD, *PUBLICATION, *SURVEY, *CASE_STUDY]
    while waiting:
        field = waiting.pop()
        waiting += field.parts
        found |= {field.vocabulary} - {""}
    return found
