"""JSON Schemas of the files that editors write, made from the fields and the vocabularies.

They give completion, meanings and red lines in an editor such as VS Code: the first line of a record names its schema. They
follow JSON Schema 2020-12 (https://json-schema.org/draft/2020-12) and use only keywords that draft 7 knows too, because the
YAML extension of VS Code reads them as such; ``enumDescriptions`` is VS Code's own. They say less than ``scripts/check-data``,
never more: what one refuses, the other refuses too.
"""

from __future__ import annotations

import json
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import Any, Iterable, Mapping

from .. import fields as f
from ..fields import SOURCED_FIELDS, Field
from ..load import load_vocabularies
from ..parse import ID, MAX_TEXT, YEAR
from ..problems import report
from ..vocabulary import Term, Vocabulary

Schema = dict[str, Any]

FOLDER = "data/schema"
ADDRESS = "schema/"  # inside the site
# What each schema describes, and its fields.
SCHEMAS: Mapping[str, tuple[str, tuple[Field, ...]]] = {
    "record": ("A record of a partnership or programme", f.RECORD),
    "publication": ("A publication", f.PUBLICATION),
    "survey": ("A survey or review of the field", f.SURVEY),
    "case-study": ("What stands above a case study, between the two lines of ---", f.CASE_STUDY),
}
# Which schema a file follows, by the folder it is in.
OF_FOLDER = {"data/partnerships": "record", "data/research": "publication", "data/surveys": "survey"}

_YEAR = YEAR.pattern.removesuffix(r"\Z")
_MONTH, _DAY = r"-(0[1-9]|1[0-2])", r"-(0[1-9]|[12]\d|3[01])"
_HOST, _REST = r"[^\s\[\]<>\"'`{}|\\^/?#@:.]+", r"[^\s<>\"'`{}|\\^“”‘’]"
_YEAR_NUMBER: Schema = {"type": ["string", "integer"], "minimum": 1800, "maximum": 2099}
# YAML reads 2019 and 75 as numbers and true as a flag. The check reads them as typed, so a text may be any of these.
_KINDS: Mapping[str, Schema] = {
    "text": {"type": ["string", "number", "boolean"], "minLength": 1, "maxLength": MAX_TEXT},
    "id": {"type": ["string", "integer"], "pattern": "^" + ID.pattern.replace(r"\Z", "$"), "minimum": 0},
    "year": {**_YEAR_NUMBER, "pattern": f"^{_YEAR}$"},
    "year-month": {**_YEAR_NUMBER, "pattern": f"^{_YEAR}({_MONTH})?$"},
    "date": {"type": "string", "pattern": f"^{_YEAR}{_MONTH}{_DAY}$"},
    "any-date": {**_YEAR_NUMBER, "pattern": f"^{_YEAR}({_MONTH}({_DAY})?)?$"},
    "url": {"type": "string", "pattern": rf"^https?://{_HOST}(\.{_HOST})+(:\d+)?([/?#]{_REST}*)?(?<![,;])$"},
    "number": {"type": ["number", "string"], "pattern": r"^-?[0-9]+(\.[0-9]+)?$"},
    "postcode": {"type": "string", "pattern": r"^[A-Za-z]{1,2}\d[A-Za-z\d]?\s*\d[A-Za-z]{2}$"},
    "flag": {"type": "boolean"},
}
# What must stand beside a field, once it is there.
_TOGETHER: Mapping[tuple[Field, ...], list[Schema]] = {
    f.RECORD: [
        {"if": {"required": ["region"]}, "then": {"required": ["nation"]}},
        {"if": {"properties": {"status": {"enum": ["active", "ended"]}}, "required": ["status"]}, "then": {"anyOf": [{"required": ["status_as_of"]}, {"required": ["ended"]}]}},
    ],
    f.OUTCOME: [{"if": {"required": ["number_to"]}, "then": {"required": ["number"]}}],
}


def schema(name: str, vocabularies: Mapping[str, Vocabulary]) -> Schema:
    """One of ``SCHEMAS``, whole. It forbids every field that it does not name."""
    title, spec = SCHEMAS[name]
    used = sorted(_vocabularies(spec))
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema", "title": title,
        "description": "Made by scripts/schema from hooks/landscape/fields.py and data/vocabulary. Do not edit.",
        **_group(spec, "supports" if spec is f.RECORD else ""), "$defs": {one: _terms(vocabularies[one]) for one in used},
    }


def files(vocabularies: Mapping[str, Vocabulary]) -> dict[str, str]:
    """The text of each schema by file name."""
    return {f"{name}.json": json.dumps(schema(name, vocabularies), ensure_ascii=False, indent=1) + "\n" for name in SCHEMAS}


def first_line(folder: str) -> str:
    """The line that names the schema of a file in ``folder``, for editors that read it."""
    return f"# yaml-language-server: $schema=../schema/{OF_FOLDER[folder]}.json"


def _group(spec: Iterable[Field], supports: str = "") -> Schema:
    spec = tuple(spec)
    required = [field.name for field in spec if field.required]
    made: Schema = {"type": "object", "properties": {field.name: _field(field, supports) for field in spec}, "additionalProperties": False}
    return made | ({"required": required} if required else {}) | ({"allOf": _TOGETHER[spec]} if spec in _TOGETHER else {})


def _field(field: Field, supports: str) -> Schema:
    about: Schema = {"description": field.meaning}
    if field.example and "…" not in field.example and field.kind != "flag":
        about["examples"] = [[field.example] if field.many else field.example]
    one = _one(field, supports)
    if not field.many:
        return about | one
    items: Schema = {"type": "array", "items": one} | ({"minItems": 1} if field.required else {}) | ({"uniqueItems": True} if field.kind != "group" else {})
    return about | ({"anyOf": [one, items]} if field.name == "source" else items)


def _one(field: Field, supports: str) -> Schema:
    if field.kind == "group":
        return _group(field.parts, supports)
    if field.kind == "term":
        return {"$ref": f"#/$defs/{field.vocabulary}"}
    if field.name == supports:  # in a record, the names of its fields
        return {"enum": list(SOURCED_FIELDS)}
    return dict(_KINDS[field.kind])


def _terms(vocabulary: Vocabulary) -> Schema:
    return {"title": vocabulary.title, "enum": [term.tag for term in vocabulary], "enumDescriptions": [_about(term) for term in vocabulary]}


def _about(term: Term) -> str:
    return f"{term.label}: {term.definition}" if term.definition else term.label


def _vocabularies(spec: Iterable[Field]) -> set[str]:
    return {name for field in spec for name in ({field.vocabulary} | _vocabularies(field.parts)) if name}


def add_arguments(parser: ArgumentParser) -> None:
    """The command takes no arguments of its own."""


def run(options: Namespace, root: Path) -> int:
    """Write the schemas anew."""
    vocabularies, problems = load_vocabularies(root)
    if problems:
        print(report(problems))
        return 1
    folder = root / FOLDER
    folder.mkdir(exist_ok=True)
    for name, text in files(vocabularies).items():
        (folder / name).write_text(text, encoding="utf-8")
    print(f"Wrote {len(SCHEMAS)} schemas into {FOLDER}.")
    return 0
